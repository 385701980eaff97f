"""The parts of a plain text: headline, summary points, headings, paragraphs, and what is set aside."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from ..constants import (
    BYLINE_LINES,
    CAPTION_MIN_WORDS,
    HEADING_MAX_CHARS,
    HEADLINE_MAX_CHARS,
    HEADLINE_MIN_WORDS,
    TURNS_LABELLED_SHARE,
    WRAP_MAX_CHARS,
)
from ..model import Section, SectionKind, Span
from .asides import aside_of, is_credit, is_kicker, is_list_title, is_name

_BULLET: Final = re.compile(r"(?:[-*+•‣◦▪●–—]|\d{1,2}[.)])[ \t\u00a0]+")
_HASHES: Final = re.compile(r"#{1,6}[ \t]+")
_SENTENCE_END: Final = re.compile(r"[.!?…][\"'”’»)\]]*$")
_NO_HEADING_END: Final = re.compile(r"[.,;:…\"'”’]$")
_BREAKS_OFF: Final = re.compile(
    r"(?:[,;–—-]|\b(?:the|an?|and|or|of|to|in|on|at|for|with|by|from|that|which|who|as|but|is|are|was|were|had|has|have|said|his|her|its|their))$",
    re.IGNORECASE,
)
_LABEL: Final = re.compile(r"(?:[QA][:.]|[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,3}(?:, [\w ]+)?:)(?:\s|$)")
_ASKED: Final = re.compile(r"(?:[QA][:.]|(?:Question|Answer|Interviewer|Host|Moderator):)\s", re.IGNORECASE)
_FRONT: Final = re.compile(r"\A\ufeff?(---|\+\+\+)[ \t]*\r?\n(?P<lines>(?:.*\r?\n){1,40}?)\1[ \t]*(?:\r?\n|\Z)")
_MAIL: Final = re.compile(r"\A\ufeff?(?P<lines>(?:[A-Z][\w-]{1,30}: .*\r?\n(?:[ \t]+.*\r?\n)*){2,20})(?=\r?\n)")
_FRONT_LINE: Final = re.compile(r"(?P<key>[A-Za-z][\w -]{0,30})[ \t]*[:=][ \t]*(?P<value>.*)")


def front_matter(text: str) -> tuple[Span | None, dict[str, str]]:
    """The block between two lines of "---" at the top of a text, and what it says, keys in small letters.

    The lines at the top of a message count too ("From: …", "Subject: …"); its subject is the title.

    Example:
        >>> front_matter("---\\noutlet: The Herald\\ndate: 2024-05-03\\n---\\nNorway won.")
        ((0, 44), {'outlet': 'The Herald', 'date': '2024-05-03'})
    """
    match = _FRONT.match(text) or _MAIL.match(text)
    lines = [line for line in match["lines"].splitlines() if line.strip()] if match else []
    fields = [_FRONT_LINE.fullmatch(line.strip()) for line in lines]
    if match is None or not any(fields):
        return None, {}
    keys = {line["key"].casefold().strip(): line["value"].strip().strip("\"'") for line in fields if line}
    if match.re is _MAIL:
        if not {"subject", "from"} <= set(keys):
            return None, {}
        keys = {"title": keys["subject"], "date": keys.get("date", "")}
    return match.span(), keys


def sections_of(text: str) -> list[Section]:
    """The parts of a text in reading order, each without outer white space; lines of signs alone are none.

    A block is what blank lines part. In a block whose lines were wrapped by hand, the lines are one paragraph; elsewhere each
    line is a section of its own: a bullet, a heading (short, no closing punctuation, and text after it) or a paragraph. Bullets
    before the first paragraph are the summary; later ones are body. Bylines, captions, links and footers are set aside.
    """
    front, _ = front_matter(text)
    begin = front[1] if front else 0
    lines = [line for block in _blocks(text, begin) for line in block]
    sections = [Section("boilerplate", *_stripped(text, *front))] if front else []
    parts = _sections(text, lines, [None] * len(lines))
    if all(part.aside for part in parts):  # nothing but asides: a text of one line is no footer
        parts = [Section("body", start, end) for start, end in lines] or [Section("body", *_stripped(text, begin, len(text)))]
    return [*sections, *(part for part in parts if part.start < part.end)]


def assembled(blocks: Iterable[tuple[SectionKind | None, str]]) -> tuple[str, tuple[Section, ...]]:
    """A text made of blocks with a blank line between, and its parts.

    Args:
        blocks: the words of each and its kind; None where the kind is to be told as in a plain text.
    """
    written = [(kind, " ".join(words.split())) for kind, words in blocks]
    written = [(kind, words) for kind, words in written if any(char.isalnum() for char in words)]
    ends = list(itertools.accumulate(len(words) + 2 for _, words in written))
    lines = [(end - len(words) - 2, end - 2) for end, (_, words) in zip(ends, written, strict=True)]
    text = "\n\n".join(words for _, words in written)
    return text + "\n", tuple(_sections(text, lines, [kind for kind, _ in written]))


def _sections(text: str, lines: Sequence[Span], given: Sequence[SectionKind | None]) -> list[Section]:
    kinds = [
        (kind if kind != "body" else None) or aside_of(text[slice(*line)], "anywhere")
        for kind, line in zip(given, lines, strict=True)
    ]
    _set_aside_edges(text, lines, kinds)
    return list(_parts(text, lines, [set_aside or given_kind for set_aside, given_kind in zip(kinds, given, strict=True)]))


def _set_aside_edges(text: str, lines: Sequence[Span], kinds: list[SectionKind | None]) -> None:
    """Set aside what is an aside only above the first paragraph or below the last."""
    words = [text[start:end] for start, end in lines]
    _set_aside_lists(text, lines, kinds)
    text_lines = [index for index, kind in enumerate(kinds) if kind is None]
    top = list(itertools.takewhile(lambda index: _is_short(words[index]), text_lines))
    for index in list(top[:-1]):
        following = next(
            (words[after] for after in top if after > index and len(words[after].split()) >= HEADLINE_MIN_WORDS), ""
        )
        if len(text_lines) < 3 or not is_kicker(words[index], following):
            break
        kinds[text_lines.pop(0)] = "boilerplate"
    short = itertools.takewhile(lambda index: _is_short(words[index]), text_lines[1 : 1 + BYLINE_LINES])
    for index in reversed(list(short)):
        line = text[slice(*lines[index])]
        beneath = index + 1 < len(kinds) and kinds[index + 1] == "byline"
        if (
            index
            and kinds[index - 1] == "caption"
            and is_credit(words[index - 1])
            and len(words[index].split()) >= CAPTION_MIN_WORDS
        ):
            kinds[index] = "caption"  # some sites put the credit above the caption
            continue
        kinds[index] = "byline" if beneath and is_name(line) else aside_of(line, "top")
    for index in reversed(text_lines[3:]):
        kind = aside_of(text[slice(*lines[index])], "end")
        if kind is None:
            break
        kinds[index] = kind


def _set_aside_lists(text: str, lines: Sequence[Span], kinds: list[SectionKind | None]) -> None:
    """Set aside the headlines listed beneath "Related topics" or "Top stories"; after the last paragraph, all that follow."""
    words = [text[start:end] for start, end in lines]
    last = max(
        (index for index, line in enumerate(words) if kinds[index] is None and line.endswith((".", ".”", '."'))), default=-1
    )
    listed = False
    for index, line in enumerate(words):
        near = index > 0 and text[lines[index - 1][1] : lines[index][0]].strip("\r") in ("\n", "\r\n", "")
        if kinds[index] is not None:
            listed = (listed and (near or index > last)) or is_list_title(line)
        elif listed and (near or index > last) and len(line) <= HEADLINE_MAX_CHARS and not re.search(r"[.:;][”\"]?$", line):
            kinds[index] = "boilerplate"
        else:
            listed = False


def _parts(text: str, lines: Sequence[Span], kinds: Sequence[SectionKind | None]) -> Iterator[Section]:
    own = [index for index, kind in enumerate(kinds) if kind is None]
    first = own[0] if own else -1
    texts = [text[slice(*lines[index])] for index in own]
    turns = _is_turns(texts) or _is_turns(texts[1:])
    titled = "headline" not in kinds and not (turns and _LABEL.match(texts[0]))
    seen_body = False
    for index, (start, end) in enumerate(lines):
        line = text[start:end]
        kind = kinds[index]
        following = own[after] if (after := bisect_right(own, index)) < len(own) else None
        if kind is not None:
            seen_body |= kind == "body"
            yield Section(kind, start, end)
        elif bullet := _BULLET.match(line):
            yield Section("body" if seen_body else "summary", start + bullet.end(), end)
        elif index == first and following is not None and titled and _is_headline(line):
            yield Section("headline", start + (marks.end() if (marks := _HASHES.match(line)) else 0), end)
        elif hashes := _HASHES.match(line):
            yield Section("heading", start + hashes.end(), end)
        elif (
            following is not None
            and not (turns and _LABEL.match(line))
            and _is_heading(line)
            and not _BULLET.match(text[slice(*lines[following])])
        ):
            yield Section("heading", start, end)
        else:
            seen_body = True
            yield Section("body", start, end)


def _blocks(text: str, begin: int) -> Iterator[list[Span]]:
    """Groups of line spans parted by blank lines or asides, hand-wrapped paragraphs joined, without outer white space."""
    block: list[Span] = []
    breaks = 0
    first = True
    for match in re.compile(r"(?P<line>[^\r\n\u2028\u2029\v\f\x85]+)|\r\n?|[\n\u2028\u2029\v\f\x85]").finditer(text, begin):
        stripped = (match["line"] or "").strip().strip("\ufeff").strip()
        if stripped:
            if block and breaks >= 2:
                yield _unwrap(text, block, first=first)
                block, first = [], False
            breaks = 0
            start = match.start() + match.group().index(stripped)
            if any(char.isalnum() for char in stripped):
                aside = aside_of(stripped, "anywhere") and not (block and _runs_on(text[slice(*block[-1])], stripped))
                if aside and block:
                    yield _unwrap(text, block, first=first)
                    block, first = [], False
                block.append((start, start + len(stripped)))
                if aside:
                    yield block
                    block = []
            elif block:  # a rule of stars or dashes parts as a blank line does
                yield _unwrap(text, block, first=first)
                block, first = [], False
        elif match["line"] is None:
            breaks += 1
    if block:
        yield _unwrap(text, block, first=first)


def _unwrap(text: str, block: list[Span], *, first: bool) -> list[Span]:
    """One span where the lines were wrapped by hand, which shows where one breaks off in mid-sentence."""
    lines = [text[start:end] for start, end in block]
    open_ended = sum(not _SENTENCE_END.search(line) for line in lines[:-1])
    if max(map(len, lines)) > WRAP_MAX_CHARS or any(_BULLET.match(line) or _HASHES.match(line) for line in lines):
        return block
    runs_on = list(itertools.starmap(_runs_on, itertools.pairwise(lines)))
    if len(block) == 2:
        wrapped = runs_on[0] and (first or lines[1][0].islower())
    else:
        wrapped = len(block) >= 3 and open_ended > 0.5 * (len(lines) - 1) and any(runs_on)
    return [(block[0][0], block[-1][1])] if wrapped else block


def _runs_on(line: str, after: str) -> bool:
    """Whether a line breaks off in mid-sentence and the next one takes it up."""
    return not _SENTENCE_END.search(line) and (after[0].islower() or bool(_BREAKS_OFF.search(line)))


def _is_short(line: str) -> bool:
    return len(line) <= WRAP_MAX_CHARS and not _SENTENCE_END.search(line)


def _stripped(text: str, start: int, end: int) -> Span:
    inner = text[start:end].strip()
    begin = text.index(inner, start)
    return begin, begin + len(inner)


def _is_turns(lines: Sequence[str]) -> bool:
    """Whether a text is an interview or transcript: its first line has a speaker's label, and many others have one."""
    if not lines or not _LABEL.match(lines[0]):
        return False
    if _ASKED.match(lines[0]):
        return True
    labelled = sum(bool(_LABEL.match(line)) for line in lines)
    return labelled >= 2 and labelled >= TURNS_LABELLED_SHARE * len(lines)


def _is_headline(line: str) -> bool:
    ends_a_sentence = re.search(r"[.,;:]$", line) and not _ABBREVIATED.search(line)
    return len(line) <= HEADLINE_MAX_CHARS and not ends_a_sentence


_ABBREVIATED: Final = re.compile(r"\b(?:[A-Z]\.){2,}$|\b(?:Inc|Co|Corp|Ltd|Jr|Sr)\.$")
"""An abbreviation at the end of a headline: "Lind Sues the G.O.P."."""


def _is_heading(line: str) -> bool:
    return (
        len(line) <= HEADING_MAX_CHARS
        and not _NO_HEADING_END.search(line)
        and (line[0].isupper() or line[0].isdigit())
        and any(char.isalpha() for char in line)
    )
