"""What a request to the browser carries in its meta: when its page is ready, and what is done with it until then."""

import itertools

from playwright.async_api import Response as BrowserResponse
from scrapy.settings import BaseSettings
from scrapy_playwright.page import PageMethod

from kickcrawl.outlet import Outlet
from spiders.network import envelope
from spiders.network.browser_log import BrowserLog
from spiders.network.page_ready import SHOWS_LINKS, Activity, ListButton, close_context, close_page

# True when the page shows an article: paragraphs of 400 characters side by side that do not grow any more; or a
# headline with a short text or a picture, where nothing has changed in eight polls; or an error.
_SHOWS_TEXT = """() => {
    const answer = performance.getEntriesByType('navigation')[0];
    if (answer && answer.responseStatus >= 400) return true;
    const lengths = new Map();
    for (const p of document.querySelectorAll('p'))
        lengths.set(p.parentNode, (lengths.get(p.parentNode) || 0) + p.textContent.trim().length);
    const now = Math.max(0, ...lengths.values()), all = document.documentElement.outerHTML.length;
    const before = window.__kickcrawl || {};
    const polls = all === before.all ? before.polls + 1 : 0;
    window.__kickcrawl = { now, all, polls };
    const isShort = now >= 80 || document.querySelector('article img, main img, figure img') !== null;
    return now >= 400 ? now === before.now : isShort && polls >= 8 && document.querySelector('h1') !== null;
}"""
# True when the page shows what the outlet's file names, or an error.
_SHOWS_SELECTOR = """selector => {
    const answer = performance.getEntriesByType('navigation')[0];
    return Boolean(answer && answer.responseStatus >= 400) || document.querySelector(selector) !== null;
}"""
_numbers = itertools.count(1)


def page_meta(outlet: Outlet, settings: BaseSettings) -> dict[str, object]:
    """Return what a request for an article's page of *outlet*, to be built by the browser, carries in its meta."""
    condition, argument = (_SHOWS_SELECTOR, outlet.render_wait) if outlet.render_wait else (_SHOWS_TEXT, None)
    return _meta(outlet, settings, condition, argument)


def list_meta(outlet: Outlet, settings: BaseSettings) -> dict[str, object]:
    """Return the same for a page that lists articles: all that its buttons show is wanted."""
    button = ListButton()
    return {
        **_meta(outlet, settings, SHOWS_LINKS, None, PageMethod(button.press)),
        **envelope.LIST_BUTTON.entry(button),
    }


def _meta(
    outlet: Outlet, settings: BaseSettings, condition: str, argument: str | None, *more: PageMethod
) -> dict[str, object]:
    """Each page has a context of its own, gone with it: as everywhere, the crawler is nobody's returning visitor."""
    activity, log, timeout = Activity(), BrowserLog(), 1000 * settings.getfloat("DOWNLOAD_TIMEOUT")
    shown = PageMethod(activity.until_shown, condition, argument, timeout)

    def answered(response: BrowserResponse) -> None:
        activity.answered(response)
        log.note(response)

    return {
        **envelope.BROWSER_LOG.entry(log),
        **envelope.IS_RENDERED.entry(True),
        **envelope.CONTEXT.entry(f"{outlet.slug}-{next(_numbers)}"),
        **envelope.CONTEXT_OPTIONS.entry(
            {
                "user_agent": settings["USER_AGENT"],
                "locale": outlet.language,
                "timezone_id": outlet.timezone,
                "service_workers": "block",  # their requests would not be asked about
                "accept_downloads": False,
            }
        ),
        **envelope.GOTO_OPTIONS.entry({"wait_until": "domcontentloaded"}),
        **envelope.PAGE_METHODS.entry([shown, *more, PageMethod(log.collect)]),
        **envelope.PAGE_HANDLERS.entry(
            {
                "close": close_context,
                "popup": close_page,
                "request": activity.began,
                "requestfinished": activity.ended,
                "requestfailed": activity.ended,
                "response": answered,
            }
        ),
    }
