"""How surely it is said: hedges, what they bear on, and the certainty they leave."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from math import prod
from types import MappingProxyType
from typing import Final

from ..model import Attribution, Parse, Sentence, Span
from .attributions import reporting_word
from .lexicon import HedgeKind, hedge_phrases
from .syntax import Tree

NUMBER_TOKENS: Final = 4
"""How far after "about" the number may stand that it makes rough."""


@dataclass(frozen=True, slots=True)
class Hedge:
    """A word that takes certainty away from what it bears on.

    Attributes:
        start: where it starts in the text.
        end: where it ends, exclusive.
        kind: modal, evidential, approximator, attribution or conditional.
        doubt: the share of certainty it takes, in [0, 1).
        scope: the stretches of text it bears on.
    """

    start: int
    end: int
    kind: HedgeKind
    doubt: float
    scope: tuple[Span, ...]


_DOUBT_OF_REPORT: Mapping[str, float] = MappingProxyType(
    {"neutral": 0.1, "endorsing": 0.05, "distancing": 0.3, "accusing": 0.3}
)
_FACTUAL_ACTS = frozenset({"say", "think", "show", "seem"})


def find_hedges(parse: Parse | Tree, attributions: Sequence[Attribution] | None = None) -> tuple[Hedge, ...]:
    """Every hedge with its kind and what it bears on, in reading order.

    Args:
        parse: the article, or its tree.
        attributions: reports that count as hedges of their content; none are added when left out.
    """
    tree = parse if isinstance(parse, Tree) else Tree(parse)
    phrases = hedge_phrases()
    hedges: list[Hedge] = []
    for token in tree.tokens:
        rows = phrases.get(token.text.lower()) or phrases.get(token.lemma.lower())
        if rows is None:
            continue
        for words, kind, doubt in rows:
            last = token.index + len(words)
            here = tree.tokens[token.index : last]
            if len(here) < len(words) or any(
                word not in (other.text.lower(), other.lemma.lower()) for word, other in zip(words, here, strict=True)
            ):
                continue
            scope = _scope(tree, token.index, last - 1, kind)
            if scope:
                hedges.append(
                    Hedge(token.start, here[-1].end, kind, doubt, tree.spans(scope) or ((token.start, here[-1].end),))
                )
            break
    taken = {hedge.start for hedge in hedges}
    for attribution in attributions or ():
        word = reporting_word(tree, attribution)
        if any(index in taken for start, end in attribution.cue for index in range(start, end)):
            continue
        if attribution.cue and (attribution.kind == "according-to" or (word is not None and word.act in _FACTUAL_ACTS)):
            doubt = _DOUBT_OF_REPORT[word.does] if word is not None else _DOUBT_OF_REPORT["neutral"]
            hedges.append(Hedge(attribution.cue[0][0], attribution.cue[-1][1], "attribution", doubt, attribution.content))
    return tuple(sorted(hedges, key=lambda hedge: (hedge.start, hedge.end, hedge.kind)))


def _scope(tree: Tree, first: int, last: int, kind: HedgeKind) -> set[int]:
    """The tokens a hedge bears on; none where the word is no hedge here ("May", "about peace")."""
    if kind == "modal":
        return _of_modal(tree, first, last)
    if kind == "evidential":
        return _of_evidential(tree, first)
    if kind == "approximator":
        return _of_approximator(tree, first, last)
    token = tree.tokens[first]
    if token.dep != "mark" or tree.tokens[token.head].pos not in ("VERB", "AUX"):
        return set()
    return tree.under(tree.tokens[token.head].head if tree.tokens[token.head].dep == "advcl" else token.head)


def _of_modal(tree: Tree, first: int, last: int) -> set[int]:
    token = tree.tokens[first]
    if token.text.lower() in ("may", "might", "could", "would", "should") and token.tag != "MD":
        return set()
    if token.dep == "amod":
        return tree.under(token.head) - {first}
    if first == last:
        return _clause_of(tree, first)
    lower = tree.kid(first, "xcomp")
    return tree.under(first if lower is None else lower) | _subject_tokens(tree, first)


_SEEMING: Final = frozenset({"seem", "appear"})
_HINTING: Final = _SEEMING | {"suggest", "indicate", "imply", "hint"}


def _of_evidential(tree: Tree, first: int) -> set[int]:
    token = tree.tokens[first]
    if token.pos not in ("VERB", "AUX"):
        return tree.under(token.head) - {first} if token.dep == "amod" else _clause_of(tree, first)
    lemma = token.lemma.lower()
    if token.text.lower() != lemma and lemma not in _HINTING:  # "is thought to", and no "thought" that is active
        if tree.kid(first, "auxpass", "nsubjpass") is None:
            return set()
        lower = tree.kid(first, "ccomp", "xcomp", "oprd", after=first)
        return tree.under(first) if lower is None else tree.under(lower) | _subject_tokens(tree, first)
    lower = tree.kid(first, "ccomp", "xcomp", "oprd", "acomp", "dobj")
    if lower is None:
        return set()
    return tree.under(lower) | (_subject_tokens(tree, first) if lemma in _SEEMING else set())


def _of_approximator(tree: Tree, first: int, last: int) -> set[int]:
    tokens = tree.tokens
    near = range(last + 1, min(last + NUMBER_TOKENS, len(tokens)))
    number = next((index for index in near if tokens[index].pos == "NUM" or tokens[index].tag == "CD"), None)
    if number is None or tree.sentence_of[number] != tree.sentence_of[first]:
        return set(range(last + 1, min(last + 2, len(tokens)))) if first != last else set()
    return tree.under(tokens[number].head if tokens[number].dep == "nummod" else number)


def _subject_tokens(tree: Tree, verb: int) -> set[int]:
    subject = tree.kid(verb, "nsubj", "nsubjpass")
    return set() if subject is None else tree.under(subject)


def _clause_of(tree: Tree, index: int) -> set[int]:
    """The clause a word stands in, without clauses joined to it."""
    top = index
    for _ in range(12):
        token = tree.tokens[top]
        if token.pos in ("VERB", "AUX") and token.dep not in ("aux", "auxpass") and top != index:
            break
        if token.head == top:
            break
        top = token.head
    joined = [
        kid
        for kid in tree.kids[top]
        if tree.tokens[kid].dep in ("conj", "advcl", "parataxis")
        and tree.tokens[kid].pos == "VERB"
        and tree.kid(kid, "nsubj") is not None
    ]
    return tree.under(top, joined) - {index}


def certainty(hedges: Iterable[Hedge], span: Span) -> float:
    """How surely the text states something at a span, in (0, 1]: 1 where nothing hedges it.

    The product of what each hedge that bears on the span leaves, so that taking one away never lowers it.
    """
    start, end = span
    return prod(1.0 - hedge.doubt for hedge in hedges if any(low < end and start < high for low, high in hedge.scope))


def certainties(hedges: Sequence[Hedge], spans: Sequence[Span]) -> list[float]:
    """``certainty`` of many spans at once, in time linear in their number.

    Args:
        hedges: what ``find_hedges`` returned.
        spans: in reading order, none overlapping.
    """
    order = sorted((low, high, number) for number, hedge in enumerate(hedges) for low, high in hedge.scope)
    open_: list[tuple[int, int]] = []
    values, index = [], 0
    for start, end in spans:
        while index < len(order) and order[index][0] < end:
            heappush(open_, (order[index][1], order[index][2]))
            index += 1
        while open_ and open_[0][0] <= start:
            heappop(open_)
        values.append(prod(1.0 - hedges[number].doubt for number in sorted({number for _, number in open_})))
    return values


def certainty_profile(parse: Parse, hedges: Sequence[Hedge]) -> tuple[tuple[Sentence, float], ...]:
    """Certainty through the article, a value a sentence: the product over the hedges that start in it."""
    values = [1.0] * len(parse.sentences)
    starts = [sentence.start for sentence in parse.sentences]
    for hedge in hedges:
        index = bisect_right(starts, hedge.start) - 1
        if index >= 0:
            values[index] *= 1.0 - hedge.doubt
    return tuple(zip(parse.sentences, values, strict=True))
