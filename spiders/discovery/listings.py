"""Probe the pages that list articles, page after page while they name something new.

They are read to their end only where no other seed covers the outlet: the first time, and the front page's in each run
as long as it has few pages, so that what was withdrawn is noticed. A list on one page is whole if nothing on it could
bring more, and if the feed bears it out: all that it names is there, and as much again beside it. Lists by month that
do not cover, since each may hide more, are read to their end once in a week, and in between as far as they bring more.
"""

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from scrapy.http import Response

from archive.runs import SeedMemory
from archive.seeds.recheck import count_beside, count_named
from kickcrawl.article import Candidate
from kickcrawl.dates import to_iso
from kickcrawl.discovery.listing import Listing, read_listing
from kickcrawl.errors import SeedError
from kickcrawl.outlet import is_article_of
from spiders.discovery.list_walk import ListWalk
from spiders.discovery.probe import Prober
from spiders.network.envelope import LIST_BUTTON
from spiders.run import SeedReport
from spiders.visit import page_source

READ_SECTIONS_AGAIN = timedelta(days=7)  # where the front page names all that they do
READ_MONTHS_AGAIN = timedelta(days=7)  # to their end, where they do not cover the outlet
MIN_TIMES_THE_FEED = 2  # of articles that a list on one page names
MAX_SHORT_LIST_PAGES = 10  # of a front page that is read to its end in each run

logger = logging.getLogger(__name__)


async def probe_listings(prober: Prober, front: Response, *, skim: bool) -> bool:
    """Read the outlet's sections; *front* is its front page, fetched already. *skim*: another seed knows all.

    Tell whether all of them, or a front page that has all that they have, were read to their end.
    """
    outlet, memory, started = prober.run.outlet, await prober.recall("listing"), prober.now()
    paths = outlet.seeds.sections[: 1 if _front_has_all(memory, started) else None]

    ends: list[bool] = []

    async def read(report: SeedReport) -> None:
        ends.append(await _read(prober, report, front, memory, skim=skim))

    reports = [await prober.probe("listing", outlet.url(section), read) for section in paths]
    # A list on one page does not cover, but where it names nothing that those have not which do, nothing is missed.
    is_swept = any(report.covers for report in reports) and all(report.covers or not report.new for report in reports)
    if is_swept and not skim and not prober.plan.is_partial and len(paths) == len(outlet.seeds.sections):
        only_in_sections = sum(report.new for report in reports[1:])
        await prober.remember("listing", SeedMemory(swept_at=to_iso(started), surplus=only_in_sections))
    is_whole = len(ends) == len(paths) and all(ends)
    for number, report in enumerate(reports):  # a section has its own articles only; the front page the newest of all
        report.reach = ("" if is_whole else report.reach) if number == 0 and report.error is None else None
    return is_whole


def _front_has_all(memory: SeedMemory, now: datetime) -> bool:
    """Tell whether the first list alone named everything when all were read last, not long ago."""
    if memory.swept_at is None or memory.surplus != 0:
        return False
    return now - datetime.fromisoformat(memory.swept_at) < READ_SECTIONS_AGAIN


def _were_months_read(memory: SeedMemory, now: datetime) -> bool:
    """Tell whether lists by month were read to their end not long ago."""
    if memory.counted_at is None or memory.swept_at is not None:
        return False  # where they cover, a short list is read to its end in each run
    return now - datetime.fromisoformat(memory.counted_at) < READ_MONTHS_AGAIN


async def _is_short(prober: Prober, first: Sequence[Candidate]) -> bool:
    """Tell whether the list that begins with the page of *first* has few pages, by what lists have named so far."""
    return await prober.write(count_named, prober.run.outlet.slug, "listing") <= MAX_SHORT_LIST_PAGES * len(first)


