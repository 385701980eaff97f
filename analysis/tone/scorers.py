"""Tone of the wording toward an actor: the scorers, by name, and the scores with their evidence.

``"vader"``   the valence of the whole sentence, the same for everyone in it: the field's habit, kept to compare.
``"clause"``  the valence of the words that bear on the target by the parse.
``"encoder"`` the shipped model, where it is installed.

Every scorer answers with probabilities. For the two word lists they come from the valence by a symmetric
calibration (see ``constants.CALIBRATION``), so that tone means the same under each: P(positive) - P(negative).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import groupby
from math import exp
from typing import TYPE_CHECKING

from ..constants import CALIBRATION, DEFAULT_SCORER, EVIDENCE_MAX
from ..discourse import Deed, Discourse, certainties, find_discourse, voice_at
from ..errors import ScorerError
from ..model import Cast, Cue, Mention, Span, ToneScore
from . import encoder, occlusion, valence
from .clause import NO_SYNTAX, Syntax, clause_charges, parsed
from .valence import Charge

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Scores = NDArray[np.float64]

SCORERS: tuple[str, ...] = ("vader", "clause", "encoder")


def score_targets(
    sentences: Sequence[str],
    spans: Sequence[Span],
    *,
    others: Sequence[Sequence[Sequence[Span]]] | None = None,
    scorer: str = DEFAULT_SCORER,
) -> Scores:
    """Tone toward one target in each sentence, as probabilities.

    Args:
        sentences: n texts, each a sentence.
        spans: n half-open (start, end) character offsets of the target in its sentence.
        others: for each sentence, the spans of each other actor in it: the encoder hides them as well, reads a sentence
            once for all its targets, and takes it as one of a news article. None: they are not known.
        scorer: one of ``SCORERS``.

    Returns:
        float64 array of shape (n, 3): P(negative), P(neutral), P(positive); rows sum to 1. Where a word list finds
        nothing to score, the row is that of a valence of zero: neutral, and not sure of it.

    Raises:
        ScorerError: no scorer of that name. SpanError: a span does not fit its sentence (the index is named).
    """
    import numpy as np

    check_scorer(scorer)
    encoder.check(sentences, spans, "spans")
    if scorer == "encoder":
        return encoder.score_targets(sentences, spans, others=others)
    measure = _MEASURES[scorer]
    unique = list(dict.fromkeys(sentences))
    syntax = dict(zip(unique, parsed(unique), strict=True)) if scorer != "vader" else dict.fromkeys(unique, NO_SYNTAX)
    rows = [_probabilities(_value(measure(text, syntax[text], span))) for text, span in zip(sentences, spans, strict=True)]
    return np.array(rows, dtype=np.float64).reshape(-1, 3)


def tone_toward(
    cast: Cast, *, scorer: str = DEFAULT_SCORER, evidence: bool = False, discourse: Discourse | None = None
) -> list[ToneScore]:
    """Tone at every mention of every actor, in reading order.

    Args:
        cast: what ``find_actors`` returned.
        scorer: one of ``SCORERS``.
        evidence: also work out the words behind each score, which takes the encoder several times as long.
        discourse: what ``find_discourse`` returned for this cast; found here when left out.

    Returns:
        One score a mention; ``tone`` is None where nothing was found to score. With evidence, the pushes of a score's
        cues sum to its tone; of a text with more than ``EVIDENCE_MAX`` mentions the encoder's words are not worked out.

    Raises:
        ScorerError: no scorer of that name.
    """
    check_scorer(scorer)
    if discourse is None:
        discourse = find_discourse(cast.parse, cast=cast)
    scores = _by_encoder(cast, evidence) if scorer == "encoder" else _by_words(cast, discourse, scorer)
    if not evidence:
        scores = [replace(score, cues=None) for score in scores]
    sure = certainties(discourse.hedges, [(score.mention.start, score.mention.end) for score in scores])
    return [
        replace(score, voice=voice_at(discourse.voices, score.mention.start).speaker, certainty=value)
        for score, value in zip(scores, sure, strict=True)
    ]


def _by_words(cast: Cast, discourse: Discourse, scorer: str) -> list[ToneScore]:
    """Every mention scored by a word list; the sentence's parse is that of the article."""
    measure = _MEASURES[scorer]
    deeds = _by_sentence(cast, discourse.deeds if scorer == "clause" else ())
    scores = []
    for index, group in groupby(cast.mentions, key=lambda mention: mention.sentence.index):
        mentions = list(group)
        sentence = mentions[0].sentence
        syntax = Syntax(
            tuple(
                (token.start - sentence.start, token.end - sentence.start, token, token.head - sentence.first_token)
                for token in cast.parse.tokens_of(sentence)
            ),
            discourse.tree,
            deeds.get(index, ()),
            sentence.start,
        )
        words = cast.parse.text_of(sentence)
        for mention in mentions:
            found = measure(words, syntax, (mention.start - sentence.start, mention.end - sentence.start))
            scores.append(_score(mention, found, scorer))
    return scores


