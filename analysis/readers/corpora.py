"""Many articles, read one after another: tables, folders, archives, frames. No row is lost in silence.

Each row or file gives an ``Article``, or a ``Refusal`` that says why it is none; ``Reading`` counts them.
"""

from __future__ import annotations

import difflib
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, Literal, Self

from ..constants import ARTICLE_MAX_CHARS
from ..errors import ArticleError, EmptyArticle, UnreadableArticle, UnreadableCorpus
from ..model import Article
from .dates import UNREAD_DATE, read_date
from .files import StoredFile, stored_files
from .languages import is_english, language_name, other_language
from .tables import TABLES, UnreadableRow, read_table
from .text import article_of, read_bytes

FIELDS: Final = {
    "id": "id stories_id story_id article_id doc_id document_id uid uuid guid",
    "title": "title headline article_title heading",
    "text": "text body content article_text full_text fulltext story_text maintext main_text article_body article story",
    "url": "url link article_url story_url permalink",
    "outlet": "outlet media_name media publisher publication newspaper source_name source site_name domain source_domain",
    "date": "date publish_date published published_at publication_date pub_date pubdate date_publish date_published datetime",
    "language": "language lang article_language language_code",
    "file": "file path filename file_name",
}
"""What is read of a row, and the names under which archives of news keep it, the commonest first. Case, spaces, hyphens and
underscores do not count. "file" names a text beside the table."""
READABLE: Final = (".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".mht", ".mhtml", ".docx", ".pdf")
"""Files that hold one article each."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row or file that gave no article.

    Attributes:
        where: the file and the row, in words by which the user finds them.
        reason: a short phrase, the same for all of a kind.
        detail: a sentence about this one.
        kind: "skipped" for what is no article to score (a copy, no text, another language, a picture), "refused" for what
            cannot be read.
        id: the row's own id; None where it has none.
    """

    where: str
    reason: str
    detail: str
    kind: Literal["skipped", "refused"]
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """How many rows and files were read, skipped and refused, and why.

    Attributes:
        read: how many articles were read.
        skipped: how many rows or files were skipped, by reason.
        refused: how many could not be read, by reason.
        notes: how many articles have each note, and how many have no date.
    """

    read: int
    skipped: Mapping[str, int]
    refused: Mapping[str, int]
    notes: Mapping[str, int]

    @classmethod
    def of(cls, results: Iterable[Article | Refusal]) -> Self:
        """Count what ``read_corpus`` gives.

        Example:
            >>> print(Reading.of(read_corpus([{"text": "Norway won.", "date": "2024-05-03"}, {"text": ""}])))
            2 rows: 1 read, 1 skipped (1 without text).
        """
        read = 0
        counts: dict[str, Counter[str]] = {"skipped": Counter(), "refused": Counter(), "notes": Counter()}
        for result in results:
            if isinstance(result, Refusal):
                counts[result.kind][result.reason] += 1
            else:
                read += 1
                counts["notes"].update([*result.notes, *(["no date"] if result.date is None else [])])
        return cls(read, counts["skipped"], counts["refused"], counts["notes"])

    @property
    def rows(self) -> int:
        """All of them; nothing is left out."""
        return self.read + sum(self.skipped.values()) + sum(self.refused.values())

    def __str__(self) -> str:
        parts = [f"{self.read:,} read"]
        for name, counts in (("skipped", self.skipped), ("refused", self.refused)):
            if counts:
                order = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
                why = ", ".join(f"{count:,} {reason}" for reason, count in order)
                parts.append(f"{sum(counts.values()):,} {name} ({why})")
        undated = f" {self.notes['no date']:,} have no date." if self.notes.get("no date") else ""
        return f"{self.rows:,} {'row' if self.rows == 1 else 'rows'}: {', '.join(parts)}.{undated}"


def read_corpus(
    source: Any,
    *,
    columns: Mapping[str, str] | None = None,
    english_only: bool = True,
) -> Iterator[Article | Refusal]:
    """Read many articles, one at a time, in an order that is always the same.

    Args:
        source: a table (CSV, TSV, JSON, JSON Lines, Parquet, xlsx), a folder, a pattern such as ``"2024/*.html"``, a zip, or a
            path that fsspec knows (``"s3://bucket/articles.parquet"``); a DataFrame; or several of these, of articles, or of
            rows as dictionaries.
        columns: where a table keeps what, as field to column: ``{"text": "content", "outlet": "paper"}``. Fields that are left
            out are found under the names in ``FIELDS``.
        english_only: whether texts in other languages are skipped.

    Returns:
        An iterator that reads when it is asked: an article for each row or file, its title at the top of its text, or a
        refusal with the reason. A row whose text, outlet and date were read before is skipped as repeated. An id that was used
        before gets a number behind it.

    Raises:
        UnreadableCorpus: there is nothing to read, or a column is not there; the message names the nearest.
        MissingPart: the package that reads this kind of table is not installed.

    Example:
        >>> rows = [{"text": "Norway won.", "media_name": "The Herald"}, {"text": None}]
        >>> [item.outlet if isinstance(item, Article) else item.reason for item in read_corpus(rows)]
        ['The Herald', 'without text']
    """
    _check_fields(columns)
    return _without_copies(_items(source, columns, english_only))


def _items(source: Any, columns: Mapping[str, str] | None, english_only: bool) -> Iterator[Article | Refusal]:
    if isinstance(source, str | Path):
        yield from _stored(stored_files(source), columns, english_only)
    elif hasattr(source, "itertuples"):
        names = [str(name) for name in source.columns]
        rows = ((f"row {number}", row) for number, row in enumerate(source.itertuples(index=False, name=None), start=1))
        yield from _rows(names, rows, "the DataFrame", columns, english_only)
    elif isinstance(source, Iterable) and not isinstance(source, bytes | Mapping):
        for number, entry in enumerate(source, start=1):
            if isinstance(entry, Article):
                yield _checked(entry, entry.source, english_only)
            elif isinstance(entry, Mapping):
                row = [(f"row {number}", tuple(entry.values()))]
                yield from _rows([str(name) for name in entry], iter(row), "the rows", columns, english_only)
            else:
                yield from _items(entry, columns, english_only)
    else:
        raise UnreadableCorpus(
            f"Articles are read from a path, a DataFrame or a list of rows, and {type(source).__name__} was given."
        )


def _without_copies(results: Iterator[Article | Refusal]) -> Iterator[Article | Refusal]:
    """Copies skipped; an id that was used before with a number behind it."""
    seen: dict[bytes, str] = {}
    ids: Counter[str] = Counter()
    for result in results:
        if isinstance(result, Refusal):
            yield result
            continue
        key = hashlib.blake2b(
            repr((result.sha256, result.outlet, result.date)).encode("utf-8", "replace"), digest_size=12
        ).digest()
        if key in seen:
            yield Refusal(result.source, "repeated", f"It has the text, outlet and date of {seen[key]}.", "skipped", result.id)
            continue
        ids[result.id] += 1
        ident = result.id
        while ids[result.id] > 1 and ids[ident] > 0:
            ident = f"{result.id}-{ids[result.id]}"
            ids[result.id] += ids[ident] > 0
        ids[ident] += ident != result.id
        seen[key] = ident
        yield result if ident == result.id else replace(result, id=ident)


def _stored(files: Iterable[StoredFile], columns: Mapping[str, str] | None, english_only: bool) -> Iterator[Article | Refusal]:
    known = list(files)
    stems = Counter(slug(file.stem) for file in known)
    listed = {file.name: file for file in known}
    used: set[str] = set()
    tables = [file for file in known if file.suffix in TABLES]
    for file in tables:
        names, rows = read_table(file)
        yield from _rows(names, rows, file.name, columns, english_only, listed=listed, used=used)
    for file in known:
        if file.suffix in TABLES or file.name in used:
            continue
        if file.problem is not None:
            yield Refusal(file.name, file.problem[0], file.problem[1], "refused")
        elif file.suffix not in READABLE:
            yield Refusal(
                file.name, "no article by its name", f"{file.suffix or 'A file without ending'} is not read.", "skipped"
            )
        else:
            ident = slug(file.stem) if stems[slug(file.stem)] == 1 else slug(file.name)
            yield _read_file(file, ident, english_only)


def _read_file(file: StoredFile, ident: str, english_only: bool) -> Article | Refusal:
    try:
        article = read_bytes(file.read(), name=file.name)
    except EmptyArticle as problem:
        return Refusal(file.name, "without text", str(problem), "skipped")
    except ArticleError as problem:
        return Refusal(file.name, "cannot be read", str(problem), "refused")
    return _checked(replace(article, id=ident), file.name, english_only)


def _rows(
    names: Sequence[str],
    rows: Iterator[tuple[str, tuple[object, ...]] | UnreadableRow],
    table: str,
    columns: Mapping[str, str] | None,
    english_only: bool,
    *,
    listed: Mapping[str, StoredFile] | None = None,
    used: set[str] | None = None,
) -> Iterator[Article | Refusal]:
    indexes = find_columns(names, columns, table=table)
    for row in rows:
        if isinstance(row, UnreadableRow):
            yield Refusal(f"{table}, {row.where}", row.reason, row.detail, "refused")
            continue
        where = f"{table}, {row[0]}"
        values = {field: row[1][index] for field, index in indexes.items() if index < len(row[1])}
        if "text" not in values and "file" in values:
            yield _beside(values, table, where, english_only, listed or {}, used if used is not None else set())
        else:
            yield _of_row(values, where, english_only)


def find_columns(names: Sequence[str], columns: Mapping[str, str] | None = None, *, table: str = "The table") -> dict[str, int]:
    """Which column of a table holds which field.

    Args:
        names: of its columns.
        columns: what the user said, as field to column.
        table: what the message calls it.

    Returns:
        The places of the columns by field; fields that the table lacks are left out.

    Raises:
        UnreadableCorpus: a column that was named is not there, or none holds a text.
    """
    _check_fields(columns)
    plain: dict[str, int] = {}
    for index, name in enumerate(names):
        plain.setdefault(_plain(name), index)
    indexes: dict[str, int] = {}
    for field, known in FIELDS.items():
        wanted = (columns or {}).get(field)
        if wanted is not None:
            if _plain(wanted) not in plain:
                raise UnreadableCorpus(f"{table} has no column {wanted!r}{_nearest(wanted, names)}. It has: {_listing(names)}.")
            indexes[field] = list(names).index(wanted) if wanted in names else plain[_plain(wanted)]
            continue
        taken = {_plain(name) for name in (columns or {}).values()}
        known_place = next((plain[_plain(n)] for n in known.split() if _plain(n) in plain and _plain(n) not in taken), None)
        if known_place is not None:
            indexes[field] = known_place
    if not {"text", "file"} & set(indexes):
        example = _near("text", names) or "NAME"
        raise UnreadableCorpus(
            f"{table} has no column that is known to hold the text{_nearest('text', names)}. It has: {_listing(names)}. "
            f"Say which: --columns text={example}, or columns={{'text': {example!r}}} in Python."
        )
    return indexes


def _check_fields(columns: Mapping[str, str] | None) -> None:
    for field in columns or {}:
        if field not in FIELDS:
            raise UnreadableCorpus(
                f"{field!r} is no field of an article{_nearest(field, list(FIELDS))}. The fields are: {', '.join(FIELDS)}."
            )


def _nearest(word: str, names: Sequence[str]) -> str:
    near = _near(word, names)
    return f"; the nearest is {near!r}" if near else ""


def _near(word: str, names: Sequence[str]) -> str:
    """The name that is most like a word; empty where none is."""
    near = difflib.get_close_matches(_plain(word), [_plain(name) for name in names], n=1, cutoff=0.5)
    return next((name for name in names if near and _plain(name) == near[0]), "")


def _listing(names: Sequence[str]) -> str:
    return ", ".join(names[:20]) + (f" and {len(names) - 20} more" if len(names) > 20 else "") if names else "no columns"


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).casefold()


