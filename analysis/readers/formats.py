"""Saved pages, Word documents, PDFs and Markdown become an Article: title, outlet, date, and the words in their order.

The text is what these hold as words, a blank line between paragraphs; it is put together once, and never altered afterwards.
"""

from __future__ import annotations

import contextlib
import io
import logging
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from ..constants import (
    DOCX_UNPACKED_FILES,
    FILE_MAX_BYTES,
    PAGE_MIN_CHARS,
    PAGE_PARAGRAPH_MIN_CHARS,
    PAGE_TITLE_WORDS,
    PDF_FULL_LINE_SHARE,
    PDF_HEADING_SHARE,
    RUNNING_LINE_SHARE,
    SITE_NAME_MAX_WORDS,
    TRAILER_ENDED_SHARE,
    TRAILER_MIN_BLOCKS,
)
from ..errors import EmptyArticle, MissingPart, UnreadableArticle
from ..model import Article, SectionKind
from .asides import is_name
from .dates import UNREAD_DATE, read_date
from .sections import assembled, front_matter
from .text import article_of, decoded

if TYPE_CHECKING:
    from lxml.html import HtmlElement

Block = tuple[SectionKind | None, str]


def read_format(raw: bytes, *, name: str, stem: str) -> Article | None:
    """The article in a page or document.

    Args:
        raw: what the file holds.
        name: what it is called.
        stem: its name without folder and ending.

    Returns:
        The article; None where the bytes are plain text.

    Raises:
        EmptyArticle: it holds no words.
        UnreadableArticle: it is damaged.
        MissingPart: what reads it is not installed.
    """
    ending = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    reader = next((read for test, read in _KINDS if test(raw, ending)), None)
    if reader is None:
        return None
    if len(raw) > FILE_MAX_BYTES:
        raise UnreadableArticle(f"{name} holds more than {FILE_MAX_BYTES // 1_000_000} MB. Save the article alone.")
    with _quiet():
        article = reader(raw, name)
    text, sections = assembled(article.blocks)
    if not re.search(r"\w", text):
        raise EmptyArticle(f"{name} holds no words that are an article's. Copy its text into a .txt file and name that.")
    return article_of(
        text,
        name=stem,
        source=article.source or name,
        title=article.title,
        outlet=article.outlet,
        date=article.date,
        notes=article.notes,
        sections=sections,
    )


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """What the libraries would log of a damaged file is said once, in our own sentence."""
    loggers = [logging.getLogger(name) for name in ("pypdf", "trafilatura", "htmldate", "docx")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


class _Extract:
    """What a reader finds: blocks of words, and what is known of the article."""

    def __init__(self, blocks: Iterable[Block], **known: str | None) -> None:
        self.blocks = list(blocks)
        self.title, self.outlet = known.get("title"), known.get("outlet")
        self.source = known.get("source")
        self.date, self.notes = _date(known.get("date"))
        if note := known.get("note"):
            self.notes = (*self.notes, note)


def _date(stated: str | None) -> tuple[str | None, tuple[str, ...]]:
    try:
        return read_date(stated), ()
    except ValueError as problem:
        return None, (f"{UNREAD_DATE}{problem}.",)


# --- web pages -----------------------------------------------------------------------------------------------------


def _is_html(raw: bytes, ending: str) -> bool:
    start = raw[:2000].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0").lower().replace(b"\0", b"")
    return ending in ("html", "htm", "xhtml") or bool(re.match(rb"<!doctype html|<html|<\?xml[^>]*>\s*<!doctype html", start))


def _html(raw: bytes, name: str) -> _Extract:
    try:
        import trafilatura
        from lxml import html as lxml_html
        from trafilatura.settings import use_config
    except ImportError:
        raise MissingPart(f"{name} is a web page. Install what reads it: pip install 'toward[readers]'") from None
    page = trafilatura.load_html(_BREAKS.sub(b"</p><p>", raw))
    if page is None:
        text, _ = decoded(raw, name)
        page = lxml_html.fromstring(f"<html><body>{text}</body></html>") if text.strip() else None
    if page is None:
        raise EmptyArticle(f"{name} holds no words. Save the page again, complete.")
    known = _metadata(page)
    if (refusal := known.get("title") or page.findtext(".//title") or "") and _REFUSAL.fullmatch(refusal.strip()):
        words = " ".join(refusal.split())
        raise EmptyArticle(f"{name} is what a site says in place of an article: {words[:70]!r}. Save it from a browser.")
    saved = re.search(rb"saved from url=\(\d+\)(\S+)", raw[:3000])
    captions = [" ".join(caption.text_content().split()) for caption in page.iter("figcaption")]
    config = use_config()
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", "100")
    try:
        document = trafilatura.bare_extraction(
            _without_furniture(page),
            with_metadata=True,
            include_comments=False,
            include_tables=False,
            favor_recall=True,
            config=config,
        )
    except (ValueError, TypeError, AttributeError, KeyError):
        document = None
    if isinstance(document, dict):
        document = None
    blocks = list(_blocks_of(document.body)) if document is not None and document.body is not None else []
    if sum(len(words) for _, words in blocks) < PAGE_MIN_CHARS:
        blocks = list(_plain_blocks(page))
    blocks = _without_trailers(blocks)
    title = known.get("title") or (document.title if document is not None else None)
    if title and "title" not in known:
        title = _heading_above(page, title) or title
    title, outlet = _parted(title, known.get("outlet"), page) if title else (None, known.get("outlet"))
    return _Extract(
        [*_top(title, known.get("author")), *_not_again(blocks, title, captions), *(("caption", words) for words in captions)],
        title=title,
        outlet=outlet or (document.sitename if document is not None else None),
        date=known.get("date") or (document.date if document is not None else None),
        note=known.get("note"),
        source=known.get("url") or (saved[1].decode("ascii", "replace") if saved else None),
    )


def _mhtml(raw: bytes, name: str) -> _Extract:
    """A page that a browser saved in one file, as a message with its parts."""
    import email
    from email import policy

    message = email.message_from_bytes(raw, policy=policy.default)
    page = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
    held = page.get_payload(decode=True) if page is not None else None
    if not isinstance(held, bytes):
        raise EmptyArticle(f"{name} holds no page. Save it again as a web page, complete.")
    read = _html(held, name)
    read.source = read.source or str(message.get("Snapshot-Content-Location") or "") or None
    return read


def _top(title: str | None, author: str | None) -> Iterator[Block]:
    if title:
        yield "headline", title
    if author:
        yield "byline", author


_REFUSAL: Final = re.compile(
    r"(?:(?:error )?[45]\d\d(?: -)? (?:forbidden|not found|bad|service|unauthorized|internal|too many|error|gateway).*"
    r"|error [45]\d\d.*|(?:page |file )?not found|forbidden"
    r"|access (?:to this page has been )?denied.*|just a moment\W*|attention required.*"
    r"|are you a (?:robot|human)\W*|robot check|please (?:enable|verify) .*|security check|service unavailable|bad gateway"
    r"|checking your browser.*)",
    re.IGNORECASE,
)
_BREAKS: Final = re.compile(rb"(?:<br\s*/?>(?:\s|&nbsp;)*){2,}", re.IGNORECASE)
"""Two breaks are what a page without paragraphs parts them with."""
_FURNITURE: Final = re.compile(
    r"(?:^|[\s_-])(?:cookies?|consent|newsletter|related|recirc|promo|advert\w*|ads?|share|sharing|social|sidebar|breadcrumbs?|comments?"
    r"|most-?(?:read|popular)|trending|outbrain|taboola|subscribe|paywall|sponsored|recommend\w*|read-?more|more-on|tags?|topics|toolbar|signup"
    r"|author-?(?:bio|box)|about-?the-?author|skip|video\w*|player|gallery|embed|nav(?:bar|igation)?|menu|footer|disclaimer|correction|caption|credit)(?:$|[\s_-])",
    re.IGNORECASE,
)


def _without_furniture(page: HtmlElement) -> HtmlElement:
    """A copy of a page without what is by its tag, role or class no text of an article."""
    from copy import deepcopy

    copy = deepcopy(page)
    for element in list(copy.iter()):
        if not isinstance(element.tag, str) or element.tag in ("html", "body", "main", "article", "h1"):
            continue
        named = " ".join(filter(None, (element.get("class"), element.get("id"), element.get("data-component"))))
        furniture = (
            element.tag in ("nav", "aside", "footer", "form", "figcaption", "noscript", "button", "dialog", "amp-ad", "iframe")
            or element.get("role") in ("navigation", "complementary", "dialog", "contentinfo", "search")
            or element.get("aria-hidden") == "true"
            or element.get("hidden") is not None
            or bool(_FURNITURE.search(named))
        )
        if furniture and element.getparent() is not None and not _is_main(element):
            element.drop_tree()
    return copy


def _is_main(element: HtmlElement) -> bool:
    """Whether most of the paragraphs of a page stand in an element, whatever its class is called."""
    inside = sum(len(p.text_content()) for p in element.iter("p"))
    return inside > 0.5 * sum(len(p.text_content()) for p in element.getroottree().iter("p"))


def _metadata(page: HtmlElement) -> dict[str, str]:
    """Title, outlet, author, date and address as a page states them: JSON-LD, then its meta tags, then its markup."""
    metadata: dict[str, str] = {}
    for key, value in _stated(page):
        words = " ".join(value.split())
        if words and key not in metadata:
            metadata[key] = words
    return metadata


def _stated(page: HtmlElement) -> Iterator[tuple[str, str]]:
    linked = list(_linked_data(page))
    meta = {
        (element.get("property") or element.get("name") or element.get("itemprop") or "").lower(): element.get("content") or ""
        for element in reversed(list(page.iter("meta")))
    }
    least, most = PAGE_TITLE_WORDS
    headings = [words for element in page.iter("h1") if least <= len((words := element.text_content()).split()) <= most]
    named = re.split(r"\s+(?:[|–—·«»-]|::)\s+", page.findtext(".//title") or "")
    lower = {_bare(element.text_content()) for element in page.iter("h2", "h3")}
    site = _bare(named[-1]) if len(named) > 1 and _bare(named[0]) in lower else None
    outlet = next((words for element in page.iter("h1") if _bare(words := element.text_content()) == site), None)
    if outlet is not None:  # a site that puts its own name into h1
        yield "title", named[0]
    elif len(headings) == 1:
        yield "title", headings[0]
    for entry in linked:
        yield "title", str(entry.get("headline") or "")
        yield "date", str(entry.get("datePublished") or "")
        yield "author", ", ".join(_named(entry.get("author")))
        yield "outlet", next(iter(_named(entry.get("publisher"))), "")
        url = entry.get("url") or entry.get("mainEntityOfPage")
        yield "url", str(url.get("@id", "") if isinstance(url, dict) else url or "")
    for key, names in _META.items():
        for name in names.split():
            value = meta.get(name, "")
            if not (key == "author" and value.startswith("http")):
                yield key, value
    yield "title", headings[0] if headings else ""
    yield "outlet", outlet or ""
    for element in page.iter("time"):
        stated = element.get("datetime") or element.text_content()
        try:
            if day := read_date(stated):
                yield "date", day
        except ValueError:
            continue
    for element in page.iter("link"):
        if element.get("rel") == "canonical":
            yield "url", element.get("href") or ""


_META: Final = {
    "title": "og:title twitter:title dc.title headline",
    "date": "article:published_time og:article:published_time datepublished pubdate publishdate publish-date date"
    " dc.date.issued dc.date parsely-pub-date sailthru.date article.published",
    "author": "author article:author dc.creator byl parsely-author sailthru.author",
    "outlet": "og:site_name application-name publisher dc.publisher",
    "url": "og:url",
    "note": "note",
}
"""The names of meta tags, the surest first."""


def _linked_data(page: HtmlElement) -> Iterator[Mapping[str, Any]]:
    """The articles of a page's JSON-LD."""
    import json

    for script in page.iter("script"):
        if (script.get("type") or "").lower() != "application/ld+json":
            continue
        try:
            waiting = [json.loads(script.text_content())]
        except (ValueError, RecursionError):
            continue
        while waiting:
            entry = waiting.pop(0)
            if isinstance(entry, list):
                waiting.extend(entry)
            elif isinstance(entry, dict):
                waiting.extend(value for key, value in entry.items() if key in ("@graph", "mainEntity"))
                kinds = entry.get("@type")
                if any(
                    "Article" in str(kind) or "BlogPost" in str(kind)
                    for kind in (kinds if isinstance(kinds, list) else [kinds])
                ):
                    yield entry


def _named(value: object) -> list[str]:
    """The names in what JSON-LD says of persons and organisations."""
    if isinstance(value, str):
        return [] if value.startswith("http") else [value]
    if isinstance(value, list):
        return [name for entry in value for name in _named(entry)]
    return [str(value["name"])] if isinstance(value, dict) and isinstance(value.get("name"), str) else []


def _parted(title: str, outlet: str | None, page: HtmlElement) -> tuple[str, str | None]:
    """A title without the outlet's name before or behind it ("Lind wins | The Herald"), and the outlet.

    Where no outlet is known, the part of the title that stands on the page by itself is the title, the other one the outlet.
    """
    match = re.fullmatch(r"(.+?)(?:\s+(?:[|–—·«»-]|::)\s+|: )(.+)", title)
    last = re.fullmatch(r"(.+)\s+(?:[|–—·«»-]|::)\s+(.+)", title)
    for separator, title_part, name in ((last, 1, 2), (match, 2, 1)):
        if separator is None:
            continue
        if outlet and _same(separator[name], outlet):
            return separator[title_part].strip(), outlet
        alone = any(_bare(element.text_content()) == _bare(separator[title_part]) for element in page.iter(*_TITLE_TAGS))
        if outlet is None and alone and len(separator[name].split()) <= SITE_NAME_MAX_WORDS:
            return separator[title_part].strip(), separator[name].strip()
    return title, outlet


_TITLE_TAGS: Final = ("h1", "h2", "h3", "b", "strong", "font", "td", "div", "span", "p")


def _heading_above(page: HtmlElement, title: str) -> str | None:
    """The one heading above the first paragraph, where the page's title stands nowhere on it: it names the site."""
    headings: list[str] = []
    for element in page.iter("h1", "h2", "h3", "h4", "p"):
        words = element.text_content()
        if _bare(words) and _bare(words) in _bare(title):
            return None
        if element.tag != "p":
            headings.append(words)
        elif len(words) > PAGE_PARAGRAPH_MIN_CHARS:
            break
    return headings[0] if len(headings) == 1 else None


def _same(first: str, second: str) -> bool:
    bare = [re.sub(r"\W|^the |\.com|news", "", words.casefold()) for words in (first, second)]
    return bare[0] == bare[1] or (min(map(len, bare)) > 3 and (bare[0] in bare[1] or bare[1] in bare[0]))


_BLOCK_TAGS: Final = (
    "p",
    "head",
    "item",
    "quote",
    "cell",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "blockquote",
    "pre",
    "td",
    "dd",
)


def _blocks_of(body: Any) -> Iterator[Block]:
    """The blocks of what trafilatura gives, in order."""
    for element in body.iter():
        if element.tag in _BLOCK_TAGS and not any(parent.tag in _BLOCK_TAGS for parent in element.iterancestors()):
            inner = [child for child in element.iter() if child is not element and child.tag in ("p", "item", "lb")]
            words = "".join(element.itertext()) if not inner else "\n".join(_pieces(element))
            for line in words.split("\n"):
                yield ("heading" if element.tag == "head" else "body"), line
        elif element.tag not in _BLOCK_TAGS and element is body and (element.text or "").strip():
            yield "body", element.text
        if element.tail and element.tail.strip() and element.getparent() is body:
            yield "body", element.tail


def _pieces(element: Any) -> Iterator[str]:
    line = ""
    for event in element.iter():
        if event.tag in ("p", "item", "lb") and event is not element:
            yield line
            line = ""
        line += event.text or ""
        if event is not element:
            line += event.tail or ""
    yield line


def _plain_blocks(page: HtmlElement) -> Iterator[Block]:
    """Every block of a small page or a piece of one, as it stands."""
    for element in page.iter(*_BLOCK_TAGS, "div", "body"):
        if element.tag in ("div", "body"):
            words = element.text or ""
            for child in element:
                if isinstance(child.tag, str) and child.tag in (
                    "b",
                    "i",
                    "em",
                    "strong",
                    "a",
                    "span",
                    "u",
                    "mark",
                    "q",
                    "cite",
                ):
                    words += child.text_content()
                elif child.tag == "br":
                    words += "\n"
                words += child.tail or ""
            for line in words.split("\n\n"):
                yield None, line
        elif not any(parent.tag in _BLOCK_TAGS for parent in element.iterancestors()):
            level = element.tag if re.fullmatch(r"h\d", element.tag) else ""
            yield ("headline" if level == "h1" else "heading" if level else "body"), element.text_content()


def _not_again(blocks: Iterable[Block], title: str | None, captions: Iterable[str]) -> Iterator[Block]:
    """The blocks without those that say the title or a caption again."""
    said = {_bare(words) for words in (title or "", *captions)}
    for kind, words in blocks:
        if _bare(words) not in said:
            yield kind, words


def _without_trailers(blocks: list[Block]) -> list[Block]:
    """The blocks, those at the end that end no sentence set aside where the others do: headlines of other articles."""
    body = [words.strip() for kind, words in blocks if kind in (None, "body") and words.strip()]
    if len(body) < TRAILER_MIN_BLOCKS or sum(bool(_ENDED.search(words)) for words in body) < TRAILER_ENDED_SHARE * len(body):
        return blocks
    count = len(blocks)
    while count and not _ENDED.search(blocks[count - 1][1].strip()):
        count -= 1
    return [*blocks[:count], *(("boilerplate", words) for _, words in blocks[count:])]


_ENDED: Final = re.compile(r"[.!?…:][\"'”’)\]]*$")


def _bare(words: str) -> str:
    return re.sub(r"\W+", "", words).casefold()


# --- documents -----------------------------------------------------------------------------------------------------


def _docx(raw: bytes, name: str) -> _Extract:
    try:
        import docx
        from docx.opc.exceptions import OpcError
    except ImportError:
        raise MissingPart(f"{name} is a Word document. Install what reads it: pip install 'toward[readers]'") from None
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            most = DOCX_UNPACKED_FILES * FILE_MAX_BYTES
            if sum(member.file_size for member in packed.infolist()) > most:
                raise UnreadableArticle(f"{name} would unpack to more than {most // 1_000_000} MB. Save its text alone.")
        document = docx.Document(io.BytesIO(raw))
    except (zipfile.BadZipFile, OpcError, KeyError, ValueError, SyntaxError, OSError) as problem:
        raise UnreadableArticle(
            f"{name} is a Word document that cannot be opened: {str(problem)[:100]}. Save it again as .docx."
        ) from None
    blocks = [(_style(paragraph.style.name if paragraph.style else ""), paragraph.text) for paragraph in document.paragraphs]
    text = "\n".join(words for _, words in blocks)
    front, keys = front_matter(text)
    if front is not None:
        lines = text[front[0] : front[1]].count("\n")
        blocks = [("boilerplate", words) for _, words in blocks[:lines]] + blocks[lines:]
    headings = [index for index, (kind, words) in enumerate(blocks) if kind == "heading" and words.strip()]
    if (
        headings
        and not any(kind == "headline" for kind, _ in blocks)
        and not any(w.strip() and k == "body" for k, w in blocks[: headings[0]])
    ):
        blocks[headings[0]] = ("headline", blocks[headings[0]][1])
    properties = document.core_properties
    title = next((words for kind, words in blocks if kind == "headline"), None)
    return _Extract(
        [(None if kind == "body" else kind, words) for kind, words in blocks],
        title=keys.get("title") or title,
        outlet=keys.get("outlet"),
        date=keys.get("date"),
        note=keys.get("note") or (f"By {properties.author}." if is_name(properties.author or "") else None),
    )


def _style(name: str) -> SectionKind:
    """What a paragraph is by the name of its style."""
    if name == "Title":
        return "headline"
    return "heading" if name.startswith("Heading") else "caption" if name == "Caption" else "body"


def _pdf(raw: bytes, name: str) -> _Extract:
    try:
        import pypdf
        from pypdf.errors import PyPdfError
    except ImportError:
        raise MissingPart(f"{name} is a PDF. Install what reads it: pip install 'toward[readers]'") from None
    try:
        document = pypdf.PdfReader(io.BytesIO(raw))
        if document.is_encrypted and not document.decrypt(""):
            raise UnreadableArticle(f"{name} has a password. Save it without one, or its words as a .txt file.")
        pages = [page.extract_text().splitlines() for page in document.pages]
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError, IndexError) as problem:
        raise UnreadableArticle(
            f"{name} is a PDF that cannot be opened: {str(problem)[:100]}. Save its words as a .txt file."
        ) from None
    lines = list(_running(pages))
    if not any(line.strip() for line in lines):
        raise EmptyArticle(f"{name} holds no words, only pictures of them. Have them recognised, and name the text.")
    return _Extract((None, words) for words in _paragraphs(lines))


