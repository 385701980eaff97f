"""Make the pictures of the README from the articles in seeds/: make pictures."""

from __future__ import annotations

import io
import re
import shutil
import sys
import tempfile
from hashlib import sha256
from pathlib import Path

from analysis import open_article, open_articles
from analysis.charts import tone_panels, tones_by_group
from analysis.collection import shared_tones
from analysis.report import build_reports
from analysis.study import project_folder, seed_path

HERE = Path(__file__).parent
SIZES = {1280: 1080, 390: 1150}
"""Widths of the pictures of the index page, and how much of its height they show."""
COLORS = 128
TAKEN = HERE / "pictures.sha256"


def tone_picture() -> str:
    """The tone chart of the seed article as an SVG file of its own."""
    return tone_panels(open_article(seed_path())).picture().decode()


def comparison_picture() -> str:
    """The chart that compares the outlets of the seed collection."""
    collection = open_articles(project_folder() / "seeds" / "flood")
    return tones_by_group(collection, shared_tones(collection)).picture().decode()


def fingerprint(page: str) -> str:
    """What stands for the look of an index page: its hash, packed downloads left out, as each machine packs its own way."""
    shown = re.sub(r'href="data:[^"]*"', "", page)
    return f"{sha256(shown.encode()).hexdigest()}  index.html of the seed article, downloads left out\n"


def photograph(path: Path) -> dict[str, bytes]:
    """The top of a page as a reader gets it, at each size, as PNG files with few colours."""
    from PIL import Image
    from playwright.sync_api import sync_playwright

    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)
    if program is None:
        sys.exit("No Chromium on this machine: install the package chromium, then run make pictures again.")
    made = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for width, height in SIZES.items():
            page = browser.new_page(viewport={"width": width, "height": height}, color_scheme="light")
            page.goto(path.as_uri())
            shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB").quantize(COLORS, dither=Image.Dither.NONE)
            kept = io.BytesIO()
            shot.save(kept, "png", optimize=True)
            made[f"index-{width}.png"] = kept.getvalue()
        browser.close()
    return made


if __name__ == "__main__":
    (HERE / "tone.svg").write_text(tone_picture(), encoding="utf-8")
    (HERE / "comparison.svg").write_text(comparison_picture(), encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        (index,) = build_reports([seed_path()], out=Path(folder))
        for name, picture in photograph(index).items():
            (HERE / name).write_bytes(picture)
        TAKEN.write_text(fingerprint(index.read_text("utf-8")), encoding="utf-8")
