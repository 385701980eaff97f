"""A drawing as matplotlib writes it, made fit for a page or a file: short, with ids of its own, a name, a description."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
from collections.abc import Collection, Sequence
from functools import cache
from html import escape
from itertools import pairwise
from typing import Any, Final

from markupsafe import Markup

from ..safe_text import visible
from .templates import environment

NEGATIVE: Final = "#b35806"
POSITIVE: Final = "#2166ac"
"""The two differ by at least 47 in normal, protan, deutan and tritan vision, where red and green fall to 6 to 14. Both have a
luminance between 0.117 and 0.300, so that they stand out at 3:1 from white and from near-black."""
INK: Final = "#1a1a1a"
SECONDARY: Final = "#595959"
TEXT: Final = 13.0
"""The size of texts in a drawing, in its own units."""
FONT: Final = "DejaVu Sans"
"""Measures texts: it comes with matplotlib and is wider than what pages use, so what fits here fits there."""
FONTS: Final = Markup("system-ui,-apple-system,'Segoe UI','Liberation Sans',Arial,sans-serif")
_ENDS: Final = {NEGATIVE: "negative", POSITIVE: "positive"}
_DEFAULTS: Final = {
    ("stroke-linejoin", "miter"), ("text-anchor", "start"), ("font-size", f"{TEXT:g}px"), ("font-family", f"'{FONT}'"),
}  # fmt: skip
_NUMBER: Final = re.compile(r"-?\d+\.\d+(?:e-?\d+)?")


def picture(
    drawn: str,
    *,
    ident: str,
    title: str,
    description: str,
    view: str,
    size: tuple[float, float] | None = None,
    without: Collection[str] = (),
    again: bool = False,
) -> str:
    """A drawing as an SVG element.

    Args:
        drawn: what matplotlib wrote.
        ident: what its ids begin with.
        title, description: its name, and what it shows in words.
        view: its viewBox.
        size: width and height of a file of its own, which keeps its colours. None makes it part of a page: ink is
            ``currentColor``, and a page can change the two ends of the scale.
        without: ids of what is left out.
        again: put all into a group, the ident and "g", so that it can be drawn again by ``pieces``.

    Returns:
        The element; the same drawing gives the same bytes.

    Example:
        >>> drawn = '<svg><g id="a"><path d="M 1.04 2.0 L 3 4" style="fill: none; stroke: #1a1a1a"/></g></svg>'
        >>> made = picture(drawn, ident="c1", title="A line", description="From left to right.", view="0 0 9 9")
        >>> made.partition("</desc>")[2]
        '<path d="M1 2L3 4" fill="none" stroke="currentColor" /></svg>'
    """
    root, page = ET.fromstring(drawn), size is None  # noqa: S314 - written by matplotlib just now, from escaped text
    _tidy(root, ident, set(re.findall(r'(?:url\(#|href="#)([\w-]+)', drawn)), without, page)
    shapes = Markup("").join(Markup(ET.tostring(child, encoding="unicode")) for child in root)  # noqa: S704 - ET escapes
    words = (in_xml(title), in_xml(description))
    made = _macros().picture(ident, view, *words, shapes, FONTS, TEXT, size, again)
    return str(made) if page else f"{made}\n"


def pieces(ident: str, width: float, cuts: Sequence[float], scale: float = 0.0) -> str:
    """A picture of the same page, drawn again as a stack of strips, so that a printed page may end between two of them.

    Args:
        ident: the picture's; its group of shapes has the id ``{ident}g``.
        width: of the picture, in its own units.
        cuts: the heights at which it is cut, from its top to its bottom; n heights make n - 1 strips, and two make none.
        scale: how much at its top is a scale, which paper repeats above the first strip of each page.

    Returns:
        Blocks of SVG elements that reuse the picture's shapes, hidden from screen readers; "" without any.
    """
    if len(cuts) == 2:
        return ""
    heights = [cuts[0], *([cuts[0] + scale] if scale else []), *cuts[1:]]
    views = [f"0 {top:g} {width:g} {bottom - top:g}" for top, bottom in pairwise(heights)]
    return str(_macros().strips(ident, views.pop(0) if scale else None, views))


def link_layer(view: str, areas: Sequence[tuple[float, float, float, float, str, str]]) -> str:
    """Links over a picture, each (left, top, right, bottom, where to, label); "" without any. A label may be ""."""
    drawn = [
        (f"M{short(x0)} {short(y0)}H{short(x1)}V{short(y1)}H{short(x0)}z", href, in_xml(label))
        for x0, y0, x1, y1, href, label in areas
    ]
    return str(_macros().links(view, drawn)) if drawn else ""


@cache
def _macros() -> Any:
    return environment().get_template("svg.html.j2").module


def few_colours(png: bytes) -> bytes:
    """A PNG with a palette of white and what fades into it, ink and the two ends of the scale: a third of the bytes."""
    from PIL import Image, ImageColor

    palette, made, inks = Image.new("P", (1, 1)), io.BytesIO(), ((INK, 19), (NEGATIVE, 6), (POSITIVE, 6))
    shades = [
        round(255 - (255 - part) * step / steps)
        for color, steps in inks
        for step in range(steps + 1)
        for part in ImageColor.getrgb(color)
    ]
    palette.putpalette(shades)
    Image.open(io.BytesIO(png)).convert("RGB").quantize(palette=palette, dither=Image.Dither.NONE).save(made, "png")
    return made.getvalue()


def in_xml(text: str) -> Markup:
    """Text for the inside of a title or description: escaped, nothing unseen."""
    return Markup(escape(visible(text), quote=False))  # noqa: S704 - escaped here


def short(value: float) -> str:
    """A coordinate to a tenth of a unit."""
    return f"{round(value, 1) + 0.0:g}"


def _tidy(parent: ET.Element, ident: str, used: set[str], without: Collection[str], page: bool) -> None:
    """Leave out what would not be seen, or is not wanted, and say the rest shortly."""
    children: list[ET.Element] = []
    for child in parent:
        name, given = child.tag.rpartition("}")[2], dict(child.attrib)
        if name in ("metadata", "style") or given.get("id") in without:
            continue
        _tidy(child, ident, used, without, page)
        child.tag, child.tail, child.text = name, None, visible(child.text or "") if name == "text" else None
        child.attrib.clear()
        for key, value in given.items():
            if key == "style":
                child.attrib |= _look(value, page)
            elif key == "d":
                numbers = _NUMBER.sub(lambda digits: short(float(digits[0])), value)
                child.set(key, re.sub(r" ?([A-Za-z]) ?", r"\1", " ".join(numbers.split())))
            elif key in ("x", "y"):
                child.set(key, short(float(value)))
            elif key == "id" and value in used:
                child.set(key, f"{ident}{value}")
            elif key != "id" and not value.startswith("rotate(-0 "):
                child.set(key.rpartition("}")[2], re.sub(r"^#|url\(#", rf"\g<0>{ident}", value))
        unseen = name == "path" and child.get("fill") == "none" and not {"stroke", "style", "id"} & child.attrib.keys()
        if not unseen and (len(child) or child.text or name not in ("g", "defs", "a", "text")):
            children += child if name == "g" and not child.attrib else [child]
    parent[:] = children


def _look(declarations: str, page: bool) -> dict[str, str]:
    """Style declarations as attributes; colours, on a page, as the page can change them."""
    look: dict[str, str] = {}
    for declaration in filter(None, declarations.split(";")):
        key, value = (part.strip() for part in declaration.split(":", 1))
        if key == "stroke-dashoffset" or (key, value) in _DEFAULTS:
            continue
        if key in ("fill", "stroke") and page and value != "none":
            if value in _ENDS:
                look["style"] = f"{look.get('style', '')}{key}:var(--toward-{_ENDS[value]},{value});"
                continue
            if value == SECONDARY:
                look["opacity"] = f"{0.8 * float(look.get('opacity', 1)):g}"
            value = "currentColor" if value in (INK, SECONDARY, "#000000") else value
        if key == "opacity":
            value = f"{float(value) * float(look.get('opacity', 1)):g}"
        look[key] = value.removesuffix("px") if key == "font-size" else value
    if look.get("fill") == "currentColor":
        del look["fill"]
    return look
