"""How articles compare: tone toward the same actor by outlet and month, who is told of, who is quoted, in which sentences.

Articles are grouped by outlet, or stand each for itself where no two outlets are known. Everything comes from the collection's
database, so that five articles and a million are compared by the same lines; only the actors that several groups share are
looked at.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import combinations
from typing import Any, Literal

from ..constants import CLEAR_TONE, COMPARED_ACTORS_MAX, MIN_POINTS
from ..estimates import Sums, difference_across, mean_across
from ..model import Estimate
from ..safe_text import shorten, visible
from .collection import Collection

By = Literal["outlet", "article"]
TITLE_CHARS = 44


@dataclass(frozen=True, slots=True)
class Group:
    """Articles that are compared as one. key: the outlet, or the article's id. name: what pages call it."""

    key: str
    name: str
    articles: int


@dataclass(frozen=True, slots=True)
class Cell:
    """The tone toward an actor in a group.

    articles: in which it is named. sums: of the scored sentences. tones: of each, in reading order.
    """

    actor: str
    kind: str
    group: Group
    articles: int
    sums: Sums
    tones: tuple[float, ...] = ()

    @property
    def estimate(self) -> Estimate:
        """The mean with its interval; None where there are too few sentences, pooled over the group's articles."""
        return mean_across(self.sums)


@dataclass(frozen=True, slots=True)
class Difference:
    """How much more positive one group's wording toward an actor is than another's."""

    actor: str
    kind: str
    one: Cell
    other: Cell
    estimate: Estimate


