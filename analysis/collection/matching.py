"""Which names in different articles mean the same actor.

Within an article, the text decides who is who. Across articles there are only names, so a rule merges two names only where one
answer is possible. Names are merged that are the same; a surname, or a name without its middle initials, that fits exactly one
person of the collection; an acronym that an article spells out, or whose letters fit exactly one organisation. A name that fits
several actors stays an actor of its own. The analyst's corrections, one file for all articles, win over every rule.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..actors import read_registry

Key = tuple[str, str]
"""A name and a kind."""

ALIKE = frozenset({"organisation", "group"})
"""Kinds that articles give one and the same body."""


@dataclass(frozen=True, slots=True)
class ListedName:
    """A name and kind that articles give an actor.

    Attributes:
        name: the name.
        kind: the kind of actor in those articles.
        articles: how many articles have it.
        aliases: other forms that mean the actor in those articles, and in how many articles each does.
    """

    name: str
    kind: str
    articles: int
    aliases: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Match:
    """Which actor of the collection a name means.

    Attributes:
        name: the name in an article.
        kind: the kind that the article gives it.
        actor: the actor's name in the collection; None where the corrections ignore it.
        actor_kind: the actor's kind in the collection; None where the corrections ignore it.
        rule: why they are the same: "name", "corrections", "surname of one person" and so on.
    """

    name: str
    kind: str
    actor: str | None
    actor_kind: str | None
    rule: str


def match_actors(listed: Iterable[ListedName], *, registry: str | Path | None = None) -> list[Match]:
    """Match the actors of many articles.

    Args:
        listed: each pair of name and kind that the articles have, once.
        registry: the analyst's corrections for all articles, a TOML file. None: there are none.

    Returns:
        One match for each pair of name and kind, sorted by them.

    Raises:
        RegistryError: the corrections have a mistake.

    Example:
        >>> names = [ListedName("Angela Merkel", "person", 3, {}), ListedName("Merkel", "person", 1, {})]
        >>> [(match.name, match.actor, match.rule) for match in match_actors(names)]
        [('Angela Merkel', 'Angela Merkel', 'name'), ('Merkel', 'Angela Merkel', 'surname of one person')]
    """
    names = {(name.name, name.kind): name for name in listed}
    fixed, apart = _corrections(names, registry)
    free = {key: name for key, name in names.items() if key not in fixed and key[0] not in apart}
    same = _same_names(free)
    heads = {same[key] for key in free}
    weights: Counter[Key] = Counter()
    for key in free:
        weights[same[key]] += free[key].articles
    longer = {**_persons(heads), **_organisations(heads, free, same)}
    matches = []
    for key in sorted(names):
        if key in fixed:
            actor_name, actor_kind, rule = fixed[key]
            matches.append(Match(key[0], key[1], actor_name, actor_kind, rule))
        elif key not in free:
            matches.append(Match(key[0], key[1], key[0], key[1], "corrections"))
        else:
            head = same[key]
            actor, rule = longer.get(head, (head, "name"))
            matches.append(Match(key[0], key[1], actor[0], actor[1], rule))
    return matches


def _corrections(
    names: Mapping[Key, ListedName], path: str | Path | None
) -> tuple[dict[Key, tuple[str | None, str | None, str]], frozenset[str]]:
    """What the corrections decide of each name they know, and the names that no rule may merge."""
    if path is None:
        return {}, frozenset()
    registry = read_registry(Path(path))
    forms: dict[str, tuple[str, str | None]] = {}
    for actor in registry.actors:
        for form in (actor.name, *actor.aliases, *actor.merge):
            forms[_plain(form)] = (actor.name, actor.kind)
    ignored = {_plain(form) for form in registry.ignore}
    fixed: dict[Key, tuple[str | None, str | None, str]] = {}
    for name, kind in names:
        if _plain(name) in ignored:
            fixed[name, kind] = (None, None, "corrections")
        elif _plain(name) in forms:
            actor_name, actor_kind = forms[_plain(name)]
            fixed[name, kind] = (actor_name, actor_kind or kind, "corrections")
    return fixed, frozenset(registry.split)


def _plain(name: str) -> str:
    """A name without what spelling alone changes: capitals, accents, dots, an article before it."""
    letters = unicodedata.normalize("NFKD", name)
    bare = re.sub(r"[^\w\s&-]", "", "".join(char for char in letters if not unicodedata.combining(char))).casefold()
    return re.sub(r"^the\s+", "", " ".join(re.split(r"[\s-]+", bare))).strip() or name.casefold()


def _same_names(names: Mapping[Key, ListedName]) -> dict[Key, Key]:
    """For each name the commonest spelling of it, and the kind that most articles give it where kinds may be confused."""
    groups: dict[tuple[str, str], list[Key]] = defaultdict(list)
    for name, kind in names:
        groups[_plain(name), "body" if kind in ALIKE else kind].append((name, kind))
    best = {}
    for keys in groups.values():
        head = min(keys, key=lambda key: (-names[key].articles, key))
        best.update(dict.fromkeys(keys, head))
    return best


def _persons(heads: Iterable[Key]) -> dict[Key, tuple[Key, str]]:
    """Persons under a shorter name than another article gives them."""
    full_names: dict[tuple[str, ...], Key] = {}
    for key in sorted(heads):
        if key[1] == "person" and (words := tuple(_plain(key[0]).split())):
            full_names[words] = key
    by_ends: dict[tuple[str, str], list[tuple[str, ...]]] = defaultdict(list)
    by_last: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for words in full_names:
        if len(words) > 1:
            by_ends[words[0], words[-1]].append(words)
            by_last[words[-1]].append(words)
    matched: dict[Key, tuple[Key, str]] = {}
    middles: dict[tuple[str, ...], tuple[str, ...]] = {}
    for words, key in full_names.items():
        if len(words) > 2 and all(len(middle) == 1 for middle in words[1:-1]) and (words[0], words[-1]) in full_names:
            short = (words[0], words[-1])
            if sum(len(other) > 2 for other in by_ends[short]) == 1:
                matched[key] = (full_names[short], "middle initial")
                middles[words] = short
    for words, key in full_names.items():
        if len(words) == 1:
            several = {middles.get(other, other) for other in by_last[words[0]]}
            if len(several) == 1:
                matched[key] = (full_names[next(iter(several))], "surname of one person")
    return matched


def _organisations(
    heads: Iterable[Key], names: Mapping[Key, ListedName], same: Mapping[Key, Key]
) -> dict[Key, tuple[Key, str]]:
    """Organisations under their acronym, or under another form that an article says is theirs."""
    bodies = sorted(key for key in heads if key[1] in ALIKE)
    known = {_plain(key[0]): key for key in bodies}
    said: dict[Key, Counter[Key]] = defaultdict(Counter)
    for key, organisation in names.items():
        for alias, articles in organisation.aliases.items():
            short = known.get(_plain(alias))
            if key[1] in ALIKE and short is not None and short != same[key]:
                said[short][same[key]] += articles
    letters: dict[str, list[Key]] = defaultdict(list)
    for key in bodies:
        words = [word for word in re.split(r"[\s-]+", key[0]) if word[:1].isupper()]
        if len(words) > 1:
            letters["".join(word[0] for word in words)].append(key)
    matched: dict[Key, tuple[Key, str]] = {}
    for key in bodies:
        spelled = [other for other in said[key] if len(_plain(other[0])) > len(_plain(key[0]))]
        if len(spelled) == 1:
            matched[key] = (spelled[0], "as an article says")
        elif not spelled and re.fullmatch(r"[A-Z]{2,6}", key[0]) and len(letters[key[0]]) == 1:
            matched[key] = (letters[key[0]][0], "acronym of one organisation")
    return matched


def found_actors(actors: Sequence[tuple[str, str, str]], aliases: Iterable[tuple[str, str, str, str]]) -> list[ListedName]:
    """Names with their kinds and aliases, counted over articles.

    Args:
        actors: (article, actor, kind) of every article.
        aliases: (article, actor, kind, alias).
    """
    counts = Counter((actor, kind) for _, actor, kind in actors)
    forms: dict[Key, Counter[str]] = defaultdict(Counter)
    for _, actor, kind, alias in aliases:
        forms[actor, kind][alias] += 1
    return [ListedName(*key, count, dict(forms[key])) for key, count in sorted(counts.items())]
