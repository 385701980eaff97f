"""Train the networks that read words: large ones that teach, and the small one that is shipped.

    python -m training.coreference.text teach --data FOLDER --seed 1
    python -m training.coreference.text target --data FOLDER
    python -m training.coreference.text student --data FOLDER

`teach` trains MPNet on what people and readers labelled, and writes its scores of every anaphor, labelled or not. `target`
averages the teachers with the networks that read features alone. `student` trains MiniLM on labels and on those averages,
of labelled and of unlabelled anaphors (Hinton et al. 2015, Distilling the Knowledge in a Neural Network).
"""

from __future__ import annotations

import argparse
import json
import logging
import time
from collections import deque
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from analysis.actors.words import BEGIN, END
from training.coreference.network import HEADS_NEW, TRUNKS, WINDOW, Passages, TextReader, open_trunk, read_base, window_of
from training.coreference.train import Batch, Part, Reader, develop_table, losses, spread

log = logging.getLogger("training.coreference")
PAD = 1
FILES = 6
"""Files that a student's weights are written in, each light enough to carry."""
PARTS = ("labelled", "unlabelled", "develop")
Scores = tuple[np.ndarray, np.ndarray]
"""Scores of the pairs and of none."""


class Texts(Part):
    """One prepared file with its windows of words."""

    def __init__(self, folder: Path, name: str, used: np.ndarray) -> None:
        super().__init__(folder / f"{name}.npz")
        self.name = name
        self.pieces = np.searchsorted(used, self.a["pieces"]).astype(np.int64)
        self.ends = np.concatenate([[0], self.a["ends"].astype(np.int64)])
        windows: dict[tuple[int, int], list[int]] = {}
        for number, (text, at) in enumerate(zip(self.a["text"], self.a["at"], strict=True)):
            windows.setdefault((int(text), window_of(int(at[0]))), []).append(number)
        self.windows = [(text, start, np.array(anaphors)) for (text, start), anaphors in windows.items()]
        self.lengths = np.array([min(self.ends[t + 1] - self.ends[t] - start, WINDOW - 2) for t, start, _ in self.windows])

    def passages(self, chosen: np.ndarray, device: torch.device) -> tuple[Passages, Batch, np.ndarray, np.ndarray]:
        """Some windows as tensors, what `losses` reads of them, and the numbers of their anaphors and pairs."""
        anaphors = np.concatenate([self.windows[n][2] for n in chosen])
        window = np.repeat(np.arange(len(chosen)), [len(self.windows[n][2]) for n in chosen])
        pairs = np.concatenate([np.arange(self.at[n], self.at[n + 1]) for n in anaphors])
        ids = np.full((len(chosen), int(self.lengths[chosen].max()) + 2), PAD, dtype=np.int64)
        starts = np.zeros(len(chosen), dtype=np.int64)
        for row, n in enumerate(chosen):
            text, start, _ = self.windows[n]
            size = int(self.lengths[n])
            ids[row, 0] = BEGIN
            ids[row, 1 : size + 1] = self.pieces[self.ends[text] + start : self.ends[text] + start + size]
            ids[row, size + 1] = END
            starts[row] = start
        of = np.repeat(np.arange(len(anaphors)), self.a["count"][anaphors])
        at = self.a["at"][anaphors] - starts[window][:, None] + 1
        spans = self.a["spans"][pairs] - starts[window[of]][:, None] + 1
        out = (spans[:, 0] < 1) | (spans[:, 1] > WINDOW - 1)
        spans[out] = -1
        at = np.clip(at, 1, WINDOW - 1)
        at[:, 1] = np.maximum(at[:, 1], at[:, 0] + 1)
        send = lambda x: torch.from_numpy(np.ascontiguousarray(x).astype(np.int64)).to(device)  # noqa: E731
        passages = Passages(
            send(ids),
            send(window),
            send(at),
            send(of),
            send(spans),
            send(self.a["anaphor"][anaphors]),
            send(self.a["pair"][pairs]),
        )
        truth = {"of": passages.of, "mark": send(self.a["mark"][pairs]), "none": send(self.a["none"][anaphors])}
        truth["weight"] = torch.from_numpy(self.a["weight"][anaphors]).to(device)
        return passages, truth, anaphors, pairs

    def batches(self, size: int, rng: np.random.Generator | None) -> list[np.ndarray]:
        """The windows in batches of like length, the batches in any order."""
        order = np.argsort(self.lengths + (rng.uniform(0, 24, len(self.lengths)) if rng else 0), kind="stable")
        cut = np.array_split(order, max(1, len(order) // size))
        return [cut[n] for n in rng.permutation(len(cut))] if rng else cut


@torch.no_grad()
def read(net: nn.Module, part: Texts, device: torch.device) -> Scores:
    """A network's scores of every pair, and of none, of a file."""
    net.eval()
    pairs, none = np.zeros(len(part.a["mark"]), np.float32), np.zeros(len(part.a["none"]), np.float32)
    for chosen in part.batches(64, None):
        passages, _, anaphors, rows = part.passages(chosen, device)
        with torch.autocast(device.type, dtype=torch.bfloat16):
            found = net(passages)
        pairs[rows], none[anaphors] = (one.float().cpu().numpy() for one in found)
    return pairs, none


def learn(
    net: TextReader, parts: list[tuple[Texts, Scores | None]], dev: Texts, device: torch.device, *,
    epochs: int, size: int, rate: float, head_rate: float, hard: float, seed: int, few: int | None = None,
) -> None:  # fmt: skip
    """Train a network in place: on labels, and where a file has scores of a teacher, on those too.

    Args:
        hard: share of the labels in the loss of an anaphor that has both.
    """
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    moving = {key: value for key, value in net.named_parameters() if value.requires_grad}
    fresh = [value for key, value in moving.items() if key.split(".")[0] in HEADS_NEW]
    rest = [value for key, value in moving.items() if key.split(".")[0] not in HEADS_NEW]
    groups = [{"params": rest, "top": rate}, {"params": fresh, "top": head_rate}]
    optimizer = torch.optim.AdamW(groups, lr=rate, weight_decay=0.01)
    total, step, began = 0, 0, time.monotonic()
    for epoch in range(epochs):
        turns = [(part, soft, chosen) for part, soft in parts for chosen in part.batches(size, rng)]
        turns = [turns[n] for n in rng.permutation(len(turns))][:few]
        total = total or epochs * len(turns)
        net.train()
        running = 0.0
        for soft, (passages, truth, anaphors, rows) in ahead(turns, device):
            share = step / total
            for group in optimizer.param_groups:
                group["lr"] = group["top"] * min(share / 0.06, (1 - share) / 0.94)
            with torch.autocast(device.type, dtype=torch.bfloat16):
                pairs, none = net(passages)
            pairs, none = pairs.float(), none.float()
            loss = torch.zeros((), device=device)
            known = ((truth["none"] == 1) | marked(truth)) * truth["weight"]
            if known.any():
                loss = loss + (hard if soft else 1.0) * (losses(truth, pairs, none) * known).sum() / known.sum().clamp(min=8)
            if soft is not None:
                aim = [torch.from_numpy(one).to(device) for one in (soft[0][rows], soft[1][anaphors])]
                each = apart(truth, pairs, none, *aim)
                loss = loss + (1 - hard * float(known.any())) * each.mean()
            loss.backward()
            nn.utils.clip_grad_norm_(rest, 1.0)
            nn.utils.clip_grad_norm_(fresh, 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            running += float(loss.detach()) if step % 10 == 0 else 0.0
            step += 1
        found = develop_table(*read(net, dev, device), dev)
        log.info(json.dumps({
            "epoch": epoch + 1, "steps": step, "loss": round(running / max(1, len(turns) // 10), 4),
            "seconds": round(time.monotonic() - began), "develop": found if epoch == epochs - 1 else found["loss"],
        }))  # fmt: skip


def ahead(turns: list[Any], device: torch.device) -> Iterator[Any]:
    """Batches, the next ones made while one is learned from."""
    with ThreadPoolExecutor(3) as pool:
        waiting: deque[Any] = deque()
        for part, soft, chosen in turns:
            waiting.append((soft, pool.submit(part.passages, chosen, device)))
            if len(waiting) > 6:
                first, made = waiting.popleft()
                yield first, made.result()
        while waiting:
            first, made = waiting.popleft()
            yield first, made.result()


def marked(truth: Batch) -> torch.Tensor:
    """Which anaphors have a pair that is right."""
    found = torch.zeros_like(truth["none"])
    return found.scatter_reduce(0, truth["of"], (truth["mark"] == 1).long(), "amax") > 0


def apart(b: Batch, pairs: torch.Tensor, none: torch.Tensor, aim: torch.Tensor, aim_none: torch.Tensor) -> torch.Tensor:
    """How far an anaphor's probabilities are from a teacher's, (anaphors,): the cross-entropy."""
    every, both = torch.ones_like(b["of"], dtype=torch.bool), torch.ones_like(none, dtype=torch.bool)
    mine, its = spread(b, pairs, none, every, both), spread(b, aim, aim_none, every, both)
    chance = torch.exp(aim - its[b["of"]])
    each = chance * (mine[b["of"]] - pairs)
    return (torch.exp(aim_none - its) * (mine - none)).scatter_add(0, b["of"], each)


def save_scores(path: Path, scores: Scores) -> None:
    np.savez_compressed(path, pairs=scores[0].astype(np.float16), none=scores[1].astype(np.float16))


def load_scores(path: Path) -> Scores:
    with np.load(path, allow_pickle=False) as held:
        return held["pairs"].astype(np.float32), held["none"].astype(np.float32)


@torch.no_grad()
def features_alone(folder: Path, part: Part) -> Scores:
    """The mean scores of the networks that read features alone (`training.coreference.train`)."""
    found = []
    for path in sorted(folder.glob("features-*.npz")):
        net = Reader()
        with np.load(path, allow_pickle=False) as held:
            net.load_state_dict({key: torch.from_numpy(held[key]) for key in held.files}, strict=False)
        found.append([one.numpy() for one in net.eval()(part.batch(np.arange(len(part.a["none"]))))])
    return tuple(np.mean([one[n] for one in found], axis=0) for n in (0, 1))  # type: ignore[return-value]


MIXTURES = tuple((round(a * 0.25, 2), round(b * 0.25, 2)) for a in range(5) for b in range(5) if a + b)


def best_mixture(words: Scores, features: Scores, part: Part) -> tuple[float, float, dict[str, Any]]:
    """The weights of both scores with the least loss on a file, and what they find there."""
    tried = []
    for a, b in MIXTURES:
        table = develop_table(*mixed(words, features, a, b), part)
        tried.append((table["loss"], a, b, table))
    log.info(json.dumps({f"{a} {b}": loss for loss, a, b, _ in tried}))
    _, a, b, table = min(tried, key=lambda one: one[0])
    return a, b, table


def mixed(words: Scores, features: Scores, a: float, b: float) -> Scores:
    return a * words[0] + b * features[0], a * words[1] + b * features[1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("teach", "target", "student"))
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--epochs", type=int)
    parser.add_argument("--rate", type=float)
    parser.add_argument("--hard", type=float, default=0.3)
    parser.add_argument("--size", type=int, default=24)
    parser.add_argument("--few", type=int, help="batches an epoch, for a trial")
    parser.add_argument("--name", default="student")
    args = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format=f"%(asctime)s {args.what} {args.name} {args.seed} %(message)s")
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    folder, used = args.data, np.load(args.data / "used.npy")
    parts = {name: Texts(folder, name, used) for name in PARTS}
    if args.what == "teach":
        weights = read_base(folder, "mpnet")
        net = TextReader(TRUNKS["mpnet"], len(used))
        open_trunk(net, weights)
        net.to(device)
        learn(
            net, [(parts["labelled"], None)], parts["develop"], device, epochs=args.epochs or 3, size=args.size,
            rate=args.rate or 3e-5, head_rate=1e-3, hard=1.0, seed=args.seed, few=args.few,
        )  # fmt: skip
        for name, part in parts.items():
            save_scores(folder / f"teacher-{args.seed}-{name}.npz", read(net, part, device))
    elif args.what == "target":
        words = {}
        for name in PARTS:
            found = [load_scores(path) for path in sorted(folder.glob(f"teacher-*-{name}.npz"))]
            words[name] = (np.mean([one[0] for one in found], axis=0), np.mean([one[1] for one in found], axis=0))
        features = {name: features_alone(folder, part) for name, part in parts.items()}
        log.info(json.dumps({"features alone": develop_table(*features["develop"], parts["develop"])}))
        log.info(json.dumps({"teachers": develop_table(*words["develop"], parts["develop"])}))
        a, b, table = best_mixture(words["develop"], features["develop"], parts["develop"])
        log.info(json.dumps({"words": a, "features": b, "develop": table}))
        for name in PARTS:
            save_scores(folder / f"target-{name}.npz", mixed(words[name], features[name], a, b))
    else:
        net = TextReader(TRUNKS["minilm"], len(used))
        open_trunk(net, read_base(folder, "minilm"))
        net.to(device)
        learn(
            net, [(parts[name], load_scores(folder / f"target-{name}.npz")) for name in PARTS[:2]], parts["develop"], device,
            epochs=args.epochs or 8, size=args.size, rate=args.rate or 2e-4, head_rate=5e-4, hard=args.hard, seed=args.seed,
            few=args.few,
        )  # fmt: skip
        words = read(net, parts["develop"], device)
        save_scores(folder / f"{args.name}-develop.npz", words)
        a, b, table = best_mixture(words, features_alone(folder, parts["develop"]), parts["develop"])
        log.info(json.dumps({"words": a, "features": b, "develop": table}))
        state = {key: value.half().cpu().numpy() for key, value in net.state_dict().items() if key != "words.weight"}
        for number, keys in enumerate(np.array_split(np.array(sorted(state)), FILES)):
            np.savez(folder / f"{args.name}-{number}.npz", **{key: state[key] for key in keys})


if __name__ == "__main__":
    main()
