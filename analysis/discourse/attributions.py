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
from collections.abc import Iterable, Sequence

from ..model import Attribution, AttributionKind, Parse, Span, Token
from ..readers import read_article
from .frames import Draft, cue_tokens, drafts_of, labels_of
from .lexicon import ReportingWord
from .quotations import Quotation
from .syntax import QUOTE_CHARS, Tree, agent_of, is_passive, source_tokens, subject_after, subject_of, word_of


class _Drafts:
    """The drafts of an article, and each by the place of its cue."""

    __slots__ = ("all", "by_place")

    def __init__(self, drafts: Iterable[Draft]) -> None:
        self.all = list(drafts)
        self.by_place = {draft.place: draft for draft in self.all}

    def add(self, draft: Draft) -> None:
        """A draft that a quotation made; one without a cue has no place of its own."""
        self.all.append(draft)
        if draft.cue:
            self.by_place[draft.place] = draft


def _holders(tree: Tree, drafts: Iterable[Draft]) -> dict[int, Draft]:
    """The cue outside it that already has words of a quotation in its content, by the quotation's number."""
    found: dict[int, Draft] = {}
    for draft in drafts:
        if tree.quote_of[draft.place] >= 0:
            continue
        head_quote = tree.quote_of[draft.head] if draft.head >= 0 else -1
        for index in draft.content:
            inside = tree.quote_of[index]
            if inside < 0 or inside in found:
                continue
            if draft.word is not None and "q" not in draft.word.frames and inside != head_quote:
                continue
            found[inside] = draft
    return found


def _give_quotes(tree: Tree, drafts: _Drafts) -> None:
    """Give every spoken quotation to a cue: that of its sentence, the one before a colon, or the last speaker's."""
    tokens, text = tree.tokens, tree.parse.article.text
    owner = _holders(tree, drafts.all)
    starts = [token.start for token in tokens]
    last: Draft | None = None
    paragraph = -1
    begins = [span[0] for span in tree.paragraphs]
    labelled = {
        tree.quote_of[label.place]: label for label in drafts.all if label.rule == "label" and tree.quote_of[label.place] >= 0
    }
    for number, quote in enumerate(tree.quotes):
        here = bisect_right(begins, quote.start) - 1
        if number in labelled:
            last, paragraph = labelled[number], here
            continue
        fresh = here != paragraph
        first = bisect_left(starts, quote.start)
        after = bisect_left(starts, quote.end)
        draft = owner.get(number)
        spoken = _spoken(text, quote)
        sure = spoken or _introduced(text, quote)
        if draft is None and sure:
            draft = _beside(tree, drafts, number, first, after)
        if draft is None and first > 0 and not spoken:
            draft = _after_verb(tree, drafts, first)
        whole = text[quote.inner[0] : quote.inner[0] + 1].isupper() and text[quote.inner[1] - 1 : quote.inner[1]] in (
            ".",
            "?",
            "!",
        )
        if draft is None and (sure or whole or quote.carried):
            if last is not None and ((not fresh and (spoken or whole)) or (fresh and quote.carried)):
                draft = last
            if draft is None and fresh and here > 0 and spoken:
                draft = _colon(tree, drafts, here, quote)
            if draft is None and fresh and last is not None and _sentence_like(text, quote) and here - paragraph <= 1:
                draft = last
                if last.rule != "colon":
                    draft = Draft(first, set(), set(last.source), set(), "floating", kind="floating")
                    drafts.add(draft)
            if draft is None and _sentence_like(text, quote):
                draft = _floating(tree, drafts, here, first)
        if draft is not None:
            draft.quotes.append(number)
            if sure or quote.carried:
                last, paragraph = draft, here
        elif fresh and spoken:
            last = None


_SIGNATURE = re.compile(r"\s*[―—–-]{1,2}\s*(?=[A-Z])")


