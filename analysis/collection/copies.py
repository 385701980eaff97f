"""Copies of one article: the same text under several names is no new evidence, and is counted once.

Two texts are compared by their runs of five words, folded to small letters (shingles; Broder 1997, On the resemblance and
containment of documents). A MinHash of each text estimates how many they share, without keeping the texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..constants import COPY_HASHES, COPY_SHARE, COPY_WORDS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Signed:
    """An article as far as copies go: its id, its date or None, and what ``signature`` said of its text."""

    article: str
    date: str | None
    signature: str


@dataclass(frozen=True, slots=True)
class Copy:
    """An article that is a copy. copy_of: the first with its text. share: of their runs of words, estimated, in [0, 1]."""

    article: str
    copy_of: str
    share: float


def signature(text: str) -> str:
    """A MinHash of a text's runs of words, as hexadecimal; the same text gives the same.

    Example:
        >>> signature("Norway thanked Sweden.") == signature("NORWAY thanked  Sweden")
        True
    """
    import numpy as np
    from datasketch import MinHash

    words = re.findall(r"\w+", text.casefold())
    runs = {" ".join(words[at : at + COPY_WORDS]) for at in range(max(1, len(words) - COPY_WORDS + 1))}
    made = MinHash(num_perm=COPY_HASHES, seed=1, scheme="affine32")
    made.update_batch([run.encode("utf-8", "replace") for run in sorted(runs)])
    return np.asarray(made.hashvalues, dtype="<u4").tobytes().hex()


def find_copies(articles: Iterable[Signed]) -> list[Copy]:
    """Which articles are copies of which.

    Args:
        articles: in the order of the corpus.

    Returns:
        Every article that shares ``COPY_SHARE`` of its runs of words with an earlier one, by date and then by place. Undated
        ones count as the latest. Each is the copy of a first, never of a copy.

    Example:
        >>> text = "The wire says that the river rose by two metres in the night and that nobody was hurt."
        >>> made = [Signed("b", "2024-05-02", signature(text)), Signed("a", "2024-05-01", signature(text))]
        >>> [(one.article, one.copy_of) for one in find_copies(made)]
        [('b', 'a')]
    """
    from datasketch import MinHashLSH

    order = sorted(enumerate(articles), key=lambda item: (item[1].date or "9999", item[0]))
    firsts: dict[str, NDArray[np.uint32]] = {}
    same: dict[str, str] = {}
    index = MinHashLSH(threshold=COPY_SHARE, num_perm=COPY_HASHES)
    found: list[tuple[int, Copy]] = []
    for place, one in order:
        if one.signature in same:
            found.append((place, Copy(one.article, same[one.signature], 1.0)))
            continue
        values = _values(one.signature)
        made = _minhash(values)
        near = [(_shared(values, firsts[name]), name) for name in index.query(made)]
        near = sorted((item for item in near if item[0] >= COPY_SHARE), key=lambda item: (-item[0], item[1]))
        if near:
            share, first = near[0]
            same[one.signature] = first
            found.append((place, Copy(one.article, first, share)))
        else:
            same[one.signature] = one.article
            firsts[one.article] = values
            index.insert(one.article, made)
    return [copy for _, copy in sorted(found, key=lambda item: item[0])]


def _values(text: str) -> NDArray[np.uint32]:
    import numpy as np

    return np.frombuffer(bytes.fromhex(text), dtype="<u4")


def _minhash(values: NDArray[np.uint32]) -> object:
    import numpy as np
    from datasketch import LeanMinHash

    return LeanMinHash(seed=1, hashvalues=np.asarray(values, dtype=np.uint32), scheme="affine32")


def _shared(one: NDArray[np.uint32], other: NDArray[np.uint32]) -> float:
    return float((one == other).mean())
