"""Numbers become charts: matplotlib figures with their texts, and their numbers in a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import _face

if TYPE_CHECKING:
    from .export import Chart as Chart
    from .export import finish as finish
    from .forms import Row as Row
    from .forms import bars as bars
    from .forms import dots as dots
    from .lab import Plots as Plots
    from .lab import browse as browse
    from .lab import explore as explore
    from .layout import Sheet as Sheet
    from .layout import house_style as house_style
    from .rows import ranking as ranking
    from .rows import specification_chart as specification_chart
    from .rows import tone_by_month as tone_by_month
    from .rows import tones_by_group as tones_by_group
    from .rows import voice_bars as voice_bars
    from .sentences import certainty_flow as certainty_flow
    from .sentences import dispersion as dispersion
    from .sentences import sentiment_flow as sentiment_flow
    from .sentences import tone_panels as tone_panels
    from .stances import stance_matrix as stance_matrix
    from .stances import stance_network as stance_network

__all__, __getattr__, __dir__ = _face(
    __name__,
    lab="Plots browse explore",
    export="Chart finish",
    forms="Row bars dots",
    layout="Sheet house_style",
    rows="ranking specification_chart tone_by_month tones_by_group voice_bars",
    sentences="certainty_flow dispersion sentiment_flow tone_panels",
    stances="stance_matrix stance_network",
)
