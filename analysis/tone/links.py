"""Who may stand somewhere on whom: the links that the grammar of a sentence makes between two of its actors.

An actor is linked to another where he is the source of words that name the other ("says"), or the one who acts in a
clause in whose predicate the other stands ("does"). Standing in one sentence, a date line, an origin ("the French
minister") or being told something are no links. Everything walks within one sentence; the cost is linear in the text.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations
from typing import Final, Literal

from ..discourse import (
    DeedWord,
    Discourse,
    ReportingWord,
    Tree,
    Voice,
    agent_of,
    covers,
    find_attributions,
    is_passive,
    reporting_word,
    source_head,
    standing,
    subject_of,
    voice_at,
    whole_phrase,
    word_group,
    word_of,
    words_of,
)
from ..model import Attribution, Cast, Mention, Span

UP_MAX: Final = 25
"""How many words above a target are looked at for somebody who acts."""
VERBS_MAX: Final = 4
"""How many verbs above a target are looked at."""
PHRASE_MAX: Final = 8
"""How many words a target's phrase is followed up."""
MUTUAL_MAX: Final = 6
"""How many who do something to each other are looked at in one clause."""
MUTUAL_VALENCE: Final = 0.4
"""What "agreed with each other", and with the other sign "clashed", means for both."""
LOOSE_PREPOSITIONS: Final = frozenset({"on", "against", "at", "with", "over", "down"})

Way = Literal["says", "does"]
Frame = Literal["object", "naming", "preposition", "far"]
Part = Literal["whole", "own", "origin", "deep"]


@dataclass(frozen=True, slots=True)
class Link:
    """One link in one sentence.

    way: "says" (the target is named in the holder's words) or "does" (it stands in the predicate of what he does).
    how: how the holder fills his place: itself ("head"), by what acts for it ("acts-for"), by an apposition ("beside").
    frame: how the target's phrase hangs on what is done. part: how the target stands in that phrase: it is all of it,
    its owner ("Lind's plan"), its origin ("Danish goods"), or deeper in it.
    valence: what the event means for the target, in [-1, +1]; 0 where the lexicon does not know it.
    negated, irrealis: how the event stands. told: the event is told by somebody else. steps: words between.
    act: of the cue or the verb, as in the lexicon of cues. cue: its span. rule: of the attribution, or "does".
    """

    holder: Mention
    target: Mention
    way: Way
    how: str
    frame: Frame
    part: Part
    valence: float
    negated: bool
    irrealis: bool
    told: bool
    steps: int
    act: str
    does: str
    cue: Span
    rule: str
    noun: bool = False


_Holder = tuple[Mention, str]


