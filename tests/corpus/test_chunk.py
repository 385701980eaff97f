"""A chunk's rows are those of its articles opened one by one, and a poisonous article takes no other with it."""

from __future__ import annotations

import gc
import io
from types import SimpleNamespace

import pytest

from analysis import open_article, read_text
from analysis.collection import PARTS, table_of
from analysis.corpus import chunk as chunk_module
from analysis.corpus.chunk import Chunk, lost, score_chunk, together
from analysis.readers import Refusal
from analysis.study import FRAMES, Study

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("pipeline")]

TEXTS = (
    "Mayor Hale praised the rescuers of Norway.\n\nHale said that Sweden had lied. Critics attacked Hale for the delay.",
    "Sweden lied to Norway.\n\nSweden lied to Norway. Minister Anna Moss, who had blamed Sweden, praised the Red Cross.",
    "It rained on Tuesday.",
)
ARTICLES = tuple(read_text(text, outlet=f"outlet {at}") for at, text in enumerate(TEXTS))


def rows(scored, name):
    import pyarrow.parquet

    return pyarrow.parquet.read_table(io.BytesIO(scored.files[name])).to_pylist()


@pytest.fixture(scope="module")
def chunk():
    return score_chunk(Chunk(0, ARTICLES, (Refusal("row 9", "empty", "It is empty.", "skipped", "r9"),)), "encoder")


def test_the_rows_are_those_of_each_article_alone(chunk, fresh):
    """Every frame; tones and probabilities to a millionth."""
    studies = [open_article(article) for article in ARTICLES]
    for name in FRAMES:
        expected = table_of(name, [row for study in studies for row in study.records(name).rows]).to_pylist()
        found = rows(chunk, name)
        assert len(found) == len(expected)
        for mine, theirs in zip(found, expected, strict=True):
            assert mine == {
                key: pytest.approx(value, abs=1e-6) if isinstance(value, float) else value for key, value in theirs.items()
            }
    assert len(rows(chunk, "mentions")) > 8
    assert len(rows(chunk, "positions")) > 0


def test_what_else_is_known_of_an_article(chunk):
    """Outlet, counts, the sentence that stands twice, and the refusal between them."""
    assert [(row["outlet"], row["words"], row["sentences"]) for row in rows(chunk, "articles")] == [
        ("outlet 0", 19, 3),
        ("outlet 1", 19, 3),
        ("outlet 2", 4, 1),
    ]
    assert [row["repeats"] for row in rows(chunk, "signatures")] == [[], [2], []]
    assert chunk.errors == (("r9", "row 9", "skipped", "empty", "It is empty."),)
    assert (chunk.articles, chunk.words) == (3, 42)


def test_nothing_is_left_in_the_cache(fresh):
    """A corpus would fill it."""
    score_chunk(Chunk(0, ARTICLES), "encoder")
    assert not fresh.exists()


def test_a_poisonous_article_takes_no_other_with_it(monkeypatch, chunk):
    """Whatever an article sets off: it alone has no rows, with its id and the reason; the rows of the others are the same."""
    from analysis.tone import encoder

    read = encoder.read_rows

    def choking(sentences, *more):
        if any("Moss" in text for text in sentences):
            raise RecursionError("too deep")
        return read(sentences, *more)

    monkeypatch.setattr(encoder, "read_rows", choking)
    scored = score_chunk(Chunk(0, ARTICLES), "encoder")
    assert [row[0] for row in scored.errors] == [ARTICLES[1].id]
    assert scored.errors[0][2:] == ("failed", "could not be scored", "RecursionError: too deep")
    left = [row for row in rows(chunk, "mentions") if row["article"] != ARTICLES[1].id]
    assert rows(scored, "mentions") == left


def test_a_chunk_leaves_the_search_for_unreachable_objects_as_it_was():
    """On where it was on and off where it was off, with no object that it passes over; no study of the chunk is left."""
    before = sum(type(found) is Study for found in gc.get_objects())
    for search in (gc.disable, gc.enable):
        search()
        expected = gc.isenabled()
        score_chunk(Chunk(0, ARTICLES[2:]), "encoder")
        assert (gc.isenabled(), gc.get_freeze_count()) == (expected, 0)
    assert sum(type(found) is Study for found in gc.get_objects()) == before


def test_memory_is_given_back_where_the_c_library_can(monkeypatch):
    """Elsewhere a chunk is scored all the same."""
    asked = []
    for library in (SimpleNamespace(malloc_trim=asked.append), SimpleNamespace()):
        monkeypatch.setattr(chunk_module.ctypes, "CDLL", lambda _, library=library: library)
        assert score_chunk(Chunk(0, ARTICLES[2:]), "encoder").articles == 1
    assert asked == [0]


def test_articles_sent_one_by_one_make_the_same_chunk(chunk):
    """What is done after workers died, with the one that kills them left out."""
    parts = [score_chunk(Chunk(0, (article,)), "encoder") for article in ARTICLES]
    whole = together(Chunk(0, ARTICLES, (Refusal("row 9", "empty", "It is empty.", "skipped", "r9"),)), parts)
    assert (whole.errors, whole.articles, whole.words, whole.rows) == (chunk.errors, chunk.articles, chunk.words, chunk.rows)
    for name in PARTS:
        assert [row["article"] for row in rows(whole, name)] == [row["article"] for row in rows(chunk, name)]
    dead = lost(Chunk(0, ARTICLES[:1]))
    assert (dead.articles, dead.errors[0][0], dead.errors[0][3]) == (0, ARTICLES[0].id, "its worker died")
