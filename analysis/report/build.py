"""Articles become reports: the notebooks are run, each becomes a page, and an index page goes in front.

One process analyses the article and writes its results into the cache; the notebooks, two at a time, open what is
there. A report appears whole or not at all: it is built beside its place and moved there in one step.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import MissingPart
from ..study import sheet_beside
from .downloads import figures_beside, figures_inside
from .kernels import KERNELS, finished, run_notebooks
from .publish import staged

if TYPE_CHECKING:
    from ..study import Study

LAB = ("ipykernel", "nbclient", "nbconvert", "nbformat")
"""What runs notebooks: the extra ``lab``."""
SEVERAL = "10-how-do-articles-compare"
ONLY_WHERE: Mapping[str, Callable[[Path, int], bool]] = {
    "09-does-it-hold-on-my-articles": lambda article, _count: sheet_beside(article).is_file(),
    SEVERAL: lambda _article, _count: False,
}
"""Notebooks that not every report has, by the name of their file: each is built where its condition holds, which is told the
article's path and how many articles are built together. That on several articles is a report of its own (``comparison``)."""
LONG_CHARS = 200_000
"""A text longer than this takes so long to parse that its progress is told, and so much memory that kernels run singly."""


class ProgressBar:
    """What is at work: a bar on a terminal, elsewhere one line a step. Give it to ``build_reports``.

    steps: how many there will be, from ``step_count``.
    """

    def __init__(self, steps: int) -> None:
        from tqdm import tqdm

        self._bar = None
        if sys.stderr.isatty():
            self._bar = tqdm(total=steps, bar_format="{bar:20} {n_fmt}/{total_fmt}  {desc}", leave=False, file=sys.stderr)
        self._begun = False

    def __call__(self, message: str) -> None:
        """Say what begins now; a message that ends in "%" only says how far the last one is."""
        if self._bar is None:
            sys.stderr.write(f"{message}\n")
            sys.stderr.flush()
            return
        if self._begun and not message.endswith("%"):
            self._bar.update()
        self._begun = True
        self._bar.set_description_str(message)

    def __enter__(self) -> ProgressBar:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()


def step_count(sources: Sequence[Path | None] = (None,)) -> int:
    """How often ``build_reports`` reports progress: for each article its analysis, its notebooks and its index."""
    from ..study import choose

    return sum(len(notebooks_of(choose(source)[0], len(sources))) + 2 for source in sources)


def notebooks_of(article: Path, articles: int = 1) -> list[Path]:
    """The notebooks of an article's report, in order: all but those whose condition in ``ONLY_WHERE`` does not hold.

    Args:
        article: the article's path.
        articles: how many articles are built together.
    """
    from ..study import notebook_paths

    return [path for path in notebook_paths() if path.stem not in ONLY_WHERE or ONLY_WHERE[path.stem](article, articles)]


def build_reports(
    sources: Sequence[Path | None], *, out: Path, progress: Callable[[str], None] | None = None, single: bool = False
) -> list[Path]:
    """Build the report of each article.

    Args:
        sources: paths of articles; None stands for the chosen one (``ARTICLE``, the settings file or the seed).
        out: each report goes to ``out/<article id>/``; one that is there already is replaced in one step.
        progress: called with what begins now.
        single: put index and notebooks into one file.

    Returns:
        The ``index.html`` of each report, in the order of the sources.

    Raises:
        ArticleError: an article cannot be read; nothing has been built.
        ReportError: the report cannot be written, or a notebook stopped. What was there before is untouched.
        MissingPart: what runs notebooks is not installed.
    """
    from ..study import open_article
    from .single_file import one_page

    check_lab()
    tell = progress or (lambda _message: None)
    studies = [open_article(source, evidence=True, progress=_parsing(tell)) for source in sources]
    names: dict[str, str] = {}
    built = []
    for source, study in zip(sources, studies, strict=True):
        article = study.article
        name = (
            article.id
            if names.setdefault(article.id, article.sha256) == article.sha256
            else f"{article.id}-{article.sha256[:8]}"
        )
        folder = Path(os.path.realpath(out)) / name
        with staged(folder) as stage:
            pages, figures = _pages(study, source, len(studies), tell)
            if single:
                pages, figures = {"index.html": figures_inside(one_page(pages), figures)}, {}
            for file, page in pages.items():
                (stage / file).write_text(page, encoding="utf-8", newline="\n")
            for file, figure in figures.items():
                (stage / file).write_bytes(figure)
        built.append(folder / "index.html")
    return built