class _Linker:
    """What is looked up more than once in an article."""

    def __init__(self, cast: Cast, tree: Tree, voices: Sequence[Voice], inner: Sequence[Attribution] = ()) -> None:
        self.cast, self.tree, self.voices = cast, tree, voices
        starts = [token.start for token in tree.tokens]
        self.at: dict[int, Mention] = {}
        self.head: dict[int, int] = {}
        self.here: dict[tuple[int, str], Mention] = {}
        for mention in cast.mentions:
            first, last = bisect_left(starts, mention.start), bisect_left(starts, mention.end)
            places = range(first, max(last, first + 1))
            self.at.update((place, mention) for place in places)
            self.head[mention.start] = self._head(places)
            self.here.setdefault((mention.sentence.index, mention.actor.name), mention)
        self.words: dict[int, ReportingWord | None] = {}
        self.inner: dict[int, list[Attribution]] = {}
        for item in inner:
            first = bisect_left(starts, item.content[0][0])
            if first < len(starts):
                self.inner.setdefault(tree.sentence_of[first], []).append(item)

    def _head(self, places: range) -> int:
        """The token of a mention that the others hang on."""
        tokens = self.tree.tokens
        inside = [place for place in places if place < len(tokens) and tokens[place].pos not in ("PUNCT", "SPACE")]
        if not inside:
            return max(0, min(places[0], len(tokens) - 1))
        return next((k for k in inside if tokens[k].head not in places or tokens[k].head == k), inside[-1])

    # --- who acts -----------------------------------------------------------------------------------------------

    def acting(self, index: int | None) -> list[_Holder]:
        """The actors that act where a token is the subject: itself and what is joined to it, or whom it acts for."""
        found: list[_Holder] = []
        for place in whole_phrase(self.tree, index):
            mention = self.at.get(place)
            served = [item for kid in self._spokesmen(place) for item in self._served(kid)]
            if mention is not None:
                found += [(mention, "head"), *served]
                continue
            if self.tree.lemma(place) in word_group("acts for"):
                served += self._served(place)
            found += [*((other, "beside") for other in self._named_beside(place)), *served]
            found += self._such_as(place)
        return found

    def _named_beside(self, place: int) -> list[Mention]:
        """ "the mayor, Anna Lind", "the head of Norway's bank, Anna Lind": the person that a role's phrase names last."""
        tree = self.tree
        below = list(tree.below(place, "appos"))
        for prep in tree.below(place, "prep"):
            below += [kid for inner in tree.below(prep, "pobj") for kid in tree.below(inner, "appos")]
        found = [self.at[kid] for kid in below if kid in self.at]
        return [mention for mention in found if mention.actor.kind == "person"] or found[:1]

    def _spokesmen(self, place: int) -> Iterator[int]:
        """ "Assadi, a spokesman for the PMF": the apposition that says for whom somebody speaks."""
        return (kid for kid in self.tree.below(place, "appos") if self.tree.lemma(kid) in word_group("spokesmen"))

    def _served(self, place: int) -> list[_Holder]:
        """ "the Norwegian government", "a spokesman for Norway": whom a noun acts for."""
        tree = self.tree
        kids = list(tree.below(place, "amod", "compound", "nmod", "poss"))
        for prep in tree.below(place, "prep", words=("of", "for")):
            kids += tree.below(prep, "pobj")
        return [(self.at[kid], "acts-for") for kid in kids if kid in self.at]

    def _such_as(self, place: int) -> list[_Holder]:
        """ "leaders including Lind and Holm", "critics such as Lind": the members that are named."""
        tree = self.tree
        found: list[_Holder] = []
        for prep in tree.below(place, "prep", words=("including", "as", "like")):
            inner = tree.kid(prep, "pobj")
            if tree.word(prep) != "as" or tree.kid(prep, "amod", words=("such",)) is not None:
                found += [(self.at[k], "beside") for k in whole_phrase(tree, inner) if k in self.at]
        return found

    def agents(self, place: int, below: int) -> list[_Holder]:
        """Who acts in a verb or a noun of the lexicon, seen from a token below it; nobody where that is who acts."""
        tree, tokens = self.tree, self.tree.tokens
        if tokens[place].pos == "NOUN":
            found: list[_Holder] = []
            for kid in tree.below(place, "poss", "compound", "amod", "nmod"):
                if kid != below and (tokens[kid].dep == "poss" or kid in self.at):
                    found += self.acting(kid)
            for prep in tree.below(place, "prep", "agent", words=("by", "from", "of")):
                if prep != below:
                    found += self.acting(tree.kid(prep, "pobj"))
            carried = tokens[place].dep == "dobj" and tree.lemma(tokens[place].head) in word_group("support verbs")
            return found if found or not carried else self.agents(tokens[place].head, place)
        if is_passive(tree, place):
            agent = agent_of(tree, place)
            return [] if tokens[below].dep == "agent" else self.acting(agent) if agent is not None else self._by_means(place)
        if tokens[below].dep in ("nsubj", "nsubjpass", "csubj"):
            return []
        subject = subject_of(tree, place)
        return [] if subject is None or subject == below else self.acting(subject)

    def _by_means(self, place: int) -> list[_Holder]:
        """ "killed in a US airstrike": whose operation it was."""
        tree = self.tree
        inner = (tree.kid(prep, "pobj") for prep in tree.below(place, "prep", words=("in", "by", "during")))
        means = [kid for kid in inner if kid is not None and tree.lemma(kid) in word_group("operations")]
        return [item for kid in means for item in self._served(kid)]

    def mutual(self, place: int) -> Iterator[Link]:
        """ "Norway and Sweden signed a pact", "Lind clashed with Holm": what two do to each other."""
        tree, tokens = self.tree, self.tree.tokens
        lemma = tree.lemma(place)
        side = 1.0 if lemma in word_group("mutual friendly") else -1.0 if lemma in word_group("mutual hostile") else 0.0
        if not side or tokens[place].pos != "VERB" or is_passive(tree, place):
            return
        both = {mention.actor.name: (mention, how) for mention, how in self.acting(subject_of(tree, place))}
        for prep in tree.below(place, "prep", words=("with",)):
            both.update({mention.actor.name: (mention, how) for mention, how in self.acting(tree.kid(prep, "pobj"))})
        how_it_stands = standing(tree, place)
        voice = voice_at(self.voices, tokens[place].start)
        for (one, how), (other, _) in permutations(list(both.values())[:MUTUAL_MAX], 2):
            if one.sentence is other.sentence:
                told = voice.kind != "narrator" and voice.speaker != one.actor.name
                yield Link(
                    one,
                    other,
                    "does",
                    how,
                    "object",
                    "whole",
                    MUTUAL_VALENCE * side * (-1 if how_it_stands.negated else 1),
                    False,
                    how_it_stands.irrealis,
                    told,
                    1,
                    "",
                    "neutral",
                    (tokens[place].start, tokens[place].end),
                    "mutual",
                )

    # --- links --------------------------------------------------------------------------------------------------

    def says(self, target: Mention) -> Iterator[Link]:
        """The link from whoever's words a mention stands in."""
        voice = voice_at(self.voices, target.start)
        item = voice.attribution
        if item is None or voice.kind == "none":
            return
        word = self._word(item)
        holders = self._sources(voice, item, target)
        frame, part = self._in_words(target)
        cue = (item.cue or item.source or item.content)[0]
        told = self._is_quoted(target, item)
        for holder, how in holders:
            act = word.act if word is not None else "say"
            does = word.does if word is not None else "neutral"
            yield Link(holder, target, "says", how, frame, part, 0.0, False, False, told, 0, act, does, cue, item.kind)

    def _is_quoted(self, target: Mention, item: Attribution) -> bool:
        """Whether inside a speaker's words somebody else says it: “The left is saying, ‘Lind lies’”."""
        for other in self.inner.get(target.sentence.index, ()):
            inside = any(start <= target.start < end for start, end in other.content)
            if inside and other.content != item.content and covers(item.content, other.content):
                head = source_head(self.tree.parse, other)
                if head is not None and head.pos != "PRON" and head.text.lower() not in word_group("first person"):
                    return True
        return False

    def _word(self, item: Attribution) -> ReportingWord | None:
        if id(item) not in self.words:
            self.words[id(item)] = reporting_word(self.tree, item)
        return self.words[id(item)]

    def _sources(self, voice: Voice, item: Attribution, target: Mention) -> list[_Holder]:
        """The actors whose words they are, each where the target's sentence names it."""
        head = source_head(self.tree.parse, item)
        found = [] if head is None else self.acting(head.index)
        if voice.actor is not None and all(mention.actor.name != voice.actor.name for mention, _ in found):
            named = self.here.get((target.sentence.index, voice.actor.name))
            found = [*([] if named is None else [(named, "head")]), *found]
        unique = {mention.actor.name: (mention, how) for mention, how in reversed(found)}
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
        """How a mention stands in its phrase, and the head of that."""
        tree, tokens = self.tree, self.tree.tokens
        top, part = self.head[target.start], "whole"
        for _ in range(PHRASE_MAX):
            token = tokens[top]
            head = tokens[token.head]
            if token.head == top:
                break
            if token.dep in ("conj", "appos") and head.pos in ("NOUN", "PROPN", "PRON"):
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
        """The links from whoever acts in a clause in whose predicate a mention stands."""
        tree, tokens = self.tree, self.tree.tokens
        here, path, verbs = self.head[target.start], [], 0
        for _ in range(UP_MAX):
            token = tokens[here]
            if token.head == here or verbs == VERBS_MAX:
                return
            path.append(here)
            below, here = here, token.head
            events = words_of(tree, here)
            verb = tokens[here].pos in ("VERB", "AUX")
            if not verb and not events:
                continue
            verbs += verb
            holders = [
                (holder, how)
                for holder, how in self.agents(here, below)
                if holder.actor.name != target.actor.name and holder.sentence.index == target.sentence.index
            ]
            if holders:
                yield from self._links(target, holders, here, path, events)

    def _links(
        self, target: Mention, holders: Sequence[_Holder], place: int, path: Sequence[int], events: Sequence[DeedWord]
    ) -> Iterator[Link]:
        tree = self.tree
        frame, preposition, part = self._frame(path)
        how_it_stands = standing(tree, place)
        word = word_of(tree, place)
        token = tree.tokens[place]
        voice = voice_at(self.voices, token.start)
        known = part in ("whole", "own") and tree.lemma(place) not in word_group("contests")
        valence = _valence(events, frame, preposition, noun=token.pos == "NOUN") if known else 0.0
        for holder, how in holders:
            told = voice.kind != "narrator" and voice.speaker != holder.actor.name
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
                told,
                len(path),
                "" if word is None else word.act,
                "neutral" if word is None else word.does,
                (token.start, token.end),
                "does",
                token.pos == "NOUN",
            )

    def _frame(self, path: Sequence[int]) -> tuple[Frame, str, Part]:
        """How a target's phrase hangs on what is above it, by which preposition, and how the target stands in the phrase."""
        tree, tokens = self.tree, self.tree.tokens
        deps = [tokens[place].dep for place in path]
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

    def _inner(self, rest: Sequence[int]) -> Part:
        """How a target stands in a phrase, from what lies between them, the nearest to the phrase's head first."""
        tree, tokens = self.tree, self.tree.tokens
        part, skip = "whole", False
        for place, following in zip(rest, (*rest[1:], None), strict=False):
            dep = tokens[place].dep
            named = dep == "acl" and following is not None and tokens[following].dep == "oprd"
            if skip or dep in ("conj", "appos") or named:
                skip = named
            elif dep == "poss":
                part = _deeper(part, "own")
            elif dep == "prep" and tree.word(place) == "of":
                part, skip = _deeper(part, "own"), True
            elif dep in ("compound", "nmod", "amod"):
                acts = part == "whole" and tree.lemma(tokens[place].head) in word_group("acts for")
                part = part if acts else _deeper(part, "origin")
            else:
                return "deep"
        return part  # type: ignore[return-value]


