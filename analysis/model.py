"""The data of the project: frozen dataclasses that flow one way.

``text -> Article -> Parse -> (Actor, Mention...) -> ToneScore... -> ToneSeries, Estimate``

Every span is a half-open pair of character offsets into ``Article.text``, which is never altered after
loading, so ``text[start:end]`` is always the surface form. ``None`` means "no evidence" and is never the
same as ``0.0``, which means "evidence that balances".
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from typing import Final, Literal
from warnings import warn

from .constants import CERTAIN_MIN, LEAN_MIN
from .safe_text import Short, few

SectionKind = Literal["headline", "summary", "heading", "body", "byline", "caption", "boilerplate"]
ASIDE_KINDS: Final[frozenset[SectionKind]] = frozenset(("byline", "caption", "boilerplate"))
"""Kinds of section that are set aside: listed, and neither parsed nor scored, so that no actor is found in them."""
ActorKind = Literal["person", "country", "organisation", "group", "place"]
MentionForm = Literal["name", "alias", "demonym", "role", "pronoun", "origin"]
AttributionKind = Literal["direct", "indirect", "according-to", "floating"]
StanceBasis = Literal["voice", "event"]
SELF_RULE = "pronoun: I"
"""Rule of a mention that is a speaker's word for himself: what he says of himself is no tone toward him."""
STATED_RULE = "said to be"
"""Rule of a description that stands beside the mention it is said of, where tone is asked already."""
State = Literal["scored", "unscored", "absent"]
Side = Literal["negative", "positive", "unclear"]

Span = tuple[int, int]


def _renamed(old: str, new: str) -> property:
    """A public field under the name it had before; reading it warns, and from version 0.5 on it is gone."""

    def give(noun: object) -> object:
        warn(f"{old} is called {new} now. The old name goes in version 0.5.", DeprecationWarning, stacklevel=2)
        return getattr(noun, new)

    return property(give)


@dataclass(frozen=True, slots=True)
class Section:
    """One block of an article. Sections do not overlap; markers such as "- " lie outside them.

    Attributes:
        kind: headline, summary (a point of a summary list), heading or body (a paragraph). Set aside are byline (who wrote it,
            and when), caption (of a picture, and its credit) and boilerplate (links, share lines, sign-offs, footers).
        start: where it starts, in characters of the text.
        end: where it ends, exclusive.
    """

    kind: SectionKind
    start: int
    end: int

    @property
    def aside(self) -> bool:
        """Whether it is set aside: listed, and not scored."""
        return self.kind in ASIDE_KINDS


@dataclass(frozen=True, slots=True, repr=False)
class Article(Short):
    """A text as it was read, with the places of its parts.

    Attributes:
        id: the same in every frame, made from the file name or the title.
        title: the headline, or the file name where there is none.
        text: the whole text, never altered after loading.
        sections: its blocks in reading order, not overlapping.
        source: where it was read from: a file name, an address or "text", or what the analyst says of it in the
            registry.
        sha256: of the text in UTF-8, in hexadecimal.
        notes: what a reader should know about the reading, such as a recognised encoding.
        outlet: who published it; None where unknown.
        date: when, as ISO 8601 writes it ("2024-05-03"); None where unknown.
    """

    id: str
    title: str
    text: str
    sections: tuple[Section, ...]
    source: str
    sha256: str
    notes: tuple[str, ...] = ()
    outlet: str | None = None
    date: str | None = None

    def _lines(self) -> tuple[str, ...]:
        known = [self.source, *filter(None, (self.outlet, self.date)), f"sha256 {self.sha256[:12]}"]
        return self.title, ", ".join(known), f"{len(self.text):,} characters in {_count(len(self.sections), 'section')}"

    def _rows(self) -> list[tuple[object, ...]]:
        return [("section", "starts with"), *((part.kind, self.text[part.start : part.end]) for part in self.sections)]


