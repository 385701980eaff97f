"""What the notebooks ask of what was found, as plain rows: counts, means and comparisons, nothing drawn."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Final

from .actors import is_human, is_organisation_noun
from .discourse import Discourse, Event, Tree, Voice, adjusted_valence, owned, reporting_word, voice_at
from .display import change_words, measured, voice_name
from .estimates import SheetCheck, Specification, certainty_weighted_tone, contrasts, mean_valence, voice_parts
from .language import word_spans, words
from .model import (
    Actor,
    Cast,
    Entity,
    Estimate,
    Mention,
    MentionForm,
    Parse,
    Sentence,
    Sentiment,
    Span,
    Stance,
    StanceBasis,
    ToneScore,
    ToneSeries,
    VoicePart,
)

EVENT_MIN: Final = 0.5
"""An event that means less than this for the patient is not worth a line."""
EFFECT_MIN: Final = 0.4
"""Nor a row of the table: "left", "called on"."""
PERSONAL: Final = frozenset({"he", "him", "she", "her", "they", "them", "we", "us", "i", "me", "who", "whom"})
"""Pronouns that mean somebody, though it is not known whom."""
PARTS = {"headline": "headline", "summary": "summary points", "heading": "headings", "body": "body"}
ASIDES = {"byline": "bylines and dates", "caption": "captions and credits", "boilerplate": "links, sign-offs and footers"}

# --- what it says, and who is in it ------------------------------------------------------------------------------


def parts(parse: Parse) -> list[tuple[str, int, int, int]]:
    """(part, sections, sentences, words) of the article: headline, summary, headings, body; and what is set aside."""
    rows = []
    for kind, name in PARTS.items():
        sentences = tuple(sentence for sentence in parse.sentences if sentence.section.kind == kind)
        if sentences:
            sections = sum(section.kind == kind for section in parse.article.sections)
            inside = Parse(parse.article, sentences, (), ())
            rows.append((name, sections, len(sentences), len(words(inside))))
    for kind, name in ASIDES.items():
        texts = [parse.text_of(section) for section in parse.article.sections if section.kind == kind]
        if texts:
            count = sum(any(map(str.isalnum, text[a:b])) for text in texts for a, b in word_spans(text))
            rows.append((f"set aside: {name}", len(texts), 0, count))
    return rows


FORMS: tuple[MentionForm, ...] = ("name", "alias", "demonym", "role", "pronoun")


def by_sentence(cast: Cast) -> dict[int, list[Mention]]:
    """The mentions of each sentence that has any, by its index."""
    mentions: dict[int, list[Mention]] = {}
    for mention in cast.mentions:
        mentions.setdefault(mention.sentence.index, []).append(mention)
    return mentions


def cast_rows(cast: Cast) -> list[tuple[object, ...]]:
    """(actor, kind, mentions, by name, alias, demonym, role, pronoun, first sentence, its part) for each actor.

    An origin ("a Danish councillor") counts with the demonyms.
    """
    mentions: dict[str, list[Mention]] = {actor.name: [] for actor in cast.actors}
    for mention in cast.mentions:
        mentions[mention.actor.name].append(mention)
    rows: list[tuple[object, ...]] = []
    for actor in cast.actors:
        own = mentions[actor.name]
        forms = Counter[MentionForm]("demonym" if mention.form == "origin" else mention.form for mention in own)
        first = own[0].sentence
        rows.append((actor, actor.kind, len(own), *(forms[form] for form in FORMS), first, PARTS[first.section.kind]))
    return rows


def co_mentioned(cast: Cast, *, most: int = 10) -> list[tuple[Actor, Actor, int, Sentence]]:
    """Pairs of actors named in the same sentence: (one, other, sentences shared, the first of them).

    The most frequent first; equal counts by first sentence.
    """
    present: dict[int, dict[str, Mention]] = {}
    for mention in cast.mentions:
        present.setdefault(mention.sentence.index, {}).setdefault(mention.actor.name, mention)
    order = {actor.name: index for index, actor in enumerate(cast.actors)}
    shared: dict[tuple[str, str], list[Sentence]] = {}
    for names in present.values():
        for first, second in combinations(sorted(names, key=order.__getitem__), 2):
            shared.setdefault((first, second), []).append(names[first].sentence)
    by_name = {actor.name: actor for actor in cast.actors}
    ranked = sorted(shared.items(), key=lambda pair: (-len(pair[1]), pair[1][0].index, pair[0]))
    return [(by_name[first], by_name[second], len(sentences), sentences[0]) for (first, second), sentences in ranked[:most]]


_KINDS = {"PERSON": "person", "GPE": "country", "NORP": "country", "ORG": "organisation"}


def entity_mistakes(cast: Cast) -> list[tuple[Entity, str, str]]:
    """Where the pipeline's reading of a name differs from the cast's: (entity, what it said, what the cast says).

    Names of places, works and events are not actors and are left out.
    """
    rows = []
    mentions = by_sentence(cast)
    for entity in cast.parse.entities:
        if entity.label in _KINDS:
            here = mentions.get(entity.sentence, [])
            inside = [m for m in here if m.start < entity.end and entity.start < m.end]
            kinds = {mention.actor.kind for mention in inside}
            if not inside:
                rows.append((entity, entity.label, "no actor"))
            elif _KINDS[entity.label] not in kinds and not (entity.label == "GPE" and "organisation" in kinds):
                rows.append((entity, entity.label, ", ".join(f"{m.actor.name} ({m.actor.kind})" for m in inside)))
    return rows


def valence_by_part(parse: Parse, sentiments: Sequence[Sentiment]) -> list[tuple[str, int, int, Estimate]]:
    """(part, sentences, those with a charged word, mean valence) for each part of the article."""
    rows = []
    for kind, name in PARTS.items():
        chosen = [sentiment for sentiment in sentiments if sentiment.sentence.section.kind == kind]
        if chosen:
            charged = sum(sentiment.valence is not None for sentiment in chosen)
            rows.append((name, len(chosen), charged, mean_valence(parse, chosen)))
    return rows


def charged_names(cast: Cast, sentiments: Sequence[Sentiment]) -> list[Sentiment]:
    """Sentences in which a word counted as charged is part of an actor's name: a name is no judgement."""
    mentions = by_sentence(cast)
    return [
        sentiment
        for sentiment in sentiments
        if any(
            m.start < cue.end and cue.start < m.end
            for cue in sentiment.cues
            for m in mentions.get(sentiment.sentence.index, [])
        )
    ]


