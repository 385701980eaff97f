"""How surely the article speaks, sentence by sentence."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from ..display import Column, Link, Table, certainty_title, count, is_hedged, plural
from ..model import Article, Sentence
from .axis import LEFT, Line, axis_height, draw_axis, label_rows, runs_of
from .canvas import Canvas
from .chart import Chart, Hit, empty_canvas, finish, source_line
from .style import INK, SECONDARY, WIDTH

CERTAINTY = 120.0


def certainty_flow(profile: Sequence[tuple[Sentence, float]], *, article: Article, method: str, link: bool = True) -> Chart:
    """How surely the article states what it states, sentence by sentence.

    Args:
        profile: every sentence in order with its certainty in (0, 1]; 1 where nothing hedges it.
        article: the article, for its name and its headings.
        method: what found the hedges, for the line beneath.
        link: make each mark lead to its sentence.

    Returns:
        The chart, with a table of every sentence.
    """
    hedged = [(sentence, value) for sentence, value in profile if is_hedged(value)]
    table = Table(
        [(Link.to(sentence), sentence.section.kind, value) for sentence, value in profile],
        columns=["Sentence", "Part", Column("Certainty", form="value")],
        caption="Certainty of each sentence",
        note="1: nothing in the sentence hedges it.",
        csv="certainty-by-sentence",
    )
    coverage = f"{count(len(hedged))} of {plural(len(profile), 'sentence')} hedged."
    source = source_line(article, method, coverage)
    title = certainty_title(profile)
    if not hedged:
        return finish(
            empty_canvas("No hedge was found.").figure,
            title=title,
            subtitle="Certainty of each sentence, from 0 to 1 (nothing hedges it).",
            source=source,
            alt=f"An empty chart. {title}.",
            table=table,
        )
    line = Line(LEFT, WIDTH - 20, tuple(sentence for sentence, _ in profile))
    placed = label_rows(line, runs_of(line.sentences, article, headings=True), edge=WIDTH - 2, rows=5)
    top = 10.0
    bottom = top + CERTAINTY
    canvas = Canvas(WIDTH, bottom + 12 + axis_height(placed))
    slots = _hedged_slots(line, profile)
    canvas.lines([(line.left, y, line.right, y) for y in ((top + bottom) / 2, bottom)], color=SECONDARY, alpha=0.4)
    canvas.lines(
        [(line.start(run.place), top, line.start(run.place), bottom) for run, _, _ in placed if run.place],
        color=SECONDARY,
        alpha=0.6,
        dash=(2, 3),
    )
    wide = line.bar / 2
    canvas.boxes(
        [(line.middle(one.slot) - wide, top, line.middle(one.slot) + wide, top + CERTAINTY * (1 - one.mean)) for one in slots],
        color=INK,
    )
    canvas.lines([(line.left, top, line.right, top)], width=2)
    for y, label in ((top, "sure 1"), ((top + bottom) / 2, "0.5"), (bottom, "unsure 0")):
        canvas.text(LEFT - 8, y + 4.5, label, align="right", color=SECONDARY)
    draw_axis(canvas, line, placed, bottom + 6)
    least = min(hedged, key=lambda item: item[1])
    bar = "a hedged sentence" if line.per == 1 else f"the mean of {line.per} sentences in a row"
    return finish(
        canvas.figure,
        title=title,
        subtitle=(
            "Certainty of each sentence, from 0 to 1 (nothing hedges it). "
            f"Bar down from 1: {bar}, as long as what the hedges take away. Empty: not hedged."
        ),
        source=source,
        alt=(
            f"{title}. A bar down from 1 for each hedged sentence, on a scale from 0 to 1, over "
            f"{plural(len(profile), 'sentence')}: {count(len(hedged))} hedged. "
            f"Lowest: {least[1]:.2f} in sentence {count(least[0].index + 1)}."
        ),
        table=table,
        hits=_certainty_hits(line, slots, top=top, bottom=bottom) if link else (),
    )


@dataclass(frozen=True, slots=True)
class _Hedged:
    """What a slot of the line shows: the mean certainty of its sentences, one of them hedged at least.

    sentence, least: the least sure one, the first of equals, and its certainty.
    """

    slot: int
    mean: float
    sentence: Sentence
    least: float


def _hedged_slots(line: Line, profile: Sequence[tuple[Sentence, float]]) -> list[_Hedged]:
    found = []
    for slot in range(line.slots):
        members = profile[slot * line.per : (slot + 1) * line.per]
        sentence, least = min(members, key=lambda item: item[1])
        if is_hedged(least):
            found.append(_Hedged(slot, math.fsum(value for _, value in members) / len(members), sentence, least))
    return found


def _certainty_hits(line: Line, slots: Sequence[_Hedged], *, top: float, bottom: float) -> list[Hit]:
    found = []
    for one in slots:
        x = line.left + one.slot * line.step
        label = f"Sentence {count(one.sentence.index + 1)}: certainty {one.least:.2f}"
        found.append(Hit((x, top, x + line.step, bottom), one.sentence, label))
    return found
