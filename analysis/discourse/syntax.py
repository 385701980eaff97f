"""A parse as trees: children, subjects, passives, and the words whose syntax the study of discourse asks for.

Each sentence is a tree of its own; everything here walks within one, so the cost is linear in the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from ..constants import SUBJECT_MAX_GAP, SUBJECT_MAX_TOKENS
from ..model import Attribution, Parse, Span, Token
from .lexicon import ReportingWord, reporting_words, word_group
from .quotations import Quotation, find_quotations

SUBJECTS: Final = ("nsubj", "csubj", "nsubjpass", "csubjpass")
FINITE: Final = frozenset({"VBD", "VBZ", "VBP"})
NOMINAL: Final = frozenset({"NOUN", "PROPN", "PRON", "NUM"})

BORROWED_MAX: Final = 6
"""How many verbs may lie between one without a subject and the one whose subject it has."""
CLIMB_MAX: Final = 12
"""How many words a phrase is followed up to its head."""
BRACKET_TOKENS: Final = 24
"""How far back the bracket may open that stands between a subject and its verb."""

QUOTE_CHARS: Final = frozenset("\"“”„‟«»‹›‘’‚'`״＂「」『』")

_DATELINE: Final = re.compile(
    r"(?:[A-Z][A-Z.'’ ]{2,}(?:,[^—–\n-]{0,40})?(?:\([^)\n]{2,20}\))?"
    r"|[A-Z][^\n()—–-]{1,40}\([A-Z][A-Za-z]{1,10}\))\s*[-–—]{1,2}\s"
)


class Tree:
    """The parse with each token's children, and which quotation each token lies in.

    attributed: every attribution of it, found once; None before it was asked for.
    """

    __slots__ = ("attributed", "dateline_end", "kids", "paragraphs", "parse", "quote_of", "quotes", "sentence_of", "tokens")

    def __init__(self, parse: Parse) -> None:
        self.parse = parse
        self.attributed: list[Attribution] | None = None
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

    def at(self, start: int) -> Token:
        """The token at an offset of the text, or the first after it."""
        return self.tokens[min(bisect_left(self.tokens, start, key=lambda token: token.start), len(self.tokens) - 1)]

    def under(self, index: int, without: Iterable[int] = ()) -> set[int]:
        """A token and all below it, leaving out some branches."""
        left_out = set(without)
        tokens, stack = set(), [index]
        while stack:
            here = stack.pop()
            if here in left_out or here in tokens:
                continue
            tokens.add(here)
            stack.extend(self.kids[here])
        return tokens

    def below(self, index: int, *deps: str, words: Container[str] | None = None, after: int = -1) -> Iterator[int]:
        """The children with one of these labels, in order; only some words (in lower case), only after a token."""
        for kid in self.kids[index]:
            token = self.tokens[kid]
            if kid > after and token.dep in deps and (words is None or token.text.lower() in words):
                yield kid

    def kid(self, index: int, *deps: str, words: Container[str] | None = None, after: int = -1) -> int | None:
        """The first of ``below``."""
        for kid in self.kids[index]:
            token = self.tokens[kid]
            if kid > after and token.dep in deps and (words is None or token.text.lower() in words):
                return kid
        return None

    def word(self, index: int) -> str:
        """A token in lower case."""
        return self.tokens[index].text.lower()

    def lemma(self, index: int) -> str:
        """A token's lemma in lower case."""
        return self.tokens[index].lemma.lower()

    def spans(self, indices: Iterable[int], *, keep_marks: bool = True) -> tuple[Span, ...]:
        """The stretches of text that some tokens make, white space and punctuation at their edges left out."""
        text = self.parse.article.text
        covered: list[Span] = []
        group: list[int] = []
        for index in [*sorted(indices), None]:
            if index is not None and group and (index == group[-1] + 1):
                group.append(index)
                continue
            if group and (span := self._edge(group, text, keep_marks)):
                covered.append(span)
            group = [] if index is None else [index]
        return tuple(covered)

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
    offsets, index = [], 0
    for token in tokens:
        while index < len(quotes) and quotes[index].end <= token.start:
            index += 1
        inside = index < len(quotes) and quotes[index].start <= token.start
        offsets.append(index if inside else -1)
    return offsets


