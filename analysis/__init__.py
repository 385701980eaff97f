"""What tone does an article take toward each person, country and organisation in it?

>>> import analysis
>>> article = analysis.read_text("Critics praised Sweden.\\nNorway was attacked.")
>>> [section.kind for section in article.sections]
['body', 'body']

Nothing heavy is imported until it is used.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .actors import find_actors as find_actors
    from .collection import open_articles as open_articles
    from .discourse import find_attributions as find_attributions
    from .language import parse as parse
    from .readers import read_article as read_article
    from .readers import read_text as read_text
    from .study import open_article as open_article
    from .tone import score_pairs as score_pairs
    from .tone import score_targets as score_targets
    from .tone import tone_toward as tone_toward

__version__ = "0.2.0"


def _face(package: str, **homes: str) -> tuple[list[str], Callable[[str], object], Callable[[], list[str]]]:
    """What a package shows of its modules, each imported when a name of it is asked for.

    Args:
        package: its ``__name__``.
        homes: for each module the names it gives, with spaces between.

    Returns:
        The package's ``__all__``, ``__getattr__`` and ``__dir__``.
    """
    modules = {name: module for module, names in homes.items() for name in names.split()}
    public = sorted(modules)

    def give(name: str) -> object:
        if name not in modules:
            raise AttributeError(f"module {package!r} has no attribute {name!r}; its public names are {', '.join(public)}")
        value = getattr(import_module(f"{package}.{modules[name]}"), name)
        setattr(sys.modules[package], name, value)
        return value

    return public, give, lambda: sorted(public)


__all__, __getattr__, __dir__ = _face(
    __name__,
    actors="find_actors",
    collection="open_articles",
    discourse="find_attributions",
    language="parse",
    readers="read_article read_text",
    study="open_article",
    tone="score_pairs score_targets tone_toward",
)
