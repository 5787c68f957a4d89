"""The tables that can be exported of a choice of articles: the articles, their revisions, stories and captures."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice
from typing import TypeVar

from archive.chain import CONTENT, revision_digest
from archive.database import Archive
from archive.export.captures import captures_by_file
from archive.export.columns import Column, article_columns, capture_columns, member_columns, revision_columns
from archive.export.table import Record, Table, TableName
from archive.history.revisions import Revision, read_revisions
from archive.lookup import as_record
from archive.query.choice import Choice
from archive.query.choose import Order, choose
from kickcrawl.fingerprint import text_digest

BATCH = 500  # records read at once: of long articles some 5 MB
Chosen = Callable[[], Iterator[int]]  # gives the keys of the articles that are asked for, anew each time
_Item = TypeVar("_Item")


def table_of(
    name: TableName, archive: Archive, choice: Choice, *,
    order: Order = "oldest", limit: int | None = None, chosen: Chosen | None = None,
) -> Table:  # fmt: skip
    """Return the table *name* of the first *limit* articles of *choice*; nothing is read before it is iterated.

    *chosen* gives their keys where the choice is not to be asked.
    """
    columns, read = _TABLES[name]
    chosen = chosen or partial(choose, archive, choice, order=order, limit=limit)
    return Table(name=name, columns=columns(), read=partial(read, archive, choice, chosen))


def columns_of(name: TableName) -> tuple[Column, ...]:
    """Return the columns of the table *name*."""
    return _TABLES[name][0]()


def _articles(archive: Archive, choice: Choice, chosen: Chosen) -> Iterator[list[Record]]:
    del choice
    for keys in in_batches(chosen()):
        rows = {row["key"]: row for row in archive.rows(_ARTICLES, _values(keys))}
        yield [as_record(rows[key]) for key in keys if key in rows]


def _revisions(archive: Archive, choice: Choice, chosen: Chosen) -> Iterator[list[Record]]:
    """Yield the revisions of one article after the other, each article's oldest first."""
    del choice
    for keys in in_batches(chosen()):
        at = {key: position for position, key in enumerate(keys)}
        rows = sorted(archive.rows(_REVISIONS, _values(keys)), key=lambda row: (at[row["key"]], row["number"]))
        for some in in_batches(rows):
            edited = {row["article_id"] for row in some if row["number"] > 1}
            told = {(article, one.number): one for article in edited for one in read_revisions(archive, article)}
            yield [_revision(row, told.get((row["article_id"], row["number"]))) for row in some]


def _stories(archive: Archive, choice: Choice, chosen: Chosen) -> Iterator[list[Record]]:
    """Yield the members of each story that a chosen article belongs to, also those that were not chosen."""
    del choice
    asked = {key for keys in in_batches(chosen()) for (key,) in archive.rows(_IN_STORIES, _values(keys))}
    seen: set[int] = set()
    for keys in in_batches(sorted(asked)):
        for story in [row["story_id"] for row in archive.rows(_STORIES, _values(keys))]:
            if story not in seen:
                seen.add(story)
                rows = archive.rows(_MEMBERS, {"story": story})
                yield [_plain(row, is_first=bool(row["is_first"]), is_chosen=row["key"] in asked) for row in rows]


def _captures(archive: Archive, choice: Choice, chosen: Chosen) -> Iterator[list[Record]]:
    """Yield the captures that a replay of the articles needs, file after file."""
    outlets = {row["id"]: row["outlet"] for row in archive.rows("SELECT id, outlet FROM runs")}
    names = [column.name for column in capture_columns() if column.name != "outlet"]
    for _, rows in captures_by_file(archive, choice, chosen()):
        for some in in_batches(rows):
            yield [{name: row[name] for name in names} | {"outlet": outlets[row["run_id"]]} for row in some]


def _revision(row: sqlite3.Row, told: Revision | None) -> Record:
    record = {name: row[name] for name in row.keys() if name not in ("key", "record_digest")}  # noqa: SIM118
    record |= {name: json.loads(row[name]) for name in ("authors", "sections", "tags", "images", "changed")}
    return record | {
        "changes": told.describe() if told is not None else "first archived",
        "is_silent": bool(told is not None and told.changes is not None and told.changes.is_silent),
        "words": len(row["text"].split()),
        "digest": text_digest(row["title"], row["text"]),
        "link_digest": revision_digest(row),
    }


def _plain(row: sqlite3.Row, **more: object) -> Record:
    return {name: row[name] for name in row.keys() if name != "key"} | more  # noqa: SIM118


def in_batches(items: Iterable[_Item]) -> Iterator[list[_Item]]:
    """Yield *items* in lists of BATCH."""
    left = iter(items)
    while some := list(islice(left, BATCH)):
        yield some


def _values(keys: list[int]) -> dict[str, object]:
    return {"keys": json.dumps(keys)}


_KEYS = "(SELECT value FROM json_each(:keys))"
_ARTICLES = f"SELECT * FROM articles WHERE key IN {_KEYS}"
_REVISIONS = f"""
    SELECT a.key, r.article_id, r.number, {", ".join(f"r.{name}" for name in CONTENT)}, r.capture_id, r.run_id,
           a.outlet, a.url, c.source, c.record_digest
    FROM articles a JOIN revisions r ON r.article_id = a.id JOIN captures c ON c.id = r.capture_id
    WHERE a.key IN {_KEYS}
"""
_IN_STORIES = f"""
    SELECT a.key FROM articles a WHERE a.key IN {_KEYS}
    AND EXISTS (SELECT 1 FROM story_members m WHERE m.article_id = a.id)
"""
_STORIES = f"""
    SELECT m.story_id FROM articles a JOIN story_members m ON m.article_id = a.id WHERE a.key IN {_KEYS} ORDER BY a.key
"""
_MEMBERS = """
    SELECT a.key, m.*, a.id = s.first_id AS is_first, a.outlet, a.url, a.title, a.published_at, a.published_offset,
           a.first_seen_at, a.gone_at, a.words
    FROM story_members m JOIN articles a ON a.id = m.article_id JOIN stories s ON s.id = m.story_id
    WHERE m.story_id = :story ORDER BY a.id <> s.first_id, a.published_at, a.key
"""
_TABLES: dict[
    TableName,
    tuple[Callable[[], tuple[Column, ...]], Callable[[Archive, Choice, Chosen], Iterator[list[Record]]]],
] = {
    "articles": (article_columns, _articles),
    "revisions": (revision_columns, _revisions),
    "stories": (member_columns, _stories),
    "captures": (capture_columns, _captures),
}
