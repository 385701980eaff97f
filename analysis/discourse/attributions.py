"""Who says what: a parse becomes attributions, each with its source, cue and content.

Three passes, each linear in the text. Cues from a lexicon are looked at with the parse around them: their
subject is the source and their complement the content. Quotations are followed over sentences and paragraphs
and given to the cue beside them. What lies wholly inside another's content is that other's, and is left out.

Source: the scheme of source, cue and content is that of PolNeAR (Newell et al., LREC 2018), which also counts
beliefs, intentions and judgements of others as attributed. Its train part was read, by eye, for the rules.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from ..constants import SENTENCE_MIN_WORDS, SPOKEN_WORDS, TITLE_CASE_SHARE, TITLE_MAX_WORDS
from ..model import Attribution, AttributionKind, Parse, Span, Token
from ..readers import read_text
from .frames import VERB_RULES, WORD_RULES, Draft, cue_tokens, drafts_of
from .lexicon import ReportingWord, word_group
from .quotations import Quotation
from .rules import Rule
from .syntax import (
    FINITE,
    QUOTE_CHARS,
    SUBJECTS,
    Tree,
    agent_of,
    is_mute,
    is_passive,
    person_meant,
    reporting_word_at,
    source_tokens,
    subject_after,
    subject_of,
    takes_quote,
)
from .turns import PAGE_RULES, is_dateline, is_listed, labels_of, letters_of, turns_of, tweets_of

BESIDE_AFTER: Final = 25
"""How many words after a quotation its cue may stand."""
BESIDE_BEFORE: Final = 30
"""How many words before a quotation its cue may stand."""
INFINITIVE_TOKENS: Final = 8
"""The same, where the cue is an infinitive ("the will to discuss cuts comes with terms: “few”")."""
COLON_TOKENS: Final = 40
"""How far before a paragraph's last colon the cue may stand for the quotation in the next."""
BLOCK_TOKENS: Final = 15
"""The same, where the next paragraph has no quotation marks."""
FLOATING_TOKENS: Final = 60
"""How far back the subject may stand to whom a quotation without a cue is given."""
TAG_TOKENS: Final = 5
"""A sentence that only says who has spoken ("Anna Lind said.") has at most so many words."""
SIGNED_TOKENS: Final = 8
"""A name after a dash has at most so many words."""
QUOTE_RULES: Final[tuple[Rule, ...]] = (
    Rule("quote-cue", "“No,” agreed Anna Lind.", "“No” agreed with nobody’s plan."),
    Rule("cue-quote", "Anna Lind said: “No.”", "Anna Lind lost “War and Peace”."),
    Rule("colon", "And from Mayor Anna Lind:\n\n“Norway has failed its people.”\n", "The list of names:\n\n“Norway”\n"),
    Rule(
        "floating", "Anna Lind was glad. “Norway has kept its word at last.”", "It rained. “Norway has kept its word at last.”"
    ),
    Rule("alone", "It rained. “Norway has kept its word at last.”", "It rained on “Norway”."),
    Rule("signature", "“Norway has failed its people.” — Anna Lind", "“Norway has failed its people.” — and again"),
    Rule(
        "block",
        "The town met.\n\nAnna Lind hit back, saying:\n\nNorway has failed. It must act.\n\nLawyers were stunned.\n",
        "The town met.\n\nAnna Lind came back, limping:\n\nNorway has failed. It must act.\n\nLawyers were stunned.\n",
    ),
)
"""To whom a quotation is given."""
TURN_RULES: Final = frozenset({"turn", "letter"})
"""Whose turn or letter it is speaks as a narrator does: whom he quotes is found in it as well."""
SET_RULES: Final = frozenset({"label", "turn", "letter", "tweet", "block"})
"""Rules that read how the page is set: what they give is taken whole."""


ATTRIBUTION_RULES: Final[tuple[Rule, ...]] = (*VERB_RULES, *WORD_RULES, *PAGE_RULES, *QUOTE_RULES)
"""Every rule by which something is attributed to somebody."""


