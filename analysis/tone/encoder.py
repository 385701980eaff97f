"""The shipped tone model: load once, read each sentence once, blind to all names.

Every actor of a sentence stands behind a numbered slot, in training as in use, so that no name can sway a score. One reading
answers for all of them: the tone toward each, and who holds which opinion of whom. Sentences are read in batches of one
length, and every row is quantised by itself, so that a score does not depend on what else is in the batch.

Needs `onnxruntime` and `tokenizers`; no torch. Nothing is loaded before the first score.
"""

from __future__ import annotations

import json
import os
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from itertools import permutations
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import SpanError
from ..language import open_session, open_tokenizer, read_model_file
from ..model import Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Scores = NDArray[np.float64]

Ids = tuple[int, ...]
Actors = tuple[tuple[Span, ...], ...]
"""The spans of each actor of a sentence, spans and actors by their place."""

THREADS = 8
"""Batches in work at once, at most; each uses one core, which wastes less than several cores on one small batch. As elsewhere,
OMP_NUM_THREADS sets a lower limit: a worker among others takes one."""

PAIR_SLOTS_MAX = 10
"""Actors of one sentence whose pairs are scored ahead."""

BATCH_TOKENS = 480
"""Tokens read together; with more, what a layer works on no longer fits into a core's cache."""

CHUNK = 4096
"""Sentences in memory as token ids at a time, so that memory stays flat for any number of them."""

CONTEXT_CHARACTERS = 1500
"""Text kept on each side of the names before it is cut into tokens; the model's window holds far less."""

FOLDER = Path(__file__).parents[1] / "resources" / "encoder"

IN_ARTICLE, ALONE = "article", "alone"
"""Names of the two calibrations of tone: of a sentence in an article whose actors are known, and of one by itself."""


class WindowWarning(UserWarning):
    """Some sentences were longer than the model's window and were scored on the words around the target."""


NOT_NAMES = frozenset(
    "i me my mine myself you your yours yourself he him his himself she her hers herself it its itself we us our ours "
    "ourselves they them their theirs themselves who whom whose this that these those one".split()
)
"""Pronouns: a second "he" in the sentence need not be the same person, so only names are looked for again."""

SURNAME_LETTERS = 4
"""A last name standing alone counts as a repetition of the full name from this many letters on."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence: text that is read, or the place of an actor's name.

    Attributes:
        start: where it starts in the sentence.
        end: where it ends, exclusive.
        actor: the number of the actor named here; None where it is text.
    """

    start: int
    end: int
    actor: int | None


def repetitions(sentence: str, span: Span) -> list[Span]:
    """Where else in the sentence the target is named.

    The same words again, and, for a name of several words, its last word standing alone ("Angela Merkel ... Merkel").

    Args:
        sentence: the text.
        span: (start, end) of the target.

    Returns:
        Further spans in reading order, none overlapping `span`; empty for pronouns and for words without a capital.
    """
    surface = sentence[span[0] : span[1]].strip()
    if not surface or surface.lower() in NOT_NAMES or not any(char.isupper() for char in surface):
        return []
    found: list[Span] = []
    if sentence.count(surface) > 1:
        found += [match.span() for match in re.finditer(rf"(?<!\w){re.escape(surface)}(?!\w)", sentence)]
    words = surface.split()
    last = words[-1]
    surname = len(words) > 1 and len(last) >= SURNAME_LETTERS and last[0].isupper() and last.isalpha()
    if surname and sentence.count(last) > 1:
        for match in re.finditer(rf"(?<!\w){re.escape(last)}(?!\w)", sentence):
            before = sentence[: match.start()].rstrip().rsplit(None, 1)
            if not (before and before[-1][:1].isupper() and before[-1][-1:].isalnum()):
                found.append(match.span())
    kept: list[Span] = []
    for start, end in sorted(set(found)):
        if (end <= span[0] or start >= span[1]) and (not kept or start >= kept[-1][1]):
            kept.append((start, end))
    return kept


