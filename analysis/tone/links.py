"""Who may stand somewhere on whom: the links that the grammar of a sentence makes between two of its actors.

An actor is linked to another where he is the source of words that name the other ("says"), or the one who acts in a
clause in whose predicate the other stands ("does"); what nouns and two-sided verbs link is in ``relations``. Standing in
one sentence, a date line, an origin ("the French minister") or being told something are no links.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from typing import Final

from ..actors import is_human, is_organisation_noun
from ..discourse import (
    Discourse,
    Event,
    EventWord,
    ReportingWord,
    Voice,
    agent_of,
    covers,
    event_words_at,
    factuality,
    find_attributions,
    is_addressed,
    is_passive,
    owned,
    reporting_word,
    reporting_word_at,
    source_head,
    subject_of,
    voice_at,
    whole_phrase,
    word_group,
)
from ..model import Actor, Attribution, Cast, Mention, Span
from .holders import Frame, Holder, Holders, Link, Part
from .neutral import is_neutral
from .relations import relation_links

UP_MAX: Final = 25
"""An agent is looked for so many steps above a target in the parse."""
VERBS_MAX: Final = 4
"""An agent is looked for at so many verbs above a target."""
PHRASE_MAX: Final = 8
"""The phrase of a target is followed up so many steps."""
FELT_VALENCE: Final = 0.6
"""The effect of "was pleased by" on the one it is about; of "was disappointed by" with the other sign."""
SHORT_FORM: Final = 3
"""A country's form of so many letters ("US") is looked for in no organisation's name."""
INNER_CHARS: Final = 1000
"""A quotation in a quotation is no longer than this."""
HYPHENATED_CHARS: Final = 20
"""A word joined to a name by a hyphen is no longer than this."""
HYPHENS: Final = frozenset("-\u2010\u2011\u2013")
_INNER_MARKS: Final = {"‘": "’", "'": "'", "“": "”"}
PREDICATES: Final = frozenset({"acomp", "attr", "dobj", "oprd"})
"""How what a verb says of its subject, or of somebody, hangs on it."""
BESIDE: Final = frozenset({"alongside", "beside", "near", "opposite"})
"""What leads to whom somebody sits or stands next to."""
OWN_CLAUSES: Final = frozenset({"relcl", "acl", "advcl", "conj"})
"""Clauses that are nobody's words: with a subject of their own, what they tell is done by that and by nobody above."""
BLAMED_FOR: Final = frozenset({"for", "of", "over"})
"""What they lead to is done by whom the verb above has for its object."""
LOOSE_PREPOSITIONS: Final = frozenset({"on", "against", "at", "with", "over", "down"})
"""Those that lead to whom a hostile event is done where the verb has no object: "slammed into", "ruled over"."""
PASSED_OVER: Final = frozenset({"over", "against"})
"""After an event that is good for its object these lead to whom it is held against: "backs Lind over Birch"."""
PASSED_OVER_VALENCE: Final = -0.4


