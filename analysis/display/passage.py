"""Evidence sentences, with the words behind a number marked in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from ..model import Cue, Mention, Parse, Sentence, Sentiment, Stance, ToneScore
from ..safe_text import safe, shorten, visible
from .shown import Shown, anchor
from .wording import NO_EVIDENCE, NO_WORDS, count, number, plural

Evidence: TypeAlias = "ToneScore | Sentiment | Stance | Mention | Sentence"


@dataclass(frozen=True, slots=True)
class _Passage:
    """One sentence with what was found in it."""

    sentence: Sentence
    mentions: tuple[tuple[int, int, str], ...]
    cues: tuple[Cue, ...]
    tones: tuple[tuple[str, float | None], ...]
    voices: tuple[str, ...]

    @property
    def strength(self) -> float:
        return max((abs(tone) for _, tone in self.tones if tone is not None), default=-1.0)


@dataclass(frozen=True, repr=False)
class Passages(Shown):
    """Sentences as evidence: mentions outlined, cues underlined with their push, the tone at the side."""

    parse: Parse
    items: tuple[_Passage, ...]
    caption: str
    found: int
    anchored: bool = False
    linked: bool = True
    wordless: bool = False
    _rules = ("passages",)

    def _html(self) -> str:
        lines = "".join(self._line(item) for item in self.items)
        listed = f"<ol>{lines}</ol>" if lines else "<p>No such sentence was found.</p>"
        notes = []
        if self.found > len(self.items):
            notes.append(f"The {count(len(self.items))} strongest of {plural(self.found, 'sentence')}, in reading order.")
        if any(item.cues for item in self.items):
            notes.append("Underlined: the words behind the number, each with its push; thicker pushes harder.")
        if self.wordless:
            notes.append(NO_WORDS)
        note = f'<p class="toward-note">{" ".join(notes)}</p>' if notes else ""
        return f'<figure class="toward-passages"><figcaption>{safe(self.caption)}</figcaption>{listed}{note}</figure>'

    def _line(self, item: _Passage) -> str:
        place = anchor(item.sentence)
        label = f'<span class="no">{item.sentence.index + 1}</span>'
        if self.linked:
            label = (
                f'<a class="no" href="#{place}" aria-label="Sentence {item.sentence.index + 1}">{item.sentence.index + 1}</a>'
            )
        side = "".join(_side(name, tone, alone=len(item.tones) == 1) for name, tone in item.tones)
        side += "".join(f"<small>{safe(voice)}</small>" for voice in item.voices)
        ident = f' id="{place}"' if self.anchored else ""
        return f'<li{ident}>{label}<p><bdi>{self._marked(item)}</bdi></p><div class="at">{side}</div></li>'

    def _marked(self, item: _Passage) -> str:
        """The sentence with its marks. Marks may overlap, so it is cut at every border first."""
        start, end = item.sentence.start, item.sentence.end
        borders = {start, end}
        for low, high in [mention[:2] for mention in item.mentions] + [(cue.start, cue.end) for cue in item.cues]:
            borders |= {min(max(low, start), end), min(max(high, start), end)}
        cuts = sorted(borders)
        text = self.parse.article.text
        parts = []
        for low, high in pairwise(cuts):
            piece = safe(re.sub(r"\s+", " ", text[low:high]))
            cue = next((cue for cue in item.cues if cue.start <= low and high <= cue.end), None)
            if cue is not None:
                kind = f"{'negative' if cue.push < 0 else 'positive'} w{1 + (abs(cue.push) >= 0.15) + (abs(cue.push) >= 0.35)}"
                piece = f'<u class="{kind}">{piece}</u>'
            mention = next((mention for mention in item.mentions if mention[0] <= low and high <= mention[1]), None)
            if mention is not None:
                piece = f'<mark class="actor">{piece}</mark>'
            parts.append(piece)
            parts += [f"<sup>{number(cue.push)}</sup>" for cue in item.cues if cue.end == high]
        return "".join(parts).strip()

    def __str__(self) -> str:
        lines = [visible(self.caption)]
        for item in self.items:
            words = " ".join(self.parse.text_of(item.sentence).split())
            tones = "; ".join(f"{name} {number(tone)}".strip() for name, tone in item.tones)
            cues = ", ".join(f"{self.parse.text_of(cue)} {number(cue.push)}" for cue in item.cues)
            about = f"  [{'; '.join(part for part in (tones, cues) if part)}]" if tones or cues else ""
            lines.append(visible(f"{item.sentence.index + 1:>4}  {words}{about}"))
        return "\n".join(lines)


def _side(name: str, tone: float | None, *, alone: bool) -> str:
    """The tone of a sentence in its margin: a small scale, the number, its word and toward whom."""
    toward = f"<small><bdi>{safe(shorten(name, 40))}</bdi></small>" if name else ""
    if tone is None:
        return f"<span>{NO_EVIDENCE}{toward}</span>"
    word = "negative" if tone < -0.005 else "positive" if tone > 0.005 else "next to zero"
    width = 50 * min(abs(tone), 1.0)
    left = 50 - width if tone < 0 else 50
    sign = "negative" if tone < 0 else "positive"
    bar = f'<i class="{sign}" style="left:{left:.1f}%;width:{width:.1f}%"></i>'
    gauge = f'<div class="toward-gauge" aria-hidden="true">{bar}<b></b></div>' if alone else ""
    return f"{gauge}<span>{number(tone)} {word}{toward}</span>"


def passages(
    parse: Parse,
    items: Iterable[Evidence],
    /,
    *,
    caption: str,
    most: int | None = None,
    anchor: bool = False,
    link: bool = True,
) -> Passages:
    """Show sentences with the evidence in them.

    Args:
        parse: the article's parse.
        items: scores, sentiments, stances, mentions or bare sentences; those of one sentence are shown together, once.
        caption: what these sentences are.
        most: show only so many, the strongest tones.
        anchor: give each sentence its fragment (``id="s12"``); at most one place on a page may.
        link: make the sentence numbers links to those fragments.

    Returns:
        The sentences in reading order.
    """
    groups: dict[int, list[Evidence]] = {}
    for item in items:
        groups.setdefault(_sentence(item).index, []).append(item)
    found = [_passage(group) for _, group in sorted(groups.items())]
    kept = found
    if most is not None and len(found) > most:
        strongest = sorted(found, key=lambda item: (-item.strength, item.sentence.index))[:most]
        kept = sorted(strongest, key=lambda item: item.sentence.index)
    scores = [item for group in groups.values() for item in group if isinstance(item, ToneScore) and item.tone is not None]
    wordless = bool(scores) and all(score.cues is None for score in scores)
    return Passages(parse, tuple(kept), caption, len(found), anchored=anchor, linked=link, wordless=wordless)


def _sentence(item: Evidence) -> Sentence:
    if isinstance(item, Sentence):
        return item
    return item.mention.sentence if isinstance(item, ToneScore) else item.sentence


def _passage(group: Sequence[Evidence]) -> _Passage:
    """What several pieces of evidence say of one sentence.

    An actor's tone is the mean of its scored mentions, and so are the pushes of its cues: they still sum to it. A word
    that pushes the tones of several actors is shown once, with its strongest push; a push that rounds to nothing is not shown.
    """
    mentions: dict[tuple[int, int], str] = {}
    pushes: dict[tuple[str, int, int], tuple[float, str]] = {}
    tones: dict[str, list[float | None]] = {}
    voices: dict[str, None] = {}
    for item in group:
        mention = item.mention if isinstance(item, ToneScore) else item if isinstance(item, Mention) else None
        if mention is not None:
            mentions[mention.start, mention.end] = mention.actor.name
        if isinstance(item, ToneScore):
            tones.setdefault(item.mention.actor.name, []).append(item.tone)
            if item.voice is not None:
                voices["in the narrator’s voice" if item.voice == "narrator" else f"in the voice of {item.voice}"] = None
        elif isinstance(item, Sentiment):
            tones.setdefault("", []).append(item.valence)
        name = mention.actor.name if mention is not None else ""
        if isinstance(item, Stance):
            name = f"{item.by} → {item.target.name}"
            tones.setdefault(name, []).append(item.tone)
        for cue in (item.cues or ()) if isinstance(item, ToneScore | Sentiment | Stance) else ():
            before = pushes.get((name, cue.start, cue.end), (0.0, ""))[0]
            pushes[name, cue.start, cue.end] = (before + cue.push, cue.rule)
    cues: dict[tuple[int, int], Cue] = {}
    for (name, start, end), (push, rule) in pushes.items():
        mean = push / max(1, sum(tone is not None for tone in tones[name]))
        known = cues.get((start, end))
        if abs(mean) >= 0.005 and (known is None or abs(mean) > abs(known.push)):
            cues[start, end] = Cue(start, end, mean, rule)
    return _Passage(
        _sentence(group[0]),
        tuple((start, end, name) for (start, end), name in sorted(mentions.items())),
        tuple(cue for _, cue in sorted(cues.items())),
        tuple((name, _mean(values)) for name, values in tones.items()),
        tuple(voices),
    )


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None
