"""A Parse becomes a Cast: who is in the article, every place that means them, and why.

The pipeline sees one sentence at a time, so its labels vary ("Lavrov" is an organisation in one sentence and a
person in the next). Here the whole article decides: names are collected, their kind is settled by all the
evidence, forms that mean the same actor are merged by named rules, and a second pass finds every place where a
form stands, whatever the pipeline said about it there. The analyst's registry wins over every rule.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from analysis.gazetteer import (
    PIECE,
    Gender,
    country_forms,
    is_organisation_noun,
    is_person_noun,
    organisation_names,
    party_members,
    people,
    states,
)
from analysis.model import (
    Actor,
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
from analysis.pronouns import CAMPS as _CAMPS
from analysis.pronouns import Group, Pieces, Place, appositions, gender_of, resolve
from analysis.registry import Registry, RegistryActor, nearest, read_registry


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
    groups, table, shared = _group(names)
    places, unclear = _locate(parse, groups, table, shared)
    appositions(parse, places, groups)
    linked: list[Place] = []
    if pronouns and rules.pronouns:
        linked, more = resolve(parse, places, groups)
        unclear += more
    if rules.actors or rules.ignore or rules.split:
        places, linked, unclear = _correct(parse, rules, groups, table, shared, [*places, *linked], unclear)
    return _cast(parse, sorted([*places, *linked], key=lambda place: place.start), groups, unclear)


# --- names ----------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Name:
    """All the evidence about one form.

    titled: how often a title or role stands before it. human: how much its syntax says it is a person.
    camps: "administration" or "campaign" behind it.
    running: how often it stands where a capital letter says something.
    """

    pieces: Pieces
    first: int
    surfaces: Counter[str] = field(default_factory=Counter)
    labels: Counter[str] = field(default_factory=Counter)
    titled: int = 0
    human: float = 0.0
    camps: Counter[str] = field(default_factory=Counter)
    running: int = 0
    facts: dict[str, None] = field(default_factory=dict)
    genders: Counter[Gender] = field(default_factory=Counter)
    countries: Counter[str] = field(default_factory=Counter)

    @property
    def text(self) -> str:
        """The spelling seen most."""
        return self.surfaces.most_common(1)[0][0]

    @property
    def words(self) -> list[str]:
        """Its words as white space parts them, outer punctuation and generational suffixes left out."""
        words = [word for part in self.text.split() if (word := part.strip(_MARKS))]
        while len(words) > 1 and words[-1] in _SUFFIXES:
            words.pop()
        return words or [self.text]


_MARKS = ".,;:’'\"“”()[]-"
_SUFFIXES = frozenset({"Jr", "Sr", "II", "III", "IV"})
_CORPORATE = frozenset({"inc", "corp", "ltd", "llc", "plc", "gmbh", "corporation", "stores"})
_MALE = frozenset({"mr", "sir", "lord"})
_FEMALE = frozenset({"mrs", "ms", "miss", "lady", "dame"})
_HONORIFICS = _MALE | _FEMALE | frozenset("mx dr sen rep gov lt col gen maj capt sgt cpl adm prof rev hon fr".split())
_TITLES = _HONORIFICS | frozenset(
    "president vice prime minister foreign finance defence defense chancellor senator congressman congresswoman"
    " representative governor mayor secretary general judge justice chief king queen prince princess pope emperor"
    " ambassador director chairman chairwoman professor doctor reverend bishop archbishop cardinal sheikh sheriff"
    " former first attorney speaker leader lieutenant colonel major captain sergeant admiral officer detective"
    " commissioner premier imam ayatollah sultan deputy coach executive father sister brother rabbi".split()
)
_PARTICLES = frozenset("de da di del della der van von den bin ibn al el la le du dos st ter ten abu ben y e zu".split())
_LABELS = frozenset({"PERSON", "ORG", "GPE", "NORP", "LOC", "FAC", "PRODUCT", "WORK_OF_ART", "EVENT", "LANGUAGE", "LAW"})
_COUNTRY_MAY_STAND_IN = frozenset("war wars conflict crisis revolution invasion election elections talks deal summit".split())


_NO_NAME = re.compile(r"[A-Z]\w{1,4}\.|[DRI]-[\w.]+|\w\.?|(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov)s?\.?|.*[\[\]].*|D\.C\.", re.DOTALL)
"""What the pipeline takes for a name and is none: a party tag (R-Va.), an initial, a bare title."""
_DATELINE = re.compile(
    r"[A-Z][A-Z .'’]{2,}(?:, [A-Z]\w+\.?)?(?:, [A-Z]\w+\.? \d+)?\s*(?:\([\w ]+\)\s*)?[—–-]+\s|[A-Z][\w .,]{2,30}\((?:AP|AFP|Reuters|CNN)\)"
)
"""The place a report was filed from, at its start: "MOSCOW (AP) -"."""


def _norm(piece: str) -> str:
    return "'" if piece == "’" else piece


def _pieces(text: str) -> Pieces:
    return tuple(_norm(piece) for piece in PIECE.findall(text))


def _collect(parse: Parse) -> dict[Pieces, _Name]:
    """Every name the pipeline saw, cleaned, with all that was seen about it."""
    names: dict[Pieces, _Name] = {}
    titled = [_is_title_case(parse, sentence) for sentence in parse.sentences]
    text = parse.article.text
    for sentence, first, last, label in _candidates(parse):
        first, last, title = _clean(parse.tokens, first, last, label)
        if first >= last:
            continue
        start, end = parse.tokens[first].start, parse.tokens[last - 1].end
        pieces = _pieces(text[start:end])
        if not any(piece[0].isupper() for piece in pieces) or _NO_NAME.fullmatch(text[start:end]):
            continue
        if (dateline := _DATELINE.match(text[sentence.start : sentence.end])) and end <= sentence.start + dateline.end():
            continue
        name = names.setdefault(pieces, _Name(pieces, start))
        name.surfaces[" ".join(text[start:end].split())] += 1
        name.labels[label] += 1
        name.running += not titled[sentence.index]
        fact, before, country = _fact(parse.tokens, first, title, sentence)
        if fact and country:
            name.countries[country] += 1
        if fact:
            name.facts.setdefault(fact)
        name.titled += bool(fact and is_person_noun(fact.split()[-1])) or bool(before & _HONORIFICS)
        name.human += _humanity(parse, first, last, sentence)
        after = parse.tokens[last].text if last < sentence.last_token else ""
        if after in _CAMPS:
            name.camps[after] += 1
        if before & _MALE:
            name.genders["male"] += 1
        if before & _FEMALE:
            name.genders["female"] += 1
    return names


def _candidates(parse: Parse) -> Iterator[tuple[Sentence, int, int, str]]:
    """Spans of tokens that may be names: entities, and runs of proper nouns outside them."""
    by_sentence: dict[int, list[Entity]] = defaultdict(list)
    for entity in parse.entities:
        by_sentence[entity.sentence].append(entity)
    for sentence in parse.sentences:
        label_at: dict[int, str] = {}
        begins: dict[int, tuple[int, str]] = {}
        entities = iter(sorted(by_sentence[sentence.index], key=lambda entity: entity.start))
        entity = next(entities, None)
        for token in parse.tokens_of(sentence):
            while entity is not None and entity.end <= token.start:
                entity = next(entities, None)
            if entity is not None and entity.start < token.end:
                begins.setdefault(entity.start, (token.index, entity.label))
                label_at[token.index] = entity.label
                begins[entity.start] = begins[entity.start]
        spans = _runs(parse, sentence, label_at, {index for index, _ in begins.values()})
        yield from ((sentence, first, last, label) for first, last, label in spans)


def _runs(parse: Parse, sentence: Sentence, label_at: dict[int, str], begins: set[int]) -> Iterator[tuple[int, int, str]]:
    first, label = sentence.first_token, ""
    for token in (*parse.tokens_of(sentence), None):
        index = token.index if token else sentence.last_token
        here = ""
        if token is not None:
            proper = token.pos == "PROPN" and token.text[:1].isupper()
            here = label_at.get(index, "PROPN" if proper else "")
        if here != label or index in begins:
            if label in _LABELS or label == "PROPN":
                yield from _parts(parse.tokens, first, index, label)
            first, label = index, here


def _parts(tokens: Sequence[Token], first: int, last: int, label: str) -> Iterator[tuple[int, int, str]]:
    """Cut an entity at a possessive ending: "Russia's Foreign Ministry" is two names."""
    start = first
    for index in range(first, last):
        if tokens[index].tag == "POS" and label != "WORK_OF_ART" and index + 1 < last:
            yield start, index, label if label == "PERSON" else "PROPN"
            start = index + 1
    yield start, last, label


def _clean(tokens: Sequence[Token], first: int, last: int, label: str) -> tuple[int, int, list[str]]:
    """Strip articles, possessive endings, quotation marks and titles off a name; return the titles."""
    while first < last and (tokens[last - 1].tag == "POS" or not any(c.isalnum() for c in tokens[last - 1].text)):
        last -= 1
    while first < last and (tokens[first].pos in {"DET", "ADP"} or not tokens[first].text[0].isalnum()):
        first += 1
    title: list[str] = []
    if label in {"PERSON", "PROPN", "ORG"}:
        office = is_organisation_noun(tokens[last - 1].text)
        while last - first > 1 and _is_title(tokens[first].text) and not office and (label != "ORG" or last - first == 2):
            title.append(tokens[first].text)
            first += 1
        if title and _is_title(tokens[first].text):
            first -= len(title)
            title = []
    return first, last, title


def _is_title(word: str) -> bool:
    return word.lower().rstrip(".") in _TITLES


def _fact(tokens: Sequence[Token], first: int, title: list[str], sentence: Sentence) -> tuple[str, set[str], str]:
    """The role right before a name ("Foreign Minister", "state media agency"), the honorifics and the country there."""
    words = list(title)
    at = first - len(title) - 1
    while at >= sentence.first_token and tokens[at].pos in {"NOUN", "PROPN", "ADJ"} and len(words) < 6:
        words.insert(0, tokens[at].text)
        at -= 1
    before = {word.lower().rstrip(".") for word in words if word.lower().rstrip(".") in _HONORIFICS}
    words = [word for word in words if word.lower().rstrip(".") not in _HONORIFICS]
    forms, country = country_forms(), ""
    for size in (1, 2, 3):
        for start in range(len(words) - size, -1, -1):
            form = " ".join(words[start : start + size])
            if form in forms:
                country, words = forms[form][0].name, words[start + size :]
                break
    if not words or not (is_person_noun(words[-1]) or is_organisation_noun(words[-1]) or _is_title(words[-1])):
        return "", before, country
    return " ".join(words), before, country


def _humanity(parse: Parse, first: int, last: int, sentence: Sentence) -> float:
    """What the syntax around a name says about its being a person.

    "Tinning, who"; "Tinning ... her children"; "Tinning's son"; the next sentence opens with "She". Less where the
    name stands after "in" or behind an article.
    """
    tokens = parse.tokens
    head = tokens[last - 1]
    score = 0.0
    if first > sentence.first_token:
        before = tokens[first - 1].text.lower()
        score -= 1.0 * (before in _AT_PLACE) + 2.0 * (before in {"the", "a", "an"})
    after = tokens[last] if last < sentence.last_token else None
    rest = tokens[last : min(sentence.last_token, last + 25)]
    who = next((token for token in rest[:3] if token.text.isalpha()), None)
    if who is not None and who.text.lower() in {"who", "whose", "whom"}:
        score += 2.0
    if head.dep == "poss" and tokens[head.head].text.lower() in people().relative:
        score += 2.0
    if head.dep in {"nsubj", "nsubjpass"} or (after is not None and head.dep == "conj"):
        if any(token.text.lower() in _HUMAN_PRONOUNS for token in rest):
            score += 1.0
        following = parse.sentences[sentence.index + 1 : sentence.index + 2]
        opening = [token.text for after in following for token in tokens[after.first_token : after.last_token][:8]]
        if any(word.lower() in {"he", "she", "his", "her"} for word in opening):
            score += 1.0
        if tokens[head.head].lemma in _HUMAN_VERBS:
            score += 0.5
    return score


_AT_PLACE = frozenset({"in", "at", "near", "from", "around", "outside", "across"})
_HUMAN_PRONOUNS = frozenset({"he", "she", "his", "her", "him", "himself", "herself"})
_HUMAN_VERBS = frozenset(
    {"marry", "retire", "bear", "graduate", "smile", "laugh", "reply", "remember", "recall", "think", "feel", "die"}
)


def _is_title_case(parse: Parse, sentence: Sentence) -> bool:
    """Whether a sentence is written in capitals word by word, so that a capital says nothing."""
    words = [token.text for token in parse.tokens_of(sentence) if token.text.isalpha() and len(token.text) > 3]
    least = 3 if sentence.section.kind == "body" else 2
    return len(words) >= least and sum(word[0].isupper() for word in words) > 0.7 * len(words)


# --- merging --------------------------------------------------------------------------------------------------

Entry = tuple[Pieces, int, MentionForm, str]
Table = dict[str, list[Entry]]
_PLACE = -1
_SHARED = -2


def _group(names: dict[Pieces, _Name]) -> tuple[list[Group], Table, dict[Pieces, list[int]]]:
    """Settle what kind each name is, merge the forms of one actor, and list every form to look for.

    Returns:
        The actors in the making; the forms by their first piece, the longest first; and for a surname that
        several persons share, who they are.
    """
    groups: list[Group] = []
    shared = _persons(names, groups)
    taken = {form for group in groups for form in group.forms} | set(shared)
    _countries(names, groups, taken)
    _organisations(names, groups, taken)
    _camps(names, groups, taken)
    table: Table = defaultdict(list)
    for number, group in enumerate(groups):
        for pieces, (kind, rule) in group.forms.items():
            table[pieces[0]].append((pieces, number, kind, rule))
    for pieces in shared:
        table[pieces[0]].append((pieces, _SHARED, "alias", "shared surname"))
    for pieces, name in names.items():
        if _hides(name, taken):
            table[pieces[0]].append((pieces, _PLACE, "name", "place"))
    for entries in table.values():
        entries.sort(key=lambda entry: (-len(entry[0]), groups[entry[1]].kind == "country" if entry[1] >= 0 else True))
    return groups, table, shared


def _hides(name: _Name, taken: set[Pieces]) -> bool:
    """Whether a longer name that is no actor hides the names within: "Gulf of Mexico", "African American"."""
    if len(name.pieces) < 2 or name.pieces in taken or name.text in country_forms() or not name.running:
        return False
    if name.labels["EVENT"] and name.pieces[-1].lower() in _COUNTRY_MAY_STAND_IN:
        return False
    return name.labels["PROPN"] + name.labels["PERSON"] < name.labels.total() / 2


def _persons(names: dict[Pieces, _Name], groups: list[Group]) -> dict[Pieces, list[int]]:
    """Persons: full names first, then what is short for exactly one of them. Returns the surnames shared."""
    by_last: dict[str, list[int]] = defaultdict(list)
    by_word: dict[str, list[int]] = defaultdict(list)
    full = [name for name in names.values() if len(name.words) > 1 and _is_person(name)]
    for name in sorted(full, key=lambda name: (-len(name.words), name.first)):
        last = _fold(name.words[-1])
        spelled = [word.strip(_MARKS) for word in name.text.split()]
        same = [number for number in by_last[last] if _same_person(spelled, groups[number].name.split())]
        if same:
            _add(groups[same[0]], name, "alias", "middle name left out")
            continue
        groups.append(Group(name.text, "person"))
        _add(groups[-1], name, "name", "full name")
        by_last[last].append(len(groups) - 1)
        for word in {_fold(word) for word in name.words if word[0].isupper() and len(word) > 1}:
            by_word[word].append(len(groups) - 1)
    shared: dict[Pieces, list[int]] = {}
    for name in names.values():
        if len(name.words) > 1 or (name.text in country_forms() and name.labels["PERSON"] * 2 <= name.labels.total()):
            continue
        word = _fold(name.words[0])
        owners = [number for number in by_last.get(word) or by_word.get(word, []) if _may_be(groups[number], name)]
        if len(owners) == 1:
            _add(groups[owners[0]], name, "alias", "surname" if by_last.get(word) else "part of the full name")
        elif owners:
            shared[name.pieces] = owners
        elif _is_person(name):
            groups.append(Group(name.text, "person"))
            _add(groups[-1], name, "name", "single name")
    claimed = {pieces for group in groups for pieces in group.forms} | set(shared)
    for owners in by_last.values():
        last = _pieces(groups[owners[0]].name.split()[-1])
        spare = _pieces(Counter(word for o in owners for word in [_last_word(groups[o].name)]).most_common(1)[0][0])
        for pieces in {last, spare} - claimed:
            if " ".join(pieces) in country_forms() or pieces[0].islower() or pieces[0] in _SUFFIXES:
                continue
            if len(owners) > 1:
                shared[pieces] = owners
            else:
                groups[owners[0]].forms[pieces] = ("alias", "surname")
    return shared


def _last_word(name: str) -> str:
    words = [word.strip(_MARKS) for word in name.split()]
    while len(words) > 1 and words[-1] in _SUFFIXES:
        words.pop()
    return words[-1]


def _may_be(group: Group, name: _Name) -> bool:
    """Whether a bare name's honorific allows the person: "Mr. Obama" is not Malia Obama."""
    said = name.genders.most_common(1)
    known = gender_of(group)
    return not (said and known) or said[0][0] == known


