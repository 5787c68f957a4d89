"""The pages of a story, one after the other: which address is wanted next, given the pages that came. Pure.

    walk = wanted_pages(first)      next(walk) -> an address; walk.send(its page) -> the next; at the end, all pages

Driven by the crawl, which fetches them, and by what reads captures again.
"""

from collections.abc import Callable, Generator

from kickcrawl.article import PageSource
from kickcrawl.urls import continuation_pages

MAX_PAGES = 40  # of one story


def wanted_pages(first: PageSource, most: int = MAX_PAGES) -> Generator[str, PageSource, tuple[PageSource, ...]]:
    """Yield the addresses of the story's further pages, be sent each page, and return all of them in order."""
    sources, seen = [first], {first.url}
    pending = continuation_pages(first.url, first.body)
    while pending and len(sources) < most:
        url = pending.pop(0)
        if url in seen:
            continue
        seen.add(url)
        source = yield url
        if source.url != url and source.url in seen:
            continue  # beyond the last page the site leads back to the first
        sources.append(source)
        pending += [new for new in continuation_pages(first.url, source.body) if new not in seen]
    return tuple(sources)


def collect_pages(first: PageSource, find: Callable[[str], PageSource]) -> tuple[PageSource, ...]:
    """Return the story's pages in order, each found by *find*."""
    walk = wanted_pages(first)
    try:
        url = next(walk)
        while True:
            url = walk.send(find(url))
    except StopIteration as end:
        pages: tuple[PageSource, ...] = end.value
        return pages
