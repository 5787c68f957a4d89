"""Captures: one row for each fetch, whether it led to an article or not."""

from dataclasses import asdict, dataclass

from archive.database import Archive


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """One fetch, with the fields of the table captures."""

    run_id: int
    url: str
    fetched_at: str
    status: int
    digest: str
    length: int
    content_type: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    location: str | None = None


def store_capture(archive: Archive, capture: Capture) -> int:
    """Write *capture* and return its id."""
    return archive.write(
        "INSERT INTO captures (run_id, url, fetched_at, status, digest, length, content_type, etag, last_modified, "
        "location) VALUES (:run_id, :url, :fetched_at, :status, :digest, :length, :content_type, :etag, "
        ":last_modified, :location)",
        asdict(capture),
    )