class _Linker:
    """The links to each target of an article."""

    def __init__(self, who: Holders, discourse: Discourse, inner: Sequence[Attribution] = ()) -> None:
        self.who, self.voices = who, discourse.voices
        tree = self.tree = who.tree
        self.at, self.head, self.here = who.at, who.head, who.here
        self.ends = frozenset(mention.end for mention in who.cast.mentions)
        self.done: dict[int, list[Event]] = {}
        """What is done by somebody, by where the name of whom it is done to ends."""
        for event in discourse.events:
            for span in event.patients if event.agents else ():
                for end in {span[1], owned(tree, span)[1]}:
                    self.done.setdefault(end, []).append(event)
        starts = self.starts = [token.start for token in tree.tokens]
        self.words: dict[int, ReportingWord | None] = {}
        self.inner: dict[int, list[Attribution]] = {}
        for attribution in inner:
            first = bisect_left(starts, attribution.content[0][0])
            if first < len(starts):
                self.inner.setdefault(tree.sentence_of[first], []).append(attribution)

    def says(self, target: Mention) -> Iterator[Link]:
        """The links to a target from the source of the words it stands in."""
        voice = voice_at(self.voices, target.start)
        attribution = voice.attribution
        if attribution is None or voice.kind == "none" or self.who.is_asked(target.sentence):
            return
        if self._is_no_target(target) or self._another_is_accused(target, attribution) or self._is_belief(attribution):
            return
        if self._is_done_by_another(target, attribution):
            return
        word = self._word(attribution)
        holders = self._sources(voice, attribution, target)
        frame, part = self._in_words(target)
        if word is not None and word.act == "think" and frame == "preposition" and part != "whole":
            return  # "thinks about Lind's words"
        cue = (attribution.cue or attribution.source or attribution.content)[0]
        quoted = self._is_quoted(target, attribution, voice)
        for holder, how in holders:
            act = word.act if word is not None else "say"
            does = word.does if word is not None else "neutral"
            yield Link(holder, target, "says", how, frame, part, 0.0, False, False, quoted, 0, act, does, cue, attribution.kind)

    def _is_no_target(self, target: Mention) -> bool:
        here = self.head[target.start]
        if self._is_unproven(here) or self._is_between(here):
            return True
        served = self.who.is_served(here) or self.who.is_one_of(target, here)
        if served or self._is_platform(target) or self._is_sought(target):
            return True
        return self._is_origin(target) or self._is_of_persons(target) or self._is_paired(target)

    def _is_between(self, here: int) -> bool:
        """Whether something is between the target and another: "the talks between Lind and Birch"."""
        tokens = self.tree.tokens
        for _ in range(PHRASE_MAX):
            if tokens[here].dep != "conj":
                break
            here = tokens[here].head
        return tokens[here].dep == "pobj" and self.tree.word(tokens[here].head) == "between"

    def _is_unproven(self, here: int) -> bool:
        """Whether nothing shows what is told of the target: "saw no evidence in the report that Norway was behind it"."""
        tree = self.tree
        for _ in range(UP_MAX):
            for noun in (here, *tree.below(here, "dobj", "attr")):
                few = tree.kid(noun, "det", "amod", words=("no", "little", "scant")) is not None
                if tree.lemma(noun) in word_group("proofs") and (few or factuality(tree, noun).negated):
                    return True
            if tree.tokens[here].head == here:
                break
            here = tree.tokens[here].head
        return False

    def _is_of_persons(self, target: Mention) -> bool:
        """Whether the target only describes persons who do not act for it: "Norwegian families", "Republican stars"."""
        here = self.tree.tokens[self.head[target.start]]
        if target.actor.kind == "person" or here.dep not in ("amod", "compound", "nmod"):
            return False
        return self.tree.tokens[here.head].pos == "NOUN" and self.tree.lemma(here.head) in word_group("private persons")

    def _is_paired(self, target: Mention) -> bool:
        """Whether the target is one of two names joined by a hyphen: "the Lind-Birch fight"."""
        text = self.tree.parse.article.text
        after, before = text[target.end : target.end + 1] in HYPHENS, text[max(0, target.start - 1) : target.start] in HYPHENS
        return (after and target.end + 1 in self.head) or (before and target.start - 1 in self.ends)

    def _is_sought(self, target: Mention) -> bool:
        """Whether somebody only wants a seat in the target: "his Senate bid", "a run for Congress"."""
        tree, here = self.tree, self.head[target.start]
        if target.actor.kind != "organisation":
            return False
        token = tree.tokens[here]
        above = tree.tokens[token.head]
        noun = token.head if token.dep in ("compound", "nmod", "amod") else here + 1
        if token.dep == "pobj" and above.text.lower() in ("for", "to", "of"):
            noun = above.head
        last = tree.parse.sentences[tree.sentence_of[here]].last_token
        return noun < last and tree.lemma(noun) in word_group("candidacies")

    def _is_origin(self, target: Mention) -> bool:
        """Whether the target only says where somebody comes from: "Sweden-linked extremists"."""
        text = self.tree.parse.article.text
        joined = re.match(r"[-\u2010\u2011](\w+)", text[target.end : target.end + HYPHENATED_CHARS])
        return joined is not None and joined.group(1).lower() in word_group("origins")

    def _is_platform(self, target: Mention) -> bool:
        """Whether the target is only where something is said: "wrote on Twitter", "his Facebook page"."""
        tree, here = self.tree, self.head[target.start]
        token = tree.tokens[here]
        if token.text.lower() not in word_group("platforms"):
            return False
        led = token.dep == "pobj" and tree.word(token.head) in word_group("platform prepositions")
        return led or (token.dep in ("compound", "nmod") and tree.tokens[token.head].pos == "NOUN")

    def _another_is_accused(self, target: Mention, attribution: Attribution) -> bool:
        """Whether the words accuse somebody else: "accused Lind of helping Birch" says nothing of Birch."""
        word = self._word(attribution)
        if word is None or word.does != "accusing" or not attribution.cue:
            return False
        tree, cue = self.tree, bisect_left(self.starts, attribution.cue[0][0])
        for accused in tree.below(cue, "dobj") if cue < len(self.starts) else ():
            mention = self.at.get(accused)
            beside = tree.tokens[self.head[target.start]].head == accused  # "accused Lind's party"
            if (not beside) if mention is None else mention.actor.name != target.actor.name:
                return True
        return False

    def _is_done_by_another(self, target: Mention, attribution: Attribution) -> bool:
        """Whether the words tell what others do to the target: "Lind noted that the union had praised Birch"."""
        for event in self.done.get(target.end, ()):
            agents = [self.tree.parse.article.text[start:end].lower() for start, end in event.agents]
            told = covers(attribution.content, [event.span]) and not event.factuality.irrealis
            if told and word_group("first person").isdisjoint(agents):
                return True
        return False

    def _is_belief(self, attribution: Attribution) -> bool:
        """Whether the words only tell what somebody expects: "was sure that Lind would win"."""
        cues = (bisect_left(self.starts, start) for start, _ in attribution.cue)
        said = (kid for cue in cues if cue < len(self.starts) for kid in (cue, *self.tree.below(cue, "acomp")))
        return any(self.tree.word(word) in word_group("believing") for word in said)

    def _is_quoted(self, target: Mention, attribution: Attribution, voice: Voice) -> bool:
        """Whether inside a speaker's words somebody else says it: “The left is saying, ‘Lind lies’”, "said she feared Lind"."""
        for other in self.inner.get(target.sentence.index, ()):
            inside = any(start <= target.start < end for start, end in self._with_inner_marks(other))
            if inside and other.content != attribution.content and covers(attribution.content, other.content):
                head = source_head(self.tree.parse, other)
                if head is not None and head.text.lower() not in word_group("first person"):
                    meant = self.at.get(head.index)
                    if head.pos != "PRON" or (meant is not None and meant.actor != voice.actor):
                        return True
        return False

    def _with_inner_marks(self, attribution: Attribution) -> list[Span]:
        """Its content, up to the mark that closes the quotation it opens: “They say, ‘Lind lies. Holm, too.’”"""
        text = self.tree.parse.article.text
        start = attribution.content[0][0]
        marks = text[max(0, start - 1) : start + 1]
        closing = next((_INNER_MARKS[mark] for mark in marks if mark in _INNER_MARKS), None)
        if closing is None:
            return list(attribution.content)
        closing_mark = re.compile(rf"{closing}(?!\w)").search(text, start + 1, start + INNER_CHARS)
        return [*attribution.content, (start, start + INNER_CHARS if closing_mark is None else closing_mark.start())]

    def _word(self, attribution: Attribution) -> ReportingWord | None:
        if id(attribution) not in self.words:
            self.words[id(attribution)] = reporting_word(self.tree, attribution)
        return self.words[id(attribution)]

    def _sources(self, voice: Voice, attribution: Attribution, target: Mention) -> list[Holder]:
        """The sources of some words, each by its mention in the target's sentence."""
        head = source_head(self.tree.parse, attribution)
        at = None if head is None else self.at.get(head.index)
        if head is not None and at is not None and self.who.is_people(at, head.index):
            return []
        holders = [] if head is None else self.who.acting(head.index)
        if head is not None and head.pos == "PRON" and voice.actor is not None:
            holders = [(mention, how) for mention, how in holders if mention.actor.name == voice.actor.name]
        if voice.actor is not None and all(mention.actor.name != voice.actor.name for mention, _ in holders):
            named = self.here.get((target.sentence.index, voice.actor.name))
            holders = [*([] if named is None else [(named, "head")]), *holders]
        unique = {mention.actor.name: (mention, how) for mention, how in reversed(holders)}
        return [
            (self.here[target.sentence.index, name], how)
            for name, (_, how) in unique.items()
            if name != target.actor.name and (target.sentence.index, name) in self.here
        ]

    def _in_words(self, target: Mention) -> tuple[Frame, Part]:
        """How a target stands in its clause: its subject or object, or with another preposition or deeper."""
        part, top = self._phrase(target)
        dep = self.tree.tokens[top].dep
        if dep in ("dobj", "nsubj", "nsubjpass"):
            return ("object" if dep != "nsubj" else "naming"), part
        return ("preposition" if dep == "pobj" else "far"), part

    def _phrase(self, target: Mention) -> tuple[Part, int]:
        """How a mention stands in its phrase, and the head of the phrase."""
        tree, tokens = self.tree, self.tree.tokens
        top, part = self.head[target.start], "whole"
        for _ in range(PHRASE_MAX):
            token = tokens[top]
            head = tokens[token.head]
            if token.head == top:
                break
            if token.dep in ("conj", "appos") and head.pos in ("NOUN", "PROPN", "PRON"):
                part = "deep" if self._describes(top) and part != "whole" else part
                top = token.head
            elif token.dep in ("compound", "nmod", "amod", "poss") and head.pos in ("NOUN", "PROPN", "ADJ"):
                part = _deeper(part, "own" if token.dep == "poss" else "origin")
                if part == "origin" and tree.lemma(token.head) in word_group("acts for"):
                    part = "whole"
                top = token.head
            elif token.dep == "pobj" and head.dep == "prep" and tokens[head.head].pos in ("NOUN", "PROPN"):
                part = _deeper(part, "own" if head.text.lower() == "of" else "deep")
                top = head.head
            else:
                break
        return part, top  # type: ignore[return-value]

    def does(self, target: Mention) -> Iterator[Link]:
        """The links to a target from the agents in whose predicate it stands."""
        tree, tokens = self.tree, self.tree.tokens
        here, path, verbs = self.head[target.start], [], 0
        if is_addressed(tree, here) or self._is_no_target(target):
            return
        nearer: set[str] = set()
        others: list[set[str]] = []
        for _ in range(UP_MAX):
            token = tokens[here]
            if token.head == here or verbs == VERBS_MAX or token.dep == "npadvmod":  # "Lind second, Birch at 18"
                return
            path.append(here)
            if (clause := self._clause_of(here, target)) is not None:
                others.append(clause)
            below, here = here, token.head
            events = event_words_at(tree, here)
            verb = tokens[here].pos in ("VERB", "AUX") or tree.kid(here, "nsubj") is not None
            noun = tokens[here].pos == "NOUN" and not verb and not events and reporting_word_at(tree, here) is not None
            if not (verb or events or noun):
                continue
            verbs += verb
            if not events and tree.lemma(here) in word_group("publishing") | word_group("containing"):
                continue  # an outlet holds nothing by what it publishes, a plan nothing by what it includes
            if tree.word(below) in word_group("believing"):  # "was sure that Lind would win"
                continue
            holders = [
                (holder, how)
                for holder, how in self.who.agents(here, below)
                if holder.actor.name != target.actor.name and holder.sentence.index == target.sentence.index
                if not self._is_outside(here, holder, target) and all(holder.actor.name in names for names in others)
            ]
            for link in self._links(target, holders, here, path, events) if holders else ():
                yield replace(link, past=bool(nearer - {link.holder.actor.name}))
            nearer.update(holder.actor.name for holder, _ in holders)

    def _clause_of(self, index: int, target: Mention) -> set[str] | None:
        """The agents of a clause that has a subject of its own: "wrote the speech that Birch gave", "and Birch left".

        Returns:
            The names of those actors, which may be none; None where a word heads no such clause, or an event of the lexicon
            is done in it by the target ("a woman robbed by Birch").
        """
        tree = self.tree
        token = tree.tokens[index]
        if token.dep == "pcomp" and tree.word(token.head) in BLAMED_FOR:  # "criticised Lind for betraying Birch": Lind betrays
            return {mention.actor.name for mention, _ in self.who.acting(subject_of(tree, index))} or None
        own = tree.kid(index, "nsubj", "nsubjpass") if token.dep == "pcomp" else None
        if own is not None:  # "with some saying they fear Lind"
            return {mention.actor.name for mention, _ in self.who.acting(own)}
        joined = token.dep == "conj" and tree.tokens[token.head].dep in ("ccomp", "xcomp")
        if token.dep not in OWN_CLAUSES or token.tag == "VB" or joined:
            return None
        passive = is_passive(tree, index)
        subject = (agent_of(tree, index) if passive else None) or tree.kid(index, "nsubj", "nsubjpass")
        if subject is None and token.dep == "acl" and token.tag == "VBG" and self._is_somebody(token.head):
            subject = token.head  # "a group supporting Birch"
        if subject is None:
            return None
        names = {mention.actor.name for mention, _ in self.who.acting(subject)} or self._described_as(subject)
        return None if passive and target.actor.name in names and event_words_at(tree, index) else names

    def _is_somebody(self, index: int) -> bool:
        """Whether a noun means persons or an organisation, or stands for one: "the one supporting Birch"."""
        word = self.tree.tokens[index].text
        return word.lower() in ("one", "ones", "those") or is_human(word) or is_organisation_noun(word)

    def _described_as(self, subject: int) -> set[str]:
        """The actors described by the noun that a relative pronoun stands for: "Lind is a liar who"."""
        tree = self.tree
        here = whole_phrase(tree, subject)[0]
        for _ in range(PHRASE_MAX):
            token = tree.tokens[here]
            if token.dep == "attr":
                return {mention.actor.name for mention, _ in self.who.acting(subject_of(tree, token.head))}
            if token.dep != "conj":
                break
            here = token.head
        return set()

    def _is_outside(self, index: int, holder: Mention, target: Mention) -> bool:
        """Whether the holder acts in a quotation and the target stands outside it: "“Norway hopes for peace,” Lind said"."""
        quote = self.tree.quote_of
        return 0 <= quote[index] == quote[self.head[holder.start]] and quote[self.head[target.start]] < 0

    def _links(
        self, target: Mention, holders: Sequence[Holder], index: int, path: Sequence[int], events: Sequence[EventWord]
    ) -> Iterator[Link]:
        tree = self.tree
        frame, preposition, part = self._frame(path)
        how_it_stands = factuality(tree, index)
        word = reporting_word_at(tree, index)
        token = tree.tokens[index]
        voice = voice_at(self.voices, token.start)
        events = events or self._carried(index, preposition)
        thought = word is not None and word.act == "think" and preposition == "about" and part != "whole"
        placed = not events and preposition in BESIDE and tree.lemma(index) in word_group("postures")
        if thought or placed:  # "thinks about Lind's words", "sat alongside Lind"
            return
        known = part in ("whole", "own") and not is_neutral(tree, index, target)
        if token.pos == "NOUN" and not self._is_passed_on(index, path):
            valence = _of_noun(events, frame, preposition)
        elif token.pos == "NOUN":
            valence = 0.0
        else:
            valence = _of_verb(events, frame, preposition, alone=tree.kid(index, "dobj") is None)
        valence *= known
        if (part == "own" and self._is_opponents(path)) or self._is_excepted(path):
            valence = PASSED_OVER_VALENCE if valence > 0 else 0.0
        if known and tree.lemma(index) in word_group("felt") and is_passive(tree, index):
            valence = FELT_VALENCE if tree.lemma(index) in word_group("felt gladly") else -FELT_VALENCE
        for holder, how in holders:
            by_another = voice.kind != "narrator" and voice.speaker != holder.actor.name
            yield Link(
                holder,
                target,
                "does",
                how,
                frame,
                part,
                valence,
                how_it_stands.negated,
                how_it_stands.irrealis,
                by_another,
                len(path),
                "" if word is None else word.act,
                "neutral" if word is None else word.does,
                self._telling_word(index, path[-1]),
                "does",
                token.pos == "NOUN",
                supposed=how_it_stands.supposed,
                names=tree.lemma(index) in word_group("naming") and frame in ("object", "naming"),
            )

    def _telling_word(self, index: int, below: int) -> Span:
        """The word that says what is done: where a verb says little, what stands with it: "is critical", "has an ally"."""
        tree = self.tree
        is_light = tree.lemma(index) == "be" or tree.lemma(index) in word_group("support verbs")
        inner = tree.tokens[below]
        token = inner if is_light and inner.dep in PREDICATES and inner.pos in ("ADJ", "NOUN") else tree.tokens[index]
        return token.start, token.end

    def _carried(self, verb: int, preposition: str) -> tuple[EventWord, ...]:
        """The events that the object of a verb names: "paid tribute to", "filed suit against"."""
        dobj = self.tree.kid(verb, "dobj", "nsubjpass")
        if self.tree.lemma(verb) in word_group("taking back"):  # "losing support to Lind"
            return ()
        words = () if dobj is None or not preposition else event_words_at(self.tree, dobj)
        return tuple(word for word in words if preposition in word.prepositions)

    def _frame(self, path: Sequence[int]) -> tuple[Frame, str, Part]:
        """How a target's phrase hangs on what is above it, by which preposition, and how the target stands in the phrase."""
        tree, tokens = self.tree, self.tree.tokens
        deps = [tokens[index].dep for index in path]
        top, rest = deps[-1], list(reversed(path[:-1]))
        preposition = tree.word(path[-1]) if tokens[path[-1]].pos in ("ADP", "SCONJ", "VERB") else ""
        frame: Frame
        if top in ("dobj", "nsubjpass", "dative") and not preposition:
            frame = "object"
        elif top == "oprd":
            frame = "naming"
        elif top in ("prep", "agent", "dative") and rest and tokens[rest[0]].dep == "pobj":
            frame, rest = "preposition", rest[1:]
        else:
            return "far", preposition, "deep"
        return frame, preposition, self._inner(rest)

    def _is_passed_on(self, index: int, path: Sequence[int]) -> bool:
        """Whether the target gets what nobody gives: "losing support to Lind", "a shift in support from Holm to Lind"."""
        tree = self.tree
        if tree.word(path[-1]) != "to":
            return False
        lost = tree.lemma(tree.tokens[index].head) in word_group("taking back")
        return lost or tree.kid(index, "prep", words=("from",)) is not None

    def _is_opponents(self, path: Sequence[int]) -> bool:
        """Whether the event is done to the target's opponents: "backs Lind's rivals", "behind a list of her challengers"."""
        tree = self.tree
        owned = next((tree.tokens[index].head for index in path if tree.tokens[index].dep == "poss"), None)
        if owned is None:
            return False
        listed = [kid for prep in tree.below(owned, "prep", words=("of",)) for kid in tree.below(prep, "pobj")]
        return any(tree.lemma(index) in word_group("not their own") for index in (owned, *listed))

    def _is_excepted(self, path: Sequence[int]) -> bool:
        """Whether the event is done to all but the target: "voting for anyone but Lind"."""
        tree = self.tree
        joined = (index for index in path if tree.tokens[index].dep == "conj")
        return any(
            tree.word(tree.tokens[index].head) in word_group("everybody")
            and tree.kid(tree.tokens[index].head, "cc", words=("but",)) is not None
            for index in joined
        )

    def _describes(self, index: int) -> bool:
        """Whether a phrase only says who a named person is: "Lind, head of the Hydrona Company"."""
        token = self.tree.tokens[index]
        return token.dep == "appos" and token.head in self.at and index not in self.at

    def _inner(self, rest: Sequence[int]) -> Part:
        """How a target stands in a phrase, from what lies between them, the nearest to the phrase's head first."""
        tree, tokens = self.tree, self.tree.tokens
        part, skip = "whole", False
        for index, following in zip(rest, (*rest[1:], None), strict=False):
            dep = tokens[index].dep
            if self._describes(index) and following is not None and tokens[following].dep != "conj":
                return "deep"
            named = dep == "acl" and following is not None and self._is_named_by(index, following)
            listed = dep == "prep" and tree.word(index) in ("as", "including", "like")
            if skip or dep in ("conj", "appos") or named or listed:
                skip = named or listed
            elif dep == "poss":
                part = _deeper(part, "own")
            elif dep in ("prep", "agent") and tree.word(index) in ("of", "by", "from"):
                part, skip = _deeper(part, "own"), True
            elif dep in ("compound", "nmod", "amod"):
                acts = part == "whole" and tree.lemma(tokens[index].head) in word_group("acts for")
                part = part if acts else _deeper(part, "origin")
            else:
                return "deep"
        return part  # type: ignore[return-value]

    def _is_named_by(self, verb: int, following: int) -> bool:
        """Whether a participle only gives a name: "a man named Lind", "a man identified as Lind"."""
        tree = self.tree
        identified = tree.lemma(verb) in word_group("identifying") and tree.word(following) == "as"
        return tree.tokens[following].dep == "oprd" or identified


