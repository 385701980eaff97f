"""The two forms that nearly all charts are: rows of dots with whiskers around zero, and bars along an article.

Both draw on matplotlib Axes in data coordinates and return the artists by name, so that what is drawn can be changed,
put beside other things with ``plt.subplots``, and saved. Nothing of an article is known to them: a row is a name and an
estimate, a bar a number in a sequence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, groupby
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final, Literal

from ..display import NEGATIVE, POSITIVE
from ..estimates import Slot, per_bar, trend_of
from ..model import Estimate
from .layout import Box, Place, Sheet, fit, ink, note, secondary, size_of, text_width

if TYPE_CHECKING:
    from matplotlib.axes import Axes

PLOT: Final = 180.0
"""Where less room than this is left between names and numbers, each name goes above its row."""
ALONE: Final = ("group", "name")
"""Kinds of rows that are a name alone."""
TONE: Final[Mapping[float, str]] = {-1.0: "−1 negative", 0.0: "0", 1.0: "positive +1"}


# --- marks: each call is one artist, so that thousands of marks stay a small file; None where there is nothing ----


def lines(axes: Axes, segments: Sequence[Box], *, faint: float = 0.0, **look: Any) -> Any:
    """Straight lines, each (x0, y0, x1, y1); ``faint``: how much there is of the colour that stands back."""
    look = {**({"edgecolor": secondary(), "alpha": faint} if faint else {}), "facecolor": "none", **look}
    return _path(axes, [[(x0, y0), (x1, y1)] for x0, y0, x1, y1 in segments], **look)


def boxes(axes: Axes, found: Sequence[Box], *, color: str, hollow: bool = False, **look: Any) -> Any:
    """Boxes, each (x0, y0, x1, y1): filled, or hollow with an edge."""
    corners = [[(x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)] for x0, y0, x1, y1 in found]
    chosen = {"facecolor": "none", "edgecolor": color, "linewidth": 1.5} if hollow else {"facecolor": color, "linewidth": 0}
    return _path(axes, corners, **chosen, **look)


def _path(axes: Axes, shapes: Sequence[list[Place]], **look: Any) -> Any:
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    if not shapes:
        return None
    made = Path.make_compound_path(*(Path(shape, closed=len(shape) > 2) for shape in shapes))
    usual = {"edgecolor": ink(), "linewidth": 1.0, "capstyle": "butt", "transform": axes.transData, "clip_on": False}
    return axes.add_artist(PathPatch(made, **{**usual, **look}))


def discs(axes: Axes, points: Sequence[Place], *, radius: float, color: str = "", marker: str = "", **look: Any) -> Any:
    """Filled discs, as lines of hardly any length with round ends; or hollow marks, where a marker says which."""
    color = color or ink()
    if not marker or not points:
        look = {"edgecolor": color, "linewidth": 2 * radius, "capstyle": "round", "snap": False, **look}
        return lines(axes, [(x, y, x + 1e-4, y) for x, y in points], **look)
    hollow: dict[str, Any] = {"markerfacecolor": "none", "markeredgecolor": color, "markeredgewidth": 1.5, "linestyle": "none"}
    (made,) = axes.plot(*zip(*points, strict=True), marker, markersize=2 * radius, clip_on=False, zorder=2.6, **hollow)
    return made


def bare(axes: Axes, x: tuple[float, float], y: tuple[float, float]) -> None:
    """Axes with these limits, without a frame, a grid and strokes at their ticks: what stands on them is what was found."""
    axes.set(xlim=x, ylim=y)
    axes.spines[:].set_visible(False)
    axes.tick_params(length=0)
    axes.grid(False)


@dataclass(frozen=True, slots=True)
class Row:
    """One row: a name, an estimate, and what stands beside it.

    Attributes:
        name: at the left. value, lo, hi: the dot and its whiskers; None where there is no evidence: the row stays empty.
        texts: what stands at the right, one for each head.
        group: a heading; rows of one group follow each other and share it.
        marks: single values behind the estimate, drawn as fine lines.
        kind: "dot"; "bar" from zero to the value; "stem", a dot on a line from zero; "group" and "name" are names alone.
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
    kind: Literal["dot", "bar", "stem", "group", "name"] = "dot"
    light: bool = False
    guess: float | None = None

    @classmethod
    def of(cls, name: str, estimate: Estimate, *texts: str, **more: Any) -> Row:
        """A row from an estimate."""
        return cls(name, estimate.value, estimate.lo, estimate.hi, texts, **more)

    @property
    def bold(self) -> bool:
        """Whether its name is bold."""
        return self.kind in ("group", "stem")

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
    ticks: Mapping[float, str] = TONE,
    step: float = 26.0,
) -> Drawn:
    """Rows of dots with whiskers around zero, a name at the left of each and its numbers at the right.

    Args:
        where: Axes; or a sheet, where a narrow one gets each name above its row, if it has too little room beside it.
        rows: in order from the top.
        heads: what the texts at the right are, in the line of the ticks.
        ticks: what stands at which value along the axis, which they end; zero is a heavy line where the first is below it.
            Without any, the axis is as wide as the sheet, and its limits are yours to set.
        step: the height of a row on a sheet, in units.

    Returns:
        ``axes``, ``names`` and ``heights`` of the rows, and artists: ``dots``, ``whiskers``, ``bars``, ``marks``, ``texts``.

    Example:
        >>> import matplotlib.pyplot as plt
        >>> figure, axes = plt.subplots()
        >>> drawn = dots(axes, [Row("Norway", 0.4, 0.3, 0.5, ["+0.40"]), Row("Sweden", texts=["too few"])], heads=["mean"])
        >>> drawn.names, len(drawn.dots), drawn.axes is axes
        (['Norway', 'Sweden'], 1, True)
    """
    wide = [max(map(text_width, column)) for column in zip(heads, *(row.texts for row in rows if row.texts), strict=True)]
    edges = [width + 16 * place for place, width in enumerate(accumulate(wide), 1)] or [0.0]
    room = max(58.0, min(max((text_width(row.name) for row in rows), default=0.0) + 2, 170.0))
    above = isinstance(where, Sheet) and where.narrow and (not ticks or where.width - room - edges[-1] - 26 < PLOT)
    if above:
        heads, edges, room, step = [", ".join(heads)], [0.0], 0.0, step / 2 + 9
    slots: list[Row] = []
    for group, of in groupby(rows, lambda row: row.group):
        slots += [Row(group, kind="group")] if group else []
        for row in of:
            alone = replace(row, texts=[", ".join(row.texts)], kind="group" if row.bold else "name")
            slots += [alone, replace(row, name="", texts=())] if above else [row]
    if isinstance(where, Sheet):
        sheet, tall = where, len(slots) * step
        where = sheet.panel(tall, left=room + (18 if room else 8), right=edges[-1] + 8, above=44 if above else 24, below=6)
        sheet.scale = sheet.height - tall - 6
        starts = [place for place, row in enumerate(slots) if row.bold] or range(len(slots))
        sheet.cuts += [sheet.scale + step * place for place in starts]
    low, high = min(ticks, default=0.0), max(ticks, default=1.0)
    zero = 0.0 if low < 0 else None
    bare(where, (low, high), (len(slots) or 1, 0))
    where.xaxis.tick_top()
    where.set_xticks(list(ticks), list(ticks.values()))
    for label, value in zip(where.get_xticklabels(), ticks, strict=True):
        label.set_horizontalalignment("left" if value == low else "right" if value == high else "center")
    found = [(place + 0.5, row) for place, row in enumerate(slots) if row.kind not in ALONE]
    names, heights = [row.name for row in rows], [y for y, _ in found]
    drawn = Drawn(axes=where, names=names, heights=heights, dots=[], whiskers=[], bars=[], marks=[], texts=[])
    lines(where, [(tick, y - 0.5, tick, y + 0.5) for tick in ticks for y in heights if tick != zero], faint=0.4)
    if zero is not None:
        lines(where, [(zero, y - 0.5, zero, y + 0.5) for y in heights], linewidth=2, zorder=0.6)
    for y, row in found:
        _marks(drawn, y, row, zero)
    _words(drawn, slots, heads, edges, room)
    return drawn