async def _has_all_of_the_feed(prober: Prober, report: SeedReport) -> bool:
    """Tell whether the list of *report* names all that the feeds of this run do, and as much again beside it.

    A list of the newest, cut at some number, is of about the size of a feed.
    """
    slug, feeds = prober.run.outlet.slug, [one for one in prober.run.seeds if one.seed == "feed" and one.error is None]
    in_feeds = max((feed.named for feed in feeds), default=0)
    if in_feeds == 0 or report.named < MIN_TIMES_THE_FEED * in_feeds:
        return False
    return await prober.write(count_beside, slug, "feed", "listing") == 0


def _is_first(prober: Prober, report: SeedReport) -> bool:
    """Tell whether *report* is of the run's first list: each section may link to the same lists by month."""
    return next(one for one in prober.run.seeds if one.seed == report.seed) is report


async def _read(prober: Prober, report: SeedReport, front: Response, memory: SeedMemory, *, skim: bool) -> bool:
    """Read a list, and tell whether to its end."""
    outlet, started, was_swept = prober.run.outlet, prober.now(), memory.swept_at is not None
    tomorrow = started.date() + timedelta(days=1)  # somewhere a month begins earlier than in UTC
    walk = ListWalk(report.url, tomorrow, has_calendar=_is_first(prober, report))
    to_end, is_early = not skim and not was_swept, False
    async with prober.scan(report, to_end=to_end) as scan:
        for _ in range(prober.bounds.seed_pages):
            if (answer := await _get(prober, walk, front)) is None:
                if walk.go_on(None):
                    continue
                break
            response, listing = answer, await _listing(prober, walk, answer)
            # The next page of the list may have an article's form; as a candidate it would hide that a trap is barren.
            found = walk.articles_of(listing)
            report.reach = await prober.reach_of(await prober.canonical(found))
            named = await scan.name(found)
            walk.learn(listing, is_barren=scan.barren > 0)
            if was_swept and not skim and walk.url == outlet.home and walk.has_few_more(listing, MAX_SHORT_LIST_PAGES):
                to_end = await _is_short(prober, found)
            report.covers = report.covers or (was_swept and named.new == 0)
            if named.new == 0 and not to_end:
                return False
            if to_end and await prober.has_enough(found):
                report.covers = True
                return False
            if named.new == 0 and walk.turns_to_months(listing) and _were_months_read(memory, started):
                logger.info("%s: lists by month behind %s were read not long ago", outlet.slug, walk.url)
                walk.is_whole, is_early = False, True
                break
            if scan.is_barren or not walk.go_on(listing):
                break
        else:
            prober.bound("seed-pages", walk.url)
            walk.is_whole = False
    if walk.in_calendar and not was_swept and not is_early:
        await prober.remember("listing", replace(memory, counted_at=to_iso(started)))
    # A list without a next page may hide the rest behind a button: it covers only if that was pressed to its end.
    button, is_one_page = LIST_BUTTON.get(response), len(walk.seen) == 1
    shows_all = (button is not None and button.is_used_up) or (to_end and not is_one_page)
    shows_all = shows_all or (is_one_page and not listing.may_grow and await _has_all_of_the_feed(prober, report))
    report.covers = report.covers or (walk.is_whole and report.named > 0 and shows_all)
    return walk.is_whole and shows_all


async def _get(prober: Prober, walk: ListWalk, front: Response) -> Response | None:
    """Return the page at which *walk* is; None where it is one list by month of many, and could not be had."""
    try:
        return front if walk.url == prober.run.outlet.home else await prober.get_list(walk.url)
    except SeedError as error:
        if not walk.in_calendar:
            raise
        walk.is_whole = False
        prober.run.count("listing/unread")
        logger.info("%s: %s is left out: %s", prober.run.outlet.slug, walk.url, error)
        return None


async def _listing(prober: Prober, walk: ListWalk, response: Response) -> Listing:
    """Return what the page at which *walk* is names; the walk is not whole where that has no end."""
    is_article, most = partial(is_article_of, prober.run.outlet), prober.bounds.listing_links
    listing = await prober.read_answer(response, read_listing, page_source(response), is_article, most)
    if len(listing.candidates) == most:
        prober.bound("listing-links", walk.url)
        walk.is_whole = False
    return listing
