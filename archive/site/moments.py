"""Say times as people read them: in the outlet's own zone, with the zone's name, UTC behind them."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from markupsafe import Markup

from archive.site.words import ENGLISH, Words

_TIME = Markup('<time datetime="{at}" title="{utc}">{words}</time>')


def in_words(at: str | None, offset: int | None = None, zone: str | None = None, words: Words = ENGLISH) -> str:
    """Return a time of the archive as "24 December 2025, 13:45 WITA"; "" for None.

    The *offset* (minutes) that the outlet wrote wins over its *zone*; the zone's name is used where the two agree.

    >>> str(in_words("2025-12-24T05:45:09+00:00", 480, "Asia/Makassar"))
    '24 December 2025, 13:45 WITA'
    """
    return _said("moment", local(at, offset, zone), words) if at else ""


def day_in_words(at: str | None, offset: int | None = None, zone: str | None = None, words: Words = ENGLISH) -> str:
    """Return the day alone, "24 December 2025"."""
    return _said("day", local(at, offset, zone), words) if at else ""


def month_in_words(month: str, words: Words = ENGLISH) -> str:
    """Return "2025-07" as "July 2025", and a day, "2025-07-14", as "14 July 2025"."""
    return _said("day" if len(month) > 7 else "month", datetime.fromisoformat(f"{month}-01"[:10]), words)


def marked_up(at: str | None, words: str) -> str:
    """Return *words*, which say the time *at*, as an HTML time with UTC in its title; "" for None."""
    utc = f"{at[:10]} {at[11:19]} UTC" if at else ""
    return _TIME.format(at=at, utc=utc, words=words) if at else ""


def in_digits(at: str, offset: int | None = None, zone: str | None = None) -> str:
    """Return a time as tables show it, "2025-12-24 13:45 WITA"."""
    there = local(at, offset, zone)
    return f"{there:%Y-%m-%d %H:%M} {zone_name(there)}"


def local(at: str, offset: int | None = None, zone: str | None = None) -> datetime:
    """Return a time of the archive by the clock of the outlet."""
    moment = datetime.fromisoformat(at)
    named = moment.astimezone(ZoneInfo(zone)) if zone else moment.astimezone(UTC)
    if offset is None or named.utcoffset() == timedelta(minutes=offset):
        return named
    return moment.astimezone(timezone(timedelta(minutes=offset)))


def zone_name(there: datetime) -> str:
    """Return what its zone is called; those without a name of their own are called "+07", here "UTC+07"."""
    name = there.tzname() or "UTC"
    return f"UTC{name}" if name[0] in "+-" else name


def _said(form: str, there: datetime, words: Words) -> str:
    said: Markup = words["time"][form]
    month = words["time"]["months"][there.month - 1]
    values = {"day": there.day, "month": month, "year": there.year}
    return said.format(**values, hour=f"{there:%H}", minute=f"{there:%M}", zone=zone_name(there))
