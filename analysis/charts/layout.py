"""Where things stand: how wide a text is, Axes one beneath the other on a sheet, and what is wrong with a figure's texts."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

from ..safe_text import visible
from .style import FONT, INK, SECONDARY, TEXT, WIDTH, house_style, secondary

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


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


def wrapped(text: str, width: float, *, size: float = TEXT, bold: bool = False, most: int = 99) -> list[str]:
    """A text in at most so many lines no wider than ``width``; what does not fit ends in an ellipsis."""
    lines, words = [""], visible(text[:2000]).split()
    for place, word in enumerate(words):
        longer = f"{lines[-1]} {word}".strip()
        if text_width(longer, size=size, bold=bold) <= width or not lines[-1]:
            lines[-1] = fit(longer, width, size=size, bold=bold)
        elif len(lines) == most:
            lines[-1] = fit(f"{lines[-1]} {' '.join(words[place:])}", width, size=size, bold=bold)
            break
        else:
            lines.append(fit(word, width, size=size, bold=bold))
    return lines


class Sheet:
    """A figure on which Axes are stacked from the top, measured in units; or, in its place, Axes that somebody gave.

    width: in units. given: Axes to draw on instead of new ones. figure: what they stand on.
    """

    def __init__(self, width: float, given: Sequence[Axes] = ()) -> None:
        self.given = list(given)
        self._left = iter(self.given)
        self.width, self.height = width, 0.0
        self.axes: list[Axes] = []
        self._boxes: list[tuple[Axes, tuple[float, float, float, float]]] = []
        if given:
            self.figure: Figure = given[0].figure.get_figure(root=True)
            return
        from matplotlib.figure import Figure as Made

        self.figure = Made(figsize=(width / 72, 1), dpi=72)

    def panel(self, height: float, *, left: float, right: float = 8.0, above: float = 0.0, below: float = 0.0) -> Axes:
        """The next Axes down: so high, with margins at its sides, above and below; or the next that was given."""
        if self.given:
            self.axes.append(next(self._left))
            return self.axes[-1]
        axes = self.figure.add_axes((left / self.width, 0, (self.width - left - right) / self.width, height / 72))
        self.axes.append(axes)
        self._boxes.append((axes, (left, self.height + above, self.width - left - right, height)))
        self.height += above + height + below
        return axes

    def inner(self, left: float, right: float) -> float:
        """How wide Axes with such margins are; those that were given are as wide as they are."""
        return size_of(self.given[0])[0] if self.given else self.width - left - right

    def say(self, message: str) -> None:
        """A sentence instead of a picture."""
        axes = self.panel(60, left=8)
        axes.set_axis_off()
        text = "\n".join(wrapped(message, self.inner(8, 8)))
        axes.text(0.5, 0.5, text, ha="center", va="center", color=secondary(), transform=axes.transAxes)

    @property
    def narrow(self) -> bool:
        """Whether it is a phone's."""
        return not self.given and self.width < WIDTH

    def place(self, above: float = 0.0, below: float = 0.0) -> None:
        """Give the figure its height and each Axes its place, with some room above and below all of them."""
        if self.given:
            return
        whole = self.height + above + below
        self.figure.set_size_inches(self.width / 72, whole / 72)
        for axes, (left, top, width, height) in self._boxes:
            axes.set_position((left / self.width, 1 - (above + top + height) / whole, width / self.width, height / whole))

    @contextmanager
    def framed(self, title: str, subtitle: str, source: str) -> Iterator[None]:
        """The figure with its words written on it, as a file of its own needs them; without them again afterwards."""
        pad, room, y = 12.0, self.width - 24.0, 12.0
        rows: list[tuple[str, float, dict[str, Any]]] = []
        for text, size, weight, step in ((title, 17.0, "bold", 22.0), (subtitle, TEXT, "normal", 17.0)):
            found = wrapped(text, room, size=size, bold=weight == "bold") if text else []
            rows += [(line, y := y + step, {"fontsize": size, "fontweight": weight}) for line in found]
        above = y + 10
        y = above + self.height + 8
        rows += [(line, y := y + 17, {"color": SECONDARY}) for line in (wrapped(source, room) if source else [])]
        below = y + 12 - above - self.height
        self.place(above, below)
        whole = above + self.height + below
        made = [
            self.figure.text(
                pad / self.width, 1 - y / whole, line, **{"color": INK, "va": "baseline", "fontsize": TEXT, **look}
            )
            for line, y, look in rows
        ]
        try:
            yield
        finally:
            for text_made in made:
                text_made.remove()
            self.place()


def note(
    axes: Axes, text: str, at: tuple[float, float], shift: tuple[float, float] = (0, 0), over: str = "aa", **look: Any
) -> Any:
    """A text at a place on Axes, moved by some units.

    Args:
        at: the place, across and up.
        over: what each of its numbers is: "a" a share of the Axes, "d" data.
        look: of the text, as matplotlib takes it.
    """
    place: Any = tuple({"a": "axes fraction", "d": "data"}[kind] for kind in over)
    units: Any = "offset points"
    return axes.annotate(text, at, xytext=shift, xycoords=place, textcoords=units, annotation_clip=False, **look)


def size_of(axes: Axes) -> tuple[float, float]:
    """How wide and high Axes are, in units (points)."""
    box, dpi = axes.get_window_extent(), axes.figure.get_figure(root=True).dpi
    return float(box.width * 72 / dpi), float(box.height * 72 / dpi)


def misplaced(made: Figure) -> list[str]:
    """What is wrong with the places of a figure's texts: outside the canvas, too small, or one upon another."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.text import Text

    with house_style():
        canvas: Any = FigureCanvasAgg(made)
        canvas.draw()
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
    lines = text.get_text().split("\n")
    if all(_font(False).get_char_index(ord(character)) for line in lines for character in line):
        return box
    wide = max(text_width(line, size=text.get_fontsize(), bold=text.get_fontweight() == "bold") for line in lines)
    x = box.x0 if text.get_horizontalalignment() == "left" else box.x1
    x = (box.x0 + box.x1 - wide) / 2 if text.get_horizontalalignment() == "center" else x
    x -= wide if text.get_horizontalalignment() == "right" else 0
    return Bbox.from_extents(x, box.y0, x + wide, box.y1)
