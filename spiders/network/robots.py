"""Obey robots.txt: fetch it once a day and host, before anything else, and refuse what it disallows.

kickcrawl.robots parses it; here it is fetched, kept and applied to the pace.
"""

import asyncio
import logging
import time
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http.request import NO_CALLBACK

from kickcrawl.robots import LIFETIME, RobotsPolicy, disallowed, read_robots
from spiders.network.envelope import DOWNLOAD_SLOT, IS_ROBOTS, VOUCHED
from spiders.network.failures import BudgetSpent, Disallowed, Refused, Unreachable, bound_of, reason_of

MIN_SERIAL_DELAY = 1.0  # seconds; a site that asks for so much gets one request at a time
RETRY_AFTER = 300.0  # seconds until a robots.txt that could not be fetched is asked for again
MAX_DELAY = 60.0  # seconds; this is kept in place of a longer Crawl-delay, which would amount to a refusal

logger = logging.getLogger(__name__)


class RobotsMiddleware:
    """Holds one RobotsPolicy for each origin, and lets no request pass that it does not allow."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._policies: dict[str, tuple[float, asyncio.Task[RobotsPolicy]]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "RobotsMiddleware":
        """Return the crawl's one keeper of policies."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let the request pass. Raises Disallowed, or Unreachable where robots.txt could not be read."""
        if IS_ROBOTS.get(request):
            return
        policy = await self.policy(request.url, VOUCHED.get(request))
        if not policy.allows(request.url):
            self._crawler.stats.inc_value("robotstxt/forbidden")
            host = urlsplit(request.url).netloc
            if policy.unreachable:
                raise Unreachable(
                    f"robots.txt of {host} {policy.unreachable}, so nothing may be fetched there (RFC 9309)"
                )
            raise Disallowed(disallowed(host))

    async def policy(self, url: str, vouched: str | None = None) -> RobotsPolicy:
        """Return the policy for the origin of *url*, fetched if it is not known or a day old.

        *vouched* is its host where that is none of the outlet's, and the outlet's sitemaps are there.
        """
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        known, now = self._policies.get(origin), time.monotonic()
        if known is None or (known[1].done() and now >= known[0]):
            known = (
                now + LIFETIME,
                asyncio.ensure_future(self._renew(origin, vouched, known[1].result() if known else None)),
            )
            self._policies[origin] = known
        # shield: a request that is cancelled while it waits must not cancel the fetch that others wait for.
        return known[1].result() if known[1].done() else await asyncio.shield(known[1])

    async def _renew(self, origin: str, vouched: str | None, last: RobotsPolicy | None) -> RobotsPolicy:
        """Return a fresh policy; the *last* one while robots.txt cannot be fetched (RFC 9309, 2.4)."""
        policy = await self._fetch(origin, vouched)
        if not policy.unreachable:
            return policy
        self._policies[origin] = (time.monotonic() + RETRY_AFTER, self._policies[origin][1])
        return policy if last is None else last

    async def _fetch(self, origin: str, vouched: str | None) -> RobotsPolicy:
        meta = {**IS_ROBOTS.entry(True), **(VOUCHED.entry(vouched) if vouched else {})}
        request = Request(f"{origin}/robots.txt", meta=meta, callback=NO_CALLBACK, priority=1000)
        agent = self._crawler.settings["BOT_NAME"]
        try:
            response = await self._crawler.engine.download_async(request)
        except Refused as error:
            logger.debug("%s/robots.txt leads where nothing may be read, so there are no rules: %s", origin, error)
            return RobotsPolicy()
        except BudgetSpent:
            raise  # nothing is asked for any more, which says nothing about the host
        except Exception as error:  # Scrapy's and Twisted's, of every kind: unreachable is what it means (RFC 9309)
            if bound_of(error) == "redirects":
                return RobotsPolicy()  # RFC 9309, 2.3.1.2: after five redirects it may be taken for not there
            logger.info("%s/robots.txt cannot be reached: %s", origin, reason_of(error))
            return RobotsPolicy(unreachable=f"cannot be reached ({reason_of(error)})")
        policy = read_robots(response.status, response.body, agent)
        if policy.crawl_delay:
            self._slow_down(request, min(policy.crawl_delay, MAX_DELAY))
        return policy

    def _slow_down(self, request: Request, delay: float) -> None:
        """Keep the longer of our delay and theirs for the host's slot, without jitter below it.

        Also for the slots to come: Scrapy forgets one that was idle for a minute.
        """
        downloader, key = self._crawler.engine.downloader, DOWNLOAD_SLOT.of(request)
        settings = downloader.per_slot_settings.setdefault(key, {})
        if delay <= settings.get("delay", self._crawler.settings.getfloat("DOWNLOAD_DELAY")):
            return
        logger.info("robots.txt of %s asks for %g s between requests", urlsplit(request.url).netloc, delay)
        settings |= {"delay": delay, "jitter": 0.0, **({"concurrency": 1} if delay >= MIN_SERIAL_DELAY else {})}
        if slot := downloader.slots.get(key):
            slot.delay, slot.jitter, slot.concurrency = delay, 0.0, settings.get("concurrency", slot.concurrency)
