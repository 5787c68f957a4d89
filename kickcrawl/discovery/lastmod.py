"""Times of change as lists write them: often a day only, which ends hours after its first moment.

    "2025-07-14"                   from the day's first moment to its last in the outlet's zone
    "2025-07-14T09:30:00+08:00"    that moment
    "2025-07"                      the whole month (W3C's datetime note, which sitemaps.org refers to)

An edit on the evening of a day has the same text as one in its morning: whoever looked before the day was over does
not know yet.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from kickcrawl.article import Moment
from kickcrawl.dates import parse_time, to_moment

_DAYS = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?")
_MIDNIGHT = re.compile(r"(?P<day>\d{4}-\d\d-\d\d)[T ]00:00(?::00(?:\.0+)?)?\s*(?:Z|[+-]\d\d:?\d\d)?")
MIN_MIDNIGHTS = 3  # entries that make it no chance that all of a file were changed at midnight


@dataclass(frozen=True, slots=True, kw_only=True)
class Lastmod:
    """When a page was last changed: at *earliest*, or later but before *until*; None where the moment is exact."""

    earliest: Moment
    until: datetime | None = None


def read_lastmod(text: str, timezone: str, language: str = "") -> Lastmod | None:
    """Return the time of change that *text* names; a day is one of *timezone*. None if it is no time."""
    text = text.strip()
    if days := _DAYS.fullmatch(text):
        return _span(int(days["year"]), int(days["month"] or 0), int(days["day"] or 0), ZoneInfo(timezone))
    moment = parse_time(text, timezone, language)
    return Lastmod(earliest=moment) if moment else None


def are_days(texts: Iterable[str]) -> bool:
    """Tell whether a file writes days as midnights: all of its times are, whatever their zone."""
    timed = [text.strip() for text in texts if text.strip() and not _DAYS.fullmatch(text.strip())]
    return len(timed) >= MIN_MIDNIGHTS and all(map(_MIDNIGHT.fullmatch, timed))


def day_of(text: str) -> str:
    """Return the day of a midnight, other texts as they are.

    >>> day_of("2025-07-14T00:00:00+00:00")
    '2025-07-14'
    """
    midnight = _MIDNIGHT.fullmatch(text.strip())
    return midnight["day"] if midnight else text


def may_have_changed(lastmod: Lastmod, checked_at: datetime, now: datetime) -> bool:
    """Tell whether a page that was read at *checked_at* may have been changed after that, as far as *lastmod* knows.

    A day is waited for: it makes the page due once, when it is over, and not in each run of the day.
    """
    if lastmod.until is None:
        return lastmod.earliest.at > checked_at
    return lastmod.earliest.at > checked_at or checked_at < lastmod.until <= now


def watermark(lastmod: Lastmod | None, now: datetime) -> datetime | None:
    """Return the moment from which on a later *lastmod* means an edit; None where there is none.

    A time that is still to come would hide each edit until then: it is a slip of the clock or the zone.
    """
    if lastmod is None or lastmod.earliest.at > now:
        return None
    return lastmod.earliest.at


def _span(year: int, month: int, day: int, zone: ZoneInfo) -> Lastmod | None:
    try:
        first = date(year, month or 1, day or 1)
        after = _next(first, has_month=month > 0, has_day=day > 0)
    except (ValueError, OverflowError):
        return None
    earliest = to_moment(datetime.combine(first, time(), zone), str(zone))
    if earliest is None:
        return None
    return Lastmod(earliest=earliest, until=datetime.combine(after, time(), zone).astimezone(UTC))


def _next(first: date, *, has_month: bool, has_day: bool) -> date:
    """Return the first day behind the day, month or year that begins with *first*."""
    if has_day:
        return date.fromordinal(first.toordinal() + 1)
    if has_month:
        return date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return date(first.year + 1, 1, 1)
