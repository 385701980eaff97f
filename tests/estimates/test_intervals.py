"""Intervals hold what they say, hold both doubts, and are None where there is too little."""

from __future__ import annotations

from dataclasses import replace
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analysis.constants import CLEAR_TONE, MIN_POINTS, PRIOR_SENTENCES, PRIOR_VARIANCE, SHARED_DOUBT
from analysis.errors import EstimateError
from analysis.estimates import certainty_weighted_tone, contrasts, headline_leans, mean_valence, tone_series
from analysis.estimates.intervals import SentenceTone, against_mean, difference_of, mean_of, point_of, sentence_tone_of
from analysis.estimates.series import clear_order, summary_repeats
from analysis.model import Actor, Parse, Sentence, Sentiment, Token
from tests.build import article, cast, parsed, score
from tests.estimates.test_series import NORWAY, SWEDEN

TONES = st.lists(st.tuples(st.floats(-1, 1), st.floats(0, 1)), min_size=MIN_POINTS, max_size=12)


def made(values, doubt=0.0, start=0):
    """Tones of sentences one after another."""
    return [SentenceTone(start + at, value, doubt) for at, value in enumerate(values)]


def test_too_few_is_none_not_zero():
    """One sentence less than the least count gives no number and a reason, the least count gives one."""
    few = mean_of(made([0.1] * (MIN_POINTS - 1)))
    assert (few.value, few.lo, few.hi, few.n, few.side) == (None, None, None, 4, None)
    assert few.method == "fewer than 5 scored sentences"
    enough = mean_of(made([0.1, 0.2, 0.3, 0.4, 0.5]))
    assert enough.value == pytest.approx((0.1 + 0.2 + 0.3 + 0.4 + 0.5) / 5)
    assert enough.lo < enough.value < enough.hi


def test_one_interval_by_hand():
    """Five tones, mean 0.2, squares 0.16 + 0.04 + 0 + 0.04 + 0.16 = 0.4; doubt 0.2 in each sentence.

    Moderated variance (0.4 + 2 * 0.1) / (4 + 2) = 0.1, of the mean 0.1 / 5 = 0.02; shared doubt 0.1 * 0.2 = 0.02; together
    0.04. Degrees of freedom 0.04² / (0.02² / 6) = 24, and t(24) at 95 % is 1.7109: half a width of 0.2 * 1.7109.
    """
    assert (SHARED_DOUBT, PRIOR_SENTENCES, PRIOR_VARIANCE) == (0.1, 2, 0.1)
    found = mean_of(made([-0.2, 0.0, 0.2, 0.4, 0.6], doubt=0.2))
    assert found.value == pytest.approx(0.2)
    assert (found.lo, found.hi) == pytest.approx((0.2 - 0.2 * 1.7109, 0.2 + 0.2 * 1.7109), abs=1e-4)
    assert found.method == "90 % interval over sentences, the scorer’s doubt within"
    wider = mean_of(made([-0.2, 0.0, 0.2, 0.4, 0.6], doubt=0.2), share=0.95)
    assert wider.hi - wider.lo == pytest.approx(2 * 0.2 * stats.t.ppf(0.975, 24))


def test_a_difference_by_hand():
    """The same five sentences about two actors, one always 0.5 higher: only the prior and the scorer are in doubt.

    Each mean: spread (0.4 + 0.2) / 6 / 5 = 0.02. Paired: 0.4 / (5 * 4) = 0.02, so 0.02 + 0.02 - 2 * 0.02 = 0; shared 0.02 each.
    """
    low, high = (made([at + shift for at in (-0.2, 0.0, 0.2, 0.4, 0.6)], doubt=0.2) for shift in (-0.5, 0.0))
    found = difference_of(high, low)
    assert found.value == pytest.approx(0.5)
    half = stats.t.ppf(0.95, 0.04**2 / (2 * 0.02**2 / 6)) * sqrt(0.04)
    assert found.hi - found.value == pytest.approx(half)
    assert found.n == 5
    apart = difference_of(high, [replace(item, sentence=item.sentence + 9) for item in low])
    assert apart.hi - apart.lo > found.hi - found.lo
    assert apart.n == 10
    few = difference_of(high, low[:4])
    assert (few.n, few.method) == (5, "fewer than 5 scored sentences on one side")


