"""Who says what: a parse becomes attributions (source, cue, content) and voices, and hedges are found.

Three passes, each linear in the text. Cues from a lexicon are looked at with the parse around them: their
subject is the source and their complement the content. Quotations are followed over sentences and paragraphs
and given to the cue beside them. What lies wholly inside another's content is that other's, and is left out.

Source: the scheme of source, cue and content is that of PolNeAR (Newell et al., LREC 2018), which also counts
beliefs, intentions and judgements of others as attributed. Its train part was read, by eye, for the rules.
"""

from __future__ import annotations

import csv
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

from analysis.articles import read_article
from analysis.model import Attribution, AttributionKind, Parse, Span, Token
from analysis.quotations import Quotation, find_quotations


@dataclass(frozen=True, slots=True)
class ReportingWord:
    """One entry of the lexicon of cues.

    does: what the wording does to the content: neutral, endorsing, distancing or accusing.
    act: say, think, want, judge, ask, show or seem.
    frames: which complements are its content (c clause, x infinitive, o object, O object with "as", q quotation,
    s the raised subject, adv the clause). prepositions: those whose object is its content.
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
    path = files("analysis") / "resources" / "lexicons" / "discourse" / "cues.tsv"
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t")
        found = {}
        for row in rows:
            parts = row["frames"].split()
            plain = frozenset(part for part in parts if not part.startswith("p:"))
            preps = frozenset(word for part in parts if part.startswith("p:") for word in part[2:].split(","))
            key = (row["lemma"], row["pos"])
            found[key] = ReportingWord(row["lemma"], row["pos"], row["does"], row["act"], plain, preps)
    return MappingProxyType(found)


# --- the parse as a tree -------------------------------------------------------------------------------------

_SUBJECTS: Final = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
_QUOTE_CHARS: Final = frozenset("\"“”„‟«»‹›‘’‚'`״＂「」『』")
_LIGHT: Final = frozenset(
    "make have express voice issue raise offer give hold take share reiterate repeat announce draw face receive win "
    "show signal declare lodge file renew withdraw get state deliver send harbor maintain lend lead seek reject "
    "dismiss deny defend keep pose ask answer".split()
)
_RELATIVE: Final = frozenset({"who", "which", "that", "whom"})


class _Tree:
    """The parse with each token's children, and which quotation each token lies in."""

    __slots__ = ("kids", "marks", "parse", "paragraphs", "quote_of", "quotes", "sentence_of", "tokens", "whole")

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
        for sentence in parse.sentences:
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
            if token.text[0] in _QUOTE_CHARS:
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


# --- drafts: what a cue takes, before quotations are given out --------------------------------------------------


@dataclass(slots=True)
class _Draft:
    """An attribution in the making."""

    place: int
    cue: set[int]
    source: set[int]
    content: set[int]
    rule: str
    word: ReportingWord | None = None
    quotes: list[int] = field(default_factory=list)
    head: int = -1
    kind: AttributionKind | None = None


def _passive(tree: _Tree, verb: int) -> bool:
    """Whether a verb is passive: by its own subject or auxiliary, or a participle that stands alone."""
    token = tree.tokens[verb]
    deps = {tree.tokens[kid].dep for kid in tree.kids[verb]}
    if deps & {"nsubjpass", "csubjpass", "auxpass", "agent"}:
        return True
    return token.tag == "VBN" and token.dep in ("acl", "advcl", "relcl") and not deps & {"aux", "nsubj"}


def _subject(tree: _Tree, verb: int, depth: int = 0) -> int | None:
    """The token that heads a verb's subject.

    Its own first; else that of what the verb is joined to: a conjunct, an infinitive, a participle clause
    ("X stood up, saying"), a noun ("a letter saying"), a preposition ("by calling"); last the words before it.
    """
    token = tree.tokens[verb]
    for kid in tree.kids[verb]:
        if tree.tokens[kid].dep in ("nsubj", "csubj", "nsubjpass", "csubjpass"):
            return kid
    if depth > 6:
        return None
    if token.pos == "ADP" and token.head == verb:
        return next((_subject(tree, kid, depth + 1) for kid in tree.kids[verb] if tree.tokens[kid].dep == "ccomp"), None)
    if token.head == verb:
        return _before(tree, verb) if depth == 0 else None
    head = tree.tokens[token.head]
    if token.dep in ("relcl", "acl"):
        if token.tag == "VB" or (head.dep == "dobj" and token.tag == "VBG" and tree.tokens[head.head].lemma.lower() in _LIGHT):
            return _owner(tree, token.head) or (
                _subject(tree, head.head, depth + 1) if head.dep in ("dobj", "pobj") else token.head
            )
        return token.head
    if token.dep == "xcomp":
        if (thing := tree.kid(token.head, "dobj")) is not None and head.lemma.lower() not in _CONTROL:
            return thing
        return _subject(tree, token.head, depth + 1)
    if token.dep == "ccomp":
        if token.tag in ("VB", "VBG"):
            return _subject(tree, token.head, depth + 1)
        return _before(tree, verb) if depth == 0 else None
    if token.dep in ("conj", "advcl", "dep", "parataxis", "acomp", "attr", "prep", "pcomp", "pobj", "oprd", "dobj"):
        if token.dep in ("prep", "pobj", "pcomp") and head.pos in ("NOUN", "PROPN"):
            return _owner(tree, token.head) or (
                _subject(tree, head.head, depth + 1) if head.dep in ("dobj", "pobj", "attr") else None
            )
        return _subject(tree, token.head, depth + 1)
    return None


