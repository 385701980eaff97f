"""A parse as trees: children, subjects, passives, and the words whose syntax the study of discourse asks for.

Each sentence is a tree of its own; everything here walks within one, so the cost is linear in the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Final

from ..model import Parse, Span, Token
from .lexicon import ReportingWord, reporting_words, word_group
from .quotations import Quotation, find_quotations

QUOTE_CHARS: Final = frozenset("\"“”„‟«»‹›‘’‚'`״＂「」『』")

_DATELINE: Final = re.compile(r"[A-Z][A-Z.'’ ]{2,}(?:,[^—–\n-]{0,40})?(?:\([^)\n]{2,20}\))?\s*[-–—]{1,2}\s")


class Tree:
    """The parse with each token's children, and which quotation each token lies in."""

    __slots__ = ("dateline_end", "kids", "paragraphs", "parse", "quote_of", "quotes", "sentence_of", "tokens")

    def __init__(self, parse: Parse) -> None:
        self.parse = parse
        self.tokens = parse.tokens
        self.kids: list[list[int]] = [[] for _ in parse.tokens]
        for token in parse.tokens:
            if token.head != token.index:
                self.kids[token.head].append(token.index)
        self.paragraphs = [(section.start, section.end) for section in parse.article.sections]
        self.quotes = find_quotations(parse.article.text, self.paragraphs)
        self.quote_of = _places(parse.tokens, self.quotes)
        self.sentence_of = [0] * len(parse.tokens)
        self.dateline_end = [0] * len(parse.sentences)
        for sentence in parse.sentences:
            line = _DATELINE.match(parse.article.text, sentence.start, min(sentence.end, sentence.start + 90))
            if line and sentence.start == sentence.section.start:
                self.dateline_end[sentence.index] = bisect_left(parse.tokens, line.end(), key=lambda token: token.start)
            for index in range(sentence.first_token, sentence.last_token):
                self.sentence_of[index] = sentence.index

    def under(self, index: int, without: Iterable[int] = ()) -> set[int]:
        """A token and all below it, leaving out some branches."""
        left_out = set(without)
        found, stack = set(), [index]
        while stack:
            here = stack.pop()
            if here in left_out or here in found:
                continue
            found.add(here)
            stack.extend(self.kids[here])
        return found

    def kid(self, index: int, *deps: str) -> int | None:
        """The first child with one of these labels."""
        return next((kid for kid in self.kids[index] if self.tokens[kid].dep in deps), None)

    def spans(self, indices: Iterable[int], *, keep_marks: bool = True) -> tuple[Span, ...]:
        """The stretches of text that some tokens make, white space and punctuation at their edges left out."""
        text = self.parse.article.text
        found: list[Span] = []
        group: list[int] = []
        for index in [*sorted(indices), None]:
            if index is not None and group and (index == group[-1] + 1):
                group.append(index)
                continue
            if group and (span := self._edge(group, text, keep_marks)):
                found.append(span)
            group = [] if index is None else [index]
        return tuple(found)

    def _edge(self, group: Sequence[int], text: str, keep_marks: bool) -> Span | None:
        first, last = 0, len(group)

        def bare(token: Token) -> bool:
            if token.pos == "SPACE" or token.text.isspace():
                return True
            if token.text[0] in QUOTE_CHARS:
                return not keep_marks
            return token.pos == "PUNCT" and token.text not in ("%", "$")

        while first < last and bare(self.tokens[group[first]]):
            first += 1
        while last > first and bare(self.tokens[group[last - 1]]):
            last -= 1
        if first == last:
            return None
        start, end = self.tokens[group[first]].start, self.tokens[group[last - 1]].end
        if not any(char.isalnum() for char in text[start:end]):
            return None
        return start, end


def _places(tokens: Sequence[Token], quotes: Sequence[Quotation]) -> list[int]:
    """For each token the number of the quotation it lies in, or -1."""
    found, place = [], 0
    for token in tokens:
        while place < len(quotes) and quotes[place].end <= token.start:
            place += 1
        inside = place < len(quotes) and quotes[place].start <= token.start
        found.append(place if inside else -1)
    return found


def word_of(tree: Tree, index: int) -> ReportingWord | None:
    """The lexicon's entry for a token; a particle makes another word of its verb ("point", "point out")."""
    token = tree.tokens[index]
    pos = "VERB" if token.pos == "AUX" and token.lemma not in ("be", "have", "do") else token.pos
    lemma = token.lemma.lower()
    words = reporting_words()
    if pos == "VERB":
        for kid in tree.kids[index]:
            if tree.tokens[kid].dep in ("prt", "advmod") and kid > index:
                found = words.get((f"{lemma} {tree.tokens[kid].text.lower()}", "VERB"))
                if found is not None:
                    return found
    return words.get((lemma, pos))


