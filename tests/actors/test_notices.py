"""What an article's text holds that is about no actor: each kind with a text that it takes and one that it leaves."""

from __future__ import annotations

import pytest

from analysis.actors.notices import NOTICES, quiet_spans, within
from analysis.model import Article, Parse, Section


def quiet(text: str) -> list[str]:
    """The quiet stretches of a text of one paragraph."""
    section = Section("body", 0, len(text))
    parse = Parse(Article("t", "t", text, (section,), "text", "0" * 64), (), (), ())
    return [text[start:end] for start, end in quiet_spans(parse)]


@pytest.mark.parametrize("notice", NOTICES, ids=lambda notice: f"{notice.kind}: {notice.takes[:20]}")
def test_a_notice_takes_its_example_and_leaves_the_other(notice):
    """Every row of the table says by example what it is for."""
    assert quiet(notice.takes)
    assert not quiet(notice.leaves)


@pytest.mark.parametrize(
    "text, expected",
    [
        ("Ann Lee spoke to the Secretary of State for Justice, Tom Birch.", ["State", " Justice"]),
        ("Ann Lee, the Home Secretary, left.", ["Home "]),
        ("Hurricane Lena hit the coast. Lena then weakened.", ["Lena", "Lena"]),
        ("The United Kingdom Prime Minister left.", []),
        ("The National Hurricane Center warned.", []),
        ("KARACHI: It rained.", ["KARACHI: "]),
    ],
)
def test_offices_and_storms(text, expected):
    """The words of an office and the name of a storm are nobody; a country before an office stays."""
    assert quiet(text) == expected


def test_two_labels_in_capitals_are_a_transcript():
    """One line "KARACHI: ..." is a dateline; two such lines are speakers."""
    text = "LIND: It is a lie.\n\nBIRCH: It is not."
    sections = (Section("body", 0, 18), Section("body", 20, len(text)))
    assert quiet_spans(Parse(Article("t", "t", text, sections, "text", "0" * 64), (), (), ())) == []


def test_within_is_overlap():
    """Half-open: what only touches a stretch is not within it."""
    assert within([(2, 5)], 4, 6)
    assert not within([(2, 5)], 5, 6)
    assert not within([(2, 5)], 0, 2)
    assert not within([], 0, 2)
