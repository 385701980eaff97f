"""Charts on their way out: HTML that reads on light and dark, on phones and aloud; SVG, PDF and PNG to take along.

``finish`` is the one way out: it refuses a chart without its texts.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Unpack
from urllib.parse import quote

from markupsafe import Markup

from .. import __version__
from ..display import Display, Table, Words, anchor, digest, few_colours, link_layer, macros, picture, pieces
from ..errors import ChartError
from ..safe_text import visible
from .layout import FRAME, GROUND, NARROW, OWN, WIDTH, Sheet, house_style

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

METADATA: Final[Mapping[str, Mapping[str, None]]] = {"svg": {}, "pdf": {"CreationDate": None}, "png": {"Software": None}}
"""The formats of files, and what matplotlib would write into them that is not the same twice."""
Draw = Callable[[Sheet], Mapping[str, Any]]
"""Draws a chart on a sheet of any width, leaves there the places that lead to sentences, and gives its parts by name."""


@dataclass(frozen=True, repr=False)
class Chart(Display):
    """A finished chart.

    Attributes:
        figure: matplotlib's figure, your own where you gave Axes. ``save`` writes it as it is then.
        axes: the Axes it is drawn on, from the top.
        parts: what was drawn, by name: for each panel or row its Axes and artists.
        title, subtitle, source, alt, tables, name: all that it says, as ``display.captions.Words`` explains it.
        sheet: what it is drawn on.
        redraw: draws it for a narrow page; None where it cannot be drawn again.
        own: the rcParams that were yours when it was drawn.
        linked: whether its marks lead to their sentences, which only a page of the report holds.
    """

    figure: Figure
    axes: list[Axes]
    parts: Mapping[str, Any]
    title: str
    subtitle: str
    source: str
    alt: str
    tables: tuple[Table, ...]
    name: str
    sheet: Sheet
    redraw: Callable[[], Chart] | None = None
    own: Mapping[str, Any] = field(default_factory=dict)
    linked: bool = True
    _rules = ("chart", "table")

    @property
    def table(self) -> Table:
        """The numbers of the chart, the table nearest to what it shows."""
        return self.tables[0]

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
        if kind not in METADATA:
            raise ChartError(f"A chart cannot be saved as {path.name!r}. Give it one of these endings: .svg, .pdf, .png.")
        if not path.parent.is_dir():
            raise ChartError(f"There is no folder {str(path.parent)!r} to save {path.name!r} in. Make it first.")
        path.write_bytes(self.picture(kind, title=title, notes=notes))
        return path

    def picture(self, kind: str = "svg", *, title: str | None = None, notes: bool = True) -> bytes:
        """The bytes of a file of its own, as ``save`` writes it."""
        title = self.title if title is None else visible(title)
        usual, made = self.sheet.words, io.BytesIO()
        with house_style(self.own):
            self.sheet.frame(title, *[self.subtitle, self.source] * notes)
            try:
                if kind == "svg":
                    return self._svg(title or self.title).encode()
                named = {**METADATA[kind], "Title": title or self.title}
                self.figure.savefig(made, format=kind, dpi="figure" if self.sheet.given else 144, metadata=named)
                return made.getvalue() if kind == "pdf" or self.sheet.given else few_colours(made.getvalue())
            finally:
                self.sheet.frame(*usual)

    @property
    def svg(self) -> str:
        """The picture a page shows: no title, subtitle and source in it, text and lines in ``currentColor``."""
        with house_style(self.own):
            return self._svg(self.title, page=True)

    def _svg(self, title: str, *, page: bool = False) -> str:
        """The picture of a page, whose ground is the page's and whose words stand around it; or that of a file."""
        width, height = (72 * float(inches) for inches in self.figure.get_size_inches())
        ident, how = f"f{self.ident[1:]}", dict[str, Any](view=f"0 0 {width:g} {height:g}", size=(width, height))
        if page:
            ident, how = (
                self.ident,
                {"view": self.sheet.view, "without": (FRAME, GROUND), "again": len(self.sheet.pieces()) > 2},
            )
        return picture(self.sheet.svg(), ident=ident, title=title, description=self.alt, **how)

    @property
    def ident(self) -> str:
        """What its elements are called on a page: a hash of what it says."""
        texts = (self.title, self.subtitle, self.source, self.alt, *(table.caption for table in self.tables))
        return f"{'n' if self.sheet.narrow else 'c'}{digest(*texts, self.table.csv_text)}"

    def narrowed(self) -> Chart:
        """The same chart drawn for a narrow page, such as a phone's."""
        return replace(self.redraw(), linked=self.linked) if self.redraw else self

    @property
    def links(self) -> str:
        """Links as a layer over the picture, which may hold none; labelled, but not for phones, which have no pointer."""
        height, places = 72 * float(self.figure.get_size_inches()[1]), []
        for axes, (left, low, right, high), sentence, label in self.sheet.hits * self.linked:
            (x0, y0), (x1, y1) = axes.transData.transform([(left, low), (right, high)])
            top, bottom = sorted((height - y0, height - y1))
            places.append((x0, top, x1, bottom, f"#{anchor(sentence)}", "" if self.sheet.narrow else label))
        return link_layer(self.sheet.view, places)

    @property
    def citation(self) -> str:
        """How to cite the figure."""
        return f"“{self.title}” (figure). {self.source} Drawn by Toward {__version__}."

    def _html(self) -> str:
        small, strips = self.narrowed(), pieces(self.ident, self.sheet.width, self.sheet.pieces(), self.sheet.scale)
        drawn = {"w": self.svg + self.links, "n": small.svg + small.links, "p": strips}
        shown = {kind: Markup(one.replace(' xmlns="http://www.w3.org/2000/svg"', "")) for kind, one in drawn.items()}  # noqa: S704
        data = quote(self.picture().decode(), safe=" !*'(),/:;=?@&+$")
        return str(macros().chart(self, shown, small.sheet.width, data))

    def _repr_html_(self) -> str | None:  # type: ignore[override]
        """The chart as a figure of a page; nothing where it stands on your Axes, which your notebook shows itself."""
        return None if self.sheet.given else super()._repr_html_()

    def _repr_svg_(self) -> str | None:
        return None if self.sheet.given else self.picture("svg").decode()

    def _repr_png_(self) -> bytes | None:
        return None if self.sheet.given else self.picture("png")

    def __str__(self) -> str:
        return self.alt


