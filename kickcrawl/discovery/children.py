"""Which sitemaps of an index to read: all, but for those that were read once and named no article.

A name is a hint only (see sitemap.lists_posts): what a plugin calls its file of pages is read once, and again each
month, since what it lists may change.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from kickcrawl.discovery.sitemap import lists_posts

READ_AGAIN = timedelta(days=30)
_FEED = re.compile(r"(?:^|[/._-])(?:rss|atom|feed)s?(?:\.xml|\.php)?/?$|\.(?:rss|atom)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildMemory:
    """When a sitemap of an index was read last, and how many of its entries may be *articles*."""

    read_at: datetime
    articles: int


def without_feeds(urls: Sequence[str]) -> list[str]:
    """Return *urls*, the sitemaps that an index names, without feeds, which name no more than the others do.

    Nikola's index names the feed of every keyword beside its one sitemap. An index of nothing but feeds keeps them.

    >>> without_feeds(["https://warta.example/sitemap.xml", "https://warta.example/tags/panen/rss.xml"])
    ['https://warta.example/sitemap.xml']
    """
    lists = [url for url in urls if not _FEED.search(urlsplit(url).path)]
    return lists or list(urls)


def is_worth_reading(url: str, memory: Mapping[str, ChildMemory], now: datetime) -> bool:
    """Tell whether the sitemap at *url* is to be read in this run, given what is remembered of its outlet's."""
    return lists_posts(url) is not False or is_due_again(memory.get(url), now)


def is_due_again(known: ChildMemory | None, now: datetime) -> bool:
    """Tell whether a sitemap is to be read of which *known* is remembered (None: nothing)."""
    return known is None or known.articles > 0 or now - known.read_at >= READ_AGAIN
