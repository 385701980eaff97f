"""What the cast leaves out, counted."""

from __future__ import annotations

import pytest

from analysis.actors import find_actors, unlinked
from analysis.language import parse
from analysis.readers import read_text


@pytest.mark.slow
@pytest.mark.xdist_group("pipeline")
def test_unlinked_counts_what_was_given_to_nobody():
    """Two of "they" and one "the officer" mean nobody; "she" is Anna Lind. "A judge" is no description to follow."""
    text = "Anna Lind left. She was glad. They said they knew. The officer wept. A judge slept.\n"
    rows = unlinked(find_actors(parse(read_text(text))))
    assert [(word, what, left, linked, first.index) for word, what, left, linked, first in rows] == [
        ("they", "pronoun", 2, 0, 2),
        ("officer", "description", 1, 0, 3),
    ]