def _running(pages: list[list[str]]) -> Iterator[str]:
    """The lines of all pages without numbers of pages and what stands at the top or bottom of most of them."""
    bare = [[re.sub(r"\d+", "#", line.strip()) for line in lines if line.strip()] for lines in pages]
    edges = Counter(line for lines in bare for line in {*lines[:2], *lines[-2:]})
    often = {line for line, count in edges.items() if count > 1 and count >= RUNNING_LINE_SHARE * len(pages)}
    for lines in pages:
        for line in lines:
            plain = re.sub(r"\d+", "#", line.strip())
            if plain not in often and not re.fullmatch(r"(?:page )?#(?: ?(?:/|of) ?#)?|[-–] ?# ?[-–]", plain, re.IGNORECASE):
                yield line


def _paragraphs(lines: Iterable[str]) -> Iterator[str]:
    """Paragraphs of lines that were broken to fit a page: one ends in a short line that ends a sentence, or before a gap."""
    stripped = [line.rstrip() for line in lines]
    full = sorted(len(line) for line in stripped if line.strip()) or [0]
    usual = full[int(PDF_FULL_LINE_SHARE * (len(full) - 1))]
    paragraph = ""
    for index, line in enumerate(stripped):
        if not line.strip():
            yield paragraph
            paragraph = ""
            continue
        if re.search(r"[a-z]-$", paragraph) and line.strip()[0].islower():
            paragraph = paragraph[:-1] + line.strip()
        else:
            paragraph = f"{paragraph} {line.strip()}".strip()
        ends = bool(re.search(r"[.!?…][\"'”’)\]]*$", line)) and len(line) < PDF_FULL_LINE_SHARE * usual
        following = stripped[index + 1].strip() if index + 1 < len(stripped) else ""
        heading = len(line) < PDF_HEADING_SHARE * usual and following[:1].isupper() and not re.search(r"[,;]$", line)
        if ends or heading:
            yield paragraph
            paragraph = ""
    yield paragraph


