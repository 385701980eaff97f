"""Sentences on how far to trust a number: comparisons, definitions, coders and corrections."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.display import (
    alpha_words,
    change_words,
    check_answer,
    compared,
    contrast_line,
    corrected_lines,
    errors_line,
    headline_line,
    methods_paragraph,
    sheet_words,
    survival_answer,
    survival_line,
    survival_title,
    three_ways,
    tone_answer,
)
from analysis.estimates import Figure, SheetCheck, Slice, Specification, Survival, ThreeEstimates
from analysis.model import Actor, Contrast, Estimate, HeadlineLean, ToneSeries
from analysis.tables import agreement_slices, confusions, definitions, three_estimates, widths_at
from tests.build import parsed

NORWAY = Actor("Norway", "country")


def estimate(value, lo, hi, n=9, method="90 % interval by hand"):
    """An estimate with its ends."""
    return Estimate(value, lo, hi, n, method)


UP, DOWN, UNCLEAR = estimate(0.4, 0.2, 0.6), estimate(-0.5, -0.8, -0.2), estimate(0.1, -0.1, 0.3)
FEW = estimate(None, None, None, 3, "fewer than 5 scored sentences")


@pytest.mark.parametrize(
    ("apart", "says"),
    [
        (UP, "Norway is worded more positively than Sweden, by +0.40 (+0.20 to +0.60)."),
        (DOWN, "Norway is worded more negatively than Sweden, by −0.50 (−0.80 to −0.20)."),
        (UNCLEAR, "Norway and Sweden: no clear difference, +0.10 (−0.10 to +0.30)."),
        (FEW, "Norway and Sweden: too few sentences to compare."),
    ],
)
def test_two_are_ranked_only_where_the_difference_leaves_out_zero(apart, says):
    """And what is between them is said with its interval."""
    assert compared("Norway", "Sweden", apart) == says


def test_the_answer_on_tone_ranks_two_that_differ_clearly():
    """Between the leans and those of whom too little is said; without such pairs nobody is ranked."""
    few = ToneSeries(Actor("Denmark", "country"), (), FEW, 3, 3)
    norway, sweden = (ToneSeries(Actor(name, "country"), (), mean, 9, 9) for name, mean in (("Norway", UP), ("Sweden", DOWN)))
    ranked = [(norway, sweden, estimate(0.9, 0.5, 1.3))]
    *_, line, last = str(tone_answer([norway, sweden, few], ranked)).splitlines()
    assert line == "Norway is worded more positively than Sweden, by +0.90 (+0.50 to +1.30)."
    assert last.startswith("There are too few sentences")
    assert "worded more" not in str(tone_answer([norway, sweden, few]))


def test_two_parts_of_an_article_beside_each_other():
    """By name, or by the heading of a section; no side is named where the difference holds zero."""
    item = Contrast(NORWAY, "voices", "narrator", "sources", (UP, UP), DOWN)
    assert contrast_line(item) == (
        "The wording toward Norway is more negative in the narrator’s words than in what is attributed to sources, "
        "by 0.50 (0.20 to 0.80)."
    )
    section = replace(item, one="War", other="the rest of the body", difference=UNCLEAR)
    assert contrast_line(section) == (
        "The wording toward Norway does not differ clearly under “War” and in the rest of the body, +0.10 (−0.10 to +0.30)."
    )


def test_a_headline_that_leans_otherwise():
    """Its own tone beside the mean of the body; whether the body leans the other way or not at all."""
    sentence = parsed("Norway condemned").sentences[0]
    lean = HeadlineLean(NORWAY, sentence, -0.9, UNCLEAR, DOWN)
    start = "The headline is negative toward Norway (−0.90)"
    assert headline_line(lean) == f"{start}, the body is not: +0.10 on average over 9 sentences."
    other = "the body is positive: +0.40 on average over 9 sentences."
    assert headline_line(replace(lean, body=UP)) == f"{start}, {other}"


def test_errors_by_kind_of_actor():
    """Rounded to whole numbers of a hundred, each with how many were checked."""
    line = errors_line([("persons", 0.199, 265), ("countries", 0.417, 24)])
    assert line == (
        "In labelled news, single strong scores were wrong this often: "
        "toward persons, 20 of 100 (265 checked); toward countries, 42 of 100 (24 checked)."
    )


@pytest.mark.parametrize(
    ("value", "lo", "says"),
    [
        (0.85, 0.8, "enough for conclusions"),
        (0.80, 0.6, "enough for conclusions, though the interval reaches below 0.667"),
        (0.7, 0.67, "enough for tentative conclusions only"),
        (0.667, 0.5, "enough for tentative conclusions only, though the interval reaches below 0.667"),
        (0.5, 0.3, "too little for conclusions"),
        (-0.1, -0.3, "too little for conclusions"),
    ],
)
def test_agreement_stands_beside_its_bounds(value, lo, says):
    """.667 and .80, as content analysis has them."""
    told = alpha_words(estimate(value, lo, 0.95))
    assert told.endswith(f"to 0.95, 9 rows): {says}")
    assert f"is {value:.2f}".replace("-", "−") in told
    assert alpha_words(FEW) == "No agreement can be given: fewer than 5 scored sentences"


def test_what_survives_is_said():
    """A clear lean, no clear lean, and what a definition makes of them."""
    lean = Survival("Norway", DOWN, 12, 12, 7, ())
    none = Survival("Sweden", UNCLEAR, 12, 3, 11, ("vader",))
    assert survival_line(lean) == (
        "Norway: clear negative lean as defined here; the mean is on that side under 12 of 12 other definitions, "
        "clearly under 7."
    )
    assert survival_line(replace(lean, same=11, against=("vader",))).endswith("to the other side under “vader”.")
    assert survival_line(none) == "Sweden: no clear lean as defined here, but a clear lean under “vader”."
    assert survival_line(replace(none, against=())).endswith("as defined here and under all 12 other definitions.")
    assert survival_line(replace(none, against=(), tried=1)).endswith("as defined here and under the 1 other definition.")
    assert survival_title([lean, none]) == "The finding on 1 of 2 actors holds under every definition"
    assert survival_title([lean]) == "The finding on 1 actor holds under every definition"
    assert survival_title([lean, lean]) == "The finding on all 2 actors holds under every definition"
    assert survival_title([]).startswith("No actor has the 5 scored sentences")
    assert len(str(survival_answer([lean, none], FEW)).splitlines()) == 4


def test_a_change_is_the_largest():
    """And none where no mean moves by a hundredth."""
    base, other = (
        Specification(name, name, {"Norway": estimate(norway, -1, 1), "Sweden": estimate(sweden, -1, 1)})
        for name, norway, sweden in (("as it is", 0.1, -0.2), ("vader", 0.15, -0.5))
    )
    assert change_words(other, base) == "Sweden −0.30"
    assert change_words(base, base) == "none"
    assert definitions([base, other]) == [
        ("as it is", "as it is", "Sweden, Norway", "none"),
        ("vader", "vader", "Sweden, Norway", "Sweden −0.30"),
    ]


TRIPLE = ThreeEstimates(UNCLEAR, DOWN, DOWN, 40, ((100, 0.2, 0.1), (200, 0.15, 0.09)))
CHECKED = SheetCheck(
    *(("Ada", "Ben"), 50, 40, 3, 200, 12, estimate(0.7, 0.6, 0.8, 38)),
    (
        Slice("all", "everybody", 40, 0.63, 0.12, ((0.1, 0.05, 0.0), (0.02, 0.7, 0.01), (0.0, 0.02, 0.1))),
        Slice("kind", "person", 9, None, None, (), "fewer than 20 coded"),
    ),
    (
        Figure("everybody", "mean tone", TRIPLE),
        Figure("everybody", "share negative", ThreeEstimates(UP, UP, UP, 40)),
        Figure("Norway", "mean tone", ThreeEstimates(UNCLEAR, FEW, replace(FEW, method="fewer than 10 coded"), 4)),
    ),
)


def test_a_sheet_in_words():
    """Rows, coders, agreement; the machine against them; the figures three ways; nothing typed that was not given."""
    lines = str(check_answer(CHECKED)).splitlines()
    assert lines[0] == "40 of 50 drawn rows were coded by 2 people."
    assert lines[2] == ("Machine against people: macro-F1 0.63; of what people call no tone, the machine gives 12 % a tone.")
    assert lines[3] == (
        "The mean tone toward everybody: machine +0.10 (−0.10 to +0.30); people −0.50 (−0.80 to −0.20); "
        "corrected −0.50 (−0.80 to −0.20); 40 coded."
    )
    assert lines[4].startswith("The share negative toward everybody: machine 40 % (20 % to 60 %)")
    assert three_ways(CHECKED.figures[2]) == "The mean tone toward Norway: fewer than 10 coded (n = 4)."
    assert corrected_lines(CHECKED) == [
        "Corrected by 40 coded sentences: the mean tone toward everybody is −0.50 (95 % interval −0.80 to −0.20)."
    ]
    text = str(methods_paragraph(CHECKED, "toward 1, scorer encoder"))
    for piece in ("50 sentences were drawn from 200", "12 articles", "2 coders", "40 received", "3 times", "0.63", "Egami"):
        assert piece in text


def test_without_a_sheet():
    """Three lines say how to make one; tables have no rows, and nothing is known."""
    assert [line.split(":")[0] for line in str(sheet_words(None)).splitlines()] == [
        "No coded sheet lies beside this article. Draw one",
        "Let two people fill their columns without talking",
        "Then run this page again, or",
    ]
    assert str(check_answer(None)) == "Nobody knows yet: no coded sheet lies beside this article."
    assert corrected_lines(None) == []
    assert agreement_slices(None) == confusions(None) == three_estimates(None) == widths_at(None) == []


def test_the_rows_of_a_sheet():
    """As the notebook shows them."""
    assert agreement_slices(CHECKED)[1] == ("kind", "person", 9, None, None, "fewer than 20 coded")
    assert confusions(CHECKED)[1] == ("none", 0.02, 0.7, 0.01)
    assert three_estimates(CHECKED)[2][3:] == ("+0.10 (−0.10 to +0.30)", "fewer than 5 scored sentences", "fewer than 10 coded")
    assert widths_at(CHECKED) == [(100, 0.2, 0.1), (200, 0.15, 0.09)]
