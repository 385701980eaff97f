"""What a notebook shows: safe text, wording, tables, answers and evidence sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import _face

if TYPE_CHECKING:
    from .answer import Answer as Answer
    from .answer import Phrase as Phrase
    from .answer import say as say
    from .captions import SCALE as SCALE
    from .captions import STATES as STATES
    from .captions import actors_said as actors_said
    from .captions import actors_table as actors_table
    from .captions import bar_notes as bar_notes
    from .captions import certainty_table as certainty_table
    from .captions import coverage as coverage
    from .captions import mentions_table as mentions_table
    from .captions import out_of as out_of
    from .captions import positions_coverage as positions_coverage
    from .captions import positions_said as positions_said
    from .captions import positions_table as positions_table
    from .captions import source_line as source_line
    from .captions import tones_table as tones_table
    from .captions import valence_table as valence_table
    from .captions import voices_table as voices_table
    from .captions import whiskers as whiskers
    from .captions import with_counts as with_counts
    from .evidence import carrying_words as carrying_words
    from .evidence import strongest_points as strongest_points
    from .evidence import voice_of as voice_of
    from .findings import NOT_SCORED as NOT_SCORED
    from .findings import accuracy_answer as accuracy_answer
    from .findings import accuracy_title as accuracy_title
    from .findings import alpha_words as alpha_words
    from .findings import by_finding as by_finding
    from .findings import carriers as carriers
    from .findings import cast_answer as cast_answer
    from .findings import cast_title as cast_title
    from .findings import certainty_title as certainty_title
    from .findings import change_words as change_words
    from .findings import check_answer as check_answer
    from .findings import clearest as clearest
    from .findings import compared as compared
    from .findings import contrast_line as contrast_line
    from .findings import corrected_lines as corrected_lines
    from .findings import errors_line as errors_line
    from .findings import expressed as expressed
    from .findings import finding as finding
    from .findings import has_something_to_say as has_something_to_say
    from .findings import headline as headline
    from .findings import headline_line as headline_line
    from .findings import headlines as headlines
    from .findings import interval_key as interval_key
    from .findings import is_few as is_few
    from .findings import is_hedged as is_hedged
    from .findings import matrix_title as matrix_title
    from .findings import may_stand_alone as may_stand_alone
    from .findings import mean_with_interval as mean_with_interval
    from .findings import measured as measured
    from .findings import methods_paragraph as methods_paragraph
    from .findings import network_title as network_title
    from .findings import ranking_title as ranking_title
    from .findings import scored_of as scored_of
    from .findings import sentiment_answer as sentiment_answer
    from .findings import sentiment_title as sentiment_title
    from .findings import sheet_words as sheet_words
    from .findings import short_name as short_name
    from .findings import stances_answer as stances_answer
    from .findings import standing as standing
    from .findings import strong_title as strong_title
    from .findings import strongest as strongest
    from .findings import survival_answer as survival_answer
    from .findings import survival_line as survival_line
    from .findings import survival_title as survival_title
    from .findings import text_answer as text_answer
    from .findings import three_ways as three_ways
    from .findings import times as times
    from .findings import tone_answer as tone_answer
    from .findings import tone_title as tone_title
    from .findings import verdict as verdict
    from .findings import voice_name as voice_name
    from .findings import voices_answer as voices_answer
    from .findings import voices_title as voices_title
    from .findings import who_says as who_says
    from .passage import marked as marked
    from .passage import passages as passages
    from .shown import Shown as Shown
    from .shown import Together as Together
    from .shown import anchor as anchor
    from .shown import digest as digest
    from .shown import on_page as on_page
    from .shown import stylesheet as stylesheet
    from .shown import together as together
    from .shown import without_style as without_style
    from .svg import FONT as FONT
    from .svg import INK as INK
    from .svg import NEGATIVE as NEGATIVE
    from .svg import POSITIVE as POSITIVE
    from .svg import SECONDARY as SECONDARY
    from .svg import TEXT as TEXT
    from .svg import link_layer as link_layer
    from .svg import picture as picture
    from .svg import pieces as pieces
    from .table import Column as Column
    from .table import Link as Link
    from .table import Table as Table
    from .templates import environment as environment
    from .templates import macros as macros
    from .wording import FEW as FEW
    from .wording import NO_WORDS as NO_WORDS
    from .wording import article_of as article_of
    from .wording import count as count
    from .wording import estimate as estimate
    from .wording import interval as interval
    from .wording import listing as listing
    from .wording import number as number
    from .wording import plural as plural
    from .wording import share as share
    from .wording import surely as surely
    from .wording import tone_word as tone_word

__all__, __getattr__, __dir__ = _face(
    __name__,
    answer="Answer Phrase say",
    captions=(
        "SCALE STATES actors_said actors_table bar_notes certainty_table coverage mentions_table out_of "
        "positions_coverage positions_said positions_table source_line tones_table valence_table voices_table "
        "whiskers with_counts"
    ),
    evidence="carrying_words strongest_points voice_of",
    findings=(
        "NOT_SCORED accuracy_answer accuracy_title alpha_words carriers cast_answer cast_title certainty_title change_words "
        "check_answer clearest compared contrast_line corrected_lines errors_line expressed finding has_something_to_say "
        "headline headline_line headlines interval_key is_few is_hedged matrix_title may_stand_alone mean_with_interval "
        "measured methods_paragraph network_title ranking_title scored_of sentiment_answer "
        "sentiment_title sheet_words short_name stances_answer standing strong_title strongest survival_answer "
        "survival_line survival_title text_answer three_ways times by_finding tone_answer tone_title verdict voice_name "
        "voices_answer voices_title who_says"
    ),
    passage="marked passages",
    shown="Shown Together anchor digest on_page stylesheet together without_style",
    svg="FONT INK NEGATIVE POSITIVE SECONDARY TEXT link_layer picture pieces",
    table="Column Link Table",
    templates="environment macros",
    wording="FEW NO_WORDS article_of count estimate interval listing number plural share surely tone_word",
)
