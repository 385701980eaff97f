"""Many articles: scored on one machine or many, kept as Parquet, asked in SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import _face

if TYPE_CHECKING:
    from .score import Outcome as Outcome
    from .score import Progress as Progress
    from .score import score_corpus as score_corpus
    from .sql import Answer as Answer
    from .sql import ask as ask

__all__, __getattr__, __dir__ = _face(
    __name__,
    sql="Answer ask",
    score="Outcome Progress score_corpus",
)
