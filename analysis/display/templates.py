"""The templates of ``resources/template``: every page and every shown object is written by one of them.

Whatever is put into a template is escaped. Text of an article goes through the filter ``text``, which also shows the
characters that nobody can see.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from ..safe_text import attribute, safe
from .wording import article_of, number, tone_word

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = Path(__file__).parents[1] / "resources" / "template"


@cache
def environment() -> Environment:
    """Jinja's environment for all templates, each compiled once: everything put into one is escaped."""
    from jinja2 import Environment, FileSystemLoader

    found = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    found.filters |= {"text": safe, "attribute": attribute, "number": number, "tone_word": tone_word, "article_of": article_of}
    return found


@cache
def macros() -> Any:
    """The macros of ``shown.html.j2``, which are called with what they show and give ``Markup``."""
    return environment().get_template("shown.html.j2").module


def isolated(shown: Markup) -> Markup:
    """Text kept apart from the direction in which the words around it are written."""
    return Markup("<bdi>{}</bdi>").format(shown)


@cache
def rules(name: str) -> Markup:
    """The rules of style for one kind of shown object, without the spaces that only readers of the file need."""
    css = (TEMPLATES / "shown" / f"{name}.css").read_text("utf-8")
    return Markup(re.sub(r"\s*([{};])\s*|(?<=[:,])\s+", r"\1", css).replace(";}", "}"))  # noqa: S704 - our own rules
