"""Who stands where on whom: stances that the grammar links to a holder, weighed by what the words and the models say.

A link (see ``links``) is what makes a stance possible; the reading of the two names, the tone of the wording and what the
event means say whether it is one, and which way. How they count together is fitted on marked articles and kept as
named weights in ``resources/stances``; below a floor of probability nothing is stated.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby
from math import exp, log, sqrt
from pathlib import Path
from types import MappingProxyType
from typing import Final, Literal

from ..constants import CLEAR_TONE, CUE_MIN, PAIR_ACTORS_MAX, PAIRS_MAX, STANCE_FLOOR, VOICE_FLOOR
from ..discourse import Discourse, find_discourse
from ..model import STATED_RULE, Cast, Cue, Mention, Position, Span, Stance, StanceBasis, ToneScore
from . import encoder
from .contributions import mean_cues
from .holders import Holders, Link
from .links import find_links, same_side

Side = Literal[-1, 1]
SIDES: Final[tuple[Side, Side]] = (-1, 1)
Chances = tuple[float, float, float]
"""P(hostile), P(neither), P(friendly)."""

Key = tuple[int, str, str]
"""A sentence's index, a holder, a target."""

SMOOTH: Final = 0.03
"""Added to both probabilities of a log ratio, so that it stays within about 3.5."""
ACTORS_COUNTED_MAX: Final = 8
"""More actors than this in one sentence count as so many."""
STEPS_MAX: Final = 6
"""More words than this between a target and what is done count as so many."""
FLOORS: Final[Mapping[StanceBasis, float]] = MappingProxyType({"voice": VOICE_FLOOR, "event": STANCE_FLOOR})
"""A stance less probable than this, by what it lies in, is not stated."""
TWO_SIDED: Final = frozenset({"mutual", "between", "each-other", "at-odds", "along-with", "have-with"})
"""Rules that link two to each other."""
REPORTS: Final = frozenset({"say", "think", "ask", "show", "seem"})


@dataclass(frozen=True, slots=True)
class Weighed:
    """One actor's stance on another in one sentence, with how probable it is that it is held.

    links: what the grammar says. chances: P(hostile), P(neither), P(friendly). tone: the mean of what the wording, the
    reading of the pair and the event say, in [-1, +1].
    """

    holder: Mention
    target: Mention
    links: tuple[Link, ...]
    chances: Chances
    tone: float

    @property
    def side(self) -> Side:
        """-1 for hostile, +1 for friendly, whichever is more probable."""
        return -1 if self.chances[0] > self.chances[2] else 1

    @property
    def probability(self) -> float:
        """How probable it is that a stance to this side is held."""
        return max(self.chances[0], self.chances[2])

    @property
    def basis(self) -> StanceBasis:
        """Whether it lies in the holder's words or in what he does."""
        return "voice" if _leading(self.links).way == "says" else "event"

    @property
    def is_shown_by_act(self) -> bool:
        """Whether what the event means for the target goes to the stance's side: "criticised Lind", not "called Lind ill"."""
        link = _leading(self.links)
        return link.valence * self.side > 0 and not link.negated

    @property
    def stance(self) -> Stance:
        """As a stance, with the word that links holder and target."""
        link = _leading(self.links)
        cues = (Cue(*link.cue, self.tone, f"{link.way}-{link.rule}"),)
        holder, target = self.holder.actor, self.target.actor
        return Stance(holder, target, self.tone, self.target.sentence, cues, self.basis, self.probability)


def find_stances(
    cast: Cast, scores: Sequence[ToneScore], *, discourse: Discourse | None = None, floor: float | None = None
) -> tuple[Stance, ...]:
    """Who stands where on whom, sentence by sentence.

    Args:
        cast: the actors.
        scores: what ``tone_toward`` returned for them.
        discourse: what ``find_discourse`` returned for this cast; found here when left out.
        floor: the probability below which nothing is stated; ``FLOORS`` when left out.

    Returns:
        Stances in reading order: the narrator's, by the tone of the wording that is nobody else's; and those of actors
        that are held with a probability of at least the floor, at most one for a holder, a target and a sentence.
        No one stands anywhere on himself; sources that are no actors here hold no stance.

    Raises:
        ModelError: the model file is missing or altered.
    """
    toward = _by_target(scores)
    held = [_with_words(case, toward) for case in weigh(cast, scores, discourse=discourse)]
    held = [stance for stance in held if stance.probability >= _floor(stance, floor)]
    order = {actor.name: index for index, actor in enumerate(cast.actors)}
    stances = [*_narrators(scores), *held]
    return tuple(sorted(stances, key=lambda s: (s.sentence.index, order.get(s.by, -1), order[s.target.name])))


