"""Where each actor is named, and by which form."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

from ..constants import ROWS_MAX
from ..display import Link, Table, cast_title, count, listing, plural
from ..model import Mention
from ..safe_text import shorten, visible
from .axis import SentenceAxis
from .export import Chart, finish, source_line
from .forms import Row, Scale, discs, dots, lines, markers
from .layout import Sheet, note, size_of, text_width
from .style import ink, secondary
from .tone import NOBODY, chosen, rest_note

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ..study import Study

FORMS: Final = {
    "name": "name", "alias": "name", "demonym": "demonym", "origin": "demonym", "role": "stand-in", "pronoun": "stand-in"
}  # fmt: skip
LABELS: Final = {"name": "name or alias", "demonym": "demonym", "stand-in": "role or pronoun"}


def _draw(axes: Axes, form: str, places: Sequence[tuple[float, float]]) -> Any:
    """The marks of one kind of form: large discs, hollow diamonds, small discs."""
    if form == "demonym":
        return markers(axes, places, marker="D", radius=3.6, color=ink())
    return discs(axes, places, radius=4 if form == "name" else 2)


def dispersion(study: Study, actors: str | Iterable[str] | None = None, *, ax: Axes | None = None) -> Chart:
    """Where each actor is mentioned, and in which form.

    Args:
        study: an opened article.
        actors: names, aliases, or single words of names; None takes all. Of more than twenty, the twenty named most are drawn.
        ax: Axes of yours to draw on.

    Returns:
        The chart, with a table of every actor.

    Example:
        >>> from analysis import open_article
        >>> sorted(dispersion(open_article(), actors=["Russia", "Lavrov"]).parts["marks"])
        ['demonym', 'name', 'stand-in']
    """
    cast = study.cast
    wanted = [actor.name for actor in cast.actors]
    if actors is not None:
        wanted = [name for name in wanted if name in {one.actor.name for one in chosen(study, actors)}]
    mentions: dict[str, list[Mention]] = {name: [] for name in wanted}
    for mention in cast.mentions:
        mentions.get(mention.actor.name, []).append(mention)
    drawn = sorted(wanted, key=lambda name: (-len(mentions[name]), wanted.index(name)))[:ROWS_MAX]
    shown = [name for name in wanted if name in drawn]
    total, sentences = sum(map(len, mentions.values())), cast.parse.sentences
    marked = sum(len(mentions[name]) for name in shown)
    thin = 1.0 if marked < 1000 else 3.0 if marked < 3000 else 4.0

    def draw(sheet: Sheet) -> tuple[dict[str, Any], tuple[()]]:
        if not shown:
            sheet.say(NOBODY)
            return {}, ()
        rows = [Row(name, texts=[count(len(mentions[name]))]) for name in shown]
        found = dots(sheet, rows, heads=["mentions"], scale=Scale(0.5, len(sentences) + 0.5, {}), step=24, least=math.inf)
        axes, axis = found.axes, SentenceAxis.of(sheet, found.axes, cast.parse, right=50, headings=False)
        low, high = axes.get_ylim()
        lines(axes, [(x, low, x, high) for x in axis.parts], edgecolor=secondary(), alpha=0.6, linestyle=(0, (2, 3)))
        lines(axes, [(0.5, y, len(sentences) + 0.5, y) for y in found.heights], edgecolor=secondary(), alpha=0.35)
        places: dict[str, list[tuple[float, float]]] = {form: [] for form in LABELS}
        for name, y in zip(shown, found.heights, strict=True):
            last: dict[str, float] = {}
            for mention in mentions[name]:
                x, form = _place(mention), FORMS[mention.form]
                if (x - last.get(form, -99.0)) * axis.unit >= thin:
                    places[form].append((x, y))
                    last[form] = x
        marks = {form: _draw(axes, form, places[form]) for form in LABELS}
        x, up = 0.0, 1 + 11 / size_of(axes)[1]
        for form, label in LABELS.items():
            key = _draw(axes, form, [((x + 6) / size_of(axes)[0], up)])
            key.set_transform(axes.transAxes)
            note(axes, label, (0, 1), (x + 14, 7), color=secondary())
            x += 14 + text_width(label) + (16 if not sheet.narrow else 9)
        axes.xaxis.tick_bottom()
        axis.draw(sheet, word=not sheet.narrow)
        return {"rows": found, "marks": marks}, ()

    title = cast_title(cast)
    notes = [
        f"A mark a mention, over {plural(len(sentences), 'sentence')}, actors by first mention.",
        "Marks that would hide each other are drawn once." if thin > 1 else "",
        rest_note(len(shown), len(wanted)),
    ]
    told = listing(f"{shorten(visible(name), 60)} {count(len(mentions[name]))}" for name in shown)
    return finish(
        draw,
        title=title,
        subtitle=notes if shown else "Mentions by sentence; without an actor there is none.",
        source=source_line(study, f"{plural(total, 'mention')} of {plural(len(wanted), 'actor')}."),
        alt=f"{title}. Where each actor is mentioned, a row an actor; mentions: {told}."
        if shown
        else f"An empty chart. {title}.",
        table=Table(
            [_line(actor.name, actor.kind, mentions[actor.name]) for actor in cast.actors if actor.name in mentions],
            columns=["Actor", "Kind", "Mentions", "By name", "By demonym", "By role or pronoun", "First and last sentence"],
            caption="Mentions of each actor",
            note="–: not mentioned.",
            csv="mentions",
        ),
        name="mentions",
        ax=ax,
    )


def _line(name: str, kind: str, found: list[Mention]) -> tuple[object, ...]:
    """A row of the table."""
    groups = (("name", "alias"), ("demonym",), ("role", "pronoun"))
    ends = [Link.to(found[0].sentence), Link.to(found[-1].sentence)] if found else None
    return (name, kind, len(found), *(sum(mention.form in forms for mention in found) for forms in groups), ends)


def _place(mention: Mention) -> float:
    """Where a mention stands: inside its sentence's place as far as it stands inside its sentence."""
    sentence = mention.sentence
    inside = (mention.start - sentence.start) / max(sentence.end - sentence.start, 1)
    return sentence.index + 0.5 + min(max(inside, 0.0), 1.0)
