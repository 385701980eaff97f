"""Pronouns and descriptions with what each may mean: rules propose, grammar forbids, and nothing is chosen here.

A pronoun ("she", "its", "they") or a description ("the company", "the Swedish minister") is an *anaphor*. Its
candidates are earlier mentions of the right gender, number and kind: names, other anaphors, and people and bodies
without a name, who compete for it. Each pair of anaphor and candidate is described by a few small whole numbers (how far
apart, which grammatical roles, who speaks); ``PAIR`` and ``ANAPHOR`` name them.

Source: salience by role and recency after Lappin and Leass (1994), Computational Linguistics 20(4); binding as in their
filter; the mention pairs and the choice of none after Lee et al. (2017), EMNLP.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from ..constants import ACTORS_RECENCY, ACTORS_ROLE_WEIGHTS, ACTORS_UNNAMED_SHARE
from ..model import Attribution, Parse, Sentence, Span, Token
from .gazetteer import Gender, any_sort, gender_of_noun, implied_roles, is_body, is_human, people, singulars, sorts
from .groups import Group, GroupMention, gender_of, head_of, heads_span, leaning_of, may_be_person
from .names import CAMPS, is_title

PRONOUN_CLASSES = "he him his himself she her hers herself it its itself they them their theirs themselves".split()
FAMILY = {
    word: family
    for family, words in {
        "he": "he him his himself",
        "she": "she her hers herself",
        "it": "it its itself",
        "they": "they them their theirs themselves",
    }.items()
    for word in words.split()
}
DESCRIBED = ("person", "organisation", "country", "people", "aged")
ROLES = ("subject", "object", "possessor", "oblique", "root", "other")
FORMS = ("name", "pronoun", "unnamed", "description")
KINDS = ("person", "country", "organisation", "group", "place", "other")
COUNTRY_NOUNS = frozenset("country nation state kingdom republic island".split())
OPENERS = {"the": 1, "this": 2, "that": 2, "these": 2, "those": 2}
POSSESSIVE = 3
PAIR = {
    "sentences": 8, "mentions": 9, "form": 4, "kind": 6, "role": 6, "parallel": 3, "gender": 5, "number": 3, "governs": 4,
    "quotes": 4, "speaker": 4, "count": 6, "rank": 6, "rivals": 5, "salience": 7, "beside": 4, "described": 9, "word": 4,
    "clause": 3, "first": 3, "country": 3, "paragraphs": 4, "main": 3, "tokens": 7, "last form": 5, "follows": 4, "alone": 3,
    "sort": 5, "bearers": 5, "share": 5, "fronted": 3, "above": 4, "aside": 3, "called": 4,
}  # fmt: skip
"""The features of a pair of anaphor and candidate, each with how many values it has."""
ANAPHOR = {
    "class": len(PRONOUN_CLASSES) + len(DESCRIBED), "role": 6, "quoted": 2, "opener": 5, "narrowed": 4, "filler": 2, "noun": 5,
}  # fmt: skip
"""The features of an anaphor alone."""
MENTIONS_BACK, SENTENCES_BACK, PER_ENTITY, CANDIDATES, ACTORS_BACK = 70, 9, 3, 24, 24
"""How far back candidates are sought: mentions, sentences, mentions of one actor, candidates, and sentences for an actor's last
mention. The networks were trained with these; others need a new training."""


@dataclass(slots=True)
class Seen:
    """A mention: a name, an anaphor, or somebody without a name. entity: an actor's number; below zero, somebody unnamed."""

    head: Token
    start: int
    end: int
    sentence: int
    form: int
    kind: str
    gender: Gender | None
    plural: bool
    entity: int
    role: str
    quoted: bool
    order: int
    first: int = 0


