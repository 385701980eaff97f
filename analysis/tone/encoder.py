"""The shipped tone model: load once, score in batches, blind to whose name it is.

The model never sees the target's name: a placeholder stands in its place and in that of its repetitions, in training as in use,
so that putting another name there changes nothing. Sentences are scored in batches of one length, and every row is quantised by
itself, so that a score does not depend on what else is in the batch.

Needs `onnxruntime` and `tokenizers`; no torch. Nothing is loaded before the first score.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import MissingPart, ModelError, SpanError
from ..model import Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Scores = NDArray[np.float64]

Ids = tuple[int, ...]

FOLDER = Path(__file__).parents[1] / "resources" / "encoder"
RESTORE = (
    "git checkout -- analysis/resources/encoder (or reinstall the package: pip install --force-reinstall --no-deps toward)"
)

THREADS = 8
"""Batches in work at once, at most; each uses one core, which wastes less than several cores on one small batch."""

BATCH_ROWS = 16
"""Rows scored together; more buy no speed on a CPU."""

CHUNK = 4096
"""Sentences in memory as token ids at a time, so that memory stays flat for any number of them."""

CONTEXT_CHARACTERS = 1500
"""Text kept on each side of the names before it is cut into tokens; the model's window holds far less."""


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
    """A stretch of the sentence: text to be read (kind 0), the target (1), or the other name of a pair (2)."""

    start: int
    end: int
    kind: int


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
    found = [match.span() for match in re.finditer(rf"(?<!\w){re.escape(surface)}(?!\w)", sentence)]
    words = surface.split()
    last = words[-1]
    if len(words) > 1 and len(last) >= SURNAME_LETTERS and last[0].isupper() and last.isalpha():
        for match in re.finditer(rf"(?<!\w){re.escape(last)}(?!\w)", sentence):
            before = sentence[: match.start()].rstrip().rsplit(None, 1)
            if not (before and before[-1][:1].isupper() and before[-1][-1:].isalnum()):
                found.append(match.span())
    kept: list[Span] = []
    for start, end in sorted(set(found)):
        if (end <= span[0] or start >= span[1]) and (not kept or start >= kept[-1][1]):
            kept.append((start, end))
    return kept


