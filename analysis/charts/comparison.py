"""Tone toward the same actors by outlet or article, as rows of dots with whiskers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..collection import By, Cell, Collection, cell_said, comparison_title, grouping, month_rows, months, tone_rows
from ..constants import INTERVAL_SHARE
from ..display import Table, count, plural, short_name
from .export import SCALE, Chart
from .forms import Row, dots_chart

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def tones_by_group(collection: Collection, cells: Sequence[Cell], *, by: By | None = None, ax: Axes | None = None) -> Chart:
    """The tone toward each shared actor in each group: its mean with the interval, and a fine line for each sentence.

    Args:
        collection: the articles.
        cells: what ``shared_tones`` returned.
        by: as for ``grouping``.
        ax: Axes of yours to draw on.
    """
    way = grouping(collection, by)
    rows = [
        Row.of(
            short_name(cell.group.name),
            cell.estimate,
            count(cell.sums.n),
            group=f"Toward {short_name(cell.actor)}",
            marks=cell.tones if cell.sums.n <= 40 else (),
        )
        for cell in cells
    ]
    title = comparison_title(cells, way)
    return dots_chart(
        rows,
        heads=["sentences"],
        title=title,
        subtitle=f"Mean tone {SCALE} with its {100 * INTERVAL_SHARE:g} % interval over articles and sentences; a fine line is "
        "a sentence. Fewer than five sentences have no mean.",
        source=_source(collection),
        alt=f"{title}. {'; '.join(f'{cell.actor} in {cell.group.name}: {cell_said(cell)}' for cell in cells)}.",
        table=Table(
            tone_rows(cells),
            columns=["actor", "kind", way, "articles", "sentences", "tone"],
            caption=f"Tone toward shared actors by {way}",
        ),
        ax=ax,
        empty="" if cells else "No actor is scored in two of them.",
    )


def tone_by_month(collection: Collection, cells: Sequence[Cell], *, ax: Axes | None = None) -> Chart:
    """The tone toward the first of the actors month by month; a month without a scored sentence is an empty row.

    Args:
        collection: the articles.
        cells: what ``shared_tones`` returned.
        ax: Axes of yours to draw on.
    """
    actor = cells[0].actor if cells else ""
    estimates = months(collection, actor) if actor else []
    gaps = sum(not value.n for _, _, value in estimates)
    title = f"Toward {short_name(actor)} by month" if estimates else "The articles are of one month, or have no dates"
    return dots_chart(
        [Row.of(month, value, count(value.n) if value.n else "–") for month, _, value in estimates],
        heads=["sentences"],
        title=title,
        subtitle=f"Mean tone {SCALE} with its {100 * INTERVAL_SHARE:g} % interval. Months without a scored sentence, "
        f"{count(gaps)} here, stay empty.",
        source=_source(collection),
        alt=f"{title}. {len(estimates)} months, {gaps} of them empty.",
        table=Table(
            month_rows(collection, cells),
            columns=["actor", "month", "articles", "tone", "interval", "sentences"],
            caption="Tone by month",
        ),
        ax=ax,
        empty="" if estimates else "There is no month to compare with another.",
    )


def _source(collection: Collection) -> str:
    return f"Source: {plural(len(collection), 'article')}. Method: {collection.method}."
