"""What a notebook shows: tables, evidence sentences and answers, as HTML that is safe and as useful plain text.

This is the only place that makes HTML out of an article's text. Everything shown has one root element with the
classes ``toward mathjax_ignore tex2jax_ignore`` (so that two dollar amounts do not become a formula), carries its
own few rules of style, and leaves colours to the page: ``currentColor`` and clear backgrounds read on light and dark.

>>> print(say("{actor}: {tone} in {where}.", actor="Russia", tone=-0.314, where=["summary", "body"]))
Russia: −0.31 in summary and body.
>>> say("The tone toward {actor}: {tone}.", actor="TASS", tone=None)
The tone toward TASS: no evidence.
"""

from __future__ import annotations

import html
import math
import re
import string
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from itertools import pairwise
from typing import Any, Literal, TypeAlias
from urllib.parse import quote

from ..constants import TABLE_ROWS_MAX
from ..model import Actor, Cue, Estimate, Mention, Parse, Sentence, Sentiment, Series, Stance, ToneScore

CELL_CHARS_MAX = 500
"""A longer text in a table's cell is cut on the page; the CSV holds all of it."""
MINUS = "\u2212"
ROOT_CLASSES = "toward mathjax_ignore tex2jax_ignore"


# --- text --------------------------------------------------------------------------------------------------------
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


def safe(text: object) -> str:
    """Text as HTML that shows it and does nothing else.

    Markup is escaped, each ``$`` stands in its own element so that no formula begins, and characters that
    cannot be seen (controls, direction overrides, zero-width) are shown by a label.
    """
    return "".join(
        f'<span class="toward-unseen">{piece}</span>' if unseen else html.escape(piece).replace("$", "<span>$</span>")
        for piece, unseen in _pieces(str(text))
    )


def attribute(text: object) -> str:
    """Text for the inside of a quoted HTML attribute."""
    return html.escape(visible(str(text)), quote=True)


def shorten(text: str, length: int) -> str:
    """A text of at most ``length`` characters on one line, its end replaced by an ellipsis where it was longer."""
    line = " ".join(text[: 8 * length + 64].split())
    return line if len(line) <= length and len(text) <= 8 * length + 64 else line[: length - 1].rstrip() + "…"


# --- numbers -----------------------------------------------------------------------------------------------------
NO_EVIDENCE = "no evidence"


def number(value: float | None, *, digits: int = 2) -> str:
    """A signed number as every page writes it: +0.31, −0.04, 0.00; an en dash where there is no evidence."""
    if value is None or math.isnan(value):
        return "–"
    text = f"{value:+.{digits}f}"
    return text[1:] if not text.strip("+-0.") else text.replace("-", MINUS)


def count(value: int) -> str:
    """A whole number with its thousands marked."""
    return f"{value:,}".replace("-", MINUS)


def share(value: float | None) -> str:
    """A share of one in per cent; an en dash where there is none."""
    return "–" if value is None or math.isnan(value) else f"{100 * value:.0f} %".replace("-", MINUS)


def plural(amount: int, noun: str, several: str | None = None) -> str:
    """A count with its noun: 1 mention, 2 mentions; ``several`` for nouns with another plural."""
    return f"{count(amount)} {noun if amount == 1 else several or noun + 's'}"


def interval(value: Estimate) -> str:
    """The interval of an estimate, "+0.02 to +0.22"; an en dash where there is none."""
    return "–" if value.value is None else f"{number(value.lo)} to {number(value.hi)}"


def estimate(value: Estimate, *, noun: str = "sentence") -> str:
    """An estimate in words: "+0.12 (90 % interval +0.02 to +0.22, n = 9 sentences)", or that there is too little."""
    if value.value is None:
        return f"too few to summarise (n = {count(value.n)})"
    found = re.match(r"\d+(?:\.\d+)? ?%", value.method)
    kind = f"{found[0]} interval" if found else "interval"
    return f"{number(value.value)} ({kind} {interval(value)}, n = {plural(value.n, noun)})"


