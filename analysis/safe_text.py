"""Text of an article as safe HTML, by itself and in templates: unseen characters are shown, everything else is escaped."""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = Path(__file__).parent / "resources" / "template"

_INVISIBLE = {
    0x061C: "ALM",
    0x00AD: "SHY",
    0x180E: "MVS",
    0x200B: "ZWSP",
    0x200C: "ZWNJ",
    0x200D: "ZWJ",
    0x200E: "LRM",
    0x200F: "RLM",
    0x2028: "LSEP",
    0x2029: "PSEP",
    0x202A: "LRE",
    0x202B: "RLE",
    0x202C: "PDF",
    0x202D: "LRO",
    0x202E: "RLO",
    0x2060: "WJ",
    0x2066: "LRI",
    0x2067: "RLI",
    0x2068: "FSI",
    0x2069: "PDI",
    0xFEFF: "BOM",
}
_JOINERS = "\u200c\u200d"


@lru_cache(maxsize=4096)
def _label(character: str) -> str | None:
    """What stands for a character that cannot be seen; None for one that can."""
    code = ord(character)
    if character in "\t\n\r" or 0x20 <= code < 0x7F:
        return None
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    if code in _INVISIBLE:
        return f"[{_INVISIBLE[code]}]"
    if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp") or code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF:
        return f"[U+{code:04X}]"
    return None


def _pieces(text: str) -> Iterable[tuple[str, bool]]:
    """Runs of a text in order; the flag marks labels that stand for an unseen character."""
    start = 0
    for at, character in enumerate(text):
        if character.isalnum() or character == " ":
            continue
        label = _label(character)
        if label is None:
            continue
        if character in _JOINERS and 0 < at < len(text) - 1 and min(ord(text[at - 1]), ord(text[at + 1])) > 0x2FF:
            continue  # joins signs of a script or an emoji that need it
        if start < at:
            yield text[start:at], False
        yield label, True
        start = at + 1
    if start < len(text):
        yield text[start:], False


def visible(text: str) -> str:
    """A text in which every control, direction and zero-width character stands as a label that can be seen."""
    return "".join(piece for piece, _ in _pieces(text))


def safe(text: object) -> Markup:
    """Text as HTML that shows it and does nothing else.

    Markup is escaped, each ``$`` stands in its own element so that no formula begins, and characters that
    cannot be seen (controls, direction overrides, zero-width) are shown by a label.
    """
    return Markup(  # noqa: S704 - each piece is escaped here
        "".join(
            f'<span class="toward-unseen">{piece}</span>' if unseen else html.escape(piece).replace("$", "<span>$</span>")
            for piece, unseen in _pieces(str(text))
        )
    )


def attribute(text: object) -> Markup:
    """Text for the inside of a quoted HTML attribute."""
    return Markup(html.escape(visible(str(text)), quote=True))  # noqa: S704 - escaped here


@cache
def environment() -> Environment:
    """Jinja's environment for all templates: each is compiled once, and everything put into one is escaped.

    Text of an article goes through the filter ``text`` (``safe``), inside a tag through ``attribute``.
    """
    from jinja2 import Environment, FileSystemLoader

    templates = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    templates.filters |= {"text": safe, "attribute": attribute}
    return templates


def shorten(text: str, length: int) -> str:
    """A text of at most ``length`` characters on one line, its end replaced by an ellipsis where it was longer."""
    line = " ".join(text[: 8 * length + 64].split())
    return line if len(line) <= length and len(text) <= 8 * length + 64 else line[: length - 1].rstrip() + "…"


LINE_CHARS = 120
"""A line of a short form is cut here."""
SHORT_ROWS = 8
"""A short form in HTML shows so many rows; the last line says how many more there are."""


class Short:
    """What a cell shows of a noun that holds much: three lines of text, a small table in HTML.

    A subclass gives its lines in ``_lines`` and the rows of its table, heads first, in ``_rows``.
    """

    __slots__ = ()

    def _lines(self) -> Sequence[str]:
        raise NotImplementedError

    def _rows(self) -> Sequence[Sequence[object]]:
        raise NotImplementedError

    def __repr__(self) -> str:
        return "\n".join(visible(shorten(line, LINE_CHARS)) for line in self._lines())

    def _repr_html_(self) -> str:
        heads, *rows = self._rows()
        cells = [[shorten(str(cell), LINE_CHARS) for cell in row] for row in rows[:SHORT_ROWS]]
        caption, *lines = (shorten(line, LINE_CHARS) for line in self._lines())
        macros = environment().get_template("short.html.j2").module
        return str(macros.short(heads, cells, max(0, len(rows) - SHORT_ROWS), caption, lines))  # type: ignore[attr-defined]


def few(items: Sequence[object], most: int = 4) -> str:
    """The first of some things in a row, and how many more there are: "a, b and 3 more"; "none"."""
    shown = ", ".join(map(str, items[:most]))
    return f"{shown} and {len(items) - most} more" if len(items) > most else shown or "none"
