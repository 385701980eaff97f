"""Pronouns and descriptions: which actor "she", "its" or "the foreign minister" means.

Rules propose candidates and forbid what grammar forbids (``candidates``); a small trained model, shipped with the package,
weighs the features of each pair and chooses one, or none. Whom an anaphor means is settled in reading order, and what was
settled counts for those that follow. A link carries its confidence; below a threshold set on development texts nothing is
linked, since a wrong link is worse than none.

Source: mention pairs and the choice of none after Lee et al. (2017), EMNLP; thresholds after Chow (1970), IEEE Transactions
on Information Theory 16(1).
"""

from __future__ import annotations

import io
import json
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ..constants import (
    ACTORS_LINK_FAIR,
    ACTORS_LINK_GOOD,
    ANAPHORS_KEPT,
    COREFERENCE_KIND,
    COREFERENCE_LEAST,
    COREFERENCE_READ,
    COREFERENCE_SHARE_MIN,
    COREFERENCE_SHARED,
    COREFERENCE_SURE,
    COREFERENCE_UNDECIDED,
    COREFERENCE_UNNAMED,
)
from ..errors import ModelError
from ..language import read_model_file, restoring
from ..model import SELF_RULE, Ambiguity, Attribution, Parse, Sentence
from .candidates import ANAPHOR, FAMILY, PAIR, POSSESSIVE, Anaphor, Candidate, Propose, Reader, quoted_tokens
from .gazetteer import Gender
from .groups import Group, GroupMention, gender_of, heads_span, told_gender
from .names import CAMPS
from .words import Words, gelu, table_rows

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Table = NDArray[np.float32]

FOLDER: Final = Path(__file__).parents[1] / "resources" / "coreference"
MODEL: Final = "coreference model"
_BEARERS: Final = list(PAIR).index("bearers")
LEFT_ALONE = ("two actors fit equally well", "several hold this role")
"""Why a pronoun, and why a description, is left ambiguous."""


def resolve(
    parse: Parse,
    mentions: Sequence[GroupMention],
    groups: Sequence[Group],
    said: Sequence[GroupMention] = (),
    attributions: Sequence[Attribution] = (),
) -> tuple[list[GroupMention], list[Ambiguity]]:
    """Link pronouns and descriptions to the actors they mean.

    Args:
        parse: the article's parse.
        places: the named mentions, in reading order.
        groups: the actors that the places count through.
        said: the descriptions that stand beside the name they are said of, so that nothing has to be chosen.
        attributions: who says what, as far as it is known before actors are.

    Returns:
        The linked ones in reading order, and those left alone because two actors fit equally well.

    Raises:
        ModelError: the model's files are missing or altered.
    """
    genders = {number: gender_of(group) for number, group in enumerate(groups) if group.kind == "person"}
    if not mentions:
        return [], []
    genders |= _belied(parse, mentions, groups, genders)
    words = Words(parse)
    weighed: Weighed = {}
    for _ in range(2):
        reader = Reader(parse, mentions, groups, genders, said, attributions)
        chooser = _Chooser(parse, groups, reader, words, weighed)
        reader.run(chooser.decide)
        learned = _learn(chooser.found, genders) | _persons_after_all(chooser.found, groups)
        if not learned:
            break
        genders |= learned
    return chooser.found, chooser.ambiguous


