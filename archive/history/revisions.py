"""Read an article's history: its revisions with what each changed, its addresses, when it was away.

What an edit changed is not stored: it is read off the revisions, so that a better rule speaks of old edits, too.
"""

import json
import sqlite3
from dataclasses import asdict, dataclass, replace
from typing import Any

from archive.article_rows import stored_content
from archive.articles import PAGES
from archive.database import Archive
from archive.lookup import ArticleRecord
from kickcrawl.answer import MISSING
from kickcrawl.compare.changes import Changes, Content, compare
from kickcrawl.compare.diff import Piece, word_diff
from kickcrawl.fields import CONTENT


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One state of an article; *changes* are those against the revision before, None for the first.

    *cause* is "fetched", or "re-extracted" where the same page was read anew. That is no edit, nor is a revision that
    *has_other_pages* of the article than the one before; so neither is ever a silent one.
    """

    number: int
    cause: str
    recorded_at: str
    modified_at: str | None
    run_id: int
    capture_id: int
    source: str | None  # where it stands in the web archive that it came from; None: the outlet sent it
    content: Content
    changes: Changes | None = None
    has_other_pages: bool = False

    def describe(self) -> str:
        """Return in a line what it changed."""
        if self.changes is None:
            return "first archived"
        no_edit = "read anew: " if self.cause == "re-extracted" else "other pages: " if self.has_other_pages else ""
        return f"{no_edit}{self.changes.describe()}"


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """One field of a revision against that of another, word by word."""

    field: str
    pieces: list[Piece]


def read_revisions(archive: Archive, article_id: str, last: int | None = None) -> list[Revision]:
    """Return the revisions of an article, oldest first; with *last*, no more than so many, compared all the same."""
    source = "c.source" if archive.row(_KEEPS_SOURCE) is not None else "NULL"  # an archive of before it, read-only
    sql = _REVISIONS.format(source=source)
    rows = archive.rows(sql, {"id": article_id, "limit": -1 if last is None else last + 1})
    found: list[Revision] = []
    for row in rows:
        kept = {name: row[name] for name in _KEPT}
        revision = Revision(content=_content(row), has_other_pages=PAGES in json.loads(row["changed"]), **kept)
        changes = compare(found[-1].content, revision.content) if found else None
        if changes and (revision.cause == "re-extracted" or revision.has_other_pages):
            changes = replace(changes, is_silent=False)
        found.append(replace(revision, changes=changes))
    return found if last is None else found[-last:]


def differences(before: Content, after: Content) -> list[FieldDifference]:
    """Return the fields in which two states differ, each word by word."""
    states = [asdict(before), asdict(after)]
    return [
        FieldDifference(name, word_diff(*(_in_words(name, state[name]) for state in states)))
        for name in CONTENT
        if states[0][name] != states[1][name]
    ]


def read_addresses(archive: Archive, article_id: str) -> list[dict[str, Any]]:
    """Return the addresses of an article with when each was first and last found, oldest first."""
    return [dict(row) for row in archive.rows(_ADDRESSES, {"id": article_id})]


def read_absences(archive: Archive, record: ArticleRecord) -> list[dict[str, Any]]:
    """Return when the article was gone and when it was found again (None: not yet), the first absence first.

    That an absence has ended is read off the fetches of its address: one that was noticed otherwise than by 404 or 410
    (a redirect, a login) is known only while it lasts.
    """
    ended: list[dict[str, Any]] = []
    gone_at = None
    for fetch in archive.rows(_FETCHES, {"url": record["url"], "first": record["first_seen_at"]}):
        if fetch["status"] in MISSING:
            gone_at = gone_at or fetch["fetched_at"]
        elif gone_at:
            ended.append({"gone_at": gone_at, "back_at": fetch["fetched_at"]})
            gone_at = None
    return [*ended, {"gone_at": record["gone_at"], "back_at": None}] if record["gone_at"] else ended


def revision_json(revision: Revision) -> dict[str, Any]:
    """Return a revision for other programs: when it was archived and what it changed, not its text."""
    kept = {name: getattr(revision, name) for name in _KEPT}
    changes = asdict(revision.changes) if revision.changes else None
    return kept | {"title": revision.content.title, "description": revision.describe(), "changes": changes}


def _content(row: sqlite3.Row) -> Content:
    values: dict[str, Any] = {**stored_content(row)}
    return Content(**values)


def _in_words(field: str, value: str | tuple[str, ...]) -> str:
    return value if isinstance(value, str) else ("\n" if field == "captions" else ", ").join(value)


_KEPT = ("number", "cause", "recorded_at", "modified_at", "run_id", "capture_id", "source")
_KEEPS_SOURCE = "SELECT 1 FROM pragma_table_info('captures') WHERE name = 'source'"
_REVISIONS = """
    SELECT r.*, {source} AS source FROM (
        SELECT * FROM revisions WHERE article_id = :id ORDER BY number DESC LIMIT :limit
    ) r JOIN captures c ON c.id = r.capture_id ORDER BY r.number
"""
_ADDRESSES = (
    "SELECT url, first_seen_at, last_seen_at FROM article_urls WHERE article_id = :id ORDER BY first_seen_at, url"
)
_FETCHES = """
    SELECT fetched_at, status FROM captures
    WHERE url = :url AND fetched_at >= :first AND status IN (200, 203, 304, 404, 410) ORDER BY fetched_at, id
"""
