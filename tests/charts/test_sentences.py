"""The charge of words, and how surely the article speaks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import pytest

from analysis.charts import certainty_flow, sentiment_flow
from analysis.charts.sentences import CERTAINTY
from analysis.charts.style import NEGATIVE, POSITIVE
from analysis.constants import BARS_MAX
from analysis.model import (
    Cue,
    Sentiment,
)
from tests.charts.made import MADE, SENTENCES, article, bars, page, study, texts


def test_sentiment_names_its_parts_and_its_lowest_sentence() -> None:
    """The headings stand under the axis; the title counts, and the table quotes the words behind each number."""
    made, sentences = article(["headline", "summary", "heading", "body", "body", "body"])
    start = sentences[3].start
    cues = (Cue(start, start + 8, -0.6, "by hand"),)
    valences = [0.2, None, None, -0.6, 0.3, 0.1]
    items = [Sentiment(s, v, cues if v == -0.6 else ()) for s, v in zip(sentences, valences, strict=True)]
    chart = sentiment_flow(study(made, sentences, sentiments=items))
    texts = [text.get_text() for text in page(chart).find_all("text")]
    assert {"headline", "summary"} <= set(texts)
    assert any(text.startswith("Sentence number 3 of") for text in texts)
    assert chart.title == "3 sentences are positive, 1 negative; the lowest is number 4"
    assert "−0.60 in sentence 4" in chart.alt
    assert chart.table.rows[3][2:] == (-0.6, "Sentence −0.60")
    assert chart.table.rows[1][2] is None
    assert "4 of 6 sentences charged" in chart.source
    assert (len(bars(chart, POSITIVE)), len(bars(chart, NEGATIVE))) == (3, 1)


def certain(values: Sequence[float]) -> Any:
    """A study whose sentences have these certainties."""
    return study(MADE, SENTENCES, profile=list(zip(SENTENCES, values, strict=True)))


def test_a_hedged_sentence_is_a_bar_down_from_one() -> None:
    """As long as what its hedges take away; it leads to its sentence, and a plain sentence to nothing."""
    values = [1.0] * 20
    values[1], values[7] = 0.75, 0.25
    chart = certainty_flow(certain(values))
    assert chart.title == "2 of 20 sentences are hedged; the least sure (0.25) is number 8, in the body"
    found = re.search(r'<path d="([^"]*z[^"]*)"', chart.svg)
    assert found is not None
    boxes = [[float(y) for y in re.findall(r"[\d.]+ ([\d.]+)", box)] for box in found[1].split("z") if box]
    tall = [max(box) - min(box) for box in boxes]
    assert tall == pytest.approx([CERTAINTY / 4, 3 * CERTAINTY / 4], abs=0.2)
    assert [min(box) - chart.sheet.above for box in boxes] == [10.0, 10.0]
    links = page(chart).find("svg", attrs={"aria-hidden": "true"}).find_all("a")
    assert [(a["href"], a.title.get_text()) for a in links] == [
        ("#s2", "Sentence 2: certainty 0.75"),
        ("#s8", "Sentence 8: certainty 0.25"),
    ]
    assert [row[2] for row in chart.table.rows] == values
    assert not certainty_flow(certain(values), link=False).links
    assert {"sure 1", "0.5", "unsure 0"} <= set(texts(chart))


@pytest.mark.parametrize(
    ("hedged", "title"),
    [
        ({0: 0.5}, "1 of 20 sentences is hedged: number 1, in the headline"),
        ({3: 0.5, 5: 0.7}, "2 of 20 sentences are hedged; the least sure (0.50) is number 4, in a heading"),
        ({2: 0.5, 9: 0.5}, "2 of 20 sentences are hedged; the least sure (0.50) begin at number 3, in the summary"),
    ],
)
def test_titles_say_where_the_least_sure_sentence_stands(hedged: dict[int, float], title: str) -> None:
    """And how many are as unsure."""
    values = [(sentence, hedged.get(sentence.index, 1.0)) for sentence in SENTENCES]
    assert certainty_flow(study(MADE, SENTENCES, profile=values)).title == title


def test_thousands_of_sentences_share_bars() -> None:
    """A bar of many sentences is their mean, and leads to the least sure of them."""
    made, sentences = article(["body"] * 3000)
    per = -(-3000 // BARS_MAX)
    chart = certainty_flow(study(made, sentences, profile=[(s, 0.1 if s.index == 1000 else 1.0) for s in sentences]))
    assert f"the mean of {per} sentences in a row" in chart.subtitle
    assert chart.links.count("<a ") == 1
    assert 'href="#s1001"' in chart.links
    heights = {round(float(y), 4) for _, y in chart.parts["bars"].get_path().vertices}
    assert heights == {1.0, round(1 - 0.9 / per, 4)}
    assert len(certainty_flow(study(made, sentences, profile=[(s, 0.5) for s in sentences])).svg) < 100_000
