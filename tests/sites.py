"""The reports that tests read: built once each, for the seed article and for the hostile one."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from analysis.report import build_reports
from analysis.study import seed_path
from tests import hostile

NAMES = ("seed", "hostile")
SOURCES = {"seed": seed_path(), "hostile": hostile.PATH}


@cache
def site(name: str) -> Path:
    """The folder of a finished report."""
    out = Path(tempfile.mkdtemp(prefix=f"toward-{name}-"))
    atexit.register(shutil.rmtree, out, ignore_errors=True)
    (index,) = build_reports([SOURCES[name]], out=out)
    return index.parent


def pages(name: str) -> dict[str, str]:
    """Its pages by file name; never empty."""
    found = {path.name: path.read_text("utf-8") for path in sorted(site(name).glob("*.html"))}
    assert "index.html" in found
    assert len(found) > 1
    return found
