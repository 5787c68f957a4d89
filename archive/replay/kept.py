"""Captures as they are read back: the rows of the table captures as records."""

import sqlite3
from dataclasses import dataclass
from typing import Any

from archive.captures import Capture
from archive.database import Archive
from archive.warc.files import Location
from kickcrawl.validators import NOT_MODIFIED


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptCapture(Capture):
    """A capture with the *id* of its row."""

    id: int

    @property
    def location_in_warc(self) -> Location:
        """Where its record stands."""
        return Location(self.file, self.offset, self.size, self.record_digest)

    @property
    def shown_status(self) -> int:
        """The status of the answer that was read: 200 where the server said that what is held still holds."""
        return 200 if self.status == NOT_MODIFIED and self.original_id is not None else self.status


def find_capture(archive: Archive, where: str, values: dict[str, Any]) -> KeptCapture | None:
    """Return the first capture that fits the condition *where*, in the order of fetching; None if there is none."""
    row = archive.row(f"SELECT * FROM captures WHERE {where} ORDER BY id LIMIT 1", values)
    return _capture(row) if row is not None else None


def get_capture(archive: Archive, capture_id: int) -> KeptCapture:
    """Return the capture of that id, which another row refers to."""
    capture = find_capture(archive, "id = :id", {"id": capture_id})
    assert capture is not None, "a foreign key holds it"
    return capture


def _capture(row: sqlite3.Row) -> KeptCapture:
    return KeptCapture(**{name: row[name] for name in row.keys()})  # noqa: SIM118  (a row's iterator gives its values)
