"""Score a corpus chunk by chunk, on this machine or on many. A run that was killed goes on where it stopped.

One process reads the corpus, cuts it into chunks, sends them to workers and writes what comes back. No other process writes.
Each file is written under a temporary name and then renamed, and a chunk's file in ``done/`` is written last. So a chunk
without that file is scored again, and a chunk with it is whole.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import __version__, cache
from ..collection import (
    MANIFEST,
    SCHEMA_VERSION,
    ArticleSignature,
    ListedName,
    Match,
    find_copies,
    is_scored,
    match_actors,
    need,
    read_manifest,
    read_table,
    table_of,
)
from ..constants import CHUNK_CHARS, CHUNK_FIRST_CHARS, CHUNK_REFUSALS, DEFAULT_SCORER
from ..errors import CorpusError, UnreadableCorpus
from ..language import pipeline_version
from ..model import Article
from ..readers import UNREAD_DATE, Refusal, read_corpus
from ..tone import find_scorer, version_of
from .chunk import Chunk, ScoredChunk, parquet_bytes, score_chunk
from .workers import Workers, check_number, workers_for

if TYPE_CHECKING:
    from ..tone import Scorer

STEPS = (
    *(
        "model.py",
        "safe_text.py",
        "constants.py",
        "errors.py",
        "readers",
        "language.py",
        "study",
        "actors",
        "discourse",
        "tone",
    ),
    "resources/lexicons",
    "resources/coreference/coreference.json",
    "resources/stances",
    "resources/encoder/encoder.json",
)
"""What the rows of a corpus depend on, beside the texts. The descriptions of both models hold the checksums of their files."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is.

    Attributes:
        articles: articles that this run has scored.
        found: articles that an earlier run had scored.
        failed: articles that were left out: skipped, refused, or failed.
        total: articles in the corpus, estimated; None where it is not known.
        seconds: seconds since the first chunk was sent.
    """

    articles: int
    found: int
    failed: int
    total: int | None
    seconds: float

    @property
    def rate(self) -> float | None:
        """Articles a second of this run; None before the first chunk is back."""
        return self.articles / self.seconds if self.articles and self.seconds > 0 else None

    @property
    def left(self) -> float | None:
        """Seconds left; None where the total is not known."""
        if self.total is None or not self.rate:
            return None
        return max(0.0, (self.total - self.articles - self.found - self.failed) / self.rate)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run ended with. All figures but ``new`` are of the whole corpus, not of the last run alone.

    Attributes:
        folder: the folder of the scored corpus.
        articles: articles that were scored.
        words: words in them.
        errors: articles that were not scored, by kind: skipped, refused, failed.
        copies: articles that are copies of others.
        new: articles that this run scored.
        unread_dates: articles whose date could not be read. They have the one that their text states, or none.
        unread_date: why the first of them could not.
    """

    folder: Path
    articles: int
    words: int
    errors: Mapping[str, int]
    copies: int
    new: int
    unread_dates: int = 0
    unread_date: str = ""

    @property
    def bad(self) -> int:
        """Articles that should have given rows and did not."""
        return self.errors.get("refused", 0) + self.errors.get("failed", 0)


