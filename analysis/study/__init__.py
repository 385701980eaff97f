"""One article, opened: which one, what the steps found in it, and how that is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import _face

if TYPE_CHECKING:
    from .project import choose as choose
    from .project import notebook_paths as notebook_paths
    from .project import project_folder as project_folder
    from .project import seed_path as seed_path
    from .project import sheet_beside as sheet_beside
    from .records import FRAMES as FRAMES
    from .records import Field as Field
    from .records import Records as Records
    from .study import Study as Study
    from .study import open_article as open_article

__all__, __getattr__, __dir__ = _face(
    __name__,
    project="choose notebook_paths project_folder seed_path sheet_beside",
    records="FRAMES Field Records",
    study="Study open_article",
)
