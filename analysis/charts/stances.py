"""Who stands where on whom: a matrix and a network of positions."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

from .. import display as words
from ..constants import CLEAR_TONE
from ..display import NEGATIVE, POSITIVE, count, number
from ..model import Position
from .export import Chart, finish
from .forms import bare, boxes, discs, lines
from .layout import NARROW, WIDTH, Hit, Sheet, fit, ink, note, secondary, size_of, text_width, wrapped
from .sentences import chosen

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ..study import Study

MATRIX_MAX: Final = 12
"""Holders and targets drawn in a matrix, and actors in a network: more cannot be read in one look."""
ARROWS_MAX: Final = 30
"""Arrows drawn in a network; the table holds them all."""
GRIDS: Final = (176.0, 96.0)
"""Room for the names of rows, on a wide sheet and on a narrow one."""
CELL: Final = 48.0
CELL_MAX: Final = 76.0
TWO_DIGITS: Final = 45.0
"""A cell narrower than this has room for one digit behind the point."""
NODE: Final = 5.5
Place = tuple[float, float]


def stance_matrix(
    study: Study, actors: str | Iterable[str] | None = None, *, ax: Axes | None = None, link: bool = True
) -> Chart:
    """Who stands where on whom, a row a holder and a column a target.

    Args:
        study: an opened article.
        actors: keep the positions that one of these holds, or is the target of; None keeps all. Of more than twelve holders or
            targets, the narrator and those in most sentences are drawn.
        ax: Axes of yours to draw on.
        link: make each cell lead to its first sentence.

    Returns:
        The chart, with a table of every position.

    Example:
        >>> from analysis import open_article
        >>> chart = stance_matrix(open_article(), actors="Trump")
        >>> ("Donald Trump", "Russia") in chart.parts["cells"]
        True
    """
    positions = _found(study, actors)
    held = [one for one in positions if one.by != "narrator"]
    holders, targets = words.by_sentences(held, ()), words.by_sentences((), positions)
    narrated = len(held) < len(positions)
    order = words.by_sentences(held, positions)  # of both, so that who is struck through stands aslant
    rows = [*(["narrator"] if narrated else []), *sorted(holders[: MATRIX_MAX - narrated], key=order.index)]
    columns = sorted(targets[:MATRIX_MAX], key=order.index)
    drawn = [one for one in positions if one.by in rows and one.target.name in columns]
    cells = {(one.by, one.target.name): (columns.index(one.target.name), rows.index(one.by)) for one in drawn}

    def draw(sheet: Sheet) -> dict[str, Any]:
        grid = GRIDS[sheet.narrow]
        wide = min(CELL_MAX, (sheet.inner(grid, 4)) / len(columns))
        right = sheet.width - grid - wide * len(columns)
        axes = sheet.panel(CELL * len(rows), left=grid, right=right, above=17.0 * len(columns) + 36, below=6)
        bare(axes, (0, len(columns)), (len(rows), 0))
        names = ["\n".join(wrapped(words.voice_name(row), grid - 22, most=2)) for row in rows]
        axes.set_yticks([place + 0.5 for place in range(len(rows))], names, color=ink())
        axes.tick_params(axis="y", pad=9)
        _column_names(sheet, axes, columns, wide=wide, left=grid)
        edges = [(0, y, len(columns), y) for y in range(len(rows) + 1)]
        lines(axes, edges + [(x, 0, x, len(rows)) for x in range(len(columns) + 1)], faint=0.35)
        own = [(columns.index(one), y) for y, one in enumerate(rows) if one in columns and (one, one) not in cells]
        lines(axes, [(x + 0.12, y + 0.85, x + 0.88, y + 0.15) for x, y in own], faint=0.5)
        for one in drawn:
            x, y = cells[one.by, one.target.name]
            told = number(one.tone, digits=2 if wide >= TWO_DIGITS else 1) if words.has_mean(one) else words.signs_of(one)
            amount = f"n={count(len(one.sentences))}"
            axes.text(x + 0.5, y + 0.34, told, ha="center", color=ink())
            amount = amount if text_width(amount) <= wide - 2 else amount.removeprefix("n=")
            axes.text(x + 0.5, y + 0.9, amount, ha="center", color=secondary())
            sheet.hits += [Hit(axes, (x, y, x + 1, y + 1), one.sentences[0], words.position_said(one))] if link else []
        _cell_marks(axes, [(one, *cells[one.by, one.target.name]) for one in drawn])
        return {"axes": axes, "cells": cells}

    rounded = (WIDTH - GRIDS[0]) / max(len(columns), 1) < TWO_DIGITS
    narrow = max(NARROW, GRIDS[1] + 46.0 * len(columns) + 8)
    return finish(draw, **words.matrix_words(study, positions, rows, columns, rounded), ax=ax, narrow=narrow)


def _column_names(sheet: Sheet, axes: Axes, columns: Sequence[str], *, wide: float, left: float) -> None:
    """Names as a stair, each at the end of a line up from its column; slanted labels on Axes of somebody's own."""
    axes.xaxis.set_visible(bool(sheet.given))
    if sheet.given:
        axes.xaxis.tick_top()
        middles = [place + 0.5 for place in range(len(columns))]
        axes.set_xticks(middles, [fit(name, 170) for name in columns], rotation=45, ha="left")
        return
    leads, high = [], size_of(axes)[1]
    for place, name in enumerate(columns):
        x, y = place + 0.5, 32.0 + 17 * place
        text = fit(name, min(left + wide * x - 14, 300.0))
        note(axes, text, (x, 1), (-6, y), "da", va="center_baseline", ha="right", color=ink())
        leads += [(x - 3 / wide, 1 + y / high, x, 1 + y / high), (x, 1 + y / high, x, 1)]
    lines(axes, leads, faint=0.6, transform=axes.get_xaxis_transform())
    note(axes, "toward", (0, 1), (-10, 8), ha="right", color=secondary())