def score_corpus(
    source: Any,
    out: str | Path,
    *,
    scorer: str | Scorer = DEFAULT_SCORER,
    columns: Mapping[str, str] | None = None,
    registry: str | Path | None = None,
    workers: int | str | Workers = 1,
    progress: Callable[[Progress], None] | None = None,
    chunk_chars: int = CHUNK_CHARS,
) -> Outcome:
    """Score every article of a corpus and write its frames as Parquet.

    Args:
        source: what ``read_corpus`` reads: tables, folders, archives, DataFrames, articles.
        out: the folder to write. Where an earlier run with the same options began it, the run goes on from there.
        scorer: as for ``open_article``.
        columns: which column of a table holds what (see ``read_corpus``).
        registry: corrections for all articles, a TOML file; they decide which names mean one actor. None: there are none.
        workers: how many processes on this machine, or the address of a Dask scheduler ("tcp://..."), or a ``Workers`` object.
        progress: called with a ``Progress`` each time a chunk comes back.
        chunk_chars: characters scored between two writes.

    Returns:
        How many articles were scored, and how many were not, by reason.

    Raises:
        CorpusError: the folder belongs to something else, to another version or other options; the corpus has changed; the
            scheduler does not answer; the disk is full.
        UnreadableCorpus: there is nothing to read.
        RegistryError: the corrections have a mistake.

    Example:
        >>> from tempfile import mkdtemp
        >>> from analysis import read_text
        >>> articles = [read_text("Norway rescued the crew."), read_text("Sweden waits.")]
        >>> score_corpus(articles, f"{mkdtemp()}/scores", scorer="clause").articles
        2
    """
    need("pyarrow", "datasketch")
    check_number(workers)
    folder, chosen = Path(out), find_scorer(scorer)
    if registry is not None:
        match_actors([], registry=registry)  # a mistake in it is said before anything is scored
    plan = {
        "schema": SCHEMA_VERSION,
        "toward": __version__,
        "method": hashlib.sha256(f"{cache.code_version(*STEPS)} {pipeline_version()}".encode()).hexdigest()[:16],
        "scorer": " ".join(filter(None, (chosen.name, version_of(chosen)))),
        "columns": dict(columns or {}),
        "chunk_chars": chunk_chars,
    }
    items = read_corpus(source, columns=columns)
    first = next(items, None)  # what is wrong with the corpus as a whole is said before a folder is made
    if first is None:
        raise UnreadableCorpus("The corpus has no article and no row, so that there is nothing to score.")
    with _said(folder), _begun(folder, plan):
        run = _Run(folder, _size_of(source), progress)
        with workers_for(workers) as hired:
            chunks = run.missing(cut(chain([first], items), chunk_chars))
            for scored in hired.each(partial(score_chunk, scorer=scorer), chunks):
                run.write(scored)
        run.check_end()
        return _finished(folder, plan, run, registry)


def cut(items: Iterable[Article | Refusal], chunk_chars: int) -> Iterator[Chunk]:
    """Articles in chunks that depend on the corpus alone, the first ones smaller; refusals stand in the chunk they fall
    into."""
    articles: list[Article] = []
    refusals: list[Refusal] = []
    number = size = 0
    for item in items:
        if isinstance(item, Refusal):
            refusals.append(item)
        else:
            articles.append(item)
            size += len(item.text)
        if size >= min(chunk_chars, CHUNK_FIRST_CHARS * (number + 1)) or len(refusals) >= CHUNK_REFUSALS:
            yield Chunk(number, tuple(articles), tuple(refusals))
            articles, refusals, size, number = [], [], 0, number + 1
    if articles or refusals:
        yield Chunk(number, tuple(articles), tuple(refusals))


