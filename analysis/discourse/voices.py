"""Who speaks where: the voices of an article partition its text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import pairwise
from typing import Final, Literal

from ..model import Actor, Attribution, Cast, Parse, Span, Token
from .attributions import covers, find_attributions, source_head, subtract
from .lexicon import word_group

SpeakerKind = Literal["narrator", "actor", "unnamed", "none"]


@dataclass(frozen=True, slots=True)
class Voice:
    """A stretch of text and who speaks in it. The voices of an article partition its text.

    kind: the narrator; an actor; a source that is no actor here ("officials", "critics"); or none named at all.
    speaker: the actor's name, the source's own words, "narrator" or "unnamed".
    """

    start: int
    end: int
    kind: SpeakerKind
    speaker: str
    actor: Actor | None = None
    attribution: Attribution | None = None


def find_voices(
    parse: Parse, attributions: Sequence[Attribution] | None = None, *, cast: Cast | None = None
) -> tuple[Voice, ...]:
    """Who speaks where.

    Args:
        parse: the article.
        attributions: what ``find_attributions`` returned for it; found here when left out.
        cast: its actors, to name the sources by; without it a source keeps its own words.

    Returns:
        Voices in reading order, without gaps or overlaps, from 0 to the length of the text (none for an empty
        one). Where contents overlap, the shorter one speaks. What "the visit signals" or "this shows" stays the
        narrator's: an event has no voice.
    """
    text = parse.article.text
    found = find_attributions(parse) if attributions is None else attributions
    named = [_speaker(parse, item, cast) for item in found]
    pieces: list[tuple[int, int, int]] = []
    for number, item in enumerate(found):
        if not _mute(source_head(parse, item)):
            pieces.extend((start, end, number) for start, end in subtract(item.content, _crossed(found, number)))
    voices: list[Voice] = []
    for start, end, number in _painted(len(text), pieces):
        if number < 0:
            voices.append(Voice(start, end, "narrator", "narrator"))
        else:
            kind, speaker, actor = named[number]
            voices.append(Voice(start, end, kind, speaker, actor, found[number]))
    return tuple(voices)


def _crossed(found: Sequence[Attribution], number: int) -> list[Span]:
    """What another attribution that crosses this one leaves the narrator or the other: "according to X, ..., as Y said".

    Neither source reports the other. The one named first keeps the words they share, without source and cue of the second.
    """
    item = found[number]
    holes: list[Span] = []
    for other in found[max(0, number - _NEAR) : number + _NEAR + 1]:
        mutual = other is not item and item.source and other.source
        if mutual and covers(item.content, other.source) and covers(other.content, item.source):
            holes += [*other.source, *other.cue] if item.source < other.source else item.content
    return holes


_NEAR: Final = 4
"""How many attributions before and after one may cross it."""


def voice_at(voices: Sequence[Voice], position: int) -> Voice:
    """The voice of one character of the text.

    Raises:
        IndexError: the position lies outside the text.
    """
    place = bisect_right(voices, position, key=lambda voice: voice.start) - 1
    if place < 0 or not voices[place].start <= position < voices[place].end:
        raise IndexError(f"No voice at {position}: the text has {voices[-1].end if voices else 0} characters.")
    return voices[place]


def _mute(head: Token | None) -> bool:
    """Whether a source cannot speak: an event or a thing ("the visit", "this")."""
    return head is not None and (head.lemma.lower() if head.pos == "NOUN" else head.text.lower()) in word_group("mute")


def _speaker(parse: Parse, attribution: Attribution, cast: Cast | None) -> tuple[SpeakerKind, str, Actor | None]:
    head = source_head(parse, attribution)
    if head is None:
        return "none", "unnamed", None
    if cast is not None:
        mentions = cast.mentions
        place = bisect_right(mentions, head.start, key=lambda mention: mention.start) - 1
        if place >= 0 and mentions[place].start <= head.start < mentions[place].end:
            return "actor", mentions[place].actor.name, mentions[place].actor
    start, end = attribution.source[0]
    words = parse.article.text[start:end] if start <= head.start < end else head.text
    return "unnamed", " ".join(words.split()), None


def _painted(length: int, pieces: Sequence[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """A line of some length cut into (start, end, number): the shortest piece over each point, else -1."""
    edges = sorted({0, length, *(edge for start, end, _ in pieces for edge in (start, end))})
    order = sorted(pieces)
    open_: list[tuple[int, int, int]] = []
    found: list[tuple[int, int, int]] = []
    place = 0
    for low, high in pairwise(edges):
        while place < len(order) and order[place][0] <= low:
            start, end, number = order[place]
            heappush(open_, (end - start, end, number))
            place += 1
        while open_ and open_[0][1] <= low:
            heappop(open_)
        number = open_[0][2] if open_ else -1
        if found and found[-1][2] == number:
            found[-1] = (found[-1][0], high, number)
        else:
            found.append((low, high, number))
    return found
