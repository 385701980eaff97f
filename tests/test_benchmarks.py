"""What the benchmarks count: calls on whole articles, intervals, renamed actors, and the class prior of a collection."""

from __future__ import annotations

import json
from types import SimpleNamespace

import numpy as np
import pytest

from analysis.accuracy import results
from analysis.model import Actor
from benchmarks import accuracy, natural
from benchmarks.accuracy import Cased, bench_cross_fitted, hidden, renamed
from benchmarks.bootstrap import auc, interval, share_where
from benchmarks.natural import Calls, bands, calls_of, figures
from tests.build import cast, score
from training.calibration import class_factors, under_factors
from training.data import Example

# --- whole articles -----------------------------------------------------------------------------------------------
TEXT = "Norway won.\n\nNorway lost to Peru."


def told(*targets):
    """An article with targets (span, kind, label)."""
    return [{"targets": [{"spans": [list(span)], "kind": kind, "label": label} for span, kind, label in targets]}]


def test_a_call_is_the_mean_over_the_mentions_at_the_mark():
    """Mentions elsewhere do not count; a mark without a mention is neutral and not found; a wrong mark is no row."""
    found = cast(TEXT, [Actor("Norway", "country")])
    scores = [score(mention, tone) for mention, tone in zip(found.mentions, (0.8, -0.6), strict=True)]
    peru = (TEXT.index("Peru"), TEXT.index("Peru") + 4)
    both = [{"targets": [{"spans": [[0, 6], [13, 19]], "kind": "country", "label": 1}]}]
    assert calls_of(both, [scores]).tone == pytest.approx([(0.8 - 0.6) / 2])
    calls = calls_of(told(((13, 19), "country", -2), (peru, "country", 2), ((0, 6), "country", None)), [scores])
    assert calls.tone == pytest.approx([-0.6, 0.0])
    assert calls.label.tolist() == [-2, 2]
    assert calls.found.tolist() == [True, False]


def calls(*rows):
    """Calls from (article, kind, label, tone); P(neutral) is what the tone leaves."""
    article, kind, label, tone = (np.array(column) for column in zip(*rows, strict=True))
    chances = np.stack([np.maximum(-tone, 0), 1 - np.abs(tone), np.maximum(tone, 0)], axis=1)
    return Calls(article, kind, label, chances, np.ones(len(rows), dtype=bool))


SOME = calls(
    (0, "person", 2, 0.9),  # right
    (0, "person", 0, -0.7),  # false alarm
    (1, "country", -2, 0.6),  # the other side
    (1, "country", -1, -0.5),  # right, and just strong
    (2, "organisation", 2, 0.2),  # found, not strong
    (2, "organisation", 0, 0.1),
)


def test_strong_calls_found_labels_and_false_alarms():
    """Four strong calls, two right, one on the other side; two of three clear labels found; one of two neutral ones called."""
    found = figures(SOME)
    assert found["strong"]["value"] == 2 / 4
    assert found["strong"]["n"] == 4
    assert found["strong_opposite"]["value"] == 1 / 4
    assert found["found"]["value"] == pytest.approx(2 / 3, abs=1e-4)
    assert found["false_alarms"]["value"] == 1 / 2
    assert found["with_tone"] == pytest.approx(4 / 6, abs=1e-4)
    assert {kind: row["strong"] and row["strong"]["n"] for kind, row in found["by_kind"].items()} == {
        "person": 2,
        "country": 2,
        "organisation": None,
        "group": None,
    }


def test_calls_are_counted_by_size():
    """Every call is in one band; from a size on, the larger ones count."""
    found = bands(SOME)
    assert sum(band["right"]["n"] for band in found["by_size"] if band["right"]) == 6
    assert {row["from"]: row["right"]["n"] for row in found["from_size"]}[0.5] == 4
    assert found["certain"]["n"] + (found["too_uncertain"] or {"n": 0})["n"] == 6


def test_another_calibration_changes_scores_and_scores_nothing_anew():
    """Equal logits are a third each under any temperature; a mention without a score stays without."""
    found = cast(TEXT, [Actor("Norway", "country")])
    scores = [score(found.mentions[0], 0.8), score(found.mentions[1], None)]
    study = SimpleNamespace(scores=scores)
    calibration = {"temperature": 2.0, "power": 1.5, "neutral": float(np.log(2))}
    first, second = natural.recalibrated(study, np.array([[1e-9, 0, 0], [5.0, 0, 0]]), calibration)
    # Neutral is twice as likely as each side: 1/4, 2/4, 1/4.
    assert (first.negative, first.neutral, first.positive) == pytest.approx((1 / 4, 2 / 4, 1 / 4), abs=1e-3)
    assert first.tone == pytest.approx(0, abs=1e-3)
    assert second is scores[1]


