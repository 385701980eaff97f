"""Who does what to whom, and whether it happened: events with their agent and their patient, from the parse.

An event is a verb or a noun of the lexicon ("attacked", "Russia's attack on Kyiv"). Its agent is who does it, its
patient is to whom it is done. It carries two valences: what it says of the agent and what it means for the patient.
Factuality says whether a word is denied ("did not", "failed to", "denied that"), only thought of ("may", "if",
"threatened to") or set against the rest ("despite").

Source: the two valences follow connotation frames (Rashkin, Singh and Choi, ACL 2016); the words are our own.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from ..model import Article, Cue, Parse, Section, Sentence, Span, Token
from .lexicon import EventWord, demonyms, event_words, word_group
from .rules import Rule
from .syntax import QUOTE_CHARS, Tree, agent_of, is_passive, owner_of, person_meant, subject_of

JUDGEMENT_AGENT_MAX: Final = 0.45
"""An event that says less than this of its agent is a judgement or a help, not a wrong done."""
NEGATED_SHARE: Final = 0.7
"""What a negated event keeps of its valence, with the sign changed: "did not help" is milder than harm."""
FACTUALITY_STEPS: Final = 40
"""How many words up from one are looked at for how it stands."""
EVENT_PREPOSITIONS: Final = frozenset({"on", "against", "at", "with", "over", "down"})
"""Those that lead to the patient after a verb of the lexicon that names none."""
WANTED_SHARE: Final = 0.6
"""What a wanted or threatened event keeps."""

EventRule = Literal["active", "passive", "bare-passive", "participle", "nominal"]

EVENT_RULES: Final[tuple[Rule, ...]] = (
    Rule("active", "Norway attacked Sweden.", "Norway watched Sweden."),
    Rule("passive", "Sweden was attacked by Norway.", "Sweden was seen by Norway."),
    Rule("bare-passive", "Sweden was attacked.", "Sweden was seen."),
    Rule("participle", "The town destroyed by Norway is empty.", "The town seen by Norway is empty."),
    Rule("nominal", "Norway’s attack on Sweden was brief.", "Norway’s view of Sweden was brief."),
)
"""How an event is told."""


@dataclass(frozen=True, slots=True)
class Factuality:
    """How a word stands in its sentence.

    Attributes:
        negated: whether it is denied, an odd number of times ("did not fail to help" is not).
        irrealis: whether it is possible, conditional, wanted or threatened, and not told as fact.
        contrast: whether it stands inside "despite" or "although".
        cues: the words that say so.
        supposed: whether it is irrealis because it is asked, conditional, only possible, alleged, or hoped for by
            somebody else.
    """

    negated: bool = False
    irrealis: bool = False
    contrast: bool = False
    cues: tuple[Span, ...] = ()
    supposed: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """One event: who does it, to whom, and how it stands.

    Attributes:
        span: the verb or noun that names it.
        agents: spans of the heads of the phrases that name who does it, with the other words of a name; empty where
            nobody is named.
        patients: those that name to whom it is done.
        patient_valence: what it means for the patient, in [-1, +1], not yet negated.
        agent_valence: what it says of the agent, in [-1, +1], not yet negated.
        factuality: whether it is denied, only possible, or set in contrast.
        rule: the rule that found it (``EVENT_RULES``).
    """

    span: Span
    agents: tuple[Span, ...]
    patients: tuple[Span, ...]
    patient_valence: float
    agent_valence: float
    factuality: Factuality
    rule: EventRule


def sentence_tree(text: str, tokens: Sequence[Token]) -> Tree:
    """A tree for one sentence parsed on its own, as ``language.parse_texts`` gives it."""
    section = Section("body", 0, len(text))
    sentence = Sentence(0, 0, len(text), section, 0, len(tokens))
    return Tree(Parse(Article("sentence", "", text, (section,), "text", ""), (sentence,), tuple(tokens), ()))


def find_events(parse: Parse | Tree) -> tuple[Event, ...]:
    """The events of an article, in reading order.

    Actives, passives with and without "by", relative and infinitive clauses, conjuncts, participles after their
    noun ("the city destroyed by Russia") and nominalisations ("Russia's attack on Kyiv").
    """
    tree = parse if isinstance(parse, Tree) else Tree(parse)
    events = []
    for token in tree.tokens:
        words = event_words_at(tree, token.index)
        if words and token.pos != "ADJ":
            event = _verbal(tree, token.index, words) if token.pos != "NOUN" else _nominal(tree, token.index, words)
            if event is not None:
                events.append(event)
    return tuple(events)


def event_words_at(tree: Tree, index: int) -> tuple[EventWord, ...]:
    """The entries of the lexicon of events for a token, looked up with its particle where it has one ("lash out").

    Returns:
        Several where prepositions tell events apart ("vote for", "vote against"). Empty where the token names no event of
        the lexicon. An adjective names a side that somebody takes ("critical of"), and what it leads to is the patient.
    """
    token = tree.tokens[index]
    if token.pos not in ("VERB", "NOUN", "AUX", "ADJ"):
        return ()
    words, lemma = event_words(), token.lemma.lower()
    if token.pos == "ADJ":
        return words.get((token.text.lower(), "ADJ"), ())
    if lemma == "like" and _is_no_liking(tree, index):
        return ()
    if token.pos == "NOUN":
        return words.get((lemma, "NOUN"), ())
    for kid in tree.below(index, "prt", "advmod", after=index):
        name = f"{lemma} {tree.word(kid)}"
        if name in word_group("no events"):
            return ()
        phrase = words.get((name, "VERB"))
        if phrase is not None:
            return phrase
    return words.get((lemma, "VERB"), ())


def _is_no_liking(tree: Tree, verb: int) -> bool:
    """Whether "like" says what one wants or is used to do, not whom one likes: "would like Lind to leave", "likes to argue"."""
    wanted = any(tree.word(kid) in ("would", "'d", "’d", "should") for kid in tree.below(verb, "aux"))
    return wanted or tree.kid(verb, "xcomp", "ccomp", after=verb) is not None


_NOBODY: Final = frozenset({"nobody", "none", "no", "neither", "no-one"})


def adjusted_valence(tree: Tree, event: Event, valence: float) -> float:
    """An event's valence, adjusted for whether its sentence tells it as a fact.

    Args:
        tree: of the article, or of the sentence.
        event: what happens.
        valence: its ``agent_valence`` or ``patient_valence``, in [-1, +1].

    Returns:
        The valence itself for a fact. A negated event changes sign and counts 70 % ("did not protect"). A possible or
        conditional one counts 0 ("might attack"). A wanted or threatened one counts 60 % ("vowed to attack").
    """
    if event.factuality.negated:
        valence *= -NEGATED_SHARE
    if event.factuality.irrealis:
        possible = _factuality_words(tree, event) & (word_group("irrealis modals") | word_group("conditional marks"))
        valence *= 0.0 if possible else WANTED_SHARE
    return valence


def _factuality_words(tree: Tree, event: Event) -> set[str]:
    return {tree.parse.article.text[low:high].lower() for low, high in event.factuality.cues}


def owned(tree: Tree, span: Span) -> Span:
    """The patient of an event that is done to a thing: of "Russia's actions" the owner, "Russia"; else the words themselves.

    A person who stands against another ("Russia's enemies") is not the other's own.
    """
    index = bisect_left(tree.tokens, span[1], key=lambda token: token.end)
    if index < len(tree.tokens) and tree.tokens[index].pos == "NOUN":
        owner = owner_of(tree, index)
        if owner is not None and tree.tokens[index].lemma.lower() not in word_group("not their own"):
            return _name(tree, owner)
    return span


def is_judgement(event: Event) -> bool:
    """Whether an event judges or helps ("criticised", "praised"), and says little of its agent."""
    return abs(event.agent_valence) < JUDGEMENT_AGENT_MAX


def event_cues(tree: Tree, span: Span, events: Sequence[Event] | None = None) -> tuple[Cue, ...]:
    """What events say of a target: a cue for each event whose agent it is, or in which it is judged.

    Args:
        tree: of an article, or of one sentence (``sentence_tree``).
        span: the target, half-open offsets into the same text.
        events: those of the target's sentence, where they are known; all are looked for when left out.

    Returns:
        Cues at the events' words, in reading order, each with a contribution in [-1, +1]. Empty where no event bears on
        the target.

        - An agent gets the event's ``agent_valence``. A patient gets its ``patient_valence`` from judgements only
          ("criticised", "praised"), never from harm or help.
        - A negated judgement of somebody makes no cue ("did not criticise Norway"), with one exception: praise by nobody
          counts as blame ("nobody praised Norway").
        - Both are adjusted for what is not told as a fact (``adjusted_valence``).

    Example:
        >>> from analysis import parse, read_text
        >>> from analysis.discourse import Tree
        >>> tree = Tree(parse(read_text("The minister criticised Norway.")))
        >>> text = tree.parse.article.text
        >>> start = text.index("Norway")
        >>> [(text[cue.start : cue.end], cue.rule, cue.contribution < 0) for cue in event_cues(tree, (start, start + 6))]
        [('criticised', 'event-active', True)]
    """
    cues = []
    for event in find_events(tree) if events is None else events:
        does = any(low < span[1] and span[0] < high for low, high in event.agents)
        judged = is_judgement(event)
        if does:
            contribution = event.agent_valence if not judged or not event.patients or event.factuality.negated is False else 0.0
        elif judged and any(low < span[1] and span[0] < high for low, high in event.patients):
            contribution = event.patient_valence
            if event.factuality.negated and (contribution < 0 or not _factuality_words(tree, event) & _NOBODY):
                contribution = 0.0
        else:
            continue
        contribution = adjusted_valence(tree, event, contribution)
        if contribution:
            cues.append(Cue(*event.span, contribution, f"event-{event.rule}"))
    return tuple(cues)


def _verbal(tree: Tree, verb: int, words: Sequence[EventWord]) -> Event | None:
    token = tree.tokens[verb]
    if token.dep in ("amod", "compound"):
        return None
    subject = subject_of(tree, verb)
    if not is_passive(tree, verb):
        agents = [] if _is_of_others(tree, verb) else whole_phrase(tree, subject)
        for word in words:
            patients = _objects(tree, verb, word)
            if patients and _gives_out(tree, verb, patients):
                return None
            if patients or (agents and not word.prepositions):
                return _event(tree, verb, agents, patients, word, "active")
        return None
    plain = [word for word in words if not word.prepositions]
    if not plain:
        return None
    word = plain[0]
    agents = whole_phrase(tree, agent_of(tree, verb))
    described = _described_by(tree, verb)
    patients = whole_phrase(tree, subject) if described is None else _all(tree, described)
    if patients and _gives_out(tree, verb, patients):
        return None
    if described is not None:
        return _event(tree, verb, agents, patients, word, "participle")
    return _event(tree, verb, agents, patients, word, "passive" if agents else "bare-passive") if agents or patients else None


def _is_of_others(tree: Tree, verb: int) -> bool:
    """Whether somebody only has a view of what is done, and need not do it: "opposes arming teachers"."""
    token = tree.tokens[verb]
    judged = tree.lemma(token.head) in word_group("viewing")
    return judged and token.tag == "VBG" and token.dep in ("xcomp", "ccomp", "pcomp", "dobj")


def _described_by(tree: Tree, verb: int) -> int | None:
    """The noun that a participle stands beside: "the city destroyed by Norway", also where the parse joins it to a verb."""
    token = tree.tokens[verb]
    if token.dep == "acl":
        return token.head if tree.kid(verb, "nsubjpass") is None else None
    beside = token.dep == "advcl" and token.tag == "VBN" and verb > 0 and tree.tokens[verb - 1].pos in ("NOUN", "PROPN")
    return verb - 1 if beside and tree.kid(verb, "nsubjpass", "nsubj", "auxpass", "mark") is None else None


def _gives_out(tree: Tree, verb: int, patients: Sequence[int]) -> bool:
    """Whether words are given out, and nobody is set free: "released her statement"."""
    return tree.lemma(verb) == "release" and all(tree.lemma(index) in word_group("reports") for index in patients)


def whole_phrase(tree: Tree, index: int | None) -> list[int]:
    """The heads of a phrase, what a relative pronoun stands for looked up; none for None."""
    return [] if index is None else _all(tree, _antecedent(tree, index))


def _objects(tree: Tree, verb: int, word: EventWord) -> list[int]:
    """Whom a verb is done to: its object, what its clause is about, the object it shares, or what a preposition leads to."""
    if word.prepositions:
        return _after(tree, verb, word.prepositions, "prep", "dative")
    for kid in tree.below(verb, "dobj", "dative"):
        if tree.tokens[kid].pos != "ADP":
            return whole_phrase(tree, kid)
    head = tree.tokens[verb].head
    if tree.tokens[verb].dep == "relcl" and subject_of(tree, verb) != head:
        return _all(tree, head)
    for kid in tree.below(verb, "conj"):
        if tree.tokens[kid].pos == "VERB" and tree.kid(kid, "nsubj") is None:
            return _objects(tree, kid, word)
    return _after(tree, verb, EVENT_PREPOSITIONS, "prep")


def _after(tree: Tree, index: int, words: Container[str], *deps: str) -> list[int]:
    """The heads of the first phrase that one of some prepositions leads to."""
    for kid in tree.below(index, *deps, words=words):
        inner = tree.kid(kid, "pobj")
        if inner is not None and tree.tokens[inner].pos != "NUM":  # "his battle in 2008"
            return _all(tree, inner)
    return []


def _nominal(tree: Tree, noun: int, words: Sequence[EventWord]) -> Event | None:
    """The event of a noun: "Russia's attack on Kyiv", "launched an attack", "has the support of Sweden"."""
    word = words[0]
    agents = [index for kid in tree.below(noun, "poss") for index in _all(tree, kid)]
    agents += _after(tree, noun, ("by", "from"), "prep", "agent")
    agents += [kid for kid in tree.below(noun, "compound", "amod", "nmod") if _is_named(tree, kid)]
    owners = _after(tree, noun, ("of",), "prep", "agent")
    patients = _after(tree, noun, word.prepositions - {"of"}, "prep", "agent")
    if "of" in word.prepositions and not patients:
        patients = owners
    else:
        agents += owners
    verb = _carrier(tree, noun)
    received = verb is not None and tree.tokens[noun].dep == "dobj" and tree.lemma(verb) in word_group("receiving")
    if received and verb is not None and (owners or agents) and not is_passive(tree, verb):
        agents = list(dict.fromkeys([*agents, *owners]))
        patients = [] if tree.lemma(verb) in _NOT_HAD else whole_phrase(tree, subject_of(tree, verb))
    if not agents and verb is not None and tree.lemma(verb) in word_group("support verbs") and not is_passive(tree, verb):
        agents = whole_phrase(tree, subject_of(tree, verb))
    if not patients and verb is not None and tree.tokens[noun].dep == "dobj" and tree.tokens[verb].pos == "VERB":
        patients = _after(tree, verb, word.prepositions, "prep", "dative")
    return _event(tree, noun, agents, patients, word, "nominal") if patients or agents else None


_NOT_HAD = frozenset({"lack", "seek"})
"""Verbs whose subject is without what is done; "lost the support of Sweden" is a negated event."""


def _is_named(tree: Tree, index: int) -> bool:
    """Whether a word with a capital is a name: not "Heavy" where "Heavy attacks" opens a sentence or a quotation."""
    token = tree.tokens[index]
    if not token.text[:1].isupper():
        return False
    if token.pos == "PROPN" or token.text in demonyms():
        return True
    before = tree.tokens[tree.parse.sentences[tree.sentence_of[index]].first_token : index]
    words = [token for token in before if token.pos not in ("PUNCT", "SPACE")]
    return bool(words) and before[-1].text not in QUOTE_CHARS | {":"}


def _carrier(tree: Tree, noun: int) -> int | None:
    """The verb whose object a noun of doing is ("launched an attack")."""
    token = tree.tokens[noun]
    if token.dep not in ("dobj", "pobj"):
        return None
    return tree.tokens[token.head].head if token.dep == "pobj" else token.head


def _event(tree: Tree, index: int, agents: Sequence[int], patients: Sequence[int], word: EventWord, rule: EventRule) -> Event:
    token = tree.tokens[index]
    return Event(
        (token.start, token.end),
        tuple(_name(tree, head) for head in agents),
        tuple(_name(tree, head) for head in patients),
        word.patient_valence,
        word.agent_valence,
        factuality(tree, index),
        rule,
    )


def _antecedent(tree: Tree, index: int) -> int:
    """What a relative pronoun stands for, else the token itself."""
    token = tree.tokens[index]
    if token.tag in ("WDT", "WP", "WP$") or (token.text.lower() == "that" and token.dep in ("nsubj", "dobj", "nsubjpass")):
        here = token.head
        for _ in range(6):
            if tree.tokens[here].dep == "relcl":
                noun = tree.tokens[here].head
                return person_meant(tree.parse, noun) if token.text.lower() == "who" else noun
            if tree.tokens[here].head == here:
                break
            here = tree.tokens[here].head
    return index


def _all(tree: Tree, index: int) -> list[int]:
    """A phrase's head and what is coordinated with it."""
    conjuncts = [index]
    for _ in range(8):
        more = next((kid for kid in tree.kids[conjuncts[-1]] if tree.tokens[kid].dep == "conj"), None)
        if more is None or tree.tokens[more].pos == "VERB":
            break
        conjuncts.append(more)
    return conjuncts


