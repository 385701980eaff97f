"""Tone of the wording toward an actor: the scores of a cast, with their evidence where it is asked for.

``"vader"``   the valence of the whole sentence, the same for everyone in it. Many studies use it; it is kept for comparison.
``"clause"``  the valence of the words that bear on the target by the parse.
``"encoder"`` the shipped model.

Others are registered by their packages, or given as objects (``plugins.Scorer``). Every scorer answers with probabilities, so
that tone means the same under each: P(positive) - P(negative).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import groupby
from typing import TYPE_CHECKING

from ..constants import DEFAULT_SCORER, EVIDENCE_MAX
from ..discourse import Discourse, certainties, find_discourse, voice_at
from ..model import STATED_RULE, Cast, Cue, Span, ToneScore
from . import encoder, occlusion
from .encoder import Others
from .own_words import only_addressed, only_speaking
from .plugins import Scorer, Target, asked, cues_of, find_scorer, rows_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Scores = NDArray[np.float64]


class EncoderScorer:
    """The shipped model."""

    name = "encoder"

    def score(self, sentences: Sequence[str], spans: Sequence[Target], others: Others | None) -> Scores:
        """As ``Scorer.score``. A sentence is read once for all its targets, every actor hidden, where the others are known."""
        return encoder.score_targets(sentences, spans, also=[span.also for span in spans], others=others)

    def evidence(
        self, sentences: Sequence[str], spans: Sequence[Target], others: Others | None
    ) -> Sequence[tuple[Cue, ...] | None]:
        """The words behind each tone. None are worked out for more than ``EVIDENCE_MAX`` sentences: it would take minutes."""
        if len(sentences) > EVIDENCE_MAX:
            return [None] * len(sentences)
        return occlusion.target_cues(sentences, spans, also=[span.also for span in spans], others=others)


def score_targets(
    sentences: Sequence[str],
    spans: Sequence[Span],
    *,
    others: Others | None = None,
    scorer: str | Scorer = DEFAULT_SCORER,
) -> Scores:
    """Score the tone toward one target in each sentence, as probabilities.

    Args:
        sentences: n texts, each a sentence.
        spans: n half-open (start, end) character offsets of the target in its sentence.
        others: for each sentence its other actors, each with the spans of all its mentions. The encoder hides their names too,
            reads the sentence once for all targets, and gives the probabilities of a sentence in a news article, where most
            actors bear no tone. None: the other actors are not known; the probabilities are those of a sentence alone.
        scorer: the name of a registered scorer, or an object (``plugins.Scorer``).

    Returns:
        float64 array of shape (n, 3): P(negative), P(neutral), P(positive); rows sum to 1. Where the word-list scorers
        (``vader``, ``clause``) find no charged word, the row is theirs for a valence of zero: most probable is neutral.

    Raises:
        ScorerError: there is no scorer of that name, or what it returns are no probabilities.
        SpanError: a span does not fit its sentence. The message names its index.

    Example:
        >>> score_targets(["A great day for Norway."], [(16, 22)], scorer="vader").round(2).tolist()
        [[0.16, 0.2, 0.64]]
    """
    chosen = find_scorer(scorer)
    encoder.check(sentences, spans, "spans")
    encoder.check_others(sentences, [spans], [None], others)
    return rows_of(chosen, sentences, [Target((int(start), int(end))) for start, end in spans], others)


def tone_toward(
    cast: Cast, *, scorer: str | Scorer = DEFAULT_SCORER, evidence: bool = False, discourse: Discourse | None = None
) -> list[ToneScore]:
    """Score the tone toward every actor at each of its mentions, in reading order.

    Args:
        cast: what ``find_actors`` returned.
        scorer: the name of a registered scorer, or an object (``plugins.Scorer``).
        evidence: True also finds the words behind each score (``cues``). The encoder then takes several times as long.
        discourse: what ``find_discourse`` returned for this cast. None: it is found here.

    Returns:
        One score for each mention. ``tone`` is None where the scorer found nothing to score. It is also None, and the
        probabilities are (0, 1, 0), where the scorer is not asked at all: where the actor only speaks, where it is only spoken
        to, and for origins ("a Danish councillor") and places. With evidence, the contributions of a score's cues
        sum to its tone; the encoder finds none in a text with more than ``EVIDENCE_MAX`` scored mentions.

    Raises:
        ScorerError: there is no scorer of that name, or what it returns are no probabilities.

    Example:
        >>> from analysis import find_actors, parse, read_text
        >>> cast = find_actors(parse(read_text("Norway rescued the crew.")))
        >>> [(score.mention.actor.name, score.tone > 0) for score in tone_toward(cast, scorer="clause")]
        [('Norway', True)]
    """
    chosen = find_scorer(scorer)
    if discourse is None:
        discourse = find_discourse(cast.parse, cast=cast)
    if hasattr(chosen, "for_article"):
        chosen = chosen.for_article(cast, discourse)
    silent = _silent(cast, discourse)
    unasked = _unasked(cast, silent)
    sentences, targets, also, others = scorer_inputs(cast, leave_out=unasked)
    spans = [Target(span, more) for span, more in zip(targets, also, strict=True)]
    rows = rows_of(chosen, sentences, spans, others)
    scorable = asked(chosen, "scorable", sentences, spans, others) if hasattr(chosen, "scorable") else [True] * len(sentences)
    words = cues_of(chosen, rows, sentences, spans, others) if evidence else [None] * len(sentences)
    nothing = () if evidence and (not words or any(cues is not None for cues in words)) else None
    sure = certainties(discourse.hedges, [(mention.start, mention.end) for mention in cast.mentions])
    answers = iter(zip(rows.tolist(), scorable, words, strict=True))
    scores = []
    for mention, certainty in zip(cast.mentions, sure, strict=True):
        row, heard, cues = ((0.0, 1.0, 0.0), False, nothing) if mention.start in unasked else next(answers)
        offset = mention.sentence.start
        moved = None if cues is None else tuple(Cue(offset + c.start, offset + c.end, c.contribution, c.rule) for c in cues)
        voice = voice_at(discourse.voices, mention.start).speaker
        reason = silent.get(mention.start, "")
        tone = row[2] - row[0] if heard else None
        scores.append(ToneScore(mention, row[0], row[1], row[2], tone, voice, moved, chosen.name, certainty, reason))
    return scores


_KNOWN: ContextVar[Mapping[int, dict[int, str]] | None] = ContextVar("toward-silent-known", default=None)
"""What `_silent` found of the articles that are scored together, by the identity of their cast."""


def _silent(cast: Cast, discourse: Discourse) -> dict[int, str]:
    """Why nothing is said of an actor at a mention, by where the mention starts: he only speaks there, or is only spoken to."""
    known = (_KNOWN.get() or {}).get(id(cast))
    if known is not None:
        return known
    addressed = dict.fromkeys(only_addressed(cast, discourse), "only addressed")
    return addressed | dict.fromkeys(only_speaking(cast, discourse), "own words")


def _unasked(cast: Cast, silent: Collection[int]) -> frozenset[int]:
    """Where the mentions start of which no scorer is asked."""
    return frozenset(silent) | {mention.start for mention in cast.mentions if not mention.scored}


@contextmanager
def scored_together(articles: Sequence[tuple[Cast, Discourse]]) -> Iterator[None]:
    """Read the sentences of several articles with the encoder now; while the block runs, it looks their scores up.

    Args:
        found: of each article its cast, and what ``find_discourse`` returned for it.
    """
    silent = {id(cast): _silent(cast, discourse) for cast, discourse in articles}
    token = _KNOWN.set(silent)
    try:
        asked = [scorer_inputs(cast, leave_out=_unasked(cast, silent[id(cast)])) for cast, _ in articles]
        with encoder.scored_ahead(asked):
            yield
    finally:
        _KNOWN.reset(token)


def scorer_inputs(
    cast: Cast, *, leave_out: Collection[int] = ()
) -> tuple[list[str], list[Span], list[list[Span]], list[list[list[Span]]]]:
    """What a scorer is asked of each mention, in order.

    Args:
        cast: the actors.
        leave_out: where mentions start that are not asked about; they still count as other actors.

    Returns:
        For each mention its sentence, its span there, the other spans of its actor, and the spans of each other actor. A
        description that is said of an actor beside its name stays a word of the sentence: it is read at the name.
    """
    sentences, spans, also, others = [], [], [], []
    for _, group in groupby(cast.mentions, key=lambda mention: mention.sentence.index):
        mentions = list(group)
        sentence = mentions[0].sentence
        targets: dict[str, list[Span]] = {}
        for mention in mentions:
            if mention.rule != STATED_RULE:
                targets.setdefault(mention.actor.name, []).append(
                    (mention.start - sentence.start, mention.end - sentence.start)
                )
        for mention in mentions:
            if mention.start in leave_out:
                continue
            own = (mention.start - sentence.start, mention.end - sentence.start)
            if mention.rule == STATED_RULE:
                own = targets.get(mention.actor.name, [own])[0]
            sentences.append(cast.parse.text_of(sentence))
            spans.append(own)
            also.append([span for span in targets.get(mention.actor.name, ()) if span != own])
            others.append([other for name, other in targets.items() if name != mention.actor.name])
    return sentences, spans, also, others
