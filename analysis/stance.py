"""Tone of the wording toward an actor: the scorers, by name, and the scores with their evidence.

``"vader"``   the valence of the whole sentence, the same for everyone in it: the field's habit, kept to compare.
``"clause"``  the valence of the words that bear on the target by the parse.
``"encoder"`` the shipped model, where it is installed.

Every scorer answers with probabilities. For the two word lists they come from the valence by a symmetric
calibration (see ``constants.CALIBRATION``), so that tone means the same under each: P(positive) - P(negative).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from math import exp
from typing import TYPE_CHECKING

from analysis import encoder, sentiment
from analysis.constants import CALIBRATION, DEFAULT_SCORER, EVIDENCE_MAX, QUICK_SCORER, REPORTING_VERBS
from analysis.errors import ScorerError
from analysis.model import Cast, Cue, Mention, Span, Token, ToneScore
from analysis.sentiment import Charge

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Scores = NDArray[np.float64]

SCORERS: tuple[str, ...] = ("vader", "clause", "encoder")


def score_targets(sentences: Sequence[str], spans: Sequence[Span], *, scorer: str = DEFAULT_SCORER) -> Scores:
    """Tone toward one target in each sentence, as probabilities.

    Args:
        sentences: n texts, each a sentence.
        spans: n half-open (start, end) character offsets of the target in its sentence.
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
        return encoder.score_targets(sentences, spans)
    measure = _MEASURES[scorer]
    unique = list(dict.fromkeys(sentences))
    syntax = dict(zip(unique, parsed(unique), strict=True)) if scorer != "vader" else dict.fromkeys(unique, ())
    rows = [_probabilities(_value(measure(text, syntax[text], span))) for text, span in zip(sentences, spans, strict=True)]
    return np.array(rows, dtype=np.float64).reshape(-1, 3)


def tone_toward(cast: Cast, *, scorer: str = QUICK_SCORER) -> list[ToneScore]:
    """Tone at every mention of every actor, in reading order, each with the words that made it.

    Args:
        cast: what ``find_actors`` returned.
        scorer: one of ``SCORERS``; the default answers in well under a second, "encoder" is the better one.

    Returns:
        One score a mention; ``tone`` is None where nothing was found to score. The pushes of a score's cues sum
        to its tone.

    Raises:
        ScorerError: no scorer of that name.
    """
    check_scorer(scorer)
    if scorer == "encoder":
        return _by_encoder(cast)
    measure = _MEASURES[scorer]
    text = cast.parse.article.text
    scores = []
    for _, group in groupby(cast.mentions, key=lambda mention: mention.sentence.index):
        mentions = list(group)
        sentence = mentions[0].sentence
        tokens = cast.parse.tokens_of(sentence)
        words = text[sentence.start : sentence.end]
        local = tuple(
            (token.start - sentence.start, token.end - sentence.start, token, token.head - sentence.first_token)
            for token in tokens
        )
        for mention in mentions:
            span = (mention.start - sentence.start, mention.end - sentence.start)
            found = measure(words, local, span)
            scores.append(_score(mention, found, scorer))
    return scores


def _by_encoder(cast: Cast) -> list[ToneScore]:
    """Every mention scored by the shipped model; all mentions of one actor in a sentence are hidden from it together.

    Of a text with more than ``EVIDENCE_MAX`` mentions the words are not worked out: each score is one cue, on its mention.
    """
    sentences, spans, also = [], [], []
    for _, group in groupby(cast.mentions, key=lambda mention: mention.sentence.index):
        mentions = list(group)
        sentence = mentions[0].sentence
        places = [(mention.start - sentence.start, mention.end - sentence.start) for mention in mentions]
        for mention, place in zip(mentions, places, strict=True):
            sentences.append(cast.parse.text_of(sentence))
            spans.append(place)
            others = zip(mentions, places, strict=True)
            also.append([span for other, span in others if other.actor == mention.actor and span != place])
    rows = encoder.score_targets(sentences, spans, also=also).tolist()
    if len(spans) <= EVIDENCE_MAX:
        evidence = encoder.target_cues(sentences, spans, also=also)
    else:
        evidence = [(Cue(*span, row[2] - row[0], encoder.REST_RULE),) for span, row in zip(spans, rows, strict=True)]
    scores = []
    for mention, (negative, neutral, positive), found in zip(cast.mentions, rows, evidence, strict=True):
        offset = mention.sentence.start
        cues = tuple(Cue(offset + cue.start, offset + cue.end, cue.push, cue.rule) for cue in found)
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
    cues = sentiment.shared(found, positive - negative, offset=mention.sentence.start, rule=scorer) if found else ()
    if tone is not None:
        tone = sum(cue.push for cue in cues)
    return ToneScore(mention, negative, neutral, positive, tone, None, cues, scorer)


def _value(found: list[Charge]) -> float:
    return sentiment.normalise(sum(charge.valence for charge in found))


def _probabilities(valence: float) -> tuple[float, float, float]:
    """P(negative), P(neutral), P(positive) of a valence in [-1, +1]; mirrored for the mirrored valence."""
    slope, spread, rest = CALIBRATION
    size = spread * abs(valence)
    low, mid, high = exp(size - slope * valence), exp(rest), exp(size + slope * valence)
    total = low + mid + high
    return low / total, mid / total, high / total


