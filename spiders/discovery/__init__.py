"""Discover what an outlet has published: probe every seed, name candidates in the frontier, stop when all is named.

The readers are kickcrawl.discovery's and pure; here they are fed. Seeds are asked in the order of what they know:

    posts     a platform's list of all posts (WordPress' REST API, Blogger's feed): every post with exact times; later
              only what was modified since; its total tells if something is missing
    sitemaps  every post, often with times; one request for hundreds
    feeds     the newest or last edited; paged to its end only where nothing above covers the outlet
    listings  front page and sections; paged likewise
    related   what articles link to as related, once all else is done, where only lists cover the outlet

A seed *covers* the outlet when it was read to its end, or back to where an earlier run had read to.
"""

import logging

from archive.seeds.gaps import recheck_gaps
from archive.seeds.recheck import recheck_by_age
from archive.seeds.span import count_outside
from archive.seeds.times import learn_times
from kickcrawl.article import SeedKind
from kickcrawl.dates import to_iso
from kickcrawl.errors import SeedError
from kickcrawl.page.frame import is_frame
from kickcrawl.platforms import posts_lists
from kickcrawl.robots import RobotsPolicy
from spiders.discovery.feeds import probe_feeds
from spiders.discovery.listings import probe_listings
from spiders.discovery.posts import probe_posts
from spiders.discovery.probe import Prober
from spiders.discovery.site_files import ask_site_files
from spiders.discovery.sitemaps import probe_sitemaps
from spiders.discovery.thrift import ThriftyFetch
from spiders.run import SeedReport
from spiders.survey import survey
from spiders.visit import page_source

__all__ = ["Prober", "discover"]

SPOT_CHECKS = 3  # articles of a run that are fetched again although a seed says that they were not edited

logger = logging.getLogger(__name__)


async def discover(prober: Prober, robots: RobotsPolicy) -> None:
    """Fill the frontier. Sets the run's failure where the outlet is out of reach or no seed covers it."""
    run = prober.run
    if run.outlet.slug in prober.plan.unlisted and not await _recognise(prober, robots):
        return
    outlet = run.outlet
    if run.is_quick and await _tells_all_new(prober):
        return
    try:
        front = await prober.fetch_list(outlet.home)
        if front.status >= 400:
            raise SeedError(f"HTTP {front.status}")
    except SeedError as error:
        run.failure = f"{outlet.slug}: {outlet.home} is out of reach ({error}); try again later"
        return
    await ask_site_files(prober)
    lists, started = posts_lists(), to_iso(prober.now())
    posts = [await probe_posts(prober, lists[name], path) for name, path in outlet.seeds.posts.items()]
    knows_all = any(report.covers for report in posts)
    sitemaps = await probe_sitemaps(prober, robots.sitemaps, knows_all=knows_all)
    feeds = await probe_feeds(prober, skim=knows_all or sitemaps.covers)
    was_swept = (await prober.recall("feed")).swept_at is not None  # a feed may cover only what is new
    to_end = await probe_listings(prober, front, skim=knows_all or sitemaps.covers or (feeds.covers and was_swept))
    if not (knows_all or sitemaps.covers):  # else these tell themselves what they no longer name
        await _recheck_gaps(prober, started, to_end=to_end)
    if not any(report.covers for report in run.seeds):
        reasons = "; ".join(f"{report.seed}: {report.error or 'not read to its end'}" for report in run.seeds)
        is_built = not outlet.render and is_frame(page_source(front))
        advice = "its front page is empty until JavaScript fills it: write `render = true` in" if is_built else "check"
        run.failure = f"{outlet.slug}: no seed covers it ({reasons}); {advice} its outlet file"
    if prober.plan.is_partial:
        await _count_outside(prober)
    elif not knows_all:
        await _recheck(prober, sitemaps, feeds)


async def _tells_all_new(prober: Prober) -> bool:
    """Ask only the seed that tells what is new since the last run, as a quick run does; False if it did not this time.

    It is the platform's list of all posts; without one, the feeds.
    """
    run, lists = prober.run, posts_lists()
    posts = [await probe_posts(prober, lists[name], path) for name, path in run.outlet.seeds.posts.items()]
    if posts and all(report.covers for report in posts):
        return True
    if not posts and (await probe_feeds(prober, skim=True)).covers:
        return True
    run.seeds.clear()  # they are asked again, with all the others
    return False


async def _recheck(prober: Prober, sitemaps: SeedReport, feeds: SeedReport) -> None:
    """Make articles due by their age where no seed tells edits and withdrawals, and some where one says that it does:
    so it is found out if it does not."""
    slug = prober.run.outlet.slug
    trusts = [
        (report, await prober.write(learn_times, slug, report.seed))
        for report in (sitemaps, feeds)
        if report.tells_edits
    ]
    for report, trust in trusts:
        if trust.reason:
            logger.info("%s: the times of change of its %s are not believed: %s", slug, report.seed, trust.reason)
    tells_edits = any(trust.silence and (report is feeds or report.covers) for report, trust in trusts)
    most = -1
    if tells_edits and sitemaps.covers:
        most = 1 if all(trust.is_proven for _, trust in trusts) else SPOT_CHECKS
    await prober.write(recheck_by_age, slug, prober.now(), most)


async def _count_outside(prober: Prober) -> None:
    """Count and tell what is known to lie outside of the asked days, and is not fetched."""
    since, until = prober.plan.span(prober.run.outlet)
    slug = prober.run.outlet.slug
    if count := await prober.write(count_outside, slug, prober.now(), since, until):
        prober.run.count("outside", count)
        logger.info("%s: %d candidates are outside the asked days and are not fetched", slug, count)


async def _recheck_gaps(prober: Prober, started: str, *, to_end: bool) -> None:
    """Look again at what feeds or lists have left out since earlier runs, where all of the kind could be read.

    *to_end*: the lists were read to their end.
    """
    kinds: tuple[SeedKind, ...] = ("feed", "listing")
    for kind in kinds if not prober.plan.is_partial else ():
        if all(report.error is None for report in prober.run.seeds if report.seed == kind):
            is_whole = to_end and kind == "listing"
            await prober.write(recheck_gaps, prober.run.outlet.slug, kind, started, to_end=is_whole)


async def _recognise(prober: Prober, robots: RobotsPolicy) -> bool:
    """Find out what a site without an outlet file is, as ``kickcrawl add`` does; False, with the failure, if not."""
    run, given = prober.run, prober.run.outlet
    thrifty = ThriftyFetch(fetch=prober.fetch, write=prober.write, outlet=given.slug, now=prober.now())
    try:
        found = (await survey(given.home, thrifty.survey, prober.read, robots, prober.in_browser)).outlet
    except SeedError as error:
        run.failure = f"{given.slug}: {error}; try again later"
        return False
    prober.fetch = thrifty.once
    outlet = found.model_copy(update={"slug": given.slug, "domains": given.domains})
    await run.recognised(outlet, prober.plan, prober.write)
    logger.info("%s: %s, %s, %s", given.slug, found.platform, found.language, found.timezone)
    return True
