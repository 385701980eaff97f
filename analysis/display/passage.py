"""Sentences as evidence, with the few words that carry a number marked in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from operator import itemgetter
from typing import TypeAlias

from markupsafe import Markup

from ..constants import CUES_MAX, STRONG_CUE
from ..model import Cue, Mention, Parse, Sentence, Sentiment, Stance, ToneScore
from ..safe_text import shorten, visible
from .base import Display
from .evidence import carrying_words, strongest_cues
from .table import Href, Link, nowhere
from .templates import macros
from .wording import NO_WORDS, article_of, count, number, plural

Evidence: TypeAlias = "ToneScore | Sentiment | Stance | Mention | Sentence"


@dataclass(frozen=True, slots=True)
class _Passage:
    """One sentence with what was found in it. words: those that carry its numbers, the strongest first."""

    sentence: Sentence
    mentions: tuple[tuple[int, int, str], ...]
    words: tuple[Cue, ...]
    tones: tuple[tuple[str, float | None], ...]
    voices: tuple[tuple[str, str], ...]
    unsure: bool

    @property
    def strength(self) -> float:
        return max((abs(tone) for _, tone in self.tones if tone is not None), default=-1.0)


@dataclass(frozen=True, repr=False)
class Passages(Display):
    """Sentences as evidence: mentions outlined, the words that carry the number underlined, the number at the side.

    Attributes:
        parse: of the article.
        items: the sentences, with what was found in each.
        caption: what they are.
        found: how many there are, those that are not shown included.
        anchored: whether each has its fragment (``id="s12"``).
        linked: whether the numbers lead to those fragments.
        wordless: whether the words behind no score were worked out.
        ranked: whether the strongest come first.
        href: where the name of an actor leads on the page.
    """

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
        notes = []
        if self.found > len(self.items):
            order = "strongest first" if self.ranked else "in reading order"
            notes.append(f"These are the {count(len(self.items))} strongest of {plural(self.found, 'sentence')}, {order}.")
        if self.wordless:
            notes.append(NO_WORDS)
        return str(macros().passages(self, notes))

    def text_of(self, passage: _Passage) -> Markup:
        """A sentence with its marks."""
        return marked(self.parse, passage.sentence, passage.mentions, passage.words).strip()

    def link_of(self, name: str) -> Link:
        """A name, and where it leads."""
        return Link(shorten(visible(name), 60), self.href(name) or "")

    def listed(self, passage: _Passage) -> str:
        """The words that carry the numbers, with what each contributes: "frustration −0.64, alliance −0.12"."""
        return ", ".join(f"{shorten(self.parse.text_of(cue), 40)} {number(cue.contribution)}" for cue in passage.words)

    def __str__(self) -> str:
        lines = [visible(self.caption)] if self.caption else []
        for passage in self.items:
            words = " ".join(self.parse.text_of(passage.sentence).split())
            tones = "; ".join(f"{name} {number(tone)}".strip() for name, tone in passage.tones)
            voices = [f"{said}{article_of(voice)}{voice}" for said, voice in passage.voices]
            about = f"  [{'; '.join(part for part in (tones, *voices, self.listed(passage)) if part)}]"
            lines.append(visible(f"{passage.sentence.index + 1:>4}  {words}{about if tones else ''}"))
        return "\n".join(lines)


def marked(parse: Parse, sentence: Sentence, mentions: Sequence[tuple[int, int, str]], words: Sequence[Cue]) -> Markup:
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
        weight = "" if cue is None else f"{'negative' if cue.contribution < 0 else 'positive'} w{1 + _is_strong(cue)}"
        inside = any(mention[0] <= low and high <= mention[1] for mention in mentions)
        pieces.append((inside, weight, parse.article.text[low:high]))
    runs = []
    for inside, run in groupby(pieces, itemgetter(0)):
        alike = [(kind, "".join(piece[2] for piece in part)) for kind, part in groupby(run, itemgetter(1))]
        runs.append((inside, [(kind, re.sub(r"\s+", " ", words)) for kind, words in alike]))
    return Markup(macros().marked(runs))  # noqa: S704 - the template escapes


def _is_strong(cue: Cue) -> bool:
    return abs(cue.contribution) >= STRONG_CUE


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
    made = [_passage(group, name=name) for _, group in sorted(groups.items())]
    strongest = sorted(made, key=lambda item: (-item.strength, item.sentence.index))[:most]
    shown = strongest if ranked else sorted(strongest, key=lambda item: item.sentence.index)
    scores = [item for group in groups.values() for item in group if isinstance(item, ToneScore) and item.tone is not None]
    wordless = bool(scores) and all(score.cues is None for score in scores)
    return Passages(
        parse, tuple(shown), caption, len(made), anchored=anchor, linked=link, wordless=wordless, ranked=ranked, href=href
    )


def _sentence(evidence: Evidence) -> Sentence:
    if isinstance(evidence, Sentence):
        return evidence
    return evidence.mention.sentence if isinstance(evidence, ToneScore) else evidence.sentence


def _passage(group: Sequence[Evidence], *, name: bool) -> _Passage:
    """What several pieces of evidence say of one sentence.

    An actor's tone is the mean of its scored mentions, and so are the contributions of its words. Of several numbers, the words
    of the strongest are shown; of several stances, those of each.
    """
    mentions: dict[tuple[int, int], str] = {}
    tones: dict[str, list[float | None]] = {}
    scores: dict[str, list[ToneScore]] = {}
    voices: dict[str, None] = {}
    words: list[tuple[float, tuple[Cue, ...]]] = []
    held: list[Cue] = []
    for evidence in group:
        mention = evidence.mention if isinstance(evidence, ToneScore) else evidence if isinstance(evidence, Mention) else None
        if mention is not None:
            mentions[mention.start, mention.end] = mention.actor.name
        if isinstance(evidence, ToneScore):
            tones.setdefault(evidence.mention.actor.name, []).append(evidence.tone)
            scores.setdefault(evidence.mention.actor.name, []).append(evidence)
            if evidence.voice is not None and evidence.tone is not None:
                voices[evidence.voice] = None
        elif isinstance(evidence, Sentiment):
            tones.setdefault("", []).append(evidence.valence)
            words.append((abs(evidence.valence or 0.0), strongest_cues(evidence.cues, evidence.valence or 0.0)))
        elif isinstance(evidence, Stance):
            tones.setdefault(f"{evidence.target.name}, by {_holder(evidence.by)}", []).append(evidence.tone)
            held += strongest_cues(evidence.cues, evidence.tone)
    words += [(abs(_mean(tones[who]) or 0.0), carrying_words(own)) for who, own in scores.items()]
    words.append((max((abs(cue.contribution) for cue in held), default=0.0), _each_once(held)))
    scored = [score for own in scores.values() for score in own if score.tone is not None]
    return _Passage(
        _sentence(group[0]),
        tuple((start, end, name) for (start, end), name in sorted(mentions.items())),
        max(words, key=lambda evidence: evidence[0], default=(0.0, ()))[1],
        tuple((who if name else "", _mean(values)) for who, values in tones.items()),
        tuple(map(_attributed, voices)),
        unsure=bool(scored) and not any(score.certain for score in scored),
    )


def _each_once(cues: Iterable[Cue]) -> tuple[Cue, ...]:
    """Words that carry several stances, each with what it adds to the one it moves most; the strongest first."""
    kept: dict[tuple[int, int], Cue] = {}
    for cue in sorted(cues, key=lambda cue: (-abs(cue.contribution), cue.start)):
        kept.setdefault((cue.start, cue.end), cue)
    return tuple(kept.values())[:CUES_MAX]


def _attributed(voice: str) -> tuple[str, str]:
    """Whose words they are, and the name that follows; "" for a voice without one."""
    known = {"narrator": "the narrator’s words", "unnamed": "attributed to an unnamed source"}
    return (known[voice], "") if voice in known else ("attributed to ", voice)


def _holder(name: str) -> str:
    return "the narrator" if name == "narrator" else f"{article_of(name)}{name}"


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None
