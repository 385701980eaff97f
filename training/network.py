"""The network: MPNet that reads a sentence once, every actor in it hidden behind a numbered slot.

Plain torch, so that one code trains on a laptop's processor and on a large GPU. Weights bear the names that `training.graph`
writes into the shipped file.
"""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import load_file
from torch import nn
from torch.nn import functional

WIDTH, HEADS, LAYERS, EPSILON = 768, 12, 12, 1e-5
"""MPNet-base's sizes, as its config.json has them."""

BUCKETS, FAR = 32, 128
"""How MPNet shares one learned bias among distances between tokens: exact up to 8, then by the logarithm up to FAR."""

FIRST_PLACE = 2
"""Row of MPNet's table of places that the first token reads."""

LONGEST = 128
"""Tokens of a reading, at most."""

KEPT = (0, 2, 4, 7, 9, 11)
"""Layers of a teacher that the student keeps, counted from 0."""

FROZEN = ("words", "places", "nearness")
"""Tables that stay as they were pretrained."""

HEAD_NAMES = ("tone_hidden", "tone_out", "pair_hidden", "pair_out", "slots", "policies")
"""Parts that start from nothing and learn at a higher rate."""


def buckets(length: int) -> torch.Tensor:
    """The row of the table of distances for every two places, shape (length, length)."""
    steps = torch.arange(length)[:, None] - torch.arange(length)[None, :]
    half, exact = BUCKETS // 2, BUCKETS // 4
    size = steps.abs()
    scaled = torch.log(size.float().clamp(min=1) / exact) / math.log(FAR / exact) * (half - exact)
    far = (exact + scaled.long()).clamp(max=half - 1)
    return (steps < 0).long() * half + torch.where(size < exact, size, far)


MPNET_TABLES = (
    "embeddings.word_embeddings.weight",
    "embeddings.position_embeddings.weight",
    "encoder.relative_attention_bias.weight",
)
"""MPNet's names of the tables that stay as they were pretrained: words, places, nearness."""


def distances(nearness: np.ndarray) -> np.ndarray:
    """What each head adds for each distance from 1 - LONGEST to LONGEST - 1, (heads, 2 * LONGEST - 1).

    The distance is the place that is heard less the place that hears, as `training.graph` counts it.
    """
    rows = buckets(LONGEST).numpy()
    apart = np.concatenate([rows[:0:-1, 0], rows[0]])
    return np.ascontiguousarray(nearness[apart].T)


