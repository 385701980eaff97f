"""The words around a pronoun or a description, as a small shipped network reads them.

The network is asked only where the features that the rules make leave open which of two actors is meant. It reads the words
around the anaphor, and scores each candidate by the words at both places and the same features.

Source: spans as the means of their word pieces' states, scored in pairs, after Lee et al. (2017), EMNLP; the small network
learned from a large one after Hinton et al. (2015), arXiv 1503.02531 (``training/coreference``).
"""

from __future__ import annotations

import io
import json
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..language import open_session, open_tokenizer, read_model_file
from ..model import Parse
from .candidates import ANAPHOR, PAIR, Anaphor, Candidate

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Table = NDArray[np.float32]

BEFORE, AFTER = 80, 24
"""Word pieces that are read before an anaphor and behind it, where the text has them."""
BEGIN, END = 0, 2
"""The tokens that open and close a window."""
TOKENIZER = Path(__file__).parents[1] / "resources" / "encoder"
"""The network reads the same word pieces as the tone model."""


class Words:
    """One article's words. Nothing is read before the first question."""

    def __init__(self, parse: Parse) -> None:
        self.parse = parse
        self.ids: list[int] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.states: dict[tuple[int, int], Table] = {}

    def scores(self, anaphor: Anaphor, candidates: Sequence[Candidate]) -> tuple[Table, float]:
        """The network's scores: of each candidate, (candidates,), and of none of them."""
        import numpy as np

        model = open_model()
        first, last = self.pieces(anaphor.head.start, anaphor.head.end)
        begin = max(0, first - BEFORE)
        states = self._states(begin, last + AFTER)
        mine = states[first - begin : last - begin].mean(0)
        rows = [
            self._mean(states, begin, self.pieces(candidate.seen.start, candidate.seen.end), model["far"])
            for candidate in candidates
        ]
        others = np.stack(rows)
        pairs = table_rows(candidates, model["pair_starts"])
        features = anaphor.features + model["anaphor_starts"]
        hidden = (
            product(mine, model["of_anaphor.weight"]) + model["of_anaphor.bias"] + model["anaphor.weight"][features].sum(0)
            + product(others, model["of_candidate.weight"]) + product(mine * others, model["of_both.weight"])
            + model["pair.weight"][pairs].sum(1)
        )  # fmt: skip
        scores = gelu(hidden) @ model["pair_out.weight"] + model["pair_out.bias"] + model["straight.weight"][pairs].sum(1)
        none = product(mine, model["of_none.weight"]) + model["of_none.bias"] + model["none.weight"][features].sum(0)
        return scores, float(gelu(none) @ model["none_out.weight"] + model["none_out.bias"])

    @property
    def mixture(self) -> tuple[float, float]:
        """The weights of these scores, and of those of the features, in their sum."""
        words, features = open_model()["mixture"]
        return words, features

    def pieces(self, start: int, end: int) -> tuple[int, int]:
        """The first and the last word piece, plus one, that a span of characters touches; at least one."""
        if not self.ids:
            coded = open_tokenizer(TOKENIZER).encode(self.parse.article.text, add_special_tokens=False)
            self.ids = coded.ids
            self.starts, self.ends = [edge for edge, _ in coded.offsets], [edge for _, edge in coded.offsets]
        first = min(bisect_right(self.ends, start), len(self.ends) - 1)
        return first, max(first + 1, bisect_left(self.starts, end))

    def _states(self, begin: int, end: int) -> Table:
        """The states of some pieces, (pieces, width), read once."""
        import numpy as np

        if (begin, end) not in self.states:
            ids = [BEGIN, *self.ids[begin:end], END]
            states = open_model()["session"].run(None, {"ids": np.array([ids], dtype=np.int64)})
            self.states[begin, end] = states[0][0, 1:-1]
        return self.states[begin, end]

    @staticmethod
    def _mean(states: Table, begin: int, span: tuple[int, int], far: Table) -> Table:
        """The mean state of a span, or the vector for what stands outside."""
        first, last = span[0] - begin, span[1] - begin
        if first < 0 or last > len(states):
            return far
        mean: Table = states[first:last].mean(0)
        return mean


def table_rows(candidates: Sequence[Candidate], starts: NDArray[np.intp]) -> NDArray[np.intp]:
    """The rows of a table of weights that the features of some candidates stand for, (candidates, features).

    Each feature has fewer than 256 values.
    """
    import numpy as np

    features = b"".join(bytes(candidate.features) for candidate in candidates)
    rows: NDArray[np.intp] = np.frombuffer(features, np.uint8).reshape(len(candidates), -1) + starts
    return rows


def product(x: Table, weights: Table) -> Table:
    """x @ weights on one core: for products as small as these, BLAS spends more on waking its threads than on the sums."""
    import numpy as np

    multiplied: Table = np.einsum("...i,ij->...j", x, weights)
    return multiplied


def gelu(x: Table) -> Table:
    """Source: Hendrycks and Gimpel 2016, Gaussian Error Linear Units, in its form with the tangent."""
    import numpy as np

    out: Table = 0.5 * x * (1 + np.tanh(0.7978845608 * (x + 0.044715 * (x * x * x))))
    return out


@cache
def open_model() -> dict[str, Any]:
    """Load the network once, after checking its files against their recorded checksums."""
    import numpy as np

    from .coreference import FOLDER, MODEL

    facts = json.loads(read_model_file(FOLDER / "coreference.json", None, MODEL))
    trunk = read_model_file(FOLDER / "words.int8.onnx", facts["sha256"]["words.int8.onnx"], MODEL)
    heads = read_model_file(FOLDER / "words.npz", facts["sha256"]["words.npz"], MODEL)
    with np.load(io.BytesIO(heads), allow_pickle=False) as held:
        model: dict[str, Any] = {name: held[name].astype(np.float32) for name in held.files}
    model["session"] = open_session(trunk)
    model["pair_starts"] = np.cumsum([0, *list(PAIR.values())[:-1]])
    model["anaphor_starts"] = np.cumsum([0, *list(ANAPHOR.values())[:-1]])
    model["mixture"] = facts["mixture"]
    return model
