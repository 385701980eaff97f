"""One article, opened: which one, what the steps found in it, and how that is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import _face

if TYPE_CHECKING:
    from .study import Study as Study
    from .study import choose as choose
    from .study import notebook_paths as notebook_paths
    from .study import open_article as open_article
    from .study import project as project
    from .study import seed_path as seed_path

__all__, __getattr__, __dir__ = _face(
    __name__,
    study="Study choose notebook_paths open_article project seed_path",
)
