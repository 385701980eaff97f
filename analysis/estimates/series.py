"""Scores become series and estimates: what can be said of an article as a whole, and how surely.

Three states are kept apart all the way: scored; named, with nothing to score; not mentioned.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from math import fsum

from ..constants import BOOTSTRAP_ROUNDS, INTERVAL_SHARE, MIN_POINTS, SEED
from ..model import Cast, Estimate, Parse, Point, Sentence, Sentiment, Series, ToneScore, VoicePart


def tone_series(cast: Cast, scores: Sequence[ToneScore]) -> tuple[Series, ...]:
    """The tone toward each actor through the article: a series an actor, a point a sentence.

    Args:
        cast: the actors, in the order of their first mention, which the series keep.
        scores: what ``tone_toward`` returned for this cast.

    Returns:
        Each series has as many points as the article has sentences. Several scored mentions in one sentence are
        one point, their mean.
    """
    by_actor: dict[str, dict[int, list[ToneScore]]] = {actor.name: {} for actor in cast.actors}
    for score in scores:
        by_actor[score.mention.actor.name].setdefault(score.mention.sentence.index, []).append(score)
    found = []
    for actor in cast.actors:
        places = by_actor[actor.name]
        points = tuple(_point(sentence, places.get(sentence.index, [])) for sentence in cast.parse.sentences)
        tones = [score.tone for scores in places.values() for score in scores]
        scored = sum(tone is not None for tone in tones)
        found.append(Series(actor, points, mean_tone(cast.parse, points), len(tones), scored))
    return tuple(found)


def _point(sentence: Sentence, scores: Sequence[ToneScore]) -> Point:
    tones = [score.tone for score in scores if score.tone is not None]
    if tones:
        return Point(sentence, "scored", sum(tones) / len(tones), tuple(scores))
    return Point(sentence, "unscored" if scores else "absent", None, tuple(scores))


def mean_tone(parse: Parse, points: Iterable[Point]) -> Estimate:
    """Mean tone over distinct scored sentences, with a bootstrap interval.

    A sentence that stands twice counts once: a repeated sentence is not new evidence. Fewer than ``MIN_POINTS``
    give no number. Source: Efron and Tibshirani, An Introduction to the Bootstrap (1993), percentile interval.
    """
    return interval([point.tone for point in _distinct(parse, points) if point.tone is not None])


def discounted_tone(parse: Parse, points: Iterable[Point]) -> Estimate:
    """The same mean with every tone weakened by what hedges take from it (``ToneScore.discounted``)."""
    return mean_tone(parse, [_point(point.sentence, [_discounted(score) for score in point.scores]) for point in points])


def _discounted(score: ToneScore) -> ToneScore:
    return replace(score, tone=score.discounted)


def voice_parts(parse: Parse, points: Iterable[Point]) -> tuple[VoicePart, ...]:
    """What each voice adds to the tone toward an actor.

    Args:
        parse: the article's parse. points: an actor's series.

    Returns:
        A part for each voice in which the actor is scored, the narrator first, then by weight; their pushes sum to
        the mean tone over distinct scored sentences, each of which weighs the same. None scored: no parts.
    """
    kept = _distinct(parse, points)
    groups: dict[str, list[tuple[ToneScore, float]]] = {}
    for point in kept:
        scored = [score for score in point.scores if score.tone is not None]
        for score in scored:
            groups.setdefault(score.voice or "unnamed", []).append((score, 1 / (len(scored) * len(kept))))
    found = []
    for voice, group in groups.items():
        share = fsum(weight for _, weight in group)
        push = fsum((score.tone or 0.0) * weight for score, weight in group)
        found.append(VoicePart(voice, share, push, push / share, tuple(score for score, _ in group)))
    return tuple(sorted(found, key=lambda part: (part.voice != "narrator", -part.share)))


def _distinct(parse: Parse, points: Iterable[Point]) -> list[Point]:
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
