"""Keep the pictures of an outlet's articles, where its file says ``images = true``: after its articles, one by one.

Robots.txt, pauses, budgets and the address guard hold as for pages. A picture may be on another host than its article,
if the article's page points there. What is lacking is asked of the archive: the next run goes on where this one ends.
"""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from scrapy.http import Response

from archive.crawl import Crawl
from archive.pictures import Picture, lacking_pictures
from kickcrawl.errors import ArchiveError, SeedError
from kickcrawl.urls import bare_host
from spiders.network.bounds import Bounds
from spiders.network.envelope import ABOUT, FETCH, MAX_BYTES
from spiders.run import OutletRun

Download = Callable[[str, dict[str, object]], Awaitable[Response]]


async def keep_pictures(crawl: Crawl, run: OutletRun, *, download: Download, bounds: Bounds) -> None:
    """Fetch the pictures that the archive lacks of the outlet of *run*; count what came and what did not."""
    if not run.outlet.images or not run.run_id or run.failure:
        return
    asked = run.outlet.slug, bounds.article_pictures, bounds.run_pictures, datetime.now(UTC)
    try:
        wanted = await crawl.write(lacking_pictures, *asked)
    except ArchiveError as error:
        crawl.archive_failed(error)
        return
    for picture in wanted:
        if not run.is_spent:
            run.count("pictures" if await _keep(picture, run, download, bounds) else "pictures-failed")
    if len(wanted) == bounds.run_pictures:
        run.count("bound/run-pictures")


async def _keep(picture: Picture, run: OutletRun, download: Download, bounds: Bounds) -> bool:
    """Fetch a picture, which captures it; tell whether it came."""
    run.vouched.add(bare_host(picture.url))
    meta = {**ABOUT.entry({"picture_of": picture.article_url}), **MAX_BYTES.entry(bounds.picture_maxsize)}
    try:
        response = await download(picture.url, meta)
    except SeedError:
        return False
    kept = FETCH.get(response)
    return response.status == 200 and (kept is None or kept.withheld is None)
