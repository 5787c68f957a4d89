"""How seeds are read: in a worker process, which can be killed (Workers.call), or right here."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from scrapy.http import Response

from archive.seeds.read_before import HEAVY, READ, READ_AGAIN, was_read
from archive.writer import Writer
from kickcrawl.errors import HarmfulSeedError, KickcrawlError, SeedError
from kickcrawl.workers.timed import timed
from spiders.network.envelope import FETCH

# An answer that is read in the crawl's own process: bytes, and seconds of CPU that it took a worker. The event loop may
# be held up for all of them, by one regular expression.
MAX_BYTES_HERE = 512 << 10
MAX_SECONDS_HERE = 1.0

Found = TypeVar("Found")
logger = logging.getLogger(__name__)


class SeedReader(Protocol):
    """Calls a function of the domain, which stands at module level, with picklable values. Raises SeedError."""

    def __call__(self, function: Callable[..., Found], /, *values: Any) -> Awaitable[Found]: ...


async def read_here(function: Callable[..., Found], /, *values: Any) -> Found:
    """Read in this process, for what is known to be harmless."""
    return function(*values)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerReader:
    """Reads answers of the seeds of one outlet: what is new *in_worker*, and what was read before in this process.

    So a run that finds nothing new starts no worker, which loads for half a second. *count* counts which was which.
    """

    write: Writer
    count: Callable[[str], None]
    in_worker: SeedReader

    async def read(self, response: Response, function: Callable[..., Found], /, *values: Any) -> Found:
        """Return ``function(*values)``, which reads *response*. Raises SeedError."""
        kept = FETCH.get(response) if response.request is not None else None
        is_small = len(response.body) <= MAX_BYTES_HERE
        # What of an answer is not kept is not compared either.
        if kept is not None and kept.withheld is None and is_small and await self.write(was_read, kept.capture_id):
            try:
                found = await asyncio.to_thread(function, *values)
            except KickcrawlError:
                self.count(READ_AGAIN)
                raise
            except Exception:  # a mistake of ours, which the worker below tells as it does any
                logger.debug("%s could not be read again", response.url, exc_info=True)
            else:
                self.count(READ_AGAIN)
                return found
        self.count(READ)
        try:
            answer: Found | SeedError
            answer, seconds = await self.in_worker(timed, function, *values)
        except HarmfulSeedError:
            self.count(HEAVY)
            raise
        if seconds > MAX_SECONDS_HERE:
            self.count(HEAVY)
        if isinstance(answer, SeedError):
            raise answer
        return answer
