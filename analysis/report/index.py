"""The page in front of a report: the finding, its sentences, the article with its tone in the margin, and the data.

The templates hold the layout; what they show is made here. Text from the article reaches them through Jinja's
escaping or the objects that notebooks show, and through ``visible``, which gives a sign to every character that would hide
or reorder.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from .. import __version__
from ..actors import unlinked
from ..constants import ACTOR_SENTENCES_MAX, ACTORS_DRAWN, ACTORS_TOLD_MAX, CLEAR_TONE, DEFAULT_SCORER, MIN_POINTS
from ..display import (
    NO_WORDS,
    NOT_SCORED,
    anchor,
    article_of,
    by_finding,
    carrying_words,
    clearest,
    contrast_line,
    corrected_lines,
    count,
    environment,
    errors_line,
    has_something_to_say,
    headline,
    headline_line,
    interval_key,
    marked,
    mean_with_interval,
    number,
    on_page,
    passages,
    plural,
    scored_of,
    strongest_points,
    stylesheet,
    times,
    tone_word,
    unbroken,
    verdict,
    voice_of,
    who_says,
)
from ..errors import ModelError
from ..estimates import contrasts, headline_leans
from ..language import words
from ..model import Mention, Parse, Point, ToneScore, ToneSeries
from ..safe_text import shorten, visible
from ..tables import ASIDES
from .downloads import downloads
from .page import POLICY, lean, parts, title_of

if TYPE_CHECKING:
    from ..study import Study
TURNS_MAX = 2
"""So many clear differences between parts of the article are told on its first page; notebook 04 has all."""
LEFT_MAX, LEFT_CHARS = 12, 160
"""Of what was left out, so many texts of a kind are shown, each cut at so many characters."""
CARD_CHARS = 260
"""A card shows so much of a notebook's answer; the page behind it shows it whole."""


