"""The index of a WARC file in CDXJ: a line for each capture, sorted by address and time, so that replay finds it.

    example,warta)/padi 20250714010000 {"url": "https://warta.example/padi", "mime": "text/html", "status": "200", …}

The address in front is turned round and normalised (archive/export/keys.py) as the tools do that read the index.
"""

import json
import zlib
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from kickcrawl.validators import NOT_MODIFIED

BLOCK_LINES = 300  # in a compressed block: a reader fetches one or two of them to find an address
Keys = Callable[[str], Collection[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A capture in a WARC file: *digest* is of its payload, *offset* and *length* are bytes of the compressed file."""

    url: str
    fetched_at: str
    mime: str  # "warc/revisit" for a capture whose payload an earlier one holds
    status: int
    digest: str
    offset: int
    length: int
    file: str
    record_digest: str  # of the compressed record
    run_id: int
    is_built: bool = False  # a page as a browser had built it
    is_empty: bool = False  # it was taken down, or what holds its payload was


def index_lines(entries: Iterable[Entry], keys: Keys) -> list[str]:
    """Return the lines of the index, sorted as bytes are, each capture under all of the *keys* of its address."""
    return sorted(line for entry in shown(entries, keys) for line in _lines(entry, keys))


def shown(entries: Iterable[Entry], keys: Keys) -> list[Entry]:
    """Return the captures that replay is to show, one of an address and second.

    Not what has no payload any more; not answers 304, which have nothing to show that the capture they refer to has
    not; and not what a browser got for a page that it then built, which would be shown in place of the built page.
    """
    found = [entry for entry in entries if not entry.is_empty and entry.status != NOT_MODIFIED]
    built = {(entry.run_id, key) for entry in found if entry.is_built for key in keys(entry.url)}
    best: dict[tuple[str, str], Entry] = {}
    for entry in found:
        of_run = {(entry.run_id, key) for key in keys(entry.url)}
        if entry.is_built or built.isdisjoint(of_run):
            moment = (entry.url, entry.fetched_at[:19])
            best[moment] = max(best.get(moment, entry), entry, key=_rank)
    return list(best.values())


def compress(lines: Sequence[str], name: str) -> tuple[bytes, str]:
    """Return *lines* as gzip blocks, and the text of the index that says where each begins ("ZipNum").

    *name* is the file that the blocks will stand in.
    """
    data = bytearray()
    where = [f"!meta 0 {json.dumps({'format': 'cdxj-gzip-1.0', 'filename': name})}\n"]
    for start in range(0, len(lines), BLOCK_LINES):
        deflater = zlib.compressobj(wbits=zlib.MAX_WBITS | 16)
        block = deflater.compress("".join(lines[start : start + BLOCK_LINES]).encode()) + deflater.flush()
        told = {"offset": len(data), "length": len(block), "digest": f"sha256:{sha256(block).hexdigest()}"}
        where.append(f"{lines[start].partition(' {')[0]} {json.dumps(told)}\n")
        data += block
    return bytes(data), "".join(where)


def _rank(entry: Entry) -> tuple[bool, bool, int]:
    """Of an address and second: a built page, then what is no error or redirect, then the later one is shown."""
    return entry.is_built, entry.status < 300, entry.offset


def _lines(entry: Entry, keys: Keys) -> Iterable[str]:
    stamp = entry.fetched_at[:19].translate(_DIGITS)
    fields = {
        "url": entry.url, "mime": entry.mime, "status": str(entry.status), "digest": entry.digest,
        "length": str(entry.length), "offset": str(entry.offset), "filename": entry.file,
        "recordDigest": entry.record_digest,
    }  # fmt: skip
    told = json.dumps(fields)
    return [f"{key} {stamp} {told}\n" for key in keys(entry.url)]


_DIGITS = str.maketrans("", "", "-:T")
