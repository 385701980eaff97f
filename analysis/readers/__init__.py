"""A text becomes an Article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import _face

if TYPE_CHECKING:
    from .text import checked_path as checked_path
    from .text import read_article as read_article
    from .text import read_bytes as read_bytes
    from .text import read_text as read_text

__all__, __getattr__, __dir__ = _face(
    __name__,
    text="checked_path read_article read_bytes read_text",
)
