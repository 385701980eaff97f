"""How charts look, in one place: colours, sizes, and one context of matplotlib settings.

The two colours differ by at least 47 in normal, protan, deutan and tritan vision, where red and green fall to 6 to 14.
Both have a luminance between 0.117 and 0.300, so that they stand out at 3:1 from white and from near-black. On a page,
ink becomes ``currentColor``.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final

NEGATIVE: Final = "#b35806"
POSITIVE: Final = "#2166ac"
INK: Final = "#1a1a1a"
SECONDARY: Final = "#595959"
WIDTH: Final = 640.0
"""Units across a chart; a unit is a CSS pixel where the chart is as wide as that, and a point on paper."""
NARROW: Final = 355.0
"""Units across the second drawing, which a page shows where it is narrower than ``WIDTH``."""
TEXT: Final = 13.0
HEAD: Final = 14.0
FONT: Final = "DejaVu Sans"
"""Measures texts: it comes with matplotlib and is wider than what pages use, so what fits here fits there."""

HOUSE: Final[Mapping[str, Any]] = {
    **dict.fromkeys(("axes.edgecolor", "axes.labelcolor", "xtick.color", "ytick.color"), SECONDARY),
    **dict.fromkeys(("font.size", "xtick.labelsize", "ytick.labelsize"), TEXT),
    **dict.fromkeys(("xtick.major.size", "ytick.major.size"), 0),
    "axes.facecolor": "none",
    "axes.titlelocation": "left",
    "axes.titlesize": HEAD,
    "axes.titleweight": "bold",
    "figure.dpi": 72,
    "font.family": [FONT],
    "path.simplify": False,
    "pdf.fonttype": 42,
    "svg.fonttype": "none",
    "svg.hashsalt": "toward",
    "text.color": INK,
    "text.hinting": "none",
    "text.parse_math": False,
}
"""Where the house differs from matplotlib's defaults. A chart on Axes of yours takes your settings instead."""
_OWN: ContextVar[Mapping[str, Any]] = ContextVar("own")


@contextmanager
def house_style(own: Mapping[str, Any] | None = None) -> Iterator[None]:
    """The house's look, within a ``with`` block; your own rcParams come back after it.

    A chart that makes its own figure draws itself in this style, whatever your rcParams say, so that it looks the same
    everywhere. Two uses are left to you: to change its look, and to give the same look to a figure of your own.

    Args:
        own: rcParams that win over the house's, for every chart drawn within the block.

    Example:
        >>> import matplotlib as mpl
        >>> with house_style({"font.size": 15}):
        ...     mpl.rcParams["font.size"], mpl.rcParams["text.color"]
        (15.0, '#1a1a1a')
    """
    import matplotlib as mpl

    chosen = {**own_style(), **(own or {})}
    token = _OWN.set(chosen)
    try:
        with mpl.rc_context(), warnings.catch_warnings():
            mpl.rcdefaults()
            settings: dict[Any, Any] = {**HOUSE, **chosen}
            mpl.rcParams.update(settings)
            warnings.filterwarnings("ignore", message=".*[Gg]lyph.*missing from.*font")
            yield
    finally:
        _OWN.reset(token)


def own_style() -> Mapping[str, Any]:
    """What the blocks of ``house_style`` around this call change."""
    return _OWN.get({})


def ink() -> str:
    """The colour of texts and strong lines, by the rcParams in force."""
    import matplotlib as mpl

    return str(mpl.rcParams["text.color"])


def secondary() -> str:
    """The colour of what stands back, by the rcParams in force."""
    import matplotlib as mpl

    return str(mpl.rcParams["xtick.color"])