def is_passive(tree: Tree, verb: int) -> bool:
    """Whether a verb is passive: by its own subject or auxiliary, or a participle that stands alone."""
    token = tree.tokens[verb]
    deps = {tree.tokens[kid].dep for kid in tree.kids[verb]}
    if deps & {"nsubjpass", "csubjpass", "auxpass", "agent"}:
        return True
    if token.tag != "VBN" or deps & {"aux", "nsubj"}:
        return False
    if token.dep == "acl" and tree.tokens[token.head].dep == "ROOT" and deps & {"dobj", "oprd"}:
        return False
    return token.dep in ("acl", "advcl", "relcl") or (token.dep == "conj" and is_passive(tree, token.head))


def subject_of(tree: Tree, verb: int, depth: int = 0) -> int | None:
    """The token that heads a verb's subject.

    Its own first; else that of what the verb is joined to: a conjunct, an infinitive, a participle clause
    ("X stood up, saying"), a noun ("a letter saying"), a preposition ("by calling"); last the words before it.
    """
    token = tree.tokens[verb]
    for kid in tree.kids[verb]:
        if tree.tokens[kid].dep in ("nsubj", "csubj", "nsubjpass", "csubjpass"):
            if tree.quote_of[verb] < 0 <= tree.quote_of[kid] and tree.quotes[tree.quote_of[kid]].end <= token.start:
                return subject_after(tree, verb)
            if kid < verb and token.pos == "VERB" and (named := _after_comma(tree, verb)) is not None:
                return named
            return kid
    if depth > 6:
        return None
    if token.pos == "ADP" and token.head == verb:
        return next((subject_of(tree, kid, depth + 1) for kid in tree.kids[verb] if tree.tokens[kid].dep == "ccomp"), None)
    if token.head == verb:
        return _before(tree, verb) if depth == 0 else None
    head = tree.tokens[token.head]
    if token.dep in ("relcl", "acl"):
        if token.tag == "VB" or (
            head.dep == "dobj" and token.tag == "VBG" and tree.tokens[head.head].lemma.lower() in word_group("light verbs")
        ):
            return owner_of(tree, token.head) or (
                subject_of(tree, head.head, depth + 1) if head.dep in ("dobj", "pobj") else token.head
            )
        return token.head
    if token.dep == "xcomp":
        if (thing := tree.kid(token.head, "dobj")) is not None and head.lemma.lower() not in _CONTROL:
            return thing
        return subject_of(tree, token.head, depth + 1)
    if token.dep == "ccomp":
        if token.tag in ("VB", "VBG"):
            return subject_of(tree, token.head, depth + 1)
        return _before(tree, verb) if depth == 0 else None
    if token.dep == "advcl" and token.tag == "VBG" and (outer := outer_cue(tree, verb)) is not None:
        return subject_of(tree, outer, depth + 1)
    if token.dep in ("conj", "advcl", "dep", "parataxis", "acomp", "attr", "prep", "pcomp", "pobj", "oprd", "dobj"):
        if token.dep == "pcomp" and head.text.lower() in ("for", "of") and (thing := tree.kid(head.head, "dobj")) is not None:
            return thing
        if token.dep in ("prep", "pobj", "pcomp") and head.pos in ("NOUN", "PROPN"):
            return owner_of(tree, token.head) or (
                subject_of(tree, head.head, depth + 1) if head.dep in ("dobj", "pobj", "attr") else None
            )
        return subject_of(tree, token.head, depth + 1)
    return None


def _after_comma(tree: Tree, verb: int) -> int | None:
    """Who speaks in ", says Carl Anthony, a historian,": the name after a verb that follows a comma or a quotation."""
    tokens = tree.tokens
    if tree.kid(verb, "ccomp", "xcomp", "aux", "advcl") is not None or verb + 1 >= len(tokens):
        return None
    before = tokens[verb - 1].text
    if before != "," and before[-1:] not in QUOTE_CHARS:
        return None
    for kid in tree.kids[verb]:
        token = tokens[kid]
        if verb < kid < verb + 12 and token.dep == "nsubj":
            return kid
    return None


def outer_cue(tree: Tree, verb: int) -> int | None:
    """The cue above a participle that the parser put into that cue's content: "insisted that he won, claiming"."""
    tokens = tree.tokens
    first = min([verb, *(kid for kid in tree.kids[verb] if tokens[kid].dep in ("advmod", "aux", "neg"))])
    if first == 0 or tokens[first - 1].text not in (",", "—", "–", ",”"):
        return None
    index = tokens[verb].head
    for _ in range(6):
        token = tokens[index]
        if token.dep == "ccomp" and token.head < index:
            word = word_of(tree, token.head)
            return token.head if word is not None and word.act == "say" else None
        if token.dep not in ("xcomp", "conj") or token.head == index:
            return None
        index = token.head
    return None


