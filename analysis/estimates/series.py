"""The tone toward each actor through the article, and what each voice adds to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import fsum

from ..model import Cast, Parse, Point, ToneScore, ToneSeries, VoicePart
from .intervals import distinct, mean_tone, point_of


def tone_series(cast: Cast, scores: Sequence[ToneScore]) -> tuple[ToneSeries, ...]:
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
        points = tuple(point_of(sentence, places.get(sentence.index, [])) for sentence in cast.parse.sentences)
        tones = [score.tone for scores in places.values() for score in scores]
        scored = sum(tone is not None for tone in tones)
        found.append(ToneSeries(actor, points, mean_tone(cast.parse, points), len(tones), scored))
    return tuple(found)


def voice_parts(parse: Parse, points: Iterable[Point]) -> tuple[VoicePart, ...]:
    """What each voice adds to the tone toward an actor.

    Args:
        parse: the article's parse. points: an actor's series.

    Returns:
        A part for each voice in which the actor is scored, the narrator first, then by weight; their pushes sum to
        the mean tone over distinct scored sentences, each of which weighs the same. None scored: no parts.
    """
    kept = distinct(parse, points)
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
