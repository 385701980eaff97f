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
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from .. import __version__
from ..display import Shown, Table, anchor, digest
from ..errors import ChartError
from ..safe_text import attribute, safe, shorten, visible
from .layout import FRAME, GROUND, Sheet
from .style import FONT, INK, NARROW, NEGATIVE, POSITIVE, SECONDARY, TEXT, WIDTH, house_style, own_style

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from ..study import Study

FONTS: Final = "system-ui,-apple-system,'Segoe UI','Liberation Sans',Arial,sans-serif"
SCALE: Final = "from −1 (negative) to +1 (positive)"
FORMATS: Final = ("svg", "pdf", "png")
DPI: Final = 144
"""Dots an inch of a PNG: two for each unit."""
Parts = Mapping[str, Any]
Draw = Callable[[Sheet], Parts]
"""Draws a chart on a sheet of any width, leaves there the places that lead to sentences, and gives its parts by name."""


@dataclass(frozen=True, repr=False)
class Chart(Shown):
    """A finished chart.

    Attributes:
        figure: matplotlib's figure; your own where you gave Axes. ``save`` writes it as it is then.
        parts: what was drawn, by name: for each panel or row its Axes and artists.
        title: the finding.
        subtitle: what is measured.
        source: the line beneath.
        alt: the chart in words.
        tables: the same numbers.
        name: what its files are called.
        sheet: what it is drawn on.
        redraw: draws it for a narrow page; None where it cannot be drawn again.
        own: rcParams that won over the house's when it was drawn.
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
    redraw: Callable[[], Chart] | None = None
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
        words, usual = ((title, self.subtitle, self.source) if notes else (title, "", "")), self.sheet.words
        with house_style(self.own):
            if words != usual:
                self.sheet.frame(*words)
            try:
                return self._svg(title or self.title).encode() if kind == "svg" else self._printed(kind, title or self.title)
            finally:
                if words != usual:
                    self.sheet.frame(*usual)

    def _printed(self, kind: str, title: str) -> bytes:
        """The figure as it stands, as PDF or PNG."""
        made, given = io.BytesIO(), bool(self.sheet.given)
        if kind == "pdf":
            from matplotlib.backends.backend_pdf import FigureCanvasPdf

            page: Any = FigureCanvasPdf(self.figure)
            page.print_pdf(made, metadata={"Title": title, "CreationDate": None})
            return made.getvalue()
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from PIL import Image

        usual, self.figure.dpi = self.figure.dpi, self.figure.dpi if given else DPI
        try:
            canvas: Any = FigureCanvasAgg(self.figure)
            canvas.draw()
            picture = Image.frombuffer("RGBA", canvas.get_width_height(), canvas.buffer_rgba())
        finally:
            self.figure.dpi = usual
        if not given:  # a few inks on white: a palette holds them in a third of the bytes
            picture = picture.convert("RGB").quantize(palette=_palette(), dither=Image.Dither.NONE)
        picture.save(made, "png")
        return made.getvalue()

    @property
    def ident(self) -> str:
        """What its elements are called on a page: a hash of what it says."""
        texts = (self.title, self.subtitle, self.source, self.alt, *(table.caption for table in self.tables))
        return f"{'c' if self.redraw or self.sheet.given else 'n'}{digest(*texts, self.table.csv_text)}"

    def _svg(self, title: str, *, page: bool = False) -> str:
        """matplotlib's SVG with ids of its own, short numbers, a name and a description.

        On a page ink is ``currentColor``, the ground is the page's and the words stand around it; a file keeps its colours.
        """
        ident, drawn = self.ident if page else f"f{self.ident[1:]}", _drawn(self.sheet)
        root = ET.fromstring(drawn)  # noqa: S314 - written by matplotlib just now, from escaped text
        _tidy(root, ident, set(re.findall(r'(?:url\(#|href="#)([\w-]+)', drawn)), page)
        inner = "".join(ET.tostring(child, encoding="unicode") for child in root).replace("$", "<tspan>$</tspan>")
        width, height = (72 * float(inches) for inches in self.figure.get_size_inches())
        look = 'fill="currentColor"' if page else f'width="{width:g}" height="{height:g}"'
        view = self.sheet.view if page else f"0 0 {width:g} {height:g}"
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view}" role="img" '
            f'aria-labelledby="{ident}t {ident}d" font-family="{FONTS}" font-size="{TEXT:g}" {look} '
            f'stroke-linejoin="round"><title id="{ident}t">{_xml(title)}</title><desc id="{ident}d">{_xml(self.alt)}</desc>'
            f"{inner}</svg>{'' if page else chr(10)}"
        )

    @property
    def svg(self) -> str:
        """The picture a page shows: no title, subtitle and source in it, text and lines in ``currentColor``."""
        with house_style(self.own):
            return self._svg(self.title, page=True)

    def narrowed(self) -> Chart:
        """The same chart drawn for a narrow page, such as a phone's."""
        return self.redraw() if self.redraw else self

    @property
    def links(self) -> str:
        """Links as a layer over the picture, for pointers; a picture may hold none, and the table holds them for keys."""
        links, height = "", 72 * float(self.figure.get_size_inches()[1])
        told = "" if self.sheet.narrow else "<title>{}</title>"  # a phone has no pointer to hold still
        for axes, (left, low, right, high), sentence, label in self.sheet.hits:
            (x0, y0), (x1, y1) = axes.transData.transform([(left, low), (right, high)])
            top, bottom = sorted((height - y0, height - y1))
            links += (
                f'<a href="#{anchor(sentence)}" tabindex="-1">{told.format(_xml(label))}'
                f'<path d="M{_round(x0)} {_round(top)}H{_round(x1)}V{_round(bottom)}H{_round(x0)}z"/></a>'
            )
        return f'<svg viewBox="{self.sheet.view}" aria-hidden="true" fill="transparent">{links}</svg>' if links else ""

    @property
    def citation(self) -> str:
        """How to cite the figure."""
        return f"“{self.title}” (figure). {self.source} Drawn by Toward {__version__}."

    def _html(self) -> str:
        ident = self.ident
        tables = "".join(f"<div>{table.fragment(prefix=ident, link=False)}</div>" for table in self.tables)
        heading = "The numbers as a table" if len(self.tables) == 1 else "The numbers as tables"
        drawn = f'<div class="c w">{self.svg}{self.links}</div>'
        if self.redraw is not None:
            small = self.narrowed()
            drawn += f'<div class="c n" style="min-width:{small.sheet.width:g}px">{small.svg}{small.links}</div>'
        drawn = drawn.replace(' xmlns="http://www.w3.org/2000/svg"', "")
        data = quote(self.picture().decode(), safe=" !*'(),/:;=?@&+$")
        several = len(self.tables) > 1
        named = [(table, f"CSV ({table.csv})" if several and isinstance(table.csv, str) else "CSV") for table in self.tables]
        taken = [f'<a download="{self.name}.svg" href="data:image/svg+xml,{data}">SVG</a>']
        taken += filter(None, (table.csv_link(label) for table, label in named))
        return (
            f'<figure class="toward-chart" id="{ident}" aria-labelledby="{ident}h">'
            f'<p class="t" id="{ident}h">{safe(self.title)}</p><p class="s">{safe(self.subtitle)}</p>'
            f'<div class="toward-scroll" role="region" aria-label="Chart: {attribute(self.title)}" tabindex="0">'
            f"{drawn}</div><figcaption>{safe(self.source)}</figcaption>"
            f'<p class="take">Take along: {", ".join(taken)}</p>'
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
    narrow: float = NARROW,
    empty: str = "",
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
        narrow: units across the drawing for a narrow page.
        empty: where there is nothing to draw, a sentence that says so, drawn in its place.

    Returns:
        The chart; the same input gives the same bytes.

    Raises:
        ChartError: a text or the table is missing.

    Example:
        >>> from analysis.charts import Row, dots
        >>> chart = finish(
        ...     lambda sheet: {"rows": dots(sheet, [Row("Norway", 0.4, 0.3, 0.5)])},
        ...     title="The wording toward Norway: clear positive lean",
        ...     subtitle="Mean tone and 90 % interval.",
        ...     source="Made by hand.",
        ...     alt="Norway: +0.40.",
        ...     table=Table([("Norway", 0.4, 0.3, 0.5)], columns=["Actor", "Mean", "From", "To"], caption="Tone"),
        ... )
        >>> chart.parts["rows"].names
        ['Norway']
    """
    notes = [subtitle] if isinstance(subtitle, str) else [*filter(None, subtitle)]
    alt = f"An empty chart. {title}." if empty else alt
    words = {"title": title, "subtitle": " ".join(notes[:1] if empty else notes), "source": source, "alt": alt}
    for what, text in words.items():
        if not text.strip():
            known = next((repr(part) for part in (title, alt) if part.strip()), "without a name")
            raise ChartError(f"The chart {known} has no {what}. Give finish() a {what} that says something.")
    tables = (table,) if isinstance(table, Table) else tuple(table)
    if not tables:
        raise ChartError(f"The chart {title!r} has no table. Give finish() the numbers it shows.")
    words, own = {what: visible(text) for what, text in words.items()}, own_style()

    def drawn(sheet: Sheet, again: Callable[[], Chart] | None = None) -> Chart:
        parts: Parts = {}
        if empty:
            sheet.say(empty)
        else:
            parts = draw(sheet)
        sheet.frame(*(words[what] for what in ("title", "subtitle", "source") if again))
        return Chart(sheet.figure, parts, **words, tables=tables, name=name, sheet=sheet, redraw=again, own=own)

    def small() -> Chart:
        with house_style(own):
            return drawn(Sheet(narrow))

    if ax is not None:
        return drawn(Sheet(WIDTH, axes_of(ax)))
    with house_style(own):
        return drawn(Sheet(WIDTH), small)


def axes_of(ax: Axes | Iterable[Axes]) -> list[Axes]:
    """Axes as a list, from one, a list, or an array as ``plt.subplots`` gives it."""
    return list(getattr(ax, "flat", ax if isinstance(ax, Iterable) else [ax]))


def _drawn(sheet: Sheet) -> str:
    """What matplotlib writes as SVG; once, until something on the figure changes."""
    from matplotlib.backends.backend_svg import FigureCanvasSVG

    if sheet.figure.stale or not sheet.drawn:
        written = io.StringIO()
        canvas: Any = FigureCanvasSVG(sheet.figure)
        canvas.print_svg(written, metadata={"Date": None, "Creator": None})
        sheet.drawn = written.getvalue()
    return sheet.drawn


def _tidy(parent: ET.Element, ident: str, used: set[str], page: bool) -> None:
    """Leave out what would not be seen and say the rest shortly; on a page the ground and the frame's words go too."""
    kept: list[ET.Element] = []
    for child in parent:
        name, given = child.tag.rpartition("}")[2], dict(child.attrib)
        if name in ("metadata", "style") or (page and given.get("id") in (FRAME, GROUND)):
            continue
        _tidy(child, ident, used, page)
        child.tag, child.tail, child.text = name, None, visible(child.text or "") if name == "text" else None
        child.attrib.clear()
        for key, value in given.items():
            if key == "style":
                child.attrib |= _look(value, page)
            elif key == "d":
                child.set(key, re.sub(r" ?([A-Za-z]) ?", r"\1", " ".join(_NUMBER.sub(_shorter, value).split())))
            elif key in ("x", "y"):
                child.set(key, _round(float(value)))
            elif key == "id" and value in used:
                child.set(key, f"{ident}{value}")
            elif key != "id" and not value.startswith("rotate(-0 "):
                child.set(key.rpartition("}")[2], re.sub(r"^#|url\(#", rf"\g<0>{ident}", value))
        unseen = name == "path" and child.get("fill") == "none" and not {"stroke", "style", "id"} & child.attrib.keys()
        if not unseen and (len(child) or child.text or name not in ("g", "defs", "a", "text")):
            kept += child if name == "g" and not child.attrib else [child]
    parent[:] = kept


_ENDS: Final = {NEGATIVE: "negative", POSITIVE: "positive"}
_DEFAULTS: Final = {
    ("stroke-linejoin", "miter"), ("text-anchor", "start"), ("font-size", f"{TEXT:g}px"), ("font-family", f"'{FONT}'"),
}  # fmt: skip
_NUMBER: Final = re.compile(r"-?\d+\.\d+(?:e-?\d+)?")


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


@cache
def _palette() -> Any:
    """A picture whose palette holds white and what fades into it: ink and the two ends of the scale."""
    from PIL import Image, ImageColor

    made, colors = Image.new("P", (1, 1)), [255, 255, 255]
    for color, steps in ((INK, 19), (NEGATIVE, 6), (POSITIVE, 6)):
        shades = [[255 - (255 - part) * step / steps for part in ImageColor.getrgb(color)] for step in range(1, steps + 1)]
        colors += [round(part) for shade in shades for part in shade]
    made.putpalette(colors)
    return made


def _round(value: float) -> str:
    return f"{round(value, 1) + 0.0:g}"


def _shorter(found: re.Match[str]) -> str:
    return _round(float(found[0]))


def _xml(text: str) -> str:
    """Text for the inside of a title or description: escaped, nothing unseen."""
    return visible(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def source_line(study: Study, coverage: str) -> str:
    """The line beneath a chart of an article: which one, by which method, on how much."""
    article = study.article
    title = shorten(visible(article.title), 90)
    known = [shorten(visible(part), 60) for part in (article.outlet, article.date, article.source) if part and part != "text"]
    read = f" ({', '.join(known)})" if known else ""
    return f"Source: “{title}”{read}. Method: {visible(study.method)}. {coverage}"
