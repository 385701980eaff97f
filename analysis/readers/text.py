"""A text becomes an Article, with the offsets of its parts.

The text is kept exactly as read, line ends included; everything after works on offsets into it.
"""

from __future__ import annotations

import codecs
import contextlib
import errno
import hashlib
import itertools
import os
import re
from collections.abc import Sequence
from datetime import date as Date  # noqa: N812 - ``date`` is an argument's name
from datetime import datetime
from pathlib import Path

from ..constants import CONTROL_SHARE_MAX, LEGACY_LETTERS_SHARE
from ..errors import EmptyArticle, MissingArticle, UnreadableArticle
from ..model import Article, Section

_TAGS = re.compile(
    r"</?(?:p|h[1-6]|div|span|b|i|em|strong|a|li|ul|br|article|section|body|html)(?: [^<>]*)?/?>|"
    r"&(?:nbsp|amp|[lr][ds]quo|[mn]dash|quot|#\d+);",
    re.IGNORECASE,
)
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


def read_article(path: str | Path) -> Article:
    """Read one article from a file: a text, a saved web page, a Word document, a PDF or Markdown.

    Args:
        path: where the file is. A text itself is read by ``read_text``.

    Returns:
        The article, its text untouched. ``notes`` says which encoding was recognised where it was not UTF-8.

    Raises:
        MissingArticle: no such file, or a folder.
        EmptyArticle: only white space.
        UnreadableArticle: binary, or bytes that no encoding explains.
        MissingPart: what reads such a file is not installed.

    Example:
        >>> article = read_article("seeds/lavrov-north-korea.txt")
        >>> article.title
        'Lavrov to Visit North Korea Amid Deepening Ties with Russia'
    """
    if is_address(path):
        raise MissingArticle(
            f"{path} is an address, and nothing is fetched unless you ask for it: toward report {path} --fetch"
        )
    where = checked_path(path)
    try:
        if where.is_dir():
            raise MissingArticle(f"{where} is a folder, not an article. Name a text file in it.")
        raw = where.read_bytes()
    except (OSError, ValueError) as problem:
        number = getattr(problem, "errno", None)
        if number in (None, errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG, errno.EINVAL):
            raise MissingArticle(f"There is no file {_shorten(str(where), 200)}.{_next_step(path)}") from None
        raise MissingArticle(f"{where} cannot be opened: {os.strerror(number)}.") from None
    return read_bytes(raw, name=where.name)


def read_text(text: str, *, title: str | None = None, outlet: str | None = None, date: str | Date | None = None) -> Article:
    """Make an article of a text.

    Args:
        text: the article's own words.
        title: its headline; None takes the first line.
        outlet: who published it.
        date: when, as a date or as ISO 8601 writes it: "2024-05-03", "2024-05".

    Returns:
        The article, its text untouched.

    Raises:
        EmptyArticle: only white space.
        UnreadableArticle: the text, title or outlet is not text, or the date is none.

    Example:
        >>> article = read_text("Critics praised Sweden.", outlet="The Herald", date="2024-05-03")
        >>> article.outlet, article.date
        ('The Herald', '2024-05-03')
    """
    for name, value in (("text", text), ("title", title), ("outlet", outlet)):
        if not isinstance(value, str) and (value is not None or name == "text"):
            raise UnreadableArticle(f"read_text: {name} is {type(value).__name__}, not text.")
    named = title.strip() if title else None
    return article_of(text, name=None, source="text", title=named, outlet=outlet or None, date=_iso(date))


def read_bytes(raw: bytes, *, name: str) -> Article:
    """Take the bytes of a file as an article: a text, a web page, a Word document, a PDF or Markdown.

    Args:
        raw: what the file holds.
        name: what it is called.

    Raises:
        EmptyArticle: only white space.
        UnreadableArticle: binary, or bytes that no encoding explains.
    """
    from .formats import read_format

    stem = Path(name).stem
    if (article := read_format(raw, name=name, stem=stem)) is not None:
        return article
    text, notes = decoded(raw, name)
    return article_of(text, name=Path(name).stem, source=name, notes=notes)


def is_address(source: object) -> bool:
    """Whether a source is an address of the web rather than a path; ``https:/`` with one stroke is what a path makes of one."""
    return isinstance(source, str) and bool(re.match(r"[a-z][a-z0-9+.-]*:/{1,2}[^/\\]", source, re.IGNORECASE))


def checked_path(path: str | Path) -> Path:
    """A path as given, the user's folder filled in.

    Raises:
        MissingArticle: it is empty or no path at all.
    """
    if not isinstance(path, str | os.PathLike):
        raise MissingArticle(f"An article is named by a path, and {type(path).__name__} was given.")
    if not str(path).strip():
        raise MissingArticle("The path of the article is empty. Name a text file, or read a text with read_text(text).")
    with contextlib.suppress(RuntimeError):  # no such user: the path is taken as it stands
        return Path(path).expanduser()
    return Path(path)


def _next_step(path: str | Path) -> str:
    """What to do about a path that leads nowhere: files beside it, and how a text is read where it may be one."""
    near: list[Path] = []
    with contextlib.suppress(OSError, ValueError, RuntimeError):
        near = sorted(Path(path).expanduser().parent.glob("*.txt"))[:3]
    text = " If this is the article's own text, read it with read_text(text)." if isinstance(path, str) else ""
    hint = f" Beside it: {', '.join(p.name for p in near)}." if near else " Check the spelling of the path."
    return text if "\n" in str(path) else hint + text


