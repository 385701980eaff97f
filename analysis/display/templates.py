"""The templates of ``resources/template`` as displays use them, and their rules of style."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from ..safe_text import TEMPLATES
from ..safe_text import environment as plain_environment
from .wording import article_of, number, tone_word

if TYPE_CHECKING:
    from jinja2 import Environment


@cache
def environment() -> Environment:
    """The environment of ``safe_text``, whose templates can also write numbers and names as every page does."""
    templates = plain_environment()
    templates.filters |= {"number": number, "tone_word": tone_word, "article_of": article_of}
    return templates


@cache
def macros() -> Any:
    """The macros of ``display.html.j2``, which are called with what they show and give ``Markup``."""
    return environment().get_template("display.html.j2").module


def isolated(text: Markup) -> Markup:
    """Text kept apart from the direction in which the words around it are written."""
    return Markup(macros().isolated(text))  # noqa: S704 - the template escapes


@cache
def rules(name: str) -> Markup:
    """The rules of style for one kind of display, without the spaces that only readers of the file need."""
    css = (TEMPLATES / "display" / f"{name}.css").read_text("utf-8")
    return Markup(re.sub(r"\s*([{};])\s*|(?<=[:,])\s+", r"\1", css).replace(";}", "}"))  # noqa: S704 - our own rules
