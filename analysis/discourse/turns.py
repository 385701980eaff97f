"""Words given to somebody by how the page is set: labels, the turns of a transcript, letters, signatures, tweets.

One pass over the lines of the text, linear in its length. A label in ordinary case ("Anna Lind: ...") counts only
where the text is a transcript: where labels come again, or persons are named by several of them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from ..model import Sentence, Span
from .frames import Draft
from .lexicon import word_group
from .rules import Rule
from .syntax import ABSTRACT, QUOTE_CHARS, Tree

LABEL_TOKENS: Final = 16
"""A colon further than this from the start of its paragraph ends no label."""
LABEL_WORDS: Final = 9
"""A label has at most so many words; in a headline fewer (below)."""
HEADLINE_LABEL_WORDS: Final = 6
CONTENT_TOKENS: Final = 3
"""What follows a label is more than this, or it is a list ("Bats: Left")."""
TURNS_MIN: Final = 2
"""So many labelled lines may make a transcript."""
TURNS_SHARE: Final = 0.3
"""From the first label to the last at least this share of the lines of a transcript is labelled; answers may run on."""
SIGNATURE_WORDS: Final = 5
"""A letter's signature has at most so many words before its first comma."""

PAGE_RULES: Final[tuple[Rule, ...]] = (
    Rule(
        "label",
        "The town met.\n\nAnna Lind: “Norway has failed its people.”\n",
        "The town met.\n\nRelated: “Norway has failed.”\n",
    ),
    Rule(
        "turn",
        "Anna Lind: Norway failed its people.\n\nTom Birch: That is a lie.\n\nAnna Lind: It is the truth.\n",
        "Basse Terre: green and wet.\n\nGrande Terre: flat and dry.\n\nBasse Terre: again.\n",
    ),
    Rule(
        "letter",
        "Letters\n\nTo the Editor:\n\nNorway has failed its people. It should act.\n\nAnna Lind\nOslo\n",
        "Notes\n\nNorway has failed its people. It should act.\n\nAnna Lind\nOslo\n",
    ),
    Rule(
        "tweet", "Norway has failed its people. — Anna Lind (@annalind) May 3, 2020\n", "Norway has failed. — Anna Lind, Oslo\n"
    ),
)
"""What is read from how the page is set."""

_TURN: Final = re.compile(
    r"[ \t>*_]*(?:\(\((?P<round>[^()\n]{1,40})\)\)[ \t]*:?|\[(?P<square>[^\]\n]{1,40})\][ \t]*:"
    r"|(?P<plain>[^\W\d_][^:\n\"“”‘?!]{0,60}?)[ \t*_]*:)[ \t*_]*(?=\S)"
)
_NAME_WORD: Final = re.compile(r"(?:[A-ZÀ-Þ][\w.'’-]*|\([^)]{1,20}\)|de|von|van|der|bin|al|el|of|the|and|&)\Z")
_ROLE: Final = frozenset(
    {"q", "a", "question", "answer", "interviewer", "host", "moderator", "presenter", "reporter", "audience"}
)
_GREETING: Final = re.compile(
    r"\s*(?:To the Editor|Dear (?:Sirs?|Madam|Editor)\b[^\n]{0,30}|Sirs?|Madam)\s*(?:[,:–—-]|\n|$)", re.IGNORECASE
)
_TWEET: Final = re.compile(r"[—–-]{1,2}\s*(?P<name>[A-Z][^\n()@]{1,60}?)\s*\(@\w{1,30}\)")
_LISTED: Final = re.compile(r"\s*(?:[-*•‣>]|\d{1,2}[.)])\s")


@dataclass(frozen=True, slots=True)
class _Line:
    """A labelled line: where it starts, its label as a span and in plain words, where its words start."""

    start: int
    label: Span
    words: str
    body: int