def _name(tree: Tree, index: int) -> Span:
    """A head with the words of its name before it ("Kim Jong Un")."""
    tokens = tree.tokens
    first = index
    while first > 0 and tokens[first - 1].head == index and tokens[first - 1].dep in ("compound", "nmod"):
        first -= 1
    return tokens[first].start, tokens[index].end


def is_addressed(tree: Tree, index: int) -> bool:
    """Whether a phrase only names who is spoken to, and no event leads to it: "raised his concerns with Lind"."""
    token = tree.tokens[index]
    preposition = tree.tokens[token.head]
    verb = preposition.head
    words = ("with", "to")
    if token.dep != "pobj" or preposition.text.lower() not in words or preposition.dep not in ("prep", "dative"):
        return False
    if tree.tokens[verb].pos == "NOUN" and tree.tokens[verb].dep == "dobj":  # "concerns with Lind", as parsers hang it
        verb = tree.tokens[verb].head
    dobj = tree.kid(verb, "dobj")
    events = [*event_words_at(tree, verb), *(() if dobj is None else event_words_at(tree, dobj))]
    takes_preposition = any(preposition.text.lower() in word.prepositions for word in events)
    return tree.lemma(verb) in word_group("exchanging") and not takes_preposition


# --- factuality ------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Marks:
    """What was found on the way up: how many negations, whether irrealis or contrast, and the words that say so."""

    negations: int = 0
    irrealis: bool = False
    supposed: bool = False
    contrast: bool = False
    cues: set[int] = field(default_factory=set)

    def add(self, mark: _Mark, index: int) -> None:
        self.negations += mark == "negation"
        self.irrealis |= mark in ("irrealis", "supposed")
        self.supposed |= mark == "supposed"
        self.contrast |= mark == "contrast"
        self.cues.add(index)


