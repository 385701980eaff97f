"""The two forms that nearly all charts are: rows of dots with whiskers around zero, and bars along an article.

Both draw on matplotlib Axes in data coordinates and return the artists by name, so that what is drawn can be changed,
put beside other things with ``plt.subplots``, and saved. Nothing of them is known to an article: a row is a name and an
estimate, a bar a number in a sequence. ``dots_chart`` makes a whole chart of the first form.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final, Literal

from ..display import NEGATIVE, POSITIVE
from ..estimates import per_bar, slots_of, trend_of
from ..model import Estimate
from .export import Chart, finish
from .layout import GROUND, Sheet, fit, ink, note, secondary, size_of, text_width

if TYPE_CHECKING:
    from matplotlib.axes import Axes

PLOT: Final = 180.0
"""Where less room than this is left between names and numbers, each name goes above its row."""
Boxes = Sequence[tuple[float, float, float, float]]
Points = Sequence[tuple[float, float]]


# --- marks: each call is one artist, so that thousands of marks stay a small file; None where there is nothing ----


def lines(axes: Axes, segments: Boxes, *, faint: float = 0.0, **look: Any) -> Any:
    """Straight lines, each (x0, y0, x1, y1); ``faint``: how much there is of the colour that stands back."""
    look = {**({"edgecolor": secondary(), "alpha": faint} if faint else {}), "facecolor": "none", **look}
    return _path(axes, [[(x0, y0), (x1, y1)] for x0, y0, x1, y1 in segments], **look)


def boxes(axes: Axes, found: Boxes, *, color: str, hollow: bool = False, **look: Any) -> Any:
    """Boxes, each (x0, y0, x1, y1): filled, or hollow with an edge."""
    corners = [[(x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)] for x0, y0, x1, y1 in found]
    chosen = {"facecolor": "none", "edgecolor": color, "linewidth": 1.5} if hollow else {"facecolor": color, "linewidth": 0}
    return _path(axes, corners, **chosen, **look)


def _path(axes: Axes, shapes: Sequence[list[tuple[float, float]]], **look: Any) -> Any:
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    if not shapes:
        return None
    made = Path.make_compound_path(*(Path(shape, closed=len(shape) > 2) for shape in shapes))
    usual = {"edgecolor": ink(), "linewidth": 1.0, "capstyle": "butt", "transform": axes.transData, "clip_on": False}
    return axes.add_artist(PathPatch(made, **{**usual, **look}))


def discs(axes: Axes, points: Points, *, radius: float, color: str = "", marker: str = "", **look: Any) -> Any:
    """Filled discs, as lines of hardly any length with round ends; or hollow marks, where a marker says which."""
    color = color or ink()
    if not marker or not points:
        look = {"edgecolor": color, "linewidth": 2 * radius, "capstyle": "round", "snap": False, **look}
        return lines(axes, [(x, y, x + 1e-4, y) for x, y in points], **look)
    hollow: dict[str, Any] = {"markerfacecolor": "none", "markeredgecolor": color, "markeredgewidth": 1.5, "linestyle": "none"}
    (made,) = axes.plot(*zip(*points, strict=True), marker, markersize=2 * radius, clip_on=False, zorder=2.6, **hollow)
    return made


def bare(axes: Axes, x: tuple[float, float], y: tuple[float, float]) -> None:
    """Axes with these limits, without a frame and strokes at their ticks: what stands on them is what was found."""
    axes.set(xlim=x, ylim=y)
    axes.spines[:].set_visible(False)
    if axes.figure.get_figure(root=True).patch.get_gid() != GROUND:  # ours have neither grid nor strokes from the start
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
        kind: "dot"; "bar" from zero to the value; "stem", a dot on a line from zero; "head", a heading.
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
    kind: Literal["dot", "bar", "stem", "head"] = "dot"
    light: bool = False
    guess: float | None = None

    @classmethod
    def of(cls, name: str, estimate: Estimate, *texts: str, **more: Any) -> Row:
        """A row from an estimate."""
        return cls(name, estimate.value, estimate.lo, estimate.hi, texts, **more)

    @property
    def look(self) -> dict[str, Any]:
        """How its name is written."""
        bold = self.kind in ("head", "stem")
        return {"color": secondary() if self.light else ink(), "fontweight": "bold" if bold else "normal"}

    def color(self, zero: float | None) -> str:
        """A side's colour where the whole interval, or the bar, lies on that side of zero; else ink."""
        low, high = (self.value, self.value) if self.kind == "bar" else (self.lo, self.hi)
        if zero is None or low is None or high is None:
            return ink()
        return POSITIVE if low > zero else NEGATIVE if high < zero else ink()


