"""Average the weights of runs that go on from one another: one network, often better than either.

    python -m training.average --out WORK/student.safetensors WORK/a-mean.safetensors WORK/b-mean.safetensors

Source: Wortsman et al. 2022, Model soups.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file, save_file


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    tables = [load_file(str(path)) for path in args.weights]
    save_file(
        {name: np.mean([table[name] for table in tables], axis=0).astype(tables[0][name].dtype) for name in tables[0]},
        str(args.out),
    )


if __name__ == "__main__":
    main()
