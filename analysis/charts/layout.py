"""How charts look and where things stand: one style, how wide a text is, and Axes one beneath the other on a sheet."""

from __future__ import annotations

import io
import warnings
from bisect import bisect
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, partial
from typing import TYPE_CHECKING, Any, Final

from ..display import FONT, INK, SECONDARY, TEXT
from ..model import Sentence
from ..safe_text import visible

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Place = tuple[float, float]
Box = tuple[float, float, float, float]
"""(x0, y0, x1, y1)."""
WIDTH: Final = 640.0
"""Units across a chart; a unit is a CSS pixel where the chart is as wide as that, and a point on paper."""
NARROW: Final = 355.0
"""Units across the second drawing, which a page shows where it is narrower than ``WIDTH``."""
HEAD: Final = 14.0
HOUSE: Final[dict[str, Any]] = {
    **dict.fromkeys(("axes.edgecolor", "axes.labelcolor", "xtick.color", "ytick.color"), SECONDARY),
    **dict.fromkeys(("font.size", "xtick.labelsize", "ytick.labelsize"), TEXT),
    **dict.fromkeys(("xtick.major.size", "ytick.major.size"), 0),
    **{"axes.facecolor": "none", "axes.titlelocation": "left", "axes.titlesize": HEAD, "axes.titleweight": "bold"},
    **{"figure.dpi": 72, "font.family": [FONT], "path.simplify": False, "pdf.fonttype": 42, "svg.fonttype": "none"},
    **{"svg.hashsalt": "toward", "text.color": INK, "text.hinting": "none", "text.parse_math": False},
}
"""Where the house differs from matplotlib's defaults. A chart on Axes of yours takes your settings instead."""
OWN: Final[ContextVar[dict[str, Any]]] = ContextVar("own")
"""The rcParams of yours that win over the house's, within a block of ``house_style``."""
PIECE: Final = 110.0
"""A chart is not divided on paper into pieces lower than this, in units."""
FRAME, GROUND = "frame", "ground"
"""What the words around a drawing and the paper beneath it are called in its SVG."""


@contextmanager
def house_style(own: Mapping[str, Any] | None = None) -> Iterator[None]:
    """The house's look, within a ``with`` block; your own rcParams come back after it.

    A chart draws its own figure in this style, whatever your rcParams say. Two uses are left to you: to change its look, and
    to give the same look to a figure of your own.

    Args:
        own: rcParams that win over the house's, for every chart drawn within the block.

    Example:
        >>> import matplotlib as mpl
        >>> with house_style({"font.size": 15}):
        ...     mpl.rcParams["font.size"], mpl.rcParams["text.color"]
        (15.0, '#1a1a1a')
    """
    from matplotlib import style

    kept = OWN.set({**OWN.get({}), **(own or {})})
    with style.context([HOUSE, OWN.get()], after_reset=True), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=".*[Gg]lyph.*missing from.*font")
        try:
            yield
        finally:
            OWN.reset(kept)


def ink(setting: Any = "text.color") -> str:
    """The colour of texts and strong lines, or another, by the rcParams in force."""
    import matplotlib as mpl

    return str(mpl.rcParams[setting])


secondary = partial(ink, "xtick.color")
"""The colour of what stands back."""


def text_width(text: str, *, size: float = TEXT, bold: bool = False) -> float:
    """How wide a line of text is, in units; never less than a page's own font makes it."""
    return sum(_advance(character, bold) for character in text) * size


