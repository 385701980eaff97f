"""Generators for property tests: parses built by hand, without the pipeline."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hypothesis import strategies as st

from analysis.model import Entity, Parse, Sentence, Token
from analysis.readers import read_text

LABELS = ("PERSON", "ORG", "GPE", "NORP", "LOC", "EVENT", "DATE")
SYNTAX = (
    ("PROPN", "NNP", "nsubj"),
    ("PROPN", "NNP", "compound"),
    ("PROPN", "NNP", "pobj"),
    ("NOUN", "NN", "dobj"),
    ("NOUN", "NN", "appos"),
    ("VERB", "VBD", "ROOT"),
    ("VERB", "VBD", "relcl"),
    ("PRON", "PRP", "nsubj"),
    ("PRON", "PRP$", "poss"),
    ("PART", "POS", "case"),
    ("DET", "DT", "det"),
    ("ADJ", "JJ", "amod"),
    ("ADP", "IN", "prep"),
)
PERSONS = ("Ada Lovell", "Peter Ilyin", "Carla Mendes", "Victor Orlov", "Eva Lindqvist")
PLAIN = ("met", "praised", "the", "talks", "in", "after", "and", "criticised", "budget", "he", "she", "said", "his", "her")


def plain_parse(lines: Sequence[str], names: dict[str, str]) -> Parse:
    """A parse with a sentence a line; names are entities, everything else hangs under the first verb-like word."""
    text = "\n\n".join(lines) + "\n"
    article = read_text(text)
    tokens: list[Token] = []
    entities: list[Entity] = []
    sentences: list[Sentence] = []
    for section in article.sections:
        if section.aside:
            continue
        body = text[section.start : section.end]
        first = len(tokens)
        number = len(sentences)
        inside: set[int] = set()
        for name, label in names.items():
            for found in re.finditer(rf"\b{re.escape(name)}\b", body):
                entities.append(Entity(section.start + found.start(), section.start + found.end(), label, number))
                inside.update(range(found.start(), found.end()))
        for found in re.finditer(r"\w+|[^\w\s]", body):
            pronoun = {"he": "PRP", "she": "PRP", "his": "PRP$", "her": "PRP$"}.get(found.group().lower())
            proper = found.start() in inside
            tag = pronoun or ("NNP" if proper else "NN")
            pos = "PRON" if pronoun else "PROPN" if proper else "X"
            dep = "poss" if tag == "PRP$" else "nsubj" if proper or pronoun else "dep"
            place = section.start + found.start()
            tokens.append(
                Token(
                    len(tokens), place, place + len(found.group()), found.group(), found.group().lower(), pos, tag, dep, first
                )
            )
        sentences.append(Sentence(number, section.start, section.end, section, first, len(tokens)))
    entities.sort(key=lambda entity: entity.start)
    return Parse(article, tuple(sentences), tuple(tokens), tuple(entities))


@st.composite
def stories(draw: st.DrawFn, least: int = 1) -> list[list[str]]:
    """Sentences as lists of words, persons' names among them as one word."""
    word = st.one_of(st.sampled_from(PLAIN), st.sampled_from(PERSONS))
    return draw(st.lists(st.lists(word, min_size=2, max_size=9), min_size=least, max_size=6))


@st.composite
def parses(draw: st.DrawFn) -> Parse:
    """Any Unicode text with any syntax: the trees are trees, the entities are runs of tokens, nothing else is true."""
    lines = draw(st.lists(st.text(min_size=1, max_size=40), min_size=1, max_size=4))
    text = "Aa " + "\n\n".join(lines)
    article = read_text(text + "\n")
    tokens: list[Token] = []
    entities: list[Entity] = []
    sentences: list[Sentence] = []
    for section in article.sections:
        first = len(tokens)
        for found in re.finditer(r"\S+", article.text[section.start : section.end]):
            pos, tag, dep = draw(st.sampled_from(SYNTAX))
            index = len(tokens)
            head = draw(st.integers(first, index))
            place = section.start + found.start()
            word = found.group()
            tokens.append(Token(index, place, place + len(word), word, word.lower(), pos, tag, dep, head))
        number = len(sentences)
        at = first
        while at < len(tokens):
            size = draw(st.integers(0, 3))
            if size and at + size <= len(tokens):
                label = draw(st.sampled_from(LABELS))
                entities.append(Entity(tokens[at].start, tokens[at + size - 1].end, label, number))
            at += max(size, 1)
        sentences.append(Sentence(number, section.start, section.end, section, first, len(tokens)))
    return Parse(article, tuple(sentences), tuple(tokens), tuple(entities))
