"""Take due candidates out of the frontier, as many as keep an outlet's connections busy, and make their requests."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from scrapy import Request
from scrapy.settings import BaseSettings

from archive import frontier
from archive.asked import asked_to_json
from archive.writer import Writer
from kickcrawl.answer import REDIRECTS
from spiders.network.envelope import ABOUT, HANDLED_STATUSES, IS_FIRST
from spiders.plan import CrawlPlan
from spiders.run import OutletRun
from spiders.wiring import page_meta

# Requests that wait for an answer, for each connection of an outlet: enough to keep it busy while the archive takes out
# the next ones, few enough to be finished within seconds when the crawl is asked to stop.
AWAITED_PER_CONNECTION = 4
# Pages of an outlet that are being read or stored beside them: enough to keep the workers busy, few enough to be
# fetched again after a crawl was killed.
MAX_UNSTORED = 16
MAX_AWAITED_IN_ALL = 600  # requests that wait for an answer, and likewise pages, over all outlets that are crawled
_ERRORS = list(range(400, 600))


def room_for(run: OutletRun, limit: int | None, connections: int, outlets: int = 1) -> int:
    """Return how many candidates of *run* may be leased now: 0 until there is room for half of the most at once.

    *outlets*: how many share what may wait in all; no outlet that answers slowly takes another's part.
    """
    share = max(2, MAX_AWAITED_IN_ALL // outlets)
    most = min(AWAITED_PER_CONNECTION * connections, share)
    room = min(most - run.awaited, most + min(MAX_UNSTORED, share) - run.in_flight)
    if run.is_spent or not run.is_discovered or room < most // 2:
        return 0
    return min(room, run.wants_more(limit))


async def lease(write: Writer, run: OutletRun, plan: CrawlPlan, count: int) -> list[frontier.Due]:
    """Take up to *count* due candidates of the time that *plan* asks for, newest first."""
    since, until = plan.span(run.outlet)
    is_limited = plan.limit is not None
    leased = await write(frontier.lease, run.outlet.slug, count, datetime.now(UTC), since, until, is_limited=is_limited)
    run.take(len(leased))
    return leased


def article_request(
    run: OutletRun,
    due: frontier.Due,
    settings: BaseSettings,
    *,
    callback: Callable[..., Any],
    errback: Callable[..., Any],
    follow: bool = False,
) -> Request:
    """Return the request for *due*. A redirect of an archived article comes to *callback*, unless it is to *follow*."""
    handled = _ERRORS if follow or not due.is_known else [*_ERRORS, *sorted(REDIRECTS)]
    return Request(
        due.url,
        callback=callback,
        errback=errback,
        cb_kwargs={"run": run, "due": due},
        dont_filter=True,  # the frontier has filtered
        meta={
            **HANDLED_STATUSES.entry(handled),
            **ABOUT.entry(asked_to_json(due)),
            **IS_FIRST.entry(not due.was_checked),
            **page_meta(run.outlet, settings),
        },
    )
