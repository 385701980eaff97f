"""Quotation marks become quotations: which mark opens, which closes, and what runs on into the next paragraph.

One pass over the text, linear in its length whatever it holds: an odd mark, ten thousand of them, marks inside
marks, right-to-left text or a quotation as long as the article. Only outermost quotations are returned.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from ..model import Span

_MARK: Final = re.compile(r"''|``|[\"“”„‟«»‹›‘’‚'`״＂「」『』]")
PARAGRAPHS_CARRIED: Final = 8
"""A quotation left open goes on through at most so many paragraphs without a mark until one that closes it."""

_PAIRS: Final = {"“": "”", "„": "“”", "”": "”", "‟": "”", "«": "»", "»": "«", "‹": "›", "「": "」", "『": "』"}
_STRAIGHT: Final = frozenset(['"', "''", "``", "＂", "״"])
_SINGLE: Final = frozenset("‘’‚'`")


@dataclass(frozen=True, slots=True)
class Quotation:
    """One outermost quotation, its marks included.

    Attributes:
        start: where its first mark starts in the text.
        end: where it ends, exclusive.
        inner: the span between the marks.
        closed: False where the paragraph ended before a mark closed it.
        carried: whether it goes on with the quotation of the paragraph before, which no mark closed.
    """

    start: int
    end: int
    inner: Span
    closed: bool
    carried: bool


def find_quotations(text: str, paragraphs: Sequence[Span]) -> tuple[Quotation, ...]:
    """The outermost quotations of a text, in order.

    Args:
        text: the whole text.
        paragraphs: spans of its paragraphs, in order; a quotation never crosses one, but goes on in the next
            where that opens with a mark of its own, as newspapers do.

    Returns:
        Quotations that do not overlap. A lone mark opens a quotation only where a word follows it and none was
        open; an apostrophe, a foot or an inch opens none.
    """
    quotations: list[Quotation] = []
    between: list[Span] = []
    pending = False
    for start, end in paragraphs:
        here = list(_paragraph(text, start, end))
        if pending and quotations and text[quotations[-1].start] == "“":
            mark = re.compile("[“”]").search(text, start, end)
            if mark is not None and mark.group() == "”":
                quotations.extend(
                    Quotation(low, high, (low, high), False, True) for low, high in [*between, (start, mark.end())]
                )
                here = [quote for quote in here if quote.start >= mark.end()]
                between, pending = [], False
            elif mark is None and len(between) < PARAGRAPHS_CARRIED:
                between.append((start, _trimmed(text, end)))
                continue
        between = []
        if pending and not here and text[quotations[-1].start] == '"':
            last = _trimmed(text, end)
            if text[last - 1] == '"' and text.count('"', start, last) == 1:
                here = [Quotation(start, last, (start, last - 1), True, True)]
        if pending and here and not text[start : here[0].start].strip():
            here[0] = Quotation(here[0].start, here[0].end, here[0].inner, here[0].closed, True)
        pending = bool(here) and not here[-1].closed
        quotations.extend(here)
    return tuple(quotations)


_Mark = tuple[int, int, str]


def _paragraph(text: str, start: int, end: int) -> Iterator[Quotation]:
    """The quotations of one paragraph, mark by mark; which marks close one depends on the mark that opened it."""
    marks = [(match.start(), match.end(), match.group()) for match in _MARK.finditer(text, start, end)]
    line = _Line(text, start, end, _closers(text, marks, start, end), _nested(marks), len(marks))
    opened: _Mark | None = None
    depth = 0
    for index, mark in enumerate(marks):
        if opened is None:
            if line.opens(index, mark):
                opened, depth = mark, 1
            continue
        change = line.change(opened, depth, index, mark)
        depth += change
        if depth == 0:
            yield Quotation(opened[0], mark[1], (opened[1], mark[0]), True, False)
            opened = None
        elif change == _LOST:
            yield Quotation(opened[0], _trimmed(text, mark[0]), (opened[1], _trimmed(text, mark[0])), False, False)
            opened, depth = mark, 1
    if opened is not None and opened[2] not in _SINGLE:
        last = _trimmed(text, end)
        if last > opened[1]:
            yield Quotation(opened[0], last, (opened[1], last), False, False)


_LOST: Final = 1_000_000
"""What a mark adds to the depth that opens a quotation anew: the one before was never closed."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A paragraph with what is known of each of its marks: whether a closer follows it, whether it nests."""

    text: str
    start: int
    end: int
    closers: Sequence[bool]
    nested: Sequence[bool]
    count: int

    def opens(self, index: int, mark: _Mark) -> bool:
        """Whether a mark opens a quotation where none is open."""
        return _opens(self.text, *mark, self.start, self.end) and (mark[2] not in _SINGLE or self.closers[index])

    def change(self, opened: _Mark, depth: int, index: int, mark: _Mark) -> int:
        """What a mark adds to the depth of the open quotation: as much as takes it to zero where it closes it."""
        first, (left, right, sign) = opened[2], mark
        if first in _SINGLE:
            return -depth if sign in ("’", "'") and _closes_single(self.text, left, right, self.start, self.end) else 0
        must_open = _must_open(self.text, left, right, self.start, self.end)
        if first in _STRAIGHT:
            return self._straight(depth, index, sign, must_open=must_open)
        if sign in _PAIRS[first] or (sign == '"' and not must_open):
            return -1
        if sign == first and self.nested[index]:
            return 1
        odd = sign == first == "“" and not must_open and self.text[left - 1] in ",.?!…—"
        return -depth if odd else 0

    def _straight(self, depth: int, index: int, sign: str, *, must_open: bool) -> int:
        """The same in a quotation that a straight mark opened: curly ones nest in it, a straight one closes it or is lost."""
        if sign == "“":
            return 1
        if sign == "”" and depth > 1:
            return -1
        if sign not in _STRAIGHT and sign != "”":
            return 0
        return _LOST if must_open and index + 1 < self.count else -depth


