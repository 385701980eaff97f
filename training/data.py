"""Labelled sentences for training and for choosing between runs.

The folder is `TOWARD_DATA` (default `../shared/data`). Of GAP, whose labels are of another kind, the bare sentences are read.
"""

from __future__ import annotations

import csv
import json
import os
import re
from dataclasses import dataclass
from pathlib import Path

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Example:
    """One sentence with one target, or with a pair of names, and what is known about it.

    Attributes:
        text: the sentence.
        first, second: (start, end) of the target, and of the other name for a pair; None where there is no pair.
        label: class index (3 classes for one target, 5 for a pair), or None.
    """

    text: str
    first: Span
    second: Span | None = None
    label: int | None = None


POLARITY_CLASS = {2.0: 0, 4.0: 1, 6.0: 2}
"""NewsMTSC polarity to class index: negative, neutral, positive."""


def data_folder() -> Path:
    """The folder that holds the labelled sets."""
    return Path(os.environ.get("TOWARD_DATA", "../shared/data"))


def repair_span(sentence: str, start: int, end: int, mention: str) -> tuple[int, int] | None:
    """Find where `mention` really is, given offsets that may be off by a few characters.

    Returns:
        (start, end) with `sentence[start:end] == mention`, the nearest to `start`; None where the mention is absent.
    """
    if sentence[start:end] == mention:
        return start, end
    places = [found.start() for found in re.finditer(re.escape(mention), sentence)]
    if not places:
        return None
    best = min(places, key=lambda place: abs(place - start))
    return best, best + len(mention)


def newsmtsc(name: str) -> list[Example]:
    """Read one NewsMTSC part: `train`, `dev_mt` or `dev_rw`; targets whose span cannot be found are dropped."""
    examples: list[Example] = []
    with (data_folder() / "newsmtsc" / f"{name}.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            sentence = row["sentence_normalized"]
            for target in row["targets"]:
                span = repair_span(sentence, target["from"], target["to"], target["mention"])
                if span is not None:
                    examples.append(Example(sentence, span, None, POLARITY_CLASS[target["polarity"]]))
    return examples


def _bracketed(marked: str, name: str, taken: tuple[int, int] | None) -> tuple[int, int] | None:
    for found in re.finditer(re.escape(f"[{name}]"), marked):
        if taken is None or found.end() <= taken[0] or found.start() >= taken[1]:
            return found.span()
    return None


def clean_span(sentence: str, start: int, end: int) -> tuple[int, int]:
    """Tidy a noisy entity span: drop a trailing apostrophe or space, finish a word that was cut ("Los Angele" + "s")."""
    while end > start + 1 and sentence[end - 1] in "'’‘ \t":
        end -= 1
    while start < end - 1 and sentence[start] in " \t":
        start += 1
    while end < len(sentence) and sentence[end].isalnum() and sentence[end - 1].isalnum():
        end += 1
    return start, end


def dse(name: str) -> list[Example]:
    """Read one DSE part: `train` or `valid`. Rows whose two names cannot be told apart are dropped."""
    examples: list[Example] = []
    with (data_folder() / "dse" / f"{name}.tsv").open(encoding="utf-8", newline="") as lines:
        for marked, first, second, label in csv.reader(lines, delimiter="\t"):
            one = _bracketed(marked, first, None)
            two = _bracketed(marked, second, one)
            if one is None or two is None:
                continue
            shift_one = 2 if two[0] < one[0] else 0
            shift_two = 2 if one[0] < two[0] else 0
            cuts = sorted([one[0], one[1] - 1, two[0], two[1] - 1])
            sentence = "".join(char for at, char in enumerate(marked) if at not in cuts)
            a = clean_span(sentence, one[0] - shift_one, one[1] - 2 - shift_one)
            b = clean_span(sentence, two[0] - shift_two, two[1] - 2 - shift_two)
            if a[0] < b[1] and b[0] < a[1]:
                continue
            examples.append(Example(sentence, a, b, int(label)))
    return examples


def gap_sentences() -> list[str]:
    """The sentences of GAP's development and validation snippets (Wikipedia), each once, scraps left out."""
    found: dict[str, None] = {}
    for name in ("development", "validation"):
        with (data_folder() / "gap" / f"{name}.tsv").open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
                text = row["Text"].replace("``", '"').replace("''", '"')
                found.update(dict.fromkeys(re.split(r"(?<=[a-z)][.!?])\s+(?=[A-Z\"])", text)))
    return [sentence for sentence in found if len(sentence) > 40]
