"""Scores become numbers with an interval: through the article, for an actor, by voice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import _face

if TYPE_CHECKING:
    from .intervals import Reading as Reading
    from .intervals import difference_of as difference_of
    from .intervals import discounted_tone as discounted_tone
    from .intervals import mean_of as mean_of
    from .intervals import mean_valence as mean_valence
    from .series import clear_order as clear_order
    from .series import contrasts as contrasts
    from .series import headline_leans as headline_leans
    from .series import readings as readings
    from .series import tone_series as tone_series
    from .series import voice_parts as voice_parts

__all__, __getattr__, __dir__ = _face(
    __name__,
    intervals="Reading difference_of discounted_tone mean_of mean_valence",
    series="clear_order contrasts headline_leans readings tone_series voice_parts",
)
