"""Hostile text and shown things read back, for the tests of this folder."""

from __future__ import annotations

from bs4 import BeautifulSoup

from analysis.display import (
    Column,
    Display,
    Link,
    Table,
    without_style,
)
from analysis.model import Actor

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</style></table><iframe src=javascript:alert(1)>",
    "$5 million and $10 million",
    "&amp; &lt;b&gt;",
)


def soup(shown: Display) -> BeautifulSoup:
    """The HTML of something shown, without the rules it carries."""
    return BeautifulSoup(without_style(shown._repr_html_()), "html5lib")


def table(**options: object) -> Table:
    """A small table with every kind of cell."""
    rows = [["Russia", 1200, -0.314, 0.5, Link("12", "#s12")], ["=1+1", 2, None, None, None]]
    columns = ["Actor", "Mentions", "Tone", Column("Share", "share"), "Sentence"]
    return Table(rows, columns=columns, caption="Tone $5", **options)  # type: ignore[arg-type]


RUSSIA, NORWAY = Actor("Russia", "country"), Actor("Norway", "country")

TEXT = "Russia was blamed.\nNorway praised Russia for $5 <b>.\nNothing here."