def reporting_word_at(tree: Tree, index: int) -> ReportingWord | None:
    """The lexicon's entry for a token; a particle makes another word of its verb ("point", "point out")."""
    token = tree.tokens[index]
    pos = "VERB" if token.pos == "AUX" and token.lemma not in ("be", "have", "do") else token.pos
    lemma = token.lemma.lower()
    words = reporting_words()
    if pos == "VERB":
        for kid in tree.kids[index]:
            if tree.tokens[kid].dep in ("prt", "advmod") and kid > index:
                phrase = f"{lemma} {tree.tokens[kid].text.lower()}"
                if phrase in word_group("no cues"):
                    return None
                word = words.get((phrase, "VERB"))
                if word is not None:
                    return word
    return words.get((lemma, pos))


def takes_quote(tree: Tree, index: int, word: ReportingWord) -> bool:
    """Whether a cue can have a quotation beside it: "said", "as she puts it"; no part of a name ("a think tank")."""
    if tree.tokens[index].dep in ("compound", "amod", "nmod"):
        return False
    if word.lemma in word_group("naming") and tree.tokens[index].tag == "VBN" and tree.kid(index, "agent", "aux") is None:
        return False
    return "q" in word.frames or ("i" in word.frames and tree.kid(index, "dobj", words=("it",)) is not None)


def is_passive(tree: Tree, verb: int) -> bool:
    """Whether a verb is passive: by its own subject or auxiliary, or a participle that stands alone."""
    token = tree.tokens[verb]
    deps = {tree.tokens[kid].dep for kid in tree.kids[verb]}
    if deps & {"nsubjpass", "csubjpass", "auxpass", "agent"}:
        return not _is_perfect(tree, verb)
    if token.tag != "VBN" or deps & {"aux", "nsubj"} or _is_finite(tree, verb):
        return False
    if token.dep == "acl" and tree.tokens[token.head].dep == "ROOT" and deps & {"dobj", "oprd"}:
        return False
    return token.dep in ("acl", "advcl", "relcl") or (token.dep == "conj" and is_passive(tree, token.head))


def _of_several(tree: Tree, verb: int, subjects: Sequence[int]) -> int:
    """Which of several subjects of one verb is its own: the first, or behind "with Birch looking on" the last."""
    first = min(tree.under(subjects[0]))
    led = first > 0 and tree.word(first - 1) in ("with", "without", "despite", "after")
    return max((index for index in subjects if index < verb), default=subjects[0]) if led else subjects[0]


def _is_perfect(tree: Tree, verb: int) -> bool:
    """Whether "'s" before a participle is "has": "he's said he will go", "he's beaten his rivals"."""
    short = tree.kid(verb, "auxpass", words=("'s", "’s"))
    subject = tree.kid(verb, "nsubjpass", "nsubj")
    if short is None or tree.kid(verb, "agent") is not None:
        return False
    clause = tree.kid(verb, "ccomp", after=verb) is not None and subject is not None and tree.word(subject) != "it"
    return clause or tree.kid(verb, "dobj") is not None


def subject_of(tree: Tree, verb: int, depth: int = 0) -> int | None:
    """The token that heads a verb's subject.

    Its own first, but for the place in a dateline; else that of what the verb is joined to: a conjunct, an infinitive, a
    participle clause ("X stood up, saying"), a noun ("a letter saying"), a preposition ("by calling"); last the words
    before it.
    """
    found = _subject_of(tree, verb, depth)
    if depth:
        return found
    if found is None:
        return _nearest_speaker(tree, verb) if _is_set_off(tree, verb) else None
    if tree.quote_of[verb] < 0 <= tree.quote_of[found] and found < verb:
        return _outside(tree, verb)
    if tree.tokens[verb].tag == "VBG" and found < verb and is_mute(tree.tokens[found]):
        word = reporting_word_at(tree, verb)
        told = word is not None and word.act in ("say", "think", "want")
        return (_nearest_speaker(tree, verb) if told or tree.tokens[verb].head != found else None) or found
    return found


