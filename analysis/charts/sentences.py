"""Charts along an article's sentences: the tone toward each actor, the charge of words, certainty, and mentions.

They share an axis: sentences 1, 2, 3 and the parts of the article.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from .. import display as words
from ..constants import PANELS_MAX, ROWS_MAX
from ..discourse import certainty_profile
from ..errors import ChartError
from ..estimates import Slot, per_bar, slots_of
from ..model import Mention, Parse, ToneSeries
from .export import Chart, axes_of, finish
from .forms import Drawn, Row, bare, bars, boxes, discs, dots, half_bar, lines
from .layout import HEAD, Sheet, fit, ink, note, secondary, size_of, text_width

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ..study import Study

PANEL, CERTAINTY = 80.0, 120.0
MARKS: Final[Mapping[str, Any]] = {"name": {"radius": 4}, "demonym": {"radius": 3.6, "marker": "D"}, "stand-in": {"radius": 2}}
"""The marks of the forms of a mention: large discs, hollow diamonds, small discs."""
LABEL: Final = 260.0
"""The widest a part's name may be."""
ENDS: Final = ({-1.0: "negative −1", 0.0: "0", 1.0: "positive +1"}, {-1.0: "negative", 0.0: "0", 1.0: "positive"})
"""What the heights of a panel mean, on a wide sheet and on a narrow one."""
Parts = Sequence[tuple[str, int]]
BESIDE: Final = 400.0
"""Where a panel has no more room than this, its numbers stand beneath its name."""
MARGINS: Final = ((102.0, 56.0), (74.0, 48.0))
"""Room at the left and right of a panel, on a wide sheet and on a narrow one."""


def chosen(study: Study, actors: str | Iterable[str] | None) -> list[ToneSeries]:
    """The series of the actors asked for, each once, in that order; of all where none is."""
    if actors is None:
        return list(study.series)
    found = study.only(*([actors] if isinstance(actors, str) else actors))
    return list({one.actor.name: one for one in found}.values())


def tone_panels(
    study: Study, actors: str | Iterable[str] | None = None, *, ax: Axes | Iterable[Axes] | None = None, overlay: bool = False
) -> Chart:
    """The tone toward each actor through the article, one actor a panel.

    Args:
        study: an opened article.
        actors: names, aliases, or single words of names; None takes all. Of more than six, the six named most are drawn.
        ax: Axes of yours to draw on: one for each actor, or one for two actors, who are then overlaid.
        overlay: draw two actors into one panel: the first as bars, the second as discs on stems.

    Returns:
        The chart. Its parts are named for the actors; its tables hold every actor and every sentence that names one.

    Raises:
        ArticleError: the article has no such actor.
        ChartError: more actors than can be drawn so.

    Example:
        >>> from analysis import open_article
        >>> study = open_article()
        >>> chart = tone_panels(study, actors=["Russia", "Ukraine"], overlay=True)
        >>> list(chart.parts), len(chart.axes)
        (['Russia', 'Ukraine'], 1)
    """
    series = chosen(study, actors)
    shown = words.by_mentions(series)[:PANELS_MAX] if actors is None else series[:PANELS_MAX]
    shown = sorted(shown, key=words.first_mention) if actors is None else shown
    given = axes_of(ax)
    overlay = overlay or (len(given) == 1 and len(shown) == 2)
    if overlay and len(shown) != 2:
        raise ChartError(f"Two actors can be overlaid, not {len(shown)}. Name two: actors=[...].")
    if given and len(given) < (1 if overlay else len(shown)):
        need = words.plural(len(shown), "actor is", "actors are")
        raise ChartError(f"{need} to be drawn on {len(given)} Axes. Give one for each, or name fewer: actors=[...].")
    groups, sections = [shown] if overlay else [[one] for one in shown], study.parse.parts(headings=False)
    panels = {}
    for one in shown:
        states = ((point.tone, point.state != "absent", point.certain) for point in one.points)
        panels[one.actor.name] = slots_of(*zip(*states, strict=True))

    def draw(sheet: Sheet) -> dict[str, Drawn]:
        parts: dict[str, Drawn] = {}
        left, right = MARGINS[sheet.narrow]
        for group in groups:
            last, above = group is groups[-1], 32.0 + 18 * (len(group) * (1 + sheet.narrow) - 1)
            axes = sheet.panel(PANEL, left=left, right=right, above=above, below=0 if last else 12)
            for order, one in enumerate(group):
                how = {"stems": order > 0, "shift": 0.4 * order - 0.2} if overlay else {"mean": one.estimate}
                name, silent = one.actor.name, words.STATES["unscored"]
                parts[name] = _bars(sheet, axes, study.parse, panels[name], silent, **how)
            _heading(sheet, axes, group)
            _sentence_axis(sheet, axes, sections, ENDS[sheet.narrow], names=last or bool(sheet.given))
        if any(drawn.mean for drawn in parts.values()):
            note(axes, "mean", (1, 0), (28, -18), ha="center", color=secondary())
        return parts

    return finish(draw, **words.tone_words(study, series, shown, list(panels.values()), overlay), ax=ax)


