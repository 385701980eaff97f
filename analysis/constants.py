"""Every tunable number, with where it comes from."""

from __future__ import annotations

from typing import Final

# --- articles -------------------------------------------------------------------------------------------------
HEADLINE_MAX_CHARS: Final = 200
"""A first line longer than this is a paragraph, not a headline."""
HEADING_MAX_CHARS: Final = 90
"""A line without closing punctuation up to this long is a heading when text follows it."""
WRAP_MAX_CHARS: Final = 100
"""Lines no longer than this, most ending in mid-sentence, were wrapped by hand."""
CONTROL_SHARE_MAX: Final = 0.02
"""Share of control bytes above which a file is binary; random bytes hold 10 %."""

# --- language -------------------------------------------------------------------------------------------------
PARSE_BATCH: Final = 64
"""Sentences parsed together; larger batches gain nothing on two cores."""
SENTENCE_MAX_CHARS: Final = 4000
"""A run without a sentence end is cut at white space here, so that the parser's memory stays bounded."""

# --- tone -----------------------------------------------------------------------------------------------------
VADER_ALPHA: Final = 15.0
"""Normalises a sum of valences s to s / sqrt(s^2 + alpha). Hutto and Gilbert, ICWSM 2014, and their code."""
DEFAULT_SCORER: Final = "clause"

# --- estimates ------------------------------------------------------------------------------------------------
MIN_POINTS: Final = 5
"""Fewer scored sentences than this are shown, never summarised: five mentions are not a trend."""
BOOTSTRAP_ROUNDS: Final = 2000
INTERVAL_SHARE: Final = 0.90
SEED: Final = 20210419
