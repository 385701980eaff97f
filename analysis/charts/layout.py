"""How charts look and where things stand: one style, how wide a text is, and Axes one beneath the other on a sheet.

The two colours differ by at least 47 in normal, protan, deutan and tritan vision, where red and green fall to 6 to 14.
Both have a luminance between 0.117 and 0.300, so that they stand out at 3:1 from white and from near-black.
"""

from __future__ import annotations

import io
import unicodedata
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ..display import FONT, INK, SECONDARY, TEXT
from ..model import Sentence
from ..safe_text import visible

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTH: Final = 640.0
"""Units across a chart; a unit is a CSS pixel where the chart is as wide as that, and a point on paper."""
NARROW: Final = 355.0
"""Units across the second drawing, which a page shows where it is narrower than ``WIDTH``."""
HEAD: Final = 14.0
HOUSE: Final[Mapping[str, Any]] = {
    **dict.fromkeys(("axes.edgecolor", "axes.labelcolor", "xtick.color", "ytick.color"), SECONDARY),
    **dict.fromkeys(("font.size", "xtick.labelsize", "ytick.labelsize"), TEXT),
    **dict.fromkeys(("xtick.major.size", "ytick.major.size"), 0),
    **{"axes.facecolor": "none", "axes.titlelocation": "left", "axes.titlesize": HEAD, "axes.titleweight": "bold"},
    **{"figure.dpi": 72, "font.family": [FONT], "path.simplify": False, "pdf.fonttype": 42, "svg.fonttype": "none"},
    **{"svg.hashsalt": "toward", "text.color": INK, "text.hinting": "none", "text.parse_math": False},
}
"""Where the house differs from matplotlib's defaults. A chart on Axes of yours takes your settings instead."""
OWN: Final[ContextVar[Mapping[str, Any]]] = ContextVar("own", default=MappingProxyType({}))
"""The rcParams of yours that win over the house's, within a block of ``house_style``."""
PIECE: Final = 110.0
"""A chart is not divided on paper into pieces lower than this, in units."""
FRAME, GROUND = "frame", "ground"
"""What the words around a drawing and the paper beneath it are called in its SVG."""


@contextmanager
def house_style(own: Mapping[str, Any] | None = None) -> Iterator[None]:
    """The house's look, within a ``with`` block; your own rcParams come back after it.

    A chart that makes its own figure draws itself in this style, whatever your rcParams say, so that it looks the same
    everywhere. Two uses are left to you: to change its look, and to give the same look to a figure of your own.

    Args:
        own: rcParams that win over the house's, for every chart drawn within the block.

    Example:
        >>> import matplotlib as mpl
        >>> with house_style({"font.size": 15}):
        ...     mpl.rcParams["font.size"], mpl.rcParams["text.color"]
        (15.0, '#1a1a1a')
    """
    import matplotlib as mpl

    kept = OWN.set({**OWN.get(), **(own or {})})
    settings: Any = {**HOUSE, **OWN.get()}
    with mpl.rc_context(), warnings.catch_warnings():
        mpl.rcdefaults()
        mpl.rcParams.update(settings)
        warnings.filterwarnings("ignore", message=".*[Gg]lyph.*missing from.*font")
        try:
            yield
        finally:
            OWN.reset(kept)


def ink() -> str:
    """The colour of texts and strong lines, by the rcParams in force."""
    import matplotlib as mpl

    return str(mpl.rcParams["text.color"])


def secondary() -> str:
    """The colour of what stands back, by the rcParams in force."""
    import matplotlib as mpl

    return str(mpl.rcParams["xtick.color"])


# --- texts ---------------------------------------------------------------------------------------------------------


def text_width(text: str, *, size: float = TEXT, bold: bool = False) -> float:
    """How wide a line of text is, in units; never less than a page's own font makes it."""
    return sum(_advance(character, bold) for character in text) * size


@cache
def _advance(character: str, bold: bool) -> float:
    """The width of a character as a share of the text's size: that of matplotlib's stand-in where the font lacks it."""
    from matplotlib.font_manager import FontProperties, findfont, get_font
    from matplotlib.ft2font import LoadFlags

    font = get_font(findfont(FontProperties(family=[FONT], weight="bold" if bold else "normal")))
    font.set_size(100.0, 72)
    if unicodedata.combining(character):
        return 0.0
    if not font.get_char_index(ord(character)):
        return 1.2
    advance = font.load_char(ord(character), LoadFlags.NO_HINTING).linearHoriAdvance / 65536 / 100
    return max(1.0, advance) if unicodedata.east_asian_width(character) in "WF" else advance


def fit(text: str, width: float, *, size: float = TEXT, bold: bool = False) -> str:
    """A text on one line, its end replaced by an ellipsis where it would be wider than ``width``; never unseen signs.

    Example:
        >>> fit("The minister of foreign affairs", 120)
        'The minister of…'
    """
    line, end = " ".join(visible(text[:800]).split()), "…" if len(text) > 800 else ""
    while line and text_width(line + end, size=size, bold=bold) > width:
        line, end = line[:-1].rstrip(), "…"
    return line + end


