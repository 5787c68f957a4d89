"""Captures: every exchange of a crawl, its records in the outlet's WARC files and a row that says where they stand.

First the record, then the row; and the disk holds the record before an article that was read from it is committed.
So a row never points at a record that is not there, and an article always has its capture.
"""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import Row

from archive.chain import link_dead_runs
from archive.database import Archive
from archive.tombstones import read_traces
from archive.warc.files import Location, cut_torn_tail, files_of, unshare
from archive.warc.owner import claim_folder
from archive.warc.records import Exchange, Original
from archive.warc.writer import ROTATE_AT, WarcWriter
from kickcrawl.errors import ArchiveError
from kickcrawl.fingerprint import bytes_digest
from kickcrawl.traces import Trace, holds
from kickcrawl.validators import NOT_MODIFIED

MIN_REVISIT_BODY = 200  # bytes of a body, below which a revisit record is no smaller than the body

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """One fetch, with the fields of the table captures."""

    run_id: int
    url: str
    fetched_at: str
    status: int
    digest: str
    length: int
    file: str
    offset: int
    size: int
    record_digest: str
    original_id: int | None = None
    content_type: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    location: str | None = None
    source: str | None = None


class Captures:
    """The WARC files that a process writes, one writer for each outlet in its run. Used on the archive's one thread."""

    def __init__(self, folder: Path, *, rotate_at: int = ROTATE_AT) -> None:
        self._folder, self._rotate_at = folder, rotate_at
        self._is_claimed = False  # the folder is known to be this archive's
        self._writers: dict[str, WarcWriter] = {}
        self._traces: dict[str, frozenset[Trace]] = {}  # of what was taken down

    def begin(self, archive: Archive, outlet: str, run_id: int | None, info: Mapping[str, str]) -> None:
        """Repair the outlet's last file if an earlier run left it torn; this run's records begin with a warcinfo.

        An archive that holds no captures gets a folder of its own where this one belongs to another; else ArchiveError
        is raised.
        """
        if not self._is_claimed:  # once for all outlets
            is_empty = not archive.value("SELECT EXISTS (SELECT 1 FROM captures)")
            self._folder = claim_folder(self._folder, archive.path, is_empty=is_empty)
            self._is_claimed = True
        mend(archive, self._folder, outlet)
        link_dead_runs(archive, outlet)
        writer = self._writers[outlet] = WarcWriter(self._folder, outlet, info, rotate_at=self._rotate_at)
        self._traces[outlet] = read_traces(archive, outlet)
        store_records(archive, writer.take_beside(), run_id)

    def keep(self, archive: Archive, outlet: str, run_id: int, exchange: Exchange) -> int:
        """Write *exchange* and its row; return the row's id. A payload that is held already is not written again.

        Nor is one that holds what was taken down. What came from a web archive stands by itself.
        """
        held = None
        says_held = exchange.status == NOT_MODIFIED and exchange.digest != bytes_digest(exchange.body)
        is_own = exchange.source is None
        is_worth_it = len(exchange.body) >= MIN_REVISIT_BODY and is_own and not (exchange.is_dom or exchange.is_cut)
        if is_worth_it or says_held:
            held = archive.row(_HELD, {"digest": exchange.digest, "outlet": outlet})
        original = Original(held["url"], held["fetched_at"]) if held is not None else None
        writer = self._writers[outlet]
        location = writer.append(exchange, original, withhold=self._is_taken_down(outlet, exchange))
        with archive.transaction():
            store_records(archive, writer.take_beside(), run_id)
            return store_capture(archive, _row(exchange, run_id, location, held))

    def describe(
        self, archive: Archive, outlet: str, run_id: int, info: Mapping[str, str], described: bytes, at: str
    ) -> None:
        """Write a warcinfo with *info*, and as *described* (JSON) what the outlet was recognised as during its run."""
        writer = self._writers[outlet]
        writer.describe(info)
        writer.note("outlet", described, at)
        store_records(archive, writer.take_beside(), run_id)

    def note(self, archive: Archive, outlet: str, kind: str, body: bytes, at: str, run_id: int | None = None) -> None:
        """Write a metadata record into the outlet's WARC file (see encode_note()); *run_id* as for store_records()."""
        self._writers[outlet].note(kind, body, at)
        store_records(archive, self._writers[outlet].take_beside(), run_id)

    def _is_taken_down(self, outlet: str, exchange: Exchange) -> bool:
        if not (traces := self._traces[outlet]):
            return False
        encoding = next((value for name, value in exchange.headers if name.lower() == "content-encoding"), None)
        return holds(exchange.body, traces, encoding)

    def sync(self) -> None:
        """Wait until all that was written is on the disk (fsync); call before articles read from it are committed."""
        for writer in self._writers.values():
            writer.sync()

    def end(self, archive: Archive, outlet: str) -> None:
        """Close the outlet's file."""
        del archive  # unused: Writer passes the archive to every function it runs
        if outlet in self._writers:
            self._writers.pop(outlet).close()


