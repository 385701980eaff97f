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
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path

from ..constants import (
    ACTORS_LINK_FAIR,
    ACTORS_LINK_GOOD,
    ACTORS_LINK_SURE,
    ACTORS_LISTED,
    ACTORS_NAME_WORDS_MAX,
    ACTORS_SHARED_SEATS,
    ACTORS_SHORT_NAMES,
    ACTORS_SIGN_GOOD,
    ACTORS_SIGN_STRONG,
    ACTORS_SIGN_WEAK,
    ACTORS_STATE_NOUNS,
    NAMES_KEPT,
)
from ..discourse import Tree, find_attributions
from ..language import visible_parse
from ..model import Actor, Ambiguity, Cast, Mention, MentionForm, Merge, Parse, Sentence, Span
from .coreference import LEFT_ALONE, first_persons, resolve
from .corrections import Registry, RegistryActor, nearest, read_registry
from .gazetteer import (
    PIECE,
    Gender,
    Pieces,
    country_forms,
    country_pieces,
    is_organisation_noun,
    organisation_names,
    party_members,
    people,
    singulars,
    sorts,
    states,
    things,
    well_known,
)
from .groups import Group, GroupMention, gender_of
from .names import (
    CAMPS,
    CORPORATE,
    COUNTRY_MAY_STAND_IN,
    MARKS,
    PARTICLES,
    SUFFIXES,
    THING_NOUNS,
    Name,
    collect,
    is_capitals,
    is_title,
    is_title_case,
    norm,
    pieces_of,
)
from .notices import quiet_spans, within
from .statements import appositions, children, stated


def find_actors(
    parse: Parse, *, registry: Registry | Path | None = None, pronouns: bool = True, tree: Tree | None = None
) -> Cast:
    """Find who is in an article and every place that means them.

    Args:
        parse: what ``parse`` returned.
        registry: the analyst's corrections (read, or the path of the file); they win over every rule.
        pronouns: False leaves every pronoun alone.
        tree: the tree of the parse, where it has been made already.

    Returns:
        Actors in the order of their first mention; mentions in reading order, never overlapping; every merge
        with its rule; what was left ambiguous.

    Raises:
        RegistryError: the registry has a mistake.

    Example:
        >>> from analysis import parse, read_text
        >>> cast = find_actors(parse(read_text("Anna Lind spoke. She praised Norway.")))
        >>> [(mention.actor.name, mention.form) for mention in cast.mentions]
        [('Anna Lind', 'name'), ('Anna Lind', 'pronoun'), ('Norway', 'name')]
    """
    rules = read_registry(registry) if isinstance(registry, Path) else registry or Registry()
    seen, characters = visible_parse(parse)
    if characters:
        return _with_invisible(find_actors(seen, registry=rules, pronouns=pronouns), parse, characters)
    quiet = quiet_spans(parse)
    names = collect(parse, quiet)
    groups, table, shared = _group(names, set(pieces_of(parse.article.text)))
    mentions, unclear = _locate(parse, quiet, groups, table, shared)
    kids = children(parse)
    appositions(parse, mentions, groups, kids)
    linked: list[GroupMention] = []
    if pronouns and rules.pronouns:
        attributions = find_attributions(parse if tree is None else tree)
        linked, more = resolve(parse, mentions, groups, stated(parse, mentions, groups, kids), attributions)
        linked += first_persons(parse, [*mentions, *linked], groups, attributions)
        linked += stated(parse, sorted([*mentions, *linked], key=lambda mention: mention.start), groups, kids)
        linked.sort(key=lambda mention: mention.start)
        unclear += more
    if rules.actors or rules.ignore or rules.split:
        mentions, linked, unclear = _correct(parse, rules, groups, table, shared, [*mentions, *linked], unclear)
    _as_spelled(parse, groups, mentions)
    return _cast(parse, sorted([*mentions, *linked], key=lambda mention: mention.start), groups, unclear)


def _with_invisible(cast: Cast, parse: Parse, characters: Sequence[int]) -> Cast:
    """What was found in a text without its invisible signs, with its places in the text that has them."""
    mentions = tuple(
        replace(
            mention,
            sentence=parse.sentences[mention.sentence.index],
            start=characters[mention.start],
            end=characters[mention.end - 1] + 1,
        )
        for mention in cast.mentions
    )
    ambiguous = tuple(
        replace(ambiguity, start=characters[ambiguity.start], end=characters[ambiguity.end - 1] + 1)
        for ambiguity in cast.ambiguous
    )
    return replace(cast, parse=parse, mentions=mentions, ambiguous=ambiguous)


def _as_spelled(parse: Parse, groups: list[Group], mentions: Sequence[GroupMention]) -> None:
    """A country that the article never calls by the table's name gets the name it uses: "Palestine", "Burma"."""
    used: dict[int, Counter[str]] = defaultdict(Counter)
    for mention in mentions:
        group = groups[mention.group]
        if group.kind == "country" and mention.form in {"name", "alias"} and mention.rule in {"country name"}:
            used[mention.group][" ".join(parse.article.text[mention.start : mention.end].split())] += 1
    for number, forms in used.items():
        long_forms = {form for form in forms if len(form) > 4 and form not in ACTORS_SHORT_NAMES}
        if groups[number].name not in forms and long_forms:
            groups[number].name = max(long_forms, key=lambda form: (forms[form], form))


# --- merging --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Entry:
    """A form to look for: whose it is, what kind of form, by which rule. sure: the analyst said so."""

    pieces: Pieces
    group: int
    form: MentionForm
    rule: str
    sure: bool = False


Table = dict[str, list[Entry]]
_PLACE = -1
_SHARED = -2


def _group(names: dict[Pieces, Name], words: set[str]) -> tuple[list[Group], Table, dict[Pieces, list[int]]]:
    """Settle what kind each name is, merge the forms of one actor, and list every form to look for.

    Returns:
        The actors in the making; the forms by their first piece, the longest first; and for a surname that
        several persons share, who they are.
    """
    groups: list[Group] = []
    shared = _persons(names, groups)
    taken = {form for group in groups for form in group.forms} | set(shared)
    _countries(groups, taken, words)
    _organisations(names, groups, taken, words)
    _camps(names, groups, taken)
    table: Table = defaultdict(list)
    for number, group in enumerate(groups):
        for pieces, (kind, rule) in group.forms.items():
            table[pieces[0]].append(Entry(pieces, number, kind, rule))
    for pieces in shared:
        table[pieces[0]].append(Entry(pieces, _SHARED, "alias", _SHARED_SURNAME))
    for pieces, name in names.items():
        if _hides(name, taken):
            table[pieces[0]].append(Entry(pieces, _PLACE, "name", "place"))
    for entries in table.values():
        entries.sort(key=lambda entry: -len(entry.pieces))
    return groups, table, shared


def _hides(name: Name, taken: set[Pieces]) -> bool:
    """Whether a longer name that is no actor hides the names within: "Gulf of Mexico", "African American"."""
    if len(name.pieces) < 2 or name.pieces in taken or name.text in country_forms() or not name.running:
        return False
    if name.labels["EVENT"] and name.pieces[-1].lower() in COUNTRY_MAY_STAND_IN:
        return False
    return name.labels["PROPN"] + name.labels["PERSON"] < name.labels.total() / 2


