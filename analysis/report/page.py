"""What all pages share: their policy, their templates, their titles, and no byte that says nothing."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from ..display import environment

RESOURCES = Path(__file__).parents[1] / "resources"
POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""Nothing is fetched, nothing runs; styles in the page and pictures in ``data:`` addresses are allowed."""
_OPTIONAL = re.compile(r"</t[dh]>\s*(?=<(?:t[dhr]\b|/tr>|/tbody>|/thead>))|</tr>\s*(?=<(?:tr\b|/tbody>|/thead>))")


def lean(page: str) -> str:
    """A page without the end tags of cells and rows that HTML lets one leave out: the same document, a tenth lighter."""
    return _OPTIONAL.sub("", page)


@cache
def parts() -> Any:
    """The macros of ``parts.html.j2``, which several pages use."""
    return environment().get_template("parts.html.j2").module


def title_of(path: Path) -> str:
    """The title of a notebook on disk: its first heading of level 1, else its file's name."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown" and (heading := re.search(r"^# +(.+)$", "".join(cell["source"]), re.MULTILINE)):
            return re.sub(r"[*_`]", "", heading[1]).strip()
    return re.sub(r"^\d+-|[-_]+", " ", path.stem).strip().capitalize()