def _cell_marks(axes: Axes, drawn: Sequence[tuple[Position, int, int]]) -> None:
    """Each position on its cell's own zero: the mean as a bar, or a stroke a sentence where they are few."""
    tones = [
        (tone, x + 0.5, y, not words.has_mean(one))
        for one, x, y in drawn
        for tone in ((one.tone,) if words.has_mean(one) else one.tones)
    ]
    for color in (NEGATIVE, POSITIVE):
        side = [(zero + 0.45 * tone, zero, y, few) for tone, zero, y, few in tones if (tone < 0) == (color == NEGATIVE)]
        lines(axes, [(x, y + 0.42, x, y + 0.61) for x, _, y, few in side if few], edgecolor=color, linewidth=3)
        boxes(axes, [(min(zero, x), y + 0.44, max(zero, x), y + 0.59) for x, zero, y, few in side if not few], color=color)
    lines(axes, [(x + 0.5, y + 0.39, x + 0.5, y + 0.64) for _, x, y in drawn], linewidth=2)


def stance_network(study: Study, actors: str | Iterable[str] | None = None, *, ax: Axes | None = None) -> Chart:
    """Who stands where on whom, as arrows between actors on an ellipse.

    Args:
        study: an opened article.
        actors: keep the positions that one of these holds, or is the target of; None keeps all. The narrator's are left out.
            Of more than twelve actors, those in most sentences are drawn, and of more than thirty arrows the strongest.
        ax: Axes of yours to draw on.

    Returns:
        The chart, with a table of every position of an actor.

    Example:
        >>> from analysis import open_article
        >>> chart = stance_network(open_article())
        >>> chart.parts["arrows"]["Donald Trump", "Russia"].get_linewidth() > 1
        True
    """
    among = [one for one in _found(study, actors) if one.by != "narrator"]
    known = words.by_sentences(among, among)
    names = known[:MATRIX_MAX]
    arrows = sorted(
        (one for one in among if one.by in names and one.target.name in names),
        key=lambda one: (-abs(one.tone), -len(one.sentences)),
    )
    drawn = arrows[:ARROWS_MAX]

    def draw(sheet: Sheet) -> dict[str, Any]:
        width = NARROW if sheet.narrow else WIDTH
        tall = 30.0 if len(names) == 2 else (120.0 + 14 * len(names)) if sheet.narrow else 108.0 + 7.5 * len(names)
        wide, high = (76.0 if sheet.narrow else 186.0), 2 * tall + 110
        axes = sheet.panel(high, left=0, right=0)
        axes.set(xlim=(0, width), ylim=(0, high), aspect="equal" if sheet.given else "auto")
        axes.set_axis_off()
        centre = (width / 2, high - 34 - tall)
        spots, made = spots_of(names, centre, wide, tall), {}
        pairs = {(one.by, one.target.name) for one in drawn}
        for one in reversed(drawn):  # the strongest on top
            start, end = spots[one.by], spots[one.target.name]
            bend = bend_of(start, end, centre, both=(one.target.name, one.by) in pairs)
            made[one.by, one.target.name] = _arrow(axes, start, end, one.tone, bend)
        for name, (x, y) in spots.items():  # outside the ellipse: above and beneath at its ends, else to the left and right
            side, up = (0 if abs(x - centre[0]) < 1 else -1 if x < centre[0] else 1), y > centre[1]
            if side:
                text = "\n".join(wrapped(name, (x if side < 0 else width - x) - NODE - 15, most=2))
                axes.text(x + side * (NODE + 7), y, text, ha="right" if side < 0 else "left", va="center")
            else:
                axes.text(x, y + (14 if up else -14), fit(name, 300.0), ha="center", va="baseline" if up else "top")
        nodes = discs(axes, list(spots.values()), radius=NODE)
        _arrow_key(axes, width, narrow=sheet.narrow)
        return {"axes": axes, "arrows": made, "nodes": nodes}

    return finish(draw, **words.network_words(study, among, names, arrows, ARROWS_MAX), ax=ax)