def _narrators(scores: Sequence[ToneScore]) -> Iterator[Stance]:
    """The tone of the narrator's own words toward each actor, a sentence each."""
    told = [score for score in scores if score.tone is not None and score.voice == "narrator"]
    for group in _by_target(told).values():
        mention = group[0].mention
        tone = _mean([score.tone for score in group if score.tone is not None])
        yield Stance("narrator", mention.actor, tone, mention.sentence, mean_cues(group), "voice", 1.0)


def _by_target(scores: Iterable[ToneScore]) -> dict[tuple[int, str], list[ToneScore]]:
    """The scores by sentence and actor."""
    groups: dict[tuple[int, str], list[ToneScore]] = {}
    for score in scores:
        groups.setdefault((score.mention.sentence.index, score.mention.actor.name), []).append(score)
    return groups


def _with_words(case: Weighed, toward: Mapping[tuple[int, str], Sequence[ToneScore]]) -> Stance:
    """A case as a stance, with the words behind it: the act where it is the evidence, else the words toward the target.

    Those are the words that move the tone of the wording to the stance's side by ``CUE_MIN`` or more. Where there are none,
    or they were not worked out, the word that links holder and target is all there is.
    """
    stance = case.stance
    group = [] if case.is_shown_by_act else toward.get((stance.sentence.index, stance.target.name), [])
    words = tuple(cue for cue in mean_cues(group) if cue.contribution * case.side >= CUE_MIN)
    return replace(stance, cues=words or stance.cues)


def is_stated(stance: Stance) -> bool:
    """Whether a stance is probable enough by itself to be stated: words alone have to be more probable than acts."""
    return stance.probability >= FLOORS[stance.basis]


def _floor(stance: Stance, floor: float | None) -> float:
    return FLOORS[stance.basis] if floor is None else floor


def positions(stances: Sequence[Stance], *, floor: float | None = None) -> tuple[Position, ...]:
    """Where each holder stands on each target in the whole article.

    Args:
        stances: what ``find_stances`` returned; those below the floor count as far as they are probable.
        floor: the probability below which no position is stated; the lowest of its stances' ``FLOORS`` when left out.

    Returns:
        A position for each holder and target that share a stance, in the order of their first one: the mean tone over the
        sentences that are probable enough by themselves (over all where none is), and how probable it is that more of the
        sentences go to that side than to the other. None where the tone goes to the other side.
    """
    groups: dict[tuple[str, str], list[Stance]] = {}
    for stance in stances:
        groups.setdefault((stance.by, stance.target.name), []).append(stance)
    held = []
    for group in groups.values():
        lower, higher = _balance(group)
        sure = [stance for stance in group if stance.probability >= _floor(stance, floor)]
        shown = sure or [stance for stance in group if (stance.tone > 0) == (higher > lower)]
        by_sentence = groupby(shown, key=lambda stance: stance.sentence.index)
        tone = _mean([_mean([stance.tone for stance in part]) for _, part in by_sentence])
        chance = 1.0 if isinstance(group[0].holder, str) else lower if tone < 0 else higher
        if chance >= min(
            _floor(stance, floor) for stance in shown
        ):  # the narrator holds what the article says in its own words
            held.append(Position(group[0].holder, group[0].target, tone, tuple(shown), chance))
    return tuple(held)


