"""The sentiment of each sentence through the article."""

from __future__ import annotations

from collections.abc import Sequence

from ..display import Link, Table, count, number, plural, sentiment_title
from ..model import Article, Sentiment
from ..safe_text import shorten
from .axis import LEFT, Line, axis_height, draw_axis, label_rows, runs_of
from .bars import draw_bars, hits_of, scale_labels, slots_of, trend_note, zero_note
from .canvas import Canvas
from .chart import SCALE, Chart, empty_canvas, finish, source_line
from .style import WIDTH


def sentiment_flow(sentiments: Sequence[Sentiment], *, article: Article, method: str, link: bool = True) -> Chart:
    """The charge of the words, sentence by sentence, whatever it is about.

    Args:
        sentiments: one a sentence, in order.
        article: the article, for its name and its headings.
        method: what made the valences, for the line beneath.
        link: make each mark lead to its sentence.

    Returns:
        The chart, with a table of every sentence.
    """
    charged = [item for item in sentiments if item.valence is not None]
    below = [item for item in charged if (item.valence or 0) < 0]
    above = [item for item in charged if (item.valence or 0) > 0]
    table = Table(
        [
            (Link.to(item.sentence), item.sentence.section.kind, item.valence, ", ".join(_cue_words(item, article)) or None)
            for item in sentiments
        ],
        columns=["Sentence", "Part", "Valence", "Words behind it"],
        caption="Valence of each sentence",
        note="–: no word of the sentence is charged.",
        csv="valence-by-sentence",
    )
    coverage = f"{count(len(charged))} of {plural(len(sentiments), 'sentence')} charged."
    source = source_line(article, method, coverage)
    title = sentiment_title(sentiments)
    if not charged:
        canvas = empty_canvas("No charged word was found.")
        return finish(
            canvas.figure,
            title=title,
            subtitle=f"Valence of each sentence, {SCALE}. A sentence without a charged word has none.",
            source=source,
            alt=f"An empty chart. {title}.",
            table=table,
        )
    low = min(charged, key=lambda item: item.valence or 0)
    line = Line(LEFT, WIDTH - 20, tuple(item.sentence for item in sentiments))
    placed = label_rows(line, runs_of(line.sentences, article, headings=True), edge=WIDTH - 2, rows=5)
    tall, top = 150.0, 10.0
    canvas = Canvas(WIDTH, top + tall + 12 + axis_height(placed))
    slots = slots_of(line, [(item.sentence, item.valence, True, True) for item in sentiments])
    parts = [line.start(run.place) for run, _, _ in placed if run.place]
    trend = draw_bars(canvas, line, slots, top=top, height=tall, parts=parts)
    scale_labels(canvas, top, tall)
    draw_axis(canvas, line, placed, top + tall + 6)
    bar = "Bar: a charged sentence." if line.per == 1 else f"Bar: mean of the charged sentences among {line.per} in a row."
    notes = [
        f"Valence of the words, {SCALE}, whatever they are about.",
        bar,
        zero_note(slots, "no charged word"),
        trend_note(line) if trend else "",
    ]
    return finish(
        canvas.figure,
        title=title,
        subtitle=" ".join(note for note in notes if note),
        source=source,
        alt=(
            f"{title}. A bar a charged sentence, {SCALE}, over {plural(len(sentiments), 'sentence')}: "
            f"{count(len(above))} positive, {count(len(below))} negative, "
            f"{count(len(sentiments) - len(charged))} without a charged word. "
            f"Lowest: {number(low.valence)} in sentence {count(low.sentence.index + 1)}."
        ),
        table=table,
        hits=hits_of(line, slots, top=top, height=tall, name="no charged word") if link else (),
    )


def _cue_words(item: Sentiment, article: Article) -> list[str]:
    return [f"{shorten(article.text[cue.start : cue.end], 40)} {number(cue.push)}" for cue in item.cues]