def check_lab() -> None:
    """Say which command installs what runs notebooks.

    Raises:
        MissingPart: a package is not installed.
    """
    if missing := [name for name in LAB if find_spec(name) is None]:
        raise MissingPart(f"A report needs {', '.join(missing)}. Install what runs notebooks: pip install 'toward[lab]'")


def kernel_env() -> dict[str, str]:
    """The environment of kernels; those of a checkout use it, not what else may be installed."""
    from ..study import project_folder

    env = dict(os.environ)
    if project_folder() == Path(__file__).parents[2]:
        env["PYTHONPATH"] = os.pathsep.join(filter(None, [str(project_folder()), env.get("PYTHONPATH")]))
    return env


def _pages(
    study: Study, source: Path | None, articles: int, tell: Callable[[str], None]
) -> tuple[dict[str, str], dict[str, bytes]]:
    """Every page of a report by its name, and the files of its figures."""
    from ..study import choose
    from .index import card, index_page, index_parts

    env = kernel_env()
    located, chosen = choose(source)
    paths = notebooks_of(located, articles)
    if chosen in ("argument", "ARTICLE"):
        env["ARTICLE"] = str(located)
    with without_grammars():
        import nbformat

        from .exporter import ReportExporter
    tell(f"{study.article.title}: analysis")
    notebooks = [nbformat.read(path, as_version=4) for path in paths]  # type: ignore[no-untyped-call]
    run = run_notebooks(
        notebooks,
        paths,
        env,
        tell,
        analyse=lambda: _analyse(study),
        meanwhile=lambda: index_parts(study),
        at_once=KERNELS if len(study.article.text) < LONG_CHARS else 1,
    )
    parts = finished(run)
    exporter = ReportExporter()
    pages: dict[str, str] = {}
    figures: dict[str, bytes] = {}
    for path, notebook in zip(paths, notebooks, strict=True):
        wanted = {
            "metadata": {"name": path.stem, "path": str(path.parent)},
            "pages": [notebook_path.stem for notebook_path in paths],
        }
        pages[f"{path.stem}.html"], resources = exporter.from_notebook_node(notebook, resources=wanted)
        figures |= resources["outputs"]
    tell(f"{study.article.title}: index")
    index = index_page(parts, [card(path, notebook) for path, notebook in zip(paths, notebooks, strict=True)])
    index, drawn = figures_beside(index, notebooks, "index")
    return {"index.html": index, **pages}, {**figures, **drawn}


def _parsing(tell: Callable[[str], None]) -> Callable[[int, int], None]:
    """Progress through a long text, a tenth at a time; a text of usual length needs none."""
    said = 0

    def progress(done: int, total: int) -> None:
        nonlocal said
        tenths = 10 * done // max(total, 1)
        if total >= LONG_CHARS and said < tenths < 10:
            said = tenths
            tell(f"sentences: {10 * tenths} %")

    return progress


def _analyse(study: Study) -> None:
    """Compute, and so keep in the cache, all that the notebooks will ask for."""
    from ..tone import scorer_names

    _ = study.series, study.sentiments, [study.scores_by(scorer) for scorer in scorer_names()], study.stances


@contextlib.contextmanager
def without_grammars() -> Iterator[None]:
    """Keep jsonschema from compiling the grammars of internationalised addresses, which no notebook needs: 1.2 s."""
    spared = "rfc3987_syntax" not in sys.modules
    if spared:
        sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        if spared:
            sys.modules.pop("rfc3987_syntax", None)