def _balance(group: Sequence[Stance]) -> tuple[float, float]:
    """How probable it is that more of some stances are hostile than friendly, and that more are friendly."""
    sums = {0: 1.0}
    for stance in group:
        side, chance = (-1 if stance.tone < 0 else 1), stance.probability
        new: dict[int, float] = {}
        for total, share in sums.items():
            new[total + side] = new.get(total + side, 0.0) + share * chance
            new[total] = new.get(total, 0.0) + share * (1 - chance)
        sums = new
    return sum(share for total, share in sums.items() if total < 0), sum(share for total, share in sums.items() if total > 0)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


# --- what speaks for a stance ----------------------------------------------------------------------------------------


def weigh(cast: Cast, scores: Sequence[ToneScore], *, discourse: Discourse | None = None) -> list[Weighed]:
    """Every stance that the grammar makes possible, with how probable it is, in reading order.

    Args:
        cast: the actors.
        scores: what ``tone_toward`` returned for them.
        discourse: what ``find_discourse`` returned for this cast; found here when left out.

    Returns:
        One for a holder, a target and a sentence; none of sentences that name more than ``PAIR_ACTORS_MAX`` actors, which
        are lists, and none at all of a text with more than ``PAIRS_MAX`` linked pairs.
    """
    return [weighed(case, chances_of(case.evidence)) for case in cases(cast, scores, discourse=discourse)]


def weighed(case: Case, chances: Chances) -> Weighed:
    """A case with how probable its stances are, less those that its event speaks against."""
    left = _not_against(case, chances)
    return Weighed(case.holder, case.target, case.links, left, case.toward(-1 if left[0] > left[2] else 1))


def _not_against(case: Case, chances: Chances) -> Chances:
    """No stance against the event, whatever the models read: whoever "supports striking Norway" is no friend of Norway, and
    whoever "never criticised Norway" has no stance on it. No praise of one's own side."""
    lead = _leading(case.links)
    negated = lead.negated
    if lead.way == "says" and case.beside.one_side and case.target.actor.kind != "person":  # a minister's praise of his state
        return chances[0], chances[1] + chances[2], 0.0
    if case.event < 0:
        return (0.0, 1.0, 0.0) if negated else (chances[0], chances[1] + chances[2], 0.0)
    if case.event > 0 and not negated:
        return 0.0, chances[1] + chances[0], chances[2]
    return chances


