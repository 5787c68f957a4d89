"""Probe a site that has no outlet file, as far as kickcrawl.sites.recognise asks for, politely and through Scrapy."""

from collections.abc import Awaitable, Callable

from scrapy.http import Response

from kickcrawl.errors import SeedError
from kickcrawl.robots import RobotsPolicy
from kickcrawl.sites.recognise import Proposal, recognise, wanted
from kickcrawl.sites.seed_trials import SeedAnswer, Sighting
from spiders.seed_reader import SeedReader

MAX_ROUNDS = 12  # each asks for what the answers before have led to

Fetch = Callable[[str], Awaitable[Response]]


async def survey(home: str, fetch: Fetch, read: SeedReader, robots: RobotsPolicy) -> Proposal:
    """Return what the site at *home* is. *fetch* raises SeedError where nothing came back; so does this."""
    sighting = Sighting(home, robots)
    for _ in range(MAX_ROUNDS):
        urls = await read(wanted, sighting)
        if not urls:
            break
        for url in urls:
            sighting.answers[url] = await _ask(fetch, url)
    return await read(recognise, sighting)


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