def _marks(drawn: Drawn, y: float, row: Row, zero: float | None) -> None:
    """What stands on a row: fine lines, a dashed guess, and a bar, or a dot with whiskers or on a stem."""
    axes, base, color, half = drawn.axes, zero or 0.0, row.color(zero), 0.28
    if row.marks:
        fine = sorted({round(value, 2) for value in row.marks})
        drawn.marks.append(lines(axes, [(value, y - half, value, y + half) for value in fine], faint=0.5))
    if row.guess is not None:
        tall, dashed = 1.7 * half, (0, (3, 2))
        lines(axes, [(row.guess, y - tall, row.guess, y + tall)], edgecolor=secondary(), linewidth=1.5, linestyle=dashed)
    if row.value is None:
        return
    if row.kind == "bar":
        drawn.bars.append(boxes(axes, [(base, y - half, row.value, y + half)], color=color))
        return
    low, high = (base, row.value) if row.kind == "stem" else (row.lo, row.hi)
    if low is not None and high is not None:
        drawn.whiskers.append(lines(axes, [(low, y, high, y)], linewidth=1.2 if row.light else 2.5))
    drawn.dots.append(discs(axes, [(row.value, y)], radius=3.5 if row.light else 5.5, color=color, zorder=2.5))


def _words(drawn: Drawn, slots: Sequence[Row], heads: Sequence[str], edges: Sequence[float], room: float) -> None:
    """Names in so much room at the left, those that stand alone further; and texts in columns that end right of the Axes."""
    axes, wide, beside = drawn.axes, size_of(drawn.axes)[0], drawn.axes.get_yaxis_transform()
    named = [(place + 0.5, row) for place, row in enumerate(slots) if row.name or row.texts]
    further = [
        (wide - 14 - sum(map(text_width, row.texts)) + edges[-1] * (not row.texts)) * (row.kind in ALONE) for _, row in named
    ]
    names = [fit(row.name, room + more, bold=row.bold) for more, (_, row) in zip(further, named, strict=True)]
    axes.tick_params(axis="y", pad=8 if room else 0)
    axes.set_yticks([y for y, _ in named], names)
    for label, (y, row) in zip(axes.get_yticklabels(), named, strict=True):
        color = secondary() if row.light else ink()
        label.set(color=color, fontweight="bold" if row.bold else "normal", va="center_baseline")
        if row.kind in ALONE:
            label.set(x=-room / wide, ha="left")
        for text, edge in zip(row.texts, edges, strict=False):
            look = {"ha": "right", "va": "center_baseline", "color": color if edge == edges[0] else secondary()}
            drawn.texts.append(note(axes, text, (1, y), (edge, 0), xycoords=beside, **look))
    for head, edge in zip(heads, edges, strict=False):
        note(axes, head, (1, 1), (edge, 7 if room else 27), ha="right", color=secondary())


