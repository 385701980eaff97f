"""The frames of a collection as tables and views of DuckDB, which answer questions in SQL.

The tables are the frames with one name an actor for the whole collection (``actor``; the article's own stands under ``name``).
The views put them together. Articles that are copies of others are in the tables and in no view.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ..constants import (
    INTERVAL_SHARE,
    MIN_POINTS,
    PRIOR_ARTICLE_VARIANCE,
    PRIOR_ARTICLES,
    PRIOR_SENTENCES,
    PRIOR_VARIANCE,
    SHARED_DOUBT,
)
from .dataset import PARTS, WHOLES, files_of, need, read_manifest, table_of

if TYPE_CHECKING:
    import pyarrow
    from duckdb import DuckDBPyConnection

TABLES: Final = (
    "articles",
    "mentions",
    "sentences",
    "quotes",
    "hedges",
    "positions",
    "actors",
    "aliases",
    "errors",
    "copies",
    "names",
)
VIEWS: Final[Mapping[str, str]] = {
    "tones": "a scored sentence toward an actor a row: article, outlet, date, month, actor, kind, sentence, tone, doubt, voice",
    "tone_by_article": "an actor in an article a row, with the sums that intervals need",
    "tone_by_actor": "an actor a row: articles, n, tone, lo, hi",
    "tone_by_outlet": "an actor in an outlet a row: outlet, articles, n, tone, lo, hi",
    "tone_by_month": "an actor in an outlet and a month a row: outlet, month, articles, n, tone, lo, hi",
    "cell_sentences": "the sentences behind any cell: actor, outlet, month, article, sentence, tone, voice, text",
    "who_quotes_whom": "a speaker in an outlet a row: outlet, speaker, kind, articles, quotes, direct, words",
}
"""What can be asked beside the tables."""

_BASE = """
CREATE VIEW articles AS
  SELECT a.*, CASE WHEN length(a.date) >= 7 THEN left(a.date, 7) END AS month, c.copy_of
  FROM raw_articles a LEFT JOIN copies c USING (article);
CREATE VIEW aliases AS SELECT * FROM raw_aliases;
CREATE VIEW sentences AS SELECT * FROM raw_sentences;
CREATE VIEW hedges AS SELECT * FROM raw_hedges;
CREATE VIEW matched AS
  SELECT r.article, r.actor AS name, any_value(n.actor) AS actor, any_value(n.actor_kind) AS kind
  FROM raw_actors r JOIN names n ON r.actor = n.name AND r.kind = n.kind GROUP BY ALL;
CREATE VIEW actors AS
  SELECT r.* REPLACE (n.actor AS actor, n.actor_kind AS kind), r.actor AS name
  FROM raw_actors r JOIN names n ON r.actor = n.name AND r.kind = n.kind WHERE n.actor IS NOT NULL;
CREATE VIEW mentions AS
  SELECT r.* REPLACE (n.actor AS actor, n.actor_kind AS kind, coalesce(v.actor, r.voice) AS voice), r.actor AS name
  FROM raw_mentions r JOIN names n ON r.actor = n.name AND r.kind = n.kind
  LEFT JOIN matched v ON v.article = r.article AND v.name = r.voice WHERE n.actor IS NOT NULL;
CREATE VIEW quotes AS
  SELECT r.* REPLACE (coalesce(v.actor, r.actor) AS actor), v.kind AS actor_kind, r.actor AS name
  FROM raw_quotes r LEFT JOIN matched v ON v.article = r.article AND v.name = r.actor;
CREATE VIEW positions AS
  SELECT r.* REPLACE (coalesce(h.actor, r.holder) AS holder, coalesce(t.actor, r.target) AS target)
  FROM raw_positions r LEFT JOIN matched h ON h.article = r.article AND h.name = r.holder
  LEFT JOIN matched t ON t.article = r.article AND t.name = r.target;
CREATE VIEW tones AS
  WITH said AS (
    SELECT article, actor, kind, sentence, avg(tone) AS tone, avg(negative) AS negative, avg(positive) AS positive,
      CASE WHEN count(DISTINCT voice) = 1 THEN any_value(voice) ELSE 'several' END AS voice
    FROM mentions WHERE tone IS NOT NULL GROUP BY article, actor, kind, sentence),
  again AS (SELECT article, unnest(repeats) AS sentence FROM raw_signatures)
  SELECT s.article, a.outlet, a.date, a.month, s.actor, s.kind, s.sentence, s.tone,
    greatest(0, negative + positive - (positive - negative) ** 2) AS doubt, s.voice
  FROM said s JOIN articles a USING (article)
  WHERE a.copy_of IS NULL AND NOT EXISTS (FROM again g WHERE g.article = s.article AND g.sentence = s.sentence);
CREATE VIEW tone_by_article AS
  SELECT article, any_value(outlet) AS outlet, any_value(date) AS date, any_value(month) AS month, actor, kind, count(*) AS n,
    sum(tone) AS total, sum(tone ** 2) AS squares, sum(doubt) AS doubt FROM tones GROUP BY article, actor, kind;
CREATE VIEW cell_sentences AS
  SELECT t.actor, t.kind, t.outlet, t.month, t.article, t.sentence, t.tone, t.voice, s.text
  FROM tones t JOIN raw_sentences s ON s.article = t.article AND s.sentence = t.sentence;
