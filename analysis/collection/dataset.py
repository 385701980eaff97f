"""The frames of many articles as a folder of Parquet files: which there are, their columns, and how they are read.

::

    DIR/manifest.json                 version of the schema and of the method, options, how far the run is
    DIR/articles/part-000000.parquet  a frame a folder, a chunk of articles a file
    DIR/mentions/part-000000.parquet
    DIR/...
    DIR/done/000000.json              written last: the chunk is whole
    DIR/errors.parquet                articles that gave no rows, with the reason
    DIR/copies.parquet                articles that are copies of others
    DIR/names.parquet                 which name of which article means which actor of the collection

Readers who know Parquet need nothing of this package.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ..errors import CorpusError, MissingPart
from ..study import FRAMES, Field

if TYPE_CHECKING:
    import pyarrow

SCHEMA_VERSION: Final = 1
"""Of the layout and the columns. It goes up when a column changes its meaning or goes; a new column leaves it."""
MANIFEST: Final = "manifest.json"

_ARTICLE = Field("article", "text", "the article's id, the same in every frame")
ARTICLES: Final = (
    _ARTICLE,
    Field("title", "text", "its title"),
    Field("outlet", "text", "who published it; missing where unknown"),
    Field("date", "text", "when, as ISO 8601 writes it; missing where unknown"),
    Field("source", "text", "where it was read from: an address, or a file and a row"),
    Field("sha256", "text", "of its text in UTF-8"),
    Field("words", "count", "words, divided by white space"),
    Field("sentences", "count", "sentences"),
)
ALIASES: Final = (
    _ARTICLE,
    Field("actor", "text", "the actor's name in this article"),
    Field("kind", "text", "person, country, organisation, group or place"),
    Field("alias", "text", "another form that means it in this article"),
)
SIGNATURES: Final = (
    _ARTICLE,
    Field("repeats", "sentences", "numbers of its sentences whose words stand in an earlier one: no new evidence"),
    Field("signature", "text", "what tells copies: a MinHash of its runs of five words, in hexadecimal"),
)
ERRORS: Final = (
    Field("article", "text", "the article's id; missing where its row has none"),
    Field("source", "text", "the file and the row"),
    Field("kind", "text", "skipped: no article to score; refused: it cannot be read; failed: it could not be scored"),
    Field("reason", "text", "in a few words, the same for all of a kind"),
    Field("detail", "text", "a sentence"),
)
COPIES: Final = (
    _ARTICLE,
    Field("copy_of", "text", "the first article with this text, by date and then by place in the corpus"),
    Field("share", "share", "how much of their runs of five words the two share, estimated"),
)
NAMES: Final = (
    Field("name", "text", "an actor's name in an article"),
    Field("kind", "text", "its kind there"),
    Field("actor", "text", "the actor of the collection; missing where the corrections ignore it"),
    Field("actor_kind", "text", "that actor's kind"),
    Field("rule", "text", "why they are one"),
)
PARTS: Final[Mapping[str, tuple[Field, ...]]] = {
    "articles": ARTICLES,
    **FRAMES,
    "aliases": ALIASES,
    "signatures": SIGNATURES,
}
"""The frames that are written chunk by chunk."""
WHOLES: Final[Mapping[str, tuple[Field, ...]]] = {"errors": ERRORS, "copies": COPIES, "names": NAMES}
"""The frames that are written at the end."""


def need(*packages: str) -> None:
    """Check that the packages that a scored corpus needs are installed.

    Raises:
        MissingPart: one is not. The message gives the command that installs it.
    """
    from importlib.util import find_spec

    if missing := [name for name in packages if find_spec(name) is None]:
        raise MissingPart(f"A scored corpus needs {', '.join(missing)}. Install it: pip install 'toward[corpus]'")


@cache
def arrow_schema(name: str) -> pyarrow.Schema:
    """The columns of a frame with their types, their meaning beside each."""
    import pyarrow as pa

    types = {
        "text": pa.string(),
        "count": pa.int32(),
        "number": pa.float64(),
        "share": pa.float64(),
        "flag": pa.bool_(),
        "sentence": pa.int32(),
        "sentences": pa.list_(pa.int32()),
    }
    fields = {**PARTS, **WHOLES}[name]
    return pa.schema([pa.field(field.name, types[field.kind], metadata={"meaning": field.meaning}) for field in fields])


def table_of(name: str, rows: Sequence[Sequence[Any]]) -> pyarrow.Table:
    """Rows of a frame as an Arrow table, signs that UTF-8 cannot hold replaced."""
    import pyarrow as pa

    schema = arrow_schema(name)
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(schema)
    made = [_array(column, field.type) for column, field in zip(columns, schema, strict=True)]
    return pa.Table.from_arrays(made, schema=schema)


def _array(values: Sequence[Any], kind: pyarrow.DataType) -> pyarrow.Array:
    import pyarrow as pa

    try:
        return pa.array(values, type=kind)
    except UnicodeEncodeError:
        plain = [None if value is None else value.encode("utf-8", "replace").decode("utf-8") for value in values]
        return pa.array(plain, type=kind)


def read_manifest(folder: Path) -> dict[str, Any]:
    """Read the manifest of a scored corpus: versions, options, and how far its run is.

    Raises:
        CorpusError: the folder holds no scored corpus, or one that this version does not read.
    """
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text("utf-8"))
        version = manifest["schema"]
    except OSError:
        raise CorpusError(f"{folder} holds no scored corpus. Make one: toward score CORPUS --out {folder}") from None
    except (ValueError, KeyError, TypeError):
        raise CorpusError(f"{folder / MANIFEST} is damaged. Move the folder away and score again.") from None
    if version != SCHEMA_VERSION:
        raise CorpusError(
            f"{folder} has version {version} of the layout, and this is toward with version {SCHEMA_VERSION}. "
            "Score into another folder, or read it with the version that wrote it."
        )
    return manifest


def is_scored(folder: Path) -> bool:
    """Whether a folder holds a scored corpus."""
    return (folder / MANIFEST).is_file()


def files_of(folder: Path, name: str) -> list[str]:
    """The Parquet files of a frame. Files of a chunk that is not finished are left out."""
    if name in WHOLES:
        path = folder / f"{name}.parquet"
        return [str(path)] if path.is_file() else []
    return [str(folder / name / f"part-{done.stem}.parquet") for done in sorted((folder / "done").glob("*.json"))]


def read_table(
    folder: Path, name: str, *, columns: Sequence[str] | None = None, actors: Iterable[str] | None = None
) -> pyarrow.Table:
    """Read a frame of a scored corpus.

    Args:
        folder: the folder of the corpus.
        name: the name of the frame.
        columns: the columns to read; None reads all.
        actors: names of actors as the articles have them. Only their rows are read; None reads all rows.
    """
    import pyarrow.dataset

    files = files_of(folder, name)
    if not files:
        table = table_of(name, [])
        return table.select(columns) if columns else table
    data = pyarrow.dataset.dataset(files, schema=arrow_schema(name), format="parquet")
    chosen = None if actors is None else pyarrow.dataset.field("actor").isin(sorted(actors))
    return data.to_table(columns=list(columns) if columns else None, filter=chosen)
