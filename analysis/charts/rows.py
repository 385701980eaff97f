"""Charts of the first form, rows of dots: actors, voices, definitions, outlets and months side by side."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from ..collection import By, Cell, Collection, cell_said, comparison_title, grouping, month_rows, months, tone_rows
from ..constants import INTERVAL_SHARE, MIN_POINTS, ROWS_MAX
from ..display import (
    FEW,
    SCALE,
    Table,
    actors_said,
    actors_table,
    count,
    coverage,
    estimate,
    is_few,
    listing,
    number,
    out_of,
    plural,
    ranking_title,
    short_name,
    source_line,
    survival_line,
    voices_table,
    voices_title,
    whiskers,
)
from ..estimates import survivals
from ..model import VoicePart
from ..tables import voices_of
from .export import Chart
from .forms import Row, dots_chart
from .tone import NOBODY, by_mentions, chosen

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ..study import Study

VOICES_MAX: Final = 8
"""Actors drawn with their voices; the table holds them all."""
Voices = Sequence[VoicePart]


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
    ranked = by_mentions(chosen(study, actors))
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
    title = ranking_title(ranked)
    return dots_chart(
        rows,
        heads=["mean", "scored of found"],
        title=title,
        subtitle=[
            f"Mean tone of the wording toward each actor, {SCALE}; most named first.",
            whiskers(one.estimate for one in shown),
            "Fine lines: scored sentences." if any(row.marks for row in rows) else "",
            out_of("actors named most", len(shown), len(ranked)),
        ],
        source=source_line(study.article, study.method, coverage(ranked)),
        alt=f"{title}. A row an actor by mentions, mean tone {SCALE}. {actors_said(shown)}.",
        table=actors_table(ranked, "Actors by mentions, with their tone"),
        name="ranking",
        ax=ax,
        empty="" if rows else NOBODY,
    )


def voice_bars(study: Study, actors: str | Iterable[str] | None = None, *, ax: Axes | None = None) -> Chart:
    """The tone toward each actor, and what the narrator and all that is attributed to sources add to it.

    Args:
        study: an opened article.
        actors: names, aliases, or single words of names; None takes all. Those with too few scored sentences for a mean are
            left out; of more than eight, the eight with most scored mentions are drawn.
        ax: Axes of yours to draw on.

    Returns:
        The chart, with a table of every voice toward every actor.

    Example:
        >>> from analysis import open_article
        >>> len(voice_bars(open_article(), actors="Russia").parts["rows"].names)
        3
    """
    ranked = sorted(voices_of(study.parse, chosen(study, actors)), key=lambda item: -_mentions(item[1]))
    enough = [(actor, voices) for actor, voices in ranked if not is_few(voices)]
    shown, rows, told, exact = enough[:VOICES_MAX], [], [], True
    for actor, voices in shown:
        whole, shares = math.fsum(part.contribution for part in voices), _shares(voices)
        rows.append(Row(actor.name, whole, texts=[number(whole)], kind="stem"))
        for name, amount, push in shares:
            named = f"{name}, {plural(amount, 'mention') if amount else 'none'}"
            rows.append(Row(named, push, texts=[number(push)], kind="bar", light=True))
        said = listing(f"{name} {number(push)} ({plural(amount, 'mention')})" for name, amount, push in shares)
        told.append(f"{short_name(actor.name, 60)} {number(whole)}: {said}")
        exact &= sum(round(100 * (push or 0)) for *_, push in shares) == round(100 * whole)
    title, total, scored = voices_title(ranked), sum(_mentions(one) for _, one in ranked), sum(bool(one) for _, one in ranked)
    few, left_out = f"{FEW.capitalize()} for a mean toward any actor.", plural(scored - len(enough), "actor")
    return dots_chart(
        rows,
        heads=["tone"],
        step=23,
        title=title,
        subtitle=[
            f"Tone of the wording toward each actor, {SCALE}.",
            "Dot: the whole, the sum of the two bars beneath. Bars: what narrator and sources add to it.",
            f"Left out: {left_out} with fewer than {MIN_POINTS} scored sentences." if scored > len(enough) else "",
            "" if exact else "Numbers are rounded.",
            out_of("actors with most scored mentions", len(shown), len(enough)),
        ],
        source=source_line(study.article, study.method, f"{plural(total, 'scored mention')} of {plural(scored, 'actor')}."),
        alt=f"{title}. A block an actor, {SCALE}. {'; '.join(told)}.",
        table=voices_table(ranked),
        name="voices",
        ax=ax,
        empty="" if rows else few if total else "Nothing was scored, in any voice.",
    )


def _shares(voices: Voices) -> list[tuple[str, int, float | None]]:
    """The narrator's part and that of all sources together: mentions, and what they add; None where there is no mention."""
    own = [part for part in voices if part.voice == "narrator"]
    groups = (("narrator", own), ("sources", [part for part in voices if part.voice != "narrator"]))
    return [
        (name, _mentions(group), math.fsum(part.contribution for part in group) if group else None) for name, group in groups
    ]


def _mentions(voices: Voices) -> int:
    return sum(len(part.scores) for part in voices)


