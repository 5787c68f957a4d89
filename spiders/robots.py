"""Obey robots.txt: ask for it once a day and host, before anything else, and refuse what it refuses.

The reading of it is kickcrawl.robots'; here it is fetched, kept and applied to the pace.
"""

import asyncio
import logging
import time
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http.request import NO_CALLBACK

from kickcrawl.robots import LIFETIME, RobotsPolicy, read_robots
from spiders.bounds import bound_of
from spiders.guard import Refused
from spiders.words import in_words

ONE_BY_ONE = 1.0  # seconds; a site that asks for so much is asked for nothing while an answer is still to come
LONGEST_DELAY = 60.0  # seconds; a longer Crawl-delay is a way to say no, and is answered by this one

logger = logging.getLogger(__name__)


class Disallowed(IgnoreRequest):
    """robots.txt does not allow this request, or could not be read, so that nothing is allowed."""


class RobotsMiddleware:
    """Holds one RobotsPolicy for each origin."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._policies: dict[str, tuple[float, asyncio.Task[RobotsPolicy]]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "RobotsMiddleware":
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        if request.meta.get("is_robots"):
            return
        policy = await self.policy(request.url)
        if not policy.allows(request.url):
            self._crawler.stats.inc_value("robotstxt/forbidden")
            raise Disallowed(f"robots.txt of {urlsplit(request.url).netloc}: {policy.unreachable or 'disallowed'}")

    async def policy(self, url: str) -> RobotsPolicy:
        """Return the policy for the origin of *url*, fetched if it is not known or a day old."""
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        known = self._policies.get(origin)
        if known is None or time.monotonic() - known[0] > LIFETIME:
            known = (time.monotonic(), asyncio.ensure_future(self._fetch(origin)))
            self._policies[origin] = known
        # shield: a request that is cancelled while it waits must not take the others' answer away.
        return await asyncio.shield(known[1])

    async def _fetch(self, origin: str) -> RobotsPolicy:
        request = Request(f"{origin}/robots.txt", meta={"is_robots": True}, callback=NO_CALLBACK, priority=1000)
        agent = self._crawler.settings["BOT_NAME"]
        try:
            response = await self._crawler.engine.download_async(request)
        except Refused as error:
            logger.debug("%s/robots.txt leads where it cannot be read, so there are no rules: %s", origin, error)
            return RobotsPolicy()
        except Exception as error:  # Scrapy's and Twisted's, of every kind: unreachable is what it means (RFC 9309)
            if bound_of(error) == "redirects":
                return RobotsPolicy()  # RFC 9309, 2.3.1.2: after five redirects it may be taken for not there
            logger.info("%s/robots.txt cannot be reached: %s", origin, in_words(error))
            return RobotsPolicy(unreachable=f"cannot be reached ({in_words(error)})")
        policy = read_robots(response.status, response.body, agent)
        if policy.crawl_delay:
            self._slow_down(request, min(policy.crawl_delay, LONGEST_DELAY))
        return policy

    def _slow_down(self, request: Request, delay: float) -> None:
        """Keep the longer of our delay and theirs for the host's slot, without jitter below it."""
        slot = self._crawler.engine.downloader.slots[request.meta["download_slot"]]
        if delay > slot.delay:
            logger.info("robots.txt of %s asks for %g s between requests", urlsplit(request.url).netloc, delay)
            slot.delay, slot.jitter = delay, 0.0
            if delay >= ONE_BY_ONE:
                slot.concurrency = 1
