"""The base of everything a notebook shows: its HTML with its rules of style, and its text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256

from markupsafe import Markup

from ..model import Sentence
from .templates import macros, rules


def anchor(sentence: Sentence) -> str:
    """The fragment of a sentence on a page: ``s1`` for the first."""
    return f"s{sentence.index + 1}"


KINDS = ("base", "card", "table", "answer", "passages", "chart")
"""What has rules of style of its own (``resources/template/display``); all need those of ``base``."""
_LOOSE = re.compile(r"(?<=\d) (?=%)|(?<=\bn) (?== \d)|(?<=\bn =) (?=\d)")
_DRAWN_LINK = re.compile(r'<a href=(?="[^"]*"[^<>]*><(?:title|path)\b)')
"""A link in a drawing. JupyterLab assigns ``href`` to each link that has one; a drawn one forbids it: all becomes an error."""
_STYLE = re.compile(r"<style data-toward>.*?</style>")


def stylesheet() -> Markup:
    """Every rule that displays carry with them, for a page that says them once (see ``without_style``)."""
    return Markup("").join(map(rules, KINDS))


def without_style(fragment: str) -> str:
    """The HTML of a display without the rules it carries, for a page that holds ``stylesheet()`` in its head."""
    return _STYLE.sub("", fragment).replace("<a xlink:href=", "<a href=")


def unbroken(fragment: str) -> str:
    """Text or HTML in which no line ends between a number and its "%", nor within "n = 9"."""
    return _LOOSE.sub("\N{NO-BREAK SPACE}", fragment)


def on_page(fragment: str) -> Markup:
    """The HTML of a display as it stands on a page of a report, which says the rules of style once."""
    return Markup(unbroken(without_style(fragment)))  # noqa: S704 - escaped where it was made; the policy stops what was not


class Display:
    """Something a notebook shows: HTML for the page, plain text for everything else.

    A subclass says its HTML in ``_html``, its plain text in ``__str__`` and which rules it needs in ``_rules``.
    """

    __slots__ = ()
    _rules: tuple[str, ...] = ()

    def _html(self) -> str:
        raise NotImplementedError

    def _repr_html_(self) -> str:
        body = Markup(_DRAWN_LINK.sub("<a xlink:href=", self._html()))  # noqa: S704 - a template escaped what it was given
        return str(macros().root(Markup("").join(map(rules, ("base", *self._rules))), body))

    def __repr__(self) -> str:
        return str(self)


def digest(*parts: object) -> str:
    """A short name for some content: the same content, the same name."""
    return sha256("\x1f".join(map(str, parts)).encode("utf-8", "backslashreplace")).hexdigest()[:8]


@dataclass(frozen=True, repr=False)
class Stack(Display):
    """Several displays, one beneath the other.

    Attributes:
        displays: from top to bottom.
    """

    displays: tuple[Display, ...]

    def _repr_html_(self) -> str:
        return "".join(display._repr_html_() for display in self.displays)

    def __str__(self) -> str:
        return "\n\n".join(map(str, self.displays))


@dataclass(frozen=True, repr=False)
class Card(Display):
    """A title and the lines beneath it: what an article or a collection is.

    Attributes:
        title: shown in bold.
        lines: from top to bottom.
    """

    title: str
    lines: tuple[str, ...] = ()
    _rules = ("card",)

    def _html(self) -> str:
        return str(macros().card(self.title, self.lines))

    def __str__(self) -> str:
        return "\n".join((self.title, *self.lines))