def listing(items: Iterable[object], *, last: str = "and") -> str:
    """Words in a row: "a", "a and b", "a, b and c"; "none" for an empty row."""
    words = [str(item) for item in items]
    if len(words) < 2:
        return words[0] if words else "none"
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def anchor(sentence: Sentence) -> str:
    """The fragment of a sentence on a page: ``s1`` for the first."""
    return f"s{sentence.index + 1}"


# --- the root of everything shown -----------------------------------------------------------------------------------
_FAINT = "color-mix(in srgb,currentColor 22%,transparent)"
_RULES = {
    "base": (
        ".toward{overflow-wrap:anywhere;max-width:100%}"
        f".toward-unseen{{font-size:.72em;border:1px solid {_FAINT};border-radius:.25em;padding:0 .15em}}"
        ".toward-note{font-size:.85em;opacity:.8;margin:.35em 0 0}"
        f".toward-scroll{{overflow-x:auto;max-width:100%}}"
        ".toward-scroll:focus-visible{outline:2px solid currentColor;outline-offset:2px}"
        ".toward a{color:inherit;text-decoration:underline}"
    ),
    "table": (
        ".toward table.toward-table{border-collapse:collapse;font-size:.9em;margin:0;border:0;table-layout:auto;"
        "font-variant-numeric:tabular-nums}"
        ".toward .toward-table caption{text-align:left;font-weight:600;padding:0 0 .4em;caption-side:top;color:inherit}"
        ".toward table.toward-table :is(th,td){text-align:left;vertical-align:top;padding:.3em 1em .3em 0;border:0;"
        f"border-bottom:1px solid {_FAINT};background:none;max-width:28em;white-space:normal;min-width:2.5em}}"
        ".toward table.toward-table thead th{border-bottom-color:currentColor;vertical-align:bottom;font-weight:600}"
        ".toward table.toward-table tbody th{font-weight:400}"
        ".toward table.toward-table :is(th,td){overflow-wrap:break-word}"
        ".toward table.toward-table bdi{overflow-wrap:inherit}"
        ".toward table.toward-table .endless{overflow-wrap:anywhere;min-width:14em}"
        ".toward table.toward-table tbody th{min-width:6em}"
        ".toward table.toward-table .n{text-align:right;white-space:nowrap;min-width:2.5em}"
        ".toward table.toward-table thead .n{white-space:normal}"
    ),
    "answer": (
        ".toward-answer{border-left:.3em solid currentColor;padding:.1em 0 .1em 1em;margin:.6em 0;max-width:42em;"
        "font-size:1.15em;line-height:1.5}.toward-answer p{margin:.35em 0}"
    ),
    "passages": (
        ".toward-passages{margin:.6em 0;max-width:54em}"
        ".toward-passages figcaption{font-weight:600;margin:0 0 .4em}"
        ".toward figure.toward-passages ol{list-style:none;margin:0;padding:0}"
        ".toward-passages li{display:grid;grid-template-columns:2.6em minmax(0,1fr) 9em;gap:0 1em;padding:.55em 0;margin:0;"
        f"border-top:1px solid {_FAINT}}}"
        ".toward-passages li:target{box-shadow:-.45em 0 0 currentColor}"
        ".toward-passages p{margin:0;line-height:1.65}"
        ".toward-passages .no{font-size:.85em;text-align:right;font-variant-numeric:tabular-nums;padding-top:.15em}"
        ".toward-passages mark{color:inherit;background:none;outline:1.5px solid currentColor;outline-offset:0;"
        "border-radius:.15em;padding:0 .1em}"
        ".toward-passages u{text-decoration:underline;text-underline-offset:.22em;text-decoration-skip-ink:none;"
        "text-decoration-color:var(--toward-positive,#2166ac)}"
        ".toward-passages u.negative{text-decoration-color:var(--toward-negative,#b35806);text-decoration-style:dashed}"
        ".toward-passages u.w1{text-decoration-thickness:2px}.toward-passages u.w2{text-decoration-thickness:3px}"
        ".toward-passages u.w3{text-decoration-thickness:5px}"
        ".toward-passages sup{font-size:.68em;line-height:0;white-space:nowrap}"
        ".toward-passages .at{font-size:.85em;line-height:1.4;font-variant-numeric:tabular-nums}"
        ".toward-passages .at span{display:block}.toward-passages .at small{display:block;font-size:.92em;opacity:.8}"
        f".toward-gauge{{position:relative;height:.5em;margin:.25em 0 .4em;border-bottom:1px solid {_FAINT}}}"
        ".toward-gauge i{position:absolute;top:0;bottom:0;background:var(--toward-positive,#2166ac)}"
        ".toward-gauge i.negative{background:var(--toward-negative,#b35806)}"
        ".toward-gauge b{position:absolute;left:50%;top:-.15em;bottom:-.15em;margin-left:-1px;"
        "border-left:2px solid currentColor}"
        "@media(max-width:40em){.toward-passages li{grid-template-columns:2.2em minmax(0,1fr)}"
        ".toward-passages .at{grid-column:2;padding-top:.3em;max-width:12em}}"
    ),
    "chart": (
        ".toward-chart{margin:.8em 0;max-width:50rem}"
        ".toward-chart .t{font-size:1.15em;font-weight:700;line-height:1.3;margin:0}"
        ".toward-chart .s{margin:.25em 0 .8em;line-height:1.45;opacity:.85}"
        ".toward-chart figcaption{font-size:.85em;opacity:.8;margin:.4em 0 0}"
        ".toward-chart .c{position:relative;min-width:34rem}"
        ".toward-chart .c svg{display:block;width:100%;max-width:none;min-width:0;height:auto}"
        ".toward-chart .c svg+svg{position:absolute;inset:0;height:100%}"
        ".toward-chart .c svg a:hover path{fill:currentColor;fill-opacity:.12}"
        ".toward-chart details{margin:.5em 0 0}.toward-chart summary{cursor:pointer;font-size:.9em}"
        ".toward-chart details>div{margin:.8em 0}"
        "@media print{.toward-chart{break-inside:avoid}.toward-chart .c{min-width:0}}"
    ),
}
_LOOSE = re.compile(r"(?<=\d) (?=%)|(?<=\bn) (?== \d)|(?<=\bn =) (?=\d)")
_DRAWN_LINK = re.compile(r'<a href=(?="[^"]*"[^<>]*><title>)')
"""A link in a drawing. JupyterLab assigns ``href`` to each link that has one; a drawn one forbids it: all becomes an error."""
_STYLE = re.compile(r"<style data-toward>.*?</style>")