def test_a_difference_of_two_that_move_half_alike():
    """The second always half of the first: spreads (0.4 + 0.2) / 6 / 5 = 0.02 and (0.1 + 0.2) / 6 / 5 = 0.01.

    Paired: 0.2 / (5 * 4) = 0.01, so 0.03 - 2 * 0.01 = 0.01; shared 0.1 * 0.2 each: together 0.05.
    """
    tones = [0.4, 0.2, 0.0, -0.2, -0.4]
    found = difference_of(made(tones, doubt=0.2), made([tone / 2 for tone in tones], doubt=0.2))
    assert found.value == pytest.approx(0)
    assert found.hi == pytest.approx(stats.t.ppf(0.95, 0.05**2 / ((0.02**2 + 0.01**2) / 6)) * sqrt(0.05))


def test_a_difference_ends_at_two():
    """0.95 and -0.95: 1.9, and no upper end beyond 2."""
    found = difference_of(made([0.95] * 5, doubt=0.2), made([-0.95] * 5, doubt=0.2, start=9))
    assert (found.value, found.hi) == (pytest.approx(1.9), 2)
    assert found.lo < 1.9


@given(TONES)
def test_no_interval_is_without_width(values):
    """Whatever the tones and doubts, equal ones too: lo <= value <= hi in [-1, +1], and lo < hi."""
    for some in (values, [values[0]] * len(values)):
        found = mean_of([SentenceTone(at, tone, doubt) for at, (tone, doubt) in enumerate(some)])
        assert -1 <= found.lo <= found.value <= found.hi <= 1
        assert found.hi - found.lo > 0.01


@given(TONES, st.randoms())
def test_order_says_nothing(values, random):
    """The same tones in another order give the very same interval."""
    some = [SentenceTone(at, tone, doubt) for at, (tone, doubt) in enumerate(values)]
    other = list(some)
    random.shuffle(other)
    assert mean_of(some) == mean_of(other)


@given(TONES, TONES)
def test_a_difference_turns_round(one, other):
    """The difference of B from A is that of A from B with the other sign."""
    a, b = ([SentenceTone(at, *pair) for at, pair in enumerate(values)] for values in (one, other))
    there, back = difference_of(a, b), difference_of(b, a)
    assert (there.value, there.lo, there.hi) == pytest.approx((-back.value, -back.hi, -back.lo))


def test_a_surer_scorer_gives_a_narrower_interval():
    """The same tones from a scorer that is sure and from one that is not."""
    sure, unsure = (mean_of(made([-0.4, -0.2, 0.0, 0.1, -0.3, -0.5], doubt=doubt)) for doubt in (0.02, 0.4))
    assert sure.hi - sure.lo < unsure.hi - unsure.lo
    assert sure.value == unsure.value


@pytest.mark.parametrize(("n", "share", "off"), [(5, 0.9, 0.05), (10, 0.95, 0.03), (20, 0.9, 0.03)])
def test_coverage_of_a_known_truth(n, share, off):
    """1,000 articles of n skewed sentences, whose scorer errs by the same amount on all: the interval holds the truth as often
    as it says. Three tones in ten are clearly negative, the rest next to zero."""
    import numpy as np

    generator = np.random.default_rng(11)
    toned = generator.random((1000, n)) < 0.3
    tones = np.clip(np.where(toned, -generator.beta(5, 2, (1000, n)), generator.normal(0, 0.05, (1000, n))), -1, 1)
    truth = -0.3 * 5 / 7 + generator.normal(0, sqrt(SHARED_DOUBT * 0.12), 1000)
    found = [mean_of(made(row.tolist(), doubt=0.12), share=share) for row in tones]
    assert np.mean([one.lo <= true <= one.hi for one, true in zip(found, truth, strict=True)]) == pytest.approx(share, abs=off)


def test_a_doubt_is_the_variance_of_a_label():
    """Tone -0.5 with P = 0.5, 0.5, 0: a label is -1 or 0, its variance 0.25. Two mentions of one sentence are one reading."""
    found = cast("Norway fails Norway.", [NORWAY])
    (series,) = tone_series(found, [score(m, -0.5) for m in found.mentions])
    assert sentence_tone_of(series.points[0]) == SentenceTone(0, -0.5, pytest.approx(0.25))


