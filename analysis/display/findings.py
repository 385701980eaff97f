"""Every sentence that states a result, for text, cards, charts and terminal alike.

One vocabulary: of an estimate, "clear negative lean", "clear positive lean", "no clear lean" or "too few
sentences" (``verdict``); of a position, in how many sentences it is negative or positive (``expressed``). One rule: no mean of
fewer than ``MIN_POINTS`` sentences is written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum
from typing import Final

from ..constants import (
    ALPHA_RELIABLE,
    ALPHA_TENTATIVE,
    CLEAR_TONE,
    HEADLINE_FLOOR,
    HEADLINE_SENTENCES,
    MAIN_SOURCE_SHARE,
    MIN_POINTS,
    SHARE_WORDS,
    STRONG_TONE,
)
from ..estimates import Figure, SheetCheck, Specification, Survival
from ..model import (
    Actor,
    Cast,
    Contrast,
    Estimate,
    HeadlineLean,
    Parse,
    Position,
    Sentence,
    Sentiment,
    Side,
    ToneSeries,
    VoicePart,
)
from ..safe_text import shorten, visible
from .answer import Answer, Phrase, phrase, row_of, say
from .evidence import strongest_points, voice_of, voices_at
from .table import Href, Link, nowhere
from .wording import (
    FEW,
    MINUS,
    article_of,
    count,
    estimate,
    interval,
    interval_kind,
    listing,
    number,
    plural,
    share,
    surely,
    tone_word,
)

NAME_CHARS = 32
"""A longer name is cut within a title."""
NOBODY = "No person, country or organisation was found in this article"
NARRATOR: Final = "the narrator"
UNNAMED: Final = "an unnamed source"
NOT_SCORED: Final = "not scored"


def short_name(name: str, length: int = NAME_CHARS) -> str:
    """A name for a title: at most so long, with nothing in it that cannot be seen."""
    return shorten(visible(name), length)


def times(amount: int) -> str:
    """How often: "once", "twice", "13 times"."""
    return {1: "once", 2: "twice"}.get(amount, f"{count(amount)} times")


def voice_name(voice: str) -> str:
    """Who speaks, in words: "the narrator", "an unnamed source", an actor's name, the words for a source."""
    return {"narrator": NARRATOR, "unnamed": UNNAMED}.get(voice, voice)


# --- what the text says ------------------------------------------------------------------------------------------


def text_answer(sentences: Sequence[Sentence], word_count: int, key: Sequence[tuple[str, int, float, float]]) -> Answer:
    """How long the article is, and the words that set it apart from other news.

    Args:
        sentences: the article's.
        word_count: its words.
        key: from ``keywords``, the strongest first.
    """
    outside = sum(sentence.section.kind != "body" for sentence in sentences)
    words = f"The article has {plural(word_count, 'word')} in {plural(len(sentences), 'sentence')}"
    sizes = f"{words}, {count(outside) if outside else 'none'} of them outside the body."
    answer = say("{sizes}", sizes=sizes)
    if not key:
        return answer + say("No word comes back often enough to set it apart from other news.")
    keywords = [f"“{word}” ({times(amount)})" for word, amount, *_ in key[:3]]
    return answer + say("These words set it apart from other news: {told}.", told=keywords)


def cast_title(cast: Cast) -> str:
    """Who is named most, in how many of all mentions."""
    if not cast.mentions:
        return NOBODY
    ((name, amount),) = _named_most(cast, 1)
    return f"{short_name(name, 40)} is named most: {count(amount)} of {plural(len(cast.mentions), 'mention')}"


def cast_answer(cast: Cast) -> Answer:
    """How many actors are named how often, and which most."""
    if not cast.actors:
        return say(f"{NOBODY}.")
    sizes = f"The article names {plural(len(cast.actors), 'actor')} in {plural(len(cast.mentions), 'mention')}."
    most = [f"{name} ({count(amount)})" for name, amount in _named_most(cast, 3)]
    return say("{sizes} Named most: {most}.", sizes=sizes, most=most)


def _named_most(cast: Cast, most: int) -> list[tuple[str, int]]:
    """Names with their mentions; equal counts by first mention."""
    return Counter(mention.actor.name for mention in cast.mentions).most_common(most)


def sentiment_title(sentiments: Sequence[Sentiment]) -> str:
    """Whether more sentences are positive or negative, and which is the lowest."""
    charged = [sentiment for sentiment in sentiments if sentiment.valence is not None]
    above, below = (sum((sentiment.valence or 0) * sign > 0 for sentiment in charged) for sign in (1, -1))
    if not charged:
        return "No sentence of this article holds a charged word"
    if above == below:
        balance = f"As many sentences are positive as negative, {count(above)} each"
    else:
        more, fewer = ("positive", "negative") if above > below else ("negative", "positive")
        rest = count(min(above, below)) if above and below else "none"
        balance = f"{plural(max(above, below), 'sentence is', 'sentences are')} {more}, {rest} {fewer}"
    low = min(charged, key=lambda sentiment: sentiment.valence or 0)
    return f"{balance}; the lowest is number {count(low.sentence.index + 1)}" if below else balance


