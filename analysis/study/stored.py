"""The nouns as JSON values and back, as the cache keeps them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..model import Actor, Ambiguity, Article, Cast, Cue, Entity, Mention, Merge, Parse, Sentence, Token, ToneScore


def encode_parse(parse: Parse) -> dict[str, Any]:
    numbers = {id(section): number for number, section in enumerate(parse.article.sections)}
    tokens = parse.tokens
    return {
        "sentences": [[s.start, s.end, numbers[id(s.section)], s.first_token, s.last_token] for s in parse.sentences],
        "start": [token.start for token in tokens],
        "end": [token.end for token in tokens],
        "head": [token.head for token in tokens],
        "lemma": [token.lemma for token in tokens],
        "pos": [token.pos for token in tokens],
        "tag": [token.tag for token in tokens],
        "dep": [token.dep for token in tokens],
        "entities": [[e.start, e.end, e.label, e.sentence] for e in parse.entities],
    }


def decode_parse(article: Article, data: dict[str, Any]) -> Parse:
    columns = zip(data["start"], data["end"], data["lemma"], data["pos"], data["tag"], data["dep"], data["head"], strict=True)
    return Parse(
        article,
        tuple(
            Sentence(index, start, end, article.sections[section], first, last)
            for index, (start, end, section, first, last) in enumerate(data["sentences"])
        ),
        tuple(
            Token(index, start, end, article.text[start:end], lemma, pos, tag, dep, head)
            for index, (start, end, lemma, pos, tag, dep, head) in enumerate(columns)
        ),
        tuple(Entity(*row) for row in data["entities"]),
    )


def encode_cast(cast: Cast) -> dict[str, Any]:
    numbers = {actor.name: number for number, actor in enumerate(cast.actors)}
    return {
        "actors": [[a.name, a.kind, a.aliases, a.facts] for a in cast.actors],
        "mentions": [
            [numbers[m.actor.name], m.sentence.index, m.start, m.end, m.form, m.rule, m.confidence] for m in cast.mentions
        ],
        "merges": [[m.form, m.actor, m.rule, m.count] for m in cast.merges],
        "ambiguous": [[a.form, a.sentence, a.start, a.end, a.candidates, a.reason] for a in cast.ambiguous],
    }


def decode_cast(parse: Parse, data: dict[str, Any]) -> Cast:
    actors = tuple(Actor(name, kind, tuple(aliases), tuple(facts)) for name, kind, aliases, facts in data["actors"])
    return Cast(
        parse,
        actors,
        tuple(Mention(actors[row[0]], parse.sentences[row[1]], *row[2:]) for row in data["mentions"]),
        tuple(Merge(*row) for row in data["merges"]),
        tuple(Ambiguity(row[0], row[1], row[2], row[3], tuple(row[4]), row[5]) for row in data["ambiguous"]),
    )


def encode_scores(scores: Sequence[ToneScore]) -> list[list[Any]]:
    return [
        [
            s.negative,
            s.neutral,
            s.positive,
            s.tone,
            s.voice,
            None if s.cues is None else encode_cues(s.cues),
            s.certainty,
            s.reason,
        ]
        for s in scores
    ]


def decode_scores(cast: Cast, scorer: str, rows: Sequence[Sequence[Any]]) -> tuple[ToneScore, ...]:
    return tuple(
        ToneScore(
            mention, negative, neutral, positive, tone, voice, None if cues is None else decode_cues(cues), scorer, sure, reason
        )
        for mention, (negative, neutral, positive, tone, voice, cues, sure, reason) in zip(cast.mentions, rows, strict=True)
    )


def encode_cues(cues: Sequence[Cue]) -> list[list[Any]]:
    return [[cue.start, cue.end, cue.contribution, cue.rule] for cue in cues]


def decode_cues(rows: Sequence[Sequence[Any]]) -> tuple[Cue, ...]:
    return tuple(Cue(*row) for row in rows)
