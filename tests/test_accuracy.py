"""accuracy.py: the benchmarks' results become rows, a chart and expected errors; none of their figures is typed."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from analysis import accuracy, constants
from analysis.accuracy import (
    accuracy_chart,
    calibration,
    challenge,
    cross_fitted,
    expected_wrong,
    finding,
    measured,
    natural_chart,
    natural_finding,
    renamings,
    results,
    reversals,
    steps,
    strong_calls,
    unsure_calls,
)
from analysis.constants import CLEAR_TONE
from analysis.errors import ModelError
from analysis.model import Actor
from tests.build import cast, score
from tests.charts.made import misplaced

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


@pytest.mark.parametrize("chart", [lambda: accuracy_chart(measured(results())), lambda: natural_chart(results())])
def test_no_text_of_the_charts_is_clipped(chart):
    """On a wide page and on a narrow one."""
    assert misplaced(chart().figure) == []
    assert misplaced(chart().narrowed().figure) == []


def test_the_charts_name_their_labels_by_reference():
    """Who reads a page has no repository: every set is named with its authors, and no file of ours is."""
    natural, agreed = natural_chart(results()).source, accuracy_chart(measured(results())).source
    assert "benchmarks" not in natural + agreed
    assert all(f"{name} (" in natural for name in ("BASIL", "PolNeAR"))
    assert all(f"{name} (" in agreed for name in ("NewsMTSC", "DSE", "PerSenT", "BASIL"))
    assert "whole articles" in agreed


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


SHARE = {"value": 0.75, "lo": 0.5, "hi": 0.9, "n": 8}
NATURAL = {
    "strong_tone": 0.5,
    "natural": {
        "labels": {"same_label": 0.96},
        "wikinews_dev": {
            "majority": GUESS,
            "vader": {"strong": SHARE | {"value": 0.25}, "by_kind": {"person": {"strong": None}, "country": {"strong": SHARE}}},
            "encoder": {
                "strong": SHARE,
                "by_kind": {"person": {"strong": SHARE | {"n": 5}}, "country": {"strong": None}},
                "by_size": [{"from": 0.0, "to": 0.5, "right": None}, {"from": 0.5, "to": 1.01, "right": SHARE}],
            },
        },
    },
}


def test_strong_calls_are_by_kind_of_actor():
    """A row all and a row a kind that the encoder called; a scorer that called none of a kind has no value there."""
    both, persons = strong_calls(NATURAL)
    assert (both.name, both.n, set(both.scorers)) == ("Wikinews: all actors", 8, {"vader", "encoder"})
    assert both.scorers["vader"][0] == 0.25
    assert (persons.name, persons.n, persons.scorers) == ("Wikinews: persons", 5, {"encoder": (0.75, 0.5, 0.9)})
    assert natural_finding(NATURAL) == "Of 100 strong scores, 75 in Wikinews are right"
    assert unsure_calls(NATURAL) == [("Wikinews", "0.50 to 1.00", 8, 0.75, 0.5, 0.9)]


def test_the_chart_says_who_labelled():
    """The share of marks that two readings labelled alike is the file's, and the chart says that no people did it."""
    text = natural_chart(NATURAL)._repr_html_()
    assert "language model" in text
    assert "96 %" in text
    assert "human" not in text


def test_rows_and_steps_come_from_the_files():
    """A row each, in range; with the other actors known a name moves nothing."""
    found = results()
    rows = renamings(found)
    assert len(rows) == 2 * len(found["names"]) > 4
    assert [row[3:] for row in rows if row[1].startswith("yes")] == [(0.0, 0.0)] * len(found["names"])
    assert any(row[3] > 0 for row in rows if row[1].startswith("no"))
    assert all(0 <= lo <= value <= hi <= 1 for _, _, value, lo, hi in steps())
    assert {row[0] for row in steps()} == {"actors", "who says what"}
    assert [row[0] for row in challenge(found)][-1] == "all"
    assert all(0 < low <= mean <= high < 1 for _, _, mean, low, high in cross_fitted(found))


def test_the_thresholds_cite_what_was_measured():
    """Beside each constant of tone stand the shares of the results file, in hundredths."""
    wikinews, papers = (results()["natural"][part]["encoder"] for part in ("wikinews_dev", "usnews_dev"))
    (lean,) = (row for row in wikinews["from_size"] if row["from"] == CLEAR_TONE)
    cited = {
        "CERTAIN_MIN": [wikinews["certain"], wikinews["too_uncertain"]],
        "CLEAR_TONE": [lean["right"], lean["clear_found"]],
        "STRONG_TONE": [wikinews["strong"], papers["strong"]],
    }
    source = Path(constants.__file__).read_text("utf-8")
    for name, values in cited.items():
        text = source.split(f"{name}: Final")[1].split(": Final")[0]
        numbers = re.findall(r"(?<![.\d])\d\d(?![.\d])", text.replace("of 100", ""))
        assert numbers == [f"{100 * value['value']:.0f}" for value in values]


def test_made_sentences_are_counted_by_what_they_are_about():
    """Shares become counts; a scorer that did not run has none."""
    row = {"E": {"right": SHARE}, "all": {"right": SHARE | {"n": 4}}}
    found = {"challenge": {"about": {"E": "what befalls"}, "scorers": {"encoder": row}}}
    assert challenge(found) == [("what befalls", "–", "–", "6 of 8"), ("all", "–", "–", "3 of 4")]
    assert challenge({}) == []


def test_folds_are_told_with_their_range():
    """Mean, worst and best of the folds, in [0, 1]."""
    found = {"cross_fitted": {"rusentne": {"figure": "macro_f1", "folds": [66.0, 55.0], "n": [10, 30], "mean": 57.8}}}
    assert cross_fitted(found) == [("RuSentNE, Russian news in English", 40, pytest.approx(0.578), 0.55, 0.66)]


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


def test_wrong_calls_are_pooled_over_articles_and_few_are_left_out():
    """Persons: (0.9 * 30 + 0.6 * 10) / 40 right, so 0.175 wrong; 12 calls toward countries are too few; none left: all."""
    from analysis.accuracy import wrong_calls

    def part(person, country, whole):
        rows = {kind: {"strong": {"value": value, "n": n}} for kind, (value, n) in (("person", person), ("country", country))}
        return {"encoder": {"strong": {"value": whole[0], "n": whole[1]}, "by_kind": {**rows, "group": {"strong": None}}}}

    found = {
        "natural": {"wikinews_dev": part((0.9, 30), (0.5, 6), (0.8, 50)), "usnews_dev": part((0.6, 10), (0.5, 6), (0.6, 50))}
    }
    assert wrong_calls(found, ["person", "country", "group", "place"]) == [("persons", pytest.approx(0.175), 40)]
    assert wrong_calls(found, ["country"]) == [("actors", pytest.approx(0.3), 100)]
    assert wrong_calls({}, ["person"]) == []
