"""Numbers and lists as words: a sign, two places, an interval, "no evidence"."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from typing import Final

from ..constants import CLEAR_TONE, PROBABILITY_WORDS
from ..model import Actor, Estimate, Sentence, ToneSeries

MINUS = "\u2212"


NO_EVIDENCE = "no evidence"
FEW = "too few sentences"
NO_WORDS = "The words that carry each score were not worked out for this text."


def number(value: float | None, *, digits: int = 2) -> str:
    """A signed number as every page writes it: +0.31, −0.04, 0.00; an en dash where there is no evidence."""
    if value is None or math.isnan(value):
        return "–"
    text = f"{value:+.{digits}f}"
    return text[1:] if not text.strip("+-0.") else text.replace("-", MINUS)


_WITH_ARTICLE: Final = frozenset(
    "Administration Agency Alliance Army Assembly Association Authority Bahamas Bank Bureau Church Commission "
    "Committee Council Court Department Emirates Federation Force Forces Foundation Government Guard Institute "
    "Kingdom League Ministry Nations Netherlands Office Organisation Organization Parliament Party Philippines Police "
    "Republic Senate Service States Taliban Times Treasury Tribunal Union".split()
)
"""Last words of names that take "the" within a sentence."""


def article_of(name: str) -> str:
    """The article that English wants before a name within a sentence: "the " for the United States, "" for Norway."""
    head = re.split(r",| (?:of|for) ", name)[0].split(" ")
    return "the " if head[-1] in _WITH_ARTICLE and head[0].lower() not in ("the", "a", "an") else ""


def tone_word(value: float) -> str:
    """What a tone is called: negative, neutral or positive. Nearer to zero than ``CLEAR_TONE`` it is neutral."""
    return "negative" if value <= -CLEAR_TONE else "positive" if value >= CLEAR_TONE else "neutral"


def count(value: int) -> str:
    """A whole number with its thousands marked."""
    return f"{value:,}".replace("-", MINUS)


def share(value: float | None) -> str:
    """A share of one in per cent; an en dash where there is none."""
    return "–" if value is None or math.isnan(value) else f"{100 * value:.0f} %".replace("-", MINUS)


def plural(amount: int, noun: str, several: str | None = None) -> str:
    """A count with its noun: 1 mention, 2 mentions; ``several`` for nouns with another plural."""
    return f"{count(amount)} {noun if amount == 1 else several or noun + 's'}"


def surely(probability: float) -> str:
    """A probability in words, from "almost surely" down to "perhaps"."""
    return next((words for low, words in PROBABILITY_WORDS if probability >= low), "perhaps")


def interval(value: Estimate) -> str:
    """The interval of an estimate, "+0.02 to +0.22"; an en dash where there is none."""
    return "–" if value.value is None else f"{number(value.lo)} to {number(value.hi)}"


def estimate(value: Estimate, *, noun: str = "sentence") -> str:
    """An estimate in words: "+0.12 (90 % interval +0.02 to +0.22, n = 9 sentences)", or that there is too little."""
    if value.value is None:
        return f"{FEW} (n = {count(value.n)})"
    return f"{number(value.value)} ({interval_kind(value.method)} {interval(value)}, n = {plural(value.n, noun)})"


def brief(value: Estimate) -> str:
    """An estimate in a table's cell, whose note says what the interval is: "+0.12 (+0.02 to +0.22), n = 9"."""
    n = f"n = {count(value.n)}"
    return f"{FEW} ({n})" if value.value is None else f"{number(value.value)} ({interval(value)}), {n}"


def interval_kind(method: str) -> str:
    """What an interval is called, "90 % interval", by the method that gave it."""
    level = re.match(r"\d+(?:\.\d+)? ?%", method)
    return f"{level[0]} interval" if level else "interval"


def listing(items: Iterable[object], *, last: str = "and") -> str:
    """Words in a row: "a", "a and b", "a, b and c"; "none" for an empty row."""
    words = [str(part) for part in items]
    if len(words) < 2:
        return words[0] if words else "none"
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def in_words(value: object) -> str:
    """Any value a cell or an answer may hold, in words."""
    if value is None:
        return NO_EVIDENCE
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return count(value)
    if isinstance(value, float):
        return number(value)
    if isinstance(value, Estimate):
        return estimate(value)
    if isinstance(value, Actor):
        return value.name
    if isinstance(value, ToneSeries):
        return value.actor.name
    if isinstance(value, Sentence):
        return f"sentence {value.index + 1}"
    if isinstance(value, list | tuple | set | frozenset):
        return listing(map(in_words, sorted(value, key=str) if isinstance(value, set | frozenset) else value))
    return str(value)