_Mark = Literal["negation", "irrealis", "supposed", "contrast"]


def factuality(tree: Tree, index: int) -> Factuality:
    """Whether a word is negated, irrealis or set in contrast, looking up from it to the top of its sentence.

    Each negator flips the last: "did not fail to" is no negation. A word under "not" in another clause is not
    negated, unless that clause's verb passes it down ("failed to", "denied that", "does not plan to").
    """
    marks = _Marks()
    here = index
    for _ in range(FACTUALITY_STEPS):
        for kid in tree.kids[here]:
            mark = _beside(tree, index, here, kid)
            if mark is not None:
                marks.add(mark, kid)
        if tree.tokens[here].head == here:
            if (asked := _question_mark(tree, here)) is not None:
                marks.add("supposed", asked)
            break
        for mark in _above(tree, index, here):
            marks.add(mark, tree.tokens[here].head)
        if _stops(tree, here):
            break
        here = tree.tokens[here].head
    spans = tuple((tree.tokens[cue].start, tree.tokens[cue].end) for cue in sorted(marks.cues))
    return Factuality(marks.negations % 2 == 1, marks.irrealis, marks.contrast, spans, marks.supposed)


def _question_mark(tree: Tree, root: int) -> int | None:
    """The mark that ends a question of yes or no ("Did Norway attack?"); None for other sentences."""
    sentence = tree.parse.sentences[tree.sentence_of[root]]
    first = next((kid for kid in tree.below(root, "aux", "auxpass") if kid == sentence.first_token), None)
    if first is None and not (tree.tokens[root].pos == "AUX" and root == sentence.first_token):
        return None
    return next((index for index in range(sentence.last_token - 1, root, -1) if tree.tokens[index].text == "?"), None)


