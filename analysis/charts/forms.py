"""The two forms that nearly all charts are: rows of dots with whiskers around zero, and bars along an article.

Both draw on matplotlib Axes in data coordinates and return the artists by name, so that what is drawn can be changed,
put beside other things with ``plt.subplots``, and saved. Nothing of them is known to an article: a row is a name and an
estimate, a bar a number in a sequence. ``dots_chart`` makes a whole chart of the first form.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, groupby, pairwise
from typing import TYPE_CHECKING, Any, Final, Literal

from ..constants import BARS_MAX, MIN_POINTS
from ..errors import ChartError
from ..model import Estimate
from .export import Chart, finish
from .layout import Sheet, fit, note, size_of, text_width
from .style import NEGATIVE, POSITIVE, ink, secondary

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FLAT: Final = 0.02
"""A bar lower than this would hide in the zero line; it is drawn as a block on it, for a score of zero is not silence."""
PLOT: Final = 180.0
"""Where less room than this is left between names and numbers, each name goes above its row."""
Boxes = Sequence[tuple[float, float, float, float]]


# --- marks -------------------------------------------------------------------------------------------------------


def lines(axes: Axes, segments: Boxes, **look: Any) -> Any:
    """Straight lines, each (x0, y0, x1, y1), as one artist, so that thousands of marks stay a small file."""
    return path(axes, [((x0, y0), (x1, y1)) for x0, y0, x1, y1 in segments], **{"facecolor": "none", **look})


def boxes(axes: Axes, found: Boxes, *, color: str, hollow: bool = False, **look: Any) -> Any:
    """Boxes, each (x0, y0, x1, y1), as one artist: filled, or hollow with an edge."""
    corners = [((x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)) for x0, y0, x1, y1 in found]
    chosen = {"facecolor": "none", "edgecolor": color, "linewidth": 1.5} if hollow else {"facecolor": color, "linewidth": 0}
    return path(axes, corners, **{**chosen, **look})


def path(axes: Axes, shapes: Sequence[Sequence[tuple[float, float]]], **look: Any) -> Any:
    """Several lines or closed shapes, all alike, as one artist in data coordinates; None where there are none."""
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    if not shapes:
        return None
    codes = [
        code
        for shape in shapes
        for code in [Path.MOVETO, *[Path.LINETO] * (len(shape) - 1 - (len(shape) > 2)), *[Path.CLOSEPOLY] * (len(shape) > 2)]
    ]
    drawn = {"edgecolor": ink(), "linewidth": 1.0, "capstyle": "butt", "transform": axes.transData, "clip_on": False, **look}
    made = PathPatch(Path([point for shape in shapes for point in shape], codes), **drawn)
    axes.add_artist(made)
    return made


def discs(axes: Axes, points: Sequence[tuple[float, float]], *, radius: float, color: str = "", **look: Any) -> Any:
    """Filled discs as one artist: lines of hardly any length with round ends, the shortest there are; None for none."""
    if not points:
        return None
    dots = [(x, y, x + 1e-4, y) for x, y in points]
    return lines(axes, dots, edgecolor=color or ink(), linewidth=2 * radius, capstyle="round", snap=False, **look)


def markers(axes: Axes, points: Sequence[tuple[float, float]], *, marker: str, radius: float, color: str) -> Any:
    """Hollow marks as one artist; None where there are none."""
    if not points:
        return None
    look: dict[str, Any] = {
        "markersize": 2 * radius,
        "markerfacecolor": "none",
        "markeredgecolor": color,
        "markeredgewidth": 1.5,
    }
    (made,) = axes.plot(*zip(*points, strict=True), linestyle="none", marker=marker, clip_on=False, zorder=2.6, **look)
    return made


def beside(axes: Axes, side: Literal["right", "down", "up"]) -> Any:
    """A transform for marks outside Axes: inches away from that edge, and data coordinates along it."""
    from matplotlib.transforms import ScaledTranslation, blended_transform_factory

    inches: Any = axes.figure.dpi_scale_trans
    edge: Any = axes.transAxes
    if side == "right":
        return blended_transform_factory(inches + ScaledTranslation(1, 0, edge), axes.transData)
    return blended_transform_factory(axes.transData, inches + ScaledTranslation(0, side == "up", edge))


def bare(axes: Axes) -> None:
    """Axes without a frame and without strokes at their ticks: what stands on them is what was found."""
    axes.spines[:].set_visible(False)
    axes.tick_params(length=0)
    axes.grid(False)


# --- rows of dots ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Scale:
    """The axis of a form. ticks: what stands at which value. zero: where the heavy line is, and the sides begin."""

    low: float
    high: float
    ticks: Mapping[float, str]
    zero: float | None = None


TONE: Final = Scale(-1.0, 1.0, {-1.0: "−1 negative", 0.0: "0", 1.0: "positive +1"}, 0.0)
SHARE: Final = Scale(0.0, 1.0, {0.0: "0", 0.25: "0.25", 0.5: "0.50", 0.75: "0.75", 1.0: "1.00"})


@dataclass(frozen=True, slots=True)
class Row:
    """One row: a name, an estimate, and what stands beside it.

    Attributes:
        name: at the left. value, lo, hi: the dot and its whiskers; None where there is no evidence: the row stays empty.
        texts: what stands at the right, one for each head.
        group: a heading; rows of one group follow each other and share it.
        marks: single values behind the estimate, drawn as fine lines.
        kind: "dot"; "bar" from zero to the value; "stem", a dot on a line from zero.
        light: smaller and greyer, for what is only there to compare with.
        guess: a value to hold the row against, drawn as a dashed line.
    """

    name: str
    value: float | None = None
    lo: float | None = None
    hi: float | None = None
    texts: Sequence[str] = ()
    group: str = ""
    marks: Sequence[float] = ()
    kind: Literal["dot", "bar", "stem"] = "dot"
    light: bool = False
    guess: float | None = None

    @classmethod
    def of(cls, name: str, estimate: Estimate, *texts: str, **more: Any) -> Row:
        """A row from an estimate."""
        return cls(name, estimate.value, estimate.lo, estimate.hi, texts, **more)

    def color(self, zero: float | None) -> str:
        """A side's colour where the whole interval, or the bar, lies on that side of zero; else ink."""
        low, high = (self.value, self.value) if self.kind == "bar" else (self.lo, self.hi)
        if zero is None or low is None or high is None:
            return ink()
        return POSITIVE if low > zero else NEGATIVE if high < zero else ink()