class _Drafts:
    """The drafts of an article, and each by the token of its cue."""

    __slots__ = ("all", "by_index")

    def __init__(self, drafts: Iterable[Draft]) -> None:
        self.all = list(drafts)
        self.by_index = {draft.index: draft for draft in self.all}

    def add(self, draft: Draft) -> None:
        """A draft that a quotation made; one without a cue has no token of its own."""
        self.all.append(draft)
        if draft.cue:
            self.by_index[draft.index] = draft

    def floating(self, index: int, source: set[int]) -> Draft:
        """The draft of a quotation that has no cue, nor a source where that is empty."""
        draft = Draft(index, set(), source, set(), "floating" if source else "alone", kind="floating")
        self.add(draft)
        return draft


def _holders(tree: Tree, drafts: Iterable[Draft]) -> dict[int, Draft]:
    """The cue outside it that already has words of a quotation in its content, by the quotation's number."""
    holders: dict[int, Draft] = {}
    for draft in drafts:
        if tree.quote_of[draft.index] >= 0:
            continue
        head_quote = tree.quote_of[draft.head] if draft.head >= 0 else -1
        for index in draft.content:
            inside = tree.quote_of[index]
            if inside < 0 or inside in holders:
                continue
            if draft.word is not None and "q" not in draft.word.frames and inside != head_quote:
                continue
            holders[inside] = draft
    return holders


@dataclass(frozen=True, slots=True)
class _Context:
    """A quotation where it stands: its number, its first token and the first after it, its paragraph.

    fresh: it is the first of its paragraph. spoken: it is somebody's sentence. sure: spoken, or a mark leads to it. whole: it
    begins with a capital and ends as a sentence does.
    """

    number: int
    quote: Quotation
    first: int
    after: int
    paragraph: int
    fresh: bool
    spoken: bool
    sure: bool
    whole: bool


class _Giver:
    """Gives every spoken quotation to a cue: that of its sentence, the one before a colon, or the last speaker's."""

    def __init__(self, tree: Tree, drafts: _Drafts) -> None:
        self.tree, self.drafts = tree, drafts
        self.owner = _holders(tree, drafts.all)
        self.starts = [token.start for token in tree.tokens]
        self.begins = [span[0] for span in tree.paragraphs]
        self.last: Draft | None = None
        self.paragraph = -1
        labels = (draft for draft in drafts.all if draft.rule == "label")
        self.labelled = {tree.quote_of[label.index]: label for label in labels if tree.quote_of[label.index] >= 0}

    def give_all(self) -> None:
        """One after the other: who spoke last speaks on."""
        for number, quote in enumerate(self.tree.quotes):
            here = bisect_right(self.begins, quote.start) - 1
            if number in self.labelled:
                self.last, self.paragraph = self.labelled[number], here
                continue
            if _is_programme(self.tree.parse.article.text, quote):
                continue
            context = self._context(number, quote, here)
            draft = self.owner.get(number) or self._near(context) or self._further(context)
            if draft is not None:
                draft.quotes.append(number)
                if context.sure or quote.carried:
                    self.last, self.paragraph = draft, here
                continue
            if context.fresh and context.spoken:
                self.last = None
            if _sentence_like(self.tree.parse.article.text, quote):  # somebody's words, and not the narrator's
                self.drafts.floating(context.first, set()).quotes.append(number)

    def _context(self, number: int, quote: Quotation, here: int) -> _Context:
        text = self.tree.parse.article.text
        low, high = quote.inner
        spoken = _spoken(text, quote)
        is_sentence = text[low : low + 1].isupper() and text[high - 1 : high] in (".", "?", "!")
        first, after = bisect_left(self.starts, quote.start), bisect_left(self.starts, quote.end)
        sure = spoken or _introduced(text, quote)
        return _Context(number, quote, first, after, here, here != self.paragraph, spoken, sure, is_sentence)

    def _near(self, context: _Context) -> Draft | None:
        """The cue in the same sentence."""
        draft = _beside(self.tree, self.drafts, context.number, context.first, context.after) if context.sure else None
        if draft is None and context.first > 0 and not context.spoken:
            draft = _after_verb(self.tree, self.drafts, context.first)
        return draft

    def _further(self, context: _Context) -> Draft | None:
        """Who spoke last, or who is announced in the paragraph before, or who stands nearest before it."""
        if not (context.sure or context.whole or context.quote.carried):
            return None
        tree, drafts = self.tree, self.drafts
        goes_on = context.quote.carried if context.fresh else context.spoken or context.whole
        if self.last is not None and goes_on and (context.quote.carried or not _is_led_to(tree, context)):
            return self.last
        draft = (
            _colon(tree, drafts, context.paragraph, context.quote)
            if context.fresh and context.paragraph and context.spoken
            else None
        )
        if draft is not None or not _sentence_like(tree.parse.article.text, context.quote):
            return draft
        if context.fresh and self.last is not None and context.paragraph - self.paragraph <= 1:
            if self.last.rule == "colon":
                return self.last
            return drafts.floating(context.first, set(self.last.source))
        if context.fresh and context.paragraph and (told := _told_last(tree, drafts, context)) is not None:
            return drafts.floating(context.first, set(told.source))
        return _floating(tree, drafts, context.paragraph, context.first)


