"""The README's pictures are those that the code makes; every file it names is there."""

from __future__ import annotations

import re
import runpy
import struct
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def pictures() -> dict:
    return runpy.run_path(str(ROOT / "docs" / "pictures.py"))


@pytest.mark.slow
@pytest.mark.xdist_group("pipeline")
def test_the_picture_of_the_readme_is_fresh():
    """Drawn again, it is the same to the byte."""
    drawn = pictures()["tone_picture"]()
    assert (ROOT / "docs" / "tone.svg").read_text("utf-8") == drawn, "The chart has changed: run make pictures"


@pytest.mark.slow
@pytest.mark.xdist_group("report")
def test_the_screenshots_of_the_readme_are_fresh():
    """The index page of the seed is the one they were taken from."""
    from tests import sites

    now = pictures()["fingerprint"](sites.pages("seed")["index.html"])
    assert (ROOT / "docs" / "pictures.sha256").read_text("utf-8") == now, "The page has changed: run make pictures"


def test_the_fingerprint_sees_the_page_and_not_its_downloads():
    """A changed word or rule of style shows; a download packed another way does not."""
    of = pictures()["fingerprint"]
    page = '<style>a{{color:{}}}</style><p>{}</p><a href="data:application/gzip;base64,{}">x</a>'
    assert of(page.format("red", "one", "AAAA")) == of(page.format("red", "one", "BBBB"))
    assert len({of(page.format(*look, "AAAA")) for look in (("red", "one"), ("blue", "one"), ("red", "two"))}) == 3


def test_the_screenshots_are_light_and_of_two_sizes():
    """PNG files under 250 KB, as wide as a desktop and a phone; the README shows both and says what they show."""
    text = (ROOT / "README.md").read_text("utf-8")
    for width, height in pictures()["SIZES"].items():
        name = f"docs/index-{width}.png"
        raw = (ROOT / name).read_bytes()
        assert struct.unpack(">II", raw[16:24]) == (width, height)
        assert len(raw) < 250_000
        assert re.search(rf"!\[[^\]]{{40,}}\]\({re.escape(name)}\)|<img (?=[^>]*alt=\"[^\"]{{40,}}\")[^>]*src=\"{name}\"", text)


def test_every_file_the_readme_names_exists():
    """Folders and pictures."""
    text = (ROOT / "README.md").read_text("utf-8")
    named = set(re.findall(r"\]\((docs/[^)]+)\)|src=\"(docs/[^\"]+)\"", text))
    named = {name for pair in named for name in pair if name} | set(re.findall(r"^\| `([a-z]+/)`", text, re.MULTILINE))
    assert len(named) > 3
    assert [name for name in named if not (ROOT / name).exists()] == []
