"""The corrected mean: against a published implementation, on data with a known truth, and where little is coded."""

from __future__ import annotations

import warnings
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analysis.constants import CODED_LEAST
from analysis.estimates import corrected_mean

# ppi-python 0.2.3 (ppi_mean_pointestimate, with w=1/probability and lam=power) and statsmodels 0.15.0 (WLS and OLS on a
# constant, cov_type="cluster", use_correction=False) on the numbers beneath.
MACHINE = [
    -0.44,
    -0.078,
    -0.757,
    0.045,
    -0.182,
    -0.857,
    -0.802,
    0.973,
    0.388,
    -0.103,
    0.28,
    -0.459,
    -0.396,
    -0.853,
    -0.895,
    0.615,
    0.627,
    -0.99,
    -0.34,
    -0.822,
    -0.064,
    0.235,
    0.102,
    -0.732,
    0.405,
    0.226,
    -0.065,
    -0.406,
    0.837,
    -0.833,
    -0.71,
    -0.243,
    -0.482,
    0.232,
    0.389,
    0.408,
    0.548,
    -0.65,
    0.493,
    -0.508,
    0.072,
    -0.558,
    0.624,
    -0.784,
    -0.138,
    0.267,
    0.395,
    -0.809,
    0.968,
    -0.42,
    -0.107,
    -0.392,
    -0.92,
    -0.511,
    -0.346,
    0.15,
    -0.861,
    0.862,
    -0.602,
    0.059,
]
PROBABILITIES = [
    0.45,
    0.45,
    0.84,
    0.82,
    0.63,
    0.4,
    0.31,
    0.53,
    0.32,
    0.55,
    0.25,
    0.21,
    0.57,
    0.47,
    0.9,
    0.46,
    0.57,
    0.47,
    0.74,
    0.46,
    0.38,
    0.52,
    0.76,
    0.57,
    0.68,
    0.62,
    0.36,
    0.54,
    0.47,
    0.76,
    0.39,
    0.77,
    0.45,
    0.43,
    0.84,
    0.81,
    0.58,
    0.78,
    0.81,
    0.74,
    0.61,
    0.72,
    0.24,
    0.43,
    0.57,
    0.29,
    0.35,
    0.33,
    0.37,
    0.46,
    0.4,
    0.85,
    0.22,
    0.6,
    0.64,
    0.68,
    0.42,
    0.89,
    0.62,
    0.69,
]
PEOPLE = [
    0,
    0,
    -1,
    None,
    0,
    -1,
    None,
    1,
    None,
    None,
    1,
    -1,
    0,
    -1,
    None,
    None,
    None,
    -1,
    0,
    None,
    None,
    None,
    0,
    None,
    0,
    None,
    None,
    None,
    None,
    -1,
    0,
    0,
    -1,
    0,
    1,
    1,
    1,
    -1,
    0,
    None,
    None,
    0,
    None,
    None,
    0,
    None,
    1,
    None,
    1,
    None,
    0,
    None,
    -1,
    None,
    0,
    1,
    None,
    1,
    None,
    0,
]
CLUSTERS = [f"a{at % 12}" for at in range(60)]
CORRECTED = {1.0: -0.0425198482889044, 0.5: -0.04970209045084384, 0.0: -0.05688433261278329}
PEOPLE_MEAN, PEOPLE_ERROR = -0.05688433261278329, 0.1995719999171175
MACHINE_MEAN, MACHINE_ERROR = -0.14858333333333337, 0.08058366410939814
PPI_PLAIN = (-0.028730392156862752, -0.2166471776912855, 0.15918639337755996)
"""Without weights and clusters: corrected mean and the ends of the 95 % interval, which takes the normal distribution."""


@pytest.mark.parametrize("power", CORRECTED)
def test_the_published_implementation_gives_the_same_mean(power):
    """To 1e-6, with weights, whole, half and not at all powered by the machine."""
    found = corrected_mean(MACHINE, PEOPLE, PROBABILITIES, CLUSTERS, power=power)
    assert found.corrected.value == pytest.approx(CORRECTED[power], abs=1e-6)
    assert found.people.value == pytest.approx(CORRECTED[0.0], abs=1e-6)