def store_capture(archive: Archive, capture: Capture) -> int:
    """Write the row of *capture* and return its id."""
    return archive.write(_INSERT, {name: getattr(capture, name) for name in _COLUMNS})


def store_records(archive: Archive, locations: Iterable[Location], run_id: int | None) -> None:
    """Write a row for each record that is no capture; *run_id* is None behind the run's link in the chain."""
    archive.write_many(
        "INSERT INTO records (file, offset, size, digest, run_id) VALUES (?, ?, ?, ?, ?)",
        [(one.file, one.offset, one.length, one.digest, run_id) for one in locations],
    )


def _row(exchange: Exchange, run_id: int, location: Location, held: Row | None) -> Capture:
    lines = {name.lower(): value for name, value in exchange.headers}
    content_type, is_partial = lines.get("content-type"), exchange.is_cut or exchange.withheld is not None
    if held is not None and exchange.status == NOT_MODIFIED:
        content_type = held["content_type"]
    is_valid = not is_partial and exchange.source is None  # validators of an old answer are not asked with
    return Capture(
        run_id=run_id,
        url=exchange.url,
        fetched_at=exchange.fetched_at,
        status=exchange.status,
        digest=exchange.digest,
        length=held["length"] if held is not None else len(exchange.body),
        file=location.file,
        offset=location.offset,
        size=location.length,
        record_digest=location.digest,
        original_id=held["id"] if held is not None else None,
        content_type=content_type,
        etag=lines.get("etag") if is_valid else None,
        last_modified=lines.get("last-modified") if is_valid else None,
        location=lines.get("location"),
        source=exchange.source,
    )


def mend(archive: Archive, folder: Path, outlet: str) -> None:
    """Cut a torn tail off the outlet's last file, and forget rows whose records a power cut took."""
    path = max(files_of(folder, outlet), default=None)
    if path is None:
        return
    unshare(path)
    size = path.stat().st_size
    values: dict[str, object] = {"file": path.name, "size": size}
    whole = archive.count(_LAST_END.format(table="captures"), values)
    if max(whole, archive.count(_LAST_END.format(table="records"), values)) > size:
        whole = _forget_lost(archive, path, values, outlet)
    if kept := cut_torn_tail(path, whole):
        logger.warning("%s: %s ended in the middle of a record; what was torn is kept as %s", outlet, path, kept.name)


def _forget_lost(archive: Archive, path: Path, values: dict[str, object], outlet: str) -> int:
    """Delete the rows of records beyond the file's end; return where the last capture that is left ends."""
    if lost := archive.count(f"SELECT count(*) FROM captures WHERE {_BEYOND} AND id IN ({_USED})", values):
        raise ArchiveError(path, f"{lost} captures that articles were read from are no longer in it; restore it")
    with archive.transaction():
        if gone := archive.count(f"SELECT count(*) FROM captures WHERE {_BEYOND}", values):
            logger.warning("%s: %s lost its last %d captures with the power; they are forgotten", outlet, path, gone)
        archive.write(f"DELETE FROM captures WHERE {_BEYOND}", values)
        archive.write(f"DELETE FROM records WHERE {_BEYOND}", values)
    return archive.count(_LAST_END.format(table="captures"), values)


_LAST_END = "SELECT offset + size FROM {table} WHERE file = :file ORDER BY offset DESC LIMIT 1"
_BEYOND = "file = :file AND offset + size > :size"
_USED = "SELECT capture_id FROM articles UNION SELECT capture_id FROM revisions"
_HELD = """
    SELECT c.id, c.url, c.fetched_at, c.length, c.content_type FROM captures c JOIN runs r ON r.id = c.run_id
    WHERE c.digest = :digest AND c.original_id IS NULL AND c.source IS NULL AND r.outlet = :outlet
    AND NOT EXISTS (SELECT 1 FROM replaced p WHERE p.file = c.file AND p.offset = c.offset) ORDER BY c.id LIMIT 1
"""
_COLUMNS = tuple(Capture.__dataclass_fields__)
_INSERT = f"INSERT INTO captures ({', '.join(_COLUMNS)}) VALUES ({', '.join(f':{name}' for name in _COLUMNS)})"
