"""Templates: what is put into one is escaped, each is compiled once, and no rule of style is forgotten."""

from __future__ import annotations

import re

import pytest

from analysis.display import environment, stylesheet
from analysis.display.base import KINDS
from analysis.display.templates import TEMPLATES, macros, rules
from tests.display.made import HOSTILE


@pytest.mark.parametrize("text", HOSTILE)
def test_what_is_put_into_a_template_is_escaped(text: str) -> None:
    """With the filter for text of an article, and where somebody forgets it."""
    found = environment().from_string("{{ given }}|{{ given|text }}|{{ given|attribute }}").render(given=text)
    assert not re.search("<(?!/?span>)", found)
    assert '"' not in found


def test_a_template_is_compiled_once() -> None:
    """Every table of a report is written by the same macros."""
    assert macros() is macros()
    assert environment() is environment()


def test_every_file_of_rules_is_said_and_loses_only_spaces() -> None:
    """The sheet holds all of them; a descendant, a list and a calculation keep the spaces that mean something."""
    assert {path.stem for path in (TEMPLATES / "display").glob("*.css")} == set(KINDS)
    assert all(rules(kind) in stylesheet() for kind in KINDS)
    assert "\n" not in stylesheet()
    assert ".toward table.toward-table :is(th,td){text-align:left;vertical-align:top;padding:.3em 1em .3em 0;" in rules("table")
    assert re.search(r"@container \(max-width:\d+px\)\{\.toward-chart \.c\S", rules("chart"))
