"""Tell when a page that scripts build is finished: it shows what was waited for, or it does nothing any more.

A page that shows no article (the site has withdrawn it, and only a script knows) is quiet within seconds; without this
the browser would wait for its article until the time limit. A page whose server is in trouble is never quiet: an answer
of 500 or more to one of its requests leaves it to the time limit, and the address due.
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page
from playwright.async_api import Request as BrowserRequest
from playwright.async_api import Response as BrowserResponse
from playwright.async_api import TimeoutError as PlaywrightTimeout

from kickcrawl.urls import bare_host
from kickcrawl.vocabulary import WORDS

POLL_INTERVAL = 250  # milliseconds
QUIET_POLLS = 12  # without a request under way and without a change of the page: 3 s, longer where the machine is busy
MAX_PRESSES = 10  # of the button below a list that shows more of it
_MAX_GROWING = 5_000  # milliseconds in which a list must grow after that
_SIZE = "() => document.documentElement.outerHTML.length"
# Distinct addresses of links that read like headlines.
_LINKS = """() => new Set([...document.querySelectorAll('a[href]')]
    .filter(a => a.textContent.trim().length >= 20).map(a => a.href)).size"""
# True when a list has links to several articles, and no more than at the last poll.
SHOWS_LINKS = f"""() => {{
    const now = ({_LINKS})(), before = window.__kickcrawlLinks || 0;
    window.__kickcrawlLinks = now;
    return now >= 5 && now === before;
}}"""
_GROWN = f"before => ({_LINKS})() > before"
# Press the button that says one of the words, if there is one; true if so.
_PRESS = """words => {
    const those = document.querySelectorAll('button, [role=button], a[href="#"], a:not([href]), input[type=button]');
    for (const node of those) {
        const label = (node.textContent || node.value || '').trim().toLowerCase().replace(/\\s+/g, ' ');
        if (!node.disabled && node.getClientRects().length && words.some(word => label.startsWith(word))) {
            node.click();
            return true;
        }
    }
    return false;
}"""


class Activity:
    """What one page is still asking of the network; its methods are handlers of Playwright's events."""

    def __init__(self) -> None:
        self._under_way: set[BrowserRequest] = set()
        self._began = 0
        self._is_in_trouble = False

    def began(self, request: BrowserRequest) -> None:
        """Be told of a request (event "request")."""
        self._under_way.add(request)
        self._began += 1

    def ended(self, request: BrowserRequest) -> None:
        """Be told of a request's end (events "requestfinished" and "requestfailed")."""
        self._under_way.discard(request)

    def answered(self, response: BrowserResponse) -> None:
        """Be told of an answer (event "response")."""
        if response.status >= 500 and bare_host(response.url) == bare_host(response.frame.url):
            self._is_in_trouble = True

    async def until_shown(self, page: Page, condition: str, argument: object, timeout: float) -> None:
        """Wait until *condition* (JavaScript) holds on *page* or it is quiet. Raises PlaywrightTimeout after *timeout*
        milliseconds."""
        wait = page.wait_for_function(condition, arg=argument, polling=POLL_INTERVAL, timeout=timeout)
        shown, quiet = asyncio.ensure_future(wait), asyncio.ensure_future(self._until_quiet(page))
        try:
            done, _ = await asyncio.wait((shown, quiet), return_when=asyncio.FIRST_COMPLETED)
            await (shown if shown in done else quiet)
        finally:
            for task in (shown, quiet):
                task.cancel()
            await asyncio.gather(shown, quiet, return_exceptions=True)

    async def _until_quiet(self, page: Page) -> None:
        polls, before = 0, (0, 0)
        while polls < QUIET_POLLS or self._is_in_trouble:
            await asyncio.sleep(POLL_INTERVAL / 1000)
            try:
                now = (self._began, await page.evaluate(_SIZE))
            except PlaywrightError:  # a script leads to another page: that is no quiet, and the wait goes on there
                now = (self._began, 0)
            polls = polls + 1 if now == before and not self._under_way else 0
            before = now


class ListButton:
    """The button of a list that shows more of it. *is_used_up*: it was pressed until the list had none any more."""

    def __init__(self) -> None:
        self.is_used_up = False

    async def press(self, page: Page) -> None:
        """Press it as long as there is one and the list grows."""
        words: Sequence[str] = WORDS.links.load_more
        with suppress(PlaywrightTimeout):
            for presses in range(MAX_PRESSES + 1):
                before = await page.evaluate(_LINKS)
                if presses == MAX_PRESSES or not await page.evaluate(_PRESS, list(words)):
                    self.is_used_up = 0 < presses < MAX_PRESSES
                    return
                await page.wait_for_function(_GROWN, arg=before, polling=POLL_INTERVAL, timeout=_MAX_GROWING)


async def close_page(page: Page) -> None:
    """Close a window that a page has opened."""
    with suppress(PlaywrightError):
        await page.close()


async def close_context(page: Page) -> None:
    """Close the context of a page that was closed: each page has one of its own."""
    with suppress(PlaywrightError):
        await page.context.close()
