"""Pronouns and definite descriptions: which actor "she", "its" or "the foreign minister" means.

Rules over the parse, no training: candidates of the right gender and number, salience by grammatical role and
recency, subjects of the governing clauses first, and the bounds that syntax sets. A link carries its rule and
its confidence; where the best two candidates are close, nothing is linked, since a wrong link is worse than none.

Source: salience by role and recency after Lappin and Leass (1994), Computational Linguistics 20(4); binding as in
their filter; parallelism as in Webster et al. (2018), TACL 6.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ..constants import (
    ACTORS_CONTROL_BONUS,
    ACTORS_MIN_CONFIDENCE,
    ACTORS_MIN_SALIENCE,
    ACTORS_PARALLEL_BONUS,
    ACTORS_RECENCY,
    ACTORS_ROLE_WEIGHTS,
    ACTORS_SPEAKER_BONUS,
    ACTORS_TOPIC_BONUS,
    ACTORS_UNNAMED_SHARE,
)
from ..model import ActorKind, Ambiguity, MentionForm, Parse, Sentence, Token
from .gazetteer import Gender, Pieces, is_organisation_noun, is_person_noun, people, singulars
from .names import CAMPS


@dataclass(slots=True)
class Group:
    """An actor in the making: its forms, each with the kind of form and the rule that put it here."""

    name: str
    kind: ActorKind
    forms: dict[Pieces, tuple[MentionForm, str]] = field(default_factory=dict)
    facts: dict[str, None] = field(default_factory=dict)
    genders: Counter[Gender] = field(default_factory=Counter)
    countries: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Place:
    """One place that means one actor, by its number among the groups."""

    start: int
    end: int
    sentence: Sentence
    group: int
    form: MentionForm
    rule: str
    confidence: float = 1.0


_PRONOUNS: dict[str, Gender | None] = {
    **dict.fromkeys(("he", "him", "his", "himself"), "male"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "female"),
    **dict.fromkeys(("it", "its", "itself")),
}
LEFT_ALONE = ("two actors fit equally well", "several hold this role")
"""Why a pronoun, and why a description, is left ambiguous."""
_ONE_OF_ITS_KIND = frozenset({"company", "firm", "alliance", "bloc", "organisation", "organization"})
_NARROWING = frozenset({"relcl", "acl", "prep", "appos"})
_REFLEXIVE = frozenset({"himself", "herself", "itself"})
_SUBJECT = frozenset({"nsubj", "nsubjpass", "csubj"})


@dataclass(slots=True)
class _Seen:
    """One earlier mention of a candidate: an actor's number, or minus one and less for somebody unnamed."""

    group: int
    head: Token
    sentence: int
    weight: float
    subject: bool


def resolve(parse: Parse, places: Sequence[Place], groups: Sequence[Group]) -> tuple[list[Place], list[Ambiguity]]:
    """Link third-person pronouns to the actors they mean.

    Args:
        parse: the article's parse.
        places: the named mentions, in reading order.
        groups: the actors that the places count through.

    Returns:
        The linked pronouns in reading order, and those left alone because two actors fit equally well.
    """
    genders = {number: gender_of(group) for number, group in enumerate(groups) if group.kind == "person"}
    for _ in range(2):
        found, ambiguous = _Resolver(parse, places, groups, genders).run()
        learned = _learn(parse, found, genders)
        if not learned:
            break
        genders |= learned
    return found, ambiguous


def _learn(parse: Parse, found: Iterable[Place], genders: dict[int, Gender | None]) -> dict[int, Gender | None]:
    """The gender of persons whose name does not tell it: what most pronouns linked to them say."""
    votes: dict[int, Counter[Gender]] = defaultdict(Counter)
    for place in found:
        gender = _PRONOUNS.get(parse.article.text[place.start : place.end].lower())
        if gender and place.group in genders and genders[place.group] is None:
            votes[place.group][gender] += 1
    learned: dict[int, Gender | None] = {}
    for number, vote in votes.items():
        best, count = vote.most_common(1)[0]
        if count > vote.total() / 2:
            learned[number] = best
    return learned


