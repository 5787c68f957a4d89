"""Spare requests where a site without an outlet file is recognised anew in each run: what the survey fetched is used
again when the seeds are asked, and usual places that were empty in the last days are not asked again."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from scrapy.http import Response

from archive.seeds.missing import was_missing
from archive.writer import Writer
from kickcrawl.dates import to_iso
from kickcrawl.errors import SeedError

ASK_AGAIN = timedelta(days=7)


@dataclass(slots=True, kw_only=True)
class ThriftyFetch:
    """*fetch* for the survey of *outlet*, and then for its seeds."""

    fetch: Callable[[str], Awaitable[Response]]
    write: Writer
    outlet: str
    now: datetime
    _answers: dict[str, Response] = field(default_factory=dict)

    async def survey(self, url: str) -> Response:
        """Return the answer to *url* and keep it. Raises SeedError where there was none lately, or none comes back."""
        if await self.write(was_missing, self.outlet, url, to_iso(self.now - ASK_AGAIN)):
            raise SeedError("HTTP 404 in the last days")
        self._answers[url] = await self.fetch(url)
        return self._answers[url]

    async def once(self, url: str) -> Response:
        """Return the answer that the survey got, the first time; else what *url* answers."""
        kept = self._answers.pop(url, None)
        return kept if kept is not None else await self.fetch(url)
