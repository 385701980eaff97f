"""All pages of a report in one file."""

from __future__ import annotations

import re
from collections.abc import Callable


def one_page(pages: dict[str, str]) -> str:
    """A whole report in one file: the index page, then each notebook's page as a chapter of it.

    Args:
        pages: HTML by file name, ``index.html`` among them, the others in their order.

    Returns:
        The index page with the others inside; links between the files lead to places in it.
    """
    whole, chapters = pages["index.html"], [name for name in pages if name != "index.html"]
    marks = {name: f"page-{place}" for place, name in enumerate(chapters, 1)}
    bodies = []
    for name, mark in marks.items():
        body = re.sub(r'<nav class="turn".*?</nav>', "", _inside(pages[name]), flags=re.DOTALL)
        body = re.sub(r"<(/?)h([1-5])\b", lambda found: f"<{found[1]}h{int(found[2]) + 1}", body)
        body = re.sub(r'(?<=\s)(id|for|aria-\w+by|aria-controls|headers)="([^"]+)"', _renamer(mark), body)
        body = re.sub(r'(href="|url\()#([\w:.-]+)', rf"\g<1>#{mark}-\2", body)
        body = body.replace('role="region"', 'role="group"')  # what a chapter shows again is no second landmark of its name
        body = re.sub(r'(<section class="answer") aria-labelledby="[^"]+"', r"\1", body)
        bodies.append(f'<article class="chapter" id="{mark}">\n{body}\n</article>\n')
    whole = whole.replace("</main>", "".join(bodies) + "</main>", 1)
    for name, mark in marks.items():
        whole = re.sub(rf'href="{re.escape(name)}(?:#[\w:.-]+)?"', f'href="#{mark}"', whole)
    return whole.replace('href="index.html#', 'href="#').replace('href="index.html"', 'href="#main"')


def _renamer(mark: str) -> Callable[[re.Match[str]], str]:
    def rename(found: re.Match[str]) -> str:
        return f'{found[1]}="{" ".join(f"{mark}-{ident}" for ident in found[2].split())}"'

    return rename


def _inside(page: str) -> str:
    return re.split(r'<main id="main"[^>]*>', page, maxsplit=1)[1].rsplit("</main>", 1)[0]