_SIGNATURE = re.compile(r"\s*[―—–-]{1,2}\s*(?=[A-Z])")


def _sign_quotes(tree: Tree, drafts: _Drafts) -> None:
    """Give a quotation to the name after the dash behind it: "…" ― Name."""
    tokens, text = tree.tokens, tree.parse.article.text
    given = {number for draft in drafts.all if draft.kind != "floating" for number in draft.quotes}
    for number, quote in enumerate(tree.quotes):
        dash = _SIGNATURE.match(text, quote.end, quote.end + 12)
        name = [] if number in given or dash is None else _signer(tree, dash.end())
        if not name or dash is None:
            continue
        for draft in drafts.all:
            if draft.kind == "floating" and number in draft.quotes:
                draft.quotes.remove(number)
        mark = bisect_left(tokens, dash.end() - 1, key=lambda token: token.end)
        drafts.add(Draft(name[0], {mark}, set(name), set(), "signature", quotes=[number]))


def _signer(tree: Tree, start: int) -> list[int]:
    """The tokens of a name that starts at an offset and ends the line or a phrase; none where there is no such name."""
    tokens, text = tree.tokens, tree.parse.article.text
    first = bisect_left(tokens, start, key=lambda token: token.start)
    name: list[int] = []
    for token in tokens[first : first + SIGNED_TOKENS]:
        if token.pos not in ("PROPN", "ADJ", "NOUN") or not token.text[0].isupper():
            break
        name.append(token.index)
    if len(name) < 2:
        return []
    last = name[-1] + 1
    rest = text[tokens[last - 1].end : tokens[last].end if last < len(tokens) else len(text)]
    return name if re.match(r"\s*$|\s*[,.(|]|\s*\n", rest) else []


def _spoken(text: str, quote: Quotation) -> bool:
    """Whether a quotation is somebody's sentence, not a title or a word held with tweezers."""
    inner = text[quote.inner[0] : quote.inner[1]].strip()
    words = inner.split()
    if not words:
        return False
    ends = inner[-1] in ".,?!…—-–"
    if _is_title(inner):
        return False
    framed, closed, plain = SPOKEN_WORDS
    least = plain if not ends else framed if inner[:1].isupper() else closed
    return len(words) >= least


def _is_title(words: str) -> bool:
    """Whether words are set as a title is: few, and nearly all with a capital."""
    pieces = words.split()
    if not 1 < len(pieces) <= TITLE_MAX_WORDS or not pieces[0][:1].isupper() or words[-1] in "?!":
        return False
    return sum(word[:1].isupper() or word in _SMALL_WORDS for word in pieces) >= TITLE_CASE_SHARE * len(pieces)


_SMALL_WORDS: Final = frozenset({"a", "an", "and", "for", "in", "of", "the", "to", "with"})
"""What a title leaves in lower case."""


def _is_led_to(tree: Tree, context: _Context) -> bool:
    """Whether a clause of the narrator stands before a quotation in its sentence: "Lind turned it down with a “No.”" """
    if context.first >= len(tree.tokens):
        return False
    start = tree.parse.sentences[tree.sentence_of[context.first]].first_token
    for index in range(context.first - 1, start - 1, -1):
        if tree.quote_of[index] >= 0 or tree.tokens[index].text[-1:] in (".", "?", "!"):
            return False
        if tree.tokens[index].dep in SUBJECTS:
            return True
    return False


