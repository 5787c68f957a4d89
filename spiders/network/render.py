"""Outlets whose file says ``render = true``: what the rest of the crawl has to know of the browser that fetches them.

The browser's own module is imported with the first request for it, so that crawls of outlets without a file, of which
any may need one, do without Playwright as long as none does: 7 MB and .2 s.
"""

import sys

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.settings import BaseSettings

from kickcrawl.outlet import Outlet
from spiders.network.envelope import IS_RENDERED
from spiders.network.guard import GuardedHandler

_BROWSER = "spiders.network.browser"


class RenderedOnDemand(GuardedHandler):
    """The guarded handler; what asks for the browser goes to the browser's, which is made for the first of these."""

    async def download_request(self, request: Request) -> Response:
        """Return the answer, or the page as the browser has built it."""
        if not IS_RENDERED.get(request):
            return await super().download_request(request)
        from spiders.network.browser import RenderingHandler

        return await RenderingHandler.from_crawler(self._crawler).download_request(request)

    async def close(self) -> None:
        """Close the connections, and the browser if there is one."""
        await super().close()
        if _BROWSER in sys.modules:
            from spiders.network.browser import close_browser

            await close_browser(self._crawler)


def apply_rendering(settings: BaseSettings) -> None:
    """Let the browser fetch what asks for it; everything else goes on as before."""
    handlers = dict.fromkeys(("http", "https"), f"{__name__}.{RenderedOnDemand.__name__}")
    settings.set("DOWNLOAD_HANDLERS", {**settings["DOWNLOAD_HANDLERS"], **handlers}, priority="spider")
    timeout = 1000 * settings.getfloat("DOWNLOAD_TIMEOUT")  # milliseconds
    settings.set("PLAYWRIGHT_DEFAULT_NAVIGATION_TIMEOUT", timeout, priority="spider")


def render_meta(outlet: Outlet, settings: BaseSettings) -> dict[str, object]:
    """Return what a request for a page of *outlet* carries in its meta; nothing where no browser is needed."""
    if not outlet.render:
        return {}
    from spiders.network.browser_meta import page_meta

    return page_meta(outlet, settings)


def render_list_meta(outlet: Outlet, settings: BaseSettings) -> dict[str, object]:
    """Return the same for a page of *outlet*, which needs a browser, that lists articles."""
    from spiders.network.browser_meta import list_meta

    return list_meta(outlet, settings)


async def open_browser(crawler: Crawler, outlet: str) -> None:
    """Start the browser that all rendering outlets share, for *outlet*, if it does not run yet. Raises BrowserError."""
    from spiders.network.browser import launch

    await launch(crawler, outlet)
