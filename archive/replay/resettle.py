"""Settle what a run had asked for, as the crawl did: stories read and stored, missing ones gone, strays led away."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urljoin

from archive import frontier
from archive.captures import warc_folder
from archive.database import Archive
from archive.frontier import read_claims
from archive.replay.reextract import read_page
from archive.replay.replay import MissingPage, replay
from archive.visits import settle_led_away, settle_missing, store_visits
from archive.warc.records import Record
from kickcrawl.article import Candidate, Claim, Moment, SeedKind, Visit
from kickcrawl.outlet import Outlet
from kickcrawl.page.html import leads_on
from kickcrawl.platforms import posts_lists
from kickcrawl.urls import canonicalize, is_further_page
from kickcrawl.workers.workers import Workers

_SEEDS: tuple[SeedKind, ...] = (*posts_lists(), "sitemap", "feed", "listing")
BATCH = 32  # stories read at once and stored in a transaction


@dataclass(frozen=True, slots=True)
class Asked:
    """A capture that a story was asked for with, and what the crawler knew of the story then."""

    capture_id: int
    about: dict[str, Any]


async def settle(
    archive: Archive,
    run_id: int,
    outlet: Outlet,
    span: tuple[str | None, str | None],
    asked: Sequence[Asked],
    workers: Workers,
) -> None:
    """Settle what a run asked for, in its order: stories are read a batch at a time, on all cores."""
    waiting: list[Visit] = []
    _name_again(archive, outlet.slug, asked)
    for one in asked:
        about, capture = one.about, archive.row("SELECT * FROM captures WHERE id = :id", {"id": one.capture_id})
        assert capture is not None, "it was stored a moment ago"
        if capture["status"] == 200:
            folder = warc_folder(archive.path)
            with suppress(MissingPage):  # as in the crawl: never half a story
                visit = replay(archive, folder, capture, outlet.rules, about=about, span=span)
                if leads_on(visit.page.sources[0]) is None:  # else it was followed, and the capture behind it counts
                    waiting.append(visit)
            if len(waiting) < BATCH:
                continue
        await _store(archive, waiting, workers)
        if capture["status"] in (404, 410):
            settle_missing(archive, about["story"], run_id, outlet.slug, capture["status"], capture["fetched_at"])
        elif 300 <= capture["status"] < 400 and capture["location"] and _is_known(archive, about["story"]):
            with suppress(ValueError):  # no web address: nothing of ours
                target = canonicalize(urljoin(capture["url"], capture["location"]))
                settle_led_away(archive, about["story"], target, run_id, outlet.slug, capture["fetched_at"])
    await _store(archive, waiting, workers)


def guess(outlet: Outlet, unasked: Sequence[tuple[int, Record]], asked: Sequence[Asked]) -> list[Asked]:
    """Return which answers look like stories by their addresses, where the requests cannot tell; nothing is known of
    them but the page."""
    return [
        Asked(capture_id, {"story": canonicalize(record.url), "native_id": None, "title": None, "claims": []})
        for capture_id, record in unasked
        if record.status == 200
        and outlet.classify(record.url).is_article
        and not any(is_further_page(record.url, one.about["story"]) for one in asked)
    ]


def _name_again(archive: Archive, outlet: str, asked: Sequence[Asked]) -> None:
    """Write what was asked for into the frontier, with what its seeds had said, so that a later crawl knows it."""
    for one in asked:
        about, claims = one.about, read_claims(one.about["claims"])
        at = archive.value("SELECT fetched_at FROM captures WHERE id = :id", {"id": one.capture_id})
        by_seed = {seed: tuple(claim for claim in claims if claim.source == seed) for seed in _SEEDS}
        named = [seed for seed, said in by_seed.items() if said] or ["listing"]
        candidates = [
            Candidate(
                url=about["story"], seed=seed, title=about["title"], native_id=about["native_id"], claims=by_seed[seed],
                published=_moment(by_seed[seed], "published_at"), modified=_moment(by_seed[seed], "modified_at"),
                protected=False,  # else it had not been asked for
            )
            for seed in named
        ]  # fmt: skip
        frontier.name(archive, outlet, candidates, datetime.fromisoformat(at))


def _moment(claims: Sequence[Claim], field: str) -> Moment | None:
    return next((c.value for c in claims if c.field == field and isinstance(c.value, Moment)), None)


def _is_known(archive: Archive, url: str) -> bool:
    return archive.row("SELECT 1 FROM article_urls WHERE url = :url", {"url": url}) is not None


async def _store(archive: Archive, waiting: list[Visit], workers: Workers) -> None:
    """Read what is *waiting* and store it in its order."""

    async def read(visit: Visit) -> Visit:
        return visit if visit.result is not None else replace(visit, result=await read_page(workers, visit.page))

    store_visits(archive, await asyncio.gather(*map(read, waiting)))
    waiting.clear()
