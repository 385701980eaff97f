"""95 % bootstrap intervals (1,000 rounds) of what the benchmarks measure."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from training.measure import macro_f1

ROUNDS = 1000
SEED = 20210419

Measure = Callable[[np.ndarray], float]
"""A value of the rows at some places; nan where it has none."""


def interval(measure: Measure, count: int, *, owners: np.ndarray | None = None, n: int | None = None) -> dict[str, float]:
    """A measure with its interval: {"value", "lo", "hi", "n"}.

    Args:
        measure: takes places of rows.
        count: the number of rows.
        owners: what each row belongs to, an article say; then whole owners are drawn. None: rows are drawn.
        n: what is reported as the number measured; None: `count`.
    """
    rng = np.random.default_rng(SEED)
    if owners is None:
        drawn = [measure(rng.integers(0, count, count)) for _ in range(ROUNDS)]
    else:
        places = [np.flatnonzero(owners == one) for one in np.unique(owners)]
        picks = (rng.integers(0, len(places), len(places)) for _ in range(ROUNDS))
        drawn = [measure(np.concatenate([places[at] for at in pick])) for pick in picks]
    finite = [one for one in drawn if np.isfinite(one)]
    low, high = np.percentile(finite, [2.5, 97.5]) if finite else (np.nan, np.nan)
    value = measure(np.arange(count))
    found = {"value": value, "lo": float(low), "hi": float(high)}
    return {key: round(one, 4) for key, one in found.items()} | {"n": count if n is None else n}


def auc(truth: np.ndarray, score: np.ndarray) -> float:
    """Chance that a positive scores above a negative, ties counting half, in [0, 1]; nan where one side is empty."""
    yes, no = score[truth], score[~truth]
    if not len(yes) or not len(no):
        return float("nan")
    ordered = np.sort(no)
    below = np.searchsorted(ordered, yes, side="left")
    upto = np.searchsorted(ordered, yes, side="right")
    return float(((below + upto) / 2).mean() / len(no))


def f1_interval(truth: np.ndarray, guess: np.ndarray, classes: int) -> dict[str, float]:
    """Macro-F1 with its interval over rows."""
    return interval(lambda at: macro_f1(truth[at], guess[at], classes), len(truth))


def auc_interval(truth: np.ndarray, score: np.ndarray) -> dict[str, float]:
    """AUC with its interval over rows."""
    return interval(lambda at: auc(truth[at], score[at]), len(truth))


def shares(right: np.ndarray) -> dict[str, float]:
    """The share of rows that are right, with its interval."""
    return interval(lambda at: float(right[at].mean()), len(right))


def share_where(right: np.ndarray, where: np.ndarray, *, owners: np.ndarray | None = None) -> dict[str, float] | None:
    """The share of some rows that are right, with its interval; None where there are none. n counts those rows."""
    if not where.any():
        return None

    def measure(at: np.ndarray) -> float:
        some = at[where[at]]
        return float(right[some].mean()) if len(some) else float("nan")

    return interval(measure, len(right), owners=owners, n=int(where.sum()))