@dataclass(frozen=True, slots=True)
class Beside:
    """What is known beside the links.

    Attributes:
        wording: P(negative), P(neutral), P(positive) toward the target.
        pair: P(hostile), P(neither), P(friendly) of the holder toward the target.
        back: the same of the target toward the holder.
        actor_count: how many actors the sentence names.
        one_side: whether the two are named as being on one side.
        elsewhere: what the other sentences say of the two.
    """

    wording: Chances
    pair: Chances
    back: Chances
    actor_count: int
    one_side: bool
    elsewhere: Elsewhere


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What the other sentences say of two actors; 0 where there are none.

    Attributes:
        pair: the sum of P(friendly) - P(hostile) of the holder toward the target, over the sentences that link them so.
        back: the mean of the same of the target toward the holder, in [-1, +1].
        wording: the mean tone toward the target in all other sentences, in [-1, +1].
    """

    pair: float
    back: float
    wording: float


@dataclass(frozen=True, slots=True)
class Case:
    """What is known of one actor's stance on another in one sentence.

    event: what the event means for the target, in [-1, +1]; 0 for none.
    """

    holder: Mention
    target: Mention
    links: tuple[Link, ...]
    beside: Beside
    event: float

    @property
    def evidence(self) -> dict[Side, dict[str, float]]:
        """What speaks for a stance to each side: a number a name."""
        return {side: dict(_evidence(side, self.links, self.beside)) for side in SIDES}

    def toward(self, side: Side) -> float:
        """How strongly it goes to a side: the mean of the readings that clearly go there, else of those that go there."""
        wording, pair = self.beside.wording, self.beside.pair
        readings = [wording[2] - wording[0], pair[2] - pair[0], self.event]
        there = [value for value in readings if value * side > 0]
        clear = [value for value in there if abs(value) >= CLEAR_TONE]
        return _mean(clear or there) if there else side * SMOOTH


def cases(cast: Cast, scores: Sequence[ToneScore], *, discourse: Discourse | None = None) -> list[Case]:
    """Every holder and target that the grammar links, with the evidence, in reading order."""
    by_start = {score.mention.start: score for score in scores}
    if discourse is None:
        discourse = find_discourse(cast.parse, cast=cast)
    present = _actors_of_sentences(cast)
    groups: dict[tuple[int, str, str], list[Link]] = {}
    who = Holders(cast, discourse.tree)
    sides = same_side(who)
    links = find_links(who, discourse, sides)
    supposed = {_act(link) for link in links if link.way == "does" and link.supposed}
    told_ends = {_ends(link) for link in links if link.way == "does" and _is_only_told(link)}
    quoted_ends = {_ends(link) for link in links if link.way == "says" and link.told}
    supposed_ends = {_ends(link) for link in links if link.way == "does" and link.supposed}
    done_ends = {link.target.start for link in links if link.way == "does" and link.valence and link.frame != "far"}
    related = _related(links)
    for link in links:
        index, speaker = link.target.sentence.index, link.holder.actor.name
        left_out = (
            _is_only_told(link)
            or _act(link) in supposed
            or (link.frame == "far" and link.told and _ends(link) in told_ends)
            or (link.frame == "far" and not link.valence and _ends(link) in supposed_ends | quoted_ends)
            or (link.way == "does" and link.past and not link.valence and link.target.start in done_ends)
            or (
                link.way == "says"
                and any((doer, speaker) not in sides for doer in related.get(_named(link), set()) - {speaker})
            )
        )
        if len(present[index]) <= PAIR_ACTORS_MAX and not left_out:
            groups.setdefault((index, speaker, link.target.actor.name), []).append(link)
    if len(groups) > PAIRS_MAX:
        return []
    made = []
    readings = _pairs(cast, present, list(groups))
    around = elsewhere({key: pair for key, (pair, _) in readings.items()}, _tones_elsewhere(scores, list(groups)))
    for key, linked in groups.items():
        index, holder, target = key
        rows = [by_start[link.target.start] for link in linked if link.target.start in by_start]
        if not rows:
            continue
        wording = _means([(row.negative, row.neutral, row.positive) for row in rows])
        pair, back = readings[key]
        beside = Beside(wording, pair, back, len(present[index]), (holder, target) in sides, around[key])
        lead = _leading(linked)
        made.append(Case(lead.holder, lead.target, tuple(linked), beside, lead.valence))
    return sorted(made, key=lambda case: (case.target.sentence.index, case.target.start, case.holder.start))


def elsewhere(readings: Mapping[Key, Chances], tones: Mapping[Key, float]) -> dict[Key, Elsewhere]:
    """What the other sentences say, for each sentence, holder and target.

    Args:
        readings: of linked pairs, as P(hostile), P(neither), P(friendly).
        tones: for the same keys, the mean tone toward the target in the other sentences.
    """
    sums: defaultdict[tuple[str, str], float] = defaultdict(float)
    counts: Counter[tuple[str, str]] = Counter()
    toned = {key: reading[2] - reading[0] for key, reading in readings.items()}
    for (_, holder, target), value in toned.items():
        sums[holder, target] += value
        counts[holder, target] += 1
    return {
        (index, first, second): Elsewhere(
            sums[first, second] - value, sums[second, first] / max(1, counts[second, first]), tones[index, first, second]
        )
        for (index, first, second), value in toned.items()
    }


def _tones_elsewhere(scores: Sequence[ToneScore], keys: Sequence[Key]) -> dict[Key, float]:
    """The mean tone toward each key's target in the sentences other than the key's; 0 where there are none."""
    tones: defaultdict[str, defaultdict[int, list[float]]] = defaultdict(lambda: defaultdict(list))
    for score in scores:
        if score.tone is not None:
            tones[score.mention.actor.name][score.mention.sentence.index].append(score.tone)
    totals = {name: (sum(map(sum, there.values())), sum(map(len, there.values()))) for name, there in tones.items()}
    means = {}
    for index, holder, target in keys:
        total, count = totals.get(target, (0.0, 0))
        here = tones[target][index]
        others = count - len(here)
        means[index, holder, target] = (total - sum(here)) / others if others else 0.0
    return means


def _act(link: Link) -> tuple[str, int, int]:
    """Who does what to whom, whether the word is read as an event or as saying something: "if Norway attacked Sweden"."""
    return link.holder.actor.name, link.target.start, link.cue[1]


def _ends(link: Link) -> tuple[str, int]:
    """Who does something, and the mention that stands in its predicate."""
    return link.holder.actor.name, link.target.start


def _named(link: Link) -> tuple[int, str]:
    """A target in a sentence."""
    return link.target.sentence.index, link.target.actor.name


def _related(links: Sequence[Link]) -> dict[tuple[int, str], set[str]]:
    """Who is well or badly related to each target in a sentence: whoever tells of that says nothing of the target himself."""
    related: defaultdict[tuple[int, str], set[str]] = defaultdict(set)
    for link in links:
        if link.rule in TWO_SIDED and link.valence and not link.supposed:
            related[_named(link)].add(link.holder.actor.name)
    return related


def _is_only_told(link: Link) -> bool:
    """Whether a speaker quotes somebody else here, or it is only asked, hoped or said by somebody else that it may happen.

    What stands far below a verb of saying is the speaker's where it is in his words, and no event of his.
    """
    if link.supposed:
        return True
    if link.way == "does" and link.act in REPORTS and link.frame == "far" and not link.valence:
        return True
    return link.told and (link.way == "says" or link.irrealis or link.negated)


def _actors_of_sentences(cast: Cast) -> dict[int, dict[str, list[Span]]]:
    """The actors of each sentence with their places in it."""
    present: dict[int, dict[str, list[Span]]] = {}
    for index, group in groupby(cast.mentions, key=lambda mention: mention.sentence.index):
        sides: dict[str, list[Span]] = {}
        for mention in (other for other in group if other.rule != STATED_RULE):
            start = mention.sentence.start
            sides.setdefault(mention.actor.name, []).append((mention.start - start, mention.end - start))
        present[index] = sides
    return present


def _pairs(
    cast: Cast, present: Mapping[int, Mapping[str, list[Span]]], keys: Sequence[Key]
) -> dict[Key, tuple[Chances, Chances]]:
    """The trained model's reading of each pair: of the holder toward the target, and back; each pair is read once."""
    unique = list(dict.fromkeys((index, min(first, second), max(first, second)) for index, first, second in keys))
    if not unique:
        return {}
    texts = [cast.parse.text_of(cast.parse.sentences[index]) for index, _, _ in unique]
    firsts = [present[index][first] for index, first, _ in unique]
    seconds = [present[index][second] for index, _, second in unique]
    rows = encoder.score_pairs(
        texts,
        [spans[0] for spans in firsts],
        [spans[0] for spans in seconds],
        also_firsts=[spans[1:] for spans in firsts],
        also_seconds=[spans[1:] for spans in seconds],
        others=[
            [spans for name, spans in present[index].items() if name not in (first, second)] for index, first, second in unique
        ],
    ).tolist()
    read = {}
    for (index, first, second), row in zip(unique, rows, strict=True):
        forth, back = (row[3], row[0], row[1]), (row[4], row[0], row[2])
        read[index, first, second] = (forth, back)
        read[index, second, first] = (back, forth)
    return {key: read[key] for key in keys}


