"""Which of a feed entry's addresses is the article's own page: on the outlet's host, HTML, in its language.

Feed services put their own counting address into the link and keep the article's in origLink; Atom entries have an
alternate for each language and format; some feeds have the address in the guid only, and the front page as link.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from kickcrawl.urls import bare_host, tidy

_HTML = ("", "text/html", "application/xhtml+xml")


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedSite:
    """Whose feed it is: groups of hosts without "www.", the likeliest first; *language* is "" where nobody says."""

    hosts: tuple[frozenset[str], ...]
    language: str

    @classmethod
    def of(cls, url: str, feed: Any, hosts: Collection[str], language: str) -> "FeedSite":
        """Return what the outlet's file says, else what the *feed* found at *url* says of itself."""
        home = urljoin(url, feed.get("link") or "")
        own = frozenset(host.removeprefix("www.") for host in hosts)
        likely = (own,) if own else (frozenset((bare_host(home),)), frozenset((bare_host(url),)))
        return cls(hosts=likely, language=(language or feed.get("language") or "").lower().partition("-")[0])


def article_address(entry: Any, base: str, site: FeedSite) -> str | None:
    """Return the canonical address of the *entry* (of feedparser) that was found at *base*, None if it has none."""
    ranked: list[tuple[int, bool, bool, int, int, str]] = []
    for order, (address, kind, language) in enumerate(_addresses(entry)):
        try:
            url = tidy(urljoin(base, address))
        except ValueError:
            continue
        is_front = urlsplit(url)[2:4] == ("/", "")
        ranked.append((_remoteness(url, site), is_front, kind not in _HTML, _language_rank(language, site), order, url))
    return min(ranked)[-1] if ranked else None


def _addresses(entry: Any) -> Iterator[tuple[str, str, str]]:
    """Give address, media type and language of all that may be the article's page, the likeliest first."""
    for name in entry:
        if name.endswith("origlink"):  # feedburner:origLink, pheedo:origLink
            yield str(entry[name]), "", ""
    for link in entry.get("links", ()):
        if link.get("rel", "alternate") == "alternate" and link.get("href"):
            yield link["href"], (link.get("type") or "").lower(), (link.get("hreflang") or "").lower()
    if entry.get("link"):
        yield entry["link"], "", ""
    guid = entry.get("id") or ""
    if guid.startswith(("http://", "https://")) and urlsplit(guid).path.strip("/"):
        yield guid, "", ""


def _remoteness(url: str, site: FeedSite) -> int:
    """Return 0 for a host of the likeliest group, more for the others, the most for one that is not the outlet's."""
    host = bare_host(url)
    return next((rank for rank, group in enumerate(site.hosts) if host in group), len(site.hosts))


def _language_rank(language: str, site: FeedSite) -> int:
    """Return 0 for the outlet's own language, 1 where the link does not say, 2 for another."""
    if not language or not site.language:
        return 1
    return 0 if language.partition("-")[0] == site.language else 2
