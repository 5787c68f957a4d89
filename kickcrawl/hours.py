"""Quiet hours: times of the day at which nothing is asked of an outlet, by the outlet's own clock. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

_SPAN = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)-([01]?\d|2[0-3]):([0-5]\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """From *begin* to before *end*; over midnight where *end* is the earlier."""

    begin: time
    end: time

    def __contains__(self, at: time) -> bool:
        if self.begin < self.end:
            return self.begin <= at < self.end
        return at >= self.begin or at < self.end


def read_hours(text: str) -> Hours:
    """Return the hours that *text* names. ValueError, with what to write, where it names none.

    >>> time(0, 30) in read_hours("23:00-05:00")
    True
    """
    match = _SPAN.fullmatch(text.strip())
    if match is None or match.group(1, 2) == match.group(3, 4):
        raise ValueError(f'{text!r} are no hours; write them as "23:00-05:00"')
    first, second, third, fourth = map(int, match.groups())
    return Hours(begin=time(first, second), end=time(third, fourth))


def end_of_quiet(quiet: Iterable[Hours], timezone: str, at: datetime) -> datetime | None:
    """Return when the quiet hours end that *at* lies in; None where it lies in none. Times in UTC."""
    quiet, zone = tuple(quiet), ZoneInfo(timezone)
    until = at
    for _ in range(len(quiet) + 1):  # the end of some may lie in others
        local = until.astimezone(zone)
        within = next((hours for hours in quiet if local.time() in hours), None)
        if within is None:
            break
        day = local.date() if local.time() < within.end else local.date() + timedelta(days=1)
        until = datetime.combine(day, within.end, zone).astimezone(at.tzinfo)
    return until if until > at else None
