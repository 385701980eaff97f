"""Small objects built by hand, for tests that load no model."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.model import Actor, Article, Cast, Cue, Mention, Parse, Sentence, ToneScore
from analysis.readers import read_text


def article(text: str) -> Article:
    """An article from its text."""
    return read_text(text)


def parsed(text: str) -> Parse:
    """A Parse with a sentence a line and no syntax."""
    whole = article(text)
    sentences = []
    for section in whole.sections:
        sentences.append(Sentence(len(sentences), section.start, section.end, section, 0, 0))
    return Parse(whole, tuple(sentences), (), ())


def cast(text: str, actors: Sequence[Actor]) -> Cast:
    """A Cast in which every occurrence of an actor's name is a mention."""
    parse = parsed(text)
    mentions = [
        Mention(actor, sentence, sentence.start + found.start(), sentence.start + found.end(), "name", "by hand")
        for sentence in parse.sentences
        for actor in actors
        for found in re.finditer(re.escape(actor.name), parse.text_of(sentence))
    ]
    return Cast(parse, tuple(actors), tuple(sorted(mentions, key=lambda mention: mention.start)))


def score(mention: Mention, tone: float | None) -> ToneScore:
    """A score with a given tone, carried by one cue."""
    value = tone or 0.0
    cues = (Cue(mention.start, mention.end, value, "by hand"),) if tone is not None else ()
    return ToneScore(mention, max(-value, 0.0), 1 - abs(value), max(value, 0.0), tone, None, cues, "by hand")