def _bars(sheet: Sheet, axes: Axes, parse: Parse, slots: Sequence[Slot], silent: str, **how: Any) -> Drawn:
    """Bars that lead to their sentences; ``silent`` is what one without a value is called."""
    for slot in slots:
        at = parse.sentences[slot.at]
        sheet.hits.append((axes, (slot.first - 0.5, -1, slot.last + 0.5, 1), at, words.slot_said(slot, at, silent)))
    return bars(axes, slots, len(parse.sentences), **how)


def _heading(sheet: Sheet, axes: Axes, group: Sequence[ToneSeries]) -> None:
    """The names above a panel, each with its estimate and counts beside it, or on narrow Axes beneath it."""
    wide = size_of(axes)[0]
    left, room = (0.0, wide) if sheet.given else (4 - MARGINS[sheet.narrow][0], sheet.width - 12)
    under = 0.0 if room > BESIDE else 18.0
    y = 14 + (18 + under) * (len(group) - 1) + under
    for one, mark in zip(group, (" (bars)", " (discs)"), strict=False):
        name, told = one.actor.name + mark * (len(group) > 1), words.with_counts(one)
        name = fit(name, room if under else room - text_width(told) - 14, size=HEAD, bold=True)
        if one is group[0]:
            font = axes.set_title(name, loc="left", x=left / wide, pad=y).get_fontproperties()
        else:
            note(axes, name, (0, 1), (left, y), fontproperties=font)
        beside = 0 if under else text_width(name, size=HEAD, bold=True) + 10
        note(axes, told, (0, 1), (left + beside, y - under), color=secondary())
        y -= 18 + under


def sentiment_flow(study: Study, *, ax: Axes | None = None) -> Chart:
    """The charge of the words, sentence by sentence, whatever it is about.

    Args:
        study: an opened article.
        ax: Axes of yours to draw on.

    Example:
        >>> from analysis import open_article
        >>> [float(end) for end in sentiment_flow(open_article()).parts["bars"].axes.get_ylim()]
        [-1.0, 1.0]
    """
    sentiments = study.sentiments
    slots = slots_of([item.valence for item in sentiments], named=[True] * len(sentiments))

    def draw(sheet: Sheet) -> dict[str, Any]:
        axes = sheet.panel(150, left=MARGINS[sheet.narrow][0], right=20, above=10)
        drawn = _bars(sheet, axes, study.parse, slots, words.UNCHARGED)
        _sentence_axis(sheet, axes, study.parse.parts(), ENDS[sheet.narrow])
        return {"bars": drawn}

    return finish(draw, **words.sentiment_words(study, sentiments), ax=ax)


def certainty_flow(study: Study, *, ax: Axes | None = None) -> Chart:
    """How surely the article states what it states, sentence by sentence.

    Args:
        study: an opened article.
        ax: Axes of yours to draw on.

    Example:
        >>> from analysis import open_article
        >>> certainty_flow(open_article()).table.rows[0][2]
        1.0
    """
    profile = certainty_profile(study.parse, study.discourse.hedges)
    total, per = len(profile), per_bar(len(profile))

    def draw(sheet: Sheet) -> dict[str, Any]:
        axes = sheet.panel(CERTAINTY, left=MARGINS[sheet.narrow][0], right=20, above=10)
        bare(axes, (0.5, total + 0.5), (0, 1))
        lines(axes, [(0.5, y, total + 0.5, y) for y in (0, 0.5)], faint=0.4)
        half, found = half_bar(size_of(axes)[0], total), []
        for first in range(0, total, per):
            group = profile[first : first + per]
            sentence, least = min(group, key=lambda item: item[1])
            if words.is_hedged(least):
                mean, x = math.fsum(value for _, value in group) / len(group), first + (len(group) + 1) / 2
                found.append((x - half, mean, x + half, 1.0))
                box = (first + 0.5, 0, first + len(group) + 0.5, 1)
                sheet.hits.append((axes, box, sentence, words.certainty_said(sentence, least)))
        drawn = boxes(axes, found, color=ink())
        lines(axes, [(0.5, 1, total + 0.5, 1)], linewidth=2)
        _sentence_axis(sheet, axes, study.parse.parts(), {0.0: "unsure 0", 0.5: "0.5", 1.0: "sure 1"})
        return {"bars": drawn, "axes": axes}

    return finish(draw, **words.certainty_words(study, profile), ax=ax)


