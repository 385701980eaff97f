"""How articles compare: tone toward the same actor by outlet and month, who is named, who is quoted, and in which sentences.

Articles are grouped by outlet. Where the outlet of some article is unknown, or all articles are of one outlet, each article is
a group of its own. All figures are queries of the collection's database, so the same code compares five articles and a
million. Only actors that at least two groups score are compared.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import combinations
from typing import Any, Final, Literal

from ..constants import CLEAR_TONE, COMPARED_ACTORS_MAX, COMPARED_ARTICLES_MAX, MIN_POINTS
from ..estimates import ToneSums, difference_across, mean_across
from ..model import Estimate
from ..safe_text import shorten, visible
from .collection import Collection

By = Literal["outlet", "article"]
NO_OUTLET = "unknown outlet"
"""The group of the articles whose outlet is not known."""
TITLE_CHARS = 44
"""A longer title or outlet is cut where it names a group."""


@dataclass(frozen=True, slots=True)
class Group:
    """Articles that are compared as one.

    Attributes:
        key: the outlet, or the article's id.
        name: what pages call the group.
        articles: how many articles it has, copies left out.
    """

    key: str
    name: str
    articles: int


@dataclass(frozen=True, slots=True)
class Cell:
    """The tone toward an actor in a group.

    Attributes:
        actor: its name in the collection.
        kind: its kind in the collection.
        group: the group.
        articles: how many articles of the group score it.
        sums: the sums of its scored sentences.
        tones: the tone of each scored sentence, in reading order.
    """

    actor: str
    kind: str
    group: Group
    articles: int
    sums: ToneSums
    tones: tuple[float, ...] = ()

    @property
    def estimate(self) -> Estimate:
        """The mean with its interval; None where there are too few sentences, pooled over the group's articles."""
        return mean_across(self.sums)


@dataclass(frozen=True, slots=True)
class Difference:
    """How much more positive one group's wording toward an actor is than another's.

    Attributes:
        actor: its name in the collection.
        kind: its kind in the collection.
        one: the tone of the group with the more positive mean.
        other: the tone of the other group.
        estimate: the difference of the means, with its interval.
    """

    actor: str
    kind: str
    one: Cell
    other: Cell
    estimate: Estimate


@dataclass(frozen=True, slots=True)
class NameCoverage:
    """In how many articles of each group an actor is named.

    Attributes:
        actor: its name in the collection.
        kind: its kind in the collection.
        articles: how many articles name it, in the order of the groups.
    """

    actor: str
    kind: str
    articles: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody whose words a group of articles gives.

    Attributes:
        group: the group.
        speaker: the actor's name, or the words for the source where it is no actor.
        kind: the actor's kind; None where the source is no actor.
        articles: how many articles quote the speaker.
        quotes: how many attributions name the speaker as source.
        direct: how many of these are in quotation marks.
        words: how many words the speaker is given.
    """

    group: Group
    speaker: str
    kind: str | None
    articles: int
    quotes: int
    direct: int
    words: int


def grouping(collection: Collection, by: By | None = None) -> By:
    """Whether a collection is compared by outlet or by article.

    Args:
        collection: the articles.
        by: what the caller chose; it is returned as it is. None: outlets, where there are at least two and every article
            has one, or where there are more than ``COMPARED_ARTICLES_MAX`` articles; else articles.
    """
    if by is not None:
        return by
    ((outlets, named, articles),) = collection.rows(
        "SELECT count(DISTINCT outlet), count(outlet), count(*) FROM articles WHERE copy_of IS NULL"
    )
    return "outlet" if articles > COMPARED_ARTICLES_MAX or (outlets > 1 and named == articles) else "article"


def groups(collection: Collection, by: By | None = None) -> list[Group]:
    """The groups of a collection, those with the most articles first; copies are not counted."""
    if grouping(collection, by) == "outlet":
        rows = collection.rows(
            "SELECT coalesce(outlet, ?) AS outlet, count(*) FROM articles WHERE copy_of IS NULL "
            "GROUP BY ALL ORDER BY count(*) DESC, 1",
            [NO_OUTLET],
        )
        return [Group(outlet, shorten(visible(outlet), TITLE_CHARS), articles) for outlet, articles in rows]
    rows = collection.rows("SELECT article, title, outlet FROM articles WHERE copy_of IS NULL ORDER BY date, article")
    names = Counter(_label(*row) for row in rows)
    return [
        Group(article, label if names[label] == 1 else f"{label} ({article})", 1)
        for article, title, outlet in rows
        for label in (_label(article, title, outlet),)
    ]


def _label(article: str, title: str, outlet: str | None) -> str:
    """What a row is called: the outlet, else a file's name in words that is shorter than the title, else the title."""
    if outlet:
        return visible(outlet)
    name = _FILE_NAME.fullmatch(article)
    return article if name is not None and len(article) < len(title) else shorten(visible(title), TITLE_CHARS)