@dataclass(frozen=True, slots=True)
class Anaphor:
    """A pronoun or a description that may mean an actor. family: he, she, it, they, or a kind of description."""

    head: Token
    start: int
    end: int
    sentence: Sentence
    family: str
    form: int
    gender: Gender | None
    words: tuple[str, ...]
    owner: tuple[str, ...]
    country: str
    role: str
    quoted: bool
    features: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mention that an anaphor may mean, with the features of the pair."""

    seen: Seen
    features: tuple[int, ...]


Propose = Callable[[], list[Candidate]]
"""Gives the candidates of an anaphor: what grammar allows it to mean, the nearest first."""
Decide = Callable[[Anaphor, Propose], int | None]


def _described_as(group: Group) -> list[tuple[frozenset[str], frozenset[str]]]:
    """What is said of an actor: the nouns it may be called by, and all the words, for each statement."""
    titles = [tuple(reversed(re.findall(r"\w+", fact.lower()))) for fact in group.facts]
    heads = []
    for noun, *rest in (words for words in (*titles, *group.said) if words):
        more = {other for word in (noun, *rest) for other in implied_roles().get(word, ())}
        heads.append((frozenset({noun, *implied_roles().get(noun, ())}), frozenset({noun, *rest, *more})))
    return heads


def _sorts_of(group: Group, facts: Sequence[tuple[frozenset[str], frozenset[str]]]) -> frozenset[str]:
    """What sorts of organisation a name may be: by its words ("Norland Airways"), by what is said of it ("the airline")."""
    if group.kind in {"person", "country"}:
        return frozenset()
    nouns, words = sorts()
    said = {nouns[head] for heads, _ in facts for head in heads if head in nouns}
    named = [words[word] for word in re.findall(r"\w+", group.name.lower()) if word in words]
    return frozenset(said | {*named[-1:]})


def _shares(mentions: Sequence[GroupMention], groups: Sequence[Group]) -> dict[int, int]:
    """How much of an article is about an actor, among those of its kind: 1 for most by far, 2, 3, 4."""
    counts = Counter(mention.group for mention in mentions)
    shares: dict[int, int] = {}
    for kind in {group.kind for group in groups}:
        ranked = [number for number, _ in counts.most_common() if groups[number].kind == kind]
        for rank, number in enumerate(ranked):
            ahead = rank == 0 and (len(ranked) == 1 or counts[number] > 2 * counts[ranked[1]])
            shares[number] = 1 if ahead else min(2 + rank, 4)
    return shares


class Reader:
    """One pass through an article, in reading order; what each anaphor means is asked of whoever reads."""

    def __init__(
        self,
        parse: Parse,
        mentions: Sequence[GroupMention],
        groups: Sequence[Group],
        genders: dict[int, Gender | None],
        said: Sequence[GroupMention] = (),
        attributions: Sequence[Attribution] = (),
    ) -> None:
        self.parse, self.groups = parse, groups
        self.unsure = {number for number, group in enumerate(groups) if may_be_person(group)}
        self.genders = {number: gender_of(groups[number]) for number in self.unsure} | genders
        self.quotations = _quotations(attributions)
        self.named = sorted((mention.start, mention.end, mention.group) for mention in mentions)
        self.said = {mention.end: mention for mention in said}
        self.by_sentence: dict[int, list[GroupMention]] = defaultdict(list)
        for mention in mentions:
            self.by_sentence[mention.sentence.index].append(mention)
        self.seen: list[Seen] = []
        self.last: OrderedDict[int, Seen] = OrderedDict()
        self.counts: Counter[int] = Counter()
        self.nobody = 0
        self.lately: dict[str, int] = {}
        self.paragraphs = _paragraphs(parse)
        self.quoted = quoted_tokens(parse)
        self.speaker: int | None = None
        self.facts = [_described_as(group) for group in groups]
        self.names = [tuple(w.lower() for w in re.findall(r"\w+", group.name)) for group in groups]
        self.heads: dict[str, set[int]] = defaultdict(set)
        for number, facts in enumerate(self.facts):
            for heads, _ in facts:
                for head in heads:
                    self.heads[head].add(number)
        self.named_so: dict[str, set[int]] = defaultdict(set)
        for number, words in enumerate(self.names):
            for word in words:
                if is_body(word):
                    self.named_so[word].add(number)
        self.sorts = [_sorts_of(group, facts) for group, facts in zip(groups, self.facts, strict=True)]
        self.of_sort: dict[str, set[int]] = defaultdict(set)
        for number, held in enumerate(self.sorts):
            for sort in held:
                self.of_sort[sort].add(number)
        self.shares = _shares(mentions, groups)
        self.leanings = {number: leaning_of(groups[number]) for number, gender in genders.items() if gender is None}
        self.subject: int | None = None
        self.about_thing = False
        self.called: dict[int, set[str]] = defaultdict(set)
        self.ages = {match.end(): match[1] for match in _AGED.finditer(parse.article.text)}
        self.aged: dict[str, set[int]] = defaultdict(set)
        for mention in mentions:
            age = _AGE.match(parse.article.text, mention.end)
            if age is not None and groups[mention.group].kind == "person":
                self.aged[age[1]].add(mention.group)

    def run(self, decide: Decide) -> None:
        """Read the article; ``decide`` says for each anaphor which entity it means, or None. It asks for candidates itself."""
        for sentence in self.parse.sentences:
            self._sentence(sentence, decide)

    # --- reading ---------------------------------------------------------------------------------------------

    def _sentence(self, sentence: Sentence, decide: Decide) -> None:
        tokens = self.parse.tokens_of(sentence)
        if not tokens:
            return
        names: dict[int, Seen] = {}
        inside: set[int] = set()
        for mention in self.by_sentence[sentence.index]:
            head, covered = head_of(tokens, mention.start, mention.end)
            if head is not None:
                names[head.index] = self._make(mention.start, mention.end, head, sentence, 0, mention.group)
                inside |= covered
        named = {i: seen.entity for i, seen in names.items()}
        self.subject = next((i for i, seen in names.items() if self._main(seen.head) == 1), None)
        speaker = self._speaker(tokens, named)
        for token in tokens:
            if token.index in names:
                self._see(names[token.index])
                continue
            if token.index in inside:
                continue
            if token.end in self.said:
                mention = self.said[token.end]
                self._see(self._make(mention.start, mention.end, token, sentence, 3, mention.group))
                continue
            if token.tag not in _REFERRING and not self._is_aged(token):
                continue
            anaphor = self._anaphor(token, sentence, named, inside)
            if anaphor is not None:
                entity = decide(anaphor, partial(self.candidates, anaphor, [*names.values()], speaker))
                if entity is None:
                    self.nobody -= 1
                    entity = self.nobody
                seen = self._make(anaphor.start, anaphor.end, token, sentence, anaphor.form, entity)
                if entity < 0:
                    seen.kind = _KIND_OF[anaphor.family]
                    seen.gender = anaphor.gender
                    seen.plural = anaphor.family in {"they", "people"}
                self._see(seen)
            elif self._unnamed(token, named, inside):
                self.nobody -= 1
                seen = self._make(token.start, token.end, token, sentence, 2, self.nobody)
                person = is_human(token.text)
                seen.kind = "person" if person else "organisation"
                seen.gender = gender_of_noun(token.text) if person else None
                seen.plural = token.tag == "NNS"
                self._see(seen)
        if speaker is not None:
            self.speaker = speaker
        self.about_thing = any(
            token.pos == "PROPN" and self._main(token) == 1 and token.index not in inside and token.index not in names
            for token in tokens
        )

    def _make(self, start: int, end: int, token: Token, sentence: Sentence, form: int, entity: int) -> Seen:
        kind = self.groups[entity].kind if entity >= 0 else "other"
        gender = self.genders.get(entity) if entity >= 0 else None
        role = _role(self.parse.tokens, token)
        plural = kind == "group"
        return Seen(token, start, end, sentence.index, form, kind, gender, plural, entity, role, token.index in self.quoted, 0)

    def _see(self, seen: Seen) -> None:
        if seen.form == 1:
            family = FAMILY[seen.head.text.lower()]
            self.lately[family] = seen.entity
            self.called[seen.entity].add(family)
        seen.order = len(self.seen)
        headline = self.parse.sentences[seen.sentence].section.kind != "body"
        seen.first = 2 if headline else 1 if not self.counts[seen.entity] else 0
        self.seen.append(seen)
        self.counts[seen.entity] += 1
        if seen.entity >= 0:
            self.last[seen.entity] = seen
            self.last.move_to_end(seen.entity)

    def _speaker(self, tokens: Sequence[Token], heads: dict[int, int]) -> int | None:
        if not any(token.index in self.quoted for token in tokens):
            return next((heads[t.index] for t in tokens if t.index in heads and self._says(t)), None)
        for token in tokens:
            if token.index in heads and token.index not in self.quoted and self._says(token):
                return heads[token.index]
        return self.speaker

    def _says(self, token: Token) -> bool:
        return token.dep in _SUBJECT and self.parse.tokens[token.head].lemma in _SAYING

    def _near(self, token: Token) -> Sequence[Token]:
        return self.parse.tokens[token.index : token.index + 12]

    # --- what may be an anaphor ------------------------------------------------------------------------------

    def _anaphor(self, token: Token, sentence: Sentence, heads: dict[int, int], inside: set[int]) -> Anaphor | None:
        word = token.text.lower() if token.tag in {"PRP", "PRP$"} else ""
        if word in FAMILY and self._means_nobody(token, heads):
            return None
        if word in FAMILY:
            family, role, quoted = FAMILY[word], _role(self.parse.tokens, token), token.index in self.quoted
            gender: Gender | None = {"he": "male", "she": "female"}.get(family)  # type: ignore[assignment]
            verb = self.parse.tokens[token.head]
            filler = family == "it" and token.dep in _SUBJECT and verb.lemma in _FILLED
            at = PRONOUN_CLASSES.index(word)
            if word == "her" and token.tag == "PRP":
                at = PRONOUN_CLASSES.index("hers")
            features = (at, ROLES.index(role), int(quoted), 0, 0, int(filler), 0)
            return Anaphor(token, token.start, token.end, sentence, family, 1, gender, (), (), "", role, quoted, features)
        return self._description(token, sentence, heads, inside)

    def _means_nobody(self, token: Token, heads: dict[int, int]) -> bool:
        """Whether a pronoun is part of a phrase, "did it", or means a noun that names nobody.

        "A man in his forties"; "a lawmaker said he heard it".
        """
        tokens, above = self.parse.tokens, self.parse.tokens[token.head]
        if token.dep == "nsubj" and above.dep == "ccomp" and token.text.lower() in {"he", "she"}:
            return self._says_of_oneself(tokens[above.head], heads)
        if token.text.lower() == "it" and tokens[max(0, token.index - 1)].lemma in _MAKING:
            after = tokens[token.index + 1 : token.index + 5]
            return any(t.tag in {"JJ", "JJR"} for t in after[:2]) and any(t.text in {"for", "to", "that"} for t in after)
        if token.dep == "dobj":
            return above.lemma == "do" and token.text.lower() == "it"
        before = tokens[above.head]
        aged = token.tag == "PRP$" and above.text.lower() in _DECADES and before.text.lower() == "in"
        return aged and is_human(tokens[before.index - 1].text)

    def _says_of_oneself(self, says: Token, heads: dict[int, int]) -> bool:
        """Whether a verb of saying has somebody new without a name for its subject: "a lawmaker said he heard it"."""
        tokens = self.parse.tokens[max(0, says.index - SUBJECT_WITHIN) : says.index]
        who = next((token for token in tokens if token.head == says.index and token.dep == "nsubj"), None)
        if who is None or says.lemma not in _SAYING or who.tag != "NN" or who.index in heads or not is_human(who.text):
            return False
        return any(token.head == who.index and token.text.lower() in {"a", "an"} for token in tokens)

    def _description(self, token: Token, sentence: Sentence, heads: dict[int, int], inside: set[int]) -> Anaphor | None:
        aged = self._is_aged(token)
        office = token.tag == "NNP" and is_title(token.text) and is_human(token.text)
        if token.tag not in {"NN", "NNS"} and not aged and not office:
            return None
        if token.dep in {"compound", "appos", "attr", "oprd", "npadvmod", "nmod", "acomp"} or (
            token.dep == "amod" and not aged
        ):
            return None
        tokens, word = self.parse.tokens, token.text.lower()
        family = (
            "aged" if aged else "country" if word in COUNTRY_NOUNS
            else "person" if is_human(word) and token.tag in {"NN", "NNP"}
            else "organisation" if is_body(word) and token.tag == "NN"
            else "people" if token.tag == "NNS" and (is_human(word) or is_body(word)) else ""
        )  # fmt: skip
        if not family:
            return None
        at, words, country, owner, first = token.index - 1, [token.text], "", False, token.index
        body: tuple[str, ...] = ()
        while at >= sentence.first_token:
            before = tokens[at]
            if at in heads or at in inside:
                number = heads.get(at)
                named = self.groups[number] if number is not None else None
                if named is not None and named.kind == "country" and before.dep in {"amod", "compound", "nmod"}:
                    country = named.name
                    at -= 1
                elif named is not None and named.kind != "person" and before.dep in {"amod", "compound", "nmod"}:
                    while at >= sentence.first_token and at in inside:
                        body = (tokens[at].text.lower(), *body)
                        at -= 1
                break
            if before.head != token.index and not (before.head < token.index and before.head > at):
                break
            if before.dep not in _LEFT or before.text in {",", '"'}:
                break
            if before.dep in {"compound", "amod", "nmod"}:
                words.insert(0, before.text)
                first = at
            at -= 1
        opener = tokens[at] if at >= sentence.first_token else None
        low = opener.text.lower() if opener is not None else ""
        kind = OPENERS.get(low, 0)
        if not kind and opener is not None and opener.tag == "PRP$":
            kind, owner = POSSESSIVE, True
        if not kind and ((country and (opener is None or low not in {"a", "an"})) or word in CAMPS):
            kind = 4
        if not kind:
            return None
        deps = {child.dep for child in self._near(token)[1:] if child.head == token.index}
        narrowed = 1 if "prep" in deps else 2 if deps & {"relcl", "acl"} else 3 if len(words) > 1 else 0
        classes = len(PRONOUN_CLASSES) + DESCRIBED.index(family)
        plain = singulars(word)
        noun = (
            1 if any_sort().intersection(plain) else 2 if people().leader.intersection(plain)
            else 3 if people().relative.intersection(plain) else 4
        )  # fmt: skip
        role, quoted = _role(tokens, token), token.index in self.quoted
        features = (classes, ROLES.index(role), int(quoted), kind, narrowed, int(owner and word in people().relative), noun)
        start = tokens[first].start
        gender = gender_of_noun(token.text) if family == "person" else None
        lower = tuple(w.lower() for w in words)
        return Anaphor(token, start, token.end, sentence, family, 3, gender, lower, body, country, role, quoted, features)

    def _is_aged(self, token: Token) -> bool:
        """Whether a token ends "the 34-year-old"."""
        return token.end in self.ages

    def _unnamed(self, token: Token, heads: dict[int, int], inside: set[int]) -> bool:
        """Whether a common noun is somebody who competes for the anaphors: "an officer", "his mother", "police"."""
        if token.tag not in {"NN", "NNS"}:
            return False
        if token.dep in {"compound", "attr", "npadvmod", "amod", "nmod", "acomp", "oprd"}:
            return False
        if not (is_human(token.text) or is_body(token.text)) or (token.head in heads and token.dep == "appos"):
            return False
        return not any(
            child.head == token.index and child.dep == "appos" and child.index in inside for child in self._near(token)
        )

    # --- what needs no choice --------------------------------------------------------------------------------

    def only_bearer(self, anaphor: Anaphor) -> int | None:
        """The only actor of whom the text says what a definite description says: "the mayor", where one mayor was named.

        None where several are said to be that, where somebody unnamed was called so since, where the description is
        narrowed ("the mayor of Bergen") or sets somebody apart ("the other mayor", "a former mayor").
        """
        if anaphor.family == "aged":
            of_age = self.aged.get(self.ages[anaphor.end], set())
            return min(of_age) if len(of_age) == 1 and anaphor.features[3] in {1, 2} else None
        if anaphor.form != 3 or anaphor.family not in {"person", "organisation"} or anaphor.features[3] not in {1, 2, 4}:
            return None
        head = anaphor.words[-1]
        spelled = [n for n in self.named_so.get(head, ()) if self.names[n] == anaphor.words and self.counts[n]]
        if len(anaphor.words) > 1 and len(spelled) == 1:
            return spelled[0]
        if anaphor.features[4] in {1, 2} or _APART.intersection(anaphor.words[:-1]) or head in _EVERYBODY:
            return None
        bearers = {n for n in self.heads.get(head, ()) if self._kind_fits(n, anaphor.family)}
        if anaphor.family == "organisation":
            named = {
                n for n in self.named_so.get(head, ())
                if self.groups[n].kind == "organisation" and self._narrowed_alike(anaphor, n)
            }  # fmt: skip
            bearers = named if head == "government" else bearers | named
            if head in _VAGUE and any(
                self.counts[n] and n not in bearers for n in self.of_sort.get(sorts()[0].get(head, ""), ())
            ):
                return None
        if anaphor.country:
            bearers = {n for n in bearers if anaphor.country in self.groups[n].countries}
        if len(bearers) != 1:
            return None
        (only,) = bearers
        if not self.counts[only] or (anaphor.gender and self.genders.get(only) not in (None, anaphor.gender)):
            return None
        wanted = sorts()[0].get(head, "") if anaphor.family == "organisation" else ""
        for seen in reversed(self.seen[-BEARERS_BACK:]):
            if seen.entity == only:
                return only
            if wanted and seen.entity >= 0 and wanted in self.sorts[seen.entity]:
                return None
            same = seen.entity < 0 and seen.head.lemma == anaphor.head.lemma and seen.form in (2, 3)
            if same and self.parse.tokens[seen.head.index - 1].text.lower() not in _APART:
                return None
        return only

    def dislocated(self, anaphor: Anaphor) -> int | None:
        """The actor that "he", "she" or "they" repeats right behind its name: "Anna Lind, she is coming on board"."""
        seen = self.seen[-1] if self.seen else None
        if seen is None or seen.form or anaphor.family not in {"he", "she", "they"}:
            return None
        if seen.head.head != anaphor.head.head or seen.head.dep not in {"npadvmod", "dep", "intj"}:
            return None
        return seen.entity if self._dislocated(anaphor, seen) and self.fits(anaphor, seen) else None

    def spoken_of(self, anaphor: Anaphor) -> int | None:
        """The person of whom a quotation is said, which "he" or "she" in it means: "“He lied,” Anna Lind said of Cole".

        None where the quotation names somebody before, who may be meant.
        """
        if not anaphor.quoted or anaphor.family not in {"he", "she"}:
            return None
        tokens = self.parse.tokens
        for start, end in self._quotation(anaphor)[1]:
            first = bisect_left(tokens, start, key=lambda token: token.start)
            for cue in tokens[first : bisect_left(tokens, end, key=lambda token: token.start)]:
                for about in tokens[cue.index + 1 : cue.index + ABOUT_WITHIN]:
                    above = tokens[about.head]
                    if about.dep != "pobj" or above.head != cue.index or above.text.lower() not in {"of", "about"}:
                        continue
                    meant = next((group for begin, stop, group in self.named if begin <= about.start < stop), None)
                    if meant is not None and self._fits_person(anaphor, meant) and not self._named_within(anaphor, meant):
                        return meant
        return None

    def _fits_person(self, anaphor: Anaphor, number: int) -> bool:
        return self.groups[number].kind == "person" and self.genders.get(number) in (None, anaphor.gender)

    def _named_within(self, anaphor: Anaphor, number: int) -> bool:
        """Whether a quotation names a person before an anaphor who is not the one given."""
        for seen in reversed(self.seen):
            if not seen.quoted or seen.sentence < anaphor.sentence.index - 2:
                return False
            if not seen.form and seen.entity != number and self._fits_person(anaphor, seen.entity):
                return True
        return False

    def beside(self, anaphor: Anaphor) -> int | None:
        """The person that "his" or "her" right behind a name and "and" means: "they met Anna Lind and her brother"."""
        seen, tokens = self.seen[-1] if self.seen else None, self.parse.tokens
        if seen is None or seen.form or anaphor.head.tag != "PRP$" or anaphor.family not in {"he", "she"}:
            return None
        if not any(is_human(token.text) for token in tokens[anaphor.head.index + 1 : anaphor.head.index + 3]):
            return None
        between = self.parse.article.text[seen.end : anaphor.start].strip()
        joint = between in {"and", "&"} and tokens[anaphor.head.index - 1].dep == "cc"
        return seen.entity if joint and self._fits_person(anaphor, seen.entity) else None

    def _governed(self, anaphor: Anaphor, seen: Seen) -> bool:
        """Whether a name stands in a clause of the verb whose subject a pronoun is: "he said Lind left" is not Lind's."""
        tokens, token, at = self.parse.tokens, anaphor.head, seen.head
        if anaphor.form != 1 or token.dep != "nsubj" or at.index <= token.index or at.tag not in {"NNP", "NNPS"}:
            return False
        while at.head not in (at.index, token.head):
            at = tokens[at.head]
        joined = at.dep in {"conj", "parataxis"} and at.pos in {"VERB", "AUX"}
        return at.head == token.head and at.index != token.head and not joined

    def owns(self, anaphor: Anaphor) -> int | None:
        """The country or organisation whose "its" is that of its own object: "Norway had its first case"."""
        tokens = self.parse.tokens
        owned = tokens[anaphor.head.head]
        if anaphor.family != "it" or anaphor.head.tag != "PRP$" or owned.dep != "dobj":
            return None
        for seen in reversed(self.seen):
            if seen.sentence < anaphor.sentence.index:
                return None
            if seen.head.dep == "nsubj" and seen.head.head == owned.head:
                return seen.entity if seen.form == 0 and self.fits(anaphor, seen) and seen.kind != "place" else None
        return None

    def _bound(self, anaphor: Anaphor, seen: Seen) -> bool:
        """Whether a mention may be what "himself" means as an object: only the subject of its verb."""
        subject = _own_subject(self.parse.tokens, anaphor.head)
        return subject is None or seen.head.index == subject

    def goes_on(self, anaphor: Anaphor) -> int | None:
        """The person that the sentence before a quotation is about, where "he said" follows: "Lind left. “I lost,” she said".

        None where somebody else of that gender is in the quotation, or where that sentence is a passive.
        """
        tokens, begin = self.parse.tokens, anaphor.sentence.first_token
        if anaphor.family not in {"he", "she"} or anaphor.quoted or anaphor.role != "subject" or begin == 0:
            return None
        if tokens[begin].text not in QUOTATION_MARKS or tokens[anaphor.head.head].lemma not in _GOES_ON:
            return None
        before = anaphor.sentence.index - 1
        while before and anaphor.sentence.index - before < GOES_ON_BACK and self._is_quoted(self.parse.sentences[before]):
            before -= 1
        subject: Seen | None = None
        for seen in reversed(self.seen):
            if seen.sentence < before:
                break
            if seen.sentence == anaphor.sentence.index or seen.quoted:
                if seen.kind == "person" and seen.gender in (None, anaphor.gender):
                    return None
            elif seen.form == 0 and seen.head.dep == "nsubj" and self._main(seen.head) == 1:
                subject = seen
        fits = subject is not None and subject.entity >= 0 and self._fits_person(anaphor, subject.entity)
        return subject.entity if subject is not None and fits else None

    def _is_quoted(self, sentence: Sentence) -> bool:
        """Whether nothing of a sentence stands outside quotation marks."""
        words = (token for token in self.parse.tokens_of(sentence) if token.text.isalpha())
        return all(token.index in self.quoted for token in words)

    def only_one_about(self, anaphor: Anaphor) -> int | None:
        """The organisation that "the company" or "the agency" means: the only one of its sort that was named."""
        if anaphor.form != 3 or anaphor.family != "organisation" or anaphor.features[3] not in {1, 2}:
            return None
        if anaphor.features[4] in {1, 2} or _APART.intersection(anaphor.words[:-1]):
            return None
        head = anaphor.words[-1]
        wanted = sorts()[0].get(head, "")
        if not wanted or head in _VAGUE:
            return None
        here = anaphor.sentence.index
        near: list[int] = []
        for seen in reversed(self.seen):
            if here - seen.sentence > ABOUT_BACK:
                break
            if seen.entity < 0 and seen.head.lemma == anaphor.head.lemma and seen.form in (2, 3):
                return None
            if seen.entity >= 0 and seen.kind == "organisation":
                near.append(seen.entity)
        of_sort = {n for n in near if wanted in self.sorts[n] or (wanted == "company" and self.sorts[n] & _FIRMS)}
        beside = of_sort & {seen.entity for seen in self.seen[-MENTIONS_BACK:] if seen.sentence == here}
        for closest in (beside, of_sort):
            if len(closest) == 1:
                (only,) = closest
                return only if self._narrowed_alike(anaphor, only) else None
        known = {n for n in near if self.sorts[n]}
        if wanted == "company" and not known and len(set(near)) == 1 and here - self.last[near[0]].sentence < 3:
            return near[0]
        return None

    def _narrowed_alike(self, anaphor: Anaphor, number: int) -> bool:
        """Whether no word before the noun says something else: "the fire department" is no Department of Public Works."""
        said = {word for _, words in self.facts[number] for word in words} | {*self.names[number]} | _SAYS_LITTLE
        return said.issuperset(anaphor.words[:-1])

    def _kind_fits(self, number: int, family: str) -> bool:
        return self.groups[number].kind == ("person" if family == "person" else "organisation")

    # --- candidates ------------------------------------------------------------------------------------------

    def candidates(self, anaphor: Anaphor, later: Sequence[Seen], speaker: int | None) -> list[Candidate]:
        """The mentions that grammar allows an anaphor to mean, the nearest first, each with the features of the pair."""
        here = anaphor.sentence.index
        governors = _governing_subjects(self.parse.tokens, anaphor.head, anaphor.sentence)
        taken: defaultdict[int, int] = defaultdict(int)
        barred = self._named_in_quotation_before(anaphor)
        barred |= {seen.entity for seen in later if self._governed(anaphor, seen)}
        reflexive = anaphor.head.text.lower() in _REFLEXIVE
        sources = self._sources(anaphor)
        speaking = self._speaking(sources)
        possible: list[Seen] = []
        salience: defaultdict[int, float] = defaultdict(float)
        checked = 0
        if self.about_thing and anaphor.family == "it" and anaphor.role == "subject" and self._opens(anaphor):
            return []
        for seen in reversed(self.seen):
            distance = here - seen.sentence
            checked += 1
            if distance > SENTENCES_BACK or checked > MENTIONS_BACK:
                break
            if distance == 0 and self._barred(anaphor.head, seen.head):
                barred.add(seen.entity)
                continue
            if reflexive and not self._bound(anaphor, seen):
                continue
            if seen.entity in barred or not self.fits(anaphor, seen):
                continue
            if seen.entity in speaking or (sources and any(start <= seen.start < end for start, end in sources)):
                continue
            if distance < len(ACTORS_RECENCY):
                weight = ACTORS_ROLE_WEIGHTS[seen.role] * (ACTORS_UNNAMED_SHARE if seen.form == 2 else 1.0)
                salience[seen.entity] += weight * ACTORS_RECENCY[distance]
            if taken[seen.entity] < PER_ENTITY or seen.head.index in governors:
                taken[seen.entity] += 1
                if len(possible) < CANDIDATES - 4:
                    possible.append(seen)
        for far, entity in enumerate(reversed(self.last), 1):
            if far > ACTORS_BACK or len(possible) >= CANDIDATES:
                break
            seen = self.last[entity]
            if reflexive and not self._bound(anaphor, seen):
                continue
            if not taken[entity] and entity not in barred and entity not in speaking and self.fits(anaphor, seen):
                if anaphor.form == 1 and here - seen.sentence > SENTENCES_BACK:
                    break
                taken[entity] += 1
                possible.append(seen)
        forward = self._cataphora(anaphor, later)
        if forward is not None and forward.entity not in barred | speaking and self.fits(anaphor, forward):
            possible.append(forward)
        possible = self._likelier(anaphor, possible)
        ranks: dict[int, int] = {}
        for seen in possible:
            ranks.setdefault(seen.entity, len(ranks))
        beside = self._beside(anaphor.head)
        best = max(salience.values(), default=0.0)
        out = []
        for seen in possible:
            ahead = seen is forward
            share = salience[seen.entity] / best if best else 0.0
            out.append(Candidate(seen, self._pair(anaphor, seen, governors, speaker, ranks, share, beside, ahead)))
        return out

    def _named_in_quotation_before(self, anaphor: Anaphor) -> set[int]:
        """The actors that a quotation speaks of right before "he said": who says it is somebody else."""
        named: set[int] = set()
        if anaphor.quoted or anaphor.role != "subject" or self.parse.tokens[anaphor.head.head].lemma not in _GOES_ON:
            return named
        spoken_of: set[int] = set()
        for seen in reversed(self.seen):
            if not seen.quoted or seen.sentence < anaphor.sentence.index - 1:
                break
            if seen.form == 0 and seen.entity >= 0:
                named.add(seen.entity)
            elif seen.form == 1 and seen.kind == "person":
                spoken_of.add(seen.entity)
        near = {seen.entity for seen in self.seen[-NEAR:] if not seen.quoted and seen.entity >= 0 and self.fits(anaphor, seen)}
        return named | spoken_of if near - spoken_of - named else named

    def _opens(self, anaphor: Anaphor) -> bool:
        """Whether nothing that was found stands before an anaphor in its sentence."""
        return not self.seen or self.seen[-1].sentence < anaphor.sentence.index

    def _likelier(self, anaphor: Anaphor, candidates: list[Seen]) -> list[Seen]:
        """Without names that lean to the other gender ("Bernie" for "her"), where one that is known to fit was just named."""
        if anaphor.gender is None or anaphor.form != 1:
            return candidates
        here = anaphor.sentence.index
        if not any(seen.entity >= 0 and seen.gender == anaphor.gender and here - seen.sentence < 3 for seen in candidates):
            return candidates
        return [
            seen for seen in candidates
            if seen.gender is not None or self.leanings.get(seen.entity) in (None, anaphor.gender)
        ]  # fmt: skip

    def _sources(self, anaphor: Anaphor) -> Sequence[Span]:
        """Where the words are that name who speaks the quotation that "he", "she" or "it" stands in: it is somebody else."""
        if not anaphor.quoted or anaphor.family not in {"he", "she", "it"}:
            return ()
        return self._quotation(anaphor)[0]

    def _quotation(self, anaphor: Anaphor) -> tuple[Sequence[Span], Sequence[Span]]:
        """The source and the cue of the quotation that an anaphor stands in."""
        at = bisect_right(self.quotations, anaphor.start, key=lambda quotation: quotation[0]) - 1
        return self.quotations[at][2:] if at >= 0 and anaphor.start < self.quotations[at][1] else ((), ())

    def _speaking(self, sources: Sequence[Span]) -> frozenset[int]:
        """The actors that the words for a speaker mean: Hale of "Lind's adviser Tom Hale", nobody of "an adviser to Lind"."""
        speakers = set()
        for start, end in sources:
            first, last = bisect_left(self.named, (start,)), bisect_left(self.named, (end,))
            said = [seen for seen in self.seen[-MENTIONS_BACK:] if start <= seen.start < end and seen.entity >= 0]
            inside = [*self.named[first:last], *((seen.start, seen.end, seen.entity) for seen in said)]
            speakers |= {entity for begin, stop, entity in inside if heads_span(self.parse.tokens, (begin, stop), (start, end))}
        return frozenset(speakers)

    def fits(self, anaphor: Anaphor, seen: Seen) -> bool:
        """Whether gender, number and kind allow a mention."""
        family, kind = anaphor.family, seen.kind
        if self._set_apart(anaphor, seen) or (anaphor.form == 1 and self._is_own_client(anaphor, seen)):
            return False
        if family in {"he", "she", "person", "aged"}:
            unsure = seen.entity in self.unsure and family in {"he", "she"}
            if (kind != "person" and not unsure) or seen.plural:
                return False
            return anaphor.gender is None or seen.gender in (None, anaphor.gender)
        if family == "it":
            return kind in {"country", "organisation", "place", "other"} and not seen.plural
        if anaphor.form == 3 and anaphor.words[-1] in _NAMED_SO and seen.entity >= 0:
            return anaphor.words[-1] in self.names[seen.entity] or seen.entity in self.heads.get(anaphor.words[-1], ())
        if family == "they" and seen.form == 0 and kind == "country" and self._is_one_of_many(seen):
            return False
        if family == "they":
            return kind in {"country", "organisation", "group"} or seen.plural
        if family == "people":
            return kind in {"organisation", "group"} or seen.plural
        if family == "country":
            return kind in {"country", "place"}
        if seen.entity >= 0 and anaphor.words[-1] in self.names[seen.entity] and not self._narrowed_alike(anaphor, seen.entity):
            return False
        camp = seen.entity >= 0 and self.names[seen.entity][-1:] and self.names[seen.entity][-1] in CAMPS
        if camp and not any_sort().intersection(singulars(anaphor.words[-1])):
            return False
        return kind in {"organisation", "group"} and not (seen.form == 2 and seen.plural)

    def _set_apart(self, anaphor: Anaphor, seen: Seen) -> bool:
        """Whether a description is of somebody else than who bears its noun: "the vice president" is no president."""
        apart = _APART.intersection(anaphor.words[:-1]) if anaphor.form == 3 and seen.entity >= 0 else None
        if not apart:
            return False
        bearing = [words for heads, words in self.facts[seen.entity] if anaphor.words[-1] in heads]
        return bool(bearing) and not any(words & apart for words in bearing)

    def _is_one_of_many(self, seen: Seen) -> bool:
        """Whether a country's adjective means one of its people, whoever that is: "every American"."""
        return seen.head.index > 0 and self.parse.tokens[seen.head.index - 1].text.lower() in {"every", "each", "any", "no"}

    def _is_own_client(self, anaphor: Anaphor, seen: Seen) -> bool:
        """Whether "his client" would be said of somebody else than the one lawyer who was named."""
        tokens = self.parse.tokens
        if anaphor.head.tag != "PRP$" or tokens[anaphor.head.head].lemma != "client":
            return False
        lawyers = {number for noun in _LAWYERS for number in self.heads.get(noun, ())}
        return bool(lawyers) and seen.entity not in lawyers

    def _pair(
        self, anaphor: Anaphor, seen: Seen, governors: dict[int, int], speaker: int | None, ranks: dict[int, int],
        share: float, beside: int | None, ahead: bool,
    ) -> tuple[int, ...]:  # fmt: skip
        """The features of a pair, in the order of ``PAIR``. Of a count it is how many of some edges it reaches."""
        tokens = self.parse.tokens
        distance = anaphor.sentence.index - seen.sentence
        between = len(self.seen) - 1 - seen.order
        governs = governors.get(seen.head.index)
        named = seen.entity >= 0
        fits = self.fits_gender(anaphor, seen)
        if fits == 0 and named and anaphor.gender is not None and seen.gender is None:
            likely = self.leanings.get(seen.entity)
            fits = 0 if likely is None else 3 if likely == anaphor.gender else 4
        number = 1 if seen.plural else 2 if anaphor.family in {"they", "people"} else 0
        says = anaphor.role == "subject" and tokens[anaphor.head.head].lemma in _SAYING
        voice = (
            1 if anaphor.quoted and named and seen.entity == speaker
            else 2 if says and not anaphor.quoted and named and seen.entity == self.speaker
            else 3 if self._says(seen.head) else 0
        )  # fmt: skip
        word = 0
        if seen.form == 1:
            word = 1 if FAMILY.get(seen.head.text.lower()) == anaphor.family else 2
        elif seen.form in (2, 3) and anaphor.form == 3:
            word = 3 if seen.head.lemma == anaphor.head.lemma else 0
        clause = 0
        if distance == 0:
            clause = 1 if _clause(tokens, anaphor.head) == _clause(tokens, seen.head) else 2
        return (
            7 if ahead else bisect_right((1, 2, 3, 4, 6, 10), distance),
            0 if ahead else bisect_right((1, 2, 3, 4, 5, 8, 13, 21), between),
            seen.form,
            KINDS.index(seen.kind),
            ROLES.index(seen.role),
            2 if seen.role == "subject" and anaphor.role == "subject" and distance == 1 else int(seen.role == anaphor.role),
            fits,
            number,
            0 if governs is None else 1 + min(governs, 2),
            2 * int(anaphor.quoted) + int(seen.quoted),
            voice,
            bisect_right((1, 2, 3, 5, 9), self.counts[seen.entity]) if named else 0,
            1 + min(ranks[seen.entity], 4),
            bisect_right((2, 3, 4, 6), len(ranks)),
            0 if not share else 1 + bisect_right((10, 25, 50, 75, 100), int(share * 100)),
            2 if ahead else 3 if self._dislocated(anaphor, seen) else int(seen.head.index == beside),
            self._described(anaphor, seen),
            word,
            clause,
            seen.first,
            self._country(anaphor, seen),
            bisect_right((1, 2, 4), self.paragraphs[anaphor.sentence.index] - self.paragraphs[seen.sentence]),
            self._main(seen.head),
            0 if distance else 1 + bisect_right((3, 6, 10, 16, 25), abs(anaphor.head.index - seen.head.index)),
            0 if not named else 1 + self.last[seen.entity].form if seen.entity in self.last else 0,
            self._follows(anaphor, seen),
            0 if not named or seen.form else 1 + (" " in self.groups[seen.entity].name),
            self._sort(anaphor, seen),
            self._bearers(anaphor, seen),
            self.shares.get(seen.entity, 0),
            self._fronted(anaphor, seen),
            0 if distance else _verbs_above(tokens, anaphor.head, seen.head),
            self._aside(seen),
            self._called(anaphor, seen),
        )

    def _sort(self, anaphor: Anaphor, seen: Seen) -> int:
        """0 where the sort of organisation says nothing, 1 the same, 2 another, 3 any will do, 4 not known of the candidate."""
        if anaphor.family not in {"organisation", "people"} or seen.entity < 0:
            return 0
        words = singulars(anaphor.words[-1])
        wanted = next((sorts()[0][word] for word in words if word in sorts()[0]), "")
        if any_sort().intersection(words) or not wanted:
            return 3
        known = self.sorts[seen.entity]
        return 4 if not known else 1 if wanted in known or (wanted == "company" and known & _COMPANIES) else 2

    def _bearers(self, anaphor: Anaphor, seen: Seen) -> int:
        """Of whom the text says what a description says: 1 of this one, 2 of others too, 3 only of others, 4 of nobody."""
        if anaphor.form != 3 or seen.entity < 0:
            return 0
        of = self.heads.get(anaphor.words[-1], set())
        if not of:
            return 4
        return 3 if seen.entity not in of else 1 if len(of) == 1 else 2

    def _fronted(self, anaphor: Anaphor, seen: Seen) -> int:
        """1 where the pronoun stands before its sentence's subject, and that is the candidate; 2 where that is another."""
        subject = self.subject
        if anaphor.form != 1 or subject is None or anaphor.head.index >= subject:
            return 0
        return 1 if seen.head.index == subject else 2

    def _dislocated(self, anaphor: Anaphor, seen: Seen) -> bool:
        """Whether only a comma parts a mention from a pronoun that is a subject: "Anna Lind, she is coming"."""
        if anaphor.form != 1 or anaphor.role != "subject" or not 0 < anaphor.start - seen.end < 4:
            return False
        return not self.parse.article.text[seen.end : anaphor.start].strip(", ")

    def _aside(self, seen: Seen) -> int:
        """1 for a mention in parentheses ("Colin (Ian Embleton)"), 2 for one in apposition, else 0."""
        before = self.parse.article.text[max(0, seen.start - 1) : seen.start]
        return 1 if before in {"(", "["} else 2 if seen.head.dep == "appos" else 0

    def _called(self, anaphor: Anaphor, seen: Seen) -> int:
        """Which pronouns meant the candidate's entity so far: 1 the same, 2 another one, 3 both, 0 none."""
        families = self.called.get(seen.entity)
        if not families or anaphor.form != 1:
            return 0
        return (anaphor.family in families) + 2 * bool(families - {anaphor.family})

    def _main(self, head: Token) -> int:
        """1 for the subject of a sentence's main verb, 2 for another subject, else 0."""
        if head.dep not in _SUBJECT:
            return 0
        verb = self.parse.tokens[head.head]
        return 1 if verb.head == verb.index else 2

    def _follows(self, anaphor: Anaphor, seen: Seen) -> int:
        """Whether the last pronoun of the same kind meant the candidate's entity: 1 yes, 2 another, 3 somebody unnamed."""
        if anaphor.family not in self.lately:
            return 0
        last = self.lately[anaphor.family]
        return 1 if last == seen.entity else 2 if last >= 0 else 3

    def fits_gender(self, anaphor: Anaphor, seen: Seen) -> int:
        """0 where a gender is not known, 1 where both are known to be the same, 2 where they differ."""
        if anaphor.gender is None or seen.gender is None:
            return 0
        return 1 if anaphor.gender == seen.gender else 2

    def _described(self, anaphor: Anaphor, seen: Seen) -> int:
        if anaphor.form != 3:
            return 0
        head = anaphor.words[-1]
        if seen.entity >= 0:
            facts = self.facts[seen.entity]
            described = {*anaphor.words, *anaphor.owner}
            if any(head in heads and described <= words for heads, words in facts):
                return 1
            if any(head in heads for heads, _ in facts):
                return 2
            if any(head in words for _, words in facts):
                return 3
            name = self.names[seen.entity]
            if name and (head == name[-1] or head.rstrip("s") == name[-1]):
                return 4
            if head in name:
                return 5
            if facts:
                return 6
            return 7
        return 8

    def _country(self, anaphor: Anaphor, seen: Seen) -> int:
        if not anaphor.country or seen.entity < 0:
            return 0
        countries = self.groups[seen.entity].countries
        return 0 if not countries else 1 if anaphor.country in countries else 2

    # --- what grammar forbids and asks for -------------------------------------------------------------------

    def _barred(self, token: Token, other: Token) -> bool:
        """Whether syntax forbids that an anaphor means an earlier mention of its sentence."""
        tokens = self.parse.tokens
        if token.dep == "poss" and _under(tokens, other, token.head):
            return True
        if token.dep == "conj" and token.head == other.index:
            return True
        if token.dep == "poss" and tokens[token.head].dep == "appos" and tokens[token.head].head == other.index:
            return True
        if token.text.lower() in _REFLEXIVE:
            return False
        if token.dep in {"dobj", "dative"} and _relative_subject(tokens, token) == other.index:
            return True
        if token.dep == "poss":
            return _of_another(tokens, token, other)
        same = _clause(tokens, token) == _clause(tokens, other) or _same_predicate(tokens, token, other)
        if same:
            mine, its = _argument(tokens, token), _argument(tokens, other)
            if mine and its and mine != its:
                return True
        return False

    def _beside(self, token: Token) -> int | None:
        tokens = self.parse.tokens
        owned = tokens[token.head]
        if token.dep != "poss":
            return None
        if owned.dep == "conj":
            return owned.head
        if owned.dep == "dobj":
            between = tokens[owned.head + 1 : token.index]
            return next((o.index for o in between if o.head == owned.head and o.dep in {"dative", "dobj"}), None)
        return None

    def _cataphora(self, anaphor: Anaphor, later: Sequence[Seen]) -> Seen | None:
        """The subject that a pronoun in a phrase or clause before it may mean: "After her win, Anna Lind left"."""
        tokens, token = self.parse.tokens, anaphor.head
        if anaphor.form != 1 or any(is_human(tokens[at].text) for at in _governing_subjects(tokens, token, anaphor.sentence)):
            return None
        fronted: dict[int, int] = {}
        at = token
        while at.head != at.index:
            if at.dep in {"prep", "advcl", "npadvmod"}:
                fronted[at.head] = at.index
            at = tokens[at.head]
        for seen in later:
            if seen.head.index < token.index:
                continue
            if seen.head.dep in _SUBJECT and fronted.get(seen.head.head, seen.head.index) < seen.head.index:
                return seen
            if fronted and self._opens_clause(anaphor, seen):
                return seen
        return None

    def _opens_clause(self, anaphor: Anaphor, seen: Seen) -> bool:
        """Whether a name between a comma and a verb is a subject, parsed so or not: "While she worked, Lind read"."""
        tokens = self.parse.tokens
        opening = tokens[anaphor.sentence.first_token]
        covered = [
            token.index for token in tokens[anaphor.head.index : seen.head.index + 4] if seen.start <= token.start < seen.end
        ]
        if not covered or opening.tag != "IN" or opening.index >= anaphor.head.index:
            return False
        before, after = tokens[covered[0] - 1], tokens[min(covered[-1] + 1, len(tokens) - 1)]
        commas = sum(token.text == "," for token in tokens[anaphor.head.index : covered[0]])
        return before.text == "," and commas == 1 and after.tag in {"VBD", "VBZ", "VBP", "MD"}