class Drawn(SimpleNamespace):
    """What a form drew: its Axes and its artists, by name; None, or no entry of a list, where there was nothing to draw."""


def dots(
    where: Axes | Sheet,
    rows: Sequence[Row],
    *,
    heads: Sequence[str] = (),
    scale: Scale = TONE,
    step: float = 26.0,
    least: float = PLOT,
) -> Drawn:
    """Rows of dots with whiskers around zero, a name at the left of each and its numbers at the right.

    Args:
        where: Axes; or a sheet, where a narrow one gets each name above its row instead of beside it.
        rows: in order from the top.
        heads: what the texts at the right are, in the line of the scale.
        scale: the axis.
        step: the height of a row on a sheet, in units.
        least: on a narrow sheet names stand above their rows where less room than this would be left beside them.

    Returns:
        ``axes``, ``names`` and ``heights`` of the rows, and artists: ``dots``, ``whiskers``, ``bars``, ``marks``, ``texts``.

    Example:
        >>> import matplotlib.pyplot as plt
        >>> figure, axes = plt.subplots()
        >>> drawn = dots(axes, [Row("Norway", 0.4, 0.3, 0.5, ["+0.40"]), Row("Sweden", texts=["too few"])], heads=["mean"])
        >>> drawn.names, len(drawn.dots), drawn.axes is axes
        (['Norway', 'Sweden'], 1, True)
    """
    groups = groupby(rows, key=lambda row: row.group)
    slots = [slot for group, of in groups for slot in (*([Row(group, kind="head")] if group else []), *of)]
    wide = [max(map(text_width, column)) for column in zip(heads, *(row.texts for row in rows if row.texts), strict=True)]
    edges = [width + 16 * place for place, width in enumerate(accumulate(wide), 1)]
    room = max(58.0, min(max((text_width(row.name) for row in rows), default=0.0) + 2, 170.0))
    sides = (room + 18, (edges[-1] if edges else 0.0) + 8)
    above = isinstance(where, Sheet) and where.narrow and where.width - sum(sides) < least
    tops = [0.0, *accumulate(0.6 if above and slot.kind == "head" else 1.0 for slot in slots)]
    if isinstance(where, Sheet):
        tall, sheet, (left, right) = tops[-1] * (step + 18 if above else step), where, (8.0, 8.0) if above else sides
        where = sheet.panel(tall, left=left, right=right, above=44 if above and heads else 24, below=6)
        heights = zip(tops, slots, strict=False)
        sheet.scale = sheet.height - tall - 6
        sheet.cuts += [sheet.height - 6 - tall * (1 - top / tops[-1]) for top, slot in heights if slot.kind == "head"]
    bare(where, (scale.low, scale.high), (tops[-1] or 1.0, 0))
    where.xaxis.tick_top()
    where.set_xticks(list(scale.ticks), list(scale.ticks.values()))
    for label, value in zip(where.get_xticklabels(), scale.ticks, strict=True):
        label.set_horizontalalignment("left" if value == scale.low else "right" if value == scale.high else "center")
    up, half, mark = (0.28, 0.2, 0.16) if above else (0.5, 0.5, 0.28)
    found = [(bottom - up, row) for bottom, row in zip(tops[1:], slots, strict=True) if row.kind != "head"]
    drawn = Drawn(axes=where, names=[row.name for _, row in found], heights=[y for y, _ in found], texts=[])
    parted = above or len(found) < len(slots)
    spans = [(y - half, y + half) for y in drawn.heights] if parted else [(0.0, tops[-1])] * bool(slots)
    lines(where, [(tick, low, tick, high) for tick in scale.ticks for low, high in spans if tick != scale.zero], faint=0.4)
    if scale.zero is not None:
        lines(where, [(scale.zero, low, scale.zero, high) for low, high in spans], linewidth=2, zorder=0.6)
    _marks(drawn, found, scale.zero, mark)
    _names(drawn, slots, tops, heads, *((True, size_of(where)[0], [0.0]) if above else (False, room, edges)))
    return drawn


