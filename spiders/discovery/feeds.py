"""Probe feeds: page after page until one reaches back to what is known; to its end if nothing else covers the outlet.

A feed that links to its older entries (rel=next, RFC 5005's prev-archive, JSON Feed's next_url) is followed there;
WordPress pages its feeds back to the first post (?paged=2). Where the platform says that the outlet's feeds are
alternatives, the first that answers is read; elsewhere each may name other articles, and all are read.
"""

from archive.runs import SeedMemory
from archive.seeds.span import named_before
from kickcrawl.answer import SHOWN
from kickcrawl.article import Candidate
from kickcrawl.dates import to_iso
from kickcrawl.discovery.feed import Feed, feed_page_url, read_feed_page
from kickcrawl.discovery.span import is_by_change, reaches_known
from kickcrawl.platforms import platform_named
from spiders.discovery.probe import Prober
from spiders.run import SeedReport, reach_together


async def probe_feeds(prober: Prober, *, skim: bool) -> SeedReport:
    """Return the report of the feed that covers the outlet, else of the first that answers. *skim*: another seed knows
    all."""
    outlet = prober.run.outlet
    was_swept = (await prober.recall("feed")).swept_at is not None

    async def read(report: SeedReport) -> None:
        entries: list[Candidate] = []
        await _read(prober, report, entries, to_end=not skim and not was_swept, was_swept=was_swept)
        if report.reach is None:
            report.reach = await prober.reach_of(entries)

    reports = []
    for path in outlet.seeds.feeds:
        reports.append(await prober.probe("feed", outlet.url(path), read))
        if reports[-1].error is None and platform_named(outlet.platform).feed_use == "alternatives":
            break
    reach_together(reports)
    reports.sort(key=lambda report: (not report.covers, report.error is not None))
    return (reports or [SeedReport(seed="feed", url="")])[0]


async def _read(prober: Prober, report: SeedReport, entries: list[Candidate], *, to_end: bool, was_swept: bool) -> None:
    """Read a feed as far as needed; what it names is added to *entries*."""
    started = prober.now()
    before: list[Candidate] = []
    following, seen = None, {report.url}  # following: what the page before links to
    async with prober.scan(report, to_end=to_end) as scan:
        for page in range(1, prober.bounds.seed_pages + 1):
            feed, was_linked = await _page(prober, report, page, following), following is not None
            found = await prober.canonical(await prober.wanted(report, feed.candidates))
            if not found or found == before:  # the end; a site that does not page answers with the same again
                report.covers = page > 2 and not found
                break
            before = found
            entries += found
            named = await scan.name(found)
            report.tells_edits = report.tells_edits or is_by_change(found)
            if to_end and await prober.has_enough(found):
                report.covers = True
                return
            if not to_end and named.new + named.edited == 0:
                report.covers = was_swept or await _reaches_known(prober, found)
                return
            tells_edits = report.tells_edits or named.edited > 0
            is_told = not to_end and not tells_edits and await _reaches_known(prober, found)
            if is_told or scan.is_barren:
                break  # what follows was named in earlier runs
            following = feed.next_url
            if was_linked and (following is None or following in seen):
                report.covers = following is None
                break
            if following in seen:
                following = None  # a first file that calls itself its next may still be WordPress'
            seen |= {following} if following else set()
        else:
            prober.bound("seed-pages", report.url)
    if report.covers:
        report.reach = ""
        await prober.remember("feed", SeedMemory(swept_at=to_iso(started)))
    else:
        report.covers = await _reaches_known(prober, entries)


async def _reaches_known(prober: Prober, entries: list[Candidate]) -> bool:
    """Tell whether the feed reaches back to what was named in earlier runs: then it has told all that is new since."""
    known = await prober.write(named_before, [entry.url for entry in entries], prober.started)
    return reaches_known(entries, known.__contains__)


async def _page(prober: Prober, report: SeedReport, page: int, linked: str | None) -> Feed:
    """Return a page of the feed: the one that was *linked*, else by WordPress' number; nothing beyond its last page,
    which WordPress answers with 404."""
    url = linked or feed_page_url(report.url, page)
    response = await prober.fetch(url) if page > 1 and linked is None else await prober.get(url)
    if page > 1 and response.status not in SHOWN:
        return Feed([], None)
    outlet, most = prober.run.outlet, prober.bounds.feed_entries
    hosts = sorted(outlet.hosts)
    feed = await prober.read_answer(
        response, read_feed_page, response.body, url, most, outlet.timezone, outlet.language, hosts
    )
    if len(feed.candidates) == most:
        prober.bound("feed-entries", response.url)
    return feed
