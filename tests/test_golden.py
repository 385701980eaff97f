"""The seed article from its text to its scores, against files that are kept. A missing file fails.

After an intended change: python -m tests.rewrite_golden, read the difference it prints, and commit it with the reason.
"""

from __future__ import annotations

import json

import pytest

from tests.rewrite_golden import COMPUTED, path_of

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("pipeline")]


MODEL_TOLERANCE = 0.02
"""How far a tone may lie from the kept one: quantised matrices differ a little from one processor to another."""


def close(mine: object, kept: object) -> bool:
    """Whether two values are the same, numbers within the tolerance."""
    if isinstance(mine, float) and isinstance(kept, float | int):
        return abs(mine - kept) <= MODEL_TOLERANCE
    if isinstance(mine, list) and isinstance(kept, list):
        return len(mine) == len(kept) and all(map(close, mine, kept))
    return mine == kept


@pytest.mark.parametrize("name", sorted(COMPUTED))
def test_the_seed_is_what_it_was(seed, name):
    """To the letter; numbers of the model within a tolerance, None where there was nothing to score."""
    golden = json.loads(path_of(name).read_text("utf-8"))
    found = json.loads(json.dumps(COMPUTED[name](seed)))
    assert len(found) == len(golden) > 0
    for mine, kept in zip(found, golden, strict=True):
        if name in ("scores", "stances"):
            assert close(mine[-1], kept[-1])
            mine, kept = mine[:-1], kept[:-1]
        assert mine == kept


def test_the_tolerance_tells_apart_what_differs():
    """A sign, a silence, a word and a length."""
    assert close([1.0, "a", None, [0.5]], [1, "a", None, [0.51]])
    for other in (
        [1.0, "a", None, [0.53]],
        [1.0, "a", 0.0, [0.5]],
        [1.0, "b", None, [0.5]],
        [1.0, "a", None],
        [-1.0, "a", None, [0.5]],
    ):
        assert not close([1.0, "a", None, [0.5]], other)


def test_silence_stays_silence_in_the_golden_scores():
    """The golden scores hold all three: a number, and None by one word list or by both; the model is silent where all are."""
    rows = json.loads(path_of("scores").read_text("utf-8"))
    silent = {(vader is None, clause is None) for *_, vader, clause, _ in rows}
    assert silent >= {(True, True), (False, True), (False, False)}
    assert {encoder is None for *_, encoder in rows} == {True, False}
    assert all((vader, clause) == (None, None) for *_, vader, clause, encoder in rows if encoder is None)


def test_the_goldens_hold_more_than_the_usual():
    """Voices other than the narrator's, certainty below one, several kinds of evidence: else they would pin nothing."""
    rows = json.loads(path_of("scores").read_text("utf-8"))
    assert {row[3] for row in rows} > {"narrator"}
    assert len({row[4] for row in rows}) > 3
    assert {row[3] for row in json.loads(path_of("stances").read_text("utf-8"))} == {"voice", "event"}
    assert len({row[3] for row in json.loads(path_of("attributions").read_text("utf-8"))}) > 1
