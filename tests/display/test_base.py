"""What everything shown keeps to."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass

import pytest
from bs4 import BeautifulSoup

from analysis.display import (
    Card,
    Display,
    passages,
    say,
    stylesheet,
    unbroken,
    without_style,
)
from tests.build import parsed
from tests.display.made import HOSTILE, TEXT, table


def test_importing_show_brings_in_nothing_heavy() -> None:
    """A notebook that only shows tables pays for neither numpy nor matplotlib."""
    code = (
        "import sys, analysis.display.table; print([m for m in ('numpy', 'matplotlib', 'spacy', 'pandas') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_everything_shown_keeps_formulas_away_and_repeats_byte_for_byte() -> None:
    """One root with the classes that keep MathJax out; the same objects give the same bytes; text/plain is useful."""
    parse = parsed(TEXT)
    for make in (lambda: table(), lambda: say("{x}", x=1.0), lambda: passages(parse, parse.sentences, caption="c")):
        shown = make()
        root = BeautifulSoup(shown._repr_html_(), "html5lib").body.find(True, recursive=False)
        assert {"toward", "mathjax_ignore", "tex2jax_ignore"} <= set(root["class"])
        assert make()._repr_html_() == shown._repr_html_()
        assert repr(shown) == str(shown) != ""
        assert "<" not in repr(say("{x}", x=1.0))


def test_the_rules_can_be_said_once() -> None:
    """A page may take the rules into its head: what is left has none, and the sheet holds all of them."""
    shown = table()._repr_html_()
    bare = without_style(shown)
    assert "<style" in shown
    assert "<style" not in bare
    carried = shown[shown.index("<style data-toward>") + 19 : shown.index("</style>")]
    assert all(rule in stylesheet() for rule in carried.split("}"))
    assert "</" not in stylesheet()


@dataclass(frozen=True, repr=False)
class Drawing(Display):
    """A link on the page, and one in a drawing."""

    def _html(self):
        return '<a href="#s1">1</a><svg><a href="#s2" tabindex="-1"><title>Sentence 2</title><path d="M0 0"/></a></svg>'


def test_a_drawn_link_does_not_break_jupyterlab():
    """JupyterLab assigns to ``href`` of links that have one; in a drawing that throws. Reports keep the plain attribute."""
    shown = Drawing()._repr_html_()
    assert '<a href="#s1">' in shown
    assert '<a xlink:href="#s2" tabindex="-1"><title>' in shown
    assert '<svg><a href="#s2" ' in without_style(shown)


def test_a_number_and_its_unit_stay_together():
    """No line ends within "90 %" or "n = 9"; nothing else changes."""
    text = "+0.12 (90 % interval, n = 9 sentences), 5 of 6, % n = none"
    assert unbroken(text) == "+0.12 (90\u00a0% interval, n\u00a0=\u00a09 sentences), 5 of 6, % n = none"
    assert unbroken(unbroken(text)) == unbroken(text)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_card_shows_what_an_article_says_of_itself(text: str) -> None:
    """The card of an article and of a collection: a title in bold, a paragraph a line, and nothing in them runs."""
    title, lines = text, (text, "second")
    page = BeautifulSoup(Card(title, lines)._repr_html_(), "html5lib")
    assert {tag.name for tag in page.body.find_all(True)} <= {"div", "style", "p", "strong", "span"}
    assert [line.get_text() for line in page.select(".toward-card p")] == [title, *lines]
    assert page.strong.get_text() == title
    assert str(Card(title, lines)) == f"{title}\n{text}\nsecond"
