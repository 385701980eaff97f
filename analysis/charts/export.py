"""Charts on their way out: HTML that reads on light and dark, on phones and aloud; SVG, PDF and PNG to take along.

``finish`` is the one way out: it refuses a chart without its texts.
"""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import quote

from .. import __version__
from ..display import Shown, Table, anchor, digest
from ..errors import ChartError
from ..model import Sentence
from ..safe_text import attribute, safe, shorten, visible
from .layout import Sheet
from .style import FONT, INK, NARROW, NEGATIVE, POSITIVE, SECONDARY, TEXT, WIDTH, house_style, own_style

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from ..study import Study


FONTS: Final = "system-ui,-apple-system,'Segoe UI','Liberation Sans',Arial,sans-serif"
SVG: Final = "{http://www.w3.org/2000/svg}"
XLINK: Final = "{http://www.w3.org/1999/xlink}"
SCALE: Final = "from −1 (negative) to +1 (positive)"
FORMATS: Final = ("svg", "pdf", "png")
DPI: Final = 144
"""Dots an inch of a PNG: two for each unit."""


class Hit(NamedTuple):
    """A place on a chart that leads to a sentence: a box in the data coordinates of some Axes, (x0, y0, x1, y1)."""

    axes: Axes
    box: tuple[float, float, float, float]
    sentence: Sentence
    label: str


Parts = Mapping[str, Any]
Draw = Callable[[Sheet], "tuple[Parts, Sequence[Hit]]"]
"""Draws a chart on a sheet of any width; gives its parts by name, and the places that lead to sentences."""