def cut_pieces(sentence: str, firsts: Sequence[Span], seconds: Sequence[Span] = ()) -> list[Piece]:
    """Cut a sentence at its names.

    Args:
        sentence: the text.
        firsts: the target's span, then its repetitions.
        seconds: the other name's span, then its repetitions.

    Returns:
        Pieces that cover the sentence in order; where spans overlap, the two main ones win, then the earlier in the list.
    """
    wanted: list[tuple[Span, int]] = []
    for rank in range(max(len(firsts), len(seconds))):
        if rank < len(firsts):
            wanted.append((firsts[rank], 1))
        if rank < len(seconds):
            wanted.append((seconds[rank], 2))
    taken: list[Piece] = []
    for (start, end), kind in wanted:
        if all(end <= piece.start or start >= piece.end for piece in taken):
            taken.append(Piece(start, end, kind))
    pieces: list[Piece] = []
    at = 0
    for piece in sorted(taken, key=lambda piece: piece.start):
        if piece.start > at:
            pieces.append(Piece(at, piece.start, 0))
        pieces.append(piece)
        at = piece.end
    if at < len(sentence):
        pieces.append(Piece(at, len(sentence), 0))
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

    ids: token ids, the placeholders in place of names. starts, ends: each token's characters in the sentence (-1 at both ends).
    cut: whether the sentence was longer than the window.
    """

    ids: tuple[int, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    cut: bool


@dataclass(frozen=True, slots=True)
class Loaded:
    """The model in memory, with what its description file says."""

    session: Any
    tokenizer: Any
    facts: dict[str, Any]


def score_targets(sentences: Sequence[str], spans: Sequence[Span], *, also: Sequence[Sequence[Span]] | None = None) -> Scores:
    """Tone toward one target in each sentence.

    Args:
        sentences: n texts, each a sentence.
        spans: n half-open (start, end) character offsets of the target in its sentence.
        also: for each sentence, further spans that mean the same target (its other names); they are hidden from the model as
            well. The same words repeated are found without it.

    Returns:
        float64 array of shape (n, 3): P(negative), P(neutral), P(positive); rows sum to 1.

    Raises:
        SpanError: a span does not fit its sentence (the index is named). ModelError: the model file is missing or altered.

    Warns:
        WindowWarning: how many sentences were scored on a window around the target (`windowed` says which).
    """
    check(sentences, spans, "spans")
    logits, cut = _run([sentences, spans, also], pair=False)
    _warn(cut)
    return chances_of(logits, open_model().facts["calibration"]["tone"])


def score_pairs(
    sentences: Sequence[str],
    firsts: Sequence[Span],
    seconds: Sequence[Span],
    *,
    also_firsts: Sequence[Sequence[Span]] | None = None,
    also_seconds: Sequence[Sequence[Span]] | None = None,
) -> Scores:
    """Who holds which opinion of whom, for two actors named in each sentence.

    Both orders of the pair are read and averaged, so that changing the order changes the columns and nothing else.

    Args:
        sentences: n texts, each a sentence.
        firsts, seconds: n spans each, of the first and of the second actor; they must not overlap.
        also_firsts, also_seconds: further spans that mean the same actors, hidden from the model as well.

    Returns:
        float64 array of shape (n, 5): P(neutral), P(first is + toward second), P(second is + toward first),
        P(first is - toward second), P(second is - toward first); rows sum to 1.

    Raises:
        SpanError: a span does not fit its sentence, or the two overlap (the index is named). ModelError: as above.

    Warns:
        WindowWarning: how many sentences were scored on a window around the names.
    """
    check(sentences, firsts, "firsts")
    check(sentences, seconds, "seconds")
    for index, (one, two) in enumerate(zip(firsts, seconds, strict=True)):
        if one[0] < two[1] and two[0] < one[1]:
            raise SpanError(
                f"firsts[{index}] = {tuple(one)} and seconds[{index}] = {tuple(two)} overlap: a pair is two actors."
            )
    calibration = open_model().facts["calibration"]["pair"]
    logits, cut = _run([sentences, firsts, also_firsts, seconds, also_seconds], pair=True)
    turned, _ = _run([sentences, seconds, also_seconds, firsts, also_firsts], pair=True)
    _warn(cut)
    scores: Scores = (chances_of(logits, calibration) + chances_of(turned, calibration)[:, [0, 2, 1, 4, 3]]) / 2
    return scores


def windowed(sentences: Sequence[str], spans: Sequence[Span]) -> NDArray[np.bool_]:
    """Which sentences are longer than the model's window and so are scored on the words around the target.

    Returns:
        bool array of shape (n,); its sum is the count.

    Raises:
        SpanError: a span does not fit its sentence. ModelError: the model file is missing or altered.
    """
    import numpy as np

    check(sentences, spans, "spans")
    return np.array([row.cut for row in read_rows([sentences, spans, None])], dtype=np.bool_)


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
    try:
        import onnxruntime
        from tokenizers import Tokenizer
    except ImportError as problem:
        raise MissingPart(f"The encoder needs {problem.name}. Install it: pip install onnxruntime tokenizers") from problem
    facts = json.loads(_read("encoder.json", None))
    model = _read("model.int8.onnx", facts["sha256"]["model.int8.onnx"])
    described = _read("tokenizer.json", facts["sha256"]["tokenizer.json"])
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    return Loaded(session, Tokenizer.from_str(described.decode("utf-8")), facts)


def _read(name: str, expected: str | None) -> bytes:
    path = FOLDER / name
    wanted = f", sha256 {expected}" if expected else ""
    try:
        data = path.read_bytes()
    except OSError as problem:
        raise ModelError(f"The encoder's file {name} is missing ({path}{wanted}). Restore it: {RESTORE}") from problem
    if expected is not None:
        found = hashlib.sha256(data).hexdigest()
        if found != expected:
            raise ModelError(
                f"The encoder's file {name} was altered: sha256 {found}, expected {expected}. Restore it: {RESTORE}"
            )
    return data


def read_rows(parts: Sequence[Any]) -> Iterator[Row]:
    """Token rows of sentences with spans (and, for pairs, second spans), in order."""
    loaded = open_model()
    marks = loaded.facts["marks"]
    limit = loaded.facts["window"] - 2
    sentences, firsts, also_firsts, seconds, also_seconds = (*parts, None, None)[:5]
    for at, text in enumerate(sentences):
        main = [tuple(firsts[at])] + ([tuple(seconds[at])] if seconds is not None else [])
        low = max(0, min(span[0] for span in main) - CONTEXT_CHARACTERS)
        high = min(len(text), max(span[1] for span in main) + CONTEXT_CHARACTERS)
        near = text[low:high]
        groups: list[list[Span]] = []
        for span, others in zip(main, (also_firsts, also_seconds), strict=False):
            here = (span[0] - low, span[1] - low)
            told = [(start - low, end - low) for start, end in others[at]] if others is not None else []
            told = [one for one in told if 0 <= one[0] < one[1] <= len(near)]
            groups.append([here, *told, *repetitions(near, here)])
        ids: list[int] = []
        starts: list[int] = []
        ends: list[int] = []
        anchors: list[int] = []
        for piece in cut_pieces(near, groups[0], groups[1] if len(groups) > 1 else ()):
            if piece.kind == 0:
                coded = loaded.tokenizer.encode(near[piece.start : piece.end], add_special_tokens=False)
                ids.extend(coded.ids)
                starts.extend(low + piece.start + one for one, _ in coded.offsets)
                ends.extend(low + piece.start + one for _, one in coded.offsets)
            else:
                if any((piece.start, piece.end) == group[0] for group in groups):
                    anchors.append(len(ids))
                ids.append(marks["first"] if piece.kind == 1 else marks["second"])
                starts.append(low + piece.start)
                ends.append(low + piece.end)
        bottom, top = window_bounds(len(ids), anchors, limit=limit)
        yield Row(
            (marks["begin"], *ids[bottom:top], marks["end"]),
            (-1, *starts[bottom:top], -1),
            (-1, *ends[bottom:top], -1),
            top - bottom < len(ids) or len(near) < len(text),
        )


def _run(parts: Sequence[Any], *, pair: bool) -> tuple[Scores, int]:
    """Logits of any number of sentences, a chunk at a time, and how many were cut to the window."""
    import numpy as np

    count = len(parts[0])
    out = np.zeros((count, 5 if pair else 3))
    cut = 0
    for start in range(0, count, CHUNK):
        rows = list(read_rows([None if part is None else part[start : start + CHUNK] for part in parts]))
        cut += sum(row.cut for row in rows)
        out[start : start + CHUNK] = logits_of(rows, pair=pair)
    return out, cut


def logits_of(rows: Sequence[Row], *, pair: bool) -> Scores:
    """Logits in the order of the rows. The same reading is scored once; equal lengths go together, so nothing is padded."""
    import numpy as np

    session = open_model().session
    places: dict[Ids, list[int]] = {}
    for at, row in enumerate(rows):
        places.setdefault(row.ids, []).append(at)
    by_length: dict[int, list[Ids]] = {}
    for ids in places:
        by_length.setdefault(len(ids), []).append(ids)
    batches = [same[at : at + BATCH_ROWS] for same in by_length.values() for at in range(0, len(same), BATCH_ROWS)]
    wanted = ["pair" if pair else "tone"]
    out = np.zeros((len(rows), 5 if pair else 3))

    def answer(batch: list[Ids]) -> Any:
        return session.run(wanted, {"ids": np.array(batch, dtype=np.int64)})[0]

    with ThreadPoolExecutor(min(THREADS, os.cpu_count() or 1)) as pool:
        for batch, logits in zip(batches, pool.map(answer, batches), strict=True):
            for ids, row_logits in zip(batch, logits, strict=True):
                out[places[ids]] = row_logits
    return out


def chances_of(logits: Scores, calibration: Mapping[str, float]) -> Scores:
    """Probabilities of logits, shape (n, classes), under a temperature that falls as their spread grows.

    The centred logits of a row, whose root mean square is s, become s ** (power - 1) / temperature times as large. A power of 1
    is plain temperature scaling (Guo et al. 2017); a higher one takes more from answers that were never far apart, which are
    right less often than one temperature for all makes them say (Tomani et al. 2022, parameterized temperature scaling). The
    most probable class stays the same.
    """
    import numpy as np

    centred = logits - logits.mean(axis=1, keepdims=True)
    spread = np.sqrt((centred**2).mean(axis=1, keepdims=True))
    scaled = centred * spread ** (calibration["power"] - 1) / calibration["temperature"]
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