def sentiment_answer(sentiments: Sequence[Sentiment], mean: Estimate, named: int) -> Answer:
    """How many sentences are charged which way, their mean, and how many owe it to a name.

    Args:
        sentiments: one a sentence.
        mean: over the charged ones.
        named: sentences charged by a word of a name.
    """
    charged = [sentiment.valence for sentiment in sentiments if sentiment.valence is not None]
    up, down = (sum(value * sign > 0 for value in charged) for sign in (1, -1))
    hold = "holds charged words" if len(charged) == 1 else "hold charged words"
    sides = f"{count(up) if up else 'none'} positive, {count(down) if down else 'none'} negative"
    sizes = f"{count(len(charged))} of {plural(len(sentiments), 'sentence')} {hold}: {sides}."
    answer = say("{sizes}", sizes=sizes) + say("Mean valence: {mean}.", mean=estimate(mean))
    doubt = "In {named} part of the charge comes from a name."
    return answer + say(doubt, named=plural(named, "sentence")) if named else answer


# --- what tone toward each actor ---------------------------------------------------------------------------------


def verdict(value: Estimate) -> str:
    """What an estimate says of a lean. A lean is claimed only where the whole interval lies on one side of zero."""
    return _VERDICTS[value.side]


_VERDICTS: dict[Side | None, str] = {
    "negative": "clear negative lean",
    "positive": "clear positive lean",
    "unclear": "no clear lean",
    None: FEW,
}


def finding(tones: ToneSeries) -> str:
    """What may be said of one actor: the verdict, the mean with its interval, and its mentions where some were not scored."""
    value = tones.estimate
    if not tones.scored_count:
        return f"{NOT_SCORED} ({plural(tones.mention_count, 'mention')})"
    of = "" if tones.scored_count == tones.mention_count else f"; {scored_of(tones)}"
    if value.side is None:
        return f"{verdict(value)} (n = {count(value.n)}){of}"
    return f"{verdict(value)}, {mean_with_interval(value)}{of}"


def scored_of(tones: ToneSeries) -> str:
    """In how many of an actor's mentions there is wording that could be scored: "scored in 9 of 12 mentions"."""
    return f"scored in {count(tones.scored_count)} of {plural(tones.mention_count, 'mention')}"


def mean_with_interval(value: Estimate) -> str:
    """A mean and its interval, "−0.13 (−0.31 to +0.01)"; that there are too few sentences, where there is no mean."""
    if value.value is None:
        return verdict(value)
    return f"{number(value.value)} ({interval(value)})".replace(" to ", "\N{NO-BREAK SPACE}to\N{NO-BREAK SPACE}")


def interval_key(series: Sequence[ToneSeries]) -> str:
    """What the interval beside a mean is, said once for all actors; "" where no actor has a mean."""
    method = next((tones.estimate.method for tones in series if tones.estimate.value is not None), "")
    if not method:
        return ""
    means = "Each number is the mean over the sentences that name the actor, from −1 (negative) to +1 (positive)"
    return f"{means}, with the {interval_kind(method)}."


def clearest(series: Sequence[ToneSeries]) -> list[ToneSeries]:
    """The actors with a clear lean, the clearest first: the one whose whole interval lies furthest from zero."""
    clear = [tones for tones in series if tones.estimate.side in ("negative", "positive")]
    return sorted(clear, key=lambda tones: -min(abs(tones.estimate.lo or 0.0), abs(tones.estimate.hi or 0.0)))


def by_finding(series: Sequence[ToneSeries]) -> list[ToneSeries]:
    """All actors by what can be said of them: clear leans, other means, then negative or positive single sentences."""
    clear = clearest(series)
    mean = sorted((tones for tones in series if tones.estimate.side == "unclear"), key=lambda tones: -tones.mention_count)
    few = [tones for tones in series if tones.estimate.side is None]
    return [*clear, *mean, *sorted(few, key=lambda tones: (-_reach(tones), -tones.mention_count))]


def by_mentions(series: Sequence[ToneSeries]) -> list[ToneSeries]:
    """The actors named most first, then by their first mention."""
    return sorted(series, key=lambda tones: (-tones.mention_count, first_mention(tones)))


def first_mention(tones: ToneSeries) -> int:
    """The place of the first sentence that names an actor; the number of sentences where none does."""
    return next((index for index, point in enumerate(tones.points) if point.state != "absent"), len(tones.points))


def by_sentences(held: Iterable[Position], toward: Iterable[Position]) -> list[str]:
    """Names of who holds the first positions or is the target of the second: those in the most sentences first."""
    sentences: dict[str, set[int]] = {}
    ends = [*((position.by, position) for position in held), *((position.target.name, position) for position in toward)]
    for name, position in ends:
        sentences.setdefault(name, set()).update(sentence.index for sentence in position.sentences)
    return sorted(sentences, key=lambda name: (-len(sentences[name]), min(sentences[name])))


def _reach(tones: ToneSeries) -> float:
    """How far an actor's strongest sentence lies from zero, 0 where none is clearly negative or positive."""
    far = max((abs(point.tone) for point in tones.points if point.tone is not None), default=0.0)
    return far if far >= CLEAR_TONE else 0.0


def has_something_to_say(tones: ToneSeries) -> bool:
    """Whether an actor has a mean, or a sentence that is clearly negative or positive."""
    return tones.estimate.side is not None or _reach(tones) > 0