def _add(group: Group, name: _Name, form: MentionForm, rule: str) -> None:
    group.forms[name.pieces] = (form, rule)
    group.facts |= name.facts
    group.genders += name.genders
    group.countries += name.countries


def _same_person(short: Sequence[str], full: Sequence[str]) -> bool:
    """Whether two full names differ only by what stands in the middle, initials included."""
    short, full = [_fold(word) for word in short], [_fold(word.strip(".,")) for word in full]
    if ("Jr" in full) != ("Jr" in short):
        return False
    first = short[0] == full[0] or (len(short[0]) == 1 and short[0] == full[0][0])
    return first and short[-1] == full[-1] and all(any(w[0] == v[0] for v in full) for w in short)


def _fold(word: str) -> str:
    """A word without its accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))


def _is_person(name: _Name) -> bool:
    if len(name.words) > 5 or any(piece.isdigit() for piece in name.pieces):
        return False
    for word in name.words:
        if not (word[0].isupper() or word.lower() in _PARTICLES):
            return False
    first, last = name.words[0].lower(), name.words[-1].lower()
    lists = people()
    called = len(name.words) > 1 and first in lists.known and (last in lists.surname or last not in lists.common)
    if not name.labels["PERSON"] + name.titled and name.human < 1 and not called:
        return False
    if not name.running and (len(name.words) != 2 or first not in lists.known):
        return False
    if len(name.words) == 1 and first in lists.common and is_organisation_noun(first):
        return False
    if len(name.words) == 1 and not name.labels["PERSON"] and (name.text.isupper() or name.text in states()):
        return False
    if len(name.words) > 1 and is_organisation_noun(last) and last not in lists.surname:
        return False
    others = name.labels["ORG"] + name.labels["GPE"] + name.labels["NORP"] + name.labels["LOC"] + name.labels["FAC"]
    evidence = name.labels["PERSON"] + 2.0 * name.titled + name.human + 1.5 * called
    if len(name.words) == 1 and not name.labels["PERSON"] and first not in lists.common:
        evidence += 0.5 if first in lists.surname or first in lists.known else 0.1
    if len(name.words) > 1 and first in lists.given:
        evidence += 0.5
    return evidence > others


def _countries(names: dict[Pieces, _Name], groups: list[Group], taken: set[Pieces]) -> None:
    """Countries, with every name, demonym, capital and seat of theirs that is not somebody's name here."""
    known: dict[str, int] = {}
    for form, (country, rule) in country_forms().items():
        pieces = _pieces(form)
        if pieces in taken:
            continue
        if country.name not in known:
            known[country.name] = len(groups)
            groups.append(Group(country.name, "country"))
        kind: MentionForm = "name" if form == country.name else "demonym" if rule == "demonym" else "alias"
        groups[known[country.name]].forms[pieces] = (kind, rule)
        taken.add(pieces)


