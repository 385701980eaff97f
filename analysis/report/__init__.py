"""Articles become reports: notebooks are run, each becomes a page, and an index goes in front."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import _face

if TYPE_CHECKING:
    from .build import ProgressBar as ProgressBar
    from .build import build_reports as build_reports
    from .build import notebooks_of as notebooks_of
    from .build import step_count as step_count
    from .comparison import article_paths as article_paths
    from .comparison import build_comparison as build_comparison
    from .comparison import is_several as is_several
    from .exporter import ReportExporter as ReportExporter
    from .index import card as card
    from .index import index_page as index_page
    from .index import index_parts as index_parts

__all__, __getattr__, __dir__ = _face(
    __name__,
    build="ProgressBar build_reports notebooks_of step_count",
    comparison="article_paths build_comparison is_several",
    exporter="ReportExporter",
    index="card index_page index_parts",
)
