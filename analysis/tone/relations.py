"""Links that nouns and two-sided verbs make: allies and critics, quarrels between two, support that one gets from another.

Each rule has a name, a text in which it links two actors, and a similar text in which it does not. Both texts are its test.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import permutations
from typing import Final

from ..discourse import (
    Discourse,
    EventWord,
    Rule,
    agent_of,
    event_words_at,
    factuality,
    is_passive,
    subject_of,
    voice_at,
    whole_phrase,
    word_group,
)
from ..model import Mention
from .holders import Holder, Holders, Link
from .neutral import is_neutral

MUTUAL_MAX: Final = 6
"""So many actors of one clause are linked to each other, and no more."""
MUTUAL_VALENCE: Final = 0.4
"""The effect of "agreed with each other" on both; of "clashed" with the other sign."""
PARTISAN_VALENCE: Final = 0.5
"""The effect on somebody of having an ally; of having a critic with the other sign."""
BETWEEN_TOKENS: Final = 25
"""The noun that says what is between two ("a feud between") may stand so many words before "between"."""
CLIMB: Final = 6
"""That noun may stand so many steps above "between" in the parse."""
FATE_VALENCE: Final = 0.5
"""The effect on somebody when another works for his rise; for his fall with the other sign."""
PRESSED_VALENCE: Final = -0.6
"""The effect on somebody of being asked to resign or to apologise."""
BESIDE_VALENCE: Final = 0.3
"""The effect on both of doing something together."""


@dataclass(frozen=True, slots=True)
class LinkRule(Rule):
    """A rule by which a word links actors: ``find`` gives the links that a token makes. Most tokens make none.

    pos: the only part of speech that it is asked about; none where it is asked about all that may link.
    """

    find: Callable[[_Site], Iterator[Link]]
    pos: str = ""


@dataclass(frozen=True, slots=True)
class _Site:
    """A token of an article with its events, and the actors that can be holders and targets."""

    who: Holders
    discourse: Discourse
    index: int
    events: tuple[EventWord, ...]


def relation_links(who: Holders, discourse: Discourse) -> Iterator[Link]:
    """Every link that a noun or a two-sided verb makes in sentences that name two actors, in the order of those words."""
    for sentence in who.tree.parse.sentences:
        for index in range(sentence.first_token, sentence.last_token) if sentence.index in who.shared else ():
            rules = _RULES_OF.get(who.tree.tokens[index].pos)
            if rules is not None:
                site = _Site(who, discourse, index, event_words_at(who.tree, index))
                for rule in rules:
                    yield from rule.find(site)


def _linked(site: _Site, holders: Sequence[Holder], targets: Sequence[Mention], valence: float, rule: str) -> Iterator[Link]:
    """A link from each holder to each target named in the same sentence."""
    tree, token = site.who.tree, site.who.tree.tokens[site.index]
    how_it_stands = factuality(tree, site.index)
    voice = voice_at(site.discourse.voices, token.start)
    for holder, how in holders:
        for named in targets:
            target = site.who.here.get((named.sentence.index, named.actor.name), named)
            if holder.actor.name == target.actor.name or holder.sentence is not target.sentence or not target.scored:
                continue
            if rule in _BY_EVENT and is_neutral(tree, site.index, named):
                continue
            yield Link(
                holder,
                target,
                "does",
                how,
                "object",
                "whole",
                -valence if how_it_stands.negated and rule in _TWO_SIDED else valence,
                how_it_stands.negated and rule not in _TWO_SIDED,
                how_it_stands.irrealis,
                voice.kind != "narrator" and voice.speaker != holder.actor.name,
                1,
                "",
                "neutral",
                (token.start, token.end),
                rule,
                token.pos == "NOUN",
                supposed=how_it_stands.supposed or (rule in _TWO_SIDED and site.who.is_asked(holder.sentence)),
            )


def _both(site: _Site, both: Sequence[Holder], valence: float, rule: str) -> Iterator[Link]:
    """Link each of some actors to every other one."""
    unique = list({mention.actor.name: (mention, how) for mention, how in both}.values())
    for first, (second, _) in permutations(unique[:MUTUAL_MAX], 2):
        yield from _linked(site, [first], [second], valence, rule)


def _of_two_sides(
    site: _Site, ours: Sequence[Holder], theirs: Sequence[Holder], valence: float, rule: str, *, answered: bool = True
) -> Iterator[Link]:
    """Link each actor of one side to each of the other, and back if ``answered``. One side alone is linked among itself."""
    if not theirs:
        yield from _both(site, ours, valence, rule)
        return
    for first in ours[:MUTUAL_MAX]:
        for second in theirs[:MUTUAL_MAX]:
            yield from _linked(site, [first], [second[0]], valence, rule)
            yield from _linked(site, [second], [first[0]], valence, rule) if answered else ()


def _named(site: _Site, heads: Iterable[int | None]) -> list[Mention]:
    """The actors named in the phrases of some head words."""
    kids = (kid for head in heads for kid in whole_phrase(site.who.tree, head))
    return [site.who.at[kid] for kid in kids if kid in site.who.at]


def _led_to(site: _Site, index: int, words: Collection[str]) -> list[Mention]:
    """The actors in the prepositional phrases of a word, of some prepositions."""
    tree = site.who.tree
    return _named(site, [tree.kid(prep, "pobj") for prep in tree.below(index, "prep", words=words)])


_TWO_SIDED: Final = frozenset({"mutual", "between", "each-other", "at-odds", "along-with"})
_BY_EVENT: Final = frozenset({"received", "participle", "object-of-clause", "target-of"})
"""Rules whose side is that of an event of the lexicon."""


# --- to each other ------------------------------------------------------------------------------------------------------


def _mutual(site: _Site) -> Iterator[Link]:
    tree, index = site.who.tree, site.index
    lemma = tree.lemma(index)
    side = 1.0 if lemma in word_group("mutual friendly") else -1.0 if lemma in word_group("mutual hostile") else 0.0
    if not side:
        return
    says = next((kid for kid in tree.below(index, "ccomp") if tree.kid(kid, "nsubj", "nsubjpass") is not None), None)
    if says is None and not is_passive(tree, index) and not _is_done_to_others(site):
        ours = site.who.acting(subject_of(tree, index))
        theirs = [
            (mention, "with")
            for prep in tree.below(index, "prep", words=("with",))
            for mention, _ in site.who.acting(tree.kid(prep, "pobj"))
        ]
        yield from _of_two_sides(site, ours, theirs, MUTUAL_VALENCE * side, "mutual", answered=side < 0)


def _is_done_to_others(site: _Site) -> bool:
    """Whether a verb has an object that is nothing between its subjects: "embraced his plan", not "fought a war"."""
    tree = site.who.tree
    return any(tree.lemma(kid) not in word_group("quarrels") | word_group("accords") for kid in tree.below(site.index, "dobj"))


def _each_other(site: _Site) -> Iterator[Link]:
    """Link each subject of "accused each other" to every other subject."""
    tree, index = site.who.tree, site.index
    dobj = tree.kid(index, "dobj")
    is_mutual = dobj is not None and tree.word(dobj) in ("other", "another") and tree.kid(dobj, "det", "nummod") is not None
    events = site.events if is_mutual else ()
    if events:
        yield from _both(site, site.who.acting(subject_of(tree, index)), events[0].patient_valence, "each-other")


def _between(site: _Site) -> Iterator[Link]:
    tree, index = site.who.tree, site.index
    if tree.word(index) != "between":
        return
    noun = _what_is_between(site)
    side = 0.0 if noun is None else _relation_side(site, noun)
    if noun is not None and side:
        both = site.who.acting(tree.kid(index, "pobj"))
        if len({mention.actor.name for mention, _ in both}) < 2:
            both = _either_side_of_and(site)
        token = tree.tokens[noun]
        for link in _both(site, both, MUTUAL_VALENCE * side, "between"):
            yield replace(link, cue=(token.start, token.end))


def _either_side_of_and(site: _Site) -> list[Holder]:
    """The first named after "between" and after "and": "between Lind, then the mayor, and her deputy, Birch"."""
    tree = site.who.tree
    last = tree.parse.sentences[tree.sentence_of[site.index]].last_token
    indexes = range(site.index + 1, min(last, site.index + BETWEEN_TOKENS))
    end = next((index for index in indexes if tree.tokens[index].pos in ("VERB", "AUX")), indexes.stop)
    middle = next((index for index in indexes if tree.word(index) == "and" and index < end), end)
    named = [index for index in range(site.index + 1, end) if index in site.who.at and not _only_describes(site, index)]
    first = next((site.who.at[index] for index in named if index < middle), None)
    after = (site.who.at[index] for index in named if index > middle)
    second = next((holder for holder in after if first is not None and holder.actor.name != first.actor.name), None)
    return [] if first is None or second is None else [(first, "head"), (second, "head")]


def _only_describes(site: _Site, index: int) -> bool:
    """Whether a name stands before a noun that is no part of it: "the Labour candidate"."""
    tokens = site.who.tree.tokens
    head = tokens[site.who.head[site.who.at[index].start]]
    return head.dep in ("compound", "nmod", "amod", "poss") and head.head not in site.who.at


def _what_is_between(site: _Site) -> int | None:
    """The nearest noun above or before "between" that says what is between the two: "a feud", "relations"."""
    tree, here = site.who.tree, site.index
    for _ in range(CLIMB):
        here = tree.tokens[here].head
        if _is_two_sided(site, here):
            return here
    if tree.tokens[tree.tokens[site.index].head].pos == "NOUN":  # "districts between Norway and Sweden"
        return None
    first = tree.parse.sentences[tree.sentence_of[site.index]].first_token
    indexes = range(site.index - 1, max(first, site.index - BETWEEN_TOKENS) - 1, -1)
    return next((index for index in indexes if _is_two_sided(site, index)), None)


def _is_two_sided(site: _Site, index: int) -> bool:
    lemma, pos = site.who.tree.lemma(index), site.who.tree.tokens[index].pos
    groups = ("quarrels", "accords", "relations")
    return pos in ("NOUN", "PROPN") and any(lemma in word_group(name) for name in groups)


def _relation_side(site: _Site, noun: int) -> float:
    """-1 for a quarrel or bad relations, 1 for an accord or good relations, 0 where the text does not say which."""
    tree = site.who.tree
    lemma = tree.lemma(noun)
    if lemma in word_group("quarrels"):
        return -1.0
    if lemma in word_group("accords"):
        return 1.0
    said = {tree.lemma(kid) for kid in tree.below(noun, "amod", "acl", "compound")}
    head = tree.tokens[noun].head
    if tree.tokens[noun].dep in ("nsubj", "nsubjpass", "dobj"):
        said |= {tree.lemma(head), *(tree.lemma(kid) for kid in tree.below(head, "acomp", "attr"))}
    return float(bool(said & word_group("warm"))) - float(bool(said & word_group("sour")))


def _have_with(site: _Site) -> Iterator[Link]:
    """Link the two who have something with each other: "Lind and Birch had a dispute", "Lind's dispute with Birch"."""
    tree, index = site.who.tree, site.index
    token = tree.tokens[index]
    side = _relation_side(site, index) if _is_two_sided(site, index) else 0.0
    if not side:
        return
    both = site.who.acting(tree.kid(index, "poss"))
    verb = token.head if token.dep == "dobj" and tree.lemma(token.head) in word_group("having") else None
    if verb is not None and tree.kid(verb, "advmod", words=word_group("formerly")) is not None:
        return
    if verb is not None and not both:
        both = site.who.acting(subject_of(tree, verb))
    for above in (index, *([] if verb is None else [verb])):
        for prep in tree.below(above, "prep", words=("with",)):
            both += site.who.acting(tree.kid(prep, "pobj"))
    yield from _both(site, both, MUTUAL_VALENCE * side, "have-with")


def _at_odds(site: _Site) -> Iterator[Link]:
    tree, index = site.who.tree, site.index
    if tree.word(index) not in word_group("odds") or tree.tokens[index].dep != "pobj":
        return
    above = tree.tokens[tree.tokens[index].head]
    if above.text.lower() not in ("at", "in", "on") or tree.tokens[above.head].pos not in ("VERB", "AUX"):
        return
    both = site.who.acting(subject_of(tree, above.head))
    for high in (index, above.index, above.head):
        for prep in tree.below(high, "prep", words=("with",)):
            both += site.who.acting(tree.kid(prep, "pobj"))
    yield from _both(site, both, -MUTUAL_VALENCE, "at-odds")


# --- allies and critics ---------------------------------------------------------------------------------------------------


def _partisan(site: _Site) -> Iterator[Link]:
    """Link an ally or critic to the one whose ally or critic he is. Whoever says "my ally" is linked to the ally."""
    tree, index = site.who.tree, site.index
    lemma = tree.lemma(index)
    if lemma not in word_group("partisans"):
        return
    valence = PARTISAN_VALENCE * (-1 if lemma in word_group("opposed") else 1)
    if _is_the_speakers(site):
        speaker = voice_at(site.discourse.voices, tree.tokens[index].start).actor
        here = None if speaker is None else site.who.here.get((tree.sentence_of[index], speaker.name))
        said_of = [mention for mention, _ in _said_of(site)]
        yield from _linked(site, [] if here is None else [(here, "head")], said_of, valence, "partisan")
        return
    sides = tree.below(index, "poss", "compound", "nmod", "amod")
    targets = [site.who.at[kid] for kid in sides if kid in site.who.at]
    targets += _led_to(site, index, ("of", "to", "for"))
    beside = _before(site)
    holders = _said_of(site)
    if tree.tokens[index].dep in ("compound", "nmod") and beside is not None:
        targets, holders = [beside], site.who.acting(tree.tokens[index].head)
    if lemma in word_group("offices"):  # "United States Attorney Lind", "the agency's counsel": whom one serves
        targets = [mention for mention in targets if mention.actor.kind == "person"]
    yield from _linked(site, holders, targets, valence, "partisan")


def _is_the_speakers(site: _Site) -> bool:
    """Whether the noun belongs to the speaker: "my ally", "a friend of mine"."""
    tree, index = site.who.tree, site.index
    owners = list(tree.below(index, "poss"))
    owners += [kid for prep in tree.below(index, "prep", words=("of",)) for kid in tree.below(prep, "pobj")]
    return any(tree.word(kid) in word_group("my own") for kid in owners)


def _before(site: _Site) -> Mention | None:
    """The actor right before the noun, whose ally is meant: "Trump ally Roger Stone"."""
    near = (site.who.at.get(index) for index in range(site.index - 1, max(-1, site.index - 4), -1))
    first = next((mention for mention in near if mention is not None), None)
    tree = site.who.tree
    return first if first is not None and first.end >= tree.tokens[site.index - 1].start - 1 else None


def _said_of(site: _Site) -> list[Holder]:
    """The actor that a noun describes: "Lind, a critic of", "Lind is one of Holm's allies", "his ally, Lind"."""
    tree, index = site.who.tree, site.index
    below = [holder for kid in tree.below(index, "appos") for holder in site.who.acting(kid)]
    token = tree.tokens[index]
    if token.dep == "pobj" and tree.word(token.head) in ("of", "among"):
        token = tree.tokens[tree.tokens[token.head].head]
    if token.dep == "appos":
        below += site.who.acting(token.head)
    elif token.dep == "attr":
        below += site.who.acting(tree.kid(token.head, "nsubj"))
    return below


# --- what one has from another ---------------------------------------------------------------------------------------------


def _received(site: _Site) -> Iterator[Link]:
    """Link the giver of praise, support and the like to the one who receives it: "Lind received praise from Birch"."""
    tree, index = site.who.tree, site.index
    token, events = tree.tokens[index], site.events
    if not events:
        return
    verb = token.head if token.dep == "dobj" else tree.tokens[token.head].head if token.dep == "pobj" else None
    if verb is None or tree.lemma(verb) not in word_group("receiving") or is_passive(tree, verb):
        return
    if token.dep == "pobj" and tree.word(token.head) not in ("under", "into", "in"):
        return
    targets = [mention for mention, how in site.who.acting(subject_of(tree, verb)) if how != "acts-for"]
    yield from _linked(site, _givers(site, verb), targets, events[0].patient_valence, "received")


def _givers(site: _Site, verb: int | None) -> list[Holder]:
    """The actors from whom an event comes: "criticism from Lind", "Lind's support", "US sanctions"."""
    tree = site.who.tree
    givers: list[Holder] = []
    for above in (site.index, *([] if verb is None else [verb])):
        words = ("from", "by", "of", "among") if above == site.index else ("from", "by")
        for prep in tree.below(above, "prep", "agent", words=words):
            givers += site.who.acting(tree.kid(prep, "pobj"))
    for kid in tree.below(site.index, "poss", "compound", "nmod", "amod"):
        givers += site.who.acting(kid) if kid in site.who.at or tree.tokens[kid].dep == "poss" else []
    return givers


def _participle(site: _Site) -> Iterator[Link]:
    """Link the agent of a passive participle to the one it describes: "Birch, praised by Lind"."""
    tree, index = site.who.tree, site.index
    events = [word for word in site.events if not word.prepositions]
    if not events or not is_passive(tree, index):
        return
    agent, patient = agent_of(tree, index), subject_of(tree, index)
    if agent is None or patient is None or tree.tokens[patient].head == index:
        return
    targets = [mention for mention, how in site.who.acting(patient) if how == "head"]
    yield from _linked(site, site.who.acting(agent), targets, events[0].patient_valence, "participle")


def _object_of_clause(site: _Site) -> Iterator[Link]:
    """From whoever does something in a relative clause to whom the clause is said of: "Birch, whom Lind blasted"."""
    tree, index = site.who.tree, site.index
    token = tree.tokens[index]
    events = [word for word in site.events if not word.prepositions]
    subject = tree.kid(index, "nsubj")
    pronoun = tree.kid(index, "dobj", words=("who", "whom", "that"))
    if token.dep == "relcl" and events and subject is not None and pronoun is not None:
        holders = [] if tree.tokens[subject].tag in ("WP", "WDT") else site.who.acting(subject)
        yield from _linked(site, holders, _named(site, [token.head]), events[0].patient_valence, "object-of-clause")


def _target_of(site: _Site) -> Iterator[Link]:
    """Link the agent of an act to "the target of" it: "Norway was the target of Swedish attacks"."""
    tree, index = site.who.tree, site.index
    token, events = tree.tokens[index], site.events
    of = tree.tokens[token.head]
    if not events or token.dep != "pobj" or of.text.lower() != "of":
        return
    named = of.head
    if tree.lemma(named) in word_group("befallen") and tree.tokens[named].dep == "attr":
        targets = [mention for mention, _ in site.who.acting(tree.kid(tree.tokens[named].head, "nsubj"))]
        yield from _linked(site, _givers(site, None), targets, events[0].patient_valence, "target-of")


def _with_help(site: _Site) -> Iterator[Link]:
    """Link whoever helps or opposes to the subject of the clause: "With Norway's support, Lind won"."""
    tree, index = site.who.tree, site.index
    token, events = tree.tokens[index], site.events
    if not events or token.dep != "pobj":
        return
    above = tree.tokens[token.head]
    verb = above.head
    if above.text.lower() not in ("with", "despite", "amid", "without", "against") or tree.tokens[verb].pos not in (
        "VERB",
        "AUX",
    ):
        return
    holders = [holder for kid in tree.below(index, "poss") for holder in site.who.acting(kid)]
    targets = [mention for mention, how in site.who.acting(subject_of(tree, verb)) if how == "head"]
    yield from _linked(site, holders, targets, events[0].patient_valence, "with-help")


# --- what one works for ------------------------------------------------------------------------------------------------


def _fate(site: _Site) -> Iterator[Link]:
    """Link whoever works for or against somebody's rise or fall to that person: "Lind demanded Birch's resignation"."""
    tree, index = site.who.tree, site.index
    lemma = tree.lemma(index)
    rise = float(lemma in word_group("rises")) - float(lemma in word_group("falls"))
    verb = _worked_by(site)
    if verb is None:
        return
    side = float(tree.lemma(verb) in word_group("furthering")) - float(tree.lemma(verb) in word_group("hindering"))
    if rise and side:
        own = tree.lemma(verb) in word_group("of oneself")
        targets = [mention for mention in _undergoing(site) if not (own and mention.form == "pronoun")]
        yield from _linked(site, site.who.agents(verb, index), targets, FATE_VALENCE * rise * side, "fate")
    for word in site.events if side > 0 and not rise else ():
        targets = _led_to(site, index, word.prepositions)
        yield from _linked(site, site.who.agents(verb, index), targets, word.patient_valence, "fate")


