"""The WARC files of an archive: read records back, step over what is damaged, cut off a torn tail."""

import os
import re
import shutil
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import BinaryIO

from archive.warc import records as warc
from archive.warc.records import DamagedRecord, Record, decode
from kickcrawl.errors import ArchiveError
from kickcrawl.fingerprint import bytes_digest

_FIRST = 1 << 15  # bytes of a member that are read at first: most have fewer
_CHUNK = 1 << 18
_BEHIND_PREFIX = re.compile(r"-[0-9]{8}T[0-9]{6}Z.*\.warc\.gz", re.DOTALL)
_MAGIC = b"\x1f\x8b\x08"


@dataclass(frozen=True, slots=True)
class Location:
    """Where a record stands: its file's name, and bytes from its start; *digest* is of the compressed record."""

    file: str
    offset: int
    length: int
    digest: str


@dataclass(frozen=True, slots=True)
class Damage:
    """Bytes of a file that are no record, and what is wrong with them."""

    offset: int
    length: int
    why: str


def files_of(folder: Path, prefix: str = "*") -> list[Path]:
    """Return the WARC files in *folder*, all or those of a *prefix*, in the order of their names."""
    if prefix == "*":
        return sorted(folder.glob("*.warc.gz"))
    # Not by a glob of its own for each outlet, whose pattern is compiled each time.
    with suppress(FileNotFoundError):
        ours = [path for path in folder.iterdir() if path.name.startswith(prefix)]
        return sorted(path for path in ours if _BEHIND_PREFIX.fullmatch(path.name, len(prefix)))
    return []


def read_bytes(folder: Path, location: Location) -> bytes:
    """Return the compressed record at *location*. Raises ArchiveError where it is not there or not what was written."""
    path = folder / location.file
    with border(path), path.open("rb") as file:
        file.seek(location.offset)
        data = file.read(location.length)
    if bytes_digest(data) != location.digest:
        raise damaged(path, location, "it is not what was written")
    return data


def read_record(folder: Path, location: Location) -> Record:
    """Return the record at *location*. Raises ArchiveError where it is not there or damaged."""
    data = read_bytes(folder, location)
    try:
        return decode(data)
    except DamagedRecord as error:
        raise damaged(folder / location.file, location, str(error)) from error


def members(path: Path, start: int = 0) -> Iterator[tuple[int, bytes] | Damage]:
    """Yield each whole gzip member of *path* as (offset, compressed bytes), and what lies between as Damage."""
    with border(path):
        size = path.stat().st_size
        with path.open("rb") as file:
            offset = start
            while offset < size:
                file.seek(offset)
                data, why = _member(file)
                if data is not None:
                    yield offset, data
                    offset += len(data)
                    continue
                end = _next_member(file, offset + 1, size)
                yield Damage(offset, end - offset, why)
                offset = end


def unshare(path: Path) -> None:
    """Give *path* bytes of its own, where another archive's folder or a backup holds the same file by a hard link."""
    with border(path):
        if path.stat().st_nlink > 1:
            copy = path.with_name(f"{path.name}.part")
            shutil.copyfile(path, copy)
            with copy.open("rb") as file:
                os.fsync(file.fileno())
            os.replace(copy, path)


def cut_torn_tail(path: Path, start: int = 0) -> Path | None:
    """Cut what follows the last whole record off *path* and return where it is kept now; None if nothing is torn.

    *start* is the end of a record that is known to be whole. Damage before the last whole record stays.
    """
    end = start
    for found in members(path, start):
        if not isinstance(found, Damage):
            end = found[0] + len(found[1])
    with border(path):
        size = path.stat().st_size
        if end >= size:
            return None
        kept = _fresh(path.with_name(f"{path.name}.torn-at-{end}"))
        with path.open("r+b") as file:
            file.seek(end)
            kept.write_bytes(file.read())
            with kept.open("rb") as copy:
                os.fsync(copy.fileno())
            file.truncate(end)
            os.fsync(file.fileno())
    return kept


def _fresh(path: Path) -> Path:
    """Return *path*, or with a number where there is one already: what was cut off before is not replaced."""
    names = (path.with_name(f"{path.name}{f'-{turn}' if turn > 1 else ''}") for turn in count(1))
    return next(name for name in names if not name.exists())


def _member(file: BinaryIO) -> tuple[bytes | None, str]:
    """Return the compressed gzip member that begins at the file's position, or None and why there is none."""
    inflater, taken, length = zlib.decompressobj(zlib.MAX_WBITS | 16), bytearray(), 0
    while chunk := file.read(_CHUNK if taken else _FIRST):
        taken += chunk
        try:
            while chunk and not inflater.eof:
                length += len(inflater.decompress(chunk, warc.MAX_RECORD))
                chunk = inflater.unconsumed_tail
                if length > warc.MAX_RECORD:
                    return None, f"it decompresses to more than {warc.MAX_RECORD} bytes"
        except zlib.error as error:
            return None, str(error)
        if inflater.eof:
            return bytes(taken[: len(taken) - len(inflater.unused_data)]), ""
    return None, "it ends in the middle of a record"


def _next_member(file: BinaryIO, start: int, size: int) -> int:
    """Return where the next bytes that may begin a member stand, or *size*."""
    position = start
    while position < size:
        file.seek(position)
        chunk = file.read(_CHUNK + len(_MAGIC))
        found = chunk.find(_MAGIC)
        if found >= 0:
            return position + found
        position += _CHUNK
    return size


def damaged(path: Path, location: Location, why: str) -> ArchiveError:
    """Return the error that tells of a damaged record."""
    return ArchiveError(path, f"the record at byte {location.offset} is damaged ({why}); see kickcrawl verify")


@contextmanager
def border(path: Path) -> Iterator[None]:
    """Turn what the operating system says of *path* into an ArchiveError."""
    try:
        yield
    except OSError as error:
        why = "the disk is full" if error.errno == 28 else (error.strerror or str(error))
        raise ArchiveError(path, f"the captures cannot be read or written: {why}; mend that and run again") from error
