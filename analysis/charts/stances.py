"""Who stands where on whom: a matrix and a network of positions."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from ..constants import CLEAR_TONE, MIN_POINTS
from ..display import (
    FEW,
    Link,
    Table,
    count,
    expressed,
    listing,
    matrix_title,
    network_title,
    number,
    plural,
    standing,
    surely,
    voice_name,
)  # fmt: skip
from ..model import Article, Position, StanceBasis
from ..safe_text import shorten
from .canvas import Align, Canvas, Segment
from .chart import SCALE, Chart, Hit, empty_canvas, finish, source_line, wrapped
from .layout import fit, text_width
from .style import NEGATIVE, POSITIVE, SECONDARY, TEXT, WIDTH

if TYPE_CHECKING:
    from matplotlib.path import Path
MATRIX_MAX: Final = 12
"""Holders and targets drawn in a matrix, and actors in a network: more cannot be read in one look."""
ARROWS_MAX: Final = 30
"""Arrows drawn in a network; the table holds them all."""

Place = tuple[float, float]


BASES: Final[dict[StanceBasis, str]] = {"voice": "words", "deed": "deeds"}


def _by_sentences(sides: Iterable[tuple[str, Position]]) -> list[str]:
    """Names in the most sentences of their positions first, then by the first sentence."""
    places: dict[str, set[int]] = {}
    for name, position in sides:
        places.setdefault(name, set()).update(sentence.index for sentence in position.sentences)
    return sorted(places, key=lambda name: (-len(places[name]), min(places[name])))


def _holders(positions: Iterable[Position]) -> list[tuple[str, Position]]:
    """Each position with the name of its holder, the narrator's left out."""
    return [(position.holder.name, position) for position in positions if not isinstance(position.holder, str)]


def _targets(positions: Iterable[Position]) -> list[tuple[str, Position]]:
    """Each position with the name of its target."""
    return [(position.target.name, position) for position in positions]


def _positions_table(positions: Sequence[Position], *, caption: str, csv: str) -> Table:
    return Table(
        [
            (
                voice_name(position.by),
                position.target.name,
                position.tone if len(position.tones) >= MIN_POINTS else None,
                expressed(position),
                surely(position.probability) if position.by != "narrator" else "in the article’s own words",
                listing(dict.fromkeys(BASES[stance.basis] for stance in position.stances)),
                [Link.to(sentence) for sentence in position.sentences],
            )
            for position in sorted(positions, key=lambda position: (position.tone, -len(position.sentences)))
        ],
        columns=["Holder", "Toward", "Mean tone", "Expressed", "Held", "Shown by", "Which sentences"],
        caption=caption,
        note=f"The most negative first. A pair that is not here: nothing found. –: {FEW} for a mean.",
        csv=csv,
    )


def _coverage(positions: Sequence[Position]) -> str:
    sentences = {sentence.index for position in positions for sentence in position.sentences}
    return f"{plural(len(positions), 'position')} from {plural(len(sentences), 'sentence')}."


def out_of(what: str, shown: int, known: int) -> str:
    return f"Drawn: the {shown} {what} of {count(known)}." if shown < known else ""


GRID = 176.0
CELL = 48.0
CELL_MAX = 76.0
TWO_DIGITS = 45.0
"""A cell narrower than this has room for one digit behind the point."""