def slug(name: str) -> str:
    """A name in small letters and digits with hyphens between, for ids and folders.

    Example:
        >>> slug("Talks on Gas, 2nd day")
        'talks-on-gas-2nd-day'
    """
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "article"


def _beside(
    values: Mapping[str, object],
    table: str,
    where: str,
    english_only: bool,
    listed: Mapping[str, StoredFile],
    used: set[str],
) -> Article | Refusal:
    """The article in the file that a row names, with what the row says of it."""
    named = str(values["file"] or "").strip()
    folder = table.rsplit("/", 1)[0] + "/" if "/" in table else ""
    file = listed.get(folder + named) or listed.get(named)
    ident = _ident(values.get("id"))
    if file is None:
        return Refusal(where, "file not found", f"It names {named!r}, which does not stand beside the table.", "refused", ident)
    used.add(file.name)
    if file.problem is not None:
        return Refusal(file.name, file.problem[0], file.problem[1], "refused", ident)
    article = _read_file(file, ident or slug(file.stem), english_only)
    if isinstance(article, Refusal):
        return article
    date, notes = _date(values.get("date"))
    return replace(
        article,
        title=_words(values.get("title")) or article.title,
        outlet=_words(values.get("outlet")) or article.outlet,
        date=date or article.date,
        source=_words(values.get("url")) or article.source,
        notes=(*article.notes, *notes),
    )


