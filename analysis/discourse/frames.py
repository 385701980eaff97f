"""What a cue takes: each verb, noun, adjective, adverb or preposition of the lexicon with its source and content.

Every way to take content is a named rule with a sentence it takes and one, near it, that it leaves; both are its test.
A cue's frames (see ``ReportingWord``) say which rules may hold for it; of those the first that finds content counts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from ..model import AttributionKind, Token
from .lexicon import ReportingWord, word_group
from .rules import Rule
from .syntax import (
    CHAIN_MAX,
    FINITE,
    SUBJECTS,
    Tree,
    agent_of,
    clause_top,
    is_mute,
    is_passive,
    outer_conjunct,
    outer_cue,
    reporting_word_at,
    set_off,
    source_tokens,
    subject_after,
    subject_of,
)

BRANCHES_MAX: Final = 12
"""How many clauses below a content are looked at for a participle that goes on with the cue ("..., claiming")."""
INSERTED_TOKENS: Final = 12
"""An inserted "experts say" is no longer than this."""
THOUGHT_TOKENS: Final = 6
"""An inserted "I think" is no longer than this."""
HOLDER_STEPS: Final = 4
"""How many phrases may lie between a view and the verb whose subject holds it ("some of the fears of")."""


@dataclass(slots=True)
class Draft:
    """An attribution in the making. Words are given by the numbers of their tokens.

    Attributes:
        index: the token from which it was found.
        cue: the tokens of the cue.
        source: the tokens of the source; empty where none is named.
        content: the tokens of the content.
        rule: the rule that found it.
        word: the entry of the lexicon for its cue; None where a quotation needs none.
        quotes: the numbers of the quotations given to it.
        head: the token at the head of the content; -1 for none.
        kind: direct, indirect, according-to or floating; None until it is settled.
    """

    index: int
    cue: set[int]
    source: set[int]
    content: set[int]
    rule: str
    word: ReportingWord | None = None
    quotes: list[int] = field(default_factory=list)
    head: int = -1
    kind: AttributionKind | None = None


@dataclass(frozen=True, slots=True)
class Site:
    """A verb of the lexicon where it stands.

    Attributes:
        tree: the parse.
        verb: its token.
        word: its entry in the lexicon.
        subject: the token of its subject; None where it has none.
        passive: whether it is passive.
    """

    tree: Tree
    verb: int
    word: ReportingWord
    subject: int | None
    passive: bool


@dataclass(frozen=True, slots=True)
class Content:
    """What a cue takes.

    Attributes:
        head: the token at the head of the content; -1 for none.
        tokens: its tokens.
        preposition: the token of the preposition that leads to it.
        speaker: the token of who says it, where the rule knows better than the cue's own subject.
        cue: the token of the cue, where it is not the verb itself.
    """

    head: int
    tokens: set[int]
    preposition: int | None = None
    speaker: int | None = None
    cue: int | None = None


@dataclass(frozen=True, slots=True)
class FrameRule(Rule):
    """One way in which a verb takes content.

    Attributes:
        name: what the results carry.
        takes: a text in which it finds content.
        leaves: one near it in which it finds none.
        find: gives the content. A content without tokens says that the verb takes none at all; None says that the
            next rule may look.
    """

    find: Callable[[Site], Content | None]


NOTHING: Final = Content(-1, set())


def cue_tokens(tree: Tree, verb: int, preposition: int | None = None) -> set[int]:
    """A verb with its auxiliaries, negation and particle, and the preposition that leads to its content."""
    return {verb, *tree.below(verb, "aux", "auxpass", "neg", "prt"), *([] if preposition is None else [preposition])}


# --- verbs ----------------------------------------------------------------------------------------------------


def _verb(tree: Tree, verb: int, word: ReportingWord) -> Draft | None:
    """The attribution that a verb makes, by the first rule that finds content."""
    token = tree.tokens[verb]
    if token.dep in ("amod", "compound", "nmod") or _only_names(tree, verb):
        return None
    subject = subject_of(tree, verb)
    bare = token.tag == "VB" and tree.kid(verb, "aux") is None
    if subject is None and bare and (word.act in ("think", "judge", "want", "show") or token.dep == "ROOT"):
        return None
    site = Site(tree, verb, word, subject, is_passive(tree, verb))
    for rule in VERB_RULES:
        content = rule.find(site)
        if content is not None:
            return _drafted(site, content, rule.name) if content.tokens and _can_hold(site, content, rule.name) else None
    return None


def _can_hold(site: Site, content: Content, rule: str) -> bool:
    """Whether the source of a verb can think or speak: a thing only shows ("the figures show that"), nobody does neither."""
    tree = site.tree
    speaker = content.speaker if content.speaker is not None else _speaker(site, content, rule)
    if rule == "seems-to" or site.passive or (speaker is None and rule in WHOLE_RULES and tree.tokens[site.verb].tag != "VBG"):
        return True
    if speaker is None or _is_enabled(tree, site.verb):
        return False
    speaker = _counted(tree, speaker)
    token = tree.tokens[speaker]
    if token.dep in ("csubj", "csubjpass") or _is_nobody(tree, speaker) or _is_asked(tree, speaker):
        return False
    thing = _antecedent(tree, token)
    if site.word.act == "show" and tree.tokens[site.verb].tag == "VB" and tree.kid(site.verb, "aux", words=("to",)) is not None:
        return False  # what is done to determine something
    beside = tree.below(thing.index, "appos")  # "another figure, Anna Lind, said"
    named = any(tree.tokens[kid].pos == "PROPN" for kid in beside)
    if not is_mute(thing) or named or site.word.act == "show":
        return True
    text = token.text.lower() == "it" and site.word.act in ("say", "judge")
    pointed = token.text.lower() in ("this", "that") and site.word.act == "say" and rule in WHOLE_RULES
    return (text and tree.tokens[site.verb].tag != "VB") or (pointed and tree.tokens[site.verb].tag in FINITE)


def _is_asked(tree: Tree, subject: int) -> bool:
    """Whether whoever is spoken to is asked here what he thinks: "Why do you think that?"."""
    last = tree.parse.sentences[tree.sentence_of[subject]].last_token - 1
    while last > subject and tree.tokens[last].pos in ("SPACE", "PUNCT") and tree.tokens[last].text != "?":
        last -= 1
    return tree.word(subject) == "you" and tree.tokens[last].text == "?"


def _antecedent(tree: Tree, token: Token) -> Token:
    """What "that" or "which" stands for in a relative clause; of other words themselves."""
    if token.text.lower() not in ("that", "which"):
        return token
    clause = tree.tokens[token.head]
    return tree.tokens[clause.head] if clause.dep == "relcl" else token


def _is_enabled(tree: Tree, verb: int) -> bool:
    """Whether something lets or makes somebody do what an infinitive says: "a law that allows shops to deny service"."""
    token = tree.tokens[verb]
    return token.tag == "VB" and token.dep in ("xcomp", "ccomp") and tree.lemma(token.head) in word_group("enabling")


def _counted(tree: Tree, noun: int) -> int:
    """Who is counted by a quantity: of "half of the voters" the voters."""
    of = tree.kid(noun, "prep", words=("of",)) if tree.lemma(noun) in word_group("quantities") else None
    inner = None if of is None else tree.kid(of, "pobj")
    return noun if inner is None else inner


def _is_nobody(tree: Tree, noun: int) -> bool:
    """Whether a subject names nobody: "no one", "nobody"."""
    return tree.word(noun) in word_group("negative subjects") or (
        tree.word(noun) == "one" and tree.kid(noun, "det", words=("no",)) is not None
    )


WHOLE_RULES: Final = frozenset({"clause", "far-clause", "as", "inserted"})
"""Rules whose content is a clause: a text can say it, of which the mute nouns know nothing ("it said that")."""


def _only_names(tree: Tree, verb: int) -> bool:
    """Whether a participle only says what something is called: "a group called the Oslo Forum"."""
    token = tree.tokens[verb]
    tokens, named = tree.tokens, verb + 1
    if token.tag not in ("VBN", "VBD") or tree.lemma(verb) not in ("call", "name", "dub"):
        return False
    if tree.kid(verb, "aux", "auxpass", "agent", "nsubj", "nsubjpass") is not None or token.dep not in ("acl", "relcl"):
        return False
    while named < len(tokens) and tokens[named].pos == "DET":
        named += 1
    after = named
    while after < len(tokens) and tokens[after].pos == "PROPN":
        after += 1
    goes_on = after < len(tokens) and (tokens[after].pos in ("DET", "ADJ") or tree.quote_of[after] != tree.quote_of[verb])
    return after > named and not goes_on  # "his first post called Lind a liar"


def _drafted(site: Site, clause: Content, rule: str) -> Draft | None:
    tree, verb = site.tree, site.verb
    speaker = clause.speaker if clause.speaker is not None else _speaker(site, clause, rule)
    source, content = source_tokens(tree, speaker, (verb,)), set(clause.tokens)
    if site.passive and speaker is not None:
        for kid in tree.below(speaker, "prep", words=("of", "for"), after=speaker):
            if tree.kid(kid, "pcomp"):
                source -= tree.under(kid)
                content |= tree.under(kid)
    content = {index for index in content - source if index >= tree.dateline_end[tree.sentence_of[index]]}
    cue = cue_tokens(tree, verb, clause.preposition) if clause.cue is None else {clause.cue}
    return Draft(verb if clause.cue is None else clause.cue, cue, source, content, rule, site.word, head=clause.head)


def _speaker(site: Site, content: Content, rule: str) -> int | None:
    if site.passive:
        agent = agent_of(site.tree, site.verb)
        moved = agent is None and rule == "clause" and site.word.lemma in ("convince", "persuade")
        return site.subject if moved else agent  # "Lind is convinced that"
    if site.subject is None and content.head < site.verb and rule in ("clause", "far-clause") and site.word.lemma != "tell":
        return subject_after(site.tree, site.verb)
    return site.subject


def _quoted(site: Site) -> Content | None:
    """The words of whoever is quoted: "the paper quoted her as saying", "was quoted calling", "a video showed her telling"."""
    tree, verb = site.tree, site.verb
    if site.word.lemma not in word_group("carriers") or not _is_carried(site):
        return None
    as_ = tree.kid(verb, "prep", words=("as",), after=verb)
    saying = tree.kid(as_, "pcomp") if as_ is not None else tree.kid(verb, "xcomp", "ccomp", after=verb)
    word = None if saying is None else reporting_word_at(tree, saying)
    if saying is None or word is None or tree.tokens[saying].tag != "VBG" or word.act not in ("say", "judge"):
        return None
    speaker = tree.kid(verb, "nsubjpass") if site.passive else tree.kid(saying, "nsubj") or tree.kid(verb, "dobj")
    if speaker is None:
        return None
    fronted = tree.kid(verb, "ccomp")
    if fronted is not None and fronted < verb:
        return Content(fronted, tree.under(fronted), as_, speaker)
    lower = Site(tree, saying, word, speaker, False)
    content = next((content for rule in VERB_RULES[1:] if (content := rule.find(lower)) is not None), NOTHING)
    return Content(content.head, content.tokens, as_, speaker) if content.tokens else None


def _is_carried(site: Site) -> bool:
    """Whether a verb of showing or hearing is of a recording here ("a video showed her telling", "was heard telling")."""
    if site.word.lemma in ("quote", "cite"):
        return True
    return site.passive or (site.subject is not None and site.tree.lemma(site.subject) in word_group("recordings"))


def _rejected_claim(site: Site) -> Content | None:
    """The claim that somebody denies, given to whoever made it: "rejected Herald claims that it was broke"."""
    tree, verb = site.tree, site.verb
    if site.word.lemma not in word_group("rejecting"):
        return None
    for claim in tree.below(verb, "dobj", "ccomp", after=verb):
        clause = tree.kid(claim, "acl", "ccomp", "relcl")
        before = claim - 1  # the parser may take "claims" for a verb, and the name before it for an object of its own
        owner = before if tree.kid(verb, "dobj") == before and tree.tokens[before].pos == "PROPN" else _named_owner(tree, claim)
        if clause is not None and owner is not None and tree.lemma(claim) in word_group("allegations"):
            return Content(clause, tree.under(clause), speaker=owner, cue=claim)
    return None


def _seems_to(site: Site) -> Content | None:
    """Content that includes the subject and has no named source: "Anna Lind seems to be ill"."""
    tree, verb = site.tree, site.verb
    if "s" not in site.word.frames:
        return None
    lower = tree.kid(verb, "xcomp", "oprd", "acomp")
    if lower is None or site.subject is None:
        return NOTHING
    return Content(lower, tree.under(lower) | tree.under(site.subject, (verb,)))


def _clause(site: Site) -> Content | None:
    tree, verb = site.tree, site.verb
    if "c" not in site.word.frames:
        return None
    clauses = [kid for kid in tree.below(verb, "ccomp") if kid > verb or "q" in site.word.frames]
    behind = [kid for kid in clauses if kid > verb]
    if behind and (site.passive or any(tree.quote_of[kid] < 0 for kid in clauses if kid < verb)):
        clauses = behind
    for kid in clauses:
        apart = kid < verb and any(tree.tokens[other].text == ";" for other in tree.kids[verb] if kid < other < verb)
        apart = apart or (kid < verb and tree.quote_of[kid] < 0 and _has_object(tree, verb))
        wish = site.word.act == "want" and tree.tokens[min(tree.under(kid))].tag in ("WP", "WDT")
        if not apart and not wish and not _behind_colon(site, kid):
            return Content(kid, _within(tree, kid, verb) | _lost_subject(tree, kid, verb))
    return None


def _lost_subject(tree: Tree, clause: int, verb: int) -> set[int]:
    """The subject of a clause that the parser hung on the verb of saying: "said the road itself, which is new, will close"."""
    if clause < verb or tree.lemma(verb) == "tell" or tree.kid(clause, *SUBJECTS, "expl") is not None:
        return set()
    if tree.tokens[clause].tag not in FINITE and tree.kid(clause, "aux", "auxpass") is None:
        return set()
    for kid in tree.below(verb, "dobj", "npadvmod", "attr", "nsubj", after=verb):
        if kid < clause and tree.lemma(kid) not in word_group("times") and tree.tokens[kid].pos in ("NOUN", "PROPN", "PRON"):
            return tree.under(kid)
    return set()


def _has_object(tree: Tree, verb: int) -> bool:
    """Whether a verb of saying has an object other than its listener: "ordered more, Lind ordered less"."""
    dobj = tree.kid(verb, "dobj", after=verb)
    return dobj is not None and tree.lemma(verb) != "tell"


def _behind_colon(site: Site, clause: int) -> bool:
    """Whether a colon parts a clause from the cue and its subject: "They were asked: ten voters said yes"."""
    tree = site.tree
    if site.subject is None or not clause < site.subject < site.verb:
        return False
    first = min(tree.under(site.subject))
    return first > 0 and tree.tokens[first - 1].text == ":"


def _within(tree: Tree, kid: int, verb: int) -> set[int]:
    """A clause below a cue, without a conjunct that is a cue on the same level ("said A and promised B")."""
    left_out = {verb} if kid < verb else set()
    left_out |= _same_level(tree, kid, verb) | _participles(tree, kid, verb)
    tokens = tree.under(kid, left_out)
    if others := left_out - {verb}:
        low = min(tree.under(min(others)))
        while low - 1 in tokens and tree.tokens[low - 1].dep in ("cc", "punct"):
            low -= 1
            tokens.discard(low)
    return tokens


def _same_level(tree: Tree, kid: int, verb: int) -> set[int]:
    """A verb of saying joined to a content though it goes on with its cue ("said he would come and promised to stay")."""
    here: int | None = kid
    for _ in range(CHAIN_MAX):
        here = None if here is None else tree.kid(here, "conj")
        if here is None:
            break
        if here > verb and outer_conjunct(tree, here) == verb:
            return {here}
    return set()


def _participles(tree: Tree, kid: int, verb: int) -> set[int]:
    """Participles of saying that the parser put into the content: "insisted that he won, claiming ..."."""
    participles: set[int] = set()
    chain, seen = [kid], 0
    while chain and seen < BRANCHES_MAX:
        seen += 1
        for low in tree.kids[chain.pop()]:
            token = tree.tokens[low]
            if token.dep == "advcl" and token.tag == "VBG" and low > verb and outer_cue(tree, low) == verb:
                word = reporting_word_at(tree, low)
                if word is not None and word.act == "say" and tree.quote_of[low] < 0:
                    participles.add(low)
            elif token.dep in ("xcomp", "conj"):
                chain.append(low)
    return participles


def _as(site: Site) -> Content | None:
    """Content around an "as" clause: "as X noted", "as X puts it"."""
    tree, verb = site.tree, site.verb
    if tree.tokens[verb].dep != "advcl" or tree.kid(verb, "mark", words=("as",)) is None:
        return None
    dobj = tree.kid(verb, "dobj", "xcomp")
    puts_it = "i" in site.word.frames and dobj is not None and tree.word(dobj) == "it"
    noted = "c" in site.word.frames and ("o" in site.word.frames or site.word.lemma == "tell")
    if puts_it or (dobj is None and noted and "i" not in site.word.frames):
        head = tree.tokens[verb].head
        return Content(head, tree.under(head, (verb,)))
    return None


def _inserted(site: Site) -> Content | None:
    """Content around a cue that stands within it: "A, experts say, B"."""
    tree, verb, word = site.tree, site.verb, site.word
    token = tree.tokens[verb]
    if not {"c", "q"} <= word.frames or word.act not in ("say", "think") or token.dep not in ("parataxis", "ccomp"):
        return None
    if tree.quote_of[verb] >= 0 and tree.quote_of[verb] != tree.quote_of[token.head]:
        return None
    below = tree.under(verb)
    subject = tree.kid(verb, "nsubj")
    if subject is None or tree.word(subject) == "you" or tree.kid(verb, "mark", "neg") is not None:
        return None
    if word.act == "think" and (len(below) > THOUGHT_TOKENS or tree.kid(verb, "dobj") is not None):
        return None
    if token.dep == "ccomp" and not _stands_between(tree, verb, below):
        return None
    return Content(token.head, tree.under(clause_top(tree, token.head), (verb,)))


def _stands_between(tree: Tree, verb: int, below: set[int]) -> bool:
    """Whether a clause is set off on both sides from the one it stands in."""
    head, first = tree.tokens[verb].head, min(below)
    above = reporting_word_at(tree, head)
    if head > verb or len(below) > INSERTED_TOKENS or not set_off(tree, below) or (above is not None and "c" in above.frames):
        return False
    before = tree.tokens[first - 1].text if first else ","
    return tree.tokens[first].pos == "PUNCT" or before in (",", "—", "–", "--", "''", "”", '"')


def _far_clause(site: Site) -> Content | None:
    """A that-clause that the parser hung on the listener ("told a crowded hall that")."""
    tree, verb = site.tree, site.verb
    if not {"c", "q"} <= site.word.frames or site.word.act != "say":
        return None
    for kid in tree.below(verb, "dobj", "dative", "prep", "npadvmod", "advcl", "acl", "xcomp", "oprd", "relcl", after=verb):
        if tree.tokens[kid].pos == "VERB" and reporting_word_at(tree, kid) is not None:
            continue  # "ruled it out, noting that"
        for low in [kid, *tree.kids[kid], *(k for j in tree.kids[kid] for k in tree.kids[j])]:
            if tree.tokens[low].dep in ("acl", "relcl", "ccomp", "advcl") and low > verb + 1:
                mark = tree.kid(low, "mark", "nsubj")
                if mark is not None and tree.word(mark) == "that" and tree.tokens[mark].tag == "IN":
                    return Content(low, _within(tree, low, verb))
    return None


def _asked_about(site: Site) -> Content | None:
    """What a question is about, where only the one who is asked is named: "Anna Lind was asked about the plan"."""
    if not site.passive or site.word.act != "ask":
        return None
    return _by_preposition(site) or NOTHING


def _infinitive(site: Site) -> Content | None:
    tree, verb = site.tree, site.verb
    if "x" not in site.word.frames or site.passive or _is_told_to(tree, verb):
        return None
    lower = tree.kid(verb, "xcomp")
    if lower is None or lower < verb or tree.tokens[lower].pos not in ("VERB", "AUX"):
        return None
    tokens = _within(tree, lower, verb)
    dobj = tree.kid(verb, "dobj")
    if dobj is not None and verb < dobj < lower and site.word.lemma not in ("tell", "ask"):
        tokens |= tree.under(dobj)
    return Content(lower, tokens)


def _is_told_to(tree: Tree, verb: int) -> bool:
    """Whether a participle after another's auxiliary tells its subject what to do: "was charged and ordered to pay"."""
    token = tree.tokens[verb]
    alone = tree.kid(verb, "dobj", "nsubj", "aux", "auxpass") is None and tree.lemma(verb) in word_group("pressing")
    return alone and token.dep == "conj" and is_passive(tree, token.head)


