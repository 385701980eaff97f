"""Lines that stand on a page of news and are no part of the article."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.readers.asides import ASIDES, aside_of, is_kicker, is_name

TAKEN = [(aside, line) for aside in ASIDES for line in aside.takes]
LEFT = [(aside, line) for aside in ASIDES for line in aside.leaves]


@pytest.mark.parametrize("aside, line", TAKEN, ids=lambda value: value if isinstance(value, str) else value.name)
def test_each_kind_takes_its_examples(aside, line):
    """By its own pattern, and as its kind where it stands."""
    assert aside.pattern.fullmatch(line)
    assert aside_of(line, aside.where) == aside.kind


@pytest.mark.parametrize("aside, line", LEFT, ids=lambda value: value if isinstance(value, str) else value.name)
def test_each_kind_leaves_sentences_that_look_like_it(aside, line):
    """Wherever they stand, and no other kind takes them either."""
    assert [aside_of(line, where) for where in ("anywhere", "top", "end")] == [None] * 3


def test_what_holds_only_at_an_edge_is_left_elsewhere():
    """A name with a place is a byline beneath the headline; a sentence about a reporter is one at the end."""
    assert aside_of("Jane Roe in Brussels", "top") == "byline"
    assert aside_of("Jane Roe in Brussels", "anywhere") is None
    assert aside_of("Ann Kerr is a political reporter for The Herald.", "end") == "boilerplate"
    assert aside_of("Ann Kerr is a political reporter for The Herald.", "anywhere") is None


@pytest.mark.parametrize(
    "line",
    [
        "Monday, February 11, 2019",
        "3 May 2024",
        "2024-05-03",
        "03.05.2024 10:00",
        "Fri, May 3, 2024, 10:00 AM EDT",
        "10:32 GMT",
    ],
)
def test_a_date_alone_is_set_aside(line):
    """In any form with one reading; so is the time of an entry of a live blog."""
    assert aside_of(line, "anywhere") == "byline"


@pytest.mark.parametrize("line", ["On 3 May 2024 Norway won", "May 3", "The vote of 3 May 2024 was lost by Lind and her party"])
def test_a_line_with_a_date_in_it_is_not(line):
    """A sentence states something of it."""
    assert aside_of(line, "anywhere") is None


@pytest.mark.parametrize(
    "line, following, expected",
    [
        ("EPL", "‘It’s never a red card’ – Fernando angered", True),
        ("OPINION", "Why Anna Lind should resign now", True),
        ("EXCLUSIVE:", "Mayor Anna Lind paid for the flat", True),
        ("US Politics", "Hale attacks Adler over money", True),
        ("Football | Premier League", "Fernando angered by the red card", True),
        ("Norway wins", "Sweden beaten on penalties in Oslo", False),
        ("LIND WINS", "North beats South in a vote", False),
        ("FIRE!", "Norway loses its oldest church today", False),
        ("OPINION", "Lind lost", False),
        ("OPINION", "Anna Lind lost the vote on Monday.", False),
        ("TREATY", "NORWAY AND SWEDEN SIGN A TREATY", False),
    ],
)
def test_kickers(line, following, expected):
    """A rubric that is known, or one word in capitals, above a headline; never a short headline above its first sentence."""
    assert is_kicker(line, following) is expected


@pytest.mark.parametrize(
    "line, name", [("JANE ROE", True), ("Jane van der Berg", True), ("Jane Roe and Tom Poe", True), ("Norway", False)]
)
def test_names(line, name):
    """Of one person or two."""
    assert is_name(line) is name


@given(st.text(st.sampled_from("By Ann Kerr,and/()|:.-3aP©"), max_size=700))
def test_any_line_is_decided(line):
    """Into a kind or none."""
    assert aside_of(line, "anywhere") in (None, "byline", "caption", "boilerplate")
