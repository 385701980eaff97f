"""Words as they are used: those that set an article apart, those that stand together, and a word in its lines."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from math import log
from pathlib import Path

from .constants import KEYNESS_MIN
from .language import word_spans
from .model import Cast, Parse, Sentence

NEWS_WORDS = Path(__file__).parent / "resources" / "lexicons" / "news_words" / "words.tsv"
"""How often content words come in ordinary news; its origin stands beside it."""


def content_lemmas(parse: Parse) -> list[str]:
    """The nouns, verbs and adjectives of a text in order, as lower-case lemmas; names are none."""
    lemmas = [token.lemma.lower() for token in parse.tokens if token.pos in _CONTENT]
    return [lemma for lemma in lemmas if re.fullmatch(r"[^\W\d_](?:[\w'’-]*\w)?", lemma) and len(lemma) > 1]


def keywords(parse: Parse, cast: Cast, *, most: int = 12) -> list[tuple[str, int, float, float]]:
    """The words that set a text apart: those it uses more than ordinary news does.

    Args:
        parse: the article's parse.
        cast: its actors; a word of a name ("Korean") is no keyword.
        most: so many words.

    Returns:
        (word, count here, expected count in as much ordinary news, log-likelihood ratio), the strongest first. Words used once
        and ratios below ``KEYNESS_MIN`` are left out.

    Source: P. Rayson and R. Garside, Comparing Corpora using Frequency Profiling, 2000. The ratio is of two Poisson rates.
    """
    known, size = _news_words()
    counts, names = Counter(content_lemmas(parse)), _name_words(parse, cast)
    here = counts.total()
    rows = []
    for word, amount in counts.items():
        expected = here * (amount + known[word]) / (here + size)
        usual = size * (amount + known[word]) / (here + size)
        rest = known[word] * log(known[word] / usual) if known[word] else 0.0
        ratio = 2 * (amount * log(amount / expected) + rest)
        if amount > max(1.0, expected) and word not in names and ratio >= KEYNESS_MIN:
            rows.append((word, amount, here * max(known[word], 1) / size, ratio))
    return sorted(rows, key=lambda row: -row[3])[:most]


@cache
def _news_words() -> tuple[Counter[str], int]:
    first, *lines = NEWS_WORDS.read_text("utf-8").splitlines()
    pairs = (line.split("\t") for line in lines)
    return Counter({word: int(amount) for word, amount in pairs}), int(first.split("\t")[1])


def collocations(parse: Parse, cast: Cast, *, most: int = 10) -> list[tuple[str, int, float]]:
    """Pairs of content words that stand side by side more often than chance would have it, names left out.

    Args:
        parse: the article's parse.
        cast: its actors; a pair of which a word belongs to a name is no collocation.
        most: so many pairs.

    Returns:
        (pair, count, log-likelihood ratio), the strongest first; pairs seen twice or more, never across sentences.

    Source: Dunning, Accurate Methods for the Statistics of Surprise and Coincidence, 1993, as NLTK computes it.
    """
    return [row for row in _pairs(parse) if not _is_name(row[0], parse, cast)][:most]


def names_taken_apart(parse: Parse, cast: Cast, *, most: int = 10) -> list[tuple[str, int, float]]:
    """The pairs that ``collocations`` leaves out because a word of them belongs to a name, in the same form."""
    return [row for row in _pairs(parse) if _is_name(row[0], parse, cast)][:most]


def _pairs(parse: Parse) -> list[tuple[str, int, float]]:
    from nltk.collocations import BigramAssocMeasures, BigramCollocationFinder

    content = {token.text.lower() for token in parse.tokens if token.pos in _CONTENT or token.pos == "PROPN"}
    sentences = [[token.text.lower() for token in parse.tokens_of(s) if token.pos != "SPACE"] for s in parse.sentences]
    finder = BigramCollocationFinder.from_documents(sentences)
    finder.apply_freq_filter(2)
    finder.apply_word_filter(lambda word: word not in content)
    scored = finder.score_ngrams(BigramAssocMeasures.likelihood_ratio)
    return [(" ".join(pair), int(finder.ngram_fd[pair]), float(ratio)) for pair, ratio in scored]


def _is_name(pair: str, parse: Parse, cast: Cast) -> bool:
    return bool(set(pair.split()) & _name_words(parse, cast))


def _name_words(parse: Parse, cast: Cast) -> set[str]:
    """Every word of a name in the text: proper nouns, and the words of mentions by name, alias or demonym."""
    named = {token.text.lower() for token in parse.tokens if token.pos == "PROPN"}
    for mention in cast.mentions:
        if mention.form in ("name", "alias", "demonym", "origin"):
            named |= set(parse.text_of(mention).lower().split())
    return named


def concordance(parse: Parse, word: str, *, width: int = 40, most: int = 20) -> list[tuple[Sentence, str, str, str]]:
    """Every occurrence of a word with what stands around it in its sentence, found by NLTK's concordance index.

    Args:
        parse: the article's parse.
        word: one word, whatever its case.
        width: characters on either side at most; no word is cut.
        most: the number of lines at most.

    Returns:
        (sentence, left, word, right) in reading order; empty where the word does not occur.
    """
    from nltk.text import ConcordanceIndex

    spans = [(s, a, b) for s in parse.sentences for a, b in word_spans(parse.text_of(s))]
    index = ConcordanceIndex([parse.text_of(s)[a:b] for s, a, b in spans], key=str.lower)
    lines = []
    for offset in index.offsets(word.lower())[:most]:
        sentence, start, end = spans[offset]
        text = parse.text_of(sentence)
        left, right = " ".join(text[:start].split()), " ".join(text[end:].split())
        if len(left) > width:
            left = "… " + left[-width:].partition(" ")[2]
        if len(right) > width:
            right = right[:width].rpartition(" ")[0] + " …"
        lines.append((sentence, left, text[start:end], right))
    return lines


_CONTENT = frozenset({"NOUN", "ADJ", "VERB"})