@dataclass(frozen=True, slots=True)
class Token:
    """One token of the syntactic parse.

    Attributes:
        index: its place in ``Parse.tokens``.
        start: where it starts, in characters of the text.
        end: where it ends, exclusive.
        text: its surface form.
        lemma: its dictionary form.
        pos: Universal part of speech.
        tag: Penn Treebank tag.
        dep: ClearNLP dependency label.
        head: the index of the token it depends on; a root is its own head.
    """

    index: int
    start: int
    end: int
    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an article.

    Attributes:
        index: its number, from 0 (pages and frames count from 1).
        start: where it starts, in characters of the text.
        end: where it ends, exclusive.
        section: the section it stands in.
        first_token: the place of its first token in ``Parse.tokens``.
        last_token: the place after its last token.
    """

    index: int
    start: int
    end: int
    section: Section
    first_token: int
    last_token: int


@dataclass(frozen=True, slots=True)
class Entity:
    """A named entity as the parser found it.

    Attributes:
        start: where it starts, in characters of the text.
        end: where it ends, exclusive.
        label: OntoNotes' label, such as PERSON, GPE, ORG or NORP.
        sentence: the index of its sentence.
    """

    start: int
    end: int
    label: str
    sentence: int


@dataclass(frozen=True, slots=True, repr=False)
class Parse(Short):
    """An article's sentences, tokens and entities. Plain data: nothing here needs the pipeline again.

    Attributes:
        article: the article that was parsed.
        sentences: in reading order; with the gaps between them they rebuild the text.
        tokens: of all sentences, in reading order.
        entities: the named entities, in reading order.
    """

    article: Article
    sentences: tuple[Sentence, ...]
    tokens: tuple[Token, ...]
    entities: tuple[Entity, ...]

    def text_of(self, span: Section | Sentence | Token | Entity | Mention | Cue) -> str:
        """The surface form of anything that has a start and an end."""
        return self.article.text[span.start : span.end]

    def tokens_of(self, sentence: Sentence) -> tuple[Token, ...]:
        """The tokens of one sentence, in order."""
        return self.tokens[sentence.first_token : sentence.last_token]

    def parts(self, *, headings: bool = True) -> list[tuple[str, int]]:
        """The parts of the article: headline, summary and body, each with the place of its first sentence.

        Args:
            headings: whether the body is parted, and its parts named, by its headings.

        Example:
            >>> from analysis import open_article
            >>> open_article().parse.parts(headings=False)
            [('headline', 0), ('summary', 1), ('body', 6)]
        """
        runs: list[tuple[str, int]] = []
        for index, sentence in enumerate(self.sentences):
            name = sentence.section.kind
            if headings and name == "heading":
                if not index or self.sentences[index - 1].section != sentence.section:
                    runs.append((" ".join(self.text_of(sentence.section).split()), index))
                continue
            name = "body" if name == "heading" else name
            under_heading = headings and name == "body" and runs and runs[-1][0] not in ("headline", "summary")
            if not under_heading and (not runs or runs[-1][0] != name):
                runs.append((name, index))
        return runs

    def sentence_at(self, position: int) -> Sentence:
        """The sentence that holds a character, or the next one where it stands between two.

        Raises:
            IndexError: the article has no sentence.
        """
        index = bisect_right(self.sentences, position, key=lambda sentence: sentence.start) - 1
        inside = index >= 0 and position < self.sentences[index].end
        return self.sentences[index if inside else min(index + 1, len(self.sentences) - 1)]

    def _lines(self) -> tuple[str, ...]:
        sizes = (_count(len(self.sentences), "sentence"), _count(len(self.tokens), "token"))
        return (
            f"{', '.join(sizes)}, {_count(len(self.entities), 'named entity', 'named entities')}",
            f"of {self.article.title}",
            f"entities: {few([self.text_of(entity) for entity in self.entities])}",
        )

    def _rows(self) -> list[tuple[object, ...]]:
        return [("sentence", "section", "text"), *((s.index + 1, s.section.kind, self.text_of(s)) for s in self.sentences)]


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, country, organisation, named group or place.

    Attributes:
        name: the name it is shown by.
        kind: person, country, organisation, group or place.
        aliases: every other surface form that means this actor; no alias belongs to two actors.
        facts: titles and roles stated beside the name, such as "Foreign Minister".
    """

    name: str
    kind: ActorKind
    aliases: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where the text means an actor.

    Attributes:
        actor: whom it means.
        sentence: the sentence it stands in.
        start: where it starts, in characters of the text.
        end: where it ends, exclusive.
        form: name, alias, demonym, role, pronoun or origin.
        rule: the named rule that linked it, for a reader who asks why.
        confidence: how sure the link is, in (0, 1]; 1.0 for names.
    """

    actor: Actor
    sentence: Sentence
    start: int
    end: int
    form: MentionForm
    rule: str
    confidence: float = 1.0

    @property
    def scored(self) -> bool:
        """Whether tone is asked of it.

        Not of an origin ("a Danish councillor"), of a place, of a speaker's own "I", or of what the text says an actor is
        beside its name ("Anna Lind, the mayor").
        """
        return self.form != "origin" and self.actor.kind != "place" and self.rule not in {SELF_RULE, STATED_RULE}


@dataclass(frozen=True, slots=True)
class Merge:
    """Why two forms are one actor.

    Attributes:
        form: the surface form.
        actor: the name of the actor it means.
        rule: the rule that merged them.
        count: how often the form was seen.
    """

    form: str
    actor: str
    rule: str
    count: int


@dataclass(frozen=True, slots=True)
class Ambiguity:
    """A form that could mean several actors, or none for certain, and so was left alone.

    Attributes:
        form: the surface form.
        sentence: the index of its sentence.
        start: where it starts, in characters of the text.
        end: where it ends, exclusive.
        candidates: the names of the actors it could mean.
        reason: why it was left alone.
    """

    form: str
    sentence: int
    start: int
    end: int
    candidates: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True, repr=False)
class Cast(Short):
    """Who is in an article, every place that means them, and why. No two mentions overlap and none belongs to two actors.

    Attributes:
        parse: the parse it was read from.
        actors: by first mention.
        mentions: in reading order.
        merges: why forms of one actor are one.
        ambiguous: forms that were left alone, in reading order.
    """

    parse: Parse
    actors: tuple[Actor, ...]
    mentions: tuple[Mention, ...]
    merges: tuple[Merge, ...] = ()
    ambiguous: tuple[Ambiguity, ...] = ()

    def mentions_of(self, actor: Actor | str) -> tuple[Mention, ...]:
        """The mentions of one actor (given whole or by name), in reading order."""
        name = actor if isinstance(actor, str) else actor.name
        return tuple(mention for mention in self.mentions if mention.actor.name == name)

    def _lines(self) -> tuple[str, ...]:
        counts = Counter(mention.actor.name for mention in self.mentions)
        return (
            f"{_count(len(self.actors), 'actor')} in {_count(len(self.mentions), 'mention')}",
            f"most: {few([f'{name} ({count})' for name, count in counts.most_common()])}",
            f"{_count(len(self.ambiguous), 'form')} left open: {few([ambiguity.form for ambiguity in self.ambiguous])}",
        )

    def _rows(self) -> list[tuple[object, ...]]:
        counts = Counter(mention.actor.name for mention in self.mentions)
        rows = [(actor.name, actor.kind, counts[actor.name], few(actor.aliases)) for actor in self.actors]
        return [("actor", "kind", "mentions", "also called"), *rows]


@dataclass(frozen=True, slots=True)
class Cue:
    """A span of text that contributes to a score.

    Attributes:
        start: where it starts, in characters of the text.
        end: where it ends, exclusive.
        contribution: what it adds to the score, in [-1, +1].
        rule: the rule that found it.
    """

    start: int
    end: int
    contribution: float
    rule: str

    push = _renamed("Cue.push", "contribution")


@dataclass(frozen=True, slots=True)
class Sentiment:
    """The charge of a sentence's words, whatever it is about.

    Attributes:
        sentence: the sentence.
        valence: VADER's compound score, in [-1, +1]; None when no word of the sentence is charged.
        cues: the charged words, in reading order; their contributions sum to the valence.
    """

    sentence: Sentence
    valence: float | None
    cues: tuple[Cue, ...]


@dataclass(frozen=True, slots=True, repr=False)
class ToneScore(Short):
    """Tone of the wording toward one actor at one mention, with its evidence.

    Attributes:
        mention: the place that is scored.
        negative: probability that the wording is negative toward the actor; the three sum to 1.
        neutral: probability that it is neutral.
        positive: probability that it is positive.
        tone: positive - negative, in [-1, +1]; None when nothing was found to score.
        voice: who speaks: "narrator", an actor's name, an unnamed source's own words ("officials"), or "unnamed"
            where no source is given; None where voices were not told apart.
        cues: the words behind the number, in reading order; their contributions sum to the tone. None where evidence
            was not asked for or not worked out; empty where nothing was found to score.
        scorer: the name of the scorer.
        certainty: how surely the text states what it says at the mention, in (0, 1]; 1 where nothing hedges it.
        reason: why there is no tone: "own words" where the actor only speaks, "only addressed" where he is only spoken
            to, "" where nothing was found to score.
    """

    mention: Mention
    negative: float
    neutral: float
    positive: float
    tone: float | None
    voice: str | None
    cues: tuple[Cue, ...] | None
    scorer: str
    certainty: float = 1.0
    reason: str = ""

    @property
    def certainty_weighted(self) -> float | None:
        """The tone times its certainty, in [-1, +1]; None when nothing was found to score."""
        return None if self.tone is None else self.tone * self.certainty

    discounted = _renamed("ToneScore.discounted", "certainty_weighted")

    @property
    def certain(self) -> bool:
        """Whether one class is more probable than the two others together. False also where nothing was scored."""
        return self.tone is not None and max(self.negative, self.neutral, self.positive) >= CERTAIN_MIN

    def _lines(self) -> tuple[str, ...]:
        mention = self.mention
        where = f"{mention.actor.name}, by {mention.form} in sentence {mention.sentence.index + 1}"
        words = "no words worked out" if self.cues is None else _count(len(self.cues), "cue")
        chances = f"negative {self.negative:.2f}, neutral {self.neutral:.2f}, positive {self.positive:.2f}"
        return (
            f"{where}: {'nothing to score' if self.tone is None else f'tone {self.tone:+.2f}'}",
            f"{chances}, scorer {self.scorer}",
            f"voice {self.voice}, certainty {self.certainty:.2f}, {words}",
        )

    def _rows(self) -> list[tuple[object, ...]]:
        cues = [(cue.start, cue.end, f"{cue.contribution:+.3f}", cue.rule) for cue in self.cues or ()]
        return [("start", "end", "contribution", "rule"), *cues]


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says what, as spans of the text. Each part may be empty.

    Attributes:
        source: the words that name the speaker.
        cue: the words of saying, such as "said" or "according to".
        content: what is said.
        kind: direct, indirect, according-to or floating.
        rule: the named rule that found it.
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    kind: AttributionKind
    rule: str


@dataclass(frozen=True, slots=True)
class Stance:
    """What one holder expresses toward a target in one sentence, in words or by an event; never toward itself.

    Attributes:
        holder: an actor, or "narrator".
        target: whom it is about.
        tone: in [-1, +1].
        sentence: where it is expressed.
        cues: the words behind it, in reading order: the act where it is the evidence, else the words that push the tone of the
            wording to the stance's side, else the word that links holder and target. The narrator's are those of his scores.
        basis: "voice" (the holder says it) or "event" (the holder does it to the target).
        probability: that the holder holds it, in (0, 1]; 1 for the narrator, whose words are what the article says.
    """

    holder: Actor | Literal["narrator"]
    target: Actor
    tone: float
    sentence: Sentence
    cues: tuple[Cue, ...]
    basis: StanceBasis
    probability: float = 1.0

    @property
    def by(self) -> str:
        """The holder's name."""
        return self.holder if isinstance(self.holder, str) else self.holder.name