def beside_each_other(columns: Sequence[Sequence[ToneSeries]]) -> list[tuple[object, ...]]:
    """For each actor its mean tone in the series of each scorer: (actor, mentions, then an ``Estimate`` a scorer)."""
    return [(group[0].actor, group[0].mention_count, *(s.estimate for s in group)) for group in zip(*columns, strict=True)]


def disagreements(first: Sequence[ToneScore], second: Sequence[ToneScore]) -> list[ToneScore]:
    """Mentions on which two scorers disagree in sign, as the first scored them; the widest apart first."""
    pairs = zip(first, second, strict=True)
    apart = [(a, a.tone - b.tone) for a, b in pairs if a.tone is not None and b.tone is not None and a.tone * b.tone < 0]
    return [score for score, _ in sorted(apart, key=lambda pair: -abs(pair[1]))]


def ranked(series: Sequence[ToneSeries]) -> list[ToneSeries]:
    """Actors by mentions, the most first; equal counts keep the order of first mention."""
    return sorted(series, key=lambda tones: -tones.mention_count)


# --- who says so, and how surely ---------------------------------------------------------------------------------


def speakers(parse: Parse, voices: Sequence[Voice]) -> list[tuple[str, str, int, float, Sentence]]:
    """(voice, what it is, stretches, share of the text's characters, first sentence), the most words first."""
    sizes: Counter[tuple[str, str]] = Counter()
    stretches: Counter[tuple[str, str]] = Counter()
    first: dict[tuple[str, str], Sentence] = {}
    for voice in voices:
        key = (voice.speaker, _SPEAKERS[voice.kind])
        sizes[key] += voice.end - voice.start
        stretches[key] += 1
        first.setdefault(key, parse.sentence_at(voice.start))
    total = max(1, len(parse.article.text))
    return [
        (voice_name(voice), kind, stretches[voice, kind], size / total, first[voice, kind])
        for (voice, kind), size in sizes.most_common()
    ]


_SPEAKERS = {
    "narrator": "the article itself",
    "actor": "an actor",
    "unnamed": "a source that is no actor",
    "none": "no source named",
}


def cue_effects(discourse: Discourse) -> list[str]:
    """What the cue of each attribution does to its content: neutral, endorsing, distancing or accusing.

    "quotation" where no cue introduces the words.
    """
    effects = []
    for attribution in discourse.attributions:
        word = reporting_word(discourse.tree, attribution)
        effects.append(
            word.does if word is not None else "quotation" if attribution.kind in ("direct", "floating") else "neutral"
        )
    return effects


def voices_of(parse: Parse, series: Sequence[ToneSeries]) -> list[tuple[Actor, tuple[VoicePart, ...]]]:
    """What each voice adds to the tone toward each actor with a scored mention, by first mention."""
    parted = [(tones.actor, voice_parts(parse, tones.points)) for tones in series]
    return [(actor, voices) for actor, voices in parted if voices]


