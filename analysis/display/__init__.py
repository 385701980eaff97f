"""What a notebook shows: safe text, wording, tables, answers and evidence sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import _face

if TYPE_CHECKING:
    from .answer import say as say
    from .findings import carriers as carriers
    from .findings import finding as finding
    from .findings import standing as standing
    from .findings import verdict as verdict
    from .passage import passages as passages
    from .shown import Shown as Shown
    from .shown import Together as Together
    from .shown import anchor as anchor
    from .shown import digest as digest
    from .shown import stylesheet as stylesheet
    from .shown import together as together
    from .shown import without_style as without_style
    from .table import Column as Column
    from .table import Link as Link
    from .table import Table as Table
    from .wording import NO_WORDS as NO_WORDS
    from .wording import count as count
    from .wording import estimate as estimate
    from .wording import interval as interval
    from .wording import listing as listing
    from .wording import number as number
    from .wording import plural as plural
    from .wording import share as share
    from .wording import surely as surely

__all__, __getattr__, __dir__ = _face(
    __name__,
    answer="say",
    findings="carriers finding standing verdict",
    passage="passages",
    shown="Shown Together anchor digest stylesheet together without_style",
    table="Column Link Table",
    wording="NO_WORDS count estimate interval listing number plural share surely",
)
