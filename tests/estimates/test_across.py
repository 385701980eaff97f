"""Means over articles and differences between them: by hand, and by drawing articles whose means are known."""

from __future__ import annotations

import math

import pytest

from analysis.constants import PRIOR_ARTICLE_VARIANCE, PRIOR_ARTICLES, PRIOR_SENTENCES, PRIOR_VARIANCE, SHARED_DOUBT
from analysis.estimates import SentenceTone, ToneSums, difference_across, mean_across, mean_of


def article(*tones, doubt=0.0):
    return [SentenceTone(at, tone, doubt) for at, tone in enumerate(tones)]


def test_the_variance_by_hand():
    """Two articles of 3 and 2 sentences: tones 0.2 0.4 0.6 and -0.2 0.0."""
    found = ToneSums.of([article(0.2, 0.4, 0.6, doubt=0.1), article(-0.2, 0.0, doubt=0.1)])
    mean = (0.2 + 0.4 + 0.6 - 0.2 + 0.0) / 5  # 0.2
    deviations = 0.0 + 0.04 + 0.16 + 0.16 + 0.04  # 0.4
    single = (deviations + PRIOR_SENTENCES * PRIOR_VARIANCE) / (5 - 1 + PRIOR_SENTENCES) / 5
    residues = (1.2 - 3 * mean) ** 2 + (-0.2 - 2 * mean) ** 2  # 0.36 + 0.36
    between = 2 / 1 * residues / 25
    prior = single + PRIOR_ARTICLE_VARIANCE * (9 + 4) / 25
    assert found.mean == pytest.approx(mean)
    assert found.spread == pytest.approx((between + PRIOR_ARTICLES * prior) / (1 + PRIOR_ARTICLES))
    assert found.shared == pytest.approx(SHARED_DOUBT * 0.1 * (9 + 4) / 25)
    assert found.freedom == 1 + PRIOR_ARTICLES


def test_one_article_is_what_its_own_page_says():
    """The interval of one article is that of ``mean_of``."""
    readings = article(0.1, -0.3, 0.4, 0.2, 0.0, doubt=0.2)
    one, other = mean_across(ToneSums.of([readings])), mean_of(readings)
    assert (one.value, one.lo, one.hi) == pytest.approx((other.value, other.lo, other.hi))


def test_too_few_sentences_give_no_mean_and_may_give_a_difference():
    """Four sentences in all are no mean; two on each side are compared, one is not."""
    assert mean_across(ToneSums.of([article(0.1, 0.2), article(0.3, 0.4)])).value is None
    assert mean_across(ToneSums.of([article(0.1, 0.2), article(0.3, 0.4, 0.5)])).value == pytest.approx(0.3)
    kind, harsh = ToneSums.of([article(0.9, 0.9)]), ToneSums.of([article(-0.5, -0.5)])
    assert difference_across(kind, harsh).side == "positive"
    assert difference_across(harsh, kind).side == "negative"
    assert difference_across(ToneSums.of([article(0.9)]), harsh).side is None


def test_two_sentences_that_differ_little_settle_nothing():
    """The interval holds zero."""
    assert difference_across(ToneSums.of([article(0.1, 0.3)]), ToneSums.of([article(-0.1, 0.0)])).side == "unclear"


def test_swapping_the_groups_mirrors_the_difference():
    """Sign and interval."""
    one, other = ToneSums.of([article(0.5, 0.1), article(0.2)]), ToneSums.of([article(-0.5, 0.1, 0.3)])
    there, back = difference_across(one, other), difference_across(other, one)
    assert (there.value, there.lo, there.hi) == pytest.approx((-back.value, -back.hi, -back.lo))


def test_sentences_of_one_article_are_worth_less_than_those_of_several():
    """Ten articles of one sentence say more than two of five, where articles differ."""
    several = ToneSums.of([article(tone) for tone in (0.4, 0.6) * 5])
    few = ToneSums.of([article(*(0.4,) * 5), article(*(0.6,) * 5)])
    assert several.mean == few.mean
    assert several.spread < few.spread


def test_an_article_without_readings_changes_nothing():
    """No evidence is no zero."""
    assert ToneSums.of([article(0.1), []]) == ToneSums.of([article(0.1)])


@pytest.mark.parametrize(("articles", "sentences", "between"), [(1, 4, 0.0), (3, 3, 0.2), (10, 4, 0.2)])
def test_the_interval_holds_the_truth_as_often_as_it_says(articles, sentences, between):
    """Groups of articles drawn alike: the 90 % interval of their difference holds zero in 86 to 97 of 100 pairs."""
    import numpy as np

    rng = np.random.default_rng(0)

    def drawn():
        return ToneSums.of(
            article(*rng.normal(rng.normal(0, between), 0.3, size=1 + rng.poisson(sentences - 1))) for _ in range(articles)
        )

    pairs = [(drawn(), drawn()) for _ in range(600)]
    found = [difference_across(one, other) for one, other in pairs if min(one.n, other.n) > 1]
    held = sum(one.side == "unclear" for one in found) / len(found)
    assert 0.86 <= held <= 0.97
    assert not math.isnan(held)
