"""accuracy.py: the benchmarks' results become rows, a chart and expected errors; none of their figures is typed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis import accuracy
from analysis.accuracy import (
    accuracy_chart,
    calibration,
    company,
    expected_wrong,
    finding,
    measured,
    results,
    reversals,
    steps,
    swaps,
)
from analysis.charts.layout import misplaced
from analysis.errors import ModelError
from analysis.model import Actor
from tests.build import cast, score

ONE = {"macro_f1": {"value": 0.8, "lo": 0.7, "hi": 0.9, "n": 100}, "calibration_error": 0.03}
OTHER = {"macro_f1": {"value": 0.5, "lo": 0.4, "hi": 0.6, "n": 100}}
GUESS = {"macro_f1": {"value": 0.2, "lo": 0.2, "hi": 0.2, "n": 100}}
FOUND = {"newsmtsc": {"dev_rw": {"majority": GUESS, "vader": OTHER, "encoder": ONE}}}


def test_rows_hold_what_the_file_says():
    """One set, three columns, its unit and count."""
    (row,) = measured(FOUND)
    assert row.scorers == {"majority": (0.2, 0.2, 0.2), "vader": (0.5, 0.4, 0.6), "encoder": (0.8, 0.7, 0.9)}
    assert (row.unit, row.n) == ("macro-F1", 100)
    assert calibration(FOUND) == [(row.name, 0.03)]


@pytest.mark.parametrize(("lo", "ahead"), [(0.51, 1), (0.5, 0), (0.3, 0)])
def test_ahead_means_that_the_interval_lies_above(lo, ahead):
    """A lower end at or below the other's value is no lead."""
    (row,) = measured(FOUND)
    changed = replace(row, scorers=row.scorers | {"encoder": (0.8, lo, 0.9)})
    assert finding([changed]).endswith(f"on {ahead} of 1 measure")


def test_the_shipped_results_are_drawn_whole():
    """Every measure of the file is a row, with its numbers in the table; no text is clipped."""
    rows = measured(results())
    assert len(rows) == len(accuracy.SETS)
    chart = accuracy_chart(rows)
    shown = str(chart.table)
    assert all(f"{row.scorers['encoder'][0]:.2f}" in shown for row in rows)
    assert chart._repr_html_() == accuracy_chart(rows)._repr_html_()


def test_no_text_of_the_chart_is_clipped(monkeypatch):
    """Checked on the figure itself, before it is exported."""
    seen = []
    kept = accuracy.finish
    monkeypatch.setattr(accuracy, "finish", lambda figure, **texts: seen.append(misplaced(figure)) or kept(figure, **texts))
    accuracy_chart(measured(results()))
    assert seen == [[]]


def test_missing_results_say_how_to_make_them(monkeypatch, tmp_path):
    """The message names the command."""
    monkeypatch.setattr(accuracy, "project_folder", lambda: tmp_path)
    with pytest.raises(ModelError, match="make bench-accuracy"):
        results()


def test_expected_errors_are_what_the_probabilities_leave():
    """P(neutral) 0.6 and P(positive) 0.8 leave 0.4 + 0.2 = 0.6; silence is not counted."""
    found = cast("Norway won.\n\nNorway lost.\n\nNorway is.", [Actor("Norway", "country")])
    scores = [score(m, tone) for m, tone in zip(found.mentions, (0.4, 0.8, None), strict=True)]
    ((kind, mentions, uncertain, wrong),) = expected_wrong(scores)
    assert (kind, mentions, uncertain) == ("country", 2, 0)
    assert wrong == pytest.approx(0.4 + 0.2)
    assert expected_wrong([]) == []


def test_swaps_and_steps_come_from_the_files():
    """A row a name, a row a measure, in range."""
    names = results()["names"]["every_place"]["names"]
    assert [row[0] for row in swaps(results())] == list(names)
    beside = results()["names"]["beside"]
    assert [row[1] for row in company(results())] == [name for group in beside.values() for name in group["names"]]
    assert all(0 <= lo <= value <= hi <= 1 for _, _, value, lo, hi in steps())
    assert {row[0] for row in steps()} == {"actors", "who says what"}


def test_reversals_are_counted_by_kind_and_in_all():
    """A row each kind of taking back with one of its sentences, then all; a scorer that did not run has no count."""
    kinds = {"cleared": [3, 4], "a new kind": [1, 2]}
    found = {
        "reversals": {
            "examples": {"cleared": "He was exonerated.", "a new kind": "So."},
            "scorers": {"encoder": {"by_kind": kinds}},
        }
    }
    assert reversals(found) == [
        ("a charge dropped", "He was exonerated.", "–", "–", "3 of 4"),
        ("a new kind", "So.", "–", "–", "1 of 2"),
        ("all", "", "–", "–", "4 of 6"),
    ]
    assert reversals({}) == []
