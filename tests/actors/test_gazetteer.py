"""The tables of countries, people and organisations: what news needs, and where it comes from."""

from __future__ import annotations

import json
from pathlib import Path

from analysis.actors.gazetteer import any_sort, countries, country_forms, people, sorts

ROOT = Path(__file__).parents[2]


def test_the_country_table_holds_what_news_needs():
    """Names, demonyms, capitals and seats; a form belongs to one country."""
    forms = {form: (country.name, rule) for form, (country, rule) in country_forms().items()}
    assert forms["Pyongyang"] == ("North Korea", "capital")
    assert forms["Kremlin"] == ("Russia", "seat of government")
    assert forms["Britons"] == ("United Kingdom", "demonym")
    assert forms["US"] == ("United States", "country name")
    assert "us" not in forms
    assert len(countries()) > 240


def test_a_lexicon_says_where_it_comes_from():
    """Origin, licence and checksum stand beside every list of this step, and the checksum is that of the list."""
    import hashlib

    for name in ("countries", "people", "organisations"):
        folder = ROOT / "analysis" / "resources" / "lexicons" / name
        source = json.loads((folder / "SOURCE.json").read_text(encoding="utf-8"))
        assert source["sha256"] == hashlib.sha256((folder / f"{name}.json").read_bytes()).hexdigest()
        assert all(origin["licence"] for origin in source["origins"])
    assert "minister" in people().person


def test_sorts_of_organisations_and_names_that_lean():
    """Each noun and each word of a name has one sort; a name that tells no gender may make one likelier."""
    nouns, words = sorts()
    assert (nouns["airline"], words["airways"], nouns["company"], words["inc"]) == ("airline", "airline", "company", "company")
    assert "organisation" in any_sort()
    assert "airline" not in any_sort()
    assert people().given["bernie"] is None
    assert people().leaning["bernie"] == "male"
    assert "anna" not in people().leaning