_FIRMS = frozenset({"company", "bank", "airline"})
_COMPANIES = _FIRMS | {"media"}
"""Sorts of organisation that are companies as well: newspapers too, though "the company" seldom means who reports."""
_EVERYBODY = frozenset("man woman guy person boy girl figure native friend member one citizen resident character".split())
"""What nearly anybody may be called."""
_VAGUE = frozenset(
    "site website network station club service side panel board outlet daily paper authority house chamber".split()
)
"""Nouns of organisations that as often mean another one, or a thing."""
NEAR = 8
"""Mentions back among which somebody else has to be who may be the one that speaks."""
BEARERS_BACK = 300
"""Mentions back that are looked through for somebody unnamed who is called the same."""
SUBJECT_WITHIN = 12
"""Words before a verb of saying among which its subject is sought."""
GOES_ON_BACK = 4
"""Sentences back to the one that says whom a quotation is by, at most."""
ABOUT_WITHIN = 9
"""Words from "said" to the name behind "said of", at most."""
ABOUT_BACK = 4
"""Sentences back in which an organisation was named that "the company" may mean."""
_APART = frozenset(
    "other former ex new next rival second third another late first last own different same previous future outgoing incoming"
    " acting deputy vice lower".split()
)
"""Words before a noun that set somebody apart from the one who was called by it."""
_NAMED_SO = frozenset({"government", "opposition"})
"""Nouns that mean only what is named or said to be so: "the opposition" is no party that was named, but for one."""
_SAYS_LITTLE = frozenset(
    "news giant ruling governing opposition high top whole entire big large small private public state national local federal"
    " regional military political influential powerful parent media social tech".split()
)
"""Words before a noun that say nothing of which one it is: "the ruling party"."""
_FILLED = frozenset({"be", "seem", "appear", "take", "rain", "snow", "become", "happen", "turn"})
QUOTATION_MARKS = frozenset({"“", "``", '"', "''"})
"""What opens a quotation."""
_SAYING = frozenset(
    "say tell add ask note write argue claim declare insist state warn explain reply respond recall announce deny"
    " promise pledge vow hope believe confirm comment question accuse criticise criticize call praise blast urge suggest"
    " describe concede acknowledge admit testify tweet observe remark contend complain joke defend condemn".split()
)
_REFERRING = frozenset({"PRP", "PRP$", "NN", "NNS", "NNP"})
"""The tags of pronouns and of nouns that may mean somebody."""
_GOES_ON = frozenset("say tell add note write argue warn explain continue".split())
"""Verbs with which the one who was quoted goes on."""
_MAKING = frozenset({"make", "find", "consider", "keep"})
"""Verbs whose "it" means what follows: "it makes it harder for them"."""
_LAWYERS = ("lawyer", "attorney", "counsel", "solicitor", "barrister")
"""Who has clients."""
_DECADES = frozenset(
    "teens twenties thirties forties fifties sixties seventies eighties nineties 20s 30s 40s 50s 60s 70s 80s".split()
)
"""What somebody is in: "a woman in her forties"."""
_REFLEXIVE = frozenset({"himself", "herself", "itself", "themselves"})
_SUBJECT = frozenset({"nsubj", "nsubjpass", "csubj"})
_LEFT = frozenset({"compound", "amod", "nmod", "nummod", "advmod", "punct", "npadvmod", "quantmod"})


