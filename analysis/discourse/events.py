"""Who does what to whom, and whether it happened: deeds with their doer and the one done to, from the parse.

A deed is a verb or a noun of the lexicon ("attacked", "Russia's attack on Kyiv"). Each carries two valences: what
it says of the doer and what it means for the one done to. Standing says whether a word is denied ("did not",
"failed to", "denied that"), only thought of ("may", "if", "threatened to") or set against the rest ("despite").

Source: the two valences follow connotation frames (Rashkin, Singh and Choi, ACL 2016); the words are our own.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from ..model import Article, Cue, Parse, Section, Sentence, Span, Token
from .lexicon import DeedWord, deed_words, demonyms, word_group
from .syntax import QUOTE_CHARS, Tree, agent_of, is_passive, owner_of, subject_of

JUDGEMENT_DOER_MAX: Final = 0.45
"""A deed that says less than this of its doer is a judgement or a help, not a wrong done."""
NEGATED_SHARE: Final = 0.7
"""What a denied deed keeps of its valence, turned round: "did not help" is milder than harm."""
WANTED_SHARE: Final = 0.6
"""What a wanted or threatened deed keeps."""

DeedRule = Literal["active", "passive", "bare-passive", "participle", "nominal"]


@dataclass(frozen=True, slots=True)
class Standing:
    """How a word stands in its sentence.

    negated: denied, an odd number of times ("did not fail to help" is not). irrealis: possible, conditional,
    wanted or threatened, not told as fact. contrast: inside "despite" or "although". cues: the words that say so.
    """

    negated: bool = False
    irrealis: bool = False
    contrast: bool = False
    cues: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Deed:
    """One deed: who does it, to whom, and how it stands.

    doers, targets: spans of the heads of the phrases, with their names' other words; empty where nobody is named.
    done_to, doer: valences of the deed for the one done to and for the doer, in [-1, +1], not yet negated.
    """

    deed: Span
    doers: tuple[Span, ...]
    targets: tuple[Span, ...]
    done_to: float
    doer: float
    standing: Standing
    rule: DeedRule


def sentence_tree(text: str, tokens: Sequence[Token]) -> Tree:
    """A tree for one sentence parsed on its own, as ``language.parse_texts`` gives it."""
    section = Section("body", 0, len(text))
    sentence = Sentence(0, 0, len(text), section, 0, len(tokens))
    return Tree(Parse(Article("sentence", "", text, (section,), "text", ""), (sentence,), tuple(tokens), ()))


def find_deeds(parse: Parse | Tree) -> tuple[Deed, ...]:
    """The deeds of an article, in reading order.

    Actives, passives with and without "by", relative and infinitive clauses, conjuncts, participles after their
    noun ("the city destroyed by Russia") and nominalisations ("Russia's attack on Kyiv").
    """
    tree = parse if isinstance(parse, Tree) else Tree(parse)
    words = deed_words()
    found = []
    for token in tree.tokens:
        if token.pos not in ("VERB", "NOUN", "AUX"):
            continue
        word = words.get((token.lemma.lower(), "NOUN" if token.pos == "NOUN" else "VERB"))
        if word is None:
            continue
        deed = _verbal(tree, token.index, word) if token.pos != "NOUN" else _nominal(tree, token.index, word)
        if deed is not None:
            found.append(deed)
    return tuple(found)


_NOBODY: Final = frozenset({"nobody", "none", "no", "neither", "no-one"})


def push_of(tree: Tree, deed: Deed, valence: float) -> float:
    """What is left of a deed's valence as it stands in its sentence.

    Denied, it turns round and weakens ("did not protect"); only possible or conditional, it says nothing; wanted or
    threatened, it counts less.
    """
    if deed.standing.negated:
        valence *= -NEGATED_SHARE
    if deed.standing.irrealis:
        possible = _standing_words(tree, deed) & (word_group("irrealis modals") | word_group("conditional marks"))
        valence *= 0.0 if possible else WANTED_SHARE
    return valence


def _standing_words(tree: Tree, deed: Deed) -> set[str]:
    return {tree.parse.article.text[low:high].lower() for low, high in deed.standing.cues}


def owned(tree: Tree, span: Span) -> Span:
    """Whom a deed to a thing is done to: of "Russia's actions" the owner, "Russia"; other words stand for themselves.

    A person who stands against another ("Russia's enemies") is not the other's own.
    """
    place = bisect_left(tree.tokens, span[1], key=lambda token: token.end)
    if place < len(tree.tokens) and tree.tokens[place].pos == "NOUN":
        owner = owner_of(tree, place)
        if owner is not None and tree.tokens[place].lemma.lower() not in word_group("not their own"):
            return _name(tree, owner)
    return span


def is_judgement(deed: Deed) -> bool:
    """Whether a deed judges or helps ("criticised", "praised"), and says little of its doer."""
    return abs(deed.doer) < JUDGEMENT_DOER_MAX


def deed_cues(tree: Tree, span: Span, deeds: Sequence[Deed] | None = None) -> tuple[Cue, ...]:
    """What deeds say of a target: a cue for each deed it does, or for which it is judged.

    Args:
        tree: of an article, or of one sentence (``sentence_tree``).
        span: the target, half-open offsets into the same text.
        deeds: those of the target's sentence, where they are known; all are looked for when left out.

    Returns:
        Cues at the deeds' words, in reading order, each with a push in [-1, +1]; none where no deed bears on the
        target. A doer is shown by what it does; one done to is shown by being judged ("criticised", "praised"),
        never by being harmed or helped. Denied deeds turn round and weaken ("did not protect"), a judgement denied
        says nothing, but praise from nobody is blame; what is only possible or conditional says nothing; what is
        wanted or threatened counts less.
    """
    found = []
    for deed in find_deeds(tree) if deeds is None else deeds:
        does = any(low < span[1] and span[0] < high for low, high in deed.doers)
        judged = is_judgement(deed)
        if does:
            push = deed.doer if not judged or not deed.targets or deed.standing.negated is False else 0.0
        elif judged and any(low < span[1] and span[0] < high for low, high in deed.targets):
            push = deed.done_to
            if deed.standing.negated and (push < 0 or not _standing_words(tree, deed) & _NOBODY):
                push = 0.0
        else:
            continue
        push = push_of(tree, deed, push)
        if push:
            found.append(Cue(*deed.deed, push, f"deed-{deed.rule}"))
    return tuple(found)


def _verbal(tree: Tree, verb: int, word: DeedWord) -> Deed | None:
    tokens = tree.tokens
    token = tokens[verb]
    rule: DeedRule
    if token.dep in ("amod", "compound"):
        return None
    if is_passive(tree, verb):
        agent = agent_of(tree, verb)
        doers = [] if agent is None else _all(tree, agent)
        if token.dep == "acl" and tree.kid(verb, "nsubjpass") is None:
            targets, rule = _all(tree, token.head), "participle"
        else:
            subject = subject_of(tree, verb)
            targets = [] if subject is None else _all(tree, _antecedent(tree, subject))
            rule = "passive" if doers else "bare-passive"
    else:
        subject = subject_of(tree, verb)
        doers = [] if subject is None else _all(tree, _antecedent(tree, subject))
        targets, rule = _objects(tree, verb), "active"
    if not doers and not targets:
        return None
    return _deed(tree, verb, doers, targets, word, rule)


def _objects(tree: Tree, verb: int) -> list[int]:
    tokens = tree.tokens
    for kid in tree.kids[verb]:
        if tokens[kid].dep in ("dobj", "dative") and tokens[kid].pos != "ADP":
            return _all(tree, _antecedent(tree, kid))
    if tokens[verb].dep == "relcl" and subject_of(tree, verb) != tokens[verb].head:
        return _all(tree, tokens[verb].head)
    for kid in tree.kids[verb]:
        if tokens[kid].dep == "conj" and tokens[kid].pos == "VERB" and tree.kid(kid, "nsubj") is None:
            return _objects(tree, kid)
    for kid in tree.kids[verb]:
        if tokens[kid].dep == "prep" and tokens[kid].text.lower() in ("on", "against", "at", "with", "over", "down"):
            inner = tree.kid(kid, "pobj")
            if inner is not None:
                return _all(tree, inner)
    return []


def _nominal(tree: Tree, noun: int, word: DeedWord) -> Deed | None:
    tokens = tree.tokens
    doers: list[int] = []
    targets: list[int] = []
    owners: list[int] = []
    for kid in tree.kids[noun]:
        token = tokens[kid]
        if token.dep == "poss":
            doers += _all(tree, kid)
        elif token.dep in ("prep", "agent"):
            inner = tree.kid(kid, "pobj")
            text = token.text.lower()
            if inner is None:
                continue
            if text == "of":
                owners += _all(tree, inner)
            elif text in word.prepositions:
                targets += _all(tree, inner)
            elif text in ("by", "from"):
                doers += _all(tree, inner)
        elif token.dep in ("compound", "amod", "nmod") and token.text[:1].isupper() and _is_name(tree, kid):
            doers.append(kid)
    if "of" in word.prepositions and not targets:
        targets = owners
    else:
        doers += owners
    verb = tokens[noun].head
    if not doers and tokens[noun].dep in ("dobj", "pobj"):
        verb = tokens[verb].head if tokens[noun].dep == "pobj" else verb
        if tokens[verb].lemma.lower() in word_group("support verbs") and not is_passive(tree, verb):
            subject = subject_of(tree, verb)
            doers = [] if subject is None else _all(tree, _antecedent(tree, subject))
    if not targets and tokens[noun].dep == "dobj" and tokens[verb].pos == "VERB":
        for kid in tree.kids[verb]:
            if tokens[kid].dep in ("prep", "dative") and tokens[kid].text.lower() in word.prepositions:
                inner = tree.kid(kid, "pobj")
                targets = [] if inner is None else _all(tree, inner)
    if not targets and not doers:
        return None
    return _deed(tree, noun, doers, targets, word, "nominal")


def _is_name(tree: Tree, index: int) -> bool:
    """Whether a word with a capital is a name: not "Heavy" where "Heavy attacks" opens a sentence or a quotation."""
    if tree.tokens[index].pos == "PROPN" or tree.tokens[index].text in demonyms():
        return True
    before = tree.tokens[tree.parse.sentences[tree.sentence_of[index]].first_token : index]
    words = [token for token in before if token.pos not in ("PUNCT", "SPACE")]
    return bool(words) and before[-1].text not in QUOTE_CHARS | {":"}


def _deed(tree: Tree, place: int, doers: Sequence[int], targets: Sequence[int], word: DeedWord, rule: DeedRule) -> Deed:
    token = tree.tokens[place]
    return Deed(
        (token.start, token.end),
        tuple(_name(tree, index) for index in doers),
        tuple(_name(tree, index) for index in targets),
        word.done_to,
        word.doer,
        standing(tree, place),
        rule,
    )


def _antecedent(tree: Tree, index: int) -> int:
    """What a relative pronoun stands for, else the token itself."""
    token = tree.tokens[index]
    if token.tag in ("WDT", "WP", "WP$") or (token.text.lower() == "that" and token.dep in ("nsubj", "dobj", "nsubjpass")):
        here = token.head
        for _ in range(6):
            if tree.tokens[here].dep == "relcl":
                return tree.tokens[here].head
            if tree.tokens[here].head == here:
                break
            here = tree.tokens[here].head
    return index


def _all(tree: Tree, index: int) -> list[int]:
    """A phrase's head and what is coordinated with it."""
    found = [index]
    for _ in range(8):
        more = next((kid for kid in tree.kids[found[-1]] if tree.tokens[kid].dep == "conj"), None)
        if more is None or tree.tokens[more].pos == "VERB":
            break
        found.append(more)
    return found