@dataclass(slots=True)
class Dots:
    """What ``dots`` drew: the Axes, the names of the rows with their heights, and the artists (None where nothing is)."""

    axes: Axes
    names: list[str]
    heights: list[float]
    dots: list[Any] = field(default_factory=list)
    whiskers: list[Any] = field(default_factory=list)
    bars: list[Any] = field(default_factory=list)
    marks: Any = None
    texts: list[Any] = field(default_factory=list)


def dots(
    where: Axes | Sheet,
    rows: Sequence[Row],
    *,
    heads: Sequence[str] = (),
    scale: Scale = TONE,
    step: float = 26.0,
    left: float | None = None,
    least: float = PLOT,
) -> Dots:
    """Rows of dots with whiskers around zero, a name at the left of each and its numbers at the right.

    Args:
        where: Axes; or a sheet, where a narrow one gets each name above its row instead of beside it.
        rows: in order from the top.
        heads: what the texts at the right are, in the line of the scale.
        scale: the axis.
        step: the height of a row on a sheet, in units.
        left: room for the names on a sheet; None takes what the longest needs, up to 170.
        least: on a narrow sheet names stand above their rows where less room than this would be left beside them.

    Returns:
        Axes and artists by name.

    Example:
        >>> import matplotlib.pyplot as plt
        >>> figure, axes = plt.subplots()
        >>> drawn = dots(axes, [Row("Norway", 0.4, 0.3, 0.5, ["+0.40"]), Row("Sweden", texts=["too few"])], heads=["mean"])
        >>> drawn.names, len(drawn.dots), drawn.axes is axes
        (['Norway', 'Sweden'], 1, True)
    """
    slots: list[Row | str] = []
    for group, members in groupby(rows, key=lambda row: row.group):
        slots += [*filter(None, [group]), *members]
    wide = [max(map(text_width, column)) for column in zip(heads, *(row.texts for row in rows if row.texts), strict=True)]
    edges = [sum(wide[: place + 1]) + 16 * (place + 1) for place in range(len(wide))]
    room = min(max((text_width(row.name) for row in rows), default=0.0) + 2, 170.0) if left is None else left
    room = max(room, 58.0)
    sides = (room + 18, (edges[-1] if edges else 0.0) + 8)
    narrow = isinstance(where, Sheet) and where.narrow and where.width - sum(sides) < least
    tops = [0.0, *accumulate(0.6 if narrow and isinstance(slot, str) else 1.0 for slot in slots)]
    if isinstance(where, Sheet):
        sides = (8.0, 8.0) if narrow else sides
        tall, above = tops[-1] * (step + 18 if narrow else step), 44 if narrow and heads else 24
        axes = where.panel(tall, left=sides[0], right=sides[1], above=above, below=6)
    else:
        axes = where
    bare(axes)
    axes.set_xlim(scale.low, scale.high)
    axes.set_ylim(tops[-1] or 1.0, 0)
    axes.xaxis.tick_top()
    axes.set_xticks(list(scale.ticks), list(scale.ticks.values()))
    for label, value in zip(axes.get_xticklabels(), scale.ticks, strict=True):
        label.set(ha="left" if value == scale.low else "right" if value == scale.high else "center")
    placed = [(top, bottom, slot) for (top, bottom), slot in zip(pairwise(tops), slots, strict=True)]
    found = [(bottom - (0.28 if narrow else 0.5), row) for _, bottom, row in placed if isinstance(row, Row)]
    half = 0.2 if narrow else 0.5
    spans = [(y - half, y + half) for y, _ in found] if narrow or len(found) < len(slots) else [(0.0, tops[-1])] * bool(slots)
    guides = [(value, low, value, high) for value in scale.ticks if value != scale.zero for low, high in spans]
    lines(axes, guides, edgecolor=secondary(), alpha=0.4, zorder=0.5)
    if scale.zero is not None:
        lines(axes, [(scale.zero, low, scale.zero, high) for low, high in spans], linewidth=2, zorder=0.6)
    drawn = Dots(axes, [row.name for _, row in found], [y for y, _ in found])
    _marks(drawn, found, scale.zero, 0.16 if narrow else 0.28)
    if narrow:
        _names_above(drawn, placed, heads)
    else:
        _names_beside(drawn, placed, heads, edges=edges, room=room)
    return drawn


