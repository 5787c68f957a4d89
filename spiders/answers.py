"""Settle a candidate whose answer is no page to be read: missing, leading to another story, put off, or shut out."""

import logging
from contextlib import suppress
from datetime import UTC, datetime

from scrapy.http import Response

from archive import frontier
from archive.visits import settle_led_away, settle_missing, settle_rejected
from archive.writer import Writer
from kickcrawl.article import Reason, Rejection
from kickcrawl.dates import to_iso
from kickcrawl.urls import canonicalize
from spiders.network.envelope import FETCH
from spiders.run import OutletRun

logger = logging.getLogger(__name__)


async def note_missing(write: Writer, run: OutletRun, due: frontier.Due, response: Response) -> None:
    """Note that the server says that *due* is not there: an archived story is gone, anything else never was one."""
    at = FETCH.of(response).fetched_at
    gone = await write(settle_missing, due.url, run.run_id, run.outlet.slug, response.status, at)
    run.count("gone" if gone else "rejected/not-found")


async def leads_away(write: Writer, run: OutletRun, due: frontier.Due, response: Response) -> bool:
    """Settle an archived story whose address redirects to another archived one; False if it does not.

    WordPress leads the address of a withdrawn post to whatever begins alike: that page need not be fetched.
    """
    location = (response.headers.get(b"Location") or b"").decode("latin-1")
    gone = None
    with suppress(ValueError):  # no web address: nothing of ours
        target = canonicalize(response.urljoin(location))
        gone = await write(settle_led_away, due.url, target, run.run_id, run.outlet.slug, FETCH.of(response).fetched_at)
    if gone is not None:
        run.count("gone" if gone else "rejected/other-article")
    return gone is not None


async def put_off(write: Writer, run: OutletRun, due: frontier.Due, reason: str) -> None:
    """Put *due* back for *reason*, due again after a pause."""
    await write(frontier.defer, due.url, reason, datetime.now(UTC))
    run.count("deferred")
    logger.info("%s: put off %s (%s)", run.outlet.slug, due.url, reason)


async def turn_down(write: Writer, run: OutletRun, due: frontier.Due, reason: Reason) -> None:
    """Note that the page of *due* goes beyond a bound for good: it is fetched again only where a seed names an edit."""
    await write(settle_rejected, due.url, run.run_id, run.outlet.slug, Rejection(reason=reason), _now())
    run.count(f"rejected/{reason}")


async def shut_out(write: Writer, run: OutletRun, due: frontier.Due, reason: str) -> None:
    """Note that *due* may not be fetched: robots.txt or the address guard says no."""
    await write(frontier.settle, due.url, "excluded", _now(), reason)
    run.count("excluded")


def _now() -> str:
    return to_iso(datetime.now(UTC))