@cache
def _advance(character: str, bold: bool) -> float:
    """The width of a character as a share of the text's size."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    font = FontProperties(family=[FONT], size=1, weight="bold" if bold else "normal")
    return float(text_to_path.get_text_width_height_descent(visible(character), font, ismath=False)[0])


def fit(text: str, width: float, *, size: float = TEXT, bold: bool = False, most: int = 1) -> str:
    """A text in at most so many lines no wider than ``width``, without unseen signs; an ellipsis ends what does not fit."""
    wide, lines = partial(text_width, size=size, bold=bold), [""]
    for word in visible(text[:2000]).split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and len(lines) < most and wide(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    for place, line in enumerate(lines):
        if wide(line) > width:
            kept = bisect(range(len(line)), width, key=lambda end: wide(f"{line[:end]}…")) - 1
            lines[place] = line[: max(kept, 0)].rstrip() + "…"
    return "\n".join(lines)


class Sheet:
    """A figure on which Axes are stacked from the top, measured in units; or, in its place, Axes that somebody gave.

    Attributes:
        width, height, above: of what is drawn, in units, and of the title and subtitle over it.
        narrow: whether it is a phone's.
        given, axes, figure: Axes to draw on instead of new ones; those that are drawn on; what they stand on.
        hits: what leads to a sentence: Axes, a box in their data coordinates, the sentence, a label.
        cuts: the heights at which paper may divide what is drawn.
        scale: how much at the top is the scale of all that is drawn, which each piece needs; 0 where each panel has its own.
        words: the title, subtitle and source that are written around what is drawn.
    """

    def __init__(self, width: float, given: Sequence[Axes] = ()) -> None:
        from matplotlib.figure import Figure

        self.given, self.width, self.height, self.above, self.scale = list(given), width, 0.0, 0.0, 0.0
        self.figure: Figure = given[0].figure.get_figure(root=True) if given else Figure(figsize=(width / 72, 1), dpi=72)
        self.axes: list[Axes] = []
        self.hits: list[tuple[Axes, Box, Sentence, str]] = []
        self.cuts: list[float] = []
        self.words: tuple[str, ...] = ()
        self.narrow, self._drawn = not given and width < WIDTH, ""
        self.figure.patch.set_gid(None if given else GROUND)
        self._boxes: list[Box] = []

    @property
    def view(self) -> str:
        """Where a page looks: at what is drawn, without the words around it."""
        width, height = 72 * self.figure.get_size_inches()
        return f"0 0 {width:g} {height:g}" if self.given else f"0 {self.above:g} {self.width:g} {self.height:g}"

    def panel(self, height: float, *, left: float = 8.0, right: float = 8.0, above: float = 0.0, below: float = 0.0) -> Axes:
        """The next Axes down: so high, with margins at its sides, above and below; or the next that was given."""
        if self.given:
            self.axes.append(self.given[len(self.axes)])
            return self.axes[-1]
        wide = self.width - left - right
        self.axes.append(self.figure.add_axes((left / self.width, 0, wide / self.width, height / 72)))
        self._boxes.append((left, self.height + above, wide, height))
        self.cuts.append(self.height)
        self.height += above + height + below
        return self.axes[-1]

    def say(self, message: str) -> dict[str, Any]:
        """A sentence instead of a picture, which has no parts."""
        axes = self.panel(60)
        axes.set_axis_off()
        note(axes, fit(message, size_of(axes)[0], most=99), (0.5, 0.5), ha="center", va="center", color=secondary())
        return {}

    def frame(self, title: str = "", subtitle: str = "", source: str = "") -> None:
        """Give the figure its height and each Axes its place, with these words around them, or without any."""
        words, room = (title, subtitle, source), self.width - 24
        if self.given or words == self.words:
            return
        for old in [text for text in self.figure.texts if text.get_gid() == FRAME]:
            old.remove()
        heads = fit(title, room, size=17.0, bold=True, most=99).splitlines()
        notes, feet = (fit(text, room, most=99).splitlines() for text in (subtitle, source))
        first = 12.0 + 22 * len(heads) + 4 * bool(notes)
        self.words, self.above = words, (first + 17 * len(notes) + 10) * any(words)
        bottom = self.above + self.height
        whole = bottom + (20 + 17 * len(feet)) * any(words)
        self.figure.set_size_inches(self.width / 72, whole / 72)
        bold, plain, back = {"fontsize": 17.0, "fontweight": "bold"}, dict[str, Any](), {"color": SECONDARY}
        for lines, y, step, look in ((heads, 12.0, 22, bold), (notes, first, 17, plain), (feet, bottom + 8, 17, back)):
            for place, line in enumerate(lines, start=1):
                self.figure.text(12 / self.width, 1 - (y + step * place) / whole, line, gid=FRAME, va="baseline", **look)
        for axes, (left, top, wide, high) in zip(self.axes, self._boxes, strict=True):
            axes.set_position((left / self.width, 1 - (self.above + top + high) / whole, wide / self.width, high / whole))

    def pieces(self) -> list[float]:
        """Where what is drawn begins, may be divided on paper into pieces of some height, and ends, on the whole figure."""
        found = [0.0]
        for cut in [] if self.given or self.narrow else self.cuts:
            found += [cut] if cut - found[-1] >= PIECE and cut <= self.height - PIECE else []
        return [self.above + cut for cut in (*found, self.height)]

    def svg(self) -> str:
        """The figure as matplotlib writes it; once, until something on it changes."""
        if self.figure.stale or not self._drawn:
            written = io.StringIO()
            self.figure.savefig(written, format="svg", metadata={"Date": None, "Creator": None})
            self.figure.stale, self._drawn = False, written.getvalue()
        return self._drawn


def note(axes: Axes, text: str, at: Place, shift: Place = (0, 0), **look: Any) -> Any:
    """A text at a place on Axes, moved by some units; the place is shares of the Axes, where no ``xycoords`` say else."""
    look = {"xycoords": axes.transAxes, "textcoords": "offset points", "annotation_clip": False, **look}
    return axes.annotate(text, at, xytext=shift, **look)


def size_of(axes: Axes) -> tuple[float, float]:
    """How wide and high Axes are, in units (points), at least one each."""
    box, dpi = axes.get_window_extent(), axes.figure.get_figure(root=True).dpi
    return max(float(box.width * 72 / dpi), 1.0), max(float(box.height * 72 / dpi), 1.0)
