"""Tone of the wording toward each actor: scorers by name, scores with their evidence, and who stands where on whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import _face

if TYPE_CHECKING:
    from .encoder import FOLDER as FOLDER
    from .encoder import repetitions as repetitions
    from .encoder import score_pairs as score_pairs
    from .scorers import SCORERS as SCORERS
    from .scorers import check_scorer as check_scorer
    from .scorers import readings as readings
    from .scorers import score_targets as score_targets
    from .scorers import tone_toward as tone_toward
    from .stances import find_stances as find_stances
    from .stances import positions as positions
    from .valence import sentiments as sentiments

__all__, __getattr__, __dir__ = _face(
    __name__,
    encoder="FOLDER repetitions score_pairs",
    scorers="SCORERS check_scorer readings score_targets tone_toward",
    stances="find_stances positions",
    valence="sentiments",
)