def _sign_quotes(tree: Tree, drafts: _Drafts) -> None:
    """ "…" ― Name: a quotation with nothing but a dash and a name after it is that name's."""
    tokens, text = tree.tokens, tree.parse.article.text
    given = {number for draft in drafts.all if draft.kind != "floating" for number in draft.quotes}
    for number, quote in enumerate(tree.quotes):
        dash = _SIGNATURE.match(text, quote.end, quote.end + 12)
        if number in given or dash is None:
            continue
        first = bisect_left(tokens, dash.end(), key=lambda token: token.start)
        last = first
        while (
            last < len(tokens)
            and last - first < 8
            and tokens[last].pos in ("PROPN", "ADJ", "NOUN")
            and tokens[last].text[0].isupper()
        ):
            last += 1
        rest = text[tokens[last - 1].end : tokens[last].end if last < len(tokens) else len(text)] if last > first else "-"
        if last - first < 2 or not re.match(r"\s*$|\s*[,.(|]|\s*\n", rest):
            continue
        for draft in drafts.all:
            if draft.kind == "floating" and number in draft.quotes:
                draft.quotes.remove(number)
        dash_token = bisect_left(tokens, dash.end() - 1, key=lambda token: token.end)
        drafts.add(Draft(first, {dash_token}, set(range(first, last)), set(), "signature", quotes=[number]))


def _spoken(text: str, quote: Quotation) -> bool:
    """Whether a quotation is somebody's sentence, not a title or a word held with tweezers."""
    inner = text[quote.inner[0] : quote.inner[1]].strip()
    words = inner.split()
    if not words:
        return False
    ends = inner[-1] in ".,?!…—-–" or (text[quote.end : quote.end + 1] in ",." and False)
    capitals = sum(word[:1].isupper() for word in words)
    if len(words) <= 8 and capitals >= 0.7 * len(words) and len(words) > 1 and inner[-1] not in "?!":
        return False
    return (len(words) >= 3 and ends and inner[:1].isupper()) or len(words) >= 9 or (len(words) >= 5 and ends)


def _sentence_like(text: str, quote: Quotation) -> bool:
    """Whether it begins and ends as a sentence does, and is no title."""
    inner = text[quote.inner[0] : quote.inner[1]].strip()
    begins = (
        text[max(0, quote.start - 9) : quote.start].rstrip()[-1:] in ("", ".", "!", "?", ":", "”", '"', "'", "’", "—", "-")
        or quote.carried
    )
    return begins and _spoken(text, quote) and inner[:1].isupper() and inner[-1:] in ".?!…" and len(inner.split()) >= 4


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
    closing = text[quote.inner[0] : quote.inner[1]].rstrip()[-1:]
    goes_on = text[quote.end : quote.end + 1] == "," or text[quote.end : quote.end + 3].lstrip()[:1].islower()
    if closing in ",?!—-–…" or goes_on:
        for index in range(after, min(after + 25, len(tokens))):
            token = tokens[index]
            if tree.quote_of[index] >= 0 or token.text in (".", ";", ":") or not _same_line(text, quote.end, token.start):
                break
            if (
                token.pos == "VERB"
                and (word := word_of(tree, index)) is not None
                and "q" in word.frames
                and not _before_that(tree, index)
            ):
                return _join(tree, drafts, index, word, "quote-cue")
    for index in range(first - 1, max(-1, first - 30), -1):
        token = tokens[index]
        if tree.quote_of[index] >= 0 or token.text in (".", ";", "?", "!") or not _same_line(text, token.start, quote.start):
            break
        if token.pos == "VERB" and (word := word_of(tree, index)) is not None and "q" in word.frames:
            return _join(tree, drafts, index, word, "cue-quote")
        if token.text.lower() == "according":
            return None
    if first and tokens[first - 1].text == ":" and _same_line(text, tokens[first - 1].start, quote.start):
        return _root_cue(tree, drafts, tokens[first - 1].end)
    return None


def _after_verb(tree: Tree, drafts: _Drafts, first: int) -> Draft | None:
    """The cue that stands right before a short quotation: she said "no"."""
    token = tree.tokens[first - 1]
    if (
        token.pos != "VERB"
        or tree.quote_of[first - 1] >= 0
        or tree.sentence_of[first - 1] != tree.sentence_of[min(first, len(tree.tokens) - 1)]
    ):
        return None
    word = word_of(tree, first - 1)
    if word is None or "q" not in word.frames or word.act != "say":
        return None
    return _join(tree, drafts, first - 1, word, "cue-quote")