def plain_and_weighted(parse: Parse, series: Sequence[ToneSeries]) -> list[tuple[Actor, int, Estimate, Estimate]]:
    """(actor, mentions, mean tone, mean tone with what hedges take from it) for each actor that can be summarised."""
    return [
        (tones.actor, tones.mention_count, tones.estimate, certainty_weighted_tone(parse, tones.points))
        for tones in series
        if tones.estimate.value is not None
    ]


# --- who stands where on whom ------------------------------------------------------------------------------------


def events(cast: Cast, discourse: Discourse) -> list[tuple[str, str, str, float, str, Sentence]]:
    """(who, does what, to whom, what it means for them in [-1, +1], how it is told, sentence), in reading order.

    Only events that are done to somebody, by somebody or by nobody named, of whom at least one is an actor of this article;
    that mean ``EFFECT_MIN`` or more for whom they are done to; and that are told as more than possible. A word that is part
    of a name is no event ("the Lind campaign"). What is done to a thing of an actor's is done to "Lind’s plan".
    """
    tree = discourse.tree
    rows = []
    for event in discourse.events:
        effect = adjusted_valence(tree, event, event.patient_valence)
        if abs(event.patient_valence) < EFFECT_MIN or not effect or _is_named_so(cast, event.span):
            continue
        who, whom = _sides(cast, tree, event.agents), _sides(cast, tree, event.patients)
        whom = whom or [name for span in event.patients for name in _owner_and_thing(cast, tree, span, but=who)]
        doer_is_missing = not who and (bool(event.agents) or event.rule not in ("passive", "bare-passive", "participle"))
        if doer_is_missing or not whom or set(who) & set(whom) or not any(is_actor for _, is_actor in who + whom):
            continue
        factuality = event.factuality
        ways = [words for name, words in _TOLD.items() if getattr(factuality, name)]
        rows.append(
            (
                ", ".join(name for name, _ in who) or "–",
                cast.parse.article.text[slice(*event.span)],
                ", ".join(name for name, _ in whom),
                effect,
                ", ".join(ways) or "fact",
                cast.parse.sentence_at(event.span[0]),
            )
        )
    return rows


def _sides(cast: Cast, tree: Tree, spans: Sequence[Span]) -> list[tuple[str, bool]]:
    """Who does something or whom it is done to: an actor by its name, others by the words; and whether each is an actor.

    People of a country are not the country. Things are left out.
    """
    sides: dict[tuple[str, bool], None] = {}
    for span in spans:
        name = "" if _is_people(cast, [span]) else _named(cast, [span])
        if name or _is_somebody(tree, span):
            sides[name or cast.parse.article.text[slice(*span)], bool(name)] = None
    return list(sides)


def _is_somebody(tree: Tree, span: Span) -> bool:
    """Whether the last word of a phrase means persons or an organisation."""
    token = tree.tokens[bisect_left(tree.tokens, span[1], key=lambda token: token.end)]
    if token.pos == "PRON":
        return token.text.lower() in PERSONAL
    return token.pos == "NOUN" and (is_human(token.text) or is_organisation_noun(token.text))


def _owner_and_thing(cast: Cast, tree: Tree, span: Span, *, but: Sequence[tuple[str, bool]]) -> Iterator[tuple[str, bool]]:
    """A thing of an actor's to which something is done, and not by its owner: "Lind’s plan"."""
    owner = owned(tree, span)
    name = "" if owner == span or _is_people(cast, [owner]) else _named(cast, [owner])
    if name and (name, True) not in but:
        yield f"{name}’{'' if name.endswith('s') else 's'} {cast.parse.article.text[slice(*span)]}", True


def _is_named_so(cast: Cast, span: tuple[int, int]) -> bool:
    """Whether a word is part of an actor's name."""
    index = bisect_right(cast.mentions, span[0], key=lambda mention: mention.start) - 1
    return index >= 0 and span[0] < cast.mentions[index].end and cast.mentions[index].form in ("name", "alias")


_TOLD = {"negated": "negated", "irrealis": "wished or possible", "contrast": "in contrast"}


def _named(cast: Cast, spans: Iterable[tuple[int, int]]) -> str:
    """The actors whose mentions end where the spans do."""
    names: dict[str, None] = {}
    for _, end in spans:
        index = bisect_right(cast.mentions, end - 1, key=lambda mention: mention.start) - 1
        if index >= 0 and end - 1 < cast.mentions[index].end:
            names[cast.mentions[index].actor.name] = None
    return ", ".join(names)


def grounds(stances: Sequence[Stance]) -> list[tuple[str, int, str]]:
    """(kind of evidence, stances, what it is) for each kind, also those that found nothing."""
    counts = Counter(stance.basis for stance in stances)
    return [(name, counts[basis], words) for basis, (name, words) in _GROUNDS.items()]


