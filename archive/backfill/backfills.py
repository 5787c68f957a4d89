"""The table backfills: what was asked for of an outlet's past from each source, and how far that has come."""

import sqlite3
from dataclasses import dataclass
from datetime import date, datetime

from archive.database import Archive
from kickcrawl.dates import to_iso

OWN = "own"  # the source that is the outlet itself
ORDINARY = "arguments ->> 'backfill' IS NULL"  # of a row of runs: a crawl, whose end says how the outlet is


@dataclass(frozen=True, slots=True, kw_only=True)
class Backfill:
    """What is asked for of *outlet* from *source*, and how far it has come; see the table backfills."""

    outlet: str
    source: str
    since: str
    until: str | None
    begun_at: str
    cursor: str | None = None
    indexed_at: str | None = None
    finished_at: str | None = None
    failure: str | None = None


def begin_backfill(
    archive: Archive, outlet: str, source: str, since: date, until: date | None, now: datetime
) -> Backfill:
    """Return the backfill that goes on, or a new one where none is there or other days are asked for.

    What was found out about captures before stays: what was stored or refused is not asked for again.
    """
    asked = {"outlet": outlet, "source": source, "since": str(since), "until": str(until) if until else None}
    with archive.transaction():
        row = archive.row(_READ, asked)
        if row is not None and (row["since"], row["until"]) == (asked["since"], asked["until"]):
            return _backfill(row)
        archive.write(_BEGIN, asked | {"now": to_iso(now)})
        archive.write(_OUTSIDE_AGAIN, asked)
    return Backfill(
        outlet=outlet, source=source, since=str(since), until=asked["until"], begun_at=to_iso(now)
    )  # fmt: skip


def read_backfills(archive: Archive, outlet: str | None) -> list[Backfill]:
    """Return the backfills of *outlet*, or all, in the order of their names."""
    rows = archive.rows(
        "SELECT * FROM backfills WHERE :outlet IS NULL OR outlet = :outlet ORDER BY outlet, source", {"outlet": outlet}
    )
    return [_backfill(row) for row in rows]


def note_cursor(archive: Archive, backfill: Backfill, cursor: str | None, now: datetime) -> None:
    """Note where the index is read on; None: it was read to its end."""
    archive.write(
        "UPDATE backfills SET cursor = :cursor, indexed_at = iif(:cursor IS NULL, :now, NULL) "
        "WHERE outlet = :outlet AND source = :source",
        {"cursor": cursor, "now": to_iso(now), "outlet": backfill.outlet, "source": backfill.source},
    )


def note_end(archive: Archive, backfill: Backfill, failure: str | None, now: datetime, *, is_finished: bool) -> None:
    """Note how a run of *backfill* ended: why it could not go on, or that nothing is left to be asked for."""
    archive.write(
        "UPDATE backfills SET failure = :failure, finished_at = :finished_at "
        "WHERE outlet = :outlet AND source = :source",
        {
            "failure": failure,
            "finished_at": to_iso(now) if is_finished else None,
            "outlet": backfill.outlet,
            "source": backfill.source,
        },
    )


def count_asked(archive: Archive, outlet: str, source: str, day: str) -> int:
    """Return how many requests backfills of *outlet* from *source* made since the beginning of *day* (UTC).

    Captures of web archives are told by when they were asked for; they have the times of the web archive.
    """
    return archive.count(_ASKED, {"outlet": outlet, "source": source, "day": day})


def find_answer(archive: Archive, outlet: str, source: str, url: str) -> int | None:
    """Return the capture with what *url* answered since the backfill began; None if there is none, or all is named."""
    return archive.number(_ANSWER, {"outlet": outlet, "source": source, "url": url})


def _backfill(row: sqlite3.Row) -> Backfill:
    return Backfill(**{name: row[name] for name in row.keys()})  # noqa: SIM118  (a row's iterator gives its values)


_READ = "SELECT * FROM backfills WHERE outlet = :outlet AND source = :source"
_BEGIN = """
    INSERT INTO backfills (outlet, source, since, until, begun_at) VALUES (:outlet, :source, :since, :until, :now)
    ON CONFLICT (outlet, source) DO UPDATE SET since = excluded.since, until = excluded.until,
    begun_at = excluded.begun_at, cursor = NULL, indexed_at = NULL, finished_at = NULL, failure = NULL
"""
_OUTSIDE_AGAIN = """
    UPDATE backfill_captures SET state = 'due', attempts = 0
    WHERE outlet = :outlet AND source = :source AND state IN ('outside', 'failed')
"""
_ANSWER = """
    SELECT coalesce(c.original_id, c.id) FROM captures c JOIN runs r ON r.id = c.run_id
    JOIN backfills b ON b.outlet = r.outlet AND b.source = :source
    WHERE c.url = :url AND c.status = 200 AND c.length > 0 AND c.source IS NULL AND r.outlet = :outlet
    AND r.arguments ->> 'backfill' = :source AND b.indexed_at IS NULL AND r.started_at >= b.begun_at
    ORDER BY c.id DESC LIMIT 1
"""
_ASKED = """
    SELECT (
        SELECT count(*) FROM runs r JOIN captures c ON c.run_id = r.id
        WHERE r.outlet = :outlet AND r.arguments ->> 'backfill' = :source AND coalesce(r.finished_at, :day) >= :day
        AND c.source IS NULL AND c.fetched_at >= :day
    ) + (
        SELECT count(*) FROM captures c JOIN backfill_captures b ON b.address = c.source
        WHERE b.outlet = :outlet AND b.source = :source AND b.asked_at >= :day
    )
"""