def _persons(names: dict[Pieces, Name], groups: list[Group]) -> dict[Pieces, list[int]]:
    """Persons: full names first, then what is short for exactly one of them. Returns the forms that several share.

    Of those who share a form, the ones whose surname it is come before the ones whose given name it is.
    """
    by_last: dict[str, list[int]] = defaultdict(list)
    by_word: dict[str, list[int]] = defaultdict(list)
    by_pieces: dict[Pieces, int] = {}
    acronyms = {other for name in names.values() for other, rule in name.same.items() if rule == "its acronym"}
    full = [name for name in names.values() if len(name.words) > 1 and _is_person(name, _shorter(name, names))]
    for name in sorted(full, key=lambda name: (-len(name.words), name.first)):
        last = _fold(name.words[-1])
        spelled = [word.strip(MARKS) for word in name.text.split()]
        same = [number for number in by_last[last] if _same_person(spelled, groups[number].name.split())]
        opening = name.words[-1] if name.words[0].lower() in PARTICLES else name.words[0]
        part = [number for number in by_word[_fold(opening)] if _part_of(name.words, groups[number].name)]
        alike = [number for number in by_word[_sound(last)] if _sound_alike(name.words, groups[number].name)]
        at = next(iter(same or part[:1] or alike), None)
        if at is not None:
            rule = "middle name left out" if same else "part of the full name" if part else "another spelling"
            _add(groups[at], name, "alias", rule)
        else:
            at = len(groups)
            groups.append(Group(name.text, "person"))
            _add(groups[at], name, "name", "full name")
            by_last[last].append(at)
            for word in {_fold(word) for word in name.words if word[0].isupper() and len(word) > 1}:
                by_word[word].append(at)
                if _sound(word) != word:
                    by_word[_sound(word)].append(at)
        by_pieces[name.pieces] = at
    shared: dict[Pieces, list[int]] = {}
    ruling: dict[str, int] = {}
    companies = _companies(names)
    for name in names.values():
        if len(name.words) > 1 or name.pieces in by_pieces or name.pieces in acronyms:
            continue
        word = _fold(name.words[0])
        owners = list(dict.fromkeys([*by_last.get(word, ()), *by_word.get(word, ())]))
        younger = name.text.split()[-1].strip(".") in {"Jr", "Sr"}
        owners = [n for n in owners if not younger or groups[n].name.split()[-1].strip(".") in {"Jr", "Sr"}]
        numbered = not younger and name.text.split()[-1] in SUFFIXES
        owners = [n for n in owners if not numbered or groups[n].name.split()[-1] in SUFFIXES]
        if name.text in country_forms() and not (_also_given(name.text) or by_last.get(word)):
            continue
        if name.text in country_forms() and name.labels["PERSON"] * 2 <= name.labels.total():
            before = [
                n for n in owners if name.text in {groups[n].name.split()[0], _last_word(groups[n].name)} and not name.surname
            ]
            if not before or _named_as_country(name, names):
                continue
        owners = owners if any(_may_be(groups[number], name) for number in owners) else []
        if not owners and not younger and not numbered and len(word) > 3:
            owners = [n for n in by_word.get(_sound(word), ()) if _may_be(groups[n], name)]
            owners = owners if len(owners) == 1 else []
        if len(owners) == 1:
            _add(groups[owners[0]], name, "alias", "surname" if by_last.get(word) else "part of the full name")
        elif owners:
            shared[name.pieces] = owners
        elif word in ruling and not _another_number(name.text, groups[ruling[word]].name):
            _add(groups[ruling[word]], name, "alias", "number left out")
            groups[ruling[word]].name = max(groups[ruling[word]].name, name.text, key=len)
            by_pieces[name.pieces] = ruling[word]
            continue
        elif name.surname or (_is_person(name) and not _short_for_company(name, companies)):
            if name.titled or name.text.split()[-1] in SUFFIXES:
                ruling[word] = len(groups)
            groups.append(Group(f"{name.text} {name.surname}".strip(), "person"))
            _add(groups[-1], name, "name", "single name")
            if name.surname:
                by_last[_fold(name.surname)].append(len(groups) - 1)
                groups[-1].forms[pieces_of(groups[-1].name)] = ("name", "full name")
                shared.pop(pieces_of(name.surname), None)
        else:
            continue
        by_pieces[name.pieces] = owners[0] if owners else len(groups) - 1
    for name in names.values():
        for other, rule in name.same.items():
            _join(groups, by_pieces, by_last, names, (name.pieces, other, rule))
    claimed = {pieces for group in groups for pieces in group.forms}
    for owners in by_last.values():
        owners = list(dict.fromkeys(owners))
        ends = {_last_word(groups[number].name) for number in owners}
        for last in sorted(ends | {_ARTICLE.sub("", end) for end in ends}):
            form = pieces_of(last)
            if form in claimed and len(owners) > 1:
                for group in groups:
                    if group.kind == "person" and form in group.forms and group.forms[form][1] == "surname":
                        del group.forms[form]
            elif form in claimed or form in shared or last in country_forms() or last[0].islower():
                continue
            if len(owners) > 1:
                shared[form] = owners
            else:
                groups[owners[0]].forms[form] = ("alias", "surname")
    return {form: live for form, owners in shared.items() if (live := [n for n in owners if groups[n].forms])}


def _companies(names: dict[Pieces, Name]) -> frozenset[str]:
    """The first words of the companies that are named in full and called by them: "Mahan" of "Mahan Air"."""
    longer = (name for name in names.values() if len(name.words) > 1 and name.labels["ORG"])
    return frozenset(name.words[0] for name in longer if _bears_short(name.words))


def _short_for_company(name: Name, companies: frozenset[str]) -> bool:
    """Whether a word is short for a company that is named in full: "Mahan" for "Mahan Air"."""
    return len(name.words) == 1 and name.text in companies and not name.titled and name.human <= 0


def _another_number(one: str, other: str) -> bool:
    """Whether two rulers of one name differ by number: "Elizabeth I" and "Elizabeth II"."""
    numbers = [text.split()[-1] for text in (one, other) if text.split()[-1] in SUFFIXES]
    return len(set(numbers)) > 1


def _join(
    groups: list[Group],
    by_pieces: dict[Pieces, int],
    by_last: dict[str, list[int]],
    names: dict[Pieces, Name],
    pair: tuple[Pieces, Pieces, str],
) -> None:
    """Two persons that the text says are one become one."""
    first, second, rule = pair
    first_group, second_group = by_pieces.get(first), by_pieces.get(second)
    if first_group is None:
        return
    if second_group is None:
        if rule == "also known as":
            _add(groups[first_group], names[second], "alias", rule)
        return
    if first_group == second_group:
        return
    for form, (_, why) in groups[second_group].forms.items():
        groups[first_group].forms.setdefault(form, ("alias", rule if form == second else why))
    groups[first_group].facts |= groups[second_group].facts
    groups[first_group].genders += groups[second_group].genders
    groups[second_group].forms.clear()
    for owners in by_last.values():
        owners[:] = list(dict.fromkeys(first_group if number == second_group else number for number in owners))
    for pieces, number in by_pieces.items():
        if number == second_group:
            by_pieces[pieces] = first_group