def _sentence_like(text: str, quote: Quotation) -> bool:
    """Whether it begins and ends as a sentence does, and is no title."""
    inner = text[quote.inner[0] : quote.inner[1]].strip()
    begins = (
        text[max(0, quote.start - 9) : quote.start].rstrip()[-1:] in ("", ".", "!", "?", ":", "”", '"', "'", "’", "—", "-")
        or quote.carried
    )
    return (
        begins
        and _spoken(text, quote)
        and inner[:1].isupper()
        and inner[-1:] in ".?!…"
        and len(inner.split()) >= SENTENCE_MIN_WORDS
    )


def _is_programme(text: str, quote: Quotation) -> bool:
    """Whether a quotation names a work or a broadcast that words before it lead to: on “Morning Talk,” Lind said."""
    led = _LEADS_TO_NAME.search(text[max(0, quote.start - 12) : quote.start])
    return led is not None and _is_title(text[slice(*quote.inner)].strip() or "?")


_LEADS_TO_NAME = re.compile(r"(?:\b(?:on|in|at|of|from|to|the|a|an|show|program|programme)|['’]s)\s*\Z")


def _introduced(text: str, quote: Quotation) -> bool:
    """Whether a comma or a colon leads to it, or its own last mark shows that a cue follows."""
    before = text[max(0, quote.start - 3) : quote.start].rstrip()
    return before.endswith((",", ":")) or text[quote.inner[1] - 1 : quote.inner[1]] in (",", "?", "!")


def _beside(tree: Tree, drafts: _Drafts, number: int, first: int, after: int) -> Draft | None:
    """The cue after the closing mark or before the opening one, in the same sentence and outside quotations."""
    tokens, text = tree.tokens, tree.parse.article.text
    quote = tree.quotes[number]
    if not tokens:
        return None
    closing = text[quote.inner[0] : quote.inner[1]].rstrip("'’ ")[-1:]
    goes_on = text[quote.end : quote.end + 1] == "," or text[quote.end : quote.end + 3].lstrip()[:1].islower()
    if closing in ",?!—-–…" or goes_on or (closing == "." and _is_tag(tree, after)):
        for index in _free(tree, range(after, min(after + BESIDE_AFTER, len(tokens))), quote.end, ".;:"):
            if tokens[index].tag in ("WP", "WDT"):
                break  # “rumours,” among them Lind, who told ...
            word = reporting_word_at(tree, index) if tokens[index].pos == "VERB" else None
            if word is not None and takes_quote(tree, index, word) and not _before_that(tree, index):
                return _join(tree, drafts, index, word, "quote-cue")
    for index in _free(tree, range(first - 1, max(-1, first - BESIDE_BEFORE), -1), quote.start, ".;?!"):
        far = tokens[index].tag == "VB" and first - index > INFINITIVE_TOKENS
        word = reporting_word_at(tree, index) if tokens[index].pos == "VERB" and not far else None
        if word is not None and takes_quote(tree, index, word):
            return _join(tree, drafts, index, word, "cue-quote")
        if tree.word(index) == "according":
            return None
    if first and tokens[first - 1].text == ":" and _same_line(text, tokens[first - 1].start, quote.start):
        return _root_cue(tree, drafts, tokens[first - 1].end)
    return None


def _is_tag(tree: Tree, after: int) -> bool:
    """Whether only a name and a verb of saying stand behind a quotation: "“No.” Lind said." """
    tokens = tree.tokens
    if after >= len(tokens):
        return False
    last = tree.parse.sentences[tree.sentence_of[after]].last_token
    words = [token for token in tokens[after:last] if token.pos not in ("SPACE", "PUNCT")]
    if not 2 <= len(words) <= TAG_TOKENS or words[-1].tag not in FINITE:
        return False
    word = reporting_word_at(tree, words[-1].index)
    says = word is not None and word.act == "say" and takes_quote(tree, words[-1].index, word)
    return says and all(token.pos in ("PROPN", "PRON") for token in words[:-1])


