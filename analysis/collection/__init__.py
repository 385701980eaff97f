"""Several articles: their frames together, which of them are copies, which names mean one actor, and how they compare."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import _face

if TYPE_CHECKING:
    from .collection import Collection as Collection
    from .collection import open_articles as open_articles
    from .collection import rows_of_study as rows_of_study
    from .compare import By as By
    from .compare import Cell as Cell
    from .compare import Difference as Difference
    from .compare import Group as Group
    from .compare import GroupSentence as GroupSentence
    from .compare import NameCoverage as NameCoverage
    from .compare import Speaker as Speaker
    from .compare import certainties as certainties
    from .compare import clear as clear
    from .compare import copied as copied
    from .compare import differences as differences
    from .compare import grouping as grouping
    from .compare import groups as groups
    from .compare import months as months
    from .compare import name_coverage as name_coverage
    from .compare import shared_actors as shared_actors
    from .compare import side_by_side as side_by_side
    from .compare import speakers as speakers
    from .compare import tones as tones
    from .copies import ArticleSignature as ArticleSignature
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
    from .findings import cell_said as cell_said
    from .findings import comparison_answer as comparison_answer
    from .findings import comparison_title as comparison_title
    from .findings import difference_said as difference_said
    from .findings import shared_tones as shared_tones
    from .matching import ListedName as ListedName
    from .matching import Match as Match
    from .matching import match_actors as match_actors
    from .tables import certainty_rows as certainty_rows
    from .tables import copy_rows as copy_rows
    from .tables import coverage_rows as coverage_rows
    from .tables import difference_rows as difference_rows
    from .tables import group_names as group_names
    from .tables import groups_words as groups_words
    from .tables import merged_names as merged_names
    from .tables import month_rows as month_rows
    from .tables import months_words as months_words
    from .tables import overview as overview
    from .tables import side_rows as side_rows
    from .tables import speaker_rows as speaker_rows
    from .tables import tone_rows as tone_rows
    from .views import TABLES as TABLES
    from .views import VIEWS as VIEWS
    from .views import connect as connect
    from .views import connect_folder as connect_folder
    from .views import rows_of as rows_of

__all__, __getattr__, __dir__ = _face(
    __name__,
    collection="Collection open_articles rows_of_study",
    compare=(
        "By Cell Difference Group GroupSentence Speaker NameCoverage certainties clear copied differences grouping groups "
        "months name_coverage shared_actors side_by_side speakers tones"
    ),
    findings=("cell_said comparison_answer comparison_title difference_said shared_tones"),
    tables=(
        "certainty_rows copy_rows difference_rows group_names groups_words merged_names month_rows months_words overview "
        "side_rows speaker_rows coverage_rows tone_rows"
    ),
    copies="ArticleSignature find_copies signature",
    dataset="MANIFEST PARTS SCHEMA_VERSION files_of is_scored need read_manifest read_table table_of",
    matching="ListedName Match match_actors",
    views="TABLES VIEWS connect connect_folder rows_of",
)