def _marks(drawn: Dots, found: Sequence[tuple[float, Row]], zero: float | None, half: float) -> None:
    """Fine lines, dashed guesses, whiskers, stems, bars and dots."""
    axes, base = drawn.axes, zero or 0.0
    fine = [(value, y - half, value, y + half) for y, row in found for value in sorted({round(one, 2) for one in row.marks})]
    drawn.marks = lines(axes, fine, edgecolor=secondary(), alpha=0.5)
    guesses = [(row.guess, y - 1.7 * half, row.guess, y + 1.7 * half) for y, row in found if row.guess is not None]
    lines(axes, guesses, edgecolor=secondary(), linewidth=1.5, linestyle=(0, (3, 2)))
    colors = dict.fromkeys((ink(), NEGATIVE, POSITIVE))
    for light in (False, True):
        some = [(y, row, row.value) for y, row in found if row.light == light and row.kind != "bar" and row.value is not None]
        ends = [(row.lo, y, row.hi, y) for y, row, _ in some if row.lo is not None and row.hi is not None]
        stems = [(base, y, value, y) for y, row, value in some if row.kind == "stem"]
        drawn.whiskers += filter(None, [lines(axes, ends, linewidth=1.2 if light else 2.5), lines(axes, stems, linewidth=3)])
        for color in colors:
            points = [(value, y) for y, row, value in some if row.color(zero) == color]
            drawn.dots += filter(None, [discs(axes, points, radius=3.5 if light else 5.5, color=color, zorder=2.5)])
    for color in colors:
        reach = [
            (min(base, row.value), y - half, max(base, row.value), y + half)
            for y, row in found
            if row.kind == "bar" and row.value is not None and row.color(zero) == color
        ]
        drawn.bars += filter(None, [boxes(axes, reach, color=color)])


Placed = Sequence[tuple[float, float, "Row | str"]]


