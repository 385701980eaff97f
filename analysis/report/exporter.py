"""A notebook becomes one page: no script, no request, its answer on top.

nbconvert does the converting; this module says what a page holds (title, answer, contents, neighbours, footer)
and the templates in ``resources/template`` say how it looks. A page is a function of the executed notebook and
of the titles of the notebooks beside it, never of the clock or of a path.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup
from nbconvert.exporters.html import HTMLExporter
from nbconvert.exporters.templateexporter import TemplateExporter
from nbconvert.filters.highlight import Highlight2HTML
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from traitlets import Unicode, default
from traitlets.config import Config

from ..display import on_page, stylesheet
from ..errors import TowardError
from ..safe_text import visible
from ..study import Study, open_article
from .downloads import figures_beside
from .index import Card, card, index_page, index_parts
from .page import POLICY, RESOURCES, lean, parts, title_of

TYPES = ("text/html", "image/svg+xml", "image/png", "text/plain")
"""What may be shown, best first: nothing that can hold a program of its own comes before plain text."""
STUDY_TYPE = "application/vnd.toward+json"
"""Where an opened article leaves its title, source, hash and method in a notebook's outputs."""
_TAKEN = frozenset({"main", "answer", "contents", "pages"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a contents list.

    Attributes:
        href: where it leads.
        label: what it says.
        here: whether it is the page that holds the list.
    """

    href: str
    label: str
    here: bool = False


@dataclass(slots=True)
class Page:
    """What a notebook's page holds besides its cells.

    Attributes:
        title: the notebook's first heading.
        article: title, source, hash and method of the opened article.
        answer_title: the heading of the answer.
        answer_text: what stands beneath that heading.
        answer: the outputs of the cells tagged ``answer``.
        code: the code of all cells.
        contents: the headings of the page.
        pages: the pages of the report.
        previous: the page before; None for the first.
        next: the page after; None for the last.
        home: whether there is an index page.
        among: the names of the notebooks that get a page; () for all beside this one.
        reports: titles and addresses of the reports of single articles that the page leads to.
        idents: fragments that are taken.
        level: of the heading read last.
    """

    title: str = ""
    article: dict[str, str] = field(default_factory=dict)
    answer_title: str = "Answer"
    answer_text: Markup = field(default_factory=Markup)
    answer: list[Markup] = field(default_factory=list)
    code: Markup = field(default_factory=Markup)
    contents: list[Entry] = field(default_factory=list)
    pages: list[Entry] = field(default_factory=list)
    previous: Entry | None = None
    next: Entry | None = None
    home: bool = True
    among: Sequence[str] = ()
    reports: Sequence[tuple[str, str]] = ()
    idents: set[str] = field(default_factory=lambda: set(_TAKEN))
    level: int = 1

    def ident(self, text: str) -> str:
        """A fragment for a heading, unlike any other on the page and unlike a sentence's (``s12``)."""
        slug = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "part"
        slug = f"on-{slug}" if re.fullmatch(r"s\d+", slug) else slug
        count, ident = 1, slug
        while ident in self.idents:
            count += 1
            ident = f"{slug}-{count}"
        self.idents.add(ident)
        return ident


class _Renderer(IPythonRenderer):
    """Markdown cells: HTML in them shows as text, pictures come from the notebook only, headings keep order."""

    def __init__(self, page: Page, attachments: dict[str, dict[str, str]]) -> None:
        super().__init__(escape=True, allow_harmful_protocols=False, exclude_anchor_links=True, attachments=attachments)
        self.page = page

    def heading(self, text: str, level: int, **_attrs: Any) -> str:
        """A heading with a fragment. The first of level 1 is the page's title and is shown elsewhere."""
        plain = " ".join(html.unescape(re.sub(r"<[^>]+>", "", text)).split())
        if level == 1 and not self.page.title:
            self.page.title = plain
            return ""
        self.page.level = min(max(level, 2), self.page.level + 1)
        ident = self.page.ident(plain)
        if self.page.level == 2:
            self.page.contents.append(Entry(f"#{ident}", plain))
        return f"{parts().heading(self.page.level, ident, _html(text))}\n"

    def link(self, text: str, url: str, title: str | None = None) -> str:
        """A link: to a web page, to a place on this page, or to another notebook's page. Anything else is text."""
        if url.startswith("#") or re.match(r"https?://", url):
            return str(parts().link(url, _html(text), title, web=True))
        notebook = re.fullmatch(r"(?:\./)?([\w.-]+)\.ipynb(?:#.*)?", url)
        if notebook and (not self.page.among or notebook[1] in self.page.among):
            return str(parts().link(f"{notebook[1]}.html", _html(text)))
        return text

    def image(self, text: str, url: str, title: str | None = None) -> str:
        """A picture that the notebook itself holds; of any other, its description and address as text."""
        if re.match(r"(attachment:|data:image/(png|jpeg|gif|webp);)", url):
            return str(super().image(text, url, title))
        return f"{text} ({html.escape(url)})"

    def table(self, text: str) -> str:
        """A table that scrolls on its own where the screen is narrow."""
        return f"{parts().table(_html(text))}\n"

    def table_cell(self, text: str, align: str | None = None, head: bool = False) -> str:
        """A cell; heads name their column."""
        written = parts().head_cell if head else parts().cell
        return f"  {written(_html(text), align)}\n"


class ReportExporter(HTMLExporter):
    """Exports an executed notebook as a page of a Toward report: no script, no request, safe to open.

    ``jupyter nbconvert --execute --to toward --output-dir reports/pages notebooks/*.ipynb`` writes an index page too.

    Tags: ``answer`` (its output goes on top), ``remove-cell`` (left out), ``hide-input`` (code left out; that of other cells
    is folded at the end of the page).
    """

    export_from_notebook = "Toward report"
    output_mimetype = "text/html"
    template_file = Unicode("notebook.html.j2").tag(config=True, affects_template=True)

    @default("template_name")
    def _template_name_default(self) -> str:
        return "template"

    @default("extra_template_basedirs")
    def _default_extra_template_basedirs(self) -> list[str]:
        return [str(RESOURCES)]

    @property
    def default_config(self) -> Config:
        """nbconvert's, with our order of types and our tags."""
        config = Config(
            {
                "NbConvertBase": {"display_data_priority": list(TYPES)},
                "TagRemovePreprocessor": {
                    "enabled": True,
                    "remove_cell_tags": {"remove-cell"},
                    "remove_input_tags": {"hide-input", "remove-input"},
                    "remove_all_outputs_tags": {"remove-output"},
                },
            }
        )
        inherited: Config = super().default_config.copy()
        inherited.merge(config)
        return inherited

    def _create_environment(self) -> Environment:
        environment: Environment = super()._create_environment()  # type: ignore[no-untyped-call]
        environment.autoescape = True
        return environment

    def __init__(self, config: Any = None, **kw: Any) -> None:
        super().__init__(config=config, **kw)  # type: ignore[no-untyped-call]
        self._done: dict[str, Any] = {}

    def from_notebook_node(  # type: ignore[override]
        self, nb: Any, resources: Any = None, **kw: Any
    ) -> tuple[str, Any]:
        """The page of one notebook.

        Args:
            nb: the executed notebook.
            resources: nbconvert's; ``metadata.path`` and ``metadata.name`` say where the notebook lies. ``pages`` may name the
                notebooks that get a page, where that is not all beside this one; ``reports`` may give titles and addresses of
                reports to lead to.

        Returns:
            The page, and the resources. Where nbconvert converts, its last notebook brings ``index.html`` along, so that no
            link of the pages is dead.
        """
        page, resources = TemplateExporter.from_notebook_node(self, nb, resources, **kw)
        about: Page = resources["page"]
        nb = resources.pop("executed", nb)  # nbconvert may run the notebook on its way; what it was given has no outputs then
        metadata = resources.get("metadata") or {}
        name, names = metadata.get("name") or "notebook", _converting()
        page, files = figures_beside(page, [nb], name)
        if about.home and names:
            self._done[name] = nb
            if name == names[-1]:
                folder = Path(metadata.get("path") or ".")
                cards = [card(folder / f"{stem}.ipynb", notebook) for stem, notebook in self._done.items()]
                index, more = figures_beside(_index(about.article, cards), list(self._done.values()), "index")
                files = {**files, **more, "index.html": index.encode("utf-8")}
        resources["outputs"] = {**(resources.get("outputs") or {}), **files}
        return lean(_point_home(page) if about.home else _unlinked(page)), resources

    def _preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        nb, resources = super()._preprocess(nb, resources)  # type: ignore[no-untyped-call]
        resources["executed"] = deepcopy(nb)
        metadata = resources.get("metadata") or {}
        names = resources.get("pages") or _converting()
        page = Page(among=names, reports=resources.get("reports") or ())
        highlight = Highlight2HTML(pygments_lexer="python", parent=self)  # type: ignore[no-untyped-call]
        page.article = _article_of(nb)
        for cell in nb.cells:
            if cell.cell_type == "code":
                page.code += _code(cell, highlight)
        _answer_first(nb, page)
        for cell in nb.cells:
            if cell.cell_type == "markdown":
                cell["shown"] = _markdown(cell.source, page, cell.get("attachments", {}))
            elif cell.cell_type == "code":
                cell["outputs_shown"] = _outputs(cell)
        name = metadata.get("name") or "notebook"
        page.title = page.title or nb.metadata.get("title") or re.sub(r"^\d+-|[-_]+", " ", name).strip().capitalize()
        page.home = not _converting() or _study_of(page.article) is not None
        _neighbours(page, Path(metadata.get("path") or "."), name, names)
        resources["page"] = page
        resources["policy"] = POLICY
        resources["stylesheet"] = stylesheet()
        return nb, resources


def _html(text: str) -> Markup:
    return Markup(text)  # noqa: S704 - the renderer escapes the HTML in it


def _markdown(source: str, page: Page, attachments: dict[str, dict[str, str]]) -> Markup:
    renderer = _Renderer(page, attachments)
    return Markup(MarkdownWithMath(renderer=renderer).render(source).strip())  # noqa: S704 - the renderer escapes HTML


def _answer_first(nb: Any, page: Page) -> None:
    """Take the cells tagged ``answer``, with the heading right above the first, out of their order."""
    others: list[Any] = []
    for cell in nb.cells:
        if cell.cell_type == "code" and "answer" in cell.metadata.get("tags", []):
            above = others[-1] if others and not page.answer else None
            if above is not None and above.cell_type == "markdown" and re.match(r"##+[ \t]", above.source):
                heading, _, text = others.pop().source.partition("\n")
                page.answer_title = heading.strip("# \t")
                page.answer_text = _markdown(text, page, {})
            page.answer.extend(_outputs(cell))
        else:
            others.append(cell)
    nb.cells = others


def _code(cell: Any, highlight: Any) -> Markup:
    if not cell.source.strip() or cell.metadata.get("transient", {}).get("remove_source", False):
        return Markup()
    return Markup(highlight(cell.source))  # noqa: S704 - Pygments escapes


def _outputs(cell: Any) -> list[Markup]:
    return [shown for output in cell.get("outputs", []) if (shown := _output(output))]


def _output(output: Any) -> Markup | None:
    """One output as HTML: the best type it has.

    Warnings and logs are left out, as they name places of a machine. So is an opened article: the page's foot says what it is.
    """
    if STUDY_TYPE in output.get("data", {}):
        return None
    if output.output_type == "stream":
        return _printed(output.text) if output.name == "stdout" and output.text.strip() else None
    if output.output_type == "error":
        return Markup(parts().error(_clean(output.ename), _clean(output.evalue)))  # noqa: S704 - the template escapes
    data = output.data
    kind = next((kind for kind in TYPES if kind in data), None)
    if kind == "text/html":
        return on_page(data[kind])
    if kind in ("image/png", "image/svg+xml"):
        alt = _clean(data.get("text/plain", ""))
        return Markup(parts().image(kind, _base64(kind, data[kind]), alt))  # noqa: S704 - the template escapes
    return _printed(data[kind]) if kind else None


def _printed(text: str) -> Markup:
    return Markup(parts().printed(_clean(text)))  # noqa: S704 - the template escapes


def _base64(kind: str, value: str) -> str:
    from base64 import b64encode

    return value.replace("\n", "") if kind == "image/png" else b64encode(value.encode()).decode()


def _clean(text: str) -> str:
    return visible(re.sub(r"\x1b\[[0-9;]*m", "", text))


def _article_of(nb: Any) -> dict[str, str]:
    """What an opened article left in the outputs: its title, source, hash and method."""
    for cell in nb.cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {}).get(STUDY_TYPE)
            if data:
                about = json.loads(data) if isinstance(data, str) else data
                return {key: _clean(str(value)) for key, value in about.items()}
    return {}


def _converting() -> list[str]:
    """The names of the notebooks that nbconvert's command converts, in order; none where something else calls."""
    from nbconvert.nbconvertapp import NbConvertApp

    app = NbConvertApp.instance() if NbConvertApp.initialized() else None
    return [Path(path).stem for path in app.notebooks] if app is not None else []


@cache
def _opened(sha256: str) -> Study | None:
    try:
        study = open_article(None, evidence=True)
    except TowardError:
        return None
    return study if study.article.sha256 == sha256 else None


def _study_of(article: dict[str, str]) -> Study | None:
    """The article that notebooks were executed on, where it is the chosen one; it is opened once."""
    return _opened(article["sha256"]) if article else None


def _index(article: dict[str, str], cards: Sequence[Card]) -> str:
    study = _study_of(article)
    return index_page(index_parts(study), cards) if study is not None else ""


def _unlinked(page: str) -> str:
    """A page without its links to the index page, which is not there, and to sentences that only the index page shows."""
    here = set(re.findall(r'\sid="(s\d+)"', page))
    return re.sub(
        r'<a [^>]*href="#(s\d+)"[^>]*>(.*?)</a>',
        lambda link: link[0] if link[1] in here else link[2],
        page,
        flags=re.DOTALL,
    )


def _neighbours(page: Page, folder: Path, name: str, among: Sequence[str] = ()) -> None:
    """The numbered notebooks beside this one, in order, and which come before and after it.

    Args:
        page: to be told. folder, name: where the notebook lies and its name.
        among: the only ones that get a page; () for all.
    """
    entries = [
        Entry(f"{path.stem}.html", page.title if path.stem == name else title_of(path), path.stem == name)
        for path in sorted(folder.glob("[0-9][0-9]-*.ipynb"))
        if not among or path.stem in among
    ]
    here = [at for at, entry in enumerate(entries) if entry.here]
    if here:
        page.pages = entries
        page.previous = entries[here[0] - 1] if here[0] else None
        page.next = entries[here[0] + 1] if here[0] + 1 < len(entries) else None


def _point_home(page: str) -> str:
    """Send a link to a sentence that this page does not show to the article's text on the index page."""
    here = set(re.findall(r'\sid="(s\d+)"', page))
    return re.sub(r'href="#(s\d+)"', lambda link: link[0] if link[1] in here else f'href="index.html#{link[1]}"', page)