def _shorter(name: Name, names: dict[Pieces, Name]) -> Name | None:
    """The name that the end of a longer one is, where it stands alone: "Le Pont" of "Marine Le Pont"."""
    for at in range(1, len(name.pieces)):
        other = names.get(name.pieces[at:])
        if other is not None and other.pieces[0][0].isupper():
            return other
    return None


def _part_of(words: Sequence[str], full: str) -> bool:
    """Whether a name of several words stands within a longer one: "Lara Nieto" in "Enrique Lara Nieto"."""
    pieces = [_fold(word.strip(MARKS)).casefold() for word in full.split() if len(word.strip(MARKS)) > 1]
    short = [_fold(word).casefold() for word in words]
    return len(short) < len(pieces) and any(pieces[at : at + len(short)] == short for at in range(len(pieces)))


@lru_cache(maxsize=NAMES_KEPT)
def _sound(word: str) -> str:
    """A name as it may be spelled otherwise: "Müller" and "Mueller", "Selenskiy" and "Selensky", "Mohammed" and "Mohamed"."""
    low = _fold(word).casefold().removeprefix("al-").removeprefix("el-")
    for pattern, other in _SOUNDS:
        low = pattern.sub(other, low)
    return low


_SOUNDS = tuple(
    (re.compile(pattern), other)
    for pattern, other in (
        (r"ue", "u"), (r"oe", "o"), (r"ae", "a"), (r"ß", "ss"), (r"(?:iy|ij|yi|ii|yy|i|ey|ie)$", "y"), (r"y(?=[aeiou])", "i"),
        (r"ph", "f"), (r"kh", "h"), (r"(?:q|ck|k)", "k"), (r"tsch|tch", "ch"), (r"sch", "sh"), (r"dj", "j"), (r"ou|oo", "u"),
        (r"gh", "g"), (r"zh", "j"), (r"tz|ts", "z"), (r"(.)\1", r"\1"),
    )
)  # fmt: skip


def _sound_alike(words: Sequence[str], full: str) -> bool:
    pieces = [word.strip(MARKS) for word in full.split()]
    return len(words) == len(pieces) and all(_sound(a) == _sound(b) for a, b in zip(words, pieces, strict=True))


def _also_given(form: str) -> bool:
    """Whether a country's form is a given name or a surname too: "Jordan", not "Malawi"."""
    lists, low = people(), form.lower()
    return low in lists.known or low in lists.surname


def _named_as_country(name: Name, names: dict[Pieces, Name]) -> bool:
    """Whether something else in the article speaks for the country of a form that is a given name too."""
    country = country_forms()[name.text][0]
    others = {*country.names, *country.demonyms} - {name.text}
    return bool(others & {other.text for other in names.values()}) or name.human < 0


def _last_word(name: str) -> str:
    words = [word.strip(MARKS) for word in name.split()]
    while len(words) > 1 and words[-1] in SUFFIXES:
        words.pop()
    return words[-1]


def _may_be(group: Group, name: Name) -> bool:
    """Whether a bare name's honorific allows the person: "Mr. Obama" is not Malia Obama, whom most call "Ms."."""
    said = name.genders.most_common(1)
    known = gender_of(group)
    return not (said and known) or said[0][0] == known or said[0][1] * 2 <= name.labels.total()


def _add(group: Group, name: Name, form: MentionForm, rule: str) -> None:
    known = gender_of(group) if len(name.words) == 1 and len(name.genders) else None
    group.forms[name.pieces] = (form, rule)
    group.facts |= name.facts
    group.genders += Counter({known: name.genders[known]}) if known else name.genders
    group.countries += name.countries
    group.located += name.within + name.site


def _same_person(short: Sequence[str], full: Sequence[str]) -> bool:
    """Whether two full names differ only by what stands in the middle, initials included."""
    short, full = [_fold(word) for word in short], [_fold(word.strip(".,")) for word in full]
    if ("Jr" in full) != ("Jr" in short):
        return False
    first = short[0] == full[0] or (len(short[0]) == 1 and short[0] == full[0][0])
    return first and short[-1] == full[-1] and all(any(w[0] == v[0] for v in full) for w in short)


@lru_cache(maxsize=NAMES_KEPT)
def _fold(word: str) -> str:
    """A word without its accents, and without the article of an Arabic name: "Fayed" for "al-Fayed"."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c)).translate(_PLAIN)
    return _ARTICLE.sub("", plain)


_ELIDED = re.compile(r"^(?:[dlo]|dell|dall)[’'](?=[A-Z])")
"""What a name may begin with in small letters: "d'Estaing"."""
_PLAIN = str.maketrans("łŁøØđĐıæÆœŒ", "lLoOdDiaAoO")
"""Letters that bear a stroke and no accent: "Kaczynski, Jaroslaw" is Jarosław Kaczyński."""
_ARTICLE = re.compile(r"^(?:[Aa]l|[Ee]l|[Aa]s|[Aa]d)-(?=[A-Z])")


def _is_person(name: Name, shorter: Name | None = None) -> bool:
    if name.thing * 2 >= max(1, name.labels.total()) and not name.titled:
        return False
    if name.site and name.site >= name.human and not name.titled and len(name.words) == 1:
        return False
    if (
        name.within == name.labels.total()
        and name.human <= 0
        and not name.titled
        and name.words[0].lower() not in people().known
    ):
        return False
    if _known_body(name.text) or (not name.titled and len(name.words) == 1 and name.body >= 2 and name.human <= 0):
        return False
    if shorter is not None and not name.labels["PERSON"] and not is_organisation_noun(name.words[-1]) and not name.plural:
        given = name.words[0].lower() in people().given or name.words[0].lower() in people().known
        if (given or len(shorter.words) > 1) and _is_person(shorter):
            return all(_opens_as_name(word) for word in name.words)
    if len(name.words) > 1 and name.text in country_forms():
        return False
    if len(name.words) > ACTORS_NAME_WORDS_MAX or any(letter.isdigit() for piece in name.pieces for letter in piece):
        return False
    for word in name.words:
        if not _opens_as_name(word):
            return False
    if len(name.words) > 1 and (_is_acronym(name) or _known_body(name.words[0])) and not name.titled:
        return False
    first, last = name.words[0].lower(), name.words[-1].lower()
    if len(name.words) > 1 and last in CORPORATE:
        return False
    lists = people()
    people_of = name.labels["NORP"] and not (len(name.words) == 2 and first in lists.given and last not in lists.common)
    if people_of or (name.plural and len(name.words) == 1):
        return False
    if len(name.words) > 1 and not name.titled and last not in lists.surname and (_says_sort(last) or last in THING_NOUNS):
        return False
    if last in THINGS and (len(name.words) > 3 or (len(name.words) > 2 and last not in lists.surname)):
        return False
    if len(name.words) > 2 and last in VENUES and last not in lists.surname:
        return False
    if len(name.words) > 1 and not name.labels["PERSON"] and any(_is_no_name(word.lower()) for word in name.words):
        return False
    called = len(name.words) > 1 and first in lists.known and (last in lists.surname or last not in lists.common)
    least = 0.5 if name.labels["PROPN"] == name.labels.total() else 1.0
    if not name.labels["PERSON"] + name.titled and name.human - min(0.0, name.body) < least and not called:
        return False
    everyday = first in lists.common and last in lists.common and last not in lists.surname
    if not name.running and (len(name.words) != 2 or first not in lists.known or everyday):
        return False
    if len(name.words) == 1 and first in lists.common and is_organisation_noun(first):
        return False
    plain = any(form in lists.common for form in singulars(first)) and first not in lists.known and first not in lists.surname
    if len(name.words) == 1 and plain and name.labels["PERSON"] < 2 and name.human <= 0 and not name.titled:
        return False
    if len(name.words) == 1 and not name.labels["PERSON"] and (name.text.isupper() or name.text in states()):
        return False
    if len(name.words) > 1 and is_organisation_noun(last) and last not in lists.surname:
        return False
    others = name.labels["ORG"] + name.labels["GPE"] + name.labels["NORP"] + name.labels["LOC"] + name.labels["FAC"]
    titled, against = ACTORS_SIGN_STRONG * name.titled, max(-ACTORS_SIGN_STRONG, min(ACTORS_SIGN_STRONG, name.body))
    evidence = name.labels["PERSON"] + titled + name.human + ACTORS_SIGN_GOOD * called - against
    if len(name.words) == 1 and first not in lists.common:
        borne = first in lists.surname or re.match(r"(Mc|O')[A-Z]", name.text) is not None
        evidence += ACTORS_LISTED[0 if first in lists.known else 1 if borne else 2]
    if len(name.words) > 1 and first in lists.given:
        evidence += ACTORS_SIGN_WEAK
    return evidence > others


def _is_acronym(name: Name) -> bool:
    """Whether the last word of a name, and not the first, is letters for several words: "NPN" of "Junge NPN"."""
    first, last = name.words[0], name.words[-1]
    return last.isupper() and last.isalpha() and len(last) > 2 and not first.isupper()


def _opens_as_name(word: str) -> bool:
    """Whether a word may be part of a person's name: it has a capital, or is a particle or begins with one: "d'Estaing"."""
    return bool(word[0].isupper() or word.lower() in PARTICLES or _ARTICLE.match(word) or _ELIDED.match(word))


