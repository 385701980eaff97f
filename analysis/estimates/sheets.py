"""Sheets for people to code: written blind, read back with everything that can be wrong in them named by its row.

Two files belong together: the sheet (CSV or xlsx), which says nothing of the machine, and its key (``NAME.key.csv``). The key
holds, for everything the sheet was drawn from, the machine's probabilities and the probability of being drawn.
"""

from __future__ import annotations

import csv
import hashlib
import io
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ..errors import MissingPart, SheetError
from .sampling import SampledUnit, Unit, one_line

FIXED = ("row", "before", "sentence", "toward")
"""The columns before those of the coders; "note" follows them."""
CODES = {
    **dict.fromkeys(("negative", "-1", "−1", "-1.0"), -1),
    **dict.fromkeys(("none", "no tone", "neutral", "0", "0.0"), 0),
    **dict.fromkeys(("positive", "1", "+1", "1.0"), 1),
}
"""What a coder may write, and the label it is."""
CANNOT_TELL = ("cannot tell", "?")
KEY = (
    "row",
    "article",
    "sentence",
    "actor",
    "kind",
    "outlet",
    "voice",
    "negative",
    "neutral",
    "positive",
    "probability",
    "drawn",
)
HELP = "negative, none, positive or cannot tell"
KINDS = ("person", "country", "organisation", "group", "place")