_GROUNDS: Mapping[StanceBasis, tuple[str, str]] = {
    "voice": ("attribution", "wording toward an actor by the narrator, or attributed to another actor"),
    "event": ("event", "what one actor does to another, by the grammar of the sentence"),
}


def unsure(stances: Sequence[Stance], *, most: int = 20) -> list[tuple[str, str, str, float, Sentence]]:
    """(holder, target, side, probability, sentence) of stances, the most probable first."""
    rows = [(s.by, s.target.name, "against" if s.tone < 0 else "for", s.probability, s.sentence) for s in stances]
    return sorted(rows, key=lambda row: -row[3])[:most]


def done(cast: Cast, discourse: Discourse, *, most: int = 3) -> list[str]:
    """Who does what to whom, in words, the weightiest first: what the narrator tells as a fact of one actor and another.

    Left out are events that somebody else tells; that are denied, wanted or alleged, or still to be done ("to elect"); that
    mean less than ``EVENT_MIN``; and that are done to something of the other's ("his plan").
    """
    text = cast.parse.article.text
    rows = []
    for event in discourse.events:
        who, whom = _named(cast, event.agents), _named(cast, event.patients)
        themselves = set(who.split(", ")) & set(whom.split(", "))
        if who and whom and not themselves and _is_told_as_a_fact(cast, discourse, event):
            rows.append((-abs(event.patient_valence), event.span[0], f"{who} “{text[slice(*event.span)]}” {whom}"))
    return list(dict.fromkeys(words for *_, words in sorted(rows)))[:most]


def _is_told_as_a_fact(cast: Cast, discourse: Discourse, event: Event) -> bool:
    """Whether the narrator tells a weighty event as done, by an actor and not by people of a country."""
    told_as = event.factuality
    done_ = discourse.tree.at(event.span[0]).tag != "VB" and not (told_as.negated or told_as.irrealis or told_as.contrast)
    narrated = voice_at(discourse.voices, event.span[0]).kind == "narrator"
    return done_ and narrated and abs(event.patient_valence) >= EVENT_MIN and not _is_people(cast, event.agents)


def _is_people(cast: Cast, spans: Iterable[Span]) -> bool:
    """Whether people of a country are meant ("Americans"), who are not the country."""
    ends = {end for _, end in spans}
    people = (
        mention
        for mention in cast.mentions
        if mention.form in ("demonym", "origin") and cast.parse.text_of(mention).endswith("s")
    )
    return any(mention.end in ends for mention in people)


# --- how far to trust it -----------------------------------------------------------------------------------------


def changes(parse: Parse, series: Sequence[ToneSeries]) -> list[tuple[Actor, str, Estimate, str, Estimate, Estimate]]:
    """(actor, one part, its mean, the other part, its mean, the difference), where both parts have enough sentences."""
    return [
        (contrast.actor, contrast.one, contrast.values[0], contrast.other, contrast.values[1], contrast.difference)
        for contrast in contrasts(parse, series)
    ]


def definitions(specs: Sequence[Specification]) -> list[tuple[str, str, str, str]]:
    """(what is chosen otherwise, how, the actors from negative to positive, the largest change), the way it is first."""
    return [
        (spec.choice or "nothing", spec.name, ", ".join(spec.ranking) or "–", change_words(spec, specs[0])) for spec in specs
    ]


def agreement_slices(check: SheetCheck | None) -> list[tuple[str, str, int, float | None, float | None, str]]:
    """(part, which, coded, macro-F1, false alarms, why there is none) of a coded sheet; no rows without one."""
    return [(part.group, part.name, part.coded, part.f1, part.alarms, part.reason) for part in (check.slices if check else ())]


def confusions(check: SheetCheck | None) -> list[tuple[str, float, float, float]]:
    """(what people say, the machine's negative, none, positive), shares of all, over the whole sheet."""
    table = check.slices[0].table if check and check.slices else ()
    return [(name, *row) for name, row in zip(("negative", "none", "positive"), table, strict=False)]  # type: ignore[misc]


def three_estimates(check: SheetCheck | None) -> list[tuple[str, str, int, str, str, str]]:
    """(whom, measure, coded, by the machine alone, by people alone, corrected) of a coded sheet, with 95 % intervals."""
    rows = check.figures if check else ()
    return [
        (
            *(figure.who, figure.measure, figure.triple.coded, measured(figure.measure, figure.triple.machine)),
            *(measured(figure.measure, figure.triple.people), measured(figure.measure, figure.triple.corrected)),
        )
        for figure in rows
    ]


def widths_at(check: SheetCheck | None) -> list[tuple[int, float, float]]:
    """(coded, half a width by people alone, half a width corrected) of the mean tone toward everybody, for larger samples."""
    figures = [figure for figure in (check.figures if check else ()) if figure.measure == "mean tone"]
    return list(figures[0].triple.needed) if figures else []
