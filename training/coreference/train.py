"""Train the coreference reader on what `training.coreference.prepare` wrote, and write the shipped files: a minute on one core.

python -m training.coreference.train --data FOLDER --out analysis/resources/coreference [--seed 1]

The network: a vector for every value of every feature of a pair; their sum, with that of the anaphor's own features, goes
through one hidden layer to a score; another score, from the anaphor's features alone, says that none is meant. Loss: minus
the log of the probability of what is right, with what is unknown left out (Lee et al. 2017, EMNLP).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import logging
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from analysis.actors.candidates import ANAPHOR, PAIR

log = logging.getLogger("training.coreference")

WIDTH = 64
ROUNDS, SLOWER = 14, (5, 9)
"""Rounds over the anaphors, and after which of them the rate falls to two fifths."""
RATE, DROPOUT, SIZE = 3e-3, 0.2, 128
HIDDEN = 0.15
"""Share of the features that a batch of pairs does not see."""
MEMBERS = 5
"""Networks with other seeds whose weights stand side by side in the shipped file, so that chance decides less: their scores
are averaged."""
Batch = dict[str, torch.Tensor]


class Reader(nn.Module):
    """Scores of pairs and of none, from features alone."""

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("pair_starts", torch.tensor(np.cumsum([0, *list(PAIR.values())[:-1]])), persistent=False)
        self.register_buffer("anaphor_starts", torch.tensor(np.cumsum([0, *list(ANAPHOR.values())[:-1]])), persistent=False)
        self.pair = nn.Embedding(sum(PAIR.values()), WIDTH)
        self.straight = nn.Embedding(sum(PAIR.values()), 1)
        self.anaphor = nn.Embedding(sum(ANAPHOR.values()), WIDTH)
        self.none = nn.Embedding(sum(ANAPHOR.values()), WIDTH)
        self.pair_out = nn.Linear(WIDTH, 1)
        self.none_out = nn.Linear(WIDTH, 1)
        for table in (self.pair, self.straight, self.anaphor, self.none):
            nn.init.normal_(table.weight, std=0.05)

    def forward(self, b: Batch) -> tuple[torch.Tensor, torch.Tensor]:
        """Scores of the pairs, (pairs,), and of none, (anaphors,)."""
        pairs, anaphors = b["pair"] + self.pair_starts, b["anaphor"] + self.anaphor_starts
        told, straight = self.pair(pairs), self.straight(pairs)
        if self.training:
            kept = (torch.rand(1, pairs.shape[1], 1) > HIDDEN).float() / (1 - HIDDEN)
            told, straight = told * kept, straight * kept
        x = told.sum(1) + self.anaphor(anaphors).sum(1)[b["of"]]
        x = functional.dropout(functional.gelu(x, approximate="tanh"), DROPOUT, self.training)
        none = self.none_out(functional.gelu(self.none(anaphors).sum(1), approximate="tanh")).squeeze(-1)
        return self.pair_out(x).squeeze(-1) + straight.sum(1).squeeze(-1), none


class Part:
    """One prepared file."""

    def __init__(self, path: Path) -> None:
        with np.load(path, allow_pickle=False) as held:
            self.a = {name: held[name] for name in held.files}
        self.at = np.concatenate([[0], np.cumsum(self.a["count"], dtype=np.int64)])

    def batch(self, anaphors: np.ndarray) -> Batch:
        """Some anaphors with their pairs."""
        pairs = np.concatenate([np.arange(self.at[n], self.at[n + 1]) for n in anaphors])
        rows: dict[str, Any] = {name: self.a[name][pairs] for name in ("pair", "mark", "entity")}
        rows |= {name: self.a[name][anaphors] for name in ("anaphor", "none")}
        rows["of"] = np.repeat(np.arange(len(anaphors)), self.a["count"][anaphors])
        found = {name: torch.from_numpy(value.astype(np.int64)) for name, value in rows.items()}
        return {**found, "weight": torch.from_numpy(self.a["weight"][anaphors])}


def spread(b: Batch, pairs: torch.Tensor, none: torch.Tensor, keep: torch.Tensor, keep_none: torch.Tensor) -> torch.Tensor:
    """Log of the summed exponentials of each anaphor's kept pairs and of none, (anaphors,)."""
    low = -1e4
    v = torch.where(keep, pairs, torch.full_like(pairs, low))
    w = torch.where(keep_none, none, torch.full_like(none, low))
    top = w.clone().scatter_reduce(0, b["of"], v, "amax").detach()
    total = torch.exp(w - top).scatter_add(0, b["of"], torch.exp(v - top[b["of"]]))
    return top + torch.log(total)