def _organisations(names: dict[Pieces, _Name], groups: list[Group], taken: set[Pieces]) -> None:
    """Organisations and named groups, with the names that are short or other for them."""
    found = [name for name in names.values() if name.pieces not in taken and (_is_organisation(name) or _is_group(name))]
    found = [name for name in found if not _is_family(name, groups)]
    by_key: dict[str, int] = {}
    for name in sorted(found, key=lambda name: (-len(name.words), name.first)):
        keys = _organisation_keys(name.text)
        at = next((by_key[key] for key, _ in keys if key in by_key), None)
        rule = next((rule for key, rule in keys if key in by_key), "")
        if at is None:
            at = len(groups)
            kind = "organisation" if _is_organisation(name) else "group"
            groups.append(Group(name.text, "organisation" if kind == "organisation" else "group"))
            _add(groups[at], name, "name", f"{kind} name")
        else:
            _add(groups[at], name, "alias", rule)
        taken.add(name.pieces)
        for key, _ in keys:
            by_key.setdefault(key, at)


def _organisation_keys(text: str) -> list[tuple[str, str]]:
    """What makes two names one organisation, each with the rule that says so."""
    words = text.split()
    while len(words) > 1 and words[-1].lower().strip(".,") in _CORPORATE:
        words.pop()
    plain = " ".join(words).strip(",")
    if re.fullmatch(r"(?:[A-Z]\.){2,}[A-Z]?", plain):
        plain = plain.replace(".", "")
    keys = [(plain.casefold(), "spelling")]
    for other in organisation_names().get(plain, ()):
        keys.append((other.casefold(), "another name of the organisation"))
    first = " ".join(words[:1])
    if len(words) > 1 and first in country_forms():
        keys.append((" ".join(words[1:]).casefold(), "country left out"))
    single = plain[:-1] if plain.endswith("s") else plain
    party = party_members().get(single)
    if party:
        keys.append((party.casefold(), "member of the party"))
        keys.extend((other.casefold(), "member of the party") for other in organisation_names().get(party, ()))
    for member, name in party_members().items():
        if name.casefold() == plain.casefold() or plain in organisation_names().get(name, ()):
            keys.append((member.casefold(), "member of the party"))
            keys.append((name.casefold(), "another name of the organisation"))
        if plain == name.removesuffix(" Party"):
            keys.append((member.casefold(), "of the party"))
            keys.append((name.casefold(), "of the party"))
    if len(words) == 1 and len(plain) > 4:
        keys.append((single.casefold(), "plural"))
    if len(words) > 2:
        initials = "".join(word[0] for word in words if word[0].isupper())
        if len(initials) > 2:
            keys.append((initials.casefold(), "initials"))
    return keys