def _subject_of(tree: Tree, verb: int, depth: int) -> int | None:
    token = tree.tokens[verb]
    first = tree.dateline_end[tree.sentence_of[verb]]
    several = [kid for kid in tree.below(verb, *SUBJECTS, after=first - 1) if not (kid > verb and _is_time(tree, kid))]
    if several:
        return _own_subject(tree, verb, _of_several(tree, verb, several))
    if depth > BORROWED_MAX:
        return None
    if token.head == verb:
        if token.pos == "ADP":
            return next((subject_of(tree, kid, depth + 1) for kid in tree.below(verb, "ccomp")), None)
        return (_before(tree, verb) or _joined_before(tree, verb)) if depth == 0 else None
    borrow = _BORROWED.get(token.dep)
    return None if borrow is None else borrow(tree, verb, depth)


def is_mute(token: Token | None) -> bool:
    """Whether a source cannot speak: an event, a thing, a time ("the visit", "this", "more than a year")."""
    if token is None:
        return False
    if token.pos == "PROPN":
        return False
    word = token.lemma.lower() if token.pos == "NOUN" else token.text.lower()
    if word in word_group("mute"):
        return True
    abstract = word.endswith(ABSTRACT) and word not in word_group("speaking nouns")
    return token.pos == "NOUN" and (abstract or word in word_group("times"))


ABSTRACT: Final = ("ance", "ence", "hood", "ing", "ism", "ity", "ment", "ness", "sion", "tion")
"""Ends of nouns that speak only if they are bodies of people or texts ("government", "petition")."""


def _is_time(tree: Tree, noun: int) -> bool:
    """Whether a noun says when: "said Friday", "said Thursday morning"."""
    return tree.lemma(noun) in word_group("times") or tree.word(noun) in word_group("days")


def _outside(tree: Tree, verb: int) -> int | None:
    """Whose participle stands behind a quotation to whose words the parser joined it: "Lind said: “I saw it,” adding"."""
    first = tree.parse.sentences[tree.sentence_of[verb]].first_token
    for index in range(verb - 1, first - 1, -1):
        if tree.quote_of[index] < 0 and tree.tokens[index].tag in FINITE and reporting_word_at(tree, index) is not None:
            return _subject_of(tree, index, 1)
    return None


def _nearest_speaker(tree: Tree, verb: int) -> int | None:
    """Who can speak in the clause nearest before a participle: "It came as strikers broke in, shouting"."""
    first = tree.parse.sentences[tree.sentence_of[verb]].first_token
    for index in range(verb - 1, first - 1, -1):
        if tree.tokens[index].pos not in ("VERB", "AUX") or tree.quote_of[index] != tree.quote_of[verb]:
            continue
        subject = tree.kid(index, "nsubj")
        if subject is not None and subject < index and not is_mute(tree.tokens[subject]):
            return subject
    return None


def _own_subject(tree: Tree, verb: int, subject: int) -> int | None:
    """The verb's own subject, unless that stands in a quotation the verb is outside of, or a name after it is meant."""
    if tree.quote_of[verb] < 0 <= tree.quote_of[subject] and tree.quotes[tree.quote_of[subject]].end <= tree.tokens[verb].start:
        outside = (kid for kid in tree.below(verb, *SUBJECTS) if tree.quote_of[kid] < 0)
        return next(outside, None) or subject_after(tree, verb)
    if subject < verb and tree.tokens[verb].pos == "VERB" and (named := _after_comma(tree, verb)) is not None:
        return named
    return subject


def _noun_above(tree: Tree, verb: int, depth: int) -> int | None:
    """The subject of a verb below a noun: the noun ("soldiers who fight"), or its owner or maker ("a pledge to fight")."""
    token = tree.tokens[verb]
    head = tree.tokens[token.head]
    if head.dep == "dobj" and token.tag == "VBG" and tree.lemma(token.head) in word_group("times"):
        return subject_of(tree, head.head, depth + 1)
    above = _clause_above(tree, token.head) if _is_finite(tree, verb) else _teller(tree, verb)
    if above is not None:
        return subject_of(tree, above, depth + 1)
    if token.tag == "VBG" and head.dep == "conj" and (listed := _listed_with(tree, token.head)) is not None:
        return listed
    light = head.dep == "dobj" and token.tag == "VBG" and tree.lemma(head.head) in word_group("light verbs")
    if token.tag != "VB" and not light:
        return token.head
    owner = owner_of(tree, token.head)
    if owner is not None:
        return owner
    return subject_of(tree, head.head, depth + 1) if head.dep in ("dobj", "pobj") else token.head