_CONTROL: Final = frozenset({"have", "use", "promise", "take", "make", "give", "find", "get"})
_CLIMB: Final = frozenset(
    {"compound", "appos", "conj", "pobj", "prep", "nummod", "amod", "nmod", "poss", "case", "acl", "relcl", "dobj"}
)


def _before(tree: _Tree, verb: int) -> int | None:
    """The noun phrase before a finite verb that the parser left without a subject."""
    tokens = tree.tokens
    if tokens[verb].tag in ("VB", "VBG"):
        return None
    place = verb - 1
    sentence = tree.sentence_of[verb]
    while (
        place >= 0
        and tree.sentence_of[place] == sentence
        and (tokens[place].pos in ("ADV", "AUX", "PART", "SPACE") or tokens[place].head == verb and tokens[place].pos == "ADJ")
    ):
        place -= 1
    if place < 0 or tree.sentence_of[place] != sentence:
        return None
    inserted = tokens[place].text in (",", "--", "—", ")")
    if inserted:
        place -= 1
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


def _owner(tree: _Tree, noun: int) -> int | None:
    return tree.kid(noun, "poss")


def _source(tree: _Tree, subject: int | None, without: Iterable[int] = ()) -> set[int]:
    if subject is None or tree.tokens[subject].dep == "expl" or tree.tokens[subject].text.lower() in ("it", "there"):
        return set()
    found = tree.under(subject, without)
    found -= {kid for kid in tree.kids[subject] if tree.tokens[kid].dep == "case"}
    return found


def _agent(tree: _Tree, verb: int) -> int | None:
    by = tree.kid(verb, "agent")
    return None if by is None else tree.kid(by, "pobj")


def _cue(tree: _Tree, verb: int, preposition: int | None = None) -> set[int]:
    found = {verb}
    for kid in tree.kids[verb]:
        if tree.tokens[kid].dep in ("aux", "auxpass", "neg", "prt"):
            found.add(kid)
    if preposition is not None:
        found.add(preposition)
    return found


def _word(tree: _Tree, index: int) -> ReportingWord | None:
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


def _verb(tree: _Tree, verb: int, word: ReportingWord) -> _Draft | None:
    """The attribution that a verb makes, by the first of its frames that is filled."""
    token = tree.tokens[verb]
    if token.dep in ("amod", "compound", "nmod"):
        return None
    passive = _passive(tree, verb)
    subject = _subject(tree, verb)
    if (
        subject is None
        and token.tag == "VB"
        and word.act in ("think", "judge", "want", "show")
        and tree.kid(verb, "aux") is None
    ):
        return None
    head, content, rule, preposition = _complement(tree, verb, word, subject, passive)
    if not content:
        return None
    if passive:
        speaker = _agent(tree, verb)
    else:
        speaker = subject
        if speaker is None and head < verb and rule == "clause":
            speaker = _inverted(tree, verb)
    source = _source(tree, speaker, (verb,))
    if passive and speaker is not None:
        for kid in tree.kids[speaker]:
            if (
                kid > speaker
                and tree.tokens[kid].dep == "prep"
                and tree.tokens[kid].text.lower() in ("of", "for")
                and tree.kid(kid, "pcomp")
            ):
                source -= tree.under(kid)
                content |= tree.under(kid)
    content -= source
    return _Draft(verb, _cue(tree, verb, preposition), source, content, f"{word.act}-{rule}", word, head=head)