def _iso(date: str | Date | None) -> str | None:
    if date is None or date == "":
        return None
    if isinstance(date, Date):
        return date.isoformat()
    text = str(date).strip()
    if re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2]))?", text):
        return text
    with contextlib.suppress(ValueError):
        if re.match(r"\d{4}-\d\d-\d\d", text) and datetime.fromisoformat(text):
            return text
    raise UnreadableArticle(f"read_text: {_shorten(str(date))!r} is no date. Write it as year, month, day: 2024-05-03.")


def article_of(
    text: str,
    *,
    source: str,
    name: str | None = None,
    ident: str | None = None,
    title: str | None = None,
    outlet: str | None = None,
    date: str | None = None,
    notes: tuple[str, ...] = (),
    sections: tuple[Section, ...] | None = None,
) -> Article:
    """An article from its text.

    name: of its file, None where it has none. ident: its id, where it has one. sections: None where they are to be told.
    """
    from .sections import front_matter, sections_of  # here: the patterns it compiles take longer than the rest of the import

    if not re.search(r"\w", text):
        where = "The text" if name is None else source
        size = "1 character" if len(text) == 1 else f"{len(text)} characters"
        raise EmptyArticle(f"{where} holds no words ({size}). Paste the article's text into it.")
    front = front_matter(text)[1]
    sections = tuple(sections_of(text)) if sections is None else sections
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    if ident is None:
        ident = f"text-{digest[:8]}" if name is None else re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "article"
    shown = " ".join((title or front.get("title") or _title(text, sections, name)).split())
    date = date or _stated_date(front.get("date"), text, sections)
    notes = (*notes, *filter(None, [front.get("note"), _foreign(text), _tagged(text)]))
    outlet = outlet or front.get("outlet") or _archived_outlet(text)
    return Article(ident, shown, text, sections, source, digest, notes, outlet, date)


def _stated_date(stated: str | None, text: str, sections: Sequence[Section]) -> str | None:
    """The date in the front matter, else that of the first line beneath the headline which is set aside and holds one."""
    from .dates import dates_in, read_date

    with contextlib.suppress(ValueError):
        if stated and (day := read_date(stated)) is not None:
            return day
    top = list(itertools.takewhile(lambda section: section.kind != "body", sections))
    lines = (text[section.start : section.end] for section in top if section.kind == "byline")
    return next((day for line in lines for day in dates_in(line)), None)


def _archived_outlet(text: str) -> str | None:
    """The outlet in a text that an archive printed out: the line above its date, where "Load-Date" stands beneath."""
    archived = _ARCHIVED.search(text) if "\nLoad-Date: " in text else None
    return re.sub(r" \(.*\)$", "", archived[1].strip()) if archived else None


_ARCHIVED = re.compile(r"^([^\n]{3,60})\n\s*[A-Z][a-z]+ \d{1,2}, \d{4}(?: [A-Z][a-z]+day)?\b", re.MULTILINE)


def _foreign(text: str) -> str | None:
    from .languages import other_language

    language = other_language(text)
    return language and f"This text looks {language}, and every score here is made for English: do not trust them."


def _tagged(text: str) -> str | None:
    if len(_TAGS.findall(text)) < 2:
        return None
    return "This text holds HTML tags, which are read as words. Save the page as an .html file and name that."


def _title(text: str, sections: Sequence[Section], name: str | None) -> str:
    """The first line where it is a headline, else the file's name, else how the text begins."""
    shown = [section for section in sections if not section.aside] or sections
    first = shown[0]
    if first.kind == "headline" or (len(shown) > 1 and first.kind == "heading"):
        return text[first.start : first.end]
    if name is None:
        return _shorten(text[first.start : first.end])
    return name.replace("-", " ").replace("_", " ").strip().capitalize() or _shorten(text)


def _shorten(text: str, limit: int = 70) -> str:
    words = " ".join(text.split())
    return words if len(words) <= limit else words[:limit].rsplit(" ", 1)[0] + " …"


def decoded(raw: bytes, name: str) -> tuple[str, tuple[str, ...]]:
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
        offset = problem.start
    return _legacy(raw, name, offset)


def _legacy(raw: bytes, name: str, offset: int) -> tuple[str, tuple[str, ...]]:
    """Recognise an encoding older than UTF-8; refuse UTF-8 that is merely broken."""
    broken = raw.decode("utf-8", "replace")
    if any(ord(char) > 127 and char != "\ufffd" for char in broken):
        raise _undecodable(raw, name, offset, "UTF-8")
    from charset_normalizer import from_bytes

    best = from_bytes(raw).best()
    candidates = ["cp1252"] if best is None else ["cp1252", best.encoding] if _western(best.encoding) else [best.encoding]
    for encoding in candidates:
        try:
            text = raw.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        odd = [char for char in text if ord(char) > 127]
        if sum(char.isalpha() or char in "‘’“”–—…«»€£§°·•\u00a0" for char in odd) >= LEGACY_LETTERS_SHARE * len(odd):
            return text, (f"Read as {encoding} (it is not UTF-8); check the accented letters and quotation marks.",)
    raise _undecodable(raw, name, offset, "UTF-8")


def _western(encoding: str) -> bool:
    return encoding.startswith(("cp125", "latin", "iso8859", "mac", "cp437", "cp850", "cp858", "cp775"))


def _undecodable(raw: bytes, name: str, offset: int, encoding: str) -> UnreadableArticle:
    line = raw.count(b"\n", 0, offset) + 1
    return UnreadableArticle(
        f"{name}: byte 0x{raw[offset]:02x} at offset {offset} (line {line}) is not {encoding}, and no other encoding explains "
        "the text. Save the file again as UTF-8."
    )
