"""What a coded sheet says: agreement, machine against people, and figures corrected."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.estimates import Sheet, check, draw
from analysis.estimates.handcoded import agreed
from analysis.estimates.sampling import LABELS
from analysis.estimates.sheets import CodedUnit
from tests.estimates.test_sampling import made


def coded(units, labels, *, coders=("Ada", "Ben"), probability=0.5):
    """A sheet of units with what the coders said of each; None for those that were not drawn."""
    rows = tuple(CodedUnit(unit, probability, said) for unit, said in zip(units, labels, strict=True) if said is not None)
    return Sheet(tuple(coders), rows, tuple(units), 0)


def certain(units):
    """The same units with a machine that is sure of one label."""
    return [
        replace(unit, negative=float(at % 3 == 0), neutral=float(at % 3 == 1), positive=float(at % 3 == 2))
        for at, unit in enumerate(units)
    ]


def test_perfect_coders_and_a_perfect_machine_agree():
    """The three figures are one, F1 is 1 and there is no false alarm."""
    units = certain(made(60))
    found = check(coded(units, [(LABELS.index(u.label) - 1,) * 2 for u in units], probability=1.0))
    assert found.slices[0].f1 == 1
    assert found.slices[0].alarms == 0
    for figure in found.figures:
        values = [one.value for one in (figure.triple.machine, figure.triple.people, figure.triple.corrected)]
        assert values == [pytest.approx(values[0])] * 3 or values[1:] == [None, None]
    assert [one.value for one in (found.figures[0].triple.people, found.figures[1].triple.people)] == pytest.approx([0, 1 / 3])
    assert (found.drawn, found.coded, found.population, found.articles) == (60, 60, 60, 40)


CODES = st.lists(st.tuples(*[st.sampled_from([-1, 0, 1, None])] * 2), min_size=30, max_size=30)


@settings(max_examples=15)
@given(CODES)
def test_permuted_coders_change_nothing(codes):
    """The columns of two coders change places: not one figure moves."""
    units = made(30)
    one = check(coded(units, codes))
    other = check(coded(units, [said[::-1] for said in codes], coders=("Ben", "Ada")))
    assert replace(one, coders=()) == replace(other, coders=())


def test_too_few_coded_is_none_with_its_reason():
    """19 of 60 coded: neither an F1 nor a corrected mean, of anybody."""
    units = made(60)
    found = check(coded(units, [(0, 0)] * 19 + [(None, None)] * 41))
    assert [one.reason for one in found.slices] == ["fewer than 20 coded"] * len(found.slices)
    assert {one.f1 for one in found.slices} == {None}
    assert {figure.triple.corrected.value for figure in found.figures} == {None}
    assert found.figures[0].triple.corrected.method == "fewer than 20 coded"
    assert found.coded == 19


def test_parts_are_kinds_voices_and_outlets():
    """Each with its count; the machine calls all none, one in ten of which people call negative."""
    units = [replace(unit, negative=0.1, neutral=0.8, positive=0.1, voice="source" if at < 30 else "narrator")
             for at, unit in enumerate(made(90))]  # fmt: skip
    found = check(coded(units, [(-1 if at % 10 == 0 else 0, None) for at in range(90)]))
    parts = {(one.group, one.name): one.coded for one in found.slices}
    assert parts == {("all", "everybody"): 90, ("kind", "person"): 90, ("voice", "narrator"): 60, ("voice", "source"): 30,
                     ("outlet", "Outlet 0"): 30, ("outlet", "Outlet 1"): 30, ("outlet", "Outlet 2"): 30}  # fmt: skip
    assert found.slices[0].table == ((0, pytest.approx(0.1), 0), (0, pytest.approx(0.9), 0), (0, 0, 0))
    assert found.slices[0].f1 == pytest.approx((0 + 2 * 0.9 / 1.9) / 2)
    people, corrected = found.figures[0].triple.people, found.figures[0].triple.corrected
    assert (people.value, corrected.value) == pytest.approx((-0.1, -0.1))
    assert found.figures[1].triple.people.value == pytest.approx(0.1)


def test_a_unit_of_several_coders_counts_with_their_mean():
    """-1 and 0 are -0.5, which is no tone; two of three are."""
    unit = made(1)[0]
    assert agreed(CodedUnit(unit, 1.0, (-1, 0, None))) == -0.5
    for labels, share in (((-1, 0), 0.5), ((-1, -1), 1.0)):
        found = check(coded(made(40), [labels] * 40, probability=1.0))
        assert found.figures[1].triple.people.value == pytest.approx(share)
        assert sum(found.slices[0].table[0]) == pytest.approx(float(share == 1))


def test_whoever_stops_halfway_has_coded_a_random_half():
    """The last half of a sheet left empty: by people alone the mean of the first half, whatever the common factor."""
    units = made(200)
    drawn = [item for item in draw(units, 100) if item.chosen]
    rows = [CodedUnit(item.unit, item.probability, ((-1,) if at < 50 else (None,))) for at, item in enumerate(drawn)]
    found = check(Sheet(("Ada",), tuple(rows), tuple(units), 0))
    assert found.coded == 50
    assert found.figures[0].triple.people.value == -1
    assert found.figures[0].triple.corrected.value == pytest.approx(-1, abs=0.1)


def test_ten_articles_are_clusters_and_ten_coded_give_an_actor_a_mean():
    """With one article less, or one coded sentence less of the actor, there is neither: sentences count alone, no number."""

    def sheet(articles, coded):
        units = [
            replace(unit, actor="Ada" if at < 12 else "Ben", article=f"a{at % articles}") for at, unit in enumerate(made(80))
        ]
        lean = [-1 if at % articles < articles // 2 else 1 for at in range(80)]
        rows = [CodedUnit(unit, 0.5, (lean[at],)) for at, unit in enumerate(units) if at < coded or at >= 12]
        return check(Sheet(("Coder",), tuple(rows), tuple(units), 0))

    whole = {articles: sheet(articles, 12).figures[0].triple.people for articles in (9, 10)}
    widths = {articles: one.hi - one.lo for articles, one in whole.items()}
    assert widths[10] > 1.5 * widths[9]
    ada = {coded: next(one for one in sheet(10, coded).figures if one.who == "Ada").triple for coded in (9, 10)}
    assert ada[9].corrected.method == "fewer than 10 coded"
    assert ada[10].corrected.value is not None