@dataclass(frozen=True, repr=False)
class Chart(Shown):
    """A finished chart.

    Attributes:
        figure: matplotlib's; yours where you gave Axes. Change it, save it, it is what ``save`` writes.
        parts: what was drawn, by name: for each panel or row its Axes and artists.
        title: the finding. subtitle: what is measured. source: the line beneath. alt: the chart in words.
        tables: the same numbers.
    """

    figure: Figure
    parts: Parts
    title: str
    subtitle: str
    source: str
    alt: str
    tables: tuple[Table, ...]
    name: str
    sheet: Sheet
    hits: Sequence[Hit] = ()
    redraw: Callable[[float], Chart] | None = None
    narrow: float = NARROW
    own: Mapping[str, Any] = field(default_factory=dict)
    _rules = ("chart", "table")

    @property
    def table(self) -> Table:
        """The numbers of the chart, the table nearest to what it shows."""
        return self.tables[0]

    @property
    def axes(self) -> list[Axes]:
        """The Axes it is drawn on, from the top."""
        return list(self.sheet.axes)

    def save(self, path: str | Path, *, title: str | None = None, notes: bool = True) -> Path:
        """Write the chart to a file. SVG and PDF keep their text as text, and the same chart gives the same bytes.

        Args:
            path: where to; the ending says how: ".svg", ".pdf" or ".png".
            title: what to write above it instead of its finding; "" writes none, for a figure whose caption says it.
            notes: whether to write what is measured above it and the source beneath. On Axes of yours nothing is added.

        Returns:
            The path.

        Raises:
            ChartError: no such format, or no such folder.
        """
        path = Path(path)
        kind = path.suffix.lower().removeprefix(".")
        if kind not in FORMATS:
            raise ChartError(f"A chart cannot be saved as {path.name!r}. Give it one of these endings: .svg, .pdf, .png.")
        if not path.parent.is_dir():
            raise ChartError(f"There is no folder {str(path.parent)!r} to save {path.name!r} in. Make it first.")
        path.write_bytes(self.picture(kind, title=title, notes=notes))
        return path

    def picture(self, kind: str = "svg", *, title: str | None = None, notes: bool = True) -> bytes:
        """The bytes of a file of its own, as ``save`` writes it."""
        title = self.title if title is None else visible(title)
        words = (title, self.subtitle, self.source) if notes else (title, "", "")
        with house_style(self.own):
            if self.sheet.given:
                return self._printed(kind, title)
            with self.sheet.framed(*words):
                return self._printed(kind, title)

    def _printed(self, kind: str, title: str) -> bytes:
        if kind == "svg":
            ident = self._ident("f")
            return f"{_svg(self.figure, ident, title or self.title, self.alt, page=False)}\n".encode()
        made = io.BytesIO()
        if kind == "pdf":
            from matplotlib.backends.backend_pdf import FigureCanvasPdf

            canvas: Any = FigureCanvasPdf(self.figure)
            canvas.print_pdf(made, metadata={"Title": title or self.title, "CreationDate": None})
            return made.getvalue()
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from PIL import Image

        usual, self.figure.dpi = self.figure.dpi, self.figure.dpi if self.sheet.given else DPI
        try:
            canvas = FigureCanvasAgg(self.figure)
            canvas.draw()
            picture = Image.frombuffer("RGBA", canvas.get_width_height(), canvas.buffer_rgba())
        finally:
            self.figure.dpi = usual
        if not self.sheet.given:  # a few inks on white: a palette holds them in a third of the bytes
            picture = picture.convert("RGB").quantize(palette=_palette(), dither=Image.Dither.NONE)
        picture.save(made, "png")
        return made.getvalue()

    def _ident(self, kind: str = "c") -> str:
        texts = (self.title, self.subtitle, self.source, self.alt, *(table.caption for table in self.tables))
        kind = "n" if self.sheet.width < WIDTH and kind == "c" else kind
        return f"{kind}{digest(*texts, *(table.csv_text for table in self.tables[:1]))}"

    @property
    def svg(self) -> str:
        """The picture a page shows: no title, subtitle and source in it, text and lines in ``currentColor``."""
        with house_style(self.own):
            return _svg(self.figure, self._ident(), self.title, self.alt)

    def narrowed(self) -> Chart:
        """The same chart drawn for a narrow page, such as a phone's."""
        return self if self.redraw is None else self.redraw(self.narrow)

    @property
    def links(self) -> str:
        """An unseen layer over the picture that leads to sentences."""
        return _layer(self.hits, self.sheet)

    @property
    def citation(self) -> str:
        """How to cite the figure."""
        return f"“{self.title}” (figure). {self.source} Drawn by Toward {__version__}."

    def _html(self) -> str:
        ident = self._ident()
        tables = "".join(f"<div>{table.fragment(prefix=ident, link=False)}</div>" for table in self.tables)
        heading = "The numbers as a table" if len(self.tables) == 1 else "The numbers as tables"
        drawn = f'<div class="c w">{self.svg}{self.links}</div>'
        if self.redraw is not None:
            small = self.narrowed()
            drawn += f'<div class="c n" style="min-width:{self.narrow:g}px">{small.svg}{small.links}</div>'
        drawn = drawn.replace(' xmlns="http://www.w3.org/2000/svg"', "")
        data = quote(self.picture().decode(), safe=" !*'(),/:;=?@&+$")
        taken = f'<a download="{self.name}.svg" href="data:image/svg+xml,{data}">SVG</a>'
        several = len(self.tables) > 1
        labels = [f"CSV ({table.csv})" if several and isinstance(table.csv, str) else "CSV" for table in self.tables]
        links = [table.csv_link(label) for table, label in zip(self.tables, labels, strict=True)]
        taken = ", ".join(filter(None, [taken, *links]))
        return (
            f'<figure class="toward-chart" id="{ident}" aria-labelledby="{ident}h">'
            f'<p class="t" id="{ident}h">{safe(self.title)}</p><p class="s">{safe(self.subtitle)}</p>'
            f'<div class="toward-scroll" role="region" aria-label="Chart: {attribute(self.title)}" tabindex="0">'
            f"{drawn}</div><figcaption>{safe(self.source)}</figcaption>"
            f'<p class="take">Take along: {taken}</p>'
            f"<details><summary>Cite this figure</summary><p>{safe(self.citation)}</p></details>"
            f"<details><summary>{heading}</summary>{tables}</details></figure>"
        )

    def _repr_html_(self) -> str | None:  # type: ignore[override]
        """The chart as a figure of a page; nothing where it stands on your Axes, which your notebook shows itself."""
        return None if self.sheet.given else super()._repr_html_()

    def _repr_svg_(self) -> str | None:
        return None if self.sheet.given else self.picture("svg").decode()

    def _repr_png_(self) -> bytes | None:
        return None if self.sheet.given else self.picture("png")

    def __str__(self) -> str:
        return self.alt


