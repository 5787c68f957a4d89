"""Put an article together from its pages, as far as that can be done without reading them: a pipeline's Visit."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from scrapy.http import Response

from archive.asked import page_of
from archive.frontier import Due
from kickcrawl import RELEASED
from kickcrawl.answer import SHOWN
from kickcrawl.article import PageSource, Visit
from kickcrawl.dates import http_date, to_iso
from kickcrawl.errors import SeedError
from kickcrawl.page.further_pages import MAX_PAGES, ArticlePages, wanted_pages
from kickcrawl.rights.visited import result_unread, rights_of
from spiders.network.envelope import FETCH
from spiders.network.failures import is_passing
from spiders.run import OutletRun


async def fetch_pages(
    first: Response, fetch: Callable[[str], Awaitable[Response]], max_pages: int = MAX_PAGES
) -> ArticlePages:
    """Return the article's pages, fetched one by one, *max_pages* at most; one that cannot be had is told as missing.

    Raises SeedError where nothing can be asked for now, which says nothing about the page.
    """
    wanted = wanted_pages(page_source(first), max_pages)
    try:
        url = next(wanted)
        while True:
            url = wanted.send(await _fetch_page(url, fetch))
    except StopIteration as end:
        pages: ArticlePages = end.value
        return pages


async def _fetch_page(url: str, fetch: Callable[[str], Awaitable[Response]]) -> PageSource | None:
    try:
        response = await fetch(url)
    except SeedError as error:
        if is_passing(error.__cause__):
            raise
        return None
    kept = FETCH.get(response)  # None where no answer is (`kickcrawl add`)
    is_withheld = kept is not None and kept.withheld is not None
    return page_source(response) if response.status in SHOWN and not is_withheld else None


def make_visit(
    response: Response, run: OutletRun, due: Due, pages: ArticlePages, span: tuple[str | None, str | None]
) -> Visit:
    """Return the visit of the article that *response* begins.

    *span* is the time that the run asks for: since and until, ISO in UTC.
    """
    fetch, served_at = FETCH.of(response), http_date((response.headers.get(b"Date") or b"").decode("latin-1"))
    return Visit(
        page=page_of(due, pages, run.outlet.rules),
        outlet=run.outlet.slug,
        run_id=run.run_id,
        capture_id=fetch.capture_id,
        fetched_at=fetch.fetched_at,
        checked_at=to_iso(served_at or max(datetime.now(UTC), RELEASED)),  # a clock that is behind that is wrong
        is_known=due.is_known,
        standing=due.standing,
        since=span[0],
        until=span[1],
        result=result_unread(page_source(response), fetch.withheld),
        rights=rights_of(header_lines(response), fetch.withheld),
    )


def header_lines(response: Response) -> list[tuple[str, str]]:
    """Return the header lines of *response*, names and values."""
    return [(n.decode("latin-1"), v.decode("latin-1")) for n, values in response.headers.items() for v in values]


def page_source(response: Response) -> PageSource:
    """Return the HTML document in *response* as a record of the domain."""
    return PageSource(url=response.url, body=response.body, content_type=_content_type(response))


def _content_type(response: Response) -> str | None:
    """Return the Content-Type; of several, the first that says HTML, else the first."""
    kinds = [kind.decode("latin-1") for kind in response.headers.getlist(b"Content-Type")]
    return next((kind for kind in kinds if "html" in kind.lower()), kinds[0] if kinds else None) or None
