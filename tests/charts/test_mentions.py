"""Where each actor is named."""

from __future__ import annotations

import re

from analysis.charts import (
    dispersion,
)
from analysis.model import (
    Actor,
    Cast,
    Mention,
    Parse,
)
from tests.charts.made import article, study


def test_dispersion_draws_a_mark_a_mention_by_its_form() -> None:
    """Names are large discs, demonyms hollow diamonds, roles and pronouns small discs, each at its place."""
    made, sentences = article(["body"] * 4)
    actor = Actor("Russia", "country")
    forms = ("name", "alias", "demonym", "pronoun")
    mentions = tuple(
        Mention(actor, sentence, sentence.start, sentence.start + 5, form, "by hand")  # type: ignore[arg-type]
        for sentence, form in zip(sentences, forms, strict=True)
    )
    chart = dispersion(study(made, sentences, cast=Cast(Parse(made, sentences, (), ()), (actor,), mentions)))
    assert chart.title == "Russia is named most: 4 of 4 mentions"
    discs = [
        (float(width), path.count("M"))
        for path, width in re.findall(r'<path d="([^"]*)"[^>]*stroke-width="([\d.]+)" stroke-linecap="round"', chart.svg)
    ]
    key = [(8.0, 1), (4.0, 1)]
    assert sorted(discs) == sorted([*key, (8.0, 2), (4.0, 1)])
    assert chart.table.rows[0][:6] == ("Russia", "country", 4, 2, 1, 1)