def finish(
    draw: Draw,
    *,
    title: str,
    subtitle: str | Iterable[str],
    source: str,
    alt: str,
    table: Table | Sequence[Table],
    name: str = "chart",
    ax: Axes | Iterable[Axes] | None = None,
    link: bool = True,
    narrow: float = NARROW,
) -> Chart:
    """Draw a chart and give it its words: the one way a chart leaves this package.

    Args:
        draw: draws it on a ``Sheet``; called once for a wide page, and again for a narrow one when one is shown.
        title: the finding, in about ten words.
        subtitle: measure, scale, coverage, what the whiskers are; sentences that are empty are left out.
        source: article, method, mentions scored of mentions found.
        alt: the chart in words, with its numbers.
        table: the same numbers, one table or several.
        name: what its files are called.
        ax: Axes of yours to draw on, one or several, as many as ``draw`` asks for; your rcParams hold there.
        link: make marks lead to their sentences.
        narrow: units across the drawing for a narrow page.

    Returns:
        The chart; the same input gives the same bytes.

    Raises:
        ChartError: a text or the table is missing.

    Example:
        >>> from analysis.charts import Row, dots
        >>> chart = finish(
        ...     lambda sheet: ({"rows": dots(sheet, [Row("Norway", 0.4, 0.3, 0.5)])}, ()),
        ...     title="The wording toward Norway: clear positive lean",
        ...     subtitle="Mean tone and 90 % interval.",
        ...     source="Made by hand.",
        ...     alt="Norway: +0.40.",
        ...     table=Table([("Norway", 0.4, 0.3, 0.5)], columns=["Actor", "Mean", "From", "To"], caption="Tone"),
        ... )
        >>> chart.parts["rows"].names
        ['Norway']
    """
    subtitle = subtitle if isinstance(subtitle, str) else " ".join(filter(None, subtitle))
    for what, text in (("title", title), ("subtitle", subtitle), ("source", source), ("alt", alt)):
        if not text.strip():
            known = next((repr(part) for part in (title, alt) if part.strip()), "without a name")
            raise ChartError(f"The chart {known} has no {what}. Give finish() a {what} that says something.")
    tables = (table,) if isinstance(table, Table) else tuple(table)
    if not tables:
        raise ChartError(f"The chart {title!r} has no table. Give finish() the numbers it shows.")
    title, subtitle, source, alt = (visible(text) for text in (title, subtitle, source, alt))
    own = own_style()

    def drawn(width: float, given: Sequence[Axes] = ()) -> Chart:
        sheet = Sheet(width, given)
        parts, hits = draw(sheet)
        sheet.place()
        again = None if given or width < WIDTH else at
        hits = hits if link else ()
        return Chart(sheet.figure, parts, title, subtitle, source, alt, tables, name, sheet, hits, again, narrow, own)

    def at(width: float) -> Chart:
        with house_style(own):
            return drawn(width)

    return at(WIDTH) if ax is None else drawn(WIDTH, _several(ax))


def _several(ax: Axes | Iterable[Axes]) -> list[Axes]:
    """Axes as a list, from one, a list, or an array as ``plt.subplots`` gives it."""
    flat = getattr(ax, "flat", None)
    return list(flat) if flat is not None else list(ax) if isinstance(ax, Iterable) else [ax]


def _layer(hits: Sequence[Hit], sheet: Sheet) -> str:
    """Links as a layer over the picture, for pointers; a picture may hold none, and the table holds them for keys."""
    if not hits:
        return ""
    links, height = "", sheet.height
    told = "" if sheet.narrow else "<title>{}</title>"  # a phone has no pointer to hold still
    for hit in hits:
        (x0, y0), (x1, y1) = (hit.axes.transData.transform(hit.box[place : place + 2]) for place in (0, 2))
        top, bottom = sorted((height - y0, height - y1))
        links += (
            f'<a href="#{anchor(hit.sentence)}" tabindex="-1">{told.format(_xml(hit.label))}'
            f'<path d="M{_round(x0)} {_round(top)}H{_round(x1)}V{_round(bottom)}H{_round(x0)}z"/></a>'
        )
    return f'<svg viewBox="0 0 {sheet.width:g} {height:g}" aria-hidden="true" fill="transparent">{links}</svg>'


