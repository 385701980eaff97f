"""Which article is opened, and where the project's files are.

The article is, in this order: the argument, the environment variable ``ARTICLE``, ``article = "..."`` in the
settings file ``toward.toml`` at the project's top, the seed.
"""

from __future__ import annotations

import contextlib
import os
import tomllib
from pathlib import Path

from ..errors import ArticleError, MissingArticle
from ..readers import checked_path

SEED_ARTICLE = "lavrov-north-korea.txt"


def project_folder() -> Path:
    """The folder that holds ``notebooks/`` and ``seeds/``: the checkout, or the package where it was installed."""
    here = Path(__file__).resolve().parents[1]
    return here.parent if (here.parent / "notebooks").is_dir() else here


def notebook_paths() -> tuple[Path, ...]:
    """The ordered notebooks.

    Raises:
        ArticleError: there are none, so this is no complete installation.
    """
    paths = tuple(sorted((project_folder() / "notebooks").glob("[0-9][0-9]-*.ipynb")))
    if not paths:
        raise ArticleError(f"No notebooks stand in {project_folder() / 'notebooks'}. Install the project from its repository.")
    return paths


def seed_path() -> Path:
    """The article the project comes with."""
    return project_folder() / "seeds" / SEED_ARTICLE


def choose(article: str | Path | None = None) -> tuple[Path, str]:
    """Which article to open, and why: its path and one of "argument", "ARTICLE", "settings file", "seed".

    Raises:
        MissingArticle: the path is empty or none, or the settings file is not valid TOML.
    """
    if article is not None:
        return _located(article), "argument"
    if named := os.environ.get("ARTICLE", "").strip():
        return _located(named), "ARTICLE"
    settings = project_folder() / "toward.toml"
    if settings.is_file():
        try:
            named = tomllib.loads(settings.read_text("utf-8")).get("article", "")
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
            raise MissingArticle(f"{settings.name} cannot be read: {problem}.") from None
        if str(named).strip():
            return _located(named), "settings file"
    return seed_path(), "seed"


def _located(source: str | Path) -> Path:
    """A path as its writer meant it: from the working folder, the shell's folder, the project or its seeds.

    A path that leads nowhere is given back as it is, so that ``read_article`` says what is wrong with it.
    """
    path = checked_path(source)
    folders = [Path.cwd(), Path(os.environ.get("PWD", ".")), project_folder(), project_folder() / "seeds"]
    with contextlib.suppress(OSError, ValueError):  # too long for a path, or with signs that none may hold
        for folder in folders:
            for name in (path, path.with_name(path.name + ".txt")):
                if (folder / name).is_file():
                    return (folder / name).resolve()
    return path


def sheet_beside(article: Path) -> Path:
    """The path of an article's coding sheet, which people fill in: ``NAME.sheet.csv`` beside ``NAME.txt``.

    The file need not exist.
    """
    return article.with_suffix(".sheet.csv")