def _is_no_name(word: str) -> bool:
    """Whether a word in small letters is a common one, and nobody's given name or surname."""
    lists = people()
    return word in lists.common and word not in lists.known and word not in lists.surname


def _says_sort(word: str) -> bool:
    """Whether an everyday word at the end of a name says what sort of organisation bears it: "Sputnik News"."""
    return word in sorts()[1] and any(form in people().common for form in singulars(word))


def _known_body(text: str) -> bool:
    """Whether a form names an organisation that news knows by it, and nobody: "Instagram", "Al Qaeda", not "Ferrari"."""
    return text in organisation_names() or (text in well_known() and not _also_given(text))


def _countries(groups: list[Group], taken: set[Pieces], words: set[str]) -> None:
    """Countries, with every name, demonym, capital and seat of theirs that is not somebody's name here."""
    known: dict[str, int] = {}
    by_first = country_pieces()
    for _, pieces, form, country, rule in sorted(found for word in words & by_first.keys() for found in by_first[word]):
        if pieces in taken:
            continue
        if country.name not in known:
            known[country.name] = len(groups)
            groups.append(Group(country.name, "country"))
        kind: MentionForm = "name" if form == country.name else "demonym" if rule == "demonym" else "alias"
        groups[known[country.name]].forms[pieces] = (kind, rule)
        taken.add(pieces)


@cache
def _known_pieces() -> tuple[tuple[str, Pieces], ...]:
    """Well-known organisations of several words, or listed by one, each cut into pieces."""
    known = {text: pieces_of(text) for text in (*organisation_names(), *well_known())}
    return tuple((text, pieces) for text, pieces in known.items() if len(pieces) > 1 or text in well_known())


def _known(names: dict[Pieces, Name], words: set[str]) -> list[Name]:
    """Well-known organisations of several words that may stand in the text, whether the pipeline saw them or not."""
    known = []
    for text, pieces in _known_pieces():
        if words.issuperset(pieces) and pieces not in names:
            name = Name(pieces, 0)
            name.see(text)
            name.labels["ORG"] += 1
            name.running = 1
            known.append(name)
    return known


def _organisations(names: dict[Pieces, Name], groups: list[Group], taken: set[Pieces], words: set[str]) -> None:
    """Organisations, named groups and places, with the names that are short or other for them."""
    left = [name for name in names.values() if name.pieces not in taken]
    families = {f"{_last_word(group.name)}s" for group in groups if group.kind == "person"}
    left += _known(names, words)
    companies = _companies(names)
    organisations = [
        name for name in left
        if (_is_organisation(name) or _is_group(name) or _short_for_company(name, companies)) and name.text not in families
    ]  # fmt: skip
    by_key: dict[str, int] = {}
    by_pieces: dict[Pieces, int] = {}
    by_edge: dict[str, list[int]] = defaultdict(list)
    for name in sorted(organisations, key=lambda name: (-len(name.words), name.first)):
        keys = _organisation_keys(name.text)
        at, rule = next(((by_key[key], rule) for key, rule in keys if key in by_key and rule not in _OF_LONGER), (None, ""))
        if at is None:
            at, rule = _longer(name.text, groups, by_edge), "its short name"
        if at is None:
            at = len(groups)
            kind = "group" if _is_group(name) and not _is_organisation(name) else "organisation"
            groups.append(Group(name.text, "organisation" if kind == "organisation" else "group"))
            _add(groups[at], name, "name", f"{kind} name")
            for edge in {name.text.split()[0], name.text.split()[-1]}:
                by_edge[edge].append(at)
        else:
            _add(groups[at], name, "alias", rule)
        taken.add(name.pieces)
        by_pieces[name.pieces] = at
        for key, _ in keys:
            by_key.setdefault(key, at)
        for other, why in name.same.items():
            if other in names and other not in by_pieces and other not in taken:
                _add(groups[at], names[other], "alias", why)
                taken.add(other)
                by_pieces[other] = at
                by_key.setdefault(names[other].text.casefold(), at)
    for at in set(by_key.values()):
        groups[at].name = _best_name(groups[at], names)
        if groups[at].name.removesuffix("s") in party_members():
            groups[at].kind = "group"
    for name in left:
        if name.pieces not in taken and _is_place(name):
            groups.append(Group(name.text, "place"))
            _add(groups[-1], name, "name", "place name")
            taken.add(name.pieces)


def _ends_in_site(name: Name) -> bool:
    """Whether a name ends in a noun for a place: "George Washington Bridge"."""
    return name.words[-1].lower() in VENUES


VENUES = frozenset(
    "bridge avenue street road square river lake mountain island bay beach airport highway boulevard lane trench valley"
    " canyon".split()
)


def _is_place(name: Name) -> bool:
    """Whether a name is a town's, a region's or a venue's, and the article says more of it than that something was there."""
    labels = name.labels
    if not name.running or name.text in country_forms() or name.text in things():
        return False
    if labels["PERSON"] and name.within == labels.total():
        return True
    if labels.total() < 2 and not name.acts and not name.site:
        return False
    said = labels["GPE"] + labels["LOC"] + labels["FAC"] + 2 * name.site + 2 * _ends_in_site(name)
    return name.text in states() or said * 2 > labels.total() + name.site or name.site > labels["ORG"]


