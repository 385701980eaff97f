"""Sentences as evidence, with the few words that carry a number marked in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TypeAlias

from ..model import Cue, Mention, Parse, Sentence, Sentiment, Stance, ToneScore
from ..safe_text import safe, shorten, visible
from .evidence import carrying_words, strongest_cues
from .shown import Shown, anchor
from .table import Href, Link, nowhere
from .wording import NO_WORDS, article_of, count, number, plural, tone_word

Evidence: TypeAlias = "ToneScore | Sentiment | Stance | Mention | Sentence"


@dataclass(frozen=True, slots=True)
class _Passage:
    """One sentence with what was found in it. words: those that carry its numbers, the strongest first."""

    sentence: Sentence
    mentions: tuple[tuple[int, int, str], ...]
    words: tuple[Cue, ...]
    tones: tuple[tuple[str, float | None], ...]
    voices: tuple[str, ...]
    unsure: bool

    @property
    def strength(self) -> float:
        return max((abs(tone) for _, tone in self.tones if tone is not None), default=-1.0)


@dataclass(frozen=True, repr=False)
class Passages(Shown):
    """Sentences as evidence: mentions outlined, the words that carry the number underlined, the number at the side."""

    parse: Parse
    items: tuple[_Passage, ...]
    caption: str
    found: int
    anchored: bool = False
    linked: bool = True
    wordless: bool = False
    ranked: bool = False
    href: Href = nowhere
    _rules = ("passages",)

    def _html(self) -> str:
        lines = "".join(self._line(item) for item in self.items)
        listed = f"<ol>{lines}</ol>" if lines else "<p>No such sentence was found.</p>"
        notes = []
        if self.found > len(self.items):
            order = "strongest first" if self.ranked else "in reading order"
            notes.append(f"These are the {count(len(self.items))} strongest of {plural(self.found, 'sentence')}, {order}.")
        if self.wordless:
            notes.append(NO_WORDS)
        note = f'<p class="toward-note">{" ".join(notes)}</p>' if notes else ""
        caption = f"<figcaption>{safe(self.caption)}</figcaption>" if self.caption else ""
        return f'<figure class="toward-passages">{caption}{listed}{note}</figure>'

    def _line(self, item: _Passage) -> str:
        place, number_ = anchor(item.sentence), item.sentence.index + 1
        label = f'<span class="no">{number_}</span>'
        if self.linked:
            label = f'<a class="no" href="#{place}" aria-label="Sentence {number_}">{number_}</a>'
        side = "".join(self._tone(name, tone, alone=len(item.tones) == 1) for name, tone in item.tones)
        if item.unsure:
            side += "<small>too uncertain to call</small>"
        side += "".join(
            f"<small>{phrase.format(self._linked(voice))}</small>" for phrase, voice in map(_spoken_by, item.voices)
        )
        if item.words:
            side += f'<small class="w">{safe(_listed(self.parse, item.words))}</small>'
        ident = f' id="{place}"' if self.anchored else ""
        text = marked(self.parse, item.sentence, item.mentions, item.words).strip()
        return f'<li{ident}>{label}<p><bdi>{text}</bdi></p><div class="at">{side}</div></li>'

    def _tone(self, name: str, tone: float | None, *, alone: bool) -> str:
        """The tone of a sentence in its margin: a small scale, the number, its word and toward whom."""
        toward = f"<small>toward {self._linked(name)}</small>" if name else ""
        if tone is None:
            return f"<span>not scored{toward}</span>"
        word = tone_word(tone)
        if word == "neutral":
            return f"<span>neutral{toward}</span>"
        width = 50 * min(abs(tone), 1.0)
        left = 50 - width if tone < 0 else 50
        bar = f'<i class="{word}" style="left:{left:.1f}%;width:{width:.1f}%"></i>'
        gauge = f'<div class="toward-gauge" aria-hidden="true">{bar}<b></b></div>' if alone else ""
        return f"{gauge}<span>{number(tone)} {word}{toward}</span>"

    def _linked(self, name: str) -> str:
        shown, to = shorten(visible(name), 60), self.href(name)
        return f"{article_of(shown)}<bdi>{Link(shown, to).html() if to else safe(shown)}</bdi>"

    def __str__(self) -> str:
        lines = [visible(self.caption)] if self.caption else []
        for item in self.items:
            words = " ".join(self.parse.text_of(item.sentence).split())
            tones = "; ".join(f"{name} {number(tone)}".strip() for name, tone in item.tones)
            voices = [phrase.format(article_of(voice) + voice) for phrase, voice in map(_spoken_by, item.voices)]
            about = f"  [{'; '.join(part for part in (tones, *voices, _listed(self.parse, item.words)) if part)}]"
            lines.append(visible(f"{item.sentence.index + 1:>4}  {words}{about if tones else ''}"))
        return "\n".join(lines)


def _listed(parse: Parse, words: Sequence[Cue]) -> str:
    """Words with their pushes: "frustration −0.64, alliance −0.12"."""
    return ", ".join(f"{shorten(parse.text_of(cue), 40)} {number(cue.push)}" for cue in words)


def marked(parse: Parse, sentence: Sentence, mentions: Sequence[tuple[int, int, str]], words: Sequence[Cue]) -> str:
    """A sentence as HTML, its mentions and the words that carry its score marked, thicker where they weigh more.

    Args:
        parse: of the article.
        sentence: the part of it to show.
        mentions: (start, end, name) of what is outlined.
        words: underlined. Marks may overlap: the text is cut wherever one begins or ends.
    """
    start, end = sentence.start, sentence.end
    spans = [mention[:2] for mention in mentions] + [(cue.start, cue.end) for cue in words]
    cuts = sorted({start, end, *(min(max(edge, start), end) for span in spans for edge in span)})
    pieces: list[tuple[bool, str, str]] = []
    for low, high in pairwise(cuts):
        cue = next((cue for cue in words if cue.start <= low and high <= cue.end), None)
        weight = "" if cue is None else f"{'negative' if cue.push < 0 else 'positive'} w{1 + (abs(cue.push) >= 0.35)}"
        inside = any(mention[0] <= low and high <= mention[1] for mention in mentions)
        pieces.append((inside, weight, parse.article.text[low:high]))
    parts = []
    for inside, run in groupby(pieces, key=lambda piece: piece[0]):
        shown = ""
        for weight, alike in groupby(run, key=lambda piece: piece[1]):
            text = safe(re.sub(r"\s+", " ", "".join(piece[2] for piece in alike)))
            shown += f'<u class="{weight}">{text}</u>' if weight else text
        parts.append(f'<mark class="actor">{shown}</mark>' if inside else shown)
    return "".join(parts)


def passages(
    parse: Parse,
    items: Iterable[Evidence],
    /,
    *,
    caption: str,
    most: int | None = None,
    anchor: bool = False,
    link: bool = True,
    ranked: bool = False,
    name: bool = True,
    href: Href = nowhere,
) -> Passages:
    """Show sentences with the evidence in them.

    Args:
        parse: the article's parse.
        items: scores, sentiments, stances, mentions or bare sentences; those of one sentence are shown together, once.
        caption: what these sentences are.
        most: show only so many, the strongest tones.
        anchor: give each sentence its fragment (``id="s12"``); at most one place on a page may.
        link: make the sentence numbers links to those fragments.
        name: say toward whom each number is; not where the place says it already.
        href: where the name of an actor leads on the page.
        ranked: the strongest tone first; else the sentences stand in reading order.

    Returns:
        The sentences, each with the few words that carry its numbers (``carrying_words``).
    """
    groups: dict[int, list[Evidence]] = {}
    for item in items:
        groups.setdefault(_sentence(item).index, []).append(item)
    found = [_passage(group, name=name) for _, group in sorted(groups.items())]
    strongest = sorted(found, key=lambda item: (-item.strength, item.sentence.index))[:most]
    kept = strongest if ranked else sorted(strongest, key=lambda item: item.sentence.index)
    scores = [item for group in groups.values() for item in group if isinstance(item, ToneScore) and item.tone is not None]
    wordless = bool(scores) and all(score.cues is None for score in scores)
    return Passages(
        parse, tuple(kept), caption, len(found), anchored=anchor, linked=link, wordless=wordless, ranked=ranked, href=href
    )


def _sentence(item: Evidence) -> Sentence:
    if isinstance(item, Sentence):
        return item
    return item.mention.sentence if isinstance(item, ToneScore) else item.sentence


def _passage(group: Sequence[Evidence], *, name: bool) -> _Passage:
    """What several pieces of evidence say of one sentence.

    An actor's tone is the mean of its scored mentions, and so are the pushes of its words. Of several numbers, the words of the
    strongest are shown.
    """
    mentions: dict[tuple[int, int], str] = {}
    tones: dict[str, list[float | None]] = {}
    scores: dict[str, list[ToneScore]] = {}
    voices: dict[str, None] = {}
    words: list[tuple[float, tuple[Cue, ...]]] = []
    for item in group:
        mention = item.mention if isinstance(item, ToneScore) else item if isinstance(item, Mention) else None
        if mention is not None:
            mentions[mention.start, mention.end] = mention.actor.name
        if isinstance(item, ToneScore):
            tones.setdefault(item.mention.actor.name, []).append(item.tone)
            scores.setdefault(item.mention.actor.name, []).append(item)
            if item.voice is not None and item.tone is not None:
                voices[item.voice] = None
        elif isinstance(item, Sentiment):
            tones.setdefault("", []).append(item.valence)
            words.append((abs(item.valence or 0.0), strongest_cues(item.cues, item.valence or 0.0)))
        elif isinstance(item, Stance):
            tones.setdefault(f"{item.by} → {item.target.name}", []).append(item.tone)
            words.append((abs(item.tone), strongest_cues(item.cues, item.tone)))
    words += [(abs(_mean(tones[who]) or 0.0), carrying_words(found)) for who, found in scores.items()]
    scored = [score for found in scores.values() for score in found if score.tone is not None]
    return _Passage(
        _sentence(group[0]),
        tuple((start, end, name) for (start, end), name in sorted(mentions.items())),
        max(words, key=lambda item: item[0], default=(0.0, ()))[1],
        tuple((who if name else "", _mean(values)) for who, values in tones.items()),
        tuple(voices),
        unsure=bool(scored) and not any(score.certain for score in scored),
    )


def _spoken_by(voice: str) -> tuple[str, str]:
    """A template for whose words they are, and the name that belongs in it."""
    known = {"narrator": "the narrator’s words", "unnamed": "attributed to an unnamed source"}
    return known.get(voice, "attributed to {}"), voice


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None