# A token as the clause scorer needs it: local start and end, the token, the local index of its head.
_Local = tuple[int, int, Token, int]


def parsed(texts: Sequence[str]) -> list[tuple[_Local, ...]]:
    from analysis.language import parse_texts

    return [tuple((token.start, token.end, token, token.head) for token in tokens) for tokens in parse_texts(texts)]


def vader_charges(text: str, _tokens: Sequence[_Local], _span: Span) -> list[Charge]:
    return sentiment.charges(text)


def clause_charges(text: str, tokens: Sequence[_Local], span: Span) -> list[Charge]:
    """The charged words that bear on the target: those of its own phrase, of its clause, of what it does or undergoes.

    Words of names do not count ("United States" is no praise), nor what the target merely says of others.
    """
    found = sentiment.charges(text)
    if not found or not tokens:
        return []
    bearing = _bearing(tokens, span)
    spans = [(start, end) for place, (start, end, token, _) in enumerate(tokens) if place in bearing and token.pos != "PROPN"]
    return [charge for charge in found if any(charge.start < end and start < charge.end for start, end in spans)]


def _bearing(tokens: Sequence[_Local], span: Span) -> set[int]:
    """Indices of the tokens that bear on the target: its phrase, and all that its verb governs.

    From the target the way goes up through the phrases it is part of to its verb, and on through verbs that share
    its subject or circumstances. A speaker stops it: what a source says is not wording toward the source.
    """
    inside = {place for place, (start, end, _, _) in enumerate(tokens) if start < span[1] and span[0] < end}
    if not inside:
        return set()
    children: list[list[int]] = [[] for _ in tokens]
    for place, (_, _, _, head) in enumerate(tokens):
        if head != place:
            children[head].append(place)
    top = next((place for place in sorted(inside) if tokens[place][3] == place or tokens[place][3] not in inside), min(inside))
    bearing = _phrase(top, tokens, children)
    while tokens[top][3] != top and not _speaks(top, tokens):
        head = tokens[top][3]
        if tokens[head][2].pos not in ("VERB", "AUX"):
            bearing |= _phrase(head, tokens, children)
            top = head
            continue
        bearing |= _clause_of(head, tokens, children, own=_JOINED)
        top = head
        while tokens[top][3] != top and tokens[top][2].dep in _SHARED and not _stands_alone(top, tokens, children):
            top = tokens[top][3]
        if top != head:
            bearing |= _clause_of(top, tokens, children, own=_JOINED | _SUBORDINATE)
        break
    return bearing - inside


_SHARED = frozenset({"xcomp", "conj", "advcl", "acl", "relcl", "pcomp", "prep"})
_ABOUT = frozenset({"relcl", "acl", "amod", "compound", "appos", "advmod", "nmod", "neg"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
_JOINED = frozenset({"conj", "parataxis"})
_SUBORDINATE = frozenset({"ccomp", "advcl", "relcl", "acl", "csubj"})


def _speaks(place: int, tokens: Sequence[_Local]) -> bool:
    """Whether a token is the subject of a verb of saying, or stands in "according to ..."."""
    token, head = tokens[place][2], tokens[tokens[place][3]]
    if token.dep in ("nsubj", "csubj") and head[2].lemma in REPORTING_VERBS:
        return True
    return token.dep == "pobj" and head[2].text.lower() == "to" and tokens[head[3]][2].text.lower() == "according"


def _stands_alone(verb: int, tokens: Sequence[_Local], children: Sequence[Sequence[int]]) -> bool:
    """Whether a joined clause has a subject of its own, and so says nothing of the clause it is joined to."""
    return tokens[verb][2].dep == "conj" and any(tokens[child][2].dep in _SUBJECTS for child in children[verb])


def _phrase(top: int, tokens: Sequence[_Local], children: Sequence[Sequence[int]]) -> set[int]:
    """A noun with its modifiers and the clauses about it, without those joined to it."""
    bearing = {top}
    for child in children[top]:
        if tokens[child][2].dep in _ABOUT:
            bearing |= _subtree(child, children)
    return bearing


def _clause_of(verb: int, tokens: Sequence[_Local], children: Sequence[Sequence[int]], *, own: frozenset[str]) -> set[int]:
    """A verb with all it governs, without the clauses of some kinds that have a subject of their own."""
    bearing = {verb}
    stack = [verb]
    while stack:
        for child in children[stack.pop()]:
            apart = tokens[child][2].dep in own and any(tokens[grand][2].dep in _SUBJECTS for grand in children[child])
            if not apart:
                bearing.add(child)
                stack.append(child)
    return bearing


def _subtree(top: int, children: Sequence[Sequence[int]]) -> set[int]:
    found = {top}
    stack = [top]
    while stack:
        for child in children[stack.pop()]:
            if child not in found:
                found.add(child)
                stack.append(child)
    return found


_MEASURES: dict[str, Callable[[str, Sequence[_Local], Span], list[Charge]]] = {"vader": vader_charges, "clause": clause_charges}
