"""Blind input for torch models: token ids in which placeholders stand where names stood.

The text rules (which words count as a repetition of the target) are the shipped ones, imported from
`analysis.tone.encoder`, so that training and use cannot drift apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.tone import cut_pieces, repetitions, window_bounds

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Example:
    """One sentence with one target, or with a pair of names, and what is known about it.

    text: the sentence.
    first, second: (start, end) of the target, and of the other name for a pair; None where there is no pair.
    label: class index (3 classes for one target, 5 for a pair), or None.
    """

    text: str
    first: Span
    second: Span | None = None
    label: int | None = None


@dataclass(frozen=True, slots=True)
class Marks:
    """Token ids that a model puts at the ends of a sentence and in the place of names."""

    begin: int
    end: int
    pad: int
    first: int
    second: int


def encode(examples: Sequence[Example], tokenizer: Any, marks: Marks, *, limit: int) -> list[np.ndarray]:
    """Turn examples into blind token ids.

    Args:
        examples: what to encode.
        tokenizer: a `tokenizers.Tokenizer` without truncation or padding.
        marks: the model's special ids.
        limit: the most tokens a row may have, begin and end included; longer ones are cut around the names.

    Returns:
        One int64 array of token ids for each example.
    """
    rows: list[np.ndarray] = []
    for example in examples:
        firsts = [example.first, *repetitions(example.text, example.first)]
        seconds: list[Span] = []
        if example.second is not None:
            seconds = [example.second, *repetitions(example.text, example.second)]
        pieces = cut_pieces(example.text, firsts, seconds)
        ids: list[int] = []
        anchors: list[int] = []
        for piece in pieces:
            if piece.kind == 0:
                ids.extend(tokenizer.encode(example.text[piece.start : piece.end], add_special_tokens=False).ids)
            else:
                if (piece.start, piece.end) in (example.first, example.second):
                    anchors.append(len(ids))
                ids.append(marks.first if piece.kind == 1 else marks.second)
        low, high = window_bounds(len(ids), anchors, limit=limit - 2)
        rows.append(np.array([marks.begin, *ids[low:high], marks.end], dtype=np.int64))
    return rows


def batches(lengths: Sequence[int], *, size: int, rng: np.random.Generator | None, pool: int = 64) -> Iterator[np.ndarray]:
    """Yield index arrays of rows of like length.

    Args:
        lengths: token count of each row.
        size: rows in a batch.
        rng: shuffles the rows and then the batches; None keeps plain length order (for scoring).
        pool: batches that are sorted together, so that lengths mix between epochs.
    """
    order = np.argsort(np.asarray(lengths), kind="stable") if rng is None else rng.permutation(len(lengths))
    if rng is None:
        for start in range(0, len(order), size):
            yield order[start : start + size]
        return
    found: list[np.ndarray] = []
    for start in range(0, len(order), size * pool):
        chunk = order[start : start + size * pool]
        chunk = chunk[np.argsort(np.asarray(lengths)[chunk], kind="stable")]
        found.extend(chunk[at : at + size] for at in range(0, len(chunk), size))
    for at in rng.permutation(len(found)):
        yield found[at]