@pytest.mark.parametrize("wrong", [{"negative": 0.7}, {"positive": float("nan")}, {"tone": float("nan")}])
def test_what_is_no_score_is_refused(wrong):
    """Probabilities that do not sum to 1, or no numbers: the message names sentence and actor."""
    found = cast("\n\n".join(f"Norway {n}." for n in range(6)), [NORWAY])
    scores = [score(m, -0.2) for m in found.mentions]
    scores[3] = replace(scores[3], **wrong)
    with pytest.raises(EstimateError, match="Sentence 4 has no usable score toward 'Norway'"):
        tone_series(found, scores)


def test_a_tone_of_two_mentions_by_hand():
    """P = 0.3, 0.3, 0.4 told with certainty 0.5 and P = 0.1, 0.5, 0.4 told as sure: the means are 0.2 and 0.4.

    Tone 0.4 - 0.2; doubt 0.2 + 0.4 - 0.2²; with hedges (0.1 * 0.5 + 0.3) / 2, the doubt times the mean certainty squared.
    """
    found = cast("Norway helps Norway.", [NORWAY])
    one, two = (score(mention, 0.0) for mention in found.mentions)
    one = replace(one, negative=0.3, neutral=0.3, positive=0.4, tone=0.1, certainty=0.5)
    two = replace(two, negative=0.1, neutral=0.5, positive=0.4, tone=0.3)
    point = point_of(found.parse.sentences[0], [one, two])
    doubt = 0.2 + 0.4 - 0.2**2
    assert sentence_tone_of(point) == SentenceTone(0, pytest.approx(0.2), pytest.approx(doubt))
    assert sentence_tone_of(point, certainty_weighted=True) == SentenceTone(
        0, pytest.approx(0.175), pytest.approx(doubt * 0.75**2)
    )


def test_a_point_says_whether_an_actor_is_scored_named_or_absent():
    """A mention with a tone, one without, and none."""
    found = cast("Norway helps Norway.", [NORWAY])
    (sentence,), (one, two) = found.parse.sentences, found.mentions
    scored = point_of(sentence, [score(one, -0.5), score(two, None)])
    assert (scored.state, scored.tone, len(scored.scores)) == ("scored", -0.5, 2)
    assert point_of(sentence, [score(one, -0.5), score(two, 0.1)]).tone == pytest.approx(-0.2)
    assert (point_of(sentence, [score(one, None)]).state, point_of(sentence, []).state) == ("unscored", "absent")
    assert point_of(sentence, [score(one, None)]).tone is None


def test_a_refused_score_shows_its_numbers():
    """Three probabilities and the tone, as they are."""
    found = cast("Norway acts.", [NORWAY])
    wrong = replace(score(found.mentions[0], -0.2), negative=0.7)
    with pytest.raises(EstimateError, match=r"tone are 0\.7, 0\.8, 0, -0\.2\. Give three"):
        sentence_tone_of(point_of(found.parse.sentences[0], [wrong]))
    with pytest.raises(EstimateError, match=r"tone are 0\.7, 1, 0, 0\. Give three"):
        sentence_tone_of(point_of(found.parse.sentences[0], [replace(score(found.mentions[0], 0.0), negative=0.7)]))


def test_a_tone_of_zero_stays_zero_when_weighted():
    """Zero is a tone like any other."""
    found = cast("Norway acts.", [NORWAY])
    point = point_of(found.parse.sentences[0], [score(found.mentions[0], 0.0)])
    assert sentence_tone_of(point, certainty_weighted=True).tone == 0


def test_certainty_weighted_tone_takes_what_is_hedged():
    """Five sentences at -0.5, told with certainty 0.6: the mean is -0.3; without hedges it is the raw mean."""
    found = cast("\n\n".join(f"Norway {n}." for n in range(5)), [NORWAY])
    for sure, mean in ((0.6, -0.5 * 0.6), (1.0, -0.5)):
        (series,) = tone_series(found, [replace(score(m, -0.5), certainty=sure) for m in found.mentions])
        assert certainty_weighted_tone(found.parse, series.points).value == pytest.approx(mean)
        assert series.estimate.value == pytest.approx(-0.5)
    narrow = certainty_weighted_tone(found.parse, series.points)
    assert narrow.hi - narrow.lo == pytest.approx(series.estimate.hi - series.estimate.lo)


# --- actors, parts and voices beside each other -------------------------------------------------------------------