def stance_matrix(positions: Sequence[Position], *, article: Article, method: str, link: bool = True) -> Chart:
    """Who stands where on whom, a row a holder and a column a target.

    Args:
        positions: one a pair of holder and target. Of more than twelve holders or targets, the narrator and those in
            most sentences are drawn.
        article: the article, for its name.
        method: what found the positions, for the line beneath.
        link: make each cell lead to its first sentence.

    Returns:
        The chart, with a table of every position.
    """
    table = _positions_table(positions, caption="Positions of each holder", csv="positions")
    source = source_line(article, method, _coverage(positions))
    if not positions:
        return _no_positions(matrix_title(positions), source, table)
    holders, targets = _by_sentences(_holders(positions)), _by_sentences(_targets(positions))
    narrated = any(isinstance(position.holder, str) for position in positions)
    order = _by_sentences([*_holders(positions), *_targets(positions)])  # of both, so that who is struck through stands aslant
    rows = [*([None] if narrated else []), *sorted(holders[: MATRIX_MAX - narrated], key=order.index)]
    columns = sorted(targets[:MATRIX_MAX], key=order.index)
    wide = min(CELL_MAX, (WIDTH - 4 - GRID) / len(columns))
    head = 17.0 * len(columns) + 36
    canvas = Canvas(WIDTH, head + CELL * len(rows) + 6)
    _column_names(canvas, columns, wide=wide, head=head)
    canvas.text(GRID - 10, head - 8, "toward", align="right", color=SECONDARY)
    for place, holder in enumerate(rows):
        _name(canvas, voice_name(holder or "narrator"), GRID - 10, head + CELL * (place + 0.5), align="right", room=GRID - 18)
    _grid(canvas, len(rows), len(columns), wide=wide, head=head)
    known = {(None if isinstance(one.holder, str) else one.by, one.target.name): one for one in positions}
    hits = []
    itself = drawn = means = 0
    for row, holder in enumerate(rows):
        for column, target in enumerate(columns):
            x, y = GRID + wide * column, head + CELL * row
            position = known.get((holder, target))
            if position is not None:
                drawn += 1
                means += len(position.tones) >= MIN_POINTS
                hits.append(_cell(canvas, position, (x, y, x + wide, y + CELL)))
            elif holder == target:
                itself += 1
                canvas.lines([(x + 7, y + CELL - 7, x + wide - 7, y + 7)], color=SECONDARY, alpha=0.5)
    title = matrix_title(positions)
    notes = [
        f"Rows: who speaks or acts; columns: toward whom; n: sentences. {SCALE[0].upper()}{SCALE[1:]}.",
        f"Number and bar: mean tone of {MIN_POINTS} sentences or more." if means else "",
        "A sign and strokes: fewer, a stroke a sentence." if drawn > means else "",
        "Numbers are rounded to a tenth." if means and wide < TWO_DIGITS else "",
        "Struck through: the actor itself." if itself else "",
        "Empty: nothing found.",
        out_of("holders in most sentences", len(rows), len(holders) + narrated),
        out_of("targets in most sentences", len(columns), len(targets)),
        f"The table holds all {count(len(positions))} positions." if drawn < len(positions) else "",
    ]
    return finish(
        canvas.figure,
        title=title,
        subtitle=" ".join(note for note in notes if note),
        source=source,
        alt=(
            f"{title}. A row a holder ({plural(len(rows), 'row')}), a column a target ({plural(len(columns), 'column')}), "
            f"{plural(drawn, 'cell')} filled. {_strongest(positions)}"
        ),
        table=table,
        hits=hits if link else (),
    )


def _no_positions(title: str, source: str, table: Table) -> Chart:
    return finish(
        empty_canvas("No position was found.").figure,
        title=title,
        subtitle="Who stands where on whom; where nobody speaks or acts toward another there is nothing to show.",
        source=source,
        alt=f"An empty chart. {title}.",
        table=table,
    )


def _strongest(positions: Sequence[Position], most: int = 6) -> str:
    ranked = sorted(positions, key=lambda position: (-abs(position.tone), -len(position.sentences)))
    return f"The strongest: {'; '.join(map(standing, ranked[:most]))}."


def _column_names(canvas: Canvas, columns: Sequence[str], *, wide: float, head: float) -> None:
    """Names as a stair, each at the end of a line up from its column, so that none stands in another's way."""
    leads = []
    for place, name in enumerate(columns):
        x = GRID + wide * (place + 0.5)
        y = head - 32 - 17 * place
        canvas.text(x - 6, y + 4.5, fit(name, min(x - 14, 300.0)), align="right")
        leads += [(x - 3, y, x, y), (x, y, x, head)]
    canvas.lines(leads, color=SECONDARY, alpha=0.6)


