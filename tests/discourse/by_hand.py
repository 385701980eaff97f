"""Parses made by hand and by the pipeline, for the tests of this folder."""

from __future__ import annotations

from functools import cache

from analysis.discourse import find_attributions
from analysis.model import Article, Parse, Section, Sentence, Token

# A sentence parsed by hand: (word, lemma, part of speech, tag, label, head), so that fast tests need no pipeline.
SAID = [
    ("Lavrov", "Lavrov", "PROPN", "NNP", "nsubj", 1),
    ("said", "say", "VERB", "VBD", "ROOT", 1),
    ("that", "that", "SCONJ", "IN", "mark", 4),
    ("talks", "talk", "NOUN", "NNS", "nsubj", 4),
    ("failed", "fail", "VERB", "VBD", "ccomp", 1),
    (".", ".", "PUNCT", ".", "punct", 1),
]


def by_hand(rows: list[tuple[str, str, str, str, str, int]]) -> Parse:
    tokens, place = [], 0
    for index, (word, lemma, pos, tag, dep, head) in enumerate(rows):
        if index and pos != "PUNCT":
            place += 1
        tokens.append(Token(index, place, place + len(word), word, lemma, pos, tag, dep, head))
        place += len(word)
    text = ""
    for token in tokens:
        text = text.ljust(token.start) + token.text
    section = Section("body", 0, len(text))
    article = Article("hand", "", text, (section,), "text", "")
    return Parse(article, (Sentence(0, 0, len(text), section, 0, len(tokens)),), tuple(tokens), ())


@cache
def parsed(text: str) -> Parse:
    from analysis.language import parse
    from analysis.readers import read_text

    return parse(read_text(text))


def told(text: str) -> list[tuple[str, str, str]]:
    """(source, cue, content) of each attribution, as words."""
    return [
        (
            " … ".join(text[a:b] for a, b in item.source),
            " ".join(text[a:b] for a, b in item.cue),
            " … ".join(text[a:b] for a, b in item.content),
        )
        for item in find_attributions(parsed(text))
    ]