def _complement(
    tree: _Tree, verb: int, word: ReportingWord, subject: int | None, passive: bool
) -> tuple[int, set[int], str, int | None]:
    """(head of the content, its tokens, the frame's name, the preposition if one)."""
    tokens, kids, frames = tree.tokens, tree.kids[verb], word.frames
    token = tokens[verb]
    if "s" in frames:
        lower = tree.kid(verb, "xcomp", "oprd", "acomp")
        if lower is None or subject is None:
            return _NOTHING
        return lower, tree.under(lower) | tree.under(subject, (verb,)), "raised", None
    if "c" in frames:
        for kid in kids:
            if tokens[kid].dep == "ccomp" and (kid > verb or "q" in frames):
                if word.act == "want" and tree.tokens[min(tree.under(kid))].tag in ("WP", "WDT"):
                    continue
                return kid, _clause(tree, kid, verb), "clause", None
        if (found := _inserted(tree, verb, word) or _stray(tree, verb, word)) is not None:
            return found
    if passive and word.act == "ask":
        return _by_preposition(tree, verb, word)
    if "x" in frames and not passive:
        lower = tree.kid(verb, "xcomp")
        if lower is not None and lower > verb and tokens[lower].pos in ("VERB", "AUX"):
            found_here = _clause(tree, lower, verb)
            thing = tree.kid(verb, "dobj")
            if thing is not None and verb < thing < lower and word.lemma not in ("tell", "ask"):
                found_here |= tree.under(thing)
            return lower, found_here, "infinitive", None
    if passive:
        lower = tree.kid(verb, "xcomp", "oprd", "ccomp")
        prep = next(
            (k for k in kids if tokens[k].dep == "prep" and k > verb and tokens[k].text.lower() in ("as", "of", "for")), None
        )
        if subject is not None and (
            ("o" in frames and word.act != "say")
            or ("o" in frames and (lower is not None or prep is not None or tree.kid(verb, "agent") is not None))
            or (lower is not None and "x" in frames)
            or ("O" in frames and prep is not None)
        ):
            found_here = tree.under(subject, (verb,))
            for k in (lower, prep):
                found_here |= set() if k is None else tree.under(k)
            return subject, found_here, "passive", None
        return _NOTHING
    if (frames & {"o", "O"}) and (found := _object(tree, verb, word, subject)) is not None:
        return found
    return _by_preposition(tree, verb, word)


_Complement = tuple[int, set[int], str, int | None]
_NOTHING: Final[_Complement] = (-1, set(), "", None)


def _clause(tree: _Tree, kid: int, verb: int) -> set[int]:
    """A clause below a cue, without a conjunct that is a cue on the same level ("said A and promised B")."""
    tokens = tree.tokens
    left_out = {verb} if kid < verb else set()
    here: int | None = kid
    for _ in range(20):
        here = next((k for k in tree.kids[here] if tokens[k].dep == "conj"), None) if here is not None else None
        if here is None:
            break
        word = _word(tree, here)
        if here > verb and word is not None and word.act in ("say", "ask", "want") and tokens[here].tag == tokens[verb].tag:
            own = tree.kid(here, "nsubj")
            if (
                tokens[here].tag in ("VBD", "VBZ", "VBP")
                and (own is None or tree.kid(here, "ccomp") is not None)
                and word.frames & {"c", "q", "x"}
            ):
                left_out.add(here)
                break
    found = tree.under(kid, left_out)
    if len(left_out) > (kid < verb):
        last = max(left_out)
        low = min(tree.under(last))
        while low - 1 in found and tokens[low - 1].dep in ("cc", "punct"):
            low -= 1
            found.discard(low)
    return found


def _inserted(tree: _Tree, verb: int, word: ReportingWord) -> _Complement | None:
    """ "A, experts say, B" and "as X noted": the clause around the cue is its content."""
    tokens = tree.tokens
    token = tokens[verb]
    if token.dep == "advcl":
        mark = tree.kid(verb, "mark")
        if mark is not None and tokens[mark].text.lower() == "as" and tree.kid(verb, "dobj", "xcomp") is None:
            return token.head, tree.under(token.head, (verb,)), "as", None
    if "q" not in word.frames or word.act not in ("say", "think") or token.dep not in ("parataxis", "ccomp"):
        return None
    if tree.quote_of[verb] != tree.quote_of[token.head] and tree.quote_of[verb] >= 0:
        return None
    below = tree.under(verb)
    head = token.head
    subject = tree.kid(verb, "nsubj")
    if subject is None or tokens[subject].text.lower() == "you" or tree.kid(verb, "mark", "neg") is not None:
        return None
    if word.act == "think" and (len(below) > 6 or tree.kid(verb, "dobj") is not None):
        return None
    if token.dep == "ccomp":
        first = min(below)
        above = _word(tree, head)
        if head > verb or len(below) > 12 or not _set_off(tree, verb, below) or (above is not None and "c" in above.frames):
            return None
        if first and tokens[first].pos != "PUNCT" and tokens[first - 1].text not in (",", "—", "–", "--", "''", "”", '"'):
            return None
    return head, tree.under(_top(tree, head), (verb,)), "inserted", None


