"""Tone of the wording toward each actor: scorers by name, scores with their evidence, and who stands where on whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import _face

if TYPE_CHECKING:
    from .contributions import mean_cues as mean_cues
    from .encoder import FOLDER as FOLDER
    from .encoder import repetitions as repetitions
    from .encoder import score_pairs as score_pairs
    from .plugins import Scorer as Scorer
    from .plugins import Target as Target
    from .plugins import find_scorer as find_scorer
    from .plugins import scorer_names as scorer_names
    from .plugins import version_of as version_of
    from .scorers import EncoderScorer as EncoderScorer
    from .scorers import score_targets as score_targets
    from .scorers import scored_together as scored_together
    from .scorers import scorer_inputs as scorer_inputs
    from .scorers import tone_toward as tone_toward
    from .stances import find_stances as find_stances
    from .stances import is_stated as is_stated
    from .stances import positions as positions
    from .valence import sentiments as sentiments
    from .word_lists import ClauseScorer as ClauseScorer
    from .word_lists import VaderScorer as VaderScorer

__all__, __getattr__, __dir__ = _face(
    __name__,
    contributions="mean_cues",
    encoder="FOLDER repetitions score_pairs",
    plugins="Scorer Target find_scorer scorer_names version_of",
    scorers="EncoderScorer score_targets scored_together scorer_inputs tone_toward",
    stances="find_stances is_stated positions",
    valence="sentiments",
    word_lists="ClauseScorer VaderScorer",
)
