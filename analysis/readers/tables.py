"""Rows of a table, one at a time: CSV, TSV, JSON Lines, JSON, Parquet, xlsx. A broken row is named and the next one read."""

from __future__ import annotations

import codecs
import contextlib
import csv
import io
import json
import zipfile
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any, Final

from ..constants import FILE_MAX_BYTES, LINE_MAX_BYTES, RECORD_MAX_LINES, XLSX_UNPACKED_FILES
from ..errors import MissingPart, UnreadableCorpus
from .files import StoredFile

Row = tuple[str, tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class UnreadableRow:
    """A row of a table that cannot be read.

    Attributes:
        where: where it stands, such as "line 7".
        reason: a short phrase, the same for all of a kind.
        detail: a sentence about this one.
    """

    where: str
    reason: str
    detail: str


def read_table(file: StoredFile) -> tuple[list[str], Iterator[Row | UnreadableRow]]:
    """The names of a table's columns, and its rows.

    Args:
        file: a table by its ending.

    Returns:
        The names, and for each row where it stands ("line 7") with its cells in the order of the names, or what is broken.

    Raises:
        UnreadableCorpus: it is no such table.
        MissingPart: what reads this kind is not installed.
    """
    if file.problem is not None:
        raise UnreadableCorpus(file.problem[1])
    try:
        return TABLES[file.suffix](file)
    except (OSError, EOFError, zipfile.BadZipFile) as problem:
        raise UnreadableCorpus(f"{file.name} cannot be opened: {problem}.") from None


# --- text ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Line:
    """A line with its number; text is None where it is too long to keep."""

    number: int
    text: str | None


def _lines(stream: IO[bytes]) -> Iterator[_Line]:
    """Lines, decoded one by one: UTF-8, else Windows-1252; by its byte order mark where there is one."""
    start = stream.read(4)
    mark = next((name for bom, name in _MARKS if start.startswith(bom)), None)
    if mark in ("utf-16", "utf-32"):
        reader = io.TextIOWrapper(io.BufferedReader(_Joined(start, stream)), mark, errors="replace", newline="")
        for number, text in enumerate(reader, start=1):
            yield _Line(number, text if len(text) <= LINE_MAX_BYTES else None)
        return
    joined = io.BufferedReader(_Joined(start.removeprefix(codecs.BOM_UTF8), stream), 1 << 20)
    number = 0
    while raw := joined.readline(LINE_MAX_BYTES + 1):
        number += 1
        if len(raw) > LINE_MAX_BYTES and not raw.endswith(b"\n"):
            while raw and not raw.endswith(b"\n"):
                raw = joined.readline(LINE_MAX_BYTES)
            yield _Line(number, None)
            continue
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError:
            text = raw.decode("cp1252", "replace")
        yield _Line(number, text)


_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class _Joined(io.RawIOBase):
    """A stream with the bytes that were read of it put back."""

    def __init__(self, start: bytes, stream: IO[bytes]) -> None:
        self._start, self._stream = start, stream

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        if self._start:
            taken, self._start = self._start, b""
            return taken if size != -1 else taken + self._stream.read()
        return self._stream.read(size)

    def readinto(self, buffer: Any) -> int:
        raw = self._start[: len(buffer)] or self._stream.read(len(buffer))
        self._start = self._start[len(buffer) :]
        buffer[: len(raw)] = raw
        return len(raw)


_TOO_LONG: Final = f"It is longer than {LINE_MAX_BYTES // 1_000_000} MB, which no article is."


def _csv(file: StoredFile) -> tuple[list[str], Iterator[Row | UnreadableRow]]:
    lines = deque[_Line]()
    source = _lines(file.open())
    first = next((line for line in source if line.text is None or line.text.strip()), None)
    if first is None or first.text is None:
        raise UnreadableCorpus(f"{file.name} has no first line with the names of its columns.")
    delimiter = "\t" if file.suffix in (".tsv", ".tab") else max(",;\t|", key=first.text.count)
    lines.append(first)
    records = _records(lines, source, delimiter)
    head = next(records)
    if isinstance(head, UnreadableRow):
        raise UnreadableCorpus(f"{file.name}, {head.where}: {head.detail}")
    names = [str(name).strip() for name in head[1]]

    return names, _records(lines, source, delimiter, width=len(names))


def _records(lines: deque[_Line], source: Iterator[_Line], delimiter: str, *, width: int = 0) -> Iterator[Row | UnreadableRow]:
    """Records of a CSV. Where a quote is broken, the line it stands in is given up and the next one begins a record.

    lines: read of the source and not yet used. width: how many cells a record should have; 0 where that is not known.
    """
    limit = csv.field_size_limit(2**31 - 1)
    csv.field_size_limit(max(limit, LINE_MAX_BYTES * 4))
    while True:
        used: list[_Line] = []

        def pull(used: list[_Line] = used) -> Iterator[str]:
            while len(used) < RECORD_MAX_LINES:
                line = lines.popleft() if lines else next(source, None)
                if line is None:
                    return
                used.append(line)
                if line.text is None:
                    return
                yield line.text.replace("\0", "")

        cells: list[str] | None = None
        with contextlib.suppress(csv.Error, StopIteration):
            cells = next(csv.reader(pull(), delimiter=delimiter, strict=True))
        if not used:
            return
        where = f"line {used[0].number}"
        if used[0].text is None:
            yield UnreadableRow(where, "too long", _TOO_LONG)
            continue
        if cells is not None and used[-1].text is not None:
            extra = cells[width:] if width else []
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) >= width and not any(cell.strip() for cell in extra):
                yield where, tuple(cells)
                continue
            broken = UnreadableRow(
                where, "too many or too few cells", f"It has {len(cells)} cells, and the first line has {width}."
            )
        else:
            broken = UnreadableRow(where, "broken quotes", "A quotation mark opens a cell and does not close it.")
        lines.extendleft(reversed(used[1:]))
        yield broken


