"""The articles of a choice: their keys in an order, how many they are, and how many of each day, month or outlet."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from archive.database import Archive
from archive.outlets import read_zones
from archive.query.choice import Choice
from archive.query.condition import Condition, condition
from archive.query.relevance import Tie, best

Order = Literal["oldest", "newest", "relevance"]
Bucket = Literal["day", "month", "outlet"]
UNDATED = "undated"  # the bucket of articles whose outlet does not say when they were published
_DIGITS = {"day": 10, "month": 7}  # of a local time in ISO 8601


def choose(archive: Archive, choice: Choice, *, order: Order = "oldest", limit: int | None = None) -> Iterator[int]:
    """Yield the keys of the articles of *choice*, at most *limit*, one by one as SQLite finds them.

    Articles without a publish time come before the oldest. Without words "relevance" is the newest first.
    """
    yield from in_order(archive, condition(archive, choice), order, limit)


def in_order(archive: Archive, asked: Condition, order: Order, limit: int | None) -> Iterator[int]:
    """Yield the keys of the articles that meet a condition; as choose(), for who needs the condition, too."""
    if order == "relevance" and asked.match is not None:
        yield from best(archive, asked, limit)
    else:
        yield from by_time(archive, asked, order, limit)


def by_time(archive: Archive, asked: Condition, order: Order, limit: int | None, tie: Tie = "key") -> Iterator[int]:
    """Yield the keys of the articles that meet a condition, the oldest first, or else the newest."""
    rows = f"SELECT a.key FROM articles a WHERE {asked.sql} ORDER BY {_ORDERS[order].format(tie=tie)} LIMIT :limit"
    for row in archive.each(rows, asked.values | {"limit": -1 if limit is None else limit}):  # -1: all
        yield row["key"]


def count(archive: Archive, choice: Choice) -> int:
    """Return how many articles are of *choice*."""
    return count_met(archive, condition(archive, choice))


def count_met(archive: Archive, asked: Condition) -> int:
    """Return how many articles meet a condition."""
    if asked.total is not None:
        return asked.total
    return archive.count(f"SELECT count(*) FROM articles a WHERE {asked.sql}", asked.values)


def timeline(archive: Archive, choice: Choice, by: Bucket) -> list[tuple[str, int]]:
    """Return how many articles are of each day ("2025-07-14"), month ("2025-07") or outlet (its slug), in their order.

    Days and months are those of the outlet's own clock, or of UTC where the choice says so; those without an article
    are left out. Articles without a publish time are counted last, as "undated", so that the sum is count().
    """
    return timeline_of(archive, condition(archive, choice), by, utc=choice.utc)


def timeline_of(archive: Archive, asked: Condition, by: Bucket, *, utc: bool) -> list[tuple[str, int]]:
    """Return the timeline of what meets a condition; as timeline(), for who needs the condition, too."""
    if by == "outlet":
        rows = archive.rows(_OUTLETS.format(where=asked.sql), asked.values)
        return [(row[0], row[1]) for row in rows]
    counts: Counter[str] = Counter()
    zones = {slug: ZoneInfo("UTC" if utc else zone) for slug, zone in read_zones(archive).items()}
    for outlet, quarter, found in archive.each(_QUARTERS.format(where=asked.sql), asked.values):
        local = datetime.fromisoformat(quarter).astimezone(zones[outlet]).isoformat() if quarter else None
        counts[local[: _DIGITS[by]] if local else UNDATED] += found
    return sorted(counts.items(), key=place)


def place(counted: tuple[str, int]) -> tuple[bool, str]:
    """Return where a count of a day or month stands in a timeline: in the order of time, without a time last."""
    return counted[0] == UNDATED, counted[0]


_ORDERS = {
    "oldest": "a.published_at, a.{tie}",
    "newest": "a.published_at DESC, a.{tie} DESC",
    "relevance": "a.published_at DESC, a.{tie} DESC",
}
_OUTLETS = "SELECT a.outlet, count(*) FROM articles a WHERE {where} GROUP BY 1 ORDER BY 1"
# Counted by SQLite for each quarter of an hour: in no zone of today does a day begin within one.
_QUARTERS = """
    SELECT a.outlet,
           substr(a.published_at, 1, 14) || printf('%02d', substr(a.published_at, 15, 2) / 15 * 15) || '+00:00',
           count(*)
    FROM articles a WHERE {where} GROUP BY 1, 2
"""