def stylesheet() -> str:
    """Every rule that shown objects carry with them, for a page that says them once (see ``without_style``)."""
    return "".join(_RULES.values())


def without_style(fragment: str) -> str:
    """The HTML of something shown without the rules it carries, for a page that holds ``stylesheet()`` in its head."""
    return _STYLE.sub("", fragment).replace("<a xlink:href=", "<a href=")


def together(fragment: str) -> str:
    """Text or HTML in which no line ends between a number and its "%", nor within "n = 9"."""
    return _LOOSE.sub("\N{NO-BREAK SPACE}", fragment)


class Shown:
    """Something a notebook shows: HTML for the page, plain text for everything else.

    A subclass says its HTML in ``_html``, its plain text in ``__str__`` and which rules it needs in ``_rules``.
    """

    __slots__ = ()
    _rules: tuple[str, ...] = ()

    def _html(self) -> str:
        raise NotImplementedError

    def _repr_html_(self) -> str:
        shown = _DRAWN_LINK.sub("<a xlink:href=", self._html())
        return f'<div class="{ROOT_CLASSES}">{style(*self._rules)}{shown}</div>'

    def __repr__(self) -> str:
        return str(self)


def style(*names: str) -> str:
    """The style element for some kinds of shown objects."""
    return f"<style data-toward>{''.join(_RULES[name] for name in ('base', *names))}</style>"


