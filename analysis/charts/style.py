"""How charts look, in one place: colours, sizes and matplotlib's settings.

Colours are told apart with any colour vision: a difference of at least 47 between neighbours in normal, protan,
deutan and tritan vision, where red and green fall to 6 to 14. Both ends have a luminance between 0.117 and 0.300, so
that they stand out at 3:1 from white and from near-black. Ink is ``currentColor`` in what a page shows.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from matplotlib.figure import Figure

NEGATIVE: Final = "#b35806"
POSITIVE: Final = "#2166ac"
STEPS: Final = ("#b35806", "#d08a59", "#e6bda4", "#f2f2f2", "#b5c1db", "#7692c4", "#2166ac")
INK: Final = "#1a1a1a"
SECONDARY: Final = "#595959"
WIDTH: Final = 640.0
"""Units across a chart. At its least width (34rem, 544 px) a text of 13 units is 11 px high."""
TEXT: Final = 13.0
HEAD: Final = 14.0
FONT: Final = "DejaVu Sans"
"""Measures texts: it comes with matplotlib and is wider than what pages use, so what fits here fits there."""


@contextmanager
def settings() -> Iterator[None]:
    """What drawing and export need of matplotlib, whatever a user's own settings say."""
    import matplotlib as mpl

    chosen: dict[Any, Any] = {
        "svg.hashsalt": "toward",
        "svg.fonttype": "none",
        "svg.image_inline": True,
        "text.parse_math": False,
        "text.usetex": False,
        "font.family": [FONT],
        "font.size": TEXT,
        "path.simplify": False,
        "path.sketch": None,
    }
    with mpl.rc_context(chosen), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=".*[Gg]lyph.*missing from.*font")
        yield


def figure(width: float, height: float) -> Figure:
    """An empty figure of so many units (a unit is a CSS pixel at full size), clear, without pyplot."""
    from matplotlib.figure import Figure

    with settings():
        made = Figure(figsize=(width / 72, height / 72), dpi=72)
    made.patch.set_visible(False)
    return made


NAMES = 168.0
