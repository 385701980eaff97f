"""The charge of a sentence's words, whatever it is about: VADER, with the words that made the number.

Source: Hutto and Gilbert, VADER, ICWSM 2014. The rules (negation, boosters, capitals, "but", exclamation marks)
and the lexicon are the package's own; here each word's share is kept with its offsets. Curly quotation marks and
long dashes are read as plain ones, one character for one, since VADER knows only those of a keyboard.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import sqrt
from types import SimpleNamespace
from typing import Any

from ..constants import VADER_ALPHA
from ..model import Cue, Parse, Sentence, Sentiment

WORDS_BEFORE, WORDS_AFTER = 3, 2
"""Words beside a charged one that VADER's rules look at."""

_PLAIN = str.maketrans("‘’“”—–…", "''\"\"   ")


@dataclass(frozen=True, slots=True)
class Charge:
    """A charged word.

    Attributes:
        start: where it starts in the text it was found in.
        end: where it ends, exclusive.
        valence: its valence, in about [-4, +4].
    """

    start: int
    end: int
    valence: float


def normalise(total: float) -> float:
    """A sum of valences brought into (-1, +1), as VADER does it: s / sqrt(s^2 + 15)."""
    return total / sqrt(total * total + VADER_ALPHA)


def charges(text: str) -> list[Charge]:
    """The charged words of a text, in reading order, each with VADER's valence in this context.

    The valences sum to what VADER sums, emphasis by exclamation and question marks included (shared out by size),
    so that ``normalise(sum(...))`` is VADER's compound.
    """
    analyser = _analyser()
    plain, origin = _without_emoji(text.translate(_PLAIN), analyser.emojis)
    from vaderSentiment.vaderSentiment import SentiText

    sentence = SentiText(plain)
    words = sentence.words_and_emoticons
    lowered = [word.lower() for word in words]
    if analyser.lexicon.keys().isdisjoint(lowered):
        return []
    valences: list[float] = []
    for index, (written, word) in enumerate(zip(words, lowered, strict=True)):
        booster = word in _boosters() or (word == "kind" and lowered[index + 1 : index + 2] == ["of"])
        if booster or word not in analyser.lexicon:
            valences.append(0.0)
            continue
        first = max(0, index - WORDS_BEFORE)
        near = SimpleNamespace(words_and_emoticons=words[first : index + WORDS_AFTER + 1], is_cap_diff=sentence.is_cap_diff)
        valences = analyser.sentiment_valence(0, near, written, index - first, valences)
    valences = analyser._but_check(words, valences)
    total = sum(valences)
    emphasis = analyser._punctuation_emphasis(plain) if total else 0
    if emphasis:
        valences = [valence * (1 + emphasis / abs(total)) for valence in valences]
    spans = (match.span() for match in re.finditer(r"\S+", plain))
    charged = []
    for (start, end), valence in zip(spans, valences, strict=True):
        if valence:
            first, last = _trim(plain, start, end)
            charged.append(Charge(origin[first], origin[last - 1] + 1, float(valence)))
    return charged


def sentence_sentiment(parse: Parse, sentence: Sentence) -> Sentiment:
    """One sentence's valence in [-1, +1] and the words behind it; None where no word is charged."""
    charged = charges(parse.article.text[sentence.start : sentence.end])
    cues = shared(charged, normalise(sum(charge.valence for charge in charged)), offset=sentence.start, rule="vader")
    return Sentiment(sentence, sum(cue.contribution for cue in cues) if cues else None, cues)


def sentiments(parse: Parse) -> tuple[Sentiment, ...]:
    """The sentiment of every sentence, in reading order."""
    return tuple(sentence_sentiment(parse, sentence) for sentence in parse.sentences)


def shared(carried: Sequence[Charge], value: float, *, offset: int, rule: str) -> tuple[Cue, ...]:
    """A number shared out over the charged words in proportion to their valence; the contributions sum to it.

    Where the valences cancel out, each word keeps the contribution it would have alone at the scale's centre.
    """
    total = sum(charge.valence for charge in carried)
    scale = value / total if abs(total) > 1e-12 else 1 / sqrt(VADER_ALPHA)
    return tuple(Cue(offset + charge.start, offset + charge.end, charge.valence * scale, rule) for charge in carried)


@cache
def _analyser() -> Any:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    return SentimentIntensityAnalyzer()


@cache
def _boosters() -> frozenset[str]:
    from vaderSentiment.vaderSentiment import BOOSTER_DICT

    return frozenset(BOOSTER_DICT)


def _without_emoji(text: str, emojis: dict[str, str]) -> tuple[str, Sequence[int]]:
    """The text with emoji described in words, and for each character of it the place it came from."""
    if emojis.keys().isdisjoint(text):
        return text, range(len(text))
    out: list[str] = []
    origin: list[int] = []
    for index, char in enumerate(text):
        words = emojis.get(char)
        piece = char if words is None else words if not out or out[-1] == " " else f" {words}"
        out.extend(piece)
        origin.extend([index] * len(piece))
    return "".join(out), origin


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """A word without the punctuation around it; an emoticon stays whole."""
    inner = re.search(r"\w.*\w|\w", text[start:end], re.DOTALL)
    return (start + inner.start(), start + inner.end()) if inner else (start, end)