def _stray(tree: _Tree, verb: int, word: ReportingWord) -> _Complement | None:
    """A that-clause that the parser hung on the listener ("told a crowded hall that"), or text before ", he said"."""
    tokens = tree.tokens
    if "q" not in word.frames or word.act != "say":
        return None
    for kid in tree.kids[verb]:
        if kid > verb and tokens[kid].dep in ("dobj", "dative", "prep", "npadvmod", "advcl", "acl", "xcomp", "oprd", "relcl"):
            for low in [kid, *(k for k in tree.kids[kid]), *(k for j in tree.kids[kid] for k in tree.kids[j])]:
                if tokens[low].dep in ("acl", "relcl", "ccomp", "advcl") and low > verb + 1:
                    mark = tree.kid(low, "mark", "nsubj")
                    if mark is not None and tokens[mark].text.lower() == "that" and tokens[mark].tag == "IN":
                        return low, tree.under(low), "clause", None
    if word.lemma not in ("say", "tell", "write", "add", "report", "note", "explain", "argue", "announce"):
        return None
    subject = tree.kid(verb, "nsubj")
    if subject is None or subject > verb or tree.kid(verb, "dobj", "xcomp") is not None and word.lemma != "tell":
        return None
    first = min(tree.under(subject))
    sentence = tree.parse.sentences[tree.sentence_of[verb]]
    if first - sentence.first_token < 4 or tokens[first - 1].text != "," or tokens[verb].dep not in ("ROOT", "parataxis", "conj"):
        return None
    left = set(range(sentence.first_token, first - 1))
    if any(tokens[k].head == verb and tokens[k].dep in ("advcl", "prep", "advmod") for k in left) or tokens[verb].dep == "conj":
        return None
    return first - 2, left, "clause", None


def _object(tree: _Tree, verb: int, word: ReportingWord, subject: int | None) -> _Complement | None:
    tokens, kids, frames = tree.tokens, tree.kids[verb], word.frames
    token = tokens[verb]
    thing = tree.kid(verb, "dobj", "dative")
    rest = [
        k
        for k in kids
        if k > verb
        and (
            tokens[k].dep in ("oprd", "acomp", "xcomp")
            or (tokens[k].dep in ("prep", "dative") and tokens[k].text.lower() in ("as", "of", "for", "with", "to", "from"))
        )
    ]
    if "o" not in frames and not any(tokens[k].text.lower() == "as" or tokens[k].dep == "oprd" for k in rest):
        return None
    if thing is None and "o" in frames:
        if token.dep == "relcl" and subject != token.head and tree.kid(verb, "ccomp", "xcomp", "prep") is None:
            return token.head, tree.under(token.head, (verb,)), "relative", None
        lower = tree.kid(verb, "ccomp", "oprd")
        if lower is not None and lower > verb:
            return lower, tree.under(lower), "small-clause", None
    if thing is None or (word.act == "judge" and tokens[thing].text.lower() == "you"):
        return None
    found = tree.under(thing)
    for k in rest:
        found |= tree.under(k)
    if word.lemma in _NAMING and thing > verb:
        away = [k for k in kids if tokens[k].dep in ("conj", "advcl", "cc", "npadvmod", "ccomp") and k > thing]
        found |= {k for k in tree.under(verb, away) if k > verb}
    return thing, found, "object", None


_NAMING: Final = frozenset({"call", "dub", "label", "brand", "term", "describe", "characterize", "portray"})


def _by_preposition(tree: _Tree, verb: int, word: ReportingWord) -> _Complement:
    tokens = tree.tokens
    for kid in tree.kids[verb]:
        if tokens[kid].dep in ("prep", "agent", "dative") and tokens[kid].text.lower() in word.prepositions and kid > verb:
            lower = tree.kid(kid, "pobj", "pcomp")
            if lower is not None:
                found = tree.under(lower)
                infinitive = tree.kid(verb, "xcomp", "advcl")
                if tokens[kid].text.lower() == "on" and infinitive is not None and infinitive > kid:
                    found |= tree.under(infinitive)
                return lower, found, "preposition", kid
    return _NOTHING


def _set_off(tree: _Tree, verb: int, below: set[int]) -> bool:
    """Whether a short clause ends at a comma or a dash, as "experts say" does in mid-sentence."""
    last = max(below)
    after = tree.tokens[last + 1].text if last + 1 < len(tree.tokens) else "."
    return after in (",", "—", "–", ".") or tree.tokens[last].text == ","


