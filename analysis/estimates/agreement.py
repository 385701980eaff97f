"""How far coders agree, and how far a machine agrees with them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from ..constants import BOOTSTRAP_ROUNDS, CODED_SHARE, SEED
from ..model import Estimate

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Counts = NDArray[Any]

WIDTH_LEAST: Final = 1e-9
"""An interval narrower than this has no width but for the rounding of its ends."""


def ordinal_alpha(rows: Sequence[Sequence[float | None]], *, clusters: Sequence[str] | None = None) -> Estimate:
    """Krippendorff's alpha for ordered labels, with a 95 % bootstrap interval.

    Args:
        rows: a row for each unit, with the label of each coder as a number; None where a coder gave no label.
        clusters: for each unit the cluster it belongs to, such as its article. The bootstrap draws whole clusters. None: it
            draws single units.

    Returns:
        1 for perfect agreement, 0 for agreement by chance. n counts the units that at least two coders have labelled. The value
        is None, with the reason, where no unit has two labels, where all labels are the same, or where every resample gives the
        same alpha.

    Source: Krippendorff, Content Analysis (2019), chapter 12; his Computing Krippendorff's Alpha-Reliability (2011).

    Example:
        >>> round(ordinal_alpha([[-1, -1], [0, 0], [1, 1], [1, 0], [0, 0]]).value, 3)
        0.794
    """
    import numpy as np

    values = sorted({value for row in rows for value in row if value is not None})
    counts = np.array([[sum(v == value for v in row) for value in values] for row in rows], dtype=float)
    counts = counts.reshape(len(rows), len(values))
    paired = counts.sum(axis=1) >= 2
    n = int(paired.sum())
    if not n:
        return Estimate(None, None, None, 0, "no row was coded by two coders")
    single = _coincidences(counts[paired])
    value = float(_alpha(single.sum(axis=0, keepdims=True))[0])
    if np.isnan(value):
        return Estimate(None, None, None, n, "all labels are the same, so agreement cannot be told from chance")
    owners = np.array(list(clusters) if clusters is not None else [str(at) for at in range(len(rows))])
    groups = np.unique(owners[paired], return_inverse=True)[1]
    summed = np.zeros((int(groups.max()) + 1, *single.shape[1:]))
    np.add.at(summed, groups, single)
    generator = np.random.default_rng(SEED)
    drawn = generator.multinomial(len(summed), np.full(len(summed), 1 / len(summed)), size=BOOTSTRAP_ROUNDS)
    alphas = _alpha(np.einsum("bg,gij->bij", drawn, summed))
    tail = (1 - CODED_SHARE) / 2
    lo, hi = np.quantile(alphas[~np.isnan(alphas)], [tail, 1 - tail])
    if float(hi) - float(lo) < WIDTH_LEAST:
        return Estimate(None, None, None, n, f"an alpha of {value:.2f} whose interval cannot be told from so few rows")
    return Estimate(
        value, min(float(lo), value), max(float(hi), value), n, f"{100 * CODED_SHARE:g} % bootstrap interval over rows"
    )


def _coincidences(counts: Counts) -> Counts:
    """For each unit how often one label meets another among its coders' pairs, shape (units, labels, labels)."""
    import numpy as np

    pairs = counts[:, :, None] * counts[:, None, :] - np.eye(counts.shape[1]) * counts[:, :, None]
    coincidences: Counts = pairs / (counts.sum(axis=1) - 1)[:, None, None]
    return coincidences


def _alpha(coincidences: Counts) -> Counts:
    """The alpha of each table of coincidences, shape (tables, labels, labels). NaN where all labels of a table are the same.

    The difference between two labels is ordinal: the number of labels given between them, squared.
    """
    import numpy as np

    margins = coincidences.sum(axis=2)
    total = margins.sum(axis=1)
    upto = np.cumsum(margins, axis=1)
    between = upto[:, None, :] - upto[:, :, None] + (margins[:, :, None] - margins[:, None, :]) / 2
    distance = np.triu(between) ** 2
    distance = distance + distance.transpose(0, 2, 1)
    expected = (margins[:, :, None] * margins[:, None, :] * distance).sum(axis=(1, 2))
    with np.errstate(invalid="ignore"):  # 0 / 0 where all labels are the same
        alphas: Counts = 1 - (coincidences * distance).sum(axis=(1, 2)) * (total - 1) / expected
    return alphas


def confusion(people: Sequence[int], machine: Sequence[int], weights: Sequence[float]) -> list[list[float]]:
    """Shares of all units by label of the people (rows) and of the machine (columns): negative, none, positive.

    Args:
        people, machine: labels 0, 1 and 2.
        weights: one over the probability with which each unit was drawn.
    """
    total = sum(weights)
    table = [[0.0] * 3 for _ in range(3)]
    for coded, called, weight in zip(people, machine, weights, strict=True):
        table[coded][called] += weight / total
    return table


def macro_f1(table: Sequence[Sequence[float]]) -> float | None:
    """The mean F1 of the labels that people gave, from a confusion table; None for an empty one."""
    scores = []
    for at in range(3):
        given, called = sum(table[at]), sum(row[at] for row in table)
        if given > 0:
            scores.append(2 * table[at][at] / (given + called))
    return sum(scores) / len(scores) if scores else None


def false_alarms(table: Sequence[Sequence[float]]) -> float | None:
    """The share of what people call "none" that the machine calls negative or positive; None where they never do."""
    return (table[1][0] + table[1][2]) / sum(table[1]) if sum(table[1]) > 0 else None