def _deeper(part: str, step: str) -> str:
    return step if part == "whole" else "deep"


def _of_noun(events: Sequence[EventWord], frame: Frame, preposition: str) -> float:
    """What the event of a noun means for whoever one of its prepositions leads to; 0 for others."""
    return next((word.patient_valence for word in events if frame == "preposition" and preposition in word.prepositions), 0.0)


def _of_verb(events: Sequence[EventWord], frame: Frame, preposition: str, *, alone: bool) -> float:
    """What the event of a verb means for whoever stands in a frame of it; 0 where that is not the one it is done to.

    alone: the verb has no object.
    """
    named = _of_noun(events, frame, preposition)
    plain = next((word.patient_valence for word in events if not word.prepositions), 0.0)
    if named or not plain:
        return named
    if frame == "object":
        return plain
    if plain > 0:
        return PASSED_OVER_VALENCE if preposition in PASSED_OVER and not alone else 0.0
    return plain if alone and preposition in LOOSE_PREPOSITIONS else 0.0


def find_links(who: Holders, discourse: Discourse, sides: Container[tuple[str, str]]) -> list[Link]:
    """Every link between two actors of an article, in the order of the targets.

    Args:
        who: the actors, by the places that they fill.
        discourse: what ``find_discourse`` returned for them.
        sides: what ``same_side`` returned for them.

    Returns:
        Links in which holder and target are different actors named in one sentence, and neither is the other's own body
        ("the Lind campaign").
    """
    linker = _Linker(who, discourse, find_attributions(discourse.tree, nested=True))
    targets = [mention for mention in who.cast.mentions if mention.scored and mention.sentence.index in who.shared]
    links = [link for target in targets for link in (*linker.says(target), *linker.does(target))]
    links += relation_links(who, discourse)
    own = _named_after_persons(who.cast.actors)
    links = [link for link in links if (link.holder.actor.name, link.target.actor.name) not in own]
    return [replace(link, told=False) if link.told and _speaks_for(link, discourse, sides) else link for link in links]