def specification_chart(study: Study, actor: str | None = None, *, ax: Axes | None = None) -> Chart:
    """The mean tone toward one actor as it is and under every other definition, a row each.

    Args:
        study: an opened article.
        actor: a name, an alias, or one word of the name; None takes the actor with the most scored sentences.
        ax: Axes of yours to draw on.

    Returns:
        The chart, with a table of the same numbers. A row is empty where too few sentences are left for a mean.

    Raises:
        ArticleError: the article has no such actor; the message names those it has.

    Example:
        >>> from analysis import open_article
        >>> specification_chart(open_article(), "Russia").parts["rows"].names[:2]
        ['as it is', 'vader']
    """
    specs = study.specifications
    base = specs[0].means
    who = study[actor].actor.name if actor is not None else max(base, key=lambda name: base[name].n, default="")
    told = [(spec, spec.choice or "the choice made", spec.means[who]) for spec in specs if who in spec.means]
    survived = next((survival_line(item) for item in survivals(specs) if item.actor == who), "")
    few = f"{FEW.capitalize()} for a mean toward {short_name(who or actor or 'any actor')}"
    title = survived.partition(";")[0].removesuffix(".") or few
    return dots_chart(
        [
            Row.of(spec.name, value, number(value.value) if value.value is not None else FEW, str(value.n), group=choice)
            for spec, choice, value in told
        ],
        heads=["mean", "n"],
        step=22,
        title=title,
        subtitle=[
            f"Mean tone of the wording toward {short_name(who or 'an actor')}, {SCALE}, under each definition. n: sentences.",
            whiskers(value for *_, value in told),
        ],
        source=source_line(study.article, study.method, f"{len(specs) - 1} other definitions."),
        alt=f"{title}. A row a definition, {SCALE}. {'; '.join(f'{spec.name}: {estimate(value)}' for spec, _, value in told)}.",
        table=Table(
            [(choice, spec.name, value, value.n) for spec, choice, value in told],
            columns=["what is chosen", "how", "mean tone", "sentences"],
            caption=f"Mean tone toward {who or 'nobody'} under each definition",
            csv="definitions",
        ),
        name="specifications",
        ax=ax,
        empty="" if told else f"A mean takes {MIN_POINTS} scored sentences.",
    )


def tones_by_group(collection: Collection, cells: Sequence[Cell], *, by: By | None = None, ax: Axes | None = None) -> Chart:
    """The tone toward each shared actor in each group: its mean with the interval, and a fine line for each sentence.

    Args:
        collection: the articles.
        cells: what ``shared_tones`` returned.
        by: as for ``grouping``.
        ax: Axes of yours to draw on.
    """
    way = grouping(collection, by)
    rows = [
        Row.of(
            short_name(cell.group.name),
            cell.estimate,
            count(cell.sums.n),
            group=f"Toward {short_name(cell.actor)}",
            marks=cell.tones if cell.sums.n <= 40 else (),
        )
        for cell in cells
    ]
    title = comparison_title(cells, way)
    return dots_chart(
        rows,
        heads=["sentences"],
        title=title,
        subtitle=f"Mean tone {SCALE} with its {100 * INTERVAL_SHARE:g} % interval over articles and sentences; a fine line is "
        "a sentence. Fewer than five sentences have no mean.",
        source=_articles(collection),
        alt=f"{title}. {'; '.join(f'{cell.actor} in {cell.group.name}: {cell_said(cell)}' for cell in cells)}.",
        table=Table(
            tone_rows(cells),
            columns=["actor", "kind", way, "articles", "sentences", "tone"],
            caption=f"Tone toward shared actors by {way}",
        ),
        ax=ax,
        empty="" if cells else "No actor is scored in two of them.",
    )


def tone_by_month(collection: Collection, cells: Sequence[Cell], *, ax: Axes | None = None) -> Chart:
    """The tone toward the first of the actors month by month; a month without a scored sentence is an empty row.

    Args:
        collection: the articles.
        cells: what ``shared_tones`` returned.
        ax: Axes of yours to draw on.
    """
    actor = cells[0].actor if cells else ""
    estimates = months(collection, actor) if actor else []
    gaps = sum(not value.n for _, _, value in estimates)
    title = f"Toward {short_name(actor)} by month" if estimates else "The articles are of one month, or have no dates"
    return dots_chart(
        [Row.of(month, value, count(value.n) if value.n else "–") for month, _, value in estimates],
        heads=["sentences"],
        title=title,
        subtitle=f"Mean tone {SCALE} with its {100 * INTERVAL_SHARE:g} % interval. Months without a scored sentence, "
        f"{count(gaps)} here, stay empty.",
        source=_articles(collection),
        alt=f"{title}. {len(estimates)} months, {gaps} of them empty.",
        table=Table(
            month_rows(collection, cells),
            columns=["actor", "month", "articles", "tone", "interval", "sentences"],
            caption="Tone by month",
        ),
        ax=ax,
        empty="" if estimates else "There is no month to compare with another.",
    )


def _articles(collection: Collection) -> str:
    return f"Source: {plural(len(collection), 'article')}. Method: {collection.method}."
