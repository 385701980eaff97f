"""Drawing: known probabilities, the same by seed, and nothing that depends on the order of articles."""

from __future__ import annotations

import pytest

from analysis.errors import SheetError
from analysis.estimates import Unit, draw, tone_series, units_of
from tests.build import cast, score
from tests.estimates.test_series import NORWAY, SWEDEN


def made(count: int, *, start: int = 0) -> list[Unit]:
    """Units of eight actors, one in five of them in doubt."""
    return [
        Unit(
            *(f"r{at:011d}", f"article-{at % 40}", at, f"Actor {at % 8}", "person", f"Outlet {at % 3}", "narrator"),
            *((0.45, 0.5, 0.05) if at % 5 == 0 else (0.01, 0.98, 0.01)),
            *("Before.", f"[[Actor {at % 8}]] acts {at}."),
        )
        for at in range(start, start + count)
    ]


def test_probabilities_sum_to_the_size_and_so_many_are_drawn():
    """150 of 1,000; the doubtful are the likelier ones; nothing has no chance."""
    found = draw(made(1000), 150)
    assert len(found) == 1000
    assert sum(item.probability for item in found) == pytest.approx(150)
    assert sum(item.chosen for item in found) == 150
    doubtful = {item.probability for item in found if item.unit.doubt > 0.2}
    sure = {item.probability for item in found if item.unit.doubt < 0.2}
    assert min(doubtful) > 2 * max(sure) > 0.1


def test_every_unit_is_drawn_as_often_as_it_says():
    """Over 400 seeds each of 60 units comes up as often as its probability, to four standard errors."""
    units = made(60)
    counts = dict.fromkeys((unit.ident for unit in units), 0)
    for seed in range(400):
        found = draw(units, 20, seed=seed)
        for item in found:
            counts[item.unit.ident] += item.chosen
    for item in found:
        error = (item.probability * (1 - item.probability) / 400) ** 0.5
        assert counts[item.unit.ident] / 400 == pytest.approx(item.probability, abs=4 * error + 1e-9)


def test_the_same_seed_draws_the_same_in_any_order_of_articles():
    """And another seed draws others."""
    units = made(200)
    one = [(item.unit.ident, item.chosen) for item in draw(units, 40, seed=1)]
    assert one == [(item.unit.ident, item.chosen) for item in draw(units[::-1] + units[:5], 40, seed=1)]
    assert one != [(item.unit.ident, item.chosen) for item in draw(units, 40, seed=2)]


def test_outlets_labels_and_actors_get_their_share():
    """Of three outlets and eight actors of equal weight none is left out or drawn twice as often as another."""
    found = [item.unit for item in draw(made(960), 160) if item.chosen]
    for key in (lambda unit: unit.outlet, lambda unit: unit.actor):
        counts = [sum(key(unit) == name for unit in found) for name in {key(unit) for unit in found}]
        assert max(counts) < 2 * min(counts)
    assert len({unit.actor for unit in found}) == 8


def test_more_than_there_are_draws_all():
    """With certainty; and what cannot be drawn is said."""
    found = draw(made(7), 150)
    assert [(item.probability, item.chosen) for item in found] == [(1.0, True)] * 7
    with pytest.raises(SheetError, match="nothing to draw from"):
        draw([], 10)
    with pytest.raises(SheetError, match="A sheet of 0 rows"):
        draw(made(7), 0)


def test_units_of_an_article():
    """A unit a scored sentence and actor, marked; a repeated sentence and what is not scored are none."""
    found = cast("Norway met Sweden, said Norway.\n\nSweden won.\n\nSweden won.", [NORWAY, SWEDEN])
    tones = [-0.5, 0.25, -0.1, None, 0.4]
    series = tone_series(found, [score(m, tone) for m, tone in zip(found.mentions, tones, strict=True)])
    units = units_of(found.parse, series)
    assert {(unit.sentence, unit.actor, unit.text) for unit in units} == {
        (1, "Norway", "[[Norway]] met Sweden, said [[Norway]]."),
        (1, "Sweden", "Norway met [[Sweden]], said Norway."),
        (3, "Sweden", "[[Sweden]] won."),
    }
    norway = next(unit for unit in units if unit.actor == "Norway")
    assert (norway.negative, norway.neutral, norway.positive) == pytest.approx((0.3, 0.7, 0.0))
    assert (norway.tone, norway.label, norway.voice, norway.before) == (pytest.approx(-0.3), "none", "narrator", "")
    assert norway.doubt == pytest.approx(0.3 - 0.09)
    assert next(unit for unit in units if unit.sentence == 3).before == "Sweden won."
    assert len({unit.ident for unit in units}) == 3
