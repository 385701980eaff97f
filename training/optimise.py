"""One training run: readings in, a trained network out. A line on the screen tells how each epoch went."""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import torch
from torch import nn

from training.network import HEAD_NAMES, ToneNet
from training.readings import Batch, Batches, Prepared, Reading

log = logging.getLogger("training")

WARM = 0.06
"""Share of the steps in which the rate rises; then it falls in a straight line to zero."""

DECAY = 0.01
LARGEST_GRADIENT = 1.0


def as_line(**facts: Any) -> str:
    """Facts as one line to read: "run student-a, epoch 1, loss 2.77"."""
    return ", ".join(f"{name} {value}" for name, value in facts.items())


def optimise(
    net: ToneNet,
    prepared: Prepared,
    readings: Callable[[int, np.random.Generator], Sequence[Reading]],
    loss: Callable[[ToneNet, Batch], torch.Tensor],
    *,
    epochs: int,
    size: int,
    rate: float,
    head_times: float,
    seed: int,
    name: str,
) -> None:
    """Train a network in place.

    Args:
        net: the network, on its device.
        readings: draws an epoch's readings.
        loss: of one batch.
        rate: the highest learning rate; `head_times` of it is the rate of the parts in HEAD_NAMES.
        name: what the lines on the screen call the run.
    """
    device = next(net.parameters()).device
    rng = np.random.default_rng(seed)
    torch.manual_seed(seed)
    moving = {key: value for key, value in net.named_parameters() if value.requires_grad}
    fresh = [value for key, value in moving.items() if key.split(".")[0] in HEAD_NAMES]
    rest = [value for key, value in moving.items() if key.split(".")[0] not in HEAD_NAMES]
    groups = [{"params": rest, "times": 1.0}, {"params": fresh, "times": head_times}]
    optimizer = torch.optim.AdamW(groups, lr=rate, weight_decay=DECAY, fused=True)
    began, step, total = time.monotonic(), 0, 0
    for epoch in range(epochs):
        batches = Batches(prepared, readings(epoch, rng), size, device, rng)
        total = total or epochs * len(batches)
        running = torch.zeros((), device=device)
        net.train()
        for batch in batches:
            share = step / total
            factor = min(share / WARM, max(0.0, (1 - share) / (1 - WARM)))
            for group in optimizer.param_groups:
                group["lr"] = rate * group["times"] * factor
            with torch.autocast(device.type, dtype=torch.bfloat16):
                value = loss(net, batch)
            value.backward()
            nn.utils.clip_grad_norm_(rest, LARGEST_GRADIENT)
            nn.utils.clip_grad_norm_(fresh, LARGEST_GRADIENT)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            running += value.detach()
            step += 1
            if device.type == "cpu" and step % 50 == 0:
                spent = time.monotonic() - began
                log.info(
                    as_line(run=name, step=step, of=total, seconds=round(spent), left=round(spent / step * (total - step)))
                )
        mean = float(running) / max(1, len(batches))
        if not math.isfinite(mean):
            raise RuntimeError(f"{name}: the loss is not finite in epoch {epoch + 1}.")
        spent = round(time.monotonic() - began)
        log.info(as_line(run=name, epoch=epoch + 1, of=epochs, steps=step, loss=round(mean, 4), seconds=spent))
