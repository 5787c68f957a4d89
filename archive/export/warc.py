"""Copy captures out of an archive's WARC files as they are, compressed bytes and all, into one file with an index.

Each record is checked against the digest that was written down when it was captured, and never rewritten. With it go
the request that follows it and the warcinfo record of the run that captured it.
"""

import sqlite3
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from archive.database import Archive
from archive.export.captures import captures_by_file
from archive.export.cdxj import Entry, index_lines
from archive.export.format import Format
from archive.query.choice import Choice
from archive.warc.files import Damage, Location, members, read_bytes, read_record
from archive.warc.owner import warc_folder
from archive.warc.records import DamagedRecord, decode
from archive.whole_file import whole
from kickcrawl.errors import ArchiveError


class Sink(Protocol):
    """What bytes can be written to."""

    def write(self, data: bytes, /) -> object:
        """Write *data*; what is returned is not used."""


class MeasuredSink:
    """A sink that counts the bytes written to another one, and takes their digest."""

    def __init__(self, sink: Sink) -> None:
        self.size, self._sink, self._digest = 0, sink, sha256()

    def write(self, data: bytes, /) -> None:
        """Write *data* to the sink, and count it."""
        self._sink.write(data)
        self.size += len(data)
        self._digest.update(data)

    @property
    def digest(self) -> str:
        """``sha256:`` and hex, of all that was written."""
        return f"sha256:{self._digest.hexdigest()}"


def export_warc(archive: Archive, choice: Choice, output: Path) -> int:
    """Write the captures of *choice* to *output* and their index beside it, both or neither; return how many.

    Raises ArchiveError where there are none, or a record is missing or damaged; UsageError if nothing can be written.
    """
    index = output.with_name(f"{output.name.removesuffix('.warc.gz')}.cdxj")
    with whole(index) as index_part, whole(output) as part:
        with part.open("wb") as file:
            entries = list(copy_captures(archive, choice, output.name, MeasuredSink(file)))
        index_part.write_text("".join(index_lines(entries)), encoding="utf-8")
    return len(entries)


WARC = Format(ending=".warc.gz", unit="captures", write=export_warc, needs_ending=True)


def copy_captures(archive: Archive, choice: Choice, name: str, out: MeasuredSink) -> Iterator[Entry]:
    """Copy the captures of *choice* to *out*, which is at its beginning and will be the file *name*; yield their index.

    Raises ArchiveError where there are none, or a record is missing or damaged.
    """
    folder, run_id = warc_folder(archive.path), None
    for file, rows in captures_by_file(archive, choice):
        run_id = None
        for row in rows:
            location = Location(row["file"], row["offset"], row["size"], row["record_digest"])
            record = read_bytes(folder, location)
            if row["run_id"] != run_id:
                run_id = row["run_id"]
                out.write(_info(archive, folder, location, run_id))
            yield Entry(
                url=row["url"],
                fetched_at=row["fetched_at"],
                mime="warc/revisit" if row["original_id"] is not None else _mime(row),
                status=row["status"],
                digest=row["digest"],
                offset=out.size,
                length=len(record),
                file=name,
                record_digest=location.digest,
            )
            out.write(record)
            out.write(_request(folder / file, location))
    if run_id is None:
        raise ArchiveError(archive.path, "holds no capture of what was asked for; nothing was written")


def _mime(row: sqlite3.Row) -> str:
    return (row["content_type"] or "").partition(";")[0].strip().lower() or "unk"


def _request(path: Path, location: Location) -> bytes:
    """Return the request record that follows the record at *location*; nothing if there is none."""
    following = next(members(path, location.offset + location.length), None)
    return following[1] if isinstance(following, tuple) and _kind_and_id(following[1])[0] == "request" else b""


def _info(archive: Archive, folder: Path, location: Location, run_id: int) -> bytes:
    """Return the warcinfo record that the one at *location* names: it stands before its run's first in the file."""
    wanted = read_record(folder, location).fields.get("WARC-Warcinfo-ID")
    before = "SELECT max(offset + size) FROM captures WHERE file = :file AND offset < :offset AND run_id <> :run"
    start = archive.count(before, {"file": location.file, "offset": location.offset, "run": run_id})
    for found in members(folder / location.file, start):
        if not isinstance(found, Damage) and _kind_and_id(found[1]) == ("warcinfo", wanted):
            return found[1]
    raise ArchiveError(folder / location.file, f"the warcinfo record {wanted} is not in it; see kickcrawl verify")


def _kind_and_id(record: bytes) -> tuple[str, str | None]:
    try:
        found = decode(record)
    except DamagedRecord:
        return "damaged", None
    return found.kind, found.fields.get("WARC-Record-ID")