def _is_organisation(name: _Name) -> bool:
    labels = name.labels
    if name.text in states() or not name.running or name.text in country_forms():
        return False
    if any(word.islower() and len(word) > 4 for word in name.words):
        return False
    acronym = len(name.words) == 1 and name.text.isupper() and len(name.text) > 2
    noun = any(is_organisation_noun(word) for word in (name.words[0], name.words[-1])) and len(name.words) > 1
    others = labels.total() - labels["ORG"] - labels["PROPN"]
    if acronym and (labels["ORG"] or labels["GPE"] or labels.total() > 1):
        return not name.text.title() in country_forms()
    if len(name.words) == 1 and name.words[0].lower() in people().common and labels["ORG"] < 2:
        return False
    if noun and not labels["EVENT"] and not labels["LAW"] and (labels["ORG"] or not others):
        return True
    return labels["ORG"] > 0 and labels["ORG"] >= others


def _is_family(name: _Name, groups: Sequence[Group]) -> bool:
    """Whether a name is the plural of a person's surname: "the Obamas"."""
    return name.text.endswith("s") and any(_last_word(g.name) == name.text[:-1] for g in groups if g.kind == "person")


def _is_group(name: _Name) -> bool:
    return name.labels["NORP"] * 2 > name.labels.total() and name.running > 0