def headline(parse: Parse, series: Sequence[ToneSeries], *, href: Href = nowhere) -> Answer:
    """The finding of an article in a few sentences: the clear leans and whose words carry them.

    Where no lean is clear it says so, and says which single sentences are strongest and whose words they are.

    Args:
        parse: the article's.
        series: one an actor.
        href: where the name of an actor leads on the page.
    """
    if not series:
        return say(f"{NOBODY}, so there is no tone toward anyone to report.")
    if not any(tones.scored_count for tones in series):
        return say("No wording toward any actor could be scored.")
    clear = clearest(series)
    if not clear:
        means = any(tones.estimate.side is not None for tones in series)
        answer = say("There is no clear lean toward any actor." if means else _NO_MEAN)
        for line in _most_on_each_side(parse, series, href):
            answer += say("{line}", line=line)
        return answer
    first, others = clear[0], clear[1:]
    answer = say(
        "The wording has a {verdict} toward {who}{whose}.",
        verdict=verdict(first.estimate),
        who=_in_prose(first.actor.name, href),
        whose=_carried(first, href),
    )
    parts = [
        phrase("a {verdict} toward {who}", verdict=_VERDICTS[side], who=_names(group, href, last="and"))
        for side in ("negative", "positive")
        if (group := [tones for tones in others if tones.estimate.side == side])
    ]
    if parts:
        answer += say("It also has {leans}.", leans=row_of(parts))
    unclear = [tones for tones in by_finding(series) if tones.estimate.side == "unclear"]
    if unclear:
        answer += say("It has no clear lean toward {who}.", who=_names(unclear, href, last="or"))
    return answer


_NO_MEAN: Final = f"No actor has the {MIN_POINTS} scored sentences that a mean needs, so there is no clear lean."
NAMES_TOLD: Final = 4
"""Names told in one sentence; the others are counted."""


def _name(name: str, href: Href) -> object:
    """An actor's name, linked where it leads somewhere."""
    to = href(name)
    return Link(short_name(name, 60), to) if to else short_name(name, 60)


def _in_prose(name: str, href: Href) -> Phrase:
    """An actor's name within a sentence: "the United States", "Norway"."""
    return phrase(f"{article_of(name)}{{name}}", name=_name(name, href))


def _names(series: Sequence[ToneSeries], href: Href, *, last: str) -> Phrase:
    """The names of some actors in a row; of many, the first and how many more there are."""
    named = series if len(series) <= NAMES_TOLD + 1 else series[:NAMES_TOLD]
    names: list[object] = [_in_prose(tones.actor.name, href) for tones in named]
    if len(named) < len(series):
        names.append(f"{plural(len(series) - len(named), 'other actor')}")
    return row_of(names, last=last)


def _most_on_each_side(parse: Parse, series: Sequence[ToneSeries], href: Href) -> list[Phrase]:
    """The most negative and the most positive sentence, the stronger first: toward whom, and whose words."""
    points = strongest_points(parse, series, most=None)
    if not points:
        return [phrase("Every scored sentence is neutral toward every actor it names.")]
    strong = [point for point in points if abs(point.tone or 0.0) >= STRONG_TONE]
    if not strong:
        return [phrase("No single sentence is strongly worded toward any actor.")]
    first = {tone_word(point.tone or 0.0): point for point in reversed(strong)}
    lines, told = [], ""
    for side, point in sorted(first.items(), key=lambda pair: -abs(pair[1].tone or 0.0)):
        name, whose = point.scores[0].mention.actor.name, _whose(voices_at(point), href)
        is_ = "is also" if name == told else "is"
        lines.append(
            phrase(f"The most {side} wording {is_} toward {{who}} and is {{whose}}.", who=_in_prose(name, href), whose=whose)
        )
        told = name
    return lines


def _whose(voices: Sequence[str], href: Href) -> Phrase:
    """Whose words they are: "the narrator’s own", "attributed to Donald Trump"; "partly attributed" where both have some."""
    voice, *others = voices
    source = next((other for other in others if other != "unnamed"), None)
    if voice == "narrator" and source is not None:
        return phrase("partly attributed to {who}", who=_in_prose(source, href))
    if voice == "narrator":
        return phrase("the narrator’s own")
    if voice == "unnamed":
        return phrase(f"attributed to {UNNAMED}")
    return phrase("attributed to {who}", who=_in_prose(voice, href))


@dataclass(frozen=True, slots=True)
class ClearSentences:
    """The sentences in which the tone toward an actor is clearly to one side, and whose words they are.

    Attributes:
        side: negative or positive.
        voices: how many sentences stand in each voice, the most first.
    """

    side: str
    voices: tuple[tuple[str, int], ...]

    @property
    def sentences(self) -> int:
        """How many there are."""
        return sum(amount for _, amount in self.voices)

    @property
    def own_share(self) -> float:
        """The narrator's share of them, in [0, 1]."""
        return dict(self.voices).get("narrator", 0) / self.sentences


def sides_of(tones: ToneSeries) -> dict[str, ClearSentences]:
    """The negative and the positive sentences toward an actor, where there are any, by "negative" and "positive"."""
    voices: dict[str, Counter[str]] = {"negative": Counter(), "positive": Counter()}
    for point in tones.points:
        if point.tone is not None and (word := tone_word(point.tone)) in voices:
            voices[word][voice_of(point)] += 1
    return {word: ClearSentences(word, tuple(counts.most_common())) for word, counts in voices.items() if counts}


def _carried(tones: ToneSeries, href: Href) -> Phrase:
    """Whose words carry a lean: ", nearly all of it attributed to sources"; nothing where no sentence is clear by itself."""
    sided = sides_of(tones).get(tones.estimate.side or "")
    if sided is None:
        return phrase("")
    own = sided.own_share
    amount, narrator = _share_words(max(own, 1 - own)), own > 0.5
    sources = [(voice, amount) for voice, amount in sided.voices if voice != "narrator"]
    quoted = sum(amount for _, amount in sources)
    if narrator:
        return phrase("{amount}", amount=f", {amount} in the narrator’s own words")
    if sources[0][0] != "unnamed" and sources[0][1] >= MAIN_SOURCE_SHARE * quoted:
        return phrase(f", {amount} attributed to {{who}}", who=_in_prose(sources[0][0], href))
    return phrase(f", {amount} attributed to sources")


