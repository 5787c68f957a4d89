"""Look up one article by what people call it, and give it as a record: lists as lists, keys as the table's columns."""

import json
import sqlite3
from typing import Any, TypedDict, cast

from archive.article_rows import JSON_COLUMNS, READING
from archive.database import Archive
from kickcrawl.errors import UsageError

FILL = "fill it with: scrapy crawl kicknews"
MIN_ID_DIGITS = 4  # first digits of an id that name an article; fewer begin too many ids


class ImageRecord(TypedDict):
    """A picture of an article."""

    url: str
    caption: str | None
    credit: str | None


class LinkRecord(TypedDict):
    """A link between the paragraphs of an article."""

    url: str
    title: str


class ArticleRecord(TypedDict, total=False):
    """An article for people and other programs: every column of the table articles but ``key``, lists as lists.

    Only the columns that code here reads are declared; a record also has all others, so that a new field reaches
    exports without a change. Of earlier revisions ``related``, ``origins``, ``disagreements`` and how the pages were
    read (READING) are not kept, so they are None. Only records of revisions have ``recorded_at``
    (archive/history/past.py).
    """

    id: str
    outlet: str
    url: str
    title: str
    text: str
    authors: list[str]
    section: str | None
    sections: list[str]
    tags: list[str]
    language: str | None
    published_at: str | None
    published_offset: int | None
    modified_at: str | None
    first_seen_at: str
    gone_at: str | None
    images: list[ImageRecord]
    related: list[LinkRecord] | None
    dateline: str | None
    initials: str | None
    revision: int
    origins: dict[str, str] | None
    disagreements: list[dict[str, Any]] | None
    read_share: float | None
    left_out: dict[str, int] | None
    pages_missing: int | None
    capture_id: int
    source: str | None
    recorded_at: str


def as_record(row: sqlite3.Row) -> ArticleRecord:
    """Return a row of the table articles with its JSON columns read, without the internal key.

    A column that an archive of an earlier version lacks is None.
    """
    record = dict.fromkeys(READING) | dict(zip(row.keys(), row, strict=True))
    del record["key"]
    return cast("ArticleRecord", record | {name: _read(record[name]) for name in JSON_COLUMNS})


def find_record(archive: Archive, name: str) -> ArticleRecord | None:
    """Return the article of that id (or the first digits of one), or found under that URL, or None.

    Raises UsageError for digits that begin several ids.
    """
    rows = archive.rows(_FIND, {"name": name, "digits": MIN_ID_DIGITS})
    if len(rows) > 1 and rows[0]["id"] != name:
        found = ", ".join(row["id"] for row in rows)
        raise UsageError(f"{name} begins several ids ({found}); write more of the one that you mean")
    return as_record(rows[0]) if rows else None


def has_articles(archive: Archive) -> bool:
    """Tell whether there is any article to be read."""
    return archive.row("SELECT 1 FROM articles LIMIT 1") is not None


def none_such(archive: Archive, name: str) -> str:
    """Return in words that there is no article of that name, and how one is found."""
    where = "find one with: kickcrawl search WORDS" if has_articles(archive) else f"it has none at all; {FILL}"
    return f"holds no article {name!r}; {where}"


def _read(column: str | None) -> object:
    return json.loads(column) if column is not None else None


# Three look-ups in indexes, where one condition with OR would read all articles. An id is hexadecimal: after the first
# digits of one comes nothing above "f".
_FIND = """
    SELECT a.* FROM articles a WHERE a.key IN (
        SELECT key FROM articles WHERE id = :name
        UNION SELECT b.key FROM article_urls u JOIN articles b ON b.id = u.article_id WHERE u.url = :name
        UNION SELECT key FROM articles WHERE length(:name) >= :digits AND id > :name AND id < :name || 'g'
    ) ORDER BY a.id = :name DESC LIMIT 4
"""
