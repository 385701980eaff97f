"""How fast the shipped encoder is, against an encoder of RoBERTa-base's size in the same run. Run: make bench-speed

All of them read the same sentences as token ids, one thread each, in the same runtime: the shipped file, its shape in fp32,
and a 12-layer, 768-wide fp32 encoder with random weights (the size of the best published model's base). The rounds are
interleaved, so that a busy machine slows all alike, and the best round of each counts. Sentences are those of NewsMTSC's dev
parts (TOWARD_DATA, default ../shared/data), or made-up ones of like length where the data is missing. With --memory it also
scores 100,000 targets and reports the most memory the process held; without, what the file says of the same model stays.
Writes benchmarks/speed.json.

Needs the training extra (onnx) beside the package.
"""

from __future__ import annotations

import argparse
import json
import platform
import re
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path.insert(0, str(ROOT))

from analysis import open_article  # noqa: E402
from analysis.study import seed_path  # noqa: E402
from analysis.tone import encoder, occlusion, readings  # noqa: E402
from training import data  # noqa: E402
from training.graph import Shape, build, random_weights  # noqa: E402

VOCABULARY = 30_527
ROUNDS = 5
BATCH = 16
LARGE_SAMPLE = 96
"""Targets a round for the large encoder; its speed does not depend on how many there are."""

MANY = 100_000
FLOOR = 4.0
MADE_UP = (
    "The minister of the interior said on Tuesday that critics had attacked {name} over the plan for new schools in the north."
)


def sentences() -> tuple[list[str], list[tuple[int, int]], str]:
    """Texts and spans to score, and where they are from."""
    try:
        examples = [one for name in ("dev_rw", "dev_mt") for one in data.newsmtsc(name)]
        return [one.text for one in examples], [one.first for one in examples], "NewsMTSC dev_rw and dev_mt"
    except OSError:
        text = MADE_UP.format(name="Sweden")
        at = text.index("Sweden")
        return [text] * 600, [(at, at + 6)] * 600, "one made-up sentence"


def session(model: bytes) -> Any:
    """An onnxruntime session on one thread."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def batched(rows: list[encoder.Row]) -> list[np.ndarray]:
    """Token ids in batches of one length."""
    by_length: dict[int, list[tuple[int, ...]]] = {}
    for row in rows:
        by_length.setdefault(len(row.ids), []).append(row.ids)
    return [
        np.array(same[at : at + BATCH], dtype=np.int64)
        for _, same in sorted(by_length.items())
        for at in range(0, len(same), BATCH)
    ]


def rate(model: Any, batches: list[np.ndarray]) -> float:
    """Targets a second."""
    began = time.perf_counter()
    for ids in batches:
        model.run(["tone"], {"ids": ids})
    return sum(len(ids) for ids in batches) / (time.perf_counter() - began)


def most_held() -> float:
    """The most memory this process has held, MiB. Linux counts in ru_maxrss what the parent held at the fork, so ask /proc."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
        return int(re.findall(r"VmHWM:\s+(\d+) kB", status)[0]) / 1024
    except (OSError, IndexError):
        held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return held / 2**20 if sys.platform == "darwin" else held / 1024


def many_targets() -> dict[str, float]:
    """Score MANY targets; run in a process of its own, so that its peak memory is this task's alone."""
    texts, spans, _ = sentences()
    times = MANY // len(texts) + 1
    before = most_held()
    encoder.score_targets(texts[:64], spans[:64])
    loaded = most_held()
    began = time.perf_counter()
    many = [f"{text} {turn}" for turn in range(times) for text in texts]  # no two alike: the same one is scored once
    scores = encoder.score_targets(many[:MANY], (spans * times)[:MANY])
    seconds = time.perf_counter() - began
    peak = most_held()
    return {
        "targets": len(scores),
        "seconds": round(seconds, 1),
        "targets_per_second_all_threads": round(len(scores) / seconds, 1),
        "before_mib": round(before, 1),
        "loaded_mib": round(loaded, 1),
        "peak_mib": round(peak, 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--memory", action="store_true", help=f"also score {MANY:,} targets and report the peak memory")
    parser.add_argument("--many", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--out", type=Path, default=HERE / "speed.json")
    args = parser.parse_args()
    if args.many:
        print(json.dumps(many_targets()))
        return
    texts, spans, source = sentences()
    rows = list(encoder.read_rows([texts, spans, None]))
    marks = encoder.open_model().facts["marks"]
    half, whole = (Shape(layers, 768, 12, 1e-5, marks["first"], marks["second"], 0) for layers in (6, 12))
    models = {
        "shipped_int8": session((encoder.FOLDER / "model.int8.onnx").read_bytes()),
        "same_shape_fp32": session(
            build(random_weights(layers=6, width=768, vocabulary=VOCABULARY), half, way="fp32").SerializeToString()
        ),
        "roberta_base_size_fp32": session(
            build(random_weights(layers=12, width=768, vocabulary=VOCABULARY), whole, way="fp32").SerializeToString()
        ),
    }
    order = np.random.default_rng(0).permutation(len(rows))
    all_batches = batched(rows)
    some_batches = batched([rows[at] for at in order[:LARGE_SAMPLE]])
    best = dict.fromkeys(models, 0.0)
    for _ in range(args.rounds):
        for name, model in models.items():
            best[name] = max(best[name], rate(model, some_batches if name.startswith("roberta") else all_batches))
    began = time.perf_counter()
    encoder.score_targets(texts, spans)
    rate_with_tokens = len(texts) / (time.perf_counter() - began)
    asked, places, others = readings(open_article(seed_path()).cast)
    began = time.perf_counter()
    occlusion.target_cues(asked, places, also=others)
    evidence = time.perf_counter() - began
    base = best["roberta_base_size_fp32"]
    sha = encoder.open_model().facts["sha256"]["model.int8.onnx"]
    before = json.loads(args.out.read_text(encoding="utf-8")) if args.out.exists() else {}
    result: dict[str, Any] = {
        "model_sha256": sha,
        "sentences": source,
        "tokens_per_target": round(float(np.mean([len(row.ids) for row in rows])), 1),
        "threads": 1,
        "targets_per_second": {name: round(value, 1) for name, value in best.items()},
        "ratio_to_roberta_base_size": {name: round(value / base, 1) for name, value in best.items()},
        "floor": FLOOR,
        "score_targets_per_second_all_threads_with_tokens": round(rate_with_tokens, 1),
        "evidence": {"mentions_of_the_seed_article": len(asked), "seconds": round(evidence, 2)},
        "file_mib": round((encoder.FOLDER / "model.int8.onnx").stat().st_size / 2**20, 1),
        "machine": platform.machine(),
        "onnxruntime": onnxruntime.__version__,
    }
    if args.memory:
        done = subprocess.run([sys.executable, __file__, "--many"], capture_output=True, text=True, check=True, cwd=ROOT)
        result["memory"] = json.loads(done.stdout)
    elif before.get("model_sha256") == sha and "memory" in before:
        result["memory"] = before["memory"]
    args.out.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
