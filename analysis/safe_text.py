"""Text of an article as safe HTML: signs that cannot be seen are shown, everything else is escaped."""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from markupsafe import Markup

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
    for place, character in enumerate(text):
        if character.isalnum() or character == " ":
            continue
        label = _label(character)
        if label is None:
            continue
        if character in _JOINERS and 0 < place < len(text) - 1 and min(ord(text[place - 1]), ord(text[place + 1])) > 0x2FF:
            continue  # joins signs of a script or an emoji that need it
        if start < place:
            yield text[start:place], False
        yield label, True
        start = place + 1
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
        head = "".join(f'<th scope="col">{safe(name)}</th>' for name in heads)
        shown = [
            "<tr>" + "".join(f"<td><bdi>{safe(shorten(str(cell), LINE_CHARS))}</bdi></td>" for cell in row) + "</tr>"
            for row in rows[:SHORT_ROWS]
        ]
        if len(rows) > SHORT_ROWS:
            shown.append(f'<tr><td colspan="{len(heads)}">and {len(rows) - SHORT_ROWS} more</td></tr>')
        first, *others = (safe(shorten(line, LINE_CHARS)) for line in self._lines())
        return (
            f'<div class="toward mathjax_ignore tex2jax_ignore"><table><caption>{first}</caption>'
            f"<thead><tr>{head}</tr></thead><tbody>{''.join(shown)}</tbody></table>"
            f"{''.join(f'<p>{line}</p>' for line in others)}</div>"
        )


def few(items: Sequence[object], most: int = 4) -> str:
    """The first of some things in a row, and how many more there are: "a, b and 3 more"; "none"."""
    shown = ", ".join(map(str, items[:most]))
    return f"{shown} and {len(items) - most} more" if len(items) > most else shown or "none"
