"""Probe sitemaps: all that robots.txt names and all that the outlet's file states, each file once; then those at the
usual places of its platform, where nobody said that there is one.

What the sitemaps no longer name is told only by all of them together: one that breaks off, or does not answer, leaves
that open. A file on another host is read where robots.txt or an index names it; what it lists counts if it is on the
outlet's own hosts.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from scrapy.http import Response

from archive.runs import SeedMemory
from archive.seeds.children import recall_children, remember_children
from archive.seeds.recheck import recheck_unnamed
from kickcrawl.article import Candidate
from kickcrawl.dates import to_iso
from kickcrawl.discovery.build_time import without_build_claims
from kickcrawl.discovery.children import ChildMemory, is_due_again, is_worth_reading, without_feeds
from kickcrawl.discovery.sitemap import Sitemap, lists_posts, read_sitemap
from kickcrawl.discovery.span import is_news_window
from kickcrawl.errors import SeedError
from kickcrawl.platforms import platform_named
from kickcrawl.urls import bare_host
from spiders.discovery.probe import Prober
from spiders.discovery.sitemap_queue import SitemapQueue
from spiders.run import ABSENT, SeedReport

MAX_ROOTS = 50  # of those that robots.txt names

logger = logging.getLogger(__name__)


async def probe_sitemaps(prober: Prober, from_robots: Sequence[str], *, knows_all: bool) -> SeedReport:
    """Return the report of the sitemap that covers the outlet, else of the first.

    *knows_all*: another seed does; once sitemaps were read whole, the top level of those that robots.txt names, or of
    the first that answers, is enough.
    """
    outlet = prober.run.outlet
    skim = knows_all and (await prober.recall("sitemap")).swept_at is not None
    named, stated = from_robots[:MAX_ROOTS], outlet.seeds.sitemaps
    remembered = await prober.write(recall_children, outlet.slug)
    walk = _Walk(prober=prober, started=prober.now(), skim=skim, knows_all=knows_all, remembered=remembered)
    reports: list[SeedReport] = []
    for root in dict.fromkeys(outlet.url(path) for path in (named or stated if skim else (*named, *stated))):
        if root in walk.seen:
            continue  # another one has named it
        reports.append(await prober.probe("sitemap", root, walk.read))
        if skim and not named and reports[-1].error is None:
            break
    if not knows_all:
        reports += await _at_usual_places(walk, is_named=bool(reports))
    covering = [report for report in reports if report.covers]
    if covering and all(report.url in walk.whole or report.error in ABSENT for report in reports):
        await prober.write(recheck_unnamed, outlet.slug, "sitemap", to_iso(walk.started))
        await prober.remember("sitemap", SeedMemory(swept_at=to_iso(walk.started)))
        covering[0].reach = ""
    if walk.learned:
        await prober.write(remember_children, outlet.slug, walk.learned)
    return (covering or reports or [SeedReport(seed="sitemap", url="")])[0]


async def _at_usual_places(walk: "_Walk", *, is_named: bool) -> list[SeedReport]:
    """Return the reports of sitemaps that nobody names. What is not there is asked for again after a month.

    *is_named*: there are others, beside which one that nobody names may be left over from an earlier system: it covers
    nothing.
    """
    prober, found = walk.prober, list[SeedReport]()
    outlet = prober.run.outlet
    for root in map(outlet.url, platform_named(outlet.platform).sitemaps):
        if root in walk.seen or not is_due_again(walk.remembered.get(root), walk.started):
            continue
        report = await prober.probe("sitemap", root, walk.read)
        walk.learned[root] = ChildMemory(read_at=walk.started, articles=report.named)
        if report.error or not report.named:
            prober.run.seeds.remove(report)
        else:
            report.covers = report.covers and not is_named
            found.append(report)
    return found


@dataclass(slots=True, kw_only=True)
class _Walk:
    """A walk through all sitemaps of an outlet.

    *knows_all*: another seed does, so that a file which lists no articles by its name need not be read. *remembered*
    are those of earlier runs, *learned* those of this one. *seen*: addresses of files; *whole*: roots that were read
    whole.
    """

    prober: Prober
    started: datetime
    skim: bool
    knows_all: bool
    remembered: Mapping[str, ChildMemory]
    learned: dict[str, ChildMemory] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    whole: set[str] = field(default_factory=set)

    async def read(self, report: SeedReport) -> None:
        """Read a sitemap and, level by level, those that it names. One that cannot be read costs what it holds only."""
        queue, is_whole, has_list, found = SitemapQueue(report.url), True, False, list[Candidate]()
        self.seen.add(report.url)
        while following := queue.next(has_list=has_list):
            url, depth = following
            try:
                sitemap = await self._fetch(url)
            except SeedError as error:
                if url == report.url:
                    raise
                self._leave_out(url, str(error))
                is_whole = False
                continue
            if sitemap is None:  # it led to a file that was read already, whole or not
                self.whole |= {url} & {report.url}
                continue
            # A feed in an index is one more list of what is new: what it does not name may stand in the others.
            is_whole = is_whole and (self._is_whole(sitemap, url) or (sitemap.is_feed and url != report.url))
            # An index of nothing but files that were read as roots of their own is as whole as those.
            is_known = bool(sitemap.children) and all(child.url in self.seen for child in sitemap.children)
            is_bare = bool(sitemap.children) and not sitemap.candidates
            has_list = has_list or is_known or not (sitemap.is_feed or is_bare)
            children = [] if self.skim else self._children(sitemap, url, depth)
            is_whole = is_whole and None not in children
            queue.add([child for child in children if child is not None], depth + 1)
            if sitemap.is_feed:
                queue.put_off_like(url)
            wanted = await self.prober.wanted(report, without_build_claims(sitemap.candidates))
            self._learn(url, wanted)
            report.tells_edits = report.tells_edits or any(candidate.modified for candidate in wanted)
            await self.prober.name(report, wanted)
            found += wanted
        if is_whole and has_list and not self.skim:
            self.whole.add(report.url)
        is_window = is_news_window(found, self.started)
        report.covers = report.url in self.whole and report.named > 0 and not is_window
        if is_window and is_whole and not self.skim:
            report.reach = to_iso(min(one.published.at for one in found if one.published))

    async def _fetch(self, url: str) -> Sitemap | None:
        """Return the sitemap at *url*; None if it redirects to one that was read before."""
        if not self.prober.run.outlet.owns(url):
            self.prober.run.vouched.add(bare_host(url))
        response: Response = await self.prober.get(url)
        if response.url != url and response.url in self.seen:
            return None
        self.seen.add(response.url)
        outlet, most = self.prober.run.outlet, self.prober.bounds.sitemap_entries
        return await self.prober.read_answer(response, read_sitemap, response.body, url, outlet.timezone, most)

    def _is_whole(self, sitemap: Sitemap, url: str) -> bool:
        if sitemap.is_cut:
            self.prober.bound("sitemap-entries", url)
        if sitemap.is_broken:
            self._leave_out(url, "it breaks off before its end; what stands before that is read")
        return sitemap.is_whole

    def _children(self, sitemap: Sitemap, url: str, depth: int) -> list[str | None]:
        """Return the sitemaps that *sitemap* names and that are still to be read; None where not all can be."""
        bounds = self.prober.bounds
        fresh: list[str | None] = []
        for child in dict.fromkeys(without_feeds([child.url for child in sitemap.children])):
            if child in self.seen or not self._is_worth_reading(child):
                continue
            if depth >= bounds.sitemap_depth or len(self.seen) >= bounds.sitemap_files:
                self.prober.bound("sitemap-files" if depth < bounds.sitemap_depth else "sitemap-depth", url)
                return [*fresh, None]
            self.seen.add(child)
            fresh.append(child)
        return fresh

    def _is_worth_reading(self, url: str) -> bool:
        if self.knows_all and lists_posts(url) is False:
            return False
        return is_worth_reading(url, self.remembered, self.started)

    def _learn(self, url: str, wanted: Sequence[Candidate]) -> None:
        """Remember whether a sitemap that lists no articles by its name lists some after all."""
        if lists_posts(url) is False:
            self.learned[url] = ChildMemory(read_at=self.started, articles=len(wanted))

    def _leave_out(self, url: str, why: str) -> None:
        self.prober.run.count("sitemap/unread")
        logger.info("%s: %s is left out: %s", self.prober.run.outlet.slug, url, why)