def turns_of(tree: Tree) -> Iterator[Draft]:
    """The turns of a transcript: what stands between one label and the next is its speaker's; the last ends with its line."""
    text = tree.parse.article.text
    top = [section.end for section in tree.parse.article.sections if section.kind == "headline"]
    low = max(top, default=0)  # a headline may have a label of its own
    spans = [(start, end) for start, end in _lines(text) if start >= low and text[start:end].strip()]
    lines = [line for start, end in spans if (line := _labelled(text, start, end)) is not None]
    if not _is_transcript(text, lines, spans):
        return
    ends = dict(spans)
    for line, following in zip(lines, [*lines[1:], None], strict=True):
        end = ends[line.start] if following is None else following.start
        source = set() if line.words in _ROLE else set(_tokens(tree, *line.label))
        content = set(_tokens(tree, line.body, end))
        colon = max(_tokens(tree, line.start, line.body), default=-1)
        if content and colon >= 0:
            yield Draft(colon, {colon}, source, content, "turn", head=min(content), kind="direct")


def _lines(text: str) -> Iterator[Span]:
    start = 0
    for match in re.finditer(r"\n|\Z", text):
        yield start, match.start()
        start = match.end()


def _labelled(text: str, start: int, end: int) -> _Line | None:
    match = _TURN.match(text, start, end)
    if match is None:
        return None
    group = next(name for name in ("round", "square", "plain") if match[name] is not None)
    label = match[group].strip(" *_")
    words = label.split()
    lower = label.rstrip(".").lower()
    if not words or len(words) > HEADLINE_LABEL_WORDS or (lower not in _ROLE and lower in word_group("not speakers")):
        return None
    if group == "plain" and lower not in _ROLE and not all(_NAME_WORD.match(word.rstrip(",")) for word in words):
        return None
    if text[match.end() : match.end() + 1].islower() or text[match.end() : match.end() + 1].isdigit():
        return None
    return _Line(start, match.span(group), lower, match.end())