def appositions(parse: Parse, places: Iterable[Place], groups: Sequence[Group]) -> None:
    """Add to each actor the roles that stand in apposition: "Hu Shuli, the editor"."""
    by_head: dict[int, list[Token]] = defaultdict(list)
    for token in parse.tokens:
        if token.dep == "appos" and token.tag == "NN":
            by_head[token.head].append(token)
    for place in places:
        if groups[place.group].kind in {"country", "group"} or place.form == "pronoun":
            continue
        head, _ = _head_of(parse.tokens_of(place.sentence), place.start, place.end)
        for token in by_head.get(head.index, ()) if head else ():
            if is_person_noun(token.text) or is_organisation_noun(token.text):
                first = token.index
                while parse.tokens[first - 1].head == token.index and parse.tokens[first - 1].dep == "compound":
                    first -= 1
                groups[place.group].facts.setdefault(parse.article.text[parse.tokens[first].start : token.end])


def gender_of(group: Group) -> Gender | None:
    """A person's gender by title, by role, by given name; None where nothing tells it."""
    if group.genders:
        return group.genders.most_common(1)[0][0]
    words = people()
    for fact in group.facts:
        last = singulars(fact.split()[-1])
        if words.male.intersection(last) and not words.female.intersection(last):
            return "male"
        if words.female.intersection(last) and not words.male.intersection(last):
            return "female"
    first = group.name.split()[0].lower()
    alone = " " not in group.name and not (first in words.known and first not in words.surname)
    return None if alone else words.given.get(first)


