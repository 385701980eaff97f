"""A corpus is scored in chunks; a run that was ended goes on and ends with the same rows."""

from __future__ import annotations

import json

import pytest

from analysis.collection import read_table
from analysis.constants import CHUNK_FIRST_CHARS
from analysis.corpus import score_corpus
from analysis.corpus.score import Progress, cut
from analysis.errors import CorpusError, RegistryError, UnreadableCorpus
from analysis.readers import Refusal, read_text
from tests.corpus.made import Stub, corpus

CHUNK = 300
"""Characters a chunk: three made articles."""


def scored(out, rows=None, *, workers=None, **options):
    return score_corpus(rows or corpus(), out, workers=workers or Stub(), chunk_chars=CHUNK, **options)


def files(folder):
    """Every file of a folder and its bytes."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_every_article_has_rows(tmp_path):
    """Twelve articles in, twelve out, in the order of the corpus; nothing is left over."""
    outcome = scored(tmp_path / "out")
    assert (outcome.articles, outcome.new, dict(outcome.errors), outcome.bad) == (12, 12, {}, 0)
    assert read_table(tmp_path / "out", "articles").column("article").to_pylist() == [f"a{number}" for number in range(12)]
    assert not [name for name in files(tmp_path / "out") if "part" in name.rsplit(".", 1)[-1]]


@pytest.mark.parametrize("stop", [0, 1, 2, 3])
def test_an_ended_run_goes_on_and_ends_with_the_same_bytes(tmp_path, stop):
    """Whatever was written stays, the rest alone is scored, and no file differs from those of an undisturbed run."""
    scored(tmp_path / "whole")
    with pytest.raises(KeyboardInterrupt):
        scored(tmp_path / "out", workers=Stub(stop=stop))
    rest = Stub()
    outcome = scored(tmp_path / "out", workers=rest)
    assert rest.seen == list(range(stop, 4))
    assert outcome.articles == 12
    assert files(tmp_path / "out") == files(tmp_path / "whole")


def test_chunks_may_come_back_in_any_order(tmp_path):
    """Many workers finish when they finish."""
    scored(tmp_path / "whole")
    scored(tmp_path / "out", workers=Stub(backwards=True))
    assert files(tmp_path / "out") == files(tmp_path / "whole")


def test_a_chunk_without_its_last_file_is_made_again(tmp_path):
    """Killed between two files: what stands there is overwritten, what is half written is no file of the frame."""
    scored(tmp_path / "whole")
    scored(tmp_path / "out")
    (tmp_path / "out" / "done" / "000001.json").unlink()
    (tmp_path / "out" / "mentions" / "part-000001.parquet").write_bytes(b"half")
    (tmp_path / "out" / "mentions" / ".part-000001.parquet.part").write_bytes(b"half")
    again = Stub()
    scored(tmp_path / "out", workers=again)
    assert again.seen == [1]
    assert files(tmp_path / "out") == files(tmp_path / "whole")


def test_a_whole_corpus_is_not_scored_again(tmp_path):
    """The same command once more finds nothing to do."""
    scored(tmp_path / "out")
    again = Stub()
    outcome = scored(tmp_path / "out", workers=again)
    assert (again.seen, outcome.articles, outcome.new) == ([], 12, 0)


def test_what_gives_no_rows_is_written_down(tmp_path):
    """Refused by the reader, skipped by it, or failed: an id, a place and a reason each."""
    rows = [*corpus(3), {"id": "empty", "text": ""}, {"id": "bad", "text": "Hale is poison."}, {"id": "odd", "text": 7}]
    outcome = scored(tmp_path / "out", rows)
    found = read_table(tmp_path / "out", "errors").to_pylist()
    assert [(row["article"], row["kind"]) for row in found] == [("empty", "skipped"), ("odd", "refused"), ("bad", "failed")]
    assert all(row["reason"] and row["source"] for row in found)
    assert (outcome.articles, outcome.bad) == (3, 2)


def test_dates_that_cannot_be_read_are_counted(tmp_path):
    """Those that an earlier run scored too, with the reason of the first; a row without a date is none of them."""
    dates = ("2024-05-03", "05/03/2024", "soon", "", "05/04/2024")
    rows = [{"id": f"a{number}", "text": f"Hale won {number}.", "date": date} for number, date in enumerate(dates)]
    for _ in range(2):
        outcome = scored(tmp_path / "out", rows)
        assert outcome.unread_dates == 3
        assert outcome.unread_date.startswith("the date '05/03/2024' can be read in two ways. Write it as year, month, day")


def test_a_corpus_without_a_row_is_refused(tmp_path):
    """Before a folder is made."""
    (tmp_path / "rows.csv").write_text("id,text\n")
    with pytest.raises(UnreadableCorpus, match="no article and no row"):
        scored(tmp_path / "out", tmp_path / "rows.csv")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("change", "message"),
    [({"toward": "0.0.1"}, "another version"), ({"method": "x"}, "another code"), ({"scorer": "x"}, "another scorer")],
)
def test_another_version_or_option_is_refused(tmp_path, change, message):
    """Rows of two kinds do not compare; nothing is written."""
    scored(tmp_path / "out")
    manifest = tmp_path / "out" / "manifest.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | change))
    before = files(tmp_path / "out")
    with pytest.raises(CorpusError, match=message):
        scored(tmp_path / "out")
    assert files(tmp_path / "out") == before


def test_another_layout_is_refused(tmp_path):
    """A later version wrote it."""
    scored(tmp_path / "out")
    (tmp_path / "out" / "manifest.json").write_text('{"schema": 99}')
    with pytest.raises(CorpusError, match="version 99 of the layout"):
        scored(tmp_path / "out")


@pytest.mark.parametrize(
    ("rows", "message"),
    [(corpus()[1:], "held other articles"), (corpus(6), "had more articles")],
)
def test_another_corpus_is_refused(tmp_path, rows, message):
    """A folder holds the rows of one corpus."""
    scored(tmp_path / "out")
    with pytest.raises(CorpusError, match=message):
        scored(tmp_path / "out", rows)


def test_somebody_elses_folder_is_refused(tmp_path):
    """Nothing is written among other files."""
    (tmp_path / "thesis.doc").write_text("mine")
    with pytest.raises(CorpusError, match="no scored corpus"):
        scored(tmp_path)
    assert list(files(tmp_path)) == ["thesis.doc"]


def test_two_runs_do_not_write_to_one_folder(tmp_path):
    """The second says so."""

    class Second:
        def each(self, _work, chunks):
            scored(tmp_path / "out")
            yield from ()

    with pytest.raises(CorpusError, match="Another run"):
        scored(tmp_path / "out", workers=Second())


def test_a_full_disk_is_a_sentence(tmp_path, monkeypatch):
    """What was written stays; the half-written file goes."""
    import os

    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CorpusError, match="No space left"):
        scored(tmp_path / "out")
    assert not [name for name in files(tmp_path) if name.endswith(".part")]


def test_mistaken_corrections_are_said_before_anything_is_scored(tmp_path):
    """A typing error does not cost a night."""
    (tmp_path / "actors.toml").write_text("nonsense = 1\n")
    with pytest.raises(RegistryError, match="nonsense"):
        scored(tmp_path / "out", registry=tmp_path / "actors.toml")
    assert not (tmp_path / "out").exists()


def test_corrections_may_change_between_runs(tmp_path):
    """They decide which names are one actor, which is settled at the end."""
    scored(tmp_path / "out")
    (tmp_path / "actors.toml").write_text('[[actor]]\nname = "Moss"\nmerge = ["Hale"]\n')
    again = Stub()
    scored(tmp_path / "out", workers=again, registry=tmp_path / "actors.toml")
    assert again.seen == []
    assert set(read_table(tmp_path / "out", "names").column("actor").to_pylist()) == {"Moss"}


def test_chunks_depend_on_the_corpus_alone():
    """The first are smaller, none splits an article, refusals stand where they fell."""
    text = "x" * (CHUNK_FIRST_CHARS // 2)
    articles = [read_text(f"{text} {number}") for number in range(8)]
    chunks = list(cut([Refusal("row 1", "empty", "It is empty.", "skipped"), *articles], 10**9))
    assert [len(chunk.articles) for chunk in chunks] == [2, 4, 2]
    assert [len(chunk.refusals) for chunk in chunks] == [1, 0, 0]
    assert [len(chunk.articles) for chunk in cut(articles, len(text))] == [1] * 8


def test_rate_and_time_left():
    """100 articles in 50 seconds are 2 a second; 40 of 200 are left beside 50 found and 10 that failed: 20 seconds."""
    progress = Progress(100, 50, 10, 200, 50.0)
    assert (progress.rate, progress.left) == (2.0, 20.0)
    assert Progress(0, 0, 0, 200, 1.0).left is None
    assert Progress(10, 0, 0, None, 1.0).left is None


@pytest.mark.parametrize("workers", [0, -1, True])
def test_no_workers_are_refused(tmp_path, workers):
    """A number from one on."""
    with pytest.raises(CorpusError, match="workers"):
        score_corpus(corpus(), tmp_path / "out", workers=workers)


def test_a_scheduler_that_is_away_is_a_sentence(tmp_path, monkeypatch):
    """With what to do next."""
    monkeypatch.setattr("analysis.corpus.workers.SCHEDULER_SECONDS", 0.3)
    with pytest.raises(CorpusError, match="No scheduler answers"):
        score_corpus(corpus(), tmp_path / "out", workers="tcp://127.0.0.1:9")