def _svg(figure: Figure, ident: str, title: str, description: str, *, page: bool = True) -> str:
    """matplotlib's SVG with unique ids, short numbers, a name and a description.

    On a page ink is ``currentColor`` and the ground is the page's; in a file of its own colours stay as they are.
    """
    from matplotlib.backends.backend_svg import FigureCanvasSVG

    drawn, ground = io.StringIO(), figure.patch.get_visible()
    figure.patch.set_visible(ground and not page)
    try:
        canvas: Any = FigureCanvasSVG(figure)
        canvas.print_svg(drawn, metadata={"Date": None, "Creator": None})
    finally:
        figure.patch.set_visible(ground)
    root = ET.fromstring(drawn.getvalue())  # noqa: S314 - written by matplotlib just now, from escaped text
    width, height = (float(part) for part in root.attrib["viewBox"].split()[2:])
    used = set(re.findall(r'(?:url\(#|href="#)([\w-]+)', drawn.getvalue()))
    inner = "".join(_element(child, ident, used, page) for child in root)
    look = 'fill="currentColor"' if page else f'width="{width:g}" height="{height:g}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" role="img" '
        f'aria-labelledby="{ident}t {ident}d" font-family="{FONTS}" font-size="{TEXT:g}" {look} '
        f'stroke-linejoin="round"><title id="{ident}t">{_xml(title)}</title><desc id="{ident}d">{_xml(description)}</desc>'
        f"{inner}</svg>"
    )


def _element(element: ET.Element, ident: str, used: set[str], page: bool) -> str:
    """One element and all it holds; nothing for what would not be seen."""
    name = element.tag.removeprefix(SVG)
    if name in ("metadata", "style") or not element.tag.startswith(SVG):
        return ""
    attributes: dict[str, str] = {}
    for key, value in element.attrib.items():
        if key == "style":
            attributes |= _look(value, page)
        elif key == "id":
            if value in used:
                attributes["id"] = f"{ident}{value}"
        elif key == "d":
            attributes["d"] = _short_path(value)
        elif key in ("x", "y"):
            attributes[key] = _round(float(value))
        elif key != "transform" or not value.startswith("rotate(-0 "):
            attributes[key.removeprefix(XLINK)] = value
    if name == "path" and attributes.get("fill") == "none" and not {"stroke", "style", "id"} & attributes.keys():
        return ""
    for key, value in attributes.items():
        if key == "href" and value.startswith("#") and value[1:] in used:
            attributes[key] = f"#{ident}{value[1:]}"
        elif key != "id":
            attributes[key] = re.sub(r"url\(#([\w-]+)\)", rf"url(#{ident}\1)", value)
    inner = (_text(element.text) if name in ("text", "tspan") and element.text else "") + "".join(
        _element(child, ident, used, page) for child in element
    )
    if not inner and name in ("g", "defs", "a", "text"):
        return ""
    if name == "g" and not attributes:
        return inner
    head = "".join(f' {key}="{attribute(value)}"' for key, value in attributes.items())
    return f"<{name}{head}>{inner}</{name}>" if inner else f"<{name}{head}/>"


def _look(declarations: str, page: bool) -> dict[str, str]:
    """Style declarations as attributes; colours, on a page, as the page can change them."""
    look: dict[str, str] = {}
    for declaration in declarations.split(";"):
        key, _, value = (part.strip() for part in declaration.partition(":"))
        if key in ("stroke-dashoffset", "") or (key, value) in _DEFAULTS:
            continue
        if key in ("fill", "stroke") and page:
            color = value.lower()
            if color in _ENDS:
                look["style"] = look.get("style", "") + f"{key}:var(--toward-{_ENDS[color]},{color});"
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


_ENDS: Final = {NEGATIVE: "negative", POSITIVE: "positive"}
_DEFAULTS: Final = {
    ("stroke-linejoin", "miter"), ("text-anchor", "start"), ("font-size", f"{TEXT:g}px"), ("font-family", f"'{FONT}'"),
}  # fmt: skip


@cache
def _palette() -> Any:
    """A picture whose palette holds white and what fades into it: ink and the two ends of the scale."""
    from PIL import Image

    def fading(color: str, steps: int) -> list[int]:
        parts = [int(color[place : place + 2], 16) for place in (1, 3, 5)]
        return [round(255 - (255 - part) * step / steps) for step in range(1, steps + 1) for part in parts]

    made = Image.new("P", (1, 1))
    made.putpalette([255, 255, 255, *fading(INK, 19), *fading(NEGATIVE, 6), *fading(POSITIVE, 6)])
    return made


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


def source_line(study: Study, coverage: str) -> str:
    """The line beneath a chart of an article: which one, by which method, on how much."""
    article = study.article
    title = shorten(visible(article.title), 90)
    known = [shorten(visible(part), 60) for part in (article.outlet, article.date, article.source) if part and part != "text"]
    read = f" ({', '.join(known)})" if known else ""
    return f"Source: “{title}”{read}. Method: {visible(study.method)}. {coverage}"
