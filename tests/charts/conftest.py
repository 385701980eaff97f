"""For the tests of charts: every figure they draw, wide and narrow."""

from __future__ import annotations

from typing import Any

import pytest

from analysis.charts import Sheet, layout, rows


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The sheets that are made while a test runs."""
    sheets: list[Any] = []
    made = Sheet.__init__

    def keep(self: Sheet, *args: Any) -> None:
        made(self, *args)
        sheets.append(self)

    monkeypatch.setattr(layout.Sheet, "__init__", keep)
    return sheets


@pytest.fixture
def parted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Voices by hand: what stands in the place of a study's series are actors with the parts of their tone."""
    monkeypatch.setattr(rows, "voices_of", lambda _parse, series: list(series))
