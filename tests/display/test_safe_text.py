"""An article's text as HTML reads back as itself and never runs."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from analysis.display import (
    attribute,
    safe,
    shorten,
    visible,
)
from tests.display.made import HOSTILE


@pytest.mark.parametrize("text", HOSTILE)
def test_safe_text_reads_back_as_itself(text: str) -> None:
    """Markup shows as text: a parser finds no element but our spans, and the same characters."""
    parsed_html = BeautifulSoup(safe(text), "html5lib").body
    assert parsed_html is not None
    assert {tag.name for tag in parsed_html.find_all()} <= {"span"}
    assert parsed_html.get_text() == text


def test_each_dollar_stands_alone() -> None:
    """Two amounts never share a text node, so no formula can begin at one and end at the other."""
    page = BeautifulSoup(safe("from $5 to $6"), "html5lib")
    assert max(str(node).count("$") for node in page.find_all(string=True)) == 1
    assert [span.get_text() for span in page.find_all("span")] == ["$", "$"]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("a\x00b", "␀"),
        ("a\x1bb", "␛"),
        ("a\x7fb", "␡"),
        ("a\x85b", "[U+0085]"),
        ("a\u202eb", "[RLO]"),
        ("a\u2066b", "[LRI]"),
        ("a\u200bb", "[ZWSP]"),
        ("a\u200db", "[ZWJ]"),
        ("a\ufeffb", "[BOM]"),
        ("a\u2028b", "[LSEP]"),
        ("a\ud800b", "[U+D800]"),
        ("a\U000e0041b", "[U+E0041]"),
        ("a\uffffb", "[U+FFFF]"),
    ],
)
def test_what_cannot_be_seen_is_shown_by_a_label(text: str, label: str) -> None:
    """Controls, direction overrides and zero-width characters become labels, in HTML, attributes and plain text."""
    assert visible(text) == f"a{label}b"
    assert safe(text) == f'a<span class="toward-unseen">{label}</span>b'
    assert attribute(text) == f"a{label}b"
    safe(text).encode("utf-8")


def test_joiners_that_a_script_needs_stay() -> None:
    """A family emoji and a Persian word keep the joiner that makes them; line breaks and tabs stay too."""
    assert visible("👨\u200d👩") == "👨\u200d👩"
    assert visible("می\u200cخواهم") == "می\u200cخواهم"
    assert visible("a\tb\r\nc\u00a0d é’—") == "a\tb\r\nc\u00a0d é’—"


def test_an_attribute_cannot_be_left() -> None:
    """Quotes of both kinds are escaped."""
    assert attribute("\"x' onload=<y>&") == "&quot;x&#x27; onload=&lt;y&gt;&amp;"


def test_shorten_keeps_within_its_length() -> None:
    """A long text ends in an ellipsis and is no longer than asked; a short one is only put on one line."""
    assert shorten("two\n words", 20) == "two words"
    assert shorten("a" * 10_000, 20) == "a" * 19 + "…"
    assert shorten("exactly ten", 11) == "exactly ten"