def _worked_by(site: _Site) -> int | None:
    """The verb or noun that a noun is the object of, directly or after a preposition: "demanded", "calls for"."""
    tree = site.who.tree
    token = tree.tokens[site.index]
    if token.dep == "dobj":
        return token.head
    above = tree.tokens[token.head]
    leads = (
        token.dep == "pobj"
        and above.dep in ("prep", "dative")
        and above.text.lower() in ("for", "on", "to", "toward", "towards")
    )
    return above.head if leads else None


def _undergoing(site: _Site) -> list[Mention]:
    """The actors who rise or fall: "Lind's resignation", "the removal of Lind"."""
    owners = [site.who.at[kid] for kid in site.who.tree.below(site.index, "poss") if kid in site.who.at]
    return owners + _led_to(site, site.index, ("of",))


def _pressed(site: _Site) -> Iterator[Link]:
    """Link whoever asks somebody to give way to that person: "Lind asked Birch to resign"."""
    tree, index = site.who.tree, site.index
    if tree.lemma(index) not in word_group("pressing") or is_passive(tree, index):
        return
    asked = list(tree.below(index, "dobj"))
    for prep in tree.below(index, "prep", words=("on",)):
        asked += tree.below(prep, "pobj")
    for done in tree.below(index, "xcomp", "ccomp", "advcl", "acl"):
        if tree.lemma(done) in word_group("giving way"):
            mine = asked or list(tree.below(done, "nsubj"))
            yield from _linked(site, site.who.agents(index, done), _named(site, mine), PRESSED_VALENCE, "pressed")
            return


