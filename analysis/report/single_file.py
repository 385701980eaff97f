"""All pages of a report in one file."""

from __future__ import annotations

import re

from markupsafe import Markup

from .page import parts

_BEGIN = re.compile(r'<main id="main"[^>]*>')
_END = re.compile(r"(?=</main>)")
_TURN = re.compile(r'<nav class="turn".*?</nav>', re.DOTALL)
_HEADING = re.compile(r"(</?h)([1-5])\b")
_IDENTS = re.compile(r'(?<=\s)(id|for|aria-\w+by|aria-controls|headers)="([^"]+)"')
_FRAGMENT = re.compile(r'(href="|url\()#([\w:.-]+)')
_ANSWER = re.compile(r'(<section class="answer") aria-labelledby="[^"]+"')


def one_page(pages: dict[str, str]) -> str:
    """A whole report in one file: the index page, then each notebook's page as a chapter of it.

    Args:
        pages: HTML by file name, ``index.html`` among them, the others in their order.

    Returns:
        The index page with the others inside; links between the files lead to places in it.
    """
    idents = {name: f"page-{at}" for at, name in enumerate((name for name in pages if name != "index.html"), 1)}
    before, after = _END.split(pages["index.html"], maxsplit=1)
    chapters = [parts().chapter(ident, _chapter(_body(pages[name]), ident)) for name, ident in idents.items()]
    page = "\n".join([before, *chapters, after])
    for name, ident in idents.items():
        page = re.sub(rf'href="{re.escape(name)}(?:#[\w:.-]+)?"', f'href="#{ident}"', page)
    return page.replace('href="index.html#', 'href="#').replace('href="index.html"', 'href="#main"')


def _body(page: str) -> str:
    """What stands in the main part of a page."""
    return _END.split(_BEGIN.split(page, maxsplit=1)[1], maxsplit=1)[0]


def _chapter(body: str, ident: str) -> Markup:
    """A page's body as a chapter: headings a level lower, fragments that begin with the chapter's, each landmark once."""
    body = _TURN.sub("", body)
    body = _HEADING.sub(lambda tag: f"{tag[1]}{int(tag[2]) + 1}", body)
    body = _IDENTS.sub(lambda names: f'{names[1]}="{" ".join(f"{ident}-{name}" for name in names[2].split())}"', body)
    body = _FRAGMENT.sub(rf"\g<1>#{ident}-\2", body)
    return Markup(_ANSWER.sub(r"\1", body.replace('role="region"', 'role="group"')))  # noqa: S704 - of pages that templates made
