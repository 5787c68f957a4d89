"""Hold a stated publish time against the days beside the headline: whose clock it goes by, and whether it is too late.

In: the time that a page states for machines, the page. Out: the same moment by the newsroom's clock, or the earlier
time that readers see. Content systems state UTC wherever the newsroom is, and plug-ins write the day of a revision.

    "2025-07-14T23:30:00Z" beside "15 Juli 2025, 07.30"   ->   the same moment, +08:00
    "2025-07-14T09:00:00+08:00" beside "2 Mei 2019"       ->   2 Mei 2019
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta, timezone
from math import ceil, floor
from zoneinfo import ZoneInfo

from kickcrawl.article import Moment
from kickcrawl.claims.page_dates import seen_on
from kickcrawl.claims.written_days import Written
from kickcrawl.dates import day_in_path, to_moment
from kickcrawl.page.parsed import ParsedPage

MAX_RANK = 1  # of a day beside the headline: kickcrawl.claims.seen_days.Seen
# Minutes, of all inhabited zones of the world: twelve hours behind UTC is a clock of twelve hours without "p.m.".
_MIN_OFFSET, _MAX_OFFSET = -11 * 60, 14 * 60
# Offsets of zones that are no whole hours (tz database 2026), in minutes.
_PARTS_OF_HOURS = frozenset((-570, -210, 210, 270, 330, 345, 390, 525, 570, 630, 765))


def by_shown_day(stated: Moment, near: Sequence[Written], page: ParsedPage) -> Moment | None:
    """Return *stated* with the offset of the newsroom's clock, or an earlier time that readers see; None for neither.

    *near* are the days near the headline of *page*.
    The offset is known where the visible hour is the stated one in another zone. Where only a visible day or the day
    in the address is the next one or the one before, it is the least number of hours that leads to that day.
    """
    is_open = not stated.offset and page.site.timezone == "UTC"  # nobody has said whose clock it is
    local = _local(stated, page.site.timezone)
    if offset := _offset_shown(stated.at.replace(tzinfo=None), near):
        return Moment(stated.at, offset) if is_open else None
    dates, addressed = {day.at.date() for day in near}, day_in_path(page.url)
    if local.date() in dates or (not stated.offset and stated.at.date() in dates):
        return None  # what is stated in UTC may be shown in UTC, too
    if is_open and addressed and (offset := _least_offset(local, addressed.date())):
        return Moment(stated.at, offset)
    if not _may_tell(dates, local.date()) or (addressed and addressed.date() == local.date()):
        return None
    seen = [one for one in seen_on(page) if one.rank <= MAX_RANK]
    shown = [one.day.at.replace(tzinfo=None) for one in seen]
    if not shown or (not seen[0].is_called and any(_is_same_day(at, local) for at in shown)):
        return None
    if is_open and shown[0].time() == time() and (offset := _least_offset(local, shown[0].date())):
        return Moment(stated.at, offset)
    earlier = next((at for at in shown if at.date() < local.date()), None)
    if earlier is None:
        return None
    of_page = timezone(timedelta(minutes=stated.offset)) if stated.offset else None
    return to_moment(earlier.replace(tzinfo=of_page), page.site.timezone)


def _may_tell(near: Collection[date], stated: date) -> bool:
    """Tell whether one of the days *near* the headline may be the publish day instead of the one *stated*."""
    return any(day <= stated + timedelta(days=1) for day in near)


def _local(stated: Moment, zone: str) -> datetime:
    """Return *stated* by the clock that wrote it, else by that of the outlet's *zone*; naive."""
    if stated.offset:
        return stated.at.replace(tzinfo=None) + timedelta(minutes=stated.offset)
    return stated.at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def _is_same_day(at: datetime, local: datetime) -> bool:
    """Tell whether both are of one day, as well with day and month exchanged: 11/01/2025 is written both ways."""
    return at.date() == local.date() or (at.year, at.month, at.day) == (local.year, local.day, local.month)


def _offset_shown(utc: datetime, near: Sequence[Written]) -> int | None:
    """Return the offset in minutes by which *utc* is one of the hours *near* the headline; None without."""
    for day in near:
        if day.at.tzinfo is None and day.at.time() != time() and day.at.minute % 15 == utc.minute % 15:
            offset = round((day.at.replace(second=0) - utc.replace(second=0, microsecond=0)).total_seconds() / 60)
            is_of_zone = offset % 60 == 0 or offset in _PARTS_OF_HOURS
            if offset and is_of_zone and _MIN_OFFSET <= offset <= _MAX_OFFSET:
                return offset
    return None


def _least_offset(local: datetime, shown: date) -> int | None:
    """Return the least offset in minutes, of whole hours, by which *local*, in UTC, is of the day *shown*."""
    hours = (local - datetime.combine(local, time())) / timedelta(hours=1)
    if shown == local.date() - timedelta(days=1):
        offset = -60 * (floor(hours) + 1)
    elif shown == local.date() + timedelta(days=1):
        offset = 60 * ceil(24 - hours)
    else:
        return None
    return offset if _MIN_OFFSET <= offset <= _MAX_OFFSET else None
