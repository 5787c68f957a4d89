"""Ask a web archive for captures: send a request, take the page out of the answer, keep it with where it came from."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import ResponseDataLossError
from scrapy.http.request import NO_CALLBACK

from archive.backfill.found import FoundCapture, give_back, note_asked, put_off_found, resolve_found
from archive.backfill.opened import BadCapture, Opened, open_range, open_replay
from archive.captures import Captures
from archive.warc.records import Exchange, Headers
from archive.writer import Writer
from kickcrawl.article import PageSource
from kickcrawl.errors import SeedError
from kickcrawl.fingerprint import bytes_digest
from kickcrawl.page.encodings import decode_body
from kickcrawl.statement import Statement
from spiders.network.capture import allowed
from spiders.network.envelope import ABOUT, AS_SENT, HANDLED_STATUSES, MAX_BYTES, NO_REDIRECT
from spiders.network.failures import bound_of, is_passing, reason_of
from spiders.run import OutletRun

_ROOM = 1 << 16  # bytes beyond a record, by which a server that sends the whole file is noticed

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPage:
    """A page that came from a web archive, as the archive keeps it now, with the header lines that it had.

    *withheld*: the statement for which its body is not kept. *captured_at*: when the web archive fetched it.
    """

    capture_id: int
    source: PageSource
    captured_at: str
    headers: Headers
    withheld: Statement | None


class CaptureFetcher:
    """Fetches captures for *run*. An answer that is not the capture that was named is kept, and counted."""

    def __init__(self, crawler: Crawler, run: OutletRun, write: Writer, captures: Captures) -> None:
        self._crawler, self._run, self._write, self._captures = crawler, run, write, captures

    async def ask(self, found: FoundCapture, request: Request) -> Request:
        """Note that *request*, which is for *found*, is about to be sent, and return it."""
        await self._write(note_asked, found.address, datetime.now(UTC))
        return request

    async def fetch(self, found: FoundCapture, about: Mapping[str, object]) -> KeptPage | None:
        """Return the page in *found*, kept with *about*; None where it was refused or put off, which is noted.

        Raises SeedError where nothing more can be asked for now.
        """
        request = await self.ask(found, capture_request(found, about))
        try:
            await self._crawler.engine.download_async(request)
        except Exception as error:  # of Scrapy's, Twisted's and the guard's kinds
            await self.failed(found, error)
            return None
        return await self.take(found, request)

    async def take(self, found: FoundCapture, request: Request) -> KeptPage | None:
        """Return the page in the answer to *request*, kept; None where that is not *found*, which is noted."""
        exchange = AS_SENT.of(request)[-1]
        opened = _open(found, exchange)
        if isinstance(opened, BadCapture):
            await self._refuse(found, exchange, opened)
            return None
        return await self._keep(found, exchange, opened)

    async def _keep(self, found: FoundCapture, exchange: Exchange, opened: Opened) -> KeptPage:
        page = replace(
            exchange,
            url=opened.url,
            fetched_at=opened.captured_at,
            status=opened.status,
            body=opened.body,
            digest=bytes_digest(opened.body),
            headers=opened.headers,
            source=found.address,
            created_at=exchange.fetched_at,
        )
        kept, withheld = allowed(page)
        slug, run_id = self._run.outlet.slug, self._run.run_id
        capture_id = await self._write(self._captures.keep, slug, run_id, kept)
        lines = {name.lower(): value for name, value in opened.headers}
        body = decode_body(opened.body, lines.get("content-encoding"))
        return KeptPage(
            capture_id=capture_id,
            source=PageSource(url=opened.url, body=body, content_type=lines.get("content-type")),
            captured_at=opened.captured_at,
            headers=opened.headers,
            withheld=withheld,
        )

    async def _refuse(self, found: FoundCapture, exchange: Exchange, bad: BadCapture) -> None:
        """Keep what came in place of a capture, and note why it was not taken: 5xx are asked for again."""
        reason = f"{bad.fault}: {bad.detail}"
        await self._write(self._captures.keep, self._run.outlet.slug, self._run.run_id, allowed(exchange)[0])
        if exchange.status >= 500 or bad.fault == "half":
            state = await self._write(put_off_found, found.address, reason)
            self._run.count("deferred" if state == "due" else f"capture/{bad.fault}")
        else:
            await self._write(resolve_found, found.address, "rejected", reason)
            self._run.count(f"capture/{bad.fault}")
        logger.info("%s: not taken (%s): %s", self._run.outlet.slug, reason, found.address)

    async def failed(self, found: FoundCapture, error: BaseException) -> None:
        """Note why the request for *found* was not answered. Raises SeedError where no more can be asked for now."""
        if bound := bound_of(error):
            self._run.count(f"bound/{bound}")
        if is_passing(error):
            await self._write(give_back, found.address)
            raise SeedError(reason_of(error)) from error
        if bound == "size":
            await self._write(resolve_found, found.address, "rejected", "too-large: more came than was named")
            self._run.count("capture/too-large")
            return
        reason = f"half: {reason_of(error)}" if isinstance(error, ResponseDataLossError) else reason_of(error)
        state = await self._write(put_off_found, found.address, reason)
        self._run.count("deferred" if state == "due" else "capture/failed")
        logger.info("%s: put off (%s): %s", self._run.outlet.slug, reason, found.address)


def capture_request(
    found: FoundCapture,
    about: Mapping[str, object],
    callback: Callable[..., Any] = NO_CALLBACK,
    errback: Callable[..., Any] | None = None,
) -> Request:
    """Return the request for *found*: for a replay, or for the bytes of a record where its address names some."""
    url, _, span = found.address.partition("#bytes=")
    meta = {
        **AS_SENT.entry([]),
        **ABOUT.entry(about),
        **NO_REDIRECT.entry(True),
        **HANDLED_STATUSES.entry(list(range(300, 600))),
    }
    headers = {"Accept-Encoding": "identity"}
    if span:
        headers["Range"] = f"bytes={span}"
        meta |= MAX_BYTES.entry(_length(span) + _ROOM)
    kwargs = {"found": found} if errback is not None else {}
    return Request(
        url, callback=callback, errback=errback, cb_kwargs=kwargs, dont_filter=True, headers=headers, meta=meta
    )  # fmt: skip


def _open(found: FoundCapture, exchange: Exchange) -> Opened | BadCapture:
    _, _, span = found.address.partition("#bytes=")
    if span:
        return open_range(found, exchange.status, exchange.body, _length(span))
    return open_replay(found, exchange.status, exchange.headers, exchange.body)


def _length(span: str) -> int:
    first, _, last = span.partition("-")
    return int(last) - int(first) + 1