def _free(tree: Tree, indexes: Iterable[int], edge: int, stops: str) -> Iterator[int]:
    """The tokens from a quotation's edge on, up to a mark that stops, another quotation or the end of the line."""
    text = tree.parse.article.text
    for index in indexes:
        token = tree.tokens[index]
        if tree.quote_of[index] >= 0 or (len(token.text) == 1 and token.text in stops):
            return
        if not _same_line(text, min(edge, token.start), max(edge, token.start)):
            return
        yield index


def _after_verb(tree: Tree, drafts: _Drafts, first: int) -> Draft | None:
    """The cue that stands right before a short quotation: she said "no"."""
    token = tree.tokens[first - 1]
    if (
        token.pos != "VERB"
        or tree.quote_of[first - 1] >= 0
        or tree.sentence_of[first - 1] != tree.sentence_of[min(first, len(tree.tokens) - 1)]
    ):
        return None
    word = reporting_word_at(tree, first - 1)
    if word is None or word.act != "say" or not takes_quote(tree, first - 1, word):
        return None
    return _join(tree, drafts, first - 1, word, "cue-quote")


def _before_that(tree: Tree, index: int) -> bool:
    return index + 1 < len(tree.tokens) and tree.tokens[index + 1].text.lower() == "that"


def _same_line(text: str, start: int, end: int) -> bool:
    return not any(char in "\n\r\u2028\u2029" for char in text[start:end])


def _join(tree: Tree, drafts: _Drafts, index: int, word: ReportingWord, rule: str) -> Draft:
    """The draft of a cue, made new where the parse gave it none."""
    draft = drafts.by_index.get(index)
    if draft is not None:
        return draft
    subject = agent_of(tree, index) if is_passive(tree, index) else subject_of(tree, index)
    if subject is None and not _is_order(tree, index) and word.lemma not in ("tell", *word_group("naming")):
        subject = subject_after(tree, index)
    source = source_tokens(tree, subject, (index,))
    source = {token for token in source if tree.quote_of[token] < 0}
    draft = Draft(index, cue_tokens(tree, index), source, set(), rule, word)
    drafts.add(draft)
    return draft


def _is_order(tree: Tree, index: int) -> bool:
    """Whether a line leads to a document: "Read the whole letter:"."""
    token = tree.tokens[index]
    return token.tag == "VB" and token.head == index and tree.parse.sentences[tree.sentence_of[index]].first_token == index


def _colon(tree: Tree, drafts: _Drafts, paragraph: int, quote: Quotation) -> Draft | None:
    """The cue of a paragraph that ends with a colon, for the quotation that opens the next."""
    text = tree.parse.article.text
    start, end = tree.paragraphs[paragraph - 1]
    if text[tree.paragraphs[paragraph][0] : quote.start].strip() or not text[start:end].rstrip().endswith(":"):
        return None
    return _last_cue(tree, drafts, start, end) or _root_cue(tree, drafts, end) or _named_colon(tree, drafts, start, end)


def _named_colon(tree: Tree, drafts: _Drafts, start: int, end: int) -> Draft | None:
    """A draft of the name at the end of a line without a verb, before a colon: "And from Mayor Anna Lind:"."""
    tokens = tree.tokens
    low = bisect_left(tokens, start, key=lambda token: token.start)
    line = [token for token in tokens[low : low + BLOCK_TOKENS] if token.end <= end and token.pos != "SPACE"]
    names = [token.index for token in line if token.pos == "PROPN"]
    if not names or any(token.pos in ("VERB", "AUX") for token in line) or len(line) == BLOCK_TOKENS:
        return None
    source = {index for index in range(names[0], names[-1] + 1) if tokens[index].pos != "PUNCT"}
    draft = Draft(line[-1].index, {line[-1].index}, source, set(), "colon")
    drafts.add(draft)
    return draft