def test_clustered_errors_are_those_of_statsmodels():
    """Half a width is t(11) at 97.5 % times the clustered error with the factor 12 / 11, to 1e-6."""
    found = corrected_mean(MACHINE, PEOPLE, PROBABILITIES, CLUSTERS)
    for one, mean, error in ((found.people, PEOPLE_MEAN, PEOPLE_ERROR), (found.machine, MACHINE_MEAN, MACHINE_ERROR)):
        assert one.value == pytest.approx(mean, abs=1e-6)
        assert one.hi - one.value == pytest.approx(stats.t.ppf(0.975, 11) * error * sqrt(12 / 11), abs=1e-6)
        assert one.method == "95 % interval over articles or sentences"


def test_the_published_interval_is_nearly_the_same_without_clusters():
    """Every unit its own cluster and equal weights: the mean to 1e-6; the width to a fifth, as theirs takes the coded for other
    units than those it has predictions of, and the normal distribution for t."""
    found = corrected_mean(MACHINE, PEOPLE, [0.5] * 60, list(map(str, range(60))))
    mean, lo, hi = PPI_PLAIN
    assert found.corrected.value == pytest.approx(mean, abs=1e-6)
    assert found.corrected.hi - found.corrected.lo == pytest.approx(hi - lo, rel=0.2)


def drawn(generator, *, off=0.2, articles=100, each=10, coded=100):
    """A population of articles whose units move together, a machine that is off, and a sample with unequal probabilities."""
    import numpy as np

    lean = np.repeat(generator.normal(-0.1, 0.2, articles), each)
    chance = np.clip((1 - lean[:, None] * [1, 0, -1]) / 3, 0.02, 0.9)
    below = generator.random(len(lean))[:, None] < (chance / chance.sum(axis=1, keepdims=True)).cumsum(axis=1)
    truth = below.argmax(axis=1) - 1
    machine = np.clip(0.6 * truth + generator.normal(0, 0.3, len(truth)), -1, 1) + off
    weight = 0.3 + np.abs(machine)
    probability = coded * weight / weight.sum()
    said = [int(label) if hit else None for label, hit in zip(truth, generator.random(len(truth)) < probability, strict=True)]
    return truth, machine, said, probability, [f"a{at // each}" for at in range(len(truth))]


def test_a_machine_that_is_off_is_corrected():
    """300 populations of 1,000 with about 100 coded, the machine 0.2 too high: the mean error of the corrected mean is under
    0.02 and that of the machine is not; the interval holds the population's mean about as often as it says."""
    import numpy as np

    generator = np.random.default_rng(2)
    errors, machine, held = [], [], []
    for _ in range(300):
        truth, called, said, probability, clusters = drawn(generator)
        found = corrected_mean(called, said, probability, clusters)
        errors.append(found.corrected.value - truth.mean())
        machine.append(found.machine.value - truth.mean())
        held.append(found.corrected.lo <= truth.mean() <= found.corrected.hi)
    assert abs(np.mean(errors)) < 0.02
    assert abs(np.mean(machine)) > 0.15
    assert 0.92 <= np.mean(held) <= 0.985


@given(st.lists(st.sampled_from([-1, 0, 1]), min_size=CODED_LEAST, max_size=40))
def test_perfect_people_and_a_perfect_machine_agree(labels):
    """All coded and all right: three times the same number, and no interval without width."""
    found = corrected_mean(labels, labels, [1.0] * len(labels), list(map(str, range(len(labels)))))
    assert found.machine.value == pytest.approx(found.people.value)
    assert found.machine.value == pytest.approx(found.corrected.value)
    for one in (found.machine, found.people, found.corrected):
        assert -1 - 1e-9 <= one.lo <= one.value <= one.hi <= 1 + 1e-9
        assert one.hi - one.lo > 0.01


def test_too_few_are_none_with_the_reason():
    """One coded unit less than the least, four units in all, one article in all."""
    people = [1] * (CODED_LEAST - 1) + [None] * 21
    few = corrected_mean([0.0] * 40, people, [0.5] * 40, list(map(str, range(40))))
    assert (few.corrected.value, few.corrected.method, few.coded) == (None, "fewer than 20 coded", 19)
    assert few.machine.value == 0
    four = corrected_mean([0.0] * 4, [1] * 4, [1.0] * 4, list("abcd")).machine
    assert (four.value, four.n, four.method) == (None, 4, "fewer than 5 sentences")
    alone = corrected_mean([0.0] * 40, [1] * 40, [1.0] * 40, ["a"] * 40, sizes=(20,))
    assert alone.corrected.method == "one article alone says nothing of others"
    assert (alone.corrected.n, alone.needed) == (40, ())
    with warnings.catch_warnings(action="error"):
        nothing = corrected_mean([], [], [], [])
    assert (nothing.machine.value, nothing.machine.n, nothing.coded) == (None, 0, 0)


