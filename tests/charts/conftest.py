"""For the tests of charts: the figures before they leave."""

from __future__ import annotations

from typing import Any

import pytest

from analysis.charts import Chart, certainty, finish, mentions, sentiment, stances, tone, voices


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The figures that leave through ``finish`` while a test runs."""
    figures: list[Any] = []

    def keep(figure: Any, **options: Any) -> Chart:
        figures.append(figure)
        return finish(figure, **options)

    for module in (tone, sentiment, mentions, voices, certainty, stances):
        monkeypatch.setattr(module, "finish", keep)
    return figures