def test_swapped_actors_swap_their_estimates_exactly():
    """Two actors with each other's scores: every number changes place, to the last bit."""
    text = "\n\n".join(f"Norway and Sweden {n}." for n in range(7))
    tones = [0.1, -0.35, 0.62, -0.7, 0.013, 0.3, -0.2, 0.44, 0.9, -0.6, 0.21, -0.05, 0.5, 0.33]
    there, back = cast(text, [NORWAY, SWEDEN]), cast(text, [NORWAY, SWEDEN])
    one, two = tone_series(there, [score(m, tone) for m, tone in zip(there.mentions, tones, strict=True)])
    turned = [tones[at ^ 1] for at in range(14)]
    first, second = tone_series(back, [score(m, tone) for m, tone in zip(back.mentions, turned, strict=True)])
    assert (one.estimate, two.estimate) == (second.estimate, first.estimate)


def test_a_neutral_sentence_about_nobody_changes_nothing():
    """Neither a mean nor an order nor a contrast."""
    text = "\n\n".join(f"Norway and Sweden {n}." for n in range(6))
    results = []
    for whole in (text, text + "\n\nIt rained."):
        found = cast(whole, [NORWAY, SWEDEN])
        series = tone_series(found, [score(m, 0.8 if m.actor is NORWAY else -0.7) for m in found.mentions])
        results.append([one.estimate for one in series] + [row[2] for row in clear_order(found.parse, series)])
    assert results[0] == results[1]
    assert len(results[0]) == 3


def test_actors_are_ranked_only_where_their_difference_leaves_out_zero():
    """Norway at 0.8 and Sweden at -0.7 are; Norway at 0.1 and Sweden at 0.0 are not, though one mean is larger."""
    found = cast("\n\n".join(f"Norway and Sweden {n}." for n in range(6)), [SWEDEN, NORWAY])
    for norway, sweden, ranked in ((0.8, -0.7, True), (0.1, 0.0, False)):
        series = tone_series(found, [score(m, norway if m.actor is NORWAY else sweden) for m in found.mentions])
        rows = clear_order(found.parse, series)
        assert [(a.actor.name, b.actor.name) for a, b, _ in rows] == ([("Norway", "Sweden")] if ranked else [])


@given(st.lists(st.floats(-0.99, 0.99), min_size=5, max_size=8), st.integers(1, 4))
def test_a_repeated_sentence_never_narrows_an_interval(tones, times):
    """The same sentence once more, or four times more."""
    lines = [f"Norway {n}." for n in range(len(tones))]
    widths = []
    for more in (0, times):
        found = cast("\n\n".join([*lines, *[lines[0]] * more]), [NORWAY])
        values = [*tones, *[tones[0]] * more]
        (series,) = tone_series(found, [score(m, tone) for m, tone in zip(found.mentions, values, strict=True)])
        widths.append(series.estimate.hi - series.estimate.lo)
    assert widths[1] >= widths[0]


def test_contrasts_by_hand():
    """Ten sentences: the narrator at 0.5 in the first half, Sweden at -0.5 in the second: halves and voices are one split."""
    found = cast("Norway opens talks\n\n" + "\n\n".join(f"Norway acts {n} times." for n in range(10)), [NORWAY])
    tones = [0.0] + [0.5] * 5 + [-0.5] * 5
    voices = ["narrator"] * 6 + ["Sweden"] * 5
    scores = [replace(score(m, t), voice=v) for m, t, v in zip(found.mentions, tones, voices, strict=True)]
    series = tone_series(found, scores)
    rows = {row.compared: row for row in contrasts(found.parse, series)}
    assert set(rows) == {"halves", "voices"}
    assert [value.value for value in rows["halves"].values] == [pytest.approx(0.5), pytest.approx(-0.5)]
    assert rows["halves"].difference.value == pytest.approx(1.0)
    assert rows["halves"].difference.side == "positive"
    assert rows["voices"].values[0].value == pytest.approx(5 * 0.5 / 6)


