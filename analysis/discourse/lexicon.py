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

    Attributes:
        lemma: the word, with its particle where it has one ("point out").
        pos: VERB, NOUN, ADJ or ADV.
        does: what the wording does to the content: neutral, endorsing, distancing or accusing.
        act: say, think, want, judge, ask, show or seem.
        frames: which complements are its content: c a clause, x an infinitive, o an object, O an object with "as", q
            a quotation, s the subject, as in "X seems to be ill", adv the clause it stands in, i the clause around
            "as X puts it".
        prepositions: those whose object is its content.
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
        words = {}
        for row in csv.DictReader(lines, delimiter="\t"):
            parts = row["frames"].split()
            plain = frozenset(part for part in parts if not part.startswith("p:"))
            preps = frozenset(word for part in parts if part.startswith("p:") for word in part[2:].split(","))
            key = (row["lemma"], row["pos"])
            words[key] = ReportingWord(row["lemma"], row["pos"], row["does"], row["act"], plain, preps)
    return MappingProxyType(words)


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
class EventWord:
    """One entry of the lexicon of events.

    Attributes:
        lemma: the word, with its particle where it has one ("lash out").
        pos: VERB or NOUN.
        patient_valence: what the event means for its patient, in [-1, +1].
        agent_valence: what it says of its agent, in [-1, +1].
        prepositions: those that lead to the patient; none for a verb that takes an object.
    """

    lemma: str
    pos: str
    patient_valence: float
    agent_valence: float
    prepositions: frozenset[str]


@cache
def event_words() -> Mapping[tuple[str, str], tuple[EventWord, ...]]:
    """The lexicon of events, by lemma (with its particle, "lash out") and part of speech.

    A word has several entries where its prepositions name different events ("vote for", "vote against").
    """
    path = Path(__file__).parents[1] / "resources" / "lexicons" / "discourse" / "events.tsv"
    words: dict[tuple[str, str], tuple[EventWord, ...]] = {}
    with path.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            preps = frozenset((row["prepositions"] or "").split(",")) - {""}
            word = EventWord(row["lemma"], row["pos"], float(row["patient"]), float(row["agent"]), preps)
            key = (row["lemma"], row["pos"])
            words[key] = (*words.get(key, ()), word)
    return MappingProxyType(words)


HedgeKind = Literal["modal", "evidential", "approximator", "attribution", "conditional"]


@cache
def hedge_phrases() -> Mapping[str, tuple[tuple[tuple[str, ...], HedgeKind, float], ...]]:
    """The lexicon of hedges by the first word of each, longest first."""
    path = Path(__file__).parents[1] / "resources" / "lexicons" / "discourse" / "hedges.tsv"
    phrases: dict[str, list[tuple[tuple[str, ...], HedgeKind, float]]] = {}
    with path.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            words = tuple(row["phrase"].split())
            kind: HedgeKind = row["kind"]  # type: ignore[assignment]
            phrases.setdefault(words[0], []).append((words, kind, float(row["doubt"])))
    return MappingProxyType({word: tuple(sorted(rows, key=lambda row: -len(row[0]))) for word, rows in phrases.items()})