def _top(tree: _Tree, index: int) -> int:
    """Where the clause that holds a token ends: its highest verb, not going out of a coordination or clause."""
    for _ in range(50):
        token = tree.tokens[index]
        if token.head == index or token.dep in ("ccomp", "conj", "advcl", "relcl", "parataxis", "acl"):
            return index
        index = token.head
    return index


def _noun(tree: _Tree, noun: int, word: ReportingWord) -> _Draft | None:
    """ "the claim that", "his opposition to": content below the noun, source its owner or a light verb's subject."""
    tokens, kids = tree.tokens, tree.kids[noun]
    content: set[int] = set()
    head, rule, preposition = -1, "", None
    for kid in kids:
        if kid < noun:
            continue
        token = tokens[kid]
        if token.dep in ("acl", "ccomp", "relcl"):
            mark = next((k for k in tree.kids[kid] if tokens[k].dep in ("mark", "aux") and k < kid), None)
            if mark is None:
                continue
            text = tokens[mark].text.lower()
            if ("c" in word.frames and text in ("that", "whether", "if") and token.dep != "relcl") or (
                "x" in word.frames and text == "to"
            ):
                head, content, rule = kid, tree.under(kid), "clause"
                break
        if token.dep == "prep" and token.text.lower() in word.prepositions:
            lower = tree.kid(kid, "pobj", "pcomp")
            if lower is not None:
                head, content, rule, preposition = lower, tree.under(lower), "preposition", kid
                break
    if not content:
        return None
    owner = tree.kid(noun, "poss")
    if owner is None:
        for kid in kids:
            if tokens[kid].dep == "prep" and kid != preposition and tokens[kid].text.lower() in ("of", "by", "from", "among"):
                owner = tree.kid(kid, "pobj")
                break
    if owner is None and tokens[noun].dep in ("dobj", "attr", "pobj"):
        verb = tokens[noun].head
        if tokens[verb].dep == "prep":
            verb = tokens[verb].head
        if tokens[verb].lemma.lower() in _LIGHT:
            owner = None if _passive(tree, verb) else _subject(tree, verb)
    source = _source(tree, owner, (noun,)) - content
    cue = {noun} | ({preposition} if preposition is not None else set())
    return _Draft(noun, cue, source, content, f"noun-{rule}", word, head=head)


def _adjective(tree: _Tree, place: int, word: ReportingWord) -> _Draft | None:
    """ "is confident that", "keen to": content below the adjective, source the subject it is said of."""
    tokens = tree.tokens
    content: set[int] = set()
    head, rule, preposition = -1, "", None
    for kid in tree.kids[place]:
        if kid < place:
            continue
        if tokens[kid].dep in ("ccomp", "xcomp") and (
            ("c" in word.frames and tokens[kid].dep == "ccomp") or "x" in word.frames
        ):
            head, content, rule = kid, tree.under(kid), "clause"
            break
        if tokens[kid].dep == "prep" and tokens[kid].text.lower() in word.prepositions:
            lower = tree.kid(kid, "pobj", "pcomp")
            if lower is not None:
                head, content, rule, preposition = lower, tree.under(lower), "preposition", kid
                break
    verb = tokens[place].head
    if not content and tokens[place].dep in ("acomp", "attr"):
        lower = tree.kid(verb, "ccomp", "xcomp")
        if lower is not None and lower > place and "c" in word.frames:
            head, content, rule = lower, tree.under(lower), "clause"
    if not content:
        return None
    if tokens[place].dep in ("amod", "appos", "relcl", "acl"):
        subject: int | None = tokens[place].head
    else:
        subject = _subject(tree, place) if tokens[place].dep not in ("acomp", "attr") else _subject(tree, verb)
    cue = {place} | ({preposition} if preposition is not None else set())
    if tokens[verb].pos == "AUX" and tokens[place].dep in ("acomp", "attr"):
        cue |= _cue(tree, verb)
    return _Draft(place, cue, _source(tree, subject, (place,)) - content, content, f"adjective-{rule}", word, head=head)


_REPORTS: Final = frozenset(
    "poll survey report study interview statement speech memo letter email tweet post analysis estimate account view "
    "opinion words estimation mind census data release filing".split()
)


