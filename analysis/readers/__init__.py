"""A text becomes an Article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import _face

if TYPE_CHECKING:
    from .text import read_article as read_article

__all__, __getattr__, __dir__ = _face(
    __name__,
    text="read_article",
)
