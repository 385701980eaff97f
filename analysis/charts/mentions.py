"""Where each actor is named, and by which form."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from ..constants import ROWS_MAX
from ..display import cast_title, count, listing, mentions_table, out_of, plural, source_line
from ..model import Mention
from ..safe_text import shorten, visible
from .axis import sentence_axis
from .export import Chart, finish
from .forms import Points, Row, Scale, discs, dots, lines
from .layout import Sheet, note, size_of, text_width
from .style import secondary
from .tone import NOBODY, chosen

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ..study import Study

FORMS: Final = {
    "name": "name", "alias": "name", "demonym": "demonym", "origin": "demonym", "role": "stand-in", "pronoun": "stand-in"
}  # fmt: skip
LABELS: Final = {"name": "name or alias", "demonym": "demonym", "stand-in": "role or pronoun"}


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
    cast, asked = study.cast, None if actors is None else {one.actor.name for one in chosen(study, actors)}
    mentions: dict[str, list[Mention]] = {one.name: [] for one in cast.actors if asked is None or one.name in asked}
    for mention in cast.mentions:
        mentions.get(mention.actor.name, []).append(mention)
    most = sorted(mentions, key=lambda name: -len(mentions[name]))[:ROWS_MAX]
    shown = [name for name in mentions if name in most]
    total, sentences = sum(map(len, mentions.values())), len(cast.parse.sentences)
    marked = sum(len(mentions[name]) for name in shown)
    thin = 1.0 if marked < 1000 else 3.0 if marked < 3000 else 4.0

    def draw(sheet: Sheet) -> dict[str, Any]:
        rows = [Row(name, texts=[count(len(mentions[name]))]) for name in shown]
        found = dots(sheet, rows, heads=["mentions"], scale=Scale(0.5, sentences + 0.5, {}), step=24, least=math.inf)
        axes, (wide, high), x = found.axes, size_of(found.axes), 0.0
        lines(axes, [(0.5, y, sentences + 0.5, y) for y in found.heights], faint=0.35)
        places: dict[str, list[tuple[float, float]]] = {form: [] for form in LABELS}
        for name, y in zip(shown, found.heights, strict=True):
            last: dict[str, float] = {}
            for mention in mentions[name]:
                place, form = _place(mention), FORMS[mention.form]
                if (place - last.get(form, -99.0)) * wide / max(sentences, 1) >= thin:
                    places[form].append((place, y))
                    last[form] = place
        marks = {form: _draw(axes, form, places[form]) for form in LABELS}
        for form, label in LABELS.items():
            _draw(axes, form, [((x + 6) / wide, 1 + 11 / high)]).set_transform(axes.transAxes)
            note(axes, label, (0, 1), (x + 14, 7), color=secondary())
            x += text_width(label) + (23 if sheet.narrow else 30)
        axes.xaxis.tick_bottom()
        sentence_axis(sheet, axes, cast.parse, right=50, headings=False, word=not sheet.narrow)
        return {"rows": found, "marks": marks}

    title = cast_title(cast)
    told = listing(f"{shorten(visible(name), 60)} {count(len(mentions[name]))}" for name in shown)
    return finish(
        draw,
        title=title,
        subtitle=[
            f"A mark a mention, over {plural(sentences, 'sentence')}, actors by first mention.",
            "Marks that would hide each other are drawn once." if thin > 1 else "",
            out_of("actors named most", len(shown), len(mentions)),
        ],
        source=source_line(study.article, study.method, f"{plural(total, 'mention')} of {plural(len(mentions), 'actor')}."),
        alt=f"{title}. Where each actor is mentioned, a row an actor; mentions: {told}.",
        table=mentions_table(cast, mentions),
        name="mentions",
        ax=ax,
        empty="" if shown else NOBODY,
    )


def _draw(axes: Axes, form: str, places: Points) -> Any:
    """The marks of one kind of form: large discs, hollow diamonds, small discs."""
    return discs(axes, places, radius={"name": 4, "demonym": 3.6}.get(form, 2), marker="D" if form == "demonym" else "")


def _place(mention: Mention) -> float:
    """Where a mention stands: inside its sentence's place as far as it stands inside its sentence."""
    sentence = mention.sentence
    inside = (mention.start - sentence.start) / max(sentence.end - sentence.start, 1)
    return sentence.index + 0.5 + min(max(inside, 0.0), 1.0)
