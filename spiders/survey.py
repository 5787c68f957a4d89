"""Probe a site that has no outlet file, as far as kickcrawl.sites.recognise asks for, politely and through Scrapy."""

from collections.abc import Awaitable, Callable

from scrapy.http import Response

from kickcrawl.errors import SeedError
from kickcrawl.outlet import Outlet
from kickcrawl.robots import RobotsPolicy
from kickcrawl.sites.recognise import Proposal, list_pages, needs_browser, recognise, unlisted_site, wanted
from kickcrawl.sites.seed_trials import SeedAnswer, Sighting
from spiders.seed_reader import SeedReader

MAX_ROUNDS = 12  # each asks for what the answers before have led to

Fetch = Callable[[str], Awaitable[Response]]
InBrowser = Callable[[str, Outlet], Awaitable[Response]]


async def survey(
    home: str,
    fetch: Fetch,
    read: SeedReader,
    robots: RobotsPolicy,
    in_browser: InBrowser | None = None,
    *,
    is_built: bool = False,
) -> Proposal:
    """Return what the site at *home* is. *fetch* raises SeedError where nothing came back; so does this.

    A front page that holds nothing before its scripts have run, or of which it is known that it *is_built* by them, is
    asked for *in_browser*, and so are the pages that it links to.
    """
    sighting = Sighting(home, robots, is_rendered=is_built)
    for _ in range(MAX_ROUNDS):
        urls = await read(wanted, sighting)
        if not urls:
            break
        pages: tuple[str, ...] = (home,) if is_built else ()
        if sighting.is_rendered and home in sighting.answers:
            pages = await read(list_pages, sighting)
        for url in urls:
            by = _renderer(home, in_browser) if in_browser is not None and url in pages else fetch
            sighting.answers[url] = await _ask(by, url)
        is_plain = home in urls and not sighting.is_rendered
        if in_browser is not None and is_plain and await read(needs_browser, sighting):
            answer = await _ask(_renderer(home, in_browser), home)
            if answer.error is None:
                sighting.answers[home], sighting.is_rendered = answer, True
    return await read(recognise, sighting)


def _renderer(home: str, in_browser: InBrowser) -> Fetch:
    site = unlisted_site(home, "unlisted").model_copy(update={"render": True})
    return lambda url: in_browser(url, site)


async def _ask(fetch: Fetch, url: str) -> SeedAnswer:
    try:
        response = await fetch(url)
    except SeedError as error:
        return SeedAnswer(url, 0, error=error.reason)
    return SeedAnswer(response.url, response.status, response.body, headers_of(response))


def headers_of(response: Response) -> dict[str, str]:
    """Return the response's headers by their lower-case names; of one that was sent several times, the last."""
    return {
        name.decode("latin-1").lower(): values[-1].decode("latin-1")
        for name, values in response.headers.items()
        if values
    }
