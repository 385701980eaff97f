"""Actors in the making: their forms, what is said of them, and where the text means them."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from ..model import ActorKind, MentionForm, Sentence, Span, Token
from .gazetteer import (
    Gender,
    Pieces,
    country_forms,
    gender_of_noun,
    is_body,
    is_organisation_noun,
    organisation_names,
    people,
    sorts,
    things,
    well_known,
)


@dataclass(slots=True)
class Group:
    """An actor in the making: its forms, each with the kind of form and the rule that put it here.

    said: the words of what the text says it is, the noun first ("chairman", "justice", "party"), to know descriptions by.
    located: how often it only says where something is ("in Trenton", "the port of Rosslare").
    """

    name: str
    kind: ActorKind
    forms: dict[Pieces, tuple[MentionForm, str]] = field(default_factory=dict)
    facts: dict[str, None] = field(default_factory=dict)
    genders: Counter[Gender] = field(default_factory=Counter)
    countries: Counter[str] = field(default_factory=Counter)
    said: list[tuple[str, ...]] = field(default_factory=list)
    located: int = 0


@dataclass(frozen=True, slots=True)
class GroupMention:
    """A mention of one actor, given by its number among the groups."""

    start: int
    end: int
    sentence: Sentence
    group: int
    form: MentionForm
    rule: str
    confidence: float = 1.0


def gender_of(group: Group) -> Gender | None:
    """A person's gender by title, by role, by given name; None where nothing tells it."""
    return told_gender(group) or (None if _alone(group) else people().given.get(group.name.split()[0].lower()))


def told_gender(group: Group) -> Gender | None:
    """A person's gender as a title or a role beside the name tells it ("Mrs", "congresswoman"); None where none does."""
    if group.genders:
        return group.genders.most_common(1)[0][0]
    return next(filter(None, (gender_of_noun(fact.split()[-1]) for fact in group.facts)), None)


def may_be_person(group: Group) -> bool:
    """Whether a name that was taken for an organisation's or a place's may be a person's: "Ilves", "Cay Rivvers".

    Nothing says what it is or that something is there, no word of it means something else, and it is no acronym.
    """
    words = group.name.split()
    if (
        group.kind not in {"organisation", "place"}
        or group.located
        or len(words) > 3
        or group.facts
        or group.said
        or group.countries
    ):
        return False
    if any(group.name in held for held in (organisation_names(), country_forms(), well_known(), things())):
        return False
    if not all(word.replace("-", "").replace("'", "").replace("’", "").isalpha() for word in words):
        return False
    known, bodies = people(), sorts()[1]
    for word in words:
        low = word.lower()
        if (
            word.isupper()
            or low in bodies
            or is_body(low)
            or is_organisation_noun(low)
            or (low in known.common and low not in known.given)
        ):
            return False
    return words[-1][0].isupper()


def leaning_of(group: Group) -> Gender | None:
    """The likelier gender of a person whose given name does not tell it, "Bernie" say; None where nothing makes it likelier."""
    return None if _alone(group) else people().leaning.get(group.name.split()[0].lower())


def _alone(group: Group) -> bool:
    """Whether a name of one word is no given name for certain."""
    first, words = group.name.split()[0].lower(), people()
    return " " not in group.name and not (first in words.known and first not in words.surname)


def head_of(tokens: Sequence[Token], start: int, end: int) -> tuple[Token | None, set[int]]:
    """The token of a span whose head lies outside it, and the numbers of all its tokens."""
    covered = [token for token in tokens if token.start < end and start < token.end]
    numbers = {token.index for token in covered}
    for token in covered:
        if token.head not in numbers or token.head == token.index:
            return token, numbers
    return (covered[-1] if covered else None), numbers


def heads_span(tokens: Sequence[Token], part: Span, whole: Span) -> bool:
    """Whether a part of some words is what they name: Hale of "Lind's adviser Tom Hale", not Lind."""
    first = bisect_left(tokens, whole[0], key=lambda token: token.start)
    head, inside = head_of(tokens[first : bisect_left(tokens, whole[1], key=lambda token: token.start)], *whole)
    named, _ = head_of(tokens[first : first + len(inside)], *part)
    while named is not None and head is not None and named.index != head.index:
        if named.dep not in _SAME_LEVEL or named.head not in inside:
            return False
        named = tokens[named.head]
    return named is not None


_SAME_LEVEL = frozenset({"appos", "conj", "flat"})
"""How a name hangs on the head of the words for a speaker where it is the speaker too: "the mayor, Lind"; "Lind and Hale"."""
