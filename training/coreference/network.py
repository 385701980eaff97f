"""A network that reads the words around a pronoun or a description, and each mention that it may mean.

The trunk is MPNet's (the large one, which only teaches) or MiniLM's (the small one, which is shipped). A pair is read as the
mean state of the anaphor's pieces, that of the candidate's, their product, and the features that the rules made; "none of
these" is read off the anaphor alone. A candidate outside the window has a vector of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from analysis.actors.candidates import ANAPHOR, PAIR
from training.network import BUCKETS, HEADS, Layer, buckets

WINDOW, BEFORE, STRIDE = 192, 96, 64
"""Pieces of a window, pieces that an anaphor has before it at least (where the text has), and how far apart windows begin. In
use each anaphor is read by itself, with fewer pieces around it (`analysis.actors.words`)."""
HIDDEN = 256
UNSEEN = 0.15
"""Share of the features that a batch of pairs does not see in training."""


@dataclass(frozen=True, slots=True)
class Trunk:
    """Sizes of a pretrained network."""

    layers: int
    width: int
    epsilon: float
    near: bool


TRUNKS = {"mpnet": Trunk(12, 768, 1e-5, True), "minilm": Trunk(6, 384, 1e-12, False)}


@dataclass(slots=True)
class Passages:
    """Windows of text with the anaphors and pairs to be read in them.

    Attributes:
        ids: (windows, length) token rows; 1 is padding.
        window: (anaphors,), the window of each. at: (anaphors, 2), its pieces there.
        of: (pairs,), the anaphor of each. spans: (pairs, 2), the candidate's pieces in the window, or -1 twice.
        anaphor, pair: features, (anaphors, n) and (pairs, n).
    """

    ids: torch.Tensor
    window: torch.Tensor
    at: torch.Tensor
    of: torch.Tensor
    spans: torch.Tensor
    anaphor: torch.Tensor
    pair: torch.Tensor


class TextReader(nn.Module):
    """Scores of pairs and of none, from words and features."""

    def __init__(self, trunk: Trunk, words: int, *, dropout: float = 0.1) -> None:
        super().__init__()
        self.dropout, self.near = dropout, trunk.near
        width = trunk.width
        self.words = nn.Embedding(words, width)
        self.places = nn.Embedding(WINDOW, width)
        if trunk.near:
            self.nearness = nn.Embedding(BUCKETS, HEADS)
            self.register_buffer("apart", buckets(WINDOW), persistent=False)
        self.embedding_norm = nn.LayerNorm(width, trunk.epsilon)
        self.layers = nn.ModuleList(Layer(width, trunk.epsilon) for _ in range(trunk.layers))
        self.register_buffer("pair_starts", torch.tensor(np.cumsum([0, *list(PAIR.values())[:-1]])), persistent=False)
        self.register_buffer("anaphor_starts", torch.tensor(np.cumsum([0, *list(ANAPHOR.values())[:-1]])), persistent=False)
        self.far = nn.Parameter(torch.zeros(width))
        self.of_anaphor = nn.Linear(width, HIDDEN)
        self.of_candidate = nn.Linear(width, HIDDEN, bias=False)
        self.of_both = nn.Linear(width, HIDDEN, bias=False)
        self.of_none = nn.Linear(width, HIDDEN)
        self.pair = nn.Embedding(sum(PAIR.values()), HIDDEN)
        self.straight = nn.Embedding(sum(PAIR.values()), 1)
        self.anaphor = nn.Embedding(sum(ANAPHOR.values()), HIDDEN)
        self.none = nn.Embedding(sum(ANAPHOR.values()), HIDDEN)
        self.pair_out, self.none_out = nn.Linear(HIDDEN, 1), nn.Linear(HIDDEN, 1)
        for table in (self.pair, self.straight, self.anaphor, self.none):
            nn.init.normal_(table.weight, std=0.05)
        self.words.weight.requires_grad_(False)

    def states(self, ids: torch.Tensor) -> torch.Tensor:
        """The last states, (windows, length, width)."""
        rows, length = ids.shape
        x = self.embedding_norm(self.words(ids) + self.places.weight[:length][None])
        x = functional.dropout(x, self.dropout, self.training)
        bias = torch.zeros(rows, 1, 1, length, device=ids.device).masked_fill((ids == 1)[:, None, None], -1e4)
        if self.near:
            bias = bias + self.nearness(self.apart[:length, :length]).permute(2, 0, 1)[None]
        bias = bias.expand(rows, HEADS, length, length)
        kind = ids.device.type
        bias = bias.to(torch.get_autocast_dtype(kind) if torch.is_autocast_enabled(kind) else x.dtype)
        for layer in self.layers:
            x = layer(x, bias, self.dropout)
        return x

    def forward(self, b: Passages) -> tuple[torch.Tensor, torch.Tensor]:
        """Scores of the pairs, (pairs,), and of none, (anaphors,)."""
        states = self.states(b.ids).float()
        sums = functional.pad(states.cumsum(1), (0, 0, 1, 0))
        one = (sums[b.window, b.at[:, 1]] - sums[b.window, b.at[:, 0]]) / (b.at[:, 1] - b.at[:, 0])[:, None]
        seen = b.spans[:, 0] >= 0
        first, last = b.spans.clamp(min=0).unbind(1)
        where = b.window[b.of]
        two = (sums[where, last] - sums[where, first]) / (last - first).clamp(min=1)[:, None]
        two = torch.where(seen[:, None], two, self.far[None])
        pairs, anaphors = b.pair + self.pair_starts, b.anaphor + self.anaphor_starts
        told, straight = self.pair(pairs), self.straight(pairs)
        if self.training:
            kept = (torch.rand(1, pairs.shape[1], 1, device=pairs.device) > UNSEEN).float() / (1 - UNSEEN)
            told, straight = told * kept, straight * kept

        def drop(x: torch.Tensor) -> torch.Tensor:
            return functional.dropout(x, self.dropout, self.training)

        x = self.of_anaphor(drop(one))[b.of] + self.of_candidate(drop(two)) + self.of_both(drop(one[b.of] * two))
        x = x + told.sum(1) + self.anaphor(anaphors).sum(1)[b.of]
        x = drop(functional.gelu(x))
        none = self.of_none(drop(one)) + self.none(anaphors).sum(1)
        none = self.none_out(drop(functional.gelu(none))).squeeze(-1)
        return self.pair_out(x).squeeze(-1) + straight.sum(1).squeeze(-1), none


def window_of(at: int) -> int:
    """Where the window begins in which an anaphor is read: whole strides, with BEFORE pieces before it at least."""
    return max(0, (at - BEFORE) // STRIDE * STRIDE)


def open_trunk(net: TextReader, weights: dict[str, np.ndarray]) -> None:
    """Put pretrained weights, as `training.coreference.base` names them, into a network."""
    raw = {name: torch.from_numpy(np.ascontiguousarray(value)).float() for name, value in weights.items()}
    net.load_state_dict(raw, strict=False)
    missing = {name for name, _ in net.named_parameters() if name not in raw and name.split(".")[0] not in HEADS_NEW}
    if missing:
        raise KeyError(f"The base weights lack {sorted(missing)}.")


HEADS_NEW = frozenset("far of_anaphor of_candidate of_both of_none pair straight anaphor none pair_out none_out".split())
"""Parts that start from nothing and learn at a higher rate."""


def read_base(folder: Path, name: str) -> dict[str, np.ndarray]:
    """Base weights as `training.coreference.base` wrote them."""
    found: dict[str, np.ndarray] = {}
    for path in sorted(folder.glob(f"{name}-*.npz")):
        with np.load(path, allow_pickle=False) as held:
            for key in held.files:
                if not key.endswith(".scale"):
                    value = held[key].astype(np.float32)
                    found[key] = value * held[f"{key}.scale"].astype(np.float32) if f"{key}.scale" in held.files else value
    return found