def _json_lines(file: StoredFile) -> tuple[list[str], Iterator[Row | UnreadableRow]]:
    def objects() -> Iterator[tuple[str, object] | UnreadableRow]:
        for line in _lines(file.open()):
            where = f"line {line.number}"
            if line.text is None:
                yield UnreadableRow(where, "too long", _TOO_LONG)
            elif line.text.strip():
                try:
                    yield where, json.loads(line.text)
                except (ValueError, RecursionError) as problem:
                    yield UnreadableRow(where, "broken JSON", f"It is no JSON: {str(problem)[:100]}.")

    return _of_objects(objects())


def _json(file: StoredFile) -> tuple[list[str], Iterator[Row | UnreadableRow]]:
    """A list of objects, or an object with one list of objects in it; else a line an object."""
    raw = file.read()
    encoding = next((name for bom, name in _MARKS if raw.startswith(bom)), "utf-8").replace("utf-8", "utf-8-sig")
    try:
        document = json.loads(raw.decode(encoding))
    except (ValueError, RecursionError):
        return _json_lines(file)
    if isinstance(document, Mapping):
        lists = [value for value in document.values() if isinstance(value, list) and any(isinstance(v, Mapping) for v in value)]
        document = lists[0] if len(lists) == 1 else [document]
    if not isinstance(document, list):
        raise UnreadableCorpus(f"{file.name} is JSON, and no list of articles.")
    return _of_objects((f"item {number}", entry) for number, entry in enumerate(document, start=1))