def test_equal_labels_have_an_interval():
    """Nothing differs between 20 articles: half a width is t(19) / 21, as if one unit more might differ by one."""
    found = corrected_mean([0.0] * 20, [0] * 20, [1.0] * 20, list(map(str, range(20))))
    assert (found.people.value, found.people.n, found.coded) == (0, 20, 20)
    assert found.people.hi == pytest.approx(stats.t.ppf(0.975, 19) / 21)


def test_two_articles_are_enough_for_widths():
    """The width foretold for as many as were coded is that of the estimate by people alone; half as many give sqrt(2) of it."""
    people = [1, 0, 1, 1, 0] * 2 + [0, -1, 0, 0, 1] * 2
    found = corrected_mean([0.0] * 20, people, [1.0] * 20, ["a"] * 10 + ["b"] * 10, sizes=(10, 20), bounds=(-99, 99))
    half = found.people.hi - found.people.value
    assert [(size, alone) for size, alone, _ in found.needed] == [
        (10, pytest.approx(half * sqrt(2))),
        (20, pytest.approx(half)),
    ]
    assert [corrected for *_, corrected in found.needed] == [pytest.approx(half * sqrt(2)), pytest.approx(half)]


def test_weights_are_respected_by_hand():
    """Negative units were drawn surely, positive ones one time in four: 10 of -1 and 10 of 1 stand for 10 and 40.

    People: (-10 + 40) / 50 = 0.6. The machine says 0 of all, so corrected it is the same.
    """
    people = [-1] * 10 + [1] * 10 + [None] * 30
    found = corrected_mean([0.0] * 50, people, [1.0] * 10 + [0.25] * 40, list(map(str, range(50))))
    assert found.people.value == pytest.approx((-10 + 4 * 10) / (10 + 4 * 10))
    assert found.corrected.value == pytest.approx(0.6)


def test_more_coded_make_it_narrower():
    """Twice as many coded: by people alone 1 / sqrt(2) of the width; corrected, less is gained, as the machine's part stays.
    No width is foretold for more units than there are."""
    import numpy as np

    _, called, said, probability, clusters = drawn(np.random.default_rng(5))
    found = corrected_mean(called, said, probability, clusters, sizes=(100, 200, 5000))
    (first, wide, slim), (second, wide2, slim2) = found.needed
    assert (first, second) == (100, 200)
    assert wide2 / wide == pytest.approx(1 / sqrt(2))
    assert 1 / sqrt(2) < slim2 / slim < 1
    assert slim < wide


def test_half_of_the_machine_by_hand():
    """Six units of six articles, five of them coded with probability 0.5, so that each counts a fifth; power 0.5.

    The machine's mean is 0.1. People less half of the machine: 0.2, -0.1, 0.1, 0.1, -0.4, mean -0.02. Value 0.5 * 0.1 - 0.02.
    """
    machine, people = [0.0, 0.4, -0.2, 0.6, 0.2, -0.4], [0.2, 0.1, 0.0, 0.4, None, -0.6]
    found = corrected_mean(machine, people, [0.5] * 6, list("abcdef"), power=0.5, least=5)
    apart = [(far + 0.02) / 5 for far in (0.2, -0.1, 0.1, 0.1)] + [0, (-0.4 + 0.02) / 5]
    adds = [0.5 * (called - 0.1) / 6 + far for called, far in zip(machine, apart, strict=True)]
    half = stats.t.ppf(0.975, 5) * sqrt(sum(each**2 for each in adds) * 6 / 5)
    assert found.corrected.value == pytest.approx(0.03)
    assert found.corrected.hi == pytest.approx(0.03 + half)


def test_with_few_coded_only_the_machine_speaks():
    """One less than the least: people and corrected are None, with how many were coded."""
    found = corrected_mean([0.1] * 30, [0.2] * 19 + [None] * 11, [0.5] * 30, list(map(str, range(30))))
    assert (found.people.value, found.corrected.value, found.coded) == (None, None, 19)
    assert (found.people.n, found.people.method) == (19, "fewer than 20 coded")
    assert found.machine.value == pytest.approx(0.1)