def _before_that(tree: Tree, index: int) -> bool:
    return index + 1 < len(tree.tokens) and tree.tokens[index + 1].text.lower() == "that"


def _same_line(text: str, start: int, end: int) -> bool:
    return not any(char in "\n\r\u2028\u2029" for char in text[start:end])


def _join(tree: Tree, drafts: _Drafts, index: int, word: ReportingWord, rule: str) -> Draft:
    """The draft of a cue, made new where the parse gave it none."""
    draft = drafts.by_place.get(index)
    if draft is not None:
        return draft
    subject = agent_of(tree, index) if is_passive(tree, index) else subject_of(tree, index)
    if subject is None:
        subject = subject_after(tree, index)
    source = source_tokens(tree, subject, (index,))
    source = {place for place in source if tree.quote_of[place] < 0}
    draft = Draft(index, cue_tokens(tree, index), source, set(), rule, word)
    drafts.add(draft)
    return draft


def _colon(tree: Tree, drafts: _Drafts, paragraph: int, quote: Quotation) -> Draft | None:
    """The cue of a paragraph that ends with a colon, for the quotation that opens the next."""
    text = tree.parse.article.text
    start, end = tree.paragraphs[paragraph - 1]
    if text[tree.paragraphs[paragraph][0] : quote.start].strip() or not text[start:end].rstrip().endswith(":"):
        return None
    return _last_cue(tree, drafts, start, end) or _root_cue(tree, drafts, end)


def _last_cue(tree: Tree, drafts: _Drafts, start: int, end: int) -> Draft | None:
    tokens = tree.tokens
    low = bisect_left(tokens, start, key=lambda token: token.start)
    high = bisect_left(tokens, end, key=lambda token: token.start)
    for index in range(high - 1, max(low - 1, high - 40), -1):
        token = tokens[index]
        if token.text == "." or tree.quote_of[index] >= 0:
            break
        if token.pos == "VERB" and (word := word_of(tree, index)) is not None and word.frames & {"q", "c"}:
            return _join(tree, drafts, index, word, "colon")
    return None


def _root_cue(tree: Tree, drafts: _Drafts, end: int) -> Draft | None:
    """ "A post provides this commentary:" the main verb of a sentence that ends in a colon, though no verb of saying."""
    tokens = tree.tokens
    last = bisect_left(tokens, end, key=lambda token: token.start) - 1
    while last >= 0 and tokens[last].pos == "SPACE":
        last -= 1
    if last < 1 or tokens[last].text != ":" or tree.quote_of[last] >= 0:
        return None
    sentence = tree.parse.sentences[tree.sentence_of[last]]
    for index in range(sentence.first_token, last):
        token = tokens[index]
        if token.head == index and token.pos == "VERB":
            subject = subject_of(tree, index)
            if index in drafts.by_place or subject is None or is_passive(tree, index):
                return None
            source = (
                set()
                if tokens[subject].text.lower() in ("it", "this", "that", "here")
                else source_tokens(tree, subject, (index,))
            )
            draft = Draft(index, cue_tokens(tree, index), source, set(), "colon")
            drafts.add(draft)
            return draft
    return None


def _floating(tree: Tree, drafts: _Drafts, paragraph: int, first: int) -> Draft | None:
    """A quotation with no cue: the last subject before it in its paragraph that can speak."""
    tokens = tree.tokens
    start = tree.paragraphs[paragraph][0]
    for index in range(first - 1, max(-1, first - 60), -1):
        token = tokens[index]
        if token.start < start:
            break
        if token.dep in ("nsubj", "nsubjpass") and (token.pos == "PROPN" or token.text.lower() in ("he", "she", "they")):
            draft = Draft(first, set(), source_tokens(tree, index), set(), "floating", kind="floating")
            drafts.add(draft)
            return draft
    return None


_SURROGATES = re.compile("[\ud800-\udfff]")


