"""Numbers become charts: inline SVG that reads on light and dark, on phones and aloud, with its numbers in a table.

Tone is position first and colour second. A bar is a scored sentence, a tick on the zero line one that names the
actor with nothing to score, and nothing at all one that does not name it. ``finish`` is the one way out: it refuses a
chart without its texts.
"""

from __future__ import annotations

import io
import math
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any, Literal

from ..constants import BARS_MAX, MIN_POINTS, PANELS_MAX, ROWS_MAX
from ..display import (
    Link,
    Shown,
    Table,
    Together,
    anchor,
    attribute,
    count,
    digest,
    estimate,
    interval,
    listing,
    number,
    passages,
    plural,
    safe,
    say,
    shorten,
    visible,
)
from ..errors import ChartError
from ..model import Article, Cast, Mention, Sentence, Sentiment, Series
from .style import HEAD, INK, NEGATIVE, POSITIVE, SECONDARY, TEXT, WIDTH, Canvas, Segment, fit, settings, text_width

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from ..study import Study

FONTS = "system-ui,-apple-system,'Segoe UI','Liberation Sans',Arial,sans-serif"
SVG = "{http://www.w3.org/2000/svg}"
XLINK = "{http://www.w3.org/1999/xlink}"
SCALE = "from −1 (negative) to +1 (positive)"

Verdict = Literal["positive", "negative", "mixed", "close to neutral"]


# --- the way out ---------------------------------------------------------------------------------------------------
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


# --- SVG as pages want it ------------------------------------------------------------------------------------------
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