def hidden_pieces(sentence: str, actors: Sequence[Sequence[Span]]) -> list[Piece]:
    """Cut a sentence where it names its actors.

    Args:
        sentence: the text.
        actors: the spans of each actor.

    Returns:
        Pieces that cover the sentence in order. Repetitions of a span are the same actor's, where no span was given; of spans
        that overlap the earlier given wins.
    """
    taken: list[Piece] = []
    given = [(span, number) for number, spans in enumerate(actors) for span in spans]
    repeated = [(again, number) for span, number in given for again in repetitions(sentence, span)]
    for (start, end), number in [*given, *repeated]:
        if all(end <= piece.start or start >= piece.end for piece in taken):
            taken.append(Piece(start, end, number))
    pieces: list[Piece] = []
    at = 0
    for piece in sorted(taken, key=lambda piece: piece.start):
        if piece.start > at:
            pieces.append(Piece(at, piece.start, None))
        pieces.append(piece)
        at = piece.end
    if at < len(sentence):
        pieces.append(Piece(at, len(sentence), None))
    return pieces


def window_bounds(count: int, anchors: Sequence[int], *, limit: int) -> tuple[int, int]:
    """Which tokens of a long sentence to keep: a window around the names, never cutting a name away.

    Args:
        count: tokens in the sentence.
        anchors: token positions of the main names.
        limit: the most tokens to keep.

    Returns:
        (low, high), half-open. Where two names lie further apart than the window, the first anchor is kept.
    """
    if count <= limit:
        return 0, count
    low_anchor, high_anchor = min(anchors), max(anchors)
    middle = (low_anchor + high_anchor) // 2 if high_anchor - low_anchor < limit else anchors[0]
    low = max(0, min(middle - limit // 2, count - limit))
    return low, low + limit


@dataclass(frozen=True, slots=True)
class Row:
    """One sentence as the model reads it.

    Attributes:
        ids: token ids, with a slot's id in place of every name.
        starts: where each token starts in the sentence; -1 at both ends.
        ends: where each token ends in the sentence; -1 at both ends.
        slots: the numbers of the slots asked about: one for a tone, two for a pair.
        cut: whether the sentence was longer than the window.
    """

    ids: Ids
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    slots: tuple[int, ...]
    cut: bool


@dataclass(frozen=True, slots=True)
class Loaded:
    """The model in memory.

    Attributes:
        session: the session of ONNX Runtime.
        tokenizer: the model's tokenizer.
        facts: what the description file ``encoder.json`` says.
    """

    session: Any
    tokenizer: Any
    facts: dict[str, Any]


Whole = dict[tuple[str, Actors], tuple[Row, dict[int, int]] | None]
"""The row of each whole sentence with its actors, and the slot of each actor; None where the window does not suffice."""

Question = tuple[Ids, tuple[int, ...]]
"""A sentence as token ids, and the slot or the two slots that are asked about in it."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """What was read of many articles at once.

    Attributes:
        whole: the rows of their sentences.
        logits: the answers to what was asked of them.
    """

    whole: Whole
    logits: dict[Question, Scores]


_AHEAD: ContextVar[Ahead | None] = ContextVar("toward-encoder-ahead", default=None)

Spans = Sequence[Sequence[Span]]
"""For each sentence, spans of one actor."""

Others = Sequence[Sequence[Sequence[Span]]]
"""For each sentence, its other actors, and for each of those its spans."""


def score_targets(
    sentences: Sequence[str], spans: Sequence[Span], *, also: Spans | None = None, others: Others | None = None
) -> Scores:
    """Tone toward one target in each sentence.

    Args:
        sentences: n texts, each a sentence.
        spans: n half-open (start, end) character offsets of the target in its sentence.
        also: for each sentence, further spans that mean the same target (its other names, pronouns). The same words repeated
            are found without it.
        others: for each sentence, the spans of each other actor in it; an empty list where there is none. They are hidden as
            well, and targets of one sentence cost one reading. None: they are not known, the target alone is hidden.

    Returns:
        float64 array of shape (n, 3): P(negative), P(neutral), P(positive); rows sum to 1. With `others` the probabilities are
        those of a sentence in a news article, where most mentions bear no tone; without, those of a sentence picked by itself,
        as labelled collections have them, where more do.

    Raises:
        SpanError: a span does not fit its sentence, or another actor's overlaps the target (the index is named).
        ModelError: the model file is missing or altered.

    Warns:
        WindowWarning: how many sentences were scored on a window around the target (`windowed` says which).

    Example:
        >>> text = "Critics praised Sweden for its generous help."
        >>> bool(score_targets([text], [(16, 22)])[0].argmax() == 2)
        True
    """
    check(sentences, spans, "spans")
    check_others(sentences, [spans], [also], others)
    logits, cut = _run(sentences, [spans], [also], others)
    _warn(cut)
    return chances_of(logits, open_model().facts["calibration"][IN_ARTICLE if others is not None else ALONE])


def score_pairs(
    sentences: Sequence[str],
    firsts: Sequence[Span],
    seconds: Sequence[Span],
    *,
    also_firsts: Spans | None = None,
    also_seconds: Spans | None = None,
    others: Others | None = None,
) -> Scores:
    """Which of two actors in a sentence thinks well or badly of the other, as probabilities.

    The model is asked with the pair in both orders, and the answers are averaged. So exchanging ``firsts`` and ``seconds``
    exchanges the columns and changes no number.

    Args:
        sentences: n texts, each a sentence.
        firsts: n spans of the first actor, half-open (start, end) character offsets into its sentence.
        seconds: n spans of the second actor. They must not overlap those of the first.
        also_firsts: for each sentence, further spans that mean the first actor.
        also_seconds: for each sentence, further spans that mean the second actor.
        others: for each sentence, the spans of each other actor; their names are hidden too. None: they are not known.

    Returns:
        float64 array of shape (n, 5): P(neutral), P(first is + toward second), P(second is + toward first),
        P(first is - toward second), P(second is - toward first); rows sum to 1.

    Raises:
        SpanError: a span does not fit its sentence, or two overlap. The message names the index.
        ModelError: the model file is missing or altered.

    Warns:
        WindowWarning: how many sentences were scored on a window around the names.

    Example:
        >>> text = "Norway praised Sweden for its generous help."
        >>> int(score_pairs([text], [(0, 6)], [(15, 21)])[0].argmax())
        1
    """
    check(sentences, firsts, "firsts")
    check(sentences, seconds, "seconds")
    for index, (one, two) in enumerate(zip(firsts, seconds, strict=True)):
        if _overlap(one, two):
            raise SpanError(
                f"firsts[{index}] = {tuple(one)} and seconds[{index}] = {tuple(two)} overlap: a pair is two actors."
            )
    check_others(sentences, [firsts, seconds], [also_firsts, also_seconds], others)
    calibration = open_model().facts["calibration"]["pair"]
    logits, cut = _run(sentences, [firsts, seconds], [also_firsts, also_seconds], others)
    _warn(cut)
    there, back = logits[:, :5], logits[:, 5:]
    scores: Scores = (chances_of(there, calibration) + chances_of(back, calibration)[:, [0, 2, 1, 4, 3]]) / 2
    return scores


def windowed(sentences: Sequence[str], spans: Sequence[Span]) -> NDArray[np.bool_]:
    """Which sentences are longer than the model's window and so are scored on the words around the target.

    Returns:
        bool array of shape (n,); its sum is the count.

    Raises:
        SpanError: a span does not fit its sentence.
        ModelError: the model file is missing or altered.
    """
    import numpy as np

    check(sentences, spans, "spans")
    return np.array([row.cut for row in read_rows(sentences, [spans], [None], None)], dtype=np.bool_)


def _overlap(one: Span, two: Span) -> bool:
    return one[0] < two[1] and two[0] < one[1]


def check_others(
    sentences: Sequence[str], mains: Sequence[Sequence[Span]], also: Sequence[Spans | None], others: Others | None
) -> None:
    """Refuse other actors' spans that lie outside their sentence or on one of the actors asked about."""
    for name, lists in [*(("also", one) for one in also), ("others", others)]:
        if lists is not None and len(lists) != len(sentences):
            raise SpanError(f"{len(sentences)} sentences but {len(lists)} lists in {name}: each sentence needs one.")
    for index, groups in enumerate(others or ()):
        asked = [main[index] for main in mains] + [span for spans in also if spans is not None for span in spans[index]]
        for spans in groups:
            for start, end in spans:
                if not 0 <= start < end <= len(sentences[index]):
                    raise SpanError(f"others[{index}] has ({start}, {end}), which does not fit its sentence.")
                if any(_overlap((start, end), one) for one in asked):
                    raise SpanError(
                        f"others[{index}] has ({start}, {end}), which overlaps the target: the same words mean two actors."
                    )


def check(sentences: Sequence[str], spans: Sequence[Span], name: str) -> None:
    """Refuse sentences and spans that do not fit, naming the first index that does not.

    Raises:
        SpanError: unequal lengths; a sentence that is not text; a span that is empty or outside its sentence.
    """
    if isinstance(sentences, str):
        raise SpanError("sentences must be a list of texts, and one text was given. Put it in a list.")
    if len(sentences) != len(spans):
        raise SpanError(f"{len(sentences)} sentences but {len(spans)} {name}: each sentence needs one (start, end).")
    for index, (text, span) in enumerate(zip(sentences, spans, strict=True)):
        if not isinstance(text, str):
            raise SpanError(f"sentences[{index}] is {type(text).__name__}, not text.")
        try:
            start, end = span
            whole = int(start) == start and int(end) == end
        except (TypeError, ValueError):
            whole = False
        if not whole:
            raise SpanError(f"{name}[{index}] is {span!r}, not a pair of whole numbers (start, end).")
        if not 0 <= start < end <= len(text):
            what = "is empty" if start == end else f"lies outside its sentence of {len(text)} characters"
            raise SpanError(f"{name}[{index}] = ({start}, {end}) {what}.")


@cache
def open_model() -> Loaded:
    """Load the model once, after checking its files against their recorded checksums."""
    facts = json.loads(read_model_file(FOLDER / "encoder.json", None, "encoder"))
    model = read_model_file(FOLDER / "model.int8.onnx", facts["sha256"]["model.int8.onnx"], "encoder")
    tokenizer = open_tokenizer(FOLDER)
    return Loaded(open_session(model), tokenizer, facts)


def read_rows(
    sentences: Sequence[str], mains: Sequence[Sequence[Span]], also: Sequence[Spans | None], others: Others | None
) -> list[Row]:
    """Token rows of sentences, in order; targets of one sentence with the same actors share one.

    Args:
        sentences: n texts.
        mains: the spans asked about: one list of n spans, or two for pairs.
        also: for each list of `mains` the further spans of the same actors, or None.
        others: the other actors of each sentence, or None.
    """
    ahead = _AHEAD.get()
    whole = {} if ahead is None else ahead.whole
    rows: list[Row] = []
    for at, text in enumerate(sentences):
        asked = [[_plain(main[at]), *map(_plain, more[at] if more else ())] for main, more in zip(mains, also, strict=True)]
        groups = asked + [[_plain(span) for span in spans] for spans in (others[at] if others else ()) if spans]
        places = [tuple(sorted(set(spans))) for spans in groups]
        order = sorted(range(len(groups)), key=lambda number: places[number])
        actors = tuple(places[number] for number in order)
        wanted = [order.index(number) for number in range(len(asked))]
        key = (text, actors)
        if key not in whole:
            whole[key] = _whole_row(text, actors)
        found = whole[key]
        if found is None:
            rows.append(_window_row(text, actors, wanted, [spans[0] for spans in asked]))
        else:
            row, numbers = found
            rows.append(Row(row.ids, row.starts, row.ends, tuple(numbers[number] for number in wanted), row.cut))
    return rows


def _plain(span: Span) -> Span:
    return int(span[0]), int(span[1])


def _whole_row(text: str, actors: Actors) -> tuple[Row, dict[int, int]] | None:
    """The row of a whole sentence and the slot of each actor; None where the window or the slots do not suffice."""
    facts = open_model().facts
    if len(actors) > len(facts["slots"]) or len(text) > 2 * CONTEXT_CHARACTERS:
        return None
    numbers: dict[int, int] = {}
    ids, starts, ends = _tokens(text, actors, numbers)
    if len(ids) > facts["window"] - 2:
        return None
    return _row(ids, starts, ends, (), cut=False), numbers


def _window_row(text: str, actors: Actors, wanted: Sequence[int], mains: Sequence[Span]) -> Row:
    """The row around the actors asked about. Where actors outnumber slots, those that are not asked about share the last."""
    facts = open_model().facts
    low = max(0, min(start for start, _ in mains) - CONTEXT_CHARACTERS)
    high = min(len(text), max(end for _, end in mains) + CONTEXT_CHARACTERS)
    near = [[(a - low, b - low) for a, b in spans if low <= a and b <= high] for spans in actors]
    room = len(facts["slots"]) - 1
    numbers: dict[int, int] = {}
    if len(actors) > len(facts["slots"]):
        block = [number for number in range(len(actors)) if number // room == wanted[0] // room]
        kept = sorted({*wanted, *block[: room - len(wanted) + 1]})[:room] if len(wanted) > 1 else block
        numbers = dict.fromkeys(range(len(actors)), room) | {number: slot for slot, number in enumerate(kept)}
    ids, starts, ends = _tokens(text[low:high], near, numbers)
    starts, ends = [start + low for start in starts], [end + low for end in ends]
    anchors = [starts.index(start) for start, _ in mains if start in starts]
    bottom, top = window_bounds(len(ids), anchors or [0], limit=facts["window"] - 2)
    cut = top - bottom < len(ids) or high - low < len(text)
    slots = tuple(numbers[number] for number in wanted)
    return _row(ids[bottom:top], starts[bottom:top], ends[bottom:top], slots, cut=cut)


def _tokens(text: str, actors: Sequence[Sequence[Span]], numbers: dict[int, int]) -> tuple[list[int], list[int], list[int]]:
    """Token ids with their places, slots where actors are named; an actor without a number gets the next, by first place."""
    loaded = open_model()
    slots = loaded.facts["slots"]
    ids: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    for piece in hidden_pieces(text, actors):
        if piece.actor is None:
            coded = loaded.tokenizer.encode(text[piece.start : piece.end], add_special_tokens=False)
            ids += coded.ids
            starts += [piece.start + start for start, _ in coded.offsets]
            ends += [piece.start + end for _, end in coded.offsets]
        else:
            ids.append(slots[numbers.setdefault(piece.actor, len(numbers))])
            starts.append(piece.start)
            ends.append(piece.end)
    return ids, starts, ends


def _row(ids: Sequence[int], starts: Sequence[int], ends: Sequence[int], slots: tuple[int, ...], *, cut: bool) -> Row:
    marks = open_model().facts["marks"]
    return Row((marks["begin"], *ids, marks["end"]), (-1, *starts, -1), (-1, *ends, -1), slots, cut)


def _run(
    sentences: Sequence[str], mains: Sequence[Sequence[Span]], also: Sequence[Spans | None], others: Others | None
) -> tuple[Scores, int]:
    """Logits of any number of sentences, a chunk at a time, and how many were cut to the window.

    Of tones (n, 3); of pairs (n, 10), five in the order asked and five in the other.
    """
    import numpy as np

    count = len(sentences)
    out = np.zeros((count, 3 if len(mains) == 1 else 10))
    cut = 0
    for start in range(0, count, CHUNK):
        part = slice(start, start + CHUNK)
        rows = read_rows(
            sentences[part],
            [main[part] for main in mains],
            [None if more is None else more[part] for more in also],
            None if others is None else others[part],
        )
        cut += sum(row.cut for row in rows)
        out[part] = logits_of(rows)
    return out, cut


@contextmanager
def scored_ahead(asked: Iterable[tuple[Sequence[str], Sequence[Span], Spans, Others]]) -> Iterator[None]:
    """Read the sentences of many articles now; while the block runs, their scores are looked up.

    One reading of a sentence answers for the tone toward each actor in it and for each pair of them, and sentences of equal
    length are read together wherever they are from. The scores are the same as without.

    Args:
        asked: for each article its sentences, and for each the span of the target, those of its other places and those of the
            other actors, as ``score_targets`` takes them.
    """
    slots = open_model().facts["slots"]
    ahead = Ahead({}, {})
    token = _AHEAD.set(ahead)
    try:
        questions: dict[Question, None] = {}
        for sentences, spans, also, others in asked:
            questions |= {(row.ids, row.slots): None for row in read_rows(sentences, [spans], [also], others)}
        for ids in dict.fromkeys(ids for ids, _ in questions):
            named = [number for number, slot in enumerate(slots) if slot in ids]
            if len(named) <= PAIR_SLOTS_MAX:
                questions |= {(ids, pair): None for pair in permutations(named, 2)}
        ahead.logits.update(_answers(questions))
        yield
    finally:
        _AHEAD.reset(token)


def logits_of(rows: Sequence[Row]) -> Scores:
    """Logits in the order of the rows: (n, 3) of tones; (n, 10) of pairs, five in the order asked and five in the other."""
    import numpy as np

    ahead = _AHEAD.get()
    known = {} if ahead is None else ahead.logits
    orders = [(row.slots, row.slots[::-1]) if len(row.slots) == 2 else (row.slots,) for row in rows]
    asked = [[(row.ids, slots) for slots in order] for row, order in zip(rows, orders, strict=True)]
    fresh = _answers([question for questions in asked for question in questions if question not in known])
    found = [
        np.concatenate([known[question] if question in known else fresh[question] for question in questions])
        for questions in asked
    ]
    return np.array(found, dtype=np.float64).reshape(len(rows), 10 if rows and len(rows[0].slots) == 2 else 3)


def _answers(questions: Iterable[Question]) -> dict[Question, Scores]:
    """The logits of each question. The same ids are read once; equal lengths go together, so nothing is padded."""
    import numpy as np

    session = open_model().session
    wanted: dict[Ids, dict[tuple[int, ...], None]] = {}
    for ids, slots in questions:
        wanted.setdefault(ids, {})[slots] = None
    by_length: dict[int, list[Ids]] = {}
    for ids in wanted:
        by_length.setdefault(len(ids), []).append(ids)
    batches = []
    for length, same in by_length.items():
        rows = max(1, BATCH_TOKENS // length)
        batches += [same[at : at + rows] for at in range(0, len(same), rows)]

    def answer(batch: list[Ids]) -> dict[Question, Scores]:
        fed: dict[str, Any] = {"ids": np.array(batch, dtype=np.int64)}
        known: dict[Question, Scores] = {}
        asked = {size: [(at, s) for at, ids in enumerate(batch) for s in wanted[ids] if len(s) == size] for size in (1, 2)}
        for name, size in (("targets", 1), ("pairs", 2)):
            fed[name] = np.array([(at, *slots) for at, slots in asked[size]], dtype=np.int64).reshape(-1, size + 1)
        heads = [(head, size) for head, size in (("tone", 1), ("pair", 2)) if asked[size]]
        for (_, size), logits in zip(heads, session.run([head for head, _ in heads], fed), strict=True):
            known |= {(batch[at], slots): row for (at, slots), row in zip(asked[size], logits.astype(np.float64), strict=True)}
        return known

    threads = _threads()
    if threads == 1 or len(batches) < 2:
        parts = [answer(batch) for batch in batches]
    else:
        with ThreadPoolExecutor(threads) as pool:
            parts = list(pool.map(answer, batches))
    return {question: logits for part in parts for question, logits in part.items()}


def _threads() -> int:
    """Batches in work at once."""
    limit = os.environ.get("OMP_NUM_THREADS", "")
    return max(1, min(THREADS, os.cpu_count() or 1, int(limit) if limit.isdecimal() else THREADS))


def chances_of(logits: Scores, calibration: Mapping[str, float]) -> Scores:
    """Probabilities of logits, shape (n, classes), under a temperature that falls as their spread grows, and a prior.

    The centred logits of a row, whose root mean square is s, become s ** (power - 1) / temperature times as large. A power of 1
    is plain temperature scaling (Guo et al. 2017); a higher one takes more from answers that were never far apart, which are
    right less often than one temperature for all makes them say (Tomani et al. 2022, parameterized temperature scaling). Then
    `neutral` is added to the neutral class, the middle of three or the first of five: how much more common it is where the
    scores are used than among the labels that were learned (Saerens et al. 2002, prior shift).
    """
    import numpy as np

    centred = logits - logits.mean(axis=1, keepdims=True)
    spread = np.sqrt((centred**2).mean(axis=1, keepdims=True))
    scaled = centred * spread ** (calibration["power"] - 1) / calibration["temperature"]
    scaled[:, 1 if logits.shape[1] == 3 else 0] += calibration["neutral"]
    scaled = np.exp(scaled - scaled.max(axis=1, keepdims=True, initial=-np.inf))
    chances: Scores = scaled / scaled.sum(axis=1, keepdims=True)
    return chances


def _warn(cut: int) -> None:
    if cut:
        warnings.warn(
            f"{cut} sentence(s) were longer than the model's window and were scored on the words around the target.",
            WindowWarning,
            stacklevel=3,
        )