def find_attributions(text: str | Parse) -> list[Attribution]:
    """Every attribution in a text: who (source) says or thinks (cue) what (content).

    Args:
        text: a parse, or a text that is read and parsed first.

    Returns:
        Attributions by the start of their content, spans half-open offsets into the text. The source is empty
        where none is named ("reportedly"), the cue where a quotation goes on without one. No content overlaps
        its own source or cue, and none lies wholly inside another's.
    """
    if isinstance(text, str):
        from ..language import parse as parse_article

        if not any(char.isalnum() for char in text):
            return []
        whole = _SURROGATES.sub("\ufffd", text)
        parsed = parse_article(read_article(whole if "\n" in whole else whole + "\n"))
    else:
        parsed = text
    tree = Tree(parsed)
    drafts = _Drafts([*drafts_of(tree), *labels_of(tree)])
    _give_quotes(tree, drafts)
    _sign_quotes(tree, drafts)
    return _outermost([found for draft in drafts.all if (found := _finish(tree, draft)) is not None])


def _finish(tree: Tree, draft: Draft) -> Attribution | None:
    """Tokens become spans; quotations are taken whole; source and cue are cut out of the content."""
    text = tree.parse.article.text
    source = tree.spans(draft.source, keep_marks=False)
    cue = tree.spans(draft.cue, keep_marks=False) or tuple(
        (tree.tokens[i].start, tree.tokens[i].end) for i in sorted(draft.cue)
    )
    whole = [tree.quotes[number] for number in draft.quotes if not draft.cue or number != tree.quote_of[draft.place]]
    head_quote = tree.quote_of[draft.head] if draft.head >= 0 else -1
    tokens = set(draft.content)
    if head_quote >= 0 and head_quote in draft.quotes and tree.quote_of[draft.place] < 0 and draft.rule != "label":
        first = tree.quotes[draft.quotes[0]]
        if _spoken(text, first) or _introduced(text, first):
            tokens = {index for index in tokens if tree.tokens[index].start < first.start and index < draft.place}
            if draft.place < draft.head:
                tokens = set()
    spans = list(tree.spans(tokens))
    spans.extend((quote.start, quote.end) for quote in whole)
    pieces = subtract(_joined(text, spans), [*source, *cue])
    content = tuple(span for span in pieces if any(char.isalnum() for char in text[slice(*span)]))
    if not content:
        return None
    quoted = sum(end - start for start, end in content if text[start] in QUOTE_CHARS)
    kind: AttributionKind = draft.kind or ("direct" if quoted > 0.5 * _length(content) else "indirect")
    return Attribution(source, cue, content, kind, draft.rule)


def _length(spans: Iterable[Span]) -> int:
    return sum(end - start for start, end in spans)


def _joined(text: str, spans: Iterable[Span]) -> list[Span]:
    """Spans in order, those that touch or overlap made one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and (start <= found[-1][1] or not text[found[-1][1] : start].strip(" ,")):
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def subtract(spans: Iterable[Span], holes: Sequence[Span]) -> list[Span]:
    """Spans without the parts that lie in any hole."""
    found = []
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
        found.extend(pieces)
    return found


def _outermost(found: list[Attribution]) -> list[Attribution]:
    """Attributions whose content is not wholly inside another's, in reading order."""
    order = sorted(found, key=lambda item: (item.content[0][0], -_length(item.content)))
    kept: list[Attribution] = []
    seen: set[tuple[Span, ...]] = set()
    open_: list[Attribution] = []
    for item in order:
        if item.content in seen:
            continue
        seen.add(item.content)
        open_ = [other for other in open_ if other.content[-1][1] > item.content[0][0]]
        if any(covers(other.content, item.content) for other in open_):
            continue
        kept.append(item)
        open_.append(item)
    return kept


def covers(outer: Sequence[Span], inner: Sequence[Span]) -> bool:
    for start, end in inner:
        place = bisect_right(outer, (start, sys.maxsize)) - 1
        if place < 0 or outer[place][1] < end:
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
                return tokens[here.head]
    return head


def reporting_word(parse: Parse, attribution: Attribution) -> ReportingWord | None:
    """The lexicon's entry for an attribution's cue: whether it reports, endorses, keeps its distance or accuses."""
    return cue_word(Tree(parse), attribution)


def cue_word(tree: Tree, attribution: Attribution) -> ReportingWord | None:
    tokens = tree.tokens
    for start, end in attribution.cue:
        place = bisect_left(tokens, start, key=lambda token: token.start)
        while place < len(tokens) and tokens[place].start < end:
            if (word := word_of(tree, place)) is not None:
                return word
            place += 1
    return None
