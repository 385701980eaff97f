"""What narrator and sources add."""

from __future__ import annotations

import pytest

from analysis.charts import voice_bars
from analysis.charts.style import NEGATIVE, POSITIVE
from analysis.charts.voices import VOICES_MAX
from analysis.constants import MIN_POINTS
from tests.charts.made import MADE, NAMES, SENTENCES, actor, bars, part, study, texts

pytestmark = pytest.mark.usefixtures("parted")


def test_the_bars_of_narrator_and_sources_add_up_to_the_whole() -> None:
    """From zero each, as long as what it adds; the table has each source, and its numbers sum to the whole."""
    parts = [part("narrator", 6, 0.5, -0.6), part("Vladimir Putin", 2, 0.25, 0.8), part("officials", 1, 0.25, 0.4)]
    chart = voice_bars(study(MADE, SENTENCES, (actor("Russia"), parts)))
    (down,), (up,) = bars(chart, NEGATIVE), bars(chart, POSITIVE)
    assert down[2] == up[0]  # both begin at zero
    assert (up[2] - up[0]) - (down[2] - down[0]) == pytest.approx(0.0, abs=0.2)
    shown = texts(chart)
    assert [text for text in shown if "mentions" in text or text == "Russia"] == [
        *("Russia", "narrator, 6 mentions", "sources, 3 mentions")
    ]
    assert [text for text in shown if text[-3:] in (".00", ".30")] == ["0.00", "−0.30", "+0.30"]
    assert "Hollow" not in chart.subtitle + chart.svg
    assert "rounded" not in chart.subtitle
    assert [row[:3] for row in chart.table.rows] == [
        ("Russia", "the narrator", 6),
        ("Russia", "Vladimir Putin", 2),
        ("Russia", "officials", 1),
    ]
    assert sum(row[4] for row in chart.table.rows) == pytest.approx(0.0)
    assert chart.title == "6 of 9 scored mentions are in the narrator’s voice, the rest attributed to sources"


def test_a_voice_without_mentions_is_none_and_few_sentences_have_no_mean() -> None:
    """No evidence is a dash, never a zero, and nothing is drawn or written that rests on few sentences."""
    few, enough = (part("narrator", number, 1.0, -0.5) for number in (MIN_POINTS - 1, MIN_POINTS))
    chart = voice_bars(study(MADE, SENTENCES, (actor("Russia"), [few])))
    assert texts(chart) == ["Too few sentences for a mean toward any actor."]
    assert chart.title == "All 4 scored mentions are in the narrator’s voice"
    assert chart.table.rows == (("Russia", "the narrator", 4, 1.0, None, None),)
    both = voice_bars(study(MADE, SENTENCES, (actor("Russia"), [few]), (actor("Norway"), [enough])))
    assert {"sources, none", "–"} < set(texts(both))
    assert "Russia" not in texts(both)
    assert f"Left out: 1 actor with fewer than {MIN_POINTS} scored sentences." in both.subtitle
    assert both.table.rows[0] == ("Norway", "the narrator", 5, 1.0, -0.5, -0.5)
    said = voice_bars(study(MADE, SENTENCES, (actor("Russia"), [part("officials", 1, 1.0, -0.5)])))
    assert said.title == "The one scored mention is attributed to sources"


def test_numbers_that_do_not_add_up_once_rounded_are_said_to_be_rounded() -> None:
    """0.104 and 0.104 are 0.21 together, not 0.20."""
    parts = [part("narrator", 6, 0.5, 0.208), part("officials", 6, 0.5, 0.208)]
    assert "Numbers are rounded." in voice_bars(study(MADE, SENTENCES, (actor("Russia"), parts))).subtitle


def test_eight_actors_are_drawn_with_most_mentions_first_and_the_table_holds_all() -> None:
    """An actor without a scored mention has a row in the table alone."""
    made = [(actor(name), [part("narrator", place + MIN_POINTS, 1.0, 0.1)]) for place, name in enumerate(NAMES)]
    chart = voice_bars(study(MADE, SENTENCES, *made, (actor("Sweden"), [])))
    assert [text for text in texts(chart) if text in NAMES] == NAMES[: -VOICES_MAX - 1 : -1]
    assert f"the {VOICES_MAX} actors with most scored mentions of {len(NAMES)}" in chart.subtitle
    assert [row[0] for row in chart.table.rows] == [*NAMES[::-1], "Sweden"]
    assert chart.table.rows[-1][1:] == (None, 0, None, None, None)
