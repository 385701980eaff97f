"""The tone toward each actor through the article, what each voice adds to it, and how one part differs from another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from math import fsum

from ..constants import CLEAR_TONE, REPEAT_SHARE
from ..model import Cast, Contrast, Estimate, HeadlineLean, Parse, Point, Section, ToneScore, ToneSeries, VoicePart
from .intervals import SentenceTone, against_mean, difference_of, distinct, mean_of, mean_tone, point_of, sentence_tone_of


def tone_series(cast: Cast, scores: Sequence[ToneScore]) -> tuple[ToneSeries, ...]:
    """The tone toward each actor through the article: one series for each actor, one point for each sentence.

    Args:
        cast: the actors, in the order of their first mention, which the series keep.
        scores: what ``tone_toward`` returned for this cast.

    Returns:
        Each series has as many points as the article has sentences. The tone of a point is the mean over the scored mentions of
        the actor in that sentence, or None where there is none.
    """
    by_actor: dict[str, dict[int, list[ToneScore]]] = {actor.name: {} for actor in cast.actors}
    for score in scores:
        by_actor[score.mention.actor.name].setdefault(score.mention.sentence.index, []).append(score)
    absent = [point_of(sentence, ()) for sentence in cast.parse.sentences]
    series = []
    for actor in cast.actors:
        by_sentence = by_actor[actor.name]
        points = tuple(
            point_of(point.sentence, by_sentence[point.sentence.index]) if point.sentence.index in by_sentence else point
            for point in absent
        )
        tones = [score.tone for scores in by_sentence.values() for score in scores]
        scored = sum(tone is not None for tone in tones)
        series.append(ToneSeries(actor, points, mean_tone(cast.parse, points), len(tones), scored))
    return tuple(series)


def voice_parts(parse: Parse, points: Iterable[Point]) -> tuple[VoicePart, ...]:
    """What each voice adds to the tone toward an actor.

    Args:
        parse: the article's parse.
        points: an actor's series.

    Returns:
        One part for each voice in which the actor is scored: the narrator first, then those with the largest share. The parts'
        ``contribution`` sum to the mean tone over distinct scored sentences, which weigh the same each. Empty where
        nothing is scored.
    """
    counted = distinct(parse, points)
    groups: dict[str, list[tuple[ToneScore, float]]] = {}
    for point in counted:
        scored = [score for score in point.scores if score.tone is not None]
        for score in scored:
            groups.setdefault(score.voice or "unnamed", []).append((score, 1 / (len(scored) * len(counted))))
    parts = []
    for voice, group in groups.items():
        share = fsum(weight for _, weight in group)
        contribution = fsum((score.tone or 0.0) * weight for score, weight in group)
        parts.append(VoicePart(voice, share, contribution, contribution / share, tuple(score for score, _ in group)))
    return tuple(sorted(parts, key=lambda part: (part.voice != "narrator", -part.share)))


def sentence_tones(parse: Parse, points: Iterable[Point]) -> list[SentenceTone]:
    """The distinct scored sentences of an actor's series, each with its tone and the scorer's doubt."""
    return [sentence_tone_of(point) for point in distinct(parse, points)]


def clear_order(parse: Parse, series: Sequence[ToneSeries]) -> list[tuple[ToneSeries, ToneSeries, Estimate]]:
    """The pairs of actors of which one is worded clearly more positively than the other.

    Args:
        parse: the article's parse.
        series: the series of the actors to compare.

    Returns:
        (the more positive actor, the other, the difference) for each pair whose interval leaves out zero, the largest
        difference first. Pairs whose order is not settled are left out.
    """
    means = [(tones, sentence_tones(parse, tones.points)) for tones in series if tones.estimate.value is not None]
    means.sort(key=lambda pair: -(pair[0].estimate.value or 0.0))
    pairs = [(first, second, difference_of(a, b)) for at, (first, a) in enumerate(means) for second, b in means[at + 1 :]]
    clear = [row for row in pairs if row[2].side == "positive"]
    return sorted(clear, key=lambda row: -(row[2].value or 0.0))


def contrasts(parse: Parse, series: Sequence[ToneSeries], *, summary_once: bool = False) -> list[Contrast]:
    """How the wording toward each actor changes: headline and lead, halves, sections under headings, narrator and sources.

    Args:
        parse: the article's parse.
        series: the series of the actors.
        summary_once: True leaves out summary points that repeat a sentence of the body, so that it counts once.

    Returns:
        Contrasts by actor, in the order of the series. A contrast is left out where either side has too few sentences
        for a mean.
    """
    left_out = summary_repeats(parse) if summary_once else frozenset()
    opening = _lead(parse)
    body = [sentence.index for sentence in parse.sentences if sentence.section.kind == "body"]
    middle = body[(len(body) + 1) // 2] if len(body) > 1 else 0
    under = _headings(parse)
    differing = []
    for tones in series:
        points = [point for point in tones.points if point.sentence.index not in left_out]
        inside = [point for point in points if point.sentence.section.kind == "body"]
        lead = _split(points, lambda point: point.sentence.index in opening)
        half = _split(inside, lambda point: point.sentence.index < middle)
        groups = [
            ("headline and lead", "headline and lead", "the rest", *lead),
            ("halves", "first half", "second half", *half),
            ("voices", "narrator", "sources", _voiced(points, narrator=True), _voiced(points, narrator=False)),
        ]
        for heading, sentences in under.items():
            parts = _split(inside, lambda point, sentences=sentences: point.sentence.index in sentences)  # type: ignore[misc]
            groups.append(("sections", heading, "the rest of the body", *parts))
        for compared, first, second, *sides in groups:
            both = [sentence_tones(parse, side) for side in sides]
            apart = difference_of(*both)
            if apart.value is not None:
                differing.append(Contrast(tones.actor, compared, first, second, (mean_of(both[0]), mean_of(both[1])), apart))
    return differing


def headline_leans(parse: Parse, series: Sequence[ToneSeries]) -> list[HeadlineLean]:
    """The actors toward whom the headline's tone clearly differs from that of the body.

    Three things must hold. The headline's tone is certain and at least ``CLEAR_TONE`` from zero. The interval of its difference
    from the body's mean leaves out zero; that interval includes all of the scorer's doubt about the headline. The body does not
    lean to the same side.
    """
    leans = []
    for tones in series:
        body = sentence_tones(parse, [point for point in tones.points if point.sentence.section.kind == "body"])
        for point in tones.points:
            if point.sentence.section.kind != "headline" or point.tone is None or not point.certain:
                continue
            mean, apart = mean_of(body), against_mean(sentence_tone_of(point), body)
            sign = 1 if point.tone > 0 else -1
            otherwise = apart.side == ("positive" if sign > 0 else "negative") and (mean.value or 0.0) * sign < CLEAR_TONE
            if abs(point.tone) >= CLEAR_TONE and otherwise:
                leans.append(HeadlineLean(tones.actor, point.sentence, point.tone, mean, apart))
    return leans


def summary_repeats(parse: Parse) -> frozenset[int]:
    """The summary's sentences that repeat one of the body: indexes.

    A summary point repeats a sentence that holds at least ``REPEAT_SHARE`` of its content words, by lemma.
    """

    def content(at: int) -> set[str]:
        return {t.lemma.casefold() for t in parse.tokens_of(parse.sentences[at]) if t.pos in _CONTENT}

    body = [content(s.index) for s in parse.sentences if s.section.kind == "body"]
    points = {s.index: content(s.index) for s in parse.sentences if s.section.kind == "summary"}
    return frozenset(
        at
        for at, words in points.items()
        if words and any(len(words & body_words) >= REPEAT_SHARE * len(words) for body_words in body)
    )


_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})


def _lead(parse: Parse) -> set[int]:
    """The sentences of headline, summary and the first paragraph."""
    first: Section | None = next((s.section for s in parse.sentences if s.section.kind == "body"), None)
    return {s.index for s in parse.sentences if s.section.kind in ("headline", "summary") or s.section is first}


def _headings(parse: Parse) -> dict[str, set[int]]:
    """The body's sentences under each heading."""
    headings: dict[str, set[int]] = {}
    heading = ""
    for sentence in parse.sentences:
        if sentence.section.kind == "heading":
            heading = parse.text_of(sentence)
        elif heading and sentence.section.kind == "body":
            headings.setdefault(heading, set()).add(sentence.index)
    return headings


def _split(points: Sequence[Point], belongs: Callable[[Point], bool]) -> tuple[list[Point], list[Point]]:
    return [point for point in points if belongs(point)], [point for point in points if not belongs(point)]


def _voiced(points: Iterable[Point], *, narrator: bool) -> list[Point]:
    """The points with only the mentions in the narrator's voice, or only those in others'."""
    return [point_of(p.sentence, [s for s in p.scores if ((s.voice or "narrator") == "narrator") == narrator]) for p in points]
