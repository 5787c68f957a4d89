"""Probe sitemaps: those that robots.txt names, else the first of the usual places that answers."""

from collections.abc import Sequence

from archive import frontier
from archive.runs import SeedMemory
from kickcrawl.dates import to_iso
from kickcrawl.discovery.sitemap import lists_posts, read_sitemap
from spiders.discovery.probe import Prober
from spiders.run import SeedReport

MAX_FILES = 1_000  # a run; at 200 to 50,000 addresses each, more than any newspaper has


async def probe_sitemaps(prober: Prober, from_robots: Sequence[str], *, skim: bool) -> SeedReport:
    """Return the report of the sitemap that covers the outlet, else of the first.

    *skim*: another seed knows all; once sitemaps were read whole, a look at their top level is enough.
    """
    outlet = prober.run.outlet
    skim = skim and (await prober.recall("sitemap")).swept_at is not None

    async def read(report: SeedReport) -> None:
        await _read(prober, report, skim=skim)

    reports = []
    for path in from_robots or outlet.seeds.sitemaps:
        report = await prober.probe("sitemap", outlet.url(path), read)
        reports.append(report)
        if report.error is None and not from_robots:
            break
    covering = [report for report in reports if report.covers]
    return (covering or reports or [SeedReport(seed="sitemap", url="")])[0]


async def _read(prober: Prober, report: SeedReport, *, skim: bool) -> None:
    outlet, started = prober.run.outlet, prober.now()
    queue, seen, is_whole = [report.url], {report.url}, True
    while queue and len(seen) <= MAX_FILES:
        url = queue.pop(0)
        sitemap = read_sitemap((await prober.get(url)).body, url, outlet.timezone)
        if not skim:
            children = [child.url for child in sitemap.children if lists_posts(child.url) is not False]
            fresh = [child for child in dict.fromkeys(children) if outlet.owns(child) and child not in seen]
            queue += fresh
            seen.update(fresh)
        wanted = [candidate for candidate in sitemap.candidates if prober.is_wanted(candidate)]
        is_whole = is_whole and not any(candidate.published for candidate in wanted)  # a news sitemap holds two days
        report.tells_edits = report.tells_edits or any(candidate.modified for candidate in wanted)
        await prober.name(report, wanted)
    report.covers = is_whole and not queue and report.named > 0 and not skim
    if report.covers:
        await prober.write(frontier.recheck_unnamed, outlet.slug, "sitemap", to_iso(started))
        await prober.remember("sitemap", SeedMemory(swept_at=to_iso(started)))