def _best_name(group: Group, names: dict[Pieces, Name]) -> str:
    """The name to show: a party's own, else its members', else the longest form."""
    forms = [names[pieces].text for pieces in group.forms if pieces in names]
    if not any(form.rstrip("s") in party_members() for form in forms):
        return group.name
    party = [form for form in forms if form.endswith("Party")]
    members = [form for form in forms if form.endswith("s") and form[:-1] in party_members()]
    return (party or members or [group.name])[0]


def _organisation_keys(text: str) -> list[tuple[str, str]]:
    """What makes two names one organisation, each with the rule that says so."""
    words = text.split()
    while len(words) > 1 and words[-1].lower().strip(".,") in CORPORATE:
        words.pop()
    plain = " ".join(words).strip(",")
    if re.fullmatch(r"(?:[A-Z]\.){2,}[A-Z]?", plain):
        plain = plain.replace(".", "")
    keys = [(plain.casefold(), "spelling")]
    if plain.endswith(" party"):
        keys.append((plain.removesuffix(" party").casefold(), "spelling"))
    keys += [(other.casefold(), "another name of the organisation") for other in organisation_names().get(plain, ())]
    first = " ".join(words[:1])
    size = next((size for size in (3, 2, 1) if len(words) > size and " ".join(words[:size]) in country_forms()), 0)
    if size:
        rest = " ".join(words[size:]).casefold()
        country = country_forms()[" ".join(words[:size])][0].name
        keys += [(rest, _COUNTRY_LEFT_OUT), (f"{rest} of {country}", "country before or behind")]
    of = re.fullmatch(r"(.+?) of (?:the )?(.+)", plain)
    if of and of[2] in country_forms():
        keys.append((f"{of[1].casefold()} of {country_forms()[of[2]][0].name}", "country before or behind"))
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
    plainly = first not in country_forms() and (first.lower() not in people().common or first.lower() in people().surname)
    if plainly and _bears_short(words):
        keys.append((first.casefold(), "its short name"))
    if plain.endswith("House of Representatives"):
        keys.append(("house", "its short name"))
    if len(words) > 2:
        initials = "".join(word[0] for word in words if word[0].isupper())
        if len(initials) > 2:
            keys.append((initials.casefold(), _INITIALS))
    return keys


_INITIALS, _COUNTRY_LEFT_OUT = "initials", "country left out"
_OF_LONGER = frozenset({_INITIALS, _COUNTRY_LEFT_OUT})
"""Rules by which a short form finds a longer name; two long names that share one are two: the Syrian and the US Army."""


def _bears_short(words: Sequence[str]) -> bool:
    """Whether an organisation is called by its first word, since the others say what or where it is: "Hertzog Motors"."""
    if len(words) > 3 and words[-2] == "of" and words[-1] in country_forms():
        words = words[:-2]
    elif len(words) == 2 and words[1] in {"USA", "International"}:
        return True
    kinds = [sorts()[1].get(word.lower()) for word in words[1:]]
    return 0 < len(kinds) < 3 and {*kinds} <= _BEARS_SHORT


def _longer(short: str, groups: Sequence[Group], by_edge: Mapping[str, Sequence[int]]) -> int | None:
    """The only organisation whose name ends in a shorter one, or goes on with "of": "Hornets" of "Charlotte Hornets"."""
    words = short.split()
    everyday = short.lower() in people().common and not short.endswith("s")
    lone = len(words) == 1 and (is_organisation_noun(short) or everyday)
    goes_on = f"{short} of "
    near = dict.fromkeys((*by_edge.get(words[0], ()), *by_edge.get(words[-1], ())))
    longer = [
        n for n in near
        if groups[n].name.endswith(f" {short}") or (len(words) > 1 and groups[n].name.startswith(goes_on))
    ]  # fmt: skip
    if len(longer) != 1 or lone or short in well_known() or short.removesuffix("s") in party_members():
        return None
    where = groups[longer[0]].name.removeprefix(goes_on).removeprefix("the ")
    if short in organisation_names() and where not in country_forms() and where not in states():
        return None
    return longer[0]


_BEARS_SHORT = frozenset({"company", "airline", "bank"})
"""Sorts of organisations that are called by the first word of their name: "Hertzog" for "Hertzog Motors"."""


def _is_organisation(name: Name) -> bool:
    labels = name.labels
    if name.text in well_known() and (not name.labels["PERSON"] or not _also_given(name.text)):
        return True
    if name.text in states() or not name.running or name.text in country_forms():
        return False
    thing = name.thing * (4 if name.human <= 0 else 2) >= labels.total()
    if (thing or name.site * 2 >= labels.total()) and name.body <= 0:
        return False
    if len(name.words) > 1 and re.fullmatch(r"[A-Z]+-?\d+\w*|\d+[A-Z]+\w*", name.words[-1]):
        return False
    if len(name.words) > 1 and not name.titled and _says_sort(name.words[-1].lower()) and labels["PERSON"]:
        return True
    if "Flight" in name.words or (len(name.words) > 1 and _ends_in_site(name)):
        return False
    if len(name.words) > 2 and name.words[1] == "of" and _is_office(name.words[0]):
        return False
    if len(name.words) > 1 and is_title(name.words[-1]) and name.words[-2] not in _JOINTS and not labels["ORG"] > 2:
        return False
    if any(word.islower() and len(word) > 4 and word != "party" for word in name.words):
        return False
    last = name.words[-1].lower()
    behind = next((n for n, word in enumerate(name.words) if word in {"of", "for", "on"}), 0)
    headed = behind > 0 and is_organisation_noun(name.words[behind - 1])
    if last in THINGS and not headed and name.body <= 0 and not (len(name.words) == 1 and labels["ORG"] > 2):
        return False
    everyday = any(form in people().common for form in singulars(last))
    if len(name.words) == 1 and everyday and not name.inner and not name.text.isupper() and name.body <= 0:
        return False
    acronym = len(name.words) == 1 and name.text.isupper() and len(name.text) > 2
    noun = any(is_organisation_noun(word) for word in (name.words[0], name.words[-1])) and len(name.words) > 1
    others = labels.total() - labels["ORG"] - labels["PROPN"]
    word = name.words[0].lower()
    if acronym and (labels["ORG"] or labels["GPE"] or labels.total() > 1):
        unknown = everyday and len(word) > 3 and name.text not in organisation_names() and not name.acts and name.body <= 0
        return name.text.title() not in country_forms() and not unknown
    if (
        len(name.words) == 1
        and word in people().common
        and labels["ORG"] < 2
        and not is_organisation_noun(word)
        and name.body < 2
    ):
        return False
    if noun and not labels["EVENT"] and not labels["LAW"] and (labels["ORG"] or not others or _opens_with_country(name)):
        return True
    if _JOINED.search(name.text) and len(name.words) == 1 and not labels["PERSON"]:
        return True
    if labels["ORG"] > 0 and labels["ORG"] >= others:
        return True
    if name.body >= max(ACTORS_SIGN_GOOD, others) and not name.titled:
        return True
    known = word not in people().common and word not in people().known and word not in people().surname
    return known and not others and name.acts > 1 and name.human <= 0 and len(name.words) < 4


def _opens_with_country(name: Name) -> bool:
    """Whether a body's name begins with its country: "United States Postal Service"."""
    sizes = range(1, len(name.words) if name.words[-1] != "Republic" else 1)
    return any(" ".join(name.words[:size]) in country_forms() for size in sizes)