def _passive(site: Site) -> Content | None:
    """The subject of a passive as what is said something about: "X was praised by Y", "X is said to be ill"."""
    tree, verb, word, subject = site.tree, site.verb, site.word, site.subject
    if not site.passive:
        return None
    if word.lemma in ("quote", "cite") and any(tree.word(kid) == "as" for kid in tree.kids[verb]):
        return NOTHING
    lower = tree.kid(verb, "xcomp", "oprd", "ccomp", after=verb)
    prep = tree.kid(verb, "prep", words=("as", "of", "for"), after=verb)
    misread = tree.tokens[verb].dep == "acl" and tree.kid(verb, "dobj") is not None and tree.kid(verb, "agent") is None
    if misread or word.lemma == "issue" or word.lemma in word_group("informing"):
        return NOTHING
    if subject is None or not _passive_frame(site, lower, prep):
        return NOTHING
    if word.lemma in word_group("idle passives") and tree.kid(verb, "agent") is None:
        return NOTHING
    tokens = tree.under(subject, (verb,))
    for below in (lower, prep):
        tokens |= set() if below is None else tree.under(below)
    return Content(subject, tokens)


def _passive_frame(site: Site, lower: int | None, prep: int | None) -> bool:
    """Whether a passive cue has what its frames ask for: something said of its subject, or somebody who says it."""
    frames = site.word.frames
    filled = lower is not None or prep is not None or site.tree.kid(site.verb, "agent") is not None
    return (
        ("o" in frames and (site.word.act != "say" or filled))
        or ("x" in frames and lower is not None)
        or ("O" in frames and prep is not None)
    )


