"""Tables: typed columns, links to sentences, CSV to take away; as safe HTML and as plain text."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, TypeAlias
from urllib.parse import quote

from markupsafe import Markup

from ..constants import TABLE_ROWS_MAX
from ..model import Actor, Estimate, Sentence
from ..safe_text import safe, shorten, visible
from .base import Display, anchor, digest
from .templates import isolated, macros
from .wording import MINUS, brief, count, in_words, interval_kind, number, share

CELL_CHARS_MAX = 500
SOME_CHARS, MANY_CHARS = 14, 60
"""Texts longer than these need a column of some width, or of great width."""
"""A longer text in a table's cell is cut on the page; the CSV holds all of it."""


Form = Literal["auto", "text", "count", "tone", "share", "value"]


@dataclass(frozen=True, slots=True)
class Link:
    """A piece of text that leads somewhere: to a fragment of the page, another page of the report, or the web.

    Attributes:
        text: what is shown.
        href: the address. Any that may not be followed is left out.
    """

    text: str
    href: str

    @classmethod
    def to(cls, sentence: Sentence) -> Link:
        """A link to a sentence, labelled with its number."""
        return cls(str(sentence.index + 1), f"#{anchor(sentence)}")

    @property
    def leaves(self) -> bool:
        """Whether it leads to the web."""
        return re.match(r"https?://", self.href) is not None

    @property
    def followed(self) -> bool:
        """Whether its address may be followed; else only its text is shown."""
        return self.leaves or re.fullmatch(r"(?:[\w-]+\.html)?#[\w-]+|[\w-]+\.html", self.href) is not None

    def html(self) -> Markup:
        """The link as HTML."""
        return Markup(macros().link(self))  # noqa: S704 - the template escapes

    def __str__(self) -> str:
        return self.text


Href: TypeAlias = Callable[[str], str | None]
"""Where the name of an actor leads on a page; None for a name that leads nowhere."""


def nowhere(_name: str) -> None:
    """An ``Href`` by which no name leads anywhere."""
    return


