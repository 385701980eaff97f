"""Words as they are used: the frequent ones, those that stand together, and a word in its lines."""

from __future__ import annotations

import re

from .language import word_spans
from .model import Parse, Sentence


def frequent_words(parse: Parse, *, most: int = 12) -> list[tuple[str, int]]:
    """The content words (nouns, names, verbs, adjectives, by lemma) that occur most, with their counts.

    Equal counts stand in the order of first occurrence.
    """
    from nltk.probability import FreqDist

    lemmas = [token.lemma if token.pos == "PROPN" else token.lemma.lower() for token in parse.tokens if token.pos in _CONTENT]
    counts: list[tuple[str, int]] = FreqDist(lemma for lemma in lemmas if re.search(r"\w", lemma)).most_common(most)
    return counts


def collocations(parse: Parse, *, most: int = 10) -> list[tuple[str, int, float]]:
    """Pairs of content words that stand side by side more often than chance would have it.

    Returns:
        (pair, count, log-likelihood ratio), the strongest first; pairs seen twice or more, never across sentences.

    Source: Dunning, Accurate Methods for the Statistics of Surprise and Coincidence, 1993, as NLTK computes it.
    """
    from nltk.collocations import BigramAssocMeasures, BigramCollocationFinder

    content = {token.text.lower() for token in parse.tokens if token.pos in _CONTENT}
    sentences = [[token.text.lower() for token in parse.tokens_of(s) if token.pos != "SPACE"] for s in parse.sentences]
    finder = BigramCollocationFinder.from_documents(sentences)
    finder.apply_freq_filter(2)
    finder.apply_word_filter(lambda word: word not in content)
    scored = finder.score_ngrams(BigramAssocMeasures.likelihood_ratio)
    return [(" ".join(pair), int(finder.ngram_fd[pair]), float(ratio)) for pair, ratio in scored[:most]]


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

    places = [(s, a, b) for s in parse.sentences for a, b in word_spans(parse.text_of(s))]
    index = ConcordanceIndex([parse.text_of(s)[a:b] for s, a, b in places], key=str.lower)
    lines = []
    for offset in index.offsets(word.lower())[:most]:
        sentence, start, end = places[offset]
        text = parse.text_of(sentence)
        left, right = " ".join(text[:start].split()), " ".join(text[end:].split())
        if len(left) > width:
            left = "… " + left[-width:].partition(" ")[2]
        if len(right) > width:
            right = right[:width].rpartition(" ")[0] + " …"
        lines.append((sentence, left, text[start:end], right))
    return lines


_CONTENT = frozenset({"NOUN", "PROPN", "ADJ", "VERB"})