def _deeper(part: str, step: str) -> str:
    return step if part == "whole" else "deep"


def _valence(events: Sequence[DeedWord], frame: Frame, preposition: str, *, noun: bool) -> float:
    """What an event means for whoever stands in a frame of it; 0 where that is not the one it is done to."""
    for word in events:
        if word.prepositions:
            if frame == "preposition" and preposition in word.prepositions:
                return word.done_to
        elif not noun and (frame in ("object", "naming") or (frame == "preposition" and preposition in LOOSE_PREPOSITIONS)):
            return word.done_to
    return 0.0


def find_links(cast: Cast, discourse: Discourse) -> list[Link]:
    """Every link between two actors of an article, in the order of the targets.

    Args:
        cast: the actors.
        discourse: what ``find_discourse`` returned for them.

    Returns:
        Links in which holder and target are different actors named in one sentence.
    """
    if not cast.parse.tokens:
        return []
    linker = _Linker(cast, discourse.tree, discourse.voices, find_attributions(discourse.tree, nested=True))
    targets = [mention for mention in cast.mentions if mention.scored]
    found = [link for target in targets for link in (*linker.says(target), *linker.does(target))]
    return found + [link for token in cast.parse.tokens for link in linker.mutual(token.index)]


def same_side(cast: Cast, discourse: Discourse) -> frozenset[tuple[str, str]]:
    """Pairs of actors named as belonging together: "Norway's minister Anna Lind", "Lind, a spokesman for Norway"."""
    if not cast.parse.tokens:
        return frozenset()
    linker = _Linker(cast, discourse.tree, ())
    tokens = linker.tree.tokens
    found: set[tuple[str, str]] = set()
    for mention in cast.mentions:
        here = linker.head[mention.start]
        for _ in range(PHRASE_MAX):
            token = tokens[here]
            if token.head == here or token.dep not in ("compound", "nmod", "amod", "poss", "appos", "pobj", "prep"):
                break
            here = token.head
            other = linker.at.get(here)
            if other is not None and other.actor.name != mention.actor.name:
                found |= {(other.actor.name, mention.actor.name), (mention.actor.name, other.actor.name)}
                break
    return frozenset(found)
