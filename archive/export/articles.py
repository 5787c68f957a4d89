"""Which articles an export holds, and each as a record: lists as lists, keys as in the table."""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from archive.database import Archive
from archive.search import search
from kickcrawl.errors import UsageError

JSON_COLUMNS = ("authors", "sections", "tags", "images", "related", "origins", "disagreements")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What is asked for: of an outlet, published from *since* to before *until* (days or times in UTC), with *words*.

    None asks for nothing; *words* are found as search() finds them.
    """

    outlet: str | None = None
    since: str | None = None
    until: str | None = None
    words: str | None = None

    @property
    def is_of_articles(self) -> bool:
        """Whether single articles are chosen, and not all that an outlet, or all outlets, sent."""
        return any(asked is not None for asked in (self.since, self.until, self.words))


def choose(archive: Archive, choice: Choice) -> list[int]:
    """Return the keys of the articles of *choice*, oldest first."""
    values = {"outlet": choice.outlet, "since": choice.since, "until": choice.until}
    rows = archive.rows(
        "SELECT key, id FROM articles WHERE (:outlet IS NULL OR outlet = :outlet) "
        "AND (:since IS NULL OR published_at >= :since) AND (:until IS NULL OR published_at < :until) "
        "ORDER BY published_at, key",
        values,
    )
    if choice.words is None:
        return [row["key"] for row in rows]
    hits = {hit.id for hit in search(archive, choice.words, outlet=choice.outlet, limit=-1)}  # -1: all
    return [row["key"] for row in rows if row["id"] in hits]


def export_articles(archive: Archive, choice: Choice) -> Iterator[dict[str, Any]]:
    """Yield the articles of *choice*, oldest first."""
    for key in choose(archive, choice):  # one by one: the texts of a large archive do not fit into memory
        row = archive.row("SELECT * FROM articles WHERE key = :key", {"key": key})
        if row is not None:
            yield as_record(row)


def as_record(row: sqlite3.Row) -> dict[str, Any]:
    """Return a row of the table articles with its JSON columns read, without the internal key."""
    record = {name: row[name] for name in row.keys() if name != "key"}  # noqa: SIM118  (a Row iterates over its values)
    return record | {name: json.loads(record[name]) for name in JSON_COLUMNS}


def find_record(archive: Archive, name: str) -> dict[str, Any] | None:
    """Return the article of that id (or the first digits of one), or found under that URL, or None.

    Raises UsageError for digits that begin several ids.
    """
    rows = archive.rows(
        "SELECT a.* FROM articles a WHERE a.id = :name "
        "OR a.id = (SELECT article_id FROM article_urls WHERE url = :name) "
        "OR (length(:name) >= 4 AND substr(a.id, 1, length(:name)) = :name) ORDER BY a.id = :name DESC LIMIT 4",
        {"name": name},
    )
    if len(rows) > 1 and rows[0]["id"] != name:
        found = ", ".join(row["id"] for row in rows)
        raise UsageError(f"{name} begins several ids ({found}); write more of the one that you mean")
    return as_record(rows[0]) if rows else None