def _quotations(attributions: Sequence[Attribution]) -> list[tuple[int, int, tuple[Span, ...], tuple[Span, ...]]]:
    """The stretches of direct quotations that have a source, in order, each with the spans of its source and its cue."""
    return sorted(
        (start, end, attribution.source, attribution.cue)
        for attribution in attributions
        if attribution.kind == "direct" and attribution.source
        for start, end in attribution.content
    )


def _paragraphs(parse: Parse) -> list[int]:
    """The number of each sentence's paragraph."""
    numbers: list[int] = []
    for sentence in parse.sentences:
        new = not numbers or sentence.section is not parse.sentences[sentence.index - 1].section
        numbers.append(numbers[-1] + new if numbers else 0)
    return numbers


_AGED = re.compile(r"(\d+)-year-old")
_AGE = re.compile(r"(?:,| \(|, aged|, age) ?(\d{1,3})(?=[,.;)]| of | from )")
"""An age behind a name: "Lena Ode, 34, was jailed"."""
_KIND_OF = {
    "he": "person", "she": "person", "person": "person", "aged": "person", "it": "other", "they": "other", "people": "other",
    "organisation": "organisation", "country": "country",
}  # fmt: skip


_TOWARD = frozenset(
    "support praise criticism backing condemnation admiration contempt approval endorsement applause sympathy".split()
)
"""What one has for what is another's: "Cole gave support for her remarks"."""
_JUDGING = frozenset("mock denounce condemn applaud endorse slam criticise criticize ridicule".split())
"""What one does to what is another's: "Cole mocked her plan"."""