def _name(canvas: Canvas, name: str, x: float, middle: float, *, align: Align, room: float) -> None:
    """A name on one line or two, around a height."""
    lines = _two_lines(name, room)
    for place, text in enumerate(lines):
        canvas.text(x, middle + 4.5 + 16 * (place - (len(lines) - 1) / 2), text, align=align)


def _two_lines(name: str, room: float) -> list[str]:
    """A name in at most two lines no wider than ``room``; what does not fit ends in an ellipsis."""
    lines = wrapped(shorten(name, 200), room, TEXT, False)
    return lines if len(lines) < 3 else [lines[0], fit(" ".join(lines[1:]), room)]


def _grid(canvas: Canvas, rows: int, columns: int, *, wide: float, head: float) -> None:
    right, bottom = GRID + wide * columns, head + CELL * rows
    lines = [(GRID, head + CELL * row, right, head + CELL * row) for row in range(rows + 1)]
    lines += [(GRID + wide * column, head, GRID + wide * column, bottom) for column in range(columns + 1)]
    canvas.lines(lines, color=SECONDARY, alpha=0.35)


def _cell(canvas: Canvas, position: Position, box: Segment) -> Hit:
    """A position on the cell's own zero: the mean as number and bar, or a stroke a sentence where they are few."""
    x0, y0, x1, _ = box
    middle, half = (x0 + x1) / 2, (x1 - x0) / 2 - 4
    few = len(position.tones) < MIN_POINTS
    told = _signs(position) if few else number(position.tone, digits=2 if x1 - x0 >= TWO_DIGITS else 1)
    amount = f"n={count(len(position.sentences))}"
    if text_width(amount) > x1 - x0 - 2:
        amount = count(len(position.sentences))
    canvas.text(middle, y0 + 16, told, align="center")
    canvas.text(middle, y0 + 43, amount, align="center", color=SECONDARY)
    for tone in position.tones if few else (position.tone,):
        end, color = middle + half * tone, NEGATIVE if tone < 0 else POSITIVE
        if few:
            canvas.lines([(end, y0 + 20, end, y0 + 29)], color=color, width=3)
        else:
            canvas.boxes([(min(middle, end), y0 + 21, max(middle, end), y0 + 28)], color=color)
    canvas.lines([(middle, y0 + 19, middle, y0 + 30)], width=2)
    first = position.sentences[0]
    where = f"first in sentence {count(first.index + 1)}"
    return Hit(box, first, f"{standing(position)}, {where}")


def _signs(position: Position) -> str:
    """On which sides of zero the sentences of a position lie clearly: "−", "+", both, or "0"."""
    sides = [sign for sign, side in (("−", -1), ("+", 1)) if any(tone * side >= CLEAR_TONE for tone in position.tones)]
    return "".join(sides) or "0"


NODE = 5.5
Curve = tuple[Place, Place, Place]


