"""What all pages share."""

from __future__ import annotations

from analysis.report.page import lean


def test_a_lean_page_is_the_same_document():
    """End tags of cells and rows go where the next tag implies them, and nowhere else."""
    import html5lib

    head = "<thead><tr><th>a</th><th>b</th></tr></thead>"
    table = f"<table><caption>c</caption>{head}<tbody><tr><th>1</th><td>2 </td>\n</tr>\n<tr><td>3</td></tr></tbody></table>"
    page = f"<!DOCTYPE html><title>t</title>{table}<p>1 &lt;/td&gt;&lt;td></p>"
    made = lean(page)
    assert made.count("</t") == len(("title", "thead", "tbody", "table"))
    parse = html5lib.HTMLParser(strict=True).parse
    whole = [html5lib.serialize(parse(text), omit_optional_tags=False) for text in (page, made)]
    assert whole[0].replace("\n", "") == whole[1].replace("\n", "")
