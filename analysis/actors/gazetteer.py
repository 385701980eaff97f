"""What is known about names before an article is read: countries, person words, given names.

The tables come from packages with known licences; each folder under ``resources/lexicons`` says which and holds
the script that made it. They are read once, when first asked for.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final, Literal

from ..constants import NOUNS_KEPT

Pieces = tuple[str, ...]
PIECE = re.compile(r"\w+|[^\w\s]")
"""The units names are compared in: runs of letters and digits, and single marks."""
Gender = Literal["male", "female"]
CountryRule = Literal["country name", "demonym", "capital", "seat of government"]


@dataclass(frozen=True, slots=True)
class Country:
    """A country or territory. names: the first is shown; demonyms: adjectives and inhabitants."""

    iso: str
    name: str
    names: tuple[str, ...]
    demonyms: tuple[str, ...]
    capitals: tuple[str, ...]
    seats: tuple[str, ...]
    population: int


@dataclass(frozen=True, slots=True)
class People:
    """Lower-case nouns for persons and organisations, and given names by gender.

    common: words of everyday text. known: given names in the US census. leaning: the likelier gender of names that do not
    tell it.
    """

    person: frozenset[str]
    male: frozenset[str]
    female: frozenset[str]
    organisation: frozenset[str]
    leader: frozenset[str]
    relative: frozenset[str]
    surname: frozenset[str]
    common: frozenset[str]
    known: frozenset[str]
    given: dict[str, Gender | None]
    leaning: dict[str, Gender]


@cache
def countries() -> tuple[Country, ...]:
    """Every country and territory, the most populous first."""
    added = _table("additions")
    rows = [dict(row) for row in (*_table("countries")["countries"], *added["countries"])]
    for row in rows:
        for part, forms in added["more"].get(row["iso"], {}).items():
            row[part] = list(dict.fromkeys([*row[part], *forms]))
    listed = [
        Country(
            row["iso"],
            row["name"],
            tuple(row["names"]),
            tuple(row["demonyms"]),
            tuple(row["capitals"]),
            tuple(row["seats"]),
            row["population"],
        )
        for row in rows
    ]
    return tuple(sorted(listed, key=lambda country: -country.population))


@cache
def states() -> frozenset[str]:
    """The states of the United States, by name."""
    return frozenset(_table("countries")["states"])


@cache
def country_forms() -> dict[str, tuple[Country, CountryRule]]:
    """Every form that can mean a country. A form two countries share belongs to the more populous one."""
    forms: dict[str, tuple[Country, CountryRule]] = {}
    for rule in ("country name", "demonym", "seat of government", "capital"):
        for country in countries():
            for form in _forms(country, rule):
                forms.setdefault(form, (country, rule))
    for form in _table("additions")["without"]:
        del forms[form]
    return forms


@cache
def country_pieces() -> dict[str, list[tuple[int, Pieces, str, Country, CountryRule]]]:
    """The same by first piece: each form's number, the form cut into pieces, and its spelling."""
    by_first: dict[str, list[tuple[int, Pieces, str, Country, CountryRule]]] = {}
    for number, (form, (country, rule)) in enumerate(country_forms().items()):
        pieces = tuple(PIECE.findall(form))
        by_first.setdefault(pieces[0], []).append((number, pieces, form, country, rule))
    return by_first


def _forms(country: Country, rule: CountryRule) -> tuple[str, ...]:
    if rule == "country name":
        return tuple(name for name in country.names if not name.startswith(("The ", "the ")))
    if rule == "demonym":
        return country.demonyms
    return country.seats if rule == "seat of government" else country.capitals


_THINGS: Final = frozenset(
    "annoyance arrival attraction back bag baggage bass batter bear beard beast beat birth blade blood bore brick broad"
    " butter calculator camper card case catch center charge cipher classic clod competition computer conditioner connection"
    " conveyor copper cow crab cracker creeper date dip dish dishwasher dispenser dope dragon draw drawer drone embodiment"
    " end extra face factor failure fairy fare feeder fence fixture flake flop foot front fry gem grass great grind grip"
    " gull gun gutter ham hand hangover have help hire honey hood hope image import insect instrument issue jade jewel"
    " lather lead letter life lift light lion liver lizard longer love lump machine mandatory mark match material medium"
    " modifier mouse mouth mover muscle natural neutral nut opener ordinary page pain picket pickup pig pill pillar pivot"
    " planet plant planter pledge poke pool pop possible poster potter power prayer primitive printer probable processor"
    " prospect rake red regular relief reminder replacement reserve rip rock romp root satellite scratch screw seed self"
    " server shadow sham sheep shot shower slip slipper slug sneaker sort sourdough spade sponge sport square squeeze squirt"
    " steady stiff straight stroke stud study success suit sun super sweater sweep swell tackle tail tanker tar tart tease"
    " terror thought threat timer toast tool tough trailer transfer trick tumbler turkey type voice voucher watch waver"
    " whale wing wit worm".split()
)
"""Nouns that the list of person nouns holds by a rare sense, and that mean a thing in news."""