@dataclass(frozen=True, slots=True)
class Position:
    """Where one holder stands on one target in the whole article.

    Attributes:
        holder: an actor, or "narrator".
        target: whom it is about.
        tone: mean over the sentences it is expressed in, each counted once, in [-1, +1].
        stances: those behind it, in reading order, at least one.
        probability: that more of the article's sentences hold a stance to this side than to the other, in (0, 1].
    """

    holder: Actor | Literal["narrator"]
    target: Actor
    tone: float
    stances: tuple[Stance, ...]
    probability: float = 1.0

    @property
    def by(self) -> str:
        """The holder's name."""
        return self.holder if isinstance(self.holder, str) else self.holder.name

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences behind it, each once, in reading order."""
        return tuple({stance.sentence.index: stance.sentence for stance in self.stances}.values())

    @property
    def tones(self) -> tuple[float, ...]:
        """What each of these sentences expresses, the mean of its kinds of evidence; their mean is the tone."""
        by_sentence: dict[int, list[float]] = {}
        for stance in self.stances:
            by_sentence.setdefault(stance.sentence.index, []).append(stance.tone)
        return tuple(sum(tones) / len(tones) for tones in by_sentence.values())


@dataclass(frozen=True, slots=True)
class VoicePart:
    """What one voice adds to the tone toward an actor.

    Attributes:
        voice: as in ``ToneScore``.
        share: its part of the weight of all scored mentions, in [0, 1]; the shares sum to 1.
        contribution: its part of the whole tone; those of all voices sum to the mean over the actor's scored sentences.
        tone: contribution / share, the mean tone in this voice, in [-1, +1].
        scores: its scored mentions, in reading order.
    """

    voice: str
    share: float
    contribution: float
    tone: float
    scores: tuple[ToneScore, ...]

    push = _renamed("VoicePart.push", "contribution")


@dataclass(frozen=True, slots=True)
class Point:
    """One sentence of an actor's series.

    Attributes:
        sentence: the sentence.
        state: scored, unscored (named, with nothing to score) or absent (not named).
        tone: mean over the actor's scored mentions in the sentence; None unless the state is "scored".
        scores: the scores of those mentions.
    """

    sentence: Sentence
    state: State
    tone: float | None
    scores: tuple[ToneScore, ...]

    @property
    def certain(self) -> bool:
        """Whether any of its scores is certain."""
        return any(score.certain for score in self.scores)


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number with its doubt: lo <= value <= hi, all None where n is too small to summarise.

    Attributes:
        value: the estimate.
        lo: the lower end of its interval.
        hi: the upper end.
        n: the distinct sentences it rests on.
        method: how the interval was made, in words.
    """

    value: float | None
    lo: float | None
    hi: float | None
    n: int
    method: str

    @property
    def side(self) -> Side | None:
        """The side of zero on which the whole interval lies; "unclear" where it holds zero, None where n is too small.

        A mean within ``LEAN_MIN`` of zero is "unclear" too: it leans nowhere, however narrow its interval.
        """
        if self.value is None or self.lo is None or self.hi is None:
            return None
        if abs(self.value) < LEAN_MIN:
            return "unclear"
        return "positive" if self.lo > 0 else "negative" if self.hi < 0 else "unclear"


