"""Tables: read aloud, aligned as text, bare numbers in CSV, and nothing that runs."""

from __future__ import annotations

import csv
import io
from urllib.parse import unquote

import pytest

from analysis.display import (
    Column,
    Link,
    Table,
)
from analysis.display import table as show
from tests.display.made import HOSTILE, soup, table


def test_a_table_can_be_read_aloud() -> None:
    """Caption, scopes, numeric alignment, a region that has the caption's name and takes the keyboard."""
    page = soup(table())
    region = page.find(role="region")
    assert region["tabindex"] == "0"
    assert page.find(id=region["aria-labelledby"]).name == "caption"
    assert [th["scope"] for th in page.thead.find_all("th")] == ["col"] * 5
    assert [tr.th["scope"] for tr in page.tbody.find_all("tr")] == ["row", "row"]
    assert [th.get("class") for th in page.thead.find_all("th")] == [None, ["n"], ["n"], ["n"], None]
    assert page.find("a", href="#s12").get_text() == "12"


def test_a_tables_cells_are_written_alike() -> None:
    """Counts with thousands, tones signed, shares in per cent; None is a dash that says what it means."""
    rows = [[cell.get_text() for cell in tr.find_all(["th", "td"])] for tr in soup(table()).tbody.find_all("tr")]
    assert rows == [["Russia", "1,200", "−0.31", "50 %", "12"], ["=1+1", "2", "–", "–", "–"]]
    page = soup(table())
    assert page.find("span", title="no value").get_text() == "–"
    assert "no value" in page.find(class_="toward-note").get_text()


def test_the_csv_holds_bare_numbers_and_runs_nothing() -> None:
    """A spreadsheet gets numbers as numbers, emptiness for None, and no formula from the article's text."""
    link = soup(table()).find("a", download=True)
    head, _, data = link["href"].partition(",")
    assert head == "data:text/csv;charset=utf-8"
    rows = list(csv.reader(io.StringIO(unquote(data).removeprefix("\ufeff"))))
    assert rows == [
        ["Actor", "Mentions", "Tone", "Share", "Sentence"],
        ["Russia", "1200", "-0.314", "0.5", "12"],
        ["'=1+1", "2", "", "", ""],
    ]
    assert not set(link["href"]) & set(" \"<>\n'$")


@pytest.mark.parametrize("text", ["=cmd()", "+1", "-1+cmd|x", "@SUM(1)", "\t=1", "  =1", "\x00=1"])
def test_no_text_begins_a_formula(text: str) -> None:
    """Whatever a spreadsheet would take for a formula begins with an apostrophe in the CSV."""
    body = next(csv.reader(io.StringIO(Table([[text]], columns=["x"], caption="c").csv_text.split("\r\n", 1)[1])))
    assert body[0].startswith("'")


@pytest.mark.parametrize("text", HOSTILE)
def test_a_table_shows_the_articles_text(text: str) -> None:
    """Hostile text in caption, head, cell and note stays text."""
    page = soup(Table([[text, 1]], columns=[text, "n"], caption=text, note=text))
    assert not page.find_all(["script", "img", "iframe", "b"])
    assert page.caption.get_text() == page.thead.th.get_text() == page.tbody.th.get_text() == text


def test_a_sparse_column_of_zeros_is_left_out_and_other_zeros_are_faint() -> None:
    """On the page and in the text it is gone, the CSV keeps it; a zero of another kind of column looks like any number."""
    columns = ["Actor", "Mentions", *(Column(name, sparse=True) for name in ("Role", "Name"))]
    made = Table([["Russia", 2, 0, 2], ["Norway", 0, 0, 0]], columns=columns, caption="Forms")
    page = soup(made)
    assert [th.get_text() for th in page.thead.find_all("th")] == ["Actor", "Mentions", "Name"]
    assert [(td.get_text(), td["class"]) for td in page.tbody.find_all("td")] == [
        *(("2", ["n"]), ("2", ["n"])),
        *(("0", ["n"]), ("0", ["n", "zero"])),
    ]
    assert str(made).splitlines()[1].split() == ["Actor", "Mentions", "Name"]
    assert made.csv_text.split() == ["Actor,Mentions,Role,Name", "Russia,2,0,2", "Norway,0,0,0"]


def test_an_empty_table_says_so() -> None:
    """No rows: the table is there and says that it is empty."""
    page = soup(Table([], columns=["a", "b"], caption="c"))
    assert "Nothing to show" in page.tbody.get_text()
    assert not page.find("a")


def test_a_long_table_is_cut_on_the_page_and_whole_in_its_csv(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page says how many rows it leaves out; the CSV leaves out none."""
    monkeypatch.setattr(show, "TABLE_ROWS_MAX", 3)
    long = Table([[n] for n in range(5)], columns=["n"], caption="c")
    assert len(soup(long).tbody.find_all("tr")) == 3
    assert "first 3 of 5 rows" in soup(long).get_text()
    assert len(long.csv_text.split()) == 6


def test_a_table_refuses_a_row_that_does_not_fit_and_a_missing_caption() -> None:
    """A mistake is an error at once, with the row's place."""
    with pytest.raises(ValueError, match=r"Row 1 .* has 1 cells, not 2"):
        Table([[1, 2], [1]], columns=["a", "b"], caption="c")
    with pytest.raises(ValueError, match="caption"):
        Table([], columns=["a"], caption=" ")


def test_a_table_as_text_is_aligned() -> None:
    """Where HTML is not shown, numbers stand right and texts left."""
    assert str(table(csv=False)).splitlines() == [
        "Tone $5",
        "Actor   Mentions   Tone  Share  Sentence",
        "Russia     1,200  −0.31   50 %  12",
        "=1+1           2      –      –  –",
    ]


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "file:///etc/passwd", "x.html?a"]
)
def test_a_link_leads_nowhere_but_to_pages_and_the_web(href: str) -> None:
    """An address that may not be followed leaves its text."""
    assert Link("here", href).html() == "here"
    assert 'rel="noopener noreferrer"' in Link("here", "https://example.org/?a=1&b=2").html()
    assert Link("here", "page.html#s3").html() == '<a href="page.html#s3">here</a>'
