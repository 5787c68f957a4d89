"""The pictures of articles: which are still to be fetched, where one stands that was, and which other articles show.

A picture is a capture like any other: it has no table of its own, but is found by its address.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from sqlite3 import Row
from urllib.parse import urljoin

from w3lib.url import safe_url_string

from archive.database import Archive
from kickcrawl.dates import to_iso

MAX_AGE = timedelta(days=30)  # of an article's last revision; after it, pictures that could not be had are given up
MAX_REDIRECTS = 5


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture's address as it is asked for, and the article that shows it."""

    url: str
    article_url: str


@dataclass(frozen=True, slots=True)
class Shown:
    """The addresses at which an article's pictures were captured, those that redirect among them."""

    alone: frozenset[str]  # no other article shows what was captured there
    elsewhere: frozenset[str]  # another article shows it, too, perhaps from another address


def lacking_pictures(archive: Archive, outlet: str, per_article: int, limit: int, now: datetime) -> list[Picture]:
    """Return pictures of an outlet's articles that were never captured, those of the newest articles first.

    At most the first *per_article* of an article, and *limit* in all.
    """
    found: dict[str, Picture] = {}
    values = {"outlet": outlet, "since": to_iso(now - MAX_AGE), "count": per_article}
    for row in archive.rows(_SHOWN, values):
        url = picture_url(row["picture"])
        if url is None or url in found or archive.row("SELECT 1 FROM captures WHERE url = :url", {"url": url}):
            continue
        found[url] = Picture(url, row["article_url"])
        if len(found) == limit:
            break
    return list(found.values())


def pictures_of(archive: Archive, key: int) -> Iterator[str]:
    """Yield the addresses of all pictures that an article had in any of its revisions."""
    for row in archive.rows(_EVER, {"key": key}):
        if (url := picture_url(row["picture"])) is not None:
            yield url


def pictures_shown(archive: Archive, key: int) -> Shown:
    """Return the addresses of all pictures that an article ever had, parted by whether other articles show them, too.

    Reads the pictures of all articles: for a takedown, which reads all captures anyway.
    """
    redirects = _redirects(archive)
    reached = {url for own in pictures_of(archive, key) for url in _reached(own, redirects)}
    captured = {url for url in reached if archive.row("SELECT 1 FROM captures WHERE url = :url", {"url": url})}
    if not captured:
        return Shown(alone=frozenset(), elsewhere=frozenset())
    held_by = {row["url"] for url in captured for row in archive.rows(_ORIGINALS, {"url": url})}
    mine = captured | held_by  # of these bytes
    others = (picture_url(row["picture"]) for row in archive.each(_OTHERS, {"key": key}))
    elsewhere = {url for other in others if other for url in _reached(other, redirects) if url in mine}
    for url in mine - elsewhere:
        referring = {row["url"] for row in archive.rows(_REFERRING, {"url": url})}
        if not referring <= mine - elsewhere:  # the same bytes came from another address, and are held only once
            elsewhere.add(url)
    return Shown(alone=frozenset(mine - elsewhere), elsewhere=frozenset(captured & elsewhere))


def _redirects(archive: Archive) -> dict[str, set[str]]:
    """Return where each address that ever redirected led to."""
    found: dict[str, set[str]] = {}
    for row in archive.each("SELECT DISTINCT url, location FROM captures WHERE location IS NOT NULL"):
        if (target := picture_url(urljoin(row["url"], row["location"]))) is not None:
            found.setdefault(row["url"], set()).add(target)
    return found


def _reached(url: str, redirects: Mapping[str, Collection[str]]) -> set[str]:
    """Return *url* and where it leads."""
    reached, pending = set[str](), [url]
    while pending and len(reached) <= MAX_REDIRECTS:
        if (url := pending.pop()) not in reached:
            reached.add(url)
            pending += redirects.get(url, ())
    return reached


def find_picture(archive: Archive, url: str) -> Row | None:
    """Return the row of the last capture of the picture at *url* that has a body, redirects followed."""
    for _ in range(MAX_REDIRECTS):
        row = archive.row(_LAST, {"url": picture_url(url) or url})
        if row is None or row["location"] is None or not 300 <= row["status"] < 400:
            return row if row is not None and row["status"] == 200 else None
        url = urljoin(row["url"], row["location"])
    return None


def picture_url(url: object) -> str | None:
    """Return the address of a picture as Scrapy asks for it; None if it is none on the web."""
    is_on_web = isinstance(url, str) and url.lower().startswith(("http://", "https://"))
    return safe_url_string(str(url)).partition("#")[0] if is_on_web else None


_SHOWN = """
    SELECT a.url AS article_url, j.value ->> 'url' AS picture FROM articles a, json_each(a.images) j
    WHERE a.outlet = :outlet AND j.key < :count AND (a.first_seen_at >= :since OR EXISTS (
        SELECT 1 FROM revisions r WHERE r.article_id = a.id AND r.number = a.revision AND r.recorded_at >= :since
    )) ORDER BY a.first_seen_at DESC, a.key DESC, j.key
"""
_EVER = """
    SELECT j.value ->> 'url' AS picture FROM articles a, json_each(a.images) j WHERE a.key = :key
    UNION SELECT j.value ->> 'url' FROM articles a JOIN revisions r ON r.article_id = a.id, json_each(r.images) j
    WHERE a.key = :key
"""
_OTHERS = """
    SELECT j.value ->> 'url' AS picture FROM articles a, json_each(a.images) j WHERE a.key <> :key
    UNION SELECT j.value ->> 'url' FROM articles a JOIN revisions r ON r.article_id = a.id, json_each(r.images) j
    WHERE a.key <> :key
"""
_ORIGINALS = "SELECT o.url FROM captures r JOIN captures o ON o.id = r.original_id WHERE r.url = :url"
_REFERRING = """
    SELECT r.url FROM captures c JOIN captures r ON r.original_id = c.id WHERE c.url = :url AND r.url <> c.url
    AND NOT EXISTS (SELECT 1 FROM replaced p WHERE p.file = r.file AND p.offset = r.offset)
"""
_LAST = """
    SELECT c.* FROM captures c WHERE c.url = :url AND c.status < 400 AND (c.length > 0 OR c.status <> 200)
    AND NOT EXISTS (SELECT 1 FROM replaced p WHERE p.file = c.file AND p.offset = c.offset)
    ORDER BY c.fetched_at DESC, c.id DESC LIMIT 1
"""
