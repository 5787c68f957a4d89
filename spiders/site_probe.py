"""Probe one site within a Scrapy run: recognise it, and read a few of its articles as a crawl would.

For ``kickcrawl add`` and ``kickcrawl outlets --check``: with the crawl's guard, robots.txt, delays and user agent, but
without archive and captures.
"""

from dataclasses import dataclass, field, replace
from functools import partial

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from archive.asked import page_of
from kickcrawl.answer import SHOWN
from kickcrawl.article import Article, Candidate, Rejection
from kickcrawl.errors import SeedError
from kickcrawl.outlet import Outlet
from kickcrawl.robots import RobotsPolicy
from kickcrawl.settings import SEED_MEMORY, SEED_TIMEOUT
from kickcrawl.sites.recognise import Proposal
from kickcrawl.workers.workers import Workers
from spiders.network.failures import reason_of
from spiders.network.robots import RobotsMiddleware
from spiders.survey import survey
from spiders.visit import fetch_pages
from spiders.wiring import list_meta, page_meta

SAMPLES = 3  # articles to read
MIN_WORDS = 60  # of a sample; fewer may be what the page shows until its scripts have run: "Loading, please wait"
# A browser is proposed if it shows so many more words of a sample, or so many times the articles in the lists.
MIN_MORE_WORDS = 30
MORE_BY_SCRIPTS = 2


@dataclass(frozen=True, slots=True)
class Sample:
    """One article that was read to see whether extraction works here."""

    url: str
    result: Article | Rejection

    @property
    def is_article(self) -> bool:
        """Whether an article could be read."""
        return isinstance(self.result, Article)

    @property
    def words(self) -> int:
        """How many words its text has; 0 where no article could be read."""
        return len(self.result.text.split()) if isinstance(self.result, Article) else 0


@dataclass(frozen=True, slots=True)
class Discovery:
    """What ``add`` found out about a site."""

    proposal: Proposal
    samples: tuple[Sample, ...]


def _is_named_by_data(proposal: Proposal) -> bool:
    """Tell whether a seed that no script builds (REST, a sitemap, a feed) names articles."""
    named = [candidate for trial in proposal.trials if trial.seed != "listing" for candidate in trial.candidates]
    return any(candidate in named for candidate in proposal.newest)


def _listed(proposal: Proposal) -> int:
    """Return how many articles the site's lists name."""
    return len({found.url for trial in proposal.trials if trial.seed == "listing" for found in trial.candidates})


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteProbe:
    """Probes the site of *outlet* through *crawler*. Raises SeedError where it cannot be had."""

    crawler: Crawler
    outlet: Outlet
    _answers: dict[str, Response] = field(default_factory=dict)  # by address, of what is no article

    async def probe(self) -> Discovery:
        """Return what the site is, with some of its articles."""
        policy = await self.policy()
        workers = Workers(time_limit=SEED_TIMEOUT, memory=SEED_MEMORY)
        try:
            proposal = await self._survey(policy, workers)
            known = {"slug": self.outlet.slug, "delay": self.outlet.delay}
            proposal = replace(proposal, outlet=proposal.outlet.model_copy(update=known))
            return await self._read_samples(proposal, workers)
        finally:
            workers.close()

    async def policy(self) -> RobotsPolicy:
        """Return what robots.txt says."""
        home = self.outlet.home
        robots = self.crawler.get_downloader_middleware(RobotsMiddleware)
        assert isinstance(robots, RobotsMiddleware)
        policy = await robots.policy(home)
        if policy.unreachable:
            raise SeedError(f"robots.txt of {home} {policy.unreachable}, so nothing may be fetched (RFC 9309)")
        return policy

    async def fetch(self, url: str) -> Response:
        """Return the answer of *url*, asked for once. Raises SeedError where nothing came back."""
        if url not in self._answers:
            self._answers[url] = await self._fetch(url)
        return self._answers[url]

    async def _survey(self, policy: RobotsPolicy, workers: Workers) -> Proposal:
        """Return what the site is; where lists alone name its articles, they may be built by scripts: in a browser."""
        asked = (self.outlet.home, self.fetch, workers.call, policy, self._fetch_list)
        proposal = await survey(*asked)
        if proposal.outlet.render or _is_named_by_data(proposal):
            return proposal
        try:
            built = await survey(*asked, is_built=True)
        except SeedError:  # no browser is here, or it shows nothing
            return proposal
        return built if built.newest and _listed(built) >= MORE_BY_SCRIPTS * _listed(proposal) else proposal

    async def _read_samples(self, proposal: Proposal, workers: Workers) -> Discovery:
        """Read some articles; those that say little as they are sent are built in a browser, too.

        If it shows more, the outlet's pages are proposed to be rendered.
        """
        plain, wanted = proposal.outlet, proposal.newest[:SAMPLES]
        samples = [await self._read(found, plain, workers) for found in wanted]
        if plain.render or all(sample.words >= MIN_WORDS for sample in samples):
            return Discovery(proposal, tuple(samples))
        rendered = plain.model_copy(update={"render": True})
        built = [
            sample if sample.words >= MIN_WORDS else await self._read(found, rendered, workers)
            for sample, found in zip(samples, wanted, strict=True)
        ]
        if any(more.words - less.words >= MIN_MORE_WORDS for more, less in zip(built, samples, strict=True)):
            return Discovery(replace(proposal, outlet=rendered), tuple(built))
        return Discovery(proposal, tuple(samples))

    async def _read(self, candidate: Candidate, outlet: Outlet, workers: Workers) -> Sample:
        try:
            first = await self._fetch_page(candidate.url, outlet)
            if first.status not in SHOWN:
                raise SeedError(f"HTTP {first.status}")
            pages = await fetch_pages(first, partial(self._fetch_page, outlet=outlet))
        except SeedError as error:
            return Sample(candidate.url, Rejection(reason="not-found", detail=error.reason))
        judged = await workers.read(page_of(candidate, pages, outlet.rules), keyed=False)
        return Sample(candidate.url, judged.result)

    async def _fetch_page(self, url: str, outlet: Outlet) -> Response:
        return await self._fetch(url, page_meta(outlet, self.crawler.settings))

    async def _fetch_list(self, url: str, outlet: Outlet) -> Response:
        return await self._fetch(url, list_meta(outlet, self.crawler.settings))

    async def _fetch(self, url: str, meta: dict[str, object] | None = None) -> Response:
        request = Request(url, callback=NO_CALLBACK, dont_filter=True, meta=meta)
        try:
            return await self.crawler.engine.download_async(request)
        except Exception as error:  # whatever kept the site from answering, of Scrapy's, Twisted's or the guard's kinds
            raise SeedError(reason_of(error)) from error
