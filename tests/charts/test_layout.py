"""Text that fits, a sheet for Axes, and what misplaced text is."""

from __future__ import annotations

import subprocess
import sys

import pytest

from analysis.charts import Sheet, house_style
from analysis.charts.layout import NARROW, fit, size_of, text_width
from analysis.display import NEGATIVE, POSITIVE, TEXT
from tests.charts.made import LONG, misplaced, world


def test_misplaced_finds_what_is_wrong() -> None:
    """The check itself sees a text outside, one upon another, and one too small."""
    with house_style():
        sheet = Sheet(200)
        axes = sheet.panel(100, left=0, right=0)
        axes.set_axis_off()
        axes.set_xlim(0, 200)
        axes.set_ylim(100, 0)
        axes.text(190, 50, "outside")
        axes.text(20, 50, "below the other")
        axes.text(25, 52, "upon it")
        axes.text(20, 90, "tiny", fontsize=8)
        sheet.frame()
    wrong = " ".join(misplaced(sheet.figure))
    assert "outside the canvas: 'outside'" in wrong
    assert "on each other: 'upon it', 'below the other'" in wrong
    assert "too small: 'tiny'" in wrong


def test_a_sheet_stacks_axes_in_units_and_a_frame_leaves_them_where_they_were() -> None:
    """Two Axes with room about them: 10 + 50 + 5 and 20 + 30 units high; with words around, then without again."""
    sheet = Sheet(300)
    first = sheet.panel(50, left=100, above=10, below=5)
    second = sheet.panel(30, left=20, right=30, above=20)
    sheet.frame()
    assert sheet.height == 115
    assert size_of(first) == pytest.approx((192, 50))
    assert size_of(second) == pytest.approx((250, 30))
    inches = tuple(sheet.figure.get_size_inches() * 72)
    assert inches == (300, 115)
    before = first.get_position().bounds
    sheet.frame("A title")
    assert sheet.figure.get_size_inches()[1] * 72 > 115 + 17
    assert [text.get_text() for text in sheet.figure.texts] == ["A title"]
    assert size_of(first) == pytest.approx((192, 50))
    assert sheet.view == f"0 {sheet.above:g} 300 115"
    sheet.frame()
    assert first.get_position().bounds == before
    assert sheet.figure.texts == []


def test_text_that_fits_is_left_alone_and_the_rest_ends_in_an_ellipsis() -> None:
    """Never wider than asked, by the same measure; a hostile length costs no time."""
    assert fit("Russia", 200) == "Russia"
    assert fit("The minister of foreign affairs", 120) == "The minister of…"
    for text in ("A" * 10_000, "日本国" * 50, LONG):
        cut = fit(text, 120)
        assert cut.endswith("…")
        assert text_width(cut) <= 120
    assert text_width("WWW") > text_width("iii") > 0
    assert text_width("Russia", bold=True) > text_width("Russia")


def test_a_text_is_wrapped_and_cut_where_its_lines_are_used_up() -> None:
    """Two lines at most: the second ends in an ellipsis."""
    assert fit("one two", 500, most=2) == "one two"
    lines = fit(LONG, 130, most=2).split("\n")
    assert len(lines) == 2
    assert lines[1].endswith("…")
    assert max(map(text_width, lines)) <= 130


def test_texts_are_at_least_thirteen_pixels_everywhere() -> None:
    """A drawing is never shown smaller than it is drawn: the wide one from 640 px on, else one of 355 px, and texts are 13."""
    assert TEXT >= 13
    rules = world(3, ["A"]).all()[0]._repr_html_() or ""
    assert ".toward-chart .c{position:relative;min-width:640px}" in rules
    assert "@container (max-width:639px)" in rules
    assert f'style="min-width:{NARROW:g}px"' in rules


# --- style ---------------------------------------------------------------------------------------------------------


def luminance(color: str) -> float:
    """Relative luminance, as WCAG 2.2 defines it."""
    parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_colours_stand_out_on_light_and_dark() -> None:
    """3:1 for marks on white and on near-black (luminance 0.117 to 0.300), 4.5:1 for texts at their fifth less ink."""
    for color in (NEGATIVE, POSITIVE):
        assert 0.117 <= luminance(color) <= 0.300
    for ink, paper in (("#1a1a1a", "#ffffff"), ("#e9e6df", "#111111")):
        levels = [[int(color[place : place + 2], 16) for place in (1, 3, 5)] for color in (ink, paper)]
        mixed = "#" + "".join(f"{round(0.8 * one + 0.2 * other):02x}" for one, other in zip(*levels, strict=True))
        light, dark = sorted((luminance(mixed), luminance(paper)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_what_a_block_of_style_changes_holds_within_it_and_chooses_no_backend() -> None:
    """Nothing outside; within, the house's settings and one's own; pyplot, which picks a window system, stays unasked."""
    code = (
        "import sys\nimport matplotlib as mpl\nfrom analysis.charts.layout import OWN, house_style\n"
        "with house_style({'font.size': 15}), house_style({'text.color': 'red'}):\n"
        "    print(mpl.rcParams['font.size'], mpl.rcParams['text.color'], mpl.rcParams['svg.fonttype'], len(OWN.get({})))\n"
        "print(mpl.rcParams['svg.fonttype'], len(OWN.get({})), 'matplotlib.pyplot' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["15.0", "red", "none", "2", "path", "0", "False"]