def _closers(text: str, marks: Sequence[tuple[int, int, str]], start: int, end: int) -> list[bool]:
    """For each mark, whether a mark that can close a single quotation follows it in the paragraph."""
    later, is_closed = [], False
    for left, right, mark in reversed(marks):
        later.append(is_closed)
        is_closed = is_closed or (mark in ("’", "'") and _closes_single(text, left, right, start, end))
    return later[::-1]


def _nested(marks: Sequence[tuple[int, int, str]]) -> list[bool]:
    """For each opening mark, whether the next two of its pair both close: it opens a quotation in a quotation."""
    nested = [False] * len(marks)
    for opening, closing in (("“", "”"), ("«", "»"), ("„", "“")):
        after: list[str] = []
        for index in range(len(marks) - 1, -1, -1):
            mark = marks[index][2]
            if mark in (opening, closing):
                nested[index] = nested[index] or (mark == opening and after[-2:] == [closing, closing])
                after.append(mark)
    return nested


def _opens(text: str, left: int, right: int, mark: str, start: int, end: int) -> bool:
    after = text[right : right + 1] if right < end else ""
    if not after or after.isspace():
        return False
    if mark in _SINGLE:
        before = text[left - 1 : left] if left > start else ""
        if mark == "’" or (before and not (before.isspace() or before in "([—–-,:")):
            return False
        return mark in "‘‚" or not _ELISION.match(text, right)
    if mark in _STRAIGHT:
        before = text[left - 1 : left] if left > start else ""
        return not (before.isdigit() and (after.isspace() or after in ",.;)"))
    if mark == "”":
        return (left == start or text[left - 1].isspace()) and after.isalnum()
    return mark in _PAIRS


_ELISION: Final = re.compile(r"(?:\d\ds?\b|tis\b|twas\b|em\b|til\b|cause\b|n\b|cuz\b|round\b)", re.IGNORECASE)


def _closes_single(text: str, left: int, right: int, start: int, end: int) -> bool:
    before = text[left - 1 : left] if left > start else " "
    after = text[right : right + 1] if right < end else ""
    return (
        not before.isspace() and not after.isalnum() and (before in ".,?!…;—" or before.lower() != "s" or after in ',.;:?!)”"')
    )


def _must_open(text: str, left: int, right: int, start: int, end: int) -> bool:
    """A straight mark that can only open: white space before it, none after."""
    before = text[left - 1 : left] if left > start else " "
    after = text[right : right + 1] if right < end else " "
    return before.isspace() and (after.isalnum() or after in "‘“'($")


def _trimmed(text: str, end: int) -> int:
    while end and text[end - 1].isspace():
        end -= 1
    return end