def _of_another(tokens: Sequence[Token], token: Token, other: Token) -> bool:
    """Whether a possessive belongs to somebody else than the subject, since it is judged: "gave support for her plan"."""
    owned = tokens[token.head]
    verb = tokens[owned.head]
    if owned.dep == "pobj" and verb.dep == "prep" and tokens[verb.head].text.lower() in _TOWARD:
        verb = tokens[tokens[verb.head].head]
    elif not (owned.dep == "dobj" and verb.lemma in _JUDGING and not is_human(owned.text)):
        return False
    return other.dep in _SUBJECT and other.head == verb.index


def _argument(tokens: Sequence[Token], token: Token) -> str:
    """Which argument of its verb a word is, that no pronoun beside it may mean: subject, object or dative."""
    at = token
    while at.dep in {"appos", "flat"} and at.head != at.index:
        at = tokens[at.head]
    if at.dep in _SUBJECT:
        return "subject"
    if at.dep in {"dobj", "dative", "iobj"}:
        return at.dep
    if at.dep == "pobj":
        above = tokens[at.head]
        if above.dep in {"prep", "dative", "agent"} and tokens[above.head].pos in {"VERB", "AUX"}:
            return (
                "to"
                if above.dep == "agent" or above.lemma in {"to", "with", "by", "at", "against", "about", "for", "on"}
                else ""
            )
    return ""