def _marks(drawn: Drawn, found: Sequence[tuple[float, Row]], zero: float | None, half: float) -> None:
    """Fine lines, dashed guesses, whiskers, stems, bars and dots."""
    axes, base = drawn.axes, zero or 0.0
    fine = [(value, y - half, value, y + half) for y, row in found for value in sorted({round(one, 2) for one in row.marks})]
    drawn.marks = lines(axes, fine, faint=0.5)
    guesses = [(row.guess, y - 1.7 * half, row.guess, y + 1.7 * half) for y, row in found if row.guess is not None]
    lines(axes, guesses, edgecolor=secondary(), linewidth=1.5, linestyle=(0, (3, 2)))
    known = [(y, row, row.value, row.color(zero)) for y, row in found if row.value is not None]
    whiskers, points, reach = [], [], []
    for light in (False, True):
        some = [one for one in known if one[1].light == light and one[1].kind != "bar"]
        ends = [(row.lo, y, row.hi, y) for y, row, *_ in some if row.lo is not None and row.hi is not None]
        stems = [(base, y, value, y) for y, row, value, _ in some if row.kind == "stem"]
        whiskers += [lines(axes, ends, linewidth=1.2 if light else 2.5), lines(axes, stems, linewidth=3)]
        for color in (ink(), NEGATIVE, POSITIVE):
            at = [(value, y) for y, _, value, side in some if side == color]
            points.append(discs(axes, at, radius=3.5 if light else 5.5, color=color, zorder=2.5))
    for color in (ink(), NEGATIVE, POSITIVE):
        spans = [(base, y - half, value, y + half) for y, row, value, side in known if row.kind == "bar" and side == color]
        reach.append(boxes(axes, spans, color=color))
    drawn.whiskers, drawn.dots, drawn.bars = ([*filter(None, made)] for made in (whiskers, points, reach))


def _names(
    drawn: Drawn,
    slots: Sequence[Row],
    tops: Sequence[float],
    heads: Sequence[str],
    above: bool,
    room: float,
    edges: list[float],
) -> None:
    """Names at the left and texts in columns at the right; or, on a narrow sheet, both in a line above each row."""
    axes, wide, rows = drawn.axes, size_of(drawn.axes)[0], [row for row in slots if row.kind != "head"]
    axes.yaxis.set_visible(not above)
    axes.set_yticks([] if above else drawn.heights, [] if above else [_fitted(row, room) for row in rows])
    for label, row in zip(axes.get_yticklabels(), rows, strict=False):
        label.set(va="center_baseline", **row.look)
    for (top, bottom), row in zip(pairwise(tops), slots, strict=True):
        y, texts = top + 0.28 if above and row.kind != "head" else (top + bottom) / 2, row.texts
        if above or row.kind == "head":
            texts = [", ".join(texts)] if above else texts
            name = _fitted(row, wide - text_width(texts[0]) - 14 if above else room + 8 + wide)
            drawn.texts.append(note(axes, name, (0, y), (0 if above else -room - 8, 0), "ad", va="center_baseline", **row.look))
        for text, edge in zip(texts, edges, strict=False):
            look = {"va": "center_baseline", "fontweight": row.look["fontweight"] if above else "normal"}
            look["color"] = ink() if not above and (edge < edges[-1] or len(edges) == 1) else secondary()
            drawn.texts.append(note(axes, text, (1, y), (edge, 0), "ad", ha="right", **look))
    for head, edge in zip([", ".join(heads)] if above else heads, edges, strict=False):
        note(axes, head, (1, 1), (edge, 27 if above else 7), ha="right", color=secondary())


def _fitted(row: Row, room: float) -> str:
    return fit(row.name, room, bold=row.look["fontweight"] == "bold")


# --- bars along an article ---------------------------------------------------------------------------------------