def _share_words(share: float) -> str:
    """A share of one half or more in words."""
    return next((words for low, words in SHARE_WORDS if share >= low - 1e-9), "half of it")


def who_says(tones: ToneSeries, *, href: Href = nowhere) -> Phrase:
    """In how many sentences the tone toward an actor is negative and positive, and in whose words.

    "negative in 3 of 15 sentences (Donald Trump 2, the narrator 1), positive in 2 (the narrator)".
    """
    scored = sum(point.tone is not None for point in tones.points)
    if not scored:
        return phrase(NOT_SCORED)
    parts: list[Phrase] = []
    for word, sided in sides_of(tones).items():
        of = f" of {plural(scored, 'sentence')}" if not parts else ""
        amount = f"{count(sided.sentences)}{of}"
        if not parts and sided.sentences == scored:
            amount = _all_of(scored)
        voices = [_voice(voice, amount, len(sided.voices), href) for voice, amount in sided.voices[:2]]
        if rest := sum(amount for _, amount in sided.voices[2:]):
            voices.append(phrase(f"others {count(rest)}"))
        who = phrase(", ".join(f"{{v{at}}}" for at in range(len(voices))), **{f"v{p}": v for p, v in enumerate(voices)})
        parts.append(phrase(f"{word} in {amount} ({{who}})", who=who))
    if not parts:
        return phrase(f"neutral in {_all_of(scored)}")
    return parts[0] if len(parts) == 1 else phrase("{one}, {two}", one=parts[0], two=parts[1])


def _all_of(sentences: int) -> str:
    return {1: "the one sentence", 2: "both sentences"}.get(sentences, f"all {count(sentences)} sentences")


def _voice(voice: str, amount: int, of: int, href: Href) -> Phrase:
    name = voice_name(voice) if voice in ("narrator", "unnamed") else _in_prose(voice, href)
    return phrase("{name}", name=name) if of == 1 else phrase(f"{{name}} {count(amount)}", name=name)


def tone_title(series: Sequence[ToneSeries]) -> str:
    """The verdict on the one or two actors that say most, in about ten words."""
    if not series:
        return NOBODY
    if not any(tones.scored_count for tones in series):
        return "No wording toward any actor could be scored"
    means = [tones for tones in by_finding(series) if tones.estimate.side is not None]
    if not means:
        most = max(series, key=lambda tones: tones.mention_count)
        return f"The wording toward {_titled(most)}: {FEW} for a mean"
    first, start = means[0], f"The wording toward {_titled(means[0])}"
    apart = next((tones for tones in means[1:] if tones.estimate.side != first.estimate.side), None)
    if apart is not None:
        return f"{start}: {verdict(first.estimate)}; toward {_titled(apart)}: {verdict(apart.estimate)}"
    if len(means) > 1:
        return f"{start} and {_titled(means[1])}: {verdict(first.estimate)}"
    return f"{start}: {verdict(first.estimate)}"


def _titled(tones: ToneSeries) -> str:
    """An actor's name within a title: "the United States", "Norway"."""
    return article_of(tones.actor.name) + short_name(tones.actor.name)


def ranking_title(ranked: Sequence[ToneSeries]) -> str:
    """Who is named most, and how many actors the wording leans clearly toward a side of.

    Args:
        ranked: the most named first.
    """
    if not ranked:
        return NOBODY
    clear = sum(tones.estimate.side in ("negative", "positive") for tones in ranked)
    lean = f"clear lean toward {plural(clear, 'actor')}" if clear else "no clear lean toward any actor"
    return f"{short_name(ranked[0].actor.name)} is named most ({count(ranked[0].mention_count)}); {lean}"


def tone_answer(series: Sequence[ToneSeries], order: Sequence[tuple[ToneSeries, ToneSeries, Estimate]] = ()) -> Answer:
    """What may be said of each actor, the clear leans first, and which two actors are worded clearly otherwise.

    Args:
        series: the actors'.
        order: pairs that differ clearly, the more positive first, as ``estimates.clear_order`` gives them.
    """
    if not series:
        return say(f"{NOBODY}.")
    means = [tones for tones in by_finding(series) if tones.estimate.value is not None]
    few = [tones.actor.name for tones in series if tones.estimate.value is None]
    answer = Answer(())
    for tones in means:
        answer += say("{who}: {finding}.", who=tones.actor.name, finding=finding(tones))
    if means:
        answer += say("{key}", key=interval_key(means))
    for higher, lower, difference in order[:NAMES_TOLD]:
        answer += say("{line}", line=compared(short_name(higher.actor.name), short_name(lower.actor.name), difference))
    if not few:
        return answer
    named = few if len(few) <= 2 * NAMES_TOLD else few[: 2 * NAMES_TOLD]
    names: list[object] = [_in_prose(name, nowhere) for name in named]
    if len(named) < len(few):
        names.append(plural(len(few) - len(named), "other actor"))
    return answer + say(f"There are {FEW} for a mean toward {{few}}.", few=row_of(names))


