"""Turn a plan into Scrapy's settings, under whatever the operator has set himself."""

from typing import TypeVar

from scrapy.crawler import Crawler
from scrapy.settings import SETTINGS_PRIORITIES, BaseSettings

from kickcrawl.outlet import Outlet
from spiders.network.envelope import MAX_BYTES
from spiders.network.guard import ALLOWED, HOSTS, GuardedResolver
from spiders.network.render import apply_rendering, render_list_meta, render_meta
from spiders.plan import CrawlPlan, contact_of

_T = TypeVar("_T")


def apply_plan(crawler: Crawler, plan: CrawlPlan) -> None:
    """Set the outlets' delays, the user agent, and which hosts and endpoints the guard lets through."""
    settings = crawler.settings
    settings.set(ALLOWED, sorted(plan.allowed), priority="spider")
    settings.set(HOSTS, sorted(host for outlet in plan.outlets for host in outlet.hosts), priority="spider")
    GuardedResolver.allowed_hosts.update(name.rsplit(":", 1)[0] for name in plan.allowed)
    # Of a site without a file only its front page tells whether it needs a browser.
    if plan.unlisted or any(outlet.render for outlet in plan.outlets):
        apply_rendering(settings)
    if contact := contact_of(settings):
        settings.set("USER_AGENT", f"{settings['USER_AGENT']} contact: {contact}", priority="spider")
    if (settings.getpriority("DOWNLOAD_DELAY") or 0) < SETTINGS_PRIORITIES["cmdline"]:
        settings.set("DOWNLOAD_SLOTS", _slots(plan, settings), priority="spider")


def page_meta(outlet: Outlet, settings: BaseSettings) -> dict[str, object]:
    """Return what the request for a page of an article, or of one that lists articles, carries in its meta."""
    return {**MAX_BYTES.entry(settings.getint("PAGE_MAXSIZE")), **render_meta(outlet, settings)}


def list_meta(outlet: Outlet, settings: BaseSettings) -> dict[str, object]:
    """Return what the request for a page that lists articles carries in its meta."""
    if not outlet.render:
        return {}  # a list is a seed: as large as any
    return {**MAX_BYTES.entry(settings.getint("PAGE_MAXSIZE")), **render_list_meta(outlet, settings)}


def middleware(crawler: Crawler, cls: type[_T]) -> _T:
    """Return the crawl's downloader middleware of that class."""
    found = crawler.get_downloader_middleware(cls)
    assert isinstance(found, cls), f"{cls.__name__} is not in DOWNLOADER_MIDDLEWARES"
    return found


def _slots(plan: CrawlPlan, settings: BaseSettings) -> dict[str, dict[str, float]]:
    """Return a downloader slot for each host of the outlets; Scrapy names slots by host without port."""
    concurrency = settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN")
    return {
        host.rsplit(":", 1)[0]: {"concurrency": concurrency, "delay": outlet.delay}
        for outlet in plan.outlets
        for host in outlet.hosts
    }
