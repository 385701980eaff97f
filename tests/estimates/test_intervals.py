"""Means with intervals: the same twice, as wide as they say, None from too little."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.constants import MIN_POINTS
from analysis.estimates import discounted_tone, tone_series
from analysis.estimates.intervals import interval
from tests.build import cast, score
from tests.estimates.test_series import NORWAY


def test_too_few_is_none_not_zero():
    """One sentence less than the least count gives no number, the least count gives one."""
    assert interval([0.1] * (MIN_POINTS - 1)).value is None
    enough = interval([0.1, 0.2, 0.3, 0.4, 0.5][:MIN_POINTS])
    assert enough.value == pytest.approx((0.1 + 0.2 + 0.3 + 0.4 + 0.5) / 5)
    assert enough.lo <= enough.value <= enough.hi


def test_interval_is_the_same_twice_and_in_any_order():
    """No clock and no global generator; the order of sentences says nothing about their mean."""
    values = [0.9, -0.3, 0.1, 0.4, -0.8, 0.2]
    assert interval(values) == interval(values) == interval(values[::-1])


def test_interval_has_enough_rounds():
    """Its ends are those of a hundred thousand rounds, to a twenty-fifth of its width; 60 rounds miss by up to a ninth."""
    import numpy as np

    for seed in range(20):
        values = np.random.default_rng(seed).uniform(-1, 1, size=30)
        means = values[np.random.default_rng(1).integers(0, 30, size=(100_000, 30))].mean(axis=1)
        lo, hi = np.quantile(means, [0.05, 0.95])
        estimate = interval(list(values))
        assert (estimate.lo, estimate.hi) == pytest.approx((lo, hi), abs=(hi - lo) / 25)


def test_interval_covers_its_mean_about_as_often_as_it_says():
    """Of 300 samples of 12 from a known population, the 90 % interval holds the true mean in 80 to 96 %."""
    import numpy as np

    generator = np.random.default_rng(7)
    hits = 0
    for _ in range(300):
        estimate = interval(list(generator.uniform(-1, 1, size=12)))
        hits += estimate.lo <= 0.0 <= estimate.hi
    assert 0.80 <= hits / 300 <= 0.96


def test_discounted_tone_takes_what_is_hedged():
    """Five sentences at -0.5, told with certainty 0.6: the mean is -0.3; without hedges it is the raw mean."""
    found = cast("\n\n".join(f"Norway {n}." for n in range(5)), [NORWAY])
    for sure, mean in ((0.6, -0.5 * 0.6), (1.0, -0.5)):
        (series,) = tone_series(found, [replace(score(m, -0.5), certainty=sure) for m in found.mentions])
        assert discounted_tone(found.parse, series.points).value == pytest.approx(mean)
        assert series.estimate.value == pytest.approx(-0.5)