def _of_objects(objects: Iterator[tuple[str, object] | UnreadableRow]) -> tuple[list[str], Iterator[Row | UnreadableRow]]:
    """Rows of objects; their columns are those of the first hundred, so that one with a gap hides none."""
    first: list[tuple[str, object] | UnreadableRow] = []
    names: dict[str, None] = {}
    for entry in objects:
        first.append(entry)
        if not isinstance(entry, UnreadableRow) and isinstance(entry[1], Mapping):
            names.update(dict.fromkeys(map(str, entry[1])))
        if len(first) == 100:
            break
    columns = list(names)

    def rows() -> Iterator[Row | UnreadableRow]:
        for entry in _chain(first, objects):
            if isinstance(entry, UnreadableRow):
                yield entry
            elif isinstance(entry[1], Mapping):
                yield entry[0], tuple(entry[1].get(name) for name in columns)
            else:
                yield UnreadableRow(
                    entry[0], "no article", f"It is {type(entry[1]).__name__}, and an object with named fields is needed."
                )

    return columns, rows()


def _chain(first: Sequence[Any], rest: Iterator[Any]) -> Iterator[Any]:
    yield from first
    yield from rest


# --- binary --------------------------------------------------------------------------------------------------------


def _parquet(file: StoredFile) -> tuple[list[str], Iterator[Row | UnreadableRow]]:
    try:
        import pyarrow
        import pyarrow.parquet as parquet
    except ImportError:
        raise MissingPart(f"{file.name} is Parquet. Install what reads it: pip install 'toward[corpus]'") from None
    try:
        table = parquet.ParquetFile(file.open())
    except (pyarrow.ArrowException, OSError, ValueError) as problem:
        raise UnreadableCorpus(f"{file.name} is no Parquet: {str(problem)[:120].rstrip('.')}.") from None

    def rows() -> Iterator[Row | UnreadableRow]:
        number = 0
        try:
            for batch in table.iter_batches(batch_size=256):
                for row in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                    number += 1
                    yield f"row {number}", row
        except (pyarrow.ArrowException, OSError, ValueError) as problem:
            yield UnreadableRow(f"from row {number + 1}", "cannot be read", f"The rest cannot be read: {str(problem)[:120]}.")

    return [str(name) for name in table.schema_arrow.names], rows()


def _xlsx(file: StoredFile) -> tuple[list[str], Iterator[Row | UnreadableRow]]:
    try:
        import openpyxl
    except ImportError:
        raise MissingPart(f"{file.name} is a workbook. Install what reads it: pip install 'toward[corpus]'") from None
    raw = io.BytesIO(file.open().read(FILE_MAX_BYTES + 1))
    if not zipfile.is_zipfile(raw):
        raise UnreadableCorpus(f"{file.name} is no xlsx workbook. Save it as .xlsx or .csv.")
    if sum(member.file_size for member in zipfile.ZipFile(raw).infolist()) > XLSX_UNPACKED_FILES * FILE_MAX_BYTES:
        raise UnreadableCorpus(
            f"{file.name} would unpack to more than {XLSX_UNPACKED_FILES * FILE_MAX_BYTES // 1_000_000:,} MB. Save it as .csv."
        )
    try:
        book = openpyxl.load_workbook(raw, read_only=True, data_only=True)
        cells = iter(book.worksheets[0].iter_rows(values_only=True))
    except (KeyError, ValueError, IndexError, OSError, SyntaxError) as problem:
        raise UnreadableCorpus(f"{file.name} is no xlsx workbook: {str(problem)[:120]}.") from None
    head = next((row for row in cells if any(cell is not None for cell in row)), ())

    def rows() -> Iterator[Row | UnreadableRow]:
        for number, row in enumerate(cells, start=2):
            if any(cell is not None for cell in row):
                yield f"row {number}", tuple(row)

    return [str(cell or "").strip() for cell in head], rows()


TABLES: Final[Mapping[str, Callable[[StoredFile], tuple[list[str], Iterator[Row | UnreadableRow]]]]] = {
    **dict.fromkeys((".csv", ".tsv", ".tab"), _csv),
    **dict.fromkeys((".jsonl", ".ndjson"), _json_lines),
    ".json": _json,
    **dict.fromkeys((".parquet", ".pq"), _parquet),
    ".xlsx": _xlsx,
}
"""How each kind of table is read, by its ending."""