def stance_network(positions: Sequence[Position], *, article: Article, method: str) -> Chart:
    """Who stands where on whom, as arrows between actors on an ellipse.

    Args:
        positions: one a pair of holder and target; the narrator's are left out. Of more than twelve actors, those in
            most sentences are drawn, and of more than thirty arrows the strongest.
        article: the article, for its name.
        method: what found the positions, for the line beneath.

    Returns:
        The chart, with a table of every position of an actor.
    """
    among = [position for position in positions if not isinstance(position.holder, str)]
    table = _positions_table(among, caption="Positions of actors toward each other", csv="positions-of-actors")
    source = source_line(article, method, _coverage(among))
    if not among:
        return _no_positions(network_title(among), source, table)
    known = _by_sentences([*_holders(among), *_targets(among)])
    names = known[:MATRIX_MAX]
    arrows = sorted(
        (one for one in among if one.by in names and one.target.name in names),
        key=lambda one: (-abs(one.tone), -len(one.sentences)),
    )
    drawn = arrows[:ARROWS_MAX]
    tall, wide = 30.0 if len(names) == 2 else 108.0 + 7.5 * len(names), 186.0
    centre = (WIDTH / 2, 34 + tall)
    spots = _spots(names, centre, wide, tall)
    canvas = Canvas(WIDTH, max(y for _, y in spots.values()) + 70)
    pairs = {(one.by, one.target.name) for one in drawn}
    for one in reversed(drawn):  # the strongest on top
        both = (one.target.name, one.by) in pairs
        _arrow(canvas, _bent(spots[one.by], spots[one.target.name], centre, both=both), one.tone)
    canvas.dots(list(spots.values()), radius=NODE)
    _node_names(canvas, spots, centre)
    _arrow_key(canvas, canvas.height - 16)
    title = network_title(among)
    notes = [
        "An arrow from who speaks or acts to whom it is about; the wider, the stronger.",
        f"Solid: positive, dashed: negative, thin and hollow: within {CLEAR_TONE:.2f} of zero, {SCALE}.",
        "Actors clockwise from the top by sentences." if len(names) > 2 else "",
        "The narrator is left out.",
        out_of("actors in most sentences", len(names), len(known)),
        out_of("strongest arrows", len(drawn), len(arrows)),
        f"The table holds all {count(len(among))} positions." if len(drawn) < len(among) else "",
    ]
    return finish(
        canvas.figure,
        title=title,
        subtitle=" ".join(note for note in notes if note),
        source=source,
        alt=(
            f"{title}. {plural(len(names), 'actor')} on an ellipse, {plural(len(drawn), 'arrow')} between them. "
            f"{_strongest(among)}"
        ),
        table=table,
    )


def _spots(names: Sequence[str], centre: Place, wide: float, tall: float) -> dict[str, Place]:
    """Places on an ellipse, clockwise from the top; two actors stand side by side."""
    start = math.pi if len(names) == 2 else -math.pi / 2
    turns = {name: start + 2 * math.pi * place / len(names) for place, name in enumerate(names)}
    return {name: (centre[0] + wide * math.cos(turn), centre[1] + tall * math.sin(turn)) for name, turn in turns.items()}


def _node_names(canvas: Canvas, spots: dict[str, Place], centre: Place) -> None:
    """Names outside the ellipse: above and beneath at its ends, else to the left and right."""
    for name, (x, y) in spots.items():
        if abs(x - centre[0]) < 1:
            above = y < centre[1]
            canvas.text(x, y - 14 if above else y + 24, fit(name, 300.0), align="center")
        elif x < centre[0]:
            _name(canvas, name, x - NODE - 7, y, align="right", room=x - NODE - 7 - 8)
        else:
            _name(canvas, name, x + NODE + 7, y, align="left", room=WIDTH - 8 - x - NODE - 7)


def _bent(start: Place, end: Place, centre: Place, *, both: bool) -> Curve:
    """A curve between two nodes that leans toward the centre; of two opposite ones each keeps to its right."""
    (x0, y0), (x1, y1) = start, end
    long = math.hypot(x1 - x0, y1 - y0)
    aside = (0.13 * long + 10) if both else 0.0
    x, y = (x0 + x1) / 2, (y0 + y1) / 2
    lean = 0.2
    return (
        start,
        (x + lean * (centre[0] - x) - aside * (y1 - y0) / long, y + lean * (centre[1] - y) + aside * (x1 - x0) / long),
        end,
    )


def _arrow(canvas: Canvas, curve: Curve, tone: float) -> None:
    """A curved arrow from node to node: dashed where negative, solid where positive, thin with a hollow head between."""
    clear = abs(tone) >= CLEAR_TONE
    color = SECONDARY if not clear else NEGATIVE if tone < 0 else POSITIVE
    width = 1.2 + 2.8 * abs(tone) if clear else 1.0
    long = 6.0 + 1.5 * width
    tip = _at(curve, _reach(curve, NODE + 3))
    stop = _reach(curve, NODE + 3 + long)
    base = _at(curve, stop)
    shaft = _cut(curve, _leave(curve, NODE + 2), stop)
    _stroke(canvas, shaft, color=color, width=width, dash=(3 + 5 / width, 1.2 + 3 / width) if clear and tone < 0 else None)
    _head(canvas, base, tip, half=2.4 + 0.95 * width, color=color, hollow=not clear)


