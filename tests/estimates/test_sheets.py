"""Sheets: blind, read back as they were written, and every mistake named by its row."""

from __future__ import annotations

import csv
import io
import re

import pytest

from analysis.errors import SheetError
from analysis.estimates import draw, key_of, read_sheet, write_sheet
from tests.estimates.test_sampling import made


@pytest.fixture
def sheet(tmp_path):
    """A sheet of 30 of 100 units, two coders."""
    return write_sheet(tmp_path / "sheet.csv", draw(made(100), 30), coders=["Ada", "Ben"])[0]


def rows_of(path):
    """The cells of a CSV."""
    return list(csv.reader(io.StringIO(path.read_text("utf-8-sig"))))


def save(path, rows):
    """Write cells as a spreadsheet would."""
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    path.write_text(out.getvalue(), encoding="utf-8")


def test_a_sheet_is_blind(sheet):
    """Sentence before, the sentence marked, the target, a column a coder: nothing of outlet, label or probability."""
    head, *rows = rows_of(sheet)
    assert head == ["row", "before", "sentence", "toward", "Ada", "Ben", "note"]
    assert len(rows) == 30
    assert all(row[4:] == ["", "", ""] and "[[" in row[2] for row in rows)
    assert not re.search(r"Outlet|article-|negative|0\.\d", sheet.read_text("utf-8-sig"))


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_what_was_written_is_read(tmp_path, suffix):
    """Both kinds: the same rows and probabilities, whatever the coders wrote of the labels they may."""
    path = write_sheet(tmp_path / f"sheet{suffix}", draw(made(100), 30), coders=["Ada", "Ben"])[0]
    codes = [("negative", "-1"), ("None", "0"), ("positive ", "+1"), ("cannot tell", ""), ("?", "1")]
    if suffix == ".csv":
        head, *rows = rows_of(path)
        for row, code in zip(rows, codes, strict=False):
            row[4:6] = code
        save(path, [head, *rows, [""] * 7])
    else:
        import openpyxl

        book = openpyxl.load_workbook(path)
        for at, code in enumerate(codes, start=2):
            for column, value in enumerate(code, start=5):
                book.active.cell(at, column, int(value) if value in ("-1", "0", "1") else value)
        book.save(path)
    found = read_sheet(path)
    assert found.coders == ("Ada", "Ben")
    assert [row.labels for row in found.rows[:5]] == [(-1, -1), (0, 0), (1, 1), (None, None), (None, 1)]
    assert found.cannot_tell == 2
    assert len(found.rows) == 30
    assert len(found.rest) == 100
    drawn = {item.unit.ident: item for item in draw(made(100), 30)}
    for row in found.rows:
        assert row.probability == pytest.approx(drawn[row.unit.ident].probability, abs=1e-8)
        assert row.unit.tone == pytest.approx(drawn[row.unit.ident].unit.tone)
    assert found.only("article-0").rest == tuple(unit for unit in found.rest if unit.article == "article-0")


def test_a_spreadsheet_that_writes_semicolons_is_read(sheet):
    """As Excel does where the comma is for decimals."""
    rows = rows_of(sheet)
    rows[1][4] = "negative"
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows(rows)
    sheet.write_text(out.getvalue(), encoding="utf-8")
    assert read_sheet(sheet).rows[0].labels == (-1, None)


def test_no_cell_becomes_a_formula(tmp_path):
    """A sentence that begins as one does is written as text, and is still known for what was drawn."""
    from dataclasses import replace

    for suffix in (".csv", ".xlsx"):
        drawn = [replace(one, unit=replace(one.unit, text="=SUM(A1) [[Ada]]")) for one in draw(made(3), 3)]
        path = write_sheet(tmp_path / f"one{suffix}", drawn)[0]
        assert len(read_sheet(path).rows) == 3
        if suffix == ".csv":
            assert all(row[2] == " =SUM(A1) [[Ada]]" for row in rows_of(path)[1:])
        else:
            import openpyxl

            assert openpyxl.load_workbook(path).active["C2"].data_type == "s"


def edit(path, change):
    """Change the cells of a sheet."""
    rows = rows_of(path)
    change(rows)
    save(path, rows)


