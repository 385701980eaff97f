"""Charts of the first form, rows of dots: actors, voices, definitions, outlets and months side by side."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from .. import collection as compare
from .. import display as words
from ..constants import ROWS_MAX
from ..tables import voices_of
from .export import Chart, finish
from .forms import Row, dots
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
    rows = []
    for one in shown:
        mean = words.FEW if one.estimate.value is None else words.number(one.estimate.value)
        scored = f"{words.count(one.scored_count)} of {words.count(one.mention_count)}"
        tones = [point.tone for point in one.points if point.tone is not None]
        rows.append(Row.of(one.actor.name, one.estimate, mean, scored, marks=tones))
    said, heads = words.ranking_words(study, ranked, shown), ["mean", "scored of found"]
    return finish(lambda sheet: {"rows": dots(sheet, rows, heads=heads)}, ax=ax, **said)


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
        rows.append(Row(actor.name, whole, texts=[words.number(whole)], kind="stem"))
        for name, amount, push in words.own_and_quoted(voices):
            named = f"{name}, {words.plural(amount, 'mention') if amount else 'none'}"
            rows.append(Row(named, push, texts=[words.number(push)], kind="bar", light=True))
    said = words.voices_words(study, ranked, shown)
    return finish(lambda sheet: {"rows": dots(sheet, rows, heads=["tone"], step=23)}, ax=ax, **said)


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
        Row.of(spec.name, value, words.FEW if value.value is None else words.number(value.value), str(value.n), group=choice)
        for spec, choice, value in told
    ]
    said = words.specification_words(study, specs, who, told)
    return finish(lambda sheet: {"rows": dots(sheet, rows, heads=["mean", "n"], step=22)}, ax=ax, **said)


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
    rows = []
    for cell in cells:
        name, group = words.short_name(cell.group.name), f"Toward {words.short_name(cell.actor)}"
        marks = cell.tones if cell.sums.n <= 40 else ()
        rows.append(Row.of(name, cell.estimate, words.count(cell.sums.n), group=group, marks=marks))
    said = compare.groups_words(collection, cells, by=by)
    return finish(lambda sheet: {"rows": dots(sheet, rows, heads=["sentences"])}, ax=ax, **said)


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
    rows = [Row.of(month, value, words.count(value.n) if value.n else "–") for month, _, value in estimates]
    said = compare.months_words(collection, cells)
    return finish(lambda sheet: {"rows": dots(sheet, rows, heads=["sentences"])}, ax=ax, **said)