def _of_row(values: Mapping[str, object], where: str, english_only: bool) -> Article | Refusal:
    text, title, ident = values.get("text"), _words(values.get("title")), _ident(values.get("id"))
    if isinstance(text, bytes):
        text = text.decode("utf-8", "replace")
    if _is_null(text) or (isinstance(text, str) and not re.search(r"\w", text)):
        return Refusal(where, "without text", "The cell of the text is empty.", "skipped", ident)
    if not isinstance(text, str):
        detail = f"The text is {type(text).__name__}, not words."
        return Refusal(where, "text of a wrong type", detail, "refused", ident)
    if len(text) > ARTICLE_MAX_CHARS:
        return Refusal(where, "too long", _too_long(len(text)), "refused", ident)
    label = _words(values.get("language"))
    if english_only and label and not is_english(label) and len(label) < 40:
        return _foreign(where, language_name(label) if len(label) < 4 else label, ident)
    date, notes = _date(values.get("date"))
    article_text = text if title is None or _begins_with(text, title) else f"{title}\n\n{text}"
    try:
        article = article_of(
            article_text,
            ident=ident,
            source=_words(values.get("url")) or where,
            title=title,
            outlet=_words(values.get("outlet")),
            date=date,
            notes=notes,
        )
    except UnreadableArticle as problem:
        return Refusal(where, "cannot be read", str(problem), "refused", ident)
    return _checked(article, where, english_only)