MISTAKES = {
    "missing row": (lambda rows: rows.pop(3), r"sheet.csv lacks row 'r\d+' \(sentence \d+ of article-\d+, toward 'Actor \d'\)"),
    "missing rows": (lambda rows: rows.__delitem__(slice(3, 6)), r"and 2 more, drawn for it. Put it back"),
    "unknown label": (
        lambda rows: rows[4].__setitem__(5, "nice"),
        r"Row 5 of sheet.csv, Ben: 'nice' is no label. Write negative",
    ),
    "another sheet": (
        lambda rows: rows[2].__setitem__(0, "rabcdef"),
        r"Row 3 of sheet.csv \('rabcdef'\) is not in sheet.key.csv",
    ),
    "twice": (lambda rows: rows.insert(2, rows[1]), r"Row 3 of sheet.csv \('r\d+'\) stands there twice"),
    "edited": (
        lambda rows: rows[1].__setitem__(2, "Other words"),
        r"Row 2 of sheet.csv .* is not what was drawn: sentence \d+",
    ),
    "other target": (lambda rows: rows[1].__setitem__(3, "Actor 9"), r"Row 2 of sheet.csv .* was edited"),
    "one name": (lambda rows: rows[0].__setitem__(5, "ada"), r"Two columns of sheet.csv are headed 'ada'"),
    "no name": (lambda rows: rows[0].__setitem__(4, ""), r"Column 5 of sheet.csv has no heading"),
    "no coder": (lambda rows: [row.__delitem__(slice(4, 6)) for row in rows], r"has no column of a coder"),
    "other columns": (
        lambda rows: rows[0].__setitem__(1, "x"),
        r"begins with the columns row, x, sentence, toward, not row, before",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_every_mistake_is_named(sheet, mistake):
    """What is wrong, in which row, and what to do."""
    change, message = MISTAKES[mistake]
    edit(sheet, change)
    with pytest.raises(SheetError, match=message):
        read_sheet(sheet)


def test_a_row_that_was_not_drawn_is_refused(sheet):
    """It has a key but no probability of being there."""
    known = {row[0] for row in rows_of(sheet)}
    other = next(row for row in rows_of(key_of(sheet))[1:] if row[0] not in known)
    edit(sheet, lambda rows: rows.append([other[0], "", "x", other[3], "", "", ""]))
    with pytest.raises(SheetError, match=r"Row 32 of sheet.csv .* was not drawn"):
        read_sheet(sheet)


def test_files_that_are_none(tmp_path, sheet):
    """Missing, empty, binary, a key that is lost or damaged, a place that cannot be written, a suffix of another kind."""
    with pytest.raises(SheetError, match="There is no sheet"):
        read_sheet(tmp_path / "none.csv")
    key = key_of(sheet)
    text = key.read_text("utf-8")
    for wrong in ("nan", "0", "1.5", ""):
        cells = rows_of(key)
        cells[2][10] = wrong
        save(key, cells)
        with pytest.raises(SheetError, match=r"Row 3 of sheet.key.csv is damaged"):
            read_sheet(sheet)
    cells[2][10], cells[2][7] = "0.5", "0.9"
    save(key, cells)
    with pytest.raises(SheetError, match=r"Row 3 of sheet.key.csv is damaged"):
        read_sheet(sheet)
    key.unlink()
    with pytest.raises(SheetError, match=r"sheet.key.csv is missing: .* keep both together"):
        read_sheet(sheet)
    key.write_text(text, encoding="utf-8")
    sheet.write_bytes(b"\xff\xfe\x00\xd8" * 9)
    with pytest.raises(SheetError, match=r"sheet.csv cannot be read as a sheet"):
        read_sheet(sheet)
    sheet.write_text("", encoding="utf-8")
    with pytest.raises(SheetError, match="is empty"):
        read_sheet(sheet)
    with pytest.raises(SheetError, match="is neither"):
        write_sheet(tmp_path / "sheet.doc", draw(made(3), 3))
    with pytest.raises(SheetError, match="cannot be written"):
        write_sheet(tmp_path / "no" / "sheet.csv", draw(made(3), 3))
    with pytest.raises(SheetError, match="Two columns"):
        write_sheet(tmp_path / "sheet.csv", draw(made(3), 3), coders=["Ada", "ada"])
