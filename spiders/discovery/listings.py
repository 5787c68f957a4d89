"""Probe the pages that list articles, page after page while they name something new.

They are read to their end only where no other seed covers the outlet.
"""

from functools import partial

from scrapy.http import Response

from archive.runs import SeedMemory
from kickcrawl.dates import to_iso
from kickcrawl.discovery.listing import read_listing
from kickcrawl.outlet import is_article_of
from spiders.discovery.probe import Prober
from spiders.run import SeedReport
from spiders.visit import page_source


async def probe_listings(prober: Prober, front: Response, *, skim: bool) -> None:
    """Read the outlet's sections; *front* is its front page, fetched already. *skim*: another seed knows all."""
    outlet = prober.run.outlet
    was_swept = (await prober.recall("listing")).swept_at is not None
    started = prober.now()

    async def read(report: SeedReport) -> None:
        await _read(prober, report, front, to_end=not skim and not was_swept, was_swept=was_swept)

    reports = [await prober.probe("listing", outlet.url(section), read) for section in outlet.seeds.sections]
    if not skim and reports and all(report.covers for report in reports) and not prober.plan.is_partial:
        await prober.remember("listing", SeedMemory(swept_at=to_iso(started)))


async def _read(prober: Prober, report: SeedReport, front: Response, *, to_end: bool, was_swept: bool) -> None:
    outlet, url, seen, is_whole = prober.run.outlet, report.url, {report.url}, True
    async with prober.scan(report, to_end=to_end) as scan:
        for _ in range(prober.bounds.seed_pages):
            response = front if url == outlet.home else await prober.get_list(url)
            is_article = partial(is_article_of, outlet)
            listing = await prober.read(read_listing, page_source(response), is_article, prober.bounds.listing_links)
            if len(listing.candidates) == prober.bounds.listing_links:
                prober.bound("listing-links", url)
                is_whole = False
            # The next page of the list may have an article's form; as a candidate it would hide that a trap is barren.
            found = [one for one in listing.candidates if one.url not in seen and one.url != listing.next_url]
            named = await scan.name(found)
            if not to_end and named.new == 0:
                report.covers = was_swept
                return
            if to_end and await prober.has_enough(found):
                report.covers = True
                return
            if listing.next_url is None or listing.next_url in seen or scan.is_barren:
                break
            url = listing.next_url
            seen.add(url)
        else:
            prober.bound("seed-pages", url)
            is_whole = False
    # A list without a next page may hide the rest behind a button: it covers nothing by itself.
    report.covers = is_whole and to_end and report.named > 0 and len(seen) > 1
