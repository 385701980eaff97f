"""Charts of rows of dots: what narrator and sources add, one actor under every definition, outlets and months."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from analysis import collection as compare
from analysis import open_articles
from analysis.charts import specification_chart, tone_by_month, tones_by_group, voice_bars
from analysis.charts.rows import VOICES_MAX
from analysis.constants import MIN_POINTS
from analysis.corpus import score_corpus
from analysis.display import NEGATIVE, POSITIVE
from analysis.estimates import Specification
from tests.charts.made import MADE, METHOD, NAMES, SENTENCES, actor, article, bars, part, series, study, sure, texts, unsure
from tests.collection.test_compare import ROWS
from tests.corpus.made import Stub

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


DEFINED, _ = article(["headline", "body"])


def defined(*specs: Specification):
    """All that the chart asks a study for."""

    class Made(SimpleNamespace):
        def __getitem__(self, name: str):
            return series(name, SENTENCES[:1], [0.5], unsure())

    return Made(article=DEFINED, method=METHOD, specifications=specs)


BASE = Specification("", "as it is", {"Norway": sure(-0.4, -0.6, -0.2, 12), "Sweden": sure(0.1, -0.1, 0.3, 7)})
OTHERS = (
    Specification("scorer", "vader", {"Norway": sure(-0.1, -0.4, 0.2), "Sweden": unsure(3)}),
    Specification("scorer", "clause", {"Norway": unsure(2), "Sweden": sure(0.2, -0.1, 0.5)}),
    Specification("what counts", "median, not mean", {"Norway": sure(-0.3, -0.5, -0.1), "Sweden": sure(0.0, -0.2, 0.2)}),
)


def test_a_row_a_definition_and_none_where_too_few_are_left():
    """Of the actor with the most sentences; coloured where the whole interval is on one side; headings by what is chosen."""
    chart = specification_chart(defined(BASE, *OTHERS))
    drawn = chart.parts["rows"]
    assert drawn.names == ["as it is", "vader", "clause", "median, not mean"]
    assert len(drawn.dots) == 3  # a row each
    shown = texts(chart)
    assert [text for text in shown if text in ("scorer", "what counts", "the choice made")] == [
        *("the choice made", "scorer", "what counts")
    ]
    assert "too few sentences" in shown
    assert NEGATIVE in chart.svg
    assert chart.title == "Norway: clear negative lean as defined here"
    assert [row[:2] for row in chart.table.rows] == [
        *(("the choice made", "as it is"), ("scorer", "vader"), ("scorer", "clause"), ("what counts", "median, not mean"))
    ]
    assert chart.table.rows[2][2].value is None


def test_another_actor_and_none():
    """By name; an actor without a mean, and an article without any."""
    assert specification_chart(defined(BASE, *OTHERS), "Sweden").title.startswith("Sweden: no clear lean")
    few = specification_chart(defined(BASE, *OTHERS), "Norge")
    assert few.title == "Too few sentences for a mean toward Norge"
    assert few.table.rows == ()
    nobody = specification_chart(defined(Specification("", "as it is", {})))
    assert nobody.title == "Too few sentences for a mean toward any actor"
    assert nobody.alt.startswith("An empty chart")


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
