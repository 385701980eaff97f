"""Questions to a scored corpus in SQL, and what to do with the answers."""

from __future__ import annotations

import contextlib
import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..collection import TABLES, VIEWS, connect_folder, need
from ..errors import CorpusError

EXCEL_ROWS: int = 1_048_575
"""Rows that a sheet of Excel holds beneath its heads."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows that answer a question.

    Attributes:
        columns: the names of the columns.
        rows: the rows, with values in the order of the columns.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]

    def csv(self) -> str:
        """As CSV, nothing in place of a missing value."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(self.columns)
        writer.writerows([["" if value is None else value for value in row] for row in self.rows])
        return text.getvalue()

    def write(self, path: Path) -> None:
        """Write a file: CSV, or a sheet where its name ends in ``.xlsx``. It appears whole or not at all.

        Raises:
            CorpusError: another ending, a folder that is not there, a full disk, or more rows than a sheet holds.
        """
        if path.suffix.lower() not in (".csv", ".xlsx"):
            raise CorpusError(f"{path} ends in neither .csv nor .xlsx, and a table is written as one of the two.")
        content = self.csv().encode("utf-8", "replace") if path.suffix.lower() == ".csv" else self._sheet()
        part = path.with_name(f".{path.name}.part")
        try:
            part.write_bytes(content)
            part.replace(path)
        except OSError as problem:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
            raise CorpusError(f"{path} cannot be written: {problem.strerror or problem}.") from None

    def _sheet(self) -> bytes:
        need("openpyxl")
        from openpyxl import Workbook
        from openpyxl.cell import WriteOnlyCell

        if len(self.rows) > EXCEL_ROWS:
            raise CorpusError(f"The answer has {len(self.rows):,} rows, and a sheet holds {EXCEL_ROWS:,}. Write a .csv.")
        book = Workbook(write_only=True)
        sheet = book.create_sheet("answer")
        for row in (self.columns, *self.rows):
            cells = []
            for value in row:
                shown = value if isinstance(value, int | float | bool) or value is None else _UNSEEN.sub("�", str(value))
                cell = WriteOnlyCell(sheet, shown)
                if isinstance(shown, str):
                    cell.data_type = "s"  # text that begins with "=" is no formula
                cells.append(cell)
            sheet.append(cells)
        content = io.BytesIO()
        book.save(content)
        return content.getvalue()


_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Signs that a sheet may not hold."""


def ask(folder: str | Path, question: str) -> Answer:
    """Ask a scored corpus a question in SQL. The corpus is only read.

    Args:
        folder: the folder that ``score_corpus`` wrote.
        question: one SELECT statement in DuckDB's SQL. ``docs/frames.md`` lists the tables and views.

    Returns:
        The rows of the answer, with the names of their columns.

    Raises:
        CorpusError: the folder holds no scored corpus, or the question is not one SELECT statement that DuckDB can run.

    Example:
        >>> from tempfile import mkdtemp
        >>> from analysis import read_text
        >>> from analysis.corpus import score_corpus
        >>> folder = f"{mkdtemp()}/scores"
        >>> _ = score_corpus([read_text("Norway rescued the crew.")], folder, scorer="clause")
        >>> ask(folder, "SELECT actor, tone > 0 FROM mentions").rows
        (('Norway', True),)
    """
    need("duckdb")
    import duckdb

    database = connect_folder(Path(folder))
    try:
        statements = duckdb.extract_statements(question)
        kinds = {statement.type for statement in statements}
        if len(statements) != 1 or kinds != {duckdb.StatementType.SELECT}:
            asked = "nothing" if not statements else "several statements" if len(statements) > 1 else kinds.pop().name
            raise CorpusError(f"A question is one SELECT, and this is {asked}. A scored corpus is only read.")
        found = database.execute(question)
        columns = tuple(column[0] for column in found.description)
        return Answer(columns, tuple(found.fetchall()))
    except duckdb.Error as problem:
        first = str(problem).strip().splitlines()[0].rstrip(".")
        hint = re.search(r"(?:Did you mean|Candidate).*", str(problem))
        known = "" if hint or "Parser" in first else f". There are: {', '.join((*TABLES, *VIEWS))}."
        raise CorpusError(f"The question cannot be answered: {first}{' ' + hint[0] if hint else ''}{known}") from None
    finally:
        database.close()
