"""Whether an earlier run has read the same answer of a seed, quickly and without harming its worker.

Same bytes, same header lines that decide how they are read, same release of kickcrawl: what stayed within the bounds
then does so now, and needs no worker process that can be killed.
"""

import zlib

from archive.database import Archive
from archive.warc.files import Location, read_bytes
from archive.warc.owner import warc_folder
from kickcrawl import __version__
from kickcrawl.errors import ArchiveError
from kickcrawl.validators import NOT_MODIFIED

# Counts of a run: answers of seeds that a worker has read; that were read before; that took long, or harmed the worker.
READ, READ_AGAIN, HEAVY = "seeds/read", "seeds/read-again", "seeds/heavy"
MAX_CAPTURES = 10  # the newest with the same bytes that are looked through
MAX_HEAD = 1 << 14  # bytes of a record that are looked at
_SHOWN_BY = (b"content-encoding:", b"content-type:")  # header lines that decide how the bytes are read


def was_read(archive: Archive, capture_id: int) -> bool:
    """Tell whether the answer in a capture was read, in an earlier run that is complete and met nothing heavy.

    A run that counts no readings was made before they were counted.
    """
    given = {"id": capture_id, "most": MAX_CAPTURES, "version": __version__}
    given |= {"read": READ, "again": READ_AGAIN, "heavy": HEAVY}
    before = archive.number(_BEFORE, given)
    try:
        lines = _lines(archive, before) if before is not None else None
        return lines is not None and lines == _lines(archive, capture_id)
    except ArchiveError:
        return False  # verify names the damage


def _lines(archive: Archive, capture_id: int) -> list[bytes] | None:
    """Return the header lines by which an answer's body is shown, those of the first one where it has not changed; None
    where they stand too far behind for a look."""
    row = archive.row(_SHOWN, {"id": capture_id, "not_modified": NOT_MODIFIED})
    assert row is not None, "its row was written before it was read"
    location = Location(row["file"], row["offset"], row["size"], row["record_digest"])
    data = read_bytes(warc_folder(archive.path), location)
    # The record's own fields, the answer's header lines, and the body: to parse all of it takes ten times as long.
    parts = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(data, MAX_HEAD).split(b"\r\n\r\n", 2)
    if len(parts) < 3:
        return None
    return sorted(line for line in parts[1].lower().split(b"\r\n") if line.startswith(_SHOWN_BY))


_SHOWN = """
    SELECT s.* FROM captures c JOIN captures s
    ON s.id = iif(c.status = :not_modified, coalesce(c.original_id, c.id), c.id) WHERE c.id = :id
"""
_BEFORE = """
    SELECT b.id FROM captures n, (
        SELECT id, url, run_id FROM captures WHERE digest = (SELECT digest FROM captures WHERE id = :id)
        AND id < :id ORDER BY id DESC LIMIT :most
    ) b JOIN runs r ON r.id = b.run_id
    WHERE n.id = :id AND b.url = n.url AND b.run_id <> n.run_id
    AND r.outlet = (SELECT outlet FROM runs WHERE id = n.run_id)
    AND r.outcome = 'complete' AND r.version = :version AND r.counts ->> :heavy IS NULL
    AND (r.counts ->> :read > 0 OR r.counts ->> :again > 0)
    ORDER BY b.id DESC LIMIT 1
"""
