"""Every text of a finished report against what it stands on: 4.5:1 in light, in dark and in print, by arithmetic."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from tests import sites

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("report")]

LEAST = 4.5
"""WCAG 2.2, 1.4.3: text of usual size. Held for large text too, which may have less."""
LOOKS = ("light", "dark", "print")
Color = tuple[float, float, float]


# --- arithmetic -------------------------------------------------------------------------------------------------
def rgb(color: str) -> Color:
    """Shares of red, green and blue of ``#rgb`` or ``#rrggbb``."""
    found = re.fullmatch(r"#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})", color)
    assert found, f"no colour this test can read: {color!r}"
    digits = found[1] if len(found[1]) == 6 else "".join(2 * digit for digit in found[1])
    return tuple(int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4))


def luminance(color: Color) -> float:
    """Relative luminance, WCAG 2.2: 0.2126 R + 0.7152 G + 0.0722 B of the linear shares."""
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(text: str, paper: str, opacity: float = 1.0) -> float:
    """(lighter + 0.05) / (darker + 0.05), the text mixed with its paper where it lets it through."""
    mixed = tuple(opacity * a + (1 - opacity) * b for a, b in zip(rgb(text), rgb(paper), strict=True))
    light, dark = sorted((luminance(mixed), luminance(rgb(paper))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_arithmetic():
    """Black on white is 1.05 / 0.05 = 21; #767676 is the lightest grey that WCAG's own list passes on white."""
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#fff") > LEAST > contrast("#777777", "#fff")
    assert contrast("#000", "#fff", opacity=0.0) == pytest.approx(1)


# --- what a page says -------------------------------------------------------------------------------------------
def rules(css: str) -> list[tuple[str, str, dict[str, str]]]:
    """Every rule of a style sheet: the conditions around it, its selector, its declarations."""
    found, around, at = [], [], 0
    for piece in re.finditer(r"([^{};]*)([{};])", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)):
        head, sign = piece[1].strip(), piece[2]
        if sign == "{":
            around.append((head, {}))
        elif head and around:
            name, _, value = head.partition(":")
            around[-1][1][name.strip()] = value.strip()
        if sign == "}":
            selector, declared = around.pop()
            found.append((" ".join(head for head, _ in around), selector, declared))
        at = piece.end()
    assert not around
    assert not css[at:].strip()
    return found


@pytest.fixture(scope="module", params=LOOKS)
def look(request):
    """Light, dark or print: the tokens of the index page there, and the rules that hold there."""
    page = sites.pages("seed")["index.html"]
    sheet = "".join(re.findall(r"<style>(.*?)</style>", page, re.DOTALL))
    tokens: dict[str, str] = {}
    held = []
    for around, selector, declared in rules(sheet):
        if ("dark" in around and request.param == "light") or ("print" in around and request.param != "print"):
            continue  # paper is held to print from a dark screen too
        held.append((selector, declared))
        if selector == ":root":
            tokens |= {name: value for name, value in declared.items() if value.startswith("#")}
    assert {"--paper", "--ink", "--quiet", "--link", "--negative", "--positive"} <= set(tokens)
    return tokens, held


def resolved(value: str, tokens: dict[str, str]) -> str:
    """A colour as digits: a token by its name, ``currentColor`` as ink."""
    found = re.fullmatch(r"var\((--[\w-]+)(?:,\s*([^)]+))?\)", value)
    if found:
        return tokens.get(found[1]) or resolved(found[2] or "", tokens)
    return tokens["--ink"] if value in ("currentColor", "currentcolor") else value


def test_every_text_token_on_every_ground(look):
    """Whatever ``color:`` takes stands out from whatever ``background:`` takes."""
    tokens, held = look
    texts = {resolved(rule["color"], tokens) for _, rule in held if rule.get("color", "inherit") != "inherit"}
    grounds = {
        resolved(value, tokens)
        for selector, rule in held
        for name, value in rule.items()
        if name in ("background", "background-color") and value not in ("none", "transparent") and "gauge" not in selector
    }
    assert len(texts) >= 4
    assert len(grounds) >= 4
    assert {tokens["--ink"], tokens["--quiet"]} <= texts
    assert tokens["--paper"] in grounds
    poor = {(text, ground): round(contrast(text, ground), 2) for text, ground in product(texts, grounds)}
    assert {pair: value for pair, value in poor.items() if value < LEAST} == {}


def test_faint_text_is_not_too_faint(look):
    """Rules that let the paper through (``opacity``) still leave ink and quiet text readable."""
    tokens, held = look
    faint = {selector: float(rule["opacity"]) for selector, rule in held if "opacity" in rule and "svg" not in selector}
    assert faint
    for selector, opacity in faint.items():
        assert contrast(tokens["--ink"], tokens["--paper"], opacity) >= LEAST, selector
        assert contrast(tokens["--ink"], tokens["--target"], opacity) >= LEAST, selector


# --- what charts say --------------------------------------------------------------------------------------------
def own(tag: Tag, name: str) -> str | None:
    """A property that an element sets itself, by style or by attribute."""
    style = dict(part.split(":", 1) for part in tag.get("style", "").split(";") if ":" in part)
    return style.get(name) or tag.get(name)


def painted(text: Tag, tokens: dict[str, str]) -> tuple[str, float]:
    """The colour of a chart's text and how much of it is seen, from the element and those around it."""
    fill, seen = None, 1.0
    for tag in [text, *text.parents]:
        if tag.name not in ("svg", "g", "a", "text", "tspan"):
            break
        fill = fill or own(tag, "fill")
        seen *= float(own(tag, "opacity") or 1) * (float(own(tag, "fill-opacity") or 1) if tag is text else 1)
    return resolved(fill or "#000", tokens), seen


@pytest.mark.parametrize("name", sites.NAMES)
def test_every_text_of_every_chart(look, name):
    """On the page's paper, in the colour it really gets."""
    tokens, _ = look
    seen = 0
    for file, page in sites.pages(name).items():
        for text in BeautifulSoup(page, "html5lib").select("svg text, svg tspan"):
            color, opacity = painted(text, tokens)
            assert contrast(color, tokens["--paper"], opacity) >= LEAST, (file, str(text)[:120])
            seen += 1
    assert seen > 50


def test_every_text_of_the_readmes_chart():
    """A file of its own, on the ground that it draws itself."""
    soup = BeautifulSoup((Path(__file__).parents[1] / "docs" / "tone.svg").read_text("utf-8"), "html5lib")
    ground, ink = soup.select_one("svg path[fill]")["fill"], soup.svg.get("color", "#1a1a1a")
    texts = soup.select("svg text, svg tspan")
    assert len(texts) > 10
    for text in texts:
        color, opacity = painted(text, {"--ink": ink})
        assert contrast(color, ground, opacity) >= LEAST, str(text)[:120]