def _look(row: Row | str) -> dict[str, Any]:
    bold = isinstance(row, str) or row.kind == "stem"
    return {
        "color": secondary() if isinstance(row, Row) and row.light else ink(),
        "fontweight": "bold" if bold else "normal",
        "va": "center_baseline",
    }


def _names_beside(drawn: Dots, placed: Placed, heads: Sequence[str], *, edges: Sequence[float], room: float) -> None:
    """Names as labels of the axis at the left, texts in columns at the right."""
    rows = [row for *_, row in placed if isinstance(row, Row)]
    drawn.axes.set_yticks(drawn.heights, [fit(row.name, room, bold=row.kind == "stem") for row in rows])
    for label, row in zip(drawn.axes.get_yticklabels(), rows, strict=True):
        label.set(**{**_look(row), "va": "center_baseline"})
    for top, bottom, slot in placed:
        if isinstance(slot, str):
            drawn.texts.append(
                note(
                    drawn.axes,
                    fit(slot, room + 8 + size_of(drawn.axes)[0], bold=True),
                    (0, (top + bottom) / 2),
                    (-room - 8, 0),
                    "ad",
                    **_look(slot),
                )
            )
            continue
        for text, edge in zip(slot.texts, edges, strict=False):
            color = ink() if edge < edges[-1] or len(edges) == 1 else secondary()
            look = {"ha": "right", "va": "center_baseline", "color": color}
            drawn.texts.append(note(drawn.axes, text, (1, (top + bottom) / 2), (edge, 0), "ad", **look))
    for head, edge in zip(heads, edges, strict=False):
        note(drawn.axes, head, (1, 1), (edge, 7), ha="right", color=secondary())


def _names_above(drawn: Dots, placed: Placed, heads: Sequence[str]) -> None:
    """Names and texts in a line above each row, for a narrow sheet."""
    drawn.axes.set_yticks([])
    wide = size_of(drawn.axes)[0]
    for top, bottom, slot in placed:
        y = (top + bottom) / 2 if isinstance(slot, str) else top + 0.28
        texts = ", ".join(slot.texts) if isinstance(slot, Row) else ""
        name, look = slot.name if isinstance(slot, Row) else slot, _look(slot)
        name = fit(name, wide - text_width(texts) - 14, bold=look["fontweight"] == "bold")
        drawn.texts.append(note(drawn.axes, name, (0, y), over="ad", **look))
        drawn.texts.append(note(drawn.axes, texts, (1, y), over="ad", **{**look, "ha": "right", "color": secondary()}))
    note(drawn.axes, ", ".join(heads), (1, 1), (0, 27), ha="right", color=secondary())


# --- bars along an article ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Slot:
    """What one place of a sequence shows: a mean, or that something is named there with nothing to score.

    first, last: the positions it covers, from 1; several where there are more than can be told apart. value: the mean of the
    scored ones, None where none is. scored: how many are. at: the first that is scored, else named. sure: whether any is.
    """

    first: int
    last: int
    value: float | None
    scored: int
    at: int
    sure: bool

    @property
    def middle(self) -> float:
        """Where it stands along the axis."""
        return (self.first + self.last) / 2

    @property
    def flat(self) -> bool:
        """Whether its bar would be too low to see."""
        return self.value is not None and abs(self.value) < FLAT


@dataclass(slots=True)
class Bars:
    """What ``bars`` drew: the Axes, its slots, and the artists (None where there is nothing to draw).

    negative, positive: bars. unsure: hollow ones. flat: blocks on zero. silent: ticks on zero. trend: the running mean.
    mean: dot and whiskers at the right.
    """

    axes: Axes
    slots: list[Slot]
    negative: Any = None
    positive: Any = None
    unsure: list[Any] = field(default_factory=list)
    flat: Any = None
    silent: Any = None
    trend: Any = None
    mean: list[Any] = field(default_factory=list)


