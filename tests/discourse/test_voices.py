"""Voices: they partition the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.discourse import find_voices, voice_at
from analysis.model import Attribution
from tests.discourse.by_hand import SAID, by_hand


def test_voices_by_hand() -> None:
    """The narrator up to the content, the source in it, the narrator after: 0-12, 12-29, 29-30."""
    parse = by_hand(SAID)
    voices = find_voices(parse)
    assert [(v.start, v.end, v.kind, v.speaker) for v in voices] == [
        (0, 12, "narrator", "narrator"),
        (12, 29, "unnamed", "Lavrov"),
        (29, 30, "narrator", "narrator"),
    ]
    assert voice_at(voices, 12).speaker == "Lavrov"
    with pytest.raises(IndexError, match="30 characters"):
        voice_at(voices, 30)


@st.composite
def contents(draw: st.DrawFn) -> list[Attribution]:
    spans = draw(st.lists(st.lists(st.tuples(st.integers(0, 29), st.integers(1, 9)), min_size=1, max_size=3), max_size=6))
    return [
        Attribution((), (), tuple(sorted({(start, min(30, start + size)) for start, size in group})), "indirect", "test")
        for group in spans
    ]


@given(contents())
def test_voices_partition_the_text(found: list[Attribution]) -> None:
    """Whatever the contents, overlapping or not: no gap, no overlap, all the text; the shortest content speaks."""
    parse = by_hand(SAID)
    voices = find_voices(parse, found)
    text = parse.article.text
    assert "".join(text[v.start : v.end] for v in voices) == text
    for voice in voices:
        covering = [item for item in found for a, b in item.content if a <= voice.start < b]
        assert (voice.attribution is None) == (not covering)