def test_a_part_is_read_once_by_every_scorer(monkeypatch, tmp_path):
    """The word list runs on every article of both parts, and the rows have what the pages read."""
    row = {"id": "a", "text": "Oslo thanked Ann Lind.\n", "targets": [{"spans": [[13, 21]], "kind": "person", "label": 1}]}
    for name in natural.PARTS.values():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(json.dumps(row) + "\n", "utf-8")
    monkeypatch.setenv("TOWARD_DATA", str(tmp_path))
    found = natural.bench_natural(["vader"])
    assert found["labels"] == natural.LABELS
    for part in natural.PARTS:
        assert found[part]["vader"]["n"] == 1
        assert found[part]["majority"]["macro_f1"]["n"] == 1


# --- intervals ----------------------------------------------------------------------------------------------------
def test_whole_owners_are_drawn():
    """Two owners that differ altogether leave nothing between; row by row, the same rows leave less room."""
    values, owners = np.array([0.0] * 50 + [1.0] * 50), np.array([0] * 50 + [1] * 50)
    by_owner = interval(lambda at: float(values[at].mean()), 100, owners=owners)
    by_row = interval(lambda at: float(values[at].mean()), 100)
    assert (by_owner["value"], by_owner["lo"], by_owner["hi"]) == (0.5, 0.0, 1.0)
    assert by_row["hi"] - by_row["lo"] < 0.3


def test_a_share_of_some_rows():
    """Only the rows asked for count; without any there is no share."""
    right = np.array([True, False, True, True])
    assert share_where(right, np.array([True, True, False, False]))["value"] == 0.5
    assert share_where(right, np.zeros(4, dtype=bool)) is None


def test_auc_counts_ties_half():
    """One of two pairs won, one tied: (1 + 0.5) / 2."""
    assert auc(np.array([True, False, False]), np.array([1.0, 0.0, 1.0])) == 0.75


# --- other names --------------------------------------------------------------------------------------------------
SENTENCE = "Ann Lowe told Bo Hill that Lowe and Peru trust Hill."
NAMES = {SENTENCE: ((0, 8, "PERSON"), (14, 21, "PERSON"), (27, 31, "PERSON"), (36, 40, "GPE"), (47, 51, "PERSON"))}


def words(case):
    """What stands at each actor's spans."""
    return [[case.text[start:end] for start, end in spans] for spans in case.actors]


def test_every_name_is_an_actor_with_all_its_places():
    """The target first; no two actors share a place."""
    case = hidden(Example(SENTENCE, (0, 8)), NAMES)
    assert words(case) == [["Ann Lowe", "Lowe"], ["Bo Hill", "Hill"], ["Peru"]]


def test_an_actor_is_renamed_in_every_place():
    """The others keep their names, at their new places."""
    case = renamed(Cased(SENTENCE, [[(0, 8), (27, 31)], [(14, 21), (47, 51)], [(36, 40)]]), 1, "Cy Moss")
    assert case.text == "Ann Lowe told Cy Moss that Lowe and Peru trust Cy Moss."
    assert words(case) == [["Ann Lowe", "Lowe"], ["Cy Moss", "Cy Moss"], ["Peru"]]


# --- class priors, and the teachers' logs -------------------------------------------------------------------------
def test_under_its_factors_a_class_is_as_likely_as_it_is_frequent():
    """Whatever the chances were; rows still sum to 1."""
    rng = np.random.default_rng(0)
    chances = rng.dirichlet([1, 6, 1], 400)
    truth = np.repeat([0, 1, 2], [200, 120, 80])
    found = under_factors(chances, class_factors(truth, chances))
    assert found.sum(axis=1) == pytest.approx(1)
    assert found.mean(axis=0) == pytest.approx([200 / 400, 120 / 400, 80 / 400], abs=1e-6)


def test_folds_are_read_from_the_teachers_table(monkeypatch, tmp_path):
    """A fold a teacher, by the labels asked for; the mean weighs folds by their labels."""
    monkeypatch.setattr(accuracy, "CROSS_FITTED", {"rusentne": ("natural", "macro_f1"), "dse": ("collected", "pairs_5")})
    table = (
        "teacher\tlabels\tset\tn\tmacro_f1\tpairs_n\tpairs_5\n"
        "0\tnatural\trusentne\t100\t60.0\t\t\n"
        "0\tcollected\trusentne\t1\t1.0\t\t\n"
        "0\tcollected\tdse\t7\t1.0\t50\t40.0\n"
        "1\tnatural\trusentne\t300\t50.0\t\t\n"
    )
    (tmp_path / "teachers.tsv").write_text(table, "utf-8")
    mean = (60 * 100 + 50 * 300) / 400
    assert bench_cross_fitted(tmp_path / "teachers.tsv") == {
        "rusentne": {"figure": "macro_f1", "folds": [60.0, 50.0], "n": [100, 300], "mean": mean},
        "dse": {"figure": "pairs_5", "folds": [40.0], "n": [50], "mean": 40.0},
    }


def test_the_figures_of_the_teachers_are_those_of_their_table():
    """What notebook 07 shows was read from the table that lies in training/."""
    assert bench_cross_fitted() == results()["cross_fitted"]