def _own_subject(tokens: Sequence[Token], token: Token) -> int | None:
    """The subject, spoken or not, of the verb that a word is the object of; None where none is found.

    "The judge offered to excuse himself": the judge; "Hale asked the reporter to name himself": the reporter.
    """
    verb = tokens[token.head]
    if token.dep not in {"dobj", "dative"} or verb.pos not in {"VERB", "AUX"}:
        return None
    for _ in range(3):
        near = [t for t in tokens[max(0, verb.index - 30) : verb.index] if t.head == verb.index]
        subject = next((t.index for t in near if t.dep in _SUBJECT), None)
        if subject is not None:
            return verb.head if tokens[subject].tag in {"WP", "WDT"} and verb.dep == "relcl" else subject
        if verb.dep not in {"xcomp", "conj"}:
            return None
        above = tokens[verb.head]
        ruled = [t.index for t in tokens[above.index + 1 : verb.index] if t.head == above.index and t.dep in {"dobj", "dative"}]
        if verb.dep == "xcomp" and ruled:
            return ruled[0]
        verb = above
    return None


def _relative_subject(tokens: Sequence[Token], token: Token) -> int | None:
    """The noun whose relative clause a word is an object in, where that noun is the subject there: "Lind, who blasted her"."""
    verb = tokens[token.head]
    behind = tokens[verb.head + 1 : verb.head + 3]
    who = any(t.tag in {"WP", "WDT"} and t.head == verb.index and t.dep in _SUBJECT for t in behind)
    return verb.head if verb.dep == "relcl" and who else None


