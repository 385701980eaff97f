"""The forms in which archives and newspapers write a date."""

from __future__ import annotations

import time
from datetime import date, datetime

import pandas
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.readers.dates import dates_in, read_date

FORMS = (
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%d.%m.%Y",
    "%Y%m%d",
    "%d %B %Y",
    "%d %b %Y",
    "%d-%b-%Y",
    "%B %d, %Y",
    "%b. %d, %Y",
    "%a, %d %b %Y %H:%M:%S GMT",
    "%a %b %d %H:%M:%S %Y",
    "%Y-%m-%dT%H:%M:%S+00:00",
    "%Y-%m-%d %H:%M:%S",
    "%Y%m%dT%H%M%SZ",
    "Published %A %d %B %Y, 10:00 BST",
)


@pytest.mark.parametrize("form", FORMS)
@given(day=st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_every_day_in_every_form(form, day):
    """Comes back as ISO 8601 writes it."""
    assert read_date(datetime(day.year, day.month, day.day, 10).strftime(form)) == day.isoformat()


@pytest.mark.parametrize("value", [None, "", "NaN", "null", "0000-00-00", "n/a", float("nan"), True, pandas.NaT])
def test_no_date_is_none(value):
    """Not an error."""
    assert read_date(value) is None


@pytest.mark.parametrize(
    "value, expected",
    [
        ("3rd May 2024", "2024-05-03"),
        ("the 21st of May 2024", "2024-05-21"),
        ("Sept 3, 2024", "2024-09-03"),
        ("25/12/2024", "2024-12-25"),
        ("12/25/2024", "2024-12-25"),
        ("05/05/2024", "2024-05-05"),
        ("13/05/2024", "2024-05-13"),
        ("05/13/2024", "2024-05-13"),
        ("2024-05", "2024-05"),
        ("May 2024", "2024-05"),
        ("2024", "2024"),
        (1714730400, "2024-05-03"),
        (1714730400000, "2024-05-03"),
        (1714730400.0, "2024-05-03"),
        (1714730400.5, "2024-05-03"),
        (171473040000, "1975-06-08"),
        (-1714730400, "1915-08-31"),
        (-2208988800, "1900-01-01"),
        (4102444800, "2100-01-01"),
        (20240503, "2024-05-03"),
        (45415, "2024-05-03"),
        (20240503.0, "2024-05-03"),
        (date(2024, 5, 3), "2024-05-03"),
        (datetime(2024, 5, 3, 10), "2024-05-03"),
    ],
)
def test_other_forms(value, expected):
    """Ordinals, short months, slashes with one reading, months, years, seconds and milliseconds since 1970."""
    assert read_date(value) == expected


def test_seconds_are_read_in_universal_time(monkeypatch):
    """Ten o'clock there is midnight of the next day fourteen hours east of it, where this machine may be."""
    monkeypatch.setenv("TZ", "XXX-14")
    time.tzset()
    try:
        assert read_date(1714730400) == "2024-05-03"
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize("value", ["03/05/2024", "5-3-2024", "11/12/2024"])
def test_two_readings_are_refused(value):
    """3 May or 5 March is never guessed."""
    with pytest.raises(ValueError, match="two ways"):
        read_date(value)


@pytest.mark.parametrize(
    "value", ["yesterday", "2024-13-01", "31 June 2024", "99/99/2024", 5, "12345", -2208988801, 4133980800]
)
def test_no_such_day(value):
    """Is refused with the form it should have."""
    with pytest.raises(ValueError, match="is no date"):
        read_date(value)


@given(st.text())
def test_any_text_gives_dates_or_none(text):
    """Whatever stands in it."""
    for found in dates_in(text):
        assert date.fromisoformat(found).isoformat() == found


def test_a_long_text_that_is_no_date_is_shown_in_part():
    """Its first forty characters."""
    with pytest.raises(ValueError, match=f"^'{'x' * 40}' is no date"):
        read_date("x" * 50)
