"""A shard's tables as Parquet files, written anew only if the archive has changed; the answer names the files.

    FOLDER/articles-<place>-<head>-<state>.parquet

The place is a digest of the archive's path, the head that of its hash chain, the state a digest of everything else that
changes when it is written to: sizes and times of its files, the columns, the version of kickcrawl. A file of an earlier
state is removed as soon as the new one is there, so that nothing stays that was taken down; files that nobody asked for
are removed after MAX_UNUSED. The folder is a cache and can be deleted at any time. If the shard's machine does not see
it, the fan copies the files over, as it does for exports (archive/shards/part.py).
"""

import json
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from archive.chain import read_head
from archive.database import Archive, open_archive
from archive.export.beside import one_moment
from archive.export.columns import Column, StoredTable, stored_columns
from archive.export.parquet import ParquetFile
from archive.export.tables import in_batches
from archive.whole_file import whole
from kickcrawl import __version__

TABLES: tuple[StoredTable, ...] = ("articles", "revisions", "outlets", "runs", "captures")
MAX_UNUSED = 86_400  # seconds that a file stays which no answer named: a query may still be reading it
_DIGITS = 12  # of a digest in a name
_HEX = "[0-9a-f]" * _DIGITS


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredQuestion:
    """Which *tables* a shard is to have in *folder*."""

    tables: tuple[StoredTable, ...]
    folder: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """The *files* of a shard's tables below the folder, how many of them were *written* now, and its chain's *head*.

    *outlets* are those that it has articles of.
    """

    files: dict[StoredTable, str]
    written: int
    head: str
    outlets: tuple[str, ...]


def write_tables(path: Path, question: StoredQuestion) -> Stored:
    """Write those tables of the archive at *path* that are not there as they are now: a step. Of one moment of it."""
    place, state = _digest(str(path.resolve())), _state(path)  # before it is read: what is written later is seen later
    written = 0
    with closing(open_archive(path, read_only=True)) as archive, one_moment(archive):
        head = read_head(archive)
        version = f"{head.removeprefix('sha256:')[:_DIGITS]}-{state}"
        files = {table: f"{table}-{place}-{version}.parquet" for table in question.tables}
        for table, name in files.items():
            file = question.folder / name
            if file.exists():
                os.utime(file)
            else:
                written += 1
                _write(archive, table, file)
            for earlier in question.folder.glob(f"{table}-{place}-{_HEX}-{_HEX}.parquet"):
                if earlier != file:
                    earlier.unlink(missing_ok=True)
        outlets = tuple(row["slug"] for row in archive.rows(_WITH_ARTICLES))
    return Stored(files=files, written=written, head=head, outlets=outlets)


def remove_unused(folder: Path, now: float | None = None) -> int:
    """Remove the tables in *folder* that no answer has named for MAX_UNUSED; return how many."""
    before, removed = (time.time() if now is None else now) - MAX_UNUSED, 0
    for table in TABLES:
        for file in folder.glob(f"{table}-{_HEX}-{_HEX}-{_HEX}.parquet"):
            if file.stat().st_mtime < before:
                file.unlink(missing_ok=True)
                removed += 1
    return removed


def _write(archive: Archive, table: StoredTable, output: Path) -> None:
    columns = stored_columns(table)
    with whole(output) as part, closing(ParquetFile(part, columns)) as file:
        for rows in in_batches(archive.each(f"SELECT * FROM {table}")):
            file.write([dict(_record(row, columns)) for row in rows])


def _record(row: sqlite3.Row, columns: tuple[Column, ...]) -> Iterator[tuple[str, object]]:
    """Yield the columns of *row* as a Record has them; None of those that an archive of an earlier version lacks."""
    known = row.keys()
    for column in columns:
        value = row[column.name] if column.name in known else None
        yield column.name, value if column.is_plain or value is None else json.loads(value)


def _state(path: Path) -> str:
    """Return a digest that another one follows when the archive was written to."""
    files = (path, path.with_name(f"{path.name}-wal"))
    stats = [file.stat() for file in files if file.exists()]
    told = [[stat.st_size, stat.st_mtime_ns] for stat in stats if stat.st_size]
    columns = [[column.name, column.kind] for table in TABLES for column in stored_columns(table)]
    return _digest(json.dumps([told, columns, __version__]))


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:_DIGITS]


_WITH_ARTICLES = """
    SELECT slug FROM outlets o WHERE EXISTS (SELECT 1 FROM articles a WHERE a.outlet = o.slug) ORDER BY slug
"""