def _checked(article: Article, where: str, english_only: bool) -> Article | Refusal:
    """The article, unless it is too long or not English."""
    if len(article.text) > ARTICLE_MAX_CHARS:
        return Refusal(where, "too long", _too_long(len(article.text)), "refused", article.id)
    if english_only and (language := other_language(article.text)) is not None:
        return _foreign(where, language, article.id)
    return article


def _foreign(where: str, language: str, ident: str | None) -> Refusal:
    return Refusal(where, f"in {language}", f"The text is {language}; only English is scored.", "skipped", ident)


def _too_long(size: int) -> str:
    return f"It has {size:,} characters; more than {ARTICLE_MAX_CHARS:,} are no article. Cut it into articles."


def _begins_with(text: str, title: str) -> bool:
    return _plain(text[: 2 * len(title) + 40]).startswith(_plain(title))


def _date(value: object) -> tuple[str | None, tuple[str, ...]]:
    if _is_null(value):
        return None, ()
    try:
        return read_date(value), ()
    except (ValueError, OverflowError, OSError) as problem:
        return None, (f"{UNREAD_DATE}{problem}.",)


def _ident(value: object) -> str | None:
    words = _words(value)
    return None if words is None else words if re.fullmatch(r"\w[\w.-]{0,80}", words) else slug(words)[:80]


def _words(value: object) -> str | None:
    """A cell as words on one line; None where it is empty."""
    if _is_null(value):
        return None
    if isinstance(value, float) and value.is_integer():  # a column of whole numbers with a gap
        value = int(value)
    return " ".join(str(value).split()) or None


def _is_null(value: object) -> bool:
    if value is None or type(value).__name__ in ("NAType", "NaTType"):
        return True
    if isinstance(value, str):
        return value.strip().casefold() in ("", "nan", "null", "none", "n/a")
    return isinstance(value, float) and value != value
