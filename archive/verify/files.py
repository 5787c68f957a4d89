"""Check the WARC files against the rows that say what stands in them, record by record.

A file may hold records without a row (a crash between record and row); a row without its record is a fault. Large files
are checked in pieces, which begin and end where a row says that a record begins.
"""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from archive.database import Archive
from archive.lock import is_locked
from archive.verify.checks import Check
from archive.warc.files import Damage, files_of, members
from archive.warc.owner import warc_folder
from archive.warc.records import TAKEN_DOWN, DamagedRecord, Record, decode
from kickcrawl.errors import ArchiveError
from kickcrawl.fingerprint import bytes_digest

RESTORE = "restore the file from a backup"
MAX_OFFSET = 2**62


PIECE = 8 << 20  # bytes of a WARC file in one check, about
WORTH = (
    10  # a byte of a WARC file, which is decompressed and parsed, takes so many times as long as one of the database
)


@dataclass(frozen=True, slots=True)
class Expected:
    """What rows say of a piece of a WARC file: for each offset the row of the record that begins there."""

    archive: Path
    path: Path
    rows: dict[int, sqlite3.Row]
    start: int = 0
    end: int | None = None  # None: to the file's end


def file_checks(archive: Archive, names: dict[str, int], *, piece: int = PIECE) -> list[Check]:
    """Return the checks of the WARC files of those *names*, each from an offset on at which a record begins.

    Each is of about *piece* bytes.
    """
    folder = warc_folder(archive.path)
    checks = []
    for name, start in sorted(names.items()):
        size = (folder / name).stat().st_size if (folder / name).is_file() else 0
        for first, end in _pieces(archive, name, start, size, piece):
            checks.append(
                Check(
                    what=f"{name}, byte {first:,} of {size:,}",
                    weight=WORTH * max(0, min(end or size, size) - first),
                    run=partial(check_piece, name=name, start=first, end=end),
                )
            )
    return checks


def file_names(archive: Archive) -> list[str]:
    """Return the names of all WARC files that are there or that rows tell of."""
    there = {path.name for path in files_of(warc_folder(archive.path))}
    return sorted(there | {row["file"] for row in archive.rows(_FILES)})


def check_piece(archive: Archive, *, name: str, start: int, end: int | None) -> int:
    """Check the records of a file from *start* to *end*; return how many they are. Raises ArchiveError."""
    return check_file(expected_in(archive, warc_folder(archive.path) / name, start, end))


def _pieces(archive: Archive, name: str, start: int, size: int, piece: int) -> Iterator[tuple[int, int | None]]:
    while start + piece < size:
        end = archive.number(_NEXT, {"file": name, "at": start + piece})
        if end is None:
            break
        yield start, end
        start = end
    yield start, None


def expected_in(archive: Archive, path: Path, start: int = 0, end: int | None = None) -> Expected:
    """Return what the archive expects in the file at *path* between two offsets."""
    rows = archive.rows(_EXPECTED, {"file": path.name, "start": start, "end": MAX_OFFSET if end is None else end})
    return Expected(archive.path, path, {row["offset"]: row for row in rows}, start, end)


def check_file(expected: Expected) -> int:
    """Check each record of a piece of a file and each row that tells of it; return how many records it holds.

    Raises ArchiveError for the first fault.
    """
    path, left, count = expected.path, dict(expected.rows), 0
    if not path.is_file():
        raise ArchiveError(path, f"the file is gone, and {len(left)} records should be in it; {RESTORE}")
    for found in members(path, expected.start):
        if isinstance(found, Damage):
            _refuse_damage(expected, found, left.get(found.offset))
            break
        offset, data = found
        if expected.end is not None and offset >= expected.end:
            break
        row = left.pop(offset, None)
        if fault := record_fault(data, row):
            raise ArchiveError(path, f"{_what(row, offset)} {fault}; {RESTORE}")
        count += 1
    for offset, row in sorted(left.items()):
        raise ArchiveError(path, f"{_what(row, offset)} is not there; {RESTORE}")
    return count


def record_fault(data: bytes, row: sqlite3.Row | None) -> str | None:
    """Return what is wrong with a compressed record, given its row if it has one; None if nothing is."""
    try:
        record = decode(data)
    except DamagedRecord as error:
        return f"is damaged ({error})"
    if record.problems:
        return f"is damaged ({'; '.join(record.problems)})"
    if row is None:
        return None
    if len(data) != row["size"] or bytes_digest(data) != row["stands"]:
        return "is not as it was written: its digest is another"
    if TAKEN_DOWN in record.fields:
        return "should hold nothing, and does" if record.payload else None
    return _capture_fault(record, row) if row["id"] is not None else None


def _capture_fault(record: Record, row: sqlite3.Row) -> str | None:
    if (record.url, record.date, record.status) != (row["url"], row["fetched_at"], row["status"]):
        return f"is another one than its row says: {record.url}, {record.date}, status {record.status}"
    if record.fields.get("WARC-Payload-Digest") != row["digest"]:
        return "has another payload than its row says"
    if row["original_id"] is None:
        is_held = record.kind in ("response", "resource") and bytes_digest(record.payload) == row["digest"]
        return None if is_held else "has another payload than its digest says"
    if record.kind != "revisit" or row["original_digest"] != row["digest"]:
        return f"does not hold what it refers to, capture {row['original_id']}"
    return None


def _refuse_damage(expected: Expected, damage: Damage, row: sqlite3.Row | None) -> None:
    """Raise ArchiveError for bytes that are no record, unless a crawl is just writing them."""
    path, outlet = expected.path, expected.path.name.rpartition("-")[0]
    is_tail = damage.offset + damage.length >= path.stat().st_size
    if row is not None or not is_tail:
        raise ArchiveError(path, f"{_what(row, damage.offset)} is damaged ({damage.why}); {RESTORE}")
    if not is_locked(expected.archive, outlet):
        mend = f"the next crawl of {outlet} cuts it off and keeps it"
        raise ArchiveError(path, f"the file ends in the middle of a record, from byte {damage.offset} on; {mend}")


def _what(row: sqlite3.Row | None, offset: int) -> str:
    if row is None or row["id"] is None:
        return f"the record at byte {offset}"
    return f"the record of capture {row['id']} ({row['url']}) at byte {offset}"


_FILES = "SELECT DISTINCT file FROM captures UNION SELECT DISTINCT file FROM records"
_NEXT = """
    SELECT min(offset) FROM (
        SELECT min(offset) AS offset FROM captures WHERE file = :file AND offset >= :at
        UNION ALL SELECT min(offset) FROM records WHERE file = :file AND offset >= :at
    )
"""
_EXPECTED = """
    SELECT e.*, coalesce(p.digest, e.record_digest) AS stands, o.digest AS original_digest FROM (
        SELECT file, offset, size, record_digest, id, url, fetched_at, status, digest, original_id FROM captures
        WHERE file = :file AND offset >= :start AND offset < :end
        UNION ALL SELECT file, offset, size, digest, NULL, NULL, NULL, NULL, NULL, NULL FROM records
        WHERE file = :file AND offset >= :start AND offset < :end
    ) e LEFT JOIN captures o ON o.id = e.original_id LEFT JOIN replaced p ON p.file = e.file AND p.offset = e.offset
"""
