"""One actor under every definition."""

from __future__ import annotations

from types import SimpleNamespace

from analysis.charts import specification_chart
from analysis.charts.style import NEGATIVE
from analysis.estimates import Specification
from tests.charts.made import METHOD, SENTENCES, article, series, sure, texts, unsure

MADE, _ = article(["headline", "body"])


def study(*specs: Specification):
    """All that the chart asks a study for."""

    class Made(SimpleNamespace):
        def __getitem__(self, name: str):
            return series(name, SENTENCES[:1], [0.5], unsure())

    return Made(article=MADE, method=METHOD, specifications=specs)


BASE = Specification("", "as it is", {"Norway": sure(-0.4, -0.6, -0.2, 12), "Sweden": sure(0.1, -0.1, 0.3, 7)})
OTHERS = (
    Specification("scorer", "vader", {"Norway": sure(-0.1, -0.4, 0.2), "Sweden": unsure(3)}),
    Specification("scorer", "clause", {"Norway": unsure(2), "Sweden": sure(0.2, -0.1, 0.5)}),
    Specification("what counts", "median, not mean", {"Norway": sure(-0.3, -0.5, -0.1), "Sweden": sure(0.0, -0.2, 0.2)}),
)


def test_a_row_a_definition_and_none_where_too_few_are_left():
    """Of the actor with the most sentences; coloured where the whole interval is on one side; headings by what is chosen."""
    chart = specification_chart(study(BASE, *OTHERS))
    drawn = chart.parts["rows"]
    assert drawn.names == ["as it is", "vader", "clause", "median, not mean"]
    assert len(drawn.dots) == 2  # one in ink, one in the negative colour
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
    assert specification_chart(study(BASE, *OTHERS), "Sweden").title.startswith("Sweden: no clear lean")
    few = specification_chart(study(BASE, *OTHERS), "Norge")
    assert few.title == "Too few sentences for a mean toward Norge"
    assert few.table.rows == ()
    nobody = specification_chart(study(Specification("", "as it is", {})))
    assert nobody.title == "Too few sentences for a mean toward any actor"
    assert nobody.alt.startswith("An empty chart")
