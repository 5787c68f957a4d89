"""Open an archive and query it with SQL. The one module where sqlite3's errors become ArchiveError.

One connection, in autocommit but for ``transaction()``. WAL, foreign keys on, and a lock that another writer holds is
waited for.
"""

import sqlite3
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from archive.foreign import refuse_foreign
from archive.frozen import uri
from archive.lean_import import without
from archive.lock import lock_schema
from archive.sqlite_errors import LOCK_TIMEOUT, in_words, update_first, what_is_missing
from archive.version import VERSION, version_in_header
from kickcrawl.errors import ArchiveError

# KiB of pages that are kept: with 64 MiB a writer reads no less for an article, with 8 a fifth more. A search of a
# million articles takes a tenth less than with SQLite's 2 MiB: forms of words lie in the same places of the index.
CACHE_KIB = 16_384
CHECK_CACHE_KIB = 65_536  # for a check of the whole file
PAGE_SIZE = 8_192  # bytes: of SQLite's 4,096 a third of each was empty, as rows with a text of 2 kB stand one in a page
STEPS = 50_000  # of SQLite's machine between two looks at the clock: about a millisecond
_CRAWL_FIRST = "crawl first, or name another with KICKCRAWL_ARCHIVE"
Parameters = Mapping[str, object]
_WORK: ContextVar[float | None] = ContextVar("work", default=None)  # seconds that who opens an archive may take


class Archive:
    """An open archive. It may be handed from thread to thread, but not used by two at once."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self.connection = connection
        self._depth = 0
        self._border = _Border(self)

    def rows(self, sql: str, parameters: Parameters | None = None) -> list[sqlite3.Row]:
        """Return all rows of a query with named parameters."""
        with self._border:
            return self.connection.execute(sql, parameters or {}).fetchall()

    def each(self, sql: str, parameters: Parameters | None = None) -> Iterator[sqlite3.Row]:
        """Yield the rows of a query one by one, for answers that need not fit into memory."""
        with self._border:
            yield from self.connection.execute(sql, parameters or {})

    def row(self, sql: str, parameters: Parameters | None = None) -> sqlite3.Row | None:
        """Return the first row of a query, or None."""
        with self._border:
            row: sqlite3.Row | None = self.connection.execute(sql, parameters or {}).fetchone()
            return row

    def value(self, sql: str, parameters: Parameters | None = None) -> object:
        """Return the first column of the first row, or None: a str, int, float or bytes. See text() and number()."""
        row = self.row(sql, parameters)
        return row[0] if row is not None else None

    def text(self, sql: str, parameters: Parameters | None = None) -> str | None:
        """Return the first column of the first row, which holds text, or None."""
        found = self.value(sql, parameters)
        assert found is None or isinstance(found, str), f"{sql} gives {type(found).__name__}, no text"
        return found

    def number(self, sql: str, parameters: Parameters | None = None) -> int | None:
        """Return the first column of the first row, which holds an integer, or None."""
        found = self.value(sql, parameters)
        assert found is None or isinstance(found, int), f"{sql} gives {type(found).__name__}, no integer"
        return found

    def count(self, sql: str, parameters: Parameters | None = None) -> int:
        """Return the integer in the first column of the first row; 0 where there is none."""
        return self.number(sql, parameters) or 0

    def write(self, sql: str, parameters: Parameters | None = None) -> int:
        """Run one statement; return the new row's id after an INSERT."""
        with self._border:
            return self.connection.execute(sql, parameters or {}).lastrowid or 0

    def write_many(self, sql: str, rows: Iterable[Parameters] | Iterable[tuple[object, ...]]) -> None:
        """Run one statement for each of *rows*: of named parameters, or of those in their order, which is faster."""
        with self._border:
            self.connection.executemany(sql, rows)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Make everything inside one transaction: all of it is stored, or nothing. Inner ones join the outer one."""
        if self._depth:
            yield
            return
        with self._border:
            self.connection.execute("BEGIN IMMEDIATE")
        self._depth += 1
        try:
            yield
            with self._border:
                self.connection.execute("COMMIT")
        except BaseException:
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")
            raise
        finally:
            self._depth -= 1

    def close(self) -> None:
        """Close the connection; the archive cannot be asked any more."""
        with self._border:
            self.connection.close()


class _Border:
    """Turns errors of sqlite3 into ArchiveError. No generator, which would cost as much as many a statement."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def __enter__(self) -> None: ...

    def __exit__(self, kind: object, error: BaseException | None, where: object) -> None:
        if isinstance(error, sqlite3.Error):
            lacks = what_is_missing(error)
            version = version_of(self._archive) if lacks else VERSION
            why = update_first(version, lacks) if 0 < version < VERSION else in_words(error)
            raise ArchiveError(self._archive.path, why) from error


