"""What a scorer is, and where scorers are found: this package's own, those other packages register, objects.

A package registers a scorer in the entry-point group ``toward.scorers``::

    [project.entry-points."toward.scorers"]
    mine = "my_package:MyScorer"
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from importlib import import_module, metadata
from math import fsum
from typing import TYPE_CHECKING, Any, Protocol

from ..errors import ScorerError, TowardError
from ..model import Cue, Span
from .encoder import Others

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Scores = NDArray[np.float64]

GROUP = "toward.scorers"
OWN: dict[str, str] = {
    "vader": "toward.tone:VaderScorer",
    "clause": "toward.tone:ClauseScorer",
    "encoder": "toward.tone:EncoderScorer",
}
"""The package's own, as pyproject.toml registers them; here also for a checkout that is not installed."""
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
NEAR_ONE = 1e-4
"""How far the probabilities of a row, or the contributions of its cues, may sum from what they should."""


class Target(tuple[int, int]):
    """Where a target stands in its sentence: (start, end), half-open.

    Attributes:
        also: the other places in the sentence that mean the target, such as a pronoun.
    """

    also: tuple[Span, ...]

    def __new__(cls, span: Span, also: Sequence[Span] = ()) -> Target:
        """Take the span of a target, and its other places."""
        target = super().__new__(cls, span)
        target.also = tuple(also)
        return target


class Scorer(Protocol):
    """What gives the tone toward targets in sentences.

    Only ``name`` and ``score`` are needed. A scorer may also have

    - ``evidence(sentences, spans, others)``: for each sentence the cues behind its tone, in reading order, with offsets into
      the sentence and contributions that sum to the tone; None where they were not worked out;
    - ``scorable(sentences, spans, others)``: for each sentence whether there is anything to score. Where not, the tone is None;
    - ``for_article(cast, discourse)``: the scorer to use for one article, where it can make use of the article's parse;
    - ``version``: a text. With one, what it scored is kept in the cache, under its name and this version.
    """

    @property
    def name(self) -> str:
        """What the scorer is called: letters, digits, ".", "-" and "_"."""

    def score(self, sentences: Sequence[str], spans: Sequence[Target], others: Others | None) -> Any:
        """Score the tone toward one target in each of n sentences.

        Args:
            sentences: n texts.
            spans: n targets, each a half-open (start, end) in its sentence; ``.also`` holds its other places.
            others: for each sentence the other actors in it, each a sequence of spans; None where they are not known.

        Returns:
            n rows P(negative), P(neutral), P(positive), each summing to 1.
        """


@cache
def registered() -> dict[str, dict[str, metadata.EntryPoint]]:
    """The entry points of all scorers that packages register, by name and value; read once."""
    entries: dict[str, dict[str, metadata.EntryPoint]] = {}
    for entry in metadata.entry_points(group=GROUP):
        entries.setdefault(entry.name, {})[entry.value] = entry
    return entries


def scorer_names() -> tuple[str, ...]:
    """The names of all registered scorers: the package's own, then those of other packages by name.

    Example:
        >>> scorer_names()
        ('vader', 'clause', 'encoder')
    """
    return (*OWN, *sorted(set(registered()) - set(OWN)))


def find_scorer(scorer: str | Scorer) -> Scorer:
    """A scorer by its name, or the one given.

    Raises:
        ScorerError: no scorer of that name, two of them, one that cannot be loaded, or an object that is no scorer.

    Example:
        >>> find_scorer("vader").name
        'vader'
    """
    if isinstance(scorer, str):
        return _loaded(scorer)
    name = getattr(scorer, "name", None)
    if isinstance(scorer, type) or not callable(getattr(scorer, "score", None)) or not isinstance(name, str):
        raise ScorerError(
            f"scorer= takes a name ({_listed()}) or an object with a name and a method score(sentences, spans, others); "
            f"{scorer!r} is neither."
        )
    if not _NAME.fullmatch(name):
        raise ScorerError(f"A scorer's name has letters, digits, '.', '-' and '_' only; {name!r} has not.")
    if name in scorer_names() and type(_loaded(name)) is not type(scorer):
        raise ScorerError(f"Two scorers are called {name!r}: a registered one and {scorer!r}. Give yours another name.")
    return scorer


