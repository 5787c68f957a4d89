"""The records of an archive's captures as an export holds them: as they were kept, decoded, or what a takedown left."""

import sqlite3
from dataclasses import dataclass

from archive.database import Archive
from archive.warc.decoded import ask_for, is_readable, refer_to_decoded, without_encoding
from archive.warc.files import Damage, Location, damaged, members, read_bytes
from archive.warc.owner import warc_folder
from archive.warc.records import TAKEN_DOWN, DamagedRecord, Record, decode, encode
from kickcrawl.errors import ArchiveError
from kickcrawl.fingerprint import bytes_digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """What an export holds of a capture: the compressed answer, and the request behind it; b"" if there is none.

    *digest* is of the payload that the answer holds or refers to; None where that was taken down. *info_id* names the
    warcinfo record of its run; None where a takedown left no name.
    """

    answer: bytes
    request: bytes
    digest: str | None
    is_built: bool
    info_id: str | None


class Source:
    """The captures of an archive, to be copied. Raises ArchiveError for a record that is missing or damaged."""

    def __init__(self, archive: Archive) -> None:
        self._archive, self._folder = archive, warc_folder(archive.path)
        self._digests: dict[int, str | None] = {}  # of the payloads of originals, as an export holds them

    def copy(self, row: sqlite3.Row) -> Copy:
        """Return what an export holds of the capture that *row* tells of; its columns are captures_by_file()'s."""
        data, record = self._read(row)
        replayable, digest = self._for_replay(row, record)
        request = self._request(row)
        if replayable is not record:
            data, request = encode(replayable), ask_for(request, record, replayable)
        return Copy(
            answer=data,
            request=request,
            digest=digest,
            is_built=record.kind == "resource",
            info_id=record.fields.get("WARC-Warcinfo-ID"),
        )

    def info(self, row: sqlite3.Row, info_id: str | None) -> bytes:
        """Return the warcinfo record of the run of a capture, in its file: the one of that id, or the last before it.

        It stands before its run's first capture.
        """
        path, found = self._folder / row["file"], b""
        values = {"file": row["file"], "offset": row["offset"], "run": row["run_id"]}
        for member in members(path, self._archive.count(_BEFORE, values)):
            if isinstance(member, Damage):
                continue
            offset, data = member
            if offset >= row["offset"]:
                break
            kind, identifier = _kind_and_id(data)
            if kind == "warcinfo" and info_id in (None, identifier):
                found = data
                if info_id is not None:
                    break
        if not found:
            raise ArchiveError(path, f"the warcinfo record {info_id} is not in it; see kickcrawl verify")
        return found

    def _for_replay(self, row: sqlite3.Row, record: Record) -> tuple[Record, str | None]:
        """Return the record as replay tools can read it, and the digest of the payload that it holds or refers to."""
        if TAKEN_DOWN in record.fields:
            self._digests[row["id"]] = None
            return record, None
        if row["original_id"] is None:
            replayable = record if is_readable(record) else without_encoding(record)
            digest = row["digest"] if replayable is record else bytes_digest(replayable.payload)
            self._digests[row["id"]] = digest
            return replayable, digest
        digest = self._digest_of(row["original_id"])
        if digest is None or (digest == row["digest"] and is_readable(record)):
            return record, digest
        return refer_to_decoded(record, digest), digest

    def _digest_of(self, capture_id: int) -> str | None:
        if capture_id not in self._digests:  # it stands behind what refers to it, or another export has it
            row = self._archive.row(_CAPTURE, {"id": capture_id})
            assert row is not None, "a foreign key holds it"
            self._for_replay(row, self._read(row)[1])
        return self._digests[capture_id]

    def _read(self, row: sqlite3.Row) -> tuple[bytes, Record]:
        """Return the record of a capture, compressed and read."""
        location = Location(row["file"], row["offset"], row["size"], row["emptied"] or row["record_digest"])
        data = self._pending(row["file"], row["offset"]) if row["emptied"] else None
        data = read_bytes(self._folder, location) if data is None else data
        try:
            return data, decode(data)
        except DamagedRecord as error:
            raise damaged(self._folder / row["file"], location, str(error)) from error

    def _request(self, row: sqlite3.Row) -> bytes:
        """Return the request record that follows a capture's answer; b"" if there is none."""
        following = next(members(self._folder / row["file"], row["offset"] + row["size"]), None)
        if not isinstance(following, tuple) or _kind_and_id(following[1])[0] != "request":
            return b""
        return self._pending(row["file"], following[0]) or following[1]

    def _pending(self, file: str, offset: int) -> bytes | None:
        """Return the record that a takedown, which was interrupted, has still to write in a place."""
        found = self._archive.value(_PENDING, {"file": file, "offset": offset})
        return found if isinstance(found, bytes) else None


def _kind_and_id(record: bytes) -> tuple[str, str | None]:
    try:
        found = decode(record)
    except DamagedRecord:
        return "damaged", None
    return found.kind, found.fields.get("WARC-Record-ID")


_BEFORE = "SELECT max(offset + size) FROM captures WHERE file = :file AND offset < :offset AND run_id <> :run"
_PENDING = "SELECT record FROM replaced WHERE file = :file AND offset = :offset"
_CAPTURE = """
    SELECT c.*, p.digest AS emptied FROM captures c LEFT JOIN replaced p ON p.file = c.file AND p.offset = c.offset
    WHERE c.id = :id
"""