class Layer(nn.Module):
    """One layer of BERT's or MPNet's kind; of MPNet's sizes unless others are given."""

    def __init__(self, width: int = WIDTH, epsilon: float = EPSILON) -> None:
        super().__init__()
        self.attention = nn.Linear(width, 3 * width)
        self.attended = nn.Linear(width, width)
        self.attention_norm = nn.LayerNorm(width, epsilon)
        self.wide = nn.Linear(width, 4 * width)
        self.narrow = nn.Linear(4 * width, width)
        self.norm = nn.LayerNorm(width, epsilon)

    def forward(self, x: torch.Tensor, bias: torch.Tensor, dropout: float) -> torch.Tensor:
        rows, length, width = x.shape
        query, key, value = self.attention(x).view(rows, length, 3, HEADS, width // HEADS).permute(2, 0, 3, 1, 4)
        heard = functional.scaled_dot_product_attention(
            query, key, value, attn_mask=bias, dropout_p=dropout if self.training else 0.0
        )
        heard = self.attended(heard.transpose(1, 2).reshape(rows, length, width))
        x = self.attention_norm(x + functional.dropout(heard, dropout, self.training))
        inner = self.narrow(functional.gelu(self.wide(x)))
        return self.norm(x + functional.dropout(inner, dropout, self.training))


class ToneNet(nn.Module):
    """MPNet with numbered slots, a tone head (3 classes a slot) and a pair head (5 classes an ordered pair of slots).

    The tone head reads the first token and the mean of the slot's tokens; the pair head the first token and both means.
    """

    def __init__(self, words: int, slots: int, *, layers: int = LAYERS, dropout: float = 0.1, policies: int = 2) -> None:
        super().__init__()
        self.dropout = dropout
        self.words = nn.Embedding(words, WIDTH)
        self.places = nn.Embedding(LONGEST, WIDTH)
        self.nearness = nn.Embedding(BUCKETS, HEADS)
        self.embedding_norm = nn.LayerNorm(WIDTH, EPSILON)
        self.slots = nn.Parameter(torch.zeros(slots, WIDTH))
        self.policies = nn.Parameter(torch.zeros(policies, WIDTH))
        self.layers = nn.ModuleList(Layer() for _ in range(layers))
        self.tone_hidden, self.tone_out = nn.Linear(2 * WIDTH, WIDTH), nn.Linear(WIDTH, 3)
        self.pair_hidden, self.pair_out = nn.Linear(3 * WIDTH, WIDTH), nn.Linear(WIDTH, 5)
        self.register_buffer("apart", buckets(LONGEST), persistent=False)
        for name in FROZEN:
            getattr(self, name).weight.requires_grad_(False)

    def states(self, ids: torch.Tensor, slot: torch.Tensor, pad: int, policy: torch.Tensor | None = None) -> list[torch.Tensor]:
        """The states after every layer, (rows, length, WIDTH) each.

        Args:
            ids: (rows, length) token rows. slot: (rows, length), the slot that stands there or -1. pad: the id of padding.
            policy: (rows,), whose definition of tone is asked for; None adds nothing.
        """
        rows, length = ids.shape
        x = self.words(ids)
        x = torch.where((slot >= 0)[..., None], self.slots[slot.clamp(min=0)].to(x.dtype), x)
        if policy is not None:
            x = torch.cat([x[:, :1] + self.policies[policy][:, None], x[:, 1:]], dim=1)
        x = self.embedding_norm(x + self.places.weight[:length][None])
        x = functional.dropout(x, self.dropout, self.training)
        bias = self.nearness(self.apart[:length, :length]).permute(2, 0, 1)[None]
        bias = bias.masked_fill((ids == pad)[:, None, None], -1e4).expand(rows, HEADS, length, length)
        bias = bias.to(torch.get_autocast_dtype(ids.device.type) if torch.is_autocast_enabled(ids.device.type) else x.dtype)
        found = []
        for layer in self.layers:
            x = layer(x, bias.contiguous(), self.dropout)
            found.append(x)
        return found

    def means(self, states: torch.Tensor, slot: torch.Tensor) -> torch.Tensor:
        """The mean state of each slot's tokens, (rows, slots, WIDTH); zeros where a slot is not used."""
        where = (slot[:, None] == torch.arange(len(self.slots), device=slot.device)[None, :, None]).to(states.dtype)
        return (where @ states) / where.sum(-1, keepdim=True).clamp(min=1)

    def _head(self, hidden: nn.Linear, out: nn.Linear, parts: list[torch.Tensor]) -> torch.Tensor:
        x = functional.dropout(torch.cat(parts, -1), self.dropout, self.training)
        return out(functional.dropout(functional.gelu(hidden(x)), self.dropout, self.training))

    def tone(self, first: torch.Tensor, slot: torch.Tensor) -> torch.Tensor:
        """Logits of the tone toward a slot, (n, 3), from the first token's state and the slot's mean."""
        return self._head(self.tone_hidden, self.tone_out, [first, slot])

    def pair(self, first: torch.Tensor, one: torch.Tensor, two: torch.Tensor) -> torch.Tensor:
        """Logits of an ordered pair, (n, 5)."""
        return self._head(self.pair_hidden, self.pair_out, [first, one, two])


def base_weights(folder: Path) -> dict[str, np.ndarray]:
    """MPNet's weights as `training.prepare` wrote them."""
    raw: dict[str, np.ndarray] = {}
    for path in sorted(folder.glob("base-*.safetensors")):
        raw |= load_file(str(path))
    return {
        name: value.astype(np.float32) * raw[f"{name}.scale"] if f"{name}.scale" in raw else value
        for name, value in raw.items()
        if not name.endswith(".scale")
    }


def open_base(folder: Path, *, slots: int, mask: int, seed: int) -> ToneNet:
    """MPNet with fresh heads; a slot starts near the mask token that the base was pretrained to fill."""
    torch.manual_seed(seed)
    raw = {name: torch.from_numpy(np.ascontiguousarray(value)) for name, value in base_weights(folder).items()}
    words = raw["embeddings.word_embeddings.weight"]
    net = ToneNet(len(words), slots)
    fill_tables(net, raw)
    with torch.no_grad():
        net.slots.copy_(words[mask][None] + 0.5 * words.std() * torch.randn(slots, WIDTH))
        _copy(net.embedding_norm, raw, "embeddings.LayerNorm")
        for number, layer in enumerate(net.layers):
            at = f"encoder.layer.{number}"
            for part in ("weight", "bias"):
                joined = torch.cat([raw[f"{at}.attention.attn.{name}.{part}"] for name in "qkv"])
                getattr(layer.attention, part).copy_(joined)
            _copy(layer.attended, raw, f"{at}.attention.attn.o")
            _copy(layer.attention_norm, raw, f"{at}.attention.LayerNorm")
            _copy(layer.wide, raw, f"{at}.intermediate.dense")
            _copy(layer.narrow, raw, f"{at}.output.dense")
            _copy(layer.norm, raw, f"{at}.output.LayerNorm")
    return net


def fill_tables(net: ToneNet, raw: dict[str, torch.Tensor]) -> None:
    """Put the pretrained tables into a network: what its words are, where they stand, and how far apart."""
    with torch.no_grad():
        words, places, nearness = (raw[name] for name in MPNET_TABLES)
        net.words.weight.copy_(words)
        net.places.weight.copy_(places[FIRST_PLACE : FIRST_PLACE + LONGEST])
        net.nearness.weight.copy_(nearness)


def open_student(folder: Path, *, slots: int, dropout: float) -> ToneNet:
    """A network of the student's size whose other weights are still to be restored."""
    raw = {name: torch.from_numpy(np.ascontiguousarray(value)) for name, value in base_weights(folder).items()}
    net = ToneNet(len(raw["embeddings.word_embeddings.weight"]), slots, layers=len(KEPT), dropout=dropout)
    fill_tables(net, raw)
    return net


def _copy(module: nn.Module, raw: dict[str, torch.Tensor], name: str) -> None:
    for part in ("weight", "bias"):
        getattr(module, part).copy_(raw[f"{name}.{part}"])


def student_of(teacher: ToneNet, *, dropout: float) -> ToneNet:
    """A network of the teacher's layers in KEPT and of its heads."""
    student = ToneNet(teacher.words.num_embeddings, len(teacher.slots), layers=len(KEPT), dropout=dropout)
    kept = {}
    for name, value in teacher.state_dict().items():
        if name.startswith("layers."):
            _, number, rest = name.split(".", 2)
            if int(number) not in KEPT:
                continue
            name = f"layers.{KEPT.index(int(number))}.{rest}"
        kept[name] = value.clone()
    student.load_state_dict(kept)
    return student
