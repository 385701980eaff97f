"""The date of an article, from the forms in which archives, pages and newspapers write one."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Final

from ..constants import DATE_FIRST_YEAR, DATE_LAST_YEAR

UNREAD_DATE: Final = "Its date could not be read: "
"""How the note of an article begins of which something states a date that is none, or one that can be read in two ways."""
MONTHS: Final = "january february march april may june july august september october november december".split()
_MONTH: Final = rf"(?P<month>{'|'.join(f'{name[:3]}(?:{name[3:]})?' for name in MONTHS)}|sept)\.?"
_DAY: Final = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR: Final = r"(?P<year>(?:18|19|20|21)\d\d)"
_WRITTEN: Final = (
    re.compile(rf"\b{_DAY}(?: of)?[ \-]{_MONTH},?[ \-]{_YEAR}\b", re.IGNORECASE),
    re.compile(rf"\b{_MONTH} {_DAY},? {_YEAR}\b", re.IGNORECASE),
    re.compile(rf"\b{_MONTH} {_DAY} \d\d:\d\d:\d\d (?:[A-Z]{{3,4}} |[+-]\d{{4}} )?{_YEAR}\b", re.IGNORECASE),
    re.compile(rf"\b{_YEAR}-(?P<month>0\d|1[0-2])-(?P<day>[0-3]\d)(?!\d)"),
    re.compile(rf"\b{_YEAR}/(?P<month>\d\d?)/(?P<day>\d\d?)\b"),
    re.compile(rf"\b(?P<day>\d\d?)\.(?P<month>\d\d?)\.{_YEAR}\b"),
    re.compile(rf"^{_YEAR}(?P<month>0[1-9]|1[0-2])(?P<day>[0-3]\d)(?:T?\d{{4,6}}Z?)?$"),
)
_SLASHES: Final = re.compile(rf"\b(?P<first>\d\d?)[/\-](?P<second>\d\d?)[/\-]{_YEAR}\b")
_MONTHLY: Final = (
    re.compile(rf"^{_YEAR}-(?P<month>0[1-9]|1[0-2])$"),
    re.compile(rf"^{_MONTH},? {_YEAR}$", re.IGNORECASE),
)
_YEARLY: Final = re.compile(rf"^{_YEAR}$")
_SECONDS: Final = re.compile(r"^-?\d{9,10}(?:\.\d+)?$|^\d{12,13}$")
_NULLS: Final = frozenset(("", "nan", "nat", "none", "null", "n/a", "na", "-", "--", "unknown", "undated", "0000-00-00"))


def read_date(value: object) -> str | None:
    """The date that a value states.

    Args:
        value: a text, a date, or a number: seconds or milliseconds since 1970, or 20240503.

    Returns:
        The date as ISO 8601 writes it, in full or as far as it is known ("2024-05-03", "2024-05", "2024"); None where the
        value states none, as for "", "NaN", "0000-00-00".

    Raises:
        ValueError: the value states something that is no date, or one that can be read in two ways, such as 03/05/2024. The
            message says which.

    Example:
        >>> read_date("Fri, 03 May 2024 10:00:00 GMT"), read_date("May 3rd, 2024"), read_date(1714730400)
        ('2024-05-03', '2024-05-03', '2024-05-03')
    """
    if value is None or isinstance(value, bool) or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, date) and str(value) != "NaT":
        return value.date().isoformat() if isinstance(value, datetime) else value.isoformat()
    text = " ".join(str(int(value) if isinstance(value, float) and value.is_integer() else value).split())
    if text.casefold() in _NULLS:
        return None
    stated = next(dates_in(text), None) or _partly(text)
    if stated is not None:
        return stated
    if (match := _SLASHES.search(text)) and _either(match) is not None:
        raise ValueError(f"the date {text!r} can be read in two ways. Write it as year, month, day: 2024-05-03")
    raise ValueError(f"{text[:40]!r} is no date. Write it as year, month, day: 2024-05-03")


def dates_in(text: str) -> Iterator[str]:
    """Every full date that a line states in a form with one reading, as ISO 8601 writes it, form by form."""
    for pattern in _WRITTEN:
        for match in pattern.finditer(text):
            if (day := _day(match["year"], _month(match["month"]), match["day"])) is not None:
                yield day
    for match in _SLASHES.finditer(text):
        first, second = int(match["first"]), int(match["second"])
        if first == second or max(first, second) > 12:
            month, number = (first, second) if second > 12 or first == second else (second, first)
            if (day := _day(match["year"], month, str(number))) is not None:
                yield day


def _either(match: re.Match[str]) -> str | None:
    return _day(match["year"], int(match["first"]), match["second"])


def _partly(text: str) -> str | None:
    """A month, a year, or a count of seconds or milliseconds."""
    for pattern in _MONTHLY:
        if match := pattern.search(text):
            return f"{match['year']}-{_month(match['month']):02}"
    if match := _YEARLY.search(text):
        return match["year"]
    if re.fullmatch(r"[34]\d{4}", text):  # a workbook's count of days
        return date.fromordinal(date(1899, 12, 30).toordinal() + int(text)).isoformat()
    if _SECONDS.search(text):
        seconds = float(text) / (1000 if len(text) > 11 and "." not in text else 1)
        day = datetime.fromtimestamp(seconds, UTC).date()
        if DATE_FIRST_YEAR <= day.year <= DATE_LAST_YEAR:
            return day.isoformat()
    return None


def _month(name: str) -> int:
    if name.isdigit():
        return int(name)
    return next(number for number, month in enumerate(MONTHS, start=1) if month.startswith(name[:3].casefold()))


def _day(year: str, month: int, day: str) -> str | None:
    try:
        return date(int(year), month, int(day)).isoformat()
    except ValueError:
        return None