def _listed_with(tree: Tree, noun: int) -> int | None:
    """The first of those joined before a participle: "with mayors, unions and both parties calling for a veto"."""
    tokens = tree.tokens
    for _ in range(CLIMB_MAX):
        if tokens[noun].dep != "conj":
            break
        noun = tokens[noun].head
    return noun if tokens[noun].dep == "pobj" and tree.word(tokens[noun].head) == "with" else None


def _is_finite(tree: Tree, verb: int) -> bool:
    """Whether the parser took a past tense for a participle: "Lind, answering her critics, tweeted that"."""
    token = tree.tokens[verb]
    if token.dep != "acl" or token.tag != "VBN" or not verb or tree.tokens[verb - 1].text != ",":
        return False
    return any(tree.kid(kid, "mark", words=("that",)) is not None for kid in tree.below(verb, "ccomp", after=verb))


def _is_set_off(tree: Tree, verb: int) -> bool:
    """Whether a participle stands behind a comma: "told the hosts of the show, adding"."""
    first = _first_of(tree, verb)
    return tree.tokens[verb].tag == "VBG" and first > 0 and tree.tokens[first - 1].text in (",", ",''", ",”", ',"')


def _teller(tree: Tree, verb: int) -> int | None:
    """The verb of saying with which a participle goes on, hung on the listener: "told the hosts of the show, adding"."""
    tokens = tree.tokens
    if not _is_set_off(tree, verb):
        return None
    index = tokens[verb].head
    for _ in range(CLIMB_MAX):
        token = tokens[index]
        if token.pos == "VERB":
            word = reporting_word_at(tree, index)
            return index if word is not None and word.act == "say" and index < verb else None
        if token.dep not in ("dobj", "dative", "pobj", "prep", "compound", "appos", "conj", "nmod", "npadvmod"):
            return None
        index = token.head
    return None


def _first_of(tree: Tree, verb: int) -> int:
    """A verb with its adverbs and auxiliaries before it: the first of them."""
    return min([verb, *(kid for kid in tree.kids[verb] if tree.tokens[kid].dep in ("advmod", "aux", "neg"))])


def _clause_above(tree: Tree, index: int) -> int | None:
    """The nearest verb above a token."""
    for _ in range(CLIMB_MAX):
        token = tree.tokens[index]
        if token.pos in ("VERB", "AUX"):
            return index
        if token.head == index:
            return None
        index = token.head
    return None


def _controller(tree: Tree, verb: int, depth: int) -> int | None:
    """Who does what an infinitive says: the object ("asked her to", "called on her to"), or the subject ("promised to")."""
    above = tree.tokens[verb].head
    if (urged := _urged(tree, verb)) is not None:
        return urged
    dobj = tree.kid(above, "dobj")
    if dobj is not None and tree.lemma(above) not in _CONTROL and tree.lemma(dobj) not in word_group("times"):
        return dobj
    return subject_of(tree, above, depth + 1)


def _urged(tree: Tree, verb: int) -> int | None:
    """Whoever is asked to do what an infinitive says: "called on her to resign", "appealed to her to"."""
    above = tree.tokens[verb].head
    if tree.lemma(above) not in word_group("urging"):
        return None
    leads = (prep for prep in tree.below(above, "prep", words=("on", "upon", "for", "to", "with")) if above < prep < verb)
    return next((urged for prep in leads if (urged := tree.kid(prep, "pobj")) is not None), None)


def _clause_subject(tree: Tree, verb: int, depth: int) -> int | None:
    if tree.tokens[verb].tag in ("VB", "VBG") or (verb and tree.tokens[verb - 1].pos == "CCONJ"):
        return subject_of(tree, tree.tokens[verb].head, depth + 1)
    return _before(tree, verb) if depth == 0 else None


def _joined_before(tree: Tree, verb: int) -> int | None:
    """The subject of the clause that the parser put before a verb as its content: "Lind, whose plan was new, said that"."""
    clause = tree.kid(verb, "ccomp")
    if clause is None or clause > verb or tree.quote_of[clause] >= 0 or tree.kid(verb, "ccomp", after=verb) is None:
        return None
    return subject_of(tree, clause, 1)