@dataclass(frozen=True, slots=True)
class CodedUnit:
    """A unit that was drawn, with the coders' labels.

    Attributes:
        unit: the unit.
        probability: the probability with which it was drawn, in (0, 1].
        labels: the label of each coder: -1, 0 or 1; None where the coder gave none or cannot tell.
    """

    unit: Unit
    probability: float
    labels: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet that was read back.

    Attributes:
        coders: the coders' names.
        rows: the drawn units with their labels.
        rest: every unit that the sheet was drawn from, the drawn ones included.
        cannot_tell: how often a coder answered "cannot tell".
    """

    coders: tuple[str, ...]
    rows: tuple[CodedUnit, ...]
    rest: tuple[Unit, ...]
    cannot_tell: int

    def only(self, article: str) -> Sheet:
        """What belongs to one article, by its id."""
        rows = tuple(row for row in self.rows if row.unit.article == article)
        return replace(self, rows=rows, rest=tuple(unit for unit in self.rest if unit.article == article))


def key_of(sheet: Path) -> Path:
    """Where the key of a sheet lies: ``NAME.key.csv`` beside ``NAME.csv``."""
    return sheet.with_suffix(".key.csv")


def write_sheet(
    path: Path, drawn: Sequence[SampledUnit], *, coders: Sequence[str] = ("coder 1", "coder 2")
) -> tuple[Path, Path]:
    """Write a blind sheet and its key.

    Args:
        path: the sheet, ``.csv`` or ``.xlsx``.
        drawn: what ``draw`` returned.
        coders: a column each.

    Returns:
        The paths of sheet and key.

    Raises:
        SheetError: another suffix, no coder or two of one name, a file that cannot be written.
        MissingPart: an xlsx is asked for and openpyxl is not installed.
    """
    names = _names([*FIXED, *coders, "note"], path)
    chosen = [sampled.unit for sampled in drawn if sampled.chosen]
    rows = [names, *([unit.ident, unit.before, unit.text, unit.actor, *[""] * (len(coders) + 1)] for unit in chosen)]
    units = sorted(drawn, key=lambda sampled: sampled.unit.ident)
    lines = [
        (
            *(
                sampled.unit.ident,
                sampled.unit.article,
                sampled.unit.sentence,
                sampled.unit.actor,
                sampled.unit.kind,
                sampled.unit.outlet,
            ),
            *(sampled.unit.voice, *(f"{p:.6f}" for p in (sampled.unit.negative, sampled.unit.neutral, sampled.unit.positive))),
            *(f"{sampled.probability:.9f}", int(sampled.chosen), _digest(sampled.unit.text)),
        )
        for sampled in units
    ]
    try:
        if path.suffix == ".xlsx":
            _write_xlsx(path, rows)
        elif path.suffix == ".csv":
            path.write_text("\ufeff" + _csv([list(map(_plain, row)) for row in rows]), encoding="utf-8", newline="")
        else:
            raise SheetError(f"A sheet is a .csv or an .xlsx; {path.name!r} is neither. Give --out sheet.csv")
        key_of(path).write_text(_csv([(*KEY, "digest"), *lines]), encoding="utf-8", newline="")
    except OSError as problem:
        raise SheetError(
            f"The sheet {path} cannot be written: {problem.strerror or problem}. Give another place: --out"
        ) from None
    return path, key_of(path)


def _plain(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f" {cell}" if cell[:1] in ("=", "+", "-", "@") else cell


def _csv(rows: Iterable[Sequence[object]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue()


def _digest(text: str) -> str:
    return hashlib.sha256(one_line(text).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _openpyxl() -> Any:
    try:
        import openpyxl
    except ImportError:
        raise MissingPart("An xlsx needs openpyxl. Install it: pip install 'toward[corpus]', or give a .csv") from None
    return openpyxl


def _write_xlsx(path: Path, rows: Sequence[Sequence[str]]) -> None:
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Alignment, Font
    from openpyxl.worksheet.datavalidation import DataValidation

    book = _openpyxl().Workbook()
    page = book.active
    for at, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            cell = page.cell(at, column, ILLEGAL_CHARACTERS_RE.sub(" ", value) or None)
            cell.data_type = "s" if value else cell.data_type
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=at == 1)
    choice = DataValidation(type="list", formula1='"negative,none,positive,cannot tell"', allow_blank=True)
    page.add_data_validation(choice)
    last = len(rows[0]) - 1
    choice.add(f"E2:{page.cell(max(2, len(rows)), last).coordinate}")
    for letter, width in zip("ABCD", (14, 50, 60, 20), strict=True):
        page.column_dimensions[letter].width = width
    page.freeze_panes = "A2"
    book.save(path)


def read_sheet(path: Path) -> Sheet:
    """Read a coded sheet and its key.

    Raises:
        SheetError: a file is missing or is no sheet; two coders have one name; a row is missing, stands twice, comes from
            another sheet or was edited; a cell holds no label. The message names file and row.
        MissingPart: the sheet is an xlsx and openpyxl is not installed.
    """
    head, *rows = _cells(path)
    units = _read_key(key_of(path))
    names = _names(head, path)
    if tuple(names[: len(FIXED)]) != FIXED:
        shown = ", ".join(names[:4]) or "none"
        raise SheetError(f"{path.name} begins with the columns {shown}, not {', '.join(FIXED)}. Restore them.")
    last = names.index("note") if "note" in names else len(names)
    coders = tuple(names[len(FIXED) : last])
    if not coders:
        raise SheetError(f"{path.name} has no column of a coder after {FIXED[-1]!r}. Add one, headed by a name.")
    coded: dict[str, CodedUnit] = {}
    cannot_tell = 0
    for number, row in enumerate(rows, start=2):
        cells = [*map(one_line, row), *[""] * len(names)]
        if not any(cells):
            continue
        where, ident = f"Row {number} of {path.name}", cells[0]
        if ident not in units:
            raise SheetError(f"{where} ({ident!r}) is not in {key_of(path).name}: it comes from another sheet. Take it out.")
        if ident in coded:
            raise SheetError(f"{where} ({ident!r}) stands there twice. Take one out.")
        sampled, digest = units[ident]
        if not sampled.chosen:
            raise SheetError(f"{where} ({ident!r}) was not drawn, so nobody knows how probable it was. Take it out.")
        if _digest(cells[2]) != digest or cells[3] != one_line(sampled.unit.actor):
            raise SheetError(
                f"{where} ({ident!r}) is not what was drawn: sentence {sampled.unit.sentence} of {sampled.unit.article}, "
                f"toward {sampled.unit.actor!r}, was edited. Restore the sentence; remarks go into the column note."
            )
        said = [_label(cell, f"{where}, {coder}") for cell, coder in zip(cells[len(FIXED) :], coders, strict=False)]
        cannot_tell += said.count(CANNOT_TELL[0])
        labels = tuple(value if isinstance(value, int) else None for value in said)
        coded[ident] = CodedUnit(sampled.unit, sampled.probability, labels)
    lacking = [sampled.unit for sampled, _ in units.values() if sampled.chosen and sampled.unit.ident not in coded]
    if lacking:
        first, more = lacking[0], f" and {len(lacking) - 1} more" if len(lacking) > 1 else ""
        raise SheetError(
            f"{path.name} lacks row {first.ident!r} (sentence {first.sentence} of {first.article}, "
            f"toward {first.actor!r}){more}, drawn for it. Put it back; where nobody coded it, leave its cells empty."
        )
    return Sheet(coders, tuple(coded.values()), tuple(sampled.unit for sampled, _ in units.values()), cannot_tell)


def _label(cell: str, where: str) -> int | str | None:
    value = cell.casefold()
    if value in CODES:
        return CODES[value]
    if value in CANNOT_TELL:
        return CANNOT_TELL[0]
    if value:
        raise SheetError(f"{where}: {cell[:40]!r} is no label. Write {HELP}, or leave the cell empty.")
    return None


def _names(head: Sequence[str], path: Path) -> list[str]:
    names = [one_line(name) for name in head]
    names = names[: max((at + 1 for at, name in enumerate(names) if name), default=0)]
    for at, name in enumerate(names):
        if not name:
            raise SheetError(f"Column {at + 1} of {path.name} has no heading. Give it the coder's name.")
        if name.casefold() in map(str.casefold, names[:at]):
            raise SheetError(f"Two columns of {path.name} are headed {name!r}. Give each coder a name of their own.")
    return names


def _cells(path: Path) -> list[list[str]]:
    """The rows of a sheet as text, the heading first."""
    try:
        if path.suffix == ".xlsx":
            book = _openpyxl().load_workbook(path, read_only=True, data_only=True)
            rows = [["" if cell is None else str(cell) for cell in row] for row in book.active.iter_rows(values_only=True)]
        else:
            text = path.read_text("utf-8-sig")
            mark = ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
            rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=mark))
    except FileNotFoundError:
        raise SheetError(f"There is no sheet {path}. Draw one: toward sample ARTICLE --out {path.name}") from None
    except MissingPart:
        raise
    except Exception as problem:  # noqa: BLE001 - whatever a damaged file makes of its reader
        raise SheetError(f"{path.name} cannot be read as a sheet: {problem}. Save it as CSV in UTF-8, or as xlsx.") from None
    if not rows:
        raise SheetError(f"{path.name} is empty. Draw a sheet again: toward sample ARTICLE --out {path.name}")
    return rows


def _read_key(path: Path) -> dict[str, tuple[SampledUnit, str]]:
    """Every unit by its ident, with the digest of its sentence."""
    try:
        rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline="")))
    except FileNotFoundError:
        raise SheetError(
            f"{path.name} is missing: without it nobody knows what the machine said and how probable each row was. It was "
            "written beside the sheet; keep both together."
        ) from None
    except (OSError, UnicodeDecodeError, csv.Error) as problem:
        raise SheetError(f"{path.name} cannot be read: {problem}. Take the file that was written beside the sheet.") from None
    key = {}
    for number, row in enumerate(rows, start=2):
        try:
            chances = (float(row["negative"]), float(row["neutral"]), float(row["positive"]))
            kind: Any = row["kind"] if row["kind"] in KINDS else "group"
            row_key = (row["row"], row["article"], int(row["sentence"]), row["actor"])
            unit = Unit(*row_key, kind, row["outlet"], row["voice"], *chances, "", "")
            probability = float(row["probability"])
            good = abs(math.fsum(chances) - 1) < 1e-3 and min(chances) >= 0 and 0 < probability <= 1 and bool(row["digest"])
        except (KeyError, TypeError, ValueError):
            good = False
        if not good:
            raise SheetError(f"Row {number} of {path.name} is damaged. Take the file that was written beside the sheet.")
        key[unit.ident] = (SampledUnit(unit, probability, row["drawn"] == "1"), row["digest"])
    return key
