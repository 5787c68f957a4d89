"""Apply the stored answers of a run again: store articles, mark missing ones as gone, resolve redirects that lead to
other articles."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from archive import frontier
from archive.asked import Asked
from archive.database import Archive
from archive.doubts.refusals import resolve_missing, resolve_redirected, resolve_rejected
from archive.replay.kept import KeptCapture, get_capture
from archive.replay.replay import MissingPage, is_known, replay, request_of
from archive.visits import store_visits
from archive.warc.files import read_record
from archive.warc.owner import warc_folder
from archive.warc.records import Record
from kickcrawl.answer import SHOWN, Step, meaning_of, sets_new_cookie
from kickcrawl.article import Candidate, Claim, Moment, Rejection, SeedKind, Visit
from kickcrawl.outlet import Outlet
from kickcrawl.page.html import leads_on
from kickcrawl.platforms import posts_lists
from kickcrawl.urls import canonicalize, is_further_page
from kickcrawl.workers.workers import Workers

_SEEDS: tuple[SeedKind, ...] = (*posts_lists(), "sitemap", "feed", "listing")
BATCH = 32  # articles read at once and stored in a transaction


@dataclass(frozen=True, slots=True)
class AskedCapture:
    """A capture that an article was asked for with, and what the crawler knew of the article then.

    *missing* are its further pages that could not be had.
    """

    capture_id: int
    asked: Asked
    missing: frozenset[str] = frozenset()


async def reapply(
    archive: Archive,
    run_id: int,
    outlet: Outlet,
    span: tuple[str | None, str | None],
    answers: Sequence[AskedCapture],
    workers: Workers,
) -> None:
    """Apply the *answers* of a run in its order; articles are read a batch at a time, on all cores.

    *span* is the time that the run asked for: since and until, ISO in UTC.
    """
    waiting: list[Visit] = []
    _name_again(archive, outlet.slug, answers)
    for answer in answers:
        capture, asked = get_capture(archive, answer.capture_id), answer.asked
        known = capture.shown_status not in SHOWN and is_known(archive, asked.url)
        meaning = meaning_of(capture.shown_status, capture.location, url=capture.url, is_known=known)
        if meaning.step is Step.READ:
            waiting += _visits(archive, capture, outlet, answer, span)
            if len(waiting) < BATCH:
                continue
        await _store(archive, waiting, workers)
        if meaning.step is Step.MISSING:
            resolve_missing(archive, asked.url, run_id, outlet.slug, capture.status, capture.fetched_at)
        elif meaning.step is Step.CHECK_TARGET and meaning.target is not None:
            at = capture.fetched_at
            resolve_redirected(archive, asked.url, meaning.target, run_id, outlet.slug, at, asked.standing)
        elif meaning.step is Step.DOUBT:
            rejection = Rejection(reason="not-found", detail=meaning.reason or "")
            resolve_rejected(
                archive,
                asked.url,
                run_id,
                outlet.slug,
                rejection,
                capture.fetched_at,
                is_known=known,
                standing=asked.standing,
            )
        # FOLLOW: the capture behind the redirect is an answer of its own. PUT_OFF: the candidate stays due.
    await _store(archive, waiting, workers)


def guess(outlet: Outlet, unasked: Sequence[tuple[int, Record]], answers: Sequence[AskedCapture]) -> list[AskedCapture]:
    """Return which captures look like articles by their addresses, where the requests are damaged and cannot tell.

    *unasked* are such captures: the id of the row, and the answer's record. Nothing is known of them but the page.
    """
    return [
        AskedCapture(capture_id, Asked(url=canonicalize(record.url)))
        for capture_id, record in unasked
        if record.status in SHOWN
        and outlet.classify(record.url).is_article
        and not any(is_further_page(record.url, answer.asked.url) for answer in answers)
    ]


def _visits(
    archive: Archive, capture: KeptCapture, outlet: Outlet, answer: AskedCapture, span: tuple[str | None, str | None]
) -> list[Visit]:
    """Return the visit of the article whose first page is *capture*, as a list of one.

    It is empty where the crawl stored nothing either: the crawl ended before all pages were asked for, or the page led
    on to another address by itself (then the capture of that address counts).
    """
    folder, is_missing = warc_folder(archive.path), answer.missing.__contains__
    try:
        visit = replay(archive, folder, capture, outlet.rules, asked=answer.asked, span=span, is_missing=is_missing)
    except MissingPage:
        return []
    leads = leads_on(visit.page.sources[0], may_stay=_sets_new_cookie(archive, capture))
    return [visit] if leads is None else []


def _sets_new_cookie(archive: Archive, capture: KeptCapture) -> bool:
    folder = warc_folder(archive.path)
    answer, request = read_record(folder, capture.location_in_warc), request_of(archive, folder, capture)
    set_cookie = [value for name, value in answer.headers if name.lower() == "set-cookie"]
    return sets_new_cookie(set_cookie, (request.header("Cookie") if request else None) or "")


def _name_again(archive: Archive, outlet: str, answers: Sequence[AskedCapture]) -> None:
    """Write what was asked for into the frontier, with what its seeds had said, so that a later crawl knows it."""
    for answer in answers:
        asked = answer.asked
        by_seed = {seed: tuple(claim for claim in asked.claims if claim.source == seed) for seed in _SEEDS}
        seeds = [seed for seed, claims in by_seed.items() if claims] or ["listing"]
        candidates = [
            Candidate(
                url=asked.url,
                seed=seed,
                title=asked.title,
                native_id=asked.native_id,
                claims=by_seed[seed],
                published=_moment(by_seed[seed], "published_at"),
                modified=_moment(by_seed[seed], "modified_at"),
                protected=False,  # else it had not been asked for
            )
            for seed in seeds
        ]
        frontier.name(
            archive, outlet, candidates, datetime.fromisoformat(get_capture(archive, answer.capture_id).fetched_at)
        )


def _moment(claims: Sequence[Claim], field: str) -> Moment | None:
    return next((c.value for c in claims if c.field == field and isinstance(c.value, Moment)), None)


async def _store(archive: Archive, waiting: list[Visit], workers: Workers) -> None:
    """Read what is *waiting* and store it in its order."""

    async def read(visit: Visit) -> Visit:
        if visit.result is not None:
            return visit
        judged = await workers.read(visit.page)
        return replace(visit, result=judged.result, lookup_keys=judged.lookup_keys)

    store_visits(archive, await asyncio.gather(*map(read, waiting)))
    waiting.clear()