def _speaks_for(link: Link, discourse: Discourse, sides: Container[tuple[str, str]]) -> bool:
    """Whether the one who tells of an act belongs to its agent: "Norway's minister Lind said that Norway would sue"."""
    return link.way == "does" and (voice_at(discourse.voices, link.cue[0]).speaker, link.holder.actor.name) in sides


def same_side(who: Holders) -> frozenset[tuple[str, str]]:
    """Pairs of actors named as belonging together: "Norway's minister Anna Lind", "Lind, a spokesman for Norway"."""
    cast, tokens = who.cast, who.tree.tokens
    pairs: set[tuple[str, str]] = set()
    for mention in cast.mentions if tokens else ():
        here = who.head.get(mention.start)
        if here is None:
            continue
        for _ in range(PHRASE_MAX):
            token = tokens[here]
            if token.head == here or token.dep not in ("compound", "nmod", "amod", "poss", "appos", "pobj", "prep"):
                break
            here = token.head
            other = who.at.get(here)
            if other is not None and other.actor.name != mention.actor.name:
                pairs |= {(other.actor.name, mention.actor.name), (mention.actor.name, other.actor.name)}
                break
    return frozenset(pairs | _named_after(cast) | _named_after_persons(cast.actors))


def _named_after_persons(actors: Sequence[Actor]) -> set[tuple[str, str]]:
    """Persons and the bodies that bear their surnames: Anna Lind and "the Lind campaign", "Team Lind"."""
    persons: dict[str, list[str]] = {}
    for actor in actors:
        if actor.kind == "person":
            persons.setdefault(actor.name.split()[-1], []).append(actor.name)
    pairs: set[tuple[str, str]] = set()
    for body in actors:
        words = body.name.split()
        if body.kind != "person" and not word_group("of a person").isdisjoint(word.lower() for word in words):
            for person in (name for word in words for name in persons.get(word, ())):
                pairs |= {(person, body.name), (body.name, person)}
    return pairs


def _named_after(cast: Cast) -> set[tuple[str, str]]:
    """Countries and the organisations that bear their names: "Saudi Arabia" and the "Royal Saudi Air Force"."""
    names: dict[str, set[str]] = {}
    for actor in cast.actors:
        if actor.kind == "country":
            names[actor.name] = {form for form in (actor.name, *actor.aliases) if len(form) > SHORT_FORM}
    for mention in cast.mentions:
        if mention.actor.name in names and mention.form in ("demonym", "origin"):
            names[mention.actor.name].add(cast.parse.text_of(mention))
    pairs: set[tuple[str, str]] = set()
    for body in (actor for actor in cast.actors if actor.kind == "organisation"):
        padded = f" {body.name} "
        for state, forms in names.items():
            if any(f" {form} " in padded for form in forms):
                pairs |= {(state, body.name), (body.name, state)}
    return pairs
