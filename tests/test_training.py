"""Training's text rules: other names beside the target, with nothing lost and nothing moved that should stay."""

from __future__ import annotations

import numpy as np
import pytest

from training.blind import Example
from training.renamed import beside, changed, pool_of, renamed

TEXT = "Ann Lowe told Bo Hill that Lowe and Norway trust Hill."
NAMES = {TEXT: ((0, 8, "PERSON"), (14, 21, "PERSON"), (27, 31, "PERSON"), (36, 42, "GPE"), (49, 53, "PERSON"))}
POOL = {"PERSON": ["Cy Moss"], "GPE": ["Peru"]}


def span(word: str, text: str = TEXT) -> tuple[int, int]:
    """Where a word stands first."""
    start = text.index(word)
    return start, start + len(word)


def test_the_targets_names_are_not_beside_it():
    """Neither its full name nor its last name alone; of a pair, neither one's."""
    assert [TEXT[start:end] for start, end, _ in beside(Example(TEXT, span("Ann Lowe")), NAMES)] == [
        "Bo Hill",
        "Norway",
        "Hill",
    ]
    pair = Example(TEXT, span("Ann Lowe"), span("Bo Hill"))
    assert [TEXT[start:end] for start, end, _ in beside(pair, NAMES)] == ["Norway"]


def test_a_name_that_comes_again_gets_the_same_name():
    """The full name and the last name alone become those of one other person; target and label stay."""
    found = renamed(Example(TEXT, span("Ann Lowe"), None, 2), NAMES, POOL, np.random.default_rng(0))
    assert found.text == "Ann Lowe told Cy Moss that Lowe and Peru trust Moss."
    assert (found.text[slice(*found.first)], found.label) == ("Ann Lowe", 2)


@pytest.mark.parametrize("word", ["Ann Lowe", "Bo Hill", "Norway"])
def test_the_target_moves_with_the_text_before_it(word):
    """Whatever stands before it gets longer or shorter."""
    found = renamed(Example(TEXT, span(word)), NAMES, POOL, np.random.default_rng(0))
    assert found.text[slice(*found.first)] == word


def test_a_name_already_in_the_sentence_is_not_given_to_another():
    """Two people would bear it."""
    found = renamed(Example(TEXT, span("Norway")), NAMES, {"PERSON": ["Hill"], "GPE": ["Peru"]}, np.random.default_rng(0))
    assert found.text == TEXT


def test_the_target_itself_may_be_changed():
    """Its span is then that of the new words, or of nothing, wherever else the text changes."""
    one = Example(TEXT, span("Bo Hill"))
    found = changed(one, [(0, 8, "Al"), (*one.first, "Cy Moss-Reed"), (49, 53, "")])
    assert found.text == "Al told Cy Moss-Reed that Lowe and Norway trust ."
    assert found.text[slice(*found.first)] == "Cy Moss-Reed"


def test_no_changes_change_nothing():
    """The same example comes back."""
    one = Example(TEXT, span("Ann Lowe"), span("Bo Hill"), 3)
    assert changed(one, []) == one


def test_only_names_that_stand_often_are_drawn():
    """Each once, however often it stands; words without a capital are no names."""
    names = {f"{at}": ((0, 1, "GPE"),) for at in range(9)}
    assert pool_of(names)["GPE"] == []
    often = {f"Peru {at}": ((0, 4, "GPE"),) for at in range(3)} | {f"us {at}": ((0, 2, "GPE"),) for at in range(3)}
    assert pool_of(often)["GPE"] == ["Peru"]
