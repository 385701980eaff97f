"""Charts as inline SVG that reads on light and dark, on phones and aloud, with its numbers in a table.

``finish`` is the one way out: it refuses a chart without its texts.
"""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..display import Shown, Table, anchor, count, digest
from ..errors import ChartError
from ..model import Article, Sentence
from ..safe_text import attribute, safe, shorten, visible
from .canvas import Canvas, Segment
from .layout import fit, text_width
from .style import INK, NEGATIVE, POSITIVE, SECONDARY, TEXT, WIDTH, settings

if TYPE_CHECKING:
    from matplotlib.figure import Figure


FONTS = "system-ui,-apple-system,'Segoe UI','Liberation Sans',Arial,sans-serif"
SVG = "{http://www.w3.org/2000/svg}"
XLINK = "{http://www.w3.org/1999/xlink}"
SCALE = "from −1 (negative) to +1 (positive)"


@dataclass(frozen=True, slots=True)
class Hit:
    """A place on a chart that leads to a sentence: a box in units from the top left corner."""

    box: Segment
    sentence: Sentence
    label: str


@dataclass(frozen=True, repr=False)
class Chart(Shown):
    """A finished chart.

    svg: a picture of its own, with title and description; text and lines in ``currentColor``.
    title: the finding. subtitle: what is measured. source: the line beneath. alt: the chart in words.
    tables: the same numbers. links: an unseen layer over the picture that leads to sentences.
    """

    svg: str
    title: str
    subtitle: str
    source: str
    alt: str
    tables: tuple[Table, ...]
    ident: str
    links: str = ""
    _rules = ("chart", "table")

    @property
    def table(self) -> Table:
        """The numbers of the chart, the table nearest to what it shows."""
        return self.tables[0]

    def _html(self) -> str:
        tables = "".join(f"<div>{table.fragment(prefix=self.ident)}</div>" for table in self.tables)
        heading = "The numbers as a table" if len(self.tables) == 1 else "The numbers as tables"
        picture = self.svg.replace(' xmlns="http://www.w3.org/2000/svg"', "", 1)
        return (
            f'<figure class="toward-chart" id="{self.ident}" aria-labelledby="{self.ident}h">'
            f'<p class="t" id="{self.ident}h">{safe(self.title)}</p><p class="s">{safe(self.subtitle)}</p>'
            f'<div class="toward-scroll" role="region" aria-label="Chart: {attribute(self.title)}" tabindex="0">'
            f'<div class="c">{picture}{self.links}</div></div><figcaption>{safe(self.source)}</figcaption>'
            f"<details><summary>{heading}</summary>{tables}</details></figure>"
        )

    def __str__(self) -> str:
        return self.alt

    def picture(self) -> str:
        """The chart as an SVG file of its own, on white, its title, subtitle and source written on it."""
        found = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', self.svg)
        inner = re.search(r"<svg[^>]*>(.*)</svg>", self.svg, re.DOTALL)
        if found is None or inner is None:
            raise ChartError(f"The chart {self.title!r} has no picture.")
        width, height = float(found[1]), float(found[2])
        above: list[tuple[str, str, float]] = []
        for text, size, bold, step in ((self.title, 17.0, True, 22.0), (self.subtitle, TEXT, False, 17.0)):
            above += [(line, f'font-size="{size:g}"{_BOLD * bold}', step) for line in wrapped(text, width - 24, size, bold)]
        below = [(line, f'font-size="{TEXT:g}"', 17.0) for line in wrapped(self.source, width - 24, TEXT, False)]
        top = 12 + sum(step for *_, step in above) + 10
        total = top + height + 8 + sum(step for *_, step in below) + 12
        lines, y = [], 8.0
        for line, look, step in above:
            y += step
            lines.append(f'<text x="12" y="{y:g}" {look}>{_text(line)}</text>')
        y = top + height + 8
        for line, look, step in below:
            y += step
            lines.append(f'<text x="12" y="{y:g}" {look} fill="{SECONDARY}">{_text(line)}</text>')
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {total:g}" width="{width:g}" height="{total:g}" '
            f'role="img" aria-labelledby="{self.ident}t {self.ident}d" font-family="{FONTS}" font-size="{TEXT:g}" '
            f'fill="{INK}" color="{INK}"><rect width="100%" height="100%" fill="#ffffff"/>{"".join(lines)}'
            f'<g transform="translate(0 {top:g})" stroke-linejoin="round">{inner[1]}</g></svg>\n'
        )