@dataclass(frozen=True, slots=True)
class Told:
    """In how many articles of each group an actor is named."""

    actor: str
    kind: str
    articles: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody who is quoted or reported in a group.

    quotes: reports. direct: those in quotation marks. words: in what is said.
    """

    group: Group
    speaker: str
    kind: str | None
    articles: int
    quotes: int
    direct: int
    words: int


def grouping(collection: Collection, by: By | None = None) -> By:
    """By what a collection is compared: outlets, where at least two are known, else the articles.

    Args:
        collection: the articles.
        by: what somebody asked for; None decides by what is known.
    """
    if by is not None:
        return by
    ((outlets, named, articles),) = collection.rows(
        "SELECT count(DISTINCT outlet), count(outlet), count(*) FROM articles WHERE copy_of IS NULL"
    )
    return "outlet" if outlets > 1 and named == articles else "article"


def groups(collection: Collection, by: By | None = None) -> list[Group]:
    """The groups of a collection, those with the most articles first; copies are not counted."""
    if grouping(collection, by) == "outlet":
        found = collection.rows(
            "SELECT coalesce(outlet, 'unknown outlet') AS outlet, count(*) FROM articles WHERE copy_of IS NULL "
            "GROUP BY ALL ORDER BY count(*) DESC, 1"
        )
        return [Group(outlet, shorten(visible(outlet), TITLE_CHARS), articles) for outlet, articles in found]
    found = collection.rows("SELECT article, title, outlet FROM articles WHERE copy_of IS NULL ORDER BY date, article")
    names = Counter(_label(title, outlet) for _, title, outlet in found)
    return [
        Group(article, label if names[label] == 1 else f"{label} ({article})", 1)
        for article, title, outlet in found
        for label in (_label(title, outlet),)
    ]


def _label(title: str, outlet: str | None) -> str:
    return visible(outlet) if outlet else shorten(visible(title), TITLE_CHARS)


def shared_actors(collection: Collection, *, by: By | None = None, most: int = COMPARED_ACTORS_MAX) -> list[tuple[str, str]]:
    """Actors, with their kinds, that at least two groups score, those in the most articles first.

    Args:
        collection: the articles.
        by: as for ``grouping``.
        most: so many.
    """
    key = _key(collection, by)
    found = collection.rows(
        f"SELECT actor, kind FROM tones t GROUP BY ALL HAVING count(DISTINCT {key}) > 1 "  # noqa: S608 - a column of ours
        "ORDER BY count(DISTINCT article) DESC, count(*) DESC, actor LIMIT ?",
        [most],
    )
    return [(actor, kind) for actor, kind in found]


def _key(collection: Collection, by: By | None) -> str:
    return "coalesce(t.outlet, 'unknown outlet')" if grouping(collection, by) == "outlet" else "t.article"


def tones(collection: Collection, *, by: By | None = None, actors: Sequence[tuple[str, str]] | None = None) -> list[Cell]:
    """The tone toward each actor in each group that names it with wording that can be scored.

    Args:
        collection: the articles.
        by: as for ``grouping``.
        actors: names and kinds; None takes ``shared_actors``.

    Returns:
        By actor in the order given, and then by group.
    """
    known = {group.key: group for group in groups(collection, by)}
    chosen = shared_actors(collection, by=by) if actors is None else list(actors)
    key = _key(collection, by)
    found = collection.rows(
        f"SELECT actor, kind, {key} AS label, article, count(*), sum(tone), sum(tone ** 2), sum(doubt), "  # noqa: S608
        "list(tone ORDER BY sentence) FROM tones t WHERE actor IN (SELECT unnest(?)) GROUP BY ALL ORDER BY article",
        [sorted({actor for actor, _ in chosen})],
    )
    sums: dict[tuple[str, str, str], list[Sums]] = defaultdict(list)
    marks: dict[tuple[str, str, str], list[float]] = defaultdict(list)
    for actor, kind, label, _, n, total, squares, doubt, single in found:
        sums[actor, kind, label].append(Sums(1, n, total, squares, doubt, total**2, total * n, n**2))
        marks[actor, kind, label] += single
    return [
        Cell(actor, kind, group, len(parts), reduce(Sums.__add__, parts), tuple(marks[actor, kind, group.key]))
        for actor, kind in chosen
        for group in known.values()
        for parts in (sums.get((actor, kind, group.key), []),)
        if parts
    ]


def differences(cells: Iterable[Cell]) -> list[Difference]:
    """The difference between each two groups that score an actor in enough sentences.

    Args:
        cells: what ``tones`` returned.

    Returns:
        For each the group with the more positive mean first. Those between two means that are shown (``MIN_POINTS`` sentences
        or more each) come before those that rest on fewer, and of each the one whose interval is furthest from zero first.
    """
    by_actor: dict[tuple[str, str], list[Cell]] = defaultdict(list)
    for cell in cells:
        by_actor[cell.actor, cell.kind].append(cell)
    found = []
    for (actor, kind), row in by_actor.items():
        for one, other in combinations(row, 2):
            high, low = (one, other) if one.sums.mean >= other.sums.mean else (other, one)
            estimate = difference_across(high.sums, low.sums)
            if estimate.value is not None:
                found.append(Difference(actor, kind, high, low, estimate))

    def order(item: Difference) -> tuple[bool, float, str, str, str]:
        few = min(item.one.sums.n, item.other.sums.n) < MIN_POINTS
        return few, -(item.estimate.lo or 0.0), item.actor, item.one.group.key, item.other.group.key

    return sorted(found, key=order)


def clear(found: Iterable[Difference]) -> list[Difference]:
    """Those whose interval lies on one side of zero, and that are large enough to be a lean."""
    return [item for item in found if item.estimate.side == "positive" and (item.estimate.value or 0.0) >= CLEAR_TONE]


def told(collection: Collection, *, by: By | None = None) -> list[Told]:
    """Whom some groups name and others do not, in how many articles of each.

    Returns:
        Actors that a group leaves out altogether and another names in half of its articles or more; most named first. The
        outlets themselves are none: each names itself.
    """
    known = groups(collection, by)
    key = _key(collection, by)
    found = collection.rows(
        f"SELECT a.actor, a.kind, {key} AS label, count(DISTINCT a.article) FROM actors a JOIN articles t USING (article) "  # noqa: S608
        "WHERE t.copy_of IS NULL GROUP BY ALL"
    )
    outlets = {_bare(row[0]) for row in collection.rows("SELECT DISTINCT outlet FROM articles WHERE outlet IS NOT NULL")}
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for actor, kind, label, articles in found:
        if _bare(actor) not in outlets:
            counts[actor, kind][label] = articles
    rows = []
    for (actor, kind), row in counts.items():
        numbers = tuple(row[group.key] for group in known)
        often = [group for group, number in zip(known, numbers, strict=True) if number * 2 >= group.articles]
        if often and min(numbers) == 0:
            rows.append(Told(actor, kind, numbers))
    return sorted(rows, key=lambda item: (-sum(item.articles), item.actor, item.kind))


def _bare(name: str) -> str:
    return name.casefold().removeprefix("the ")


def speakers(collection: Collection, *, by: By | None = None, most: int = 5) -> list[Speaker]:
    """Whose words each group gives, those with the most words first.

    Args:
        collection: the articles.
        by: as for ``grouping``.
        most: so many of each group.
    """
    known = {group.key: group for group in groups(collection, by)}
    key = _key(collection, by)
    found = collection.rows(
        f"SELECT {key} AS label, coalesce(q.actor, lower(q.source), 'nobody named') AS speaker, q.actor_kind, "  # noqa: S608
        "count(DISTINCT q.article), count(*), count(*) FILTER (q.kind = 'direct'), "
        "sum(length(q.content) - length(replace(q.content, ' ', '')) + 1)::BIGINT "
        "FROM quotes q JOIN articles t USING (article) WHERE t.copy_of IS NULL GROUP BY ALL ORDER BY 1, 7 DESC, 2"
    )
    rows: dict[str, list[Speaker]] = defaultdict(list)
    for label, speaker, kind, articles, quotes, direct, words in found:
        rows[label].append(Speaker(known[label], speaker, kind, articles, quotes, direct, words))
    return [speaker for label in known for speaker in rows[label][:most]]


def certainties(collection: Collection, *, by: By | None = None) -> list[tuple[Group, int, int, int, float]]:
    """How surely each group states what it says.

    Returns:
        For each group: scored mentions, those in sources' words, those hedged, and the mean certainty, in (0, 1].
    """
    known = {group.key: group for group in groups(collection, by)}
    key = _key(collection, by)
    found = collection.rows(
        f"SELECT {key} AS label, count(*), count(*) FILTER (m.voice <> 'narrator'), count(*) FILTER (m.certainty < 1), "  # noqa: S608
        "avg(m.certainty) FROM mentions m JOIN articles t USING (article) WHERE m.tone IS NOT NULL AND t.copy_of IS NULL "
        "GROUP BY ALL"
    )
    rows = {label: rest for label, *rest in found}
    return [(group, *rows[key]) for key, group in known.items() if key in rows]


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence toward an actor in a group."""

    group: Group
    article: str
    sentence: int
    text: str
    tone: float
    voice: str