def _loaded(name: str) -> Scorer:
    entries = registered().get(name, {})
    values = sorted({*entries, OWN[name]} if name in OWN else entries)
    if len(values) > 1:
        raise ScorerError(f"Two scorers are called {name!r}: {' and '.join(values)}. Uninstall the package of one of them.")
    if name in OWN:
        own: Scorer = getattr(import_module(__package__), OWN[name].split(":")[1])()
        return own
    if not entries:
        from difflib import get_close_matches

        near = get_close_matches(name, scorer_names(), n=1, cutoff=0.4)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        raise ScorerError(f"There is no scorer {name!r}.{hint} There are: {_listed()}.")
    (entry,) = entries.values()
    try:
        loaded = entry.load()
        made: Scorer = loaded() if isinstance(loaded, type) else loaded
    except Exception as problem:  # whatever a foreign package raises
        raise ScorerError(f"The scorer {name!r} ({entry.value}) cannot be loaded: {problem}.") from problem
    if getattr(made, "name", None) != name or not callable(getattr(made, "score", None)):
        raise ScorerError(
            f"The scorer {name!r} ({entry.value}) has no method score, or calls itself {getattr(made, 'name', None)!r}."
        )
    return made


def version_of(scorer: Scorer) -> str | None:
    """What tells results of one state of a scorer from those of another; None where nothing does, and none may be kept."""
    return "" if scorer.name in OWN else getattr(scorer, "version", None)


def _listed() -> str:
    return ", ".join(map(repr, scorer_names()))


def asked(scorer: Scorer, what: str, sentences: Sequence[str], spans: Sequence[Target], others: Others | None) -> Any:
    """What a scorer answers, a failure of its own told by its name.

    Args:
        scorer: whom to ask.
        what: the name of its method. sentences, spans, others: as for ``Scorer.score``.

    Raises:
        ScorerError: the scorer failed, or gave not one answer a sentence.
    """
    method: Callable[..., Any] = getattr(scorer, what)
    try:
        answer = method(sentences, spans, others)
        count = len(answer)
    except TowardError:
        raise
    except Exception as problem:  # whatever a foreign scorer raises
        raise ScorerError(f"The scorer {scorer.name!r} failed in {what}: {type(problem).__name__}: {problem}") from problem
    if count != len(sentences):
        raise ScorerError(
            f"The scorer {scorer.name!r} gave {count} answers in {what}, and there are {len(sentences)} sentences."
        )
    return answer


def rows_of(scorer: Scorer, sentences: Sequence[str], spans: Sequence[Target], others: Others | None) -> Scores:
    """The probabilities a scorer gives, checked.

    Returns:
        float64 array of shape (n, 3).

    Raises:
        ScorerError: another shape, a number that is none or no probability, a row that does not sum to 1 (it is named).
    """
    import numpy as np

    if not len(sentences):
        return np.zeros((0, 3))
    answer = asked(scorer, "score", sentences, spans, others)
    try:
        rows = np.asarray(answer, dtype=np.float64)
    except (TypeError, ValueError) as problem:
        raise ScorerError(f"The scorer {scorer.name!r} gave no numbers: {problem}.") from problem
    if rows.shape != (len(sentences), 3):
        raise ScorerError(
            f"The scorer {scorer.name!r} gave an array of shape {rows.shape}, not ({len(sentences)}, 3): for each sentence "
            "P(negative), P(neutral), P(positive)."
        )
    good = np.isfinite(rows).all(axis=1) & (rows >= -NEAR_ONE).all(axis=1) & (abs(rows.sum(axis=1) - 1) <= NEAR_ONE)
    if not good.all():
        at = int(np.flatnonzero(~good)[0])
        raise ScorerError(
            f"The scorer {scorer.name!r} gave {rows[at].tolist()} for sentence {at} ({sentences[at][:60]!r}): not three "
            "probabilities that sum to 1."
        )
    return rows


def cues_of(
    scorer: Scorer, rows: Scores, sentences: Sequence[str], spans: Sequence[Target], others: Others | None
) -> Sequence[tuple[Cue, ...] | None]:
    """The evidence a scorer gives for its rows, checked; all None where it gives none.

    Raises:
        ScorerError: cues outside their sentence, or contributions that do not sum to the tone (the sentence is named).
    """
    if not hasattr(scorer, "evidence") or not len(sentences):
        return [None] * len(sentences)
    evidence = asked(scorer, "evidence", sentences, spans, others)
    for at, (cues, text, row) in enumerate(zip(evidence, sentences, rows.tolist(), strict=True)):
        inside = all(isinstance(cue, Cue) and 0 <= cue.start <= cue.end <= len(text) for cue in cues or ())
        if not inside or (cues and abs(fsum(cue.contribution for cue in cues) - (row[2] - row[0])) > NEAR_ONE):
            raise ScorerError(
                f"The scorer {scorer.name!r} gave cues for sentence {at} ({text[:60]!r}) that lie outside it or do not sum to "
                f"its tone, {row[2] - row[0]:+.4f}."
            )
    return [None if cues is None else tuple(cues) for cues in evidence]
