"""How many articles were published in each month, as the outlet's own calendar has it.

The bounds of a month in an outlet's zone are reckoned here, so that SQLite only counts ranges of an index and need not
convert the time of every article.
"""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from archive.database import Archive
from archive.query.condition import Condition
from kickcrawl.dates import to_iso

FIRST = datetime(1995, 1, 1, tzinfo=UTC)  # before any news site: a wrong year must not stretch the chart


def articles_by_month(
    archive: Archive, outlet: str | None = None, asked: Condition | None = None
) -> list[tuple[str, int]]:
    """Return ("2025-07", articles) for every month from the first to the last, empty ones too.

    With *asked* those are counted that meet it; it must ask for columns of the index articles_by_outlet only.
    """
    spans: list[tuple[str, str, str, str]] = []
    for row in archive.rows(
        "SELECT o.slug, o.timezone, "
        "(SELECT min(published_at) FROM articles WHERE outlet = o.slug AND published_at >= :first) AS oldest, "
        "(SELECT max(published_at) FROM articles WHERE outlet = o.slug AND published_at <= :last) AS newest "
        "FROM outlets o WHERE :outlet IS NULL OR o.slug = :outlet",
        {"outlet": outlet, "first": to_iso(FIRST), "last": to_iso(datetime.now(UTC) + timedelta(days=31))},
    ):
        if row["oldest"] and row["newest"]:
            spans += [(row["slug"], *span) for span in month_spans(row["oldest"], row["newest"], row["timezone"])]
    values = {} if asked is None else asked.values
    sql = _COUNT.format(where="1" if asked is None else asked.sql)
    counts: Counter[str] = Counter()
    for month, found in archive.rows(sql, values | {"spans": json.dumps(spans)}):  # at once: words are sought once
        counts[month] += found
    return sorted(counts.items())


def month_spans(oldest: str, newest: str, timezone: str) -> Iterator[tuple[str, str, str]]:
    """Yield (month, start, end) from the month of *oldest* to that of *newest*; the bounds are UTC, end excluded.

    >>> next(month_spans("2025-06-30T16:30:00+00:00", "2025-07-02T00:00:00+00:00", "Asia/Makassar"))
    ('2025-07', '2025-06-30T16:00:00+00:00', '2025-07-31T16:00:00+00:00')
    """
    zone = ZoneInfo(timezone)
    last = datetime.fromisoformat(newest)
    start = datetime.fromisoformat(oldest).astimezone(zone).replace(day=1, hour=0, minute=0, second=0)
    while start <= last:
        end = (start + timedelta(days=32)).replace(day=1)
        yield f"{start:%Y-%m}", to_iso(start), to_iso(end)
        start = end


_COUNT = """
    SELECT s.value ->> 1, (SELECT count(*) FROM articles a WHERE a.outlet = s.value ->> 0 AND {where}
                           AND published_at >= s.value ->> 2 AND published_at < s.value ->> 3)
    FROM json_each(:spans) s
"""
