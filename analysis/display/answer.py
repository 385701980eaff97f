"""Answers: a sentence computed from the numbers."""

from __future__ import annotations

import math
import re
import string
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from ..model import Actor, ToneSeries
from ..safe_text import safe, visible
from .base import Display
from .table import Link
from .templates import isolated, macros
from .wording import MINUS, NO_EVIDENCE, in_words


@dataclass(frozen=True, slots=True)
class Phrase:
    """Part of a sentence, as plain text and as safe HTML; a value for ``phrase`` and ``say``.

    Attributes:
        text: for everything that shows no HTML.
        html: for a page.
    """

    text: str
    html: Markup

    def __str__(self) -> str:
        return self.text


def phrase(template: str, /, **values: object) -> Phrase:
    """A phrase with its values put in; the template and the values are those of ``say``."""
    plain, shown = [], []
    formatter = string.Formatter()
    for literal, name, spec, conversion in formatter.parse(template):
        plain.append(literal)
        shown.append(safe(literal))
        if name is None:
            continue
        value = formatter.convert_field(formatter.get_field(name, (), values)[0], conversion or None)
        part = _part(value, spec or "")
        plain.append(part.text)
        shown.append(part.html)
    return Phrase("".join(plain), Markup("").join(shown))


def row_of(parts: Sequence[object], *, last: str = "and") -> Phrase:
    """Values in a row: "a", "a and b", "a, b and c", each as ``say`` writes it; "none" for an empty row."""
    if not parts:
        return Phrase("none", Markup("none"))
    *before, end = (_part(part, "") for part in parts)
    if not before:
        return end
    return Phrase(
        f"{', '.join(part.text for part in before)} {last} {end.text}",
        Markup("{} {} {}").format(Markup(", ").join(part.html for part in before), last, end.html),
    )


@dataclass(frozen=True, repr=False)
class Answer(Display):
    """Sentences computed from numbers. Two answers added are one, a paragraph each.

    Attributes:
        paragraphs: each as plain text and as safe HTML.
    """

    paragraphs: tuple[tuple[str, Markup], ...]
    _rules = ("answer",)

    def _html(self) -> str:
        return str(macros().answer([shown for _, shown in self.paragraphs]))

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
            brings its interval, None is "no evidence", rows become "a, b and c", actors their name, a ``Link`` leads
            somewhere, a ``Phrase`` stays as it is. Text is shown, never run.

    Returns:
        The answer; ``str()`` gives it as plain text.
    """
    said = phrase(template, **values)
    return Answer(((said.text, said.html),))


def _part(value: object, spec: str) -> Phrase:
    if isinstance(value, Phrase):
        return value
    if isinstance(value, Link):
        return Phrase(visible(value.text), isolated(value.html()))
    text = _spoken(value, spec)
    return Phrase(visible(text), isolated(safe(text)) if _is_foreign(value) else safe(text))


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
