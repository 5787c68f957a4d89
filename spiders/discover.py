"""Discover what an outlet has published: probe every seed, name candidates in the frontier, stop when all is named.

The readers are kickcrawl.discovery's and pure; here they are fed. Seeds are asked in the order of what they know:

    REST      every post with exact times; later only what was modified since; its total tells if something is missing
    sitemaps  every post, often with times; one request for hundreds
    feed      the newest or last edited; paged to its end only where nothing above covers the outlet
    listing   front page and sections; paged likewise

A seed *covers* the outlet when it was read to its end, or back to where an earlier run had read to.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from scrapy.http import Response

from archive import frontier
from archive.runs import SeedMemory, recall_seed, remember_seed
from archive.writer import Writer
from kickcrawl.article import Candidate
from kickcrawl.dates import to_iso
from kickcrawl.discovery.feed import feed_page_url, read_feed
from kickcrawl.discovery.listing import read_listing
from kickcrawl.discovery.sitemap import lists_posts, read_sitemap
from kickcrawl.discovery.wordpress import PostsPage, ids_url, posts_url, read_posts
from kickcrawl.errors import SeedError
from kickcrawl.robots import RobotsPolicy
from spiders.plan import CrawlPlan
from spiders.run import OutletRun, SeedReport

MAX_SITEMAPS = 1_000  # files a run; at 200 to 50,000 addresses each, more than any newspaper has
MAX_PAGES = 20_000  # of a feed or a list

Fetch = Callable[[str], Awaitable[Response]]  # raises SeedError where nothing usable came back


@dataclass(slots=True)
class Discovery:
    """Discovers one outlet; ``run`` is told what each seed named."""

    run: OutletRun
    plan: CrawlPlan
    write: Writer
    fetch: Fetch

    async def discover(self, robots: RobotsPolicy) -> None:
        """Fill the frontier. Sets the run's failure where the outlet is out of reach or no seed covers it."""
        outlet = self.run.outlet
        try:
            front = await self.fetch(outlet.home)
            if front.status >= 400:
                raise SeedError(f"HTTP {front.status}")
        except SeedError as error:
            self.run.failure = f"{outlet.slug}: {outlet.home} is out of reach ({error}); try again later"
            return
        rest = await self._probe("rest", outlet.url(outlet.seeds.rest), self._rest) if outlet.seeds.rest else None
        knows_all = rest is not None and rest.covers
        sitemap = await self._sitemaps(robots.sitemaps or outlet.seeds.sitemaps, all_of=bool(robots.sitemaps), skim=knows_all)
        knows_all = knows_all or sitemap.covers
        feed = await self._first_that_answers(outlet.seeds.feeds, skim=knows_all)
        knows_all = knows_all or (feed is not None and feed.covers)
        for section in outlet.seeds.sections:
            await self._listing(outlet.url(section), front, skim=knows_all)
        if not any(report.covers for report in self.run.seeds):
            reasons = "; ".join(f"{report.seed}: {report.error or 'not read to its end'}" for report in self.run.seeds)
            self.run.failure = f"{outlet.slug}: no seed covers it ({reasons}); check its outlet file"
        tells_edits = (rest and rest.covers) or (feed and feed.edited) or (sitemap.covers and self._dated_sitemap)
        if not tells_edits and not self._is_partial:
            await self.write(frontier.recheck_by_age, outlet.slug, self._now())

    _dated_sitemap: bool = False

    # --- REST

    async def _rest(self, report: SeedReport) -> None:
        """Name all posts, or those modified since the last run; notice by the total if some are missing."""
        slug = self.run.outlet.slug
        memory = await self.write(recall_seed, slug, "rest")
        started = self._now()
        page, total, highest, server_time = 0, 0, memory.watermark or "", ""
        while True:
            page += 1
            posts, response = await self._posts(posts_url(report.url, order=self._order(memory), page=page))
            if page == 1:
                total, server_time = posts.total, _server_time(response)
            await self._name(report, posts.candidates)
            modified = [to_iso(c.modified.at) for c in posts.candidates if c.modified]
            highest = max([highest, *modified])
            if page >= posts.pages or not posts.candidates:
                break
            if memory.watermark and modified and min(modified) < memory.watermark:
                break
            if not memory.watermark and await self._has_enough(posts.candidates):
                report.covers = True  # all that was asked for; the sweep is not complete, so nothing is remembered
                return
        surplus = total - await self.write(frontier.count_named, slug, "rest")
        if surplus != (memory.surplus if memory.watermark else 0):
            surplus = total - await self._sweep_ids(report, started)
        # An edit during the sweep may have been missed: never remember a time later than its start.
        watermark = min(highest, server_time) if server_time else highest
        await self.write(remember_seed, slug, "rest", SeedMemory(watermark or None, to_iso(started), surplus))
        report.covers = True

    async def _sweep_ids(self, report: SeedReport, started: datetime) -> int:
        """Name all posts by their addresses alone; what is no longer among them is looked at. Return how many are named."""
        slug, page, pages = self.run.outlet.slug, 0, 1
        while page < pages:
            page += 1
            posts, _ = await self._posts(ids_url(report.url, page=page))
            pages = posts.pages
            await self._name(report, posts.candidates)
        await self.write(frontier.recheck_unnamed, slug, "rest", to_iso(started))
        return await self.write(frontier.count_named, slug, "rest")

    async def _posts(self, url: str) -> tuple[PostsPage, Response]:
        response = await self._get(url)
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in _headers(response)}
        return read_posts(response.body, headers), response

    def _order(self, memory: SeedMemory) -> str:
        return "modified" if memory.watermark else "date"

    # --- sitemaps

    async def _sitemaps(self, paths: Sequence[str], *, all_of: bool, skim: bool) -> SeedReport:
        """Read the sitemaps that robots.txt names (*all_of*), else the first of the usual places that answers.

        *skim*: another seed knows all; once they were read whole, a look at the top level is enough.
        """
        outlet = self.run.outlet
        memory = await self.write(recall_seed, outlet.slug, "sitemap")
        skim = skim and memory.swept_at is not None
        reports = []
        for path in paths:

            async def read(report: SeedReport) -> None:
                await self._sitemap(report, skim=skim)

            report = await self._probe("sitemap", outlet.url(path), read)
            reports.append(report)
            if report.error is None and not all_of:
                break
        covering = next((report for report in reports if report.covers), None)
        return covering or (reports[0] if reports else SeedReport(seed="sitemap", url=""))

    async def _sitemap(self, report: SeedReport, *, skim: bool) -> None:
        outlet, started = self.run.outlet, self._now()
        queue, read, whole = [report.url], 0, True
        while queue and read < MAX_SITEMAPS:
            url = queue.pop(0)
            read += 1
            sitemap = read_sitemap((await self._get(url)).body, url, outlet.timezone)
            if not skim:
                children = [child.url for child in sitemap.children if lists_posts(child.url) is not False]
                queue += [child for child in children if outlet.owns(child)]
            wanted = [c for c in sitemap.candidates if self._is_wanted(c)]
            whole = whole and not any(c.published for c in wanted)  # a news sitemap holds two days
            self._dated_sitemap = self._dated_sitemap or any(c.modified for c in wanted)
            await self._name(report, wanted)
        report.covers = whole and not queue and bool(report.named) and not skim
        if report.covers:
            await self.write(frontier.recheck_unnamed, outlet.slug, "sitemap", to_iso(started))
            await self.write(remember_seed, outlet.slug, "sitemap", SeedMemory(None, to_iso(started), None))

    # --- feeds and lists

    async def _first_that_answers(self, paths: Sequence[str], *, skim: bool) -> SeedReport | None:
        report = None
        for path in paths:

            async def read(report: SeedReport) -> None:
                await self._feed(report, skim=skim)

            report = await self._probe("feed", self.run.outlet.url(path), read)
            if report.error is None:
                break
        return report

    async def _feed(self, report: SeedReport, *, skim: bool) -> None:
        """Read a feed, page after page while it names something new; to its end if it must cover the outlet."""
        memory = await self.write(recall_seed, self.run.outlet.slug, "feed")
        must_end = not skim and memory.swept_at is None
        started, before = self._now(), None
        for page in range(1, MAX_PAGES):
            response = await self.fetch(feed_page_url(report.url, page))
            if page > 1 and response.status == 404:
                report.covers = True
                break
            found = [c for c in read_feed(_body(response), report.url) if self._is_wanted(c)]
            if not found or found == before or self.run.outlet.platform != "wordpress":
                report.covers = bool(before) and not found
                break
            before = found
            named = await self._name(report, found)
            if (not must_end and named.new + named.edited == 0) or (must_end and await self._has_enough(found)):
                report.covers = memory.swept_at is not None or must_end
                return
        if report.covers:
            await self.write(remember_seed, self.run.outlet.slug, "feed", SeedMemory(None, to_iso(started), None))

    async def _listing(self, url: str, front: Response, *, skim: bool) -> None:
        async def read(report: SeedReport) -> None:
            await self._pages(report, front, skim=skim)

        await self._probe("listing", url, read)

    async def _pages(self, report: SeedReport, front: Response, *, skim: bool) -> None:
        """Read a list page after page while it names something new; to its end if it must cover the outlet."""
        outlet = self.run.outlet
        memory = await self.write(recall_seed, outlet.slug, "listing")
        must_end = not skim and memory.swept_at is None
        started, seen, url = self._now(), {report.url}, report.url
        for _ in range(MAX_PAGES):
            response = front if url == outlet.home else await self.fetch(url)
            listing = read_listing(_body(response), response.url, lambda a: outlet.classify(a).is_article)
            named = await self._name(report, listing.candidates)
            if not must_end and named.new == 0:
                report.covers = memory.swept_at is not None
                return
            if must_end and await self._has_enough(listing.candidates):
                report.covers = True
                return
            if listing.next_url is None or listing.next_url in seen:
                break
            url = listing.next_url
            seen.add(url)
        report.covers = bool(report.named) and not skim
        if report.covers:
            await self.write(remember_seed, outlet.slug, "listing", SeedMemory(None, to_iso(started), None))

    # --- common

    async def _probe(self, seed: str, url: str, read: Callable[[SeedReport], Awaitable[None]]) -> SeedReport:
        report = SeedReport(seed=seed, url=url)
        self.run.seeds.append(report)
        try:
            await read(report)
        except SeedError as error:
            report.error = error.reason
        return report

    async def _get(self, url: str) -> Response:
        response = await self.fetch(url)
        _body(response)
        return response

    async def _name(self, report: SeedReport, candidates: Sequence[Candidate]) -> frontier.Named:
        own = [c for c in candidates if self.run.outlet.owns(c.url)]
        named = await self.write(frontier.name, self.run.outlet.slug, own, self._now())
        report.named += len(own)
        report.new += named.new
        report.edited += named.edited
        return named

    def _is_wanted(self, candidate: Candidate) -> bool:
        """A post by its seed's word, or an article by the look of its address; never the front page."""
        if not self.run.outlet.owns(candidate.url) or urlsplit(candidate.url).path in ("", "/"):
            return False
        return candidate.is_post is True or (
            candidate.is_post is None and self.run.outlet.classify(candidate.url).is_article
        )

    async def _has_enough(self, candidates: Sequence[Candidate]) -> bool:
        """Tell whether a first sweep may stop: enough is due for the limit, or it is older than since."""
        since, _ = self.plan.span(self.run.outlet)
        dated = [to_iso(c.published.at) for c in candidates if c.published]
        if since and dated and max(dated) < since:
            return True
        if self.plan.limit is None or self.plan.until is not None:
            return False
        return await self.write(frontier.count_due, self.run.outlet.slug, self._now()) >= self.plan.limit

    @property
    def _is_partial(self) -> bool:
        return self.plan.limit is not None or self.plan.since is not None or self.plan.until is not None

    def _now(self) -> datetime:
        return datetime.now(UTC)


def _body(response: Response) -> bytes:
    if response.status != 200:
        raise SeedError(f"HTTP {response.status}")
    return response.body


def _headers(response: Response) -> list[tuple[bytes, bytes]]:
    return [(name, values[-1]) for name, values in response.headers.items() if values]


def _server_time(response: Response) -> str:
    """Return the time of the server's own clock (its Date header), or "" if it gives none."""
    try:
        return to_iso(parsedate_to_datetime((response.headers.get(b"Date") or b"").decode("latin-1")))
    except (ValueError, TypeError):
        return ""