def _circumstance(tree: Tree, verb: int, depth: int) -> int | None:
    if tree.tokens[verb].tag == "VB" and (urged := _urged(tree, verb)) is not None:
        return urged
    if tree.tokens[verb].tag == "VBG" and (outer := outer_cue(tree, verb)) is not None:
        return subject_of(tree, outer, depth + 1)
    return _of_joined(tree, verb, depth)


def _conjunct(tree: Tree, verb: int, depth: int) -> int | None:
    """The subject of a verb that the parser joined to the wrong one: "said the state should act, and challenged him"."""
    token = tree.tokens[verb]
    first = tree.tokens[token.head]
    name = verb - 1
    if token.tag == "VBZ" and tree.tokens[name].pos == "PROPN" and tree.kid(token.head, "dobj") == name:
        return name  # "rubbishing Orion News claims that": the noun taken for a verb
    if (cue := outer_conjunct(tree, verb)) is not None:
        return subject_of(tree, cue)
    outer = tree.tokens[first.head]
    stated = first.tag == "VB" or (token.tag == "VBD" and first.tag in ("VBZ", "VBP") and outer.tag == "VBD")
    if token.tag in FINITE and stated and first.dep == "ccomp" and outer.tag in FINITE:
        return subject_of(tree, first.head, depth + 1)
    return _of_joined(tree, verb, depth)


def outer_conjunct(tree: Tree, verb: int) -> int | None:
    """The cue with which a verb goes on that the parser joined to its content: "said he would come and promised to stay"."""
    tokens, first = tree.tokens, verb
    for _ in range(CHAIN_MAX):
        if tokens[first].dep != "conj" or tokens[first].head == first:
            break
        first = tokens[first].head
    cue, token = tokens[first].head, tokens[verb]
    if first == verb or tokens[first].dep not in ("ccomp", "xcomp", "acl", "relcl", "advcl") or cue >= verb:
        return None
    own = tree.kid(verb, "nsubj", "nsubjpass")
    if token.tag == "VBD" and tree.word(verb) != tree.lemma(verb) and tokens[first].tag == "VB" and own is None:
        return cue
    word = reporting_word_at(tree, verb)
    if word is None or word.act not in ("say", "ask", "want") or not word.frames & {"c", "q", "x"}:
        return None
    if token.tag != tokens[cue].tag or token.tag not in FINITE:
        return None
    if tokens[first].tag != token.tag and own is None:
        return cue
    told = tree.kid(first, "nsubj")
    speaks = told is not None and own is None and tokens[told].pos in ("PROPN", "PRON") and not is_mute(tokens[told])
    doubtful = speaks and not any(tokens[index].text == "," for index in (verb - 1, verb - 2))
    return cue if tree.kid(verb, "ccomp") is not None and not doubtful else None


CHAIN_MAX: Final = 20
"""How many joined clauses are looked at for one that is a cue on the same level."""


def _in_phrase(tree: Tree, verb: int, depth: int) -> int | None:
    """The subject of a gerund: an object ("blamed him for calling"), an owner ("his habit of calling"), or a subject above."""
    token = tree.tokens[verb]
    head = tree.tokens[token.head]
    quoted = head.text.lower() == "as" and tree.lemma(head.head) in word_group("carriers")
    if token.dep == "pcomp" and (quoted or head.text.lower() in ("for", "of", "over")):
        dobj = tree.kid(head.head, "dobj")
        if dobj is not None:
            return dobj
    if head.pos in ("NOUN", "PROPN"):
        owner = owner_of(tree, token.head)
        if owner is not None:
            return owner
        return subject_of(tree, head.head, depth + 1) if head.dep in ("dobj", "pobj", "attr", "npadvmod") else None
    return _of_joined(tree, verb, depth)


def _of_joined(tree: Tree, verb: int, depth: int) -> int | None:
    return subject_of(tree, tree.tokens[verb].head, depth + 1)


