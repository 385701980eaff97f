"""Scores become numbers with an interval: through the article, for an actor, by voice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import _face

if TYPE_CHECKING:
    from .across import ToneSums as ToneSums
    from .across import difference_across as difference_across
    from .across import mean_across as mean_across
    from .agreement import ordinal_alpha as ordinal_alpha
    from .corrected import ThreeEstimates as ThreeEstimates
    from .corrected import corrected_mean as corrected_mean
    from .handcoded import Figure as Figure
    from .handcoded import SheetCheck as SheetCheck
    from .handcoded import Slice as Slice
    from .handcoded import check as check
    from .intervals import SentenceTone as SentenceTone
    from .intervals import certainty_weighted_tone as certainty_weighted_tone
    from .intervals import difference_of as difference_of
    from .intervals import mean_of as mean_of
    from .intervals import mean_valence as mean_valence
    from .sampling import SampledUnit as SampledUnit
    from .sampling import Unit as Unit
    from .sampling import draw as draw
    from .sampling import units_of as units_of
    from .sensitivity import Specification as Specification
    from .sensitivity import Survival as Survival
    from .sensitivity import scorers_agreement as scorers_agreement
    from .sensitivity import specifications as specifications
    from .sensitivity import survivals as survivals
    from .sequence import Slot as Slot
    from .sequence import per_bar as per_bar
    from .sequence import slots_of as slots_of
    from .sequence import trend_of as trend_of
    from .series import clear_order as clear_order
    from .series import contrasts as contrasts
    from .series import headline_leans as headline_leans
    from .series import sentence_tones as sentence_tones
    from .series import tone_series as tone_series
    from .series import voice_parts as voice_parts
    from .sheets import Sheet as Sheet
    from .sheets import key_of as key_of
    from .sheets import read_sheet as read_sheet
    from .sheets import write_sheet as write_sheet

__all__, __getattr__, __dir__ = _face(
    __name__,
    agreement="ordinal_alpha",
    corrected="ThreeEstimates corrected_mean",
    handcoded="SheetCheck Figure Slice check",
    across="ToneSums difference_across mean_across",
    intervals="SentenceTone difference_of certainty_weighted_tone mean_of mean_valence",
    sampling="SampledUnit Unit draw units_of",
    sensitivity="Specification Survival scorers_agreement specifications survivals",
    sequence="Slot per_bar slots_of trend_of",
    series="clear_order contrasts headline_leans sentence_tones tone_series voice_parts",
    sheets="Sheet key_of read_sheet write_sheet",
)
