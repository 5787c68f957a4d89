"""Go on with a discovery that a budget has cut short: what the backfill's runs were answered is not asked again."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from scrapy.http import Response
from scrapy.http.headers import Headers
from scrapy.responsetypes import responsetypes

from archive.backfill.backfills import find_answer
from archive.replay.held import HeldAnswer, read_held
from archive.writer import Writer
from kickcrawl.page.encodings import decode_body

_OF_TRANSFER = ("content-encoding", "content-length")


@dataclass(slots=True, kw_only=True)
class ResumedFetch:
    """*fetch* for the seeds of a backfill of *outlet* from *source*."""

    fetch: Callable[[str], Awaitable[Response]]
    write: Writer
    outlet: str
    source: str

    async def get(self, url: str) -> Response:
        """Return what *url* answered while the backfill's discovery was under way, else what it answers now."""
        held = await self.write(find_answer, self.outlet, self.source, url)
        return _response(url, await self.write(read_held, held)) if held is not None else await self.fetch(url)


def _response(url: str, held: HeldAnswer) -> Response:
    lines: dict[str, list[bytes]] = {}
    encoding = None
    for name, value in held.headers:
        if name.lower() == "content-encoding":
            encoding = value
        if name.lower() not in _OF_TRANSFER:
            lines.setdefault(name, []).append(value.encode("latin-1"))
    headers, body = Headers(lines), decode_body(held.body, encoding)
    return responsetypes.from_args(headers=headers, url=url, body=body)(
        url, status=held.status, headers=headers, body=body
    )  # fmt: skip