class _Resolver:
    """One pass through an article, sentence by sentence."""

    def __init__(
        self, parse: Parse, places: Sequence[Place], groups: Sequence[Group], genders: dict[int, Gender | None]
    ) -> None:
        self.parse, self.groups, self.genders = parse, groups, genders
        self.by_sentence: dict[int, list[Place]] = defaultdict(list)
        for place in places:
            self.by_sentence[place.sentence.index].append(place)
        self.seen: list[_Seen] = []
        self.counts: Counter[int] = Counter()
        self.unnamed: dict[int, Gender | None] = {}
        self.found: list[Place] = []
        self.ambiguous: list[Ambiguity] = []
        self.quoted = _quoted(parse)
        self.roles = _roles(groups)
        self.speaker: int | None = None

    def run(self) -> tuple[list[Place], list[Ambiguity]]:
        for sentence in self.parse.sentences:
            self._sentence(sentence)
        return self.found, self.ambiguous

    def _sentence(self, sentence: Sentence) -> None:
        tokens = self.parse.tokens_of(sentence)
        if not tokens:
            return
        heads: dict[int, int] = {}
        inside: set[int] = set()
        for place in self.by_sentence[sentence.index]:
            head, covered = _head_of(tokens, place.start, place.end)
            if head is not None:
                heads[head.index] = place.group
                inside |= covered
        later = [_Seen(group, self.parse.tokens[i], sentence.index, 0.0, False) for i, group in heads.items()]
        speaker = self._speaker(tokens, heads)
        for token in tokens:
            if token.index in heads:
                self._see(heads[token.index], token, sentence)
            elif token.index not in inside and self._described(token, sentence, heads, inside):
                continue
            elif token.index not in inside and self._unnamed(token, heads, inside):
                number = -1 - len(self.unnamed)
                self.unnamed[number] = _noun_gender(token)
                self._see(number, token, sentence)
            elif _is_pronoun(token):
                self._link(token, sentence, later, speaker)
        if speaker is not None:
            self.speaker = speaker

    def _speaker(self, tokens: Sequence[Token], heads: dict[int, int]) -> int | None:
        """Who speaks the quotation of a sentence: the named subject of its verb of saying, else who spoke last."""
        if not any(token.index in self.quoted for token in tokens):
            return next((heads[t.index] for t in tokens if t.index in heads and self._says(t)), None)
        for token in tokens:
            if token.index in heads and token.index not in self.quoted and self._says(token):
                return heads[token.index]
        return self.speaker

    def _says(self, token: Token) -> bool:
        return token.dep in _SUBJECT and self.parse.tokens[token.head].lemma in _SAYING

    def _see(self, group: int, token: Token, sentence: Sentence) -> None:
        role = _role(self.parse.tokens, token)
        weight = ACTORS_ROLE_WEIGHTS.get(role, ACTORS_ROLE_WEIGHTS["other"])
        weight *= ACTORS_UNNAMED_SHARE if group < 0 else 1.0
        self.seen.append(_Seen(group, token, sentence.index, weight, role == "subject"))
        self.counts[group] += 1

    def _described(self, token: Token, sentence: Sentence, heads: dict[int, int], inside: set[int]) -> bool:
        """Link "the foreign minister" or "the agency" where one actor, named before, is said to be that."""
        if token.tag != "NN" or (
            token.dep in {"compound", "appos", "attr", "oprd", "npadvmod"} and token.text.lower() not in CAMPS
        ):
            return False
        tokens = self.parse.tokens
        left, at, country = [token], token.index - 1, None
        while at >= sentence.first_token and tokens[at].head == token.index and tokens[at].dep in {"compound", "amod", "nmod"}:
            if at in heads:
                named = self.groups[heads[at]]
                country = named.name if named.kind == "country" else country
                if named.kind != "country":
                    return False
                break
            if at in inside:
                return False
            left.insert(0, tokens[at])
            at -= 1
        opener = tokens[at].text.lower() if at >= sentence.first_token else ""
        if opener not in {"the", "this"} and country is None and token.text.lower() not in CAMPS:
            return False
        if any(child.head == token.index and child.dep in _NARROWING for child in self._near(token)[1:]):
            return False
        words = [part.text.lower() for part in left]
        fitting = self._holders(words, country)
        if len(fitting) != 1:
            if len(fitting) > 1:
                names = tuple(self.groups[number].name for number in fitting)
                start = left[0].start
                form = self.parse.article.text[start : token.end]
                self.ambiguous.append(Ambiguity(form, sentence.index, start, token.end, names, LEFT_ALONE[1]))
            return False
        rule = f"role: {' '.join(words)}"
        self.found.append(Place(left[0].start, token.end, sentence, fitting[0], "role", rule, 0.8))
        self._see(fitting[0], token, sentence)
        return True

    def _holders(self, words: list[str], country: str | None) -> list[int]:
        """The actors named so far of whom a role was stated."""
        if words[-1] in CAMPS:
            return self._camp(words[-1])
        found = []
        for number, fact in self.roles.get(words[-1], ()):
            group = self.groups[number]
            allowed = country is None or not group.countries or country in group.countries
            if self.counts[number] and set(words) <= fact and allowed and number not in found:
                found.append(number)
        if country is not None and words == ["leader"]:
            heads = [n for n in self.counts if n >= 0 and country in self.groups[n].countries and self._leads(n)]
            found = found or list(dict.fromkeys(heads))
        if not found and country is None and len(words) == 1 and words[0] in _ONE_OF_ITS_KIND:
            recent = self.seen[-1].sentence - 1 if self.seen else 0
            near = {seen.group for seen in self.seen[-12:] if seen.sentence >= recent and seen.group >= 0}
            near = {number for number in near if self.groups[number].kind == "organisation"}
            found = sorted(near) if len(near) == 1 else []
        if country is not None and len(found) > 1:
            found = [number for number in found if country in self.groups[number].countries]
        return found

    def _leads(self, number: int) -> bool:
        return any(fact.split()[-1].lower() in people().leader for fact in self.groups[number].facts)

    def _camp(self, noun: str) -> list[int]:
        """The administration or campaign that is meant: the only one named, or that of the only president."""
        named = [
            n for n in self.counts if n >= 0 and self.groups[n].name.endswith(f" {noun}") and self.groups[n].kind != "person"
        ]
        if named or noun != "administration":
            return named if len(named) == 1 else []
        heads = []
        for number, group in enumerate(self.groups):
            facts = {fact.lower() for fact in group.facts}
            now = "president" in facts and not any(fact.startswith("former") for fact in facts)
            if group.kind == "person" and self.counts[number] and now:
                heads.append(group.name.split()[-1])
        if len(set(heads)) != 1:
            return []
        return [n for n, group in enumerate(self.groups) if group.name == f"{heads[0]} {noun}"][:1]

    def _unnamed(self, token: Token, heads: dict[int, int], inside: set[int]) -> bool:
        """Whether a common noun is a person who competes for the pronouns: "an officer", "his mother"."""
        if token.tag != "NN" or token.dep in {"compound", "attr", "npadvmod", "amod", "nmod", "acomp", "oprd"}:
            return False
        if not is_person_noun(token.text) or (token.head in heads and token.dep == "appos"):
            return False
        return not any(
            child.head == token.index and child.dep == "appos" and child.index in inside for child in self._near(token)
        )

    def _near(self, token: Token) -> Sequence[Token]:
        return self.parse.tokens[token.index : token.index + 12]

    def _link(self, token: Token, sentence: Sentence, later: Sequence[_Seen], speaker: int | None) -> None:
        gender = _PRONOUNS[token.text.lower()]
        if token.text.lower() == "it" and not self._stands_for_somebody(token):
            return
        scores: dict[int, float] = defaultdict(float)
        rules: dict[int, str] = {}
        tokens = self.parse.tokens
        governors = _governing_subjects(tokens, token, sentence)
        subject = _role(tokens, token) == "subject"
        latest: dict[int, int] = {}
        blocked = {speaker} if speaker is not None and token.index in self.quoted else set()
        for seen in reversed(self.seen):
            distance = sentence.index - seen.sentence
            if distance >= len(ACTORS_RECENCY):
                break
            if not self._fits(seen.group, gender):
                continue
            if distance == 0 and self._barred(token, seen.head):
                blocked.add(seen.group)
                continue
            if latest.get(seen.group) == seen.sentence and seen.head.index not in governors:
                continue
            value = seen.weight * ACTORS_RECENCY[distance]
            rule = "salience"
            if seen.head.index in governors:
                value += ACTORS_CONTROL_BONUS / (1 + governors[seen.head.index])
                rule = "subject of the governing clause"
            elif subject and seen.subject and distance == 1:
                value += ACTORS_PARALLEL_BONUS
                rule = "parallel subject"
            latest[seen.group] = seen.sentence
            if value > scores[seen.group]:
                rules[seen.group] = rule
            scores[seen.group] += value
        if token.text.lower() in _REFLEXIVE or token.text.lower() == "it":
            scores = defaultdict(float, {g: s for g, s in scores.items() if rules[g].startswith("subject")})
        cataphora = self._cataphora(token, sentence, later, gender)
        if cataphora is not None:
            scores[cataphora] += ACTORS_CONTROL_BONUS * (1 if any(g != cataphora for g in scores) else 3)
            rules[cataphora] = "cataphora"
        for group in blocked:
            scores.pop(group, None)
        beside = self._beside(token)
        for seen in reversed(self.seen[-6:]):
            if seen.head.index == beside and seen.group in scores:
                scores[seen.group] += ACTORS_CONTROL_BONUS
                rules[seen.group] = "name right beside"
        if self.speaker in scores and token.index not in self.quoted and self._says(token):
            scores[self.speaker] += ACTORS_SPEAKER_BONUS
        for group in scores:
            scores[group] += ACTORS_TOPIC_BONUS * min(self.counts[group], 5) / 5
        if not scores:
            return
        ranked = sorted(scores.items(), key=lambda item: -item[1])
        best, value = ranked[0]
        second = ranked[1][1] if len(ranked) > 1 else 0.0
        confidence = round(value / (value + second), 2)
        if best < 0 or value < ACTORS_MIN_SALIENCE:
            return
        if confidence < ACTORS_MIN_CONFIDENCE:
            names = tuple(self.groups[g].name for g, _ in ranked[:2] if g >= 0)
            if len(names) == 2:
                self.ambiguous.append(Ambiguity(token.text, sentence.index, token.start, token.end, names, LEFT_ALONE[0]))
            return
        rule = f"pronoun: {rules.get(best, 'salience')}"
        self.found.append(Place(token.start, token.end, sentence, best, "pronoun", rule, min(confidence, 0.95)))
        self._see(best, token, sentence)

    def _stands_for_somebody(self, token: Token) -> bool:
        """Whether "it" is what a named speaker calls itself ("Tesla said it would appeal"), and no mere filler."""
        verb = self.parse.tokens[token.head]
        above = self.parse.tokens[verb.head]
        return token.dep in _SUBJECT and verb.lemma not in _FILLED and verb.dep == "ccomp" and above.lemma in _SAYING

    def _fits(self, group: int, gender: Gender | None) -> bool:
        if group < 0:
            return gender is not None and self.unnamed[group] in (None, gender)
        kind = self.groups[group].kind
        if gender is None:
            return kind in {"country", "organisation"}
        return kind == "person" and self.genders.get(group) in (None, gender)

    def _barred(self, token: Token, other: Token) -> bool:
        """Whether syntax forbids that a pronoun means an earlier name of its sentence."""
        tokens = self.parse.tokens
        if token.dep == "poss" and _under(tokens, other, token.head):
            return True
        if token.dep == "conj" and token.head == other.index:
            return True
        if token.text.lower() in _REFLEXIVE:
            return False
        if token.dep != "poss" and _clause(tokens, token) == _clause(tokens, other) and not _under(tokens, other, token.head):
            if other.dep in _SUBJECT and token.dep in {"dobj", "dative", "pobj", "iobj"}:
                return token.dep != "pobj" or tokens[token.head].head == _clause(tokens, token)
            if other.dep in {"dobj", "dative"} and token.dep in {"dobj", "dative"}:
                return True
        return False

    def _beside(self, token: Token) -> int | None:
        """The name a possessive hangs on: "Anna Zofia and her son", "gave Friml his first chance"."""
        tokens = self.parse.tokens
        owned = tokens[token.head]
        if token.dep != "poss":
            return None
        if owned.dep == "conj":
            return owned.head
        if owned.dep == "dobj":
            between = tokens[owned.head + 1 : token.index]
            return next(
                (other.index for other in between if other.head == owned.head and other.dep in {"dative", "dobj"}), None
            )
        return None

    def _cataphora(self, token: Token, sentence: Sentence, later: Sequence[_Seen], gender: Gender | None) -> int | None:
        """ "During his visit, Lavrov ...": the pronoun stands in what precedes the subject of the main clause."""
        tokens = self.parse.tokens
        root = next((t for t in self.parse.tokens_of(sentence) if t.head == t.index and t.pos in {"VERB", "AUX"}), None)
        if root is None or token.index > root.index:
            return None
        for seen in later:
            if seen.head.index < token.index or seen.head.dep not in _SUBJECT or seen.head.head != root.index:
                continue
            if not self._fits(seen.group, gender):
                continue
            top = _child_of(tokens, token, root.index)
            if top is not None and tokens[top].dep in {"prep", "advcl", "npadvmod"} and top < seen.head.index:
                return seen.group
        return None


