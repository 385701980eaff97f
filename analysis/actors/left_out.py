"""Pronouns and descriptions that were given to nobody, for a reader who asks what the cast leaves out."""

from __future__ import annotations

from collections import Counter, defaultdict

from ..model import Cast, Mention, Sentence
from .candidates import FAMILY, OPENERS
from .gazetteer import is_body, is_human


def unlinked(cast: Cast, *, most: int = 20) -> list[tuple[str, str, int, int, Sentence]]:
    """Pronouns and descriptions that mean nobody here: (word, what it is, times left out, times linked, first left in).

    Third-person pronouns, and nouns for persons and organisations behind "the", "this" or a possessive. The most often left
    out first; equal counts in reading order.
    """
    mentions: dict[int, list[Mention]] = defaultdict(list)
    for mention in cast.mentions:
        mentions[mention.sentence.index].append(mention)
    tokens = cast.parse.tokens
    left: Counter[tuple[str, str]] = Counter()
    linked: Counter[tuple[str, str]] = Counter()
    first: dict[tuple[str, str], Sentence] = {}
    opened = {token.head for token in tokens if token.tag == "PRP$" or token.text.lower() in OPENERS}
    for sentence in cast.parse.sentences:
        here = mentions[sentence.index]
        for token in cast.parse.tokens_of(sentence):
            word = token.text.lower()
            noun = token.tag in {"NN", "NNS"} and token.index in opened and (is_human(word) or is_body(word))
            if not noun and not (word in FAMILY and token.pos == "PRON"):
                continue
            key = (word, "description" if noun else "pronoun")
            if any(mention.start < token.end and token.start < mention.end for mention in here):
                linked[key] += 1
            else:
                left[key] += 1
                first.setdefault(key, sentence)
    return [(*key, count, linked[key], first[key]) for key, count in left.most_common(most)]