def _preposition(tree: _Tree, place: int) -> _Draft | None:
    """ "according to X", "in X's view", "in a recent poll": source inside the phrase, content the clause it is in."""
    tokens = tree.tokens
    token = tokens[place]
    lower = token.text.lower()
    if lower == "according":
        to = next((kid for kid in tree.kids[place] if tokens[kid].text.lower() == "to"), None)
        if to is None and place + 1 < len(tokens) and tokens[place + 1].text.lower() == "to":
            to = place + 1
        inner = None if to is None else tree.kid(to, "pobj", "pcomp")
        if to is None or inner is None:
            return None
        cue, source, rule = {place, to}, tree.under(inner), "according-to"
    elif lower in ("in", "by") and token.dep == "prep":
        inner = tree.kid(place, "pobj")
        if inner is None or tokens[inner].lemma.lower() not in _REPORTS:
            return None
        owner = tree.kid(inner, "poss")
        if tokens[inner].lemma.lower() in ("poll", "survey", "census", "study") and lower == "in":
            cue, source, rule = {place}, tree.under(inner), "in-report"
        elif owner is not None and tokens[inner].lemma.lower() in ("view", "opinion", "estimation", "word", "account", "mind"):
            cue, source, rule = {place, inner}, _source(tree, owner), "in-view"
        else:
            return None
    else:
        return None
    phrase = tree.under(place) | cue
    top = _top(tree, token.head if token.head != place else place)
    content = tree.under(top, (place,)) - phrase
    if tokens[top].dep == "conj":
        pass
    return _Draft(place, cue, source, content, rule, kind="according-to", head=top)


def _adverb(tree: _Tree, place: int, word: ReportingWord) -> _Draft | None:
    """ "reportedly": the clause it stands in, from no named source."""
    top = _top(tree, tree.tokens[place].head)
    content = tree.under(top) - {place}
    return _Draft(place, {place}, set(), content, "adverb", word, head=top) if content else None


def _drafts(tree: _Tree) -> list[_Draft]:
    found: list[_Draft] = []
    words = reporting_words()
    for token in tree.tokens:
        draft: _Draft | None = None
        lower = token.text.lower()
        if lower in ("according", "in", "by"):
            draft = _preposition(tree, token.index)
        elif token.pos in ("VERB", "AUX", "NOUN", "ADJ", "ADV"):
            word = _word(tree, token.index)
            if word is None:
                continue
            if word.pos == "VERB":
                draft = _verb(tree, token.index, word)
            elif word.pos == "NOUN":
                draft = _noun(tree, token.index, word)
            elif word.pos == "ADJ":
                draft = _adjective(tree, token.index, word)
            else:
                draft = _adverb(tree, token.index, word)
        if draft is not None:
            found.append(draft)
    return found


# --- quotations find their cue ----------------------------------------------------------------------------------


def _give_quotes(tree: _Tree, drafts: list[_Draft]) -> None:
    """Give every spoken quotation to a cue: that of its sentence, the one before a colon, or the last speaker's."""
    tokens, text = tree.tokens, tree.parse.article.text
    by_place = {draft.place: draft for draft in drafts}
    owner: dict[int, _Draft] = {}
    for draft in drafts:
        if tree.quote_of[draft.place] >= 0:
            continue
        head_quote = tree.quote_of[draft.head] if draft.head >= 0 else -1
        for index in draft.content:
            quote = tree.quote_of[index]
            if quote < 0 or quote in owner:
                continue
            if draft.word is not None and "q" not in draft.word.frames and quote != head_quote:
                continue
            owner[quote] = draft
    starts = [token.start for token in tokens]
    last: _Draft | None = None
    last_end = -1
    paragraph = -1
    begins = [span[0] for span in tree.paragraphs]
    for number, quote in enumerate(tree.quotes):
        here = bisect_right(begins, quote.start) - 1
        fresh = here != paragraph
        first = bisect_left(starts, quote.start)
        after = bisect_left(starts, quote.end)
        draft = owner.get(number)
        spoken = _spoken(text, quote)
        if draft is None and (spoken or _introduced(text, quote)):
            draft = _beside(tree, by_place, drafts, number, first, after)
            if draft is None and not fresh and last is not None and spoken:
                draft = last
            if draft is None and fresh and quote.carried and last is not None:
                draft = last
            if draft is None and fresh and here > 0 and spoken:
                draft = _colon(tree, by_place, drafts, here, quote)
            if draft is None and fresh and last is not None and spoken and here - paragraph <= 1:
                draft = _Draft(first, set(), set(last.source), set(), "floating", kind="floating")
                drafts.append(draft)
            if draft is None and spoken:
                draft = _floating(tree, drafts, here, first, quote)
        if draft is not None:
            draft.quotes.append(number)
            if spoken or quote.carried or _introduced(text, quote):
                last, paragraph = draft, here
        elif fresh and spoken:
            last = None


def _spoken(text: str, quote: Quotation) -> bool:
    """Whether a quotation is somebody's sentence, not a title or a word held with tweezers."""
    inner = text[quote.inner[0] : quote.inner[1]].strip()
    words = inner.split()
    if not words:
        return False
    ends = inner[-1] in ".,?!…—-–" or (text[quote.end : quote.end + 1] in ",." and False)
    capitals = sum(word[:1].isupper() for word in words)
    if len(words) <= 8 and capitals >= 0.7 * len(words) and len(words) > 1 and inner[-1] not in "?!":
        return False
    return (len(words) >= 3 and ends and inner[:1].isupper()) or len(words) >= 9 or (len(words) >= 5 and ends)