def compared(first: str, second: str, difference: Estimate) -> str:
    """How two groups compare; which of them is worded more positively is said only where the interval leaves out zero.

    Args:
        one, other: what the groups are called.
        difference: the first's mean less the second's.
    """
    if difference.side is None:
        return f"{first} and {second}: {FEW} to compare."
    by = f"{number(difference.value)} ({interval(difference)})"
    if difference.side == "unclear":
        return f"{first} and {second}: no clear difference, {by}."
    return f"{first} is worded more {'positively' if difference.side == 'positive' else 'negatively'} than {second}, by {by}."


def contrast_line(contrast: Contrast) -> str:
    """How the wording toward an actor differs between two parts of an article, or that it does not clearly."""
    start = f"The wording toward {short_name(contrast.actor.name)}"
    first, second = (_PARTS_TOLD.get(part, f"under “{shorten(visible(part), 60)}”") for part in (contrast.one, contrast.other))
    lo, by, hi = contrast.difference.lo, contrast.difference.value, contrast.difference.hi
    if contrast.difference.side in ("positive", "negative") and lo is not None and by is not None and hi is not None:
        low, high = sorted((abs(lo), abs(hi)))
        return f"{start} is more {contrast.difference.side} {first} than {second}, by {abs(by):.2f} ({low:.2f} to {high:.2f})."
    return f"{start} does not differ clearly {first} and {second}, {number(by)} ({interval(contrast.difference)})."


_PARTS_TOLD: Final = {
    "headline and lead": "in headline and lead",
    "the rest": "in the rest",
    "the rest of the body": "in the rest of the body",
    "first half": "in the first half",
    "second half": "in the second half",
    "narrator": "in the narrator’s words",
    "sources": "in what is attributed to sources",
}


def headline_line(lean: HeadlineLean) -> str:
    """That a headline is worded toward an actor in another way than its body."""
    side = "negative" if lean.tone < 0 else "positive"
    body = f"the body is not: {number(lean.body.value)} on average over {plural(lean.body.n, 'sentence')}"
    if lean.body.side not in ("unclear", side):
        body = f"the body is {lean.body.side}: {number(lean.body.value)} on average over {plural(lean.body.n, 'sentence')}"
    return f"The headline is {side} toward {short_name(lean.actor.name)} ({number(lean.tone)}), {body}."


def errors_line(rows: Sequence[tuple[str, float, int]]) -> str:
    """How often a strong score is wrong, by kind of actor: whom, the share wrong, how many were checked."""
    parts = "; ".join(f"toward {whom}, {100 * wrong:.0f} of 100 ({count(n)} checked)" for whom, wrong, n in rows)
    return f"In labelled news, single strong scores were wrong this often: {parts}."


def corrected_lines(check: SheetCheck | None) -> list[str]:
    """The mean tone toward each actor corrected by people who coded a sample of this article; none where nobody did."""
    return [
        f"Corrected by {plural(figure.triple.coded, 'coded sentence')}: the mean tone toward {short_name(figure.who)} is "
        f"{number(figure.triple.corrected.value)} (95 % interval {interval(figure.triple.corrected)})."
        for figure in (check.figures if check else ())
        if figure.measure == "mean tone" and figure.triple.corrected.value is not None
    ]


# --- who says so, and how surely ---------------------------------------------------------------------------------


def is_few(parts: Sequence[VoicePart]) -> bool:
    """Whether the voices toward an actor rest on too few sentences for a mean."""
    return len({score.mention.sentence.index for part in parts for score in part.scores}) < MIN_POINTS


def voices_title(parts: Sequence[tuple[Actor, Sequence[VoicePart]]]) -> str:
    """How many of the scored mentions are in the narrator's voice, and how many attributed to sources."""
    counts: Counter[bool] = Counter()
    for _, voices in parts:
        for part in voices:
            counts[part.voice == "narrator"] += len(part.scores)
    own, total = counts[True], counts[True] + counts[False]
    if not total:
        return "No wording toward any actor could be scored"
    if own in (0, total):
        where = "in the narrator’s voice" if own else "attributed to sources"
        return f"All {count(total)} scored mentions are {where}" if total > 1 else f"The one scored mention is {where}"
    return f"{count(own)} of {count(total)} scored mentions are in the narrator’s voice, the rest attributed to sources"


def certainty_title(profile: Sequence[tuple[Sentence, float]]) -> str:
    """How many sentences are hedged, and where the least sure one stands.

    Args:
        profile: every sentence with its certainty in (0, 1].
    """
    hedged = [(sentence, value) for sentence, value in profile if is_hedged(value)]
    if not hedged:
        return "No sentence of this article is hedged"
    least = min(value for _, value in hedged)
    lowest = [sentence for sentence, value in hedged if value <= least + 1e-9]
    where = f"number {count(lowest[0].index + 1)}, in {_PARTS[lowest[0].section.kind]}"
    start = _hedged_of(len(hedged), len(profile))
    if len(hedged) == 1:
        return f"{start}: {where}"
    return f"{start}; the least sure ({least:.2f}) {'is' if len(lowest) == 1 else 'begin at'} {where}"


_PARTS: Final = {"headline": "the headline", "summary": "the summary", "heading": "a heading", "body": "the body"}


def is_hedged(value: float) -> bool:
    """Whether a certainty is less than whole."""
    return value < 1 - 1e-9


def _hedged_of(hedged: int, of: int) -> str:
    return f"{count(hedged)} of {plural(of, 'sentence')} {'is' if hedged == 1 else 'are'} hedged"


