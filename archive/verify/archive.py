"""Verify an archive: the database, the chain, the full-text index, the WARC files. The first fault is named."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from archive.chain import read_head
from archive.database import Archive
from archive.verify.chain import check_chain
from archive.verify.files import check_file, expected_in
from archive.verify.slice import check_slice, read_slice
from archive.warc.files import files_of
from archive.warc.owner import warc_folder
from kickcrawl.errors import ArchiveError

Progress = Callable[[int], object]
_LEFT_OUT = "whether the full-text index is that of the articles: SQLite can check that only where it may write"
_COUNTED = ("articles", "revisions", "captures")


def verify(archive: Archive, *, expect: str | None = None, progress: Progress = lambda _: None) -> dict[str, int | str]:
    """Check everything and return what was checked, with the chain's head. Raises ArchiveError for the first fault.

    *archive* is open for writing: SQLite asks for that to check a full-text index. Where it is open for reading only,
    that is left out, and `left_out` says so. *progress* is told bytes of WARC files as they are read: volume() in all.
    """
    check_database(archive)
    head, links = read_head(archive), check_chain(archive, expect)
    is_written = not archive.count("PRAGMA query_only")
    if is_written:
        check_index(archive)
    slice = read_slice(archive)
    if slice is not None:
        check_slice(archive)
    files = {path.name: path for path in files_of(warc_folder(archive.path))}
    told = [row["file"] for row in archive.rows("SELECT file FROM captures UNION SELECT file FROM records")]
    names = sorted({*files, *told}) if slice is None or slice.holds_records else []
    with ThreadPoolExecutor(os.cpu_count()) as threads:  # zlib and hashlib let the others run
        checks = [
            threads.submit(partial(check_file, expected_in(archive, warc_folder(archive.path) / name), progress))
            for name in names
        ]
        try:
            records = sum(check.result() for check in checks)
        finally:
            threads.shutdown(cancel_futures=True)
    found: dict[str, int | str] = {table: archive.count(f"SELECT count(*) FROM {table}") for table in _COUNTED}
    found |= {"links": links, "files": len(names), "records": records, "head": head}
    return found if is_written else found | {"left_out": _LEFT_OUT}


def volume(archive: Archive) -> int:
    """Return the bytes of the archive's WARC files."""
    return sum(path.stat().st_size for path in files_of(warc_folder(archive.path)))


def check_database(archive: Archive) -> None:
    """Check SQLite's own structures and that no row refers to one that is not there. Raises ArchiveError."""
    if (fault := archive.text("PRAGMA integrity_check(1)")) != "ok":
        raise ArchiveError(archive.path, f"the database is damaged ({fault}); restore it from a backup")
    if (row := archive.row("PRAGMA foreign_key_check")) is not None:
        why = f"row {row['rowid'] or ''} of {row['table']} refers to one of {row['parent']} that is not there"
        raise ArchiveError(archive.path, f"{why}; restore it from a backup")


def check_index(archive: Archive) -> None:
    """Check that the full-text index finds what the articles say, and nothing else. Raises ArchiveError."""
    try:
        # 1: also against the table articles
        archive.write("INSERT INTO articles_fts (articles_fts, rank) VALUES ('integrity-check', 1)")
    except ArchiveError as error:
        mend = "INSERT INTO articles_fts (articles_fts) VALUES ('rebuild')"
        why = f"the full-text index articles_fts is not that of the articles; write it anew with SQL: {mend}"
        raise ArchiveError(archive.path, why) from error
