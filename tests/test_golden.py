"""The seed article from its text to its scores, against files that are kept. A missing file fails.

After an intended change: python -m tests.rewrite_golden, read the difference it prints, and commit it with the reason.
"""

from __future__ import annotations

import json

import pytest

from tests.rewrite_golden import COMPUTED, path_of

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("pipeline")]


@pytest.mark.parametrize("name", sorted(COMPUTED))
def test_the_seed_is_what_it_was(seed, name):
    """Sentences to the letter; tones of every mention to four places, None where there was nothing to score."""
    golden = json.loads(path_of(name).read_text("utf-8"))
    found = json.loads(json.dumps(COMPUTED[name](seed)))
    assert len(found) == len(golden)
    for mine, kept in zip(found, golden, strict=True):
        assert mine == kept


def test_silence_stays_silence_in_the_golden_scores():
    """The golden scores hold all three: a number, and None by one scorer or by both."""
    rows = json.loads(path_of("scores").read_text("utf-8"))
    assert any(vader is None and clause is None for *_, vader, clause in rows)
    assert any(vader is not None and clause is None for *_, vader, clause in rows)
    assert any(vader is not None and clause is not None for *_, vader, clause in rows)