def voices_answer(
    cast: Cast, parts: Sequence[tuple[Actor, Sequence[VoicePart]]], profile: Sequence[tuple[Sentence, float]]
) -> Answer:
    """Whose words the scored mentions are, how much is hedged, and whose voice carries the strongest tones.

    Args:
        cast: the actors.
        parts: what ``voices_of`` returned.
        profile: every sentence with its certainty.
    """
    hedged = sum(is_hedged(value) for _, value in profile)
    answer = say("{where}. {told}.", where=voices_title(parts), told=_hedged_of(hedged, len(profile)))
    for line in carriers(cast, parts):
        answer += say("{line}", line=line)
    return answer


def carriers(cast: Cast, parts: Sequence[tuple[Actor, Sequence[VoicePart]]], *, most: int = 3) -> list[str]:
    """Whose voice contributes most to the mean tone toward an actor, for the actors with the strongest contributions.

    Args:
        cast: the actors.
        parts: what ``voices_of`` returned; an actor with too few sentences is left out, and one to whom no voice adds anything.
        most: so many actors.
    """
    scored = [(actor, voices) for actor, voices in parts if not is_few(voices) and max(map(_reach_of, voices)) >= 0.01]
    strong = sorted(scored, key=lambda pair: -max(map(_reach_of, pair[1])))[:most]
    named = {actor.name for actor in cast.actors}
    lines = []
    for actor, voices in strong:
        largest = max(voices, key=_reach_of)
        voice = voice_name(largest.voice) if largest.voice in ("narrator", "unnamed", *named) else f"“{largest.voice}”"
        whose = "in the narrator’s voice" if largest.voice == "narrator" else f"attributed to {voice}"
        sentences = len({score.mention.sentence.index for part in voices for score in part.scores})
        mean = number(fsum(part.contribution for part in voices))
        lines.append(
            f"{actor.name}: mean tone {mean} over {plural(sentences, 'sentence')}; "
            f"the largest contribution ({number(largest.contribution)}) is {whose}."
        )
    return lines


def _reach_of(part: VoicePart) -> float:
    """How much a voice adds to a mean, whichever way."""
    return abs(part.contribution)


# --- who stands where on whom ------------------------------------------------------------------------------------


def has_mean(position: Position) -> bool:
    """Whether a position is expressed in enough sentences for a mean."""
    return len(position.tones) >= MIN_POINTS


def expressed(position: Position) -> str:
    """How a position is expressed: its mean over enough sentences, else in how many it is negative or positive."""
    of = len(position.tones)
    if has_mean(position):
        return f"{number(position.tone)}, {plural(of, 'sentence')}"
    sides = [
        (word, sum(tone * sign >= CLEAR_TONE for tone in position.tones)) for word, sign in (("negative", -1), ("positive", 1))
    ]
    parts = [(word, amount) for word, amount in sides if amount]
    if not parts:
        return f"neutral in {plural(of, 'sentence')}"
    if len(parts) == 1 and parts[0][1] == of:
        return f"{parts[0][0]} in {plural(of, 'sentence')}"
    return f"{', '.join(f'{word} in {count(amount)}' for word, amount in parts)} of {plural(of, 'sentence')}"


def position_line(position: Position, length: int = NAME_CHARS) -> str:
    """A position in words: "Donald Trump toward Vladimir Putin (negative in 2 sentences, very likely)"."""
    target = short_name(position.target.name, length)
    if isinstance(position.holder, str):
        return f"{NARRATOR} toward {target} ({expressed(position)})"
    return f"{short_name(position.holder.name, length)} toward {target} ({expressed(position)}, {surely(position.probability)})"


def strongest(positions: Sequence[Position], *, sign: int, most: int = 3) -> list[Position]:
    """The positions furthest to one side (sign -1 or +1), the narrator's left out, the furthest first."""
    held = [position for position in positions if position.by != "narrator" and position.tone * sign >= CLEAR_TONE]
    return sorted(held, key=lambda position: -abs(position.tone))[:most]


def may_stand_alone(position: Position) -> bool:
    """Whether a position may be a finding: very likely held, in two sentences at least, and to one side in all."""
    one_side = len({tone > 0 for tone in position.tones}) == 1
    return one_side and position.probability >= HEADLINE_FLOOR and len(position.sentences) >= HEADLINE_SENTENCES


def headlines(positions: Sequence[Position], *, sign: int, most: int = 3) -> list[Position]:
    """The positions clearly to one side that may stand alone, the furthest first."""
    return [position for position in strongest(positions, sign=sign, most=len(positions)) if may_stand_alone(position)][:most]


def matrix_title(positions: Sequence[Position]) -> str:
    """The most negative of the positions that may stand alone, else the most positive; of equals the one in most sentences."""
    if not positions:
        return "No position of anyone toward an actor was found"
    findings = [position for position in positions if may_stand_alone(position)]
    if not findings:
        return f"{plural(len(positions), 'position')}, none of them very likely and in {HEADLINE_SENTENCES} sentences"
    low = min(findings, key=lambda position: (position.tone, -len(position.sentences)))
    high = max(findings, key=lambda position: (position.tone, len(position.sentences)))
    if low.tone <= -CLEAR_TONE:
        return f"Most negative: {position_line(low)}"
    if high.tone >= CLEAR_TONE:
        return f"Nobody is clearly negative; most positive: {position_line(high)}"
    return f"No position is clearly negative or positive throughout {HEADLINE_SENTENCES} sentences or more"


