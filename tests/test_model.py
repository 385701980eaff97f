"""The nouns keep what they promised: fields under an older name can still be read, and warn."""

from __future__ import annotations

import pytest

from analysis.model import Cue, VoicePart
from tests.build import cast, score
from tests.display.made import RUSSIA, TEXT


def test_a_renamed_field_is_read_under_its_old_name_and_warns() -> None:
    """The warning names the new one and when the old one goes."""
    tone = score(cast(TEXT, [RUSSIA]).mentions[0], 0.5)
    for noun, old, new in (
        (Cue(0, 4, -0.25, "by hand"), "push", "contribution"),
        (VoicePart("narrator", 0.5, 0.2, 0.4, ()), "push", "contribution"),
        (tone, "discounted", "certainty_weighted"),
    ):
        with pytest.warns(DeprecationWarning, match=rf"{old} is called {new} now.*0\.5"):
            assert getattr(noun, old) == getattr(noun, new)
