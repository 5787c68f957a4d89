"""Keep what crawls observe beside articles (table observations), and judge it with the disk of the archive."""

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from sqlite3 import Row

from archive.database import Archive
from kickcrawl.alerts.alert import Alert
from kickcrawl.alerts.disk import GROWTH_DAYS, Disk, disk_alert
from kickcrawl.alerts.observed import Observation, clock_alert, outlet_observed
from kickcrawl.dates import to_iso


def observe(archive: Archive, outlet: str, subject: str, name: str, value: str, at: str) -> None:
    """Note at the time *at* (ISO, UTC) that *subject* of *name* is *value*; what it was is kept where that differs."""
    archive.write(_OBSERVE, {"outlet": outlet, "subject": subject, "name": name, "value": value, "at": at})


def observed_alerts(archive: Archive, outlet: str, now: datetime) -> Iterator[Alert]:
    """Yield what was observed of *outlet* and must be told."""
    rows = archive.rows("SELECT * FROM observations WHERE outlet = :outlet", {"outlet": outlet})
    return outlet_observed([_observation(row) for row in rows], now)


def machine_observed(archive: Archive, now: datetime) -> Iterator[Alert]:
    """Yield what is wrong with this machine: its clock, its disk."""
    clocks = [_observation(row) for row in archive.rows("SELECT * FROM observations WHERE subject = 'clock'")]
    if alert := clock_alert(clocks, now):
        yield alert
    free = shutil.disk_usage(archive.path.parent).free
    if alert := disk_alert(Disk(free=free, grown=grown_by_day(archive, now)), now):
        yield alert


def grown_by_day(archive: Archive, now: datetime) -> list[int]:
    """Return how many bytes each of the last days brought, WARC files and their part of the database.

    Days before the first run are left out.
    """
    first = archive.text("SELECT min(started_at) FROM runs")
    if first is None:
        return []
    whole = max(1, archive.count("SELECT max(id) FROM captures"))
    a_capture = archive.path.stat().st_size / whole
    begin = max(now - timedelta(days=GROWTH_DAYS), datetime.fromisoformat(first))
    found = {row["day"]: row for row in archive.rows(_GROWN, {"since": to_iso(begin)})}
    days = [begin + timedelta(days=number) for number in range((now - begin).days + 1)]
    rows = [found.get(to_iso(day)[:10]) for day in days]
    return [round(row["bytes"] + row["captures"] * a_capture) if row else 0 for row in rows]


def _observation(row: Row) -> Observation:
    return Observation(
        subject=row["subject"],
        name=row["name"],
        outlet=row["outlet"],
        value=row["value"],
        before=row["before"],
        since=datetime.fromisoformat(row["since"]),
        checked_at=datetime.fromisoformat(row["checked_at"]),
    )


_OBSERVE = """
    INSERT INTO observations (subject, name, outlet, value, since, checked_at)
    VALUES (:subject, :name, :outlet, :value, :at, :at)
    ON CONFLICT (outlet, subject, name) DO UPDATE SET checked_at = excluded.checked_at,
        before = CASE WHEN value = excluded.value THEN before ELSE value END,
        since = CASE WHEN value = excluded.value THEN since ELSE excluded.since END, value = excluded.value
"""
# By run: captures have no index by time, and those of a run stand together.
_GROWN = """
    SELECT substr(c.fetched_at, 1, 10) AS day, sum(c.size) AS bytes, count(*) AS captures
    FROM runs r CROSS JOIN captures c ON c.run_id = r.id
    WHERE r.started_at >= :since GROUP BY 1
"""
