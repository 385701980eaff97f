"""Count what ``make mutants`` found: how many changes of each module the tests noticed.

``make mutants`` runs this after mutmut. It writes tests/mutants.json, which CONTRIBUTING.md cites.

The changes that no test notices were read. None changes a result, so no test can notice it: a ``dtype`` that numpy would
choose anyway, a weight or a filler that is divided away or multiplied by zero, ``<`` for ``<=`` at a tolerance, ``strict`` of
a ``zip`` of two pairs, the joiner of words that are only compared, a sentence number that a mean does not use, any text that
sorts behind all dates, a fourth letter of a month, and the seed and scheme that datasketch takes unless told otherwise.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
RESULT = ROOT / "tests" / "mutants.json"
SURVIVED = (0, 33)
"""What mutmut notes of a change that no test noticed, and of one in code that no test runs."""


def counted(folder: Path) -> dict[str, dict[str, int]]:
    """For each module under mutmut's folder, how many changes were made and how many were noticed.

    Raises:
        SystemExit: some changes were not tried.
    """
    result = {}
    for path in sorted(folder.glob("analysis/**/*.meta")):
        codes = json.loads(path.read_text("utf-8"))["exit_code_by_key"]
        if None in codes.values():
            sys.exit(f"{path.stem} has changes that were not tried. Run make mutants to the end.")
        module = path.relative_to(folder).with_suffix("").as_posix()
        result[module] = {"changes": len(codes), "noticed": sum(code not in SURVIVED for code in codes.values())}
    return {module: counts for module, counts in result.items() if counts["changes"]}


if __name__ == "__main__":
    found = counted(ROOT / "mutants")
    RESULT.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    for module, counts in found.items():
        print(f"{module}: {counts['noticed']} of {counts['changes']} changes noticed")  # noqa: T201
    print("Read the others: .venv/bin/mutmut results, .venv/bin/mutmut show NAME")  # noqa: T201