def _is_office(word: str) -> bool:
    """Whether somebody is called so by office or degree: "Dean of the House", "Master of Arts"."""
    return is_title(word) or word in {"Dean", "Master", "Bachelor", "Dame", "Knight"}


_JOINTS = frozenset({"of", "for", "and", "the", "&"})
THINGS = frozenset(
    "act acts law laws constitution regulations amendment bill accord accords protocol primary election elections award"
    " awards prize medal cup championship championships day week month storm hurricane typhoon cyclone universe syndrome"
    " disease virus trial fault programme order code".split()
)
"""Last words of names that mean no actor: laws, contests, honours, feasts, storms."""


_JOINED = re.compile(r"(?<!Ma)[a-z]{2,}[A-Z]|^[a-z][A-Z]")
"""A capital inside a word, as in OpenAI or eBay, though not as in McCain or LaPierre."""


def _is_group(name: Name) -> bool:
    return name.labels["NORP"] * 2 > name.labels.total() and name.running > 0


def _camps(names: dict[Pieces, Name], groups: list[Group], taken: set[Pieces]) -> None:
    """A person's administration or campaign is an organisation of its own: "the Obama administration"."""
    by_name: dict[str, Group] = {}
    owners = [(_last_word(group.name), list(group.forms)) for group in groups if group.kind == "person"]
    for name in names.values():
        if name.camps and len(name.words) == 1 and name.text not in country_forms() and not name.text.isupper():
            owners += [(name.text, [name.pieces])]
    for owner, forms in owners:
        for noun in sorted(CAMPS):
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


@dataclass(frozen=True, slots=True)
class _Match:
    """A form found in the text, before it is settled whom it means there."""

    start: int
    end: int
    sentence: Sentence
    entry: Entry
    titled: bool


def _matches(parse: Parse, quiet: Sequence[Span], table: Table) -> Iterator[_Match]:
    """Every place where a form stands, the longest form first; in a line of capitals, in capitals."""
    text = parse.article.text
    plain = {first: [(entry.pieces, entry) for entry in entries] for first, entries in table.items()}
    capitals: dict[str, list[tuple[Pieces, Entry]]] = defaultdict(list)
    for sentence in parse.sentences:
        units = [
            (match.group(), sentence.start + match.start(), sentence.start + match.end())
            for match in PIECE.finditer(norm(text[sentence.start : sentence.end]))
        ]
        words = tuple(word for word, _, _ in units)
        shouted = is_capitals(parse, sentence)
        if shouted and not capitals:
            for entries in table.values():
                for entry in entries:
                    upper = tuple(piece.upper() for piece in entry.pieces)
                    capitals[upper[0]].append((upper, entry))
            for namesakes in capitals.values():
                namesakes.sort(key=lambda pair: -len(pair[0]))
        at, titled = 0, shouted or is_title_case(parse, sentence)
        while at < len(units):
            step = 1
            for pieces, entry in (capitals if shouted else plain).get(words[at], ()):
                if words[at : at + len(pieces)] == pieces:
                    step = len(pieces)
                    start, end = units[at][1], units[at + step - 1][2]
                    if entry.sure or not within(quiet, start, end):
                        yield _Match(start, end, sentence, entry, titled)
                    break
            at += step


def _locate(
    parse: Parse, quiet: Sequence[Span], groups: list[Group], table: Table, shared: dict[Pieces, list[int]]
) -> tuple[list[GroupMention], list[Ambiguity]]:
    """Every place outside the quiet spans that means an actor by name, and the names left alone."""
    matches = [match for match in _matches(parse, quiet, table) if match.entry.group != _PLACE]
    doubts = _doubts(parse, groups, matches)
    relatives = _relatives(parse, {owner for owners in shared.values() for owner in owners}, matches)
    mentions: list[GroupMention] = []
    unclear: list[Ambiguity] = []
    prominent: Counter[int] = Counter()
    for match in matches:
        number, form, rule, confidence = match.entry.group, match.entry.form, match.entry.rule, 1.0
        surface = parse.article.text[match.start : match.end]
        if _is_town(parse, groups, match):
            continue
        if number == _SHARED:
            owners = shared[match.entry.pieces]
            number, rule, confidence = _namesake(parse, groups, match, owners, prominent, relatives)
            if number < 0:
                names = tuple(groups[owner].name for owner in owners)
                unclear.append(Ambiguity(surface, match.sentence.index, match.start, match.end, names, _SHARED_SURNAME))
                continue
        elif not match.entry.sure and match.entry.pieces in doubts:
            number, reason, names = doubts[match.entry.pieces]
            if number < 0:
                if reason:
                    unclear.append(Ambiguity(surface, match.sentence.index, match.start, match.end, names, reason))
                continue
            form, rule = "alias", reason
        if _is_spouse(parse, groups[number], match):
            continue
        if groups[number].kind == "country" and not match.entry.sure:
            seat = _seat(parse, groups, match)
            if seat is not None:
                if seat >= 0:
                    mentions.append(
                        GroupMention(match.start, match.end, match.sentence, seat, "alias", "seat of its institutions")
                    )
                    prominent[seat] += 1
                continue
            if _in_larger_name(parse, match, text_before=parse.article.text[max(0, match.start - 24) : match.start]):
                continue
            if _PEOPLE_OF.search(parse.article.text[max(0, match.start - 12) : match.start]):
                continue
            if form == "demonym" and _is_origin(parse, match):
                form, rule = "origin", "comes from there"
        mentions.append(GroupMention(match.start, match.end, match.sentence, number, form, rule, confidence))
        prominent[number] += 1
    return mentions, unclear


_STATE_BEHIND = re.compile(r",? ([A-Z]\w+(?: [A-Z]\w+)?)\b")
_STATE_BEFORE = re.compile(r"([A-Z]\w+(?: [A-Z]\w+)?),? (?:and )?$")


def _is_town(parse: Parse, groups: Sequence[Group], match: _Match) -> bool:
    """Whether a surname is a town here ("of Allen, Texas"), or Washington the state ("Idaho, Ohio and Washington")."""
    text = parse.article.text
    if match.entry.group >= 0 and groups[match.entry.group].kind == "country":
        before = _STATE_BEFORE.search(text[max(0, match.start - 30) : match.start])
        return match.entry.rule == "capital" and before is not None and before[1].split(" and ")[-1] in states()
    person = match.entry.group == _SHARED or (match.entry.group >= 0 and groups[match.entry.group].kind == "person")
    if not person or len(match.entry.pieces) > 1 or not re.search(r"\b(?:of|in|from|near|at|to) $", text[: match.start][-6:]):
        return False
    behind = _STATE_BEHIND.match(text[match.end : match.end + 40])
    return behind is not None and text[match.end] == "," and (behind[1] in states() or behind[1] in country_forms())


_PEOPLE_OF = re.compile(r"\b(?:African|Asian|Arab|Muslim|Jewish|Latino|Hispanic)- ?$")
"""What stands before "American" where that is part of a people's name: "the African-American caucus"."""


def _is_spouse(parse: Parse, group: Group, match: _Match) -> bool:
    """Whether an honorific says that a surname is somebody else's: "Mrs. Lind" in an article about Hugh Lind."""
    if group.kind != "person" or len(match.entry.pieces) > 1 or match.entry.sure:
        return False
    said = _HONORIFIC.search(parse.article.text[max(match.sentence.start, match.start - 8) : match.start])
    known = gender_of(group) if said and " " in group.name else None
    return said is not None and known not in (None, _honorific_gender(said[1]))