def _beside(tree: Tree, index: int, here: int, kid: int) -> _Mark | None:
    """What a child of a word on the way up says of it: "not", "nobody", "may", "if", "although"."""
    dep, low = tree.tokens[kid].dep, tree.word(kid)
    loose = dep in ("advmod", "det", "preconj", "cc") and low in word_group("negators") and kid < max(here, index)
    if dep == "neg" or loose:
        return "negation"
    if dep in ("nsubj", "nsubjpass", "dobj") and tree.tokens[here].pos in ("VERB", "AUX") and here == _verb_of(tree, index):
        none = any(tree.word(below) == "no" and kid != index for below in tree.below(kid, "det"))
        return "negation" if none or low in word_group("negative subjects") else None
    if dep == "aux" and tree.tokens[kid].tag == "MD" and low in word_group("irrealis modals"):
        return "irrealis"
    if dep == "mark" and low in word_group("conditional marks"):
        return "supposed"
    if dep == "advmod" and low == "longer" and any(tree.word(below) == "no" for below in tree.kids[kid]):
        return "negation"
    return "contrast" if dep == "mark" and low in word_group("contrast marks") else None


def _above(tree: Tree, index: int, here: int) -> Iterator[_Mark]:
    """What the word above one on the way up says of it: "failed to", "wants to", "a plan to", "despite", "without"."""
    token = tree.tokens[here]
    head, low, lemma = tree.tokens[token.head], tree.word(token.head), tree.lemma(token.head)
    turns = lemma in word_group("implicative negatives")
    clause = token.dep in ("xcomp", "ccomp") or (here != index and token.dep in ("dobj", "prep", "pcomp"))
    if clause and turns and (token.dep != "dobj" or lemma != "rule"):
        yield "negation"
    elif token.dep == "xcomp" and lemma in word_group("irrealis verbs"):
        yield "irrealis"
    elif token.dep == "dobj" and here == index and (turns or (token.pos == "NOUN" and lemma in word_group("taking back"))):
        yield "negation"
    if token.dep in ("acl", "relcl") and token.tag == "VB" and lemma in word_group("irrealis nouns"):
        yield "irrealis"
    if _is_let_go(tree, here) or (tree.word(here) == "short" and lemma in word_group("short of")):
        yield "negation"
    former = token.dep == "xcomp" and lemma == "use" and head.tag == "VBD"
    if (
        former
        or (token.dep == "xcomp" and lemma in word_group("reluctances"))
        or _is_alleged(tree, here)
        or _is_pressed(tree, here)
        or (token.dep == "ccomp" and lemma in word_group("wishing"))
    ):
        yield "supposed"
    if token.dep == "prep" and token.text.lower() == "of" and lemma in word_group("cases") and tree.word(head.head) == "in":
        yield "supposed"
    leads = head.pos in ("ADP", "SCONJ")
    if leads and low in word_group("contrast prepositions"):
        yield "contrast"
    if leads and (low in word_group("negative prepositions") or (low == "against" and token.dep == "pcomp")):
        yield "negation"
    if token.dep in ("prep", "acl") and low in word_group("negative nouns"):
        yield "negation"


