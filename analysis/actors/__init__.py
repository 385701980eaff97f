"""A Parse becomes a Cast: who is in the article, every place that means them, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import _face

if TYPE_CHECKING:
    from .corrections import draft_registry as draft_registry
    from .corrections import read_registry as read_registry
    from .corrections import registry_line as registry_line
    from .gazetteer import is_human as is_human
    from .gazetteer import is_organisation_noun as is_organisation_noun
    from .left_out import unlinked as unlinked
    from .linking import find_actors as find_actors

__all__, __getattr__, __dir__ = _face(
    __name__,
    corrections="draft_registry read_registry registry_line",
    gazetteer="is_human is_organisation_noun",
    linking="find_actors",
    left_out="unlinked",
)
