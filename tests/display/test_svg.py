"""matplotlib's SVG as part of a page and as a file."""

from __future__ import annotations

from analysis.display import INK, NEGATIVE, SECONDARY, picture

DRAWN = (
    '<svg xmlns="http://www.w3.org/2000/svg"><metadata>who and when</metadata>'
    f'<g id="ground"><path d="M 0 0 L 9.04 9.06" style="fill: {NEGATIVE}"/></g>'
    f'<g id="words"><text x="1.26" y="-0.01" style="fill: {INK}; font-size: 13px">a $5 &lt;b&gt;\u202e</text></g>'
    f'<path d="M 1 1 L 2 2" style="fill: none; stroke: {SECONDARY}; opacity: 0.5"/>'
    '<path d="M 3 3 L 4 4" style="fill: none"/></svg>'
)
WORDS = {"ident": "c1", "title": "T & U", "description": "D", "view": "0 0 9 9"}


def test_a_page_gives_ink_and_both_ends_their_colour():
    """Grey is faint ink; what is not wanted, not seen or not needed is gone; texts stay texts."""
    made = picture(DRAWN, **WORDS, without=["ground"])
    assert made.partition("</desc>")[2] == (
        '<text x="1.3" y="0">a <tspan>$</tspan>5 &lt;b&gt;[RLO]</text>'
        '<path d="M1 1L2 2" fill="none" opacity="0.4" stroke="currentColor" /></svg>'
    )
    assert '<title id="c1t">T &amp; U</title>' in made
    assert f"fill:var(--toward-negative,{NEGATIVE});" in picture(DRAWN, **WORDS)


def test_a_file_keeps_its_colours_and_has_a_size():
    """Nothing of it needs a page."""
    made = picture(DRAWN, **WORDS, size=(9, 4.5))
    assert 'width="9" height="4.5"' in made
    assert f'fill="{NEGATIVE}"' in made
    assert f'stroke="{SECONDARY}"' in made
    assert f'fill="{INK}"' in made
    assert "var(" not in made
    assert "currentColor" not in made
    assert made.endswith("</svg>\n")