def _by_sentence(cast: Cast, deeds: Iterable[Deed]) -> dict[int, list[Deed]]:
    starts = [sentence.start for sentence in cast.parse.sentences]
    found: dict[int, list[Deed]] = {}
    for deed in deeds:
        found.setdefault(bisect_right(starts, deed.deed[0]) - 1, []).append(deed)
    return found


def readings(cast: Cast) -> tuple[list[str], list[Span], list[list[Span]], list[list[list[Span]]]]:
    """What the encoder is asked of each mention, in order.

    Returns:
        For each mention its sentence, its place there, the other places of its actor, and the places of each other actor.
    """
    sentences, spans, also, others = [], [], [], []
    for _, group in groupby(cast.mentions, key=lambda mention: mention.sentence.index):
        mentions = list(group)
        sentence = mentions[0].sentence
        places: dict[str, list[Span]] = {}
        for mention in mentions:
            places.setdefault(mention.actor.name, []).append((mention.start - sentence.start, mention.end - sentence.start))
        for mention in mentions:
            place = (mention.start - sentence.start, mention.end - sentence.start)
            sentences.append(cast.parse.text_of(sentence))
            spans.append(place)
            also.append([span for span in places[mention.actor.name] if span != place])
            others.append([other for name, other in places.items() if name != mention.actor.name])
    return sentences, spans, also, others


def _by_encoder(cast: Cast, evidence: bool) -> list[ToneScore]:
    """Every mention scored by the shipped model; it reads a sentence once, all its actors hidden."""
    sentences, spans, also, others = readings(cast)
    rows = encoder.score_targets(sentences, spans, also=also, others=others).tolist()
    words: Sequence[tuple[Cue, ...] | None] = [None] * len(rows)
    if evidence and len(spans) <= EVIDENCE_MAX:
        words = occlusion.target_cues(sentences, spans, also=also, others=others)
    scores = []
    for mention, (negative, neutral, positive), found in zip(cast.mentions, rows, words, strict=True):
        offset = mention.sentence.start
        cues = found and tuple(Cue(offset + cue.start, offset + cue.end, cue.push, cue.rule) for cue in found)
        tone = positive - negative
        scores.append(ToneScore(mention, negative, neutral, positive, tone, None, cues, "encoder"))
    return scores


def check_scorer(scorer: str) -> None:
    """Refuse a scorer that is not there, naming the nearest and all that are.

    Raises:
        ScorerError: no scorer of that name.
    """
    if scorer not in SCORERS:
        from difflib import get_close_matches

        near = get_close_matches(str(scorer), SCORERS, n=1, cutoff=0.4)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        raise ScorerError(f"There is no scorer {scorer!r}.{hint} There are: {', '.join(map(repr, SCORERS))}.")


def _score(mention: Mention, found: list[Charge], scorer: str) -> ToneScore:
    negative, neutral, positive = _probabilities(_value(found))
    tone = positive - negative if found else None
    cues = valence.shared(found, positive - negative, offset=mention.sentence.start, rule=scorer) if found else ()
    return ToneScore(mention, negative, neutral, positive, tone, None, cues, scorer)


def _value(found: list[Charge]) -> float:
    return valence.normalise(sum(charge.valence for charge in found))


def _probabilities(valence: float) -> tuple[float, float, float]:
    """P(negative), P(neutral), P(positive) of a valence in [-1, +1]; mirrored for the mirrored valence."""
    slope, spread, rest = CALIBRATION
    size = spread * abs(valence)
    low, mid, high = exp(size - slope * valence), exp(rest), exp(size + slope * valence)
    total = low + mid + high
    return low / total, mid / total, high / total


def vader_charges(text: str, _syntax: Syntax, _span: Span) -> list[Charge]:
    """Every charged word of the sentence, whatever it is about."""
    return valence.charges(text)


_MEASURES: dict[str, Callable[[str, Syntax, Span], list[Charge]]] = {"vader": vader_charges, "clause": clause_charges}