@contextmanager
def bounded_work(seconds: float | None) -> Iterator[None]:
    """Give each archive that is opened for reading meanwhile *seconds* of a processor; any where that is None.

    Then its queries end as interrupted. For who asks on behalf of visitors, and does not open archives itself.
    """
    before = _WORK.set(seconds)
    try:
        yield
    finally:
        _WORK.reset(before)


def limit_work(connection: sqlite3.Connection, seconds: float) -> None:
    """Interrupt what takes this thread more *seconds* of a processor, from now on."""
    end = time.thread_time() + seconds
    connection.set_progress_handler(lambda: time.thread_time() >= end, STEPS)


def open_archive(path: Path, *, create: bool = False, read_only: bool = False) -> Archive:
    """Open the archive at *path*, brought to today's schema; with *create*, make it if there is none.

    Raises ArchiveError, with nothing changed, for a file that is no archive of ours, is of a newer version, is not
    there, or cannot be written.
    """
    try:
        if not create and not path.exists():
            raise ArchiveError(path, f"there is no archive here; {_CRAWL_FIRST}")
        if path.is_dir():
            raise ArchiveError(path, "the archive cannot be opened: this is a folder; name the file in it")
        if create:
            _make_folder(path)
        address = uri(path, "ro" if read_only else "rwc" if create else "rw")
        connection = sqlite3.connect(
            address, uri=True, isolation_level=None, timeout=LOCK_TIMEOUT, check_same_thread=False
        )
    except (sqlite3.Error, OSError) as error:
        raise ArchiveError(path, in_words(error)) from error
    archive = Archive(path, connection)
    try:
        with archive._border:
            _prepare(archive, create=create, read_only=read_only)
    except BaseException:
        connection.close()
        raise
    return archive


def _make_folder(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise ArchiveError(path, f"{error.filename} is a file, not a folder; name another place") from error


def _prepare(archive: Archive, *, create: bool, read_only: bool) -> None:
    connection = archive.connection
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA busy_timeout = {LOCK_TIMEOUT * 1000}")
    refuse_foreign(connection, archive.path)
    if not create and not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        raise ArchiveError(archive.path, f"this file is empty: {_CRAWL_FIRST}")
    if read_only:
        connection.execute("PRAGMA query_only = ON")
        connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        if (seconds := _WORK.get()) is not None:
            limit_work(connection, seconds)
        return
    connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    if version_of(archive) < VERSION:
        with lock_schema(archive.path):  # another process may be making or migrating it just now
            if version_of(archive) < VERSION:
                _update(archive)
    connection.execute("PRAGMA journal_mode = WAL")
    # With WAL, NORMAL keeps the file whole through a power cut and may lose the last transactions, which are then
    # still due in the frontier: they are fetched again.
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("UPDATE runs SET id = id WHERE 0")  # fails at once where the file cannot be written


def _update(archive: Archive) -> None:
    """Bring the archive to today's schema; of one that is not just being made it is said on stderr."""
    with without("numpy", "pandas"):  # which sqlite-utils imports where they are installed, for .5 s and 90 MB
        from sqlite_utils import Database

        from archive.migrations import migrate

    connection, before = archive.connection, version_of(archive)

    def tell(sentence: str) -> None:
        if before:
            print(f"kickcrawl: {archive.path}: {sentence}", file=sys.stderr, flush=True)

    safe = "killed on its way, the next start goes on with it and nothing is lost"
    copied = "" if copy_before_update(archive.path, before).exists() else "; `kickcrawl update` makes a copy first"
    tell(f"{archive.path.stat().st_size / 1e6:.0f} MB are brought from version {before} to {VERSION}; {safe}{copied}")
    connection.execute(f"PRAGMA page_size = {PAGE_SIZE}")  # of a new file; another keeps its own
    connection.execute("PRAGMA journal_mode = WAL")  # under the lock: it does not wait for another process
    migrate(Database(connection), tell)
    tell(f"is of version {VERSION} now")


def copy_before_update(path: Path, version: int) -> Path:
    """Return where `kickcrawl update` keeps the archive as it was in an earlier *version*, if nothing else is asked."""
    return path.with_name(f"{path.name}.version-{version}")


def version_of(archive: Archive) -> int:
    """Return the version that the file's header tells: 0 for one without tables, and for a copy that lost it."""
    return version_in_header(archive.connection)


def require_today(archive: Archive) -> None:
    """Raise ArchiveError if *archive*, which was opened to be read only, is one of an earlier kickcrawl."""
    if (version := version_of(archive)) < VERSION:
        raise ArchiveError(archive.path, update_first(version))
