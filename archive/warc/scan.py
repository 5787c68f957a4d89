"""Read any WARC file from end to end: every whole record, and what is damaged between them, whatever the file is.

Compressed by the record, as a whole, or not at all; ours and others'. Only ours say where a record can be found again.
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from mmap import ACCESS_READ, mmap
from pathlib import Path

from archive.warc.files import Damage, border, members
from archive.warc.records import MAX_RECORD, DamagedRecord, Record, decode

_START = re.compile(rb"WARC/\d\.\d\r?\n")
_LENGTH = re.compile(rb"\r?\ncontent-length:[ \t]*(\d+)[ \t]*\r?\n", re.IGNORECASE)
_END = re.compile(rb"\r?\n\r?\n")


@dataclass(frozen=True, slots=True)
class Found:
    """A whole record, where it begins in the file, and its compressed bytes."""

    offset: int
    data: bytes
    record: Record


def scan(path: Path, start: int = 0) -> Iterator[Found | Damage]:
    """Yield each record of *path* from byte *start* on, where a record begins; bytes that are no record come as Damage.

    Raises ArchiveError if it cannot be read.
    """
    with border(path), path.open("rb") as file:
        if file.read(2) != b"\x1f\x8b":
            if path.stat().st_size:
                with mmap(file.fileno(), 0, access=ACCESS_READ) as plain:
                    yield from _split(plain, start)
            return
    for member in members(path, start):
        if isinstance(member, Damage):
            yield member
        else:
            yield from _in_member(*member)


def _in_member(offset: int, data: bytes) -> Iterator[Found | Damage]:
    """Yield the records of a gzip member: one where it is right, all of them where a file was compressed as a whole."""
    plain = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(data, MAX_RECORD)
    found = list(_split(plain))
    if len(found) == 1 and isinstance(found[0], Found):
        yield Found(offset, data, found[0].record)
        return
    for item in found:
        if isinstance(item, Damage):
            yield Damage(offset, len(data), f"{item.why} (byte {item.offset} of what is compressed there)")
        else:
            yield Found(offset, item.data, item.record)


def _split(plain: bytes | mmap, position: int = 0) -> Iterator[Found | Damage]:
    """Yield the records in uncompressed bytes, found by their first line and their Content-Length."""
    while position < len(plain):
        if plain[position : position + 1] in (b"\r", b"\n"):  # between records
            position += 1
            continue
        end, why = _record_end(plain, position)
        if end is not None:
            try:
                yield Found(position, plain[position:end], decode(plain[position:end] + b"\r\n\r\n"))
                position = end
                continue
            except DamagedRecord as error:
                why = str(error)
        following = _START.search(plain, position + 1)
        until = following.start() if following else len(plain)
        yield Damage(position, until - position, why)
        position = until


def _record_end(plain: bytes | mmap, position: int) -> tuple[int | None, str]:
    """Return where the record's block ends, or None and why that cannot be told."""
    if not _START.match(plain, position):
        is_arc = plain[position : position + 9] == b"filedesc:"
        return None, "an ARC record: only WARC is read" if is_arc else "no WARC record begins here"
    head = _END.search(plain, position)
    length = _LENGTH.search(plain, position, head.end()) if head else None
    if head is None or length is None:
        return None, "its header is not whole or names no Content-Length"
    end = head.end() + int(length[1])
    return (end, "") if end <= len(plain) else (None, "it ends in the middle of a record")
