"""Which captures an export holds, and which of them are the pages that a reader will look for.

All captures, all of an outlet, or those of single articles: the pages that their revisions were read from, every other
fetch of their addresses and of redirect targets, their further pages, and their pictures. A capture without a body of
its own (a revisit) brings along the earlier capture that has it, so that the export is complete in itself.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

from archive.database import Archive
from archive.pictures import pictures_of
from archive.query.choice import Choice
from archive.query.choose import choose
from kickcrawl.urls import is_further_page


@dataclass(frozen=True, slots=True)
class ListedPage:
    """An entry in the export's list of pages: an article, and the capture that its current state was read from."""

    id: str
    url: str
    title: str
    fetched_at: str


def captures_by_file(
    archive: Archive, choice: Choice, keys: Iterable[int] | None = None
) -> Iterator[tuple[str, list[sqlite3.Row]]]:
    """Yield each WARC file's name with the captures of *choice* that stand in it, in their order there.

    Each row has the columns of captures and *emptied*: the digest of the record without payload that is to stand there.
    *keys* are those of the articles of *choice*, where they are known; without words or days all is of it that an
    outlet sent, and they are not asked.
    """
    if choice.is_of_articles:
        wanted = _captures_of(archive, choose(archive, choice) if keys is None else keys)
    else:
        wanted = _all_of(archive, choice)
    wanted |= {row["original_id"] for row in archive.rows(_REVISITS) if row["id"] in wanted}
    for (file,) in archive.rows("SELECT DISTINCT file FROM captures ORDER BY file"):
        rows = archive.rows(_IN_FILE, {"file": file})
        if found := [row for row in rows if row["id"] in wanted]:
            yield file, found


def pages(archive: Archive, choice: Choice) -> Iterator[ListedPage]:
    """Yield the articles of *choice* as pages, oldest first."""
    for key in choose(archive, choice):
        row = archive.row(_PAGE, {"key": key})
        if row is not None:
            yield ListedPage(row["id"], row["url"], row["title"], row["fetched_at"])


def _all_of(archive: Archive, choice: Choice) -> set[int]:
    return {row["id"] for row in archive.rows(_OF_OUTLET, {"outlet": choice.outlet})}


def _captures_of(archive: Archive, keys: Iterable[int]) -> set[int]:
    found: set[int] = set()
    for key in keys:
        found |= {row["capture_id"] for row in archive.rows(_READ_FROM, {"key": key})}
        pending = [*pictures_of(archive, key), *(row["url"] for row in archive.rows(_ADDRESSES, {"key": key}))]
        seen: set[str] = set()
        while pending:
            url = pending.pop()
            if url in seen:
                continue
            seen.add(url)
            for row in _fetches(archive, url):
                found.add(row["id"])
                if row["url"] == url and row["location"] and 300 <= row["status"] < 400:
                    pending.append(urljoin(url, row["location"]))
    return found


def _fetches(archive: Archive, url: str) -> Iterator[sqlite3.Row]:
    """Yield the captures of *url* and of its further pages."""
    yield from archive.rows("SELECT * FROM captures WHERE url = :url", {"url": url})
    base = url.partition("?")[0].rstrip("/")
    for mark, after in (("/", "0"), ("?", "@")):  # after: the character that follows the mark
        values = {"low": base + mark, "high": base + after}
        for row in archive.rows("SELECT * FROM captures WHERE url >= :low AND url < :high", values):
            if is_further_page(row["url"], url):
                yield row


_IN_FILE = """
    SELECT c.*, p.digest AS emptied FROM captures c LEFT JOIN replaced p ON p.file = c.file AND p.offset = c.offset
    WHERE c.file = :file ORDER BY c.offset
"""
_REVISITS = "SELECT id, original_id FROM captures WHERE original_id IS NOT NULL"
_OF_OUTLET = """
    SELECT c.id FROM captures c JOIN runs r ON r.id = c.run_id WHERE :outlet IS NULL OR r.outlet = :outlet
"""
_READ_FROM = """
    SELECT capture_id FROM articles WHERE key = :key
    UNION SELECT r.capture_id FROM revisions r JOIN articles a ON a.id = r.article_id WHERE a.key = :key
"""
_ADDRESSES = """
    SELECT url FROM articles WHERE key = :key
    UNION SELECT u.url FROM article_urls u JOIN articles a ON a.id = u.article_id WHERE a.key = :key
    UNION SELECT c.url FROM captures c JOIN articles a ON a.capture_id = c.id WHERE a.key = :key
"""
_PAGE = """
    SELECT a.id, a.title, c.url, c.fetched_at FROM articles a JOIN captures c ON c.id = a.capture_id WHERE a.key = :key
"""
