"""Copy captures out of an archive's WARC files, compressed bytes and all, into one file with an index.

Each record is checked against the digest that was written down when it was captured, or taken down. It is rewritten
only where replay tools could not read it (archive/warc/readable.py). With it go the request that follows it and the
warcinfo record of the run that captured it.
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
from archive.export.keys import of_python
from archive.export.records import Copy, Source
from archive.query.choice import Choice
from archive.whole_file import whole
from kickcrawl.errors import ArchiveError
from kickcrawl.fingerprint import bytes_digest


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
        index_part.write_text("".join(index_lines(entries, of_python)), encoding="utf-8")
    return len(entries)


WARC = Format(ending=".warc.gz", unit="captures", write=export_warc, needs_ending=True)


def copy_captures(archive: Archive, choice: Choice, name: str, out: MeasuredSink) -> Iterator[Entry]:
    """Copy the captures of *choice* to *out*, which is at its beginning and will be the file *name*; yield their index.

    Raises ArchiveError where there are none, or a record is missing or damaged.
    """
    source, run_id = Source(archive), None
    for _, rows in captures_by_file(archive, choice):
        run_id = None
        for row in rows:
            copied = source.copy(row)
            if row["run_id"] != run_id:
                run_id = row["run_id"]
                out.write(source.info(row, copied.info_id))
            yield _entry(row, copied, out.size, name)
            out.write(copied.answer)
            out.write(copied.request)
    if run_id is None:
        raise ArchiveError(archive.path, "holds no capture of what was asked for; nothing was written")


def _entry(row: sqlite3.Row, copied: Copy, offset: int, name: str) -> Entry:
    return Entry(
        url=row["url"],
        fetched_at=row["fetched_at"],
        mime="warc/revisit" if copied.kind == "revisit" else _mime(row),
        status=row["status"],
        digest=copied.digest,
        offset=offset,
        length=len(copied.answer),
        file=name,
        record_digest=bytes_digest(copied.answer),
        is_shown=copied.is_shown,
    )


def _mime(row: sqlite3.Row) -> str:
    return (row["content_type"] or "").partition(";")[0].strip().lower() or "unk"
