"""How charts look, in one place: colours, sizes, text that fits, and a canvas to draw on.

Colours are told apart with any colour vision: a difference of at least 47 between neighbours in normal, protan,
deutan and tritan vision, where red and green fall to 6 to 14. Both ends have a luminance between 0.117 and 0.300, so
that they stand out at 3:1 from white and from near-black. Ink is ``currentColor`` in what a page shows.
"""

from __future__ import annotations

import unicodedata
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any, Final, Literal

from ..display import visible

if TYPE_CHECKING:
    from matplotlib.figure import Figure

NEGATIVE: Final = "#b35806"
POSITIVE: Final = "#2166ac"
STEPS: Final = ("#b35806", "#d08a59", "#e6bda4", "#f2f2f2", "#b5c1db", "#7692c4", "#2166ac")
INK: Final = "#1a1a1a"
SECONDARY: Final = "#595959"
WIDTH: Final = 640.0
"""Units across a chart. At its least width (34rem, 544 px) a text of 13 units is 11 px high."""
TEXT: Final = 13.0
HEAD: Final = 14.0
FONT: Final = "DejaVu Sans"
"""Measures texts: it comes with matplotlib and is wider than what pages use, so what fits here fits there."""

Align = Literal["left", "center", "right"]


@contextmanager
def settings() -> Iterator[None]:
    """What drawing and export need of matplotlib, whatever a user's own settings say."""
    import matplotlib as mpl

    chosen: dict[Any, Any] = {
        "svg.hashsalt": "toward",
        "svg.fonttype": "none",
        "svg.image_inline": True,
        "text.parse_math": False,
        "text.usetex": False,
        "font.family": [FONT],
        "font.size": TEXT,
        "path.simplify": False,
        "path.sketch": None,
    }
    with mpl.rc_context(chosen), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=".*[Gg]lyph.*missing from.*font")
        yield


def figure(width: float, height: float) -> Figure:
    """An empty figure of so many units (a unit is a CSS pixel at full size), clear, without pyplot."""
    from matplotlib.figure import Figure

    with settings():
        made = Figure(figsize=(width / 72, height / 72), dpi=72)
    made.patch.set_visible(False)
    return made


# --- text that fits --------------------------------------------------------------------------------------------
def text_width(text: str, *, size: float = TEXT, bold: bool = False) -> float:
    """How wide a line of text is, in units; never less than a page's own font makes it."""
    return sum(_advance(character, bold) for character in text) * size


@cache
def _font(bold: bool) -> Any:
    from matplotlib.font_manager import FontProperties, findfont
    from matplotlib.ft2font import FT2Font

    return FT2Font(findfont(FontProperties(family=[FONT], weight="bold" if bold else "normal"), fallback_to_default=True))


@cache
def _advance(character: str, bold: bool) -> float:
    """The width of a character as a share of the text's size."""
    if unicodedata.combining(character):
        return 0.0
    from matplotlib.ft2font import LoadFlags

    font = _font(bold)
    font.set_size(100.0, 72)
    index = font.get_char_index(ord(character))
    if not index:
        return 1.0
    advance = float(font.load_glyph(index, LoadFlags.NO_HINTING).linearHoriAdvance / 65536 / 100)
    return max(1.0, advance) if unicodedata.east_asian_width(character) in "WF" else advance


def fit(text: str, width: float, *, size: float = TEXT, bold: bool = False) -> str:
    """A text on one line no wider than ``width``, its end replaced by an ellipsis where it was; never unseen signs."""
    limit = 400
    line = " ".join(visible(text[: 2 * limit]).split())
    cut = len(text) > 2 * limit or len(line) > limit
    line = line[:limit]
    if not cut and text_width(line, size=size, bold=bold) <= width:
        return line
    while line and text_width(line + "…", size=size, bold=bold) > width:
        line = line[:-1].rstrip()
    return line + "…"