def first_persons(
    parse: Parse, mentions: Sequence[GroupMention], groups: Sequence[Group], attributions: Sequence[Attribution]
) -> list[GroupMention]:
    """Link "I", "me" and "my" to who says it: the person that is the source of the words they stand in.

    In an interview set as questions and answers, "I" in an answer outside quotation marks is the person interviewed.

    Args:
        parse: the article's parse.
        places: the named mentions and the linked pronouns.
        groups: the actors that the places count through.
        attributions: who says what.

    Returns:
        The linked ones, in reading order.
    """
    mine = [token for token in parse.tokens if token.text.lower() in _FIRST and token.tag in {"PRP", "PRP$"}]
    if not mine:
        return []
    persons = sorted((person for person in mentions if groups[person.group].kind == "person"), key=lambda person: person.start)
    starts = [person.start for person in persons]
    by_token: dict[int, GroupMention] = {}
    for attribution in attributions:
        speakers = {
            person.group
            for start, end in attribution.source
            for person in persons[bisect_left(starts, start) : bisect_left(starts, end)]
            if heads_span(parse.tokens, (person.start, person.end), (start, end))
        }
        if len(speakers) != 1:
            continue
        for start, end in attribution.content:
            first = bisect_left(mine, start, key=lambda token: token.start)
            for token in mine[first : bisect_left(mine, end, key=lambda token: token.start)]:
                sentence = parse.sentences[bisect_right(parse.sentences, token.start, key=lambda sent: sent.start) - 1]
                by_token[token.start] = GroupMention(
                    token.start, token.end, sentence, min(speakers), "pronoun", SELF_RULE, ACTORS_LINK_GOOD
                )
    guest, answers = _interview(parse, persons)
    if guest is not None:
        quoted = quoted_tokens(parse)
        for token in mine:
            sentence = parse.sentences[bisect_right(parse.sentences, token.start, key=lambda sent: sent.start) - 1]
            if sentence.index in answers and token.index not in quoted:
                by_token.setdefault(
                    token.start, GroupMention(token.start, token.end, sentence, guest, "pronoun", SELF_RULE, ACTORS_LINK_GOOD)
                )
    return [by_token[start] for start in sorted(by_token)]


def _interview(parse: Parse, persons: Sequence[GroupMention]) -> tuple[int | None, frozenset[int]]:
    """Who is interviewed in a text of questions and answers, and the sentences of the answers; None where it is no interview.

    The guest is the only person that "interviewed", "interview with" or "spoke with" has for its object before the first
    question. A question is a paragraph that ends with a question mark; an answer is any paragraph between two questions.
    """
    paragraphs: list[list[Sentence]] = []
    for sentence in parse.sentences:
        if paragraphs and paragraphs[-1][-1].section is sentence.section:
            paragraphs[-1].append(sentence)
        else:
            paragraphs.append([sentence])
    ends = [parse.article.text[part[-1].start : part[-1].end].rstrip('”" \n') for part in paragraphs]
    asked = [n for n, end in enumerate(ends) if end.endswith("?")]
    if len(asked) < QUESTIONS_MIN:
        return None, frozenset()
    opening = paragraphs[asked[0]][0].start
    guests = _interviewed(parse, persons, opening)
    if len(guests) != 1:
        return None, frozenset()
    rest = (part for n, part in enumerate(paragraphs) if n > asked[0] and n not in asked)
    return min(guests), frozenset(sentence.index for part in rest for sentence in part)


def _interviewed(parse: Parse, persons: Sequence[GroupMention], end: int) -> set[int]:
    """The persons named right after "interviewed", "interview with" or "spoke with", up to a place in the text."""
    starts = [person.start for person in persons]
    interviewed: set[int] = set()
    for token in parse.tokens[: bisect_left(parse.tokens, end, key=lambda token: token.start)]:
        following = parse.tokens[token.index + 1].text if token.index + 1 < len(parse.tokens) else ""
        if token.lemma.lower() not in {"interview", "interviews"} and not (
            token.lemma in {"speak", "talk", "chat"} and following in {"with", "to"}
        ):
            continue
        at = bisect_left(starts, token.end)
        while at < len(persons) and persons[at].start - token.end < GUEST_WITHIN:
            interviewed.add(persons[at].group)
            at += 1
            joint = parse.article.text[persons[at - 1].end : starts[at]] if at < len(persons) else ""
            if joint.strip() not in {"and", ",", ", and"}:
                break
    return interviewed


GUEST_WITHIN: Final = 90
"""Characters from "interviewed" to the name of who was, at most; words that describe the guest stand between."""
QUESTIONS_MIN: Final = 3
"""Paragraphs that end with a question mark from which on a text is an interview."""
_FIRST: Final = frozenset({"i", "me", "my", "mine", "myself"})


