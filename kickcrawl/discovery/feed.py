"""Feeds (RSS, RDF, Atom), read by feedparser, which forgives what newsrooms' plugins get wrong.

In: the bytes of one feed. Out: candidates in the feed's order.
"""

import calendar
import html
import io
import re
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

import feedparser

from kickcrawl.article import Candidate, Claim, Moment
from kickcrawl.errors import SeedError
from kickcrawl.page.blocks import fold
from kickcrawl.urls import tidy

MAX_ENTRIES = 10_000
_WORDPRESS_GUID = re.compile(r"[?&]p=(\d+)$")


def read_feed(body: bytes, url: str, most: int = MAX_ENTRIES) -> list[Candidate]:
    """Return what the feed found at *url* names, *most* entries at most. Raises SeedError where it is no feed (an HTML
    page, say)."""
    feed = feedparser.parse(io.BytesIO(body), sanitize_html=False, resolve_relative_uris=False)
    if not feed.get("version"):
        raise SeedError("the feed is no feed: neither RSS nor Atom")
    return [found for entry in feed.entries[:most] if (found := _candidate(entry, url))]


def feed_page_url(url: str, page: int) -> str:
    """Return the address of a further *page* of a WordPress feed (?paged=2)."""
    parts = urlsplit(url)
    query = [(k, v) for k, v in parse_qsl(parts.query) if k != "paged"] + [("paged", str(page))] * (page > 1)
    return urlunsplit(parts._replace(query=urlencode(query)))


def _candidate(entry: Any, base: str) -> Candidate | None:
    link = entry.get("link") or ""
    try:
        url = tidy(urljoin(base, link))
    except ValueError:
        return None
    if not link:
        return None
    guid = _WORDPRESS_GUID.search(entry.get("id") or "")
    published = _moment(dict.get(entry, "published_parsed"))
    modified = _moment(dict.get(entry, "updated_parsed"))  # entry.get would fall back to published
    title = fold(_plain(entry.get("title") or ""))
    authors = () if _is_address(entry) else tuple(dict.fromkeys(filter(None, map(_name, entry.get("authors", [])))))
    claims = [
        Claim(field="title", value=title, source="feed") if title else None,
        Claim(field="authors", value=authors, source="feed") if authors else None,
        Claim(field="published_at", value=published, source="feed") if published else None,
        Claim(field="modified_at", value=modified, source="feed") if modified else None,
    ]
    return Candidate(
        url=url,
        seed="feed",
        title=title or None,
        published=published,
        modified=modified,
        native_id=guid[1] if guid else None,
        is_post=True,
        claims=tuple(claim for claim in claims if claim),
    )


def _moment(parsed: Any) -> Moment | None:
    """Return feedparser's time, which is in UTC and no longer knows the offset that was written."""
    try:
        return Moment(datetime.fromtimestamp(calendar.timegm(parsed), UTC), None) if parsed else None
    except (TypeError, ValueError, OverflowError, OSError):
        return None


def _name(author: Any) -> str:
    return fold(author.get("name") or "")


def _is_address(entry: Any) -> bool:
    """Tell whether the author is a mere e-mail address, of which feedparser makes a name ("y" of redaksi@x.today)."""
    return "@" in (entry.get("author") or "") or any("@" in _name(author) for author in entry.get("authors", []))


def _plain(title: str) -> str:
    """Return *title* without markup; in CDATA, as WordPress writes it, entities are still HTML's."""
    return html.unescape(re.sub(r"<[^>]{0,200}>", "", title))