_CONTROL: Final = frozenset({"have", "use", "promise", "take", "make", "give", "find", "get"})

_CLIMB: Final = frozenset(
    {"compound", "appos", "conj", "pobj", "prep", "nummod", "amod", "nmod", "poss", "case", "acl", "relcl", "dobj"}
)


def _before(tree: Tree, verb: int) -> int | None:
    """The noun phrase before a finite verb that the parser left without a subject."""
    tokens = tree.tokens
    if tokens[verb].tag in ("VB", "VBG"):
        return None
    place = verb - 1
    sentence = tree.sentence_of[verb]
    while (
        place >= 0
        and tree.sentence_of[place] == sentence
        and (
            tokens[place].pos in ("ADV", "AUX", "PART", "SPACE") or (tokens[place].head == verb and tokens[place].pos == "ADJ")
        )
    ):
        place -= 1
    if place < 0 or tree.sentence_of[place] != sentence:
        return None
    inserted = tokens[place].text in (",", "--", "—", ")")
    if inserted and tokens[place].text != ")":
        place -= 1
    if inserted and place >= 0 and tokens[place].text.endswith(")"):
        opening = next((k for k in range(place, max(-1, place - 12), -1) if "(" in tokens[k].text), place)
        place = opening - 1
    if place < 0 or tree.sentence_of[place] != sentence or tokens[place].pos not in ("NOUN", "PROPN", "PRON", "NUM"):
        return None
    for _ in range(12):
        token = tokens[place]
        if token.head >= verb or token.head == place or token.dep not in _CLIMB:
            break
        if inserted and token.dep in ("appos", "conj") and place and tokens[place - 1].text == "," and token.pos == "PROPN":
            break
        place = token.head
    return place if tokens[place].pos in ("NOUN", "PROPN", "PRON", "NUM") else None


def subject_after(tree: Tree, verb: int) -> int | None:
    """The name after "said" that the parser took for something else than a subject."""
    tokens = tree.tokens
    for kid in tree.kids[verb]:
        token = tokens[kid]
        if (
            kid > verb
            and token.dep in ("dobj", "npadvmod", "attr", "oprd", "dep", "nsubj")
            and token.pos in ("PROPN", "PRON", "NOUN")
        ):
            return kid
    for place in range(verb + 1, min(verb + 6, len(tokens))):
        if tree.sentence_of[place] != tree.sentence_of[verb] or tree.quote_of[place] >= 0 or tokens[place].pos == "PUNCT":
            return None
        if tokens[place].pos in ("PROPN", "PRON", "NOUN"):
            while verb < tokens[place].head < place + 12 and tokens[place].head != place and tokens[place].dep in _CLIMB:
                place = tokens[place].head
            return place if tokens[place].pos in ("PROPN", "PRON", "NOUN") else None
        if tokens[place].pos not in ("DET", "ADJ", "NUM", "ADV"):
            return None
    return None


def owner_of(tree: Tree, noun: int) -> int | None:
    """The token that owns a noun ("Russia’s actions"); None where nothing does."""
    return tree.kid(noun, "poss")


def agent_of(tree: Tree, verb: int) -> int | None:
    by = tree.kid(verb, "agent")
    return None if by is None else tree.kid(by, "pobj")


def source_tokens(tree: Tree, subject: int | None, without: Iterable[int] = ()) -> set[int]:
    if subject is None or tree.tokens[subject].dep == "expl" or tree.tokens[subject].text.lower() == "there":
        return set()
    found = {index for index in tree.under(subject, without) if index >= tree.dateline_end[tree.sentence_of[index]]}
    found -= {kid for kid in tree.kids[subject] if tree.tokens[kid].dep == "case"}
    return found


def clause_top(tree: Tree, index: int) -> int:
    """Where the clause that holds a token ends: its highest verb, not going out of a coordination or clause."""
    for _ in range(50):
        token = tree.tokens[index]
        if token.head == index or token.dep in ("ccomp", "conj", "advcl", "relcl", "parataxis", "acl"):
            return index
        index = token.head
    return index


def set_off(tree: Tree, below: set[int]) -> bool:
    """Whether a short clause ends at a comma or a dash, as "experts say" does in mid-sentence."""
    last = max(below)
    after = tree.tokens[last + 1].text if last + 1 < len(tree.tokens) else "."
    return after in (",", "—", "–", ".") or tree.tokens[last].text == ","