def _give_blocks(tree: Tree, drafts: _Drafts) -> None:
    """Give a paragraph without quotation marks to whoever the line before it names: "She wrote:"."""
    tokens, text = tree.tokens, tree.parse.article.text
    sections = tree.parse.article.sections
    for (start, end), (low, high), section in zip(tree.paragraphs, tree.paragraphs[1:], sections[1:], strict=False):
        ends = text[low:high].rstrip()[-1:] in ".!?…"
        if not text[start:end].rstrip().endswith(":") or section.kind == "headline" or not ends or is_listed(text, low, high):
            continue
        cue = _last_cue(tree, drafts, start, end, within=BLOCK_TOKENS)
        first = bisect_left(tokens, low, key=lambda token: token.start)
        last = bisect_left(tokens, high, key=lambda token: token.start)
        quoted = any(tree.quote_of[index] >= 0 for index in range(first, min(first + 2, last)))
        if cue is None or cue.quotes or cue.content or quoted or cue.word is None or cue.word.act != "say":
            continue
        cue.content, cue.head, cue.rule, cue.kind = set(range(first, last)), first, "block", "direct"


def _last_cue(tree: Tree, drafts: _Drafts, start: int, end: int, *, within: int = COLON_TOKENS) -> Draft | None:
    """The last verb of saying in a paragraph's last sentence."""
    tokens = tree.tokens
    low = bisect_left(tokens, start, key=lambda token: token.start)
    high = bisect_left(tokens, end, key=lambda token: token.start)
    for index in range(high - 1, max(low - 1, high - within), -1):
        token = tokens[index]
        if token.text == "." or tree.quote_of[index] >= 0:
            break
        if token.pos == "VERB" and (word := reporting_word_at(tree, index)) is not None and word.frames & {"q", "c"}:
            return _join(tree, drafts, index, word, "colon")
    return None


def _root_cue(tree: Tree, drafts: _Drafts, end: int) -> Draft | None:
    """A draft of the main verb of a sentence that ends in a colon, of saying or not: "A post provides this commentary:"."""
    tokens = tree.tokens
    last = bisect_left(tokens, end, key=lambda token: token.start) - 1
    while last >= 0 and tokens[last].pos == "SPACE":
        last -= 1
    if last < 1 or tokens[last].text != ":" or tree.quote_of[last] >= 0:
        return None
    index = _leading_verb(tree, tree.parse.sentences[tree.sentence_of[last]].first_token, last)
    subject = None if index is None else subject_of(tree, index)
    if index is None or subject is None or index in drafts.by_index or is_passive(tree, index) or is_mute(tokens[subject]):
        return None
    source = source_tokens(tree, subject, (index,))
    draft = Draft(index, cue_tokens(tree, index), source, set(), "colon")
    drafts.add(draft)
    return draft


def _leading_verb(tree: Tree, first: int, last: int) -> int | None:
    """The verb that leads to a colon: the main one, or that of the last clause ("I was so upset that I changed my answer:")."""
    for index in range(last - 1, first - 1, -1):
        token = tree.tokens[index]
        clause = token.dep == "ccomp" and tree.kid(index, "nsubj") is not None
        if token.pos == "VERB" and (token.head == index or clause):
            return index
    return None


def _floating(tree: Tree, drafts: _Drafts, paragraph: int, first: int) -> Draft | None:
    """A quotation with no cue: the last subject before it in its paragraph that can speak."""
    tokens = tree.tokens
    start = tree.paragraphs[paragraph][0]
    for index in range(first - 1, max(-1, first - FLOATING_TOKENS), -1):
        token = tokens[index]
        if token.start < start:
            break
        if token.dep in ("nsubj", "nsubjpass") and (token.pos == "PROPN" or token.text.lower() in ("he", "she", "they")):
            return drafts.floating(first, source_tokens(tree, index))
    return None


def _told_last(tree: Tree, drafts: _Drafts, context: _Context) -> Draft | None:
    """Whose words in the narrator's the paragraph before ends with, where the next is all a quotation in the first person.

    "Lind answered them, saying her rivals were lying.¶ “I am sick of it.”"
    """
    text = tree.parse.article.text
    start, end = tree.paragraphs[context.paragraph]
    alone = not text[start : context.quote.start].strip() and not text[context.quote.end : end].strip()
    if not alone or not _IN_FIRST_PERSON.search(text, *context.quote.inner):
        return None
    first, last = (
        bisect_left(tree.tokens, edge, key=lambda token: token.start) for edge in tree.paragraphs[context.paragraph - 1]
    )
    while last > first and tree.tokens[last - 1].pos in ("PUNCT", "SPACE"):
        last -= 1
    ends = (
        draft
        for draft in drafts.all
        if first <= draft.index < last
        and last - 1 in draft.content
        and draft.source
        and tree.quote_of[draft.index] < 0
        and draft.word is not None
        and draft.word.act == "say"
        and draft.rule == "clause"
    )
    return min(ends, key=lambda draft: draft.index, default=None)