_BOLD = ' font-weight="700"'


def finish(
    figure: Figure,
    *,
    title: str,
    subtitle: str,
    source: str,
    alt: str,
    table: Table | Sequence[Table],
    hits: Sequence[Hit] = (),
) -> Chart:
    """Export a figure, the one way a chart leaves this package.

    Args:
        figure: what was drawn; its text stays text.
        title: the finding, in about ten words.
        subtitle: measure, scale, coverage, what the whiskers are.
        source: article, method, mentions scored of mentions found.
        alt: the chart in words, with its numbers.
        table: the same numbers, one table or several.
        hits: places that lead to sentences.

    Returns:
        The chart; the same input gives the same bytes.

    Raises:
        ChartError: a text or the table is missing.
    """
    for name, text in (("title", title), ("subtitle", subtitle), ("source", source), ("alt", alt)):
        if not text.strip():
            known = next((repr(part) for part in (title, alt) if part.strip()), "without a name")
            raise ChartError(f"The chart {known} has no {name}. Give finish() a {name} that says something.")
    tables = (table,) if isinstance(table, Table) else tuple(table)
    if not tables:
        raise ChartError(f"The chart {title!r} has no table. Give finish() the numbers it shows.")
    from matplotlib.backends.backend_svg import FigureCanvasSVG

    drawn = io.StringIO()
    with settings():
        canvas: Any = FigureCanvasSVG(figure)
        canvas.print_svg(drawn, metadata={"Date": None, "Creator": None})
    title, subtitle, source, alt = (visible(text) for text in (title, subtitle, source, alt))
    ident = f"c{digest(drawn.getvalue(), title, subtitle, source, alt, *(one.caption for one in tables))}"
    svg, size = _cleaned(drawn.getvalue(), ident=ident, title=title, description=alt)
    return Chart(svg, title, subtitle, source, alt, tables, ident, _layer(hits, size))


def _layer(hits: Sequence[Hit], size: tuple[float, float]) -> str:
    """Links as a layer over the picture, for pointers; a picture may hold none, and the table holds them for keys."""
    if not hits:
        return ""
    links = ""
    for hit in hits:
        x0, y0, x1, y1 = map(_round, hit.box)
        links += (
            f'<a href="#{anchor(hit.sentence)}" tabindex="-1"><title>{_xml(hit.label)}</title>'
            f'<path d="M{x0} {y0}H{x1}V{y1}H{x0}z"/></a>'
        )
    return f'<svg viewBox="0 0 {size[0]:g} {size[1]:g}" aria-hidden="true" fill="transparent">{links}</svg>'


def _cleaned(drawn: str, *, ident: str, title: str, description: str) -> tuple[str, tuple[float, float]]:
    """matplotlib's SVG with unique ids, ink as ``currentColor``, short numbers, a name and a description."""
    root = ET.fromstring(drawn)  # noqa: S314 - written by matplotlib just now, from escaped text
    width, height = (float(part) for part in root.attrib["viewBox"].split()[2:])
    used = set(re.findall(r'(?:url\(#|href="#)([\w-]+)', drawn))
    inner = "".join(_element(child, ident, used) for child in root)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" role="img" '
        f'aria-labelledby="{ident}t {ident}d" font-family="{FONTS}" font-size="{TEXT:g}" fill="currentColor" '
        f'stroke-linejoin="round"><title id="{ident}t">{_xml(title)}</title><desc id="{ident}d">{_xml(description)}</desc>'
        f"{inner}</svg>"
    ), (width, height)


