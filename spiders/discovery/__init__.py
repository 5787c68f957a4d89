"""Discover what an outlet has published: probe every seed, name candidates in the frontier, stop when all is named.

The readers are kickcrawl.discovery's and pure; here they are fed. Seeds are asked in the order of what they know:

    rest      every post with exact times; later only what was modified since; its total tells if something is missing
    sitemaps  every post, often with times; one request for hundreds
    feeds     the newest or last edited; paged to its end only where nothing above covers the outlet
    listings  front page and sections; paged likewise

A seed *covers* the outlet when it was read to its end, or back to where an earlier run had read to.
"""

from archive import frontier
from kickcrawl.errors import SeedError
from kickcrawl.robots import RobotsPolicy
from spiders.discovery.feeds import probe_feeds
from spiders.discovery.listings import probe_listings
from spiders.discovery.probe import Prober
from spiders.discovery.rest import probe_rest
from spiders.discovery.sitemaps import probe_sitemaps

__all__ = ["Prober", "discover"]


async def discover(prober: Prober, robots: RobotsPolicy) -> None:
    """Fill the frontier. Sets the run's failure where the outlet is out of reach or no seed covers it."""
    run, outlet = prober.run, prober.run.outlet
    try:
        front = await prober.fetch(outlet.home)
        if front.status >= 400:
            raise SeedError(f"HTTP {front.status}")
    except SeedError as error:
        run.failure = f"{outlet.slug}: {outlet.home} is out of reach ({error}); try again later"
        return
    rest = await probe_rest(prober)
    sitemaps = await probe_sitemaps(prober, robots.sitemaps, skim=rest.covers)
    feeds = await probe_feeds(prober, skim=rest.covers or sitemaps.covers)
    await probe_listings(prober, front, skim=rest.covers or sitemaps.covers or feeds.covers)
    if not any(report.covers for report in run.seeds):
        reasons = "; ".join(f"{report.seed}: {report.error or 'not read to its end'}" for report in run.seeds)
        run.failure = f"{outlet.slug}: no seed covers it ({reasons}); check its outlet file"
    tells_edits = rest.covers or feeds.tells_edits or (sitemaps.covers and sitemaps.tells_edits)
    tells_gone = rest.covers or sitemaps.covers
    if not (tells_edits and tells_gone) and not prober.plan.is_partial:
        await prober.write(frontier.recheck_by_age, outlet.slug, prober.now())
