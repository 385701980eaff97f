"""Draw the pictures of the README from the real report's charts: make pictures."""

from __future__ import annotations

from pathlib import Path

from analysis import open_article
from analysis.charts import tone_panels
from analysis.study import seed_path

HERE = Path(__file__).parent


def tone_picture() -> str:
    """The tone chart of the seed article as an SVG file of its own."""
    study = open_article(seed_path())
    return tone_panels(study.series, article=study.article, method=study.method, link=False).picture()


if __name__ == "__main__":
    (HERE / "tone.svg").write_text(tone_picture(), encoding="utf-8")
