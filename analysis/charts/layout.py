"""Text that fits: how wide it is, how it is cut, and what is wrong with the places of a figure's texts."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Any

from ..safe_text import visible
from .style import FONT, TEXT, settings

if TYPE_CHECKING:
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
