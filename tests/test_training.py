"""Training's text rules: names and their places, made sentences, and that nothing measured is trained on."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import numpy as np

from training.data import Example
from training.made import challenge_sentences, drawn, families, filled, sentence_of
from training.names import beside, changed
from training.reversals import GOALS, OTHER, TARGET, frames, made, made_pairs

TEXT = "Ann Lowe told Bo Hill that Lowe and Norway trust Hill."
NAMES = {TEXT: ((0, 8, "PERSON"), (14, 21, "PERSON"), (27, 31, "PERSON"), (36, 42, "GPE"), (49, 53, "PERSON"))}


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


def runs(text):
    """Every four words in a row of a text; a slot breaks a run."""
    words = re.findall(r"[a-z]+|\{", re.sub(r"\{[\w.:’' ]+\}", "{", text).lower())
    return {tuple(words[at : at + 4]) for at in range(len(words) - 3) if "{" not in words[at : at + 4]}


def test_no_made_sentence_is_among_the_measured_ones():
    """What is measured was not trained on: no four words in a row are shared."""

    with MEASURED.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    assert {row["sign"] for row in rows} == {"negative", "neutral", "positive", "not negative"}
    trained = set().union(*(runs(frame) for _, frame in frames() + frames("pairs")))
    assert not {run for row in rows for run in runs(row["sentence"])} & trained


# --- families of made sentences -----------------------------------------------------------------------------------
CHALLENGE = Path(__file__).parents[1] / "benchmarks" / "challenge.toml"


def test_every_family_can_be_drawn_and_labelled():
    """No choice or slot is left open, every slot has a label, and its spans are where its words are."""
    rng = np.random.default_rng(0)
    count = 0
    for family in families():
        for frame in family["frames"]:
            text = drawn(frame["text"], rng)
            sentence = sentence_of(frame, text, "made", "made 0")
            assert not re.search(r"[{}\[\]|]|\s\s", sentence.text), sentence.text
            assert all(group.tone["natural"] in (0, 1, 2) for group in sentence.groups)
            for group in sentence.groups:
                assert all(sentence.text[start:end].strip() for start, end in group.spans)
            count += 1
    assert count > 700


def test_a_slot_keeps_its_places():
    """A name, a pronoun and a role of one actor are three spans of one slot."""
    text, places = filled("{A.r:the minister} said {B} knew that {A.p:she} lied to {A}.")
    assert text == "The minister said Norvia knew that she lied to Hadley."
    assert [text[start:end] for start, end, _ in places["A"]] == ["The minister", "she", "Hadley"]
    assert [kind for *_, kind in places["A"]] == ["R", "P", "L"]


def test_who_stands_against_each_other_is_not_asked():
    """One answer has no room for two stances; every other pair is asked, and holds nothing where none is given."""
    frame = {"text": "{A} and {B} traded insults while {C} watched.", "A": -1, "B": -1, "C": 0, "pairs": ["A>B-", "B>A-"]}
    sentence = sentence_of(frame, frame["text"], "made", "made 0")
    assert sentence.pairs["natural"] == [(0, 2, 0), (1, 2, 0)]


def test_the_challenge_was_not_trained_on():
    """No four words in a row are shared between the families that are learned and the sentences that are measured."""
    learned: set[tuple[str, ...]] = set()
    rng = np.random.default_rng(1)
    for family in families():
        for frame in family["frames"]:
            for _ in range(12):
                learned |= runs(drawn(frame["text"], rng))
    measured = families(CHALLENGE)
    assert sum(len(family["frames"]) for family in measured) == len(list(challenge_sentences(CHALLENGE))) > 200
    assert not {run for family in measured for frame in family["frames"] for run in runs(frame["text"])} & learned