def _belied(
    parse: Parse, mentions: Sequence[GroupMention], groups: Sequence[Group], genders: dict[int, Gender | None]
) -> dict[int, Gender | None]:
    """The person named most, its gender unknown after all, where only its given name tells one that no pronoun bears out.

    "Ginger Baker" in a text that says "he" throughout and "she" nowhere.
    """
    counts = Counter(mention.group for mention in mentions if mention.group in genders)
    if not counts:
        return {}
    most = counts.most_common(1)[0][0]
    said = Counter(FAMILY.get(token.text.lower()) for token in parse.tokens if token.tag in {"PRP", "PRP$"})
    own, other = ("he", "she") if genders[most] == "male" else ("she", "he")
    if genders[most] is None or told_gender(groups[most]) or said[own] or said[other] < BELIED_BY:
        return {}
    return {most: None}


BELIED_BY: Final = 3
"""Pronouns of the other gender from which on, with none of its own, a given name tells nothing of the person named most."""


def _learn(mentions: Iterable[GroupMention], genders: dict[int, Gender | None]) -> dict[int, Gender | None]:
    """The gender of persons whose name does not tell it: what most pronouns linked to them say."""
    votes: dict[int, Counter[Gender]] = defaultdict(Counter)
    for mention in mentions:
        gender: Gender | None = {"pronoun: he": "male", "pronoun: she": "female"}.get(mention.rule)  # type: ignore[assignment]
        if gender and mention.group in genders and genders[mention.group] is None:
            votes[mention.group][gender] += 1
    learned: dict[int, Gender | None] = {}
    for number, vote in votes.items():
        best, count = vote.most_common(1)[0]
        if count > vote.total() / 2:
            learned[number] = best
    return learned


def _persons_after_all(mentions: Iterable[GroupMention], groups: Sequence[Group]) -> dict[int, Gender | None]:
    """Make persons of the organisations and places that "he" or "she" was linked to; their genders."""
    called: dict[int, Counter[Gender]] = defaultdict(Counter)
    for mention in mentions:
        gender: Gender | None = {"pronoun: he": "male", "pronoun: she": "female"}.get(mention.rule)  # type: ignore[assignment]
        if gender and groups[mention.group].kind != "person":
            called[mention.group][gender] += 1
    for number in called:
        groups[number].kind = "person"
    return {number: votes.most_common(1)[0][0] for number, votes in called.items()}


Weighed = dict[tuple[object, ...], dict[int, float]]
"""What `chances_of` answered about an anaphor and its candidates; the second reading of an article asks most of it again."""


