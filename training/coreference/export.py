"""Write the network that reads words as it is shipped: words.int8.onnx, words.npz and coreference.json.

    python -m training.coreference.export --wheels WHEELS --data FOLDER [--name student] [--way row]

The trunk is held in int8 as the tone encoder is (`training.graph`); the heads, small, in half precision.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path

import numpy as np

from analysis.actors.coreference import FOLDER
from training.coreference.base import minilm, open_minilm
from training.coreference.network import HEADS_NEW, TRUNKS
from training.graph import Shape, build_states, write
from training.network import HEADS

WORDS = 30527
PAD = 1
SEED = 1


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wheels", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--name", default="student")
    parser.add_argument("--mixture", type=float, nargs=2, required=True, help="weights of words and of features")
    parser.add_argument("--way", choices=("row", "fp32"), default="row")
    parser.add_argument("--out", type=Path, default=FOLDER)
    args = parser.parse_args()
    state: dict[str, np.ndarray] = {}
    for path in sorted(args.data.glob(f"{args.name}-[0-9].npz")):
        with np.load(path, allow_pickle=False) as held:
            state |= {key: held[key].astype(np.float32) for key in held.files}
    state["words.weight"] = minilm(open_minilm(args.wheels), WORDS)["words.weight"]
    layers = len({key.split(".")[1] for key in state if key.startswith("layers.")})
    trunk = TRUNKS["minilm"]
    shape = Shape(layers, trunk.width, HEADS, trunk.epsilon, (), PAD)
    write(build_states(state, shape, way=args.way, seed=SEED), args.out / "words.int8.onnx")
    heads = {key: value for key, value in state.items() if key.split(".")[0] in HEADS_NEW}
    shipped = {key: as_used(key, value).astype(np.float16) for key, value in heads.items()}
    np.savez(args.out / "words.npz", **shipped)
    facts = json.loads((args.out / "coreference.json").read_text("utf-8"))
    for name in ("words.int8.onnx", "words.npz"):
        facts["sha256"][name] = hashlib.sha256((args.out / name).read_bytes()).hexdigest()
    facts["mixture"] = list(args.mixture)
    (args.out / "coreference.json").write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")


def as_used(name: str, value: np.ndarray) -> np.ndarray:
    """A head's weights as `analysis.actors.words` multiplies them: inputs down, a single output without its axis."""
    part, kind = name.rpartition(".")[::2]
    if part in ("pair_out", "none_out"):
        return value[0]
    if part == "straight":
        return value[:, 0]
    return value.T if part.startswith("of_") and kind == "weight" else value


if __name__ == "__main__":
    main()
