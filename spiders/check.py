"""Ask the live sites of outlets whether their files are right: for ``kickcrawl outlets --check``.

A Scrapy run of its own, as ``kickcrawl add`` has it: politely, without archive and captures, one outlet after another.
"""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import Crawler

from archive.place import DEFAULT_ARCHIVE
from kickcrawl.addresses import endpoint, is_loopback
from kickcrawl.discovery.listing import read_listing
from kickcrawl.errors import KickcrawlError, SeedError
from kickcrawl.outlet import Outlet, is_article_of
from kickcrawl.settings import SEED_MEMORY, SEED_TIMEOUT
from kickcrawl.sites.check import ClaimCheck, Sight, check_claims, own_seeds
from kickcrawl.sites.seed_trials import SeedAnswer, Sighting, Trial, child_to_read, try_seed
from kickcrawl.workers.workers import Workers
from spiders.add import run_probe
from spiders.network.render import apply_rendering
from spiders.plan import CrawlPlan
from spiders.site_probe import SiteProbe
from spiders.survey import headers_of
from spiders.wiring import apply_plan


def check_outlets(outlets: Sequence[Outlet], delay: float | None) -> dict[str, list[ClaimCheck]]:
    """Return the ClaimChecks of each of *outlets*, by slug; of one that cannot be had, that of its home alone.

    Once a process: Twisted's event loop starts only once.
    """
    if delay is not None:
        outlets = [outlet.model_copy(update={"delay": delay}) for outlet in outlets]
    spider = run_probe(CheckSpider, [outlet.home for outlet in outlets], delay, outlets=tuple(outlets))
    return spider.checks


class CheckSpider(Spider):
    """Checks its outlets one by one and keeps what came of it in ``checks``."""

    name = "check"
    outlets: tuple[Outlet, ...]
    checks: dict[str, list[ClaimCheck]]

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> "CheckSpider":
        """Return the spider for the argument *outlets*, with the crawl's settings."""
        spider = super().from_crawler(crawler)
        spider.outlets, spider.checks = kwargs["outlets"], {}
        allowed = frozenset(endpoint(outlet.home) for outlet in spider.outlets if is_loopback(outlet.home))
        plan = CrawlPlan(outlets=spider.outlets, archive=DEFAULT_ARCHIVE, arguments={}, allowed=allowed)
        apply_plan(crawler, plan)
        apply_rendering(crawler.settings)
        return spider

    async def start(self) -> AsyncIterator[Request]:
        """Do all the work; there is nothing to schedule."""
        for outlet in self.outlets:
            self.checks[outlet.slug] = await _check(self.crawler, outlet)
        return
        yield  # makes this the generator that Scrapy asks for


async def _check(crawler: Crawler, outlet: Outlet) -> list[ClaimCheck]:
    probe = SiteProbe(crawler=crawler, outlet=outlet)
    try:
        found = await probe.probe()
        trials = await _OwnSeeds(probe=probe).ask()
    except KickcrawlError as error:
        return [ClaimCheck(key="home", said=outlet.home, fits=False, found=str(error))]
    articles = tuple(sample.result for sample in found.samples)
    return check_claims(outlet, Sight(proposal=found.proposal, trials=trials, articles=articles))


@dataclass(slots=True, kw_only=True)
class _OwnSeeds:
    """Asks the seeds that an outlet's file names."""

    probe: SiteProbe
    sighting: Sighting = field(init=False)

    async def ask(self) -> tuple[Trial, ...]:
        outlet = self.probe.outlet
        self.sighting = Sighting(outlet.home, await self.probe.policy())
        workers = Workers(processes=1, time_limit=SEED_TIMEOUT, memory=SEED_MEMORY)
        try:
            return tuple([await self._try(kind, url, workers) for _, kind, url in own_seeds(outlet)])
        finally:
            workers.close()

    async def _try(self, kind: Any, url: str, workers: Workers) -> Trial:
        answer = await self._fetch(url)
        if answer.error is not None:
            return Trial(seed=kind, url=url, error=answer.error)
        if kind == "listing":
            return await workers.call(try_list, answer, url, self.probe.outlet)
        trial = await workers.call(try_seed, self.sighting, kind, url)
        for child in child_to_read(trial) if kind == "sitemap" else ():
            await self._fetch(child)
            trial = await workers.call(try_seed, self.sighting, kind, url)
        return trial

    async def _fetch(self, url: str) -> SeedAnswer:
        try:
            response = await self.probe.fetch(url)
            answer = SeedAnswer(response.url, response.status, response.body, headers_of(response))
        except SeedError as error:
            answer = SeedAnswer(url, 0, error=error.reason)
        self.sighting.answers[url] = answer
        return answer


def try_list(answer: SeedAnswer, url: str, outlet: Outlet) -> Trial:
    """Return what a page that lists articles names, by the patterns of *outlet*'s file."""
    trial = Trial(seed="listing", url=url)
    try:
        answer.content()
        found = read_listing(answer.source, lambda address: is_article_of(outlet, address))
    except SeedError as error:
        return replace(trial, error=error.reason)
    return replace(trial, candidates=found.candidates)