class _Chooser:
    """Decides, anaphor by anaphor, and keeps what was linked and what was left open."""

    def __init__(
        self,
        parse: Parse,
        groups: Sequence[Group],
        reader: Reader,
        words: Words | None = None,
        weighed: Weighed | None = None,
    ) -> None:
        self.parse, self.groups, self.reader = parse, groups, reader
        self.weighed = {} if weighed is None else weighed
        self.found: list[GroupMention] = []
        self.ambiguous: list[Ambiguity] = []
        self.open: dict[int, dict[int, float]] = {}
        self.words = words

    def decide(self, anaphor: Anaphor, propose: Propose) -> int | None:
        """The entity an anaphor means (an actor's number, or somebody unnamed below zero), or None."""
        if anaphor.form == 3 and anaphor.words[-1] in CAMPS:
            return self._camp(anaphor)
        reader = self.reader
        for rule_of in (reader.dislocated, reader.beside, reader.owns, reader.spoken_of, reader.goes_on):
            person = rule_of(anaphor)
            if person is not None:
                rule = f"pronoun: {anaphor.family}"
                self.found.append(
                    GroupMention(anaphor.start, anaphor.end, anaphor.sentence, person, "pronoun", rule, ACTORS_LINK_GOOD)
                )
                return person
        only = self.reader.only_bearer(anaphor)
        if only is None:
            only = self.reader.only_one_about(anaphor)
        if only is not None:
            rule = f"role: {' '.join(anaphor.words)}"
            self.found.append(GroupMention(anaphor.start, anaphor.end, anaphor.sentence, only, "role", rule, ACTORS_LINK_GOOD))
            return only
        candidates = propose()
        if not candidates:
            return None
        chances: dict[int, float] = defaultdict(float)
        asked = (anaphor.head.index, anaphor.features, *((one.seen.start, one.seen.entity, one.features) for one in candidates))
        weighed = self.weighed.get(asked)
        if weighed is None:
            weighed = self.weighed[asked] = chances_of(anaphor, candidates, self.words)
        for entity, share in weighed.items():
            for meant, part in self.open.get(entity, {entity: 1.0}).items():
                chances[meant] += share * part
        ranked = sorted(chances.items(), key=lambda pair: -pair[1])
        best, chance = ranked[0]
        if best < 0 and chance >= COREFERENCE_UNNAMED:
            return best
        shared = any(candidate.seen.entity == best and candidate.features[_BEARERS] == 2 for candidate in candidates)
        unsure = anaphor.family in {"he", "she"} and best in self.reader.unsure and self.groups[best].kind != "person"
        least = COREFERENCE_SHARED if shared else COREFERENCE_KIND if unsure else COREFERENCE_LEAST[anaphor.family]
        if best < 0 or chance < least:
            self._leave(anaphor, chances)
            return self._undecided(chances)
        if self.groups[best].kind == "place" and not unsure:
            return best
        form, rule = (
            ("pronoun", f"pronoun: {anaphor.family}") if anaphor.form == 1 else ("role", f"role: {' '.join(anaphor.words)}")
        )
        confidence = min(round(chance, 2), COREFERENCE_SURE)
        self.found.append(GroupMention(anaphor.start, anaphor.end, anaphor.sentence, best, form, rule, confidence))  # type: ignore[arg-type]
        return best

    def _undecided(self, chances: dict[int, float]) -> int:
        """Somebody who is one of several: what refers to this anaphor later refers to each of them as probably."""
        self.reader.nobody -= 1
        here = self.reader.nobody
        self.open[here] = {entity: share for entity, share in chances.items() if share > COREFERENCE_SHARE_MIN}
        self.open[here][here] = max(0.0, 1.0 - sum(self.open[here].values()))
        return here

    def _camp(self, anaphor: Anaphor) -> int | None:
        """The administration or campaign that is meant: the only one named, or that of the only president; "his" is his own."""
        noun, groups, counts = anaphor.words[-1], self.groups, self.reader.counts
        named = [
            n for n, group in enumerate(groups) if group.kind != "person" and group.name.endswith(f" {noun}") and counts[n]
        ]
        if anaphor.features[3] == POSSESSIVE:
            owners = {m.group for m in self.found[-1:] if m.form == "pronoun" and anaphor.start - m.end < 2}
            own = {f"{groups[owner].name.split()[-1]} {noun}" for owner in owners}
            named = [n for n in named if groups[n].name in own]
        elif not named and noun == "administration":
            heads = set()
            for number, group in enumerate(groups):
                facts = {fact.lower() for fact in group.facts}
                now = "president" in facts and not any(fact.startswith("former") for fact in facts)
                if group.kind == "person" and counts[number] and now:
                    heads.add(group.name.split()[-1])
            if len(heads) == 1:
                named = [n for n, group in enumerate(groups) if group.name == f"{min(heads)} {noun}"][:1]
        if len(named) != 1:
            return None
        rule = f"role: {' '.join(anaphor.words)}"
        self.found.append(GroupMention(anaphor.start, anaphor.end, anaphor.sentence, named[0], "role", rule, ACTORS_LINK_FAIR))
        return named[0]

    def _leave(self, anaphor: Anaphor, chances: Mapping[int, float]) -> None:
        likely = _likely(chances)
        if len(likely) == 2:
            names = tuple(self.groups[entity].name for entity in likely)
            form = self.parse.article.text[anaphor.start : anaphor.end]
            reason = LEFT_ALONE[anaphor.form == 3]
            self.ambiguous.append(Ambiguity(form, anaphor.sentence.index, anaphor.start, anaphor.end, names, reason))