_FILE_NAME: Final = re.compile(r"(?!text-)[^\W\d]+(?:[-_ ][^\W\d]+){0,2}")
"""The name of a file that somebody gave it: up to three words without numbers."""


def shared_actors(collection: Collection, *, by: By | None = None, most: int = COMPARED_ACTORS_MAX) -> list[tuple[str, str]]:
    """The actors that at least two groups score, or the only group, as (name, kind), those in the most articles first.

    Args:
        collection: the articles.
        by: as for ``grouping``.
        most: the greatest number of actors to return.
    """
    key = _key(collection, by)
    counted = collection.rows(
        f"SELECT actor, kind FROM tones t GROUP BY ALL HAVING count(DISTINCT {key}) >= "  # noqa: S608 - a column of ours
        f"least(2, (SELECT count(DISTINCT {key}) FROM tones t)) "
        "ORDER BY count(DISTINCT article) DESC, count(*) DESC, actor LIMIT ?",
        [most],
    )
    return [(actor, kind) for actor, kind in counted]


def _key(collection: Collection, by: By | None) -> str:
    return f"coalesce(t.outlet, '{NO_OUTLET}')" if grouping(collection, by) == "outlet" else "t.article"


def tones(collection: Collection, *, by: By | None = None, actors: Sequence[tuple[str, str]] | None = None) -> list[Cell]:
    """The tone toward each actor in each group that has a scored sentence about it.

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
    scored = collection.rows(
        f"SELECT actor, kind, {key} AS label, article, count(*), sum(tone), sum(tone ** 2), sum(doubt), "  # noqa: S608
        "list(tone ORDER BY sentence) FROM tones t WHERE actor IN (SELECT unnest(?)) GROUP BY ALL ORDER BY article",
        [sorted({actor for actor, _ in chosen})],
    )
    sums: dict[tuple[str, str, str], list[ToneSums]] = defaultdict(list)
    marks: dict[tuple[str, str, str], list[float]] = defaultdict(list)
    for actor, kind, label, _, n, total, squares, doubt, single in scored:
        sums[actor, kind, label].append(ToneSums(1, n, total, squares, doubt, total**2, total * n, n**2))
        marks[actor, kind, label] += single
    return [
        Cell(actor, kind, group, len(parts), reduce(ToneSums.__add__, parts), tuple(marks[actor, kind, group.key]))
        for actor, kind in chosen
        for group in known.values()
        for parts in (sums.get((actor, kind, group.key), []),)
        if parts
    ]


def differences(cells: Iterable[Cell]) -> list[Difference]:
    """The difference in tone toward an actor between each two groups that have ``DIFFERENCE_POINTS`` scored sentences about it.

    Args:
        cells: what ``tones`` returned.

    Returns:
        Differences, never negative: ``one`` is the group with the more positive mean. Those whose interval lies above zero
        come first, the furthest above it leading; then the others, the largest beside its interval leading. Among each,
        differences between two groups with at least ``MIN_POINTS`` sentences come before others.
    """
    by_actor: dict[tuple[str, str], list[Cell]] = defaultdict(list)
    for cell in cells:
        by_actor[cell.actor, cell.kind].append(cell)
    differing = []
    for (actor, kind), row in by_actor.items():
        for first, second in combinations(row, 2):
            high, low = (first, second) if first.sums.mean >= second.sums.mean else (second, first)
            estimate = difference_across(high.sums, low.sums)
            if estimate.value is not None:
                differing.append(Difference(actor, kind, high, low, estimate))

    def order(difference: Difference) -> tuple[bool, bool, float, str, str, str]:
        few = min(difference.one.sums.n, difference.other.sums.n) < MIN_POINTS
        value, low, high = (part or 0.0 for part in (difference.estimate.value, difference.estimate.lo, difference.estimate.hi))
        size = low if low > 0 else value / (high - low) if high > low else 0.0
        return low <= 0, few, -size, difference.actor, difference.one.group.key, difference.other.group.key

    return sorted(differing, key=order)


def clear(differences: Iterable[Difference]) -> list[Difference]:
    """The differences whose interval leaves out zero and that are at least ``CLEAR_TONE``."""
    return [
        difference
        for difference in differences
        if difference.estimate.side == "positive" and (difference.estimate.value or 0.0) >= CLEAR_TONE
    ]


def name_coverage(collection: Collection, *, by: By | None = None) -> list[NameCoverage]:
    """The actors that one group names in at least half of its articles and another group in none.

    Returns:
        Each with the number of articles that name it in every group, most named first. An outlet's own name is not listed,
        since every outlet names itself.
    """
    known = groups(collection, by)
    key = _key(collection, by)
    shares = collection.rows(
        f"SELECT a.actor, a.kind, {key} AS label, count(DISTINCT a.article) FROM actors a JOIN articles t USING (article) "  # noqa: S608
        "WHERE t.copy_of IS NULL GROUP BY ALL"
    )
    outlets = {_bare(row[0]) for row in collection.rows("SELECT DISTINCT outlet FROM articles WHERE outlet IS NOT NULL")}
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for actor, kind, label, articles in shares:
        if _bare(actor) not in outlets:
            counts[actor, kind][label] = articles
    rows = []
    for (actor, kind), row in counts.items():
        numbers = tuple(row[group.key] for group in known)
        often = [group for group, number in zip(known, numbers, strict=True) if number * 2 >= group.articles]
        if often and min(numbers) == 0:
            rows.append(NameCoverage(actor, kind, numbers))
    return sorted(rows, key=lambda coverage: (-sum(coverage.articles), coverage.actor, coverage.kind))


def _bare(name: str) -> str:
    return name.casefold().removeprefix("the ")


def speakers(collection: Collection, *, by: By | None = None, most: int = 5) -> list[Speaker]:
    """Whose words each group gives, those with the most words first.

    Args:
        collection: the articles.
        by: as for ``grouping``.
        most: the greatest number of speakers of each group.
    """
    known = {group.key: group for group in groups(collection, by)}
    key = _key(collection, by)
    shares = collection.rows(
        f"SELECT {key} AS label, coalesce(q.actor, lower(q.source), 'nobody named') AS speaker, q.actor_kind, "  # noqa: S608
        "count(DISTINCT q.article), count(*), count(*) FILTER (q.kind = 'direct'), "
        "sum(length(q.content) - length(replace(q.content, ' ', '')) + 1)::BIGINT "
        "FROM quotes q JOIN articles t USING (article) WHERE t.copy_of IS NULL GROUP BY ALL ORDER BY 1, 7 DESC, 2"
    )
    rows: dict[str, list[Speaker]] = defaultdict(list)
    for label, speaker, kind, articles, quotes, direct, words in shares:
        rows[label].append(Speaker(known[label], speaker, kind, articles, quotes, direct, words))
    return [speaker for label in known for speaker in rows[label][:most]]


def certainties(collection: Collection, *, by: By | None = None) -> list[tuple[Group, int, int, int, float]]:
    """How surely each group states what it says.

    Returns:
        For each group: how many mentions are scored, how many of them stand in a source's words, how many are hedged, and their
        mean certainty, in (0, 1].
    """
    known = {group.key: group for group in groups(collection, by)}
    key = _key(collection, by)
    shares = collection.rows(
        f"SELECT {key} AS label, count(*), count(*) FILTER (m.voice <> 'narrator'), count(*) FILTER (m.certainty < 1), "  # noqa: S608
        "avg(m.certainty) FROM mentions m JOIN articles t USING (article) WHERE m.tone IS NOT NULL AND t.copy_of IS NULL "
        "GROUP BY ALL"
    )
    rows = {label: rest for label, *rest in shares}
    return [(group, *rows[key]) for key, group in known.items() if key in rows]


@dataclass(frozen=True, slots=True)
class GroupSentence:
    """A sentence toward an actor in a group.

    Attributes:
        group: the group.
        article: the article's id.
        sentence: the sentence's number, from 1.
        text: the sentence.
        tone: its tone toward the actor, in [-1, +1].
        voice: who speaks.
    """

    group: Group
    article: str
    sentence: int
    text: str
    tone: float
    voice: str


def side_by_side(collection: Collection, actor: str, *, by: By | None = None, most: int = 2) -> list[GroupSentence]:
    """The sentences about an actor, group beside group.

    Args:
        collection: the articles.
        actor: its name.
        by: as for ``grouping``.
        most: the greatest number of sentences of each group; those with the tone furthest from zero are taken.
    """
    known = {group.key: group for group in groups(collection, by)}
    key = _key(collection, by)
    sentences = collection.rows(
        f"SELECT {key} AS label, t.article, t.sentence, s.text, t.tone, t.voice FROM tones t JOIN sentences s "  # noqa: S608
        "ON s.article = t.article AND s.sentence = t.sentence WHERE t.actor = ? "
        "QUALIFY row_number() OVER (PARTITION BY label ORDER BY abs(t.tone) DESC, t.article, t.sentence) <= ? "
        "ORDER BY t.article, t.sentence",
        [actor, most],
    )
    return [GroupSentence(known[label], *rest) for group in known for label, *rest in sentences if label == group]


def months(collection: Collection, actor: str) -> list[tuple[str, int, Estimate]]:
    """The tone toward an actor month by month, from the first to the last; a month without a scored sentence is a gap.

    Returns:
        (month, articles, estimate) for every month from the first to the last. A month without a scored sentence has n = 0 and
        no value. The list is empty where the articles are of fewer than two months.
    """
    scored = collection.rows(
        "SELECT month, n, total, squares, doubt FROM tone_by_article WHERE actor = ? AND month IS NOT NULL "
        "ORDER BY month, article",
        [actor],
    )
    sums: dict[str, list[ToneSums]] = defaultdict(list)
    for month, n, total, squares, doubt in scored:
        sums[month].append(ToneSums(1, n, total, squares, doubt, total**2, total * n, n**2))
    if len(sums) < 2:
        return []
    rows = []
    for month in _between(min(sums), max(sums)):
        all_sums = reduce(ToneSums.__add__, sums.get(month, []), ToneSums())
        rows.append((month, all_sums.articles, mean_across(all_sums)))
    return rows


def _between(first: str, last: str) -> list[str]:
    """Every month from the first to the last, as "2024-05"."""
    start, end = (int(month[:4]) * 12 + int(month[5:7]) - 1 for month in (first, last))
    return [f"{number // 12:04}-{number % 12 + 1:02}" for number in range(start, end + 1)]


def copied(collection: Collection) -> list[tuple[str, str | None, str, str | None, float]]:
    """The copies, by date, each as (title, outlet, title of the earlier article, its outlet, share of their wording)."""
    rows: list[tuple[Any, ...]] = collection.rows(
        "SELECT a.title, a.outlet, f.title, f.outlet, c.share FROM copies c JOIN articles a USING (article) "
        "JOIN articles f ON f.article = c.copy_of ORDER BY a.date, a.article"
    )
    return [(title, outlet, first, its, share) for title, outlet, first, its, share in rows]
