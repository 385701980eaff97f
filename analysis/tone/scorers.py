"""Tone of the wording toward an actor: the scorers, by name, and the scores with their evidence.

``"vader"``   the valence of the whole sentence, the same for everyone in it: the field's habit, kept to compare.
``"clause"``  the valence of the words that bear on the target by the parse.
``"encoder"`` the shipped model, where it is installed.

Every scorer answers with probabilities. For the two word lists they come from the valence by a symmetric
calibration (see ``constants.CALIBRATION``), so that tone means the same under each: P(positive) - P(negative).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations, groupby
from math import exp
from typing import TYPE_CHECKING

from ..constants import CALIBRATION, DEED_VALENCE, DEFAULT_SCORER, EVIDENCE_MAX, PAIR_ACTORS_MAX, PAIRS_MAX, QUICK_SCORER
from ..discourse import (
    Deed,
    Tree,
    certainties,
    deed_cues,
    find_attributions,
    find_deeds,
    find_hedges,
    find_voices,
    owned,
    push_of,
    reporting_words,
    sentence_tree,
    voice_at,
)
from ..errors import ScorerError
from ..model import Actor, Cast, Cue, Mention, Position, Span, Stance, Token, ToneScore
from . import encoder, valence
from .valence import Charge

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
    syntax = dict(zip(unique, parsed(unique), strict=True)) if scorer != "vader" else dict.fromkeys(unique, _NO_SYNTAX)
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
    return _voiced(cast, _by_encoder(cast) if scorer == "encoder" else _by_words(cast, scorer))


def _voiced(cast: Cast, scores: list[ToneScore]) -> list[ToneScore]:
    """The scores with who speaks at each mention, and how surely."""
    attributions = find_attributions(cast.parse)
    voices = find_voices(cast.parse, attributions, cast=cast)
    hedges = find_hedges(cast.parse, attributions)
    sure = certainties(hedges, [(score.mention.start, score.mention.end) for score in scores])
    return [
        replace(score, voice=voice_at(voices, score.mention.start).speaker, certainty=value)
        for score, value in zip(scores, sure, strict=True)
    ]


def _by_words(cast: Cast, scorer: str) -> list[ToneScore]:
    """Every mention scored by a word list; the sentence's parse is that of the article."""
    measure = _MEASURES[scorer]
    tree = Tree(cast.parse)
    deeds = _by_sentence(cast, find_deeds(tree) if scorer == "clause" else ())
    scores = []
    for index, group in groupby(cast.mentions, key=lambda mention: mention.sentence.index):
        mentions = list(group)
        sentence = mentions[0].sentence
        syntax = Syntax(
            tuple(
                (token.start - sentence.start, token.end - sentence.start, token, token.head - sentence.first_token)
                for token in cast.parse.tokens_of(sentence)
            ),
            tree,
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


def readings(cast: Cast) -> tuple[list[str], list[Span], list[list[Span]]]:
    """What the encoder is asked of each mention, in order: its sentence, its place there, and the actor's other places."""
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
    return sentences, spans, also


def _by_encoder(cast: Cast) -> list[ToneScore]:
    """Every mention scored by the shipped model; all mentions of one actor in a sentence are hidden from it together.

    Of a text with more than ``EVIDENCE_MAX`` mentions the words are not worked out: each score is one cue, on its mention.
    """
    sentences, spans, also = readings(cast)
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
    cues = valence.shared(found, positive - negative, offset=mention.sentence.start, rule=scorer) if found else ()
    if tone is not None:
        tone = sum(cue.push for cue in cues)
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


_Local = tuple[int, int, Token, int]
"""A token as the clause scorer needs it: its start and end in the sentence, itself, the index of its head in the sentence."""


@dataclass(frozen=True, slots=True)
class Syntax:
    """One sentence's parse.

    tokens: as above. tree: of the text the sentence stands in. deeds: those of the sentence. offset: where it starts there.
    """

    tokens: Sequence[_Local]
    tree: Tree | None
    deeds: Sequence[Deed]
    offset: int = 0


_NO_SYNTAX = Syntax((), None, ())


def parsed(texts: Sequence[str]) -> list[Syntax]:
    """Each text parsed as a sentence of its own."""
    from ..language import parse_texts

    found = []
    for text, tokens in zip(texts, parse_texts(texts), strict=True):
        tree = sentence_tree(text, tokens)
        found.append(Syntax(tuple((token.start, token.end, token, token.head) for token in tokens), tree, find_deeds(tree)))
    return found


def vader_charges(text: str, _syntax: Syntax, _span: Span) -> list[Charge]:
    """Every charged word of the sentence, whatever it is about."""
    return valence.charges(text)


def clause_charges(text: str, syntax: Syntax, span: Span) -> list[Charge]:
    """What bears on the target: the deeds it does or is judged by; where there are none, the charged words of its clause.

    Those are the words of its own phrase, of its clause, of what it does or undergoes. Words of names do not count
    ("United States" is no praise), nor what the target merely says of others.
    """
    tokens, offset = syntax.tokens, syntax.offset
    if syntax.deeds and syntax.tree is not None:
        cues = deed_cues(syntax.tree, (span[0] + offset, span[1] + offset), syntax.deeds)
        if cues:
            return [Charge(cue.start - offset, cue.end - offset, DEED_VALENCE * cue.push) for cue in cues]
    found = valence.charges(text)
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
    if token.dep in ("nsubj", "csubj") and head[2].lemma.lower() in _verbs_of_saying():
        return True
    return token.dep == "pobj" and head[2].text.lower() == "to" and tokens[head[3]][2].text.lower() == "according"


@cache
def _verbs_of_saying() -> frozenset[str]:
    return frozenset(lemma for (lemma, pos), word in reporting_words().items() if pos == "VERB" and word.act in ("say", "ask"))


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


_MEASURES: dict[str, Callable[[str, Syntax, Span], list[Charge]]] = {"vader": vader_charges, "clause": clause_charges}


# --- who stands where on whom -----------------------------------------------------------------------------------


def find_stances(cast: Cast, scores: Sequence[ToneScore]) -> tuple[Stance, ...]:
    """Who stands where on whom, sentence by sentence, from three kinds of evidence.

    "voice": the tone of the wording toward an actor, held by the voice it stands in: the narrator's or another
    actor's. "deed": what one actor does to another, by the parse. "pair": the trained model's reading of two names
    in a sentence, where an opinion of one about the other is more probable than any other answer.

    Args:
        cast: the actors. scores: what ``tone_toward`` returned for them.

    Returns:
        Stances in reading order; of each basis at most one for a holder, a target and a sentence (the mean of its
        mentions). No one stands anywhere on himself; sources that are no actors here hold no stance.

    Raises:
        ModelError: the model file is missing or altered.
    """
    found = [*_voice_stances(cast, scores), *_deed_stances(cast), *_pair_stances(cast)]
    order = {actor.name: place for place, actor in enumerate(cast.actors)}
    bases = ("voice", "deed", "pair")
    return tuple(
        sorted(
            found,
            key=lambda s: (s.sentence.index, order.get(s.by, -1), order[s.target.name], bases.index(s.basis)),
        )
    )


def positions(stances: Sequence[Stance]) -> tuple[Position, ...]:
    """Where each holder stands on each target: the mean over sentences, in each the mean of its kinds of evidence.

    Returns:
        A position for each holder and target that share a stance, in the order of their first one.
    """
    groups: dict[tuple[str, str], list[Stance]] = {}
    for stance in stances:
        groups.setdefault((stance.by, stance.target.name), []).append(stance)
    found = []
    for group in groups.values():
        by_sentence = groupby(group, key=lambda stance: stance.sentence.index)
        tones = [_mean([stance.tone for stance in part]) for _, part in by_sentence]
        found.append(Position(group[0].holder, group[0].target, _mean(tones), tuple(group)))
    return tuple(found)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _voice_stances(cast: Cast, scores: Sequence[ToneScore]) -> Iterator[Stance]:
    actors: Mapping[str, Actor] = {actor.name: actor for actor in cast.actors}
    groups: dict[tuple[str, str, int], list[ToneScore]] = {}
    for score in scores:
        voice = score.voice
        if score.tone is None or voice is None or voice == score.mention.actor.name:
            continue
        if voice == "narrator" or voice in actors:
            groups.setdefault((voice, score.mention.actor.name, score.mention.sentence.index), []).append(score)
    for (voice, _, _), group in groups.items():
        mention = group[0].mention
        cues = tuple(replace(cue, push=cue.push / len(group)) for score in group for cue in score.cues)
        tone = _mean([score.tone for score in group if score.tone is not None])
        yield Stance("narrator" if voice == "narrator" else actors[voice], mention.actor, tone, mention.sentence, cues, "voice")


def _deed_stances(cast: Cast) -> Iterator[Stance]:
    tree = Tree(cast.parse)
    groups: dict[tuple[str, str, int], list[tuple[Mention, Mention, Cue]]] = {}
    starts = [mention.start for mention in cast.mentions]
    for deed in find_deeds(tree):
        push = push_of(tree, deed, deed.done_to)
        if not push:
            continue
        for doer in _mentions_at(cast, starts, deed.doers):
            for target in _mentions_at(cast, starts, [owned(tree, span) for span in deed.targets]):
                if doer.actor.name != target.actor.name:
                    key = (doer.actor.name, target.actor.name, target.sentence.index)
                    groups.setdefault(key, []).append((doer, target, Cue(*deed.deed, push, f"deed-{deed.rule}")))
    for group in groups.values():
        doer, target, _ = group[0]
        cues = tuple(sorted({cue for _, _, cue in group}, key=lambda cue: cue.start))
        yield Stance(doer.actor, target.actor, _mean([cue.push for cue in cues]), target.sentence, cues, "deed")


def _mentions_at(cast: Cast, starts: Sequence[int], spans: Sequence[Span]) -> Iterator[Mention]:
    """The mention that holds the last word of each span, where there is one."""
    for _, end in spans:
        place = bisect_right(starts, end - 1) - 1
        if place >= 0 and end - 1 < cast.mentions[place].end:
            yield cast.mentions[place]


def _pair_stances(cast: Cast) -> Iterator[Stance]:
    """The model's reading of every two actors of a sentence; both answers it can give of a pair have a direction."""
    pairs = list(_pairs(cast))
    if not pairs or len(pairs) > PAIRS_MAX:
        return
    sentences = [one[0].sentence for one, _ in pairs]
    spans = [[[(m.start - m.sentence.start, m.end - m.sentence.start) for m in side] for side in pair] for pair in pairs]
    chances = encoder.score_pairs(
        [cast.parse.text_of(sentence) for sentence in sentences],
        [one[0] for one, _ in spans],
        [two[0] for _, two in spans],
        also_firsts=[one[1:] for one, _ in spans],
        also_seconds=[two[1:] for _, two in spans],
    )
    for (one, two), sentence, row in zip(pairs, sentences, chances.tolist(), strict=True):
        best = row.index(max(row))
        if best in (1, 3):
            yield Stance(one[0].actor, two[0].actor, row[1] - row[3], sentence, (), "pair")
        elif best in (2, 4):
            yield Stance(two[0].actor, one[0].actor, row[2] - row[4], sentence, (), "pair")


def _pairs(cast: Cast) -> Iterator[tuple[list[Mention], list[Mention]]]:
    """The mentions of every two actors that share a sentence."""
    for _, group in groupby(cast.mentions, key=lambda mention: mention.sentence.index):
        sides: dict[str, list[Mention]] = {}
        for mention in group:
            sides.setdefault(mention.actor.name, []).append(mention)
        yield from combinations(list(sides.values())[:PAIR_ACTORS_MAX], 2)
