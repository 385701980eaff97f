"""The article sentence by sentence: the charge of its words, and how surely it speaks."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from ..constants import BARS_MAX
from ..discourse import certainty_profile
from ..display import Column, Link, Table, certainty_title, count, is_hedged, number, plural, sentiment_title
from ..model import Sentence, Sentiment
from ..safe_text import shorten
from .axis import SentenceAxis
from .export import SCALE, Chart, Hit, finish, source_line
from .forms import bare, bars, boxes, lines, slots_of
from .layout import Sheet
from .style import ink, secondary
from .tone import ENDS, MARGINS, has_trend, hits_of, trend_note, zero_note

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ..study import Study

CERTAINTY: Final = 120.0


def sentiment_flow(study: Study, *, ax: Axes | None = None, link: bool = True) -> Chart:
    """The charge of the words, sentence by sentence, whatever it is about.

    Args:
        study: an opened article.
        ax: Axes of yours to draw on.
        link: make each mark lead to its sentence.

    Returns:
        The chart, with a table of every sentence.

    Example:
        >>> from analysis import open_article
        >>> [float(end) for end in sentiment_flow(open_article()).parts["bars"].axes.get_ylim()]
        [-1.0, 1.0]
    """
    sentiments = study.sentiments
    values = [item.valence for item in sentiments]
    charged = [(item, item.valence) for item in sentiments if item.valence is not None]
    slots, per = slots_of(values, [True] * len(values)), -(-len(values) // BARS_MAX)

    def draw(sheet: Sheet) -> tuple[dict[str, Any], Sequence[Hit]]:
        if not charged:
            sheet.say("No charged word was found.")
            return {}, ()
        left, right = MARGINS[sheet.narrow][0], 20.0
        axes = sheet.panel(150, left=left, right=right, above=10)
        axis = SentenceAxis.of(sheet, axes, study.parse, right=right, headings=True)
        drawn = bars(axes, values, named=[True] * len(values), parts=axis.parts)
        axes.set_yticks([-1, 0, 1], ENDS[sheet.narrow])
        axis.draw(sheet)
        return {"bars": drawn}, hits_of(axes, slots, [item.sentence for item in sentiments], "no charged word")

    title = sentiment_title(sentiments)
    alt = f"An empty chart. {title}."
    if charged:
        low, lowest = min(charged, key=lambda item: item[1])
        above, below = (sum(value * sign > 0 for _, value in charged) for sign in (1, -1))
        alt = (
            f"{title}. A bar a charged sentence, {SCALE}, over {plural(len(values), 'sentence')}: {count(above)} positive, "
            f"{count(below)} negative, {count(len(values) - len(charged))} without a charged word. "
            f"Lowest: {number(lowest)} in sentence {count(low.sentence.index + 1)}."
        )
    notes = [
        f"Valence of the words, {SCALE}, whatever they are about.",
        "Bar: a charged sentence." if per < 2 else f"Bar: mean of the charged sentences among {per} in a row.",
        zero_note(slots, "no charged word"),
        trend_note(per) if has_trend(slots) else "",
    ]
    none = f"Valence of each sentence, {SCALE}. A sentence without a charged word has none."
    return finish(
        draw,
        title=title,
        subtitle=notes if charged else none,
        source=source_line(study, f"{count(len(charged))} of {plural(len(values), 'sentence')} charged."),
        alt=alt,
        table=Table(
            [
                (Link.to(one.sentence), one.sentence.section.kind, one.valence, ", ".join(_words(study, one)) or None)
                for one in sentiments
            ],
            columns=["Sentence", "Part", "Valence", "Words behind it"],
            caption="Valence of each sentence",
            note="–: no word of the sentence is charged.",
            csv="valence-by-sentence",
        ),
        name="sentiment",
        ax=ax,
        link=link,
    )


def _words(study: Study, item: Sentiment) -> list[str]:
    return [f"{shorten(study.parse.text_of(cue), 40)} {number(cue.push)}" for cue in item.cues]


def certainty_flow(study: Study, *, ax: Axes | None = None, link: bool = True) -> Chart:
    """How surely the article states what it states, sentence by sentence.

    Args:
        study: an opened article.
        ax: Axes of yours to draw on.
        link: make each mark lead to its sentence.

    Returns:
        The chart, with a table of every sentence.

    Example:
        >>> from analysis import open_article
        >>> certainty_flow(open_article()).table.rows[0][2]
        1.0
    """
    profile = certainty_profile(study.parse, study.discourse.hedges)
    hedged = [(sentence, value) for sentence, value in profile if is_hedged(value)]
    per = max(1, -(-len(profile) // BARS_MAX))
    groups = [profile[first : first + per] for first in range(0, len(profile), per)]

    def draw(sheet: Sheet) -> tuple[dict[str, Any], Sequence[Hit]]:
        if not hedged:
            sheet.say("No hedge was found.")
            return {}, ()
        left, right = MARGINS[sheet.narrow][0], 20.0
        axes = sheet.panel(CERTAINTY, left=left, right=right, above=10)
        axis = SentenceAxis.of(sheet, axes, study.parse, right=right, headings=True)
        bare(axes)
        axes.set_xlim(0.5, len(profile) + 0.5)
        axes.set_ylim(0, 1)
        lines(axes, [(0.5, y, len(profile) + 0.5, y) for y in (0, 0.5)], edgecolor=secondary(), alpha=0.4)
        lines(axes, [(x, 0, x, 1) for x in axis.parts], edgecolor=secondary(), alpha=0.6, linestyle=(0, (2, 3)))
        half = min(9 / axis.unit, 0.4 * per)
        found, hits = [], []
        for place, group in enumerate(groups):
            sentence, least = min(group, key=lambda item: item[1])
            if is_hedged(least):
                first, last = per * place + 1, per * place + len(group)
                mean, x = math.fsum(value for _, value in group) / len(group), (first + last) / 2
                found.append((x - half, mean, x + half, 1.0))
                label = f"Sentence {count(sentence.index + 1)}: certainty {least:.2f}"
                hits.append(Hit(axes, (first - 0.5, 0, last + 0.5, 1), sentence, label))
        drawn = boxes(axes, found, color=ink())
        lines(axes, [(0.5, 1, len(profile) + 0.5, 1)], linewidth=2)
        axes.set_yticks([0, 0.5, 1], ["unsure 0", "0.5", "sure 1"])
        axis.draw(sheet)
        return {"bars": drawn, "axes": axes}, hits

    title = certainty_title(profile)
    bar = "a hedged sentence" if per == 1 else f"the mean of {per} sentences in a row"
    notes = [
        "Certainty of each sentence, from 0 to 1 (nothing hedges it).",
        f"Bar down from 1: {bar}, as long as what the hedges take away. Empty: not hedged." if hedged else "",
    ]
    return finish(
        draw,
        title=title,
        subtitle=notes,
        source=source_line(study, f"{count(len(hedged))} of {plural(len(profile), 'sentence')} hedged."),
        alt=_certainty_words(title, hedged, len(profile)) if hedged else f"An empty chart. {title}.",
        table=Table(
            [(Link.to(sentence), sentence.section.kind, value) for sentence, value in profile],
            columns=["Sentence", "Part", Column("Certainty", form="value")],
            caption="Certainty of each sentence",
            note="1: nothing in the sentence hedges it.",
            csv="certainty-by-sentence",
        ),
        name="certainty",
        ax=ax,
        link=link,
    )


def _certainty_words(title: str, hedged: Sequence[tuple[Sentence, float]], total: int) -> str:
    sentence, least = min(hedged, key=lambda item: item[1])
    return (
        f"{title}. A bar down from 1 for each hedged sentence, on a scale from 0 to 1, over {plural(total, 'sentence')}: "
        f"{count(len(hedged))} hedged. Lowest: {least:.2f} in sentence {count(sentence.index + 1)}."
    )
