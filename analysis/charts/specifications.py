"""The mean tone toward one actor under every definition that could have been chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..constants import MIN_POINTS
from ..display import FEW, Table, estimate, number, short_name, survival_line
from ..estimates import survivals
from .export import SCALE, Chart, source_line
from .forms import Row, dots_chart
from .tone import whiskers

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
    base = specs[0].means
    who = study[actor].actor.name if actor is not None else max(base, key=lambda name: base[name].n, default="")
    told = [(spec, spec.choice or "the choice made", spec.means[who]) for spec in specs if who in spec.means]
    survived = next((survival_line(item) for item in survivals(specs) if item.actor == who), "")
    few = f"{FEW.capitalize()} for a mean toward {short_name(who or actor or 'any actor')}"
    title = survived.partition(";")[0].removesuffix(".") or few
    return dots_chart(
        [
            Row.of(spec.name, value, number(value.value) if value.value is not None else FEW, str(value.n), group=choice)
            for spec, choice, value in told
        ],
        heads=["mean", "n"],
        step=22,
        title=title,
        subtitle=[
            f"Mean tone of the wording toward {short_name(who or 'an actor')}, {SCALE}, under each definition. n: sentences.",
            whiskers(value for *_, value in told),
        ],
        source=source_line(study, f"{len(specs) - 1} other definitions."),
        alt=f"{title}. A row a definition, {SCALE}. {'; '.join(f'{spec.name}: {estimate(value)}' for spec, _, value in told)}.",
        table=Table(
            [(choice, spec.name, value, value.n) for spec, choice, value in told],
            columns=["what is chosen", "how", "mean tone", "sentences"],
            caption=f"Mean tone toward {who or 'nobody'} under each definition",
            csv="definitions",
        ),
        name="specifications",
        ax=ax,
        empty="" if told else f"A mean takes {MIN_POINTS} scored sentences.",
    )