def _same_predicate(tokens: Sequence[Token], token: Token, other: Token) -> bool:
    """Whether a name is the unspoken subject of a pronoun's verb.

    "Holt met Lind and thanked her"; "Kohler slipped, catching him"; "Holt wanted to help her"; but in "Holt asked Lind to
    help her" it is Lind.
    """
    verb = _clause(tokens, token)
    for _ in range(3):
        here = tokens[verb]
        if here.dep not in {"conj", "advcl", "xcomp", "pcomp"}:
            return False
        near = tokens[max(0, verb - 12) : verb + 6]
        if any(t.head == verb and t.dep in _SUBJECT for t in near):
            return False
        above = here.head
        while tokens[above].pos not in {"VERB", "AUX"} and tokens[above].head != above:
            above = tokens[above].head
        if here.dep == "xcomp":
            ruled = [t for t in tokens[above + 1 : verb] if t.head == above and t.dep in {"dobj", "dative"}]
            if ruled:
                return other.index == ruled[0].index
        if here.dep == "advcl" and here.tag != "VBG":
            return False
        verb = above
        if _clause(tokens, other) == verb and other.dep in _SUBJECT:
            return True
    return False


def _role(tokens: Sequence[Token], token: Token) -> str:
    """The grammatical role of a mention: subject, object, possessor, oblique or other."""
    at, steps = token, 0
    while at.dep in {"appos", "conj", "compound", "nmod", "flat"} and steps < 4 and at.head != at.index:
        at, steps = tokens[at.head], steps + 1
    if at.dep in _SUBJECT:
        return "subject" if token.dep != "compound" else "other"
    if at.dep in {"dobj", "dative", "attr"}:
        return "object"
    if at.dep == "poss":
        return "possessor"
    if at.dep == "pobj":
        return "object" if tokens[at.head].dep == "agent" else "oblique"
    return "root" if at.dep == "ROOT" else "other"


