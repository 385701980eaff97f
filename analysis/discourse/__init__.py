"""Who says what, how surely, and who does what to whom: read from the parse of an article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import _face

if TYPE_CHECKING:
    from .attributions import covers as covers
    from .attributions import find_attributions as find_attributions
    from .attributions import reporting_word as reporting_word
    from .attributions import source_head as source_head
    from .discourse import Discourse as Discourse
    from .discourse import find_discourse as find_discourse
    from .events import Event as Event
    from .events import adjusted_valence as adjusted_valence
    from .events import event_cues as event_cues
    from .events import event_words_at as event_words_at
    from .events import factuality as factuality
    from .events import find_events as find_events
    from .events import is_addressed as is_addressed
    from .events import owned as owned
    from .events import sentence_tree as sentence_tree
    from .events import whole_phrase as whole_phrase
    from .hedges import Hedge as Hedge
    from .hedges import certainties as certainties
    from .hedges import certainty_profile as certainty_profile
    from .hedges import find_hedges as find_hedges
    from .lexicon import EventWord as EventWord
    from .lexicon import ReportingWord as ReportingWord
    from .lexicon import reporting_words as reporting_words
    from .lexicon import word_group as word_group
    from .rules import Rule as Rule
    from .syntax import Tree as Tree
    from .syntax import agent_of as agent_of
    from .syntax import is_passive as is_passive
    from .syntax import reporting_word_at as reporting_word_at
    from .syntax import subject_of as subject_of
    from .voices import Voice as Voice
    from .voices import find_voices as find_voices
    from .voices import voice_at as voice_at

__all__, __getattr__, __dir__ = _face(
    __name__,
    attributions="find_attributions reporting_word source_head covers",
    discourse="Discourse find_discourse",
    events=(
        "Event adjusted_valence event_cues event_words_at factuality find_events is_addressed owned sentence_tree whole_phrase"
    ),
    hedges="Hedge certainties certainty_profile find_hedges",
    lexicon="reporting_words EventWord ReportingWord word_group",
    rules="Rule",
    syntax="Tree agent_of is_passive subject_of reporting_word_at",
    voices="Voice find_voices voice_at",
)
