"""The names in a sentence, as spaCy sees them, and the same sentence with other words in some places."""

from __future__ import annotations

from collections.abc import Iterable

from analysis.language import pipeline
from analysis.tone import repetitions
from training.data import Example, Span

KINDS = ("PERSON", "ORG", "GPE", "NORP")
"""spaCy's labels of the names that give way: persons, organisations, places that govern, and who belongs where."""

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
