"""The two scorers that count words: the whole sentence's charge, and the charge of the words that bear on the target.

Both answer with probabilities, made from the valence by a symmetric calibration (``constants.CALIBRATION``).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from math import exp
from typing import TYPE_CHECKING

from ..constants import CALIBRATION
from ..discourse import Discourse, Event
from ..model import Cast, Cue
from . import valence
from .clause import Syntax, clause_charges, parsed
from .encoder import Others
from .plugins import Target
from .valence import Charge

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class WordListScorer:
    """A scorer whose tone is the charge of some words of the sentence."""

    name: str

    def charges(self, sentences: Sequence[str], spans: Sequence[Target]) -> list[list[Charge]]:
        """The charged words that count for each target."""
        raise NotImplementedError

    def score(self, sentences: Sequence[str], spans: Sequence[Target], _others: Others | None) -> NDArray[np.float64]:
        """As ``Scorer.score``; where nothing is charged, neutral and not sure of it."""
        import numpy as np

        rows = [probabilities(value_of(charges)) for charges in self.charges(sentences, spans)]
        return np.array(rows, dtype=np.float64).reshape(-1, 3)

    def scorable(self, sentences: Sequence[str], spans: Sequence[Target], _others: Others | None) -> list[bool]:
        """Whether a charged word counts for the target."""
        return [bool(charges) for charges in self.charges(sentences, spans)]

    def evidence(self, sentences: Sequence[str], spans: Sequence[Target], _others: Others | None) -> list[tuple[Cue, ...]]:
        """The charged words, the tone shared among them by their charge."""
        cues = []
        for charges in self.charges(sentences, spans):
            negative, _, positive = probabilities(value_of(charges))
            cues.append(valence.shared(charges, positive - negative, offset=0, rule=self.name) if charges else ())
        return cues


class VaderScorer(WordListScorer):
    """The valence of the whole sentence, the same for everyone in it. Many studies use it; it is kept for comparison."""

    name = "vader"

    def charges(self, sentences: Sequence[str], _spans: Sequence[Target]) -> list[list[Charge]]:
        """Every charged word of the sentence, whatever it is about."""
        by_text = {text: valence.charges(text) for text in dict.fromkeys(sentences)}
        return [by_text[text] for text in sentences]


class ClauseScorer(WordListScorer):
    """The valence of the words that bear on the target, by the parse."""

    name = "clause"

    def __init__(self, syntax: Mapping[str, Syntax] | None = None) -> None:
        """Take the parses of sentences that are known already."""
        self._syntax = syntax or {}

    def for_article(self, cast: Cast, discourse: Discourse) -> ClauseScorer:
        """The scorer with the article's own parse, so that no sentence is parsed twice."""
        return ClauseScorer(_syntax_of(cast, discourse))

    def charges(self, sentences: Sequence[str], spans: Sequence[Target]) -> list[list[Charge]]:
        """The charged words that bear on each target."""
        unknown = [text for text in dict.fromkeys(sentences) if text not in self._syntax]
        syntax = {**self._syntax, **dict(zip(unknown, parsed(unknown), strict=True))}
        return [clause_charges(text, syntax[text], span) for text, span in zip(sentences, spans, strict=True)]


def _syntax_of(cast: Cast, discourse: Discourse) -> dict[str, Syntax]:
    """The syntax of every sentence that means an actor, by its text: the same text has the same parse wherever it stands."""
    events = _by_sentence(cast, discourse.events)
    syntaxes: dict[str, Syntax] = {}
    for sentence in {mention.sentence.index: mention.sentence for mention in cast.mentions}.values():
        tokens = tuple(
            (token.start - sentence.start, token.end - sentence.start, token, token.head - sentence.first_token)
            for token in cast.parse.tokens_of(sentence)
        )
        syntax = Syntax(tokens, discourse.tree, events.get(sentence.index, ()), sentence.start)
        syntaxes.setdefault(cast.parse.text_of(sentence), syntax)
    return syntaxes


def _by_sentence(cast: Cast, events: Iterable[Event]) -> dict[int, list[Event]]:
    starts = [sentence.start for sentence in cast.parse.sentences]
    grouped: dict[int, list[Event]] = {}
    for event in events:
        grouped.setdefault(bisect_right(starts, event.span[0]) - 1, []).append(event)
    return grouped


def value_of(charges: Iterable[Charge]) -> float:
    """The valence of some charged words together, in (-1, +1)."""
    return valence.normalise(sum(charge.valence for charge in charges))


def probabilities(value: float) -> tuple[float, float, float]:
    """P(negative), P(neutral), P(positive) of a valence in [-1, +1]; mirrored for the mirrored valence."""
    slope, spread, rest = CALIBRATION
    size = spread * abs(value)
    low, mid, high = exp(size - slope * value), exp(rest), exp(size + slope * value)
    total = low + mid + high
    return low / total, mid / total, high / total