def _camps(names: dict[Pieces, _Name], groups: list[Group], taken: set[Pieces]) -> None:
    """A person's administration or campaign is an organisation of its own: "the Obama administration"."""
    by_name: dict[str, Group] = {}
    owners = [(_last_word(group.name), list(group.forms)) for group in groups if group.kind == "person"]
    for name in names.values():
        if name.camps and len(name.words) == 1 and name.text not in country_forms() and not name.text.isupper():
            owners.append((name.text, [name.pieces]))
    for owner, forms in owners:
        for noun in sorted(_CAMPS):
            title = f"{owner} {noun}"
            if title not in by_name:
                by_name[title] = Group(title, "organisation")
                groups.append(by_name[title])
            for pieces in forms:
                for joint in ((noun,), ("'", "s", noun)):
                    form = (*pieces, *joint)
                    plain = " ".join(form) == title
                    by_name[title].forms.setdefault(form, ("name" if plain else "alias", "a person's organisation"))
                    taken.add(form)


# --- places ---------------------------------------------------------------------------------------------------


def _locate(
    parse: Parse, groups: list[Group], table: Table, shared: dict[Pieces, list[int]]
) -> tuple[list[Place], list[Ambiguity]]:
    """Every place where a form of an actor stands, the longest form first."""
    found: list[Place] = []
    unclear: list[Ambiguity] = []
    prominent = Counter[int]()
    text = parse.article.text
    for sentence in parse.sentences:
        units = [
            (_norm(match.group()), sentence.start + match.start(), sentence.start + match.end())
            for match in PIECE.finditer(text[sentence.start : sentence.end])
        ]
        at = 0
        while at < len(units):
            step = 1
            for pieces, number, form, rule in table.get(units[at][0], ()):
                if not all(at + i < len(units) and units[at + i][0] == piece for i, piece in enumerate(pieces)):
                    continue
                step = len(pieces)
                start, end = units[at][1], units[at + step - 1][2]
                if number == _SHARED:
                    owners = shared[pieces]
                    number = max(owners, key=lambda owner: (prominent[owner], -owner))
                    rest = max((prominent[owner] for owner in owners if owner != number), default=0)
                    if prominent[number] <= rest:
                        names = tuple(groups[owner].name for owner in owners)
                        unclear.append(Ambiguity(text[start:end], sentence.index, start, end, names, "shared surname"))
                        break
                    found.append(Place(start, end, sentence, number, form, "surname of the one named most", 0.8))
                elif number >= 0:
                    found.append(Place(start, end, sentence, number, form, rule))
                    prominent[number] += len(pieces) > 1
                break
            at += step
    return found, unclear


