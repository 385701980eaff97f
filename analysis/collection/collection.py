"""Several articles, opened: the frames of all of them, one name an actor, copies known."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import cached_property
from glob import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..constants import DEFAULT_SCORER
from ..display import Card, listing, plural
from ..errors import ArticleError, UnreadableCorpus
from ..model import Article
from ..readers import CORRECTIONS, Reading, Refusal, read_corpus, slug
from ..study import FRAMES, Study, open_article, project_folder
from .copies import ArticleSignature, find_copies, signature
from .dataset import PARTS, is_scored, need, read_manifest, table_of
from .matching import found_actors, match_actors
from .views import connect, connect_folder, rows_of

if TYPE_CHECKING:
    import pandas
    from duckdb import DuckDBPyConnection

    from ..tone import Scorer

SEED_COLLECTION = "flood"
OUTLETS_NAMED = 4
"""Outlets that a collection names when it is shown; the others are counted."""


def open_articles(
    articles: Any = None,
    *,
    scorer: str | Scorer | None = None,
    registry: str | Path | None = None,
    columns: Mapping[str, str] | None = None,
) -> Collection:
    """Open several articles for comparison.

    Args:
        articles: paths, a folder, a table, a DataFrame, or articles read before (see ``read_corpus``); or a folder that
            ``toward score`` wrote, whose scores are then taken as they are. None takes those that the environment variable
            ``ARTICLES`` names, with the system's path separator between them, else the collection the project comes with.
        scorer: as for ``open_article``.
        registry: corrections for all articles, a TOML file; None takes ``actors.toml`` in the folder, where there is one. The
            corrections ``NAME.toml`` beside an article ``NAME.txt`` hold in that article, as when it is opened alone.
        columns: which column of a table holds what.

    Returns:
        The collection; its parts are computed when first asked for.

    Raises:
        UnreadableCorpus: there is no article.
        RegistryError: the corrections have a mistake.
        MissingPart: what compares articles is not installed.

    Example:
        >>> from analysis import read_text
        >>> made = [read_text("Norway won.", outlet="The Herald"), read_text("Norway lost.", outlet="The Post")]
        >>> print(open_articles(made, scorer="clause"))
        2 articles of 2 outlets: The Herald and The Post
    """
    need("duckdb", "pyarrow", "datasketch")
    if articles is None:
        named = [name for name in os.environ.get("ARTICLES", "").split(os.pathsep) if name.strip()]
        articles = named[0] if len(named) == 1 else named or project_folder() / "seeds" / SEED_COLLECTION
    path = Path(articles).expanduser() if isinstance(articles, str | Path) else None
    if path is not None and is_scored(path):
        return Collection((), folder=path)
    if registry is None and path is not None and (path / CORRECTIONS).is_file():
        registry = path / CORRECTIONS
    read = list(read_corpus(articles, columns=columns))
    opened = tuple(result for result in read if isinstance(result, Article))
    left = tuple(result for result in read if isinstance(result, Refusal))
    if not opened:
        raise UnreadableCorpus(f"There is no article to compare: {Reading.of(read)}")
    chosen = DEFAULT_SCORER if scorer is None else scorer
    own = _own_corrections(articles)
    studies = tuple(open_article(article, scorer=chosen, registry=own.get(article.id)) for article in opened)
    return Collection(studies, left, registry=registry)


def _own_corrections(articles: Any) -> dict[str, Path]:
    """The corrections that lie beside articles in files, by the article's id.

    An id is made from a file's stem, or from its whole name where several files have that stem.
    """
    if isinstance(articles, str | Path):
        folder = Path(articles).expanduser()
        if not folder.is_dir():
            beside = folder.with_suffix(".toml")
            return {slug(folder.stem): beside} if beside.is_file() else {}
        corrections: dict[str, Path] = {}
        for path in sorted(folder.rglob("*.toml")):
            if path.name != CORRECTIONS:
                corrected = path.parent.glob(f"{escape(path.stem)}.*")
                names = (slug(source.relative_to(folder).as_posix()) for source in corrected)
                corrections |= dict.fromkeys([slug(path.stem), *names], path)
        return corrections
    if isinstance(articles, Sequence):
        return {
            ident: path
            for source in articles
            if isinstance(source, str | Path)
            for ident, path in _own_corrections(source).items()
        }
    return {}


class Collection:
    """Several articles with what was found in them.

    Attributes:
        studies: an opened article each; none where the collection was scored before.
        refusals: rows and files that gave no article.
        folder: what ``toward score`` wrote, or None. registry: the corrections for all articles, or None.
    """

    def __init__(
        self,
        studies: Sequence[Study],
        refusals: Sequence[Refusal] = (),
        *,
        folder: Path | None = None,
        registry: str | Path | None = None,
    ) -> None:
        self.studies = tuple(studies)
        self.refusals = tuple(refusals)
        self.folder = folder
        self.registry = registry

    @cached_property
    def database(self) -> DuckDBPyConnection:
        """Tables and views of DuckDB: what ``toward ask`` asks, for questions of your own."""
        return connect(self._tables()) if self.folder is None else connect_folder(self.folder)

    def _tables(self) -> dict[str, Any]:
        rows: dict[str, list[tuple[Any, ...]]] = {name: [] for name in PARTS}
        for study in self.studies:
            for name, added in rows_of_study(study).items():
                rows[name] += added
        signed = [
            ArticleSignature(article[0], article[3], signed_row[2])
            for article, signed_row in zip(rows["articles"], rows["signatures"], strict=True)
        ]
        actors = found_actors([(row[0], row[1], row[2]) for row in rows["actors"]], rows["aliases"])
        matches = [
            (match.name, match.kind, match.actor, match.actor_kind, match.rule)
            for match in match_actors(actors, registry=self.registry)
        ]
        copies = [(copy.article, copy.copy_of, copy.share) for copy in find_copies(signed)]
        wholes = {"names": matches, "copies": copies, "errors": [_error(refusal) for refusal in self.refusals]}
        everything: dict[str, Any] = {**rows, **wholes}
        return {name: table_of(name, actors) for name, actors in everything.items()}

    @property
    def method(self) -> str:
        """Version and scorer, for the line beneath a chart."""
        if self.folder is None:
            return self.studies[0].method
        manifest = read_manifest(self.folder)
        return f"toward {manifest['toward']}, scorer {manifest['scorer']}"

    @property
    def articles(self) -> pandas.DataFrame:
        """One row for each article: article, title, outlet, date, source, sha256, words, sentences, month, copy_of."""
        return self.frame("SELECT * FROM articles")

    @property
    def actors(self) -> pandas.DataFrame:
        """One row for each actor in an article, as ``Study.actors``; ``name`` is the article's own name for it."""
        return self.frame("SELECT * FROM actors")

    @property
    def mentions(self) -> pandas.DataFrame:
        """One row for each mention, as ``Study.mentions``."""
        return self.frame("SELECT * FROM mentions")

    @property
    def sentences(self) -> pandas.DataFrame:
        """One row for each sentence, as ``Study.sentences``."""
        return self.frame("SELECT * FROM sentences")

    @property
    def quotes(self) -> pandas.DataFrame:
        """One row for each attribution, as ``Study.quotes``."""
        return self.frame("SELECT * FROM quotes")

    @property
    def hedges(self) -> pandas.DataFrame:
        """One row for each hedge, as ``Study.hedges``."""
        return self.frame("SELECT * FROM hedges")

    @property
    def positions(self) -> pandas.DataFrame:
        """One row for each holder and target in an article, as ``Study.positions``."""
        return self.frame("SELECT * FROM positions")

    @property
    def copies(self) -> pandas.DataFrame:
        """One row for each copy: article, copy_of, share."""
        return self.frame("SELECT * FROM copies")

    @property
    def names(self) -> pandas.DataFrame:
        """One row for each name in an article, with the actor of the collection that it means and the rule for it."""
        return self.frame("SELECT * FROM names")

    def frame(self, question: str) -> pandas.DataFrame:
        """The answer to a question in SQL, as a frame."""
        answer: pandas.DataFrame = self.database.execute(question).df()
        return answer

    def rows(self, question: str, values: Any = None) -> list[tuple[Any, ...]]:
        """The answer to a question in SQL, as rows."""
        return rows_of(self.database, question, values)

    def __getitem__(self, article: str) -> Study:
        """The study of an article, by its id.

        Raises:
            ArticleError: there is none of that id, or the collection was scored before and holds rows alone.
        """
        if self.folder is not None:
            raise ArticleError("A scored corpus holds rows, not texts. Open the article itself with open_article.")
        for study in self.studies:
            if study.article.id == article:
                return study
        raise ArticleError(f"There is no article {article!r}. There are: {', '.join(self._ipython_key_completions_())}.")

    def _ipython_key_completions_(self) -> list[str]:
        return [study.article.id for study in self.studies]

    def __len__(self) -> int:
        return int(self.rows("SELECT count(*) FROM articles")[0][0]) if self.folder is not None else len(self.studies)

    def _outlets(self) -> list[str]:
        if self.folder is None:
            return sorted({study.article.outlet for study in self.studies if study.article.outlet})
        return [row[0] for row in self.rows("SELECT DISTINCT outlet FROM articles WHERE outlet IS NOT NULL ORDER BY outlet")]

    def __repr__(self) -> str:
        outlets = self._outlets()
        more = [f"{len(outlets) - OUTLETS_NAMED} more"] if len(outlets) > OUTLETS_NAMED else []
        named = f" of {plural(len(outlets), 'outlet')}: {listing([*outlets[:OUTLETS_NAMED], *more])}" if outlets else ""
        refused = f"\n{plural(len(self.refusals), 'row or file', 'rows or files')} gave no article" if self.refusals else ""
        return f"{plural(len(self), 'article')}{named}{refused}"

    def _repr_html_(self) -> str:
        title, *lines = repr(self).splitlines()
        return Card(title, tuple(lines))._repr_html_()


def rows_of_study(study: Study) -> dict[str, list[tuple[Any, ...]]]:
    """The rows that an article adds to each frame of ``PARTS``."""
    article, parse = study.article, study.parse
    rows: dict[str, list[tuple[Any, ...]]] = {name: list(study.records(name).rows) for name in FRAMES}
    sizes = (len(article.text.split()), len(parse.sentences))
    rows["articles"] = [(article.id, article.title, article.outlet, article.date, article.source, article.sha256, *sizes)]
    rows["aliases"] = [(article.id, actor.name, actor.kind, alias) for actor in study.cast.actors for alias in actor.aliases]
    seen: set[str] = set()
    repeats = []
    for sentence in parse.sentences:
        words = " ".join(parse.text_of(sentence).split()).casefold()
        if words in seen:
            repeats.append(sentence.index + 1)
        seen.add(words)
    rows["signatures"] = [(article.id, repeats, signature(article.text))]
    return rows


def _error(refusal: Refusal) -> tuple[str | None, str, str, str, str]:
    return refusal.id, refusal.where, refusal.kind, refusal.reason, refusal.detail
