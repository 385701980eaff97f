"""Data to take away."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest

from analysis.report.downloads import PACKED_BYTES, _download, everything_json


def test_a_large_download_is_packed_and_the_same_twice():
    """By size alone; the packed file holds no time."""
    small = _download("a.csv", "A", "text/csv", "x")
    large = _download("a.csv", "A", "text/csv", "x" * (PACKED_BYTES + 1))
    assert (small.name, large.name) == ("a.csv", "a.csv.gz")
    assert small.href.startswith("data:text/csv;charset=utf-8;base64,")
    assert large.href.startswith("data:application/gzip;base64,")
    assert large == _download("a.csv", "A", "text/csv", "x" * (PACKED_BYTES + 1))


@pytest.mark.slow
@pytest.mark.xdist_group("pipeline")
def test_downloads_say_whose_words_and_how_sure(seed):
    """Voices partition the text, stances have a holder, and each mention its voice and certainty."""
    found = json.loads(everything_json(seed))
    assert [found["voices"][0][0], found["voices"][-1][1]] == [0, len(found["text"])]
    assert all(before[1] == after[0] for before, after in pairwise(found["voices"]))
    assert ["Donald Trump", "Vladimir Putin"] in [row[:2] for row in found["stances"]]
    assert all(row["voice"] and 0 < row["certainty"] <= 1 for row in found["mentions"])
