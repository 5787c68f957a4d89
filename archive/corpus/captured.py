"""A page as it was fetched: the answer that a capture holds, with its bytes as received or decoded."""

from dataclasses import dataclass

from archive.database import Archive
from archive.warc.files import Location, read_record
from archive.warc.owner import warc_folder
from archive.warc.records import TAKEN_DOWN, Headers
from kickcrawl.errors import ArchiveError, UsageError
from kickcrawl.page.encodings import decode_body


@dataclass(frozen=True, slots=True, kw_only=True)
class CapturedAnswer:
    """What a server answered: *body* as received, content-encoded; or, with *is_built*, what a browser had built."""

    url: str
    fetched_at: str
    status: int
    headers: Headers
    body: bytes
    is_built: bool

    @property
    def decoded(self) -> bytes:
        """The body without its content encoding (gzip, br, zstd, deflate)."""
        encoding = next((value for name, value in self.headers if name.lower() == "content-encoding"), None)
        return self.body if self.is_built else decode_body(self.body, encoding)


def read_answer(archive: Archive, capture_id: int) -> CapturedAnswer:
    """Return what a capture holds; where an earlier one has the same body, with that.

    Raises UsageError where there is no such capture, ArchiveError where its record is missing, damaged or taken down.
    """
    row = archive.row("SELECT * FROM captures WHERE id = :id", {"id": capture_id})
    if row is None:
        raise UsageError(f"{archive.path}: has no capture {capture_id}")
    source = archive.row("SELECT * FROM captures WHERE id = :id", {"id": row["original_id"] or row["id"]})
    assert source is not None, "a foreign key holds it"
    if archive.row("SELECT 1 FROM replaced WHERE file = :file AND offset = :offset", dict(source)) is not None:
        raise ArchiveError(archive.path, f"the content of capture {source['id']} was taken down")
    location = Location(source["file"], source["offset"], source["size"], source["record_digest"])
    record = read_record(warc_folder(archive.path), location)
    if TAKEN_DOWN in record.fields:
        raise ArchiveError(
            archive.path, f"the content of capture {source['id']} was withheld: it was taken down before"
        )
    return CapturedAnswer(
        url=row["url"],
        fetched_at=row["fetched_at"],
        status=row["status"],
        headers=record.headers,
        body=record.payload,
        is_built=record.kind == "resource",
    )