def network_title(positions: Sequence[Position]) -> str:
    """The commoner side of the positions between actors, with the target that it names most often.

    Args:
        positions: those of actors, not of the narrator.

    Returns:
        "5 of 8 positions between actors are negative, 3 of them toward Norway". A position is negative or positive from
        ``CLEAR_TONE`` on. Where both sides are equally common, the negative one is named. Where no target is named more
        often than the others, the number of the other side stands in its place. Sentences of their own say that there are
        no positions, or none clear enough.
    """
    if not positions:
        return "No position of one actor toward another was found"
    low = [position for position in positions if position.tone <= -CLEAR_TONE]
    high = [position for position in positions if position.tone >= CLEAR_TONE]
    total = plural(len(positions), "position")
    if not low and not high:
        return f"No position between actors is clearly negative or positive, of {count(len(positions))} found"
    word, group = ("negative", low) if len(low) >= len(high) else ("positive", high)
    start = f"{count(len(group))} of {total} between actors {'is' if len(group) == 1 else 'are'} {word}"
    if len(group) == len(positions):
        start = f"All {total} between actors are {word}" if len(group) > 1 else f"The one position between actors is {word}"
    ranked = Counter(position.target.name for position in group).most_common(2)
    clear = ranked[0][1] > 1 and (len(ranked) == 1 or ranked[0][1] > ranked[1][1])
    if not clear:
        rest = len(high) if group is low else len(low)
        other = "positive" if group is low else "negative"
        return start if len(group) == len(positions) else f"{start}, {count(rest) if rest else 'none'} {other}"
    amount = "all" if ranked[0][1] == len(group) else f"{count(ranked[0][1])} of them"
    return f"{start}, {amount} toward {short_name(ranked[0][0])}"


def stances_answer(positions: Sequence[Position], acts: Sequence[str]) -> Answer:
    """Which actors take which side on which others, where that may stand alone; else who does what to whom.

    Args:
        positions: of the whole article.
        acts: from ``tables.done``.
    """
    sides = [(word, headlines(positions, sign=sign)) for word, sign in (("Negative", -1), ("Positive", 1))]
    if any(group for _, group in sides):
        answer = say("These are the positions of one actor on another, as this article words them.")
        for word, group in sides:
            if group:
                answer += say(f"{word}: {{rows}}.", rows=listing(map(position_line, group)))
        return answer
    nobody = f"No position of one actor on another is both very likely and expressed in {HEADLINE_SENTENCES} sentences or more."
    return say(nobody) + say("What actors do to one another: {acts}.", acts=listing(acts)) if acts else say(nobody)


# --- how often it is wrong ---------------------------------------------------------------------------------------


def accuracy_title(ahead: int, measures: int) -> str:
    """On how many measures the trained scorer is clearly ahead of all others."""
    return f"The trained scorer is clearly better than the others on {count(ahead)} of {plural(measures, 'measure')}"


def strong_title(shares: Mapping[str, float]) -> str:
    """How many of 100 strong calls are right, by the name of a set of whole articles."""
    words = [f"{100 * value:.0f} in {name}" for name, value in shares.items()]
    return f"Of 100 strong scores, {' and '.join(words)} are right"


def accuracy_answer(strong: str, ahead: str, scored: int, wrong: float) -> Answer:
    """How often strong calls are right, where the trained scorer is ahead, and how many labels here are expected to be wrong.

    Args:
        strong: from ``strong_title``.
        ahead: from ``accuracy_title``.
        scored: mentions scored here.
        wrong: labels among them expected to be wrong.
    """
    said = say("{strong}, and {ahead}.", strong=strong, ahead=ahead[:1].lower() + ahead[1:])
    if not scored:
        return said
    about = f"{wrong:.0f} of {plural(scored, 'scored mention')} of this article ({share(wrong / scored)})"
    return said + say("About {about} can be expected to have a wrong label.", about=about)


# --- what if it had been defined differently -------------------------------------------------------------------


def survival_line(survival: Survival) -> str:
    """What is said of an actor as it is, and how it fares under the other definitions."""
    name, tried = short_name(survival.actor), plural(survival.tried, "other definition")
    quoted = [f"“{definition}”" for definition in survival.against]
    if survival.base.side == "unclear":
        if survival.survives:
            every = "all " if survival.tried > 1 else "the "
            return f"{name}: no clear lean, as defined here and under {every}{tried}."
        return f"{name}: no clear lean as defined here, but a clear lean under {listing(quoted)}."
    side = f"{name}: {verdict(survival.base)} as defined here; the mean is on that side under {count(survival.same)} of {tried}"
    against = f", and a clear lean to the other side under {listing(quoted)}" if survival.against else ""
    return f"{side}, clearly under {count(survival.clear)}{against}."


def survival_title(survivals: Sequence[Survival]) -> str:
    """How many of the conclusions survive every definition."""
    if not survivals:
        return f"No actor has the {MIN_POINTS} scored sentences that a mean needs"
    held = sum(survival.survives for survival in survivals)
    if held == len(survivals):
        return f"The finding on {'all ' if held > 1 else ''}{plural(held, 'actor')} holds under every definition"
    return f"The finding on {count(held)} of {plural(len(survivals), 'actor')} holds under every definition"


def survival_answer(survivals: Sequence[Survival], agreement: Estimate) -> Answer:
    """Which conclusions survive all definitions, an actor a line, and how far the scorers agree.

    Args:
        survivals: an actor a row.
        agreement: of the scorers.
    """
    answer = say("{title}.", title=survival_title(survivals))
    for survival in survivals:
        answer += say("{line}", line=survival_line(survival))
    return answer + say("Agreement between the scorers: {alpha}.", alpha=alpha_words(agreement, noun="mention"))