def _verbs_above(tokens: Sequence[Token], token: Token, other: Token) -> int:
    """How many verbs lie above an anaphor up to the one that a mention hangs on, three at most; 0 where none of them is it."""
    verb, at, count = _clause(tokens, other), token, 0
    while at.head != at.index and count < 3:
        at = tokens[at.head]
        if at.pos in {"VERB", "AUX"}:
            count += 1
            if at.index == verb:
                return count
    return 0


def _clause(tokens: Sequence[Token], token: Token) -> int:
    """The number of the verb whose clause a token stands in."""
    at = token
    while at.head != at.index:
        at = tokens[at.head]
        if at.pos in {"VERB", "AUX"}:
            break
    return at.index


def _under(tokens: Sequence[Token], token: Token, top: int) -> bool:
    at = token
    while at.head != at.index:
        if at.index == top:
            return True
        at = tokens[at.head]
    return at.index == top


def _governing_subjects(tokens: Sequence[Token], token: Token, sentence: Sentence) -> dict[int, int]:
    """Subjects of the verbs above a pronoun, with how many verbs lie between."""
    subjects: dict[int, int] = {}
    owners: dict[int, int] = {}
    for other in tokens[sentence.first_token : sentence.last_token]:
        if other.dep in _SUBJECT:
            subjects[other.head] = other.index
        elif other.dep == "poss" and other.tag != "PRP$":
            owners[other.head] = other.index
    governing: dict[int, int] = {}
    at, verbs = token, 0
    while at.head != at.index:
        below, at = at, tokens[at.head]
        number = subjects.get(at.index)
        relative = number is not None and at.dep == "relcl" and tokens[number].tag in {"WP", "WDT"}
        if relative or (number is None and at.dep == "acl" and at.index != token.head):
            number = at.head
        elif number is None and at.index in owners and not (below is token and token.dep == "poss"):
            number = owners[at.index]
        if number is not None and number < token.index:
            governing.setdefault(number, verbs)
            verbs += 1
    return governing


def quoted_tokens(parse: Parse) -> frozenset[int]:
    """The tokens inside quotation marks, followed from sentence to sentence within a section."""
    inside: list[int] = []
    opened, section = False, None
    alike = {'"'} if "``" in parse.article.text else {'"', "''"}
    for sentence in parse.sentences:
        if sentence.section is not section:
            opened, section = False, sentence.section
        for token in parse.tokens_of(sentence):
            if token.text in {"“", "``"}:
                opened = True
            elif token.text in alike:
                opened = not opened
            elif token.text in {"”", "''"}:
                opened = False
            elif opened:
                inside.append(token.index)
    return frozenset(inside)