_FILLED = frozenset({"be", "seem", "appear", "take", "rain", "snow", "become", "happen", "turn"})
_SAYING = frozenset(
    "say tell add ask note write argue claim declare insist state warn explain reply respond recall announce deny"
    " promise pledge vow hope believe confirm".split()
)


def _is_pronoun(token: Token) -> bool:
    return token.tag in {"PRP", "PRP$"} and token.text.lower() in _PRONOUNS


def _head_of(tokens: Sequence[Token], start: int, end: int) -> tuple[Token | None, set[int]]:
    """The token of a span whose head lies outside it, and the numbers of all its tokens."""
    covered = [token for token in tokens if token.start < end and start < token.end]
    numbers = {token.index for token in covered}
    for token in covered:
        if token.head not in numbers or token.head == token.index:
            return token, numbers
    return (covered[-1] if covered else None), numbers


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


def _child_of(tokens: Sequence[Token], token: Token, top: int) -> int | None:
    """The ancestor of a token (or itself) that hangs directly under another."""
    at = token
    while at.head != at.index:
        if at.head == top:
            return at.index
        at = tokens[at.head]
    return None


def _governing_subjects(tokens: Sequence[Token], token: Token, sentence: Sentence) -> dict[int, int]:
    """Subjects of the verbs above a pronoun, with how many verbs lie between."""
    subjects: dict[int, int] = {}
    owners: dict[int, int] = {}
    for other in tokens[sentence.first_token : sentence.last_token]:
        if other.dep in _SUBJECT:
            subjects[other.head] = other.index
        elif other.dep == "poss" and other.tag != "PRP$":
            owners[other.head] = other.index
    found: dict[int, int] = {}
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
            found.setdefault(number, verbs)
            verbs += 1
    return found


