"""What a capture's page says: the fetch, where its record is kept, and which revisions were read from it."""

import sqlite3
from typing import Any

from archive.database import Archive
from archive.tombstones import Tombstone, find_tombstone


def read_capture(archive: Archive, number: int) -> dict[str, Any] | Tombstone | None:
    """Return what is known of a capture, the tombstone for whose sake it was emptied, or None if there was none."""
    row = archive.row("SELECT * FROM captures WHERE id = :id", {"id": number})
    if row is None:
        return None
    buried = archive.text(_BURIED, {"file": row["file"], "offset": row["offset"]})
    if buried is not None:
        return find_tombstone(archive, buried)
    article = archive.text("SELECT article_id FROM article_urls WHERE url = :url", {"url": row["url"]})
    return {
        "capture": dict(row),
        "article_id": article,
        "revisions": [dict(revision) for revision in _read_from(archive, row, article)],
        "outlet": archive.row(_OUTLET, {"run": row["run_id"]}),
        "around": [dict(other) for other in archive.rows(_AROUND, {"url": row["url"], "id": number})],
    }


def _read_from(archive: Archive, row: sqlite3.Row, article: str | None) -> list[sqlite3.Row]:
    """Return the revisions that were read from a capture.

    By the address that was fetched: an article's revisions stand together, so that no index on capture_id is needed.
    """
    return archive.rows(_REVISIONS, {"id": article, "capture": row["id"]}) if article else []


_BURIED = "SELECT article_id FROM replaced WHERE file = :file AND offset = :offset"
_REVISIONS = """
    SELECT article_id, number, title FROM revisions WHERE article_id = :id AND capture_id = :capture ORDER BY number
"""
_OUTLET = "SELECT o.slug, o.name, o.timezone FROM runs r JOIN outlets o ON o.slug = r.outlet WHERE r.id = :run"
# The one before and the one after, of the same address.
_AROUND = """
    SELECT * FROM (SELECT id, fetched_at, status FROM captures WHERE url = :url AND id < :id ORDER BY id DESC LIMIT 1)
    UNION ALL
    SELECT * FROM (SELECT id, fetched_at, status FROM captures WHERE url = :url AND id > :id ORDER BY id LIMIT 1)
"""