def _honorific_gender(honorific: str) -> Gender:
    return "male" if honorific in {"Mr", "Sir", "Lord"} else "female"


def _seat(parse: Parse, groups: list[Group], match: _Match) -> int | None:
    """The organisation that a capital means where it acts, minus one where it is only a place; None for other capitals."""
    form = " ".join(match.entry.pieces)
    if match.entry.rule != "capital" or form not in ACTORS_SHARED_SEATS:
        return None
    if re.search(r"\b(?:in|near|outside|at|around) $", parse.article.text[max(0, match.start - 9) : match.start]):
        return -1
    name = ACTORS_SHARED_SEATS[form]
    forms = {name, *organisation_names().get(name, ())}
    at = next((n for n, group in enumerate(groups) if group.kind == "organisation" and group.name in forms), None)
    if at is None:
        country = groups[match.entry.group]
        if any(form != match.entry.pieces and _stands(parse, " ".join(form)) for form in country.forms):
            return None
        groups.append(Group(name, "organisation"))
        at = len(groups) - 1
    return at


_LARGER = re.compile(r"(?:\b[A-Z]\w+ (?:[A-Z]\w+)|(?<=[\w,;] )[A-Z]\w+|\b(?:Mister|Miss|Captain)) $")
_LEADING = frozenset(
    "former the new old north south east west northern southern eastern western central upper lower great greater saudi"
    " ex president dear and in of for from with to at by on as while when after before since but if".split()
)


def _in_larger_name(parse: Parse, match: _Match, *, text_before: str) -> bool:
    """Whether a country's name is the end of some other name: "Good Morning Britain", "Captain America"."""
    if match.titled or match.entry.form == "demonym":
        return False
    larger = _LARGER.search(text_before)
    if not larger:
        return False
    words = larger.group().split()
    before = next((t for t in reversed(parse.tokens_of(match.sentence)) if t.end <= match.start), None)
    if before is not None and before.pos == "ADJ":
        return False
    if words[-1] in {"Mister", "Miss", "Captain"}:
        return True
    plain = [word for word in words if not is_title(word) and word.lower() not in _LEADING and word not in country_forms()]
    return len(plain) == len(words) and all(word.lower() in people().common for word in words)


def _is_origin(parse: Parse, match: _Match) -> bool:
    """Whether an adjective only says where somebody or something comes from: "a Danish councillor", "American nuns".

    It does not where the noun is a state's own office, force or action: "Syrian forces", "Russian aggression".
    """
    tokens = parse.tokens_of(match.sentence)
    at = next((token for token in reversed(tokens) if token.start < match.end and match.start < token.end), None)
    if at is None:
        return False
    if at.end > match.end:
        return at.text[match.end - at.start :].lower().lstrip("-").split("-")[0] not in _ACTING_PARTS
    if at.dep in {"acomp", "attr", "oprd"}:
        return True
    if at.dep not in {"amod", "compound", "nmod", "poss", "conj"} and at.pos != "ADJ":
        single = at.tag in {"NN", "NNP"} and at.index > match.sentence.first_token
        return single and parse.tokens[at.index - 1].text.lower() in {"a", "an", "one"}
    noun = at
    for _ in range(4):
        if noun.dep not in {"amod", "compound", "nmod", "conj"} or noun.head == noun.index:
            break
        noun = parse.tokens[noun.head]
        if _acts(noun.text):
            return False
    between = parse.tokens[at.index : noun.index + 1]
    return not any(_acts(token.text) for token in between)


def _acts(noun: str) -> bool:
    """Whether a noun is a state's own: its office, its force or its action."""
    return any(form in ACTORS_STATE_NOUNS for form in singulars(noun))


_ACTING_PARTS = frozenset("backed led funded sponsored run controlled allied owned occupied imposed supported".split())


_SHARED_SURNAME = "shared surname"
_HONORIFIC = re.compile(r"\b(Mr|Mrs|Ms|Miss|Sir|Lady|Dame|Lord)\.?\s+$")


@cache
def _kin() -> re.Pattern[str]:
    kin = "|".join(sorted(people().relative))
    return re.compile(
        rf"(?:\b(?:his|her|their|whose|my|our)|[’']s?)(?: [a-z-]+){{0,2}} (?:{kin})s?,? $"
        rf"|\b(?:{kin})s? of (?:[A-Z]\w+\.? )?$"
    )


def _relatives(parse: Parse, of: set[int], matches: Sequence[_Match]) -> frozenset[int]:
    """Persons who are introduced as somebody's relatives: "her sister, Ruth Lind", "the son of Tom Lind"."""
    first: dict[int, int] = {}
    for match in matches:
        if match.entry.group in of:
            first.setdefault(match.entry.group, match.start)
    text = parse.article.text
    return frozenset(number for number, start in first.items() if _kin().search(text[max(0, start - 60) : start]))


def _namesake(
    parse: Parse,
    groups: Sequence[Group],
    match: _Match,
    owners: Sequence[int],
    prominent: Counter[int],
    relatives: frozenset[int],
) -> tuple[int, str, float]:
    """Whom a surname that several persons share means here, or minus one: by honorific, by kin, then by who was named.

    News calls somebody by surname, and relatives by full or given names: "Lind left. Her sister, Ruth Lind, stayed".
    """
    said = _HONORIFIC.search(parse.article.text[max(match.sentence.start, match.start - 8) : match.start])
    if said:
        gender = _honorific_gender(said[1])
        fitting = [owner for owner in owners if gender_of(groups[owner]) == gender]
        if len(fitting) == 1:
            return fitting[0], "surname with an honorific", ACTORS_LINK_SURE
        known = [owner for owner in owners if gender_of(groups[owner]) in (gender, None)]
        if len(known) == 1:
            return known[0], "surname with an honorific", ACTORS_LINK_GOOD
    last = match.entry.pieces[-1]
    bearers = [owner for owner in owners if _fold(_last_word(groups[owner].name)) == _fold(last)]
    if bearers and len(bearers) < len(owners):
        owners = bearers if any(prominent[owner] for owner in bearers) or not any(prominent[o] for o in owners) else owners
        if len(owners) == 1:
            return owners[0], "surname", ACTORS_LINK_GOOD
    heads = [owner for owner in owners if owner not in relatives]
    if len(heads) == 1 and prominent[heads[0]]:
        return heads[0], "surname where the others are relatives", ACTORS_LINK_GOOD
    named = sorted((owner for owner in owners if prominent[owner]), key=lambda owner: -prominent[owner])
    if len(named) == 1:
        return named[0], "surname of the only one named so far", ACTORS_LINK_GOOD
    if named and prominent[named[0]] > 2 * prominent[named[1]]:
        return named[0], "surname of the one named most", ACTORS_LINK_FAIR
    return -1, "", 0.0


_SCHOOLS = frozenset({"University", "College", "Institute", "School", "Hospital"})


def _is_school_of(name: str, place: str) -> bool:
    """Whether an organisation is the school of a place, which is then called by the place: "Georgetown University"."""
    return name.startswith(f"{place} ") and not _SCHOOLS.isdisjoint(name.removeprefix(place).split())