@cache
def people() -> People:
    """The word lists about persons and organisations."""
    table = _table("people")
    words = {kind: frozenset(table[kind].replace("_", " ").split(" ")) for kind in ("surname", "common")}
    nouns = {
        kind: frozenset(word.replace("_", " ") for word in table[kind].split(" "))
        for kind in ("person", "male", "female", "organisation", "leader", "relative")
    }
    nouns["person"] -= _THINGS
    given: dict[str, Gender | None] = dict.fromkeys(table["given_either"].split(" "))
    given.update(dict.fromkeys(table["given_male"].split(" "), "male"))
    given.update(dict.fromkeys(table["given_female"].split(" "), "female"))
    leaning: dict[str, Gender] = dict.fromkeys(table["given_mostly_male"].split(" "), "male")
    leaning.update(dict.fromkeys(table["given_mostly_female"].split(" "), "female"))
    return People(given=given, leaning=leaning, known=frozenset(table["given_known"].split(" ")), **nouns, **words)


@lru_cache(maxsize=NOUNS_KEPT)
def is_person_noun(word: str) -> bool:
    """Whether a common noun, singular or plural, means a person ("minister", "spokesmen")."""
    return not people().person.isdisjoint(singulars(word))


@lru_cache(maxsize=NOUNS_KEPT)
def is_organisation_noun(word: str) -> bool:
    """Whether a common noun, singular or plural, means an organisation ("company", "agencies")."""
    return not people().organisation.isdisjoint(singulars(word))


@lru_cache(maxsize=NOUNS_KEPT)
def is_body(word: str) -> bool:
    """Whether a common noun means an organisation rather than a person or a thing."""
    forms, known, words = singulars(word), bodies(), people()
    if not known[True].isdisjoint(forms):
        return True
    return not words.organisation.isdisjoint(forms) and words.person.isdisjoint(forms) and known[False].isdisjoint(forms)


def is_human(word: str) -> bool:
    """Whether a common noun means a person."""
    return is_person_noun(word) and not is_body(word)


def gender_of_noun(word: str) -> Gender | None:
    """The gender that a noun tells of a person: "brother", "congresswoman"; None where it tells none or both."""
    words, forms = people(), singulars(word)
    female = bool(words.female.intersection(forms)) or word.lower().endswith(("woman", "women"))
    if bool(words.male.intersection(forms)) is female:
        return None
    return "female" if female else "male"


@lru_cache(maxsize=NOUNS_KEPT)
def singulars(word: str) -> tuple[str, ...]:
    """A noun and what it may be the plural of."""
    lower = word.lower()
    forms = [lower]
    if lower.endswith("s"):
        if lower.endswith("ies"):
            forms.append(lower[:-3] + "y")
        if lower.endswith("es"):
            forms.append(lower[:-2])
        if not lower.endswith("ss"):
            forms.append(lower[:-1])
    elif lower.endswith("men"):
        forms.append(lower[:-3] + "man")
    elif lower == "people":
        forms.append("person")
    return tuple(forms)


@cache
def _table(name: str) -> dict[str, Any]:
    path = Path(__file__).parents[1] / "resources" / "lexicons" / name / f"{name}.json"
    table: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return table


@cache
def organisation_names() -> dict[str, tuple[str, ...]]:
    """Each name of an organisation with the other names of the same one; single common words left out."""
    same: dict[str, tuple[str, ...]] = {}
    for names in [*_table("organisations")["same"], *_table("additions")["same"]]:
        listed = [
            name for name in names if " " in name or (name.isupper() and len(name) > 1) or names in _table("additions")["same"]
        ]
        for name in listed:
            same[name] = tuple(dict.fromkeys((*same.get(name, ()), *(other for other in listed if other != name))))
    return same


@cache
def party_members() -> dict[str, str]:
    """What the members of a party are called, with its name: Republican, Republican Party."""
    return {**_table("organisations")["members"], **_table("additions")["members"]}


@cache
def bodies() -> dict[bool, frozenset[str]]:
    """Nouns that mean an organisation though the word list says otherwise (True), and that seldom do though it lists them."""
    table = _table("additions")
    return {True: frozenset(table["bodies"]), False: frozenset(table["no_bodies"])}


@cache
def implied_roles() -> dict[str, tuple[str, ...]]:
    """What else somebody may be called of whom a title was stated: "rep" a congressman, "pope" a pontiff."""
    return {title: tuple(others) for title, others in _table("additions")["implied"].items()}


@cache
def well_known() -> frozenset[str]:
    """Organisations of one word that news names without saying what they are."""
    return frozenset(_table("additions")["organisations"])


@cache
def things() -> frozenset[str]:
    """Capitalised words and acronyms that mean no actor: diseases, techniques, titles, feasts."""
    return frozenset(_table("additions")["things"])


@cache
def sorts() -> tuple[dict[str, str], dict[str, str]]:
    """Sorts of organisations: of each common noun that means one ("airline"), and of each word that names hold ("Airways")."""
    table: dict[str, list[list[str]]] = _table("additions")["sorts"]
    return (
        {noun: sort for sort, (nouns, _) in table.items() for noun in nouns},
        {word: sort for sort, (_, words) in table.items() for word in words},
    )


@cache
def any_sort() -> frozenset[str]:
    """Nouns that may mean an organisation of any sort, or a person of any office."""
    return frozenset((*_table("additions")["any_sort"], *_table("additions")["any_person"]))
