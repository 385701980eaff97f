"""Text that fits, and what misplaced text is."""

from __future__ import annotations

from analysis.charts import (
    WIDTH,
    Canvas,
    fit,
)
from analysis.charts.layout import misplaced, text_width
from analysis.charts.style import TEXT
from tests.charts.made import LONG, world


def test_misplaced_finds_what_is_wrong() -> None:
    """The check itself sees a text outside, one upon another, and one too small."""
    canvas = Canvas(200, 100)
    canvas.text(190, 50, "outside")
    canvas.text(20, 50, "below the other")
    canvas.text(25, 52, "upon it")
    canvas.text(20, 90, "tiny", size=8)
    wrong = " ".join(misplaced(canvas.figure))
    assert "outside the canvas: 'outside'" in wrong
    assert "on each other: 'upon it', 'below the other'" in wrong
    assert "too small: 'tiny'" in wrong


def test_text_that_fits_is_left_alone_and_the_rest_ends_in_an_ellipsis() -> None:
    """Never wider than asked, by the same measure; a hostile length costs no time."""
    assert fit("Russia", 200) == "Russia"
    for text in ("A" * 10_000, "日本国" * 50, LONG):
        cut = fit(text, 120)
        assert cut.endswith("…")
        assert text_width(cut) <= 120
    assert text_width("WWW") > text_width("iii") > 0
    assert text_width("Russia", bold=True) > text_width("Russia")


def test_texts_are_at_least_eleven_pixels_on_a_phone() -> None:
    """At its least width of 34rem (544 px), 640 units shrink to 0.85: 13 units are 11.05 px."""
    assert TEXT * 544 / WIDTH >= 11
    rules = world(3, ["A"]).all()[0]._repr_html_()
    assert ".toward-chart .c{position:relative;min-width:34rem}" in rules
