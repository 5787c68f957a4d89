"""The browser that fetches pages which JavaScript builds: Chromium, driven by scrapy-playwright.

Started, and this module imported, only where an outlet needs it (spiders.network.render). The address
guard is applied twice to all that it asks for: each request of a page is checked before it is sent, and the browser can
resolve no name but the outlets', to addresses that were checked here. The second check also holds where a page bypasses
the first: redirects, pop-up windows, web sockets, prefetches.
"""

import asyncio
import logging
import os
import shutil
import socket
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from weakref import WeakKeyDictionary

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Request as BrowserRequest
from playwright.async_api import TimeoutError as PlaywrightTimeout
from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler

from kickcrawl.addresses import is_public, why_refused
from kickcrawl.errors import KickcrawlError
from spiders.network import envelope
from spiders.network.failures import NotRendered, NotRenderedInTime, OverBound
from spiders.network.guard import GuardedHandler
from spiders.network.robots import RobotsMiddleware

# What no article's text depends on.
UNWANTED_TYPES = frozenset(
    ("image", "font", "media", "beacon", "ping", "prefetch", "eventsource", "websocket", "manifest")
)
MAX_TABS = 8  # over all outlets
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = (
    # Pictures and fonts are not even asked for: a request that waits for our decision when its page closes is sent.
    "--blink-settings=imagesEnabled=false", "--disable-remote-fonts",
    "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--webrtc-ip-handling-policy=disable_non_proxied_udp",
)  # fmt: skip

_MAX_CLOSING = 10  # seconds that closing a page may take

logging.getLogger("scrapy-playwright").setLevel(logging.ERROR)  # its warnings are tracebacks; ours say what happened
_handlers: "WeakKeyDictionary[Crawler, RenderingHandler]" = WeakKeyDictionary()


class BrowserError(KickcrawlError):
    """There is no browser, or it does not start."""


async def launch(crawler: Crawler, outlet: str) -> None:
    """Start the browser that all rendering outlets share, for *outlet*, if it does not run yet. Raises BrowserError."""
    try:
        await RenderingHandler.from_crawler(crawler)._maybe_launch_browser()
    except PlaywrightError as error:
        raise BrowserError(
            f"{outlet}: its pages need a browser (render = true), and {_browser() or 'none is here, so that it'} does "
            f"not start ({_first_line(error)}); apt-get install chromium, or name another with KICKCRAWL_BROWSER"
        ) from error


async def close_browser(crawler: Crawler) -> None:
    """Close the browser of *crawler*, if it has one."""
    if handler := _handlers.get(crawler):
        await handler.close()


class RenderingHandler(GuardedHandler, ScrapyPlaywrightDownloadHandler):  # type: ignore[misc]  # untyped library
    """The guarded handler, with a browser for the requests whose meta asks for one."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.abort_request = self._is_unwanted
        self._starting = asyncio.Lock()
        # Ours, not PLAYWRIGHT_MAX_CONTEXTS: so the time limit of a page begins when it has its tab.
        self._tabs = asyncio.Semaphore(MAX_TABS)
        self._is_closed = False

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "RenderingHandler":
        """Return the crawl's one handler: http and https share a browser."""
        if crawler not in _handlers:
            _handlers[crawler] = cls(crawler)
        return _handlers[crawler]

    async def _maybe_launch_in_thread(self) -> None:
        """Do nothing when the engine starts: the driver starts with the browser, in open_browser()."""

    async def _maybe_launch_browser(self) -> None:
        async with self._starting:
            if not hasattr(self, "browser_provider"):
                self.config.launch_options = {
                    "executable_path": _browser(),
                    "chromium_sandbox": os.geteuid() != 0,  # Chromium refuses to run its sandbox as root
                    "args": [*ARGUMENTS, f"--host-resolver-rules={await _resolver_rules(self._hosts, self._allowed)}"],
                }
                await self._launch()
        await super()._maybe_launch_browser()

    async def _download_request(self, request: Request, spider: Spider | None = None) -> Response:
        seconds = self._crawler.settings.getfloat("DOWNLOAD_TIMEOUT")
        try:
            async with self._tabs:
                response = await self._build(request, spider, 2 * seconds)
        except PlaywrightTimeout as error:
            raise NotRenderedInTime(
                f"it showed no article within {seconds:g} s; see render_wait in its outlet file"
            ) from error
        except PlaywrightError as error:
            raise NotRendered(_first_line(error)) from error
        if len(response.body) > envelope.MAX_BYTES.of(request):
            raise OverBound("size", f"its page grew to {len(response.body)} bytes")
        return response

    async def _build(self, request: Request, spider: Spider | None, seconds: float) -> Response:
        """Return the page as it was built; what Playwright waits for without an end is given up after *seconds*."""
        try:
            async with asyncio.timeout(seconds):
                response: Response = await super()._download_request(request, spider)
                return response
        except TimeoutError as error:
            # page.content() waits for a script that never returns. Closing the context ends the page's process.
            if wrapper := self.context_wrappers.get(envelope.CONTEXT.of(request)):
                with suppress(PlaywrightError, TimeoutError):
                    async with asyncio.timeout(_MAX_CLOSING):
                        await wrapper.context.close()
            raise NotRenderedInTime(f"its scripts kept the browser busy for {seconds:g} s") from error

    async def _is_unwanted(self, request: BrowserRequest) -> bool:
        """Tell whether a request that a page makes is not to be sent: no use, no host of ours, or robots.txt's no."""
        if request.resource_type in UNWANTED_TYPES:
            return True
        if why_refused(request.url, self._allowed, self._hosts):
            self._crawler.stats.inc_value("guard/refused")
            return True
        robots = self._crawler.get_downloader_middleware(RobotsMiddleware)
        assert robots is not None, "RobotsMiddleware is in DOWNLOADER_MIDDLEWARES"
        return not (await robots.policy(request.url)).allows(request.url)

    async def close(self) -> None:
        """Close the browser, once: it is asked for by the handlers of http and of https."""
        if self._is_closed:
            return
        self._is_closed = True
        with suppress(PlaywrightError):  # the browser may have ended before us: Ctrl-C goes to both
            await super().close()


def _browser() -> Path | None:
    """Return the browser to use: KICKCRAWL_BROWSER's, else the system's; None for Playwright's own."""
    requested = os.environ.get("KICKCRAWL_BROWSER")
    found = requested or next((path for name in BROWSERS if (path := shutil.which(name))), None)
    return Path(found) if found else None


async def _resolver_rules(hosts: Collection[str], allowed: Collection[str]) -> str:
    """Return Chromium's rules for names: *hosts* to addresses that are public, *allowed* as they are, nothing else."""
    loop, rules = asyncio.get_running_loop(), []
    for endpoint in sorted(allowed):
        rules.append(f"MAP {endpoint} {endpoint}")
    bare = {host.rsplit(":", 1)[0].removeprefix("www.") for host in hosts} - {n.rsplit(":", 1)[0] for n in allowed}
    for host in sorted(bare | {f"www.{host}" for host in bare}):  # as the guard lets them through
        with suppress(OSError):  # a name that does not resolve stays unknown to the browser, too
            answers = await loop.getaddrinfo(host, None, type=socket.SOCK_STREAM)
            addresses = [str(answer[4][0]) for answer in answers]
            address = next((address for address in addresses if is_public(address)), None)
            if address is not None:
                rules.append(f"MAP {host} {f'[{address}]' if ':' in address else address}")
    return ", ".join([*rules, "MAP * ~NOTFOUND"])


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0].removeprefix("Page.goto: ")
