"""The clause scorer: the events an actor takes part in, else the charged words that bear on it by the parse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from ..constants import EVENT_VALENCE
from ..discourse import Event, Tree, event_cues, find_events, reporting_words, sentence_tree
from ..model import Span, Token
from . import valence
from .valence import Charge

_Local = tuple[int, int, Token, int]
"""A token as the clause scorer needs it: its start and end in the sentence, itself, the index of its head in the sentence."""


@dataclass(frozen=True, slots=True)
class Syntax:
    """One sentence's parse.

    Attributes:
        tokens: the tokens of the sentence.
        tree: the tree of the text in which the sentence stands, or None.
        events: the events of the sentence.
        offset: where the sentence starts in that text.
    """

    tokens: Sequence[_Local]
    tree: Tree | None
    events: Sequence[Event]
    offset: int = 0


def parsed(texts: Sequence[str]) -> list[Syntax]:
    """Each text parsed as a sentence of its own."""
    from ..language import parse_texts

    clauses = []
    for text, tokens in zip(texts, parse_texts(texts), strict=True):
        tree = sentence_tree(text, tokens)
        clauses.append(Syntax(tuple((token.start, token.end, token, token.head) for token in tokens), tree, find_events(tree)))
    return clauses


def clause_charges(text: str, syntax: Syntax, span: Span) -> list[Charge]:
    """What bears on the target: the events whose agent it is, or in which it is judged; else the charged words of its clause.

    Those are the words of its own phrase, of its clause, of what it does or undergoes. Words of names do not count
    ("United States" is no praise), nor what the target merely says of others.
    """
    tokens, offset = syntax.tokens, syntax.offset
    if syntax.events and syntax.tree is not None:
        cues = event_cues(syntax.tree, (span[0] + offset, span[1] + offset), syntax.events)
        if cues:
            return [Charge(cue.start - offset, cue.end - offset, EVENT_VALENCE * cue.contribution) for cue in cues]
    charges = valence.charges(text)
    if not charges or not tokens:
        return []
    bearing = _bearing(tokens, span)
    spans = [(start, end) for index, (start, end, token, _) in enumerate(tokens) if index in bearing and token.pos != "PROPN"]
    return [charge for charge in charges if any(charge.start < end and start < charge.end for start, end in spans)]


def _bearing(tokens: Sequence[_Local], span: Span) -> set[int]:
    """Indices of the tokens that bear on the target: its phrase, and all that its verb governs.

    From the target the way goes up through the phrases it is part of to its verb, and on through verbs that share
    its subject or circumstances. A speaker stops it: what a source says is not wording toward the source.
    """
    inside = {index for index, (start, end, _, _) in enumerate(tokens) if start < span[1] and span[0] < end}
    if not inside:
        return set()
    children: list[list[int]] = [[] for _ in tokens]
    for index, (_, _, _, head) in enumerate(tokens):
        if head != index:
            children[head].append(index)
    top = next((index for index in sorted(inside) if tokens[index][3] == index or tokens[index][3] not in inside), min(inside))
    bearing = _phrase(top, tokens, children)
    while tokens[top][3] != top and not _speaks(top, tokens):
        head = tokens[top][3]
        if tokens[head][2].pos not in ("VERB", "AUX"):
            bearing |= _phrase(head, tokens, children)
            top = head
            continue
        bearing |= _clause_of(head, tokens, children, own=_JOINED)
        top = head
        while tokens[top][3] != top and tokens[top][2].dep in _SHARED and not _stands_alone(top, tokens, children):
            top = tokens[top][3]
        if top != head:
            bearing |= _clause_of(top, tokens, children, own=_JOINED | _SUBORDINATE)
        break
    return bearing - inside


_SHARED = frozenset({"xcomp", "conj", "advcl", "acl", "relcl", "pcomp", "prep"})
_ABOUT = frozenset({"relcl", "acl", "amod", "compound", "appos", "advmod", "nmod", "neg"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
_JOINED = frozenset({"conj", "parataxis"})
_SUBORDINATE = frozenset({"ccomp", "advcl", "relcl", "acl", "csubj"})


def _speaks(index: int, tokens: Sequence[_Local]) -> bool:
    """Whether a token is the subject of a verb of saying, or stands in "according to ..."."""
    token, head = tokens[index][2], tokens[tokens[index][3]]
    if token.dep in ("nsubj", "csubj") and head[2].lemma.lower() in _verbs_of_saying():
        return True
    return token.dep == "pobj" and head[2].text.lower() == "to" and tokens[head[3]][2].text.lower() == "according"


@cache
def _verbs_of_saying() -> frozenset[str]:
    return frozenset(lemma for (lemma, pos), word in reporting_words().items() if pos == "VERB" and word.act in ("say", "ask"))


def _stands_alone(verb: int, tokens: Sequence[_Local], children: Sequence[Sequence[int]]) -> bool:
    """Whether a joined clause has a subject of its own, and so says nothing of the clause it is joined to."""
    return tokens[verb][2].dep == "conj" and any(tokens[child][2].dep in _SUBJECTS for child in children[verb])


def _phrase(top: int, tokens: Sequence[_Local], children: Sequence[Sequence[int]]) -> set[int]:
    """A noun with its modifiers and the clauses about it, without those joined to it."""
    bearing = {top}
    for child in children[top]:
        if tokens[child][2].dep in _ABOUT:
            bearing |= _subtree(child, children)
    return bearing


def _clause_of(verb: int, tokens: Sequence[_Local], children: Sequence[Sequence[int]], *, own: frozenset[str]) -> set[int]:
    """A verb with all it governs, without the clauses of some kinds that have a subject of their own."""
    bearing = {verb}
    stack = [verb]
    while stack:
        for child in children[stack.pop()]:
            apart = tokens[child][2].dep in own and any(tokens[grand][2].dep in _SUBJECTS for grand in children[child])
            if not apart:
                bearing.add(child)
                stack.append(child)
    return bearing


def _subtree(top: int, children: Sequence[Sequence[int]]) -> set[int]:
    subtree = {top}
    stack = [top]
    while stack:
        for child in children[stack.pop()]:
            if child not in subtree:
                subtree.add(child)
                stack.append(child)
    return subtree
