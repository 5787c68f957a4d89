"""The WARC records of a slice: copied as they are, each checked, into files of the same names in the slice's folder.

With a capture goes the request that follows it; with each file its warcinfo records, which say who wrote them.
"""

import zlib
from collections.abc import Iterator
from pathlib import Path

from archive.database import Archive
from archive.export.captures import captures_by_file
from archive.query.choice import Choice
from archive.warc.files import Location, read_bytes
from archive.warc.owner import warc_folder

_HEAD_BYTES = 512  # of a record, decompressed: its type stands there


def wanted_captures(archive: Archive, choice: Choice) -> Iterator[int]:
    """Yield the ids of the captures that a replay of *choice* needs."""
    for _, rows in captures_by_file(archive, choice):
        yield from (row["id"] for row in rows)


def copy_records(slice: Archive, source: Path, folder: Path) -> None:
    """Copy the records of all captures of *slice* out of the archive *source*, which is attached, into *folder*.

    The rows of the slice then say where they stand. Raises ArchiveError where a record is missing or damaged.
    """
    for (file,) in slice.rows("SELECT DISTINCT file FROM captures ORDER BY file"):
        ids = {row["offset"]: row["id"] for row in slice.rows(_KEPT, {"file": file})}
        is_request_of_kept = False
        with (folder / file).open("wb") as out:
            for row in slice.rows(_RECORDS, {"file": file}):
                place = {"file": file, "old": row["offset"], "offset": out.tell()}
                if row["is_capture"]:
                    is_request_of_kept = is_kept = row["offset"] in ids
                else:
                    is_kept, is_request_of_kept = is_request_of_kept, False
                data = read_bytes(warc_folder(source), Location(file, row["offset"], row["size"], row["stands"]))
                if not (is_kept or (not row["is_capture"] and _is_info(data))):
                    continue
                if row["is_capture"]:
                    slice.write(_MOVE, {"offset": out.tell(), "id": ids[row["offset"]]})
                else:
                    values = {name: row[name] for name in ("size", "digest", "run_id")}
                    slice.write(_INSERT_RECORD, values | place)
                slice.write(_INSERT_REPLACED, place)
                out.write(data)


def _is_info(record: bytes) -> bool:
    head = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(record, _HEAD_BYTES)
    return b"WARC-Type: warcinfo" in head


_KEPT = "SELECT id, offset FROM captures WHERE file = :file"
# All records of a file in their order: what stands there now is another one where something was taken down.
_RECORDS = """
    SELECT e.*, coalesce(p.digest, e.digest) AS stands FROM (
        SELECT file, offset, size, record_digest AS digest, run_id, 1 AS is_capture FROM source.captures
        WHERE file = :file
        UNION ALL SELECT file, offset, size, digest, run_id, 0 FROM source.records WHERE file = :file
    ) e LEFT JOIN source.replaced p ON p.file = e.file AND p.offset = e.offset ORDER BY e.offset
"""
_MOVE = "UPDATE captures SET offset = :offset WHERE id = :id"
_INSERT_RECORD = """
    INSERT INTO records (file, offset, size, digest, run_id)
    SELECT :file, :offset, :size, :digest, id FROM (SELECT 1) LEFT JOIN runs ON id = :run_id
"""
_INSERT_REPLACED = """
    INSERT INTO replaced (file, offset, digest, article_id)
    SELECT file, :offset, digest, article_id FROM source.replaced WHERE file = :file AND offset = :old
    AND article_id IN (SELECT article_id FROM takedowns)
"""