def misplaced(made: Figure) -> list[str]:
    """What is wrong with the places of a figure's texts: outside the canvas, too small, or one upon another."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.text import Text

    with settings():
        canvas: Any = FigureCanvasAgg(made)
        renderer = canvas.get_renderer()
        texts = [text for text in made.findobj(Text) if text.get_text().strip() and text.get_visible()]
        boxes = [_box(text, renderer) for text in texts]
    width, height = made.bbox.width, made.bbox.height
    found = []
    for place, (text, box) in enumerate(zip(texts, boxes, strict=True)):
        if box.x0 < -0.5 or box.y0 < -0.5 or box.x1 > width + 0.5 or box.y1 > height + 0.5:
            found.append(f"outside the canvas: {text.get_text()!r}")
        if float(text.get_fontsize()) < TEXT:
            found.append(f"too small: {text.get_text()!r}")
        found += [
            f"on each other: {text.get_text()!r}, {other.get_text()!r}"
            for other, rest in zip(texts[:place], boxes[:place], strict=True)
            if min(box.x1, rest.x1) - max(box.x0, rest.x0) > 1 and min(box.y1, rest.y1) - max(box.y0, rest.y0) > 1
        ]
    return found


def _box(text: Any, renderer: Any) -> Any:
    """Where a text stands; signs that the measuring font lacks are as wide as ``text_width`` says."""
    from matplotlib.transforms import Bbox

    box = text.get_window_extent(renderer)
    if all(_font(False).get_char_index(ord(character)) for character in text.get_text()):
        return box
    wide = text_width(text.get_text(), size=text.get_fontsize(), bold=text.get_fontweight() == "bold")
    x, _ = text.get_transform().transform(text.get_position())
    x -= wide * {"left": 0.0, "center": 0.5, "right": 1.0}[text.get_horizontalalignment()]
    return Bbox.from_extents(x, box.y0, x + wide, box.y1)


# --- a canvas ------------------------------------------------------------------------------------------------------
Segment = tuple[float, float, float, float]


class Canvas:
    """A figure drawn on in units from its top left corner.

    Everything of one kind is one path, so that thousands of marks stay a small file.
    """

    def __init__(self, width: float, height: float) -> None:
        from matplotlib.transforms import Affine2D

        self.width = width
        self.height = height
        self.figure = figure(width, height)
        self._down = Affine2D.from_values(1, 0, 0, -1, 0, height)

    def lines(
        self,
        segments: Sequence[Segment],
        *,
        color: str = INK,
        width: float = 1.0,
        dash: tuple[float, ...] | None = None,
        alpha: float = 1.0,
        cap: Literal["butt", "round"] = "butt",
    ) -> None:
        """Straight lines, each (x0, y0, x1, y1)."""
        points = [point for x0, y0, x1, y1 in segments for point in ((x0, y0), (x1, y1))]
        self._path(points, 2, edge=color, width=width, dash=dash, alpha=alpha, cap=cap)

    def boxes(self, boxes: Sequence[Segment], *, color: str, hollow: bool = False) -> None:
        """Boxes, each (x0, y0, x1, y1): filled, or hollow with an edge that stays inside."""
        inset = 0.75 if hollow else 0.0
        points = []
        for x0, y0, x1, y1 in boxes:
            low, high = min(y0, y1) + inset, max(y0, y1) - inset
            left, right = x0 + inset, x1 - inset
            points += [(left, low), (right, low), (right, high), (left, high), (left, low)]
        if hollow:
            self._path(points, 5, edge=color, width=1.5)
        else:
            self._path(points, 5, face=color)

    def dots(self, places: Sequence[tuple[float, float]], *, radius: float, color: str = INK) -> None:
        """Filled discs: lines of hardly any length with round ends, the shortest there are."""
        self.lines([(x, y, x + 0.01, y) for x, y in places], color=color, width=2 * radius, cap="round")

    def diamonds(self, places: Sequence[tuple[float, float]], *, radius: float, color: str = INK, width: float = 1.5) -> None:
        """Hollow diamonds."""
        points = [
            point
            for x, y in places
            for point in ((x - radius, y), (x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y))
        ]
        self._path(points, 5, edge=color, width=width)

    def text(
        self, x: float, y: float, text: str, *, align: Align = "left", size: float = TEXT, bold: bool = False, color: str = INK
    ) -> None:
        """A line of text, its baseline at y."""
        from matplotlib.text import Text

        with settings():
            made = Text(
                x,
                y,
                text,
                color=color,
                horizontalalignment=align,
                verticalalignment="baseline",
                fontsize=size,
                fontweight="bold" if bold else "normal",
                parse_math=False,
                transform=self._down,
            )
        self.figure.add_artist(made)

    def _path(
        self,
        points: Sequence[tuple[float, float]],
        each: int,
        *,
        edge: str = "none",
        face: str = "none",
        width: float = 0.0,
        dash: tuple[float, ...] | None = None,
        alpha: float = 1.0,
        cap: Literal["butt", "round"] = "butt",
    ) -> None:
        from matplotlib.patches import PathPatch
        from matplotlib.path import Path

        if not points:
            return
        codes = [Path.MOVETO, *[Path.LINETO] * (each - 1 - (each > 2)), *[Path.CLOSEPOLY] * (each > 2)]
        path = Path(points, codes * (len(points) // each))
        self.figure.add_artist(
            PathPatch(
                path,
                edgecolor=edge,
                facecolor=face,
                linewidth=width,
                linestyle=(0, dash) if dash else "solid",
                alpha=alpha,
                capstyle=cap,
                transform=self._down,
            )
        )
