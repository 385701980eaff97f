"""What a study found, as records with named columns.

This is the one place where columns are named: the frames of a study, tables of its pages and the files to take away are
made from records. pandas is imported only when a frame is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from ..display import Column, Link, Table
from ..model import Cast, Parse, Position, Sentiment, ToneScore, ToneSeries

if TYPE_CHECKING:
    import pandas

    from ..discourse import Discourse

Kind = Literal["text", "count", "number", "share", "flag", "sentence", "sentences"]
"""What a column holds: text; a whole number; a number; a share in [0, 1]; true or false; the number of a sentence, from 1,
as the pages count; a list of such numbers."""

DTYPES: Mapping[Kind, str] = {
    "text": "str",
    "count": "int64",
    "number": "float64",
    "share": "float64",
    "flag": "bool",
    "sentence": "int64",
    "sentences": "object",
}
"""The dtype of each kind in a frame; text is "object" before pandas 3."""


@dataclass(frozen=True, slots=True)
class Field:
    """A column of records.

    Attributes:
        name: its name.
        kind: the kind of value it holds.
        meaning: what the value means, in words.
    """

    name: str
    kind: Kind
    meaning: str


@dataclass(frozen=True, slots=True)
class Records:
    """Rows with named columns; a missing value is None.

    Attributes:
        fields: the columns.
        rows: the rows, with values in the order of the columns.
    """

    fields: tuple[Field, ...]
    rows: tuple[tuple[Any, ...], ...]

    def frame(self) -> pandas.DataFrame:
        """The records as a DataFrame; without rows it keeps its columns and dtypes. A missing value is NaN."""
        import pandas

        dtypes = {**DTYPES, "text": "object"} if pandas.__version__ < "3" else DTYPES
        columns = zip(*self.rows, strict=True) if self.rows else ((),) * len(self.fields)
        return pandas.DataFrame(
            {
                field.name: pandas.Series(list(values), dtype=dtypes[field.kind])
                for field, values in zip(self.fields, columns, strict=True)
            }
        )

    def dicts(self) -> list[dict[str, Any]]:
        """The records as JSON values, numbers to four places."""
        names = [field.name for field in self.fields]
        return [
            {name: round(value, 4) if isinstance(value, float) else value for name, value in zip(names, row, strict=True)}
            for row in self.rows
        ]

    def table(self, *columns: str, caption: str, note: str = "", csv: bool | str = True) -> Table:
        """The records as a table of a page.

        Args:
            columns: which, in this order; all where none is named. caption, note, csv: as for ``Table``.

        Raises:
            KeyError: no column of that name.
        """
        indexes = {field.name: index for index, field in enumerate(self.fields)}
        chosen = [indexes[name] for name in columns or indexes]
        return Table(
            [[_cell(self.fields[index].kind, row[index]) for index in chosen] for row in self.rows],
            columns=[_column(self.fields[index]) for index in chosen],
            caption=caption,
            note=note,
            csv=csv,
        )

    def csv(self) -> str:
        """The records as CSV, with plain minus signs and nothing in place of a missing value."""
        return self.table(caption="records").csv_text

    def also(self, name: str, values: Iterable[Any], *, kind: Kind = "text", meaning: str = "") -> Records:
        """The same records with one column more.

        Raises:
            ValueError: there are not as many values as rows.
        """
        added = tuple((*row, value) for row, value in zip(self.rows, values, strict=True))
        return Records((*self.fields, Field(name, kind, meaning)), added)


def _cell(kind: Kind, value: Any) -> Any:
    if kind == "sentence":
        return Link(str(value), f"#s{value}")
    if kind == "sentences":
        return [Link(str(number), f"#s{number}") for number in value]
    return value


def _column(field: Field) -> Column:
    return Column(field.name, "share" if field.kind == "share" else "auto")


_ARTICLE = Field("article", "text", "the article's id, the same in every frame")
_SENTENCE = Field("sentence", "sentence", "the sentence's number, from 1")
_SECTION = Field("section", "text", "headline, summary, heading or body")
_START = Field("start", "count", "where it starts, in characters of the article's text")
_END = Field("end", "count", "where it ends, exclusive")
_ACTOR = Field("actor", "text", "the actor's name")
_KIND = Field("kind", "text", "person, country, organisation, group or place")

ACTORS = (
    _ARTICLE,
    _ACTOR,
    _KIND,
    Field("mentions", "count", "places where the text means the actor"),
    Field("scored", "count", "those of them with wording that could be scored"),
    Field("tone", "number", "mean tone toward the actor over distinct scored sentences, in [-1, +1]; missing below five"),
    Field("lo", "number", "lower end of the 90 % interval of the tone"),
    Field("hi", "number", "upper end of that interval"),
    Field("n", "count", "distinct scored sentences"),
    Field("side", "text", "negative or positive where the whole interval is, else unclear; missing below five sentences"),
    Field("first_sentence", "sentence", "the sentence that first means the actor"),
)
MENTIONS = (
    _ARTICLE,
    _SENTENCE,
    _SECTION,
    _ACTOR,
    _KIND,
    Field("form", "text", "name, alias, demonym, role, pronoun or origin"),
    Field("text", "text", "the words of the mention"),
    _START,
    _END,
    Field("tone", "number", "tone of the wording toward the actor here, positive - negative; missing where nothing was scored"),
    Field("negative", "share", "probability that the wording is negative; missing where nothing was scored"),
    Field("neutral", "share", "probability that it is neutral"),
    Field("positive", "share", "probability that it is positive"),
    Field("certain", "flag", "whether one class is more probable than the two others together"),
    Field("voice", "text", "who speaks: narrator, an actor, a source's own words, or unnamed"),
    Field("certainty", "share", "how surely the text states it, in (0, 1]; 1 where nothing hedges it"),
)
SENTENCES = (
    _ARTICLE,
    _SENTENCE,
    _SECTION,
    _START,
    _END,
    Field("text", "text", "the sentence"),
    Field("valence", "number", "charge of its words whoever is in it, in [-1, +1]; missing where no word is charged"),
)
QUOTES = (
    _ARTICLE,
    _SENTENCE,
    Field("source", "text", "who says it, in the words of the text; missing where nobody is named"),
    Field("actor", "text", "the actor the source is; missing where it is none of this article"),
    Field("cue", "text", "the words that report it; missing where a quotation stands without any"),
    Field("content", "text", "what is said"),
    Field("kind", "text", "direct, indirect, according-to or floating"),
    Field("rule", "text", "the rule that found it"),
)
HEDGES = (
    _ARTICLE,
    _SENTENCE,
    Field("text", "text", "the words that hedge"),
    Field("kind", "text", "the kind of hedge"),
    Field("share", "share", "the share of certainty it takes, in [0, 1)"),
)
POSITIONS = (
    _ARTICLE,
    Field("holder", "text", "who takes the position: narrator or an actor"),
    Field("target", "text", "the actor it is about"),
    Field("tone", "number", "mean over the sentences that express it, in [-1, +1]; read it with n"),
    Field("n", "count", "sentences that express it"),
    Field("sentences", "sentences", "their numbers"),
    Field("basis", "text", "what it rests on: voice, event, or both"),
    Field("probability", "share", "how probable it is that the holder holds it; 1 for the narrator"),
)
FRAMES: Mapping[str, tuple[Field, ...]] = {
    "actors": ACTORS,
    "mentions": MENTIONS,
    "sentences": SENTENCES,
    "quotes": QUOTES,
    "hedges": HEDGES,
    "positions": POSITIONS,
}
"""The columns of each kind of records, by the name of the frame."""


def actor_records(cast: Cast, series: Sequence[ToneSeries]) -> Records:
    """An actor a row, by first mention."""
    ident = cast.parse.article.id
    first: dict[str, int] = {}
    for mention in cast.mentions:
        first.setdefault(mention.actor.name, mention.sentence.index + 1)
    rows = [
        (
            *(ident, tones.actor.name, tones.actor.kind, tones.mention_count, tones.scored_count),
            *(tones.estimate.value, tones.estimate.lo, tones.estimate.hi, tones.estimate.n, tones.estimate.side),
            first[tones.actor.name],
        )
        for tones in series
    ]
    return Records(ACTORS, tuple(rows))


def mention_records(cast: Cast, scores: Sequence[ToneScore]) -> Records:
    """A mention a row, in reading order."""
    rows = []
    for score in scores:
        mention, sentence = score.mention, score.mention.sentence
        chances = (score.negative, score.neutral, score.positive) if score.tone is not None else (None, None, None)
        rows.append(
            (
                *(cast.parse.article.id, sentence.index + 1, sentence.section.kind, mention.actor.name, mention.actor.kind),
                *(mention.form, cast.parse.text_of(mention), mention.start, mention.end),
                *(score.tone, *chances, score.certain, score.voice, score.certainty),
            )
        )
    return Records(MENTIONS, tuple(rows))


def sentence_records(parse: Parse, sentiments: Sequence[Sentiment]) -> Records:
    """A sentence a row."""
    rows = [
        (parse.article.id, s.index + 1, s.section.kind, s.start, s.end, parse.text_of(s), sentiment.valence)
        for sentiment in sentiments
        for s in (sentiment.sentence,)
    ]
    return Records(SENTENCES, tuple(rows))


def quote_records(parse: Parse, discourse: Discourse) -> Records:
    """An attribution a row, in reading order."""
    rows = [
        (
            *(parse.article.id, parse.sentence_at((attribution.cue or attribution.content)[0][0]).index + 1),
            *(
                _said(parse, attribution.source),
                None if actor is None else actor.name,
                _said(parse, attribution.cue),
                _said(parse, attribution.content),
            ),
            *(attribution.kind, attribution.rule),
        )
        for attribution, actor in zip(discourse.attributions, discourse.sources, strict=True)
    ]
    return Records(QUOTES, tuple(rows))


def _said(parse: Parse, spans: Iterable[tuple[int, int]]) -> str | None:
    return " … ".join(" ".join(parse.article.text[start:end].split()) for start, end in spans) or None


def hedge_records(parse: Parse, discourse: Discourse) -> Records:
    """A hedge a row, in reading order."""
    text = parse.article.text
    rows = [
        (parse.article.id, parse.sentence_at(hedge.start).index + 1, text[hedge.start : hedge.end], hedge.kind, hedge.doubt)
        for hedge in discourse.hedges
    ]
    return Records(HEDGES, tuple(rows))


def position_records(parse: Parse, positions: Sequence[Position]) -> Records:
    """A position of one holder on one target a row, in the order of their first sentence."""
    rows = []
    for position in positions:
        numbers = [sentence.index + 1 for sentence in position.sentences]
        basis = ", ".join(dict.fromkeys(stance.basis for stance in position.stances))
        rows.append(
            (
                parse.article.id,
                position.by,
                position.target.name,
                position.tone,
                len(numbers),
                numbers,
                basis,
                position.probability,
            )
        )
    return Records(POSITIONS, tuple(rows))