def slots_of(values: Sequence[float | None], named: Sequence[bool] = (), sure: Sequence[bool] = ()) -> list[Slot]:
    """The slots of a sequence; those in which nothing is scored or named are left out.

    Raises:
        ChartError: ``named`` or ``sure`` is not as long as the values.
    """
    for what, flags in (("named", named), ("sure", sure)):
        if len(flags) not in (0, len(values)):
            raise ChartError(f"There are {len(values)} values and {len(flags)} in {what!r}. Give one for each value, or none.")
    per = max(1, math.ceil(len(values) / BARS_MAX))
    found = []
    for first in range(0, len(values), per):
        places = range(first, min(first + per, len(values)))
        scored = [(place, value) for place in places if (value := values[place]) is not None and not math.isnan(value)]
        marked = [place for place in places if named and named[place]]
        if scored:
            mean = math.fsum(value for _, value in scored) / len(scored)
            certain = not sure or any(sure[place] for place, _ in scored)
            found.append(Slot(first + 1, places[-1] + 1, mean, len(scored), scored[0][0], certain))
        elif marked:
            found.append(Slot(first + 1, places[-1] + 1, None, 0, marked[0], False))
    return found


def bars(
    axes: Axes,
    values: Sequence[float | None],
    *,
    named: Sequence[bool] = (),
    sure: Sequence[bool] = (),
    mean: Estimate | None = None,
    parts: Iterable[float] = (),
    stems: bool = False,
    shift: float = 0.0,
) -> Bars:
    """A bar for each number of a sequence, up or down from a heavy zero line; nothing where there is none.

    Args:
        axes: to draw on; a position of the sequence is 1, 2, 3 along them, and they reach from −1 to +1.
        values: numbers in [−1, +1], in order; None (or NaN) where there is no evidence.
        named: where something is named: a tick on zero where no value is.
        sure: where a value is sure; else it is hollow.
        mean: an estimate to draw at the right edge, as a dot with whiskers.
        parts: positions at which a part of the article begins, for dashed lines.
        stems: draw discs on stems instead of bars, so that a second sequence is told apart from the first.
        shift: move all marks right, in positions, to set two sequences side by side; no running mean is drawn then.

    Returns:
        Axes and artists by name.

    Example:
        >>> import matplotlib.pyplot as plt
        >>> figure, axes = plt.subplots()
        >>> drawn = bars(axes, [0.5, None, -0.25], named=[True, True, True])
        >>> [slot.value for slot in drawn.slots], drawn.negative.get_facecolor() == drawn.positive.get_facecolor()
        ([0.5, None, -0.25], False)
    """
    slots, total = slots_of(values, named, sure), max(len(values), 1)
    bare(axes)
    axes.set_xlim(0.5, total + 0.5)
    axes.set_ylim(-1, 1)
    unit, high = (max(part, 1.0) for part in size_of(axes))
    per = max(1, math.ceil(total / BARS_MAX))
    half = min(9.0 * total / unit, max(0.4 * per, 0.5 * total / unit)) * (0.5 if shift else 1.0)
    lines(axes, [(0.5, y, total + 0.5, y) for y in (-1, 1)], edgecolor=secondary(), alpha=0.4, zorder=0.5)
    lines(axes, [(x, -1, x, 1) for x in parts], edgecolor=secondary(), alpha=0.6, linestyle=(0, (2, 3)), zorder=0.5)
    drawn = Bars(axes, slots)
    inset = (0.75 * total / unit, 1.5 / high)
    for color, sign in ((NEGATIVE, -1), (POSITIVE, 1)):
        for certain in (True, False):
            ends = [
                (slot.middle + shift, slot.value)
                for slot in slots
                if slot.value is not None and slot.value * sign > 0 and slot.sure == certain
            ]
            if stems:
                poles = lines(axes, [(x, 0, x, value) for x, value in ends], edgecolor=color, linewidth=2)
                made = discs(axes, ends, radius=4.5, color=color) if certain else None
                made = made or markers(axes, [] if certain else ends, marker="o", radius=4, color=color)
                made = None if made is None else [poles, made]
            elif certain:
                made = boxes(axes, [(x - half, 0, x + half, value) for x, value in ends], color=color)
            else:
                low = [(x - half + inset[0], 0, x + half - inset[0], value - sign * inset[1]) for x, value in ends]
                made = boxes(axes, low, color=color, hollow=True)
            if not certain:
                drawn.unsure += [made] if made is not None else []
            elif sign < 0:
                drawn.negative = made
            else:
                drawn.positive = made
    lines(axes, [(0.5, 0, total + 0.5, 0)], linewidth=2, zorder=2.2)
    tick, block = 12 / high, 6 / high
    ticks = [(slot.middle + shift, tick, slot.middle + shift, -tick) for slot in slots if slot.value is None]
    drawn.silent = lines(axes, ticks, linewidth=1.5, zorder=2.3)
    flat = [(slot.middle + shift - half, -block, slot.middle + shift + half, block) for slot in slots if slot.flat]
    drawn.flat = boxes(axes, flat, color=ink(), zorder=2.3)
    drawn.trend = None if shift else _trend(axes, slots)
    if mean is not None and mean.value is not None and mean.lo is not None and mean.hi is not None:
        drawn.mean = _mean(axes, mean.value, mean.lo, mean.hi)
    return drawn


