"""Means and differences with their intervals, of distinct sentences, and None where there are too few.

An interval holds two doubts. The *sentences*: another article written in the same way would have other sentences. Mentions in
one sentence move together, so the sentence is the unit, and its tone is the mean over its mentions. The *scorer*: its
probabilities say how far a reader's label may lie from the tone of each sentence, and its errors on one actor of one article
resemble each other, so they do not average out.

The variance of a mean over n sentences is therefore s²/n + r·d: s² is the variance of the tones between sentences, d the mean
variance of a label under the scorer's probabilities, and r (``SHARED_DOUBT``) how alike the scorer's errors on one actor are.
What of the scorer's error is *not* shared is already in s². The interval is Student's t with Satterthwaite's degrees of
freedom, and s² is moderated: n sentences know little of their own variance, so a prior (``PRIOR_VARIANCE``) counts as much as
``PRIOR_SENTENCES`` more. Five equal tones therefore do not give an interval without width.

Why this and not a bootstrap: with few, skewed sentences percentile, BCa and studentised bootstrap intervals cover less than
they say (``make bench-intervals`` prints all of them). And why not the sentences alone: in labelled articles a bootstrap over
sentences held the mean of the labels, at 90 %, little more than half the time.

Source: Student (1908); Satterthwaite, Biometrics Bulletin 2 (1946); the moderated variance is that of Smyth, Statistical
Applications in Genetics and Molecular Biology 3 (2004).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import fsum

from ..constants import INTERVAL_SHARE, MIN_POINTS, PRIOR_SENTENCES, PRIOR_VARIANCE, SHARED_DOUBT
from ..errors import EstimateError
from ..model import Estimate, Parse, Point, Sentence, Sentiment, ToneScore

NEAR_ONE = 1e-3
"""How far three probabilities may sum from one."""


@dataclass(frozen=True, slots=True)
class SentenceTone:
    """The tone toward an actor in one sentence, and the scorer's doubt of it.

    Attributes:
        sentence: the sentence's index; two actors' tones in one sentence are paired by it.
        tone: the tone, in [-1, +1].
        doubt: the variance of a label drawn from the scorer's probabilities, in [0, 1]; 0 where none are known.
    """

    sentence: int
    tone: float
    doubt: float = 0.0


def mean_tone(parse: Parse, points: Iterable[Point]) -> Estimate:
    """The mean tone over distinct scored sentences, with its interval.

    A sentence that the article repeats word for word counts once, because it is no new evidence. With fewer than ``MIN_POINTS``
    sentences the value is None.

    Raises:
        EstimateError: a score holds what is no probability; the message names its sentence.
    """
    return mean_of([sentence_tone_of(point) for point in distinct(parse, points)])


def certainty_weighted_tone(parse: Parse, points: Iterable[Point]) -> Estimate:
    """The certainty-weighted mean tone: as ``mean_tone``, with each tone times the certainty of its mention."""
    return mean_of([sentence_tone_of(point, certainty_weighted=True) for point in distinct(parse, points)])


def mean_valence(parse: Parse, sentiments: Iterable[Sentiment]) -> Estimate:
    """The mean valence over distinct charged sentences, with its interval.

    The interval holds the doubt of the sentences alone, since a word list gives no probabilities.
    """
    seen: dict[str, SentenceTone] = {}
    for sentiment in sentiments:
        if sentiment.valence is not None:
            seen.setdefault(_words(parse, sentiment.sentence), SentenceTone(sentiment.sentence.index, sentiment.valence))
    return mean_of(list(seen.values()))


def distinct(parse: Parse, points: Iterable[Point]) -> list[Point]:
    """The scored points, without those of sentences that repeat an earlier one word for word."""
    seen: dict[str, Point] = {}
    for point in points:
        if point.tone is not None:
            seen.setdefault(_words(parse, point.sentence), point)
    return list(seen.values())


def _words(parse: Parse, sentence: Sentence) -> str:
    return " ".join(parse.text_of(sentence).split()).casefold()


def sentence_tone_of(point: Point, *, certainty_weighted: bool = False) -> SentenceTone:
    """The tone of a scored point, for means: the mean over its scored mentions, which one label would answer.

    Args:
        point: with at least one scored mention.
        certainty_weighted: whether hedges weaken the tone.

    Raises:
        EstimateError: a score is not a number, or its probabilities do not sum to 1; the message names the sentence.
    """
    scores = [score for score in point.scores if score.tone is not None]
    for score in scores:
        _checked(score)
    tone = fsum(score.tone or 0.0 for score in scores) / len(scores)
    negative, positive = (fsum(values) / len(scores) for values in ([s.negative for s in scores], [s.positive for s in scores]))
    doubt = max(0.0, negative + positive - (positive - negative) ** 2)
    if not certainty_weighted:
        return SentenceTone(point.sentence.index, tone, doubt)
    sure = fsum(score.certainty for score in scores) / len(scores)
    return SentenceTone(
        point.sentence.index, fsum(score.certainty_weighted or 0.0 for score in scores) / len(scores), doubt * sure**2
    )


def _checked(score: ToneScore) -> None:
    chances = (score.negative, score.neutral, score.positive)
    sums = abs(fsum(chances) - 1) <= NEAR_ONE and all(-NEAR_ONE <= chance <= 1 + NEAR_ONE for chance in chances)
    if not sums or not math.isfinite(score.tone or 0.0):
        shown = ", ".join(f"{chance:g}" for chance in (*chances, score.tone or 0.0))
        raise EstimateError(
            f"Sentence {score.mention.sentence.index + 1} has no usable score toward {score.mention.actor.name!r}: "
            f"P(negative), P(neutral), P(positive) and tone are {shown}. Give three probabilities that sum to 1."
        )


def mean_of(tones: Sequence[SentenceTone], *, share: float = INTERVAL_SHARE) -> Estimate:
    """The mean of the tones of some sentences, with its interval.

    Args:
        tones: one for each distinct sentence, in any order.
        share: the confidence level of the interval, in (0, 1).

    Returns:
        lo <= value <= hi, in [-1, +1], with lo < hi. The value is None where there are fewer than ``MIN_POINTS`` tones.

    Example:
        >>> few = mean_of([SentenceTone(0, 0.5), SentenceTone(1, 0.3)])
        >>> few.value is None, few.method
        (True, 'fewer than 5 scored sentences')
        >>> same = mean_of([SentenceTone(at, -0.2, 0.1) for at in range(6)])
        >>> f"{same.value:.2f} from {same.lo:.2f} to {same.hi:.2f}"
        '-0.20 from -0.40 to 0.00'
    """
    if len(tones) < MIN_POINTS:
        return Estimate(None, None, None, len(tones), f"fewer than {MIN_POINTS} scored sentences")
    mean = _Mean.of(tones)
    return _interval(mean.value, mean.spread + mean.shared, [mean], len(tones), share=share)


def difference_of(first: Sequence[SentenceTone], second: Sequence[SentenceTone], *, share: float = INTERVAL_SHARE) -> Estimate:
    """How much more positive the mean of some tones is than that of others, with its interval.

    Sentences that both sides have are paired. A dark sentence about two actors lowers both means, so it adds nothing to their
    difference.

    Args:
        first: the tones of one side, one for each distinct sentence.
        second: the tones of the other side.
        share: the confidence level of the interval, in (0, 1).

    Returns:
        The difference of the means, in [-2, +2]. None where either side has fewer than ``MIN_POINTS`` tones. n counts the
        sentences that either side has.

    Example:
        >>> dark = [SentenceTone(at, -0.8, 0.02) for at in range(8)]
        >>> mild = [SentenceTone(at, 0.1, 0.02) for at in range(8, 16)]
        >>> difference_of(mild, dark).side
        'positive'
    """
    n = len({tone.sentence for tone in (*first, *second)})
    if min(len(first), len(second)) < MIN_POINTS:
        return Estimate(None, None, None, n, f"fewer than {MIN_POINTS} scored sentences on one side")
    means = [_Mean.of(first), _Mean.of(second)]
    deviations = [
        {tone.sentence: tone.tone - mean.value for tone in side} for side, mean in zip((first, second), means, strict=True)
    ]
    shared = sorted(set(deviations[0]) & set(deviations[1]))
    covariance = fsum(deviations[0][sentence] * deviations[1][sentence] for sentence in shared)
    covariance /= math.sqrt(len(first) * (len(first) - 1) * len(second) * (len(second) - 1))
    spread = max(0.0, fsum(mean.spread for mean in means) - 2 * covariance)
    variance = spread + fsum(mean.shared for mean in means)
    return _interval(means[0].value - means[1].value, variance, means, n, share=share, reach=2.0)


@dataclass(frozen=True, slots=True)
class _Mean:
    """A mean and its two variances: spread, of the sentences, and shared, of the scorer's errors that do not average out."""

    value: float
    spread: float
    shared: float
    freedom: float

    @classmethod
    def of(cls, tones: Sequence[SentenceTone]) -> _Mean:
        n = len(tones)
        value = fsum(sentence.tone for sentence in tones) / n
        squares = fsum((sentence.tone - value) ** 2 for sentence in tones)
        freedom = n - 1 + PRIOR_SENTENCES
        variance = (squares + PRIOR_SENTENCES * PRIOR_VARIANCE) / freedom
        return cls(value, variance / n, SHARED_DOUBT * fsum(sentence.doubt for sentence in tones) / n, freedom)


