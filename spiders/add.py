"""Probe a site for ``kickcrawl add``: recognise it, and read a few of its articles as a crawl would.

A Scrapy run of its own with the crawl's guard, robots.txt, delays and user agent, but without archive and captures.
"""

from collections.abc import AsyncIterator, Sequence
from typing import Any, TypeVar

from scrapy import Request, Spider
from scrapy.crawler import Crawler, CrawlerProcess
from scrapy.settings import Settings

from archive.place import DEFAULT_ARCHIVE
from kickcrawl.addresses import endpoint, is_loopback
from kickcrawl.errors import KickcrawlError, SeedError, UsageError
from kickcrawl.outlet import Outlet
from kickcrawl.sites.recognise import unlisted_site
from spiders.network.render import apply_rendering
from spiders.plan import CrawlPlan, contact_of
from spiders.site_probe import Discovery, SiteProbe
from spiders.wiring import apply_plan

Probing = TypeVar("Probing", bound=Spider)


def probe_site(url: str, slug: str, delay: float | None) -> Discovery:
    """Return what the site at *url* is, to be called *slug*; *delay* are the seconds between two requests.

    Raises KickcrawlError where it cannot be read. Once a process: Twisted's event loop starts only once.
    """
    outlet = unlisted_site(url, slug)
    if delay is not None:
        outlet = outlet.model_copy(update={"delay": delay})
    spider = run_probe(AddSpider, [url], delay, outlet=outlet)
    if spider.error is not None:
        raise spider.error
    if spider.found is None:
        raise SeedError(f"{url} could not be looked at")
    return spider.found


def run_probe(kind: type[Probing], urls: Sequence[str], delay: float | None, **arguments: Any) -> Probing:
    """Run a spider of that *kind*, which asks the sites at *urls*, without archive and log; return it at its end.

    Raises UsageError where a newsroom could not tell who asks.
    """
    settings = Settings()
    settings.setmodule("kickcrawl.settings")
    settings.setdict(
        {
            "ITEM_PIPELINES": {},
            "EXTENSIONS": {**settings.getdict("EXTENSIONS"), "spiders.progress.Progress": None},
            "LOG_ENABLED": False,
            "LOG_INSTALL_ROOT_HANDLER": False,
            "DOWNLOADER_MIDDLEWARES": {**settings.getdict("DOWNLOADER_MIDDLEWARES"), **dict.fromkeys(_OF_RUNS)},
        }
    )
    if delay is not None:
        settings.set("DOWNLOAD_DELAY", delay, priority="cmdline")
    if not all(map(is_loopback, urls)) and not contact_of(settings):
        raise UsageError("say who asks: set KICKCRAWL_CONTACT to an address where the newsroom can reach you")
    process = CrawlerProcess(settings)
    crawler = process.create_crawler(kind)
    process.crawl(crawler, **arguments)
    process.start()
    if not isinstance(crawler.spider, kind):
        raise SeedError(f"{', '.join(urls)} could not be looked at")
    return crawler.spider


_OF_RUNS = ("spiders.network.capture.CaptureMiddleware", "spiders.network.budget.BudgetMiddleware")


class AddSpider(Spider):
    """Surveys one site and keeps what it found in ``found``, or why it could not in ``error``."""

    name = "add"
    found: Discovery | None = None
    error: KickcrawlError | None = None
    outlet: Outlet

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> "AddSpider":
        """Return the spider for the site in the argument *outlet*, with the crawl's settings."""
        spider = super().from_crawler(crawler)
        spider.outlet = kwargs["outlet"]
        home = spider.outlet.home
        allowed = frozenset((endpoint(home),)) if is_loopback(home) else frozenset()
        plan = CrawlPlan(outlets=(spider.outlet,), archive=DEFAULT_ARCHIVE, arguments={}, allowed=allowed)
        apply_plan(crawler, plan)
        apply_rendering(crawler.settings)  # only the front page tells whether the site needs a browser
        return spider

    async def start(self) -> AsyncIterator[Request]:
        """Do all the work; there is nothing to schedule."""
        try:
            self.found = await SiteProbe(crawler=self.crawler, outlet=self.outlet).probe()
        except KickcrawlError as error:
            self.error = error
        return
        yield  # makes this the generator that Scrapy asks for