def _noun_gender(token: Token) -> Gender | None:
    words = people()
    forms = singulars(token.text)
    if words.male.intersection(forms):
        return "male"
    return "female" if words.female.intersection(forms) else None


def _roles(groups: Sequence[Group]) -> dict[str, list[tuple[int, set[str]]]]:
    """By the noun of a role, the actors of whom it was stated, each with all the role's words."""
    roles: dict[str, list[tuple[int, set[str]]]] = defaultdict(list)
    for number, group in enumerate(groups):
        if group.kind in {"person", "organisation"}:
            facts = [fact.lower().split() for fact in group.facts]
            if group.kind == "organisation":
                facts.append(group.name.lower().split())
            for fact in facts:
                roles[fact[-1]].append((number, set(fact)))
    return roles


def _quoted(parse: Parse) -> frozenset[int]:
    """The tokens inside quotation marks, followed from sentence to sentence within a section."""
    inside: list[int] = []
    opened, section = False, None
    for sentence in parse.sentences:
        if sentence.section is not section:
            opened, section = False, sentence.section
        for token in parse.tokens_of(sentence):
            if token.text in {"“", "``"}:
                opened = True
            elif token.text in {"”", "''"}:
                opened = False
            elif token.text == '"':
                opened = not opened
            elif opened:
                inside.append(token.index)
    return frozenset(inside)
