"""Sentiment through the article."""

from __future__ import annotations

from analysis.charts import (
    sentiment_flow,
)
from analysis.charts.style import NEGATIVE, POSITIVE
from analysis.model import (
    Cue,
    Sentiment,
)
from tests.charts.made import METHOD, article, bars, page


def test_sentiment_names_its_parts_and_its_lowest_sentence() -> None:
    """The headings stand under the axis; the title counts, and the table quotes the words behind each number."""
    made, sentences = article(["headline", "summary", "heading", "body", "body", "body"])
    start = sentences[3].start
    cues = (Cue(start, start + 8, -0.6, "by hand"),)
    valences = [0.2, None, None, -0.6, 0.3, 0.1]
    items = [Sentiment(s, v, cues if v == -0.6 else ()) for s, v in zip(sentences, valences, strict=True)]
    chart = sentiment_flow(items, article=made, method=METHOD)
    texts = [text.get_text() for text in page(chart).find_all("text")]
    assert {"headline", "summary"} <= set(texts)
    assert any(text.startswith("Sentence number 3 of") for text in texts)
    assert chart.title == "3 sentences are positive, 1 negative; the lowest is number 4"
    assert "−0.60 in sentence 4" in chart.alt
    assert chart.table.rows[3][2:] == (-0.6, "Sentence −0.60")
    assert chart.table.rows[1][2] is None
    assert "4 of 6 sentences charged" in chart.source
    assert (len(bars(chart, POSITIVE)), len(bars(chart, NEGATIVE))) == (3, 1)
