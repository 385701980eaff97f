"""How charts look, in one place: sizes, and one context of matplotlib settings.

The two colours differ by at least 47 in normal, protan, deutan and tritan vision, where red and green fall to 6 to 14.
Both have a luminance between 0.117 and 0.300, so that they stand out at 3:1 from white and from near-black.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

from ..display import FONT as FONT
from ..display import INK as INK
from ..display import NEGATIVE as NEGATIVE
from ..display import POSITIVE as POSITIVE
from ..display import SECONDARY as SECONDARY
from ..display import TEXT as TEXT

WIDTH: Final = 640.0
"""Units across a chart; a unit is a CSS pixel where the chart is as wide as that, and a point on paper."""
NARROW: Final = 355.0
"""Units across the second drawing, which a page shows where it is narrower than ``WIDTH``."""
HEAD: Final = 14.0
HOUSE: Final[Mapping[str, Any]] = {
    **dict.fromkeys(("axes.edgecolor", "axes.labelcolor", "xtick.color", "ytick.color"), SECONDARY),
    **dict.fromkeys(("font.size", "xtick.labelsize", "ytick.labelsize"), TEXT),
    **dict.fromkeys(("xtick.major.size", "ytick.major.size"), 0),
    **{"axes.facecolor": "none", "axes.titlelocation": "left", "axes.titlesize": HEAD, "axes.titleweight": "bold"},
    **{"figure.dpi": 72, "font.family": [FONT], "path.simplify": False, "pdf.fonttype": 42, "svg.fonttype": "none"},
    **{"svg.hashsalt": "toward", "text.color": INK, "text.hinting": "none", "text.parse_math": False},
}
"""Where the house differs from matplotlib's defaults. A chart on Axes of yours takes your settings instead."""


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

    settings: dict[Any, Any] = dict(HOUSE)
    chosen: dict[Any, Any] = dict(own or {})
    with mpl.rc_context(), warnings.catch_warnings():
        if not in_force():
            mpl.rcdefaults()
            mpl.rcParams.update(settings)
        mpl.rcParams.update(chosen)
        warnings.filterwarnings("ignore", message=".*[Gg]lyph.*missing from.*font")
        yield


def in_force() -> dict[str, Any]:
    """What differs from matplotlib's defaults within a block of ``house_style``, to draw again by; nothing outside of one."""
    import matplotlib as mpl

    now: Any = mpl.rcParams.copy()  # looking into the copy chooses no backend
    house = now["svg.hashsalt"] == HOUSE["svg.hashsalt"]
    return {key: value for key, value in now.items() if house and value != mpl.rcParamsDefault.get(key)}


def ink() -> str:
    """The colour of texts and strong lines, by the rcParams in force."""
    import matplotlib as mpl

    return str(mpl.rcParams["text.color"])


def secondary() -> str:
    """The colour of what stands back, by the rcParams in force."""
    import matplotlib as mpl

    return str(mpl.rcParams["xtick.color"])