def _markdown(raw: bytes, name: str) -> _Extract:
    try:
        from lxml import html as lxml_html
        from markdown_it import MarkdownIt
    except ImportError:
        raise MissingPart(f"{name} is Markdown. Install what reads it: pip install 'toward[readers]'") from None
    text, _ = decoded(raw, name)
    front, keys = front_matter(text)
    front_lines = [("boilerplate", line) for line in text[front[0] : front[1]].splitlines()] if front else []
    rendered = MarkdownIt("commonmark").render(text[front[1] :] if front else text)
    page = lxml_html.fromstring(f"<html><body>{rendered}</body></html>")
    blocks = [block for block in _plain_blocks(page) if block[1].strip()]
    if blocks and blocks[0][0] == "heading":
        blocks[0] = ("headline", blocks[0][1])
    title = next((words for kind, words in blocks if kind == "headline"), None)
    return _Extract(
        [*front_lines, *((kind if kind in ("headline", "heading") else None, words) for kind, words in blocks)],  # type: ignore[list-item]
        title=keys.get("title") or title,
        outlet=keys.get("outlet"),
        date=keys.get("date"),
        note=keys.get("note"),
    )


_KINDS: Final[tuple[tuple[Callable[[bytes, str], bool], Callable[[bytes, str], _Extract]], ...]] = (
    (lambda raw, ending: raw.startswith(b"%PDF") or ending == "pdf", _pdf),
    (lambda raw, ending: ending == "docx" or (raw.startswith(b"PK\x03\x04") and b"word/" in raw[:4000]), _docx),
    (lambda raw, ending: ending in ("mht", "mhtml") or raw.startswith(b"From: <Saved by"), _mhtml),
    (_is_html, _html),
    (lambda _, ending: ending in ("md", "markdown"), _markdown),
)
"""How each kind is told, and read."""
