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
from .layout import Place, Sheet, fit, ink, note, secondary, size_of
from .sentences import chosen

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ..study import Study

MATRIX_MAX: Final = 10
"""Holders and targets drawn in a matrix, and actors in a network: more cannot be read in one look."""
ARROWS_MAX: Final = 30
"""Arrows drawn in a network; the table holds them all."""
GRIDS: Final = (176.0, 96.0)
"""Room for the names of rows, on a wide sheet and on a narrow one."""
CELL, CELL_MAX, NODE = 48.0, 76.0, 5.5
"""How high a cell is and how wide it may be, and the radius of a node, in units."""


def stance_matrix(study: Study, actors: str | Iterable[str] | None = None, *, ax: Axes | None = None) -> Chart:
    """Who stands where on whom, a row a holder and a column a target.

    Args:
        study: an opened article.
        actors: keep the positions that one of these holds, or is the target of; None keeps all. Of more than ten holders or
            targets, the narrator and those in most sentences are drawn.
        ax: Axes of yours to draw on.

    Example:
        >>> from analysis import open_article
        >>> chart = stance_matrix(open_article(), actors="Trump")
        >>> ("Donald Trump", "Russia") in chart.parts["cells"]
        True
    """
    positions = _found(study, actors)
    held = [one for one in positions if one.by != "narrator"]
    narrated = len(held) < len(positions)
    holders = words.by_sentences(held, ())[: MATRIX_MAX - narrated]
    targets = words.by_sentences((), positions)[:MATRIX_MAX]
    order = words.by_sentences(held, positions)  # of both, so that who is struck through stands aslant
    rows = [*["narrator"] * narrated, *(name for name in order if name in holders)]
    columns = [name for name in order if name in targets]
    drawn = [one for one in positions if one.by in rows and one.target.name in columns]
    cells = {(one.by, one.target.name): (columns.index(one.target.name), rows.index(one.by)) for one in drawn}

    def draw(sheet: Sheet) -> dict[str, Any]:
        grid, above = GRIDS[sheet.narrow], 17.0 * len(columns) + 36
        if sheet.narrow:
            sheet.width = max(sheet.width, grid + 46.0 * len(columns) + 8)
            sheet.figure.set_figwidth(sheet.width / 72)
        right = max(4.0, sheet.width - grid - CELL_MAX * len(columns))
        axes = sheet.panel(CELL * len(rows), left=grid, right=right, above=above, below=6)
        sheet.scale, sheet.cuts = above, [above + CELL * place for place in range(1, len(rows))]
        bare(axes, (0, len(columns)), (len(rows), 0))
        names = [fit(words.voice_name(row), grid - 22, most=2) for row in rows]
        axes.set_yticks([place + 0.5 for place in range(len(rows))], names, color=ink())
        axes.tick_params(axis="y", pad=9)
        _column_names(sheet, axes, columns, grid)
        edges = [(0, y, len(columns), y) for y in range(len(rows) + 1)]
        lines(axes, edges + [(x, 0, x, len(rows)) for x in range(len(columns) + 1)], faint=0.35)
        own = [(columns.index(one), y) for y, one in enumerate(rows) if one in columns and (one, one) not in cells]
        lines(axes, [(x + 0.12, y + 0.85, x + 0.88, y + 0.15) for x, y in own], faint=0.5)
        for one in drawn:
            x, y = cells[one.by, one.target.name]
            told = number(one.tone) if words.has_mean(one) else words.signs_of(one)
            axes.text(x + 0.5, y + 0.34, told, ha="center", color=ink())
            axes.text(x + 0.5, y + 0.9, f"n={count(len(one.sentences))}", ha="center", color=secondary())
            _cell_mark(axes, one, x + 0.5, y)
            sheet.hits.append((axes, (x, y, x + 1, y + 1), one.sentences[0], words.position_said(one)))
        return {"axes": axes, "cells": cells}

    return finish(draw, **words.matrix_words(study, positions, rows, columns), ax=ax)


def _column_names(sheet: Sheet, axes: Axes, columns: Sequence[str], grid: float) -> None:
    """Names as a stair, each at the end of a line up from its column; aslant on Axes of somebody's own."""
    axes.xaxis.tick_top()
    names = [fit(name, 170) for name in columns] if sheet.given else []
    axes.set_xticks([x + 0.5 for x in range(len(names))], names, rotation=45, ha="left")
    if names:
        return
    leads, (wide, high), across = [], size_of(axes), axes.get_xaxis_transform()
    for x, name in enumerate(columns):
        y, room = 32.0 + 17 * x, min(grid + wide * (x + 0.5) / len(columns) - 14, 300.0)
        note(axes, fit(name, room), (x + 0.5, 1), (-6, y), xycoords=across, ha="right", va="center_baseline", color=ink())
        leads += [(x + 0.44, 1 + y / high, x + 0.5, 1 + y / high), (x + 0.5, 1 + y / high, x + 0.5, 1)]
    lines(axes, leads, faint=0.6, transform=across)
    note(axes, "toward", (0, 1), (-10, 8), ha="right", color=secondary())