def side_by_side(collection: Collection, actor: str, *, by: By | None = None, most: int = 2) -> list[Said]:
    """The sentences about an actor, group beside group.

    Args:
        collection: the articles.
        actor: its name.
        by: as for ``grouping``.
        most: so many of each group, the furthest from zero.
    """
    known = {group.key: group for group in groups(collection, by)}
    key = _key(collection, by)
    found = collection.rows(
        f"SELECT {key} AS label, t.article, t.sentence, s.text, t.tone, t.voice FROM tones t JOIN sentences s "  # noqa: S608
        "ON s.article = t.article AND s.sentence = t.sentence WHERE t.actor = ? "
        "QUALIFY row_number() OVER (PARTITION BY label ORDER BY abs(t.tone) DESC, t.article, t.sentence) <= ? "
        "ORDER BY t.article, t.sentence",
        [actor, most],
    )
    return [Said(known[label], *rest) for group in known for label, *rest in found if label == group]


def months(collection: Collection, actor: str) -> list[tuple[str, int, Estimate]]:
    """The tone toward an actor month by month, from the first to the last; a month without a scored sentence is a gap.

    Returns:
        (month, articles, estimate) for each month, those without evidence with no value and n = 0; empty where fewer than two
        months are known.
    """
    found = collection.rows(
        "SELECT month, n, total, squares, doubt FROM tone_by_article WHERE actor = ? AND month IS NOT NULL "
        "ORDER BY month, article",
        [actor],
    )
    sums: dict[str, list[Sums]] = defaultdict(list)
    for month, n, total, squares, doubt in found:
        sums[month].append(Sums(1, n, total, squares, doubt, total**2, total * n, n**2))
    if len(sums) < 2:
        return []
    rows = []
    for month in _between(min(sums), max(sums)):
        whole = reduce(Sums.__add__, sums.get(month, []), Sums())
        rows.append((month, whole.articles, mean_across(whole)))
    return rows


def _between(first: str, last: str) -> list[str]:
    """Every month from the first to the last, as "2024-05"."""
    start, end = (int(month[:4]) * 12 + int(month[5:7]) - 1 for month in (first, last))
    return [f"{number // 12:04}-{number % 12 + 1:02}" for number in range(start, end + 1)]


def copied(collection: Collection) -> list[tuple[str, str | None, str, str | None, float]]:
    """Copies: (title, outlet, title of the first, its outlet, share) for each, by date."""
    found: list[tuple[Any, ...]] = collection.rows(
        "SELECT a.title, a.outlet, f.title, f.outlet, c.share FROM copies c JOIN articles a USING (article) "
        "JOIN articles f ON f.article = c.copy_of ORDER BY a.date, a.article"
    )
    return [(title, outlet, first, its, share) for title, outlet, first, its, share in found]