# --- sentences along a line ----------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Line:
    """Where sentences stand between ``left`` and ``right``: ``per`` of them share a slot when there are too many."""

    left: float
    right: float
    sentences: tuple[Sentence, ...]

    @property
    def per(self) -> int:
        return max(1, math.ceil(len(self.sentences) / BARS_MAX))

    @property
    def slots(self) -> int:
        return max(1, math.ceil(len(self.sentences) / self.per))

    @property
    def step(self) -> float:
        return (self.right - self.left) / self.slots

    @property
    def bar(self) -> float:
        """The width of a bar."""
        return min(18.0, max(0.8 * self.step, 1.0))

    def start(self, place: int) -> float:
        """The left edge of the slot of the sentence at a place."""
        return self.left + (place // self.per) * self.step

    def middle(self, slot: int) -> float:
        """The middle of a slot."""
        return self.left + (slot + 0.5) * self.step


@dataclass(frozen=True, slots=True)
class _Run:
    """Sentences in a row that belong together: its name and where it begins."""

    name: str
    place: int


def runs_of(sentences: Sequence[Sentence], article: Article, *, headings: bool) -> list[_Run]:
    """The parts of an article: headline, summary and body, or the body by its headings."""
    runs: list[_Run] = []
    for place, sentence in enumerate(sentences):
        kind = sentence.section.kind
        if headings and kind == "heading":
            name = " ".join(article.text[sentence.section.start : sentence.section.end].split())
            if place and sentences[place - 1].section == sentence.section:
                continue
            runs.append(_Run(name, place))
            continue
        name = "body" if kind == "heading" else kind
        if name == "body" and headings and runs and runs[-1].name not in ("headline", "summary"):
            continue
        if not runs or runs[-1].name != name:
            runs.append(_Run(name, place))
    return runs


LABEL = 260.0
"""The widest a part's name may be."""


def label_rows(line: Line, runs: Sequence[_Run], *, edge: float, rows: int) -> list[tuple[_Run, int, str]]:
    """Which row the name of each part stands in, and how it reads there.

    Placed from the right, so that no name stands in the way of the line down to another. A name for which no row
    is free is left out; the table has it.
    """
    ends = [edge] * rows
    placed = []
    for run in reversed(runs):
        x = line.start(run.place)
        whole = min(text_width(fit(run.name, LABEL)), LABEL)
        row = next(
            (row for row in range(rows) if ends[row] - x - 8 >= whole), max(range(rows), key=lambda row: (ends[row], -row))
        )
        name = fit(run.name, min(ends[row] - x - 8, LABEL))
        if len(name) >= min(8, len(run.name)):
            placed.append((run, row, name))
            ends[: row + 1] = [x] * (row + 1)
    return placed[::-1]


def draw_axis(canvas: Canvas, line: Line, placed: Sequence[tuple[_Run, int, str]], y: float) -> None:
    """Sentence numbers and the names of the parts, from ``y`` down."""
    total = len(line.sentences)
    if total:
        wide = text_width(count(total)) + 14
        room = (line.right - line.left) / total
        each = next((step for step in _STEPS if step >= total or room * step >= wide), total)
        marks = [1, *range(each if each > 1 else 2, total + 1, each)]
        shown: list[tuple[float, int]] = []
        for mark in marks:
            x = line.middle((mark - 1) // line.per)
            near = shown and x - shown[-1][0] < wide
            if not near and x + text_width(count(mark)) / 2 <= line.right + 6:
                shown.append((x, mark))
        canvas.lines([(x, y, x, y + 4) for x, _ in shown], color=SECONDARY)
        for x, mark in shown:
            canvas.text(x, y + 20, count(mark), align="center", color=SECONDARY)
        canvas.text(line.left - 10, y + 20, "sentence", align="right", color=SECONDARY)
    for run, row, name in placed:
        x = line.start(run.place)
        canvas.lines([(x, y, x, y + 40 + 17 * row)], color=SECONDARY, alpha=0.6)
        canvas.text(x + 4, y + 40 + 17 * row, name, color=SECONDARY)


_STEPS = [1, *(base * 10**power for power in range(7) for base in (5, 10, 20))]


def axis_height(placed: Sequence[tuple[_Run, int, str]]) -> float:
    return 46.0 + 17 * max((row for _, row, _ in placed), default=-1)


FLAT = 0.02
"""A bar lower than this would hide in the zero line; it is drawn as a block on it, for a score of zero is not silence."""


@dataclass(frozen=True, slots=True)
class _Slot:
    """What a slot shows: the mean of its scored sentences, or that some are named or charged with nothing to score."""

    place: int
    tone: float | None
    sentence: Sentence
    scored: int
    marked: bool
    certain: bool

    @property
    def flat(self) -> bool:
        """Whether its bar would be too low to see."""
        return self.tone is not None and abs(self.tone) < FLAT


def _slots(line: Line, values: Sequence[tuple[Sentence, float | None, bool, bool]]) -> list[_Slot]:
    found = []
    for place, group in groupby(enumerate(values), key=lambda item: item[0] // line.per):
        members = [value for _, value in group]
        scored = [(sentence, tone, certain) for sentence, tone, _, certain in members if tone is not None]
        named = [sentence for sentence, _, marked, _ in members if marked]
        if scored:
            mean = sum(tone for _, tone, _ in scored) / len(scored)
            found.append(_Slot(place, mean, scored[0][0], len(scored), True, any(certain for *_, certain in scored)))
        elif named:
            found.append(_Slot(place, None, named[0], 0, True, False))
    return found


def _bars(canvas: Canvas, line: Line, slots: Sequence[_Slot], *, top: float, height: float, parts: Iterable[float]) -> bool:
    """Bars, ticks, zero line and trend of one panel; says whether a trend was drawn."""
    middle = top + height / 2
    half = height / 2
    canvas.lines([(line.left, y, line.right, y) for y in (top, top + height)], color=SECONDARY, alpha=0.4)
    canvas.lines([(x, top, x, top + height) for x in parts], color=SECONDARY, alpha=0.6, dash=(2, 3))
    wide = line.bar / 2
    for color, sign in ((NEGATIVE, -1), (POSITIVE, 1)):
        for certain in (True, False):
            ends = [
                (line.middle(slot.place), slot.tone)
                for slot in slots
                if slot.tone is not None and slot.tone * sign > 0 and slot.certain == certain
            ]
            boxes = [(x - wide, middle, x + wide, middle - half * tone) for x, tone in ends]
            canvas.boxes(boxes, color=color, hollow=not certain)
    canvas.lines([(line.left, middle, line.right, middle)], width=2)
    narrow = min(1.5, line.bar)
    canvas.lines(
        [(line.middle(slot.place), middle - 6, line.middle(slot.place), middle + 6) for slot in slots if slot.tone is None],
        width=narrow,
    )
    canvas.boxes(
        [
            (line.middle(slot.place) - wide, middle - 3, line.middle(slot.place) + wide, middle + 3)
            for slot in slots
            if slot.flat
        ],
        color=INK,
    )
    scored = [(slot.place, slot.tone) for slot in slots if slot.tone is not None]
    if sum(slot.scored for slot in slots) < MIN_POINTS or len(scored) < MIN_POINTS:
        return False
    means = []
    for place in range(len(scored)):
        first = min(max(place - 2, 0), len(scored) - MIN_POINTS)
        near = [tone for _, tone in scored[first : first + MIN_POINTS]]
        means.append((scored[place][0], middle - half * sum(near) / len(near)))
    runs = [[means[0]]]
    for last, mean in pairwise(means):
        if mean[0] - last[0] > 1:
            runs.append([])
        runs[-1].append(mean)
    trend = [
        (line.middle(a), y0, line.middle(b), y1) for run in runs if len(run) >= MIN_POINTS for (a, y0), (b, y1) in pairwise(run)
    ]
    canvas.lines(trend, width=2, cap="round")
    return bool(trend)


def _zero_note(slots: Sequence[_Slot], silent: str) -> str:
    """What stands on the zero line, so far as anything does; `silent` is what a tick means."""
    block = "Block on zero: scored, next to zero." if any(slot.flat for slot in slots) else ""
    tick = f"Tick on zero: {silent}." if any(slot.tone is None for slot in slots) else ""
    return f"{block} {tick}".strip()


def _trend_note(line: Line) -> str:
    bars = "sentences" if line.per == 1 else "bars"
    return f"Line: running mean of {MIN_POINTS} {bars}, where {MIN_POINTS} or more in a row are scored."


def _hits(line: Line, slots: Sequence[_Slot], *, top: float, height: float, name: str) -> list[Hit]:
    found = []
    for slot in slots:
        first = slot.place * line.per + 1
        where = f"Sentence {count(slot.sentence.index + 1)}"
        if line.per > 1:
            where = f"Sentences {count(first)} to {count(min(first + line.per - 1, len(line.sentences)))}"
        what = number(slot.tone) if slot.tone is not None else name
        x = line.left + slot.place * line.step
        found.append(Hit((x, top, x + line.step, top + height), slot.sentence, f"{where}: {what}"))
    return found


# --- words ---------------------------------------------------------------------------------------------------------
def _verdict(series: Series) -> Verdict | None:
    """What an estimate lets one say; None where it lets one say nothing."""
    estimated = series.estimate
    if estimated.value is None or estimated.lo is None or estimated.hi is None:
        return None
    if estimated.lo > 0:
        return "positive"
    if estimated.hi < 0:
        return "negative"
    tones = [point.tone for point in series.points if point.tone is not None]
    return "mixed" if min(tones, default=0) < -0.05 and max(tones, default=0) > 0.05 else "close to neutral"


def _name(series: Series, length: int = 32) -> str:
    return shorten(visible(series.actor.name), length)


def _finding(series: Sequence[Series]) -> str:
    """The tone toward the one or two actors that say most, in about ten words."""
    if not series:
        return "No person, country or organisation was found in this article"
    if not any(one.scored_count for one in series):
        return "No wording toward any actor could be scored"
    by_mentions = sorted(series, key=lambda one: -one.mention_count)
    told = [(one, _verdict(one)) for one in by_mentions]
    said = [(one, verdict) for one, verdict in told if verdict is not None]
    if not said:
        return f"Too little evidence to say what tone the article takes toward {_name(by_mentions[0])}"
    first, verdict = said[0]
    start = f"The article’s wording toward {_name(first)}"
    clear = next(((one, other) for one, other in said[1:] if other != verdict), None)
    if clear is not None:
        return f"{start} is {verdict}; toward {_name(clear[0])}, {clear[1]}"
    if len(said) > 1:
        return f"{start} and {_name(said[1][0])} is {verdict}"
    silent = next((one for one, other in told if other is None), None)
    return f"{start} is {verdict}" + (f"; toward {_name(silent)} there is too little to say" if silent else "")


def source_line(article: Article, method: str, coverage: str) -> str:
    title = shorten(visible(article.title), 90)
    read = shorten(visible(article.source), 60)
    read = "" if read == "text" else f" ({read})"
    return f"Source: “{title}”{read}. Method: {visible(method)}. {coverage}"


def _coverage(series: Sequence[Series]) -> str:
    scored = sum(one.scored_count for one in series)
    return f"{count(scored)} of {plural(sum(one.mention_count for one in series), 'mention')} scored."


def _interval_kind(series: Sequence[Series]) -> str:
    return next((one.estimate.method for one in series if one.estimate.value is not None), "")


def _estimate_words(series: Series) -> str:
    return f"{shorten(visible(series.actor.name), 60)}: {estimate(series.estimate)}, " + (
        f"{count(series.scored_count)} of {plural(series.mention_count, 'mention')} scored"
    )


def _first(series: Series) -> int:
    return next((place for place, point in enumerate(series.points) if point.state != "absent"), len(series.points))


def _most_named(series: Sequence[Series], most: int) -> list[Series]:
    """The actors named most, in the order of their first mention."""
    named = sorted(series, key=lambda one: (-one.mention_count, _first(one)))[:most]
    return sorted(named, key=_first)


def _actors_table(series: Sequence[Series], caption: str) -> Table:
    return Table(
        [
            (
                one.actor.name,
                one.actor.kind,
                one.mention_count,
                one.scored_count,
                one.estimate.value,
                one.estimate.lo,
                one.estimate.hi,
                one.estimate.n,
            )
            for one in series
        ],
        columns=["Actor", "Kind", "Mentions", "Scored", "Mean tone", "From", "To", "Distinct scored sentences"],
        caption=caption,
        note=f"From, To: {_interval_kind(series) or 'no interval'}. –: too few scored sentences to summarise.",
        csv="actors",
    )


def _rest(shown: int, known: int) -> str:
    return f"The {shown} actors named most of {count(known)}; the table holds all." if shown < known else ""


def empty_canvas(message: str) -> Canvas:
    canvas = Canvas(WIDTH, 60)
    canvas.text(WIDTH / 2, 35, message, align="center", color=SECONDARY)
    return canvas


# --- tone toward each actor ----------------------------------------------------------------------------------------
LEFT, RIGHT = 102.0, WIDTH - 56
PANEL, HEADER, GAP = 80.0, 32.0, 14.0


def tone_panels(series: Sequence[Series], *, article: Article, method: str, link: bool = True) -> Chart:
    """The tone toward each actor through the article, one actor a panel.

    Args:
        series: what ``tone_series`` returned. Of more than six, the six named most are drawn.
        article: the article, for its name and the names of its parts.
        method: scorer and version, for the line beneath.
        link: make each mark lead to its sentence (``#s12``).

    Returns:
        The chart. Its tables hold every actor and every sentence that names one.
    """
    shown = _most_named(series, PANELS_MAX)
    summary = _actors_table(series, "Tone toward each actor")
    states = {"scored": "scored", "unscored": "named, nothing to score"}
    sentences_table = Table(
        [
            (
                shorten(one.actor.name, 120),
                Link.to(point.sentence),
                point.sentence.section.kind,
                "too uncertain to call" if point.tone is not None and not point.certain else states[point.state],
                point.tone,
                len(point.scores),
            )
            for one in series
            for point in one.points
            if point.state != "absent"
        ],
        columns=["Actor", "Sentence", "Part", "State", "Tone", "Mentions"],
        caption="Tone toward each actor by sentence",
        csv="tone-by-sentence",
    )
    tables = (summary, sentences_table)
    title = _finding(series)
    source = source_line(article, method, _coverage(series))
    if not shown:
        canvas = empty_canvas("No person, country or organisation was found.")
        return finish(
            canvas.figure,
            title=title,
            subtitle="Tone is measured toward actors; without one there is nothing to measure.",
            source=source,
            alt=f"An empty chart. {title}.",
            table=tables,
        )
    line = Line(LEFT, RIGHT, tuple(point.sentence for point in shown[0].points))
    placed = label_rows(line, runs_of(line.sentences, article, headings=False), edge=WIDTH - 2, rows=3)
    parts = [line.start(run.place) for run, _, _ in placed if run.place]
    height = len(shown) * (HEADER + PANEL + GAP) + axis_height(placed)
    canvas = Canvas(WIDTH, height)
    hits: list[Hit] = []
    drawn: list[_Slot] = []
    trends = doubtful = False
    for place, one in enumerate(shown):
        top = place * (HEADER + PANEL + GAP) + HEADER
        _panel_head(canvas, one, y=top - 14)
        values = [(point.sentence, point.tone, point.state != "absent", point.certain) for point in one.points]
        doubtful |= any(point.state == "scored" and not point.certain for point in one.points)
        slots = _slots(line, values)
        drawn += slots
        trends |= _bars(canvas, line, slots, top=top, height=PANEL, parts=parts)
        _scale_labels(canvas, top, PANEL)
        _mean_mark(canvas, one, top, PANEL)
        hits += _hits(line, slots, top=top, height=PANEL, name="named, nothing to score")
    bottom = height - axis_height(placed)
    draw_axis(canvas, line, placed, bottom - GAP + 2)
    if any(one.estimate.value is not None for one in shown):
        canvas.text((RIGHT + WIDTH) / 2, bottom - GAP + 22, "mean", align="center", color=SECONDARY)
    kind = _interval_kind(shown)
    bar = "Bar: a scored sentence." if line.per == 1 else f"Bar: mean of the scored sentences among {line.per} in a row."
    notes = [
        f"Tone of the wording toward each actor, {SCALE}.",
        bar,
        "Hollow: too uncertain to call." if doubtful else "",
        _zero_note(drawn, "named, nothing to score"),
        "Empty: not named.",
        f"Dot and whiskers at the right: mean and {kind}." if kind else "",
        _trend_note(line) if trends else "",
        _rest(len(shown), len(series)),
    ]
    return finish(
        canvas.figure,
        title=title,
        subtitle=" ".join(note for note in notes if note),
        source=source,
        alt=(
            f"{title}. {plural(len(shown), 'panel')}, one an actor by first mention, a bar a scored sentence, "
            f"{SCALE}, over {plural(len(line.sentences), 'sentence')}. {'; '.join(map(_estimate_words, shown))}."
        ),
        table=tables,
        hits=hits if link else (),
    )


def _panel_head(canvas: Canvas, one: Series, *, y: float) -> None:
    """A panel's name, then its estimate and counts: all at the left, where a phone shows them first."""
    counts = f"{count(one.scored_count)} of {count(one.mention_count)} scored"
    value = one.estimate
    told = f"{number(value.value)} ({interval(value)})" if value.value is not None else estimate(value)
    right = f"{told}, {counts}"
    name = fit(one.actor.name, WIDTH - 18 - text_width(right), size=HEAD, bold=True)
    canvas.text(4, y, name, size=HEAD, bold=True)
    canvas.text(4 + text_width(name, size=HEAD, bold=True) + 10, y, right, color=SECONDARY)


def _scale_labels(canvas: Canvas, top: float, height: float) -> None:
    for y, label in ((top, "positive +1"), (top + height / 2, "0"), (top + height, "negative −1")):
        canvas.text(LEFT - 8, y + 4.5, label, align="right", color=SECONDARY)


def _mean_mark(canvas: Canvas, one: Series, top: float, height: float) -> None:
    """The estimate as a dot with whiskers in the right margin, on the panel's own scale."""
    value = one.estimate
    if value.value is None or value.lo is None or value.hi is None:
        return
    x, middle, half = (RIGHT + WIDTH) / 2, top + height / 2, height / 2
    canvas.lines([(x - 9, middle, x + 9, middle)], color=SECONDARY)
    canvas.lines([(x, middle - half * value.hi, x, middle - half * value.lo)], width=2)
    canvas.lines([(x - 4, middle - half * end, x + 4, middle - half * end) for end in (value.lo, value.hi)], width=1.5)
    canvas.dots([(x, middle - half * value.value)], radius=4)


# --- sentiment through the article -----------------------------------------------------------------------------------
def sentiment_flow(sentiments: Sequence[Sentiment], *, article: Article, method: str, link: bool = True) -> Chart:
    """The charge of the words, sentence by sentence, whatever it is about.

    Args:
        sentiments: one a sentence, in order.
        article: the article, for its name and its headings.
        method: what made the valences, for the line beneath.
        link: make each mark lead to its sentence.

    Returns:
        The chart, with a table of every sentence.
    """
    charged = [item for item in sentiments if item.valence is not None]
    below = [item for item in charged if (item.valence or 0) < 0]
    above = [item for item in charged if (item.valence or 0) > 0]
    table = Table(
        [
            (Link.to(item.sentence), item.sentence.section.kind, item.valence, ", ".join(_cue_words(item, article)) or None)
            for item in sentiments
        ],
        columns=["Sentence", "Part", "Valence", "Words behind it"],
        caption="Valence of each sentence",
        note="–: no word of the sentence is charged.",
        csv="valence-by-sentence",
    )
    coverage = f"{count(len(charged))} of {plural(len(sentiments), 'sentence')} charged."
    source = source_line(article, method, coverage)
    if not charged:
        title = "No sentence of this article holds a charged word"
        canvas = empty_canvas("No charged word was found.")
        return finish(
            canvas.figure,
            title=title,
            subtitle=f"Valence of each sentence, {SCALE}. A sentence without a charged word has none.",
            source=source,
            alt=f"An empty chart. {title}.",
            table=table,
        )
    low = min(charged, key=lambda item: item.valence or 0)
    title = f"{_balance(len(above), len(below))}; the lowest is number {count(low.sentence.index + 1)}"
    if not below:
        title = _balance(len(above), 0)
    line = Line(LEFT, WIDTH - 20, tuple(item.sentence for item in sentiments))
    placed = label_rows(line, runs_of(line.sentences, article, headings=True), edge=WIDTH - 2, rows=5)
    tall, top = 150.0, 10.0
    canvas = Canvas(WIDTH, top + tall + 12 + axis_height(placed))
    slots = _slots(line, [(item.sentence, item.valence, True, True) for item in sentiments])
    parts = [line.start(run.place) for run, _, _ in placed if run.place]
    trend = _bars(canvas, line, slots, top=top, height=tall, parts=parts)
    _scale_labels(canvas, top, tall)
    draw_axis(canvas, line, placed, top + tall + 6)
    bar = "Bar: a charged sentence." if line.per == 1 else f"Bar: mean of the charged sentences among {line.per} in a row."
    notes = [
        f"Valence of the words, {SCALE}, whatever they are about.",
        bar,
        _zero_note(slots, "no charged word"),
        _trend_note(line) if trend else "",
    ]
    return finish(
        canvas.figure,
        title=title,
        subtitle=" ".join(note for note in notes if note),
        source=source,
        alt=(
            f"{title}. A bar a charged sentence, {SCALE}, over {plural(len(sentiments), 'sentence')}: "
            f"{count(len(above))} positive, {count(len(below))} negative, "
            f"{count(len(sentiments) - len(charged))} without a charged word. "
            f"Lowest: {number(low.valence)} in sentence {count(low.sentence.index + 1)}."
        ),
        table=table,
        hits=_hits(line, slots, top=top, height=tall, name="no charged word") if link else (),
    )


def _balance(above: int, below: int) -> str:
    if above == below:
        return f"As many sentences are positive as negative, {count(above)} each"
    more, fewer = ("positive", "negative") if above > below else ("negative", "positive")
    rest = count(min(above, below)) if above and below else "none"
    return f"{plural(max(above, below), 'sentence is', 'sentences are')} {more}, {rest} {fewer}"


def _cue_words(item: Sentiment, article: Article) -> list[str]:
    return [f"{shorten(article.text[cue.start : cue.end], 40)} {number(cue.push)}" for cue in item.cues]


# --- where each actor is named ---------------------------------------------------------------------------------------
ROW = 24.0
NAMES = 168.0
FORMS = {"name": "name", "alias": "name", "demonym": "demonym", "role": "stand-in", "pronoun": "stand-in"}


def dispersion(cast: Cast, *, article: Article, method: str) -> Chart:
    """Where each actor is mentioned, and in which form.

    Args:
        cast: the actors and their mentions. Of more than twenty actors, the twenty named most are drawn.
        article: the article, for its name and its parts.
        method: what found the mentions, for the line beneath.

    Returns:
        The chart, with a table of every actor.
    """
    mentions: dict[str, list[Mention]] = {actor.name: [] for actor in cast.actors}
    for mention in cast.mentions:
        mentions[mention.actor.name].append(mention)
    order = {actor.name: place for place, actor in enumerate(cast.actors)}
    rows = [
        (
            actor.name,
            actor.kind,
            len(mentions[actor.name]),
            *(
                sum(mention.form in forms for mention in mentions[actor.name])
                for forms in (("name", "alias"), ("demonym",), ("role", "pronoun"))
            ),
            [Link.to(found[0].sentence), Link.to(found[-1].sentence)] if (found := mentions[actor.name]) else None,
        )
        for actor in cast.actors
    ]
    table = Table(
        rows,
        columns=["Actor", "Kind", "Mentions", "By name", "By demonym", "By role or pronoun", "First and last sentence"],
        caption="Mentions of each actor",
        note="–: not mentioned.",
        csv="mentions",
    )
    total = len(cast.mentions)
    source = source_line(article, method, f"{plural(total, 'mention')} of {plural(len(cast.actors), 'actor')}.")
    ranked = sorted(mentions, key=lambda name: (-len(mentions[name]), order[name]))
    if not ranked:
        title = "No person, country or organisation was found in this article"
        return finish(
            empty_canvas("No person, country or organisation was found.").figure,
            title=title,
            subtitle="Mentions by sentence; without an actor there is none.",
            source=source,
            alt=f"An empty chart. {title}.",
            table=table,
        )
    shown = sorted(ranked[:ROWS_MAX], key=lambda name: order[name])
    title = f"{shorten(visible(ranked[0]), 40)} is named most: {count(len(mentions[ranked[0]]))} of {plural(total, 'mention')}"
    line = Line(NAMES + 12, WIDTH - 64, cast.parse.sentences)
    placed = label_rows(line, runs_of(line.sentences, article, headings=False), edge=WIDTH - 2, rows=3)
    head = 30.0
    bottom = head + ROW * len(shown)
    canvas = Canvas(WIDTH, bottom + 4 + axis_height(placed))
    _form_key(canvas, line.left)
    canvas.text(WIDTH - 4, 16, "mentions", align="right", color=SECONDARY)
    canvas.lines(
        [(line.start(run.place), head, line.start(run.place), bottom) for run, _, _ in placed if run.place],
        color=SECONDARY,
        alpha=0.6,
        dash=(2, 3),
    )
    canvas.lines(
        [(line.left, head + ROW * (place + 0.5), line.right, head + ROW * (place + 0.5)) for place in range(len(shown))],
        color=SECONDARY,
        alpha=0.35,
    )
    drawn = sum(len(mentions[name]) for name in shown)
    thin = 1.0 if drawn < 1000 else 3.0 if drawn < 3000 else 4.0
    marks: dict[str, list[tuple[float, float]]] = {"name": [], "demonym": [], "stand-in": []}
    for place, name in enumerate(shown):
        y = head + ROW * (place + 0.5)
        canvas.text(NAMES, y + 4.5, fit(name, NAMES - 4), align="right")
        canvas.text(WIDTH - 4, y + 4.5, count(len(mentions[name])), align="right", color=SECONDARY)
        last: dict[str, float] = {}
        for mention in mentions[name]:
            x, form = _place(line, mention), FORMS[mention.form]
            if x - last.get(form, -9.0) >= thin:
                marks[form].append((x, y))
                last[form] = x
    canvas.dots(marks["name"], radius=4)
    canvas.diamonds(marks["demonym"], radius=5)
    canvas.dots(marks["stand-in"], radius=2)
    draw_axis(canvas, line, placed, bottom)
    notes = [
        f"A mark a mention, over {plural(len(line.sentences), 'sentence')}, actors by first mention.",
        "Marks that would hide each other are drawn once." if thin > 1 else "",
        _rest(len(shown), len(cast.actors)),
    ]
    told = [f"{shorten(visible(name), 60)} {count(len(mentions[name]))}" for name in shown]
    return finish(
        canvas.figure,
        title=title,
        subtitle=" ".join(note for note in notes if note),
        source=source,
        alt=f"{title}. Where each actor is mentioned, a row an actor; mentions: {listing(told)}.",
        table=table,
    )


def _place(line: Line, mention: Mention) -> float:
    """Where a mention stands: inside its sentence's place as far as it stands inside its sentence."""
    sentence = mention.sentence
    inside = (mention.start - sentence.start) / max(sentence.end - sentence.start, 1)
    wide = (line.right - line.left) / max(len(line.sentences), 1)
    return line.left + wide * (sentence.index + min(max(inside, 0.0), 1.0))


def _form_key(canvas: Canvas, x: float) -> None:
    """What the three marks mean, in a row."""
    places = []
    for label in ("name or alias", "demonym", "role or pronoun"):
        canvas.text(x + 16, 16, label, color=SECONDARY)
        places.append((x + 6, 11.5))
        x += 16 + text_width(label) + 18
    canvas.dots(places[:1], radius=4)
    canvas.diamonds(places[1:2], radius=5)
    canvas.dots(places[2:], radius=2)


# --- actors side by side -----------------------------------------------------------------------------------------------
def ranking(series: Sequence[Series], *, article: Article, method: str) -> Chart:
    """The actors by how often they are named, each with its mean tone and how sure that is.

    Args:
        series: what ``tone_series`` returned. Of more than twenty, the twenty named most are drawn.
        article: the article, for its name.
        method: scorer and version, for the line beneath.

    Returns:
        The chart, with a table of every actor.
    """
    ranked = sorted(series, key=lambda one: (-one.mention_count, _first(one)))
    table = _actors_table(ranked, "Actors by mentions, with their tone")
    source = source_line(article, method, _coverage(series))
    if not ranked:
        title = _finding(())
        return finish(
            empty_canvas("No person, country or organisation was found.").figure,
            title=title,
            subtitle="Actors by mentions; without one there is nothing to rank.",
            source=source,
            alt=f"An empty chart. {title}.",
            table=table,
        )
    shown = ranked[:ROWS_MAX]
    left, right, head = NAMES + 18, 412.0, 30.0
    middle, half = (left + right) / 2, (right - left) / 2
    bottom = head + 26 * len(shown)
    canvas = Canvas(WIDTH, bottom + 10)
    canvas.text(left - 8, 16, "−1 negative", color=SECONDARY)
    canvas.text(middle, 16, "0", align="center", color=SECONDARY)
    canvas.text(right + 8, 16, "positive +1", align="right", color=SECONDARY)
    canvas.text(496, 16, "mean", align="right", color=SECONDARY)
    canvas.text(WIDTH - 4, 16, "scored of found", align="right", color=SECONDARY)
    canvas.lines([(x, head - 6, x, bottom + 4) for x in (left, right)], color=SECONDARY, alpha=0.4)
    canvas.lines([(middle, head - 6, middle, bottom + 4)], width=2)
    rug: list[Segment] = []
    whiskers: list[Segment] = []
    dots: dict[str, list[tuple[float, float]]] = {INK: [], NEGATIVE: [], POSITIVE: []}
    for place, one in enumerate(shown):
        y = head + 26 * (place + 0.5)
        value = one.estimate
        canvas.text(NAMES, y + 4.5, fit(one.actor.name, NAMES - 4), align="right")
        counts = f"{count(one.scored_count)} of {count(one.mention_count)}"
        canvas.text(WIDTH - 4, y + 4.5, counts, align="right", color=SECONDARY)
        tones = sorted({round(point.tone, 2) for point in one.points if point.tone is not None})
        rug += [(middle + half * tone, y - 7, middle + half * tone, y + 7) for tone in tones]
        if value.value is None or value.lo is None or value.hi is None:
            canvas.text(496, y + 4.5, "too few", align="right", color=SECONDARY)
            continue
        canvas.text(496, y + 4.5, number(value.value), align="right")
        whiskers.append((middle + half * value.lo, y, middle + half * value.hi, y))
        verdict = _verdict(one)
        color = NEGATIVE if verdict == "negative" else POSITIVE if verdict == "positive" else INK
        dots[color].append((middle + half * value.value, y))
    canvas.lines(rug, color=SECONDARY, alpha=0.5)
    canvas.lines(whiskers, width=2.5)
    for color, places in dots.items():
        canvas.dots(places, radius=5.5, color=color)
    most = ranked[0]
    clear = [_name(one) for one in ranked if _verdict(one) in ("negative", "positive")]
    title = f"{_name(most)} is named most ({count(most.mention_count)}); " + (
        f"{plural(len(clear), 'actor has', 'actors have')} a clear tone" if clear else "no actor has a clear tone"
    )
    kind = _interval_kind(shown)
    notes = [
        f"Actors by mentions. Mean tone of the wording toward each, {SCALE}.",
        f"Dot and whiskers: mean and {kind}; coloured where that lies on one side of zero." if kind else "",
        "Fine lines: scored sentences." if rug else "",
        _rest(len(shown), len(series)),
    ]
    return finish(
        canvas.figure,
        title=title,
        subtitle=" ".join(note for note in notes if note),
        source=source,
        alt=f"{title}. A row an actor by mentions, mean tone {SCALE}. {'; '.join(map(_estimate_words, shown))}.",
        table=table,
    )


def explore(study: Study, *, actor: str, voice: str | None = None, at_least: float = 0.0, link: bool = False) -> Together:
    """Everything on one actor, for looking around in a notebook: its panel, then its sentences with their words.

    Args:
        study: an opened article.
        actor: a name, an alias, or one word of the name, whatever the case: "Russia", "moscow", "lavrov".
        voice: keep only mentions in this voice: "narrator", or a source's name.
        at_least: keep only mentions whose tone is this far from zero, in [0, 1]; above 0 it leaves out those not scored.
        link: make the marks links to the page's sentences; only where the page has them.

    Raises:
        ArticleError: the article has no such actor; the message names those it has.
    """
    one = study[actor]
    scores = [score for point in one.points for score in point.scores if voice is None or score.voice == voice]
    scores = [score for score in scores if not at_least or (score.tone is not None and abs(score.tone) >= at_least)]
    where = f" in the voice of {voice}" if voice is not None else ""
    where += f", {at_least:.2f} or more from zero" if at_least else ""
    panel = tone_panels([one], article=study.article, method=study.method, link=link)
    return Together((panel, passages(study.parse, scores, caption=f"Wording toward {one.actor.name}{where}", link=link)))


def browse(study: Study) -> Any:
    """`explore` with its choices as controls, for JupyterLab: an actor, a voice, a slider for how strong the wording is.

    Returns:
        The controls and what they choose; without ipywidgets, a sentence that says how to get it.
    """
    try:
        import ipywidgets
    except ImportError:
        return say("The controls need ipywidgets: pip install ipywidgets. Until then: explore(study, actor=...).")
    voices = sorted({score.voice for score in study.scores if score.voice is not None})
    return ipywidgets.interactive(
        lambda actor, voice, at_least: explore(study, actor=actor, voice=voice, at_least=at_least),
        actor=[one.actor.name for one in study.series],
        voice=[("every voice", None), *((voice, voice) for voice in voices)],
        at_least=ipywidgets.FloatSlider(
            min=0, max=0.9, step=0.1, continuous_update=False, description="at least", readout_format=".1f"
        ),
    )
