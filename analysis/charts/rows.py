"""Charts of the first form, rows of dots: actors, voices, definitions, outlets and months side by side."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from .. import collection as compare
from .. import display as words
from ..constants import ROWS_MAX
from ..display import FEW, count, number, short_name
from ..tables import voices_of
from .export import Chart
from .forms import Row, dots_chart
from .sentences import chosen

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ..collection import By, Cell, Collection
    from ..study import Study

VOICES_MAX: Final = 8
"""Actors drawn with their voices; the table holds them all."""


def ranking(study: Study, actors: str | Iterable[str] | None = None, *, ax: Axes | None = None) -> Chart:
    """The actors by how often they are named, each with its mean tone and how sure that is.

    Args:
        study: an opened article.
        actors: names, aliases, or single words of names; None takes all. Of more than twenty, the twenty named most are drawn.
        ax: Axes of yours to draw on.

    Example:
        >>> from analysis import open_article
        >>> ranking(open_article()).parts["rows"].names[:2]
        ['North Korea', 'Russia']
    """
    ranked = words.by_mentions(chosen(study, actors))
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
    return dots_chart(rows, heads=["mean", "scored of found"], **words.ranking_words(study, ranked, shown), ax=ax)


def voice_bars(study: Study, actors: str | Iterable[str] | None = None, *, ax: Axes | None = None) -> Chart:
    """The tone toward each actor, and what the narrator and all that is attributed to sources add to it.

    Args:
        study: an opened article.
        actors: names, aliases, or single words of names; None takes all. Those with too few scored sentences for a mean are
            left out; of more than eight, the eight with most scored mentions are drawn.
        ax: Axes of yours to draw on.

    Example:
        >>> from analysis import open_article
        >>> len(voice_bars(open_article(), actors="Russia").parts["rows"].names)
        3
    """
    ranked = sorted(voices_of(study.parse, chosen(study, actors)), key=lambda item: -words.mentions_in(item[1]))
    shown, rows = [item for item in ranked if not words.is_few(item[1])][:VOICES_MAX], []
    for actor, voices in shown:
        whole = math.fsum(part.contribution for part in voices)
        rows.append(Row(actor.name, whole, texts=[number(whole)], kind="stem"))
        for name, amount, push in words.own_and_quoted(voices):
            named = f"{name}, {words.plural(amount, 'mention') if amount else 'none'}"
            rows.append(Row(named, push, texts=[number(push)], kind="bar", light=True))
    return dots_chart(rows, heads=["tone"], step=23, **words.voices_words(study, ranked, shown), ax=ax)


def specification_chart(study: Study, actor: str | None = None, *, ax: Axes | None = None) -> Chart:
    """The mean tone toward one actor as it is and under every other definition, a row each.

    Args:
        study: an opened article.
        actor: a name, an alias, or one word of the name; None takes the actor with the most scored sentences.
        ax: Axes of yours to draw on.

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
    rows = [
        Row.of(spec.name, value, number(value.value) if value.value is not None else FEW, str(value.n), group=choice)
        for spec, choice, value in told
    ]
    said = words.specification_words(study, specs, who, told)
    return dots_chart(rows, heads=["mean", "n"], step=22, **said, ax=ax)


def tones_by_group(collection: Collection, cells: Sequence[Cell], *, by: By | None = None, ax: Axes | None = None) -> Chart:
    """The tone toward each shared actor in each group: its mean with the interval, and a fine line for each sentence.

    Args:
        collection: the articles.
        cells: what ``shared_tones`` returned.
        by: as for ``grouping``.
        ax: Axes of yours to draw on.

    Example:
        >>> from analysis import open_articles, read_text
        >>> from analysis.collection import shared_tones
        >>> texts = {"Post": "Norway said that the rescuers of Sweden were brave.", "Star": "The leaders of Sweden were liars."}
        >>> collection = open_articles([read_text(text, outlet=name) for name, text in texts.items()], scorer="clause")
        >>> print(tones_by_group(collection, shared_tones(collection)).title)
        Too few sentences to compare two outlets toward any actor
    """
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
    return dots_chart(rows, heads=["sentences"], **compare.groups_words(collection, cells, by=by), ax=ax)


def tone_by_month(collection: Collection, cells: Sequence[Cell], *, ax: Axes | None = None) -> Chart:
    """The tone toward the first of the actors month by month; a month without a scored sentence is an empty row.

    Args:
        collection: the articles.
        cells: what ``shared_tones`` returned.
        ax: Axes of yours to draw on.

    Example:
        >>> from analysis import open_articles, read_text
        >>> from analysis.collection import shared_tones
        >>> praise = read_text("Norway said that the rescuers of Sweden were brave.", date="2024-03-05")
        >>> blame = read_text("The leaders of Sweden were liars.", date="2024-05-02")
        >>> collection = open_articles([praise, blame], scorer="clause")
        >>> [row[1] for row in tone_by_month(collection, shared_tones(collection)).table.rows]
        ['2024-03', '2024-04', '2024-05']
    """
    estimates = compare.months(collection, cells[0].actor) if cells else []
    rows = [Row.of(month, value, count(value.n) if value.n else "–") for month, _, value in estimates]
    return dots_chart(rows, heads=["sentences"], **compare.months_words(collection, cells), ax=ax)