def _name(tree: Tree, index: int) -> Span:
    """A head with the words of its name before it ("Kim Jong Un")."""
    tokens = tree.tokens
    first = index
    while first > 0 and tokens[first - 1].head == index and tokens[first - 1].dep in ("compound", "nmod"):
        first -= 1
    return tokens[first].start, tokens[index].end


# --- standing ------------------------------------------------------------------------------------------------

_CLAUSES: Final = frozenset({"advcl", "ccomp", "xcomp", "relcl", "acl", "conj", "pcomp", "parataxis"})


def standing(tree: Tree, index: int) -> Standing:
    """Whether a word is negated, irrealis or set in contrast, looking up from it to the top of its sentence.

    Each negator flips the last: "did not fail to" is no negation. A word under "not" in another clause is not
    negated, unless that clause's verb passes it down ("failed to", "denied that", "does not plan to").
    """
    negations, irrealis, contrast = 0, False, False
    cues: list[int] = []
    here = index
    for _ in range(40):
        token = tree.tokens[here]
        for kid in tree.kids[here]:
            low = tree.tokens[kid].text.lower()
            dep = tree.tokens[kid].dep
            if dep == "neg" or (
                dep in ("advmod", "det", "preconj", "cc") and low in word_group("negators") and kid < max(here, index)
            ):
                negations += 1
                cues.append(kid)
            elif dep in ("nsubj", "nsubjpass", "dobj") and token.pos in ("VERB", "AUX") and here == _verb_of(tree, index):
                if low in word_group("negative subjects") or any(
                    tree.tokens[k].text.lower() == "no" and tree.tokens[k].dep == "det" and kid != index for k in tree.kids[kid]
                ):
                    negations += 1
                    cues.append(kid)
            elif (dep == "aux" and tree.tokens[kid].tag == "MD" and low in word_group("irrealis modals")) or (
                dep == "mark" and low in word_group("conditional marks")
            ):
                irrealis = True
                cues.append(kid)
            elif dep == "mark" and low in word_group("contrast marks"):
                contrast = True
                cues.append(kid)
        if token.head == here:
            break
        head = tree.tokens[token.head]
        lemma = head.lemma.lower()
        if token.dep in ("xcomp", "ccomp") or (token.dep in ("dobj", "prep", "pcomp") and here != index):
            if lemma in word_group("implicative negatives") and (token.dep != "dobj" or lemma != "rule"):
                negations += 1
                cues.append(token.head)
            elif token.dep == "xcomp" and lemma in word_group("irrealis verbs"):
                irrealis = True
                cues.append(token.head)
        elif token.dep == "dobj" and here == index and lemma in word_group("implicative negatives"):
            negations += 1
            cues.append(token.head)
        if token.dep in ("acl", "relcl") and lemma in word_group("irrealis nouns") and token.tag == "VB":
            irrealis = True
            cues.append(token.head)
        if head.pos in ("ADP", "SCONJ") and head.text.lower() in word_group("contrast prepositions"):
            contrast = True
            cues.append(token.head)
        if head.pos in ("ADP", "SCONJ") and head.text.lower() in word_group("negative prepositions"):
            negations += 1
            cues.append(token.head)
        if head.text.lower() in word_group("negative nouns") and token.dep in ("prep", "acl"):
            negations += 1
            cues.append(token.head)
        if token.dep in ("advcl", "relcl", "parataxis", "conj") and token.pos in ("VERB", "AUX"):
            shared = token.dep == "conj" and tree.kid(here, "nsubj", "nsubjpass") is None
            if not shared:
                break
        if token.dep == "ccomp" and lemma not in word_group("implicative negatives"):
            break
        if token.dep in ("nsubj", "nsubjpass"):
            break
        here = token.head
    spans = tuple((tree.tokens[k].start, tree.tokens[k].end) for k in sorted(set(cues)))
    return Standing(negations % 2 == 1, irrealis, contrast, spans)


def _verb_of(tree: Tree, index: int) -> int:
    """The nearest verb at or above a token."""
    for _ in range(20):
        token = tree.tokens[index]
        if token.pos in ("VERB", "AUX") or token.head == index:
            return index
        index = token.head
    return index