def _relative(site: Site) -> Content | None:
    """A noun with its relative clause, of which the cue is the verb: "the plan she praised"."""
    tree, verb = site.tree, site.verb
    head = tree.tokens[verb].head
    if "o" not in site.word.frames or tree.tokens[verb].dep != "relcl" or site.subject == head:
        return None
    relative = site.subject is not None and (
        tree.word(site.subject) in ("that", "which", "who") or tree.kid(site.subject, "poss", words=("whose",)) is not None
    )
    if site.word.act not in ("say", "judge") or relative:
        return None
    if tree.kid(verb, "dobj", "dative", "ccomp", "xcomp", "prep") is not None:
        return None
    return Content(head, tree.under(head, (verb,)))


def _small_clause(site: Site) -> Content | None:
    """The content of "called him a liar" where the parser gives no object."""
    tree, verb = site.tree, site.verb
    if "o" not in site.word.frames or tree.kid(verb, "dobj", "dative") is not None:
        return None
    parts = list(tree.below(verb, "ccomp", "oprd", after=verb))
    return Content(parts[0], set().union(*(tree.under(kid) for kid in parts))) if parts else None


def _object(site: Site) -> Content | None:
    tree, verb, word = site.tree, site.verb, site.word
    dobj = tree.kid(verb, "dobj", "dative")
    rest = [kid for kid in tree.kids[verb] if kid > verb and _completes(tree, kid)]
    naming = any(tree.word(kid) == "as" or tree.tokens[kid].dep == "oprd" for kid in rest)
    if dobj is None or not ("o" in word.frames or ("O" in word.frames and naming)):
        return None
    if word.act == "judge" and (tree.word(dobj) == "you" or _is_blow(site, dobj)):
        return None
    if word.act == "say" and not rest and tree.lemma(dobj) in word_group("not said"):
        return NOTHING
    if word.act == "judge" and _is_purpose(tree, verb):
        return NOTHING
    if word.lemma == "issue" and tree.lemma(dobj) not in word_group("issued"):
        return NOTHING
    if word.lemma == "confirm" and site.subject is not None and tree.word(site.subject) in word_group("elected bodies"):
        return NOTHING  # "the Senate confirmed a judge"
    if word.lemma == "write" and all(tree.tokens[kid].tag == "VBN" for kid in tree.below(dobj, "relcl", "acl")):
        return NOTHING
    tokens = set().union(tree.under(dobj), *(tree.under(kid) for kid in rest))
    if word.lemma in word_group("naming") and dobj > verb:
        away = list(tree.below(verb, "conj", "advcl", "cc", "npadvmod", "ccomp", after=dobj))
        tokens |= {kid for kid in tree.under(verb, away) if kid > verb}
    return Content(dobj, tokens)


