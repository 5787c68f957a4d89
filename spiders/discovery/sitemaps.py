"""Probe sitemaps: those that robots.txt names, else the first of the usual places that answers."""

import logging
from collections import deque
from collections.abc import Sequence

from archive import frontier
from archive.runs import SeedMemory
from kickcrawl.dates import to_iso
from kickcrawl.discovery.sitemap import lists_posts, read_sitemap
from kickcrawl.errors import SeedError
from spiders.discovery.probe import Prober
from spiders.run import SeedReport

MAX_ROOTS = 50  # of those that robots.txt names

logger = logging.getLogger(__name__)


async def probe_sitemaps(prober: Prober, from_robots: Sequence[str], *, skim: bool) -> SeedReport:
    """Return the report of the sitemap that covers the outlet, else of the first.

    *skim*: another seed knows all; once sitemaps were read whole, their top level is enough.
    """
    outlet = prober.run.outlet
    skim = skim and (await prober.recall("sitemap")).swept_at is not None

    async def read(report: SeedReport) -> None:
        await _read(prober, report, skim=skim)

    reports = []
    for path in from_robots[:MAX_ROOTS] or outlet.seeds.sitemaps:
        report = await prober.probe("sitemap", outlet.url(path), read)
        reports.append(report)
        if report.error is None and not from_robots:
            break
    covering = [report for report in reports if report.covers]
    return (covering or reports or [SeedReport(seed="sitemap", url="")])[0]


async def _read(prober: Prober, report: SeedReport, *, skim: bool) -> None:
    """Read a sitemap and, level by level, those that it names. One that cannot be read costs what it holds only."""
    outlet, bounds, started = prober.run.outlet, prober.bounds, prober.now()
    queue, seen, is_whole = deque([(report.url, 0)]), {report.url}, True
    while queue:
        url, depth = queue.popleft()
        try:
            body = (await prober.get(url)).body
            sitemap = await prober.read(read_sitemap, body, url, outlet.timezone, bounds.sitemap_entries)
        except SeedError as error:
            if url == report.url:
                raise
            prober.run.count("sitemap/unread")
            logger.info("%s: %s is left out: %s", outlet.slug, url, error)
            is_whole = False
            continue
        if sitemap.is_cut:
            prober.bound("sitemap-entries", url)
        if not skim:
            children = [child.url for child in sitemap.children if lists_posts(child.url) is not False]
            fresh = [child for child in dict.fromkeys(children) if outlet.owns(child) and child not in seen]
            room = bounds.sitemap_files - len(seen) if depth < bounds.sitemap_depth else 0
            if len(fresh) > room:
                prober.bound("sitemap-files" if depth < bounds.sitemap_depth else "sitemap-depth", url)
                is_whole, fresh = False, fresh[:room]
            queue += [(child, depth + 1) for child in fresh]
            seen.update(fresh)
        wanted = await prober.wanted(sitemap.candidates)
        # A news sitemap holds two days only.
        is_whole = is_whole and not sitemap.is_cut and not any(candidate.published for candidate in wanted)
        report.tells_edits = report.tells_edits or any(candidate.modified for candidate in wanted)
        await prober.name(report, wanted)
    report.covers = is_whole and report.named > 0 and not skim
    if report.covers:
        await prober.write(frontier.recheck_unnamed, outlet.slug, "sitemap", to_iso(started))
        await prober.remember("sitemap", SeedMemory(swept_at=to_iso(started)))
