"""Where each actor is named, and by which form."""

from __future__ import annotations

from ..constants import ROWS_MAX
from ..display import Link, Table, cast_title, count, listing, plural
from ..model import Article, Cast, Mention
from ..safe_text import shorten, visible
from .axis import Line, axis_height, draw_axis, label_rows, runs_of
from .canvas import Canvas
from .chart import Chart, empty_canvas, finish, rest_note, source_line
from .layout import fit, text_width
from .style import NAMES, SECONDARY, WIDTH

ROW = 24.0
FORMS = {
    "name": "name", "alias": "name", "demonym": "demonym", "origin": "demonym", "role": "stand-in", "pronoun": "stand-in"
}  # fmt: skip


def dispersion(cast: Cast, *, article: Article, method: str) -> Chart:
    """Where each actor is mentioned, and in which form.

    Args:
        cast: the actors and their mentions. Of more than twenty actors, the twenty named most are drawn.
        article: the article, for its name and its parts.
        method: what found the mentions, for the line beneath.

    Returns:
        The chart, with a table of every actor.
    """
    mentions: dict[str, list[Mention]] = {actor.name: [] for actor in cast.actors}
    for mention in cast.mentions:
        mentions[mention.actor.name].append(mention)
    order = {actor.name: place for place, actor in enumerate(cast.actors)}
    rows = [
        (
            actor.name,
            actor.kind,
            len(mentions[actor.name]),
            *(
                sum(mention.form in forms for mention in mentions[actor.name])
                for forms in (("name", "alias"), ("demonym",), ("role", "pronoun"))
            ),
            [Link.to(found[0].sentence), Link.to(found[-1].sentence)] if (found := mentions[actor.name]) else None,
        )
        for actor in cast.actors
    ]
    table = Table(
        rows,
        columns=["Actor", "Kind", "Mentions", "By name", "By demonym", "By role or pronoun", "First and last sentence"],
        caption="Mentions of each actor",
        note="–: not mentioned.",
        csv="mentions",
    )
    total = len(cast.mentions)
    source = source_line(article, method, f"{plural(total, 'mention')} of {plural(len(cast.actors), 'actor')}.")
    ranked = sorted(mentions, key=lambda name: (-len(mentions[name]), order[name]))
    title = cast_title(cast)
    if not ranked:
        return finish(
            empty_canvas("No person, country or organisation was found.").figure,
            title=title,
            subtitle="Mentions by sentence; without an actor there is none.",
            source=source,
            alt=f"An empty chart. {title}.",
            table=table,
        )
    shown = sorted(ranked[:ROWS_MAX], key=lambda name: order[name])
    line = Line(NAMES + 12, WIDTH - 64, cast.parse.sentences)
    placed = label_rows(line, runs_of(line.sentences, article, headings=False), edge=WIDTH - 2, rows=3)
    head = 30.0
    bottom = head + ROW * len(shown)
    canvas = Canvas(WIDTH, bottom + 4 + axis_height(placed))
    _form_key(canvas, line.left)
    canvas.text(WIDTH - 4, 16, "mentions", align="right", color=SECONDARY)
    canvas.lines(
        [(line.start(run.place), head, line.start(run.place), bottom) for run, _, _ in placed if run.place],
        color=SECONDARY,
        alpha=0.6,
        dash=(2, 3),
    )
    canvas.lines(
        [(line.left, head + ROW * (place + 0.5), line.right, head + ROW * (place + 0.5)) for place in range(len(shown))],
        color=SECONDARY,
        alpha=0.35,
    )
    drawn = sum(len(mentions[name]) for name in shown)
    thin = 1.0 if drawn < 1000 else 3.0 if drawn < 3000 else 4.0
    marks: dict[str, list[tuple[float, float]]] = {"name": [], "demonym": [], "stand-in": []}
    for place, name in enumerate(shown):
        y = head + ROW * (place + 0.5)
        canvas.text(NAMES, y + 4.5, fit(name, NAMES - 4), align="right")
        canvas.text(WIDTH - 4, y + 4.5, count(len(mentions[name])), align="right", color=SECONDARY)
        last: dict[str, float] = {}
        for mention in mentions[name]:
            x, form = _place(line, mention), FORMS[mention.form]
            if x - last.get(form, -9.0) >= thin:
                marks[form].append((x, y))
                last[form] = x
    canvas.dots(marks["name"], radius=4)
    canvas.diamonds(marks["demonym"], radius=5)
    canvas.dots(marks["stand-in"], radius=2)
    draw_axis(canvas, line, placed, bottom)
    notes = [
        f"A mark a mention, over {plural(len(line.sentences), 'sentence')}, actors by first mention.",
        "Marks that would hide each other are drawn once." if thin > 1 else "",
        rest_note(len(shown), len(cast.actors)),
    ]
    told = [f"{shorten(visible(name), 60)} {count(len(mentions[name]))}" for name in shown]
    return finish(
        canvas.figure,
        title=title,
        subtitle=" ".join(note for note in notes if note),
        source=source,
        alt=f"{title}. Where each actor is mentioned, a row an actor; mentions: {listing(told)}.",
        table=table,
    )


def _place(line: Line, mention: Mention) -> float:
    """Where a mention stands: inside its sentence's place as far as it stands inside its sentence."""
    sentence = mention.sentence
    inside = (mention.start - sentence.start) / max(sentence.end - sentence.start, 1)
    wide = (line.right - line.left) / max(len(line.sentences), 1)
    return line.left + wide * (sentence.index + min(max(inside, 0.0), 1.0))


def _form_key(canvas: Canvas, x: float) -> None:
    """What the three marks mean, in a row."""
    places = []
    for label in ("name or alias", "demonym", "role or pronoun"):
        canvas.text(x + 16, 16, label, color=SECONDARY)
        places.append((x + 6, 11.5))
        x += 16 + text_width(label) + 18
    canvas.dots(places[:1], radius=4)
    canvas.diamonds(places[1:2], radius=5)
    canvas.dots(places[2:], radius=2)