def _named_owner(tree: Tree, noun: int) -> int | None:
    """The owner of a report or claim, by the name before it: "Herald reports", "Lind's claims"."""
    kids = tree.below(noun, "poss", "compound", "nmod")
    return next((kid for kid in kids if tree.tokens[kid].pos == "PROPN"), None)


def _completes(tree: Tree, kid: int) -> bool:
    """Whether a child of a cue says something of the cue's object."""
    dep = tree.tokens[kid].dep
    return dep in ("oprd", "acomp", "xcomp") or (
        dep in ("prep", "dative") and tree.word(kid) in ("as", "of", "for", "with", "to", "from")
    )


def _is_blow(site: Site, dobj: int) -> bool:
    """Whether "attacked", "hit" and the like are events here: done by fighters, or to a place or thing."""
    tree = site.tree
    if site.word.lemma not in word_group("blows"):
        return False
    subject = None if site.subject is None else tree.lemma(site.subject)
    return subject in word_group("fighters") or tree.lemma(dobj) in word_group("places")


def _is_purpose(tree: Tree, verb: int) -> bool:
    """Whether an infinitive says what something is for: "soldiers to support Russia" hold no view of it."""
    token = tree.tokens[verb]
    below = token.dep in ("acl", "relcl", "advcl") or (token.dep == "xcomp" and tree.kid(token.head, "dobj") is not None)
    return below and token.tag == "VB" and tree.kid(verb, "aux") is not None


