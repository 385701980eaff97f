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
    from .events import event_cues as event_cues
    from .events import find_events as find_events
    from .events import is_addressed as is_addressed
    from .events import owned as owned
    from .events import push_of as push_of
    from .events import sentence_tree as sentence_tree
    from .events import standing as standing
    from .events import whole_phrase as whole_phrase
    from .events import words_of as words_of
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
    from .syntax import subject_of as subject_of
    from .syntax import word_of as word_of
    from .voices import Voice as Voice
    from .voices import find_voices as find_voices
    from .voices import voice_at as voice_at

__all__, __getattr__, __dir__ = _face(
    __name__,
    attributions="find_attributions reporting_word source_head covers",
    discourse="Discourse find_discourse",
    events="Event event_cues find_events is_addressed owned push_of sentence_tree standing whole_phrase words_of",
    hedges="Hedge certainties certainty_profile find_hedges",
    lexicon="reporting_words EventWord ReportingWord word_group",
    rules="Rule",
    syntax="Tree agent_of is_passive subject_of word_of",
    voices="Voice find_voices voice_at",
)
