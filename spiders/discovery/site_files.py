"""Ask a site for the files in which it speaks of rights, beside robots.txt: ai.txt and tdmrep.json, once a day at most.

Nothing is done with the answers here: they are captured, and read when the run ends (archive.rights). Most sites have
neither file, and that is no fault.
"""

from contextlib import suppress
from datetime import datetime, timedelta

from archive.rights import fetched_at
from kickcrawl.errors import SeedError
from kickcrawl.rights.site_files import AI, TDMREP
from spiders.discovery.probe import Prober

PAUSE = timedelta(hours=20)  # between two requests for a file: a daily crawl drifts


async def ask_site_files(prober: Prober) -> None:
    """Fetch each file that was not answered within the last day."""
    for path in (AI, TDMREP):
        url = prober.run.outlet.url(path)
        last = await prober.write(fetched_at, url)
        if last is None or prober.now() - datetime.fromisoformat(last) >= PAUSE:
            with suppress(SeedError):  # it says nothing then; forbidden by robots.txt, it is not asked for
                await prober.fetch(url)