# --- the analyst's registry -----------------------------------------------------------------------------------


def _correct(
    parse: Parse,
    rules: Registry,
    groups: list[Group],
    table: Table,
    shared: dict[Pieces, list[int]],
    before: Sequence[Place],
    unclear: Sequence[Ambiguity],
) -> tuple[list[Place], list[Place], list[Ambiguity]]:
    """Lay the registry over what the rules found: forms it claims are looked for again, the rest stays.

    Pronouns and roles were resolved before and follow the actor they were linked to, so that one line moves only
    the mentions it names.
    """
    present = {place.group for place in before}
    claims, moved = _claims(parse, rules, groups, present)
    revised: Table = {first: list(entries) for first, entries in table.items()}
    for pieces, (number, rule) in claims.items():
        same = [entry for entry in revised.get(pieces[0], []) if entry[0] == pieces and entry[1] == number]
        entry: Entry = (
            same[0] if same else (pieces, number, "name" if groups[number].name == " ".join(pieces) else "alias", rule)
        )
        others = [old for old in revised.get(pieces[0], []) if old[0] != pieces]
        revised[pieces[0]] = sorted([entry, *others], key=lambda old: -len(old[0]))
    places, shared_again = _locate(parse, groups, revised, shared)
    places = [replace(place, group=moved.get(place.group, place.group)) for place in places]
    places = [place for place in places if place.group >= 0]
    named = {place.group for place in before if place.form not in {"pronoun", "role"}}
    emptied = {number for number in named if number not in {place.group for place in places} and number not in moved}
    taken = [(place.start, place.end) for place in places]
    linked = []
    for place in before:
        if place.form not in {"pronoun", "role"} or place.group in emptied:
            continue
        number = moved.get(place.group, place.group)
        if number >= 0 and not any(start < place.end and place.start < end for start, end in _around(taken, place.start)):
            linked.append(replace(place, group=number))
    settled = {pieces for pieces in claims}
    kept = [item for item in unclear if item.reason != "shared surname"] + shared_again
    return places, linked, [item for item in kept if _pieces(item.form) not in settled]


