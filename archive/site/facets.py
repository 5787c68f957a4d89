"""How many articles of a choice each outlet, section and author has, and each month or day: for the search page.

Of more than MAX_RANKED articles the newest are counted, and the page says so: in an archive of a million the counts of
a common word would take seconds. The months of words are counted whole then, too, from an index.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from archive.database import Archive
from archive.query.choice import Choice
from archive.query.choose import UNDATED, count_met, in_order, timeline_of
from archive.query.condition import Condition, condition
from archive.query.relevance import MAX_RANKED
from archive.site.months import articles_by_month

MAX_VALUES = 12  # of a facet that are shown
MAX_DAYS = 62  # of a time span that is shown day by day; a longer one by month
FACETS = {
    "outlet": "SELECT a.outlet AS value, count(*) AS count FROM articles a WHERE {where} GROUP BY 1",
    "section": "SELECT j.value, count(DISTINCT a.key) AS count FROM articles a, json_each(a.sections) j WHERE {where} "
    "GROUP BY j.value COLLATE NOCASE",
    "author": "SELECT j.value, count(DISTINCT a.key) AS count FROM articles a, json_each(a.authors) j WHERE {where} "
    "GROUP BY j.value COLLATE NOCASE",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """The (value, articles) pairs of each facet, the most frequent first, and of each month or day, in their order.

    *counted* is how many articles the facets count, the newest, where those are not all.
    """

    facets: dict[str, list[tuple[str, int]]]
    over_time: list[tuple[str, int]]
    counted: int | None


def read_counts(archive: Archive, choice: Choice) -> Counts:
    """Return the facets of a choice and its articles over time."""
    asked = condition(archive, choice)
    if count_met(archive, asked) <= MAX_RANKED:
        return Counts(
            facets=_facets(archive, asked), over_time=_over_time(archive, asked, utc=choice.utc), counted=None
        )
    newest = list(in_order(archive, asked, "newest", MAX_RANKED))
    sample = Condition(sql=_AMONG, values={"keys": json.dumps(newest)}, match=None, total=len(newest))
    is_indexed = replace(choice, words=None, outlet=None, exact=False) == Choice()
    months = articles_by_month(archive, choice.outlet, asked) if is_indexed else None
    return Counts(
        facets=_facets(archive, sample),
        over_time=_over_time(archive, sample, utc=choice.utc) if months is None else months,
        counted=len(newest),
    )


def over_time(archive: Archive, choice: Choice) -> list[tuple[str, int]]:
    """Return the articles of each month, or day of a short span, those without any between the first and last, too."""
    return _over_time(archive, condition(archive, choice), utc=choice.utc)


def _facets(archive: Archive, asked: Condition) -> dict[str, list[tuple[str, int]]]:
    found = {}
    for name, sql in FACETS.items():
        rows = archive.rows(f"{sql.format(where=asked.sql)} ORDER BY 2 DESC, 1 LIMIT {MAX_VALUES}", asked.values)
        found[name] = [(str(row[0]), int(row[1])) for row in rows]
    return found


def _over_time(archive: Archive, asked: Condition, *, utc: bool) -> list[tuple[str, int]]:
    by_day = [counted for counted in timeline_of(archive, asked, "day", utc=utc) if counted[0] != UNDATED]
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


_AMONG = "a.key IN (SELECT value FROM json_each(:keys))"
