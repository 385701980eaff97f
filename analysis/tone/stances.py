"""Who stands where on whom: stances by three kinds of evidence, and the position of each holder on each target."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations, groupby

from ..constants import PAIR_ACTORS_MAX, PAIRS_MAX
from ..discourse import Discourse, find_discourse, owned, push_of
from ..model import Actor, Cast, Cue, Mention, Position, Span, Stance, ToneScore
from . import encoder


def find_stances(cast: Cast, scores: Sequence[ToneScore], *, discourse: Discourse | None = None) -> tuple[Stance, ...]:
    """Who stands where on whom, sentence by sentence, from three kinds of evidence.

    "voice": the tone of the wording toward an actor, held by the voice it stands in: the narrator's or another
    actor's. "deed": what one actor does to another, by the parse. "pair": the trained model's reading of two names
    in a sentence, where an opinion of one about the other is more probable than any other answer.

    Args:
        cast: the actors.
        scores: what ``tone_toward`` returned for them.
        discourse: what ``find_discourse`` returned for this cast; found here when left out.

    Returns:
        Stances in reading order; of each basis at most one for a holder, a target and a sentence (the mean of its
        mentions). No one stands anywhere on himself; sources that are no actors here hold no stance.

    Raises:
        ModelError: the model file is missing or altered.
    """
    if discourse is None:
        discourse = find_discourse(cast.parse, cast=cast)
    found = [*_voice_stances(cast, scores), *_deed_stances(cast, discourse), *_pair_stances(cast)]
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
        cues = tuple(replace(cue, push=cue.push / len(group)) for score in group for cue in score.cues or ())
        tone = _mean([score.tone for score in group if score.tone is not None])
        yield Stance("narrator" if voice == "narrator" else actors[voice], mention.actor, tone, mention.sentence, cues, "voice")


def _deed_stances(cast: Cast, discourse: Discourse) -> Iterator[Stance]:
    tree = discourse.tree
    groups: dict[tuple[str, str, int], list[tuple[Mention, Mention, Cue]]] = {}
    starts = [mention.start for mention in cast.mentions]
    for deed in discourse.deeds:
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
        if place >= 0 and end - 1 < cast.mentions[place].end and cast.mentions[place].scored:
            yield cast.mentions[place]


def _pair_stances(cast: Cast) -> Iterator[Stance]:
    """The model's reading of every two actors of a sentence; both answers it can give of a pair have a direction."""
    pairs = list(_pairs(cast))
    if not pairs or len(pairs) > PAIRS_MAX:
        return
    sentences = [one[0].sentence for one, _ in pairs]
    spans = [[[(m.start - m.sentence.start, m.end - m.sentence.start) for m in side] for side in pair] for pair in pairs]
    named: dict[int, dict[str, list[Span]]] = {}
    for mention in cast.mentions:
        places = named.setdefault(mention.sentence.index, {}).setdefault(mention.actor.name, [])
        places.append((mention.start - mention.sentence.start, mention.end - mention.sentence.start))
    others = [
        [places for name, places in named[sentence.index].items() if name not in (one[0].actor.name, two[0].actor.name)]
        for (one, two), sentence in zip(pairs, sentences, strict=True)
    ]
    chances = encoder.score_pairs(
        [cast.parse.text_of(sentence) for sentence in sentences],
        [one[0] for one, _ in spans],
        [two[0] for _, two in spans],
        also_firsts=[one[1:] for one, _ in spans],
        also_seconds=[two[1:] for _, two in spans],
        others=others,
    )
    for (one, two), sentence, row in zip(pairs, sentences, chances.tolist(), strict=True):
        best = row.index(max(row))
        if best in (1, 3):
            yield Stance(one[0].actor, two[0].actor, row[1] - row[3], sentence, (), "pair")
        elif best in (2, 4):
            yield Stance(two[0].actor, one[0].actor, row[2] - row[4], sentence, (), "pair")


def _pairs(cast: Cast) -> Iterator[tuple[list[Mention], list[Mention]]]:
    """The mentions of every two actors that share a sentence."""
    scored = (mention for mention in cast.mentions if mention.scored)
    for _, group in groupby(scored, key=lambda mention: mention.sentence.index):
        sides: dict[str, list[Mention]] = {}
        for mention in group:
            sides.setdefault(mention.actor.name, []).append(mention)
        yield from combinations(list(sides.values())[:PAIR_ACTORS_MAX], 2)