def _means(rows: Sequence[Chances]) -> Chances:
    negative, neutral, positive = (_mean([row[index] for row in rows]) for index in range(3))
    return negative, neutral, positive


def _leading(links: Sequence[Link]) -> Link:
    """The closest link: an event of the lexicon, then the one with the target nearest to what is done or said."""
    frames = ("object", "naming", "preposition", "far")
    parts = ("whole", "own", "origin", "deep")
    done = [link for link in links if link.way == "does"]
    return min(
        done or [link for link in links if link.way == "says"] or links,
        key=lambda link: (not link.valence, frames.index(link.frame), parts.index(link.part), link.steps),
    )


def _evidence(side: Side, links: Sequence[Link], beside: Beside) -> Iterator[tuple[str, float]]:
    """The named numbers that speak for or against a stance to one side."""
    lead = _leading(links)
    way = lead.way
    at = 0 if side < 0 else 2
    tone, pair = beside.wording[at], beside.pair[at]
    yield ("hostile" if side < 0 else "friendly"), 1.0
    yield f"wording, {way}", _ratio(tone, beside.wording[1])
    yield f"pair, {way}", _ratio(pair, beside.pair[1])
    yield "wording and pair", sqrt(tone * pair)
    yield "pair back", max(_ratio(beside.back[at], beside.back[1]), 0.0)
    yield "pair elsewhere", side * beside.elsewhere.pair
    yield "pair back elsewhere", side * beside.elsewhere.back
    yield "wording elsewhere", side * beside.elsewhere.wording
    yield "actors in the sentence", float(min(beside.actor_count, ACTORS_COUNTED_MAX))
    yield f"target: {lead.target.actor.kind}", 1.0
    yield f"holder: {lead.holder.actor.kind}", 1.0
    if lead.target.actor.kind == "country" and lead.target.form != "name":
        yield "target: country, not by its name", 1.0
    if lead.target.form in ("pronoun", "role"):
        yield f"target as {lead.target.form}", 1.0
    if beside.one_side:
        yield ("own side, hostile" if side < 0 else "own side, friendly"), 1.0
    yield from _event_evidence(side, lead) if way == "does" else _voice_evidence(side, lead)
    if way == "does" and any(link.way == "says" for link in links):
        yield "also says", 1.0