def wrapped(text: str, width: float, *, size: float = TEXT, bold: bool = False, most: int = 99) -> list[str]:
    """A text in at most so many lines no wider than ``width``; what does not fit ends in an ellipsis."""
    lines = [""]
    for word in visible(text[:2000]).split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and len(lines) < most and text_width(longer, size=size, bold=bold) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return [fit(line, width, size=size, bold=bold) for line in lines]


# --- a sheet -------------------------------------------------------------------------------------------------------


class Hit(NamedTuple):
    """A place on a chart that leads to a sentence: a box in the data coordinates of some Axes, (x0, y0, x1, y1)."""

    axes: Axes
    box: tuple[float, float, float, float]
    sentence: Sentence
    label: str


class Sheet:
    """A figure on which Axes are stacked from the top, measured in units; or, in its place, Axes that somebody gave.

    Attributes:
        width, height, above: of what is drawn, in units, and of the title and subtitle over it.
        given, axes: Axes to draw on instead of new ones; those that are drawn on.
        figure: what they stand on.
        hits: the places that lead to sentences.
        cuts: the heights at which paper may divide what is drawn.
        scale: how much at the top is the scale of all that is drawn, which each piece needs; 0 where each panel has its own.
        words: the title, subtitle and source that are written around what is drawn.
    """

    def __init__(self, width: float, given: Sequence[Axes] = ()) -> None:
        from matplotlib.figure import Figure

        self.given, self.width, self.height, self.above, self.scale = list(given), width, 0.0, 0.0, 0.0
        self.figure: Figure = given[0].figure.get_figure(root=True) if given else Figure(figsize=(width / 72, 1), dpi=72)
        self.axes: list[Axes] = []
        self.hits: list[Hit] = []
        self.cuts: list[float] = []
        self.words, self._drawn = ("", "", ""), ""
        self.figure.patch.set_gid(None if given else GROUND)
        self._boxes: list[tuple[float, float, float, float]] = []

    @property
    def narrow(self) -> bool:
        """Whether it is a phone's."""
        return not self.given and self.width < WIDTH

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
        lines = wrapped(message, size_of(axes)[0])
        axes.text(0.5, 0.5, "\n".join(lines), ha="center", va="center", color=secondary(), transform=axes.transAxes)
        return {}

    def frame(self, title: str = "", subtitle: str = "", source: str = "") -> None:
        """Give the figure its height and each Axes its place, with these words around them, or without any."""
        words, room = (title, subtitle, source), self.width - 24
        if self.given or (words == self.words and any(words)):
            return
        for old in [text for text in self.figure.texts if text.get_gid() == FRAME]:
            old.remove()
        bold: dict[str, Any] = {"fontsize": 17.0, "fontweight": "bold"}
        head = [(22.0, line, bold) for line in wrapped(title, room, size=17.0, bold=True) if line]
        head += [(17.0 if place else 21.0, line, {}) for place, line in enumerate(wrapped(subtitle, room)) if line]
        foot = [(17.0, line, {"color": SECONDARY}) for line in wrapped(source, room) if line]
        self.words, self.above = words, 22 + sum(step for step, *_ in head) if head else 0.0
        bottom = self.above + self.height
        whole = bottom + (20 + sum(step for step, *_ in foot) if any(words) else 0)
        self.figure.set_size_inches(self.width / 72, whole / 72)
        for start, lines in ((12.0, head), (bottom + 8, foot)):
            for place, (_, line, look) in enumerate(lines, start=1):
                y = start + sum(step for step, *_ in lines[:place])
                self.figure.text(12 / self.width, 1 - y / whole, line, gid=FRAME, va="baseline", **look)
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
        from matplotlib.backends.backend_svg import FigureCanvasSVG

        if self.figure.stale or not self._drawn:
            written = io.StringIO()
            canvas: Any = FigureCanvasSVG(self.figure)
            canvas.print_svg(written, metadata={"Date": None, "Creator": None})
            self._drawn = written.getvalue()
        return self._drawn


def note(
    axes: Axes, text: str, at: tuple[float, float], shift: tuple[float, float] = (0, 0), over: str = "aa", **look: Any
) -> Any:
    """A text at a place on Axes, moved by some units; ``over``: "a" where a number is a share of the Axes, "d" where data."""
    place: Any = tuple({"a": "axes fraction", "d": "data"}[kind] for kind in over)
    units: Any = "offset points"
    return axes.annotate(text, at, xytext=shift, xycoords=place, textcoords=units, annotation_clip=False, **look)


def size_of(axes: Axes) -> tuple[float, float]:
    """How wide and high Axes are, in units (points), at least one each."""
    box, dpi = axes.get_window_extent(), axes.figure.get_figure(root=True).dpi
    return max(float(box.width * 72 / dpi), 1.0), max(float(box.height * 72 / dpi), 1.0)
