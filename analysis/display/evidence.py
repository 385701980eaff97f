"""The few words that carry a score, and the sentences that say most."""

from __future__ import annotations

from collections.abc import Sequence

from ..constants import CLEAR_TONE, CUE_MIN, CUES_MAX, SENTENCES_TOLD
from ..model import Cue, Parse, Point, ToneScore, ToneSeries
from ..tone import mean_cues


def carrying_words(scores: Sequence[ToneScore]) -> tuple[Cue, ...]:
    """The few words that carry the tone toward one actor in one sentence.

    Args:
        scores: the actor's scores in the sentence.

    Returns:
        Words whose mean contribution over the scored mentions has the sign of the tone and is ``CUE_MIN`` or more in size. At
        most ``CUES_MAX``, the strongest first, never a word of the actor's own name. Empty where the tone is neutral, or where
        the scores came without word-level evidence.
    """
    tones = [score.tone for score in scores if score.tone is not None]
    return strongest_cues(mean_cues(scores), sum(tones) / max(1, len(tones)))


def strongest_cues(cues: Sequence[Cue], value: float) -> tuple[Cue, ...]:
    """Those of some words that move a number its own way by ``CUE_MIN`` or more, at most ``CUES_MAX``, the strongest first.

    Nothing carries a neutral number: there are none for a value nearer to zero than ``CLEAR_TONE``.
    """
    if abs(value) < CLEAR_TONE:
        return ()
    sign = -1 if value < 0 else 1
    own_way = [cue for cue in cues if cue.contribution * sign >= CUE_MIN]
    return tuple(sorted(own_way, key=lambda cue: (-abs(cue.contribution), cue.start))[:CUES_MAX])


def strongest_points(parse: Parse, series: Sequence[ToneSeries], *, most: int | None = SENTENCES_TOLD) -> list[Point]:
    """The sentences with the strongest tone toward anybody, each once, with the actor it bears on most.

    Args:
        parse: the article's.
        series: of the actors to look at.
        most: so many sentences, or all for None.

    Returns:
        Points at least ``CLEAR_TONE`` from zero, the strongest first; equals in reading order. A repeated sentence counts once.
    """
    best: dict[str, Point] = {}
    for tones in series:
        for point in tones.points:
            if point.tone is not None and abs(point.tone) >= CLEAR_TONE:
                text = " ".join(parse.text_of(point.sentence).split()).casefold()
                known = best.get(text)
                if known is None or abs(point.tone) > abs(known.tone or 0.0):
                    best[text] = point
    return sorted(best.values(), key=lambda point: (-abs(point.tone or 0.0), point.sentence.index))[:most]


def voice_of(point: Point) -> str:
    """Whose words a point's tone stands in: the voice of the score that lies furthest to its side."""
    return voices_at(point)[0]


def voices_at(point: Point) -> list[str]:
    """The voices of the scores that lie furthest to a point's side, the first first."""
    sign = -1 if (point.tone or 0.0) < 0 else 1
    scored = [
        (round((score.tone or 0.0) * sign, 2), score.voice or "narrator") for score in point.scores if score.tone is not None
    ]
    most = max(tone for tone, _ in scored)
    return list(dict.fromkeys(voice for tone, voice in scored if tone == most))
