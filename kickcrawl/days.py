"""Days of an outlet's clock, as spans of UTC: what people mean by a day is the day of the newsroom."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from kickcrawl.dates import to_iso
from kickcrawl.errors import UsageError


def read_day(argument: str, text: str) -> date:
    """Return the day that *argument* gives as *text*. Raises UsageError where it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"{argument}: {text!r} is no date; write it as 2025-01-31") from error


def refuse_reversed(since: date | None, until: date | None) -> None:
    """Raise UsageError where *until* is a day before *since*."""
    if since and until and since > until:
        raise UsageError(f"since {since:%Y-%m-%d} is after until {until:%Y-%m-%d}; exchange them")


def span_of_days(zone: str, since: date | None, until: date | None) -> tuple[str | None, str | None]:
    """Return the days from *since* to the end of *until* in *zone* as ISO times in UTC, the second one excluded.

    None is no bound; nor is a day at the end of the calendar, beyond which there is no time.

    >>> span_of_days("Asia/Makassar", date(2025, 7, 1), date(2025, 7, 1))
    ('2025-06-30T16:00:00+00:00', '2025-07-01T16:00:00+00:00')
    """
    after = until + timedelta(days=1) if until is not None and until < date.max else None
    return _start_of(since, zone), _start_of(after, zone)


def day_of(at: str, zone: str) -> str:
    """Return the day in *zone* on which *at* (ISO) was.

    >>> day_of("2025-06-30T16:00:00+00:00", "Asia/Makassar")
    '2025-07-01'
    """
    return f"{datetime.fromisoformat(at).astimezone(ZoneInfo(zone)):%Y-%m-%d}"


def _start_of(day: date | None, zone: str) -> str | None:
    try:
        return to_iso(datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)) if day else None
    except OverflowError:  # 1 January of the year 1, in a zone that is ahead
        return None