def bars(
    axes: Axes, slots: Sequence[Slot], total: int, *, mean: Estimate | None = None, stems: bool = False, shift: float = 0.0
) -> Drawn:
    """A bar for each number of a sequence, up or down from a heavy zero line; nothing where there is none.

    Args:
        axes: to draw on; a position of the sequence is 1, 2, 3 along them, and they reach from −1 to +1.
        slots: what ``analysis.estimates.slots_of`` makes of numbers in [−1, +1]: one that is not sure is hollow, and one that
            names something without a number is a tick on zero.
        total: how many positions the sequence has, 1 or more.
        mean: an estimate to draw at the right edge, as a dot with whiskers.
        stems: draw discs on stems instead of bars, so that a second sequence is told apart from the first.
        shift: move all marks right, in positions, to set two sequences side by side; no running mean is drawn then.

    Returns:
        ``axes``, and the artists: ``negative`` and ``positive`` bars, ``unsure`` ones, ``flat`` blocks and ``silent`` ticks on
        zero, the ``trend``, and the ``mean`` at the right.

    Example:
        >>> import matplotlib.pyplot as plt
        >>> from analysis.estimates import slots_of
        >>> figure, axes = plt.subplots()
        >>> drawn = bars(axes, slots_of([0.5, None, -0.25], named=[True, True, True]), 3)
        >>> drawn.silent is None, drawn.negative.get_facecolor() == drawn.positive.get_facecolor()
        (False, False)
    """
    bare(axes, (0.5, total + 0.5), (-1, 1))
    wide, high = size_of(axes)
    half = half_bar(wide, total) * (0.5 if shift else 1.0)
    lines(axes, [(0.5, y, total + 0.5, y) for y in (-1, 1)], faint=0.4)
    drawn = Drawn(axes=axes, unsure=[], mean=[])
    for name, color, sign in (("negative", NEGATIVE, -1), ("positive", POSITIVE, 1)):
        for certain in (True, False):
            some = [slot for slot in slots if sign * (slot.value or 0.0) > 0 and slot.sure == certain]
            ends = [(slot.middle + shift, slot.value or 0.0) for slot in some]
            if stems and ends:
                poles = lines(axes, [(x, 0, x, value) for x, value in ends], edgecolor=color, linewidth=2)
                made = [poles, discs(axes, ends, radius=4.5 if certain else 4, color=color, marker="" if certain else "o")]
            else:
                made = boxes(axes, [(x - half, 0, x + half, value) for x, value in ends], color=color, hollow=not certain)
            if certain:
                setattr(drawn, name, made)
            elif made:
                drawn.unsure.append(made)
    lines(axes, [(0.5, 0, total + 0.5, 0)], linewidth=2, zorder=2.2)
    ticks = [(slot.middle + shift, 12 / high, slot.middle + shift, -12 / high) for slot in slots if slot.value is None]
    drawn.silent = lines(axes, ticks, linewidth=1.5, zorder=2.3)
    flat = [(slot.middle + shift - half, -6 / high, slot.middle + shift + half, 6 / high) for slot in slots if slot.flat]
    drawn.flat = boxes(axes, flat, color=ink(), zorder=2.3)
    drawn.trend = lines(axes, [] if shift else trend_of(slots), linewidth=2, capstyle="round", zorder=2.4)
    if mean is not None and mean.value is not None and mean.lo is not None and mean.hi is not None:
        beside, x, tick = axes.get_yaxis_transform(), 1 + 28 / wide, 9 / wide
        drawn.mean = [
            lines(axes, [(x - tick, 0, x + tick, 0)], edgecolor=secondary(), transform=beside),
            lines(axes, [(x, mean.lo, x, mean.hi)], linewidth=2, transform=beside),
            discs(axes, [(x, mean.value)], radius=4, transform=beside),
        ]
    return drawn


def half_bar(wide: float, total: int) -> float:
    """Half of a bar's width, in positions, where so many stand on so many units."""
    return min(9.0 * total / wide, max(0.4 * per_bar(total), 0.5 * total / wide))
