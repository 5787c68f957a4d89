"""What a browser got from the network while it built a page, so that it can be kept beside the finished page."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page
from playwright.async_api import Request as BrowserRequest
from playwright.async_api import Response as BrowserResponse

MAX_ANSWERS = 100  # of one page that are kept
MAX_ANSWER_BYTES = 8 << 20
# The browser gives bodies decoded: what would say otherwise must not stand over them.
_UNTRUE = frozenset(("content-encoding", "content-length", "transfer-encoding"))
Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class BrowserAnswer:
    """A request of the page and its answer, *body* decoded."""

    url: str
    method: str
    request_headers: Headers
    status: int
    headers: Headers
    body: bytes
    address: str | None


class BrowserLog:
    """Notes the answers while the page is open; collect() is the page's last method before it is closed."""

    def __init__(self) -> None:
        self.answers: Sequence[BrowserAnswer] = ()
        self._reading: list[asyncio.Task[BrowserAnswer | None]] = []

    def note(self, response: BrowserResponse) -> None:
        """Be told of an answer (Playwright's event "response")."""
        if len(self._reading) < MAX_ANSWERS:
            self._reading.append(asyncio.ensure_future(_read(response)))

    async def collect(self, page: Page) -> None:
        """Wait for what is still being read; what the page has not finished by now is left out."""
        del page  # unused: a method of a page is called with it
        reading, self._reading = self._reading, []
        done = (await asyncio.wait(reading, timeout=2))[0] if reading else set()
        for task in reading:
            task.cancel()
        self.answers = [answer for task in reading if task in done and (answer := task.result()) is not None]


async def _read(response: BrowserResponse) -> BrowserAnswer | None:
    with suppress(PlaywrightError):  # a redirect has no body, and an answer may be gone with its frame
        request: BrowserRequest = response.request
        body = await response.body() if not 300 <= response.status < 400 else b""
        server = await response.server_addr()
        if len(body) <= MAX_ANSWER_BYTES:
            return BrowserAnswer(
                url=response.url,
                method=request.method,
                request_headers=_lines(await request.all_headers()),
                status=response.status,
                headers=_lines(await response.all_headers()),
                body=body,
                address=str(server["ipAddress"]) if server else None,
            )
    return None


def _lines(headers: dict[str, str]) -> Headers:
    lines = (
        (f"x-kickcrawl-{name}" if name in _UNTRUE else name, part)
        for name, value in headers.items()
        for part in value.split("\n")  # so Playwright joins lines of one name
    )
    return tuple((name, value) for name, value in lines if not name.startswith(":"))