_BORROWED: Final[Mapping[str, Callable[[Tree, int, int], int | None]]] = MappingProxyType(
    {
        "relcl": _noun_above,
        "acl": _noun_above,
        "xcomp": _controller,
        "ccomp": _clause_subject,
        "advcl": _circumstance,
        "conj": _conjunct,
        "prep": _in_phrase,
        "pobj": _in_phrase,
        "pcomp": _in_phrase,
        **dict.fromkeys(("dep", "parataxis", "acomp", "attr", "oprd", "dobj", "npadvmod"), _of_joined),
    }
)
"""Whose subject a verb without one has, by how it is joined to what is above it."""


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
        if verb < kid < verb + SUBJECT_MAX_TOKENS and token.dep == "nsubj" and not _is_time(tree, kid):
            return kid
    return None


def outer_cue(tree: Tree, verb: int) -> int | None:
    """The cue above a participle that the parser put into that cue's content: "insisted that he won, claiming"."""
    tokens = tree.tokens
    first = _first_of(tree, verb)
    if first == 0 or tokens[first - 1].text not in (",", "—", "–", ",”"):
        return None
    index = tokens[verb].head
    for _ in range(6):
        token = tokens[index]
        if token.dep == "ccomp" and token.head < index:
            word = reporting_word_at(tree, token.head)
            return token.head if word is not None and word.act == "say" else None
        if token.dep not in ("xcomp", "conj") or token.head == index:
            return None
        index = token.head
    return None


_CONTROL: Final = frozenset({"have", "use", "promise", "take", "make", "give", "find", "get", "spend", "waste", "pass"})

_CLIMB: Final = frozenset(
    {"compound", "appos", "conj", "pobj", "prep", "nummod", "amod", "nmod", "poss", "case", "acl", "relcl", "dobj"}
)


def _before(tree: Tree, verb: int) -> int | None:
    """The noun phrase before a finite verb that the parser left without a subject."""
    tokens = tree.tokens
    if tokens[verb].tag in ("VB", "VBG"):
        return None
    index = verb - 1
    while _same_sentence(tree, index, verb) and _skipped(tokens[index], verb):
        index -= 1
    inserted = _same_sentence(tree, index, verb) and tokens[index].text in (",", "--", "—", ")")
    if inserted:
        index = _before_bracket(tree, index)
    if not _same_sentence(tree, index, verb):
        return None
    if tokens[index].pos not in NOMINAL:
        odd = index == verb - 1 and index and tokens[index].text[0].isupper() and tokens[index - 1].text[-1:] in QUOTE_CHARS
        return index if odd else None  # “We lost,” Swiftly said: a name that the parser does not know
    if not inserted and _opens_clause(tree, index):
        return index
    index = _phrase_head(tree, index, verb, inserted=inserted)
    return index if tokens[index].pos in NOMINAL else None


def _opens_clause(tree: Tree, name: int) -> bool:
    """Whether a name right before its verb stands behind a phrase that the parser hung it on: "On Fox, Lind said"."""
    first = min(kid for kid in (name, *tree.kids[name]) if kid == name or tree.tokens[kid].dep in ("compound", "amod", "det"))
    return (
        tree.tokens[name].pos == "PROPN" and tree.tokens[name].dep in ("pobj", "appos") and tree.tokens[first - 1].text == ","
    )


def _same_sentence(tree: Tree, index: int, other: int) -> bool:
    return index >= 0 and tree.sentence_of[index] == tree.sentence_of[other]


def _skipped(token: Token, verb: int) -> bool:
    return token.pos in ("ADV", "AUX", "PART", "SPACE") or (token.head == verb and token.pos == "ADJ")


def _before_bracket(tree: Tree, index: int) -> int:
    """What stands before an insertion's last mark, and before the bracket that it closes."""
    tokens = tree.tokens
    if tokens[index].text != ")":
        index -= 1
    if index >= 0 and tokens[index].text.endswith(")"):
        return next((k for k in range(index, max(-1, index - BRACKET_TOKENS), -1) if "(" in tokens[k].text), index) - 1
    return index