@dataclass(frozen=True, slots=True)
class Card:
    """A notebook as the index page shows it.

    Attributes:
        href: its page.
        title: its question.
        answer: the beginning of its answer.
    """

    href: str
    title: str
    answer: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What can be said of one actor, in one line of the list of actors, and its sentences, folded beneath.

    Attributes:
        ident: the fragment of its sentences.
        name: of the actor.
        verdict: which way the wording leans.
        mean: the mean with its interval, "" where there are too few sentences.
        who: in how many sentences the wording is negative or positive, and whose words it is.
        coverage: in how many mentions it was scored, where that is not in all.
        gauge: the mean and its interval as a small drawing.
        sentences: those that name the actor, the strongest first.
    """

    ident: str
    name: str
    verdict: str
    mean: str
    who: str
    coverage: str
    gauge: Markup
    sentences: Markup


@dataclass(frozen=True, slots=True)
class Note:
    """A line in the margin: toward whom a sentence is negative or positive, how far, and to whom the words are attributed.

    Attributes:
        name: of the actor, with its link.
        number: the tone.
        sign: negative or positive.
        voice: the source of the words; "" where they are the narrator's.
    """

    name: Markup
    number: str
    sign: str
    voice: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence of the article with its margin.

    Attributes:
        ident: its fragment.
        number: from 1.
        kind: headline, summary, heading or body.
        first: whether it begins a section.
        text: the sentence with its marks.
        notes: the actors with a negative or positive tone.
        neutral: the names of actors with a neutral tone.
        unscored: the names of actors with nothing to score.
    """

    ident: str
    number: int
    kind: str
    first: bool
    text: Markup
    notes: tuple[Note, ...]
    neutral: tuple[Markup, ...]
    unscored: tuple[Markup, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Part of the text that no score rests on, folded.

    Attributes:
        what: what it is.
        texts: its words.
        href: a page that says more, or "".
    """

    what: str
    texts: tuple[str, ...]
    href: str = ""


def index_parts(study: Study) -> dict[str, Any]:
    """Everything the index page shows but the cards: made while the notebooks still run.

    Args:
        study: the opened article; everything it computes is taken from the cache where it is there.

    Returns:
        What the template asks for, by name.
    """
    from ..charts import tone_panels

    article, series = study.article, study.series
    links = {tones.actor.name: f"#{actor_anchor(index)}" for index, tones in enumerate(series)}
    said = [html for _, html in headline(study.parse, series, href=links.get).paragraphs]
    clear, order = clearest(series), by_finding(series)
    open_ = [tones for tones in order if has_something_to_say(tones)][:ACTORS_TOLD_MAX]
    drawn = [tones.actor.name for tones in open_[:ACTORS_DRAWN]]
    chart = (tone_panels(study, drawn or None)._repr_html_() or "") if series else ""
    points = strongest_points(study.parse, clear[:1] or series)
    strongest = passages(
        study.parse, [score for point in points for score in point.scores], caption="", ranked=True, href=links.get
    )
    return {
        "policy": POLICY,
        "wordless": NO_WORDS if _is_wordless(study.scores) else "",
        "stylesheet": stylesheet(),
        "article": {key: visible(value) for key, value in study.card().items()},
        "meta": _meta(study),
        "notes": [visible(note) for note in article.notes],
        "headline": [*said, *turns(study)],
        "strongest_title": f"The strongest sentences toward {_titled(clear[0].actor.name)}"
        if clear
        else "The strongest sentences",
        "strongest": on_page(strongest._repr_html_()) if points else "",
        "key": interval_key(open_),
        "findings": [_finding(study.parse, tones, links) for tones in open_],
        "rest": [_finding(study.parse, tones, links) for tones in order if tones not in open_],
        "rest_title": _rest_title([tones for tones in order if tones not in open_]),
        "doubts": doubts(study),
        "panels": on_page(chart),
        "rows": list(rows(study)),
        "left_out": list(left_out(study)),
        "downloads": downloads(study),
        "version": __version__,
        "least": MIN_POINTS,
    }


def turns(study: Study) -> list[str]:
    """Where the wording toward an actor turns: a headline against its body, then parts and voices that differ clearly."""
    lines = [headline_line(lean) for lean in headline_leans(study.parse, study.series)]
    clear = [
        contrast for contrast in contrasts(study.parse, study.series) if contrast.difference.side in ("negative", "positive")
    ]
    clear.sort(key=lambda contrast: -abs(contrast.difference.value or 0.0))
    return [unbroken(visible(line)) for line in (*lines, *map(contrast_line, clear[:TURNS_MAX]))]


def doubts(study: Study) -> list[str]:
    """What to hold against the numbers: how often such scores are wrong in labelled news, and figures corrected by hand."""
    from ..accuracy import results, wrong_calls

    kinds = dict.fromkeys(tones.actor.kind for tones in study.series if tones.scored_count)
    lines = corrected_lines(study.checked)
    with contextlib.suppress(ModelError):  # a package without the benchmarks' results
        if kinds and study.scorer == DEFAULT_SCORER and (rows := wrong_calls(results(), kinds)):
            lines.append(errors_line(rows))
    return list(map(unbroken, map(visible, lines)))


def actor_anchor(index: int) -> str:
    """The fragment of an actor's sentences on the index page, by the actor's place in the cast."""
    return f"a{index + 1}"


def index_page(values: dict[str, Any], cards: Sequence[Card]) -> str:
    """The index page of a report, complete in one file.

    Args:
        values: from ``index_parts``.
        cards: one for each notebook's page.

    Returns:
        HTML.
    """
    entries = [
        ("findings", "What was found", True),
        ("strongest", values["strongest_title"], values["strongest"]),
        ("panels", "Sentence by sentence", values["panels"]),
        ("actors", "Actor by actor", values["findings"] or values["rest"]),
        ("questions", "Read on", cards),
        ("text", "The article", True),
        ("left", "What was left out", values["left_out"]),
        ("data", "The data", True),
        ("limits", "What this does not show", True),
        ("made", "How it was made", True),
    ]
    contents = [{"href": f"#{ident}", "label": label} for ident, label, here in entries if here]
    return lean(environment().get_template("report.html.j2").render(cards=cards, contents=contents, **values))


def card(path: Path, notebook: Any) -> Card:
    """The card of a notebook on the front page: its title and the first paragraphs of its answer.

    Args:
        path: of the notebook.
        notebook: the same, executed; its cells tagged ``answer`` hold the answer.

    Returns:
        A card with as many whole paragraphs as fit ``CARD_CHARS``. A first paragraph that is longer is cut. The text is ""
        where the notebook has no answer.
    """
    lines = [
        line
        for cell in notebook.cells
        if cell.cell_type == "code" and "answer" in cell.metadata.get("tags", [])
        for output in cell.outputs
        for line in visible(output.get("data", {}).get("text/plain", "")).splitlines()
    ]
    first_line = shorten(lines[0], CARD_CHARS) if lines else ""
    for line in lines[1:]:
        if len(first_line) + len(line) >= CARD_CHARS:
            break
        first_line += f" {line}"
    return Card(f"{path.stem}.html", title_of(path), unbroken(first_line))


def _meta(study: Study) -> str:
    parts = [
        plural(len(words(study.parse)), "word"),
        plural(len(study.parse.sentences), "sentence"),
        plural(len(study.series), "actor"),
        f"read from {visible(study.article.source)}",
    ]
    return " · ".join(parts)


def _finding(parse: Parse, tones: ToneSeries, links: dict[str, str]) -> Finding:
    scored = [score for point in tones.points for score in point.scores if score.tone is not None]
    shown = scored or [score for point in tones.points for score in point.scores][:MIN_POINTS]
    listed = passages(parse, shown, caption="", most=ACTOR_SENTENCES_MAX, ranked=True, name=False, href=links.get)
    return Finding(
        links[tones.actor.name].removeprefix("#"),
        visible(shorten(tones.actor.name, 80)),
        verdict(tones.estimate) if tones.scored_count else NOT_SCORED,
        unbroken(mean_with_interval(tones.estimate)) if tones.estimate.value is not None else "",
        visible(str(who_says(tones))) if tones.scored_count else plural(tones.mention_count, "mention"),
        "" if tones.scored_count in (0, tones.mention_count) else scored_of(tones),
        _gauge(tones),
        on_page(listed._repr_html_()),
    )


def _rest_title(rest: Sequence[ToneSeries]) -> str:
    """How many actors are folded, and why."""
    why = "" if any(map(has_something_to_say, rest)) else ", without a negative or positive sentence"
    return plural(len(rest), "more actor") + why


def _titled(name: str) -> str:
    """A name within a sentence, safe to show: "the United States", "Norway"."""
    return article_of(name) + visible(shorten(name, 60))


def left_out(study: Study) -> Iterable[LeftOut]:
    """What no score rests on: sections set aside, names that could mean several actors, pronouns and descriptions of nobody."""
    article = study.article
    for kind, name in ASIDES.items():
        texts = [
            visible(shorten(study.parse.text_of(section), LEFT_CHARS)) for section in article.sections if section.kind == kind
        ]
        if texts:
            yield LeftOut(f"Set aside as {name}: {plural(len(texts), 'section')}", tuple(texts[:LEFT_MAX]))
    page = "02-who-is-in-it.html"
    if doubtful := study.cast.ambiguous:
        examples = tuple(dict.fromkeys(visible(shorten(ambiguity.form, LEFT_CHARS)) for ambiguity in doubtful))
        yield LeftOut(f"Names that could mean several actors: {count(len(doubtful))}", examples[:LEFT_MAX], page)
    words_ = unlinked(study.cast)
    if words_:
        examples = tuple(f"“{visible(word)}” ({times(amount)})" for word, _, amount, *_ in words_)
        what = f"Pronouns and descriptions linked to no actor: {count(sum(amount for _, _, amount, *_ in words_))}"
        yield LeftOut(what, examples[:LEFT_MAX], page)


def _gauge(tones: ToneSeries) -> Markup:
    """The estimate on the scale from -1 to +1: zero, interval, mean. Hidden from readers of text: the sentence says it."""
    estimate = tones.estimate
    if estimate.value is None or estimate.lo is None or estimate.hi is None:
        return Markup()

    lo, value, hi = (f"{76 + 72 * end:.1f}" for end in (estimate.lo, estimate.value, estimate.hi))
    return Markup(parts().gauge(estimate.side, lo, value, hi))  # noqa: S704 - the template escapes


def rows(study: Study) -> Iterable[Row]:
    """The article sentence by sentence: in each, the actor with the strongest tone and the words that carry it are marked."""
    mentions: dict[int, list[Mention]] = {}
    for mention in study.cast.mentions:
        mentions.setdefault(mention.sentence.index, []).append(mention)
    points: dict[int, list[tuple[Markup, Point]]] = {}
    for index, tones in enumerate(study.series):
        name = visible(shorten(tones.actor.name, 60))
        link = Markup(parts().jump(actor_anchor(index), name))  # noqa: S704 - the template escapes
        for point in tones.points:
            if point.state != "absent":
                points.setdefault(point.sentence.index, []).append((link, point))
    section = None
    for sentence in study.parse.sentences:
        here = points.get(sentence.index, [])
        strong = [(link, point) for link, point in here if point.tone is not None and abs(point.tone) >= CLEAR_TONE]
        strong.sort(key=lambda tones: -abs(tones[1].tone or 0.0))
        marks: list[tuple[int, int, str]] = []
        if strong:
            actor = strong[0][1].scores[0].mention.actor.name
            marks = [(m.start, m.end, actor) for m in mentions.get(sentence.index, []) if m.actor.name == actor]
        text = marked(study.parse, sentence, marks, carrying_words(strong[0][1].scores) if strong else ())
        yield Row(
            anchor(sentence),
            sentence.index + 1,
            sentence.section.kind,
            sentence.section is not section,
            text,
            tuple(_note(link, point) for link, point in strong),
            tuple(link for link, point in here if point.tone is not None and abs(point.tone) < CLEAR_TONE),
            tuple(link for link, point in here if point.state == "unscored"),
        )
        section = sentence.section


def _note(name: Markup, point: Point) -> Note:
    voice = voice_of(point)
    said = {"narrator": "", "unnamed": "an unnamed source"}.get(voice, _titled(voice))
    return Note(name, number(point.tone), tone_word(point.tone or 0.0), said)


def _is_wordless(scores: Sequence[ToneScore]) -> bool:
    """Whether something was scored and the words behind none of it were worked out."""
    scored = [score for score in scores if score.tone is not None]
    return bool(scored) and all(score.cues is None for score in scored)
