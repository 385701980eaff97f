"""Answers: each kind of value its way."""

from __future__ import annotations

import pytest

from analysis.display import (
    say,
)
from analysis.model import Actor
from tests.display.made import HOSTILE, soup


def test_an_answer_writes_each_kind_of_value_its_way() -> None:
    """Floats signed, whole numbers counted, None in words, rows listed, actors by name, formats kept."""
    actor = Actor("Russia", "country")
    said = say(
        "{a}|{b}|{c}|{d}|{e}|{f:.0f}|{g:+.1f}|{h[0]}|{{}}",
        a=0.5,
        b=1200,
        c=None,
        d=["x", -0.1],
        e=actor,
        f=-2.0,
        g=-0.25,
        h=[True],
    )
    assert str(said) == "+0.50|1,200|no evidence|x and −0.10|Russia|−2|−0.2|yes|{}"
    assert soup(said).p.get_text() == str(said)


@pytest.mark.parametrize("text", HOSTILE)
def test_an_answer_shows_the_articles_text(text: str) -> None:
    """Article text put into an answer adds no element to the page and is isolated from the words around it."""
    page = soup(say("It says {what}.", what=text))
    assert page.bdi.get_text() == text
    assert {tag.name for tag in page.body.find_all()} <= {"div", "p", "bdi", "span"}


def test_answers_add_up_to_paragraphs() -> None:
    """Two answers added are one block of two paragraphs."""
    both = say("One {n}.", n=1) + say("Two.")
    assert str(both) == repr(both) == "One 1.\nTwo."
    assert len(soup(both).find_all("p")) == 2


def test_a_template_with_a_missing_value_is_an_error() -> None:
    """An answer never has a hole in it."""
    with pytest.raises(KeyError):
        say("{there} is nothing")
