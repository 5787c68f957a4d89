"""Which records of WARC files hold what is taken down, and what is to stand in their places.

A record goes with its request: the answers of its addresses, its pictures but those that another article shows, and
whatever else holds a paragraph of its text (feeds, REST). A headline or an excerpt is no trace: pages that name it are
evidence of other articles, too.
"""

import gzip
import json
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from archive.pictures import Shown
from archive.warc.files import Damage, members
from archive.warc.padding import gzip_member
from archive.warc.records import ABOUT, TAKEN_DOWN, DamagedRecord, Record, decode, encode_tombstone
from kickcrawl.errors import ArchiveError
from kickcrawl.traces import Trace, holds
from kickcrawl.urls import canonicalize

Progress = Callable[[int], object]


@dataclass(frozen=True, slots=True)
class Replacement:
    """A compressed record that is to stand at *offset* of a file, as long as the one that stands there now."""

    file: str
    offset: int
    record: bytes


@dataclass(frozen=True, slots=True)
class _LocatedRecord:
    offset: int
    length: int
    record: Record


def plan_replacements(
    files: Iterable[Path],
    urls: Collection[str],
    pictures: Shown,
    traces: Collection[Trace],
    at: str,
    progress: Progress,
) -> Iterator[Replacement]:
    """Yield what is to be written. Raises ArchiveError for a damaged file: nobody can tell what is in it."""
    for path in files:
        for exchange in _exchanges(path, progress):
            if any(_is_of(found.record, urls, pictures) or _has(found.record, traces) for found in exchange):
                for found in exchange:
                    yield Replacement(path.name, found.offset, tombstone(found.record, found.length, at))


def tombstone(record: Record, length: int, at: str) -> bytes:
    """Return the compressed record of *length* bytes that stands for *record*, taken down at *at*."""
    return gzip_member(gzip.decompress(encode_tombstone(record, at)), length)


def _exchanges(path: Path, progress: Progress) -> Iterator[list[_LocatedRecord]]:
    """Yield the records of a file that are still whole, a request with the answer before it."""
    exchange: list[_LocatedRecord] = []
    for found in members(path):
        try:
            if isinstance(found, Damage):
                raise DamagedRecord(found.why)
            offset, data = found
            record = decode(data)
        except DamagedRecord as error:
            why = f"it is damaged ({error}), so that nobody can tell what is in it; see kickcrawl verify"
            raise ArchiveError(path, why) from error
        progress(len(data))
        if record.kind != "request":
            yield exchange
            exchange = []
        if record.kind != "warcinfo" and TAKEN_DOWN not in record.fields:
            exchange.append(_LocatedRecord(offset, len(data), record))
    yield exchange


def _is_of(record: Record, urls: Collection[str], pictures: Shown) -> bool:
    """Tell whether a record is of one of *urls*, or was asked for the sake of one.

    A picture that several articles show goes with the last of them, whichever of them it was asked for.
    """
    about = json.loads(record.fields.get(ABOUT, "{}"))
    known = {record.url, about.get("story"), about.get("part_of")}
    if "picture_of" in about:
        if record.url in pictures.alone:
            return True
        if record.url not in pictures.elsewhere:
            known.add(about["picture_of"])
    with suppress(ValueError):  # our own notes have no web address
        known.add(canonicalize(record.url))
    return not known.isdisjoint(urls)


def _has(record: Record, traces: Collection[Trace]) -> bool:
    return record.kind != "request" and holds(record.payload, traces, record.header("Content-Encoding"))
