"""Which article is opened, and where the project's files are.

The article is, in this order: the argument, the environment variable ``ARTICLE``, ``article = "..."`` in the
settings file ``toward.toml`` at the project's top, the seed.
"""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

from ..errors import ArticleError, MissingArticle

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
    found = tuple(sorted((project_folder() / "notebooks").glob("[0-9][0-9]-*.ipynb")))
    if not found:
        raise ArticleError(f"No notebooks stand in {project_folder() / 'notebooks'}. Install the project from its repository.")
    return found


def seed_path() -> Path:
    """The article the project comes with."""
    return project_folder() / "seeds" / SEED_ARTICLE


def choose(article: str | Path | None = None) -> tuple[str | Path, str]:
    """Which article to open, and why: the source and one of "argument", "ARTICLE", "settings file", "seed".

    Raises:
        MissingArticle: the settings file is not valid TOML.
    """
    if article is not None and str(article).strip():
        return _located(article), "argument"
    if named := os.environ.get("ARTICLE", "").strip():
        return _located(named), "ARTICLE"
    settings = project_folder() / "toward.toml"
    if settings.is_file():
        try:
            named = tomllib.loads(settings.read_text("utf-8")).get("article", "")
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
            raise MissingArticle(f"{settings.name} cannot be read: {problem}.") from None
        if named:
            return _located(named), "settings file"
    return seed_path(), "seed"


def _located(source: str | Path) -> str | Path:
    """A path as its writer meant it: from the working folder, the shell's folder, the project or its seeds."""
    if isinstance(source, str) and ("\n" in source or len(source) > 1024):
        return source
    path = Path(source).expanduser()
    places = [Path.cwd(), Path(os.environ.get("PWD", ".")), project_folder(), project_folder() / "seeds"]
    for place in places:
        for name in (path, path.with_name(path.name + ".txt")):
            if (place / name).is_file():
                return (place / name).resolve()
    return path
