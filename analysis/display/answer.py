"""Answers: a sentence computed from the numbers."""

from __future__ import annotations

import math
import re
import string
from dataclasses import dataclass

from ..model import Actor, ToneSeries
from ..safe_text import safe, visible
from .shown import Shown
from .wording import MINUS, NO_EVIDENCE, in_words


@dataclass(frozen=True, repr=False)
class Answer(Shown):
    """Sentences computed from numbers. Two answers added are one, a paragraph each."""

    paragraphs: tuple[tuple[str, str], ...]
    _rules = ("answer",)

    def _html(self) -> str:
        lines = "".join(f"<p>{shown}</p>" for _, shown in self.paragraphs)
        return f'<div class="toward-answer">{lines}</div>'

    def __add__(self, other: Answer) -> Answer:
        return Answer(self.paragraphs + other.paragraphs)

    def __str__(self) -> str:
        return "\n".join(text for text, _ in self.paragraphs)


def say(template: str, /, **values: object) -> Answer:
    """An answer: a sentence with its numbers put in.

    Args:
        template: the sentence, with ``{name}`` where a value goes. A format after a colon is kept, so
            ``{tone:+.1f}`` has one digit.
        values: numbers with a fraction are signed with two digits, whole numbers are counts, an ``Estimate``
            brings its interval, None is "no evidence", rows become "a, b and c", actors their name. Text is shown,
            never run.

    Returns:
        The answer; ``str()`` gives it as plain text.
    """
    plain, shown = [], []
    formatter = string.Formatter()
    for literal, name, spec, conversion in formatter.parse(template):
        plain.append(literal)
        shown.append(safe(literal))
        if name is None:
            continue
        value = formatter.convert_field(formatter.get_field(name, (), values)[0], conversion or None)
        text = _spoken(value, spec or "")
        plain.append(visible(text))
        shown.append(f"<bdi>{safe(text)}</bdi>" if _is_foreign(value) else safe(text))
    return Answer((("".join(plain), "".join(shown)),))


def _is_foreign(value: object) -> bool:
    return isinstance(value, str | Actor | ToneSeries) or (isinstance(value, list | tuple) and any(map(_is_foreign, value)))


def _spoken(value: object, spec: str = "") -> str:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return NO_EVIDENCE
    if isinstance(value, int | float) and spec:
        return re.sub(r"(?<![\w.])-(?=[\d.])", MINUS, format(value, spec))
    if spec:
        return format(value, spec)
    return in_words(value)
