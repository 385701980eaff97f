"""Sentences in which everybody but the target bears another name.

A label says how a sentence's wording leans toward its target. Whose names stand around the target is no reason for another
label, and a network that reads the same sentence under many names cannot learn to judge them (Prabhakaran, Hutchinson and
Mitchell 2019 measured how far others do). Names are spaCy's entities, and give way to names of their own kind.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import numpy as np

from analysis.language import pipeline
from analysis.tone import repetitions
from training.data import Example, Span

KINDS = ("PERSON", "ORG", "GPE", "NORP")
"""spaCy's labels of the names that give way: persons, organisations, places that govern, and who belongs where."""

LEAST = 3
"""A name that stands in fewer sentences of the pool is not drawn: most of those are no names."""

Names = dict[str, tuple[tuple[int, int, str], ...]]


def names_in(texts: Iterable[str]) -> Names:
    """For each text, its names as (start, end, kind), in reading order; a possessive's ending is no part of the name."""
    reader = pipeline()
    found: Names = {}
    with reader.select_pipes(enable=["tok2vec", "ner"]):
        for doc in reader.pipe(dict.fromkeys(texts), batch_size=256):
            found[doc.text] = tuple(
                (one.start_char, one.start_char + len(_bare(one.text)), one.label_) for one in doc.ents if one.label_ in KINDS
            )
    return found


def _bare(name: str) -> str:
    return name[:-2] if name.endswith(("'s", "’s")) else name


def pool_of(names: Names) -> dict[str, list[str]]:
    """The names to draw from, by kind: each once, so that a name that is much written about is not drawn more often."""
    counts = Counter((kind, text[start:end]) for text, found in names.items() for start, end, kind in found)
    pool: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for (kind, name), count in sorted(counts.items()):
        if count >= LEAST and name[:1].isupper():
            pool[kind].append(name)
    return pool


def renamed(example: Example, names: Names, pool: dict[str, list[str]], rng: np.random.Generator) -> Example:
    """The same sentence and target with other names in the place of all other names.

    A name that comes again gets the same name again, and a last name that of the full name before it. The names of the target
    and of a pair's second stay, and so does the label.
    """
    given: dict[str, str] = {}
    changes: list[tuple[int, int, str]] = []
    for start, end, kind in beside(example, names):
        name = example.text[start:end]
        if name not in given:
            other = pool[kind][rng.integers(len(pool[kind]))]
            if any(word in example.text for word in other.split()):
                continue
            given[name] = other
            given.setdefault(name.split()[-1], other.split()[-1])
        changes.append((start, end, given[name]))
    return changed(example, changes)


def beside(example: Example, names: Names) -> list[tuple[int, int, str]]:
    """The names in a sentence that are neither the target's nor the pair's second's, as `names_in` gives them."""
    held = [span for span in (example.first, example.second) if span is not None]
    held += [again for span in held for again in repetitions(example.text, span)]
    return [one for one in names[example.text] if not any(one[0] < end and start < one[1] for start, end in held)]


def changed(example: Example, changes: Iterable[tuple[int, int, str]]) -> Example:
    """The same example with other words at each (start, end), in reading order, and its spans moved along.

    A change may be one of the spans itself, which is then that of the new words.
    """
    parts: list[str] = []
    moves: list[tuple[int, int]] = []
    at = 0
    for start, end, words in changes:
        parts += [example.text[at:start], words]
        moves.append((start, len(words) - (end - start)))
        at = end
    parts.append(example.text[at:])

    def moved(span: Span) -> Span:
        low, high = (place + sum(change for start, change in moves if start < place) for place in span)
        return low, high

    second = None if example.second is None else moved(example.second)
    return Example("".join(parts), moved(example.first), second, example.label)
