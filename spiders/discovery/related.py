"""The seed of last resort: what the articles of a run link to as related, where lists are all that names an outlet's.

Lists leave out what is pinned elsewhere, or has no place in a section. Asked once all candidates are resolved, and
again while that brings new ones.
"""

import logging

from archive.seeds.related import unnamed_related
from kickcrawl.article import Candidate
from kickcrawl.dates import to_iso
from kickcrawl.outlet import is_article_of
from spiders.discovery.probe import Prober
from spiders.run import SeedReport

MAX_ROUNDS = 5  # of articles that were found through those before: a site may link on for ever

logger = logging.getLogger(__name__)


async def probe_related(prober: Prober) -> bool:
    """Name what the run's articles link to and no seed has named; tell whether there was anything."""
    run = prober.run
    if prober.plan.is_partial or any(one.covers and one.seed != "listing" for one in run.seeds):
        return False
    if sum(one.seed == "related" for one in run.seeds) == MAX_ROUNDS:
        return False
    outlet, most = run.outlet, prober.bounds.listing_links
    links = await prober.write(unnamed_related, outlet.slug, to_iso(prober.started), most)
    found = [Candidate(url=link.url, seed="related", title=link.title) for link in links]
    found = [one for one in prober.own(found) if is_article_of(outlet, one.url)]
    if not found:
        return False
    report = SeedReport(seed="related", url=outlet.home)
    run.seeds.append(report)
    named = await prober.name(report, found)
    logger.info("%s: %d articles are named by others as related only", outlet.slug, named.new)
    return named.new > 0
