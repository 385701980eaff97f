"""Tone toward each actor: a panel an actor, and actors ranked side by side.

A bar is a scored sentence, a tick on the zero line one that names the actor with nothing to score, and nothing at all
one that does not name it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

from ..constants import BARS_MAX, MIN_POINTS, PANELS_MAX, ROWS_MAX
from ..display import (
    FEW,
    Link,
    Table,
    count,
    estimate,
    interval,
    number,
    plural,
    ranking_title,
    short_name,
    tone_title,
)  # fmt: skip
from ..errors import ChartError
from ..model import ToneSeries
from ..safe_text import shorten
from .axis import SentenceAxis
from .export import SCALE, Chart, Hit, finish, source_line
from .forms import Bars, Row, Slot, bars, dots, slots_of
from .layout import Sheet, fit, note, text_width
from .style import HEAD, secondary

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ..study import Study

PANEL: Final = 80.0
MARGINS: Final = ((102.0, 56.0), (74.0, 48.0))
"""Room at the left and right of a panel, on a wide sheet and on a narrow one."""
ENDS: Final = (("negative −1", "0", "positive +1"), ("negative", "0", "positive"))
NOBODY: Final = "No person, country or organisation was found."
STATES: Final = {"scored": "scored", "unscored": "named, nothing to score"}


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
    shown = _most_named(series, PANELS_MAX) if actors is None else series[:PANELS_MAX]
    given = [] if ax is None else list(getattr(ax, "flat", ax if isinstance(ax, Iterable) else [ax]))
    overlay = overlay or (len(given) == 1 and len(shown) == 2)
    if overlay and len(shown) != 2:
        raise ChartError(f"Two actors can be overlaid, not {len(shown)}. Name two: actors=[...].")
    if given and len(given) < (1 if overlay else len(shown)):
        need = plural(len(shown), "actor is", "actors are")
        raise ChartError(f"{need} to be drawn on {len(given)} Axes. Give one for each, or name fewer: actors=[...].")
    slots = {one.actor.name: _slots(one) for one in shown}
    groups = [shown] if overlay else [[one] for one in shown]

    def draw(sheet: Sheet) -> tuple[dict[str, Bars], list[Hit]]:
        if not shown:
            sheet.say(NOBODY)
            return {}, []
        parts: dict[str, Bars] = {}
        hits: list[Hit] = []
        left, right = MARGINS[sheet.narrow]
        for place, group in enumerate(groups):
            last = place == len(groups) - 1
            above = 32.0 + 18 * (len(group) * (1 + sheet.narrow) - 1)
            axes = sheet.panel(PANEL, left=left, right=right, above=above, below=0 if last else 12)
            axis = SentenceAxis.of(sheet, axes, study.parse, right=right, headings=False)
            for order, one in enumerate(group):
                beside = (0.2, -0.2)[order == 0] if overlay else 0.0
                named, sure = [point.state != "absent" for point in one.points], [point.certain for point in one.points]
                parts[one.actor.name] = bars(
                    axes,
                    [point.tone for point in one.points],
                    named=named,
                    sure=sure,
                    mean=None if overlay else one.estimate,
                    parts=axis.parts if order == 0 else (),
                    stems=order > 0,
                    shift=beside,
                )
                hits += hits_of(axes, slots[one.actor.name], [point.sentence for point in one.points], STATES["unscored"])
            _heading(sheet, axes, group, left=left, right=right, overlay=overlay)
            axes.set_yticks([-1, 0, 1], ENDS[sheet.narrow])
            axes.set_xticks([])
            if last or sheet.given:
                axis.draw(sheet)
        if any(one.estimate.value is not None for one in shown) and not overlay:
            note(axes, "mean", (1, 0), (28, -18), ha="center", color=secondary())
        return parts, hits

    drawn = [slot for found in slots.values() for slot in found]
    per = -(-len(study.parse.sentences) // BARS_MAX)
    kind = "" if overlay else interval_kind(shown)
    notes = [
        f"Tone of the wording toward each actor, {SCALE}.",
        "Bar: a scored sentence." if per < 2 else f"Bar: mean of the scored sentences among {per} in a row.",
        f"Disc: the same for {short_name(shown[1].actor.name)}." if overlay else "",
        "Hollow: too uncertain to call." if any(slot.value is not None and not slot.sure for slot in drawn) else "",
        zero_note(drawn, STATES["unscored"]),
        "Empty: not named." if shown else "Without an actor there is nothing to measure.",
        f"Dot and whiskers at the right: mean and {kind}." if kind else "",
        trend_note(per) if not overlay and any(map(has_trend, slots.values())) else "",
        rest_note(len(shown), len(series)),
    ]
    title, told = tone_title(series), "; ".join(map(_estimate_words, shown))
    panels = f"{plural(len(groups), 'panel')}, one an actor by first mention, a bar a scored sentence"
    return finish(
        draw,
        title=title,
        subtitle=notes if shown else (notes[0], notes[5]),
        source=source_line(study, _coverage(series)),
        alt=f"{title}. {panels}, {SCALE}, over {plural(len(study.parse.sentences), 'sentence')}. {told}."
        if shown
        else f"An empty chart. {title}.",
        table=(_actors_table(series, "Tone toward each actor"), _sentences_table(series)),
        name="tone",
        ax=ax,
        link=link,
    )


def _slots(one: ToneSeries) -> list[Slot]:
    points = one.points
    return slots_of([p.tone for p in points], [p.state != "absent" for p in points], [p.certain for p in points])


def _heading(sheet: Sheet, axes: Axes, group: Sequence[ToneSeries], *, left: float, right: float, overlay: bool) -> None:
    """The names above a panel, each with its estimate and counts: all at the left, where a reader looks first."""
    if sheet.given:
        axes.set_title(" and ".join(one.actor.name for one in group), loc="left")
        axes.set_title(
            _told(group[0]) if len(group) == 1 else "bars and discs", loc="right", fontsize="medium", fontweight="normal"
        )
        return
    room = sheet.inner(left, right) + left + right - 12
    y = 14.0 + 18 * (len(group) * (1 + sheet.narrow) - 1)
    for order, one in enumerate(group):
        name = f"{one.actor.name} ({('bars', 'discs')[order]})" if overlay else one.actor.name
        told = _told(one)
        name = fit(name, room if sheet.narrow else room - 14 - text_width(told), size=HEAD, bold=True)
        note(axes, name, (0, 1), (4 - left, y), fontweight="bold", fontsize=HEAD)
        across = 0.0 if sheet.narrow else text_width(name, size=HEAD, bold=True) + 10
        y -= 18 * sheet.narrow
        note(axes, told, (0, 1), (4 - left + across, y), color=secondary())
        y -= 18


def _told(one: ToneSeries) -> str:
    """An estimate with its counts."""
    value = one.estimate
    told = f"{number(value.value)} ({interval(value)})" if value.value is not None else estimate(value)
    return f"{told}, {count(one.scored_count)} of {count(one.mention_count)} scored"


def ranking(study: Study, actors: str | Iterable[str] | None = None, *, ax: Axes | None = None) -> Chart:
    """The actors by how often they are named, each with its mean tone and how sure that is.

    Args:
        study: an opened article.
        actors: names, aliases, or single words of names; None takes all. Of more than twenty, the twenty named most are drawn.
        ax: Axes of yours to draw on.

    Returns:
        The chart, with a table of every actor.

    Example:
        >>> from analysis import open_article
        >>> ranking(open_article()).parts["rows"].names[:2]
        ['North Korea', 'Russia']
    """
    series = chosen(study, actors)
    ranked = sorted(series, key=lambda one: (-one.mention_count, _first(one)))
    shown = ranked[:ROWS_MAX]
    rows = [
        Row.of(
            one.actor.name,
            one.estimate,
            number(one.estimate.value) if one.estimate.value is not None else FEW,
            f"{count(one.scored_count)} of {count(one.mention_count)}",
            marks=[point.tone for point in one.points if point.tone is not None],
        )
        for one in shown
    ]

    def draw(sheet: Sheet) -> tuple[dict[str, Any], tuple[()]]:
        if not rows:
            sheet.say(NOBODY)
            return {}, ()
        return {"rows": dots(sheet, rows, heads=["mean", "scored of found"])}, ()

    title, kind = ranking_title(ranked), interval_kind(shown)
    notes = [
        f"Actors by mentions. Mean tone of the wording toward each, {SCALE}.",
        f"Dot and whiskers: mean and {kind}; coloured where that lies on one side of zero." if kind else "",
        "Fine lines: scored sentences." if any(row.marks for row in rows) else "",
        rest_note(len(shown), len(series)),
    ]
    told = f"{title}. A row an actor by mentions, mean tone {SCALE}. {'; '.join(map(_estimate_words, shown))}."
    return finish(
        draw,
        title=title,
        subtitle=notes if rows else "Actors by mentions; without one there is nothing to rank.",
        source=source_line(study, _coverage(series)),
        alt=told if rows else f"An empty chart. {title}.",
        table=_actors_table(ranked, "Actors by mentions, with their tone"),
        name="ranking",
        ax=ax,
    )


# --- what charts of sentences share ------------------------------------------------------------------------------


def has_trend(slots: Sequence[Slot]) -> bool:
    """Whether a running mean is drawn over these bars: ``MIN_POINTS`` in a row are scored."""
    run, last = 0, 0
    for slot in slots:
        run = 0 if slot.value is None else run + 1 if slot.first == last + 1 else 1
        last = slot.last
        if run >= MIN_POINTS:
            return True
    return False


def trend_note(per: int) -> str:
    """What the line over the bars is."""
    what = "sentences" if per < 2 else "bars"
    return f"Line: running mean of {MIN_POINTS} {what}, where {MIN_POINTS} or more in a row are scored."


def zero_note(slots: Sequence[Slot], silent: str) -> str:
    """What stands on the zero line, so far as anything does; ``silent`` is what a tick means."""
    block = "Block on zero: scored, next to zero." if any(slot.flat for slot in slots) else ""
    tick = f"Tick on zero: {silent}." if any(slot.value is None for slot in slots) else ""
    return f"{block} {tick}".strip()


def hits_of(axes: Axes, slots: Sequence[Slot], sentences: Sequence[Any], name: str) -> list[Hit]:
    """Where a panel leads to its sentences; ``name`` is what a slot without a value is called."""
    found = []
    for slot in slots:
        first, last, sentence = slot.first, slot.last, sentences[slot.at]
        where = f"Sentence {count(sentence.index + 1)}" if first == last else f"Sentences {count(first)} to {count(last)}"
        what = number(slot.value) if slot.value is not None else name
        if 1 < slot.scored < MIN_POINTS:
            what = f"{slot.scored} scored sentences"
        found.append(Hit(axes, (first - 0.5, -1, last + 0.5, 1), sentence, f"{where}: {what}"))
    return found


def rest_note(shown: int, known: int) -> str:
    """That more are known than drawn."""
    return f"The {shown} actors named most of {count(known)}; the table holds all." if shown < known else ""


def interval_kind(series: Sequence[ToneSeries]) -> str:
    """What the whiskers are; "" where nothing has any."""
    return next((one.estimate.method for one in series if one.estimate.value is not None), "")


def _coverage(series: Sequence[ToneSeries]) -> str:
    scored = sum(one.scored_count for one in series)
    return f"{count(scored)} of {plural(sum(one.mention_count for one in series), 'mention')} scored."


def _estimate_words(series: ToneSeries) -> str:
    return f"{short_name(series.actor.name, 60)}: {estimate(series.estimate)}, " + (
        f"{count(series.scored_count)} of {plural(series.mention_count, 'mention')} scored"
    )


def _first(series: ToneSeries) -> int:
    return next((place for place, point in enumerate(series.points) if point.state != "absent"), len(series.points))


def _most_named(series: Sequence[ToneSeries], most: int) -> list[ToneSeries]:
    """The actors named most, in the order of their first mention."""
    return sorted(sorted(series, key=lambda one: (-one.mention_count, _first(one)))[:most], key=_first)


def _actors_table(series: Sequence[ToneSeries], caption: str) -> Table:
    return Table(
        [
            (
                *(one.actor.name, one.actor.kind, one.mention_count, one.scored_count),
                *(one.estimate.value, one.estimate.lo, one.estimate.hi, one.estimate.n),
            )
            for one in series
        ],
        columns=["Actor", "Kind", "Mentions", "Scored", "Mean tone", "From", "To", "Distinct scored sentences"],
        caption=caption,
        note=f"From, To: {interval_kind(series) or 'no interval'}. –: {FEW} for a mean.",
        csv="actors",
    )


def _sentences_table(series: Sequence[ToneSeries]) -> Table:
    return Table(
        [
            (
                *(shorten(one.actor.name, 120), Link.to(point.sentence), point.sentence.section.kind),
                "too uncertain to call" if point.tone is not None and not point.certain else STATES[point.state],
                *(point.tone, len(point.scores)),
            )
            for one in series
            for point in one.points
            if point.state != "absent"
        ],
        columns=["Actor", "Sentence", "Part", "State", "Tone", "Mentions"],
        caption="Tone toward each actor by sentence",
        csv="tone-by-sentence",
    )
