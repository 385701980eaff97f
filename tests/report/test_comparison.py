"""The page that compares: built from scored rows, so that no model is needed; what is compared, and what it leads to."""

from __future__ import annotations

import nbformat
import pytest
from bs4 import BeautifulSoup

from analysis import report
from analysis.corpus import score_corpus
from analysis.errors import ArticleError, UnreadableCorpus
from analysis.report import ReportExporter
from analysis.report.comparison import _addresses, _set
from analysis.study import notebook_paths
from tests.collection.test_compare import ROWS
from tests.corpus.made import Stub


@pytest.fixture(scope="module")
def scored(tmp_path_factory):
    place = tmp_path_factory.mktemp("compared") / "press of 2024"
    score_corpus(ROWS, place, workers=Stub())
    return place


def test_several_articles_are_compared(tmp_path):
    """Two files, a folder, a table; not one article, and not the chosen one."""
    for name in ("a.txt", "b.txt", "c.csv"):
        (tmp_path / name).write_text("text\nNorway won.\n")
    one, other, table = (tmp_path / name for name in ("a.txt", "b.txt", "c.csv"))
    assert all(map(report.is_several, ([one, other], [tmp_path], [table])))
    assert not any(map(report.is_several, ([one], [None])))


def test_the_files_of_a_folder_get_a_report_each(tmp_path, scored, monkeypatch):
    """Those that are articles; none where there are too many, and none of scored rows."""
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(f"Norway won {name}.\n")
    (tmp_path / "empty.txt").write_text("")
    assert [path.name for path in report.article_paths(tmp_path)] == ["a.txt", "b.txt"]
    assert report.article_paths(scored) == report.article_paths(tmp_path / "a.txt") == []
    monkeypatch.setattr("analysis.report.comparison.SINGLE_REPORTS_MAX", 1)
    assert report.article_paths(tmp_path) == []


def test_a_report_of_one_article_has_no_comparison(tmp_path):
    """Its notebooks are all but the one on several articles."""
    (tmp_path / "a.txt").write_text("Norway won.\n")
    names = [path.stem for path in report.notebooks_of(tmp_path / "a.txt", 2)]
    assert not [name for name in names if name.startswith("10")]
    assert len(names) > 6


def test_parameters_are_set_as_literals():
    """Quotes in a name stay in it; what is not given stays None."""
    (path,) = [path for path in notebook_paths() if path.stem.startswith("10")]
    notebook = nbformat.read(path, as_version=4)
    _set(notebook, actor="O\"Neill's", by=None)
    (cell,) = [cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", [])]
    space: dict = {}
    exec(cell.source, space)
    assert (space["articles"], space["actor"], space["by"]) == (None, "O\"Neill's", None)


def test_single_reports_are_listed(tmp_path):
    """On the page, relative to it, with nothing in a title that a page would run; a page without any has no list."""
    reports = _addresses({"<b>a</b>": tmp_path / "a" / "index.html"}, tmp_path / "flood")
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# T?")])
    for wanted, links in ((reports, [("../a/index.html", "<b>a</b>")]), ([], [])):
        page, _ = ReportExporter().from_notebook_node(notebook, resources={"reports": wanted})
        section = BeautifulSoup(page, "html5lib").select("main section[aria-labelledby=singles] a")
        assert [(link["href"], link.get_text()) for link in section] == links


def test_what_cannot_be_compared_is_a_sentence(tmp_path, scored):
    """An empty folder; an actor who is not there."""
    (tmp_path / "empty").mkdir()
    with pytest.raises(UnreadableCorpus):
        report.build_comparison([tmp_path / "empty"], out=tmp_path)
    with pytest.raises(ArticleError, match="Hale"):
        report.build_comparison([scored], out=tmp_path, actor="Nobody")
    assert [path.name for path in tmp_path.iterdir()] == ["empty"]


@pytest.mark.slow
def test_the_page_tells_outlets_apart(tmp_path, scored):
    """Its answer stands on top; the same input gives the same bytes; nothing runs in it."""
    page = report.build_comparison([scored], out=tmp_path / "one", by="outlet")
    assert page == tmp_path.resolve() / "one" / "press-of-2024" / "index.html"
    text = page.read_text("utf-8")
    soup = BeautifulSoup(text, "html5lib")
    shown = " ".join(soup.main.get_text().split())
    assert "Gazette words Hale more positively than Lantern" in shown
    assert "Wire more positively" not in shown
    assert "Hale lied about warning number l1." in shown
    assert not soup.find_all("script")
    assert str(tmp_path) not in text
    again = report.build_comparison([scored], out=tmp_path / "two", by="outlet")
    assert again.read_bytes() == page.read_bytes()
