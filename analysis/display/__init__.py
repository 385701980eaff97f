"""What a notebook shows: safe text, wording, tables, answers and evidence sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import _face

if TYPE_CHECKING:
    from .table import Column as Column
    from .table import Link as Link
    from .table import Shown as Shown
    from .table import Table as Table
    from .table import Together as Together
    from .table import anchor as anchor
    from .table import attribute as attribute
    from .table import count as count
    from .table import digest as digest
    from .table import estimate as estimate
    from .table import interval as interval
    from .table import listing as listing
    from .table import number as number
    from .table import passages as passages
    from .table import plural as plural
    from .table import safe as safe
    from .table import say as say
    from .table import share as share
    from .table import shorten as shorten
    from .table import stylesheet as stylesheet
    from .table import together as together
    from .table import visible as visible
    from .table import without_style as without_style

__all__, __getattr__, __dir__ = _face(
    __name__,
    table=(
        "Column Link Shown Table Together anchor attribute count digest estimate interval listing number passages "
        "plural safe say share shorten stylesheet together visible without_style"
    ),
)
