"""What the archive knows of an outlet's rhythm: when its articles came out and were found, and what its runs cost."""

import json
from collections.abc import Mapping
from datetime import datetime
from sqlite3 import Row
from statistics import median
from typing import Any

from archive.database import Archive
from archive.runs import count_answers
from kickcrawl.dates import to_iso
from kickcrawl.rhythm import WINDOW, Allowance, History, NextRun, PastRun, next_run

# Argument of a run of `kickcrawl run`, and its values: QUICK where it asked only the seed that tells what is new.
SCHEDULE, QUICK, WHOLE = "schedule", "quick", "whole"
MAX_RUNS = 60  # the last ones, whose requests are counted
MAX_LATE = 200  # newest articles whose times are compared with when they were found
_FETCHED = ("stored", "revised", "unchanged", "gone", "deferred", "pictures")
_PARTS = ("sitemap", "feed", "listing", "related")  # any other seed is a platform's list of all posts


def read_history(archive: Archive, outlet: str, now: datetime) -> History:
    """Return what tells when the next run of *outlet* is due."""
    given = {"outlet": outlet, "begin": to_iso(now - WINDOW), "now": to_iso(now), "count": MAX_RUNS}
    rows = archive.rows(f"SELECT * FROM runs WHERE {_OF_RHYTHM} ORDER BY id DESC LIMIT :count", given)
    whole = next((row for row in rows if row["outcome"] == "complete" and not _is_quick(row)), None)
    seeds = json.loads(whole["seeds"]) if whole is not None else []
    has_posts = any(seed["seed"] not in _PARTS and seed["covers"] for seed in seeds)
    has_feed = any(seed["seed"] == "feed" and not seed["error"] and seed["named"] for seed in seeds)
    return History(
        published=[_time(row["at"]) for row in archive.rows(_PUBLISHED, given)],
        edited=[_time(row["started_at"]) for row in archive.rows(_EDITED, given) for _ in range(row["revised"])],
        runs=[_past(row) for row in rows],
        since=_time_or_none(archive.text(_OLDEST, given)),
        requests_today=count_answers(archive, outlet, now.strftime("%Y-%m-%d")),
        due_at=_time_or_none(archive.text(_DUE_AT, given)),
        has_quick_seed=has_posts or has_feed,
        tells_edits=has_posts,
    )


def plan_next(archive: Archive, outlet: str, allowance: Allowance, now: datetime) -> NextRun:
    """Return when *outlet* is due, by what the archive knows of it."""
    return next_run(read_history(archive, outlet, now), allowance, now)


def median_lateness(archive: Archive, outlet: str) -> float | None:
    """Return the median seconds from publication to archiving, of the newest articles that came out between two runs.

    None where there is no such article yet.
    """
    rows = archive.rows(_LATE, {"outlet": outlet, "count": MAX_LATE})
    late = [(_time(row["first_seen_at"]) - _time(row["published_at"])).total_seconds() for row in rows]
    return median(late) if late else None


def requests_a_day(archive: Archive, outlet: str, now: datetime) -> float:
    """Return how many answers the outlet gave a day in the last week, or since its first run where that is later."""
    given = {"outlet": outlet, "now": to_iso(now)}
    row = archive.row(_REQUESTS, given)
    assert row is not None, "an aggregate has a row"
    return float(row["requests"] or 0) / max(1.0, row["days"] or 1.0)


def _past(row: Row) -> PastRun:
    counts: Mapping[str, Any] = json.loads(row["counts"])
    rejected = sum(count for name, count in counts.items() if name.startswith("rejected/"))
    fetched = rejected + sum(counts.get(name, 0) for name in _FETCHED)
    is_failed = row["outcome"] == "failed" and not json.loads(row["complaints"])
    return PastRun(
        started_at=_time(row["started_at"]),
        outcome=row["outcome"],
        requests=counts.get("requests", 0),
        fetched=fetched,
        is_quick=_is_quick(row),
        is_out_of_reach=is_failed and fetched == 0,
    )


def is_scheduled(arguments: str) -> bool:
    """Tell whether a run with these *arguments* (JSON) began when its outlet was due by its rhythm."""
    return SCHEDULE in json.loads(arguments)


def _is_quick(row: Row) -> bool:
    return bool(json.loads(row["arguments"]).get(SCHEDULE) == QUICK)


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _time_or_none(text: str | None) -> datetime | None:
    return _time(text) if text else None


# A run that asked for less than everything says nothing of the rhythm.
_OF_RHYTHM = (
    "outlet = :outlet AND arguments ->> 'limit' IS NULL AND arguments ->> 'since' IS NULL "
    "AND arguments ->> 'until' IS NULL"
)
# Times of articles without one: when they were found, but for those that the first run found.
_PUBLISHED = """
    SELECT published_at AS at FROM articles WHERE outlet = :outlet AND published_at BETWEEN :begin AND :now
    UNION ALL
    SELECT first_seen_at FROM articles WHERE outlet = :outlet AND published_at IS NULL AND first_seen_at >= :begin
    AND first_seen_at > (SELECT min(finished_at) FROM runs WHERE outlet = :outlet)
"""
_EDITED = f"""
    SELECT started_at, counts ->> 'revised' AS revised FROM runs
    WHERE {_OF_RHYTHM} AND started_at >= :begin AND counts ->> 'revised' > 0
"""
_OLDEST = "SELECT min(published_at) FROM articles WHERE outlet = :outlet AND published_at IS NOT NULL"
_DUE_AT = "SELECT min(due_at) FROM frontier WHERE outlet = :outlet AND state = 'due'"
_LATE = """
    SELECT published_at, first_seen_at FROM articles
    WHERE outlet = :outlet AND published_at > (SELECT min(finished_at) FROM runs WHERE outlet = :outlet)
    AND first_seen_at >= published_at ORDER BY published_at DESC LIMIT :count
"""
_REQUESTS = """
    SELECT sum(counts ->> 'requests') AS requests, min(7.0, julianday(:now) - julianday(min(started_at))) AS days
    FROM runs WHERE outlet = :outlet AND started_at >= strftime('%Y-%m-%dT%H:%M:%S+00:00', :now, '-7 days')
"""