class _Run:
    """What a run has done so far.

    new: articles it scored. found: those an earlier run did. unread_dates: the reasons why dates could not be read.
    """

    def __init__(self, folder: Path, size: _Size, progress: Callable[[Progress], None] | None) -> None:
        self.folder = folder
        self.new = self.found = self.failed = 0
        self.unread_dates: Counter[str] = Counter()
        self._size, self._progress = size, progress
        self._digests: dict[int, str] = {}
        self._chunks = 0
        self._began: float | None = None

    def missing(self, chunks: Iterable[Chunk]) -> Iterator[Chunk]:
        """The chunks that are not written yet.

        Raises:
            CorpusError: a chunk that is written held other articles.
        """
        for chunk in chunks:
            self._chunks = chunk.number + 1
            digest = _digest(chunk)
            self._size.see(chunk)
            notes = (note for article in chunk.articles for note in article.notes if note.startswith(UNREAD_DATE))
            self.unread_dates.update(note.removeprefix(UNREAD_DATE) for note in notes)
            done = _read_done(self.folder, chunk.number)
            if done is None:
                self._digests[chunk.number] = digest
                self._began = self._began or time.monotonic()
                yield chunk
            elif done["digest"] != digest:
                raise self._changed(f"its part {chunk.number + 1} held other articles")
            else:
                self.found += done["articles"]
                self.failed += len(done["errors"])

    def write(self, scored: ScoredChunk) -> None:
        """Write a chunk; its file in ``done`` comes last and makes it whole."""
        for name, content in scored.files.items():
            _write(self.folder / name / f"part-{scored.number:06}.parquet", content)
        done = {
            "digest": self._digests.pop(scored.number),
            "articles": scored.articles,
            "words": scored.words,
            "rows": scored.rows,
            "errors": scored.errors,
        }
        _write(_done_path(self.folder, scored.number), _json(done))
        self.new += scored.articles
        self.failed += len(scored.errors)
        if self._progress:
            seconds = time.monotonic() - (self._began or time.monotonic())
            self._progress(Progress(self.new, self.found, self.failed, self._size.articles, seconds))

    def check_end(self) -> None:
        """Refuse a corpus that ends before what is written.

        Raises:
            CorpusError: there are more chunks in the folder than in the corpus.
        """
        if len(list((self.folder / "done").glob("*.json"))) > self._chunks:
            raise self._changed("it had more articles")

    def _changed(self, how: str) -> CorpusError:
        return CorpusError(
            f"The corpus is not the one that {self.folder} was begun with: {how}. Nothing was changed. Score it into another "
            "folder."
        )


def _digest(chunk: Chunk) -> str:
    """What tells one chunk of articles from another."""
    known = [(one.id, one.sha256, one.title, one.outlet, one.date) for one in chunk.articles]
    left = [(one.where, one.reason) for one in chunk.refusals]
    return hashlib.sha256(repr((known, left)).encode("utf-8", "backslashreplace")).hexdigest()[:32]


def _done_path(folder: Path, number: int) -> Path:
    return folder / "done" / f"{number:06}.json"


def _read_done(folder: Path, number: int) -> dict[str, Any] | None:
    """What is known of a whole chunk; None where it is not whole."""
    try:
        found: dict[str, Any] = json.loads(_done_path(folder, number).read_text("utf-8"))
    except OSError:
        return None
    except ValueError:
        raise CorpusError(f"{_done_path(folder, number)} is damaged. Remove it, and run the same command again.") from None
    return found


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=True, indent=1) + "\n").encode("ascii")


