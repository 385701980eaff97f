"""The mean tone toward one actor under every definition that could have been chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..constants import MIN_POINTS
from ..display import FEW, Table, estimate, number, short_name, survival_line
from ..estimates import Specification, survivals
from .export import SCALE, Chart, finish, source_line
from .forms import Row, dots
from .layout import Sheet

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ..study import Study


def specification_chart(study: Study, actor: str | None = None, *, ax: Axes | None = None) -> Chart:
    """The mean tone toward one actor as it is and under every other definition, a row each.

    Args:
        study: an opened article.
        actor: a name, an alias, or one word of the name; None takes the actor with the most scored sentences.
        ax: Axes of yours to draw on.

    Returns:
        The chart, with a table of the same numbers. A row is empty where too few sentences are left for a mean.

    Raises:
        ArticleError: the article has no such actor; the message names those it has.

    Example:
        >>> from analysis import open_article
        >>> specification_chart(open_article(), "Russia").parts["rows"].names[:2]
        ['as it is', 'vader']
    """
    specs = study.specifications
    who = study[actor].actor.name if actor is not None else _most_scored(specs[0])
    told = [(spec, spec.means[who]) for spec in specs if who in spec.means]
    rows = [
        Row.of(
            spec.name,
            value,
            number(value.value) if value.value is not None else FEW,
            str(value.n),
            group=spec.choice or "the choice made",
        )
        for spec, value in told
    ]
    told_words = next((survival_line(item) for item in survivals(specs) if item.actor == who), "")
    few = f"{FEW.capitalize()} for a mean toward {short_name(who or actor or 'any actor')}"
    title = told_words.partition(";")[0].removesuffix(".") or few

    def draw(sheet: Sheet) -> tuple[dict[str, Any], tuple[()]]:
        if not rows:
            sheet.say(f"A mean takes {MIN_POINTS} scored sentences.")
            return {}, ()
        return {"rows": dots(sheet, rows, heads=["mean", "n"], step=22)}, ()

    notes = [
        f"Mean tone of the wording toward {short_name(who)}, {SCALE}, under each definition. n: sentences.",
        f"Dot and whiskers: mean and {told[0][1].method}; coloured where that lies on one side of zero." if told else "",
    ]
    words = "; ".join(f"{spec.name}: {estimate(value)}" for spec, value in told)
    return finish(
        draw,
        title=title,
        subtitle=notes if rows else f"Mean tone under each definition; a mean takes {MIN_POINTS} scored sentences.",
        source=source_line(study, f"{len(specs) - 1} other definitions."),
        alt=f"{title}. A row a definition, {SCALE}. {words}." if rows else f"An empty chart. {title}.",
        table=Table(
            [(spec.choice or "the choice made", spec.name, value, value.n) for spec, value in told],
            columns=["what is chosen", "how", "mean tone", "sentences"],
            caption=f"Mean tone toward {who or 'nobody'} under each definition",
            csv="definitions",
        ),
        name="specifications",
        ax=ax,
    )


def _most_scored(base: Specification) -> str:
    """The actor with the most scored sentences; "" where none has enough."""
    return max(base.means, key=lambda who: base.means[who].n, default="")
