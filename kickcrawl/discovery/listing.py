"""Pages that list stories (front page, sections), read from their HTML: links to stories, and the next page.

In: one page. Out: a Listing, its candidates in reading order. Which links may be articles is the outlet's
rules' to say; here only the link with the longest text for each address is kept, which is the headline.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from kickcrawl.article import Candidate, PageSource
from kickcrawl.errors import SeedError
from kickcrawl.page.blocks import fold, text_of
from kickcrawl.page.html import parse_html
from kickcrawl.urls import bare_host, tidy

_NEXT_WORDS = re.compile(r"^\W*(?:next|berikutnya|selanjutnya|older(?: posts)?|lebih lama|»|›|→)\W*$", re.IGNORECASE)
MAX_LINKS = 5_000
_PAGE_NUMBER = re.compile(r"/page/(\d+)/?(?:\?|$)|[?&](?:page|paged|halaman|hal)=(\d+)")


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list: the stories that it links to, and the address of the page behind it, if any."""

    candidates: list[Candidate]
    next_url: str | None


def read_listing(source: PageSource, is_article: Callable[[str], bool], most: int = MAX_LINKS) -> Listing:
    """Return what a list page names, *most* stories at most. Raises SeedError where it is no HTML."""
    url, root = source.url, parse_html(source)
    if root is None:
        raise SeedError("the list page is no HTML")
    titles: dict[str, str] = {}
    for anchor in root.iter("a"):
        if len(titles) == most:
            break
        address = _absolute(anchor, url)
        if address is None or not is_article(address):
            continue
        text = fold(text_of(anchor))
        titles[address] = max(titles.get(address, ""), text, key=len)
    found = [Candidate(url=address, seed="listing", title=title or None) for address, title in titles.items()]
    return Listing(found, _next_page(root, url))


def _next_page(root: HtmlElement, url: str) -> str | None:
    """Return the next page: as HTML says it (rel=next), as its label says it, or by the number in its address."""
    for node in root.xpath(
        "//link[contains(concat(' ', @rel, ' '), ' next ')] | //a[contains(concat(' ', @rel, ' '), ' next ')]"
    ):
        address = _absolute(node, url)
        # A page number of a form we do not know (indeks-2.html) is the site's own affair: rel=next says it all.
        if address and (_number(address) == _number(url) + 1 or not _PAGE_NUMBER.search(address)):
            return address
    following = [
        address
        for anchor in root.iter("a")
        if (address := _absolute(anchor, url)) and _number(address) == _number(url) + 1 and _same_list(address, url)
    ]
    labelled = [
        address
        for anchor in root.iter("a")
        if _NEXT_WORDS.match(fold(anchor.text_content())) and (address := _absolute(anchor, url)) in following
    ]
    return next(iter(labelled + following), None)


def _number(url: str) -> int:
    match = _PAGE_NUMBER.search(url)
    return int(match[1] or match[2]) if match else 1


def _same_list(one: str, other: str) -> bool:
    def base(url: str) -> str:
        return _PAGE_NUMBER.sub("", urlsplit(url)._replace(fragment="", query="").geturl()).rstrip("/")

    return base(one) == base(other)


def _absolute(node: HtmlElement, base: str) -> str | None:
    """Return the link's canonical address if it is on the same host as *base*."""
    try:
        address = tidy(urljoin(base, (node.get("href") or "").strip()))
    except ValueError:
        return None
    return address if bare_host(address) == bare_host(base) else None
