"""Check and mend what a run that died has left behind, before the next run begins; say in sentences what was done.

SQLite itself rolls back half a transaction, archive/captures.py cuts off half a record, archive/runs.py marks the run
as died and releases its leases. This module checks the database after such a run, and corrects times that were written
while this machine's clock was ahead.
"""

import sqlite3
from datetime import datetime, timedelta
from sqlite3 import SQLITE_CORRUPT

from archive.database import Archive
from archive.frontier import BACKOFF_HOURS
from archive.lock import is_locked
from archive.runs import bury_runs
from archive.warc.owner import warc_folder
from kickcrawl import RELEASED
from kickcrawl.dates import to_iso
from kickcrawl.errors import ArchiveError

MAX_CLOCK_ERROR = timedelta(days=1)  # a smaller error of this machine's clock is tolerated


def check_after_death(archive: Archive) -> list[str]:
    """Check the archive if a run has died, rebuild a damaged full-text index, and return what was done as sentences.

    The run is noted as died, so that the next start need not check again. WARC files that are gone or cut short are
    named. Raises ArchiveError where the database itself is damaged.
    """
    running = archive.rows("SELECT id, outlet FROM runs WHERE outcome = 'running' ORDER BY id")
    dead = [row for row in running if not is_locked(archive.path, row["outlet"])]
    if not dead:
        return []
    if (fault := archive.text("PRAGMA quick_check(1)") or "") != "ok":
        why = " ".join(fault.split())
        raise ArchiveError(archive.path, f"the database is damaged ({why}); restore it from a backup")
    mended = ["the full-text index was damaged and is written anew"] if _mend_index(archive) else []
    runs = ", ".join(f"{row['id']} of {row['outlet']}" for row in dead)
    cut_short = _files_cut_short(archive)
    bury_runs(archive, [row["id"] for row in dead])  # last: what is not mended yet is checked again
    return [f"run {runs} ended without a word; the database was checked and is sound", *mended, *cut_short]


def leases_left(archive: Archive, outlet: str) -> int:
    """Return how many candidates are leased; with the outlet's lock held, a run that died had taken them."""
    return int(archive.count("SELECT count(*) FROM frontier WHERE outlet = :o AND state = 'leased'", {"o": outlet}))


def forget_future(archive: Archive, outlet: str, now: datetime) -> int:
    """Correct times of the frontier that lie after *now*, or after the longest pause from now; return how many rows.

    Such times were written while the clock was ahead: what waits for them would wait for years. What articles and
    captures say stays: it is testimony. A clock that is behind RELEASED is wrong itself, and puts nothing right.
    """
    if now < RELEASED:
        return 0
    values = {
        "outlet": outlet,
        "now": to_iso(now),
        "ahead": to_iso(now + MAX_CLOCK_ERROR),
        "longest": to_iso(now + timedelta(hours=BACKOFF_HOURS[-1]) + MAX_CLOCK_ERROR),
        "before": to_iso(now - timedelta(hours=23)),  # a seed names it later; a day would make it due by its age
    }
    with archive.transaction():
        archive.write(_NAMED, values)
        archive.write(_FRONTIER, values)
        return archive.count("SELECT changes()")


def _files_cut_short(archive: Archive) -> list[str]:
    """Return a sentence for each WARC file that does not reach to the last record that it should hold."""
    told = []
    for row in archive.rows("SELECT file, max(offset) AS last FROM captures GROUP BY file ORDER BY file"):
        path = warc_folder(archive.path) / row["file"]
        size = path.stat().st_size if path.exists() else 0
        if size <= row["last"]:
            told.append(
                f"{path} {'is cut short' if size else 'is gone'}; restore it from a backup, see kickcrawl verify"
            )
    return told


def _mend_index(archive: Archive) -> bool:
    try:
        archive.write("INSERT INTO articles_fts (articles_fts) VALUES ('integrity-check')")
    except ArchiveError as error:
        if not (
            isinstance(error.__cause__, sqlite3.Error) and error.__cause__.sqlite_errorcode & 0xFF == SQLITE_CORRUPT
        ):
            raise
        archive.write("INSERT INTO articles_fts (articles_fts) VALUES ('rebuild')")
        return True
    return False


_FRONTIER = """
    UPDATE frontier SET due_at = iif(due_at > :longest, :now, due_at),
        checked_at = iif(checked_at > :ahead, :before, checked_at),
        first_named_at = iif(first_named_at > :ahead, :before, first_named_at),
        last_named_at = iif(last_named_at > :ahead, :before, last_named_at)
    WHERE outlet = :outlet
    AND (due_at > :longest OR checked_at > :ahead OR first_named_at > :ahead OR last_named_at > :ahead)
"""
_NAMED = """
    UPDATE frontier_seeds SET named_at = :before
    WHERE named_at > :ahead AND url IN (SELECT url FROM frontier WHERE outlet = :outlet)
"""
