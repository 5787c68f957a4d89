"""Times of change as lists write them: often a day only, which ends hours after its first moment.

    "2025-07-14"                   from the day's first moment to its last in the outlet's zone
    "2025-07-14T09:30:12+08:00"    that moment
    "2025-07-14T09:30:00+08:00"    that moment, or any of its minute, which generators cut the seconds off (Nikola)
    "2025-07"                      the whole month (W3C's datetime note, which sitemaps.org refers to)

An edit on the evening of a day has the same text as one in its morning: whoever looked before the day was over does
not know yet.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from kickcrawl.article import Moment
from kickcrawl.dates import parse_time, to_moment

_DAYS = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?")
_MIDNIGHT = re.compile(r"(?P<day>\d{4}-\d\d-\d\d)[T ]00:00(?::00(?:\.0+)?)?\s*(?:Z|[+-]\d\d:?\d\d)?")
_MINUTE = timedelta(minutes=1)
MIN_MIDNIGHTS = 3  # entries that make it no chance that all of a file were changed at midnight


@dataclass(frozen=True, slots=True, kw_only=True)
class Lastmod:
    """When a page was last changed: at *earliest*, or later but before *until*; None where the moment is exact."""

    earliest: Moment
    until: datetime | None = None


def read_lastmod(text: str, timezone: str) -> Lastmod | None:
    """Return the time of change that *text* names; a day is one of *timezone*. None if it is no time."""
    text = text.strip()
    if days := _DAYS.fullmatch(text):
        return _span(int(days["year"]), int(days["month"] or 0), int(days["day"] or 0), ZoneInfo(timezone))
    moment = parse_time(text, timezone, language="")
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What is known of an article that was fetched: the latest time of change that any list had given (*modified*),
    what the list that is read now gave last (*said*), when it was fetched by the server's clock. None: not known."""

    modified: datetime | None = None
    said: datetime | None = None
    checked_at: datetime | None = None


def _until(lastmod: Lastmod, checked: datetime | None) -> datetime | None:
    """Return when the span that *lastmod* names is over; a minute is one if the page was *checked* in it."""
    at = lastmod.earliest.at
    is_minute = at.second == 0 and checked is not None and at <= checked
    return lastmod.until or (at + _MINUTE if is_minute else None)


def says_edited(lastmod: Lastmod, seen: Seen, now: datetime) -> bool:
    """Tell whether *lastmod*, which a list gives *now*, says that an article was changed since it was fetched.

    A day is waited for: it makes the article due once, when it is over, and not in each run of the day; so does a
    minute in which the article was fetched. A time that was still to come when the article was fetched is a slip of the
    clock or the zone, and hides no edit: whatever the list gives instead of it counts if it is later than the fetch.
    """
    checked, until = seen.checked_at, _until(lastmod, seen.checked_at)
    if until is not None and checked is not None and checked < until <= now:
        return True
    at = lastmod.earliest.at.replace(microsecond=0)  # as it is kept
    if at == seen.said:
        return False
    was_ahead = seen.modified is not None and checked is not None and seen.modified > checked
    seen_until = checked if was_ahead or seen.modified is None else seen.modified
    return seen_until is None or at > seen_until


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