def _cell_mark(axes: Axes, one: Position, zero: float, y: float) -> None:
    """A position on its cell's own zero: the mean as a bar, or a stroke a sentence where they are few."""
    for tone in (one.tone,) if words.has_mean(one) else one.tones:
        color, end = NEGATIVE if tone < 0 else POSITIVE, zero + 0.45 * tone
        if words.has_mean(one):
            boxes(axes, [(zero, y + 0.44, end, y + 0.59)], color=color)
        else:
            lines(axes, [(end, y + 0.42, end, y + 0.61)], edgecolor=color, linewidth=3)
    lines(axes, [(zero, y + 0.39, zero, y + 0.64)], linewidth=2)


def stance_network(study: Study, actors: str | Iterable[str] | None = None, *, ax: Axes | None = None) -> Chart:
    """Who stands where on whom, as arrows between actors on an ellipse.

    Args:
        study: an opened article.
        actors: keep the positions that one of these holds, or is the target of; None keeps all. The narrator's are left out.
            Of more than ten actors, those in most sentences are drawn, and of more than thirty arrows the strongest.
        ax: Axes of yours to draw on.

    Example:
        >>> from analysis import open_article
        >>> chart = stance_network(open_article())
        >>> chart.parts["arrows"]["Donald Trump", "Russia"].get_linewidth() > 1
        True
    """
    among = [one for one in _found(study, actors) if one.by != "narrator"]
    names = words.by_sentences(among, among)[:MATRIX_MAX]
    arrows = [one for one in among if one.by in names and one.target.name in names]
    arrows.sort(key=lambda one: (-abs(one.tone), -len(one.sentences)))
    drawn = arrows[:ARROWS_MAX]

    def draw(sheet: Sheet) -> dict[str, Any]:
        width, many = sheet.width, len(names)
        tall = 30.0 if many == 2 else (120.0 + 14 * many) if sheet.narrow else 60.0 + 6 * many
        wide, high = (76.0 if sheet.narrow else 186.0), 2 * tall + 72
        axes = sheet.panel(high, left=0, right=0)
        axes.set(xlim=(0, width), ylim=(0, high), aspect="equal" if sheet.given else "auto")
        axes.set_axis_off()
        centre = (width / 2, high - 20 - tall)
        spots, made = spots_of(names, centre, wide, tall), {}
        pairs = {(one.by, one.target.name) for one in drawn}
        for one in reversed(drawn):  # the strongest on top
            start, end = spots[one.by], spots[one.target.name]
            bend = bend_of(start, end, centre, both=(one.target.name, one.by) in pairs)
            made[one.by, one.target.name] = _arrow(axes, start, end, one.tone, bend)
        for name, (x, y) in spots.items():
            left = x < centre[0]
            text = fit(name, (x if left else width - x) - NODE - 15, most=2)
            axes.text(x - NODE - 7 if left else x + NODE + 7, y, text, ha="right" if left else "left", va="center")
        nodes = discs(axes, list(spots.values()), radius=NODE)
        for place, (label, tone) in enumerate((("negative", -0.7), ("positive", 0.7), ("next to zero", 0.0))):
            x = width * (0.12 + 0.31 * place)
            _arrow(axes, (x - 40, 12), (x, 12), tone, 0.0)
            axes.text(x + 4, 12, label, va="center_baseline", color=secondary())
        return {"axes": axes, "arrows": made, "nodes": nodes}

    return finish(draw, **words.network_words(study, among, names, arrows, ARROWS_MAX), ax=ax)


def spots_of(names: Sequence[str], centre: Place, wide: float, tall: float) -> dict[str, Place]:
    """Places on an ellipse, clockwise from the left, none at its top or bottom, where a name has no room beside it."""
    spots = {}
    for place, name in enumerate(names):
        turn = math.pi * (1 - 2 * (place + (len(names) % 4 == 0) / 2) / len(names))
        spots[name] = (centre[0] + wide * math.cos(turn), centre[1] + tall * math.sin(turn))
    return spots


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


def _found(study: Study, actors: str | Iterable[str] | None) -> list[Position]:
    """The positions of a study; with actors, those that one of them holds or is the target of."""
    names = {one.actor.name for one in chosen(study, actors)}
    return [one for one in study.standpoints if actors is None or {one.by, one.target.name} & names]
