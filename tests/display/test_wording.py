"""Numbers as words: a true minus, and absence is not zero."""

from __future__ import annotations

import pytest

from analysis.display import (
    estimate,
    listing,
    number,
    plural,
    share,
)
from analysis.model import Estimate


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.314, "+0.31"),
        (-0.314, "−0.31"),
        (0.0, "0.00"),
        (-0.004, "0.00"),
        (0.004, "0.00"),
        (1.0, "+1.00"),
        (-1.0, "−1.00"),
        (10.0, "+10.00"),
        (None, "–"),
        (float("nan"), "–"),
    ],
)
def test_numbers_are_signed_with_a_true_minus_and_absence_is_not_zero(value: float | None, text: str) -> None:
    """Two digits, sign always but at zero, U+2212 for minus, an en dash for no evidence."""
    assert number(value) == text


def test_counts_shares_and_plurals() -> None:
    """Counts mark thousands, shares are per cent, nouns agree with their number."""
    assert plural(1, "mention") == "1 mention"
    assert plural(0, "mention") == "0 mentions"
    assert plural(12_345, "country", "countries") == "12,345 countries"
    assert share(0.125) == "12 %"
    assert share(None) == "–"
    assert listing([]) == "none"
    assert listing(["a"]) == "a"
    assert listing(["a", "b", "c"], last="or") == "a, b or c"


def test_an_estimate_brings_its_interval_or_says_that_there_is_none() -> None:
    """The share comes from the estimate's own method, never from here."""
    method = "80 % bootstrap interval over sentences"
    assert estimate(Estimate(0.12, 0.02, 0.22, 9, method)) == "+0.12 (80 % interval +0.02 to +0.22, n = 9 sentences)"
    assert estimate(Estimate(None, None, None, 3, "few")) == "too few sentences (n = 3)"
