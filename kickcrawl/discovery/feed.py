"""Feeds (RSS, RDF, Atom), read by feedparser, which forgives what newsrooms' plugins get wrong; JSON Feed by json_feed.

In: the bytes of one feed. Out: candidates in the feed's order. Times are read from the feed's own text, since what
feedparser makes of them no longer knows the offset, and takes the year 26 for 2026.
"""

import hashlib
import html
import io
import re
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urldefrag, urlencode, urljoin, urlsplit, urlunsplit

from kickcrawl.article import Candidate, Claim, Moment
from kickcrawl.dates import parse_time
from kickcrawl.discovery.entry_links import FeedSite, article_address
from kickcrawl.discovery.json_feed import as_feed
from kickcrawl.errors import SeedError
from kickcrawl.page.blocks import fold
from kickcrawl.urls import bare_host, tidy

MAX_ENTRIES = 10_000
_PARAGRAPH = re.compile(r"<p[\s>]", re.IGNORECASE)
_TAG = re.compile(r"<[^>]{0,2000}>")  # of addresses and names in it, counters and sizes of pictures, nothing is read
# What Hugo writes for a page without a date: its feed has all pages of the site, also "About us" (0.168, 2026-11-30).
_NO_TIME = re.compile(r"\b0001\b")
# A name with its address: "redaksi@warta.example (Siti Rahma)", as RSS has it, "Siti Rahma <redaksi@warta.example>".
_MAILBOX = re.compile(
    r"[^\s@]+@[^\s@]+ \((?P<behind>[^()@]*[^\W\d_][^()@]*)\)|(?P<before>[^<>@]*[^\W\d_]) ?<[^\s<>@]+@[^\s<>@]+>"
)
_WORDPRESS_GUID = re.compile(r"[?&]p=(\d+)$")


@dataclass(frozen=True, slots=True)
class Feed:
    """What one file of a feed names, and the address of the file with older entries that it links to, if any (RFC 5005,
    JSON Feed's next_url)."""

    candidates: list[Candidate]
    next_url: str | None


def read_feed(
    body: bytes,
    url: str,
    most: int = MAX_ENTRIES,
    timezone: str = "UTC",
    language: str = "",
    hosts: Collection[str] = (),
) -> list[Candidate]:
    """Return what the feed found at *url* names, *most* entries at most.

    *timezone* is that of times without one, *language* that of dates in words; an entry with several addresses is
    named by that on the outlet's *hosts* and in its *language*, which are the feed's own where none are given. Raises
    SeedError where it is no feed (an HTML page, say).
    """
    return read_feed_page(body, url, most, timezone, language, hosts).candidates


def read_feed_page(
    body: bytes, url: str, most: int, timezone: str, language: str = "", hosts: Collection[str] = ()
) -> Feed:
    """Return what read_feed() does, and the address of what is older."""
    import feedparser  # only here: a crawl of whose feeds a worker reads all goes without it

    feed = as_feed(body) or feedparser.parse(io.BytesIO(body), sanitize_html=False, resolve_relative_uris=False)
    if not feed.get("version"):
        raise SeedError("the feed is no feed: neither RSS nor Atom nor JSON Feed")
    about = feed.get("feed", {})
    site = FeedSite.of(url, about, hosts, language)
    is_rss = str(feed["version"]).startswith("rss")
    found = [
        _candidate(entry, address, _times(entry, timezone, site.language, is_rss=is_rss))
        for entry in feed["entries"][:most]
        if (address := article_address(entry, url, site))
    ]
    return Feed(found, _older(about, url))


def _older(about: Any, url: str) -> str | None:
    """Return the address of the entries before those of the feed at *url*, on the same site."""
    links = {link.get("rel"): link.get("href") for link in reversed(about.get("links", []))}
    if not (written := links.get("next") or links.get("prev-archive")):
        return None
    with suppress(ValueError):
        address = urldefrag(urljoin(url, written.strip())).url
        is_own = bare_host(tidy(address)) == bare_host(url) and urlsplit(address).username is None
        return address if is_own else None
    return None


def feed_page_url(url: str, page: int) -> str:
    """Return the address of a further *page* of a WordPress feed (?paged=2)."""
    parts = urlsplit(url)
    query = [(k, v) for k, v in parse_qsl(parts.query) if k != "paged"] + [("paged", str(page))] * (page > 1)
    return urlunsplit(parts._replace(query=urlencode(query)))


def _times(entry: Any, timezone: str, language: str, *, is_rss: bool) -> tuple[Moment | None, Moment | None]:
    """Return when the entry was published and modified."""
    # dict.get, since feedparser's own falls back from updated to published.
    first, last = dict.get(entry, "published"), dict.get(entry, "updated")
    if is_rss and first is None:
        first, last = last, None  # dc:date alone: the only time of an RSS 1.0 item, which feedparser calls updated
    published, modified = (parse_time(str(text or ""), timezone, language) for text in (first, last))
    if published and modified and published.at == modified.at:
        modified = published  # one time, written in two zones
    return published, modified


def _candidate(entry: Any, url: str, times: tuple[Moment | None, Moment | None]) -> Candidate:
    guid = _WORDPRESS_GUID.search(entry.get("id") or "")
    published, modified = times
    title = fold(_plain(entry.get("title") or ""))
    authors = _authors(entry)
    claims = [
        Claim(field="title", value=title, source="feed") if title else None,
        Claim(field="authors", value=authors, source="feed") if authors else None,
        Claim(field="published_at", value=published, source="feed") if published else None,
        Claim(field="modified_at", value=modified, source="feed") if modified else None,
        Claim(field="wording", value=wording, source="feed") if (wording := _wording(entry, title)) else None,
    ]
    return Candidate(
        url=url,
        seed="feed",
        title=title or None,
        published=published,
        modified=modified,
        native_id=guid[1] if guid else None,
        is_post=None if _NO_TIME.search(dict.get(entry, "published") or "") else True,
        claims=tuple(claim for claim in claims if claim),
    )


def _wording(entry: Any, title: str) -> str | None:
    """Return a digest of *title* and text of the entry; None where it has an excerpt only, which feeds cut anew."""
    texts = [content.get("value") or "" for content in entry.get("content", [])]
    summary = entry.get("summary") or ""
    text = max(texts, key=len, default="") or (summary if len(_PARAGRAPH.findall(summary)) > 1 else "")
    words = fold(html.unescape(_TAG.sub(" ", text)))
    return hashlib.blake2b(f"{title} {words}".encode(), digest_size=8).hexdigest() if words else None


def _name(author: Any) -> str:
    return fold(author.get("name") or "")


def _authors(entry: Any) -> tuple[str, ...]:
    """Return the names of the authors, without e-mail addresses, of whose ends feedparser makes names ("y" of
    redaksi@x.today)."""
    said = fold(entry.get("author") or "")
    if match := _MAILBOX.fullmatch(said):
        return (match["behind"] or match["before"],)
    names = dict.fromkeys(filter(None, map(_name, entry.get("authors", []))))
    return () if any("@" in one for one in (said, *names)) else tuple(names)


def _plain(title: str) -> str:
    """Return *title* without markup; in CDATA, as WordPress writes it, entities are still HTML's."""
    return html.unescape(re.sub(r"<[^>]{0,200}>", "", title))
