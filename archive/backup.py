"""Copy an archive whole while crawls write to it, by SQLite's backup API.

The copy is one moment of the archive, in a file beside the target; it is checked and only then renamed, so that a
backup is whole or not there. Two databases are open here, so sqlite3's errors become ours here, too.
"""

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from archive.database import CHECK_CACHE_KIB, open_archive
from archive.whole_file import refuse_own
from kickcrawl.errors import ArchiveError, UsageError


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """A copy that was made and checked."""

    path: Path
    articles: int
    size: int  # bytes


def back_up(path: Path, target: Path, *, force: bool = False) -> Backup:
    """Copy the archive at *path* to *target*; replace what is there only with *force*.

    Raises UsageError for a target that must not be written, ArchiveError where the copy could not be made; then nothing
    is left behind, and *target* is as it was.
    """
    _refuse(path, target, force=force)
    part = target.with_name(f"{target.name}.part")
    archive = open_archive(path, read_only=True)
    try:
        part.unlink(missing_ok=True)  # of a backup that was killed
        with closing(sqlite3.connect(part, isolation_level=None)) as copy:
            archive.connection.backup(copy)  # in one step: a write in between would restart a stepwise copy
            articles = _check(copy, part)
        _flush(part)
        size = part.stat().st_size
        os.replace(part, target)
        _flush(target.parent)
    except (sqlite3.Error, OSError) as error:
        why = f"the backup could not be written ({error}); free some space or name another place"
        raise ArchiveError(target, why) from error
    finally:
        for left in (part, part.with_name(f"{part.name}-journal")):
            left.unlink(missing_ok=True)
        archive.close()
    return Backup(path=target, articles=articles, size=size)


def _refuse(path: Path, target: Path, *, force: bool) -> None:
    if target.is_dir():
        raise UsageError(f"{target}: this is a folder; name a file, such as {target / 'archive-backup.db'}")
    if target.exists() and path.exists() and target.samefile(path):
        raise UsageError(f"{target}: this is the archive itself; name another file")
    refuse_own(path, target)
    if target.exists() and not force:
        raise UsageError(f"{target}: there is a file already; name another, or replace it with --force")
    if not target.parent.is_dir():
        raise ArchiveError(target, f"there is no folder {target.parent}; make it first, or name another place")


def _check(copy: sqlite3.Connection, part: Path) -> int:
    """Make the copy one file that needs no other, check all of it, and return how many articles are in it."""
    copy.execute("PRAGMA journal_mode = DELETE")
    copy.execute(f"PRAGMA cache_size = -{CHECK_CACHE_KIB}")
    problems = [row[0] for row in copy.execute("PRAGMA integrity_check(3)")]
    if problems != ["ok"]:
        raise ArchiveError(part, f"the copy is damaged, and so is the archive, probably ({'; '.join(problems)})")
    return int(copy.execute("SELECT count(*) FROM articles").fetchone()[0])


def _flush(path: Path) -> None:
    """Wait until *path*, a file or a folder, is on the disk (fsync)."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
