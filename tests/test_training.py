"""Training's text rules: other names beside the target, with nothing lost or moved that should stay; made sentences."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import numpy as np
import pytest

from training.blind import Example
from training.renamed import beside, changed, pool_of, renamed
from training.reversals import GOALS, OTHER, TARGET, frames, made, made_pairs

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


# --- made sentences -----------------------------------------------------------------------------------------------
OTHERS = ["Cy Moss", "Peru", "the BBC"]
MEASURED = Path(__file__).parents[1] / "benchmarks" / "reversals.tsv"


def test_every_frame_becomes_a_sentence():
    """Its target stands where the span says, no slot is left open, and what is asked is the frame's sign."""
    count = len(frames())
    found, asked = made(count, OTHERS, np.random.default_rng(0))
    assert all(one.text[slice(*one.first)] == TARGET and not re.search(r"[{}]|\s\s", one.text) for one in found)
    assert all(one.text[0].isupper() and one.text.endswith(".") for one in found)
    assert len({one.text for one in found}) == count
    assert sorted(map(tuple, asked)) == sorted(GOALS[sign] for sign, _ in frames())


def test_a_pair_may_be_asked_either_way_round():
    """Who thinks of whom turns with the order of the names, and nothing is asked of the other's opinion."""
    found, asked = made_pairs(4 * len(frames("pairs")), OTHERS, np.random.default_rng(0))
    firsts = [one.text[slice(*one.first)] for one in found]
    assert set(firsts) == {TARGET, OTHER}
    assert np.allclose(asked.sum(1), 1)
    for one, first, goal in zip(found, firsts, asked, strict=True):
        assert {first, one.text[slice(*one.second)]} == {TARGET, OTHER}
        theirs = goal[[2, 4]] if first == TARGET else goal[[1, 3]]
        assert theirs.max() < 0.03


def test_signs_of_blame_and_of_taking_it_back_are_in_balance():
    """So that neither can be learned as the answer to everything."""
    signs = [sign for sign, _ in frames()]
    negative = sum(sign == "-" for sign in signs) / len(signs)
    assert 0.4 < negative < 0.6


def test_no_made_sentence_is_among_the_measured_ones():
    """What is measured was not trained on: no four words in a row are shared."""

    def runs(text):
        words = re.findall(r"[a-z]+|\{", re.sub(r"\{\w+\}", "{", text).lower())
        return {tuple(words[at : at + 4]) for at in range(len(words) - 3) if "{" not in words[at : at + 4]}

    with MEASURED.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    assert {row["sign"] for row in rows} == {"negative", "neutral", "positive", "not negative"}
    trained = set().union(*(runs(frame) for _, frame in frames() + frames("pairs")))
    assert not {run for row in rows for run in runs(row["sentence"])} & trained