def digest(*parts: object) -> str:
    """A short name for some content: the same content, the same name."""
    return sha256("\x1f".join(map(str, parts)).encode("utf-8", "backslashreplace")).hexdigest()[:8]


@dataclass(frozen=True, repr=False)
class Together(Shown):
    """Several shown objects, one beneath the other."""

    items: tuple[Shown, ...]

    def _repr_html_(self) -> str:
        return "".join(item._repr_html_() for item in self.items)

    def __str__(self) -> str:
        return "\n\n".join(str(item) for item in self.items)


# --- tables ------------------------------------------------------------------------------------------------------
Form = Literal["auto", "text", "count", "tone", "share", "value"]


@dataclass(frozen=True, slots=True)
class Link:
    """A piece of text that leads somewhere: to a fragment of the page, another page of the report, or the web."""

    text: str
    href: str

    @classmethod
    def to(cls, sentence: Sentence) -> Link:
        """A link to a sentence, labelled with its number."""
        return cls(str(sentence.index + 1), f"#{anchor(sentence)}")

    def html(self) -> str:
        """The link; only its text where the address is none that may be followed."""
        if re.fullmatch(r"(?:[\w-]+\.html)?#[\w-]+|[\w-]+\.html", self.href):
            return f'<a href="{attribute(self.href)}">{safe(self.text)}</a>'
        if re.match(r"https?://", self.href):
            return f'<a href="{attribute(self.href)}" rel="noopener noreferrer">{safe(self.text)}</a>'
        return safe(self.text)

    def __str__(self) -> str:
        return self.text


