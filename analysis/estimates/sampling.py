"""Which sentences people are asked to code: drawn with recorded probabilities from everything that was scored."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from ..constants import DRAW_BANDS, DRAW_FLOOR, SEED
from ..errors import SheetError
from ..model import ActorKind, Parse, ToneSeries
from .intervals import distinct

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[Any]

MARKS = ("[[", "]]")
"""What stands around the target in a sheet."""
Label = Literal["negative", "none", "positive"]
LABELS: tuple[Label, ...] = ("negative", "none", "positive")


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence and one actor scored in it: what is drawn, coded and corrected.

    A sentence that an article repeats word for word is one unit.

    Attributes:
        ident: twelve characters that no other unit has; the first is a letter.
        article: the article's id.
        sentence: the sentence's number, from 1.
        actor: the actor whose tone is asked for.
        kind: the actor's kind.
        outlet: who published the article, "" where unknown.
        voice: "narrator" or "source".
        negative: the machine's P(negative), its mean over the actor's mentions in the sentence.
        neutral: the same of P(neutral).
        positive: the same of P(positive).
        before: the sentence before, "" for the first.
        text: the sentence, with each mention of the actor in double brackets.
    """

    ident: str
    article: str
    sentence: int
    actor: str
    kind: ActorKind
    outlet: str
    voice: str
    negative: float
    neutral: float
    positive: float
    before: str
    text: str

    @property
    def tone(self) -> float:
        """The machine's tone, in [-1, +1]."""
        return self.positive - self.negative

    @property
    def label(self) -> Label:
        """The machine's most probable label."""
        chances = (self.negative, self.neutral, self.positive)
        return LABELS[chances.index(max(chances))]

    @property
    def doubt(self) -> float:
        """The variance of a label drawn from the machine's probabilities, in [0, 1]."""
        return max(0.0, self.negative + self.positive - self.tone**2)


@dataclass(frozen=True, slots=True)
class SampledUnit:
    """A unit, and whether it was drawn.

    Attributes:
        unit: the unit.
        probability: the probability with which it was to be drawn, in (0, 1].
        chosen: whether it was drawn.
    """

    unit: Unit
    probability: float
    chosen: bool


def units_of(parse: Parse, series: Iterable[ToneSeries]) -> list[Unit]:
    """Everything in one article that people can be asked about, in reading order.

    Args:
        parse: the article's parse.
        series: the series of its actors.
    """
    article, units = parse.article, []
    for tones in series:
        for point in distinct(parse, tones.points):
            scores = [score for score in point.scores if score.tone is not None]
            negative, neutral, positive = (
                sum(values) / len(scores) for values in zip(*((s.negative, s.neutral, s.positive) for s in scores), strict=True)
            )
            at = point.sentence.index
            key = "\n".join((article.sha256, str(at), tones.actor.name))
            spans = sorted({(score.mention.start, score.mention.end) for score in point.scores})
            own = any((score.voice or "narrator") == "narrator" for score in scores)
            units.append(
                Unit(
                    "r" + hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:11],
                    *(article.id, at + 1, tones.actor.name, tones.actor.kind, article.outlet or ""),
                    "narrator" if own else "source",
                    *(negative, neutral, positive),
                    one_line(parse.text_of(parse.sentences[at - 1])) if at else "",
                    one_line(_marked(article.text, point.sentence.start, point.sentence.end, spans)),
                )
            )
    return sorted(units, key=lambda unit: (unit.sentence, unit.ident))


def one_line(text: str) -> str:
    """A text with single spaces between its words."""
    return " ".join(text.split())


def _marked(text: str, start: int, end: int, spans: Sequence[tuple[int, int]]) -> str:
    parts, at = [], start
    for first, last in spans:
        parts += [text[at:first], MARKS[0], text[first:last], MARKS[1]]
        at = last
    return "".join((*parts, text[at:end]))


def draw(units: Sequence[Unit], size: int, *, seed: int = SEED) -> list[SampledUnit]:
    """Draw units for people to code, each with a known probability.

    A unit is the likelier to be drawn the less sure the machine is of it, since a correction gains most there, and the rarer
    its actor is, so that few are left out. The list is ordered by label, doubt, outlet and actor before every k-th is taken, so
    that each of them gets its share.

    Args:
        units: the units of any number of articles, in any order.
        size: how many to draw. Where there are fewer units, all are drawn.
        seed: the seed of the random numbers. Another seed draws other units.

    Returns:
        All units, with those drawn marked, in random order. So a person who codes the first half has coded a random half.

    Raises:
        SheetError: there is nothing to draw from, or size is not a positive number.

    Source: systematic sampling with unequal probabilities, Madow, Annals of Mathematical Statistics 20 (1949).
    """
    import numpy as np

    if size < 1:
        raise SheetError(f"A sheet of {size} rows holds nothing to code. Ask for at least one: --size 150")
    ordered = sorted({unit.ident: unit for unit in units}.values(), key=lambda unit: unit.ident)
    if not ordered:
        raise SheetError(
            "No actor is scored in these articles: there is nothing to draw from. Give articles that name somebody."
        )
    generator = np.random.default_rng(seed)
    chance = generator.random(len(ordered))
    counts: dict[str, int] = {}
    for unit in ordered:
        counts[unit.actor] = counts.get(unit.actor, 0) + 1
    weights = np.array([(DRAW_FLOOR + unit.doubt**0.5) / counts[unit.actor] ** 0.5 for unit in ordered])
    probabilities = _inclusion(weights, min(size, len(ordered)))
    bands = np.digitize([unit.doubt for unit in ordered], DRAW_BANDS)
    keys = [(unit.label, int(bands[at]), unit.outlet, unit.actor, float(chance[at])) for at, unit in enumerate(ordered)]
    order = sorted(range(len(ordered)), key=keys.__getitem__)
    reached = np.cumsum(probabilities[order]) + generator.random()
    taken = np.floor(reached + 1e-9) > np.floor(np.concatenate([[reached[0] - probabilities[order[0]]], reached[:-1]]) + 1e-9)
    chosen = {order[index] for index in np.flatnonzero(taken).tolist()}
    return [
        SampledUnit(ordered[at], float(probabilities[at]), at in chosen) for at in generator.permutation(len(ordered)).tolist()
    ]


def _inclusion(weights: Numbers, size: int) -> Numbers:
    """Probabilities in proportion to the weights that sum to the size, none over 1."""
    import numpy as np

    sure = np.zeros(len(weights), dtype=bool)
    while True:
        left = size - int(sure.sum())
        chances: Numbers = np.where(sure, 1.0, left * weights / max(float(weights[~sure].sum()), 1e-300))
        over = (chances >= 1) & ~sure
        if not over.any():
            return chances
        sure |= over
