"""The two forms by themselves, on Axes of anybody's."""

from __future__ import annotations

import math

import pytest

from analysis.accuracy import SHARES
from analysis.charts import Row, Sheet, bars, dots, finish, house_style
from analysis.charts.forms import TONE
from analysis.charts.layout import NARROW
from analysis.display import INK, NEGATIVE, POSITIVE, Table
from analysis.estimates import slots_of
from analysis.model import Estimate
from tests.charts.made import HOSTILE, LONG, misplaced, whole

WORDS = {"title": "T", "subtitle": "S", "source": "Q", "alt": "A", "table": Table([[1]], columns=["a"], caption="c")}


def panel(width: float = 640.0):
    """A sheet and Axes on it, 100 units high."""
    sheet = Sheet(width)
    return sheet.panel(100, left=100, right=60)


def corners(artist) -> list[tuple[float, float, float, float]]:
    """The boxes of an artist, each (left, low, right, high)."""
    points = [tuple(map(float, point)) for point in artist.get_path().vertices]
    groups = [points[place : place + 5] for place in range(0, len(points), 5)]
    return [(*map(min, zip(*g, strict=True)), *map(max, zip(*g, strict=True))) for g in groups]


def test_a_bar_goes_from_zero_to_its_value_at_its_position() -> None:
    """Up or down, the first position at 1; None, NaN: nothing; named with no value: a tick; next to zero: a block."""
    with house_style():
        drawn = bars(panel(), slots_of([-0.5, None, 1.0, math.nan, 0.01], named=[True, True, True, False, True]), 5)
    ((left, low, right, high),) = corners(drawn.negative)
    assert ((left + right) / 2, low, high) == pytest.approx((1, -0.5, 0))
    up = corners(drawn.positive)
    assert [((a + c) / 2, b, d) for a, b, c, d in up] == [pytest.approx((3, 0, 1.0)), pytest.approx((5, 0, 0.01))]
    assert drawn.silent.get_path().vertices[0][0] == 2
    assert (corners(drawn.flat)[0][0] + corners(drawn.flat)[0][2]) / 2 == pytest.approx(5)
    assert drawn.trend is None
    assert drawn.axes.get_xlim() == (0.5, 5.5)


def test_what_is_unsure_is_hollow() -> None:
    """An edge and no face."""
    with house_style():
        drawn = bars(panel(), slots_of([0.5, 0.5, -0.5], sure=[True, False, False]), 3)
    assert len(drawn.unsure) == 2
    assert all(artist.get_facecolor()[3] == 0 for artist in drawn.unsure)
    assert drawn.positive.get_facecolor()[3] == 1
    assert drawn.negative is None


def test_two_sequences_side_by_side_are_told_apart_by_form() -> None:
    """Bars left of the position, discs on stems right of it; no running mean."""
    with house_style():
        axes = panel()
        first = bars(axes, slots_of([0.5] * 6), 6, shift=-0.2)
        second = bars(axes, slots_of([0.5] * 6), 6, shift=0.2, stems=True)
    assert corners(first.positive)[0][2] < 1.0 < second.positive[1].get_path().vertices[0][0]
    assert second.positive[1].get_capstyle() == "round"
    assert first.trend is second.trend is None


def test_the_mean_stands_right_of_the_axes_at_its_height() -> None:
    """Dot and whiskers, in the heights of the panel."""
    with house_style():
        drawn = bars(panel(), slots_of([0.5] * 6), 6, mean=Estimate(0.25, -0.5, 0.75, 6, "90 %"))
        none = bars(panel(), slots_of([0.5] * 2), 2, mean=Estimate(None, None, None, 2, "too few"))
    assert drawn.mean[-1].get_path().vertices[0][1] == 0.25
    assert [y for _, y in drawn.mean[-2].get_path().vertices] == [-0.5, 0.75]
    assert none.mean == []