def _introduced(text: str, quote: Quotation) -> bool:
    """Whether a comma or a colon leads to it, or its own last mark shows that a cue follows."""
    before = text[max(0, quote.start - 3) : quote.start].rstrip()
    return before.endswith((",", ":")) or text[quote.inner[1] - 1 : quote.inner[1]] in (",", "?", "!")


def _beside(
    tree: _Tree, by_place: dict[int, _Draft], drafts: list[_Draft], number: int, first: int, after: int
) -> _Draft | None:
    """The cue after the closing mark or before the opening one, in the same sentence and outside quotations."""
    tokens, text = tree.tokens, tree.parse.article.text
    quote = tree.quotes[number]
    if not tokens:
        return None
    closing = text[quote.inner[0] : quote.inner[1]].rstrip()[-1:]
    if closing in ",?!—-–…" or text[quote.end : quote.end + 1] == ",":
        for index in range(after, min(after + 25, len(tokens))):
            token = tokens[index]
            if tree.quote_of[index] >= 0 or token.text in (".", ";", ":") or not _same_line(text, quote.end, token.start):
                break
            if (
                token.pos == "VERB"
                and (word := _word(tree, index)) is not None
                and "q" in word.frames
                and not _before_that(tree, index)
            ):
                return _join(tree, by_place, drafts, index, word, "quote-cue")
    for index in range(first - 1, max(-1, first - 30), -1):
        token = tokens[index]
        if tree.quote_of[index] >= 0 or token.text in (".", ";", "?", "!") or not _same_line(text, token.start, quote.start):
            break
        if token.pos == "VERB" and (word := _word(tree, index)) is not None and "q" in word.frames:
            return _join(tree, by_place, drafts, index, word, "cue-quote")
        if token.text.lower() == "according":
            return None
    return None


def _before_that(tree: _Tree, index: int) -> bool:
    return index + 1 < len(tree.tokens) and tree.tokens[index + 1].text.lower() == "that"


def _same_line(text: str, start: int, end: int) -> bool:
    return not any(char in "\n\r\u2028\u2029" for char in text[start:end])


def _join(tree: _Tree, by_place: dict[int, _Draft], drafts: list[_Draft], index: int, word: ReportingWord, rule: str) -> _Draft:
    """The draft of a cue, made new where the parse gave it none."""
    draft = by_place.get(index)
    if draft is not None:
        return draft
    subject = _agent(tree, index) if _passive(tree, index) else _subject(tree, index)
    if subject is None:
        subject = _inverted(tree, index)
    source = _source(tree, subject, (index,))
    source = {place for place in source if tree.quote_of[place] < 0}
    draft = _Draft(index, _cue(tree, index), source, set(), rule, word)
    by_place[index] = draft
    drafts.append(draft)
    return draft


def _inverted(tree: _Tree, verb: int) -> int | None:
    """The name after "said" that the parser took for an object."""
    for kid in tree.kids[verb]:
        token = tree.tokens[kid]
        if kid > verb and token.dep in ("dobj", "npadvmod", "attr", "oprd") and token.pos in ("PROPN", "PRON", "NOUN"):
            return kid
    return None


def _colon(tree: _Tree, by_place: dict[int, _Draft], drafts: list[_Draft], paragraph: int, quote: Quotation) -> _Draft | None:
    """The cue of a paragraph that ends with a colon, for the quotation that opens the next."""
    text = tree.parse.article.text
    start, end = tree.paragraphs[paragraph - 1]
    if text[tree.paragraphs[paragraph][0] : quote.start].strip() or not text[start:end].rstrip().endswith(":"):
        return None
    return _last_cue(tree, by_place, drafts, start, end)


def _last_cue(tree: _Tree, by_place: dict[int, _Draft], drafts: list[_Draft], start: int, end: int) -> _Draft | None:
    tokens = tree.tokens
    low = bisect_left(tokens, start, key=lambda token: token.start)
    high = bisect_left(tokens, end, key=lambda token: token.start)
    for index in range(high - 1, max(low - 1, high - 40), -1):
        token = tokens[index]
        if token.text == "." or tree.quote_of[index] >= 0:
            break
        if token.pos == "VERB" and (word := _word(tree, index)) is not None and word.frames & {"q", "c"}:
            return _join(tree, by_place, drafts, index, word, "colon")
    return None


