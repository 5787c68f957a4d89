"""Write articles out of the archive as JSON Lines: one article a line, lists as lists, keys as in the table."""

import json
import sqlite3
from collections.abc import Iterator
from typing import Any

from archive.database import Archive

JSON_COLUMNS = ("authors", "sections", "tags", "images", "related", "origins", "disagreements")


def export_articles(
    archive: Archive, *, outlet: str | None = None, since: str | None = None, until: str | None = None
) -> Iterator[dict[str, Any]]:
    """Yield articles, oldest first, published from *since* to before *until* (days or times in UTC)."""
    keys = archive.rows(
        "SELECT key FROM articles WHERE (:outlet IS NULL OR outlet = :outlet) "
        "AND (:since IS NULL OR published_at >= :since) AND (:until IS NULL OR published_at < :until) "
        "ORDER BY published_at, key",
        {"outlet": outlet, "since": since, "until": until},
    )
    for (key,) in keys:  # one by one: the texts of a large archive do not fit into memory
        row = archive.row("SELECT * FROM articles WHERE key = :key", {"key": key})
        if row is not None:
            yield as_record(row)


def as_record(row: sqlite3.Row) -> dict[str, Any]:
    """Return a row of the table articles with its JSON columns read, without the internal key."""
    record = {name: row[name] for name in row.keys() if name != "key"}  # noqa: SIM118  (a Row iterates over its values)
    return record | {name: json.loads(record[name]) for name in JSON_COLUMNS}


def find_record(archive: Archive, name: str) -> dict[str, Any] | None:
    """Return the article of that id (or the first digits of one), or found under that URL, or None."""
    row = archive.row(
        "SELECT a.* FROM articles a WHERE a.id = :name "
        "OR a.id = (SELECT article_id FROM article_urls WHERE url = :name) "
        "OR (length(:name) >= 4 AND substr(a.id, 1, length(:name)) = :name) ORDER BY a.id = :name DESC LIMIT 1",
        {"name": name},
    )
    return as_record(row) if row is not None else None