# --- the model ------------------------------------------------------------------------------------------------


def chances_of(anaphor: Anaphor, candidates: Sequence[Candidate], words: Words | None = None) -> dict[int, float]:
    """How probable each entity is to be meant; what is missing to 1 is the chance that none of them is.

    Args:
        anaphor, candidates: as the rules found them.
        words: the article's words, read for "he" and "she" where two actors are both possible (`COREFERENCE_UNDECIDED`); None:
            they are not.
    """
    scores = scores_of(anaphor, candidates)
    chances = _chances(scores, candidates)
    if words is None or anaphor.family not in COREFERENCE_READ or len(_likely(chances)) < 2:
        return chances
    (pairs, none), (read_pairs, read_none), (read, by_rules) = scores, words.scores(anaphor, candidates), words.mixture
    return _chances((read * read_pairs + by_rules * pairs, read * read_none + by_rules * none), candidates)


def _likely(chances: Mapping[int, float]) -> list[int]:
    """The one or two most probable actors, each of at least COREFERENCE_UNDECIDED, the likelier first."""
    named = sorted((entity for entity in chances if entity >= 0), key=lambda entity: -chances[entity])
    return [entity for entity in named[:2] if chances[entity] >= COREFERENCE_UNDECIDED]


def _chances(scores: tuple[Table, float], candidates: Sequence[Candidate]) -> dict[int, float]:
    """Probabilities of entities from the scores of their mentions and of none."""
    import numpy as np

    pairs, none = scores
    scored = np.append(pairs, none)
    weights = np.exp(scored - scored.max())
    weights /= weights.sum()
    chances: dict[int, float] = defaultdict(float)
    for candidate, weight in zip(candidates, weights.tolist(), strict=False):
        chances[candidate.seen.entity] += weight
    return chances


def scores_of(anaphor: Anaphor, candidates: Sequence[Candidate]) -> tuple[Table, float]:
    """The model's scores: of each candidate, and of none."""
    model = _model()
    rows = table_rows(candidates, model["pair_starts"])
    alone, none = _of_anaphor(anaphor.features)
    hidden = model["pair"].take(rows.T, axis=0).sum(0) + alone
    pairs = gelu(hidden) @ model["pair_out"] + model["straight"][rows].sum(1) + model["pair_bias"]
    return pairs, none


@lru_cache(maxsize=ANAPHORS_KEPT)
def _of_anaphor(features: tuple[int, ...]) -> tuple[Table, float]:
    """What the model makes of an anaphor whoever is a candidate: its part of the hidden layer, and the score of none."""
    model = _model()
    rows = features + model["anaphor_starts"]
    none = gelu(model["none"][rows].sum(0)) @ model["none_out"] + model["none_bias"]
    return model["anaphor"][rows].sum(0), float(none)


@cache
def _model() -> dict[str, Any]:
    """Load the model once, after checking its file against the recorded checksum."""
    import numpy as np

    facts = json.loads(read_model_file(FOLDER / "coreference.json", None, MODEL))
    data = read_model_file(FOLDER / "reader.npz", facts["sha256"]["reader.npz"], MODEL)
    if facts["pair"] != PAIR or facts["anaphor"] != ANAPHOR:
        raise ModelError(f"The coreference model was trained on other features. Restore it: {restoring(FOLDER.name)}")
    with np.load(io.BytesIO(data), allow_pickle=False) as held:
        model: dict[str, Any] = {name: held[name] for name in held.files}
    model["pair_starts"] = np.cumsum([0, *list(PAIR.values())[:-1]])
    model["anaphor_starts"] = np.cumsum([0, *list(ANAPHOR.values())[:-1]])
    return model