def _by_preposition(site: Site) -> Content | None:
    tree, verb = site.tree, site.verb
    for kid in tree.below(verb, "prep", "agent", "dative", words=site.word.prepositions, after=verb):
        lower = tree.kid(kid, "pobj", "pcomp")
        if lower is None:
            continue
        tokens = tree.under(lower)
        infinitive = tree.kid(verb, "xcomp", "advcl")
        if tree.word(kid) == "on" and infinitive is not None and infinitive > kid:
            tokens |= tree.under(infinitive)
        for other in tree.below(verb, "prep", words=("as",), after=kid):
            tokens |= tree.under(other)
        return Content(lower, tokens, kid)
    return None


VERB_RULES: Final[tuple[FrameRule, ...]] = (
    FrameRule(
        "quoted",
        "The paper quoted Anna Lind as saying that Norway had failed.",
        "The paper quoted Anna Lind.",
        _quoted,
    ),
    FrameRule(
        "rejected-claim",
        "The club rejected Herald claims that the coach had quit.",
        "The club rejected Herald readers that the coach had met.",
        _rejected_claim,
    ),
    FrameRule("seems-to", "Anna Lind seems to be ill.", "Anna Lind seems so, and the town waits.", _seems_to),
    FrameRule("clause", "Anna Lind said that Norway had failed.", "Anna Lind said nothing.", _clause),
    FrameRule(
        "as",
        "Norway failed its people in the war, as Anna Lind noted.",
        "Norway fell silent in the war, as Anna Lind arrived.",
        _as,
    ),
    FrameRule("inserted", "Norway, experts say, has failed.", "Norway, experts in hand, has failed.", _inserted),
    FrameRule(
        "far-clause",
        "Anna Lind said earlier on Friday during a news conference that she may resign.",
        "Anna Lind said no on Friday during a news conference.",
        _far_clause,
    ),
    FrameRule("asked-about", "Anna Lind was asked about the plan.", "Anna Lind was asked again.", _asked_about),
    FrameRule("infinitive", "Anna Lind promised to resign.", "Anna Lind promised much.", _infinitive),
    FrameRule("passive", "The plan was praised by Anna Lind.", "The plan was published by Anna Lind.", _passive),
    FrameRule("relative", "The plan Anna Lind praised is dead.", "The plan Anna Lind drew is dead.", _relative),
    FrameRule(
        "small-clause",
        "Scientists describe how warm water breaks the ice.",
        "Scientists describe at length.",
        _small_clause,
    ),
    FrameRule("object", "Anna Lind praised the plan.", "Gunmen attacked a market.", _object),
    FrameRule("preposition", "Anna Lind railed against the plan.", "Anna Lind leaned against the wall.", _by_preposition),
)
"""In the order in which they are tried."""


