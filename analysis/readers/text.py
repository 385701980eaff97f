"""A text becomes an Article: its headline, summary points, headings and paragraphs, with offsets.

The text is kept exactly as read, line ends included; everything after works on offsets into it.
"""

from __future__ import annotations

import codecs
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from ..constants import CONTROL_SHARE_MAX, HEADING_MAX_CHARS, HEADLINE_MAX_CHARS, WRAP_MAX_CHARS
from ..errors import EmptyArticle, MissingArticle, UnreadableArticle
from ..model import Article, Section, SectionKind

_BULLET = re.compile(r"(?:[-*+•‣◦▪●–—]|\d{1,2}[.)])[ \t\u00a0]+")
_HASHES = re.compile(r"#{1,6}[ \t]+")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*$")
_NO_HEADING_END = re.compile(r"[.,;:…\"'”’]$")
_CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\v\f\r\x1b")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_FORMATS = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a ZIP archive or an office document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"{\\rtf": "an RTF document",
    b"\xd0\xcf\x11\xe0": "an office document",
}


def read_article(source: str | Path) -> Article:
    """Read one article from a file, or from the text itself.

    Args:
        source: a path to a text file; or, as ``str``, the article's own text (anything holding a line break,
            or longer than a path can be).

    Returns:
        The article, its text untouched. ``notes`` says which encoding was recognised where it was not UTF-8.

    Raises:
        MissingArticle: no such file, or a folder. EmptyArticle: only white space.
        UnreadableArticle: binary, or bytes that no encoding explains.
    """
    if isinstance(source, str) and (re.search(r"[\r\n]", source) or len(source) > 1024 or not source.strip()):
        return _article(source, name="text", source="text", notes=())
    path = Path(source).expanduser()
    if path.is_dir():
        raise MissingArticle(f"{path} is a folder, not an article. Name a text file in it.")
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        near = sorted(path.parent.glob("*.txt"))[:3] if path.parent.is_dir() else []
        hint = f" Beside it: {', '.join(p.name for p in near)}." if near else " Check the spelling of the path."
        raise MissingArticle(f"There is no file {path}.{hint}") from None
    except OSError as problem:
        raise MissingArticle(f"{path} cannot be opened: {problem.strerror}.") from None
    text, notes = _decode(raw, path.name)
    return _article(text, name=path.stem, source=path.name, notes=notes)


def _article(text: str, *, name: str, source: str, notes: tuple[str, ...]) -> Article:
    if not re.search(r"\w", text):
        where = "The text" if source == "text" else source
        raise EmptyArticle(f"{where} holds no words ({len(text)} characters). Paste the article's text into it.")
    sections = tuple(_sections(text))
    first = sections[0]
    if first.kind == "headline" or (len(sections) > 1 and first.kind == "heading"):
        title = text[first.start : first.end]
    elif source == "text":
        title = _shorten(text[first.start : first.end])
    else:
        title = name.replace("-", " ").replace("_", " ").strip().capitalize() or _shorten(text)
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    ident = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "article"
    return Article(
        ident if source != "text" else f"text-{digest[:8]}", " ".join(title.split()), text, sections, source, digest, notes
    )


def _shorten(text: str, limit: int = 70) -> str:
    words = " ".join(text.split())
    return words if len(words) <= limit else words[:limit].rsplit(" ", 1)[0] + " …"