def _interval(value: float, variance: float, means: Sequence[_Mean], n: int, *, share: float, reach: float = 1.0) -> Estimate:
    """Student's t interval; only the variance of the sentences is estimated, so only it costs degrees of freedom."""
    from scipy.special import stdtrit

    freedom = variance**2 / fsum(mean.spread**2 / mean.freedom for mean in means)
    half = float(stdtrit(freedom, (1 + share) / 2)) * math.sqrt(variance)
    method = f"{100 * share:g} % interval over sentences, the scorer’s doubt within"
    return Estimate(value, max(-reach, value - half), min(reach, value + half), n, method)


def against_mean(tone: SentenceTone, tones: Sequence[SentenceTone], *, share: float = INTERVAL_SHARE) -> Estimate:
    """How much more positive one sentence is than the mean of others, with its interval.

    The interval holds both doubts: how a reader may label the one sentence, and how far the mean may be off. The value is None
    where there are fewer than ``MIN_POINTS`` others.
    """
    if len(tones) < MIN_POINTS:
        return Estimate(None, None, None, len(tones), f"fewer than {MIN_POINTS} scored sentences to compare it with")
    mean = _Mean.of(tones)
    variance = tone.doubt + mean.spread + mean.shared
    return _interval(tone.tone - mean.value, variance, [mean], len(tones) + 1, share=share, reach=2.0)


def point_of(sentence: Sentence, scores: Sequence[ToneScore]) -> Point:
    """One sentence of a series: scored where any of the actor's mentions is, with the mean over those that are."""
    tones = [score.tone for score in scores if score.tone is not None]
    if tones:
        return Point(sentence, "scored", sum(tones) / len(tones), tuple(scores))
    return Point(sentence, "unscored" if scores else "absent", None, tuple(scores))