def _mean(axes: Axes, value: float, low: float, high: float) -> list[Any]:
    """An estimate as a dot with whiskers right of Axes, on their own scale."""
    x, right = 28 / 72, beside(axes, "right")
    strokes = [(0.0, 9, secondary(), 1.0), (low, 4, ink(), 1.5), (high, 4, ink(), 1.5)]
    made = [
        lines(axes, [(x - wide / 72, y, x + wide / 72, y)], edgecolor=color, linewidth=thick, transform=right)
        for y, wide, color, thick in strokes
    ]
    whisker = lines(axes, [(x, low, x, high)], linewidth=2, transform=right)
    return [*made, whisker, discs(axes, [(x, value)], radius=4, transform=right)]


def _trend(axes: Axes, slots: Sequence[Slot]) -> Any:
    """The running mean of at least ``MIN_POINTS`` bars, broken where evidence is missing; None where there is too little."""
    scored = [(slot, slot.value) for slot in slots if slot.value is not None]
    if len(scored) < MIN_POINTS:
        return None
    means = running_means([value for _, value in scored])
    runs: list[list[tuple[float, float]]] = []
    last = -9
    for (slot, _), mean in zip(scored, means, strict=True):
        if slot.first != last + 1:
            runs.append([])
        runs[-1].append((slot.middle, mean))
        last = slot.last
    found = [(x0, y0, x1, y1) for run in runs if len(run) >= MIN_POINTS for (x0, y0), (x1, y1) in pairwise(run)]
    return lines(axes, found, linewidth=2, capstyle="round", zorder=2.4)


def running_means(values: Sequence[float]) -> list[float]:
    """For each of at least ``MIN_POINTS`` values the mean of those around it; at the ends of the first or last ones."""
    firsts = [min(max(place - MIN_POINTS // 2, 0), len(values) - MIN_POINTS) for place in range(len(values))]
    return [sum(values[first : first + MIN_POINTS]) / MIN_POINTS for first in firsts]


def dots_chart(
    rows: Sequence[Row],
    *,
    heads: Sequence[str] = (),
    scale: Scale = TONE,
    step: float = 26.0,
    left: float | None = None,
    ax: Axes | None = None,
    **words: Any,
) -> Chart:
    """A whole chart of rows of dots with whiskers, with its words and its table.

    Args:
        rows, heads, scale, step, left: as ``dots`` takes them.
        ax: Axes of yours to draw on.
        words: ``title``, ``subtitle``, ``source``, ``alt``, ``table`` and ``name``, as ``finish`` takes them.

    Returns:
        The chart; ``parts["rows"]`` holds what ``dots`` drew.

    Example:
        >>> from analysis.display import Table
        >>> chart = dots_chart(
        ...     [Row("VADER", 0.1, -0.2, 0.4, group="Toward Norway"), Row("encoder", 0.4, 0.3, 0.5, group="Toward Norway")],
        ...     title="One of two ways of scoring finds a clear lean",
        ...     subtitle="Mean tone and 90 % interval.",
        ...     source="Made by hand.",
        ...     alt="VADER +0.10, encoder +0.40.",
        ...     table=Table([("VADER", 0.1), ("encoder", 0.4)], columns=["Scorer", "Mean tone"], caption="Tone by scorer"),
        ... )
        >>> chart.parts["rows"].heights
        [1.5, 2.5]
    """

    def draw(sheet: Sheet) -> tuple[dict[str, Dots], tuple[()]]:
        return {
            "rows": dots(sheet if ax is None else sheet.panel(0, left=0), rows, heads=heads, scale=scale, step=step, left=left)
        }, ()

    return finish(draw, ax=ax, **words)