# --- nouns, adjectives, adverbs ---------------------------------------------------------------------------------


def _noun(tree: Tree, noun: int, word: ReportingWord) -> Draft | None:
    """An attribution by a noun: "the claim that", "his opposition to". Its source is an owner or a light verb's subject."""
    content, rule = _noun_content(tree, noun, word)
    if content is None:
        return None
    person = word.lemma in word_group("holders")
    owner = owner_of_view(tree, noun, content.preposition)
    if owner is None or person:
        held = _holder(tree, noun, content.preposition)
        owner = held if held is not None or not person else noun
    if owner is not None and owner != noun and _holds_none(tree, _counted(tree, owner), word):
        owner = None
    source = source_tokens(tree, owner, (noun,) if owner != noun else ()) - content.tokens
    if not source and rule == "noun-preposition" and word.act != "think":
        return None  # "praise of Lind" is nobody's; "fears of a war" are somebody's
    leads = set() if content.preposition is None else {content.preposition}
    if owner == noun:
        source -= leads
    return Draft(noun, {noun} | leads, source, content.tokens, rule, word, head=content.head)


def _holds_none(tree: Tree, owner: int, word: ReportingWord) -> bool:
    """Whether a thing cannot hold a view, or a claim no feeling: "the claim rests on faith in Lind"."""
    felt = word.act in ("think", "judge") and tree.lemma(owner) in word_group("allegations")
    return felt or is_mute(tree.tokens[owner])


def _noun_content(tree: Tree, noun: int, word: ReportingWord) -> tuple[Content | None, str]:
    for kid in tree.kids[noun]:
        if kid < noun:
            continue
        dep = tree.tokens[kid].dep
        if dep in ("acl", "ccomp", "relcl") and _opens(tree, kid, word):
            return Content(kid, tree.under(kid)), "noun-clause"
        if dep == "prep" and tree.word(kid) in word.prepositions:
            lower = tree.kid(kid, "pobj", "pcomp")
            if lower is not None:
                return Content(lower, tree.under(lower), kid), "noun-preposition"
    return None, ""


