"""Means of machine labels, corrected by a sample that people coded.

A machine that errs systematically gives a wrong mean, however many sentences it labels. So people code a sample of the
sentences, drawn with known probabilities. The mean difference between their labels and the machine's in that sample, each
weighted by one over its probability, is added to the machine's mean over all sentences. The result is unbiased however wrong
the machine is. Its interval is narrower than that of the sample alone where the machine's labels follow people's.

Source: prediction-powered inference, Angelopoulos and others, Science 382 (2023) and 2311.01453 (arXiv); design-based
supervised learning, Egami, Hinck, Stewart and Wei, NeurIPS 36 (2023).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from ..constants import CODED_LEAST, CODED_SHARE, MIN_POINTS
from ..model import Estimate

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[Any]

VARIANCE_LEAST: Final = 1e-12
"""A variance below this is zero but for rounding."""


@dataclass(frozen=True, slots=True)
class ThreeEstimates:
    """One quantity three ways: by the machine alone, by people alone, and the machine corrected by people.

    Attributes:
        machine: the mean of the machine's labels over all units.
        people: the mean of people's labels over the coded units, weighted by one over their probabilities.
        corrected: the machine's mean plus the mean difference in the coded units.
        coded: how many units people coded.
        needed: (sample size, half width by people alone, half width corrected) that other sample sizes would give, forecast
            from the variances of this sample.
    """

    machine: Estimate
    people: Estimate
    corrected: Estimate
    coded: int
    needed: tuple[tuple[int, float, float], ...] = ()


def corrected_mean(
    machine: Sequence[float],
    people: Sequence[float | None],
    probabilities: Sequence[float],
    clusters: Sequence[str],
    *,
    power: float = 1.0,
    least: int = CODED_LEAST,
    bounds: tuple[float, float] = (-1.0, 1.0),
    sizes: Sequence[int] = (),
) -> ThreeEstimates:
    """One mean three ways: from the machine's labels, from people's labels, and the machine's corrected by people's.

    Args:
        machine: the machine's label of every unit.
        people: people's label of every unit; None where it was not coded.
        probabilities: the probability with which each unit was drawn for coding, in (0, 1].
        clusters: for each unit the cluster it belongs to, such as its article. Units of one cluster are not independent.
        power: how much weight the machine's labels have, from 0 (none: people alone) to 1.
        least: with fewer coded units, ``people`` and ``corrected`` have no value.
        bounds: the least and the greatest value of a label. Intervals are cut off there.
        sizes: sample sizes for which to forecast the widths; those above the number of units are passed over.

    Returns:
        Three estimates with 95 % intervals: a cluster-robust variance, and Student's t with as many degrees of freedom as
        there are clusters, less one.

    Example:
        >>> found = corrected_mean([0.0] * 40, [0.2, None] * 20, [0.5] * 40, list(map(str, range(40))))
        >>> round(found.machine.value, 2), round(found.corrected.value, 2)
        (0.0, 0.2)
    """
    import numpy as np

    called = np.asarray(machine, dtype=float)
    coded = np.array([value is not None for value in people], dtype=bool)
    said = np.array([0.0 if value is None else value for value in people], dtype=float)
    weights = np.where(coded, 1 / np.where(coded, np.asarray(probabilities, dtype=float), 1.0), 0.0)
    groups = np.unique(np.asarray(clusters, dtype=object).astype(str), return_inverse=True)[1]
    n = int(coded.sum())
    machine_mean = float(called.mean()) if len(called) else math.nan
    by_machine = _estimate(machine_mean, (called - machine_mean) / max(len(called), 1), groups, len(called), bounds)
    if n < least:
        none = Estimate(None, None, None, n, f"fewer than {least} coded")
        return ThreeEstimates(by_machine, none, none, n)
    share = weights / weights.sum()
    people_mean = float((share * said).sum())
    from_people = share * (said - people_mean)
    by_people = _estimate(people_mean, from_people, groups, n, bounds)
    differences = said - power * called
    correction = float((share * differences).sum())
    from_machine = (called - machine_mean) * power / len(called)
    from_differences = share * (differences - correction)
    both = _estimate(power * machine_mean + correction, from_machine + from_differences, groups, n, bounds)
    needed = []
    if int(groups.max()) >= 1:
        for size in (size for size in sizes if size <= len(called)):
            scale = n / size
            alone = _variance(from_people, groups) * scale
            corrected = _variance(from_machine, groups) + _variance(from_differences, groups) * scale
            needed.append((size, _quantile(groups) * math.sqrt(alone), _quantile(groups) * math.sqrt(corrected)))
    return ThreeEstimates(by_machine, by_people, both, n, tuple(needed))


def _estimate(value: float, influence: Numbers, groups: Numbers, n: int, bounds: tuple[float, float]) -> Estimate:
    """An estimate from what each unit adds to it; None where there are too few for one."""
    if n < MIN_POINTS:
        return Estimate(None, None, None, n, f"fewer than {MIN_POINTS} sentences")
    if int(groups.max()) < 1:
        return Estimate(None, None, None, n, "one article alone says nothing of others")
    variance = _variance(influence, groups)
    if variance < VARIANCE_LEAST:
        variance = 1 / (n + 1) ** 2  # nothing differed: as if one unit more might
    half = _quantile(groups) * math.sqrt(variance)
    lo, hi = max(bounds[0], value - half), min(bounds[1], value + half)
    return Estimate(value, min(lo, value), max(hi, value), n, f"{100 * CODED_SHARE:g} % interval over articles or sentences")


def _variance(influence: Numbers, groups: Numbers) -> float:
    """The variance of a sum, robust to whatever moves the units of one group together; with the small-sample factor."""
    import numpy as np

    sums = np.bincount(groups, weights=influence)
    return float((sums**2).sum() * len(sums) / (len(sums) - 1))


def _quantile(groups: Numbers) -> float:
    from scipy.special import stdtrit

    return float(stdtrit(int(groups.max()), (1 + CODED_SHARE) / 2))
