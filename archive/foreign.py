"""Refuse a database that is another program's, or an archive that this kickcrawl cannot use."""

import sqlite3
from pathlib import Path

from archive.version import APPLICATION_ID, VERSION, count_applied, version_in_header
from kickcrawl.errors import ArchiveError

_FOREIGN = "this is a database of another program; name another file for the archive"


def refuse_foreign(connection: sqlite3.Connection, path: Path) -> None:
    """Raise ArchiveError for the database at *path*, open in *connection*, if it is another program's or newer."""
    # Tables first, then the id: a process that is just making an archive writes the id before any table.
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = version_in_header(connection)
    if tables and application == 0:
        version = _version_of_copy(connection, path)
    elif tables and application != APPLICATION_ID:
        raise ArchiveError(path, _FOREIGN)
    if version > VERSION:
        why = f"this archive is of version {version}, newer than this kickcrawl ({VERSION}); update kickcrawl"
        raise ArchiveError(path, why)


def _version_of_copy(connection: sqlite3.Connection, path: Path) -> int:
    """Return the version of an archive that lost the numbers in its header, as sqlite3's .dump and .clone copy it.

    Opened for writing, it gets them back. Raises ArchiveError for what is none of ours, or a copy that lost more.
    """
    version = count_applied(connection)
    if not version:
        raise ArchiveError(path, _FOREIGN)
    if not _has_index(connection):
        why = "this copy lacks the full-text index, which sqlite3's .clone does not copy"
        raise ArchiveError(path, f"{why}; copy the archive with: kickcrawl backup FILE")
    return version


def _has_index(connection: sqlite3.Connection) -> bool:
    """Tell whether the full-text index came along: .clone leaves it out, or mixes it with one that triggers write."""
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'articles_fts'").fetchone():
        return False
    try:
        return all(
            connection.execute(_IS_FOUND, (f'"{title.replace(chr(34), " ")}"', key)).fetchone()
            for order in ("ASC", "DESC")
            for key, title in connection.execute(f"{_TITLES} ORDER BY key {order} LIMIT 3").fetchall()
        )
    except sqlite3.DatabaseError:
        return False


_TITLES = "SELECT key, title FROM articles WHERE title GLOB '*[A-Za-z]*'"
_IS_FOUND = "SELECT 1 FROM articles_fts WHERE articles_fts MATCH ? AND rowid = ?"
