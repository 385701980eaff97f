"""Colours stand out on light and dark."""

from __future__ import annotations

import subprocess
import sys

from analysis.charts.style import NEGATIVE, POSITIVE


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


def test_what_a_block_of_style_changes_is_known_within_it_and_chooses_no_backend() -> None:
    """Nothing outside; within, the house's settings and one's own; pyplot, which picks a window system, stays unasked."""
    code = (
        "import sys\nfrom analysis.charts.style import in_force, house_style\nbefore = in_force()\n"
        "with house_style({'font.size': 15}):\n    found = in_force()\n"
        "print(before, found['font.size'], found['text.color'], 'backend' in found, 'matplotlib.pyplot' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["{}", "15.0", "#1a1a1a", "False", "False"]
