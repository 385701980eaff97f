"""The sentences that state how articles compare.

Two groups are ranked only where the interval of their difference leaves out zero.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..constants import CLEAR_TONE, DIFFERENCE_POINTS, INTERVAL_SHARE, MIN_POINTS
from ..display import Answer, count, listing, number, plural, say, short_name
from ..errors import ArticleError
from .collection import Collection
from .compare import NO_OUTLET, By, Cell, Difference, clear, copied, differences, grouping, groups, name_coverage, tones

SAID_MAX = 5
"""Differences that are told in sentences; the table holds all."""

NAMED_MAX = 3
"""Actors that a title names; it counts the others."""


def difference_said(difference: Difference) -> str:
    """A difference in a sentence; which of two is the more positive only where that is settled."""
    value, first, second = difference.estimate, difference.one, difference.other
    names = (first.group.name, second.group.name)
    sizes = f"{count(first.sums.n)} and {plural(second.sums.n, 'sentence')}"
    share = f"{100 * INTERVAL_SHARE:g} %"
    if value.side != "positive" or value.value is None:
        return f"Toward {difference.actor}, {names[0]} and {names[1]} do not clearly differ ({sizes})."
    return (
        f"{names[0]} words {difference.actor} more positively than {names[1]}: a difference of "
        f"{number(value.value)} ({share} interval {number(value.lo)} to {number(value.hi)}; {sizes})."
    )


def comparison_title(cells: Sequence[Cell], by: By) -> str:
    """Toward whom the groups differ clearly, the clearest first."""
    if not cells:
        return f"No actor is scored in two {by}s"
    if len({cell.group.key for cell in cells}) == 1:
        return f"There are no two {by}s to compare"
    differing = differences(cells)
    sure = clear(differing)
    if not differing:
        return f"Too few sentences to compare two {by}s toward any actor"
    if not sure:
        return f"No two {by}s differ clearly toward any actor"
    actors = list(dict.fromkeys(difference.actor for difference in sure))
    named = [short_name(actor) for actor in actors[:NAMED_MAX]]
    more = [plural(len(actors) - NAMED_MAX, "other")] if len(actors) > NAMED_MAX else []
    return f"The {by}s differ clearly toward {listing([*named, *more])}"


def comparison_answer(collection: Collection, cells: Sequence[Cell], *, by: By | None = None) -> Answer:
    """What a comparison settles: the clear differences, how many were looked at, whom some leave out, and what are copies.

    Args:
        collection: the articles.
        cells: what ``tones`` returned.
        by: as for ``grouping``.
    """
    way = grouping(collection, by)
    known = groups(collection, by)
    differing = differences(cells)
    sure = clear(differing)
    sizes = plural(sum(group.articles for group in known), "article")
    if way == "outlet" and len(known) > 1:
        named = sum(group.key != NO_OUTLET for group in known)
        sizes += f" of {plural(named, 'outlet')}{' and of none known' if named < len(known) else ''}"
    answer = Answer(())
    for difference in sure[:SAID_MAX]:
        answer += say("{line}", line=difference_said(difference))
    answer += say("{line}", line=_settled(differing, sure, way))
    if not sure and (line := _means_said(cells)):
        answer += say("{line}", line=line)
    singles = sorted({group.name for group in known if group.articles == 1}) if way == "outlet" else []
    if singles and sure:
        answer += say(
            "One article each stands for {names}: it says how that article is worded, not the outlet.", names=listing(singles)
        )
    left = name_coverage(collection, by=by)[:3]
    if left:
        lines = [
            f"{listing(group.name for group, number in zip(known, name.articles, strict=True) if not number)} "
            f"{'does' if name.articles.count(0) == 1 else 'do'} not name {name.actor}"
            for name in left
        ]
        answer += say("{lines}.", lines="; ".join(lines))
    if len(known) > 1:
        answer += say(
            "The page compares {sizes} and {actors} that at least two of them score.", sizes=sizes, actors=_actors(cells)
        )
    else:
        answer += say("The page shows {sizes} together, and {actors}.", sizes=sizes, actors=_actors(cells))
    copies = copied(collection)
    if copies:
        some = plural(len(copies), "further article is a copy", "further articles are copies")
        answer += say("{some} of one of these and counted once, with it.", some=some)
    return answer


def _means_said(cells: Sequence[Cell]) -> str:
    """The means of the actor with the most sentences in groups that have a mean; nothing where fewer than two have one."""
    told: dict[str, list[Cell]] = {}
    for cell in cells:
        if cell.estimate.value is not None:
            told.setdefault(cell.actor, []).append(cell)
    several = [row for row in told.values() if len(row) > 1]
    if not several:
        return ""
    row = max(several, key=lambda row: sum(cell.sums.n for cell in row))[:SAID_MAX]
    means = listing(f"{number(cell.estimate.value or 0.0)} in {cell.group.name}" for cell in row)
    return f"Most is said of {row[0].actor}: the mean tone is {means}."


def _actors(cells: Sequence[Cell]) -> str:
    return plural(len({(cell.actor, cell.kind) for cell in cells}), "actor")


def _settled(differing: Sequence[Difference], sure: Sequence[Difference], by: By) -> str:
    """How many differences were looked at, and how many would look clear if there were none."""
    if not differing:
        return f"No actor has {DIFFERENCE_POINTS} scored sentences in each of two {by}s, so nothing can be compared."
    chance = (1 - INTERVAL_SHARE) * len(differing)
    guess = "about one" if round(chance) == 1 else "less than one" if chance < 1 else f"about {count(round(chance))}"
    if not sure:
        return f"No difference between two {by}s is clear, of {count(len(differing))} that can be worked out."
    start = f"{count(len(sure))} of {plural(len(differing), 'difference')} {'is' if len(sure) == 1 else 'are'} clear"
    rest = "Where no difference is listed, the order is not settled."
    return f"{start}; {guess} would look so by chance if no two {by}s differed. {rest}"


def cell_said(cell: Cell) -> str:
    """The tone in a cell in words: the mean with its interval. Of too few sentences, how many are negative and positive."""
    value = cell.estimate
    if value.value is not None:
        return f"{number(value.value)} ({number(value.lo)} to {number(value.hi)})"
    low, high = (sum(sign * tone >= CLEAR_TONE for tone in cell.tones) for sign in (-1, 1))
    sides = listing(f"{count(amount)} {word}" for amount, word in ((low, "negative"), (high, "positive")) if amount)
    return f"{sides if low or high else 'none leans'}, of {plural(cell.sums.n, 'sentence')}: below {MIN_POINTS}"


def shared_tones(collection: Collection, *, actor: str | None = None, by: By | None = None) -> list[Cell]:
    """The tones that a page compares: toward the shared actors, or toward one actor that the caller names.

    Args:
        collection: the articles.
        actor: its name, or a word of it; None takes the shared ones.
        by: as for ``grouping``.

    Raises:
        ArticleError: no actor of that name; the message names those there are.
    """
    if actor is None:
        return tones(collection, by=by)
    wanted = collection.rows("SELECT actor, kind FROM tones GROUP BY actor, kind ORDER BY count(*) DESC, actor")
    match = [row for row in wanted if row[0].casefold() == actor.casefold()]
    match = match or [row for row in wanted if actor.casefold() in row[0].casefold().split()]
    if not match:
        most = ", ".join(name for name, _ in wanted[:20]) or "none"
        raise ArticleError(f"No actor {actor!r} is scored in these articles. There are: {most}.")
    return tones(collection, by=by, actors=[(match[0][0], match[0][1])])
