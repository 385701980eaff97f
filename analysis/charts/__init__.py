"""Numbers become charts: inline SVG with its texts and its numbers in a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import _face

if TYPE_CHECKING:
    from .canvas import Canvas as Canvas
    from .certainty import certainty_flow as certainty_flow
    from .chart import Chart as Chart
    from .chart import finish as finish
    from .layout import fit as fit
    from .mentions import dispersion as dispersion
    from .sentiment import sentiment_flow as sentiment_flow
    from .stances import stance_matrix as stance_matrix
    from .stances import stance_network as stance_network
    from .style import INK as INK
    from .style import SECONDARY as SECONDARY
    from .style import WIDTH as WIDTH
    from .tone import browse as browse
    from .tone import ranking as ranking
    from .tone import tone_panels as tone_panels
    from .voices import voice_bars as voice_bars

__all__, __getattr__, __dir__ = _face(
    __name__,
    canvas="Canvas",
    certainty="certainty_flow",
    chart="Chart finish",
    layout="fit",
    mentions="dispersion",
    sentiment="sentiment_flow",
    stances="stance_matrix stance_network",
    style="INK SECONDARY WIDTH",
    tone="browse ranking tone_panels",
    voices="voice_bars",
)
