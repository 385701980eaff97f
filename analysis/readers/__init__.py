"""A text becomes an Article; a page, a document, a table or a folder becomes one or many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import _face

if TYPE_CHECKING:
    from .corpora import FIELDS as FIELDS
    from .corpora import Reading as Reading
    from .corpora import Refusal as Refusal
    from .corpora import find_columns as find_columns
    from .corpora import read_corpus as read_corpus
    from .corpora import slug as slug
    from .dates import UNREAD_DATE as UNREAD_DATE
    from .files import CORRECTIONS as CORRECTIONS
    from .languages import other_language as other_language
    from .text import checked_path as checked_path
    from .text import is_address as is_address
    from .text import read_article as read_article
    from .text import read_bytes as read_bytes
    from .text import read_text as read_text
    from .web import fetch_page as fetch_page

__all__, __getattr__, __dir__ = _face(
    __name__,
    corpora="FIELDS Reading Refusal find_columns read_corpus slug",
    dates="UNREAD_DATE",
    files="CORRECTIONS",
    languages="other_language",
    text="checked_path is_address read_article read_bytes read_text",
    web="fetch_page",
)
