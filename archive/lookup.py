"""Look up one article by what people call it, and give it as a record: lists as lists, keys as the table's columns."""

import json
import sqlite3
from typing import Any

from archive.database import Archive
from kickcrawl.errors import UsageError

MIN_ID_DIGITS = 4  # first digits of an id that name an article; fewer begin too many ids
JSON_COLUMNS = ("authors", "sections", "tags", "images", "related", "origins", "disagreements")


def as_record(row: sqlite3.Row) -> dict[str, Any]:
    """Return a row of the table articles with its JSON columns read, without the internal key."""
    record = {name: row[name] for name in row.keys() if name != "key"}  # noqa: SIM118  (a Row iterates over its values)
    return record | {name: json.loads(record[name]) for name in JSON_COLUMNS}


def find_record(archive: Archive, name: str) -> dict[str, Any] | None:
    """Return the article of that id (or the first digits of one), or found under that URL, or None.

    Raises UsageError for digits that begin several ids.
    """
    rows = archive.rows(_FIND, {"name": name, "digits": MIN_ID_DIGITS})
    if len(rows) > 1 and rows[0]["id"] != name:
        found = ", ".join(row["id"] for row in rows)
        raise UsageError(f"{name} begins several ids ({found}); write more of the one that you mean")
    return as_record(rows[0]) if rows else None


_FIND = """
    SELECT a.* FROM articles a
    WHERE a.id = :name OR a.id = (SELECT article_id FROM article_urls WHERE url = :name)
    OR (length(:name) >= :digits AND substr(a.id, 1, length(:name)) = :name) ORDER BY a.id = :name DESC LIMIT 4
"""
