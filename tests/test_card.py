"""The model's card: its rows say what the results files say, a missed floor is called missed, and it is up to date."""

from __future__ import annotations

import csv

import pytest

from analysis.accuracy import results
from analysis.tone import FOLDER
from training import card

CARD = (FOLDER / "CARD.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("value", "asked", "most", "said"),
    [
        (0.70, 0.7, False, "0.7: met"),
        (0.69, 0.7, False, "0.7: **missed**"),
        (0.03, 0.03, True, "at most 0.03: met"),
        (0.04, 0.03, True, "at most 0.03: **missed**"),
        (0.5, None, False, ""),
    ],
)
def test_a_floor_is_met_or_missed(value, asked, most, said):
    """What equals the floor meets it."""
    assert card.verdict(value, asked, most=most) == said


def test_the_card_holds_the_measured_rows():
    """Those of whole articles and those of the other sets."""
    found = results()
    rows = card.natural_rows(found["natural"]) + card.other_rows(found)
    assert len(rows) > 20
    assert card.look_alikes(found["challenge"]) in CARD
    assert [row for row in rows if row not in CARD] == []
    assert found["model_sha256"] in CARD


def test_the_card_is_a_page_and_a_half():
    """About 4,500 characters fill a page."""
    assert len(CARD) < 1.5 * 4500


def test_the_card_says_who_labelled_and_whom_to_cite():
    """A language model, not people; every set that was learned from, and DSE's paper."""
    assert "by a language model" in CARD
    assert "not by people" in CARD
    for name in ("NewsMTSC", "Who Blames or Endorses Whom", "MEANTIME", "RuSentNE", "FinEntity", "GAP", "CC BY 2.5", "ODC-BY"):
        assert name in CARD


def test_every_wrong_call_that_was_read_has_a_kind():
    """At least forty were read; each kind is explained."""
    with card.WRONG_CALLS.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    assert len(rows) >= 40
    assert {row["why"] for row in rows} == set(card.WHY)
    assert all(abs(float(row["tone"])) >= results()["strong_tone"] for row in rows)
