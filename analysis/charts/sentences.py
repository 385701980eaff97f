"""The article sentence by sentence: the charge of its words, and how surely it speaks."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

from ..discourse import certainty_profile
from ..display import (
    SCALE,
    bar_notes,
    certainty_table,
    certainty_title,
    count,
    is_hedged,
    number,
    plural,
    sentiment_title,
    source_line,
    valence_table,
)
from ..estimates import per_bar, slots_of
from .axis import ENDS, MARGINS, hits_of, sentence_axis
from .export import Chart, finish
from .forms import bare, bars, boxes, half_bar, lines
from .layout import Hit, Sheet, size_of
from .style import ink

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
    values, total = [item.valence for item in sentiments], len(sentiments)
    charged = [(value, item.sentence) for item in sentiments if (value := item.valence) is not None]
    slots = slots_of(values, [True] * total)

    def draw(sheet: Sheet) -> dict[str, Any]:
        axes = sheet.panel(150, left=MARGINS[sheet.narrow][0], right=20, above=10)
        drawn = bars(axes, values, named=[True] * total)
        axes.set_yticks([-1, 0, 1], ENDS[sheet.narrow])
        sentence_axis(sheet, axes, study.parse, right=20)
        if link:
            sheet.hits += hits_of(axes, slots, [item.sentence for item in sentiments], "no charged word")
        return {"bars": drawn}

    title, (lowest, low) = sentiment_title(sentiments), min(charged, key=lambda item: item[0], default=(0.0, None))
    above, below = (sum(value * sign > 0 for value, _ in charged) for sign in (1, -1))
    return finish(
        draw,
        title=title,
        subtitle=[
            f"Valence of the words, {SCALE}, whatever they are about.",
            *bar_notes([slots], total, "charged", "no charged word"),
        ],
        source=source_line(study.article, study.method, f"{count(len(charged))} of {plural(total, 'sentence')} charged."),
        alt=f"{title}. A bar a charged sentence, {SCALE}, over {plural(total, 'sentence')}: {count(above)} positive, "
        f"{count(below)} negative, {count(total - len(charged))} without a charged word. "
        f"Lowest: {number(lowest)} in sentence {count(low.index + 1) if low else 0}.",
        table=valence_table(study.parse, sentiments),
        name="sentiment",
        ax=ax,
        empty="" if charged else "No charged word was found.",
    )


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
    hedged, total = [(value, sentence) for sentence, value in profile if is_hedged(value)], len(profile)
    per = per_bar(total)

    def draw(sheet: Sheet) -> dict[str, Any]:
        axes = sheet.panel(CERTAINTY, left=MARGINS[sheet.narrow][0], right=20, above=10)
        bare(axes, (0.5, total + 0.5), (0, 1))
        lines(axes, [(0.5, y, total + 0.5, y) for y in (0, 0.5)], faint=0.4)
        half, found = half_bar(size_of(axes)[0], total), []
        for first in range(0, total, per):
            group = profile[first : first + per]
            sentence, least = min(group, key=lambda item: item[1])
            if is_hedged(least):
                mean, x = math.fsum(value for _, value in group) / len(group), first + (len(group) + 1) / 2
                found.append((x - half, mean, x + half, 1.0))
                label = f"Sentence {count(sentence.index + 1)}: certainty {least:.2f}"
                sheet.hits += [Hit(axes, (first + 0.5, 0, first + len(group) + 0.5, 1), sentence, label)] if link else []
        drawn = boxes(axes, found, color=ink())
        lines(axes, [(0.5, 1, total + 0.5, 1)], linewidth=2)
        axes.set_yticks([0, 0.5, 1], ["unsure 0", "0.5", "sure 1"])
        sentence_axis(sheet, axes, study.parse, right=20)
        return {"bars": drawn, "axes": axes}

    title, (least, low) = certainty_title(profile), min(hedged, key=lambda item: item[0], default=(1.0, None))
    bar = "a hedged sentence" if per == 1 else f"the mean of {per} sentences in a row"
    return finish(
        draw,
        title=title,
        subtitle=[
            "Certainty of each sentence, from 0 to 1 (nothing hedges it).",
            f"Bar down from 1: {bar}, as long as what the hedges take away.",
        ],
        source=source_line(study.article, study.method, f"{count(len(hedged))} of {plural(total, 'sentence')} hedged."),
        alt=f"{title}. A bar down from 1 for each hedged sentence, on a scale from 0 to 1, over {plural(total, 'sentence')}: "
        f"{count(len(hedged))} hedged. Lowest: {least:.2f} in sentence {count(low.index + 1) if low else 0}.",
        table=certainty_table(profile),
        name="certainty",
        ax=ax,
        empty="" if hedged else "No hedge was found.",
    )
