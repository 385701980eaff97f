"""Who fills a place in a sentence: the actors that a subject, an agent, an owner or an apposition stands for.

"The mayor, Anna Lind", "a spokesman for Norway", "Lind's advert", "critics such as Lind": each is somebody who can hold a
stance or be the target of one. Everything walks within one sentence; the cost is linear in the text.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from ..discourse import Tree, agent_of, is_passive, subject_of, whole_phrase, word_group
from ..model import STATED_RULE, Cast, Mention, Sentence, Span

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
    act: of the cue or the verb, as in the lexicon of cues. cue: its span.
    rule: of the attribution, of ``relations``, or "does".
    noun: the event is a noun. past: somebody else acts nearer to the target.
    names: the verb calls or describes the target. supposed: the event is only asked, possible, alleged or hoped for.
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
    past: bool = False
    names: bool = False
    supposed: bool = False


Holder = tuple[Mention, str]
_ACT_ALONE: Final = {"country": "not of states", "person": "not of persons"}
"""The group of nouns for those who do not act for an owner of a kind: "Norwegian rebels", "Lind supporters"."""


class Holders:
    """Who fills a place in the sentences of an article: looked up by token, each looked up once."""

    def __init__(self, cast: Cast, tree: Tree) -> None:
        self.cast, self.tree = cast, tree
        starts = [token.start for token in tree.tokens]
        self.at: dict[int, Mention] = {}
        self.head: dict[int, int] = {}
        self.here: dict[tuple[int, str], Mention] = {}
        self.stated: dict[int, tuple[int, str]] = {}
        for mention in cast.mentions:
            first, last = bisect_left(starts, mention.start), bisect_left(starts, mention.end)
            tokens = range(first, max(last, first + 1))
            key = (mention.sentence.index, mention.actor.name)
            if mention.rule == STATED_RULE:
                self.stated.update(dict.fromkeys(tokens, key))
                continue
            self.at.update(dict.fromkeys(tokens, mention))
            self.head[mention.start] = self._head(tokens)
            known = self.here.setdefault(key, mention)
            if mention.scored and not known.scored:
                self.here[key] = mention
        named = Counter(index for index, _ in self.here)
        self.shared = frozenset(index for index, count in named.items() if count > 1)
        """The sentences that name more than one actor."""

    def _head(self, indexes: range) -> int:
        """The token of a mention that the others hang on."""
        tokens = self.tree.tokens
        inside = [index for index in indexes if index < len(tokens) and tokens[index].pos not in ("PUNCT", "SPACE")]
        if not inside:
            return max(0, min(indexes[0], len(tokens) - 1))
        return next((k for k in inside if tokens[k].head not in indexes or tokens[k].head == k), inside[-1])

    def is_asked(self, sentence: Sentence) -> bool:
        """Whether a sentence ends with a question mark: "What is the quarrel between Norway and Sweden about?"."""
        return self.tree.parse.text_of(sentence).rstrip("\"'”’ ").endswith("?")

    # --- who acts -----------------------------------------------------------------------------------------------

    def acting(self, index: int | None) -> list[Holder]:
        """The actors that act where a token is the subject: itself and what is joined to it, or whom it acts for."""
        holders: list[Holder] = []
        for head in whole_phrase(self.tree, index):
            mention = self.at.get(head) or self._first_name(head) or self._described(head)
            served = [holder for kid in self._spokesmen(head) for holder in self._served(kid)]
            if mention is not None:
                holders += [*([] if self.is_people(mention, head) else [(mention, "head")]), *served]
                continue
            if self.tree.word(head) == "those":
                holders += self._among(head)
            lemma, members = self.tree.lemma(head), self._such_as(head)
            if members:  # "Senate leaders including Lind and Holm": those who are named, not the Senate
                holders += members
            elif lemma in word_group("acts for") or (lemma in word_group("members") and self._is_plural(head)):
                served += self._served(head)
            elif lemma in word_group("own acts"):
                served += self._owners(head)
            holders += [*((other, "beside") for other in self._named_beside(head)), *served]
        return holders

    def _first_name(self, index: int) -> Mention | None:
        """The person whose surname stands here, where only the given name was found: "Theresa May"."""
        if self.tree.tokens[index].pos != "PROPN":
            return None
        first = (self.at[kid] for kid in self.tree.below(index, "compound", "nmod") if kid == index - 1 and kid in self.at)
        return next((mention for mention in first if mention.actor.kind == "person" and mention.form == "name"), None)

    def _described(self, index: int) -> Mention | None:
        """The person that a description beside a name means: "Lind, a former official who"."""
        key = self.stated.get(index)
        mention = None if key is None else self.here.get(key)
        spoken_for = self.tree.lemma(index) in word_group("spokesmen")
        return mention if mention is not None and mention.actor.kind == "person" and not spoken_for else None

    def is_people(self, mention: Mention, index: int) -> bool:
        """Whether people of a country, or one of a kind, are meant: "Millions of Americans", "a bank", "the Republican"."""
        if mention.actor.kind in ("group", "organisation") and self.tree.tokens[index].tag in ("NN", "NNP"):
            partisan = self.tree.word(index) in word_group("partisan nouns")
            return self.tree.kid(index, "det", words=None if partisan else ("a", "an", "another")) is not None
        return mention.actor.kind == "country" and mention.form == "demonym" and self.tree.tokens[index].tag in ("NNPS", "NNS")

    def is_one_of(self, mention: Mention, index: int) -> bool:
        """Whether somebody of a country is meant and not the country: "the Georgian"."""
        token = self.tree.tokens[index]
        named = mention.actor.kind == "country" and mention.form == "demonym" and token.tag in ("NN", "NNP")
        return named and token.dep in ("nsubj", "nsubjpass", "dobj", "pobj") and self.tree.kid(index, "det") is not None

    def _is_plural(self, index: int) -> bool:
        return self.tree.tokens[index].tag == "NNS"

    def _among(self, index: int) -> list[Holder]:
        """The subject of a clause that counts it among others: "Lind was among those who"."""
        tree, token = self.tree, self.tree.tokens[index]
        above = tree.tokens[token.head]
        if token.dep != "pobj" or above.text.lower() not in ("among", "of"):
            return []
        verb = above.head if tree.tokens[above.head].pos in ("VERB", "AUX") else tree.tokens[above.head].head
        subject = tree.kid(verb, "nsubj")
        return [] if subject is None or tree.lemma(verb) != "be" else self.acting(subject)

    def _owners(self, index: int) -> list[Holder]:
        """Whose words or act a thing is: "Lind's advert", "a statement by Lind", "Norway issued a resolution calling ..."."""
        tree, token = self.tree, self.tree.tokens[index]
        platform = tree.lemma(index) in word_group("posted")  # "a Facebook post" is none of Facebook's
        kids = list(tree.below(index, "poss", *(() if platform else ("compound", "nmod"))))
        for prep in tree.below(index, "prep", "agent", words=("by", "from", "of")):
            kids += tree.below(prep, "pobj")
        owners = [(self.at[kid], "acts-for") for kid in kids if kid in self.at and not self._is_where(kid)]
        published = tree.lemma(token.head) in word_group("publishing")
        if not owners and token.dep == "dobj" and not published and not is_passive(tree, token.head):
            subject = subject_of(tree, token.head)
            return [] if subject is None or subject == index else self.acting(subject)
        return owners

    def _is_where(self, index: int) -> bool:
        """Whether a name before a noun only says where: "New Hampshire adverts"."""
        return self.at[index].actor.kind == "place" and self.tree.tokens[index].dep in ("compound", "nmod")

    def _named_beside(self, index: int) -> list[Mention]:
        """The person that the phrase of a role names last: "the mayor, Anna Lind", "the head of Norway's bank, Anna Lind"."""
        tree = self.tree
        below = list(tree.below(index, "appos"))
        for called in tree.below(index, "acl"):
            below += tree.below(called, "oprd")
        for prep in tree.below(index, "prep"):
            below += [kid for inner in tree.below(prep, "pobj") for kid in tree.below(inner, "appos")]
        holders = [self.at[kid] for kid in below if kid in self.at]
        return [mention for mention in holders if mention.actor.kind == "person"] or holders[:1]

    def _spokesmen(self, index: int) -> Iterator[int]:
        """The appositions that say for whom somebody speaks: "Assadi, a spokesman for the PMF"."""
        return (kid for kid in self.tree.below(index, "appos") if self.tree.lemma(kid) in word_group("spokesmen"))

    def _served(self, index: int) -> list[Holder]:
        """Those for whom a noun acts: "the Norwegian government", "a spokesman for Norway"."""
        tree = self.tree
        kids = list(tree.below(index, "amod", "compound", "nmod", "poss"))
        for prep in tree.below(index, "prep", words=("of", "for")):
            kids += tree.below(prep, "pobj")
        beside = (index, *self.tree.below(index, "amod", "compound", "nmod"))
        nouns = {self.tree.lemma(word) for word in beside}
        holders = [(self.at[kid], "acts-for") for kid in kids if kid in self.at]
        holders = [
            (other, how)
            for other, how in holders
            if (alone := _ACT_ALONE.get(other.actor.kind)) is None or nouns.isdisjoint(word_group(alone))
        ]
        if tree.lemma(index) in word_group("candidates"):  # "Senate candidates" want to be in it
            bodies = word_group("elected bodies")
            holders = [(other, how) for other, how in holders if tree.word(self.head[other.start]) not in bodies]
        inner = [] if holders else [kid for kid in kids if tree.lemma(kid) in word_group("acts for")]
        return holders or [
            (self.at[k], "acts-for")
            for kid in inner
            for k in tree.below(kid, "amod", "compound", "nmod", "poss")
            if k in self.at
        ]

    def _such_as(self, index: int) -> list[Holder]:
        """The named members of a group: "leaders including Lind and Holm", "critics such as Lind"."""
        tree = self.tree
        holders: list[Holder] = []
        for prep in tree.below(index, "prep", words=("including", "as", "like")):
            inner = tree.kid(prep, "pobj")
            if tree.word(prep) != "as" or tree.kid(prep, "amod", words=("such",)) is not None:
                holders += [(self.at[k], "beside") for k in whole_phrase(tree, inner) if k in self.at]
        return holders

    def agents(self, index: int, below: int) -> list[Holder]:
        """Who acts in a verb or a noun of the lexicon, seen from a token below it; nobody where that is who acts."""
        tree, tokens = self.tree, self.tree.tokens
        if tokens[index].pos == "NOUN" and tree.kid(index, "nsubj") is None:
            return self._noun_agents(index, below)
        if is_passive(tree, index):
            return self._passive_agents(index, below)
        if tokens[below].dep in ("nsubj", "nsubjpass", "csubj"):
            return []
        if tokens[index].pos == "ADJ" and tokens[index].dep == "amod":  # "senators critical of Lind"
            return self.acting(tokens[index].head)
        planned = self._planners(index)
        if planned:
            return planned
        subject = subject_of(tree, index)
        holders = [] if subject is None or subject == below else self.acting(subject)
        return [*holders, *self._joined(index), *self._on_behalf(index)]

    def is_served(self, index: int) -> bool:
        """Whether a word names for whom something is done: "on behalf of Norway", "on Norway's behalf"."""
        tree, token = self.tree, self.tree.tokens[index]
        above = tree.tokens[token.head]
        led = token.dep == "pobj" and above.text.lower() == "of" and tree.lemma(above.head) == "behalf"
        return led or (token.dep == "poss" and above.lemma.lower() == "behalf")

    def _on_behalf(self, verb: int) -> list[Holder]:
        """Those for whom something is done: "Lind sued on behalf of Norway"."""
        tree = self.tree
        inner = (tree.kid(prep, "pobj") for prep in tree.below(verb, "prep", words=("on",)))
        indexes: list[int] = []
        for noun in inner:
            if noun is not None and tree.lemma(noun) == "behalf":
                indexes += tree.below(noun, "poss")
                indexes += [kid for prep in tree.below(noun, "prep", words=("of",)) for kid in tree.below(prep, "pobj")]
        return [(self.at[kid], "acts-for") for kid in indexes if kid in self.at]

    def _planners(self, verb: int) -> list[Holder]:
        """The owners of a plan or request: "Lind’s plan to sue", "the request of Lind to suspend"."""
        tree, token = self.tree, self.tree.tokens[verb]
        if token.dep != "acl" or token.tag != "VB" or tree.lemma(token.head) not in word_group("intents"):
            return []
        kids = list(tree.below(token.head, "poss"))
        for prep in tree.below(token.head, "prep", words=("of", "by", "from")):
            kids += tree.below(prep, "pobj")
        return [holder for kid in kids for holder in self.acting(kid)]

    def _noun_agents(self, index: int, below: int) -> list[Holder]:
        """The agents of a noun: "Norway's attack", "the attack by Norway", "Norway launched an attack"."""
        tree, tokens = self.tree, self.tree.tokens
        if tree.lemma(index) in word_group("partisans"):
            return []  # whom an ally or a critic is said of: see ``relations``
        holders: list[Holder] = []
        for kid in tree.below(index, "poss", "compound", "amod", "nmod"):
            medium = tokens[kid].dep != "poss" and tree.word(kid) in word_group("platforms")  # "Lind's Twitter attacks"
            if kid != below and (tokens[kid].dep == "poss" or kid in self.at) and not medium:
                holders += self.acting(kid)
        for prep in tree.below(index, "prep", "agent", words=("by", "from", "of")):
            if prep != below:
                holders += self.acting(tree.kid(prep, "pobj"))
        head = tokens[index].head
        taken = tree.word(below) in ("of", "from", "by") and tree.lemma(head) in word_group("receiving")
        carried = tokens[index].dep == "dobj" and tree.lemma(head) in word_group("support verbs") and not taken
        return holders if holders or not carried else self.agents(head, index)

    def _passive_agents(self, index: int, below: int) -> list[Holder]:
        """The agents of a passive: "by Norway". In "Norway was disappointed by Sweden" the subject is the one who feels."""
        tree, tokens = self.tree, self.tree.tokens
        if tree.lemma(index) in word_group("felt"):
            return self.acting(tree.kid(index, "nsubjpass", "nsubj")) if tokens[below].dep in ("agent", "prep") else []
        agent = agent_of(tree, index)
        if agent is None:
            return self._by_means(index)
        return [] if tokens[below].dep == "agent" else self.acting(agent)

    def _joined(self, index: int) -> list[Holder]:
        """Those whom the subject joins, who do the same: "Lind joined Holm in calling for his arrest"."""
        tree, token = self.tree, self.tree.tokens[index]
        head = self.tree.tokens[token.head]
        if token.dep != "pcomp" or head.text.lower() != "in" or tree.lemma(head.head) != "join":
            return []
        return self.acting(tree.kid(head.head, "dobj"))

    def _by_means(self, index: int) -> list[Holder]:
        """Those whose operation did it: "killed in a US airstrike"."""
        tree = self.tree
        inner = (tree.kid(prep, "pobj") for prep in tree.below(index, "prep", words=("in", "by", "during")))
        means = [kid for kid in inner if kid is not None and tree.lemma(kid) in word_group("operations")]
        return [holder for kid in means for holder in self._served(kid)]