def test_a_dot_is_coloured_where_its_interval_lies_on_one_side() -> None:
    """Ink where it holds zero or is not known; a bar by its own side; no side without a zero."""
    with house_style():
        assert Row("a", 0.4, 0.1, 0.5).color(0.0) == POSITIVE
        assert Row("a", -0.4, -0.5, -0.1).color(0.0) == NEGATIVE
        assert Row("a", 0.4, -0.1, 0.5).color(0.0) == Row("a", 0.4).color(0.0) == Row("a", 0.4, 0.1, 0.5).color(None) == INK
        assert Row("a", -0.1, kind="bar").color(0.0) == NEGATIVE


def test_rows_from_the_top_with_gaps_and_groups() -> None:
    """A heading takes a row of its own; a row without a value has its name and texts, and no dot."""
    rows = [
        Row("May", 0.2, 0.1, 0.3, ["+0.20"], group="Norway"),
        Row("June", texts=["no article"], group="Norway"),
        Row("May", -0.2, -0.3, 0.1, ["−0.20"], group="Sweden", light=True, guess=0.5, marks=[0.1, 0.1, -0.4]),
    ]
    with house_style():
        drawn = dots(panel(), rows, heads=["mean"])
    assert drawn.heights == [1.5, 2.5, 4.5]
    assert [label.get_text() for label in drawn.axes.get_yticklabels()] == ["Norway", "May", "June", "Sweden", "May"]
    assert [text.get_text() for text in drawn.texts] == ["+0.20", "no article", "−0.20"]
    assert [tuple(dot.get_path().vertices[0]) for dot in drawn.dots] == [(0.2, 1.5), (-0.2, 4.5)]
    assert [tuple(artist.get_path().vertices[0]) for artist in drawn.whiskers] == [(0.1, 1.5), (-0.3, 4.5)]
    assert [x for x, _ in drawn.marks[0].get_path().vertices] == [-0.4, -0.4, 0.1, 0.1]
    assert drawn.axes.get_xlim() == (-1, 1)


def test_bars_and_stems_start_at_zero() -> None:
    """And go to their value, on either side."""
    with house_style():
        drawn = dots(panel(), [Row("whole", 0.5, kind="stem"), Row("part", -0.25, kind="bar")])
    ((left, low, right, high),) = corners(drawn.bars[0])
    assert (left, right) == (-0.25, 0)
    assert (low + high) / 2 == 1.5
    assert [tuple(point) for point in drawn.whiskers[0].get_path().vertices] == [(0, 0.5), (0.5, 0.5)]


@pytest.mark.parametrize(
    "names", [["A", "B"], [f"{LONG[:58]} {n}" for n in range(9)], HOSTILE], ids=["short", "long", "hostile"]
)
@pytest.mark.parametrize(
    ("heads", "ticks"),
    [((), SHARES), (("mean", "scored of found"), TONE), (("mean",), {0.0: "0", 9.0: "9 articles"}), (("mean",), {})],
)
def test_no_text_of_rows_is_misplaced(names: list[str], heads: tuple[str, ...], ticks: dict[float, str]) -> None:
    """With and without columns, grouped, wide and narrow."""
    rows = [
        Row(name, 0.5, 0.4, 0.6, ["too few sentences", "120 of 1,300"][: len(heads)], group=names[place // 3])
        for place, name in enumerate(names)
    ]
    chart = finish(lambda sheet: {"rows": dots(sheet, rows, heads=heads, ticks=ticks)}, **WORDS)
    assert misplaced(chart.figure) == []
    assert misplaced(chart.narrowed().figure) == []
    assert chart.narrowed().figure.get_size_inches()[0] * 72 == pytest.approx(NARROW)


def test_a_chart_of_rows_has_its_words_and_leads_nowhere() -> None:
    """It needs no article."""
    chart = finish(lambda sheet: {"rows": dots(sheet, [Row("A", 0.5, 0.4, 0.6)])}, **WORDS)
    assert chart.parts["rows"].names == ["A"]
    assert whole(chart).figure.p.get_text() == "T"
    assert chart.links == ""


def test_no_rows_are_no_error() -> None:
    """An empty frame."""
    assert finish(lambda sheet: {"rows": dots(sheet, [])}, **WORDS).parts["rows"].names == []
