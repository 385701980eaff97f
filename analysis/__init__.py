"""What tone does an article take toward each person, country and organisation in it?

>>> import analysis
>>> article = analysis.read_article("Critics praised Sweden.\\nNorway was attacked.")
>>> [section.kind for section in article.sections]
['body', 'body']

Nothing heavy is imported until it is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analysis.actors import find_actors
    from analysis.articles import read_article
    from analysis.discourse import find_attributions
    from analysis.encoder import score_pairs
    from analysis.language import parse
    from analysis.stance import score_targets, tone_toward
    from analysis.study import open_article

__all__ = [
    "find_actors",
    "find_attributions",
    "open_article",
    "parse",
    "read_article",
    "score_pairs",
    "score_targets",
    "tone_toward",
]

_HOMES = {
    "find_actors": "actors",
    "find_attributions": "discourse",
    "open_article": "study",
    "parse": "language",
    "read_article": "articles",
    "score_pairs": "encoder",
    "score_targets": "stance",
    "tone_toward": "stance",
}


def __getattr__(name: str) -> object:
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(f"analysis.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'analysis' has no attribute {name!r}; its public names are {', '.join(__all__)}")


def __dir__() -> list[str]:
    return sorted(__all__)
