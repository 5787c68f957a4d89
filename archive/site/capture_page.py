"""A capture's page, /capture/NUMBER and .json: the fetch, where its record is kept, which revisions it showed."""

import sqlite3
from collections.abc import Callable
from typing import Any

from datasette import Response, hookimpl

from archive.database import Archive
from archive.site.asking import Missing, ask, page
from archive.site.gone import gone
from archive.tombstones import Tombstone, find_tombstone


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """Return the address of captures with what answers it."""
    return [(r"/capture/(?P<id>\d{1,18})(?:\.(?P<format>json))?$", capture)]


async def capture(datasette: Any, request: Any) -> Any:
    """Answer with what is known of a capture; 410 if it was emptied by a takedown."""
    number = int(request.url_vars["id"])
    found = await ask(datasette, lambda archive: read_capture(archive, number))
    if found is None:
        raise Missing("capture", name=number)
    if isinstance(found, Tombstone):
        gone(found)
    if request.url_vars["format"]:
        return Response.json({name: found[name] for name in ("capture", "article_id", "revisions")})
    return await page(datasette, request, "capture.html", found)


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
_OUTLET = (
    "SELECT o.slug, o.name, o.language, o.timezone FROM runs r JOIN outlets o ON o.slug = r.outlet WHERE r.id = :run"
)
# The one before and the one after, of the same address.
_AROUND = """
    SELECT * FROM (SELECT id, fetched_at, status FROM captures WHERE url = :url AND id < :id ORDER BY id DESC LIMIT 1)
    UNION ALL
    SELECT * FROM (SELECT id, fetched_at, status FROM captures WHERE url = :url AND id > :id ORDER BY id LIMIT 1)
"""