Cell: TypeAlias = "str | int | float | Estimate | Link | Actor | Sentence | Sequence[object] | None"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head and how its numbers are written.

    form: "auto" writes whole numbers as counts and other numbers as tones (signed); "share" per cent; "value"
    unsigned with ``digits``. unit: said in the head.
    """

    name: str
    form: Form = "auto"
    unit: str = ""
    digits: int = 2

    @property
    def head(self) -> str:
        """What stands over the column."""
        return f"{self.name} ({self.unit})" if self.unit else self.name

    def text(self, cell: object) -> str:
        """A cell as text, written as its column says."""
        if cell is None or (isinstance(cell, float) and math.isnan(cell)):
            return "–"
        if isinstance(cell, bool) or not isinstance(cell, int | float):
            return _plain(cell)
        if self.form == "share":
            return share(cell)
        if self.form == "value":
            return f"{cell:.{self.digits}f}".replace("-", MINUS)
        if self.form == "tone" or (self.form == "auto" and isinstance(cell, float)):
            return number(cell, digits=self.digits)
        return count(cell) if isinstance(cell, int) else number(cell, digits=self.digits)

    def raw(self, cell: object) -> str:
        """A cell for the CSV: numbers bare, text that a spreadsheet would run made harmless."""
        if cell is None or (isinstance(cell, float) and math.isnan(cell)):
            return ""
        if isinstance(cell, bool) or not isinstance(cell, int | float):
            text = str(cell.value if isinstance(cell, Estimate) and cell.value is not None else _plain(cell))
            if isinstance(cell, Estimate):
                return text
            text = f"'{text}" if re.match(r"[\s\x00]*[=+\-@\t\r|%]", text) else text
            return '"' + text.replace('"', '""') + '"' if re.search(r'[",\r\n]', text) else text
        return repr(round(cell, 6)) if isinstance(cell, float) else str(cell)


@dataclass(frozen=True, repr=False)
class Table(Shown):
    """A table that can be read aloud, scrolled on its own, and taken along as CSV.

    rows: sequences as long as ``columns``; the first cell of a row is its head. Numbers are aligned and written
    alike everywhere; ``None`` is an en dash, which the note explains.
    columns: names, or ``Column`` where a number needs another form.
    csv: whether the CSV is offered; a word gives the file its name.
    """

    rows: Sequence[Sequence[Any]]
    columns: Sequence[str | Column] = field(kw_only=True)
    caption: str = field(kw_only=True)
    note: str = field(default="", kw_only=True)
    csv: bool | str = field(default=True, kw_only=True)
    _rules = ("table",)

    def __post_init__(self) -> None:
        object.__setattr__(self, "rows", tuple(tuple(row) for row in self.rows))
        object.__setattr__(self, "columns", tuple(c if isinstance(c, Column) else Column(c) for c in self.columns))
        if not self.caption.strip():
            raise ValueError("A table needs a caption: say what it holds.")
        for place, row in enumerate(self.rows):
            if len(row) != len(self.columns):
                raise ValueError(f"Row {place} of the table {self.caption!r} has {len(row)} cells, not {len(self.columns)}.")

    @property
    def _heads(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if isinstance(column, Column))

    @property
    def _numeric(self) -> tuple[bool, ...]:
        return tuple(
            all(cell is None or (isinstance(cell, int | float) and not isinstance(cell, bool)) for cell in cells)
            and any(cell is not None for cell in cells)
            for cells in (zip(*self.rows, strict=True) if self.rows else ((),) * len(self.columns))
        )

    @property
    def csv_text(self) -> str:
        """The whole table as CSV, lines ended as spreadsheets expect."""
        lines = [",".join(column.raw(column.head) for column in self._heads)]
        lines += [",".join(column.raw(cell) for column, cell in zip(self._heads, row, strict=True)) for row in self.rows]
        return "\r\n".join(lines) + "\r\n"

    def fragment(self, *, prefix: str = "") -> str:
        """The table as HTML without root and rules; ``prefix`` keeps its ids apart from the same table elsewhere."""
        return self._html(prefix)

    def _html(self, prefix: str = "") -> str:
        ident = f"{prefix}t{digest(self.caption, self.columns, self.rows)}"
        numeric = self._numeric
        head = "".join(
            f'<th scope="col"{_n(is_number)}>{safe(column.head)}</th>'
            for column, is_number in zip(self._heads, numeric, strict=True)
        )
        body = []
        for row in self.rows[:TABLE_ROWS_MAX]:
            cells = "".join(
                f"<td{_n(is_number, cell)}>{_cell(column, cell)}</td>"
                for column, cell, is_number in zip(self._heads[1:], row[1:], numeric[1:], strict=True)
            )
            body.append(f'<tr><th scope="row"{_n(numeric[0], row[0])}>{_cell(self._heads[0], row[0])}</th>{cells}</tr>')
        if not self.rows:
            body.append(f'<tr><td colspan="{len(self.columns)}">Nothing to show.</td></tr>')
        notes = [safe(self.note)] if self.note else []
        if any(cell is None for row in self.rows[:TABLE_ROWS_MAX] for cell in row) and "–" not in self.note:
            notes.append(f"–: {NO_EVIDENCE}.")
        if len(self.rows) > TABLE_ROWS_MAX:
            rest = " The CSV holds all." if self.csv else ""
            notes.append(f"The first {count(TABLE_ROWS_MAX)} of {count(len(self.rows))} rows.{rest}")
        if self.csv and self.rows:
            notes.append(self._download())
        note = f'<p class="toward-note">{" ".join(notes)}</p>' if notes else ""
        return (
            f'<div class="toward-scroll" role="region" aria-labelledby="{ident}" tabindex="0">'
            f'<table class="toward-table"><caption id="{ident}">{safe(self.caption)}</caption>'
            f"<thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table></div>{note}"
        )

    def _download(self) -> str:
        name = re.sub(r"[^a-z0-9]+", "-", self.csv.lower()).strip("-") if isinstance(self.csv, str) else ""
        data = quote("\ufeff" + self.csv_text, safe="!()*+,/:;=?@", errors="backslashreplace")
        return f'<a download="{name or "table"}.csv" href="data:text/csv;charset=utf-8,{data}">Download as CSV</a>'

    def __str__(self) -> str:
        heads = [column.head for column in self._heads]
        texts = [
            [shorten(visible(column.text(cell)), 60) for column, cell in zip(self._heads, row, strict=True)]
            for row in self.rows
        ]
        widths = [max(map(len, cells)) for cells in zip(heads, *texts, strict=True)] if heads else []
        numeric = self._numeric
        lines = [visible(self.caption)]
        for row in (heads, *texts):
            cells = (
                text.rjust(width) if right else text.ljust(width)
                for text, width, right in zip(row, widths, numeric, strict=True)
            )
            lines.append("  ".join(cells).rstrip())
        return "\n".join([*lines, *([visible(self.note)] if self.note else [])])


def _short(text: str) -> str:
    return text if len(text) <= CELL_CHARS_MAX else text[:CELL_CHARS_MAX] + "…"


def _n(is_number: bool, cell: object = None) -> str:
    """The class of a cell: a number, a text with a word that no column holds, or neither."""
    if is_number:
        return ' class="n"'
    return ' class="endless"' if isinstance(cell, str | Actor) and re.search(r"\S{28}", _plain(cell)) else ""


def _cell(column: Column, cell: object) -> str:
    if isinstance(cell, Link):
        return cell.html()
    if isinstance(cell, Sentence):
        return Link.to(cell).html()
    if cell is None:
        return f'<span title="{NO_EVIDENCE}">–</span>'
    if isinstance(cell, list | tuple):
        return ", ".join(_cell(column, part) for part in cell) or "–"
    text = safe(_short(column.text(cell)))
    return f"<bdi>{text}</bdi>" if isinstance(cell, str | Actor) else text


# --- answers -----------------------------------------------------------------------------------------------------
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
    return isinstance(value, str | Actor | Series) or (isinstance(value, list | tuple) and any(map(_is_foreign, value)))


def _spoken(value: object, spec: str = "") -> str:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return NO_EVIDENCE
    if isinstance(value, int | float) and spec:
        return re.sub(r"(?<![\w.])-(?=[\d.])", MINUS, format(value, spec))
    if spec:
        return format(value, spec)
    return _plain(value)


def _plain(value: object) -> str:
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
    if isinstance(value, Series):
        return value.actor.name
    if isinstance(value, Sentence):
        return f"sentence {value.index + 1}"
    if isinstance(value, Answer):
        return str(value)
    if isinstance(value, list | tuple | set | frozenset):
        return listing(map(_plain, sorted(value, key=str) if isinstance(value, set | frozenset) else value))
    return str(value)


# --- evidence ----------------------------------------------------------------------------------------------------
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
    _rules = ("passages",)

    def _html(self) -> str:
        lines = "".join(self._line(item) for item in self.items)
        listed = f"<ol>{lines}</ol>" if lines else "<p>No such sentence was found.</p>"
        notes = []
        if self.found > len(self.items):
            notes.append(f"The {count(len(self.items))} strongest of {plural(self.found, 'sentence')}, in reading order.")
        if any(item.cues for item in self.items):
            notes.append("Underlined: the words behind the number, each with its push; thicker pushes harder.")
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
    word = "negative" if tone < -0.005 else "positive" if tone > 0.005 else "balanced"
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
    return Passages(parse, tuple(kept), caption, len(found), anchored=anchor, linked=link)


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
        for cue in item.cues if isinstance(item, ToneScore | Sentiment | Stance) else ():
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
