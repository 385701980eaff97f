"""Several articles: their frames together, which of them are copies, which names mean one actor, and how they compare."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import _face

if TYPE_CHECKING:
    from .copies import Signed as Signed
    from .copies import find_copies as find_copies
    from .copies import signature as signature
    from .dataset import MANIFEST as MANIFEST
    from .dataset import PARTS as PARTS
    from .dataset import SCHEMA_VERSION as SCHEMA_VERSION
    from .dataset import files_of as files_of
    from .dataset import is_scored as is_scored
    from .dataset import need as need
    from .dataset import read_manifest as read_manifest
    from .dataset import read_table as read_table
    from .dataset import table_of as table_of
    from .matching import Found as Found
    from .matching import Match as Match
    from .matching import match_actors as match_actors
    from .views import TABLES as TABLES
    from .views import VIEWS as VIEWS
    from .views import connect as connect
    from .views import connect_folder as connect_folder
    from .views import rows_of as rows_of

__all__, __getattr__, __dir__ = _face(
    __name__,
    copies="Signed find_copies signature",
    dataset="MANIFEST PARTS SCHEMA_VERSION files_of is_scored need read_manifest read_table table_of",
    matching="Found Match match_actors",
    views="TABLES VIEWS connect connect_folder rows_of",
)