def dispersion(study: Study, actors: str | Iterable[str] | None = None, *, ax: Axes | None = None) -> Chart:
    """Where each actor is mentioned, and in which form.

    Args:
        study: an opened article.
        actors: names, aliases, or single words of names; None takes all. Of more than twenty, the twenty named most are drawn.
        ax: Axes of yours to draw on.

    Example:
        >>> from analysis import open_article
        >>> sorted(dispersion(open_article(), actors=["Russia", "Lavrov"]).parts["marks"])
        ['demonym', 'name', 'stand-in']
    """
    cast, asked = study.cast, None if actors is None else {one.actor.name for one in chosen(study, actors)}
    mentions: dict[str, list[Mention]] = {one.name: [] for one in cast.actors if asked is None or one.name in asked}
    for mention in cast.mentions:
        mentions.get(mention.actor.name, []).append(mention)
    most = sorted(mentions, key=lambda name: -len(mentions[name]))[:ROWS_MAX]
    shown, sentences = [name for name in mentions if name in most], len(cast.parse.sentences)
    thin = 1.0 if sum(len(mentions[name]) for name in shown) < 1000 else 4.0

    def draw(sheet: Sheet) -> dict[str, Any]:
        rows = [Row(name, texts=[words.count(len(mentions[name]))]) for name in shown]
        found = dots(sheet, rows, heads=["mentions"], ticks={}, step=24)
        axes, (wide, high) = found.axes, size_of(found.axes)
        axes.set_xlim(0.5, sentences + 0.5)
        lines(axes, [(0.5, y, sentences + 0.5, y) for y in found.heights], faint=0.35)
        marks, key = {}, 0.0
        for form, (label, held) in words.FORMS.items():
            look, places = MARKS[form], dict[tuple[float, int], tuple[float, float]]()
            for name, y in zip(shown, found.heights, strict=True):
                for sentence, start in ((one.sentence, one.start) for one in mentions[name] if one.form in held):
                    x = sentence.index + 0.5 + (start - sentence.start) / (sentence.end - sentence.start)
                    places.setdefault((y, round(x * wide / sentences / thin)), (x, y))
            marks[form] = discs(axes, list(places.values()), **look)
            discs(axes, [((key + 6) / wide, 1 + 11 / high)], **look).set_transform(axes.transAxes)
            note(axes, label, (0, 1), (key + 14, 7), color=secondary())
            key += text_width(label) + (23 if sheet.narrow else 30)
        axes.xaxis.tick_bottom()
        _sentence_axis(sheet, axes, cast.parse.parts(headings=False), {}, rows=found.heights if sheet.narrow else ())
        return {"rows": found, "marks": marks}

    return finish(draw, **words.mentions_words(study, cast, mentions, shown, thin > 1), ax=ax)


def _sentence_axis(
    sheet: Sheet, axes: Axes, parts: Parts, ends: Mapping[float, str], *, names: bool = True, rows: Sequence[float] = ()
) -> None:
    """Sentences 1, 2, 3 along Axes: lines where a part begins, only at ``rows`` where given; beneath, numbers and names.

    ``ends``: what heights mean.
    """
    from matplotlib.ticker import MaxNLocator

    if ends:
        axes.set_yticks(list(ends), list(ends.values()))
        axes.get_yticklabels()[0].set_verticalalignment("bottom")  # clear of the numbers beneath
    (wide, high), total, across = size_of(axes), round(axes.get_xlim()[1] - 0.5), axes.get_xaxis_transform()
    unit, spans = wide / total, [(y - 0.5, y + 0.5) for y in rows] or [axes.get_ylim()]
    placed = _label_rows(parts, unit, edge=wide + 8, rows=8 if sheet.narrow else 5)
    lines(axes, [(x, y, x, z) for x, _, _ in placed if x > 1 for y, z in spans], faint=0.6, linestyle=(0, (2, 3)), zorder=0.5)
    axes.xaxis.set_visible(names)
    if not names:
        return
    sheet.height += 30.0 + 17 * (1 + max((row for _, row, _ in placed), default=-1))
    apart = text_width(words.count(total)) + 14
    found = MaxNLocator(max(1, int(wide / apart)), integer=True, steps=[1, 5, 10]).tick_values(0, total)
    shown = [1, *(int(mark) for mark in found if apart <= unit * (mark - 1) <= wide - apart / 2)][:total]
    axes.xaxis.set_tick_params(length=4, color=secondary(), pad=4)
    axes.set_xticks(shown, [words.count(mark) for mark in shown])
    if shown and not rows:
        note(axes, "sentence", (0, 0), (-10, -18), ha="right", color=secondary())
    for x, row, name in placed:
        note(axes, name, (x, 0), (4, -39 - 17 * row), xycoords=across, color=secondary())
    lines(axes, [(x, -2 / high, x, -(40 + 17 * row) / high) for x, row, _ in placed], faint=0.6, transform=across)


def _label_rows(parts: Parts, unit: float, *, edge: float, rows: int) -> list[tuple[float, int, str]]:
    """Where each part begins, which row its name stands in, and how it reads there.

    Names are placed from the right, out of the way of the line down to another; one for which no row is free is left out.
    """
    ends, placed = [edge] * rows, []
    for whole, place in reversed(parts):
        x = unit * place
        name = fit(whole, min(edge - x - 8, LABEL))
        row = next((row for row, end in enumerate(ends) if end - x - 8 >= text_width(name)), rows)
        if row < rows and len(name) >= min(8, len(whole)):
            placed.append((place + 0.5, row, name))
            ends[: row + 1] = [x] * (row + 1)
    return placed[::-1]
