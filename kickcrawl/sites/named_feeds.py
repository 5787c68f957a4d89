"""Which feeds a page names: in its head, else by links that are called RSS; and those that a page of feeds lists.

In: a page's tree or its bytes. Out: addresses on the same site; feeds of comments are no seeds. Whether one is a feed,
its answer tells.
"""

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from kickcrawl.article import PageSource
from kickcrawl.page.blocks import fold
from kickcrawl.page.html import parse_html
from kickcrawl.urls import bare_host

_TYPES = re.compile(r"application/(?:(?:rss|atom|rdf)\+xml|(?:feed\+)?json|xml)|text/xml", re.IGNORECASE)
_JSON = re.compile(r"application/json", re.IGNORECASE)  # WordPress' links to its API have that, too
_FEED_NAME = re.compile(r"(?:^|[/._-])(?:rss|atom|feed)s?(?:\.xml|\.php)?/?$|\.(?:rss|atom)$", re.IGNORECASE)
_IN_FEED_NAME = re.compile(r"(?:^|[/._-])(?:rss|atom|feed)s?(?:[/._-]|\d|$)", re.IGNORECASE)
_LABEL = re.compile(r"(?:rss|atom|feed|xml)s?(?: ?feeds?)?", re.IGNORECASE)


def feeds_in_head(root: HtmlElement, url: str) -> Iterator[str]:
    """Yield the feeds that the page at *url* declares."""
    for link in root.iter("link"):
        kind = (link.get("type") or "").strip()
        if "alternate" not in (link.get("rel") or "").lower().split() or not _TYPES.fullmatch(kind):
            continue
        address = _address(link.get("href") or "", url)
        if address and not (_JSON.fullmatch(kind) and "feed" not in address):
            yield address


def feeds_in_links(root: HtmlElement, url: str) -> Iterator[str]:
    """Yield where links lead that are called RSS, or whose address is called as feeds are."""
    for anchor in root.iter("a"):
        address = _address(anchor.get("href") or "", url)
        if address is None or urlsplit(address).path in ("", "/"):
            continue
        labels = [fold(anchor.text_content()), anchor.get("title") or "", *anchor.xpath(".//img/@alt")]
        if _FEED_NAME.search(urlsplit(address).path) or any(_LABEL.fullmatch(str(label).strip()) for label in labels):
            yield address


def feeds_listed(source: PageSource) -> list[str]:
    """Return the feeds that *source* lists, a page that stands where a feed was looked for; none if it is no page."""
    root = parse_html(source) if source.body.lstrip()[:1] == b"<" and b"<a" in source.body else None
    if root is None:
        return []
    found = list(feeds_in_head(root, source.url))
    for anchor in root.iter("a"):
        address = _address(anchor.get("href") or "", source.url)
        if address and _IN_FEED_NAME.search(urlsplit(address).path):
            found.append(address)
    return [address for address in dict.fromkeys(found) if address.rstrip("/") != source.url.rstrip("/")]


def _address(written: str, url: str) -> str | None:
    address = own_address(written, url)
    return None if address is None or "comments" in address else address


def own_address(written: str, url: str) -> str | None:
    """Return where *written* leads from the page at *url*, without fragment; None if that is on another site."""
    try:
        address = urljoin(url, written.strip())
        is_own = urlsplit(address).scheme in ("http", "https") and bare_host(address) == bare_host(url)
    except ValueError:
        return None
    return address.partition("#")[0] if is_own and written.strip()[:1] not in ("", "#") else None