def _arrow_key(canvas: Canvas, y: float) -> None:
    """What the three kinds of arrows mean, in a row."""
    labels = (("negative", -0.7), ("positive", 0.7), ("next to zero", 0.0))
    x = (WIDTH - sum(60 + text_width(label) + 24 for label, _ in labels) + 24) / 2
    for label, tone in labels:
        _arrow(canvas, ((x - NODE, y - 4.5), (x + 26, y - 4.5), (x + 52 + NODE, y - 4.5)), tone)
        canvas.text(x + 60, y, label, color=SECONDARY)
        x += 60 + text_width(label) + 24


def _at(curve: Curve, t: float) -> Place:
    """The point of a quadratic curve at t in [0, 1]."""
    (x0, y0), (x1, y1), (x2, y2) = curve
    a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t * t
    return a * x0 + b * x1 + c * x2, a * y0 + b * y1 + c * y2


def _reach(curve: Curve, distance: float) -> float:
    """Where a curve is so far from its last point, coming from its first."""
    low, high = 0.0, 1.0
    for _ in range(30):
        t = (low + high) / 2
        low, high = (t, high) if math.dist(_at(curve, t), curve[2]) > distance else (low, t)
    return low


def _leave(curve: Curve, distance: float) -> float:
    """Where a curve is so far from its first point."""
    return 1 - _reach((curve[2], curve[1], curve[0]), distance)


def _cut(curve: Curve, low: float, high: float) -> Curve:
    """The part of a quadratic curve between two places on it."""
    (x0, y0), (x1, y1), (x2, y2) = curve
    a, b, c = (1 - low) * (1 - high), low * (1 - high) + high * (1 - low), low * high
    return _at(curve, low), (a * x0 + b * x1 + c * x2, a * y0 + b * y1 + c * y2), _at(curve, high)


def _stroke(canvas: Canvas, curve: Curve, *, color: str, width: float, dash: tuple[float, float] | None) -> None:
    """A curved line; ``dash`` is in widths of the line."""
    from matplotlib.path import Path

    _add(canvas, Path(curve, [Path.MOVETO, Path.CURVE3, Path.CURVE3]), edge=color, width=width, dash=dash)


def _head(canvas: Canvas, base: Place, tip: Place, *, half: float, color: str, hollow: bool) -> None:
    """The head of an arrow, a triangle from its base to its tip."""
    from matplotlib.path import Path

    long = math.dist(base, tip)
    across = (half * (tip[1] - base[1]) / long, half * (tip[0] - base[0]) / long)
    corners = [(base[0] - across[0], base[1] + across[1]), tip, (base[0] + across[0], base[1] - across[1])]
    path = Path([*corners, corners[0]], [Path.MOVETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY])
    if hollow:
        _add(canvas, path, edge=color, width=1.0)
    else:
        _add(canvas, path, face=color)


def _add(
    canvas: Canvas,
    path: Path,
    *,
    edge: str = "none",
    face: str = "none",
    width: float = 0.0,
    dash: tuple[float, float] | None = None,
) -> None:
    """A path in units from the top left corner of a canvas."""
    from matplotlib.patches import PathPatch
    from matplotlib.transforms import Affine2D

    canvas.figure.add_artist(
        PathPatch(
            path,
            edgecolor=edge,
            facecolor=face,
            linewidth=width,
            linestyle=(0, dash) if dash else "solid",
            capstyle="butt",
            transform=Affine2D.from_values(1, 0, 0, -1, 0, canvas.height),
        )
    )