def _decode(raw: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """The text of some bytes: UTF-8, else a byte order mark, else a legacy encoding that explains them all."""
    for magic, what in _FORMATS.items():
        if raw.startswith(magic):
            raise UnreadableArticle(f"{name} is {what}, not text. Save its words as a .txt file and name that.")
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            try:
                text = raw.decode(encoding)
            except UnicodeDecodeError as problem:
                raise _undecodable(raw, name, problem.start, encoding) from None
            return text, () if encoding == "utf-8-sig" else (f"Read as {encoding.upper()} (by its byte order mark).",)
    if sum(byte in _CONTROLS for byte in raw[:65536]) > CONTROL_SHARE_MAX * max(1, len(raw[:65536])):
        raise UnreadableArticle(f"{name} is binary, not text. Save its words as a .txt file and name that.")
    try:
        return raw.decode("utf-8"), ()
    except UnicodeDecodeError as problem:
        place = problem.start
    return _legacy(raw, name, place)


def _legacy(raw: bytes, name: str, place: int) -> tuple[str, tuple[str, ...]]:
    """Recognise an encoding older than UTF-8; refuse UTF-8 that is merely broken."""
    broken = raw.decode("utf-8", "replace")
    if any(ord(char) > 127 and char != "\ufffd" for char in broken):
        raise _undecodable(raw, name, place, "UTF-8")
    from charset_normalizer import from_bytes

    best = from_bytes(raw).best()
    candidates = ["cp1252"] if best is None else ["cp1252", best.encoding] if _western(best.encoding) else [best.encoding]
    for encoding in candidates:
        try:
            text = raw.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        odd = [char for char in text if ord(char) > 127]
        if sum(char.isalpha() or char in "‘’“”–—…«»€£§°·•\u00a0" for char in odd) >= 0.9 * len(odd):
            return text, (f"Read as {encoding} (it is not UTF-8); check the accented letters and quotation marks.",)
    raise _undecodable(raw, name, place, "UTF-8")


def _western(encoding: str) -> bool:
    return encoding.startswith(("cp125", "latin", "iso8859", "mac", "cp437", "cp850", "cp858", "cp775"))


def _undecodable(raw: bytes, name: str, place: int, encoding: str) -> UnreadableArticle:
    line = raw.count(b"\n", 0, place) + 1
    return UnreadableArticle(
        f"{name}: byte 0x{raw[place]:02x} at offset {place} (line {line}) is not {encoding}, and no other encoding explains "
        "the text. Save the file again as UTF-8."
    )


def _sections(text: str) -> Iterator[Section]:
    """Headline, summary points, headings, paragraphs.

    A block is what blank lines part. In a block whose lines were wrapped by hand, the lines are one paragraph;
    elsewhere each line is a section of its own: a bullet, a heading (short, no closing punctuation, and text
    after it) or a paragraph. Bullets before the first paragraph are the summary; later ones are body.
    """
    blocks = list(_blocks(text))
    lines = [line for block in blocks for line in block]
    seen_body = False
    for place, (start, end) in enumerate(lines):
        line = text[start:end]
        if bullet := _BULLET.match(line):
            kind: SectionKind = "body" if seen_body else "summary"
            start += bullet.end()
        elif place == 0 and len(lines) > 1 and _is_headline(line):
            kind = "headline"
            start += found.end() if (found := _HASHES.match(line)) else 0
        elif hashes := _HASHES.match(line):
            kind = "heading"
            start += hashes.end()
        elif place + 1 < len(lines) and _is_heading(line) and not _BULLET.match(text[slice(*lines[place + 1])]):
            kind = "heading"
        else:
            kind = "body"
            seen_body = True
        if start < end:
            yield Section(kind, start, end)


def _blocks(text: str) -> Iterator[list[tuple[int, int]]]:
    """Groups of line spans parted by blank lines, hand-wrapped paragraphs joined, each without outer white space."""
    block: list[tuple[int, int]] = []
    breaks = 0
    for found in re.finditer(r"(?P<line>[^\r\n\u2028\u2029\v\f\x85]+)|\r\n?|[\n\u2028\u2029\v\f\x85]", text):
        stripped = (found["line"] or "").strip().strip("\ufeff")
        if stripped:
            if block and breaks >= 2:
                yield _unwrap(text, block)
                block = []
            breaks = 0
            start = found.start() + found.group().index(stripped)
            block.append((start, start + len(stripped)))
        elif found["line"] is None:
            breaks += 1
    if block:
        yield _unwrap(text, block)


def _unwrap(text: str, block: list[tuple[int, int]]) -> list[tuple[int, int]]:
    lines = [text[start:end] for start, end in block]
    open_ended = sum(not _SENTENCE_END.search(line) for line in lines[:-1])
    wrapped = (
        len(block) >= 3
        and max(map(len, lines)) <= WRAP_MAX_CHARS
        and not any(_BULLET.match(line) or _HASHES.match(line) for line in lines)
        and open_ended > 0.5 * (len(lines) - 1)
    )
    return [(block[0][0], block[-1][1])] if wrapped else block


def _is_headline(line: str) -> bool:
    return len(line) <= HEADLINE_MAX_CHARS and not re.search(r"[.,;:]$", line)


def _is_heading(line: str) -> bool:
    return (
        len(line) <= HEADING_MAX_CHARS
        and not _NO_HEADING_END.search(line)
        and (line[0].isupper() or line[0].isdigit())
        and any(char.isalpha() for char in line)
    )
