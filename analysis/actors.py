"""A Parse becomes a Cast: who is in the article, every place that means them, and why.

The pipeline sees one sentence at a time, so its labels vary ("Lavrov" is an organisation in one sentence and a
person in the next). Here the whole article decides: names are collected, their kind is settled by all the
evidence, forms that mean the same actor are merged by named rules, and a second pass finds every place where a
form stands, whatever the pipeline said about it there. The analyst's registry wins over every rule.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from analysis.gazetteer import PIECE, country_forms, is_organisation_noun, is_person_noun, people, states
from analysis.model import (
    Actor,
    ActorKind,
    Ambiguity,
    Cast,
    Entity,
    Mention,
    MentionForm,
    Merge,
    Parse,
    Sentence,
    Token,
)
from analysis.registry import Registry, read_registry

Pieces = tuple[str, ...]


def find_actors(parse: Parse, *, registry: Registry | Path | None = None, pronouns: bool = True) -> Cast:
    """Find who is in an article and every place that means them.

    Args:
        parse: what ``parse`` returned.
        registry: the analyst's corrections (read, or the path of the file); they win over every rule.
        pronouns: False leaves every pronoun alone.

    Returns:
        Actors in the order of their first mention; mentions in reading order, never overlapping; every merge
        with its rule; what was left ambiguous.

    Raises:
        RegistryError: the registry has a mistake.
    """
    rules = read_registry(registry) if isinstance(registry, Path) else registry or Registry()
    names = _collect(parse)
    groups = _group(names)
    found = _locate(parse, groups, names)
    return _cast(parse, found, groups)


# --- names ----------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Name:
    """All the evidence about one form: how often each label, with a title, in running text."""

    pieces: Pieces
    labels: Counter[str] = field(default_factory=Counter)
    titled: int = 0
    running: int = 0
    first: int = 0
    facts: dict[str, None] = field(default_factory=dict)

    @property
    def form(self) -> str:
        return _join(self.pieces)


@dataclass(slots=True)
class _Group:
    """An actor in the making: its forms, each with the kind of form and the rule that put it here."""

    name: str
    kind: ActorKind
    forms: dict[str, tuple[MentionForm, str]] = field(default_factory=dict)
    facts: dict[str, None] = field(default_factory=dict)


_JOIN = re.compile(r"\s+([’'.,-])|(?<=[’'-])\s+")
_SUFFIXES = frozenset({"Jr", "Sr", "II", "III", "IV"})
_CORPORATE = frozenset({"inc", "corp", "ltd", "llc", "plc", "co", "ag", "sa", "gmbh", "nv", "corporation", "company"})
_TITLES = frozenset(
    "mr mrs ms miss mx dr sir lord lady dame sen rep gov lt col gen maj capt sgt cpl adm cmdr prof rev hon fr st"
    " president vice prime minister foreign finance defence defense chancellor senator congressman congresswoman"
    " representative governor mayor secretary general judge justice chief king queen prince princess pope emperor"
    " ambassador director chairman chairwoman professor doctor reverend bishop archbishop cardinal sheikh sheriff"
    " former first ex attorney speaker leader lieutenant colonel major captain sergeant admiral officer detective"
    " commissioner premier imam ayatollah sultan deputy acting coach executive ceo father sister brother rabbi"
    " republican democrat democratic then new state us u s".split()
)
_PARTICLES = frozenset("de da di del della der van von den bin ibn al el la le du dos st ter ten abu ben y e zu".split())


def _norm(piece: str) -> str:
    return "'" if piece == "’" else piece


def _pieces(text: str) -> Pieces:
    return tuple(_norm(piece) for piece in PIECE.findall(text))


def _join(pieces: Sequence[str]) -> str:
    return " ".join(pieces)


def _collect(parse: Parse) -> dict[Pieces, _Name]:
    """Every name the pipeline saw, cleaned, with all that was seen about it."""
    names: dict[Pieces, _Name] = {}
    starts = {token.start: token.index for token in parse.tokens}
    titles = [_is_title_case(parse, sentence) for sentence in parse.sentences]
    for start, end, label, number in _candidates(parse, starts):
        sentence = parse.sentences[number]
        first, last = _token_range(parse, sentence, start, end)
        first, last, title = _clean(parse.tokens, first, last, label)
        if first >= last:
            continue
        span = (parse.tokens[first].start, parse.tokens[last - 1].end)
        pieces = _pieces(parse.article.text[span[0] : span[1]])
        if not pieces or not any(piece[0].isupper() for piece in pieces):
            continue
        name = names.setdefault(pieces, _Name(pieces, first=span[0]))
        name.labels[label] += 1
        name.running += not titles[number]
        fact = _fact(parse.tokens, first, title, sentence)
        if fact:
            name.facts.setdefault(fact)
        words = [word.lower().rstrip(".") for word in title + (fact.split() if fact else [])]
        if any(is_person_noun(word) or word in _HONORIFICS for word in words):
            name.titled += 1
    return names


_HONORIFICS = frozenset("mr mrs ms miss mx dr sir lord lady dame sen rep gov lt col gen maj capt sgt adm prof rev hon".split())


def _candidates(parse: Parse, starts: dict[int, int]) -> Iterator[tuple[int, int, str, int]]:
    by_sentence: dict[int, list[Entity]] = defaultdict(list)
    for entity in parse.entities:
        by_sentence[entity.sentence].append(entity)
    for sentence in parse.sentences:
        taken = set()
        for entity in by_sentence[sentence.index]:
            taken.update(range(entity.start, entity.end))
            if entity.label in _LABELS:
                yield entity.start, entity.end, entity.label, sentence.index
        run: list[Token] = []
        for token in (*parse.tokens_of(sentence), None):
            inside = token is not None and token.pos == "PROPN" and token.start not in taken and token.text[:1].isupper()
            if token is not None and inside:
                run.append(token)
            elif run:
                yield run[0].start, run[-1].end, "PROPN", sentence.index
                run = []


_LABELS = frozenset({"PERSON", "ORG", "GPE", "NORP", "LOC", "FAC", "PRODUCT", "WORK_OF_ART"})


def _token_range(parse: Parse, sentence: Sentence, start: int, end: int) -> tuple[int, int]:
    first = sentence.first_token
    while first < sentence.last_token and parse.tokens[first].end <= start:
        first += 1
    last = first
    while last < sentence.last_token and parse.tokens[last].start < end:
        last += 1
    return first, last


def _clean(tokens: Sequence[Token], first: int, last: int, label: str) -> tuple[int, int, list[str]]:
    """Strip articles, possessive endings, quotation marks and titles off a name; return the titles."""
    while first < last and (tokens[last - 1].tag == "POS" or not any(c.isalnum() for c in tokens[last - 1].text)):
        last -= 1
    while first < last and (tokens[first].pos == "DET" or not tokens[first].text[0].isalnum()):
        first += 1
    title: list[str] = []
    if label in {"PERSON", "PROPN"}:
        while last - first > 1 and tokens[first].text.lower().rstrip(".") in _TITLES:
            title.append(tokens[first].text)
            first += 1
        if title and last - first == 1 and tokens[first].text.lower() in _TITLES:
            first -= len(title)
            title = []
    return first, last, title


def _fact(tokens: Sequence[Token], first: int, title: list[str], sentence: Sentence) -> str:
    """The role stated right before a name: "Foreign Minister", "state media agency"."""
    words = list(title)
    at = first - len(title) - 1
    while at >= sentence.first_token and tokens[at].pos in {"NOUN", "PROPN", "ADJ"} and len(words) < 5:
        if tokens[at].text in country_forms() or tokens[at].tag == "NNPS":
            break
        words.insert(0, tokens[at].text)
        at -= 1
    if not words or not (is_person_noun(words[-1]) or is_organisation_noun(words[-1]) or words[-1].lower() in _TITLES):
        return ""
    return "" if words[-1].lower().rstrip(".") in _HONORIFICS else " ".join(words)


def _is_title_case(parse: Parse, sentence: Sentence) -> bool:
    """Whether a sentence is written in capitals word by word, so that a capital says nothing."""
    words = [token.text for token in parse.tokens_of(sentence) if token.text.isalpha() and len(token.text) > 3]
    return len(words) > 2 and sum(word[0].isupper() for word in words) > 0.7 * len(words)


# --- merging --------------------------------------------------------------------------------------------------


def _group(names: dict[Pieces, _Name]) -> list[_Group]:
    """Settle what kind each name is and merge the forms of one actor."""
    persons = [name for name in names.values() if len(name.pieces) > 1 and _is_person(name, names)]
    groups: list[_Group] = []
    by_last: dict[str, list[_Group]] = defaultdict(list)
    by_any: dict[str, list[_Group]] = defaultdict(list)
    for name in sorted(persons, key=lambda name: (-len(name.pieces), name.first)):
        words = _person_words(name.pieces)
        same = [group for group in by_last[words[-1]] if _same_person(words, _person_words(_pieces(group.name)))]
        if len(same) == 1:
            same[0].forms[name.form] = ("alias", "middle name left out")
            same[0].facts |= name.facts
            continue
        group = _Group(name.form, "person", {name.form: ("name", "full name")}, dict(name.facts))
        groups.append(group)
        by_last[words[-1]].append(group)
        for word in words:
            by_any[word].append(group)
    for name in names.values():
        if len(name.pieces) > 1:
            continue
        word = name.pieces[0]
        if word in country_forms() and not name.labels["PERSON"] > name.labels.total() / 2:
            continue
        owners = by_last.get(word) or by_any.get(word, [])
        if len(owners) == 1:
            rule = "surname" if by_last.get(word) else "one name of the full name"
            owners[0].forms[name.form] = ("alias", rule)
            owners[0].facts |= name.facts
        elif not owners and _is_person(name, names):
            groups.append(_Group(name.form, "person", {name.form: ("name", "single name")}, dict(name.facts)))
    for group in groups:
        last = _person_words(_pieces(group.name))[-1]
        if len(by_last[last]) == 1 and len(group.name.split()) > 1 and last not in country_forms():
            group.forms.setdefault(last, ("alias", "surname"))
    taken = {form for group in groups for form in group.forms}
    for name in names.values():
        if name.form not in taken and name.form not in country_forms() and _is_organisation(name, names):
            groups.append(_Group(name.form, "organisation", {name.form: ("name", "organisation")}, dict(name.facts)))
        elif name.form not in taken and name.form not in country_forms() and _is_group(name):
            groups.append(_Group(name.form, "group", {name.form: ("name", "group")}))
    return groups


def _person_words(pieces: Pieces) -> list[str]:
    words = [piece for piece in pieces if piece[0].isalnum()]
    while len(words) > 1 and words[-1] in _SUFFIXES:
        words.pop()
    return words or list(pieces)


def _same_person(short: list[str], full: list[str]) -> bool:
    return short[0] == full[0] and short[-1] == full[-1] and set(short) <= set(full)


def _is_person(name: _Name, names: dict[Pieces, _Name]) -> bool:
    if len(name.pieces) > 5 or any(piece.isdigit() for piece in name.pieces):
        return False
    if not all(piece[0].isupper() or piece.lower() in _PARTICLES or not piece[0].isalnum() for piece in name.pieces):
        return False
    others = name.labels["ORG"] + name.labels["GPE"] + name.labels["NORP"] + name.labels["PROPN"]
    evidence = name.labels["PERSON"] + 2 * name.titled
    if name.pieces[0].lower() in people().given and len(name.pieces) > 1 and not is_organisation_noun(name.pieces[-1]):
        evidence += 0.5 if name.labels["PROPN"] else 1
    return name.labels["PERSON"] + name.titled > 0 and evidence > others * (1 if name.running else 0.9)


def _is_organisation(name: _Name, names: dict[Pieces, _Name]) -> bool:
    if not name.labels["ORG"] or name.labels["ORG"] * 2 < name.labels.total():
        return False
    if not name.running or name.form in states():
        return False
    return any(piece[0].isupper() for piece in name.pieces)


def _is_group(name: _Name) -> bool:
    return name.labels["NORP"] * 2 > name.labels.total() and name.running > 0


# --- places ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Place:
    start: int
    end: int
    sentence: Sentence
    group: int
    form: MentionForm
    rule: str


def _locate(parse: Parse, groups: list[_Group], names: dict[Pieces, _Name]) -> list[_Place]:
    """Every place where a form of an actor stands, the longest form first; countries join as they are met."""
    table: dict[str, list[tuple[Pieces, int, MentionForm, str]]] = defaultdict(list)
    known: dict[str, int] = {}
    for form, (country, rule) in country_forms().items():
        kind: MentionForm = "name" if form == country.name else "demonym" if rule == "demonym" else "alias"
        if country.name not in known:
            known[country.name] = len(groups)
            groups.append(_Group(country.name, "country"))
        pieces = _pieces(form)
        table[pieces[0]].append((pieces, known[country.name], kind, rule))
    personal: set[Pieces] = set()
    for number, group in enumerate(groups):
        for form, (kind, rule) in group.forms.items():
            pieces = _pieces(form)
            personal.add(pieces)
            table[pieces[0]].append((pieces, number, kind, rule))
    for pieces, name in names.items():
        if len(pieces) > 1 and pieces not in personal and _join(pieces) not in country_forms() and name.running:
            if name.labels["GPE"] + name.labels["LOC"] + name.labels["FAC"] + name.labels["ORG"] > name.labels["PROPN"]:
                table[pieces[0]].append((pieces, -1, "name", "place"))
    for entries in table.values():
        entries.sort(key=lambda entry: (-len(entry[0]), entry[0] not in personal))
    found: list[_Place] = []
    for sentence in parse.sentences:
        units = [
            (_norm(match.group()), sentence.start + match.start(), sentence.start + match.end())
            for match in PIECE.finditer(parse.article.text[sentence.start : sentence.end])
        ]
        at = 0
        while at < len(units):
            step = 1
            for pieces, number, form, rule in table.get(units[at][0], ()):
                if all(at + i < len(units) and units[at + i][0] == piece for i, piece in enumerate(pieces)):
                    step = len(pieces)
                    if number >= 0:
                        found.append(_Place(units[at][1], units[at + step - 1][2], sentence, number, form, rule))
                    break
            at += step
    return found


def _cast(parse: Parse, places: list[_Place], groups: list[_Group]) -> Cast:
    """Freeze what was found: actors by first mention, mentions in reading order, merges with their counts."""
    seen: dict[int, dict[str, Counter[str]]] = {}
    text = parse.article.text
    for place in places:
        form = " ".join(text[place.start : place.end].split())
        seen.setdefault(place.group, defaultdict(Counter))[form][place.rule] += 1
    actors = {}
    merges = []
    for number, forms in seen.items():
        group = groups[number]
        aliases = tuple(form for form in forms if form != group.name)
        actors[number] = Actor(group.name, group.kind, aliases, tuple(group.facts))
        for form, rules in forms.items():
            rule = rules.most_common(1)[0][0]
            merges.append(Merge(form, group.name, rule, rules.total()))
    mentions = tuple(Mention(actors[p.group], p.sentence, p.start, p.end, p.form, p.rule) for p in places)
    return Cast(parse, tuple(actors.values()), mentions, tuple(merges), ())