def _around(spans: Sequence[tuple[int, int]], start: int) -> Sequence[tuple[int, int]]:
    at = bisect_left(spans, (start, start))
    return spans[max(0, at - 1) : at + 2]


def _claims(
    parse: Parse, rules: Registry, groups: list[Group], present: set[int]
) -> tuple[dict[Pieces, tuple[int, str]], dict[int, int]]:
    """What the registry says of each form it names, and which whole actors it moves (to minus one: to nobody)."""
    by_name = {groups[number].name: number for number in present}
    by_form = {pieces: number for number in present for pieces in groups[number].forms}
    known = [groups[number].name for number in present] + [" ".join(pieces) for pieces in by_form]

    def owner(form: str) -> int | None:
        return by_name.get(form, by_form.get(_pieces(form)))

    claims: dict[Pieces, tuple[int, str]] = {}
    moved: dict[int, int] = {}
    renamed: dict[int, str] = {}
    for entry in rules.actors:
        number = owner(entry.name)
        if number is None:
            if entry.kind is None:
                rules.fail(entry.name, f"{entry.name!r} was not found in the article, and a new actor needs a kind.", known)
            groups.append(Group(entry.name, entry.kind))
            number = len(groups) - 1
        else:
            renamed[number] = entry.name
        if entry.kind:
            groups[number].kind = entry.kind
        for form in (entry.name, *entry.aliases):
            claims[_pieces(form)] = (number, "the analyst's registry")
            _check_spelling(parse, rules, form, entry, known)
        for form in entry.not_aliases:
            if owner(form) is None and not _stands(parse, form):
                rules.fail(form, f"{form!r} stands nowhere in the article.", known)
            if owner(form) == number:
                claims.setdefault(_pieces(form), (_PLACE, "the analyst's registry"))
        for other in entry.merge:
            joined = owner(other)
            if joined is None:
                rules.fail(other, f"{other!r} is no actor of the article, so it cannot be merged into {entry.name!r}.", known)
            if joined != number:
                moved[joined] = number
    for number, name in renamed.items():
        groups[number].name = name
    for form in rules.split:
        number = owner(form)
        if number is None:
            rules.fail(form, f"{form!r} is no form of an actor here, so it cannot be split off.", known)
        groups.append(Group(form, groups[number].kind))
        claims[_pieces(form)] = (len(groups) - 1, "split off by the analyst")
    for form in rules.ignore:
        if owner(form) is None and not _stands(parse, form):
            rules.fail(form, f"{form!r} stands nowhere in the article.", known)
        claims[_pieces(form)] = (_PLACE, "ignored by the analyst")
        if form in by_name:
            moved[by_name[form]] = _PLACE
    return claims, {number: _end(number, moved, rules, groups) for number in moved}