def bars(
    axes: Axes,
    values: Sequence[float | None],
    *,
    named: Sequence[bool] = (),
    sure: Sequence[bool] = (),
    mean: Estimate | None = None,
    stems: bool = False,
    shift: float = 0.0,
) -> Drawn:
    """A bar for each number of a sequence, up or down from a heavy zero line; nothing where there is none.

    Args:
        axes: to draw on; a position of the sequence is 1, 2, 3 along them, and they reach from −1 to +1.
        values: numbers in [−1, +1], in order; None (or NaN) where there is no evidence.
        named: where something is named: a tick on zero where no value is.
        sure: where a value is sure; else it is hollow.
        mean: an estimate to draw at the right edge, as a dot with whiskers.
        stems: draw discs on stems instead of bars, so that a second sequence is told apart from the first.
        shift: move all marks right, in positions, to set two sequences side by side; no running mean is drawn then.

    Returns:
        ``axes``, the ``slots`` that stand there, and the artists: ``negative`` and ``positive`` bars, ``unsure`` ones, ``flat``
        blocks and ``silent`` ticks on zero, the ``trend``, and the ``mean`` at the right.

    Example:
        >>> import matplotlib.pyplot as plt
        >>> figure, axes = plt.subplots()
        >>> drawn = bars(axes, [0.5, None, -0.25], named=[True, True, True])
        >>> [slot.value for slot in drawn.slots], drawn.negative.get_facecolor() == drawn.positive.get_facecolor()
        ([0.5, None, -0.25], False)
    """
    slots, total = slots_of(values, named, sure), max(len(values), 1)
    bare(axes, (0.5, total + 0.5), (-1, 1))
    wide, high = size_of(axes)
    half = half_bar(wide, total) * (0.5 if shift else 1.0)
    lines(axes, [(0.5, y, total + 0.5, y) for y in (-1, 1)], faint=0.4)
    drawn, inset = Drawn(axes=axes, slots=slots, unsure=[], mean=[]), (0.75 * total / wide, 1.5 / high)  # half an edge
    for color, sign, certain in ((NEGATIVE, -1, True), (NEGATIVE, -1, False), (POSITIVE, 1, True), (POSITIVE, 1, False)):
        some = [slot for slot in slots if slot.value is not None and slot.value * sign > 0 and slot.sure == certain]
        ends = [(slot.middle + shift, slot.value or 0.0) for slot in some]
        if stems and ends:
            poles = lines(axes, [(x, 0, x, value) for x, value in ends], edgecolor=color, linewidth=2)
            made = [poles, discs(axes, ends, radius=4.5 if certain else 4, color=color, marker="" if certain else "o")]
        else:  # hollow bars are no larger than filled ones, edge included
            aside, under = (0.0, 0.0) if certain else (inset[0], sign * inset[1])
            found = [(x - half + aside, 0, x + half - aside, value - under) for x, value in ends]
            made = boxes(axes, found, color=color, hollow=not certain)
        if certain:
            setattr(drawn, "negative" if sign < 0 else "positive", made)
        else:
            drawn.unsure += [made] if made else []
    lines(axes, [(0.5, 0, total + 0.5, 0)], linewidth=2, zorder=2.2)
    ticks = [(slot.middle + shift, 12 / high, slot.middle + shift, -12 / high) for slot in slots if slot.value is None]
    drawn.silent = lines(axes, ticks, linewidth=1.5, zorder=2.3)
    flat = [(slot.middle + shift - half, -6 / high, slot.middle + shift + half, 6 / high) for slot in slots if slot.flat]
    drawn.flat = boxes(axes, flat, color=ink(), zorder=2.3)
    drawn.trend = lines(axes, [] if shift else trend_of(slots), linewidth=2, capstyle="round", zorder=2.4)
    if mean is not None and mean.value is not None and mean.lo is not None and mean.hi is not None:
        beside, x, unit = axes.get_yaxis_transform(), 1 + 28 / wide, 1 / wide
        caps = [(x - 4 * unit, y, x + 4 * unit, y) for y in (mean.lo, mean.hi)]
        drawn.mean = [
            lines(axes, [(x - 9 * unit, 0, x + 9 * unit, 0)], edgecolor=secondary(), transform=beside),
            lines(axes, caps, linewidth=1.5, transform=beside),
            lines(axes, [(x, mean.lo, x, mean.hi)], linewidth=2, transform=beside),
            discs(axes, [(x, mean.value)], radius=4, transform=beside),
        ]
    return drawn


def half_bar(wide: float, total: int) -> float:
    """Half of a bar's width, in positions, where so many stand on so many units."""
    return min(9.0 * total / wide, max(0.4 * per_bar(total), 0.5 * total / wide))


def dots_chart(
    rows: Sequence[Row],
    *,
    heads: Sequence[str] = (),
    scale: Scale = TONE,
    step: float = 26.0,
    ax: Axes | None = None,
    **words: Any,
) -> Chart:
    """A whole chart of rows of dots with whiskers, with its words and its table.

    Args:
        rows, heads, scale, step: as ``dots`` takes them.
        ax: Axes of yours to draw on.
        words: ``title``, ``subtitle``, ``source``, ``alt``, ``table``, ``name`` and ``empty``, as ``finish`` takes them.

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
    return finish(lambda sheet: {"rows": dots(sheet, rows, heads=heads, scale=scale, step=step)}, ax=ax, **words)
