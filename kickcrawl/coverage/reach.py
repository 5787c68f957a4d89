"""For which days a seed can tell what was published: the spans of publish times for which it was read.

A sweep of a whole list reaches back to the first article; a feed's window to its oldest entry. Spans that touch are
one, so that a day that a seed once told stays told when the seed no longer reaches back to it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

How = Literal["whole", "part", "none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """A *seed* named all that it has of what was published from *since* (None: from the first on) to *until*."""

    seed: str
    since: datetime | None
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedCount:
    """How many articles a seed says that there are (X-WP-Total), and how many of them it does not name, *at* a time.

    *years*: how many of each year; empty where it was not asked for them.
    """

    seed: str
    total: int
    unnamed: int
    at: datetime
    years: Mapping[int, int] = field(default_factory=dict)


def day_span(day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return the first moment of *day* by the clock of *zone*, and the first one after it."""
    start = datetime.combine(day, time(), zone)
    return start, datetime.combine(day + timedelta(days=1), time(), zone)


def seeds_of_day(day: date, zone: ZoneInfo, reaches: Iterable[Reach]) -> dict[str, How]:
    """Return for each seed that reaches *day* whether it reaches the whole of it."""
    start, end = day_span(day, zone)
    found: dict[str, How] = {}
    for reach in reaches:
        if (reach.since is None or reach.since <= start) and reach.until >= end:
            found[reach.seed] = "whole"
        elif (reach.since is None or reach.since < end) and reach.until > start:
            found.setdefault(reach.seed, "part")
    return found


def joined(known: Sequence[tuple[str, str]], fresh: tuple[str, str]) -> tuple[tuple[str, str], list[tuple[str, str]]]:
    """Return the span that *fresh* makes with those of *known* that it touches, and these.

    Spans are (since, until) in ISO, UTC; '' as since is the beginning of all times, and sorts so.

    >>> joined([("", "2025-07-02"), ("2025-07-05", "2025-07-06")], ("2025-07-01", "2025-07-03"))
    (('', '2025-07-03'), [('', '2025-07-02')])
    """
    touched = [span for span in known if span[0] <= fresh[1] and span[1] >= fresh[0]]
    since = min([fresh[0], *(span[0] for span in touched)])
    until = max([fresh[1], *(span[1] for span in touched)])
    return (since, until), touched
