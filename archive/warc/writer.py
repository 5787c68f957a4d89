"""Append exchanges and notes to the WARC files of an archive, each in one write; a full one is followed by another."""

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from io import FileIO
from pathlib import Path

from archive.warc.files import Location, border, files_of
from archive.warc.records import Exchange, Original, decode, encode_exchange, encode_info, encode_note, encode_tombstone
from kickcrawl.fingerprint import bytes_digest

ROTATE_AT = 1_000_000_000  # bytes of a file, after which the next one is begun


class WarcWriter:
    """Appends to the last WARC file of *prefix* in *folder*, and begins the next one when it is full.

    Each append is one write: one that fails is cut off again, so that the file ends with a whole record. Raises
    ArchiveError. One process at a time: the outlet's lock is held.
    """

    def __init__(self, folder: Path, prefix: str, info: Mapping[str, str], *, rotate_at: int = ROTATE_AT) -> None:
        self._folder, self._prefix, self._info, self._rotate_at = folder, prefix, info, rotate_at
        self._is_dirty = False
        self._beside: list[Location] = []
        with border(folder):
            folder.mkdir(parents=True, exist_ok=True)
            last = max(files_of(folder, prefix), default=None)
            is_full = last is None or last.stat().st_size >= rotate_at
            self._open(self._fresh_name() if is_full or last is None else last)

    def append(self, exchange: Exchange, original: Original | None = None, *, withhold: bool = False) -> Location:
        """Write *exchange*, as a revisit of *original* where its payload is held already; return where it stands.

        *withhold*: without its content, which was taken down.
        """
        if self._size >= self._rotate_at:
            self._rotate()
        records = encode_exchange(exchange, self._info_id, original)
        if withhold:
            answer, asked = (encode_tombstone(decode(record), exchange.fetched_at) for record in records)
            records = answer, asked
        response, request = self._write(*records)
        self._beside.append(request)
        return response

    def note(self, kind: str, body: bytes, at: str) -> Location:
        """Write a record of what is no exchange: see encode_note()."""
        self._beside += self._write(encode_note(kind, body, at, self._info_id))
        return self._beside[-1]

    def describe(self, info: Mapping[str, str]) -> None:
        """Say in the files that follow who writes them."""
        self._info = info

    def take_beside(self) -> list[Location]:
        """Return where all records but the responses stand that were written since this was asked last."""
        taken, self._beside = self._beside, []
        return taken

    def sync(self) -> None:
        """Have the disk hold all that was written."""
        if self._is_dirty:
            with border(self._path):
                os.fsync(self._file.fileno())
            self._is_dirty = False

    def close(self) -> None:
        """Close the file; nothing more can be appended."""
        self.sync()
        self._file.close()

    def _open(self, path: Path) -> None:
        self._path, self._file = path, FileIO(path, "ab")
        self._size = self._file.seek(0, os.SEEK_END)
        record, self._info_id = encode_info(path.name, self._info)
        self._beside += self._write(record)

    def _rotate(self) -> None:
        self.close()
        with border(self._folder):
            self._open(self._fresh_name())

    def _fresh_name(self) -> Path:
        # Names sort in the order of their making, also those of one second, and after a clock that was ahead is right.
        last = max(files_of(self._folder, self._prefix), default=None)
        stem = f"{self._prefix}-{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
        stem = max(stem, last.name.partition(".warc")[0].partition("_")[0]) if last is not None else stem
        names = (f"{stem}{f'_{turn:03}' if turn > 1 else ''}.warc.gz" for turn in range(1, 1000))
        return next(self._folder / name for name in names if not (self._folder / name).exists())

    def _write(self, *records: bytes) -> list[Location]:
        """Write the records in one go; return their locations."""
        offset, data = self._size, b"".join(records)
        with border(self._path):
            self._is_dirty = True
            try:
                left = memoryview(data)
                while left:
                    left = left[self._file.write(left) :]
            except OSError:
                self._file.truncate(offset)
                raise
        locations = []
        for record in records:
            locations.append(Location(self._path.name, self._size, len(record), bytes_digest(record)))
            self._size += len(record)
        return locations
