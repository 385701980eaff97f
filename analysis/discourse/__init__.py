"""Who says what, how surely, and who does what to whom: read from the parse of an article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import _face

if TYPE_CHECKING:
    from .attributions import Hedge as Hedge
    from .attributions import Voice as Voice
    from .attributions import certainties as certainties
    from .attributions import certainty_profile as certainty_profile
    from .attributions import find_attributions as find_attributions
    from .attributions import find_hedges as find_hedges
    from .attributions import find_voices as find_voices
    from .attributions import reporting_word as reporting_word
    from .attributions import source_head as source_head
    from .attributions import voice_at as voice_at
    from .events import Deed as Deed
    from .events import deed_cues as deed_cues
    from .events import find_deeds as find_deeds
    from .events import owned as owned
    from .events import push_of as push_of
    from .events import sentence_tree as sentence_tree
    from .syntax import Tree as Tree
    from .syntax import reporting_words as reporting_words

__all__, __getattr__, __dir__ = _face(
    __name__,
    attributions=(
        "Hedge Voice certainties certainty_profile find_attributions find_hedges find_voices reporting_word source_head "
        "voice_at"
    ),
    events="Deed deed_cues find_deeds owned push_of sentence_tree",
    syntax="Tree reporting_words",
)
