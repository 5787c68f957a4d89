"""Act on what came of a request for an article, where that is no page to be read: the answer means something else
(kickcrawl.answer), or there was none (spiders.network.failures)."""

import json
import logging
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial

from scrapy.exceptions import IgnoreRequest, ResponseDataLossError
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError

from archive import frontier
from archive.asked import MISSING_PAGES, missing_pages_to_json
from archive.captures import Captures
from archive.doubts.refusals import resolve_missing, resolve_redirected, resolve_rejected
from archive.writer import Writer
from kickcrawl.answer import Meaning, meaning_of
from kickcrawl.article import Reason, Rejection
from kickcrawl.dates import to_iso
from kickcrawl.errors import KickcrawlError
from kickcrawl.urls import same_address
from spiders.network.envelope import FETCH
from spiders.network.failures import (
    BudgetSpent,
    Disallowed,
    HostDown,
    Refused,
    Stopping,
    Unreachable,
    bound_of,
    reason_of,
)
from spiders.run import OutletRun

logger = logging.getLogger(__name__)


def meaning(response: Response, due: frontier.Due) -> Meaning:
    """Return what the answer to the request for *due* means."""
    location = (response.headers.get(b"Location") or b"").decode("latin-1")
    return meaning_of(response.status, location, url=response.url, is_known=due.is_known)


async def note_missing(write: Writer, run: OutletRun, due: frontier.Due, response: Response) -> None:
    """Note that the server says that *due* is not there: an archived article is gone, anything else never was one."""
    at = FETCH.of(response).fetched_at
    gone = await write(resolve_missing, due.url, run.run_id, run.outlet.slug, response.status, at)
    run.count("gone" if gone else "rejected/not-found")


async def note_missing_pages(
    write: Writer, captures: Captures, run: OutletRun, due: frontier.Due, missing: tuple[str, ...]
) -> None:
    """Note beside the captures which further pages of *due* could not be had: a rebuild cannot tell it otherwise."""
    told = json.dumps(missing_pages_to_json(due, missing))
    await write(captures.note, run.outlet.slug, MISSING_PAGES, told.encode(), _now(), run_id=run.run_id)
    run.count("missing-pages", len(missing))
    logger.info("%s: %s goes without %s, which could not be had", run.outlet.slug, due.url, ", ".join(missing))


async def leads_to_other(write: Writer, run: OutletRun, due: frontier.Due, target: str, response: Response) -> bool:
    """Resolve an archived article whose address redirects to *target*, another archived one; False if it does not."""
    at = FETCH.of(response).fetched_at
    gone = await write(resolve_redirected, due.url, target, run.run_id, run.outlet.slug, at, due.standing)
    if gone is not None:
        run.count("gone" if gone else "rejected/other-article")
    return gone is not None


async def put_off(write: Writer, run: OutletRun, due: frontier.Due, reason: str) -> None:
    """Put *due* back for *reason*, due again after a pause that grows with each failure."""
    await write(frontier.defer, due.url, reason, datetime.now(UTC))
    run.count("deferred")
    logger.info("%s: put off %s (%s)", run.outlet.slug, due.url, reason)


async def note_failure(write: Writer, run: OutletRun, due: frontier.Due, url: str, error: BaseException | None) -> None:
    """Resolve *due*, or put it back: the request for *url*, to which it led, was not answered because of *error*.

    What says nothing about the page (the host is down, a budget is used up, the crawl is ending) leaves it due.
    """
    bound = bound_of(error)
    if isinstance(error, HostDown | BudgetSpent | Unreachable):
        run.failure = run.failure or f"{run.outlet.slug}: {error}; the rest is still due, run again later"
    if isinstance(error, HostDown | BudgetSpent | Stopping):
        await write(frontier.release, run.outlet.slug, [due.url])
    elif bound in ("size", "redirects"):
        reason: Reason = "too-large" if bound == "size" else "redirects"
        await note_doubtful(write, run, due, Rejection(reason=reason), _now())
    elif isinstance(error, ResponseDataLossError):
        await note_doubtful(write, run, due, Rejection(reason="unreadable", detail=reason_of(error)), _now())
    elif _is_forbidden(error) and not same_address(url, due.url):
        await note_doubtful(write, run, due, Rejection(reason="redirects", detail=str(error)), _now())
    elif isinstance(error, IgnoreRequest) and not isinstance(error, Unreachable | HttpError):
        await _exclude(write, run, due, str(error))
    else:
        await put_off(write, run, due, reason_of(error or IgnoreRequest("no answer")))


async def note_doubtful(write: Writer, run: OutletRun, due: frontier.Due, rejection: Rejection, at: str) -> None:
    """Note that what *due* answered *at* is no article: it is asked for again until that has lasted for days."""
    fate = await write(
        partial(resolve_rejected, is_known=due.is_known, standing=due.standing),
        *(due.url, run.run_id, run.outlet.slug, rejection, at),
    )
    run.count(f"rejected/{rejection.reason}")
    if fate == "gone":
        run.count("gone")


async def _exclude(write: Writer, run: OutletRun, due: frontier.Due, reason: str) -> None:
    """Note that *due* may not be fetched: robots.txt or the address guard says no."""
    await write(frontier.resolve, due.url, "excluded", _now(), reason)
    run.count("excluded")


def _is_forbidden(error: BaseException | None) -> bool:
    """Tell whether the address guard or robots.txt kept the request back."""
    return isinstance(error, Refused | Disallowed) and not isinstance(error, Unreachable)


def _now() -> str:
    return to_iso(datetime.now(UTC))


async def note_mistake(write: Writer, run: OutletRun, url: str, why: str) -> None:
    """Put the candidate at *url* back: a mistake of ours kept it from being handled, with which its run fails."""
    run.failure = run.failure or f"{run.outlet.slug}: {url} could not be handled ({why})"
    with suppress(KickcrawlError):  # the archive itself may be what failed
        await write(frontier.defer, url, why, datetime.now(UTC))
