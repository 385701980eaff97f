"""Charts along an article: tone, the charge of words, certainty and mentions.

Three states look different, trends never cross silence, titles say what the numbers say.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from analysis.charts import Chart, certainty_flow, dispersion, ranking, sentiment_flow, tone_panels
from analysis.charts.layout import WIDTH
from analysis.charts.sentences import CERTAINTY, MARGINS, PANEL
from analysis.constants import BARS_MAX, PANELS_MAX, ROWS_MAX
from analysis.display import NEGATIVE, POSITIVE
from analysis.estimates import tone_series
from analysis.estimates.sequence import running_means
from analysis.model import Actor, Cast, Cue, Estimate, Mention, Parse, Sentiment, ToneScore
from tests.build import parsed
from tests.charts.made import MADE, SENTENCES, article, bars, page, series, study, sure, texts, unsure, whole, world

# --- tone ----------------------------------------------------------------------------------------------------------


def test_thousands_of_sentences_stay_a_small_file_and_the_subtitle_says_how() -> None:
    """3,000 sentences with six actors in half of them: under 200 KB a picture, bars that share, and a word on it."""
    made = world(3000, [f"N{n}" for n in range(6)], density=0.5, headings=80)
    for chart in made.all():
        assert len(chart.svg) < 200_000
        assert len(chart.links) < 200_000
    per = -(-3000 // BARS_MAX)
    assert f"mean of the scored sentences among {per} in a row" in made.all()[0].subtitle
    assert f"mean of the charged sentences among {per} in a row" in made.all()[1].subtitle


LEFT, RIGHT = MARGINS[0][0], WIDTH - MARGINS[0][1]


def test_the_three_states_look_different() -> None:
    """Scored: a bar up or down from zero, as long as its tone. Named: a tick on zero. Not mentioned: nothing."""
    made, sentences = article(["body"] * 5)
    one = series("Russia", sentences, [-0.5, None, "named", 1.0, 0.0], unsure(3))
    chart = tone_panels(study(made, sentences, one))
    (down,), (up,) = bars(chart, NEGATIVE), bars(chart, POSITIVE)
    step = (RIGHT - LEFT) / 5
    assert (down[0] + down[2]) / 2 == pytest.approx(LEFT + 0.5 * step, abs=0.2)
    assert (up[0] + up[2]) / 2 == pytest.approx(LEFT + 3.5 * step, abs=0.2)
    assert down[1] == up[3]  # both begin at zero
    assert up[3] - up[1] == pytest.approx(PANEL / 2, abs=0.1)  # +1 reaches the top
    assert down[3] - down[1] == pytest.approx(PANEL / 4, abs=0.1)  # -0.5 half as far
    tick = LEFT + 2.5 * step
    assert f'd="M{tick:g} {down[1] - 6:g}L{tick:g} {down[1] + 6:g}"' in chart.svg
    assert chart.links.count("<a ") == 4  # and over the sentence that names nobody there is nothing
    states = [row[3] for row in chart.tables[1].rows]
    assert states == ["scored", "named, nothing to score", "scored", "scored"]


def test_a_panel_says_what_its_estimate_rests_on() -> None:
    """Name, estimate with interval or that there are too few, and scored of found, as text in the picture."""
    made, sentences = article(["body"] * 6)
    clear = series("Norway", sentences, [0.4] * 6, sure(0.4, 0.3, 0.5, 6))
    few = series("Sweden", sentences, ["named", -0.1, -0.2, None, -0.3, "named"], unsure(3))
    texts = [text.get_text() for text in page(tone_panels(study(made, sentences, clear, few))).find_all("text")]
    assert "+0.40 (+0.30 to +0.50), 6 of 6 scored" in texts
    assert "too few sentences (n = 3), 3 of 5 scored" in texts
    assert texts.count("mean") == 1


def test_hundreds_of_marks_are_all_drawn() -> None:
    """matplotlib merges what it takes for one line; here each tick is evidence and each is drawn."""
    made, sentences = article(["body"] * 150)
    one = series("Russia", sentences, ["named"] * 150, unsure())
    mentions = tuple(score.mention for point in one.points for score in point.scores)
    cast = Cast(Parse(made, sentences, (), ()), (one.actor,), mentions)
    both = study(made, sentences, one, cast=cast)
    for chart in (tone_panels(both), dispersion(both)):
        assert max(path.count("M") for path in re.findall(r' d="([^"]*)"', chart.svg)) == 150


@pytest.mark.parametrize(
    ("tones", "points"),
    [
        ([0.5] * 4, 0),  # four in a row are too few
        ([0.5] * 5, 4),  # five in a row: four lines
        ([0.5, 0.5, 0.5, 0.5, None, 0.5, 0.5, 0.5, 0.5], 0),  # eight, but silence between
        ([0.5] * 5 + ["named"] + [0.5] * 6, 4 + 5),  # two runs, nothing over the gap
    ],
)
def test_a_trend_needs_five_in_a_row_and_never_crosses_silence(tones: list[float | str | None], points: int) -> None:
    """No line through silence, none from fewer than five; the subtitle explains a line only where there is one."""
    made, sentences = article(["body"] * len(tones))
    chart = tone_panels(study(made, sentences, series("Russia", sentences, tones, unsure())))
    trend = [path.count("M") for path, cap in re.findall(r'<path d="([^"]*)"([^>]*)>', chart.svg) if 'linecap="round"' in cap]
    assert sum(trend) == points
    assert ("running mean" in chart.subtitle) == bool(points)


def test_a_trend_is_the_mean_of_the_five_around_each_sentence() -> None:
    """Of 1 1 1 1 1 0 0 0 the means of five are 1 1 1 4/5 3/5 2/5 2/5 2/5; the line goes through those heights."""
    tones = [1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0]
    expected = [1, 1, 1, 4 / 5, 3 / 5, 2 / 5, 2 / 5, 2 / 5]
    assert running_means(tones) == pytest.approx(expected)
    made, sentences = article(["body"] * len(tones))
    chart = tone_panels(study(made, sentences, series("Russia", sentences, tones, unsure())))
    ((path, _),) = [found for found in re.findall(r'<path d="([^"]*)"([^>]*)>', chart.svg) if 'linecap="round"' in found[1]]
    heights = [float(height) for height in re.findall(r"M ?[\d.]+[ ,]([\d.]+)", path)]
    assert [height - heights[0] for height in heights] == pytest.approx(
        [PANEL / 2 * (1 - mean) for mean in expected[:-1]], abs=0.2
    )


@pytest.mark.parametrize(
    ("tones", "block", "tick"),
    [([0.5, 0.019], True, False), ([0.5, -0.021], False, False), ([0.0, "named"], True, True), (["named", None], False, True)],
)
def test_what_stands_on_zero_is_told_apart_in_words(tones: list[float | str | None], block: bool, tick: bool) -> None:
    """A score next to zero is not silence; the subtitle explains each mark where it stands, and only there."""
    made, sentences = article(["body"] * len(tones))
    said = tone_panels(study(made, sentences, series("Russia", sentences, tones, unsure()))).subtitle
    assert ("Block on zero: scored" in said, "Tick on zero: named, nothing to score" in said) == (block, tick)


def test_six_panels_are_drawn_by_first_mention_and_the_table_holds_all() -> None:
    """Of eight actors the six named most get a panel, in the order in which they come; the subtitle says so."""
    made, sentences = article(["body"] * 20)
    every = []
    for place in range(8):  # the later an actor comes the more often it is named, but the last two only once
        tones: list[float | str | None] = [None] * 20
        for at in (place, *(range(19 - place, 20) if place < 6 else ())):
            tones[at] = "named"
        every.append(series(f"Actor {place}", sentences, tones, unsure()))
    chart = tone_panels(study(made, sentences, *every))
    names = [text.get_text() for text in page(chart).find_all("text") if text.get_text().startswith("Actor")]
    assert names == ["Actor 0", "Actor 1", "Actor 2", "Actor 3", "Actor 4", "Actor 5"]
    assert len(names) == PANELS_MAX
    assert [row[0] for row in chart.table.rows] == [f"Actor {place}" for place in range(8)]
    assert "6 actors named most of 8" in chart.subtitle


def test_marks_lead_to_their_sentences_on_a_layer_that_a_picture_may_lack() -> None:
    """Each mark has a link to its sentence; the named picture itself holds none, and nothing takes the keyboard."""
    made, sentences = article(["headline", "summary", "body"])
    one = series("Russia", sentences, [0.5, None, "named"], unsure(1))
    found = page(tone_panels(study(made, sentences, one)))
    layer = found.find("svg", attrs={"aria-hidden": "true"})
    assert [(a["href"], a["tabindex"], a.title.get_text()) for a in layer.find_all("a")] == [
        ("#s1", "-1", "Sentence 1: +0.50"),
        ("#s3", "-1", "Sentence 3: named, nothing to score"),
    ]
    assert not found.find("svg", role="img").find_all("a")
    assert [a["href"] for a in found.table.find_next("table").tbody.find_all("a")] == ["#s1", "#s3"]
    alone = replace(tone_panels(study(made, sentences, one)), linked=False)
    assert not whole(alone).find("svg", attrs={"aria-hidden": True})


def test_titles_say_what_the_numbers_let_one_say() -> None:
    """The verdict is where the interval lies, in careful words, for the actors named most."""
    made, sentences = article(["body"] * 6)

    def titled(*estimates: tuple[str, list[float | str | None], Estimate]) -> str:
        made_series = [series(name, sentences, tones, estimate) for name, tones, estimate in estimates]
        return tone_panels(study(made, sentences, *made_series)).title

    russia = ("Russia", [-0.5, 0.5, -0.5, 0.5, 0.1, 0.1], sure(0.03, -0.2, 0.3))
    norway = ("Norway", [0.5, 0.4, 0.5, 0.4, 0.3, None], sure(0.4, 0.3, 0.5))
    sweden = ("Sweden", ["named", "named", None, None, None, None], unsure())
    flat = ("Malta", [0.01, -0.01, 0.01, 0.0, 0.02, 0.0], sure(0.0, -0.01, 0.01))
    leaning = ("Narnia", [-0.5, -0.5, -0.5, 0.5, 0.1, 0.1], sure(-0.15, -0.4, 0.1))
    blamed = ("Atlantis", [-0.5] * 6, sure(-0.5, -0.6, -0.4))
    assert titled(russia, norway) == "The wording toward Norway: clear positive lean; toward Russia: no clear lean"
    assert titled(russia, sweden) == "The wording toward Russia: no clear lean"
    assert titled(flat) == "The wording toward Malta: no clear lean"
    assert titled(leaning) == "The wording toward Narnia: no clear lean"
    assert titled(blamed) == "The wording toward Atlantis: clear negative lean"
    assert titled(sweden) == "No wording toward any actor could be scored"
    two = ("Sweden", [0.5, 0.5, None, None, None, None], unsure(2))
    assert titled(two) == "The wording toward Sweden: too few sentences for a mean"


def test_swapping_two_names_swaps_their_numbers_and_nothing_else() -> None:
    """The words of the alternative text move with the names."""
    made, sentences = article(["body"] * 6)
    tones = [[0.5] * 6, [-0.5] * 6]
    estimates = [sure(0.5, 0.4, 0.6, 6), sure(-0.5, -0.6, -0.4, 6)]

    def told(names: list[str]) -> str:
        every = [series(name, sentences, t, e) for name, t, e in zip(names, tones, estimates, strict=True)]
        return tone_panels(study(made, sentences, *every)).alt

    swapped = told(["Bbbb", "Aaaa"]).replace("Aaaa", "#").replace("Bbbb", "Aaaa").replace("#", "Bbbb")
    assert told(["Aaaa", "Bbbb"]) == swapped


def test_ranking_goes_by_mentions_and_never_hides_the_count() -> None:
    """Most named first, "scored of found" beside each, an estimate or "too few"; at most twenty rows."""
    made, sentences = article(["body"] * 6)
    few = series("Sweden", sentences, ["named", 0.1, None, None, None, None], unsure(1))
    many = series("Norway", sentences, [0.5] * 6, sure(0.5, 0.4, 0.6, 6))
    chart = ranking(study(made, sentences, few, many))
    texts = [text.get_text() for text in page(chart).find_all("text")]
    assert texts.index("Norway") < texts.index("Sweden")
    assert {"6 of 6", "+0.50", "1 of 2", "too few sentences"} <= set(texts)
    assert chart.title == "Norway is named most (6); clear lean toward 1 actor"
    assert f"stroke:var(--toward-positive,{POSITIVE})" in chart.svg
    crowd = ranking(study(made, sentences, *[many] * (ROWS_MAX + 5)))
    assert len([t for t in page(crowd).find_all("text") if t.get_text() == "Norway"]) == ROWS_MAX
    assert len(crowd.table.rows) == ROWS_MAX + 5


def test_a_score_too_uncertain_to_call_is_hollow():
    """Its bar has an edge and no face, the subtitle says so, and the table says it in words."""
    parse = parsed("Norway won.\n\nNorway lost.")
    actor = Actor("Norway", "country")
    mentions = [Mention(actor, s, s.start, s.start + 6, "name", "by hand") for s in parse.sentences]
    sure = ToneScore(mentions[0], 0.1, 0.2, 0.7, 0.6, None, (), "by hand")
    doubtful = ToneScore(mentions[1], 0.45, 0.35, 0.2, -0.25, None, (), "by hand")
    assert sure.certain
    assert not doubtful.certain
    for scores, hollow in (((sure, doubtful), True), ((sure,), False)):
        (series,) = tone_series(Cast(parse, (actor,), tuple(mentions)), scores)
        chart = tone_panels(study(parse.article, parse.sentences, series))
        assert ("Hollow: too uncertain to call." in chart.subtitle) == hollow
        assert ("too uncertain to call" in chart._repr_html_().replace(chart.subtitle, "")) == hollow


# --- words and certainty -------------------------------------------------------------------------------------------


def test_sentiment_names_its_parts_and_its_lowest_sentence() -> None:
    """The headings stand under the axis; the title counts, and the table quotes the words behind each number."""
    made, sentences = article(["headline", "summary", "heading", "body", "body", "body"])
    start = sentences[3].start
    cues = (Cue(start, start + 8, -0.6, "by hand"),)
    valences = [0.2, None, None, -0.6, 0.3, 0.1]
    items = [Sentiment(s, v, cues if v == -0.6 else ()) for s, v in zip(sentences, valences, strict=True)]
    chart = sentiment_flow(study(made, sentences, sentiments=items))
    texts = [text.get_text() for text in page(chart).find_all("text")]
    assert {"headline", "summary"} <= set(texts)
    assert any(text.startswith("Sentence number 3 of") for text in texts)
    assert chart.title == "3 sentences are positive, 1 negative; the lowest is number 4"
    assert "−0.60 in sentence 4" in chart.alt
    assert chart.table.rows[3][2:] == (-0.6, "Sentence −0.60")
    assert chart.table.rows[1][2] is None
    assert "4 of 6 sentences charged" in chart.source
    assert (len(bars(chart, POSITIVE)), len(bars(chart, NEGATIVE))) == (3, 1)


def certain(values: Sequence[float]) -> Any:
    """A study whose sentences have these certainties."""
    return study(MADE, SENTENCES, profile=list(zip(SENTENCES, values, strict=True)))


def test_a_hedged_sentence_is_a_bar_down_from_one() -> None:
    """As long as what its hedges take away; it leads to its sentence, and a plain sentence to nothing."""
    values = [1.0] * 20
    values[1], values[7] = 0.75, 0.25
    chart = certainty_flow(certain(values))
    assert chart.title == "2 of 20 sentences are hedged; the least sure (0.25) is number 8, in the body"
    found = re.search(r'<path d="([^"]*z[^"]*)"', chart.svg)
    assert found is not None
    boxes = [[float(y) for y in re.findall(r"[\d.]+ ([\d.]+)", box)] for box in found[1].split("z") if box]
    tall = [max(box) - min(box) for box in boxes]
    assert tall == pytest.approx([CERTAINTY / 4, 3 * CERTAINTY / 4], abs=0.2)
    assert [min(box) - chart.sheet.above for box in boxes] == [10.0, 10.0]
    links = page(chart).find("svg", attrs={"aria-hidden": "true"}).find_all("a")
    assert [(a["href"], a.title.get_text()) for a in links] == [
        ("#s2", "Sentence 2: certainty 0.75"),
        ("#s8", "Sentence 8: certainty 0.25"),
    ]
    assert [row[2] for row in chart.table.rows] == values
    assert {"sure 1", "0.5", "unsure 0"} <= set(texts(chart))


@pytest.mark.parametrize(
    ("hedged", "title"),
    [
        ({0: 0.5}, "1 of 20 sentences is hedged: number 1, in the headline"),
        ({3: 0.5, 5: 0.7}, "2 of 20 sentences are hedged; the least sure (0.50) is number 4, in a heading"),
        ({2: 0.5, 9: 0.5}, "2 of 20 sentences are hedged; the least sure (0.50) begin at number 3, in the summary"),
    ],
)
def test_titles_say_where_the_least_sure_sentence_stands(hedged: dict[int, float], title: str) -> None:
    """And how many are as unsure."""
    values = [(sentence, hedged.get(sentence.index, 1.0)) for sentence in SENTENCES]
    assert certainty_flow(study(MADE, SENTENCES, profile=values)).title == title


def test_thousands_of_sentences_share_bars() -> None:
    """A bar of many sentences is their mean, and leads to the least sure of them."""
    made, sentences = article(["body"] * 3000)
    per = -(-3000 // BARS_MAX)
    chart = certainty_flow(study(made, sentences, profile=[(s, 0.1 if s.index == 1000 else 1.0) for s in sentences]))
    assert f"the mean of {per} sentences in a row" in chart.subtitle
    assert chart.links.count("<a ") == 1
    assert 'href="#s1001"' in chart.links
    heights = {round(float(y), 4) for _, y in chart.parts["bars"].get_path().vertices}
    assert heights == {1.0, round(1 - 0.9 / per, 4)}
    assert len(certainty_flow(study(made, sentences, profile=[(s, 0.5) for s in sentences])).svg) < 100_000


# --- mentions ------------------------------------------------------------------------------------------------------


def test_dispersion_draws_a_mark_a_mention_by_its_form() -> None:
    """Names are large discs, demonyms hollow diamonds, roles and pronouns small discs, each at its place."""
    made, sentences = article(["body"] * 4)
    actor = Actor("Russia", "country")
    forms = ("name", "alias", "demonym", "pronoun")
    mentions = tuple(
        Mention(actor, sentence, sentence.start, sentence.start + 5, form, "by hand")  # type: ignore[arg-type]
        for sentence, form in zip(sentences, forms, strict=True)
    )
    chart = dispersion(study(made, sentences, cast=Cast(Parse(made, sentences, (), ()), (actor,), mentions)))
    assert chart.title == "Russia is named most: 4 of 4 mentions"
    discs = [
        (float(width), path.count("M"))
        for path, width in re.findall(r'<path d="([^"]*)"[^>]*stroke-width="([\d.]+)" stroke-linecap="round"', chart.svg)
    ]
    key = [(8.0, 1), (4.0, 1)]
    assert sorted(discs) == sorted([*key, (8.0, 2), (4.0, 1)])
    assert chart.table.rows[0][:6] == ("Russia", "country", 4, 2, 1, 1)


def test_on_a_narrow_page_the_lines_of_parts_stop_at_each_row() -> None:
    """Names stand above their rows there, and no dotted line crosses one; on a wide page a line is one stroke."""
    made, sentences = article(["headline", *["body"] * 5])
    actors = (Actor("Russia", "country"), Actor("Norway", "country"))
    mentions = tuple(
        Mention(one, at, at.start, at.start + 5, "name", "by hand") for one, at in zip(actors, sentences, strict=False)
    )
    chart = dispersion(study(made, sentences, cast=Cast(Parse(made, sentences, (), ()), actors, mentions)))
    strokes = {narrow: dotted(chart.narrowed() if narrow else chart) for narrow in (False, True)}
    assert [len(found) for found in strokes.values()] == [1, 2]
    names = [float(text["y"]) for text in page(chart.narrowed()).find_all("text") if text.get_text() in ("Russia", "Norway")]
    assert len(names) == 2
    assert not [name for top, bottom in strokes[True] for name in names if top < name - 5 < bottom]


def dotted(chart: Chart) -> list[tuple[float, float]]:
    """(top, bottom) of each dotted stroke of a picture."""
    paths = page(chart).find_all("path", attrs={"stroke-dasharray": True})
    ends = [re.findall(r"[ML][\d.]+ ([\d.]+)", path["d"]) for path in paths]
    return [tuple(sorted(map(float, pair))) for found in ends for pair in zip(found[::2], found[1::2], strict=True)]  # type: ignore[misc]
