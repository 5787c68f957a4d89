"""The records of an archive's captures as an export holds them: as they were kept, made readable, or taken down."""

import sqlite3
from dataclasses import dataclass

from archive.database import Archive
from archive.warc.files import Damage, Location, damaged, members, read_bytes
from archive.warc.owner import warc_folder
from archive.warc.readable import is_readable, refer_to, request_of, with_payload_of, without_encoding
from archive.warc.records import TAKEN_DOWN, DamagedRecord, Record, decode, encode
from kickcrawl.errors import ArchiveError
from kickcrawl.validators import NOT_MODIFIED


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """What an export holds of a capture: the compressed answer, and the request behind it; b"" if there is none.

    *digest* is of the payload that the answer holds or refers to; "" where that was taken down. *info_id* names the
    warcinfo record of its run; None where a takedown left no name. *is_shown*: replay finds it; see Source.
    """

    answer: bytes
    request: bytes
    kind: str
    digest: str
    info_id: str | None
    is_shown: bool


class Source:
    """The captures of an archive, to be copied. Raises ArchiveError for a record that is missing or damaged.

    Replay does not show what was taken down, nor what a browser got for a page that it then built: of two records of
    one address and second pywb would show the first, ReplayWeb.page the last. A revisit of something that is not shown
    is copied with its payload.
    """

    def __init__(self, archive: Archive) -> None:
        self._archive, self._folder = archive, warc_folder(archive.path)
        self._originals: dict[int, tuple[str, bool]] = {}  # digest and is_shown of each, as an export holds it

    def copy(self, row: sqlite3.Row) -> Copy:
        """Return what an export holds of the capture that *row* tells of; its columns are captures_by_file()'s."""
        data, record = self._read(row)
        request, info_id = self._request(row), record.fields.get("WARC-Warcinfo-ID")
        changed, digest = self._for_replay(row, record)
        if changed is not record:
            data, request = encode(changed), request_of(request, record, changed)
        is_shown = digest != "" and not self._is_built_over(row, record)
        if row["original_id"] is None:
            self._originals[row["id"]] = digest, is_shown
        return Copy(
            answer=data, request=request, kind=changed.kind, digest=digest, info_id=info_id, is_shown=is_shown
        )  # fmt: skip

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
            if offset >= row["offset"] or (found and info_id is not None):
                break
            kind, identifier = _kind_and_id(data)
            if kind == "warcinfo" and info_id in (None, identifier):
                found = data
        if not found:
            raise ArchiveError(path, f"the warcinfo record {info_id} is not in it; see kickcrawl verify")
        return found

    def _for_replay(self, row: sqlite3.Row, record: Record) -> tuple[Record, str]:
        """Return the record as replay tools can read it, and the digest of the payload that it holds or refers to."""
        if TAKEN_DOWN in record.fields:
            return record, ""
        if row["original_id"] is not None:
            return self._revisit_for_replay(row, record)
        readable = record if is_readable(record) else without_encoding(record)
        return readable, readable.fields["WARC-Payload-Digest"]

    def _revisit_for_replay(self, row: sqlite3.Row, record: Record) -> tuple[Record, str]:
        digest, is_shown = self._original(row["original_id"])
        if not digest:
            return record, digest
        if is_shown or row["status"] == NOT_MODIFIED:
            is_as_it_was = digest == row["digest"] and is_readable(record)
            return record if is_as_it_was else refer_to(record, digest), digest
        original = self._capture(row["original_id"])
        held, _ = self._for_replay(original, self._read(original)[1])
        return with_payload_of(record, held), digest

    def _original(self, capture_id: int) -> tuple[str, bool]:
        if capture_id not in self._originals:  # it stands behind what refers to it
            self.copy(self._capture(capture_id))
        return self._originals[capture_id]

    def _is_built_over(self, row: sqlite3.Row, record: Record) -> bool:
        """Tell whether a browser got *record* for a page that it then built."""
        if record.kind == "resource":
            return False
        bare = row["url"].rstrip("/")
        others = self._archive.rows(_OF_RUN, {"run": row["run_id"], "id": row["id"], "bare": bare, "slash": f"{bare}/"})
        return any(self._read(other)[1].kind == "resource" for other in others)

    def _capture(self, capture_id: int) -> sqlite3.Row:
        found = self._archive.row(f"{_CAPTURES} WHERE c.id = :id", {"id": capture_id})
        assert found is not None, "a foreign key holds it"
        return found

    def _read(self, row: sqlite3.Row) -> tuple[bytes, Record]:
        """Return the record of a capture, compressed and read."""
        location = Location(row["file"], row["offset"], row["size"], row["emptied"] or row["record_digest"])
        pending = self._pending(row["file"], row["offset"]) if row["emptied"] else None
        data = pending or read_bytes(self._folder, location)
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
_CAPTURES = """
    SELECT c.*, p.digest AS emptied FROM captures c LEFT JOIN replaced p ON p.file = c.file AND p.offset = c.offset
"""
# "+": by the index of addresses; a run has as many captures as an archive may have.
_OF_RUN = f"{_CAPTURES} WHERE c.url IN (:bare, :slash) AND +c.run_id = :run AND c.id <> :id"