def _write(path: Path, content: bytes) -> None:
    """A file appears whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
        raise


@contextlib.contextmanager
def _said(folder: Path) -> Iterator[None]:
    """Say in a sentence why a folder cannot be written."""
    try:
        yield
    except OSError as problem:
        raise CorpusError(
            f"{folder} cannot be written: {problem.strerror or problem}. What was scored before is kept: make room, or correct "
            "the path, and run the same command again."
        ) from None


@contextlib.contextmanager
def _begun(folder: Path, plan: Mapping[str, Any]) -> Iterator[None]:
    """A folder that this run alone writes to: a new one, or one that a run with the same plan began.

    Raises:
        CorpusError: it is somebody's else, was begun with another plan, or is being written to.
    """
    if is_scored(folder):
        manifest = read_manifest(folder)
        names = {
            "toward": "version",
            "method": "code",
            "scorer": "scorer",
            "columns": "columns",
            "chunk_chars": "size of chunks",
        }
        for key, name in names.items():
            if manifest.get(key) != plan[key]:
                raise CorpusError(
                    f"{folder} was begun with another {name} ({manifest.get(key)!r}, and this is {plan[key]!r}): rows of both "
                    "would not compare. Score into another folder."
                )
    elif folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CorpusError(f"{folder} holds something that is no scored corpus. Name a folder of its own with --out.")
    else:
        _write(folder / MANIFEST, _json({**plan, "complete": False}))
    with _locked(folder):
        yield


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold the folder for this process; the lock goes with the process, however that ends."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    with (folder / MANIFEST).open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CorpusError(f"Another run is writing to {folder}. Wait for it, or end it.") from None
        yield


class _Size:
    """How many articles a corpus has, as far as that can be told before it is read."""

    def __init__(self, *, articles: int | None = None, size: int | None = None) -> None:
        self._known, self._bytes = articles, size
        self._read = self._read_bytes = 0

    def see(self, chunk: Chunk) -> None:
        """Learn from a chunk how long an article is."""
        self._read += len(chunk.articles) + len(chunk.refusals)
        self._read_bytes += sum(len(article.text.encode("utf-8", "replace")) for article in chunk.articles)

    @property
    def articles(self) -> int | None:
        """The number, or an estimate by size; None where nothing is known."""
        if self._known is not None or not self._bytes or not self._read_bytes:
            return self._known
        return max(self._read, round(self._bytes * self._read / self._read_bytes))


def _size_of(source: Any) -> _Size:
    """What can be known of a corpus at a glance."""
    if not isinstance(source, str | Path):
        return _Size(articles=len(source) if hasattr(source, "__len__") else None)
    path = Path(source).expanduser()
    with contextlib.suppress(OSError, ValueError):
        if path.is_dir():
            return _Size(articles=sum(1 for one in path.rglob("*") if one.is_file()))
        if path.suffix == ".parquet" and path.is_file():
            import pyarrow.parquet

            return _Size(articles=pyarrow.parquet.read_metadata(path).num_rows)
        if path.is_file() and path.suffix in (".jsonl", ".ndjson", ".csv", ".tsv", ".json"):
            return _Size(size=path.stat().st_size)
    return _Size()


def _finished(folder: Path, plan: Mapping[str, Any], run: _Run, registry: str | Path | None) -> Outcome:
    """Write what needs all chunks: the errors, which articles are copies, which names are one actor."""
    done = [json.loads(path.read_text("utf-8")) for path in sorted((folder / "done").glob("*.json"))]
    errors = [tuple(row) for one in done for row in one["errors"]]
    copies = [(one.article, one.copy_of, one.share) for one in find_copies(_signed(folder))]
    matches = [(one.name, one.kind, one.actor, one.actor_kind, one.rule) for one in _matches(folder, registry)]
    for name, rows in (("errors", errors), ("copies", copies), ("names", matches)):
        _write(folder / f"{name}.parquet", parquet_bytes(table_of(name, rows)))
    kinds = Counter(row[2] for row in errors)
    counts = {"articles": sum(one["articles"] for one in done), "words": sum(one["words"] for one in done)}
    manifest = {**plan, "complete": True, **counts, "errors": dict(sorted(kinds.items())), "copies": len(copies)}
    _write(folder / MANIFEST, _json(manifest))
    unread = run.unread_dates
    return Outcome(
        folder, counts["articles"], counts["words"], kinds, len(copies), run.new, unread.total(), next(iter(unread), "")
    )


def _signed(folder: Path) -> Iterator[ArticleSignature]:
    dates = dict(zip(*read_table(folder, "articles", columns=["article", "date"]).to_pydict().values(), strict=True))
    table = read_table(folder, "signatures", columns=["article", "signature"])
    for article, text in zip(*table.to_pydict().values(), strict=True):
        yield ArticleSignature(article, dates.get(article), text)


def _matches(folder: Path, registry: str | Path | None) -> list[Match]:
    actors = read_table(folder, "actors", columns=["actor", "kind"]).group_by(["actor", "kind"]).aggregate([([], "count_all")])
    aliases = read_table(folder, "aliases").group_by(["actor", "kind", "alias"]).aggregate([([], "count_all")])
    forms: dict[tuple[str, str], dict[str, int]] = {}
    for row in aliases.to_pylist():
        forms.setdefault((row["actor"], row["kind"]), {})[row["alias"]] = row["count_all"]
    found = [
        ListedName(row["actor"], row["kind"], row["count_all"], forms.get((row["actor"], row["kind"]), {}))
        for row in actors.to_pylist()
    ]
    return match_actors(found, registry=registry)
