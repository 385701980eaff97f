"""A chunk of articles becomes the rows of every frame: what a worker does.

It needs nothing but the articles and the options, and keeps nothing but its models, which it loads once.
"""

from __future__ import annotations

import ctypes
import gc
import io
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .. import cache
from ..collection import PARTS, rows_of_study, table_of
from ..errors import MissingPart, ModelError, TowardError
from ..language import parse_together
from ..model import Article, Parse
from ..readers import Refusal
from ..study import Study
from ..tone import Scorer, find_scorer, scored_together

if TYPE_CHECKING:
    import pyarrow

ENCODER = "encoder"
"""The scorer that reads the sentences of many articles at once."""

Rows = dict[str, list[tuple[Any, ...]]]
"""Rows by the name of their frame."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some articles of a corpus that are scored and written together.

    Attributes:
        number: its number, from 0.
        articles: the articles, in the order of the corpus.
        refusals: rows and files among them that gave no article.
    """

    number: int
    articles: tuple[Article, ...]
    refusals: tuple[Refusal, ...] = ()


@dataclass(frozen=True, slots=True)
class ScoredChunk:
    """A chunk that was scored.

    Attributes:
        number: the chunk's number.
        files: a Parquet file for each frame, by name.
        rows: how many rows each frame has.
        errors: the rows of the frame ``errors``.
        articles: how many articles were scored.
        words: how many words they have.
    """

    number: int
    files: dict[str, bytes]
    rows: dict[str, int]
    errors: tuple[tuple[Any, ...], ...]
    articles: int
    words: int


_ONE_AT_A_TIME = threading.Lock()
"""The pipeline is not made for threads; a worker with several of them gives the others time to read and write."""


def score_chunk(chunk: Chunk, scorer: str | Scorer) -> ScoredChunk:
    """Score the articles of a chunk.

    Args:
        chunk: the articles.
        scorer: the name of a registered scorer, or an object that is one.

    Returns:
        The rows of the articles that could be scored; of each other one a row that says why, and no part of its rows.
    """
    with _ONE_AT_A_TIME, cache.paused(), _searched_once():
        found, failures = _rows(chunk.articles, find_scorer(scorer))
    failed = {ident for ident, *_ in failures}
    errors = [
        *((item.id, item.where, item.kind, item.reason, item.detail) for item in chunk.refusals),
        *((ident, source, "failed", reason, detail) for ident, source, reason, detail in failures),
    ]
    tables = {name: table_of(name, found[name]) for name in PARTS}
    words = sum(row[6] for row in found["articles"])
    counts = {name: table.num_rows for name, table in tables.items()}
    files = {name: parquet_bytes(table) for name, table in tables.items()}
    return ScoredChunk(chunk.number, files, counts, tuple(errors), len(chunk.articles) - len(failed), words)


@contextmanager
def _searched_once() -> Iterator[None]:
    """Search for unreachable objects once, behind the block, among those that the block made, so that memory stays flat.

    Articles leave hardly any; what Python's own searches would go through, again and again, are the models and what is found.
    """
    searching = gc.isenabled()
    gc.disable()
    gc.freeze()
    try:
        yield
    finally:
        gc.collect()
        _give_back_memory()
        gc.unfreeze()
        if searching:
            gc.enable()


def _give_back_memory() -> None:
    """Give the system the memory that is free, where the C library can; otherwise pieces of it stay with the worker."""
    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)


def parquet_bytes(table: pyarrow.Table) -> bytes:
    """A table as a Parquet file; the same table gives the same bytes."""
    import pyarrow.parquet

    buffer = io.BytesIO()
    pyarrow.parquet.write_table(table, buffer, compression="zstd")
    return buffer.getvalue()


def _rows(articles: Sequence[Article], scorer: Scorer) -> tuple[Rows, list[tuple[str, str, str, str]]]:
    """The rows of all articles together; where one of them fails, of each by itself, so that only its own are missing."""
    found: Rows = {name: [] for name in PARTS}
    failures: list[tuple[str, str, str, str]] = []
    try:
        _add(found, articles, scorer)
    except (MissingPart, ModelError):
        raise
    except Exception as problem:  # noqa: BLE001 - whatever an article sets off is its own failure, and is written down
        found = {name: [] for name in PARTS}
        if len(articles) == 1:
            (one,) = articles
            return found, [(one.id, one.source, *_reason(problem))]
        half = len(articles) // 2
        for part in (articles[:half], articles[half:]):
            rows, failed = _rows(part, scorer)
            failures += failed
            for name, added in rows.items():
                found[name] += added
    return found, failures


def _reason(problem: Exception) -> tuple[str, str]:
    """A failure in a few words, and in a sentence."""
    if isinstance(problem, TowardError):
        return "could not be scored", str(problem)
    if isinstance(problem, MemoryError):
        return "out of memory", "Its text needs more memory than the worker has."
    return "could not be scored", f"{type(problem).__name__}: {problem}"


def _add(found: Rows, articles: Sequence[Article], scorer: Scorer) -> None:
    """Score some articles together and add their rows. All of them, or an exception and none that counts."""
    studies = [_study(parse, scorer) for parse in parse_together(articles)]
    if scorer.name == ENCODER:
        with scored_together([(study.cast, study.discourse) for study in studies]):
            _add_frames(found, studies)
    else:
        _add_frames(found, studies)


def _study(parse: Parse, scorer: Scorer) -> Study:
    study = Study(parse.article, scorer=scorer)
    study.__dict__["parse"] = parse  # what the study would compute for itself, sentence for sentence
    return study


def _add_frames(found: Rows, studies: Iterable[Study]) -> None:
    for study in studies:
        for name, rows in rows_of_study(study).items():
            found[name] += rows


def lost(chunk: Chunk) -> ScoredChunk:
    """What becomes of a single article whose worker dies of it."""
    (article,) = chunk.articles
    row = (article.id, article.source, "failed", "its worker died", "Every worker that scored it was killed: too much memory?")
    empty = {name: table_of(name, []) for name in PARTS}
    return ScoredChunk(
        chunk.number, {name: parquet_bytes(table) for name, table in empty.items()}, dict.fromkeys(PARTS, 0), (row,), 0, 0
    )


def together(chunk: Chunk, parts: Sequence[ScoredChunk]) -> ScoredChunk:
    """A chunk of what became of its articles one by one."""
    import pyarrow
    import pyarrow.parquet

    tables = {
        name: pyarrow.concat_tables([pyarrow.parquet.read_table(io.BytesIO(part.files[name])) for part in parts])
        for name in PARTS
    }
    refused = tuple((item.id, item.where, item.kind, item.reason, item.detail) for item in chunk.refusals)
    return ScoredChunk(
        chunk.number,
        {name: parquet_bytes(table) for name, table in tables.items()},
        {name: table.num_rows for name, table in tables.items()},
        refused + tuple(row for part in parts for row in part.errors),
        sum(part.articles for part in parts),
        sum(part.words for part in parts),
    )
