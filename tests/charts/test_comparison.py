"""Charts of a comparison: a row a group, a dot only where there is a mean, a gap where there is no sentence."""

from __future__ import annotations

import pytest

from analysis import collection as compare
from analysis import open_articles
from analysis.charts import tone_by_month, tones_by_group
from analysis.corpus import score_corpus
from tests.collection.test_compare import ROWS
from tests.corpus.made import Stub


@pytest.fixture(scope="module")
def collection(tmp_path_factory):
    place = tmp_path_factory.mktemp("charted") / "out"
    score_corpus(ROWS, place, workers=Stub())
    return open_articles(place)


def test_a_row_for_each_outlet(collection):
    """Three outlets under one actor; the wire's two sentences are lines without a dot; the title is the finding."""
    chart = tones_by_group(collection, compare.shared_tones(collection))
    assert chart.title == "The outlets differ clearly toward Hale"
    assert chart.parts["rows"].names == ["Gazette", "Lantern", "Wire"]
    assert len(chart.parts["rows"].dots) == 2
    assert "Hale in Lantern: −0.50" in chart.alt
    assert "1 negative and 1 positive, of 2 sentences: below 5" in chart.alt
    assert "5 articles" in chart.source


def test_months_without_a_sentence_stay_empty(collection):
    """Three months, February without a sentence."""
    chart = tone_by_month(collection, compare.shared_tones(collection))
    assert chart.parts["rows"].names == ["2024-01", "2024-02", "2024-03"]
    assert chart.alt.endswith("3 months, 1 of them empty.")
    assert "1 here, stay empty" in chart.subtitle


def test_nothing_to_compare_is_a_chart_that_says_so(collection):
    """No rows, a title and an alt text."""
    assert tones_by_group(collection, []).title == "No actor is scored in two outlets"
    assert "one month" in tone_by_month(collection, []).title