Cell: TypeAlias = "str | int | float | Estimate | Link | Actor | Sentence | Sequence[object] | None"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head and how its numbers are written.

    Attributes:
        name: its head.
        form: "auto" writes whole numbers as counts and other numbers as tones (signed), "share" writes per cent,
            "value" writes numbers without a plus sign.
        unit: said in the head.
        digits: behind the point.
        sparse: zeros are faint on the page, and a column of nothing but zeros is left out there; the CSV has it.
    """

    name: str
    form: Form = "auto"
    unit: str = ""
    digits: int = 2
    sparse: bool = False

    @property
    def head(self) -> str:
        """What stands over the column."""
        return f"{self.name} ({self.unit})" if self.unit else self.name

    def text(self, cell: object) -> str:
        """A cell as text, written as its column says."""
        if cell is None or (isinstance(cell, float) and math.isnan(cell)):
            return "–"
        if isinstance(cell, Estimate):
            return brief(cell)
        if isinstance(cell, bool) or not isinstance(cell, int | float):
            return in_words(cell)
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
            text = str(cell.value if isinstance(cell, Estimate) and cell.value is not None else in_words(cell))
            if isinstance(cell, Estimate):
                return text
            return f"'{text}" if re.match(r"[\s\x00]*[=+\-@\t\r|%]", text) else text
        return repr(round(cell, 6)) if isinstance(cell, float) else str(cell)


@dataclass(frozen=True, repr=False)
class Table(Display):
    """A table that can be read aloud, scrolled on its own, and taken along as CSV.

    Attributes:
        rows: sequences as long as ``columns``. The first cell of a row is its head. Numbers are aligned and written
            alike everywhere. ``None`` is an en dash, which the note explains.
        columns: names, or a ``Column`` where a number needs another form.
        caption: what it holds.
        note: stands beneath it.
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
        for index, row in enumerate(self.rows):
            if len(row) != len(self.columns):
                raise ValueError(f"Row {index} of the table {self.caption!r} has {len(row)} cells, not {len(self.columns)}.")

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
    def _shown(self) -> Table:
        """The table without the sparse columns that hold nothing but zeros, as it stands on a page and in a text."""
        kept = [
            place
            for place, column in enumerate(self._heads)
            if not (column.sparse and self.rows and not any(row[place] for row in self.rows))
        ]
        rows = [[row[place] for place in kept] for row in self.rows]
        return replace(self, rows=rows, columns=[self.columns[place] for place in kept])

    @property
    def csv_text(self) -> str:
        """The whole table as CSV, lines ended as spreadsheets expect."""
        text = io.StringIO()
        lines = csv.writer(text)
        lines.writerow(column.raw(column.head) for column in self._heads)
        lines.writerows([column.raw(cell) for column, cell in zip(self._heads, row, strict=True)] for row in self.rows)
        return text.getvalue()

    def fragment(self, *, prefix: str = "", link: bool = True) -> str:
        """The table as HTML without root and rules.

        Args:
            prefix: keeps its ids apart from the same table elsewhere.
            link: whether the CSV is offered beneath it; not where ``csv_link`` stands elsewhere.
        """
        return self._html(prefix, link=link)

    def csv_link(self, label: str = "Download as CSV") -> Markup:
        """A link that downloads the table as CSV; "" where it has no rows or is not offered."""
        if not (self.csv and self.rows):
            return Markup()
        name = re.sub(r"[^a-z0-9]+", "-", self.csv.lower()).strip("-") if isinstance(self.csv, str) else ""
        data = quote("\ufeff" + self.csv_text, safe="!()*+,/:;=?@", errors="backslashreplace")
        return Markup(macros().csv(name or "table", data, label))  # noqa: S704 - the template escapes

    def _html(self, prefix: str = "", *, link: bool = True) -> str:
        ident = f"{prefix}t{digest(self.caption, self.columns, self.rows)}"
        shown = self._shown
        columns = list(zip(shown._heads, shown._numeric, strict=True))
        heads = [(column.head, _kind(is_number)) for column, is_number in columns]
        rows = [
            [
                (_parts(column, cell), _kind(is_number, cell, faint=column.sparse and cell == 0))
                for (column, is_number), cell in zip(columns, row, strict=True)
            ]
            for row in shown.rows[:TABLE_ROWS_MAX]
        ]
        notes = [safe(self.note)] if self.note else []
        means = [cell for row in self.rows for cell in row if isinstance(cell, Estimate) and cell.value is not None]
        if means:
            notes.append(safe(f"In brackets: the {interval_kind(means[0].method)}; n: sentences."))
        if any(cell is None for row in self.rows[:TABLE_ROWS_MAX] for cell in row) and "–" not in self.note:
            notes.append(safe("–: no value."))
        if len(self.rows) > TABLE_ROWS_MAX:
            rest = " The CSV holds all." if self.csv else ""
            notes.append(safe(f"The first {count(TABLE_ROWS_MAX)} of {count(len(self.rows))} rows.{rest}"))
        if link and self.csv and self.rows:
            notes.append(self.csv_link())
        return str(macros().table(ident, self.caption, heads, rows, notes))

    def __str__(self) -> str:
        shown = self._shown
        heads = [column.head for column in shown._heads]
        texts = [
            [shorten(visible(column.text(cell)), 60) for column, cell in zip(shown._heads, row, strict=True)]
            for row in shown.rows
        ]
        widths = [max(map(len, cells)) for cells in zip(heads, *texts, strict=True)] if heads else []
        numeric = shown._numeric
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


def _kind(is_number: bool, cell: object = None, *, faint: bool = False) -> str:
    """The class of a cell: a number, a text with a word that no column holds, one that needs room for a few words, or many."""
    if is_number:
        return "n zero" if faint else "n"
    if isinstance(cell, str | Actor) and re.search(r"\S{28}", in_words(cell)):
        return "endless"
    long = len(in_words(cell)) if isinstance(cell, str | Actor | Estimate) else 0
    return "many" if long > MANY_CHARS else "some" if long > SOME_CHARS else ""


def _parts(column: Column, cell: object) -> list[Link | Markup | None]:
    """What stands in a cell, with commas between: links, texts, None for no value."""
    if isinstance(cell, list | tuple):
        return [part for piece in cell for part in _parts(column, piece)]
    if isinstance(cell, Sentence):
        return [Link.to(cell)]
    if cell is None or isinstance(cell, Link):
        return [cell]
    text = safe(_short(column.text(cell)))
    return [isolated(text) if isinstance(cell, str | Actor) else text]
