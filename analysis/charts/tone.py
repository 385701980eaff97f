"""Tone toward each actor: a panel an actor, and actors ranked side by side.

A bar is a scored sentence, a tick on the zero line one that names the actor with nothing to score, and nothing at all
one that does not name it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

from ..constants import PANELS_MAX
from ..display import (
    SCALE,
    STATES,
    actors_said,
    actors_table,
    bar_notes,
    coverage,
    out_of,
    plural,
    short_name,
    source_line,
    tone_title,
    tones_table,
    whiskers,
    with_counts,
)
from ..errors import ChartError
from ..estimates import slots_of
from ..model import ToneSeries
from .axis import ENDS, MARGINS, hits_of, sentence_axis
from .export import Chart, axes_of, finish
from .forms import Drawn, bars
from .layout import Sheet, fit, note, size_of, text_width
from .style import HEAD, secondary

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ..study import Study

PANEL: Final = 80.0
NOBODY: Final = "No person, country or organisation was found."


def chosen(study: Study, actors: str | Iterable[str] | None) -> list[ToneSeries]:
    """The series of the actors asked for, each once, in that order; of all where none is."""
    if actors is None:
        return list(study.series)
    found = study.only(*([actors] if isinstance(actors, str) else actors))
    return list({one.actor.name: one for one in found}.values())


def tone_panels(
    study: Study,
    actors: str | Iterable[str] | None = None,
    *,
    ax: Axes | Iterable[Axes] | None = None,
    overlay: bool = False,
    link: bool = True,
) -> Chart:
    """The tone toward each actor through the article, one actor a panel.

    Args:
        study: an opened article.
        actors: names, aliases, or single words of names; None takes all. Of more than six, the six named most are drawn.
        ax: Axes of yours to draw on: one for each actor, or one for two actors, who are then overlaid.
        overlay: draw two actors into one panel: the first as bars, the second as discs on stems.
        link: make each mark lead to its sentence (``#s12``).

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
    shown = sorted(by_mentions(series)[:PANELS_MAX], key=_first) if actors is None else series[:PANELS_MAX]
    given = [] if ax is None else axes_of(ax)
    overlay = overlay or (len(given) == 1 and len(shown) == 2)
    if overlay and len(shown) != 2:
        raise ChartError(f"Two actors can be overlaid, not {len(shown)}. Name two: actors=[...].")
    if given and len(given) < (1 if overlay else len(shown)):
        need = plural(len(shown), "actor is", "actors are")
        raise ChartError(f"{need} to be drawn on {len(given)} Axes. Give one for each, or name fewer: actors=[...].")
    groups = [shown] if overlay else [[one] for one in shown]

    def draw(sheet: Sheet) -> dict[str, Drawn]:
        parts: dict[str, Drawn] = {}
        left, right = MARGINS[sheet.narrow]
        for group in groups:
            last = group == groups[-1]
            above = 32.0 + 18 * (len(group) * (1 + sheet.narrow) - 1)
            axes = sheet.panel(PANEL, left=left, right=right, above=above, below=0 if last else 12)
            for order, one in enumerate(group):
                parts[one.actor.name] = drawn = bars(
                    axes,
                    **_marks(one),
                    mean=None if overlay else one.estimate,
                    stems=order > 0,
                    shift=(-0.2, 0.2)[order] if overlay else 0.0,
                )
                if link:
                    sheet.hits += hits_of(axes, drawn.slots, [point.sentence for point in one.points], STATES["unscored"])
            _heading(sheet, axes, group, left=left)
            axes.set_yticks([-1, 0, 1], ENDS[sheet.narrow])
            names = last or bool(sheet.given)
            sentence_axis(sheet, axes, study.parse, right=right, headings=False, names=names)
        if any(drawn.mean for drawn in parts.values()):
            note(axes, "mean", (1, 0), (28, -18), ha="center", color=secondary())
        return parts

    panels, total = [slots_of(**_marks(one)) for one in shown], len(study.parse.sentences)
    notes = [
        f"Tone of the wording toward each actor, {SCALE}.",
        *bar_notes(panels, total, "scored", STATES["unscored"], trend=not overlay),
        f"Disc: the same for {short_name(shown[1].actor.name)}." if overlay else "",
        "" if overlay else whiskers((one.estimate for one in shown), "At the right"),
        out_of("actors named most", len(shown), len(series)),
    ]
    title = tone_title(series)
    drawn = f"{plural(len(groups), 'panel')}, one an actor by first mention, a bar a scored sentence"
    return finish(
        draw,
        title=title,
        subtitle=notes,
        source=source_line(study.article, study.method, coverage(series)),
        alt=f"{title}. {drawn}, {SCALE}, over {plural(total, 'sentence')}. {actors_said(shown)}.",
        table=(actors_table(series, "Tone toward each actor"), tones_table(series)),
        name="tone",
        ax=ax,
        empty="" if shown else NOBODY,
    )


def _marks(one: ToneSeries) -> dict[str, list[Any]]:
    """What ``bars`` draws of an actor."""
    points = one.points
    named, sure = [point.state != "absent" for point in points], [point.certain for point in points]
    return {"values": [point.tone for point in points], "named": named, "sure": sure}


def _heading(sheet: Sheet, axes: Axes, group: Sequence[ToneSeries], *, left: float) -> None:
    """The names above a panel, each with its estimate and counts: all at the left, where a reader looks first."""
    both = len(group) > 1
    if sheet.given:
        name, told = " and ".join(one.actor.name for one in group), "bars and discs" if both else with_counts(group[0])
        wide, high = size_of(axes)
        above = text_width(name) + text_width(told) + 14 > wide  # the name goes over its numbers
        axes.set_title(name, loc="left", y=1 + 20 / high if above else None)
        axes.set_title(told, loc="right", fontsize="medium", fontweight="normal")
        return
    y = 14.0 + 18 * (len(group) * (1 + sheet.narrow) - 1)
    for one, mark in zip(group, (" (bars)", " (discs)"), strict=False):
        told = with_counts(one)
        room = sheet.width - 12 - (0 if sheet.narrow else 14 + text_width(told))
        name = fit(one.actor.name + mark * both, room, size=HEAD, bold=True)
        beside = 0.0 if sheet.narrow else text_width(name, size=HEAD, bold=True) + 10
        note(axes, name, (0, 1), (4 - left, y), fontweight="bold", fontsize=HEAD)
        note(axes, told, (0, 1), (4 - left + beside, y - 18 * sheet.narrow), color=secondary())
        y -= 18 * (1 + sheet.narrow)


def _first(series: ToneSeries) -> int:
    return next((place for place, point in enumerate(series.points) if point.state != "absent"), len(series.points))


def by_mentions(series: Sequence[ToneSeries]) -> list[ToneSeries]:
    """The actors named most first, then by their first mention."""
    return sorted(series, key=lambda one: (-one.mention_count, _first(one)))
