"""The docs site: pages in Markdown, the reference from the docstrings, nothing asked of the network.

``make docs`` builds it into ``build/docs``.
"""

from __future__ import annotations

import ast
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

import analysis  # noqa: E402

project = "Toward"
author = "The Toward authors"
release = version = analysis.__version__
copyright = "the Toward authors, MIT licence"  # noqa: A001

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
source_suffix = {".md": "markdown", ".rst": "restructuredtext"}
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
napoleon_google_docstring = True
napoleon_numpy_docstring = False
napoleon_use_rtype = False
napoleon_use_ivar = True
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
autodoc_preserve_defaults = True
python_use_unqualified_type_names = True

html_theme = "furo"
html_title = f"Toward {version}"
html_show_sphinx = False
html_copy_source = False
html_theme_options = {"top_of_page_buttons": []}

REFERENCE = {
    "Articles": ["analysis.read_article", "analysis.read_text", "analysis.parse"],
    "Actors": ["analysis.find_actors"],
    "Tone": ["analysis.tone_toward", "analysis.score_targets", "analysis.score_pairs"],
    "Who says what": ["analysis.find_attributions"],
    "One article, opened": ["analysis.open_article", "analysis.study.Study"],
    "Several articles": ["analysis.open_articles", "analysis.collection.Collection"],
    "Many articles": ["analysis.corpus.score_corpus", "analysis.corpus.ask"],
    "Charts": [],
    "Scorers": [],
    "Data classes": [],
    "Errors": [],
}
"""Each part of the reference and the names it begins with; ``_public`` adds what a module gives."""

WHOLE = {"Charts": "analysis.charts", "Scorers": "analysis.tone", "Data classes": "analysis.model", "Errors": "analysis.errors"}
"""Parts that hold whole modules."""

PUBLIC_SCORERS = {"Scorer", "Target", "ClauseScorer", "EncoderScorer", "VaderScorer", "find_scorer", "scorer_names"}
"""What a scorer's author needs of ``analysis.tone``; the rest of that module is the house's own."""


def public_names() -> dict[str, list[str]]:
    """The dotted names of each part of the reference, in the order they are shown."""
    parts = {part: list(names) for part, names in REFERENCE.items()}
    known = {name for names in parts.values() for name in names}
    rest = [name for name in (f"analysis.{short}" for short in analysis.__all__) if name not in known]
    if rest:
        parts = {
            "Articles": [*parts["Articles"], *rest],
            **{part: names for part, names in parts.items() if part != "Articles"},
        }
    for part, module in WHOLE.items():
        loaded = import_module(module)
        names = getattr(loaded, "__all__", None) or [
            name for name, value in vars(loaded).items() if isinstance(value, type) and value.__module__ == module
        ]
        parts[part] += [f"{module}.{name}" for name in names if part != "Scorers" or name in PUBLIC_SCORERS]
    return parts


def _directive(name: str) -> str:
    """How autodoc is asked for one name."""
    module, _, short = name.rpartition(".")
    value = getattr(import_module(module), short)
    if isinstance(value, type):
        return f".. autoclass:: {name}\n   :members:\n"
    return f".. autofunction:: {name}\n" if callable(value) else f".. autodata:: {name}\n"


def write_reference(folder: Path) -> None:
    """Write one page for each part of the reference, and their contents page."""
    folder.mkdir(exist_ok=True)
    pages = []
    for part, names in public_names().items():
        page = part.lower().replace(" ", "-").replace(",", "")
        pages.append(page)
        body = "\n".join(_directive(name) for name in names)
        _write(folder / f"{page}.rst", f"{part}\n{'=' * len(part)}\n\n{body}")
    contents = "\n   ".join(pages)
    text = (
        "Everything another program may rely on. `What is stable`_ says for how long.\n\n.. _What is stable: ../stable.html\n"
    )
    _write(folder / "index.rst", f"Reference\n=========\n\n{text}\n.. toctree::\n   :maxdepth: 2\n\n   {contents}\n")


def _write(path: Path, text: str) -> None:
    if not path.exists() or path.read_text("utf-8") != text:
        path.write_text(text, "utf-8")


class ChartDirective(SphinxDirective):
    """A block of the gallery: its lines are shown and run, and the chart that the last line makes is drawn beneath them.

    The blocks of a page share their names, as the cells of a notebook do. The page is read anew in every build.
    """

    has_content = True

    def run(self) -> list[nodes.Node]:
        """What Sphinx puts in place of the block."""
        self.env.note_reread()
        code = "\n".join(self.content)
        shown = nodes.literal_block(code, code, language="python")
        chart = run_block(code, self.env.temp_data.setdefault("gallery", {}))
        if chart is None:
            return [shown]
        picture = chart.picture().decode().replace("<svg ", '<svg style="max-width:100%;height:auto" ', 1)
        return [shown, nodes.raw("", f"<figure>{picture}</figure>", format="html")]


def run_block(code: str, names: dict[str, Any]) -> Any:
    """Run lines from the top folder of the project; names holds what they define.

    Returns:
        The value of the last line, or None where it is no expression.
    """
    tree = ast.parse(code)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    before = Path.cwd()
    os.chdir(ROOT)
    try:
        exec(compile(tree, "docs/gallery.md", "exec"), names)  # noqa: S102  (the project's own page)
        return eval(compile(ast.Expression(last.value), "docs/gallery.md", "eval"), names) if last else None  # noqa: S307
    finally:
        os.chdir(before)


def setup(app: Any) -> dict[str, bool]:
    """Sphinx calls this before it reads a page.

    Returns:
        That pages may be read by several processes at once: no page needs what another has made.
    """
    write_reference(ROOT / "docs" / "reference")
    app.add_directive("chart", ChartDirective)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