def _in_support(site: _Site) -> Iterator[Link]:
    """Link whoever acts "in support of" or "in protest at" somebody to that person."""
    tree, index = site.who.tree, site.index
    token = tree.tokens[index]
    above = tree.tokens[token.head]
    verb = above.head
    if token.dep != "pobj" or above.text.lower() != "in" or tree.tokens[verb].pos not in ("VERB", "AUX"):
        return
    for word in site.events:
        preps = [kid for high in (index, verb) for kid in tree.below(high, "prep", words=word.prepositions, after=index)]
        owners = list(tree.below(index, "poss")) if tree.lemma(index) in word_group("in honour") else []
        if owners and not preps:
            targets = [site.who.at[kid] for kid in owners if kid in site.who.at]
            yield from _linked(site, site.who.agents(verb, token.head), targets, word.patient_valence, "in-support")
        for prep in preps:
            phrase = whole_phrase(tree, tree.kid(prep, "pobj"))
            phrase += [kid for word_index in phrase for kid in tree.below(word_index, "poss")]
            targets = [site.who.at[kid] for kid in phrase if kid in site.who.at]
            yield from _linked(site, site.who.agents(verb, token.head), targets, word.patient_valence, "in-support")


def _along_with(site: _Site) -> Iterator[Link]:
    """Link the subject of a clause and those who act along with it: "Lind, along with Birch, wrote the bill"."""
    tree, index = site.who.tree, site.index
    token = tree.tokens[index]
    together = token.text.lower() == "with" and index > 0 and tree.word(index - 1) in ("along", "together")
    if not together and token.text.lower() != "alongside":
        return
    here = token.head
    for _ in range(CLIMB):
        if tree.tokens[here].pos in ("VERB", "AUX") or tree.tokens[here].head == here:
            break
        here = tree.tokens[here].head
    apart = word_group("mutual hostile") | word_group("postures")
    if tree.tokens[here].pos != "VERB" or is_passive(tree, here) or tree.lemma(here) in apart:
        return
    theirs = site.who.acting(tree.kid(index, "pobj"))
    names = {mention.actor.name for mention, _ in theirs}
    ours = [holder for holder in site.who.acting(subject_of(tree, here)) if holder[0].actor.name not in names]
    if ours and theirs:
        yield from _of_two_sides(site, ours, theirs, BESIDE_VALENCE, "along-with")


