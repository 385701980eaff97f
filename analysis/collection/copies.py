"""Copies of one article: the same text under several names is no new evidence, and is counted once.

Two texts are compared by their runs of five words, folded to small letters (shingles; Broder 1997, On the resemblance and
containment of documents). A MinHash of each text estimates how many they share, without keeping the texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from ..constants import COPY_HASHES, COPY_SHARE, COPY_WORDS

if TYPE_CHECKING:
    import numpy as np
    from datasketch import MinHash
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class ArticleSignature:
    """An article as ``find_copies`` needs it.

    Attributes:
        article: its id.
        date: its date as ISO 8601 writes it; None where unknown.
        signature: the ``signature`` of its text.
    """

    article: str
    date: str | None
    signature: str


@dataclass(frozen=True, slots=True)
class Copy:
    """An article that is a copy.

    Attributes:
        article: its id.
        copy_of: the id of the earlier article that shares most with it.
        share: of the runs of words that either article has, the share that both have, estimated, in [0, 1].
    """

    article: str
    copy_of: str
    share: float


def signature(text: str) -> str:
    """A MinHash of a text's runs of ``COPY_WORDS`` words, in hexadecimal. Equal texts have equal signatures.

    Example:
        >>> signature("Norway thanked Sweden.") == signature("NORWAY thanked  Sweden")
        True
    """
    import numpy as np

    words = re.findall(r"\w+", text.casefold())
    runs = {" ".join(words[at : at + COPY_WORDS]) for at in range(max(1, len(words) - COPY_WORDS + 1))}
    made = _no_runs().copy()
    made.update_batch([run.encode() for run in runs])
    return np.asarray(made.hashvalues, dtype="<u4").tobytes().hex()


@cache
def _no_runs() -> MinHash:
    """The MinHash of nothing; others are made from it, since drawing the hash functions takes a while."""
    from datasketch import MinHash

    return MinHash(num_perm=COPY_HASHES, seed=1, scheme="affine32")


def find_copies(articles: Iterable[ArticleSignature]) -> list[Copy]:
    """Find the articles that are copies of an earlier one.

    Earlier means by date, then by position in the corpus. Articles without a date count as the latest.

    Args:
        articles: in the order of the corpus.

    Returns:
        A ``Copy`` for every article whose ``share`` with an earlier one is ``COPY_SHARE`` or more, in the order of the
        corpus. The share is of the runs that either article has (Jaccard): an article with twice the text shares at most
        half. ``copy_of`` always names an article that is no copy itself.

    Example:
        >>> text = "The wire says that the river rose by two metres in the night and that nobody was hurt."
        >>> made = [ArticleSignature("b", "2024-05-02", signature(text)), ArticleSignature("a", "2024-05-01", signature(text))]
        >>> [(copy.article, copy.copy_of) for copy in find_copies(made)]
        [('b', 'a')]
    """
    from datasketch import MinHashLSH

    by_date = sorted(enumerate(articles), key=lambda numbered: (numbered[1].date or "9999", numbered[0]))
    hashes: dict[str, NDArray[np.uint32]] = {}
    original_of: dict[str, str] = {}
    index = MinHashLSH(threshold=COPY_SHARE, num_perm=COPY_HASHES)
    copies: list[tuple[int, Copy]] = []
    for position, signed in by_date:
        if signed.signature in original_of:
            copies.append((position, Copy(signed.article, original_of[signed.signature], 1.0)))
            continue
        values = _values(signed.signature)
        minhash = _minhash(values)
        shares = [(_shared(values, hashes[article]), article) for article in index.query(minhash)]
        near = sorted((-share, article) for share, article in shares if share >= COPY_SHARE)
        if near:
            less_share, original = near[0]
            original_of[signed.signature] = original
            copies.append((position, Copy(signed.article, original, -less_share)))
        else:
            original_of[signed.signature] = signed.article
            hashes[signed.article] = values
            index.insert(signed.article, minhash)
    return [copy for _, copy in sorted(copies, key=lambda numbered: numbered[0])]


def _values(text: str) -> NDArray[np.uint32]:
    import numpy as np

    return np.frombuffer(bytes.fromhex(text), dtype="<u4")


def _minhash(values: NDArray[np.uint32]) -> object:
    from datasketch import LeanMinHash

    return LeanMinHash(seed=1, hashvalues=values, scheme="affine32")


def _shared(first: NDArray[np.uint32], second: NDArray[np.uint32]) -> float:
    return float((first == second).mean())
