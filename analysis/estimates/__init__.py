"""Scores become numbers with an interval: through the article, for an actor, by voice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import _face

if TYPE_CHECKING:
    from .intervals import discounted_tone as discounted_tone
    from .intervals import mean_valence as mean_valence
    from .series import tone_series as tone_series
    from .series import voice_parts as voice_parts

__all__, __getattr__, __dir__ = _face(
    __name__,
    intervals="discounted_tone mean_valence",
    series="tone_series voice_parts",
)
