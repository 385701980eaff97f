"""Long sequences in fewer places, and their running mean."""

from __future__ import annotations

import pytest

from analysis.constants import BARS_MAX, MIN_POINTS
from analysis.errors import ChartError
from analysis.estimates import slots_of, trend_of
from analysis.estimates.sequence import running_means


def test_flags_are_as_many_as_values() -> None:
    """Else the message says how many there are of each."""
    with pytest.raises(ChartError, match="3 values and 2 in 'named'"):
        slots_of([0.1, 0.2, 0.3], [True, True])


def test_more_than_can_be_told_apart_share_slots() -> None:
    """Of 1,000 values five stand behind a bar: their mean, and the first of them that has one."""
    values = [None if place % 5 == 0 else 0.1 * (place % 5) for place in range(1000)]
    slots = slots_of(values, [True] * 1000)
    assert len(slots) == BARS_MAX
    assert (slots[0].first, slots[0].last, slots[0].at, slots[0].scored) == (1, 5, 1, 4)
    assert slots[0].value == pytest.approx((0.1 + 0.2 + 0.3 + 0.4) / 4)
    assert slots[0].middle == 3


def test_a_running_mean_is_of_the_five_around() -> None:
    """Of 1 1 1 1 1 0 0 0 the means of five are 1 1 1 4/5 3/5 2/5 2/5 2/5."""
    assert running_means([1.0] * 5 + [0.0] * 3) == pytest.approx([1, 1, 1, 4 / 5, 3 / 5, 2 / 5, 2 / 5, 2 / 5])
    assert MIN_POINTS == 5


def test_a_trend_is_broken_where_a_place_is_empty_and_never_of_fewer_than_five() -> None:
    """Five in a row have four lines; after a gap four more have none."""
    half = [0.5] * 5
    assert trend_of(slots_of([*half, None, *half[:4]])) == [(place, 0.5, place + 1, 0.5) for place in (1, 2, 3, 4)]
