"""Outlets whose file says ``render = true``: what the rest of the crawl has to know of the browser that fetches them.

The browser's own module is imported where there is such an outlet, so that all other crawls start without Playwright.
"""

from scrapy.crawler import Crawler
from scrapy.settings import BaseSettings

from kickcrawl.outlet import Outlet


def apply_rendering(settings: BaseSettings) -> None:
    """Let the browser fetch what asks for it; everything else goes on as before."""
    handlers = dict.fromkeys(("http", "https"), "spiders.network.browser.RenderingHandler")
    settings.set("DOWNLOAD_HANDLERS", {**settings["DOWNLOAD_HANDLERS"], **handlers}, priority="spider")
    timeout = 1000 * settings.getint("DOWNLOAD_TIMEOUT")  # milliseconds
    settings.set("PLAYWRIGHT_DEFAULT_NAVIGATION_TIMEOUT", timeout, priority="spider")


def render_meta(outlet: Outlet, settings: BaseSettings) -> dict[str, object]:
    """Return what a request for a page of *outlet* carries in its meta; nothing where no browser is needed."""
    if not outlet.render:
        return {}
    from spiders.network.browser import page_meta

    return page_meta(outlet, settings)


def render_list_meta(outlet: Outlet, settings: BaseSettings) -> dict[str, object]:
    """Return the same for a page of *outlet*, which needs a browser, that lists articles."""
    from spiders.network.browser import list_meta

    return list_meta(outlet, settings)


async def open_browser(crawler: Crawler, outlet: str) -> None:
    """Start the browser that all rendering outlets share, for *outlet*, if it does not run yet. Raises BrowserError."""
    from spiders.network.browser import launch

    await launch(crawler, outlet)
