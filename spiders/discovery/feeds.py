"""Probe feeds: the first that answers is read, page after page while it names something new.

To its end if nothing else covers the outlet: WordPress pages its feeds back to the first post (?paged=2).
"""

from archive.runs import SeedMemory
from kickcrawl.article import Candidate
from kickcrawl.dates import to_iso
from kickcrawl.discovery.feed import feed_page_url, read_feed
from spiders.discovery.probe import MAX_PAGES, Prober
from spiders.run import SeedReport


async def probe_feeds(prober: Prober, *, skim: bool) -> SeedReport:
    """Return the report of the first feed that answers. *skim*: another seed knows all."""

    async def read(report: SeedReport) -> None:
        await _read(prober, report, skim=skim)

    report = SeedReport(seed="feed", url="")
    for path in prober.run.outlet.seeds.feeds:
        report = await prober.probe("feed", prober.run.outlet.url(path), read)
        if report.error is None:
            break
    return report


async def _read(prober: Prober, report: SeedReport, *, skim: bool) -> None:
    was_swept = (await prober.recall("feed")).swept_at is not None
    to_end = not skim and not was_swept
    started = prober.now()
    before: list[Candidate] = []
    async with prober.look(report, to_end=to_end) as look:
        for page in range(1, MAX_PAGES):
            found = await _page(prober, report.url, page)
            if not found or found == before:  # the end; a site that does not page answers with the same again
                report.covers = page > 2 and not found
                break
            before = found
            named = await look.name(found)
            report.tells_edits = report.tells_edits or any(c.modified and c.modified != c.published for c in found)
            if to_end and await prober.has_enough(found):
                report.covers = True
                return
            if not to_end and named.new + named.edited == 0:
                report.covers = was_swept
                return
    if report.covers:
        await prober.remember("feed", SeedMemory(swept_at=to_iso(started)))


async def _page(prober: Prober, url: str, page: int) -> list[Candidate]:
    """Return what a page of the feed names; nothing beyond its last page, which WordPress answers with 404."""
    response = await prober.fetch(feed_page_url(url, page)) if page > 1 else await prober.get(url)
    if page > 1 and response.status != 200:
        return []
    return [candidate for candidate in read_feed(response.body, url) if prober.is_wanted(candidate)]