def losses(b: Batch, pairs: torch.Tensor, none: torch.Tensor) -> torch.Tensor:
    """Minus the log of the probability given to what is right, what is unknown left out, (anaphors,)."""
    every = spread(b, pairs, none, b["mark"] >= 0, b["none"] >= 0)
    return every - spread(b, pairs, none, b["mark"] == 1, b["none"] == 1)


def train(part: Part, seed: int) -> Reader:
    """One network."""
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    net = Reader()
    optimizer = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=0.02)
    for turn in range(ROUNDS):
        order = rng.permutation(len(part.a["none"]))
        for anaphors in np.array_split(order, max(1, len(order) // SIZE)):
            b = part.batch(anaphors)
            each = losses(b, *net(b))
            ((each * b["weight"]).sum() / b["weight"].sum()).backward()
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
        if turn in SLOWER:
            for group in optimizer.param_groups:
                group["lr"] *= 0.4
    return net.eval()


@torch.no_grad()
def develop(nets: list[Reader], part: Part) -> dict[str, Any]:
    """What `develop_table` says of the mean scores of some networks."""
    b = part.batch(np.arange(len(part.a["none"])))
    scores = [net(b) for net in nets]
    pairs, none = (torch.stack([one[n] for one in scores]).mean(0).numpy() for n in (0, 1))
    return develop_table(pairs, none, part)


def develop_table(pairs: np.ndarray, none: np.ndarray, part: Part) -> dict[str, Any]:
    """Loss, and by source and kind of anaphor how many were linked at a probability of one half, right and wrong."""
    b = part.batch(np.arange(len(part.a["none"])))
    each = losses(b, torch.from_numpy(pairs), torch.from_numpy(none)).numpy()
    found: dict[str, list[float]] = {}
    for n in range(len(none)):
        span = slice(part.at[n], part.at[n + 1])
        logits = np.append(pairs[span], none[n])
        chance = np.exp(logits - logits.max())
        chance = (chance / chance.sum())[:-1]
        entities, marks = part.a["entity"][span], part.a["mark"][span]
        totals = {int(e): float(chance[entities == e].sum()) for e in np.unique(entities)}
        best = max(totals, key=lambda e: totals[e])
        kind = int(part.a["anaphor"][n, 0])
        family = "he, she" if kind < 8 else "it" if kind < 11 else "they" if kind < 15 else "description"
        row = found.setdefault(f"{part.a['sources'][part.a['source'][n]]}: {family}", [0, 0, 0, 0.0])
        linked = totals[best] >= 0.5 and best >= 0
        right = bool(marks[entities == best].max() == 1)
        for at, value in enumerate((1, linked and right, linked and not right, each[n])):
            row[at] += float(value)
    table = {
        key: {"n": int(v[0]), "right": int(v[1]), "wrong": int(v[2]), "loss": round(v[3] / v[0], 3)} for key, v in found.items()
    }
    return {"loss": round(float(each.mean()), 4), **dict(sorted(table.items()))}


def write(nets: list[Reader], folder: Path) -> None:
    """The shipped files. The members' hidden layers stand side by side, so that one sum averages their scores."""
    folder.mkdir(parents=True, exist_ok=True)

    def table(name: str) -> np.ndarray:
        return np.concatenate([getattr(net, name).weight.detach().numpy() for net in nets], axis=1)

    def out(name: str) -> np.ndarray:
        return np.concatenate([getattr(net, name).weight.detach().numpy()[0] for net in nets]) / len(nets)

    def bias(name: str) -> np.ndarray:
        return np.mean([getattr(net, name).bias.detach().numpy()[0] for net in nets])

    arrays = {name: table(name) for name in ("pair", "anaphor", "none")}
    arrays["straight"] = table("straight").mean(1)
    arrays |= {
        "pair_out": out("pair_out"),
        "none_out": out("none_out"),
        "pair_bias": bias("pair_out"),
        "none_bias": bias("none_out"),
    }
    np.savez(folder / "reader.npz", **{name: np.asarray(value, dtype=np.float32) for name, value in arrays.items()})
    facts = {
        "pair": PAIR,
        "anaphor": ANAPHOR,
        "sha256": {"reader.npz": hashlib.sha256((folder / "reader.npz").read_bytes()).hexdigest()},
    }
    (folder / "coreference.json").write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.set_num_threads(1)
    part, dev = Part(args.data / "labelled.npz"), Part(args.data / "develop.npz")
    nets = []
    for member in range(MEMBERS):
        nets.append(train(part, args.seed + member))
        log.info(json.dumps({"member": member, "seed": args.seed + member, "develop": develop(nets[-1:], dev)["loss"]}))
        np.savez(args.data / f"features-{member}.npz", **{name: value.numpy() for name, value in nets[-1].state_dict().items()})
    log.info(json.dumps({"members": MEMBERS, "develop": develop(nets, dev)}))
    write(nets, args.out)


if __name__ == "__main__":
    main()
