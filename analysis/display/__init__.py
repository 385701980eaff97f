"""What a notebook shows: safe text, wording, tables, answers and evidence sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import _face

if TYPE_CHECKING:
    from .answer import Answer as Answer
    from .answer import Phrase as Phrase
    from .answer import say as say
    from .base import Card as Card
    from .base import Display as Display
    from .base import Stack as Stack
    from .base import anchor as anchor
    from .base import digest as digest
    from .base import on_page as on_page
    from .base import stylesheet as stylesheet
    from .base import unbroken as unbroken
    from .base import without_style as without_style
    from .captions import FORMS as FORMS
    from .captions import SCALE as SCALE
    from .captions import STATES as STATES
    from .captions import UNCHARGED as UNCHARGED
    from .captions import Words as Words
    from .captions import certainty_said as certainty_said
    from .captions import certainty_words as certainty_words
    from .captions import matrix_words as matrix_words
    from .captions import mentions_in as mentions_in
    from .captions import mentions_words as mentions_words
    from .captions import network_words as network_words
    from .captions import own_and_quoted as own_and_quoted
    from .captions import position_said as position_said
    from .captions import ranking_words as ranking_words
    from .captions import sentiment_words as sentiment_words
    from .captions import signs_of as signs_of
    from .captions import slot_said as slot_said
    from .captions import source_line as source_line
    from .captions import specification_words as specification_words
    from .captions import tone_words as tone_words
    from .captions import voices_words as voices_words
    from .captions import with_counts as with_counts
    from .evidence import carrying_words as carrying_words
    from .evidence import strongest_points as strongest_points
    from .evidence import voice_of as voice_of
    from .findings import NOT_SCORED as NOT_SCORED
    from .findings import accuracy_answer as accuracy_answer
    from .findings import accuracy_title as accuracy_title
    from .findings import alpha_words as alpha_words
    from .findings import by_finding as by_finding
    from .findings import by_mentions as by_mentions
    from .findings import by_sentences as by_sentences
    from .findings import carriers as carriers
    from .findings import cast_answer as cast_answer
    from .findings import cast_title as cast_title
    from .findings import change_words as change_words
    from .findings import check_answer as check_answer
    from .findings import clearest as clearest
    from .findings import compared as compared
    from .findings import contrast_line as contrast_line
    from .findings import corrected_lines as corrected_lines
    from .findings import errors_line as errors_line
    from .findings import expressed as expressed
    from .findings import finding as finding
    from .findings import first_mention as first_mention
    from .findings import has_mean as has_mean
    from .findings import has_something_to_say as has_something_to_say
    from .findings import headline as headline
    from .findings import headline_line as headline_line
    from .findings import headlines as headlines
    from .findings import interval_key as interval_key
    from .findings import is_few as is_few
    from .findings import is_hedged as is_hedged
    from .findings import may_stand_alone as may_stand_alone
    from .findings import mean_with_interval as mean_with_interval
    from .findings import measured as measured
    from .findings import methods_paragraph as methods_paragraph
    from .findings import position_line as position_line
    from .findings import ranking_title as ranking_title
    from .findings import scored_of as scored_of
    from .findings import sentiment_answer as sentiment_answer
    from .findings import sentiment_title as sentiment_title
    from .findings import sheet_words as sheet_words
    from .findings import short_name as short_name
    from .findings import stances_answer as stances_answer
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
    from .findings import who_says as who_says
    from .passage import marked as marked
    from .passage import passages as passages
    from .svg import FONT as FONT
    from .svg import INK as INK
    from .svg import NEGATIVE as NEGATIVE
    from .svg import POSITIVE as POSITIVE
    from .svg import SECONDARY as SECONDARY
    from .svg import TEXT as TEXT
    from .svg import few_colours as few_colours
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
        "FORMS SCALE STATES UNCHARGED Words certainty_said certainty_words matrix_words mentions_in mentions_words "
        "network_words own_and_quoted position_said ranking_words sentiment_words signs_of slot_said source_line "
        "specification_words tone_words voices_words with_counts"
    ),
    evidence="carrying_words strongest_points voice_of",
    findings=(
        "NOT_SCORED accuracy_answer accuracy_title alpha_words by_finding by_mentions by_sentences carriers cast_answer "
        "cast_title change_words check_answer clearest compared contrast_line corrected_lines errors_line expressed finding "
        "first_mention has_mean has_something_to_say headline headline_line headlines interval_key is_few is_hedged "
        "may_stand_alone mean_with_interval measured methods_paragraph ranking_title scored_of sentiment_answer "
        "sentiment_title sheet_words short_name stances_answer position_line strong_title strongest survival_answer "
        "survival_line survival_title text_answer three_ways times tone_answer tone_title verdict voice_name voices_answer "
        "who_says"
    ),
    passage="marked passages",
    base="Card Display Stack anchor digest on_page stylesheet unbroken without_style",
    svg="FONT INK NEGATIVE POSITIVE SECONDARY TEXT few_colours link_layer picture pieces",
    table="Column Link Table",
    templates="environment macros",
    wording="FEW NO_WORDS article_of count estimate interval listing number plural share surely tone_word",
)
