"""Questions in SQL: the views, intervals that are those of the estimates, and nothing that writes."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from analysis.collection import TABLES, VIEWS
from analysis.corpus import ask, score_corpus
from analysis.errors import CorpusError
from analysis.estimates import SentenceTone, ToneSums, mean_across
from tests.corpus.made import Stub, corpus


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The made corpus with one copy of its first article, scored."""
    place = tmp_path_factory.mktemp("asked") / "out"
    copy = corpus()[0] | {"id": "copy", "outlet": "Local Post", "date": "2024-03-01"}
    score_corpus([*corpus(), copy], place, workers=Stub(), chunk_chars=500)
    return place


def test_every_table_and_view_can_be_asked(folder):
    """And each is listed."""
    for name in (*TABLES, *VIEWS):
        assert ask(folder, f"SELECT * FROM {name}").columns


def test_tone_by_outlet_is_what_the_estimates_say(folder):
    """The mean, the interval and the counts, computed from the sentences by the estimates themselves."""
    found = ask(folder, "SELECT actor, outlet, articles, n, tone, lo, hi FROM tone_by_outlet ORDER BY ALL")
    assert len(found.rows) == 6
    for actor, outlet, articles, n, tone, lo, hi in found.rows:
        rows = ask(
            folder, f"SELECT article, sentence, tone, doubt FROM tones WHERE actor = '{actor}' AND outlet = '{outlet}'"
        ).rows
        by_article = {}
        for article, *reading in rows:
            by_article.setdefault(article, []).append(SentenceTone(*reading))
        expected = mean_across(ToneSums.of(by_article.values()))
        assert (articles, n) == (len(by_article), expected.n)
        assert (tone is None) == (expected.value is None)
        if tone is not None:
            assert (tone, lo, hi) == pytest.approx((expected.value, expected.lo, expected.hi), abs=0.01)


def test_copies_are_counted_once(folder):
    """The copy stands in the table, and in no view."""
    assert ask(folder, "SELECT copy_of FROM articles WHERE article = 'copy'").rows == (("a0",),)
    assert ask(folder, "SELECT count(*) FROM tones WHERE article = 'copy'").rows == ((0,),)


def test_months_are_those_of_the_dates(folder):
    """Two of them, six articles each."""
    rows = ask(folder, "SELECT month, count(DISTINCT article) FROM tones GROUP BY month ORDER BY month").rows
    assert rows == (("2024-01", 6), ("2024-02", 6))


def test_the_sentences_behind_a_cell(folder):
    """With their words."""
    rows = ask(folder, "SELECT text, tone FROM cell_sentences WHERE actor = 'Moss' AND article = 'a1'").rows
    assert rows == (("Moss rests in place 1 on day 2 of the week!", 0.5),)


@pytest.mark.parametrize(
    "question",
    [
        "DROP TABLE names",
        "INSERT INTO names SELECT * FROM names",
        "COPY names TO 'stolen.csv'",
        "SELECT 1; SELECT 2",
        "ATTACH 'other.db'",
        "CREATE TABLE x AS SELECT 1",
        "SET enable_external_access = true",
        "PRAGMA database_list",
        "",
        "SELECT * FROM read_csv('/etc/hostname')",
    ],
)
def test_what_is_no_question_is_refused(folder, question, tmp_path, monkeypatch):
    """In a sentence; no file is made, and none beside the corpus is read."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CorpusError, match="question"):
        ask(folder, question)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("question", "hint"),
    [("SELECT * FROM tone_by_actr", "tone_by_actor"), ("SELECT actr FROM tones", "actor"), ("SELEC 1", "syntax")],
)
def test_wrong_sql_names_the_nearest(folder, question, hint):
    """What was wrong and what there is."""
    with pytest.raises(CorpusError, match=hint):
        ask(folder, question)


def test_no_corpus_is_a_sentence(tmp_path):
    """With the command that makes one."""
    with pytest.raises(CorpusError, match="toward score"):
        ask(tmp_path, "SELECT 1")


def test_answers_are_written_as_csv(folder, tmp_path):
    """Nothing in place of a missing value."""
    answer = ask(folder, "SELECT 'a, b' AS one, NULL AS none, 0.5 AS half")
    answer.write(tmp_path / "answer.csv")
    assert list(csv.reader(io.StringIO((tmp_path / "answer.csv").read_text()))) == [
        ["one", "none", "half"],
        ["a, b", "", "0.5"],
    ]


@pytest.mark.parametrize("name", ["answer.csv", "answer.xlsx"])
def test_a_full_disk_leaves_the_older_answer(folder, tmp_path, monkeypatch, name):
    """A sentence says why, and neither half a file nor a temporary one is left."""
    path = tmp_path / name
    path.write_text("older")

    def full(part: Path, content: bytes) -> int:
        with part.open("wb") as file:
            file.write(content[:3])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(CorpusError, match="No space left on device"):
        ask(folder, "SELECT 1 AS one").write(path)
    assert [one.read_text() for one in tmp_path.iterdir()] == ["older"]


def test_a_sheet_holds_no_formula(folder, tmp_path):
    """Text that begins with "=" stays text, numbers stay numbers, and signs that a sheet may not hold are replaced."""
    from openpyxl import load_workbook

    answer = ask(folder, "SELECT '=1+1' AS sum, 2 AS two, chr(1) AS odd")
    answer.write(tmp_path / "answer.xlsx")
    rows = list(load_workbook(tmp_path / "answer.xlsx").active.rows)
    assert [(cell.value, cell.data_type) for cell in rows[1]] == [("=1+1", "s"), (2, "n"), ("�", "s")]


@pytest.mark.parametrize(("name", "message"), [("answer.doc", "neither"), ("nowhere/answer.csv", "cannot be written")])
def test_a_file_that_cannot_be_written_is_a_sentence(folder, tmp_path, name, message):
    """Another ending, or no such folder."""
    with pytest.raises(CorpusError, match=message):
        ask(folder, "SELECT 1").write(tmp_path / name)