def spots_of(names: Sequence[str], centre: Place, wide: float, tall: float) -> dict[str, Place]:
    """Places on an ellipse, clockwise from the top; two actors stand side by side."""
    start = math.pi if len(names) == 2 else math.pi / 2
    turns = {name: start - 2 * math.pi * place / len(names) for place, name in enumerate(names)}
    return {name: (centre[0] + wide * math.cos(turn), centre[1] + tall * math.sin(turn)) for name, turn in turns.items()}


def bend_of(start: Place, end: Place, centre: Place, *, both: bool) -> float:
    """How far an arrow is bent to its right, as a share of its length: toward the centre, and aside of its opposite."""
    (x0, y0), (x1, y1) = start, end
    long = math.hypot(x1 - x0, y1 - y0)
    right = ((y1 - y0) / long, (x0 - x1) / long)
    lean = 0.2 * ((centre[0] - (x0 + x1) / 2) * right[0] + (centre[1] - (y0 + y1) / 2) * right[1])
    return (lean + (0.13 * long + 10 if both else 0.0)) / long


def _arrow(axes: Axes, start: Place, end: Place, tone: float, bend: float) -> Any:
    """An arrow from node to node: dashed where negative, solid where positive, thin with a hollow head between."""
    from matplotlib.patches import FancyArrowPatch

    clear = abs(tone) >= CLEAR_TONE
    color = secondary() if not clear else NEGATIVE if tone < 0 else POSITIVE
    width = 1.2 + 2.8 * abs(tone) if clear else 1.0
    look: dict[str, Any] = {
        "arrowstyle": f"-|>,head_length={5 + 1.5 * width:.2f},head_width={1.6 + 0.9 * width:.2f}",
        "linestyle": (0, (3 + 5 / width, 1.2 + 3 / width)) if clear and tone < 0 else "solid",
        **{"mutation_scale": 1, "shrinkA": NODE + 2, "shrinkB": NODE + 3, "capstyle": "butt", "joinstyle": "miter"},
        **{"linewidth": width, "edgecolor": color, "facecolor": color if clear else "none", "clip_on": False},
    }
    return axes.add_patch(FancyArrowPatch(start, end, connectionstyle=f"arc3,rad={bend:.4f}", **look))


def _arrow_key(axes: Axes, width: float, *, narrow: bool) -> None:
    """What the three kinds of arrows mean, in a row."""
    labels = (("negative", -0.7), ("positive", 0.7), ("next to zero", 0.0))
    long, gap = (30.0, 8.0) if narrow else (52.0, 24.0)
    x = (width - sum(long + 8 + text_width(label) + gap for label, _ in labels) + gap) / 2
    for label, tone in labels:
        _arrow(axes, (x - NODE - 2, 20), (x + long + NODE + 3, 20), tone, 0.0)
        axes.text(x + long + 8, 20, label, va="center_baseline", color=secondary())
        x += long + 8 + text_width(label) + gap


def _found(study: Study, actors: str | Iterable[str] | None) -> list[Position]:
    """The positions of a study; with actors, those that one of them holds or is the target of."""
    if actors is None:
        return list(study.standpoints)
    names = {one.actor.name for one in chosen(study, actors)}
    return [one for one in study.standpoints if {one.by, one.target.name} & names]
