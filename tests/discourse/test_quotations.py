"""Quotations: marks pair as readers pair them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.discourse.quotations import Quotation, find_quotations


def quotations(text: str) -> list[str]:
    """The quotations of a text whose paragraphs are its lines, as words."""
    paragraphs, place = [], 0
    for line in text.split("\n"):
        if line:
            paragraphs.append((place, place + len(line)))
        place += len(line) + 1
    return [text[quote.start : quote.end] for quote in find_quotations(text, paragraphs)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"Yes," he said. "No."', ['"Yes,"', '"No."']),
        ("“Yes,” he said.", ["“Yes,”"]),
        ("‘Yes,’ he said, ‘it’s the boys’ choice.’", ["‘Yes,’", "‘it’s the boys’ choice.’"]),
        ("'Yes,' he said of the '90s.", ["'Yes,'"]),
        ("“He said ‘no’ to “me” twice,” she said.", ["“He said ‘no’ to “me” twice,”"]),
        ("''Yes,'' he said.", ["''Yes,''"]),
        ("«Oui», dit-il. „Ja“, sagte er. „Tak” powiedział.", ["«Oui»", "„Ja“", "„Tak”"]),
        ("He’s the boss’s friend; it’s 6' tall.", []),
        ('The plank was 6" long.', []),
        ('"An odd mark, he said.', ['"An odd mark, he said.']),
        ('"Lost. "Found," he said.', ['"Lost.', '"Found,"']),
        ("“Odd close,“ he said.", ["“Odd close,“"]),
        ("שלום “מילה” שלום", ["“מילה”"]),
    ],
)
def test_marks_pair_as_readers_pair_them(text: str, expected: list[str]) -> None:
    """Straight, curly, single, doubled, foreign, nested, odd and mistaken marks."""
    assert quotations(text) == expected


def test_a_quotation_runs_on_over_paragraphs() -> None:
    """Each paragraph opens a mark, the last one closes it; or none opens and the last closes."""
    text = "“One.\n“Two.\n“Three,” he said."
    spans = [(0, 5), (6, 11), (12, len(text))]
    assert [(q.carried, q.closed) for q in find_quotations(text, spans)] == [(False, False), (True, False), (True, True)]
    text = "“One.\nTwo.\nThree.”"
    assert [(q.start, q.end) for q in find_quotations(text, [(0, 5), (6, 10), (11, 18)])] == [(0, 5), (6, 10), (11, 18)]
    text = '"One.\nTwo."'
    assert [(q.start, q.end, q.carried) for q in find_quotations(text, [(0, 5), (6, 11)])] == [(0, 5, False), (6, 11, True)]


@given(st.text(alphabet="a. ,\n\"“”‘’'«»„`s9", max_size=60))
def test_quotations_never_overlap_nor_leave_their_paragraph(text: str) -> None:
    """Whatever the marks: in order, apart, inside one paragraph, not empty."""
    paragraphs, place = [], 0
    for line in text.split("\n"):
        paragraphs.append((place, place + len(line)))
        place += len(line) + 1
    found = find_quotations(text, paragraphs)
    for one, two in pairwise(found):
        assert one.end <= two.start
    for quote in found:
        assert isinstance(quote, Quotation)
        assert quote.start < quote.end
        assert any(low <= quote.start and quote.end <= high for low, high in paragraphs)