LINK_RULES: Final[tuple[LinkRule, ...]] = (
    LinkRule("mutual", "Anna Lind clashed with Tom Birch.", "Anna Lind dined with Tom Birch.", _mutual, "VERB"),
    LinkRule("each-other", "Norway and Sweden accused each other.", "Norway and Sweden saw each other.", _each_other, "VERB"),
    LinkRule(
        "between",
        "The paper told of a feud between Anna Lind and Tom Birch.",
        "The paper told of a border between Norway and Sweden.",
        _between,
    ),
    LinkRule(
        "have-with",
        "Anna Lind had disagreements with Tom Birch.",
        "Anna Lind had dinner with Tom Birch.",
        _have_with,
        "NOUN",
    ),
    LinkRule("at-odds", "Anna Lind is at odds with Tom Birch.", "Anna Lind is at sea with Tom Birch.", _at_odds),
    LinkRule(
        "partisan",
        "Anna Lind, a critic of Tom Birch, arrived.",
        "Anna Lind, a cousin of Tom Birch, arrived.",
        _partisan,
    ),
    LinkRule(
        "received",
        "Anna Lind received praise from Tom Birch.",
        "Anna Lind received a letter from Tom Birch.",
        _received,
        "NOUN",
    ),
    LinkRule(
        "participle",
        "Tom Birch, praised by Anna Lind, arrived.",
        "Tom Birch, seen by Anna Lind, arrived.",
        _participle,
        "VERB",
    ),
    LinkRule(
        "object-of-clause",
        "Tom Birch, whom Anna Lind praised, arrived.",
        "Tom Birch, whom Anna Lind saw, arrived.",
        _object_of_clause,
    ),
    LinkRule(
        "target-of", "Norway was the target of Swedish attacks.", "Norway was the subject of Swedish films.", _target_of, "NOUN"
    ),
    LinkRule(
        "with-help",
        "With Norway’s support, Anna Lind won the race.",
        "With Norway’s flag, Anna Lind won the race.",
        _with_help,
        "NOUN",
    ),
    LinkRule(
        "fate", "Anna Lind demanded Tom Birch’s resignation.", "Anna Lind told of Tom Birch’s resignation.", _fate, "NOUN"
    ),
    LinkRule("pressed", "Anna Lind asked Tom Birch to resign.", "Anna Lind asked Tom Birch to dance.", _pressed, "VERB"),
    LinkRule(
        "in-support",
        "Anna Lind marched in support of Tom Birch.",
        "Anna Lind marched in front of Tom Birch.",
        _in_support,
        "NOUN",
    ),
    LinkRule(
        "along-with",
        "Anna Lind, along with Tom Birch, wrote the bill.",
        "Anna Lind, unlike Tom Birch, wrote the bill.",
        _along_with,
    ),
)
"""In the order in which they are tried at each word."""
_RULES_OF: Final = {
    pos: tuple(rule for rule in LINK_RULES if rule.pos in ("", pos)) for pos in ("NOUN", "VERB", "AUX", "ADP", "SCONJ", "PROPN")
}
"""The rules that are tried at a word, by its part of speech."""
