"""Agreement: alpha against published values and another implementation, F1 and false alarms by hand."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nltk.metrics.agreement import AnnotationTask

from analysis.constants import BOOTSTRAP_ROUNDS, SEED
from analysis.estimates import ordinal_alpha
from analysis.estimates.agreement import confusion, false_alarms, macro_f1

NO = None
FOUR_CODERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, NO, NO, NO],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NO, 3],
    [NO, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NO],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NO],
]
"""Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), example C."""
ROWS = st.lists(st.lists(st.sampled_from([-1, 0, 1, None]), min_size=3, max_size=3), min_size=4, max_size=12)


def test_alpha_is_the_published_one():
    """0.815 for ordinal data, as Krippendorff prints it."""
    found = ordinal_alpha(list(zip(*FOUR_CODERS, strict=True)))
    assert found.value == pytest.approx(0.815, abs=5e-4)
    assert found.lo < found.value <= found.hi
    assert found.n == 11
    assert found.method == "95 % bootstrap interval over rows"


def by_nltk(rows):
    """The same by nltk, whose distance is given the ordinal one of these data."""
    counts = {value: sum(row.count(value) for row in rows if len(row) - row.count(None) > 1) for value in (-1, 0, 1)}

    def distance(one, other):
        low, high = sorted((one, other))
        between = sum(counts[value] for value in (-1, 0, 1) if low <= value <= high)
        return (between - (counts[low] + counts[high]) / 2) ** 2

    data = [(f"c{c}", str(at), v) for at, row in enumerate(rows) for c, v in enumerate(row) if v is not None]
    return AnnotationTask(data=data, distance=distance).alpha()


def test_alpha_is_that_of_nltk():
    """To 1e-9, on 20 random sheets of three coders with gaps."""
    generator = random.Random(3)
    for _ in range(20):
        rows = [[generator.choice([-1, 0, 0, 1, None]) for _ in range(3)] for _ in range(15)]
        assert ordinal_alpha(rows).value == pytest.approx(by_nltk(rows), abs=1e-9)


@settings(max_examples=30)
@given(ROWS, st.permutations(range(3)))
def test_permuted_coders_change_nothing(rows, order):
    """Neither the value nor the interval."""
    assert ordinal_alpha(rows) == ordinal_alpha([[row[at] for at in order] for row in rows])


def test_where_agreement_cannot_be_told():
    """One coder alone; all labels the same; perfect agreement on too few rows: None, each with its reason."""
    assert ordinal_alpha([[1, None], [0, None]]).method == "no row was coded by two coders"
    assert ordinal_alpha([]).n == 0
    with np.errstate(all="raise"):
        same = ordinal_alpha([[0, 0]] * 9)
    assert (same.value, same.n) == (None, 9)
    assert same.method == "all labels are the same, so agreement cannot be told from chance"
    perfect = ordinal_alpha([[1, 1], [0, 0], [-1, -1]] * 3)
    assert (perfect.value, perfect.n) == (None, 9)
    assert perfect.method.startswith("an alpha of 1.00 whose interval")
    assert ordinal_alpha([[1, 1], [0, 0], [0, 1]], clusters=["a"] * 3).value is None


@pytest.mark.parametrize("clustered", [False, True])
def test_the_interval_is_that_of_the_resamples(clustered):
    """Of two labels alpha is 1 - (N - 1) o / (n0 n1): N labels, o disagreements, n0 and n1 of each label.

    Each resample draws as many rows, or clusters of two rows, as there are; one whose labels are all the same has no alpha. The
    interval leaves out 2.5 % of the others on each side.
    """
    rows = [[0, 0]] * 8 + [[1, 1]] * 6 + [[0, 1]] * 4
    each = 2 if clustered else 1
    count = len(rows) // each
    drawn = np.random.default_rng(SEED).multinomial(count, np.full(count, 1 / count), size=BOOTSTRAP_ROUNDS)
    zeros, ones, apart = (each * drawn[:, at // each : to // each].sum(axis=1) for at, to in ((0, 8), (8, 14), (14, 18)))
    with np.errstate(invalid="ignore"):
        alphas = 1 - (2 * len(rows) - 1) * apart / ((2 * zeros + apart) * (2 * ones + apart))
    found = ordinal_alpha(rows, clusters=[f"{at // each:02}" for at in range(len(rows))])
    assert (found.lo, found.hi) == pytest.approx(np.nanquantile(alphas, [0.025, 0.975]))
    assert found.value == pytest.approx(1 - 35 * 4 / ((16 + 4) * (12 + 4)))


def test_whole_articles_are_resampled():
    """Ten rows of each of three articles that agree or disagree as a whole: the interval is wider than over rows."""
    rows = [[1, 1], [0, 0]] * 5 + [[1, 0], [0, 1]] * 5 + [[1, 1], [0, 0]] * 5
    alone, whole = ordinal_alpha(rows), ordinal_alpha(rows, clusters=["a"] * 10 + ["b"] * 10 + ["c"] * 10)
    assert whole.value == alone.value
    assert whole.hi - whole.lo > alone.hi - alone.lo


def test_machine_against_people_by_hand():
    """Weights 1, 1, 2: F1 of negative 2 * 0.25 / (0.5 + 0.25) = 2/3, of none 2 * 0.5 / (0.5 + 0.75) = 0.8; no positive."""
    table = confusion([0, 0, 1], [0, 1, 1], [1, 1, 2])
    assert table == [[0.25, 0.25, 0], [0, 0.5, 0], [0, 0, 0]]
    assert macro_f1(table) == pytest.approx((2 / 3 + 0.8) / 2)
    assert false_alarms(table) == 0
    assert false_alarms(confusion([1, 1, 1, 0], [0, 1, 2, 0], [1, 2, 1, 5])) == pytest.approx(2 / 4)
    assert macro_f1([[0.0] * 3] * 3) is None
    assert false_alarms([[1.0, 0, 0], [0.0] * 3, [0.0] * 3]) is None


def test_a_confusion_adds_up_its_units():
    """Two units of one cell are both counted; labels of people without one of the machine are a mistake."""
    assert confusion([0, 0], [2, 2], [1, 3])[0] == [0, 0, 1]
    with pytest.raises(ValueError, match="zip"):
        confusion([0, 1], [0], [1, 1])