def _is_let_go(tree: Tree, here: int) -> bool:
    """Whether somebody could have done it and did not: "passed on a chance to attack", "missed an opportunity to attack"."""
    token = tree.tokens[here]
    if token.dep != "acl" or token.tag != "VB" or tree.lemma(token.head) not in word_group("chances"):
        return False
    chance = tree.tokens[token.head]
    verb = tree.tokens[chance.head].head if chance.dep == "pobj" else chance.head
    return tree.lemma(verb) in word_group("let go")


def _is_pressed(tree: Tree, here: int) -> bool:
    """Whether others want somebody to do it: "faced pressure to attack", "was lobbied to attack", "lobbied him to attack"."""
    token = tree.tokens[here]
    if token.dep == "xcomp" and tree.lemma(token.head) in word_group("lobbying"):
        return True
    if token.tag != "VB" or token.dep not in ("acl", "advcl", "xcomp"):
        return False
    dobj = tree.kid(token.head, "dobj", "pobj")
    beside = dobj is not None and dobj < here and tree.lemma(dobj) in word_group("pressed to")
    return beside or tree.lemma(token.head) in word_group("pressed to")


def _is_alleged(tree: Tree, here: int) -> bool:
    """Whether somebody says that somebody has done it: "accused of attacking", "an allegation that he attacked"."""
    token = tree.tokens[here]
    if token.dep == "pcomp":
        return tree.word(token.head) in ("of", "for", "with") and tree.lemma(tree.tokens[token.head].head) in word_group(
            "alleging"
        )
    rumour = tree.kid(token.head, "nsubj", "nsubjpass")  # "rumours are circulating that he attacked"
    if token.dep in ("ccomp", "advcl") and rumour is not None and tree.lemma(rumour) in word_group("rumours"):
        return True
    return token.dep in ("acl", "relcl", "ccomp") and tree.lemma(token.head) in word_group("allegations")


def _stops(tree: Tree, here: int) -> bool:
    """Whether what stands above a word says nothing of how it stands: another clause, or the verb it is the subject of."""
    token = tree.tokens[here]
    if token.dep in ("advcl", "relcl", "parataxis", "conj") and token.pos in ("VERB", "AUX"):
        return not (token.dep == "conj" and tree.kid(here, "nsubj", "nsubjpass") is None)
    if token.dep == "ccomp":
        return tree.lemma(token.head) not in word_group("implicative negatives")
    return token.dep in ("nsubj", "nsubjpass")


def _verb_of(tree: Tree, index: int) -> int:
    """The nearest verb at or above a token."""
    for _ in range(20):
        token = tree.tokens[index]
        if token.pos in ("VERB", "AUX") or token.head == index:
            return index
        index = token.head
    return index
