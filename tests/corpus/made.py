"""Rows made without a model: what the tests of a corpus score with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from analysis.collection import PARTS, signature, table_of
from analysis.corpus.chunk import Chunk, ScoredChunk, parquet_bytes


def scored(chunk: Chunk) -> ScoredChunk:
    """A sentence a line; the tone toward whoever the line begins with is +0.5 for a line that ends in "!", else -0.5.

    An article that holds "poison" fails, as an article does that no scorer can read.
    """
    rows: dict[str, list[tuple]] = {name: [] for name in PARTS}
    errors = [(item.id, item.where, item.kind, item.reason, item.detail) for item in chunk.refusals]
    words = 0
    for article in chunk.articles:
        if "poison" in article.text:
            errors.append((article.id, article.source, "failed", "could not be scored", "ValueError: poison"))
            continue
        lines = [line for line in article.text.splitlines() if line.strip()]
        count = len(article.text.split())
        words += count
        rows["articles"].append(
            (article.id, article.title, article.outlet, article.date, article.source, article.sha256, count, len(lines))
        )
        rows["signatures"].append((article.id, [], signature(article.text)))
        for number, line in enumerate(lines, start=1):
            actor, tone = line.split()[0], 0.5 if line.endswith("!") else -0.5
            rows["sentences"].append((article.id, number, "body", 0, len(line), line, None))
            chances = (0.0, 0.5, 0.5) if tone > 0 else (0.5, 0.5, 0.0)
            rows["mentions"].append(
                (
                    article.id,
                    number,
                    "body",
                    actor,
                    "person",
                    "name",
                    actor,
                    0,
                    len(actor),
                    tone,
                    *chances,
                    True,
                    "narrator",
                    1.0,
                )
            )
        for actor in dict.fromkeys(line.split()[0] for line in lines):
            rows["actors"].append((article.id, actor, "person", 1, 1, None, None, None, 1, None, 1))
    tables = {name: table_of(name, found) for name, found in rows.items()}
    return ScoredChunk(
        chunk.number,
        {name: parquet_bytes(table) for name, table in tables.items()},
        {name: table.num_rows for name, table in tables.items()},
        tuple(errors),
        len(rows["articles"]),
        words,
    )


@dataclass
class Stub:
    """Workers that need no model; they stop after so many chunks, as if they were killed.

    seen: the numbers of the chunks they scored. backwards: give what is done in another order than it was asked for.
    """

    stop: int | None = None
    backwards: bool = False
    seen: list[int] = field(default_factory=list)

    def each(self, _work: object, chunks: Iterator[Chunk]) -> Iterator[ScoredChunk]:
        found = reversed(list(chunks)) if self.backwards else chunks
        for chunk in found:
            if self.stop is not None and len(self.seen) >= self.stop:
                raise KeyboardInterrupt
            self.seen.append(chunk.number)
            yield scored(chunk)


def corpus(count: int = 12) -> list[dict[str, str]]:
    """Articles of three outlets in two months, a row each."""
    outlets = ("The Wire", "Daily Blaze", "State Gazette")
    return [
        {
            "id": f"a{number}",
            "text": "\n".join(
                f"{actor} {word} in place {number} on day {day} of the week{'!' if number % 3 == 1 else '.'}"
                for day, (actor, word) in enumerate((("Hale", "walks"), ("Hale", "talks"), ("Moss", "rests")))
            ),
            "outlet": outlets[number % 3],
            "date": f"2024-0{1 + number % 2}-10",
        }
        for number in range(count)
    ]
