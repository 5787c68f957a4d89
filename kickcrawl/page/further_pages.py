"""The further pages of an article, one after the other: which address is needed next, given the pages so far. Pure.

    walk = wanted_pages(first)      next(walk) -> an address; walk.send(its page) -> the next; at the end, all pages

Driven by the crawl, which fetches the pages, and by re-extraction, which finds them among the captures.
"""

from collections.abc import Callable, Generator

from kickcrawl.article import PageSource
from kickcrawl.urls import continuation_pages

MAX_PAGES = 40  # of one article


def wanted_pages(first: PageSource, max_pages: int = MAX_PAGES) -> Generator[str, PageSource, tuple[PageSource, ...]]:
    """Yield the addresses of the article's further pages, be sent each page, and return all of them in order.

    At most *max_pages* with the first. A page that led back to one seen before is left out.
    """
    sources, seen = [first], {first.url}
    pending = continuation_pages(first.url, first.body)
    while pending and len(sources) < max_pages:
        url = pending.pop(0)
        if url in seen:
            continue
        seen.add(url)
        source = yield url
        if source.url != url and source.url in seen:
            continue  # beyond the last page, sites redirect to the first
        sources.append(source)
        pending += [new for new in continuation_pages(first.url, source.body) if new not in seen]
    return tuple(sources)


def collect_pages(first: PageSource, find: Callable[[str], PageSource]) -> tuple[PageSource, ...]:
    """Return the article's pages in order; *find* returns the page at an address, and its errors are passed on."""
    walk = wanted_pages(first)
    try:
        url = next(walk)
        while True:
            url = walk.send(find(url))
    except StopIteration as end:
        pages: tuple[PageSource, ...] = end.value
        return pages
