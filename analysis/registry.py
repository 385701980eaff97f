"""The analyst's corrections: a plain file beside the article, which always wins."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from analysis.model import ActorKind, Cast


@dataclass(frozen=True, slots=True)
class RegistryActor:
    """One actor as the analyst wants it. not_aliases: forms that never mean it."""

    name: str
    kind: ActorKind | None = None
    aliases: tuple[str, ...] = ()
    not_aliases: tuple[str, ...] = ()
    merge: tuple[str, ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class Registry:
    """What the analyst decided about one article.

    ignore: forms that are no actor. split: forms that stand alone although a rule would merge them.
    pronouns: False leaves every pronoun alone.
    """

    actors: tuple[RegistryActor, ...] = ()
    ignore: tuple[str, ...] = ()
    split: tuple[str, ...] = ()
    pronouns: bool = True
    source: str | None = None
    path: Path | None = field(default=None, compare=False)


def read_registry(path: Path) -> Registry:
    """Read a registry file."""
    raise NotImplementedError


def draft_registry(cast: Cast) -> str:
    """A commented first draft."""
    raise NotImplementedError
