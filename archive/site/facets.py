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
from archive.query.choose import UNDATED, timeline_of
from archive.query.condition import Condition, condition
from archive.query.relevance import AMONG_KEYS
from archive.site.months import articles_by_month

FACETS = ("outlet", "section", "author")
MAX_VALUES = 12  # of a facet that are shown
MAX_DAYS = 62  # of a time span that is shown day by day; a longer one by month
_MONTH = 7  # letters of "2025-07"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """The (value, articles) pairs of each facet, the most frequent first, and of each month or day, in their order.

    *counted* is how many articles the facets count, the newest, where those are not all.
    """

    facets: dict[str, list[tuple[str, int]]]
    over_time: list[tuple[str, int]]
    counted: int | None


def read_counts(archive: Archive, choice: Choice, asked: Condition) -> Counts:
    """Return the facets of a choice and its articles over time; *asked* is its condition, looked up."""
    told = tell_counts(archive, choice, asked)
    return replace(told, over_time=filled(told.over_time))


def tell_counts(archive: Archive, choice: Choice, asked: Condition, most: int = MAX_VALUES) -> Counts:
    """Return the counts with *most* values of a facet, -1: all; over time days, or months, that have articles.

    Days, unless there are too many articles: see filled().
    """
    keys = asked.keys or []
    if asked.total == len(keys):
        days = _by_day(archive, asked, utc=choice.utc)
        return Counts(facets=_facets(archive, keys, most), over_time=days, counted=None)
    is_indexed = replace(choice, words=None, outlet=None, exact=False) == Choice()
    if is_indexed:
        months = articles_by_month(archive, choice.outlet, asked)
    else:
        among: dict[str, object] = {"keys": json.dumps(keys)}
        sample = Condition(sql=AMONG_KEYS, others=AMONG_KEYS, values=among, match=None, held=None, total=len(keys))
        months = _by_day(archive, sample, utc=choice.utc)
    return Counts(facets=_facets(archive, keys, most), over_time=months, counted=len(keys))


def over_time(archive: Archive, choice: Choice) -> list[tuple[str, int]]:
    """Return the articles of each month, or day of a short span, those without any between the first and last, too."""
    return filled(_by_day(archive, condition(archive, choice), utc=choice.utc))


def _facets(archive: Archive, keys: list[int], most: int) -> dict[str, list[tuple[str, int]]]:
    found: dict[str, list[tuple[str, int]]] = {name: [] for name in FACETS}
    in_order = json.dumps(sorted(keys))  # of names that differ in capitals the same one stands, however they were found
    for facet, value, count in archive.rows(_FACETS, {"keys": in_order, "most": most}):
        found[facet].append((str(value), int(count)))
    return found


def _by_day(archive: Archive, asked: Condition, *, utc: bool) -> list[tuple[str, int]]:
    return [counted for counted in timeline_of(archive, asked, "day", utc=utc) if counted[0] != UNDATED]


def filled(by_day: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Return the days of a short span, or else months, those without articles, too, of counts *by_day* in their order.

    Months are given back as they are.
    """
    if not by_day or len(by_day[0][0]) == _MONTH:
        return by_day
    first, last = (date.fromisoformat(by_day[at][0]) for at in (0, -1))
    if (last - first).days < MAX_DAYS:
        counts = dict(by_day)
        return [(str(day), counts.get(str(day), 0)) for day in _days(first, last)]
    by_month: dict[str, int] = {f"{month:%Y-%m}": 0 for month in _months(first, last)}
    for day, found in by_day:
        by_month[day[:_MONTH]] += found
    return list(by_month.items())


def within(choice: Choice, label: str) -> Choice:
    """Return *choice* narrowed to a month ("2025-07") or a day.

    >>> within(Choice(), "2025-02").until
    datetime.date(2025, 2, 28)
    """
    first = date.fromisoformat(f"{label}-01"[:10])
    last = first if len(label) > _MONTH else next_month(first) - timedelta(days=1)
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


_FACETS = """
    WITH chosen AS MATERIALIZED (
        SELECT a.key, a.outlet, a.sections, a.authors FROM json_each(:keys) k JOIN articles a ON a.key = k.value
    )
    SELECT * FROM (
        SELECT 'outlet', outlet, count(*) FROM chosen GROUP BY 2 ORDER BY 3 DESC, 2 LIMIT :most
    )
    UNION ALL SELECT * FROM (
        SELECT 'section', j.value, count(DISTINCT chosen.key) FROM chosen, json_each(sections) j
        GROUP BY j.value COLLATE NOCASE ORDER BY 3 DESC, 2 LIMIT :most
    )
    UNION ALL SELECT * FROM (
        SELECT 'author', j.value, count(DISTINCT chosen.key) FROM chosen, json_each(authors) j
        GROUP BY j.value COLLATE NOCASE ORDER BY 3 DESC, 2 LIMIT :most
    )
"""
