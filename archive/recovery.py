"""Check and mend what a run that died has left behind, before the next run begins; say in sentences what was done.

SQLite itself rolls back half a transaction, archive/captures.py cuts off half a record, archive/runs.py marks the run
as died and releases its leases. This module checks the database after such a run: all of a small one, only what was
written last in a large one, so that no start takes longer as the archive grows. It also corrects times that were
written while this machine's clock was ahead.
"""

import sqlite3
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from sqlite3 import SQLITE_CORRUPT

from archive.database import Archive
from archive.frontier import BACKOFF_HOURS
from archive.lock import is_locked
from archive.runs import bury_runs
from archive.verify.archive import database_size
from archive.verify.newest import check_newest, lacks_newest
from archive.warc.owner import warc_folder
from kickcrawl import RELEASED
from kickcrawl.dates import to_iso
from kickcrawl.errors import ArchiveError

MAX_WHOLE_BYTES = 200_000_000  # bytes of a database that is checked whole: within a second, in 2026
MAX_RUNS = 50  # of an outlet, the last, that tell whether the clock was ahead
MAX_CLOCK_ERROR = timedelta(days=1)  # a smaller error of this machine's clock is tolerated


def check_after_death(archive: Archive, *, max_whole: int = MAX_WHOLE_BYTES) -> list[str]:
    """Check the archive if a run has died, rebuild a damaged full-text index, and return what was done as sentences.

    Of an archive of more than *max_whole* bytes what came last is checked. The run is noted as died, so that the next
    start need not check again. WARC files that are gone or cut short are named. Raises ArchiveError where the database
    itself is damaged.
    """
    running = archive.rows("SELECT id, outlet FROM runs WHERE outcome = 'running' ORDER BY id")
    dead = [row for row in running if not is_locked(archive.path, row["outlet"])]
    if not dead:
        return []
    ids = [row["id"] for row in dead]
    checked = _check_all(archive) if database_size(archive) <= max_whole else _check_newest(archive, ids)
    runs = ", ".join(f"{row['id']} of {row['outlet']}" for row in dead)
    cut_short = _files_cut_short(archive)
    bury_runs(archive, ids)  # last: what is not mended yet is checked again
    return [f"run {runs} ended without a word; {checked[0]}", *checked[1:], *cut_short]


def _check_all(archive: Archive) -> list[str]:
    """Check the whole database and the structure of its index; return what was done."""
    if (fault := archive.text("PRAGMA quick_check(1)") or "") != "ok":
        why = " ".join(fault.split())
        raise ArchiveError(archive.path, f"the database is damaged ({why}); restore it from a backup")
    is_mended = _mend_index(archive, _is_index_unsound)
    return ["the database was checked and is sound", *[_MENDED] * is_mended]


def _check_newest(archive: Archive, dead: Sequence[int]) -> list[str]:
    """Check what was written last; return what was done."""
    links = check_newest(archive, dead)
    is_mended = _mend_index(archive, lacks_newest)
    checked = f"the last {links} links of the chain, and what they vouch for, were checked and are sound"
    return [f"{checked}; kickcrawl verify checks the rest", *[_MENDED] * is_mended]


def leases_left(archive: Archive, outlet: str) -> int:
    """Return how many candidates are leased; with the outlet's lock held, a run that died had taken them."""
    return int(archive.count("SELECT count(*) FROM frontier WHERE outlet = :o AND state = 'leased'", {"o": outlet}))


def forget_future(archive: Archive, outlet: str, now: datetime) -> int:
    """Correct times of the frontier that lie after *now*, or after the longest pause from now; return how many rows.

    Such times were written while the clock was ahead: what waits for them would wait for years. What articles and
    captures say stays: it is testimony, and tells whether the clock was ahead at all. A clock that is behind RELEASED
    is wrong itself, and puts nothing right.
    """
    if now < RELEASED:
        return 0
    if not archive.value(_WAS_AHEAD, {"outlet": outlet, "ahead": to_iso(now + MAX_CLOCK_ERROR), "runs": MAX_RUNS}):
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
        archive.write(_REACHED, values)
        archive.write("DELETE FROM reaches WHERE outlet = :outlet AND until <= since", values)
        archive.write(_FRONTIER, values)
        return archive.count("SELECT changes()")


def _files_cut_short(archive: Archive) -> list[str]:
    """Return a sentence for each WARC file that is gone, or ends before the last record that it should hold."""
    told = []
    for row in archive.rows(_LAST_CAPTURES):
        path = warc_folder(archive.path) / row["file"]
        size = path.stat().st_size if path.exists() else 0
        if size <= row["last"]:
            told.append(
                f"{path} {'is cut short' if size else 'is gone'}; restore it from a backup, see kickcrawl verify"
            )
    return told


def _is_index_unsound(archive: Archive) -> bool:
    """Check the structure of all of the full-text index; return False. Raises ArchiveError where it is damaged."""
    archive.write("INSERT INTO articles_fts (articles_fts) VALUES ('integrity-check')")
    return False


def _mend_index(archive: Archive, is_unsound: Callable[[Archive], bool]) -> bool:
    """Write the full-text index anew if a check says that it is unsound, or fails because it is damaged."""
    try:
        if not is_unsound(archive):
            return False
    except ArchiveError as error:
        if not (
            isinstance(error.__cause__, sqlite3.Error) and error.__cause__.sqlite_errorcode & 0xFF == SQLITE_CORRUPT
        ):
            raise
    archive.write("INSERT INTO articles_fts (articles_fts) VALUES ('rebuild')")
    return True


_MENDED = "the full-text index was damaged and is written anew"
# From file to file by the index, not capture by capture.
_LAST_CAPTURES = """
    WITH RECURSIVE files (file) AS (
        SELECT min(file) FROM captures
        UNION ALL SELECT (SELECT min(file) FROM captures WHERE file > files.file) FROM files WHERE file IS NOT NULL
    ) SELECT file, (SELECT max(offset) FROM captures c WHERE c.file = files.file) AS last
    FROM files WHERE file IS NOT NULL ORDER BY file
"""
_WAS_AHEAD = """
    SELECT 1 FROM (SELECT * FROM runs WHERE outlet = :outlet ORDER BY id DESC LIMIT :runs) r
    WHERE started_at > :ahead OR finished_at > :ahead
    OR (SELECT fetched_at FROM captures WHERE run_id = r.id ORDER BY id DESC LIMIT 1) > :ahead LIMIT 1
"""
_FRONTIER = """
    UPDATE frontier SET due_at = iif(due_at > :longest, :now, due_at),
        checked_at = iif(checked_at > :ahead, :before, checked_at),
        first_named_at = iif(first_named_at > :ahead, :before, first_named_at),
        last_named_at = iif(last_named_at > :ahead, :before, last_named_at)
    WHERE outlet = :outlet
    AND (due_at > :longest OR checked_at > :ahead OR first_named_at > :ahead OR last_named_at > :ahead)
"""
# A reach that ends in the future was noted while the clock was ahead: it ends with the last run before now instead.
_REACHED = """
    UPDATE reaches SET until = coalesce((
        SELECT max(started_at) FROM runs WHERE outlet = :outlet AND outcome <> 'running' AND started_at <= :now
    ), since) WHERE outlet = :outlet AND until > :ahead
"""
_NAMED = """
    UPDATE frontier_seeds SET named_at = :before
    WHERE named_at > :ahead AND url IN (SELECT url FROM frontier WHERE outlet = :outlet)
"""
