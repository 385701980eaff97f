"""Actors in the making: their forms, what is said of them, and where the text means them by name."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ..model import ActorKind, MentionForm, Parse, Sentence, Token
from .gazetteer import Gender, Pieces, is_organisation_noun, is_person_noun, people, singulars


@dataclass(slots=True)
class Group:
    """An actor in the making: its forms, each with the kind of form and the rule that put it here.

    said: the words of what the text says it is ("chairman", "of", "justice", "party"), to know descriptions by.
    """

    name: str
    kind: ActorKind
    forms: dict[Pieces, tuple[MentionForm, str]] = field(default_factory=dict)
    facts: dict[str, None] = field(default_factory=dict)
    genders: Counter[Gender] = field(default_factory=Counter)
    countries: Counter[str] = field(default_factory=Counter)
    said: list[frozenset[str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Place:
    """One place that means one actor, by its number among the groups."""

    start: int
    end: int
    sentence: Sentence
    group: int
    form: MentionForm
    rule: str
    confidence: float = 1.0


def gender_of(group: Group) -> Gender | None:
    """A person's gender by title, by role, by given name; None where nothing tells it."""
    if group.genders:
        return group.genders.most_common(1)[0][0]
    words = people()
    for fact in group.facts:
        last = singulars(fact.split()[-1])
        if words.male.intersection(last) and not words.female.intersection(last):
            return "male"
        if words.female.intersection(last) and not words.male.intersection(last):
            return "female"
    first = group.name.split()[0].lower()
    alone = " " not in group.name and not (first in words.known and first not in words.surname)
    return None if alone else words.given.get(first)


def appositions(parse: Parse, places: Iterable[Place], groups: Sequence[Group]) -> None:
    """Add to each actor what the text says it is: in apposition ("Hu Shuli, the editor"), by "is", "became" or "as"."""
    kids: dict[int, list[Token]] = defaultdict(list)
    for token in parse.tokens:
        if token.head != token.index:
            kids[token.head].append(token)
    for place in places:
        group = groups[place.group]
        if group.kind in {"country", "group"} or place.form == "pronoun":
            continue
        head, _ = head_of(parse.tokens_of(place.sentence), place.start, place.end)
        if head is None:
            continue
        for noun, beside in _said_of(parse, head, kids):
            person = is_person_noun(noun.text)
            if noun.tag != "NN" or not (person or is_organisation_noun(noun.text)) or noun.text.lower() in people().relative:
                continue
            first = noun.index
            while parse.tokens[first - 1].head == noun.index and parse.tokens[first - 1].dep == "compound":
                first -= 1
            group.said.append(frozenset(_words_under(parse, noun, kids)))
            if beside:
                group.facts.setdefault(parse.article.text[parse.tokens[first].start : noun.end])


_BECOMING = frozenset({"be", "become", "remain"})
_NAMING = frozenset({"name", "appoint", "elect", "serve", "work", "swear", "nominate", "install", "act"})


def _said_of(parse: Parse, head: Token, kids: dict[int, list[Token]]) -> Iterator[tuple[Token, bool]]:
    """The nouns that say what a name is, each with whether it stands right beside the name."""
    for token in kids[head.index]:
        if token.dep == "appos":
            yield token, True
    if head.dep == "appos":
        yield parse.tokens[head.head], False
    if head.dep not in {"nsubj", "nsubjpass"}:
        return
    verb = parse.tokens[head.head]
    if any(token.dep == "neg" for token in kids[verb.index]):
        return
    for token in kids[verb.index]:
        if token.dep == "attr" and verb.lemma in _BECOMING:
            yield token, False
        if token.dep == "prep" and token.text == "as" and verb.lemma in _NAMING:
            yield from ((noun, False) for noun in kids[token.index] if noun.dep == "pobj")
        if token.dep == "oprd" and verb.lemma in _NAMING:
            yield token, False


def _words_under(parse: Parse, noun: Token, kids: dict[int, list[Token]]) -> Iterator[str]:
    """The noun, what stands before it, and what follows "of" or "for"."""
    yield noun.text.lower()
    for token in kids[noun.index]:
        if token.dep in {"compound", "amod", "nmod", "poss"}:
            yield token.text.lower()
            yield from (kid.text.lower() for kid in kids[token.index] if kid.dep in {"compound", "amod"})
        if token.dep == "prep" and token.text in {"of", "for", "at"}:
            for thing in kids[token.index]:
                if thing.dep == "pobj":
                    yield from _words_under(parse, thing, kids)


def head_of(tokens: Sequence[Token], start: int, end: int) -> tuple[Token | None, set[int]]:
    """The token of a span whose head lies outside it, and the numbers of all its tokens."""
    covered = [token for token in tokens if token.start < end and start < token.end]
    numbers = {token.index for token in covered}
    for token in covered:
        if token.head not in numbers or token.head == token.index:
            return token, numbers
    return (covered[-1] if covered else None), numbers
