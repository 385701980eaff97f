"""Means with their intervals, of distinct sentences, and None where there are too few."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ..constants import BOOTSTRAP_ROUNDS, INTERVAL_SHARE, MIN_POINTS, SEED
from ..model import Estimate, Parse, Point, Sentence, Sentiment, ToneScore


def mean_tone(parse: Parse, points: Iterable[Point]) -> Estimate:
    """Mean tone over distinct scored sentences, with a bootstrap interval.

    A sentence that stands twice counts once: a repeated sentence is not new evidence. Fewer than ``MIN_POINTS``
    give no number. Source: Efron and Tibshirani, An Introduction to the Bootstrap (1993), percentile interval.
    """
    return interval([point.tone for point in distinct(parse, points) if point.tone is not None])


def discounted_tone(parse: Parse, points: Iterable[Point]) -> Estimate:
    """The same mean with every tone weakened by what hedges take from it (``ToneScore.discounted``)."""
    return mean_tone(parse, [point_of(point.sentence, [_discounted(score) for score in point.scores]) for point in points])


def _discounted(score: ToneScore) -> ToneScore:
    return replace(score, tone=score.discounted)


def distinct(parse: Parse, points: Iterable[Point]) -> list[Point]:
    """The scored points of sentences that differ: a repeated sentence is not new evidence."""
    seen: dict[str, Point] = {}
    for point in points:
        if point.tone is not None:
            seen.setdefault(" ".join(parse.text_of(point.sentence).split()).casefold(), point)
    return list(seen.values())


def mean_valence(parse: Parse, sentiments: Iterable[Sentiment]) -> Estimate:
    """Mean valence over distinct charged sentences, with the same interval and the same least count."""
    seen: dict[str, float] = {}
    for item in sentiments:
        if item.valence is not None:
            seen.setdefault(" ".join(parse.text_of(item.sentence).split()).casefold(), item.valence)
    return interval(list(seen.values()))


def interval(values: Sequence[float]) -> Estimate:
    """The mean of some values in [-1, +1] and its bootstrap interval; the same values give the same interval."""
    share = round(100 * INTERVAL_SHARE)
    if len(values) < MIN_POINTS:
        return Estimate(None, None, None, len(values), f"fewer than {MIN_POINTS} scored sentences")
    import numpy as np

    numbers = np.sort(np.array(values, dtype=np.float64))
    generator = np.random.default_rng(SEED)
    rounds = max(1, 1_000_000 // len(numbers))  # at a time, so that memory stays flat
    means = np.concatenate(
        [
            numbers[generator.integers(0, len(numbers), size=(min(rounds, BOOTSTRAP_ROUNDS - done), len(numbers)))].mean(axis=1)
            for done in range(0, BOOTSTRAP_ROUNDS, rounds)
        ]
    )
    lo, hi = np.quantile(means, [(1 - INTERVAL_SHARE) / 2, (1 + INTERVAL_SHARE) / 2])
    value = float(numbers.mean())
    return Estimate(
        value, min(float(lo), value), max(float(hi), value), len(values), f"{share} % bootstrap interval over sentences"
    )


def point_of(sentence: Sentence, scores: Sequence[ToneScore]) -> Point:
    tones = [score.tone for score in scores if score.tone is not None]
    if tones:
        return Point(sentence, "scored", sum(tones) / len(tones), tuple(scores))
    return Point(sentence, "unscored" if scores else "absent", None, tuple(scores))
