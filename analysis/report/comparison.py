"""Several articles become one page that compares them: the notebook on several articles, run and exported."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from ..collection import is_scored, shared_tones
from ..collection import open_articles as open_all
from ..constants import SINGLE_REPORTS_MAX
from ..errors import ArticleError
from ..model import Article
from ..readers import read_corpus, slug
from ..safe_text import visible
from .build import SEVERAL, check_lab, kernel_env, without_grammars
from .kernels import finished, run_notebooks
from .publish import staged

TABLES = frozenset({".csv", ".tsv", ".jsonl", ".ndjson", ".json", ".parquet", ".xlsx", ".zip"})
"""Files that hold several articles."""
COMPARED = "comparison"
"""The folder of the page where several articles are named; that of a folder is called as the folder is."""


def build_comparison(
    sources: Sequence[Path],
    *,
    out: Path,
    actor: str | None = None,
    by: str | None = None,
    singles: Mapping[str, Path] | None = None,
    progress: Callable[[str], None] | None = None,
) -> Path:
    """Build the page that compares articles.

    Args:
        sources: paths of articles; or one of a folder, a table, or what ``toward score`` wrote.
        out: the page goes to ``out/NAME/``; one that is there already is replaced in one step.
        actor: one actor by name; None takes those that most articles share.
        by: "outlet" or "article"; None takes outlets where at least two are known.
        singles: titles of single reports with their pages, which this one leads to.
        progress: called with what begins now.

    Returns:
        The page.

    Raises:
        UnreadableCorpus: there is no article.
        ArticleError: no actor of that name.
        ReportError: the page cannot be written, or the notebook stopped. What was there before is untouched.
        MissingPart: what runs notebooks, or compares articles, is not installed.
    """
    from ..study import notebook_paths

    check_lab()
    tell = progress or (lambda _message: None)
    located = [Path(os.path.realpath(source)) for source in sources]
    tell(f"{len(located)} articles: analysis" if len(located) > 1 else f"{located[0].name}: analysis")
    collection = open_all(located[0] if len(located) == 1 else located)
    shared_tones(collection, actor=actor)  # computed once, and kept; a wrong name is said before anything is built
    (path,) = [path for path in notebook_paths() if path.stem == SEVERAL]
    with without_grammars():
        import nbformat

        from .exporter import ReportExporter
    notebook: Any = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    _set(notebook, actor=actor, by=by)
    env = {**kernel_env(), "ARTICLES": os.pathsep.join(map(str, located))}
    finished(run_notebooks([notebook], [path], env, tell, analyse=lambda: None, meanwhile=lambda: None, at_once=1))
    folder = Path(os.path.realpath(out)) / (slug(located[0].stem) if len(located) == 1 else COMPARED)
    about = {"name": path.stem, "path": str(path.parent)}
    wanted = {"metadata": about, "pages": [path.stem], "reports": _addresses(singles or {}, folder)}
    page, resources = ReportExporter().from_notebook_node(notebook, resources=wanted)
    with staged(folder) as stage:
        (stage / "index.html").write_text(page, encoding="utf-8", newline="\n")
        for name, content in resources["outputs"].items():
            (stage / name).parent.mkdir(parents=True, exist_ok=True)
            (stage / name).write_bytes(content)
    return folder / "index.html"


def article_paths(source: Path) -> list[Path]:
    """The files of a folder that get a report each; none of a scored corpus, of a table, or where there are too many."""
    if not source.is_dir() or is_scored(source):
        return []
    paths: list[Path] = []
    for path in sorted(source.rglob("*")):
        if path.is_file() and path.suffix.lower() not in TABLES and _is_article(path):
            paths.append(path)
        if len(paths) > SINGLE_REPORTS_MAX:
            return []
    return paths


def _is_article(path: Path) -> bool:
    """Whether a file holds an article, and not a picture, notes or corrections."""
    try:
        return any(isinstance(result, Article) for result in read_corpus(path))
    except ArticleError:
        return False


def is_several(sources: Sequence[Path | None]) -> bool:
    """Whether articles are to be compared: several are named, or something that holds several."""
    if len(sources) != 1:
        return len(sources) > 1
    (source,) = sources
    return source is not None and (source.is_dir() or source.suffix.lower() in TABLES)


def _set(notebook: Any, **values: str | None) -> None:
    """Put literals into the notebook's parameters."""
    (cell,) = [cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", [])]
    for name, value in values.items():
        if value is not None:
            before, after = f"\n{cell.source}".split(f"\n{name} = None", 1)
            cell.source = f"{before}\n{name} = {value!r}{after}".removeprefix("\n")


def _addresses(singles: Mapping[str, Path], folder: Path) -> list[tuple[str, str]]:
    """The titles of single reports, and their addresses as a page in the folder leads to them."""
    return [(visible(title), visible(os.path.relpath(path, folder).replace(os.sep, "/"))) for title, path in singles.items()]