def _doubts(parse: Parse, groups: Sequence[Group], matches: Sequence[_Match]) -> dict[Pieces, tuple[int, str, tuple[str, ...]]]:
    """Forms of countries that may mean something else here: whom they mean (or minus one), why, and who it could be.

    A common word in a headline ("Turkey"), a name that is also a state's ("Georgia"), and a capital count only
    where something else in the article speaks for the country.
    """
    common = people().common
    certain: set[int] = set()
    countries: list[_Match] = []
    for match in matches:
        entry = match.entry
        if entry.group >= 0 and groups[entry.group].kind == "country":
            countries.append(match)
            headline = match.titled and len(entry.pieces) == 1 and entry.pieces[0].lower() in common
            state = entry.rule == "country name" and " ".join(entry.pieces) in states()
            if entry.sure or not (headline or entry.rule == "capital" or state):
                certain.add(entry.group)
    subjects = {token.start for token in parse.tokens if "nsubj" in (token.dep, parse.tokens[token.head].dep)}
    doubts: dict[Pieces, tuple[int, str, tuple[str, ...]]] = {}
    acting = {match.entry.group for match in countries if match.entry.rule == "capital" and match.start in subjects}
    for match in countries:
        entry, name = match.entry, groups[match.entry.group].name
        if entry.sure or entry.group in certain:
            continue
        form = " ".join(entry.pieces)
        if form in ACTORS_SHARED_SEATS:
            continue
        if entry.rule == "country name" and form in states():
            doubts[entry.pieces] = (-1, "a country and a state have this name", (name,))
        elif entry.rule == "capital" and any(_is_school_of(group.name, form) for group in groups):
            doubts[entry.pieces] = (-1, "a capital that a school here is named after", (name,))
        elif entry.rule == "capital" and entry.group not in acting:
            doubts[entry.pieces] = (-1, "a capital whose country is not named", (name,))
        elif entry.rule != "capital":
            doubts[entry.pieces] = (-1, "", ())
    return doubts


# --- the analyst's registry -----------------------------------------------------------------------------------


def _correct(
    parse: Parse,
    rules: Registry,
    groups: list[Group],
    table: Table,
    shared: dict[Pieces, list[int]],
    before: Sequence[GroupMention],
    unclear: Sequence[Ambiguity],
) -> tuple[list[GroupMention], list[GroupMention], list[Ambiguity]]:
    """Lay the registry over what the rules found: forms it claims are looked for again, the rest stays.

    Pronouns and roles were resolved before and follow the actor they were linked to, so that one line moves only
    the mentions it names.
    """
    present = {mention.group for mention in before}
    claims, moved = _claims(parse, rules, groups, present)
    revised: Table = {first: list(entries) for first, entries in table.items()}
    for pieces, (number, rule) in claims.items():
        entries = revised.get(pieces[0], [])
        same = next((entry for entry in entries if entry.pieces == pieces and entry.group == number), None)
        if same is None:
            named = number >= 0 and groups[number].name == " ".join(pieces)
            same = Entry(pieces, number, "name" if named else "alias", rule)
        others = [entry for entry in entries if entry.pieces != pieces]
        revised[pieces[0]] = sorted([replace(same, sure=True), *others], key=lambda entry: -len(entry.pieces))
    mentions, shared_again = _locate(parse, quiet_spans(parse), groups, revised, shared)
    mentions = [replace(mention, group=moved.get(mention.group, mention.group)) for mention in mentions]
    mentions = [mention for mention in mentions if mention.group >= 0]
    left = {mention.group for mention in mentions}
    before_named = {mention.group for mention in before if mention.form not in {"pronoun", "role"}}
    emptied = {number for number in before_named if number not in left and number not in moved}
    taken = [(mention.start, mention.end) for mention in mentions]
    linked = []
    for mention in before:
        if mention.form not in {"pronoun", "role"} or mention.group in emptied:
            continue
        number = moved.get(mention.group, mention.group)
        if number >= 0 and not any(start < mention.end and mention.start < end for start, end in _around(taken, mention.start)):
            linked.append(replace(mention, group=number))
    still_unclear = [ambiguity for ambiguity in unclear if ambiguity.reason in LEFT_ALONE] + shared_again
    return mentions, linked, [ambiguity for ambiguity in still_unclear if pieces_of(ambiguity.form) not in claims]


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
        return by_name.get(form, by_form.get(pieces_of(form)))

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
            claims[pieces_of(form)] = (number, "the analyst's registry")
            _check_spelling(parse, rules, form, entry, known)
        for form in entry.not_aliases:
            if owner(form) is None and not _stands(parse, form):
                rules.fail(form, f"{form!r} stands nowhere in the article.", known)
            if owner(form) == number:
                claims.setdefault(pieces_of(form), (_PLACE, "the analyst's registry"))
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
        claims[pieces_of(form)] = (len(groups) - 1, "split off by the analyst")
    for form in rules.ignore:
        if owner(form) is None and not _stands(parse, form):
            rules.fail(form, f"{form!r} stands nowhere in the article.", known)
        claims[pieces_of(form)] = (_PLACE, "ignored by the analyst")
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
    return f" {' '.join(pieces_of(form))} " in f" {' '.join(pieces_of(parse.article.text))} "


def _check_spelling(parse: Parse, rules: Registry, form: str, entry: RegistryActor, known: Sequence[str]) -> None:
    """A form that stands nowhere but is almost one that does is a slip; a name may be new where forms follow."""
    if form == entry.name and (entry.aliases or entry.merge):
        return
    if not _stands(parse, form):
        near = nearest(form, known, cutoff=0.8)
        if near and near not in (entry.name, *entry.aliases):
            rules.fail(form, f"{form!r} stands nowhere in the article.", [near])


def _passing(rules: Counter[str]) -> bool:
    """Whether a form meant somebody only by where it stood, so that it is nobody's alias."""
    return any(rule.startswith("surname ") for rule in rules)


def _cast(parse: Parse, placed: Iterable[GroupMention], groups: list[Group], unclear: list[Ambiguity]) -> Cast:
    """Freeze what was found: actors by first mention, mentions in reading order, merges with their counts."""
    seen: dict[int, dict[str, Counter[str]]] = {}
    text = parse.article.text
    kept = list(placed)
    for mention in kept:
        forms = seen.setdefault(mention.group, defaultdict(Counter))
        if mention.form not in {"pronoun", "role"}:
            forms[" ".join(text[mention.start : mention.end].split())][mention.rule] += 1
    actors = {}
    merges = []
    owners = Counter(form for forms in seen.values() for form in forms)
    for number, forms in seen.items():
        group = groups[number]
        aliases = tuple(form for form in forms if form != group.name and owners[form] == 1 and not _passing(forms[form]))
        actors[number] = Actor(group.name, group.kind, aliases, tuple(group.facts))
        for form, rules in forms.items():
            merges.append(Merge(form, group.name, rules.most_common(1)[0][0], rules.total()))
    mentions = tuple(Mention(actors[p.group], p.sentence, p.start, p.end, p.form, p.rule, p.confidence) for p in kept)
    unclear = sorted(unclear, key=lambda ambiguity: ambiguity.start)
    return Cast(parse, tuple(actors.values()), mentions, tuple(merges), tuple(unclear))
