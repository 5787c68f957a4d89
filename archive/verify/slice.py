"""Check what a slice says of the archive that it was taken from (archive/export/slice.sql).

Its own chain is checked as any archive's. Here: that the links of the source's chain which it brings are whole, and
vouch for the same revisions.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from archive.chain import next_head
from archive.database import Archive
from kickcrawl.errors import ArchiveError


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """What an archive was taken from, and whether the WARC records of its captures came with it."""

    source: str
    source_head: str
    holds_records: bool
    left_out: Mapping[str, int]  # rows of the source that are not here, by table


def read_slice(archive: Archive) -> Slice | None:
    """Return what *archive* says of its source; None for one that is no slice."""
    if archive.row("SELECT 1 FROM sqlite_master WHERE name = 'slice'") is None:
        return None
    row = archive.row("SELECT * FROM slice")
    if row is None:
        raise ArchiveError(archive.path, "it does not say any more of which archive it is a slice; export it again")
    return Slice(
        source=row["source"],
        source_head=row["source_head"],
        holds_records=bool(row["holds_records"]),
        left_out=json.loads(row["left_out"]),
    )


def check_slice(archive: Archive) -> int:
    """Check the links of the source's chain; return how many they are. Raises ArchiveError for the first fault."""
    for link in archive.each("SELECT * FROM slice_links ORDER BY position"):
        if next_head(link["before"], "revision", link["subject"], link["digest"]) != link["head"]:
            what = f"link {link['position']} of the source's chain (revision {link['subject']})"
            raise ArchiveError(archive.path, f"{what} was altered; export the slice again")
    if (subject := archive.text(_OTHERS)) is not None:
        why = f"revision {subject} is not the one that the source's chain vouches for; export the slice again"
        raise ArchiveError(archive.path, why)
    return archive.count("SELECT count(*) FROM slice_links")


_OTHERS = """
    SELECT s.subject FROM slice_links s LEFT JOIN chain l ON l.subject = s.subject AND l.kind = 'revision'
    WHERE l.digest IS NOT s.digest LIMIT 1
"""