def _end(number: int, moved: dict[int, int], rules: Registry, groups: list[Group]) -> int:
    """Where an actor ends up when merges follow one another."""
    seen = {number}
    while (target := moved.get(number)) is not None:
        if target in seen:
            name = groups[target].name
            rules.fail(name, f"{name!r} is merged into itself, by way of other actors. Take one merge out.")
        seen.add(target)
        number = target
    return number


def _stands(parse: Parse, form: str) -> bool:
    return " ".join(_pieces(form)) in " ".join(_pieces(parse.article.text))


def _check_spelling(parse: Parse, rules: Registry, form: str, entry: RegistryActor, known: Sequence[str]) -> None:
    """A form that stands nowhere but is almost one that does is a slip; a name may be new where forms follow."""
    if form == entry.name and (entry.aliases or entry.merge):
        return
    if not _stands(parse, form):
        near = nearest(form, known, cutoff=0.8)
        if near and near not in (entry.name, *entry.aliases):
            rules.fail(form, f"{form!r} stands nowhere in the article.", [near])


def _cast(parse: Parse, places: Iterable[Place], groups: list[Group], unclear: list[Ambiguity]) -> Cast:
    """Freeze what was found: actors by first mention, mentions in reading order, merges with their counts."""
    seen: dict[int, dict[str, Counter[str]]] = {}
    text = parse.article.text
    kept = list(places)
    for place in kept:
        forms = seen.setdefault(place.group, defaultdict(Counter))
        if place.form != "pronoun":
            forms[" ".join(text[place.start : place.end].split())][place.rule] += 1
    actors = {}
    merges = []
    for number, forms in seen.items():
        group = groups[number]
        aliases = tuple(form for form in forms if form != group.name)
        actors[number] = Actor(group.name, group.kind, aliases, tuple(group.facts))
        for form, rules in forms.items():
            merges.append(Merge(form, group.name, rules.most_common(1)[0][0], rules.total()))
    mentions = tuple(Mention(actors[p.group], p.sentence, p.start, p.end, p.form, p.rule, p.confidence) for p in kept)
    unclear = sorted(unclear, key=lambda item: item.start)
    return Cast(parse, tuple(actors.values()), mentions, tuple(merges), tuple(unclear))
