"""Numbers become charts: inline SVG with its texts and its numbers in a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import _face

if TYPE_CHECKING:
    from .stances import certainty_flow as certainty_flow
    from .stances import stance_matrix as stance_matrix
    from .stances import stance_network as stance_network
    from .stances import voice_bars as voice_bars
    from .style import INK as INK
    from .style import SECONDARY as SECONDARY
    from .style import WIDTH as WIDTH
    from .style import Canvas as Canvas
    from .style import fit as fit
    from .tone import Chart as Chart
    from .tone import browse as browse
    from .tone import dispersion as dispersion
    from .tone import finish as finish
    from .tone import ranking as ranking
    from .tone import sentiment_flow as sentiment_flow
    from .tone import tone_panels as tone_panels

__all__, __getattr__, __dir__ = _face(
    __name__,
    stances="certainty_flow stance_matrix stance_network voice_bars",
    style="Canvas INK SECONDARY WIDTH fit",
    tone="Chart browse dispersion finish ranking sentiment_flow tone_panels",
)