def _floating(tree: _Tree, drafts: list[_Draft], paragraph: int, first: int, quote: Quotation) -> _Draft | None:
    """A quotation with no cue: the last subject before it in its paragraph that can speak."""
    tokens = tree.tokens
    start = tree.paragraphs[paragraph][0]
    for index in range(first - 1, max(-1, first - 60), -1):
        token = tokens[index]
        if token.start < start:
            break
        if token.dep in ("nsubj", "nsubjpass") and (token.pos == "PROPN" or token.text.lower() in ("he", "she", "they")):
            draft = _Draft(first, set(), _source(tree, index), set(), "floating", kind="floating")
            drafts.append(draft)
            return draft
    return None


# --- attributions ---------------------------------------------------------------------------------------------


def find_attributions(text: str | Parse) -> list[Attribution]:
    """Every attribution in a text: who (source) says or thinks (cue) what (content).

    Args:
        text: a parse, or a text that is read and parsed first.

    Returns:
        Attributions by the start of their content, spans half-open offsets into the text. The source is empty
        where none is named ("reportedly"), the cue where a quotation goes on without one. No content overlaps
        its own source or cue, and none lies wholly inside another's.
    """
    if isinstance(text, str):
        from analysis.language import parse as parse_article

        if not any(char.isalnum() for char in text):
            return []
        parsed = parse_article(read_article(text if "\n" in text else text + "\n"))
    else:
        parsed = text
    tree = _Tree(parsed)
    drafts = _drafts(tree)
    _give_quotes(tree, drafts)
    return _outermost([found for draft in drafts if (found := _finish(tree, draft)) is not None])


def _finish(tree: _Tree, draft: _Draft) -> Attribution | None:
    """Tokens become spans; quotations are taken whole; source and cue are cut out of the content."""
    text = tree.parse.article.text
    source = tree.spans(draft.source, keep_marks=False)
    cue = tree.spans(draft.cue, keep_marks=False)
    whole = [tree.quotes[number] for number in draft.quotes if not draft.cue or number != tree.quote_of[draft.place]]
    head_quote = tree.quote_of[draft.head] if draft.head >= 0 else -1
    tokens = set(draft.content)
    if head_quote >= 0 and head_quote in draft.quotes and tree.quote_of[draft.place] < 0:
        first = tree.quotes[draft.quotes[0]]
        if _spoken(text, first) or _introduced(text, first):
            tokens = {index for index in tokens if tree.tokens[index].start < first.start and index < draft.place}
            if draft.place < draft.head:
                tokens = set()
    spans = list(tree.spans(tokens))
    for quote in whole:
        spans.append((quote.start, quote.end))
    content = _subtract(_joined(text, spans), [*source, *cue])
    content = tuple(span for span in content if any(char.isalnum() for char in text[slice(*span)]))
    if not content:
        return None
    quoted = sum(end - start for start, end in content if text[start] in _QUOTE_CHARS)
    kind: AttributionKind = draft.kind or ("direct" if quoted > 0.5 * _length(content) else "indirect")
    return Attribution(source, cue, content, kind, draft.rule)


def _length(spans: Iterable[Span]) -> int:
    return sum(end - start for start, end in spans)


def _joined(text: str, spans: Iterable[Span]) -> list[Span]:
    """Spans in order, those that touch or overlap made one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and (start <= found[-1][1] or not text[found[-1][1] : start].strip(" ,")):
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _subtract(spans: Iterable[Span], holes: Sequence[Span]) -> list[Span]:
    """Spans without the parts that lie in any hole."""
    found = []
    for start, end in spans:
        pieces = [(start, end)]
        for low, high in holes:
            pieces = (
                [
                    piece
                    for left, right in pieces
                    for piece in ((left, min(right, low)), (max(left, high), right))
                    if piece[0] < piece[1]
                ]
                if low < end and start < high
                else pieces
            )
        found.extend(pieces)
    return found


def _outermost(found: list[Attribution]) -> list[Attribution]:
    """Attributions whose content is not wholly inside another's, in reading order."""
    order = sorted(found, key=lambda item: (item.content[0][0], -_length(item.content)))
    kept: list[Attribution] = []
    seen: set[tuple[Span, ...]] = set()
    open_: list[Attribution] = []
    for item in order:
        if item.content in seen:
            continue
        seen.add(item.content)
        open_ = [other for other in open_ if other.content[-1][1] > item.content[0][0]]
        if any(_covers(other.content, item.content) for other in open_):
            continue
        kept.append(item)
        open_.append(item)
    return kept


def _covers(outer: Sequence[Span], inner: Sequence[Span]) -> bool:
    return all(any(low <= start and end <= high for low, high in outer) for start, end in inner)