_IN_FIRST_PERSON = re.compile(r"\b(?:I|[Mm]y|me|mine)\b")
_SURROGATES = re.compile("[\ud800-\udfff]")


def find_attributions(text: str | Parse | Tree, *, nested: bool = False) -> list[Attribution]:
    """Find every attribution in a text: who (source) says or thinks (cue) what (content).

    Args:
        text: a parse or its tree, or a text that is read and parsed first.
        nested: also those that lie wholly inside another's content: whom a speaker quotes.

    Returns:
        Attributions by the start of their content, spans half-open offsets into the text. The source is empty
        where none is named ("reportedly"), the cue where a quotation goes on without one. No content overlaps
        its own source or cue, and none lies wholly inside another's, but for a turn of a transcript or a letter.

    Example:
        >>> text = "Anna Lind said that Norway had failed."
        >>> [found] = find_attributions(text)
        >>> [text[start:end] for start, end in (*found.source, *found.cue, *found.content)]
        ['Anna Lind', 'said', 'that Norway had failed']
    """
    if isinstance(text, str):
        from ..language import parse as parse_article

        if not any(char.isalnum() for char in text):
            return []
        encodable = _SURROGATES.sub("\ufffd", text)
        text = parse_article(read_text(encodable))
    tree = text if isinstance(text, Tree) else Tree(text)
    if tree.attributed is None:
        drafts = _Drafts([*drafts_of(tree), *labels_of(tree), *turns_of(tree), *letters_of(tree), *tweets_of(tree)])
        _Giver(tree, drafts).give_all()
        _sign_quotes(tree, drafts)
        _give_blocks(tree, drafts)
        tree.attributed = [attribution for draft in drafts.all if (attribution := _finish(tree, draft)) is not None]
    return _outermost(tree.attributed, nested=nested)


def _finish(tree: Tree, draft: Draft) -> Attribution | None:
    """Tokens become spans; quotations are taken whole; source and cue are cut out of the content."""
    text = tree.parse.article.text
    source = _bracketed(text, tree.spans(draft.source, keep_marks=False))
    if source and draft.rule not in SET_RULES and all(is_dateline(tree, start) for start, _ in source):
        return None
    cue = tree.spans(draft.cue, keep_marks=False) or tuple(
        (tree.tokens[i].start, tree.tokens[i].end) for i in sorted(draft.cue)
    )
    whole_quotes = [tree.quotes[number] for number in draft.quotes if not draft.cue or number != tree.quote_of[draft.index]]
    head_quote = tree.quote_of[draft.head] if draft.head >= 0 else -1
    tokens = set(draft.content)
    if head_quote >= 0 and head_quote in draft.quotes and tree.quote_of[draft.index] < 0 and draft.rule not in SET_RULES:
        first = tree.quotes[draft.quotes[0]]
        if (_spoken(text, first) or _introduced(text, first)) and not _goes_into(tree, draft, first):
            tokens = {index for index in tokens if tree.tokens[index].start < first.start and index < draft.index}
            if draft.index < draft.head:
                tokens = set()
    if tree.quote_of[draft.index] >= 0 and draft.rule not in SET_RULES and tree.quotes[tree.quote_of[draft.index]].closed:
        tokens = {index for index in tokens if tree.quote_of[index] == tree.quote_of[draft.index]}
    spans = list(tree.spans(tokens))
    spans.extend((quote.start, quote.end) for quote in whole_quotes)
    pieces = subtract(_joined(text, spans), [*source, *cue])
    content = tuple(span for span in pieces if any(char.isalnum() for char in text[slice(*span)]))
    if not content:
        return None
    quoted = sum(end - start for start, end in content if text[start] in QUOTE_CHARS)
    kind: AttributionKind = draft.kind or ("direct" if quoted > 0.5 * _length(content) else "indirect")
    return Attribution(source, cue, content, kind, draft.rule)