def _event_evidence(side: Side, lead: Link) -> Iterator[tuple[str, float]]:
    yield f"{lead.frame}, {lead.part}", 1.0
    yield f"does it {lead.how}", 1.0
    if lead.rule == "mutual":
        yield ("to each other" if lead.valence * side > 0 else "to each other, the other side"), 1.0
    elif lead.valence * side > 0:
        yield ("event, denied" if lead.negated else "event" if lead.part == "whole" else "event, part"), 1.0
    elif lead.valence and not lead.negated:
        yield "event to the other side", 1.0
    elif lead.valence > 0 > side and lead.rule == "does":
        yield "event", 1.0  # whoever refuses to endorse opposes
    if not lead.valence:
        yield "event unknown", 1.0
    for name in ("negated", "irrealis", "told", "noun", "past"):
        if getattr(lead, name):
            yield name, 1.0
    if lead.frame == "far":
        yield f"far, {min(lead.steps, STEPS_MAX)} steps", 1.0
    if lead.names:
        yield "names it", 1.0
    if lead.act in ("judge", "want"):
        yield f"verb: {lead.act}", 1.0


def _voice_evidence(side: Side, lead: Link) -> Iterator[tuple[str, float]]:
    yield f"said {lead.rule}", 1.0
    yield f"says it {lead.how}", 1.0
    yield f"cue: {lead.act}", 1.0
    if lead.does == "accusing":
        if side < 0:
            yield "cue accuses", 1.0
    else:
        yield f"cue is {lead.does}", 1.0
    yield f"said of {lead.part}", 1.0
    yield f"said as {lead.frame}", 1.0


def _ratio(first: float, second: float) -> float:
    return log((first + SMOOTH) / (second + SMOOTH))


# --- how it counts together -------------------------------------------------------------------------------------------


@cache
def weights() -> Mapping[str, float]:
    """How much each kind of evidence counts: ``training/stances.py`` fits and writes them."""
    path = Path(__file__).parents[1] / "resources" / "stances" / "weights.json"
    fitted: dict[str, float] = json.loads(path.read_text(encoding="utf-8"))["weights"]
    return fitted


def chances_of(evidence: Mapping[Side, Mapping[str, float]]) -> Chances:
    """P(hostile), P(neither), P(friendly): a softmax of the weighed evidence for each side against zero for neither."""
    known = weights()
    hostile, friendly = (sum(known.get(name, 0.0) * value for name, value in evidence[side].items()) for side in SIDES)
    top = max(hostile, friendly, 0.0)
    parts = exp(hostile - top), exp(-top), exp(friendly - top)
    total = sum(parts)
    return parts[0] / total, parts[1] / total, parts[2] / total
