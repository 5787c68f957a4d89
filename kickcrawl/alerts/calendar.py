"""Days on which a newsroom may be quiet: public holidays of its country and joint leave, movable feasts among them.

Around the feast after the fasting month newsrooms in Indonesia are empty for longer than the calendar says: people
travel home (mudik) some days before, and come back a week after.
"""

import json
import re
from collections.abc import Iterable
from datetime import date, timedelta
from enum import Enum
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from kickcrawl.fingerprint import bytes_digest
from kickcrawl.kept import kept

_FEAST = "idul fitri"  # as the calendar calls it in Indonesian
_LEAVE = "cuti bersama"
_BEFORE_FEAST = timedelta(days=3)
_AFTER_FEAST = timedelta(days=8)
_CATEGORIES = ("public", "government")  # government: joint leave (cuti bersama)
_COUNTRY = re.compile("[A-Z]{2}")


class Quiet(Enum):
    """Why a day may be quiet."""

    HOLIDAY = "holiday"
    FEAST = "feast"


def quiet_days(region: str | None, years: Iterable[int]) -> dict[date, Quiet]:
    """Return the days of *years* on which newsrooms of *region* (ISO 3166-2) may be quiet; none where it is not known.

    >>> quiet_days("ID-NB", [2025])[date(2025, 4, 4)]
    <Quiet.FEAST: 'feast'>
    """
    country = (region or "").partition("-")[0].upper()
    found: dict[date, Quiet] = {}
    for year in years:
        found |= _of_year(country, year)
    return found


@lru_cache(maxsize=64)
def _of_year(country: str, year: int) -> dict[date, Quiet]:
    """Return the quiet days of *year*, without the holidays' library where they were asked for before: it takes a tenth
    of a second to load, of each run that brings nothing."""
    if not _COUNTRY.fullmatch(country):
        return {}
    source = f"{version('holidays')} {bytes_digest(Path(__file__).read_bytes())}"
    told = kept(f"calendar-{country}-{year}", source, lambda: json.dumps(_calculated(country, year)))
    return {date.fromisoformat(day): Quiet(quiet) for day, quiet in json.loads(told)}


def _calculated(country: str, year: int) -> list[tuple[str, str]]:
    """Return each quiet day (ISO) with the value of its Quiet."""
    import holidays  # only here

    if country not in holidays.list_supported_countries(include_aliases=False):
        return []
    plain = holidays.country_holidays(country, years=year)
    categories = [name for name in _CATEGORIES if name in plain.supported_categories]
    language = plain.default_language  # else the system's own
    named = holidays.country_holidays(country, years=year, categories=categories, language=language)
    found = dict.fromkeys(named, Quiet.HOLIDAY)
    for day in [day for day, name in named.items() if _FEAST in name.casefold() and _LEAVE not in name.casefold()]:
        span = range(-_BEFORE_FEAST.days, _AFTER_FEAST.days + 1)
        found |= {day + timedelta(days=off): Quiet.FEAST for off in span}
    return [(day.isoformat(), quiet.value) for day, quiet in found.items()]
