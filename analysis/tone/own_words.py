"""Where an actor only speaks: his own words, and his being their source, are no tone toward him.

"“We are winning,” said Hale" words nothing about Hale. What the narrator adds stays: "Hale, a convicted fraudster, said",
"Hale falsely claimed", "Hale boasted".
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final

from ..discourse import Discourse, Tree, event_cues, is_addressed, voice_at, word_group
from ..model import Attribution, Cast, Mention, Sentence, Span
from . import valence

CHARGE_MIN: Final = 1.0
"""A word's valence on VADER's scale of [-4, +4] nearer to zero than this says too little."""


def only_speaking(cast: Cast, discourse: Discourse) -> frozenset[int]:
    """Where the mentions start at which an actor only speaks.

    Args:
        cast: the actors.
        discourse: what ``find_discourse`` returned for them.

    Returns:
        Starts of mentions that stand in their own actor's words, or that are the source of an attribution whose cue does
        not judge him, in a sentence in which the narrator says nothing charged of him.
    """
    tree, voices, attributions = discourse.tree, discourse.voices, discourse.attributions
    speaking = set()
    for mention in cast.mentions:
        voice = voice_at(voices, mention.start)
        if voice.kind == "actor" and voice.speaker == mention.actor.name:
            speaking.add(mention.start)
    speakers = {id(voice.attribution): voice.speaker for voice in voices if voice.kind == "actor"}
    narrated = _Narrated(cast, discourse)
    for attribution in attributions:
        speaker = speakers.get(id(attribution))
        if speaker is None or _judges(tree, attribution):
            continue
        for mention in _sources(cast, attribution, speaker):
            if not narrated.charges(mention):
                speaking.add(mention.start)
    return frozenset(speaking)


def only_addressed(cast: Cast, discourse: Discourse) -> frozenset[int]:
    """Where the mentions start at which an actor is only spoken to: "raised his concerns with Lind".

    Args:
        cast: the actors.
        discourse: what ``find_discourse`` returned for them.
    """
    tree = discourse.tree
    addressed = set()
    for mention in cast.mentions:
        last = bisect_left(tree.tokens, mention.end, key=lambda token: token.start) - 1
        if last >= 0 and is_addressed(tree, last) and tree.kid(last, "appos", "relcl", "amod", "acl") is None:
            addressed.add(mention.start)
    return frozenset(addressed)


def _sources(cast: Cast, attribution: Attribution, speaker: str) -> Iterator[Mention]:
    """The mentions of a speaker in the source of what he says."""
    for start, end in attribution.source:
        index = bisect_left(cast.mentions, start, key=lambda mention: mention.end - 1)
        while index < len(cast.mentions) and cast.mentions[index].start < end:
            if cast.mentions[index].actor.name == speaker:
                yield cast.mentions[index]
            index += 1


def _judges(tree: Tree, attribution: Attribution) -> bool:
    """Whether a cue, or a word beside it, judges whoever speaks: "boasted", "falsely claimed"."""
    for start, end in attribution.cue:
        index = bisect_left(tree.tokens, start, key=lambda token: token.start)
        while index < len(tree.tokens) and tree.tokens[index].start < end:
            beside = {tree.word(kid) for kid in tree.below(index, "advmod", "npadvmod", "prep")}
            owned = any(tree.lemma(kid) in word_group("owned up to") for kid in tree.below(index, "dobj"))
            if owned or tree.lemma(index) in word_group("judging cues") or beside & word_group("judging adverbs"):
                return True
            index += 1
    return False


class _Narrated:
    """What the narrator's own words in a sentence say of an actor."""

    def __init__(self, cast: Cast, discourse: Discourse) -> None:
        self.cast, self.tree = cast, discourse.tree
        self.taken: dict[int, list[Span]] = {}
        starts = [sentence.start for sentence in cast.parse.sentences]
        for attribution in discourse.attributions:
            for start, end in (*attribution.content, *attribution.cue):
                index = max(0, bisect_left(starts, start + 1) - 1)
                while index < len(starts) and starts[index] < end:
                    self.taken.setdefault(index, []).append((start, end))
                    index += 1
        self.charged: dict[int, bool] = {}
        self.events = discourse.events

    def charges(self, mention: Mention) -> bool:
        """Whether the narrator's part of a mention's sentence holds a charged word, or an event that says something of him."""
        sentence = mention.sentence
        if sentence.index not in self.charged:
            self.charged[sentence.index] = self._charged(sentence)
        return self.charged[sentence.index] or self._does(mention)

    def _charged(self, sentence: Sentence) -> bool:
        parse = self.cast.parse
        text = parse.text_of(sentence)
        names = [(token.start, token.end) for token in parse.tokens_of(sentence) if token.pos == "PROPN"]
        holes = [*self.taken.get(sentence.index, ()), *names]
        return any(
            not _within(sentence.start + charge.start, holes)
            for charge in valence.charges(text)
            if abs(charge.valence) >= CHARGE_MIN
        )

    def _does(self, mention: Mention) -> bool:
        low = bisect_left(self.events, mention.sentence.start, key=lambda event: event.span[0])
        high = bisect_left(self.events, mention.sentence.end, key=lambda event: event.span[0])
        holes = self.taken.get(mention.sentence.index, ())
        here = [event for event in self.events[low:high] if not _within(event.span[0], holes)]
        return bool(here and event_cues(self.tree, (mention.start, mention.end), here))


def _within(index: int, holes: Sequence[Span]) -> bool:
    return any(start <= index < end for start, end in holes)
