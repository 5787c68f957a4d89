"""The chain: a link for each revision, each run's records and each takedown, each made from the one before (SHA-256).

    digest = of what the link vouches for     head = of (head before, kind, subject, digest)

Whoever has written a head down can tell whether anything before it was changed, added or taken away since; the head
after a run is kept with the run, behind its captures in the WARC file, and printed by `kickcrawl status`. A link is
written in the transaction that stores what it vouches for. archive/verify/chain.py checks them.
"""

import json
import sqlite3
from typing import Any

from archive.database import Archive
from kickcrawl.fingerprint import bytes_digest

NOTHING = "sha256:" + "0" * 64  # the head of an empty chain
# Columns of a revision that its link vouches for, in the order in which they are hashed. Not from kickcrawl/fields.py:
# with one more, no link that was made before would verify.
CONTENT = "title text authors sections tags images modified_at recorded_at cause changed".split()


def next_head(head: str, kind: str, subject: str, digest: str) -> str:
    """Return the head after a link."""
    return _digest([head, kind, subject, digest])


def revision_digest(row: sqlite3.Row) -> str:
    """Return the digest of a row of REVISION: the columns of CONTENT and the digest of the record it was read from."""
    return _digest([row[name] for name in (*CONTENT, "record_digest")])


def read_head(archive: Archive) -> str:
    """Return the head of the chain."""
    return archive.text("SELECT head FROM chain ORDER BY position DESC LIMIT 1") or NOTHING


def link_revision(archive: Archive, article_id: str, number: int) -> None:
    """Add the link of a revision; call in the transaction that stores it."""
    row = archive.row(
        f"{REVISION} WHERE r.article_id = :id AND r.number = :number", {"id": article_id, "number": number}
    )
    if row is not None:
        add_link(archive, "revision", f"{article_id}@{number}", revision_digest(row))


def link_captures(archive: Archive, run_id: int) -> str:
    """Add the link of all records that a run wrote, keep the head with the run, and return it."""
    with archive.transaction():
        count, digest = captures_digest(archive, run_id)
        head = add_link(archive, "captures", f"run {run_id}: {count} records", digest)
        archive.write("UPDATE runs SET chain_head = :head WHERE id = :id", {"head": head, "id": run_id})
    return head


def link_takedown(archive: Archive, article_id: str) -> str:
    """Add the link of a takedown and return the head; call in the transaction that stores it."""
    return add_link(archive, "takedown", article_id, takedown_digest(archive, article_id) or "")


def takedown_digest(archive: Archive, article_id: str) -> str | None:
    """Return the digest of a tombstone and of the records that replaced its content; None if there is no tombstone."""
    row = archive.row("SELECT reason, taken_down_at FROM takedowns WHERE article_id = :id", {"id": article_id})
    replaced = archive.rows(_REPLACED, {"id": article_id})
    return _digest([*row, [[*location] for location in replaced]]) if row is not None else None


def link_dead_runs(archive: Archive, outlet: str) -> None:
    """Add the links of runs of *outlet* that died before they could; call after mend()."""
    for row in archive.rows(
        "SELECT id FROM runs WHERE outlet = :outlet AND outcome = 'died' AND chain_head IS NULL ORDER BY id",
        {"outlet": outlet},
    ):
        link_captures(archive, row["id"])


def captures_digest(archive: Archive, run_id: int) -> tuple[int, str]:
    """Return how many records a run wrote, and the digest of their digests: captures, then the others."""
    digests = [row[0] for row in archive.rows(_RECORDS, {"run": run_id})]
    return len(digests), _digest(digests)


def add_link(archive: Archive, kind: str, subject: str, digest: str) -> str:
    """Add a link and return the head; call inside a transaction."""
    head = next_head(read_head(archive), kind, subject, digest)
    archive.write(
        "INSERT INTO chain (kind, subject, digest, head) VALUES (:kind, :subject, :digest, :head)",
        {"kind": kind, "subject": subject, "digest": digest, "head": head},
    )
    return head


def _digest(values: list[Any]) -> str:
    return bytes_digest(json.dumps(values, separators=(",", ":")).encode())


REVISION = f"""
    SELECT r.article_id, r.number, {", ".join(f"r.{name}" for name in CONTENT)}, c.record_digest
    FROM revisions r JOIN captures c ON c.id = r.capture_id
"""
_REPLACED = "SELECT file, offset, digest FROM replaced WHERE article_id = :id ORDER BY file, offset"
_RECORDS = """
    SELECT record_digest FROM (
        SELECT 1 AS part, id, '' AS file, 0 AS offset, record_digest FROM captures WHERE run_id = :run
        UNION ALL SELECT 2, 0, file, offset, digest FROM records WHERE run_id = :run
    ) ORDER BY part, id, file, offset
"""
