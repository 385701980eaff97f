"""What the page of a comparison shows, as plain rows, and the words around its charts."""

from __future__ import annotations

from collections.abc import Sequence

from ..constants import COPIES_SHOWN, INTERVAL_SHARE
from ..display import SCALE, Table, Words, count, number, plural, share, short_name, voice_name
from .collection import Collection
from .compare import (
    NO_OUTLET,
    By,
    Cell,
    certainties,
    copied,
    differences,
    grouping,
    groups,
    months,
    name_coverage,
    side_by_side,
    speakers,
)
from .findings import cell_said, comparison_title

Row = tuple[object, ...]


def overview(collection: Collection, *, by: By | None = None) -> list[Row]:
    """(group, articles, first date, last date, sentences) of each group."""
    known = groups(collection, by)
    rows = {
        key: rest
        for key, *rest in collection.rows(
            "SELECT coalesce(outlet, ?), min(date), max(date), sum(sentences)::BIGINT FROM articles "
            "WHERE copy_of IS NULL GROUP BY ALL UNION ALL "
            "SELECT article, date, date, sentences::BIGINT FROM articles WHERE copy_of IS NULL",
            [NO_OUTLET],
        )
    }
    return [(group.name, group.articles, *rows[group.key]) for group in known]


def copy_rows(collection: Collection, *, most: int = COPIES_SHOWN) -> list[Row]:
    """(article, outlet, copy of, its outlet, shared wording) of each copy, ``most`` at most."""
    return [(title, outlet, first, its, part) for title, outlet, first, its, part in copied(collection)[:most]]


def tone_rows(cells: Sequence[Cell]) -> list[Row]:
    """(actor, kind, group, articles, sentences, tone in words) of each cell."""
    return [(cell.actor, cell.kind, cell.group.name, cell.articles, cell.sums.n, cell_said(cell)) for cell in cells]


def difference_rows(cells: Sequence[Cell]) -> list[Row]:
    """(actor, the more positive, the other, difference, interval, sentences, finding); what settles nothing says so."""
    rows: list[Row] = []
    for difference in differences(cells):
        value = difference.estimate
        settled = "clear" if value.side == "positive" else "not settled"
        between = f"{number(value.lo)} to {number(value.hi)}"
        sizes = f"{count(difference.one.sums.n)}, {count(difference.other.sums.n)}"
        rows.append(
            (difference.actor, difference.one.group.name, difference.other.group.name, value.value, between, sizes, settled)
        )
    return rows


def side_rows(collection: Collection, cells: Sequence[Cell], *, by: By | None = None, actors: int = 2) -> list[Row]:
    """(actor, group, tone, voice, sentence): each group's strongest sentences toward the actors on whom groups differ most."""
    differing = [difference.actor for difference in differences(cells)]
    chosen = list(dict.fromkeys([*differing, *(cell.actor for cell in cells)]))[:actors]
    return [
        (actor, said.group.name, said.tone, voice_name(said.voice), said.text)
        for actor in chosen
        for said in side_by_side(collection, actor, by=by)
    ]


def coverage_rows(collection: Collection, *, by: By | None = None, most: int = 12) -> list[Row]:
    """Whom one group names and another leaves out, a row for each actor, most named first.

    Args:
        collection: the articles.
        by: what is compared, outlets or single articles; None chooses as ``grouping`` does.
        most: so many actors at most.

    Returns:
        (actor, kind, the number of articles that name it in each group, in the order of ``group_names``). Only actors that
        one group names in at least half of its articles and another group in none.
    """
    return [(actor.actor, actor.kind, *actor.articles) for actor in name_coverage(collection, by=by)[:most]]


def group_names(collection: Collection, *, by: By | None = None) -> list[str]:
    """What the groups are called, in the order of the rows of ``coverage_rows``."""
    return [group.name for group in groups(collection, by)]


def speaker_rows(collection: Collection, *, by: By | None = None) -> list[Row]:
    """(group, speaker, kind, articles, quotes, direct, words) of those whose words each group gives most."""
    return [
        (speaker.group.name, speaker.speaker, speaker.kind, speaker.articles, speaker.quotes, speaker.direct, speaker.words)
        for speaker in speakers(collection, by=by)
    ]


def certainty_rows(collection: Collection, *, by: By | None = None) -> list[Row]:
    """(group, scored mentions, in sources' words, hedged, mean certainty) of each group."""
    return [
        (group.name, scored, share(voiced / scored), share(hedged / scored), sure)
        for group, scored, voiced, hedged, sure in certainties(collection, by=by)
    ]


def month_rows(collection: Collection, cells: Sequence[Cell]) -> list[Row]:
    """(actor, month, articles, tone, interval, sentences) toward the first actor, month by month; gaps stay empty."""
    if not cells:
        return []
    actor = cells[0].actor
    return [
        (
            actor,
            month,
            articles,
            value.value,
            f"{number(value.lo)} to {number(value.hi)}" if value.value is not None else None,
            value.n,
        )
        for month, articles, value in months(collection, actor)
    ]


def merged_names(collection: Collection, *, most: int = 20) -> list[Row]:
    """(name in an article, actor, rule, articles): the names that a rule took for another's, most articles first."""
    return [
        tuple(row)
        for row in collection.rows(
            "SELECT n.name, n.actor, n.rule, count(DISTINCT r.article) FROM names n JOIN raw_actors r ON r.actor = n.name AND "
            "r.kind = n.kind WHERE n.rule <> 'name' AND n.actor IS NOT NULL GROUP BY ALL ORDER BY 4 DESC, 1 LIMIT ?",
            [most],
        )
    ]


def groups_words(collection: Collection, cells: Sequence[Cell], *, by: By | None = None) -> Words:
    """What the chart of tones by group says."""
    way = grouping(collection, by)
    title = comparison_title(cells, way)
    return Words(
        title=title,
        subtitle=[
            f"Mean tone {SCALE} with its {100 * INTERVAL_SHARE:g} % interval over articles and sentences; a fine line is "
            "a sentence. Fewer than five sentences have no mean."
        ],
        source=_source(collection),
        alt=f"{title}. {'; '.join(f'{cell.actor} in {cell.group.name}: {cell_said(cell)}' for cell in cells)}.",
        table=Table(
            tone_rows(cells),
            columns=["actor", "kind", way, "articles", "sentences", "tone"],
            caption=f"Tone toward shared actors by {way}",
        ),
        name="chart",
        empty="" if cells else "No actor is scored in two of them.",
    )


def months_words(collection: Collection, cells: Sequence[Cell]) -> Words:
    """What the chart of tones by month says, toward the first of the actors."""
    known = months(collection, cells[0].actor) if cells else []
    gaps = sum(not value.n for _, _, value in known)
    title = f"Toward {short_name(cells[0].actor)} by month" if known else "The articles are of one month, or have no dates"
    return Words(
        title=title,
        subtitle=[
            f"Mean tone {SCALE} with its {100 * INTERVAL_SHARE:g} % interval. Months without a scored sentence, "
            f"{count(gaps)} here, stay empty."
        ],
        source=_source(collection),
        alt=f"{title}. {len(known)} months, {gaps} of them empty.",
        table=Table(
            month_rows(collection, cells),
            columns=["actor", "month", "articles", "tone", "interval", "sentences"],
            caption="Tone by month",
        ),
        name="chart",
        empty="" if known else "There is no month to compare with another.",
    )


def _source(collection: Collection) -> str:
    return f"Source: {plural(len(collection), 'article')}. Method: {collection.method}."
