"""Every labelled sentence with all the actors it names: what teachers and student read.

A sentence comes from one or several sets. Its actors are groups of spans; each group may bear a label of its tone under the
guide for natural news ("natural") and one of a collection of opinionated sentences ("collected"), since the two ask
different things: under the first, harm suffered and neutral acts are no tone, and most of news has none.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from analysis.tone import repetitions
from training import data, free
from training.names import names_in

Policy = Literal["natural", "collected"]
Span = tuple[int, int]

POLICIES: tuple[Policy, ...] = ("natural", "collected")

KINDS = {"PERSON": "p", "ORG": "o", "GPE": "g", "NORP": "n"}
"""Kind of a group by spaCy's label of the name; "L" is a labelled one, "C" a capital, "P" a pronoun, "R" a role."""

HELD_OUT = ("newsmtsc_dev_rw", "newsmtsc_dev_mt", "dse_valid", "wikinews_dev", "usnews_dev")
"""Sources that are measured and never trained on."""

STANCE_CLASS = {(True, True): 1, (True, False): 3, (False, True): 2, (False, False): 4}
"""DSE's class of a pair by (the first holds it, it is favourable)."""


@dataclass(slots=True)
class Group:
    """One actor of a sentence: its spans, what it is, and its tone as a class (0 negative, 1 neutral, 2 positive) by policy."""

    spans: list[Span]
    kind: str
    tone: dict[Policy, int] = field(default_factory=dict)


@dataclass(slots=True)
class Sentence:
    """A sentence, its groups, and its labelled pairs: (first group, second group, DSE's class), by policy.

    document: what falls into one fold together: the article, or the sentence itself.
    actor_kinds: for the measured sets, the kind of each group's actor.
    """

    source: str
    text: str
    document: str
    groups: list[Group] = field(default_factory=list)
    pairs: dict[Policy, list[tuple[int, int, int]]] = field(default_factory=dict)
    actor_kinds: list[str] = field(default_factory=list)
    clear: list[bool] = field(default_factory=list)

    def claim(self, spans: Iterable[Span]) -> list[Span]:
        """Those of the spans that no group has yet."""
        taken = [span for group in self.groups for span in group.spans]
        kept: list[Span] = []
        for start, end in spans:
            if end > start and all(end <= low or start >= high for low, high in [*taken, *kept]):
                kept.append((start, end))
        return kept

    def group_at(self, span: Span, kind: str) -> int | None:
        """The group that has this span, made where nobody has claimed the place; None where another overlaps it."""
        for place, group in enumerate(self.groups):
            if span in group.spans:
                return place
        own = self.claim([span])
        if not own:
            return None
        self.groups.append(Group(own + self.claim(repetitions(self.text, span)), kind))
        return len(self.groups) - 1


def sign_class(label: int) -> int:
    """Class of a label from -2 to 2."""
    return (label > 0) - (label < 0) + 1


def lines(name: str) -> Iterator[dict[str, Any]]:
    """The rows of one of the sets' files."""
    with (data.data_folder() / name).open(encoding="utf-8") as rows:
        for row in rows:
            yield json.loads(row)


def articles(name: str, source: str, stances: dict[str, list[dict[str, Any]]] | None = None) -> Iterator[Sentence]:
    """The sentences of whole articles with the tool's own marks: every marked actor a group, also where the mark is wrong.

    Args:
        name: the file. source: what the set is called here.
        stances: held stances by article; then every other pair of a sentence's actors holds nothing.
    """
    for article in lines(name):
        by_place: dict[Span, list[dict[str, Any]]] = {}
        for target in article["targets"]:
            by_place.setdefault(tuple(target["sentence"]), []).append(target)
        for (low, high), targets in sorted(by_place.items()):
            sentence = Sentence(source, article["text"][low:high], f"{source} {article['id']}")
            for target in targets:
                spans = sentence.claim((start - low, end - low) for start, end in target["spans"])
                tone: dict[Policy, int] = {} if target["label"] is None else {"natural": sign_class(target["label"])}
                sentence.groups.append(Group(spans, "L", tone))
                sentence.actor_kinds.append(target["kind"])
                sentence.clear.append(abs(target["label"] or 0) == 2)
            if stances is not None:
                sentence.pairs["natural"] = held_pairs(sentence, low, high, stances.get(article["id"], []))
            yield sentence


