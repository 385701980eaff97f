"""The words behind an encoder's score, found by reading the sentence again with words left out."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Generator, Mapping, Sequence

from ..model import Cue, Span
from .encoder import (
    ALONE,
    CHUNK,
    IN_ARTICLE,
    Ids,
    Others,
    Row,
    Spans,
    chances_of,
    check,
    check_others,
    logits_of,
    open_model,
    read_rows,
)

Plan = Generator[list[Ids], Mapping[Ids, float], tuple[float, list[float]]]

WORD = re.compile(r"\d+(?:[.,]\d+)+|\w+(?:[-'’]\w+)*")
"""A word that may be evidence: "25,000" and "well-known" are one each."""

GROUP = 4
"""Content words in a row that are left out together before any of them alone."""

STILL = 0.05
"""A tone no further from zero than this is not looked into, nor a group of words that moves one by no more."""

FOREMOST = 4
"""Words of a sentence that are left out one after another as well as each alone, to see what they do together."""

WORD_RULE = "encoder"
"""Rule of a cue that is a word: how far the tone moves when the word comes in."""

REST_RULE = "encoder-rest"
"""Rule of the cue that stands on the target itself: the tone of the sentence without its content words."""

FUNCTION_WORDS = frozenset(
    "a an the and or of in on at to for from by with as is are was were be been being am do does did has have had having will "
    "would shall should can could may might must that which who whom whose this these those it its he him his she her hers "
    "they them their we us our i me my you your there here then than so such also s t re ve ll d m said says say".split()
)
"""Words never tried alone as evidence; what they add is in the rest."""


def target_cues(
    sentences: Sequence[str], spans: Sequence[Span], *, also: Spans | None = None, others: Others | None = None
) -> list[tuple[Cue, ...]]:
    """The words behind each tone, by reading the sentence again with content words left out: about one reading a word.

    A word's contribution is how far the tone moves when the word is put back into the sentence without it. A tone next to zero
    is left as it is: nothing carries it. Readings are saved and corrected in four ways:

    - Words are left out by GROUP first. A group that moves the tone by STILL or less is not looked into, and its words share
      its move.
    - The FOREMOST words carry the tone furthest. They are also left out one after another, and the mean of both moves counts.
    - A sentence that says a thing several times is not moved by any one word. Where contributions explain less than half of
      what content words change, each word is also put by itself into the sentence without any, and the mean of both counts.
    - What words do only together (what they all change, less all contributions) is added to them in proportion to their size,
      at most as much again as they have. What is left is a cue of its own, on the target, with the rule `REST_RULE`.

    Args:
        sentences, spans, also, others: as for `score_targets`. Targets of one sentence share its readings.

    Returns:
        For each sentence its cues in reading order, with offsets into the sentence; the contributions sum to the tone,
        P(positive) - P(negative), to 1e-6.

    Raises:
        SpanError, ModelError: as `score_targets`.

    Sources: leaving one word out, Li, Monroe & Jurafsky 2016; leaving out the foremost words one after another, the deletion
    curve of Samek et al. 2017; putting one word in, the other end of a Shapley value, and that contributions and rest must sum
    to the score, Strumbelj & Kononenko 2010.
    """
    check(sentences, spans, "spans")
    check_others(sentences, [spans], [also], others)
    calibration = open_model().facts["calibration"][IN_ARTICLE if others is not None else ALONE]
    all_cues: list[tuple[Cue, ...]] = []
    step = CHUNK // 32
    for start in range(0, len(sentences), step):
        part = slice(start, start + step)
        more, beside = None if also is None else also[part], None if others is None else others[part]
        rows = read_rows(sentences[part], [spans[part]], [more], beside)
        words = [_content_words(text, row) for text, row in zip(sentences[part], rows, strict=True)]
        plans = [_occlusion(row, word_row) for row, word_row in zip(rows, words, strict=True)]
        answers = _answered(plans, [row.slots[0] for row in rows], calibration)
        for (tone, contributions), word_spans, span in zip(answers, words, spans[part], strict=True):
            cues = [Cue(low, high, amount, WORD_RULE) for (low, high), amount in zip(word_spans, contributions, strict=True)]
            cues.append(Cue(span[0], span[1], tone - math.fsum(contributions), REST_RULE))
            all_cues.append(
                tuple(sorted((cue for cue in cues if cue.contribution != 0.0), key=lambda cue: (cue.start, cue.end)))
            )
    return all_cues


def _occlusion(row: Row, words: Sequence[Span]) -> Plan:
    """Find what each content word does to a row's tone: yields readings to be scored, is sent the tones of all so far.

    Returns:
        The row's tone, and the contribution of each word.
    """
    home = [-1] * len(row.ids)
    at = 0
    for index, (start, end) in enumerate(zip(row.starts, row.ends, strict=True)):
        while at < len(words) and words[at][1] <= start:
            at += 1
        if at < len(words) and start < words[at][1] and words[at][0] < end:
            home[index] = at

    def without(gone: Collection[int]) -> Ids:
        return tuple(token for token, word in zip(row.ids, home, strict=True) if word not in gone)

    tones = yield [row.ids]
    if abs(tones[row.ids]) <= STILL:
        return tones[row.ids], [0.0] * len(words)
    every = range(len(words))
    groups = [every[start : start + GROUP] for start in every[::GROUP]]
    tones = yield [without(every), *map(without, groups)]
    full, bare = tones[row.ids], tones[without(every)]
    moves = [full - tones[without(group)] for group in groups]
    tones = yield [without([word]) for group, move in zip(groups, moves, strict=True) if abs(move) > STILL for word in group]
    contributions: list[float] = []
    for group, move in zip(groups, moves, strict=True):
        contributions += [full - tones[without([word])] if abs(move) > STILL else move / len(group) for word in group]

    foremost = sorted(every, key=lambda word: -contributions[word] if full >= 0 else contributions[word])[:FOREMOST]
    gone = [foremost[: count + 1] for count in range(len(foremost))]
    tones = yield list(map(without, gone))
    left = [full, *(tones[without(some)] for some in gone)]
    for word, before, after in zip(foremost, left, left[1:], strict=False):
        contributions[word] = (contributions[word] + before - after) / 2

    if abs(full - bare - math.fsum(contributions)) > math.fsum(map(abs, contributions)):
        single = [without([word for word in every if word != left_word]) for left_word in every]
        tones = yield single
        contributions = [(amount + tones[ids] - bare) / 2 for amount, ids in zip(contributions, single, strict=True)]
    together, size = full - bare - math.fsum(contributions), math.fsum(map(abs, contributions))
    more = max(-1.0, min(1.0, together / size)) if size else 0.0
    return full, [max(-1.0, min(1.0, amount + more * abs(amount))) for amount in contributions]


def _answered(plans: Sequence[Plan], slots: Sequence[int], calibration: Mapping[str, float]) -> list[tuple[float, list[float]]]:
    """Run plans side by side: what all of them ask next is read together, the same words once for all slots."""
    tones: dict[int, dict[Ids, float]] = {slot: {} for slot in set(slots)}
    answers: dict[int, tuple[float, list[float]]] = {}
    waiting = {index: next(plan) for index, plan in enumerate(plans)}
    while waiting:
        asked = dict.fromkeys((ids, slots[index]) for index, some in waiting.items() for ids in some)
        rows = [Row(ids, (), (), (slot,), False) for ids, slot in asked if ids not in tones[slot]]
        chances = chances_of(logits_of(rows), calibration)
        for row, tone in zip(rows, (chances[:, 2] - chances[:, 0]).tolist(), strict=True):
            tones[row.slots[0]][row.ids] = tone
        for index in list(waiting):
            try:
                waiting[index] = plans[index].send(tones[slots[index]])
            except StopIteration as done:
                answers[index] = done.value
                del waiting[index]
    return [answers[index] for index in range(len(plans))]


def _content_words(text: str, row: Row) -> list[Span]:
    """Words of the part of the sentence that the model reads which may be evidence: no function words, no hidden names."""
    slots = set(open_model().facts["slots"])
    hidden = [(row.starts[index], row.ends[index]) for index, token in enumerate(row.ids) if token in slots]
    low, high = row.starts[1], row.ends[-2]
    words: list[Span] = []
    for word in WORD.finditer(text):
        start, end = word.span()
        if start < low or end > high or word.group().lower() in FUNCTION_WORDS:
            continue
        if all(end <= left or start >= right for left, right in hidden):
            words.append((start, end))
    return words