def _phrase_head(tree: Tree, index: int, verb: int, *, inserted: bool) -> int:
    """The head of the noun phrase that ends at a token, not going up to the verb."""
    tokens = tree.tokens
    for _ in range(CLIMB_MAX):
        token = tokens[index]
        if token.head >= verb or token.head == index or token.dep not in _CLIMB:
            break
        first = min([index, *(kid for kid in tree.kids[index] if kid < index)])
        after_comma = first > 0 and tokens[first - 1].text == ","
        if token.pos == "PROPN" and (
            (inserted and token.dep in ("appos", "conj") and after_comma)
            or (token.dep == "appos" and not after_comma and tokens[token.head].dep == "pobj")
        ):
            break
        index = token.head
    return index


def subject_after(tree: Tree, verb: int) -> int | None:
    """The name after "said" that the parser took for something else than a subject."""
    tokens = tree.tokens
    for kid in tree.kids[verb]:
        token = tokens[kid]
        if (
            kid > verb
            and token.dep in ("dobj", "npadvmod", "attr", "oprd", "dep", "nsubj")
            and token.pos in ("PROPN", "PRON", "NOUN")
            and not (token.pos == "NOUN" and token.lemma.lower() in word_group("times"))
        ):
            return kid
    for index in range(verb + 1, min(verb + SUBJECT_MAX_GAP, len(tokens))):
        if tree.sentence_of[index] != tree.sentence_of[verb] or tree.quote_of[index] >= 0 or tokens[index].pos == "PUNCT":
            return None
        if tokens[index].pos in ("PROPN", "PRON", "NOUN"):
            while (
                verb < tokens[index].head < index + SUBJECT_MAX_TOKENS
                and tokens[index].head != index
                and tokens[index].dep in _CLIMB
            ):
                index = tokens[index].head
            return index if tokens[index].pos in ("PROPN", "PRON", "NOUN") else None
        if tokens[index].pos not in ("DET", "ADJ", "NUM", "ADV"):
            return None
    return None


def person_meant(parse: Parse, noun: int) -> int:
    """Whom "who" stands for: of "Lena Ford, a head of the Oslo Council who", as parsers hang it, the person."""
    tokens = parse.tokens
    if _label_at(parse, noun) not in _BODIES:
        return noun
    here = noun
    for _ in range(CLIMB_MAX):
        token = tokens[here]
        if token.head == here or token.dep not in ("pobj", "prep", "appos", "conj", "compound", "nmod"):
            return noun
        here = token.head
        if _label_at(parse, here) == "PERSON" and token.dep == "appos":
            return here
    return noun


_BODIES: Final = frozenset({"ORG", "GPE", "LOC", "FAC", "LAW", "EVENT"})
"""Labels of what "who" does not mean."""


def _label_at(parse: Parse, index: int) -> str:
    """The label of the name that a token stands in; of "the Clinton administration" that of a body."""
    token = parse.tokens[index]
    if token.lemma.lower() in word_group("bodies"):
        return "ORG"
    at = bisect_right(parse.entities, token.start, key=lambda entity: entity.start) - 1
    return parse.entities[at].label if at >= 0 and token.start < parse.entities[at].end else ""


def owner_of(tree: Tree, noun: int) -> int | None:
    """The token that owns a noun ("Russia’s actions"); None where nothing does."""
    return tree.kid(noun, "poss")


def agent_of(tree: Tree, verb: int) -> int | None:
    by = tree.kid(verb, "agent")
    return None if by is None else tree.kid(by, "pobj")


def source_tokens(tree: Tree, subject: int | None, without: Iterable[int] = ()) -> set[int]:
    if subject is None or tree.tokens[subject].dep == "expl" or tree.tokens[subject].text.lower() == "there":
        return set()
    tokens = {index for index in tree.under(subject, without) if index >= tree.dateline_end[tree.sentence_of[index]]}
    tokens -= {kid for kid in tree.kids[subject] if tree.tokens[kid].dep == "case"}
    for clause in tree.below(subject, "advcl", after=subject):  # "Lind, when asked, said"
        tokens -= tree.under(clause)
    if subject + 1 < len(tree.tokens) and tree.tokens[subject + 1].text == ":":
        tokens = {index for index in tokens if index <= subject}
    if _opens_clause(tree, subject):
        comma = max(index for index in range(subject) if tree.tokens[index].text == ",")
        tokens = {index for index in tokens if index > comma}
    return tokens


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