def _opens(tree: Tree, clause: int, word: ReportingWord) -> bool:
    """Whether a clause opens as the content of its noun: "that ...", "to ..."."""
    mark = next((kid for kid in tree.below(clause, "mark", "aux") if kid < clause), None)
    if mark is None:
        return False
    stated = "c" in word.frames and tree.word(mark) in ("that", "whether", "if") and tree.tokens[clause].dep != "relcl"
    return stated or ("x" in word.frames and tree.word(mark) == "to")


def owner_of_view(tree: Tree, noun: int, preposition: int | None) -> int | None:
    """Whose claim or hope it is: "Lind's claim", "a claim by Lind"."""
    owner = tree.kid(noun, "poss")
    if owner is not None:
        return owner
    for kid in tree.below(noun, "prep", words=("of", "by", "from", "among")):
        if kid != preposition:
            return tree.kid(kid, "pobj")
    return _named_owner(tree, noun) if tree.lemma(noun) in word_group("allegations") else None


def _holder(tree: Tree, noun: int, preposition: int | None) -> int | None:
    """Who holds a view that names nobody: from, by or among whom it is, or the subject of the verb it hangs on."""
    tokens = tree.tokens
    index = _whole(tree, noun)
    dep = tokens[index].dep
    if dep == "appos":
        return tokens[index].head
    verb = tokens[index].head
    if dep == "pobj":
        verb = tokens[verb].head
    if dep not in ("dobj", "attr", "pobj") or tokens[verb].pos not in ("VERB", "AUX"):
        return None
    for kid in tree.below(verb, "prep", words=("from", "by", "among"), after=noun):
        if kid != preposition:
            return tree.kid(kid, "pobj")
    idle = dep == "pobj" and tree.lemma(verb) in ("be", "come")
    if tree.lemma(verb) in word_group("not holders") or is_passive(tree, verb) or idle:
        return None
    subject = subject_of(tree, verb)
    mute = subject is not None and tokens[subject].pos == "NOUN" and tree.lemma(subject) in word_group("mute")
    return None if mute else subject


def _whole(tree: Tree, noun: int) -> int:
    """The phrase a view is counted in: of "some of the fears", "hopes and fears" the first word."""
    tokens, index = tree.tokens, noun
    for _ in range(HOLDER_STEPS):
        token = tokens[index]
        above = tokens[token.head]
        if token.dep == "pobj" and above.text.lower() == "of" and tokens[above.head].pos in ("NOUN", "NUM"):
            index = above.head
        elif token.dep == "conj":
            index = token.head
        else:
            break
    return index


def _adjective(tree: Tree, index: int, word: ReportingWord) -> Draft | None:
    """An attribution by an adjective: "is confident that", "keen to". Its source is the subject."""
    token = tree.tokens[index]
    verb = token.head
    content, rule = _adjective_content(tree, index, word)
    if content is None:
        return None
    if token.dep in ("amod", "appos", "relcl", "acl"):
        subject: int | None = token.head
    else:
        subject = subject_of(tree, verb if token.dep in ("acomp", "attr") else index)
    if subject is not None and is_mute(tree.tokens[subject]):
        return None
    cue = {index} if content.preposition is None else {index, content.preposition}
    if tree.tokens[verb].pos == "AUX" and token.dep in ("acomp", "attr"):
        cue |= cue_tokens(tree, verb)
    source = source_tokens(tree, subject, (index,)) - content.tokens
    return Draft(index, cue, source, content.tokens, rule, word, head=content.head)


def _adjective_content(tree: Tree, index: int, word: ReportingWord) -> tuple[Content | None, str]:
    degree = tree.kid(index, "advmod", words=("so", "too", "enough")) is not None  # "so upset that": what comes of it
    for kid in () if degree else tree.kids[index]:
        if kid < index:
            continue
        dep = tree.tokens[kid].dep
        if (dep == "ccomp" and word.frames & {"c", "x"}) or (dep == "xcomp" and "x" in word.frames):
            return Content(kid, tree.under(kid)), "adjective-clause"
        if dep == "prep" and tree.word(kid) in word.prepositions:
            lower = tree.kid(kid, "pobj", "pcomp")
            if lower is not None:
                return Content(lower, tree.under(lower), kid), "adjective-preposition"
    if tree.tokens[index].dep in ("acomp", "attr") and "c" in word.frames and not degree:
        lower = tree.kid(tree.tokens[index].head, "ccomp", "xcomp")
        if lower is not None and lower > index:
            return Content(lower, tree.under(lower)), "adjective-clause"
    return None, ""


def _adverb(tree: Tree, index: int, word: ReportingWord) -> Draft | None:
    """An attribution of the clause around an adverb to nobody named: "reportedly"."""
    top = clause_top(tree, tree.tokens[index].head)
    content = tree.under(top) - {index}
    return Draft(index, {index}, set(), content, "adverb", word, head=top) if content else None


# --- prepositions ---------------------------------------------------------------------------------------------


def _preposition(tree: Tree, index: int) -> Draft | None:
    """An attribution of the clause around a phrase that names a source: "according to X", "in X's view", "in a recent poll"."""
    named = _PREPOSITIONS[tree.word(index)](tree, index)
    if named is None:
        return None
    cue, source, rule = named
    phrase = tree.under(index) | cue
    head = tree.tokens[index].head
    top = clause_top(tree, head if head != index else index)
    if rule in ("according-to", "per") and _quotes_itself(tree, top):
        return None
    subject = _loose_subject(tree, source, top)
    content = (tree.under(top, (index,)) - phrase) | subject
    return Draft(index, cue, source - subject, content, rule, kind="according-to", head=top)