CREATE VIEW who_quotes_whom AS
  SELECT a.outlet, coalesce(q.actor, q.source, 'unnamed') AS speaker, q.actor_kind AS kind,
    count(DISTINCT q.article) AS articles, count(*) AS quotes, count(*) FILTER (q.kind = 'direct') AS direct,
    sum(length(q.content) - length(replace(q.content, ' ', '')) + 1)::BIGINT AS words
  FROM quotes q JOIN articles a USING (article) WHERE a.copy_of IS NULL GROUP BY ALL;
"""


def _estimates(group: str) -> str:
    """The mean with its interval over groups of articles: ``estimates.mean_across`` in SQL."""
    single = f"((greatest(0, squares - total ** 2 / n) + {PRIOR_SENTENCES * PRIOR_VARIANCE}) / (n - 1 + {PRIOR_SENTENCES}) / n)"
    residues = "greatest(0, total_squares - 2 * m * total_counts + m ** 2 * count_squares)"
    prior = f"({single} + {PRIOR_ARTICLE_VARIANCE} * count_squares / n ** 2)"
    between = f"(articles / (articles - 1) * {residues} / n ** 2)"
    several = f"(((articles - 1) * {between} + {PRIOR_ARTICLES} * {prior}) / (articles - 1 + {PRIOR_ARTICLES}))"
    free = f"CASE WHEN articles < 2 THEN n - 1 + {PRIOR_SENTENCES} ELSE articles - 1 + {PRIOR_ARTICLES} END"
    return f"""
  WITH sums AS (
    SELECT {group}, count(*)::DOUBLE AS articles, sum(n)::DOUBLE AS n, sum(total) AS total, sum(squares) AS squares,
      sum(doubt) AS doubt, sum(total ** 2) AS total_squares, sum(total * n) AS total_counts, sum(n ** 2) AS count_squares
    FROM tone_by_article GROUP BY {group}),
  means AS (SELECT *, total / n AS m, {SHARED_DOUBT} * doubt / n * count_squares / n ** 2 AS shared FROM sums),
  spreads AS (SELECT *, CASE WHEN articles < 2 THEN {single} ELSE {several} END AS spread, {free} AS free FROM means),
  halves AS (
    SELECT *, t_of((spread + shared) ** 2 / (spread ** 2 / free)) * sqrt(spread + shared) AS half FROM spreads)
  SELECT {group}, articles::BIGINT AS articles, n::BIGINT AS n, CASE WHEN n >= {MIN_POINTS} THEN m END AS tone,
    CASE WHEN n >= {MIN_POINTS} THEN greatest(-1, m - half) END AS lo,
    CASE WHEN n >= {MIN_POINTS} THEN least(1, m + half) END AS hi
  FROM halves"""  # noqa: S608 - names and numbers of ours


def _t_macro() -> str:
    """Student's quantile by its expansion about the normal one; good to a hundredth from two degrees of freedom on.

    Source: Abramowitz and Stegun, Handbook of Mathematical Functions (1964), 26.7.5.
    """
    from statistics import NormalDist

    z = NormalDist().inv_cdf((1 + INTERVAL_SHARE) / 2)
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return f"CREATE MACRO t_of(v) AS {z} + {' + '.join(f'({term}) / v ** {power}' for power, term in enumerate(terms, 1))};"


def connect(tables: Mapping[str, pyarrow.Table]) -> DuckDBPyConnection:
    """A database of frames in memory.

    Args:
        tables: by name, those of ``PARTS`` and ``WHOLES``; what is left out is empty.
    """
    need("duckdb")
    import duckdb

    database = duckdb.connect(":memory:")
    for name in (*PARTS, *WHOLES):
        table = tables[name] if name in tables else table_of(name, [])
        database.register(_raw(name), table)
    return _with_views(database)


def connect_folder(folder: Path) -> DuckDBPyConnection:
    """The database of a scored corpus; it reads the folder's files, nothing else, and cannot write.

    Raises:
        CorpusError: the folder holds no scored corpus.
    """
    need("duckdb", "pyarrow")
    import duckdb

    read_manifest(folder)
    path = folder.resolve()
    database = duckdb.connect(":memory:")
    for name in (*PARTS, *WHOLES):
        if files := files_of(path, name):
            listed = ", ".join(f"'{_quoted(file)}'" for file in files)
            database.execute(f"CREATE VIEW {_raw(name)} AS SELECT * FROM read_parquet([{listed}])")  # noqa: S608 - quoted
        else:
            database.register(_raw(name), table_of(name, []))
    _with_views(database)
    database.execute(f"SET allowed_directories = ['{_quoted(str(path))}/']")
    for setting in ("enable_external_access = false", "lock_configuration = true"):
        database.execute(f"SET {setting}")
    return database


def _raw(name: str) -> str:
    return name if name in WHOLES else f"raw_{name}"


def _quoted(text: str) -> str:
    return text.replace("'", "''")


def _with_views(database: DuckDBPyConnection) -> DuckDBPyConnection:
    database.execute(_BASE)
    database.execute(_t_macro())
    for name, group in (("actor", "actor, kind"), ("outlet", "actor, kind, outlet"), ("month", "actor, kind, outlet, month")):
        database.execute(f"CREATE VIEW tone_by_{name} AS {_estimates(group)}")
    return database


def rows_of(database: DuckDBPyConnection, question: str, values: Any = None) -> list[tuple[Any, ...]]:
    """The rows that answer a question of ours."""
    rows: list[tuple[Any, ...]] = database.execute(question, values).fetchall()
    return rows