def _is_transcript(text: str, lines: Sequence[_Line], spans: Sequence[Span]) -> bool:
    """Whether the page is set as talk: labels of questions and answers, or labels close together that come again."""
    if len(lines) < TURNS_MIN:
        return False
    times = Counter(line.words for line in lines)
    if {"q", "a"} <= set(times) or {"question", "answer"} <= set(times):
        return True
    between = sum(lines[0].start <= start <= lines[-1].start for start, _ in spans)
    if len(lines) < TURNS_SHARE * between or not all(_is_speech(text, line) for line in lines):
        return False
    again = sum(times[line.words] > 1 for line in lines)
    named = all(len(line.words.split()) > 1 or line.words in _ROLE for line in lines)
    return len(times) > 1 and (again > len(lines) // 2 or (named and len(lines) == between))


def _is_speech(text: str, line: _Line) -> bool:
    first = text[line.body : line.body + 1]
    return first.isupper() or first in QUOTE_CHARS or first in "([¿¡…"


def _tokens(tree: Tree, start: int, end: int) -> range:
    """The places of the tokens that start in a span."""
    return range(
        bisect_left(tree.tokens, start, key=lambda token: token.start),
        bisect_left(tree.tokens, end, key=lambda token: token.start),
    )


# --- letters, tweets, block quotations -----------------------------------------------------------------------------


def letters_of(tree: Tree) -> Iterator[Draft]:
    """Letters to the editor: what stands between the greeting and the signature is the signer's."""
    text = tree.parse.article.text
    page = any(_LETTERS.search(text, *_span(section)) for section in tree.parse.article.sections[:2])
    begin: int | None = None
    previous = 0
    for start, end in _lines(text):
        line = text[start:end].strip()
        if not line:
            continue
        if _GREETING.match(text, start, end):
            begin = start
        elif _signs(tree, start, end) and (begin is not None or (page and previous)):
            source = set(_tokens(tree, start, start + _name_end(text[start:end])))
            content = set(_tokens(tree, previous if begin is None else begin, start))
            if source and content:
                yield Draft(min(source), set(), source, content, "letter", head=min(content), kind="direct")
            begin, previous = None, end
        elif page and not previous and line[-1:] in '.?!”"':
            previous = start
    return


_LETTERS: Final = re.compile(r"\bletters?\b(?! (?:from|by|of)\b)", re.IGNORECASE)


def _span(section: object) -> Span:
    return section.start, section.end  # type: ignore[attr-defined]


def _signs(tree: Tree, start: int, end: int) -> bool:
    """Whether a line is a signature: a name, perhaps with a place or a title after a comma; no sentence."""
    text = tree.parse.article.text
    line = text[start:end].strip().lstrip("—–- ")
    name = line.split(",")[0]
    words = name.split()
    if not 2 <= len(words) <= SIGNATURE_WORDS or line[-1:] in ".?!:;" or len(line) > 90:
        return False
    tokens = [tree.tokens[index] for index in _tokens(tree, start, end)]
    titled = all(word[:1].isupper() or word.lower() in ("de", "von", "van", "der", "bin", "al") for word in words)
    return titled and not any(token.pos in ("VERB", "AUX") for token in tokens)


def _name_end(line: str) -> int:
    comma = line.find(",")
    return comma if comma > 0 else len(line)


def tweets_of(tree: Tree) -> Iterator[Draft]:
    """A tweet, given to whoever is named after its dash: "Enough! — Anna Lind (@lind)"."""
    text = tree.parse.article.text
    for section in tree.parse.article.sections:
        for match in _TWEET.finditer(text, section.start, section.end):
            line = max(text.rfind("\n", section.start, match.start()) + 1, section.start)
            content = set(_tokens(tree, line, match.start()))
            source = set(_tokens(tree, *match.span("name")))
            if content and source:
                yield Draft(min(source), set(), source, content, "tweet", head=min(content), kind="direct")


def is_listed(text: str, start: int, end: int) -> bool:
    """Whether a paragraph is a point of a list."""
    return _LISTED.match(text, start, end) is not None


# --- labels ---------------------------------------------------------------------------------------------------------


def labels_of(tree: Tree) -> Iterator[Draft]:
    """Words after a name and a colon: "Graham: …" in a headline, "FALLIN: …" in a transcript, "More from Cohen: “…”"."""
    previous = None
    for sentence in tree.parse.sentences:
        fresh = sentence.section is not previous
        previous = sentence.section
        colon = _label_colon(tree, sentence) if fresh else None
        if colon is None:
            continue
        begin = _label_begin(tree, sentence, colon)
        draft = _headline_verb(tree, sentence, begin, colon) or _label(tree, sentence, begin, colon)
        if draft is not None:
            yield draft


def _label_colon(tree: Tree, sentence: Sentence) -> int | None:
    stop = min(sentence.last_token, sentence.first_token + LABEL_TOKENS)
    colon = next((i for i in range(sentence.first_token + 1, stop) if tree.tokens[i].text == ":"), None)
    if colon is None:
        return None
    quote = tree.quote_of[colon]
    return None if quote >= 0 and tree.quotes[quote].start != sentence.section.start else colon


def _label_begin(tree: Tree, sentence: Sentence, colon: int) -> int:
    """Where the label starts: after the last dash or verb before its colon."""
    for index in range(colon - 1, sentence.first_token - 1, -1):
        token = tree.tokens[index]
        if token.text in ("-", "–", "—", "--", "…") or token.pos in ("VERB", "AUX"):
            return index + 1
    return sentence.first_token


def _headline_verb(tree: Tree, sentence: Sentence, begin: int, colon: int) -> Draft | None:
    """Words of a headline given to the subject of the verb before the colon: "Lind rules: “No”"."""
    if sentence.section.kind != "headline" or begin == sentence.first_token or tree.tokens[begin - 1].pos != "VERB":
        return None
    subject = tree.kid(begin - 1, "nsubj")
    after = colon + 1 if colon + 1 < len(tree.tokens) else colon
    if subject is None or tree.quote_of[after] < 0:
        return None
    return Draft(colon, {begin - 1, colon}, tree.under(subject), set(range(colon + 1, sentence.last_token)), "label")


def _label(tree: Tree, sentence: Sentence, begin: int, colon: int) -> Draft | None:
    tokens = tree.tokens
    name = [i for i in range(begin, colon) if tokens[i].pos not in ("SPACE", "PUNCT")]
    label = " ".join(tokens[i].text for i in name)
    if not 0 < len(name) <= LABEL_WORDS or label.lower() in word_group("not speakers"):
        return None
    shouted = label.isupper() and len(label) > 2 and tree.quote_of[colon] >= 0
    leads = colon + 1 < len(tokens) and tree.quote_of[colon + 1] >= 0 and sentence.section.kind == "headline"
    if not (shouted or (leads and len(name) == 1 and label.istitle())) and not any(tokens[i].pos == "PROPN" for i in name):
        return None
    after = next((i for i in range(colon + 1, sentence.last_token) if tokens[i].pos != "SPACE"), None)
    capitals = label.isupper() and len(label) > 2 and tokens[begin - 1 if begin else 0].text not in ("-", "–", "—", "--")
    if after is None or not _introduces(tree, sentence, (begin, colon, after), len(name), capitals=capitals):
        return None
    last = bisect_left(tokens, sentence.section.end, key=lambda token: token.start) if capitals else sentence.last_token
    content = set(range(colon + 1, last))
    if len(content) < CONTENT_TOKENS:
        return None
    low = name[0] if capitals else next((i for i in name if tokens[i].pos == "PROPN"), name[0])
    if tree.word(name[0]) in word_group("platform prepositions"):
        return None  # "speaking via Twitter: …"
    inner = tokens[name[0]].pos == "ADP" or "from" in label.lower()
    source = {i for i in name if i >= low} if inner else set(name)
    return Draft(colon, {colon}, source, content, "label", head=colon + 1)


def _introduces(tree: Tree, sentence: Sentence, parts: tuple[int, int, int], words: int, *, capitals: bool) -> bool:
    """Whether a label is followed by a quotation, stands in capitals, or opens a headline."""
    begin, colon, after = parts
    token = tree.tokens[after]
    quoted = token.text[0] in QUOTE_CHARS
    named = tree.word(colon - 1) not in word_group("topics") and not tree.word(colon - 1).endswith(ABSTRACT)
    top = sentence.section.kind in ("headline", "heading", "summary") and begin == sentence.first_token and named
    if token.pos == "NUM" or (tree.quote_of[colon] >= 0 and not capitals):
        return False
    if capitals and not quoted and _is_dateline(tree, sentence, colon):
        return False
    return quoted or capitals or (top and words <= HEADLINE_LABEL_WORDS)


def is_dateline(tree: Tree, start: int) -> bool:
    """Whether a word stands in the place that a report comes from: "KARACHI: The party attacked ..."."""
    first = next((section for section in tree.parse.article.sections if section.kind == "body"), None)
    if first is None or not first.start <= start < first.end:
        return False
    sentence = tree.parse.sentences[bisect_right(tree.parse.sentences, start, key=lambda sent: sent.start) - 1]
    if sentence.start != first.start:
        return False
    colon = _label_colon(tree, sentence)
    if colon is None or start >= tree.tokens[colon].start:
        return False
    label = tree.parse.article.text[sentence.start : tree.tokens[colon].start]
    return label.split(",")[0].isupper() and _is_dateline(tree, sentence, colon)


def _is_dateline(tree: Tree, sentence: Sentence, colon: int) -> bool:
    """Whether a label is the place a report comes from: "KARACHI: The party ..." opens the body and is no label later."""
    sections = [section for section in tree.parse.article.sections if section.kind == "body"]
    if not sections or sentence.section is not sections[0]:
        return False
    label = tree.parse.article.text[sentence.start : tree.tokens[colon].end]
    names = {
        entity.label
        for entity in tree.parse.entities
        if entity.start < tree.tokens[colon].start and entity.end > sentence.start
    }
    return tree.parse.article.text.count(label) < TURNS_MIN and ("GPE" in names or len(label.split()) == 1)