def change_words(spec: Specification, base: Specification) -> str:
    """The largest change that a definition makes: "Russia +0.14"; "none" where no mean moves by a hundredth."""
    moved = spec.largest_change(base)
    return "none" if moved is None or abs(moved[1]) < 0.005 else f"{short_name(moved[0])} {number(moved[1])}"


# --- does it hold on my articles ---------------------------------------------------------------------------------


def alpha_words(value: Estimate, *, noun: str = "row") -> str:
    """How far coders agree, beside the two bounds that content analysis uses. noun: what they labelled."""
    if value.value is None or value.lo is None or value.hi is None:
        return f"No agreement can be given: {value.method}"
    step = "enough for conclusions" if value.value >= ALPHA_RELIABLE else "enough for tentative conclusions only"
    if value.value < ALPHA_TENTATIVE:
        step = "too little for conclusions"
    below = f", though the interval reaches below {ALPHA_TENTATIVE:.3f}" if value.lo < ALPHA_TENTATIVE <= value.value else ""
    shown = f"{value.value:.2f} (95 % interval {value.lo:.2f} to {value.hi:.2f}, {plural(value.n, noun)})".replace("-", MINUS)
    return f"Krippendorff’s alpha is {shown}: {step}{below}"


def three_ways(figure: Figure) -> str:
    """One figure by the machine alone, by people alone and corrected, or why there is none."""
    triple = figure.triple
    if triple.corrected.value is None:
        return f"The {figure.measure} toward {figure.who}: {triple.corrected.method} (n = {count(triple.coded)})."
    shown = [
        f"{name} {measured(figure.measure, mean)}"
        for name, mean in (("machine", triple.machine), ("people", triple.people), ("corrected", triple.corrected))
    ]
    return f"The {figure.measure} toward {figure.who}: {'; '.join(shown)}; {count(triple.coded)} coded."


def measured(measure: str, value: Estimate) -> str:
    """A mean tone or a share with its interval, or the reason why there is none."""
    if value.value is None:
        return value.method
    if measure == "mean tone":
        return f"{number(value.value)} ({interval(value)})"
    return f"{share(value.value)} ({share(value.lo)} to {share(value.hi)})"


def sheet_words(check: SheetCheck | None) -> Answer:
    """How much of a sheet was coded and how far its coders agree, or in three lines how to make one."""
    if check is None:
        return (
            say("No coded sheet lies beside this article. Draw one: toward sample ARTICLE.txt --out ARTICLE.sheet.csv")
            + say(
                "Let two people fill their columns without talking: negative, none, positive or cannot tell, toward the actor."
            )
            + say("Then run this page again, or: toward check ARTICLE.sheet.csv")
        )
    rows = f"{count(check.coded)} of {plural(check.drawn, 'drawn row')}"
    answer = say("{rows} were coded by {coders}.", rows=rows, coders=plural(len(check.coders), "person", "people"))
    return answer + say("{alpha}.", alpha=alpha_words(check.alpha))


def check_answer(check: SheetCheck | None) -> Answer:
    """What a coded sheet says of the machine."""
    if check is None:
        return say("Nobody knows yet: no coded sheet lies beside this article.")
    answer = sheet_words(check)
    overall = check.slices[0] if check.slices else None
    if overall is not None and overall.f1 is not None:
        agree = f"macro-F1 {overall.f1:.2f}; of what people call no tone, the machine gives {share(overall.alarms)} a tone"
        answer += say("Machine against people: {agree}.", agree=agree)
    for figure in check.figures[:2]:
        answer += say("{line}", line=three_ways(figure))
    return answer


def methods_paragraph(check: SheetCheck, method: str) -> Answer:
    """A paragraph for the methods section of a paper, with its numbers and sources.

    Args:
        check: what the sheet says.
        method: version and scorer, ``Study.method``.
    """
    drawn = (
        f"Tone toward actors was scored automatically ({method}). To validate it, {plural(check.drawn, 'sentence')} were "
        f"drawn from {count(check.population)} sentences with a scored actor in {plural(check.articles, 'article')}, by "
        "systematic sampling with known unequal probabilities, ordered by machine label, doubt, outlet and actor, and coded as "
        f"negative, none or positive toward the marked actor by {plural(len(check.coders), 'coder')} who did not see the "
        f"machine’s labels. {count(check.coded)} received a label; “cannot tell” was answered {times(check.cannot_tell)}."
    )
    agree = f" {alpha_words(check.alpha)} (ordinal; Krippendorff 2019)."
    overall = check.slices[0] if check.slices else None
    machine = ""
    if overall is not None and overall.f1 is not None:
        machine = f" Weighted by inverse probability, the machine reached a macro-F1 of {overall.f1:.2f} against the coders."
    figure = check.figures[0] if check.figures else None
    corrected = ""
    if figure is not None and figure.triple.corrected.value is not None:
        corrected = (
            " Means are corrected by the coded sample (prediction-powered inference, Angelopoulos et al. 2023; design-based "
            "supervised learning, Egami et al. 2023), with standard errors clustered by article where there are enough: the "
            f"mean tone is {measured('mean tone', figure.triple.corrected)} corrected, "
            f"{measured('mean tone', figure.triple.machine)} by the machine alone and "
            f"{measured('mean tone', figure.triple.people)} by the coders alone (95 % intervals)."
        )
    return say("{text}", text=drawn + agree + machine + corrected)
