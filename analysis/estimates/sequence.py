"""A long sequence of numbers in as many places as can be told apart, and its running mean."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from ..constants import BARS_MAX, MIN_POINTS
from ..errors import ChartError

FLAT: Final = 0.02
"""A number nearer to zero than this is next to zero: a bar of it would hide in the zero line."""


class Slot(NamedTuple):
    """What one place of a sequence shows: a mean, or that something is named there with nothing to score.

    first, last: the positions it covers, from 1; several where there are more than can be told apart. value: the mean of the
    scored ones, None where none is. scored: how many are. at: the first that is scored, else named. sure: whether any is.
    """

    first: int
    last: int
    value: float | None
    scored: int
    at: int
    sure: bool

    @property
    def middle(self) -> float:
        """Where it stands along the axis."""
        return (self.first + self.last) / 2

    @property
    def flat(self) -> bool:
        """Whether it is next to zero, which is not silence."""
        return self.value is not None and abs(self.value) < FLAT


def slots_of(values: Sequence[float | None], named: Sequence[bool] = (), sure: Sequence[bool] = ()) -> list[Slot]:
    """The slots of a sequence; those in which nothing is scored or named are left out.

    Raises:
        ChartError: ``named`` or ``sure`` is not as long as the values.
    """
    for what, flags in (("named", named), ("sure", sure)):
        if len(flags) not in (0, len(values)):
            raise ChartError(f"There are {len(values)} values and {len(flags)} in {what!r}. Give one for each value, or none.")
    per, slots = per_bar(len(values)), []
    for first in range(0, len(values), per):
        indexes = range(first, min(first + per, len(values)))
        scored = [(index, value) for index in indexes if (value := values[index]) is not None and not math.isnan(value)]
        at = [index for index, _ in scored] or [index for index in indexes if named and named[index]]
        mean = math.fsum(value for _, value in scored) / len(scored) if scored else None
        certain = bool(scored) and (not sure or any(sure[index] for index in at))
        slots += [Slot(first + 1, indexes[-1] + 1, mean, len(scored), at[0], certain)] if at else []
    return slots


def per_bar(total: int) -> int:
    """How many of so many positions share a bar."""
    return max(1, math.ceil(total / BARS_MAX))


def trend_of(slots: Sequence[Slot]) -> list[tuple[float, float, float, float]]:
    """The running mean of ``MIN_POINTS`` bars, as lines between them; broken where evidence is missing, and never shorter."""
    scored = [slot for slot in slots if slot.value is not None]
    runs: list[list[tuple[Slot, float]]] = []
    for slot, mean in zip(scored, running_means([slot.value or 0.0 for slot in scored]), strict=True):
        runs += [] if runs and slot.first == runs[-1][-1][0].last + 1 else [[]]
        runs[-1].append((slot, mean))
    steps = (step for run in runs if len(run) >= MIN_POINTS for step in pairwise(run))
    return [(this.middle, mean, next_slot.middle, next_mean) for (this, mean), (next_slot, next_mean) in steps]


def running_means(values: Sequence[float]) -> list[float]:
    """For each value the mean of the ``MIN_POINTS`` around it; at the ends of the first or last ones."""
    most = max(len(values) - MIN_POINTS, 0)
    firsts = [min(max(index - MIN_POINTS // 2, 0), most) for index in range(len(values))]
    return [math.fsum(values[first : first + MIN_POINTS]) / MIN_POINTS for first in firsts]
