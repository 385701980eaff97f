"""The words whose syntax the study of discourse asks for: cues of attribution, events, hedges and named groups."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal


@dataclass(frozen=True, slots=True)
class ReportingWord:
    """One entry of the lexicon of cues.

    does: what the wording does to the content: neutral, endorsing, distancing or accusing.
    act: say, think, want, judge, ask, show or seem.
    frames: which complements are its content (c clause, x infinitive, o object, O object with "as", q quotation,
    s the raised subject, adv the clause, i the clause around "as X puts it"). prepositions: those whose object is its content.
    """

    lemma: str
    pos: str
    does: str
    act: str
    frames: frozenset[str]
    prepositions: frozenset[str]


@cache
def reporting_words() -> Mapping[tuple[str, str], ReportingWord]:
    """The lexicon of cues, by lemma (with its particle, "point out") and part of speech."""
    path = Path(__file__).parents[1] / "resources" / "lexicons" / "discourse" / "cues.tsv"
    with path.open(encoding="utf-8") as lines:
        found = {}
        for row in csv.DictReader(lines, delimiter="\t"):
            parts = row["frames"].split()
            plain = frozenset(part for part in parts if not part.startswith("p:"))
            preps = frozenset(word for part in parts if part.startswith("p:") for word in part[2:].split(","))
            key = (row["lemma"], row["pos"])
            found[key] = ReportingWord(row["lemma"], row["pos"], row["does"], row["act"], plain, preps)
    return MappingProxyType(found)


@cache
def demonyms() -> frozenset[str]:
    """The words for what belongs to a country and for who comes from it: "Russian", "Norwegians"."""
    path = Path(__file__).parents[1] / "resources" / "lexicons" / "countries" / "countries.json"
    return frozenset(word for country in json.loads(path.read_text("utf-8"))["countries"] for word in country["demonyms"])


@cache
def word_group(name: str) -> frozenset[str]:
    """A named group of words from the lexicon: "light verbs", "holders", "reports"..."""
    path = Path(__file__).parents[1] / "resources" / "lexicons" / "discourse" / "groups.json"
    groups: dict[str, list[str]] = json.loads(path.read_text(encoding="utf-8"))
    return frozenset(groups[name])


@dataclass(frozen=True, slots=True)
class DeedWord:
    """One entry of the lexicon of deeds.

    done_to, doer: valences in [-1, +1]: what the deed means for the one done to, and what it says of the doer.
    prepositions: those that lead to the one done to; none for a verb that takes an object.
    """

    lemma: str
    pos: str
    done_to: float
    doer: float
    prepositions: frozenset[str]


@cache
def deed_words() -> Mapping[tuple[str, str], tuple[DeedWord, ...]]:
    """The lexicon of deeds, by lemma (with its particle, "lash out") and part of speech; several entries where what leads to
    the one done to makes another deed of it ("vote for", "vote against")."""
    path = Path(__file__).parents[1] / "resources" / "lexicons" / "discourse" / "deeds.tsv"
    found: dict[tuple[str, str], tuple[DeedWord, ...]] = {}
    with path.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            preps = frozenset((row["prepositions"] or "").split(",")) - {""}
            word = DeedWord(row["lemma"], row["pos"], float(row["done_to"]), float(row["doer"]), preps)
            key = (row["lemma"], row["pos"])
            found[key] = (*found.get(key, ()), word)
    return MappingProxyType(found)


HedgeKind = Literal["modal", "evidential", "approximator", "attribution", "conditional"]


@cache
def hedge_phrases() -> Mapping[str, tuple[tuple[tuple[str, ...], HedgeKind, float], ...]]:
    """The lexicon of hedges by the first word of each, longest first."""
    path = Path(__file__).parents[1] / "resources" / "lexicons" / "discourse" / "hedges.tsv"
    found: dict[str, list[tuple[tuple[str, ...], HedgeKind, float]]] = {}
    with path.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            words = tuple(row["phrase"].split())
            kind: HedgeKind = row["kind"]  # type: ignore[assignment]
            found.setdefault(words[0], []).append((words, kind, float(row["doubt"])))
    return MappingProxyType({word: tuple(sorted(rows, key=lambda row: -len(row[0]))) for word, rows in found.items()})