def _loose_subject(tree: Tree, source: set[int], top: int) -> set[int]:
    """The subject of a clause that the parser put into the source before it: "According to Lind, the plan has failed"."""
    if tree.kid(top, *SUBJECTS) is not None or not source or top < max(source):
        return set()
    last = max(source)
    for index in sorted(source):
        below = tree.under(index)
        if tree.tokens[index].dep in ("appos", "conj") and max(below) == last and tree.tokens[min(below) - 1].text == ",":
            return below if tree.tokens[last + 1].text != "," else set()
    return set()


_Named = tuple[set[int], set[int], str]


def _according(tree: Tree, index: int) -> _Named | None:
    to = next((kid for kid in tree.kids[index] if tree.word(kid) == "to"), None)
    if to is None and index + 1 < len(tree.tokens) and tree.word(index + 1) == "to":
        to = index + 1
    inner = None if to is None else tree.kid(to, "pobj", "pcomp")
    if to is None or inner is None or tree.lemma(inner) in word_group("no sources"):
        return None
    return {index, to}, tree.under(inner), "according-to"


def _per(tree: Tree, index: int) -> _Named | None:
    """The source that "per" names, if any: "per Anna Lind", not "per year"."""
    inner = tree.kid(index, "pobj")
    if inner is None or tree.tokens[inner].pos != "PROPN" or tree.tokens[index].dep != "prep":
        return None
    return {index}, tree.under(inner), "per"


def _in_report(tree: Tree, index: int) -> _Named | None:
    inner = tree.kid(index, "pobj")
    named = word_group("reports") | word_group("views")
    if tree.tokens[index].dep != "prep" or inner is None or tree.lemma(inner) not in named:
        return None
    if tree.lemma(inner) in word_group("polls") and tree.word(index) == "in":
        several = tree.tokens[inner].tag in ("NNS", "NNPS")  # "is ahead in the polls"
        return None if several else ({index}, tree.under(inner), "in-report")
    faith = tree.word(inner) == "word" or (tree.lemma(inner) == "account" and tree.word(index) == "in")
    if faith:
        return None  # "faith in Lind's word", "held in Lind's account"
    of = tree.kid(inner, "prep", words=("of",)) if tree.lemma(inner) == "word" else None
    owner = tree.kid(inner, "poss") if of is None else tree.kid(of, "pobj")
    if owner is not None and tree.lemma(inner) in word_group("views"):
        return {index, inner}, source_tokens(tree, owner), "in-view"
    return None


_PREPOSITIONS: Final[dict[str, Callable[[Tree, int], _Named | None]]] = {
    "according": _according,
    "in": _in_report,
    "by": _in_report,
    "per": _per,
}
"""What prepositions make of the clause they stand in."""


def _quotes_itself(tree: Tree, top: int) -> bool:
    """Whether a quotation has a speaker of its own, whom another reports: "“A,” he said according to B"."""
    said = reporting_word_at(tree, top)
    if said is None or said.act != "say" or tree.tokens[top].pos != "VERB":
        return False
    clause = tree.kid(top, "ccomp")
    return clause is not None and tree.quote_of[clause] >= 0 > tree.quote_of[top]


WORD_RULES: Final[tuple[Rule, ...]] = (
    Rule("noun-clause", "Anna Lind made the claim that Norway had failed.", "Anna Lind made the claim."),
    Rule("noun-preposition", "Anna Lind voiced her opposition to the plan.", "Anna Lind voiced her opposition."),
    Rule("adjective-clause", "Anna Lind is confident that Norway will win.", "Anna Lind is confident."),
    Rule("adjective-preposition", "Anna Lind is critical of the plan.", "Anna Lind is critical."),
    Rule("adverb", "Norway reportedly failed its people.", "Norway clearly failed its people."),
    Rule("according-to", "Norway has failed, according to Anna Lind.", "Norway acted according to custom."),
    Rule("per", "The dam was unsafe, per Anna Lind.", "The dam lost a stone per year."),
    Rule("in-report", "In a recent poll, most voters prefer Anna Lind.", "In a recent storm, most voters stayed at home."),
    Rule("in-view", "In Anna Lind’s view, Norway has failed.", "In Anna Lind’s house, Norway is a word."),
)
"""What nouns, adjectives, adverbs and prepositions take."""

_BY_CLASS: Final[dict[str, Callable[[Tree, int, ReportingWord], Draft | None]]] = {
    "VERB": _verb,
    "NOUN": _noun,
    "ADJ": _adjective,
    "ADV": _adverb,
}


def drafts_of(tree: Tree) -> list[Draft]:
    """Every attribution that a cue of the lexicon makes, quotations not yet given out."""
    drafts: list[Draft] = []
    for token in tree.tokens:
        draft: Draft | None = None
        if token.text.lower() in _PREPOSITIONS:
            draft = _preposition(tree, token.index)
        elif token.pos in ("VERB", "AUX", "NOUN", "ADJ", "ADV"):
            word = reporting_word_at(tree, token.index)
            if word is not None:
                draft = _BY_CLASS.get(word.pos, _adverb)(tree, token.index, word)
        if draft is not None:
            drafts.append(draft)
    return drafts
