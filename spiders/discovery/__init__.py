"""Discover what an outlet has published: probe every seed, name candidates in the frontier, stop when all is named.

The readers are kickcrawl.discovery's and pure; here they are fed. Seeds are asked in the order of what they know:

    posts     a platform's list of all posts (WordPress' REST API, Blogger's feed): every post with exact times; later
              only what was modified since; its total tells if something is missing
    sitemaps  every post, often with times; one request for hundreds
    feeds     the newest or last edited; paged to its end only where nothing above covers the outlet
    listings  front page and sections; paged likewise

A seed *covers* the outlet when it was read to its end, or back to where an earlier run had read to.
"""

import logging

from archive import frontier
from archive.sweeps.gaps import recheck_gaps
from kickcrawl.article import SeedKind
from kickcrawl.dates import to_iso
from kickcrawl.errors import SeedError
from kickcrawl.platforms import posts_lists
from kickcrawl.robots import RobotsPolicy
from spiders.discovery.feeds import probe_feeds
from spiders.discovery.listings import probe_listings
from spiders.discovery.posts import probe_posts
from spiders.discovery.probe import Prober
from spiders.discovery.sitemaps import probe_sitemaps
from spiders.discovery.thrift import ThriftyFetch
from spiders.survey import survey

__all__ = ["Prober", "discover"]

logger = logging.getLogger(__name__)


async def discover(prober: Prober, robots: RobotsPolicy) -> None:
    """Fill the frontier. Sets the run's failure where the outlet is out of reach or no seed covers it."""
    run = prober.run
    if run.outlet.slug in prober.plan.unlisted and not await _recognise(prober, robots):
        return
    outlet = run.outlet
    try:
        front = await prober.fetch_list(outlet.home)
        if front.status >= 400:
            raise SeedError(f"HTTP {front.status}")
    except SeedError as error:
        run.failure = f"{outlet.slug}: {outlet.home} is out of reach ({error}); try again later"
        return
    lists, started = posts_lists(), to_iso(prober.now())
    posts = [await probe_posts(prober, lists[name], path) for name, path in outlet.seeds.posts.items()]
    knows_all = any(report.covers for report in posts)
    sitemaps = await probe_sitemaps(prober, robots.sitemaps, skim=knows_all)
    feeds = await probe_feeds(prober, skim=knows_all or sitemaps.covers)
    await probe_listings(prober, front, skim=knows_all or sitemaps.covers or feeds.covers)
    await _recheck_gaps(prober, started)
    if not any(report.covers for report in run.seeds):
        reasons = "; ".join(f"{report.seed}: {report.error or 'not read to its end'}" for report in run.seeds)
        run.failure = f"{outlet.slug}: no seed covers it ({reasons}); check its outlet file"
    telling = [report for report in (feeds, sitemaps) if report.tells_edits and report.url not in prober.overdone]
    tells_edits = knows_all or feeds in telling or (sitemaps.covers and sitemaps in telling)
    tells_gone = knows_all or sitemaps.covers
    if not (tells_edits and tells_gone) and not prober.plan.is_partial:
        await prober.write(frontier.recheck_by_age, outlet.slug, prober.now())


async def _recheck_gaps(prober: Prober, started: str) -> None:
    """Look again at what feeds or lists have left out since earlier runs, where all of the kind could be read."""
    kinds: tuple[SeedKind, ...] = ("feed", "listing")
    for kind in kinds if not prober.plan.is_partial else ():
        if all(report.error is None for report in prober.run.seeds if report.seed == kind):
            await prober.write(recheck_gaps, prober.run.outlet.slug, kind, started)


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
