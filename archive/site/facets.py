"""How many articles of a choice each outlet, section and author has, and each month or day: for the search page."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from archive.database import Archive
from archive.query.choice import Choice
from archive.query.choose import UNDATED, timeline
from archive.query.condition import condition

MAX_VALUES = 12  # of a facet that are shown
MAX_DAYS = 62  # of a time span that is shown day by day; a longer one by month
FACETS = {
    "outlet": "SELECT a.outlet AS value, count(*) AS count FROM articles a WHERE {where} GROUP BY 1",
    "section": "SELECT j.value, count(DISTINCT a.key) AS count FROM articles a, json_each(a.sections) j WHERE {where} "
    "GROUP BY j.value COLLATE NOCASE",
    "author": "SELECT j.value, count(DISTINCT a.key) AS count FROM articles a, json_each(a.authors) j WHERE {where} "
    "GROUP BY j.value COLLATE NOCASE",
}


def read_facet(archive: Archive, choice: Choice, name: str) -> list[tuple[str, int]]:
    """Return the (value, articles) pairs of a facet, the most frequent first."""
    asked = condition(archive, choice)
    rows = archive.rows(f"{FACETS[name].format(where=asked.sql)} ORDER BY 2 DESC, 1 LIMIT {MAX_VALUES}", asked.values)
    return [(str(row[0]), int(row[1])) for row in rows]


def over_time(archive: Archive, choice: Choice) -> list[tuple[str, int]]:
    """Return the articles of each month, or day of a short span, those without any between the first and last, too."""
    by_day = [counted for counted in timeline(archive, choice, "day") if counted[0] != UNDATED]
    if not by_day:
        return []
    first, last = (date.fromisoformat(by_day[at][0]) for at in (0, -1))
    if (last - first).days < MAX_DAYS:
        counts = dict(by_day)
        return [(str(day), counts.get(str(day), 0)) for day in _days(first, last)]
    by_month: dict[str, int] = {f"{month:%Y-%m}": 0 for month in _months(first, last)}
    for day, found in by_day:
        by_month[day[:7]] += found
    return list(by_month.items())


def within(choice: Choice, label: str) -> Choice:
    """Return *choice* narrowed to a month ("2025-07") or a day.

    >>> within(Choice(), "2025-02").until
    datetime.date(2025, 2, 28)
    """
    first = date.fromisoformat(f"{label}-01"[:10])
    last = first if len(label) > 7 else next_month(first) - timedelta(days=1)
    return replace(choice, since=max(first, choice.since or first), until=min(last, choice.until or last))


def next_month(day: date) -> date:
    """Return the first day of the month after that of *day*."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _days(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


def _months(first: date, last: date) -> Iterator[date]:
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = next_month(month)
