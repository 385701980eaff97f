"""What if we had defined it differently: the same means under every other choice that could have been made, side by side.

Source: multiverse and specification-curve analysis, Steegen and others, Perspectives on Psychological Science 11 (2016);
Simonsohn, Simmons and Nelson, Nature Human Behaviour 4 (2020).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import comb, hypot, sqrt
from statistics import median

from ..constants import INTERVAL_SHARE, MIN_POINTS, SHARED_DOUBT, TURNED_ROUND
from ..model import Cast, Estimate, MentionForm, Point, ToneScore
from .agreement import ordinal_alpha
from .intervals import SentenceTone, distinct, mean_of, point_of, sentence_tone_of
from .series import summary_repeats

BASE = "as it is"
TonesByActor = dict[str, list[SentenceTone]]


@dataclass(frozen=True, slots=True)
class Specification:
    """The means of one article's actors under one definition.

    Attributes:
        choice: which choice is made otherwise, such as "scorer" or "whose words".
        name: how it is made, such as "vader".
        means: an estimate for each actor, by name; its value is None where too few sentences are left.
    """

    choice: str
    name: str
    means: Mapping[str, Estimate]

    @property
    def ranking(self) -> tuple[str, ...]:
        """The actors that have a mean, from the most negative to the most positive."""
        means = [(mean.value, actor) for actor, mean in self.means.items() if mean.value is not None]
        return tuple(actor for _, actor in sorted(means))

    def largest_change(self, base: Specification) -> tuple[str, float] | None:
        """The actor whose mean differs most from that of another definition, and by how much; None where none has both."""
        moves = [
            (actor, (mean.value or 0.0) - (base.means[actor].value or 0.0))
            for actor, mean in self.means.items()
            if mean.value is not None and base.means[actor].value is not None
        ]
        return max(moves, key=lambda move: abs(move[1]), default=None)


@dataclass(frozen=True, slots=True)
class Survival:
    """How one actor's lean fares under the other definitions.

    Attributes:
        actor: the actor's name.
        base: the estimate under the usual definitions.
        tried: how many other definitions give the actor a mean.
        same: how many of them put the mean on the same side of zero.
        clear: how many of them give a clear lean to that side; where the usual lean is not clear, how many give no clear lean.
        against: the names of those that give a clear lean to another side.
    """

    actor: str
    base: Estimate
    tried: int
    same: int
    clear: int
    against: tuple[str, ...]

    @property
    def survives(self) -> bool:
        """Whether what is said of the actor holds under every definition: the side of a clear lean, or that there is none."""
        return not self.against and (self.base.side == "unclear" or self.same == self.tried)


def specifications(
    cast: Cast, scores: Sequence[ToneScore], *, others: Mapping[str, Sequence[ToneScore]] | None = None
) -> list[Specification]:
    """The means of the actors that have one, as it is and under every other definition.

    Args:
        cast: the actors.
        scores: what ``tone_toward`` returned for it.
        others: scores of the same cast by other scorers.

    Returns:
        The way it is first. Actors that have no mean as it is are left out everywhere.
    """
    base = {who: mean_of(tones) for who, tones in _sentence_tones(cast, scores).items()}
    names = [actor.name for actor in cast.actors if base[actor.name].value is not None]
    specs = [Specification("", BASE, {who: base[who] for who in names})]

    def add(choice: str, name: str, tones: TonesByActor, summarise: Callable[[list[SentenceTone]], Estimate] = mean_of) -> None:
        specs.append(Specification(choice, name, {who: summarise(tones[who]) for who in names}))

    for name, rows in (others or {}).items():
        add("scorer", name, _sentence_tones(cast, rows))
    for name, forms in _FORMS.items():
        add("who is meant", name, _sentence_tones(cast, [s for s in scores if s.mention.form not in forms]))
    for name, narrator in (("narrator’s words only", True), ("sources’ words only", False)):
        of_voice = [s for s in scores if ((s.voice or "narrator") == "narrator") == narrator]
        add("whose words", name, _sentence_tones(cast, of_voice))
    add("what counts", "hedged words count less", _sentence_tones(cast, scores, certainty_weighted=True))
    add("what counts", "labels, not probabilities", _sentence_tones(cast, [_labelled(score) for score in scores]))
    add("what counts", "without uncertain calls", _sentence_tones(cast, [s for s in scores if s.certain]))
    add("what counts", "every mention counts", _mentions(scores, names))
    add("what counts", "median, not mean", _sentence_tones(cast, scores), median_of)
    repeats = summary_repeats(cast.parse)
    add(
        "which sentences",
        "summary counted once",
        _sentence_tones(cast, _outside(scores, lambda s: s.mention.sentence.index in repeats)),
    )
    body = _sentence_tones(cast, _outside(scores, lambda s: s.mention.sentence.section.kind != "body"))
    add("which sentences", "body only", body)
    of_actors = {who: list(_sentence_tones(cast, scores)[who]) for who in names}
    add("which sentences", "one sentence left out", {who: _without_one(rows) for who, rows in of_actors.items()})
    add("which sentences", f"{TURNED_ROUND} doubtful signs reversed", _turned(of_actors))
    return specs


_FORMS: dict[str, frozenset[MentionForm]] = {
    "without pronouns": frozenset({"pronoun"}),
    "without descriptions": frozenset({"role"}),
    "without aliases": frozenset({"alias", "demonym"}),
    "names only": frozenset({"pronoun", "role", "alias", "demonym"}),
}


def survivals(specs: Sequence[Specification]) -> list[Survival]:
    """What of the conclusions as it is survives the other definitions, an actor a row."""
    base, others = specs[0], specs[1:]
    rows = []
    for actor, estimate in base.means.items():
        means = [(spec, spec.means[actor]) for spec in others if spec.means[actor].value is not None]
        sign = 1 if (estimate.value or 0.0) > 0 else -1
        same = sum((mean.value or 0.0) * sign > 0 for _, mean in means)
        against = [spec.name for spec, mean in means if mean.side != "unclear" and mean.side != estimate.side]
        clear = sum(mean.side == estimate.side for _, mean in means)
        rows.append(Survival(actor, estimate, len(means), same, clear, tuple(against)))
    return rows


def scorers_agreement(columns: Mapping[str, Sequence[ToneScore]]) -> Estimate:
    """How far scorers agree on the label of each mention: Krippendorff's ordinal alpha, as if they were coders.

    Args:
        columns: the scores of one cast by each scorer, in the same order.
    """
    rows = [[_label(score) for score in row] for row in zip(*columns.values(), strict=True)]
    return ordinal_alpha(rows)


def median_of(tones: Sequence[SentenceTone]) -> Estimate:
    """The median of some tones, with the distribution-free interval between two of them, widened by the scorer's doubt.

    Source: the binomial interval of a quantile, Conover, Practical Nonparametric Statistics (1999).
    """
    from scipy.special import ndtri

    n = len(tones)
    if n < MIN_POINTS:
        return Estimate(None, None, None, n, f"fewer than {MIN_POINTS} scored sentences")
    values = sorted(sentence.tone for sentence in tones)
    left = 0
    while 2 * sum(comb(n, k) for k in range(left + 2)) / 2**n <= 1 - INTERVAL_SHARE:
        left += 1
    value = median(values)
    shared = float(ndtri((1 + INTERVAL_SHARE) / 2)) ** 2 * SHARED_DOUBT * sum(sentence.doubt for sentence in tones) / n
    lo, hi = value - hypot(value - values[left], sqrt(shared)), value + hypot(values[n - 1 - left] - value, sqrt(shared))
    return Estimate(value, max(-1.0, lo), min(1.0, hi), n, f"{100 * INTERVAL_SHARE:g} % interval between two sentences")


def _sentence_tones(cast: Cast, scores: Sequence[ToneScore], *, certainty_weighted: bool = False) -> TonesByActor:
    """The distinct scored sentences of every actor."""
    tones: TonesByActor = {actor.name: [] for actor in cast.actors}
    groups: dict[str, dict[int, list[ToneScore]]] = {actor.name: {} for actor in cast.actors}
    for score in scores:
        groups[score.mention.actor.name].setdefault(score.mention.sentence.index, []).append(score)
    for who, mentions in groups.items():
        points: list[Point] = [point_of(group[0].mention.sentence, group) for _, group in sorted(mentions.items())]
        tones[who] = [sentence_tone_of(point, certainty_weighted=certainty_weighted) for point in distinct(cast.parse, points)]
    return tones


def _mentions(scores: Sequence[ToneScore], actors: Sequence[str]) -> TonesByActor:
    """Every scored mention a tone of its own."""
    tones: TonesByActor = {actor: [] for actor in actors}
    for score in scores:
        if score.tone is not None and score.mention.actor.name in tones:
            point = point_of(score.mention.sentence, [score])
            tones[score.mention.actor.name].append(sentence_tone_of(point))
    return tones


def _labelled(score: ToneScore) -> ToneScore:
    label = _label(score)
    return score if label is None else replace(score, tone=float(label))


def _label(score: ToneScore) -> int | None:
    if score.tone is None:
        return None
    chances = (score.negative, score.neutral, score.positive)
    return chances.index(max(chances)) - 1


def _outside(scores: Sequence[ToneScore], inside: Callable[[ToneScore], bool]) -> list[ToneScore]:
    return [score for score in scores if not inside(score)]


def _without_one(tones: list[SentenceTone]) -> list[SentenceTone]:
    """All but the sentence that moves the mean most."""
    mean = sum(sentence.tone for sentence in tones) / max(1, len(tones))
    far = max(tones, key=lambda sentence: abs(sentence.tone - mean), default=None)
    return [sentence for sentence in tones if sentence is not far]


def _turned(tones: TonesByActor) -> TonesByActor:
    """The sentences of which the scorer is least sure, over all actors, with the other sign."""
    ranked = sorted(
        ((sentence.doubt, actor, at) for actor, rows in tones.items() for at, sentence in enumerate(rows)), reverse=True
    )
    chosen = {(actor, at) for _, actor, at in ranked[:TURNED_ROUND]}
    return {
        actor: [
            replace(sentence, tone=-sentence.tone) if (actor, at) in chosen else sentence for at, sentence in enumerate(rows)
        ]
        for actor, rows in tones.items()
    }