def test_a_headline_that_leans_otherwise_is_told():
    """-0.9 above a body of next to zero is; -0.9 above a negative body, or a headline that is unsure, is not."""
    text = "Norway condemned\n\n" + "\n\n".join(f"Norway acts {n} times." for n in range(8))
    found = cast(text, [NORWAY])
    assert found.parse.sentences[0].section.kind == "headline"
    for headline, body, told in ((-0.9, 0.0, True), (-0.9, -0.2, False), (-0.4, 0.1, False), (0.9, -0.3, True)):
        tones = [headline, *[body] * 8]
        series = tone_series(found, [score(m, tone) for m, tone in zip(found.mentions, tones, strict=True)])
        leans = headline_leans(found.parse, series)
        assert [lean.tone for lean in leans] == ([headline] if told else [])
    assert leans[0].body.value == pytest.approx(-0.3)
    assert leans[0].difference.side == "positive"
    few = cast("Norway condemned\n\nNorway acts once.\n\nNorway acts twice.", [NORWAY])
    series = tone_series(few, [score(m, tone) for m, tone in zip(few.mentions, (-0.9, 0.5, 0.5), strict=True)])
    assert headline_leans(few.parse, series) == []


def test_one_sentence_against_a_mean_by_hand():
    """-0.9 with doubt 0.09 against five at 0 with doubt 0: variance 0.09 + 2 * 0.1 / 6 / 5 = 0.0967."""
    found = against_mean(SentenceTone(9, -0.9, 0.09), made([0.0] * 5))
    spread = 2 * 0.1 / 6 / 5
    freedom = (0.09 + spread) ** 2 / (spread**2 / 6)
    assert found.hi == pytest.approx(-0.9 + stats.t.ppf(0.95, freedom) * sqrt(0.09 + spread))
    assert against_mean(SentenceTone(9, -0.9, 0.09), made([0.0] * 4)).value is None
    assert CLEAR_TONE == 0.15


def test_a_sentence_far_from_a_mean():
    """-0.9 against five at 0.6, all with doubt: -1.5 with half a width of 0.54, cut off at -2.

    Variance 0.09 + 2 * 0.1 / 6 / 5 + 0.1 * 0.1, and six sentences in all.
    """
    found = against_mean(SentenceTone(9, -0.9, 0.09), made([0.6] * 5, doubt=0.1))
    spread = 2 * 0.1 / 6 / 5
    variance = 0.09 + spread + 0.1 * 0.1
    assert found.value == pytest.approx(-0.9 - 0.6)
    assert found.lo == -2
    assert found.hi == pytest.approx(-1.5 + stats.t.ppf(0.95, variance**2 / (spread**2 / 6)) * sqrt(variance))
    assert found.n == 6
    few = against_mean(SentenceTone(9, -0.9, 0.09), made([0.6] * 4))
    assert (few.n, few.method) == (4, "fewer than 5 scored sentences to compare it with")


def test_a_mean_of_valences():
    """Charged sentences that differ: five at 0.1 to 0.5, one of them twice, and one without a charged word."""
    parse = parsed("\n\n".join(["A first line", *(f"Line {n} of them is here." for n in range(5)), "LINE 4 of them  is here."]))
    valences = [None, 0.1, 0.2, 0.3, 0.4, 0.5, -1.0]
    found = mean_valence(parse, [Sentiment(*pair, ()) for pair in zip(parse.sentences, valences, strict=True)])
    assert found == mean_of(made([0.1, 0.2, 0.3, 0.4, 0.5], start=1))
    assert found.n == 5


def test_a_summary_point_that_repeats_the_body_is_found():
    """Three of its four content words (0.75) stand in one sentence of the body; half of them are too few."""
    whole = article("A headline stands here\n\n- one\n- two\n\nA longer paragraph of the body follows here.")
    words = {"headline": "a b", "summary": None, "body": "w x y z q"}
    summaries = iter(["w x y v", "w x u v"])
    tokens, sentences = [], []
    for section in whole.sections:
        lemmas = (words[section.kind] or next(summaries)).split()
        first = len(tokens)
        tokens += [Token(first + at, 0, 0, lemma, lemma, "NOUN", "NN", "dep", first) for at, lemma in enumerate(lemmas)]
        sentences.append(Sentence(len(sentences), section.start, section.end, section, first, len(tokens)))
    assert summary_repeats(Parse(whole, tuple(sentences), tuple(tokens), ())) == {1}


def test_an_actor_only_in_the_headline():
    """One sentence: no mean, no contrast, no lean, and no error."""
    found = cast("Sweden condemned\n\nNorway acts once.", [Actor("Sweden", "country"), NORWAY])
    series = tone_series(found, [score(m, -0.9) for m in found.mentions])
    assert series[0].estimate.value is None
    assert contrasts(found.parse, series) == []
    assert headline_leans(found.parse, series) == []
