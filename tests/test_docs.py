"""The README's picture is the one the code draws."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.mark.slow
@pytest.mark.xdist_group("pipeline")
def test_the_picture_of_the_readme_is_fresh():
    """Drawn again, it is the same to the byte; if not: make pictures."""
    drawn = runpy.run_path(str(ROOT / "docs" / "pictures.py"))["tone_picture"]()
    assert (ROOT / "docs" / "tone.svg").read_text("utf-8") == drawn


def test_every_file_the_readme_names_exists():
    """Folders and pictures."""
    import re

    text = (ROOT / "README.md").read_text("utf-8")
    named = set(re.findall(r"\]\((docs/[^)]+)\)", text)) | set(re.findall(r"^\| `([a-z]+/)`", text, re.MULTILINE))
    assert named
    assert [name for name in named if not (ROOT / name).exists()] == []