def _element(element: ET.Element, ident: str, used: set[str]) -> str:
    """One element and all it holds."""
    name = element.tag.removeprefix(SVG)
    if name in ("metadata", "style") or not element.tag.startswith(SVG):
        return ""
    attributes: dict[str, str] = {}
    for key, value in element.attrib.items():
        if key == "style":
            attributes |= _look(value)
        elif key == "id":
            if value in used:
                attributes["id"] = f"{ident}{value}"
        elif key == "d":
            attributes["d"] = _short_path(value)
        elif key == "transform":
            if not value.startswith("rotate(-0 "):
                attributes[key] = value
        else:
            attributes[key.removeprefix(XLINK)] = value
    for key, value in attributes.items():
        if key == "href" and value.startswith("#") and value[1:] in used:
            attributes[key] = f"#{ident}{value[1:]}"
        elif key != "id":
            attributes[key] = re.sub(r"url\(#([\w-]+)\)", rf"url(#{ident}\1)", value)
    inner = (_text(element.text) if name in ("text", "tspan") and element.text else "") + "".join(
        _element(child, ident, used) for child in element
    )
    if not inner and name in ("g", "defs", "a"):
        return ""
    if name == "g" and not attributes:
        return inner
    head = "".join(f' {key}="{attribute(value)}"' for key, value in attributes.items())
    return f"<{name}{head}>{inner}</{name}>" if inner else f"<{name}{head}/>"


def _look(declarations: str) -> dict[str, str]:
    """Style declarations as attributes, colours as a page can change them."""
    look: dict[str, str] = {}
    for declaration in declarations.split(";"):
        key, _, value = (part.strip() for part in declaration.partition(":"))
        if key in ("font-family", "stroke-dashoffset", "") or (key, value) in _DEFAULTS:
            continue
        if key in ("fill", "stroke"):
            color = value.lower()
            if color == NEGATIVE:
                look["style"] = look.get("style", "") + f"{key}:var(--toward-negative,{NEGATIVE});"
                continue
            if color == POSITIVE:
                look["style"] = look.get("style", "") + f"{key}:var(--toward-positive,{POSITIVE});"
                continue
            if color == SECONDARY:
                look["opacity"] = f"{0.8 * float(look.get('opacity', 1)):g}"
            value = "currentColor" if color in (INK, SECONDARY, "#000000") else value
            if (key, value) == ("fill", "currentColor"):
                continue
        if key == "opacity":
            value = f"{float(value) * float(look.get('opacity', 1)):g}"
        look[key] = value.removesuffix("px") if key == "font-size" else value
    return look


_DEFAULTS = {("stroke-linejoin", "miter"), ("text-anchor", "start"), ("font-size", f"{TEXT:g}px")}


def _short_path(path: str) -> str:
    """A path with a tenth of a unit, as short as it can be said."""
    path = re.sub(r"-?\d+\.\d+(?:e-?\d+)?", lambda found: _round(float(found[0])), path)
    return re.sub(r"\s*([A-Za-z])\s*", r"\1", path).strip()


def _round(value: float) -> str:
    return f"{round(value, 1) + 0.0:g}"


def _xml(text: str) -> str:
    """Text for the inside of a title or description: escaped, nothing unseen."""
    return visible(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _text(text: str) -> str:
    """Text for the inside of a text element: the same, and no formula begins at a dollar."""
    return _xml(text).replace("$", "<tspan>$</tspan>")


def wrapped(text: str, width: float, size: float, bold: bool) -> list[str]:
    """A text in lines no wider than ``width``."""
    lines = [""]
    for word in visible(text).split():
        longer = f"{lines[-1]} {word}".strip()
        if text_width(longer, size=size, bold=bold) <= width or not lines[-1]:
            lines[-1] = fit(longer, width, size=size, bold=bold)
        else:
            lines.append(fit(word, width, size=size, bold=bold))
    return lines


def source_line(article: Article, method: str, coverage: str) -> str:
    title = shorten(visible(article.title), 90)
    known = [shorten(visible(part), 60) for part in (article.outlet, article.date, article.source) if part and part != "text"]
    read = f" ({', '.join(known)})" if known else ""
    return f"Source: “{title}”{read}. Method: {visible(method)}. {coverage}"


def empty_canvas(message: str) -> Canvas:
    canvas = Canvas(WIDTH, 60)
    canvas.text(WIDTH / 2, 35, message, align="center", color=SECONDARY)
    return canvas


def rest_note(shown: int, known: int) -> str:
    return f"The {shown} actors named most of {count(known)}; the table holds all." if shown < known else ""