def held_pairs(sentence: Sentence, low: int, high: int, stances: list[dict[str, Any]]) -> list[tuple[int, int, int]]:
    """Every pair of a sentence's groups with DSE's class: the stances marked in it, and nothing for all others."""

    def place(spans: list[list[int]]) -> int | None:
        here = [(start - low, end - low) for start, end in spans]
        return next((at for at, group in enumerate(sentence.groups) if any(span in group.spans for span in here)), None)

    held: dict[tuple[int, int], int] = {}
    for stance in stances:
        if tuple(stance["sentence"]) == (low, high):
            holder, target = place(stance["holder"]), place(stance["target"])
            if holder is not None and target is not None and holder != target:
                pair = (min(holder, target), max(holder, target))
                held[pair] = STANCE_CLASS[holder < target, stance["label"] > 0]
    usable = [at for at, group in enumerate(sentence.groups) if group.spans and group.tone]
    return [(one, two, held.get((one, two), 0)) for one in usable for two in usable if one < two]


def collections() -> Iterator[Sentence]:
    """Sentences picked one by one, each once, with the labels of every set that has it, and all other names as groups.

    A label of a measured part is left out where the sentence stands in a part that is trained on.
    """
    found: dict[str, Sentence] = {}

    def at(text: str, source: str) -> Sentence:
        return found.setdefault(text, Sentence(source, text, f"{source} {text}"))

    for part in ("train", "dev_rw", "dev_mt"):
        for one in data.newsmtsc(part):
            sentence = at(one.text, f"newsmtsc_{part}")
            if sentence.source != f"newsmtsc_{part}":
                continue
            group = sentence.group_at(one.first, "L")
            if group is not None and one.label is not None:
                sentence.groups[group].tone["collected"] = one.label
                sentence.groups[group].kind = "L"
    for part in ("train", "valid"):
        for one in data.dse(part):
            sentence = at(one.text, f"dse_{part}")
            if part == "valid" and sentence.source != "dse_valid":
                continue
            first, second = sentence.group_at(one.first, "L"), sentence.group_at(one.second or one.first, "L")
            if first is not None and second is not None and first != second and one.label is not None:
                sentence.pairs.setdefault("collected", []).append((first, second, one.label))
    for row in lines("newstargets/train.jsonl"):
        sentence = at(row["text"], "newstargets")
        for target in row["targets"]:
            spans = [tuple(span) for span in target["spans"]]
            group = sentence.group_at(spans[0], "L")
            if group is not None:
                sentence.groups[group].spans += sentence.claim(spans[1:])
                if target["label"] is not None:
                    sentence.groups[group].tone["natural"] = sign_class(target["label"])
    for row in lines("rusentne/train.jsonl"):
        sentence = at(row["text"], "rusentne")
        group = sentence.group_at((row["start"], row["end"]), "L")
        if group is not None:
            sentence.groups[group].tone["natural"] = row["label"] + 1
    for row in lines("finentity/train.jsonl"):
        sentence = at(row["text"], "finentity")
        for target in row["targets"]:
            group = sentence.group_at((target["start"], target["end"]), "L")
            if group is not None:
                sentence.groups[group].tone["natural"] = target["label"] + 1
    for text in data.gap_sentences():
        at(text, "gap")
    names = names_in(found)
    for text, sentence in found.items():
        for start, end, label in names[text]:
            sentence.group_at((start, end), KINDS[label])
        for start, end in free.candidates(text):
            sentence.group_at((start, end), "P" if free.PRONOUN.fullmatch(text[start:end]) else "C")
        for match in free.ROLE.finditer(text):
            sentence.group_at(match.span(), "R")
        yield sentence


def collect() -> list[Sentence]:
    """Every sentence of every set; no sentence that is measured is trained on."""
    stances = {row["id"]: row["stances"] for row in lines("stances/train.jsonl")}
    measured = {row["id"]: row["stances"] for row in lines("stances/dev.jsonl")}
    found = [
        *collections(),
        *articles("wikinews/train.jsonl", "wikinews_train", stances),
        *articles("wikinews/dev.jsonl", "wikinews_dev", measured),
        *articles("usnews/dev.jsonl", "usnews_dev", measured),
        *articles("meantime/train.jsonl", "meantime"),
    ]
    held = {sentence.text for sentence in found if sentence.source in HELD_OUT}
    return [sentence for sentence in found if sentence.source in HELD_OUT or sentence.text not in held]
