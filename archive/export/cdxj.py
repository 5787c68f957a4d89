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
    is_shown: bool = True


def index_lines(entries: Iterable[Entry], keys: Keys) -> list[str]:
    """Return the lines of the index, sorted as bytes are, each capture under all of the *keys* of its address.

    Left out are captures that must not be shown, and answers 304: the capture they refer to shows the same.
    """
    shown = (entry for entry in entries if entry.is_shown and entry.status != NOT_MODIFIED)
    return sorted(line for entry in shown for line in _lines(entry, keys))


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
