"""Read the index of a web archive, answer by answer, and note which captures of the outlet it names."""

from datetime import UTC, datetime

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from archive.backfill.backfills import Backfill, note_cursor
from archive.backfill.found import note_found
from archive.writer import Writer
from kickcrawl.errors import KickcrawlError, SeedError
from kickcrawl.robots import RobotsPolicy
from kickcrawl.webarchives.wanted import wanted
from spiders.backfill.plan import BackfillPlan
from spiders.network.failures import bound_of, reason_of
from spiders.network.robots import RobotsMiddleware
from spiders.run import OutletRun
from spiders.wiring import middleware


async def read_index(crawler: Crawler, plan: BackfillPlan, backfill: Backfill, run: OutletRun, write: Writer) -> None:
    """Note what the index names, answer by answer, from where an earlier run had come to."""
    index, cursor = plan.index(), backfill.cursor
    policy = await middleware(crawler, RobotsMiddleware).policy(plan.outlet.home)
    allows = policy.allows if policy.unreachable is None else RobotsPolicy().allows
    while True:
        response = await _ask(crawler, run, index.ask(cursor))
        try:
            page = index.read(response.status, response.body, cursor)
        except KickcrawlError as error:
            raise SeedError(str(error)) from error
        asked = (wanted(plan.outlet, one, allows, plan.since, plan.until) for one in page.captures)
        new = await write(note_found, backfill, [one for one in asked if one is not None])
        run.count("indexed", len(page.captures))
        run.count("found", new)
        cursor = page.cursor
        await write(note_cursor, backfill, cursor, datetime.now(UTC))
        if cursor is None:
            return


async def _ask(crawler: Crawler, run: OutletRun, url: str) -> Response:
    """Return the index's answer. Raises SeedError where there is none."""
    request = Request(url, callback=NO_CALLBACK, dont_filter=True)
    try:
        return await crawler.engine.download_async(request)
    except Exception as error:  # of Scrapy's, Twisted's and the guard's kinds
        if bound := bound_of(error):
            run.count(f"bound/{bound}")
        raise SeedError(f"the index could not be read: {reason_of(error)}") from error