def finish(draw: Draw, *, ax: Axes | Iterable[Axes] | None = None, **words: Unpack[Words]) -> Chart:
    """Draw a chart and give it its words: the one way a chart leaves this package.

    Args:
        draw: draws it on a ``Sheet``; called once for a wide page, and again for a narrow one when one is shown.
        ax: Axes of yours to draw on, one or several, as many as ``draw`` asks for; your rcParams hold there.
        words: ``title``, ``subtitle``, ``source``, ``alt`` and ``table``; and, where they are wanted, ``name`` and ``empty``.
            The title is the finding in about ten words. The subtitle says what is measured, on what scale, and what marks mean.

    Returns:
        The chart; the same input gives the same bytes.

    Raises:
        ChartError: a text or the table is missing.

    Example:
        >>> from analysis.charts import Row, dots
        >>> table = Table([("Norway", 0.4, 0.3, 0.5)], columns=["Actor", "Mean", "From", "To"], caption="Tone")
        >>> words = {"subtitle": "Mean tone and 90 % interval.", "source": "Made by hand.", "alt": "+0.40.", "table": table}
        >>> finish(lambda sheet: {"rows": dots(sheet, [Row("Norway", 0.4, 0.3, 0.5)])}, title="Clear lean", **words)
        +0.40.
    """
    title, notes, table, empty = words.get("title", ""), words.get("subtitle", ""), words.get("table", ()), words.get("empty")
    notes = [notes] if isinstance(notes, str) else [*filter(None, notes)]
    subtitle, alt = " ".join(notes[:1] if empty else notes), f"An empty chart. {title}." if empty else words.get("alt", "")
    texts = {"title": title, "subtitle": subtitle, "source": words.get("source", ""), "alt": alt}
    tables, given, own = (table,) if isinstance(table, Table) else tuple(table), axes_of(ax), OWN.get({})
    for what, found in {**texts, "table": "table" if tables else ""}.items():
        if not found.strip():
            raise ChartError(f"The chart {title or alt!r} has no {what}. Give finish() a {what} that says something.")
    said: dict[str, Any] = {what: visible(text) for what, text in texts.items()} | {"name": words.get("name", "chart")}

    def drawn(width: float, again: Callable[[], Chart] | None = None) -> Chart:
        with nullcontext() if given else house_style(own):
            sheet = Sheet(width, given)
            parts = sheet.say(empty) if empty else draw(sheet)
            sheet.frame(*(said[what] for what in ("title", "subtitle", "source") if again))
        return Chart(sheet.figure, sheet.axes, parts, **said, tables=tables, sheet=sheet, redraw=again, own=own)

    return drawn(WIDTH, None if given else lambda: drawn(NARROW))


def axes_of(ax: Axes | Iterable[Axes] | None) -> list[Axes]:
    """Axes as a list, from one, a list, or an array as ``plt.subplots`` gives it."""
    return [] if ax is None else list(getattr(ax, "flat", ax if isinstance(ax, Iterable) else [ax]))
