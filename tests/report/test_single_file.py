"""All pages in one file."""

from __future__ import annotations

from analysis.report.single_file import one_page


def test_chapters_keep_their_ids_apart():
    """Links between files become links to chapters; labels and fragments go along with their ids."""
    page = '<main id="main"><h1 id="a">T</h1><p aria-labelledby="a b" id="b"><a href="#a">x</a> <a href="{}">y</a></p></main>'
    whole = one_page({"index.html": page.format("01-x.html"), "01-x.html": page.format("index.html#b")})
    assert whole.count("<main") == 1
    assert '<h2 id="page-1-a">' in whole
    assert '<p aria-labelledby="page-1-a page-1-b" id="page-1-b"><a href="#page-1-a">x</a> <a href="#b">y</a>' in whole
    assert '<a href="#page-1">y</a>' in whole
