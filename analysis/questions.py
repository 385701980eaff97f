"""What the notebooks ask of a study, as plain rows: counts, means and comparisons, nothing drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import combinations

from analysis.estimate import mean_valence
from analysis.language import words
from analysis.model import Actor, Cast, Entity, Estimate, Mention, MentionForm, Parse, Sentence, Sentiment, Series, ToneScore
from analysis.show import count, interval, number, plural
from analysis.study import Study

PARTS = {"headline": "headline", "summary": "summary points", "heading": "headings", "body": "body"}


def parts(parse: Parse) -> list[tuple[str, int, int, int]]:
    """(part, sections, sentences, words) of the article, in the order headline, summary, headings, body."""
    rows = []
    for kind, name in PARTS.items():
        sentences = tuple(sentence for sentence in parse.sentences if sentence.section.kind == kind)
        if sentences:
            sections = sum(section.kind == kind for section in parse.article.sections)
            inside = Parse(parse.article, sentences, (), ())
            rows.append((name, sections, len(sentences), len(words(inside))))
    return rows


FORMS: tuple[MentionForm, ...] = ("name", "alias", "demonym", "role", "pronoun")


def by_sentence(cast: Cast) -> dict[int, list[Mention]]:
    """The mentions of each sentence that has any, by its index."""
    found: dict[int, list[Mention]] = {}
    for mention in cast.mentions:
        found.setdefault(mention.sentence.index, []).append(mention)
    return found


def cast_rows(cast: Cast) -> list[tuple[object, ...]]:
    """(actor, kind, mentions, by name, alias, demonym, role, pronoun, first sentence, its part) for each actor."""
    mentions: dict[str, list[Mention]] = {actor.name: [] for actor in cast.actors}
    for mention in cast.mentions:
        mentions[mention.actor.name].append(mention)
    rows: list[tuple[object, ...]] = []
    for actor in cast.actors:
        found = mentions[actor.name]
        forms = Counter(mention.form for mention in found)
        first = found[0].sentence
        rows.append((actor, actor.kind, len(found), *(forms[form] for form in FORMS), first, PARTS[first.section.kind]))
    return rows


def named_most(cast: Cast, *, most: int = 3) -> list[tuple[Actor, int]]:
    """The actors with the most mentions, with their counts; equal counts by first mention."""
    counts = Counter(mention.actor.name for mention in cast.mentions)
    return [(actor, counts[actor.name]) for actor in sorted(cast.actors, key=lambda actor: -counts[actor.name])[:most]]


def together(cast: Cast, *, most: int = 10) -> list[tuple[Actor, Actor, int, Sentence]]:
    """Pairs of actors named in the same sentence: (one, other, sentences shared, the first of them).

    The most frequent first; equal counts by first sentence.
    """
    present: dict[int, dict[str, Mention]] = {}
    for mention in cast.mentions:
        present.setdefault(mention.sentence.index, {}).setdefault(mention.actor.name, mention)
    order = {actor.name: place for place, actor in enumerate(cast.actors)}
    shared: dict[tuple[str, str], list[Sentence]] = {}
    for found in present.values():
        for one, other in combinations(sorted(found, key=order.__getitem__), 2):
            shared.setdefault((one, other), []).append(found[one].sentence)
    by_name = {actor.name: actor for actor in cast.actors}
    ranked = sorted(shared.items(), key=lambda item: (-len(item[1]), item[1][0].index, item[0]))
    return [(by_name[one], by_name[other], len(places), places[0]) for (one, other), places in ranked[:most]]


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
        found = [item for item in sentiments if item.sentence.section.kind == kind]
        if found:
            charged = sum(item.valence is not None for item in found)
            rows.append((name, len(found), charged, mean_valence(parse, found)))
    return rows


def charged_names(cast: Cast, sentiments: Sequence[Sentiment]) -> list[Sentiment]:
    """Sentences in which a word counted as charged is part of an actor's name: a name is no judgement."""
    mentions = by_sentence(cast)
    return [
        item
        for item in sentiments
        if any(m.start < cue.end and cue.start < m.end for cue in item.cues for m in mentions.get(item.sentence.index, []))
    ]


def beside_each_other(study: Study, scorers: Sequence[str]) -> list[tuple[object, ...]]:
    """For each actor its mean tone by each scorer: (actor, mentions, then an ``Estimate`` a scorer)."""
    columns = [study.series_by(scorer) for scorer in scorers]
    return [(group[0].actor, group[0].mention_count, *(s.estimate for s in group)) for group in zip(*columns, strict=True)]


def disagreements(study: Study, one: str, other: str) -> list[ToneScore]:
    """Mentions on which two scorers disagree in sign, as the first scored them; the widest apart first."""
    pairs = zip(study.scores_by(one), study.scores_by(other), strict=True)
    apart = [(a, a.tone - b.tone) for a, b in pairs if a.tone is not None and b.tone is not None and a.tone * b.tone < 0]
    return [score for score, _ in sorted(apart, key=lambda item: -abs(item[1]))]


def ranked(series: Sequence[Series]) -> list[Series]:
    """Actors by mentions, the most first; equal counts keep the order of first mention."""
    return sorted(series, key=lambda item: -item.mention_count)


def summarised(series: Sequence[Series]) -> list[Series]:
    """Those with enough scored sentences for a mean, from the most negative to the most positive."""
    return sorted((s for s in series if s.estimate.value is not None), key=lambda s: s.estimate.value or 0.0)


def finding(item: Series) -> str:
    """What may be said of one actor: which way the wording leans, its mean and interval, and on how many mentions.

    A lean is claimed only where the whole interval lies on one side of zero.
    """
    estimate = item.estimate
    of = f"scored in {count(item.scored_count)} of {plural(item.mention_count, 'mention')}"
    if estimate.value is None or estimate.lo is None or estimate.hi is None:
        if not item.scored_count:
            return f"named in {plural(item.mention_count, 'mention')}, none with wording that could be scored."
        return f"too few scored sentences to summarise ({estimate.n}); {of}."
    leans = "positive" if estimate.lo > 0 else "negative" if estimate.hi < 0 else None
    lean = f"wording leans {leans}" if leans else "no clear lean either way"
    between = interval(estimate).replace(" ", "\N{NO-BREAK SPACE}")
    return f"{lean}, {number(estimate.value)} ({estimate.method.split(' over')[0]} {between}); {of}."