@dataclass(frozen=True, slots=True)
class Contrast:
    """Two groups of the sentences about one actor, beside each other.

    Attributes:
        actor: toward whom.
        compared: what tells the groups apart: "headline and lead", "first half", "narrator" or the heading of a section.
        one: what the first group is called.
        other: what the second group is called.
        values: the mean tone of each group.
        difference: the first mean less the second, with an interval of its own.
    """

    actor: Actor
    compared: str
    one: str
    other: str
    values: tuple[Estimate, Estimate]
    difference: Estimate


@dataclass(frozen=True, slots=True)
class HeadlineLean:
    """A headline that is worded toward an actor clearly otherwise than the body of its article.

    Attributes:
        actor: toward whom.
        sentence: the headline.
        tone: its tone toward the actor: one sentence's.
        body: the mean over the body's sentences.
        difference: the headline's tone less the body's mean, with an interval of its own.
    """

    actor: Actor
    sentence: Sentence
    tone: float
    body: Estimate
    difference: Estimate


@dataclass(frozen=True, slots=True, repr=False)
class ToneSeries(Short):
    """The tone of the wording toward one actor through the article, one point for each sentence.

    Attributes:
        actor: toward whom.
        points: one for each sentence of the article, in order.
        estimate: the mean over distinct scored sentences, with its interval.
        mention_count: how often the text means the actor.
        scored_count: how many of those mentions could be scored.
    """

    actor: Actor
    points: tuple[Point, ...]
    estimate: Estimate
    mention_count: int
    scored_count: int

    def _lines(self) -> tuple[str, ...]:
        estimate, scored = self.estimate, [point for point in self.points if point.tone is not None]
        mean = f"no mean, {_count(estimate.n, 'scored sentence')}"
        if estimate.value is not None:
            mean = (
                f"mean tone {estimate.value:+.2f}, {estimate.lo:+.2f} to {estimate.hi:+.2f}, {_count(estimate.n, 'sentence')}"
            )
        ends = sorted(scored, key=lambda point: point.tone or 0.0)
        reach = [f"{point.tone:+.2f} in sentence {point.sentence.index + 1}" for point in (*ends[:1], *ends[1:][-1:])]
        return (
            f"{self.actor.name} ({self.actor.kind}): {mean}",
            f"scored in {self.scored_count} of {_count(self.mention_count, 'mention')}",
            f"from {' to '.join(reach)}" if reach else "no wording that could be scored",
        )

    def _rows(self) -> list[tuple[object, ...]]:
        named = [point for point in self.points if point.state != "absent"]
        tones = ["nothing to score" if point.tone is None else f"{point.tone:+.2f}" for point in named]
        return [("sentence", "tone"), *((point.sentence.index + 1, tone) for point, tone in zip(named, tones, strict=True))]


def _count(amount: int, noun: str, several: str = "") -> str:
    return f"{amount:,} {noun if amount == 1 else several or noun + 's'}"
