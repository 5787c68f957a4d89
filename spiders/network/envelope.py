"""What travels in ``request.meta``: each key once, with the type of what stands there.

Scrapy copies a request's meta when it sends the request again (a retry, a redirect), and an answer's ``meta`` is that
of its request. So what a middleware writes here reaches the callback of the spider.

    FETCH.put(request, Fetch(...))     FETCH.of(response)     Request(url, meta=IS_ROBOTS.entry(True))
"""

from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from scrapy import Request
from scrapy.http import Response

from kickcrawl.statement import Statement

if TYPE_CHECKING:
    from scrapy.http.cookies import CookieJar

    from archive.replay.held import Condition
    from archive.warc.records import Exchange

    # It imports Playwright.
    from spiders.network.browser_log import BrowserLog
    from spiders.network.page_ready import ListButton

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Key(Generic[Value]):
    """A key of ``request.meta``, by its *name* there."""

    name: str

    def get(self, message: Request | Response) -> Value | None:
        """Return what stands in the meta of *message*; None if nothing does."""
        value: Value | None = message.meta.get(self.name)
        return value

    def of(self, message: Request | Response) -> Value:
        """Return what stands in the meta of *message*, where it always does; else KeyError."""
        value: Value = message.meta[self.name]
        return value

    def put(self, request: Request, value: Value) -> None:
        """Set the value in the meta of *request*."""
        request.meta[self.name] = value

    def pop(self, request: Request) -> Value | None:
        """Take the value out of the meta of *request*; None if none is there."""
        value: Value | None = request.meta.pop(self.name, None)
        return value

    def entry(self, value: Value) -> dict[str, object]:
        """Return the value under its key, for the meta of a request that is being made."""
        return {self.name: value}


@dataclass(frozen=True, slots=True)
class Fetch:
    """One answer that the archive keeps: the id of its capture's row, and when it came (ISO, UTC).

    *withheld*: the statement for which its body is not kept.
    """

    capture_id: int
    fetched_at: str
    withheld: Statement | None = None


# Ours, in the order in which a request meets them.
ABOUT: Key[Mapping[str, object]] = Key("kickcrawl_about")  # what is kept beside the capture (spiders.about)
IS_ROBOTS: Key[bool] = Key("kickcrawl_is_robots")  # it asks for a robots.txt
VOUCHED: Key[str] = Key("kickcrawl_vouched")  # a host beside the outlet's, without "www.", that it may ask
IS_PROBE: Key[bool] = Key("kickcrawl_is_probe")  # the one request that a suspected host is asked with
SLOT: Key[Callable[[], AbstractAsyncContextManager[None]]] = Key("kickcrawl_slot")  # held while it is under way
ON_ANSWER: Key[Callable[[Request, Response], None]] = Key("kickcrawl_on_answer")  # called before the next is sent
SENT_AT: Key[float] = Key("kickcrawl_sent_at")  # time.monotonic()
BROWSER_LOG: Key["BrowserLog"] = Key("kickcrawl_browser_log")  # what the browser got while it built the page
LIST_BUTTON: Key["ListButton"] = Key("kickcrawl_list_button")  # pressed to see all of a list
FETCH: Key[Fetch] = Key("kickcrawl_fetch")
AS_SENT: Key[list["Exchange"]] = Key("kickcrawl_as_sent")  # a web archive's answers go there, not into the archive
IS_FIRST: Key[bool] = Key("kickcrawl_is_first")  # its candidate was never resolved: it is wanted on no condition
CONDITION: Key["Condition"] = Key("kickcrawl_condition")  # on which the answer is wanted
COOKIES: Key["CookieJar"] = Key("kickcrawl_cookies")  # that were set within this fetch

# Scrapy's.
MAX_BYTES: Key[int] = Key("download_maxsize")  # of the answer's body; 0 for no limit
DOWNLOAD_SLOT: Key[str] = Key("download_slot")
HANDLED_STATUSES: Key[list[int]] = Key("handle_httpstatus_list")  # that reach the callback, besides 2xx
NO_RETRY: Key[bool] = Key("dont_retry")
NO_REDIRECT: Key[bool] = Key("dont_redirect")

# scrapy-playwright's.
IS_RENDERED: Key[bool] = Key("playwright")
CONTEXT: Key[str] = Key("playwright_context")
CONTEXT_OPTIONS: Key[Mapping[str, object]] = Key("playwright_context_kwargs")
GOTO_OPTIONS: Key[Mapping[str, object]] = Key("playwright_page_goto_kwargs")
PAGE_METHODS: Key[list[object]] = Key("playwright_page_methods")
PAGE_HANDLERS: Key[Mapping[str, Callable[..., object]]] = Key("playwright_page_event_handlers")