def _bracketed(text: str, source: Sequence[Span]) -> tuple[Span, ...]:
    """A source without a bracket that its last words open and do not close: "exit polls (a wide margin"."""
    if not source:
        return ()
    start, end = source[-1]
    opened = text.rfind("(", start, end)
    if opened <= start or text.find(")", opened, end) >= 0:
        return tuple(source)
    closed = text.find(")", end, end + 2)
    return *source[:-1], (start, closed + 1 if closed >= 0 else len(text[:opened].rstrip()))


def _goes_into(tree: Tree, draft: Draft, quote: Quotation) -> bool:
    """Whether a clause of the narrator goes on in a quotation: she said Birch “had failed, and failed again”."""
    text = tree.parse.article.text
    if draft.index >= draft.head or text[quote.inner[0] : quote.inner[0] + 1].isupper():
        return False
    subject = tree.kid(draft.head, "nsubj", "nsubjpass")
    return subject is not None and draft.index < subject and tree.tokens[subject].end <= quote.start


def _length(spans: Iterable[Span]) -> int:
    return sum(end - start for start, end in spans)


def _joined(text: str, spans: Iterable[Span]) -> list[Span]:
    """Spans in order, those that touch or overlap made one."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and (start <= joined[-1][1] or not text[joined[-1][1] : start].strip(" ,")):
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def subtract(spans: Iterable[Span], holes: Sequence[Span]) -> list[Span]:
    """Spans without the parts that lie in any hole."""
    remaining = []
    for start, end in spans:
        pieces = [(start, end)]
        for low, high in holes:
            pieces = (
                [
                    piece
                    for left, right in pieces
                    for piece in ((left, min(right, low)), (max(left, high), right))
                    if piece[0] < piece[1]
                ]
                if low < end and start < high
                else pieces
            )
        remaining.extend(pieces)
    return remaining


def _outermost(attributions: list[Attribution], *, nested: bool = False) -> list[Attribution]:
    """Attributions whose content is not wholly inside another's, or all of them, each content once, in reading order."""
    order = sorted(attributions, key=lambda attribution: (attribution.content[0][0], -_length(attribution.content)))
    outermost: list[Attribution] = []
    seen: set[tuple[Span, ...]] = set()
    open_: list[Attribution] = []
    for attribution in order:
        if attribution.content in seen:
            continue
        seen.add(attribution.content)
        open_ = [other for other in open_ if other.content[-1][1] > attribution.content[0][0]]
        if not nested and any(covers(other.content, attribution.content) for other in open_ if other.rule not in TURN_RULES):
            continue
        outermost.append(attribution)
        open_.append(attribution)
    return outermost


def covers(outer: Sequence[Span], inner: Sequence[Span]) -> bool:
    for start, end in inner:
        index = bisect_right(outer, (start, sys.maxsize)) - 1
        if index < 0 or outer[index][1] < end:
            return False
    return True


def source_head(parse: Parse, attribution: Attribution) -> Token | None:
    """The token that heads a source; for "who said" the noun that "who" stands for. None without a source."""
    if not attribution.source:
        return None
    tokens = parse.tokens
    start, end = attribution.source[0]
    first = bisect_left(tokens, start, key=lambda token: token.start)
    last = first
    while last < len(tokens) and tokens[last].start < end:
        last += 1
    inside = [token for token in tokens[first:last] if token.pos not in ("PUNCT", "SPACE")]
    head = next((token for token in inside if not first <= token.head < last or token.head == token.index), None)
    if head is not None and (head.tag in ("WP", "WDT") or (head.text.lower() == "that" and len(inside) == 1)):
        here = head
        for _ in range(6):
            here = tokens[here.head]
            if here.dep == "relcl":
                return tokens[person_meant(parse, here.head) if head.text.lower() == "who" else here.head]
    return head


def reporting_word(tree: Tree, attribution: Attribution) -> ReportingWord | None:
    """The lexicon's entry for an attribution's cue: whether it reports, endorses, keeps its distance or accuses."""
    tokens = tree.tokens
    for start, end in attribution.cue:
        index = bisect_left(tokens, start, key=lambda token: token.start)
        while index < len(tokens) and tokens[index].start < end:
            if (word := reporting_word_at(tree, index)) is not None:
                return word
            index += 1
    return None
