"""What is kept beside a run's captures, so that the archive can be built again from the WARC files alone.

With each run: the outlet's file. What is kept with each request for an article's page is archive.asked's.
"""

import json
from collections.abc import Mapping
from datetime import datetime

from archive.warc.records import HONEST
from kickcrawl import __version__
from kickcrawl.dates import to_iso
from kickcrawl.outlet import Outlet
from spiders.plan import CrawlPlan


def about_run(outlet: Outlet, plan: CrawlPlan, run_id: int, now: datetime) -> Mapping[str, str]:
    """Return the fields of the warcinfo record that stands before what a run captures."""
    run = {
        "run": run_id,
        "started_at": to_iso(now),
        "arguments": dict(plan.arguments),
        "span": plan.span(outlet),
        "version": __version__,
    }
    return {
        "software": f"kickcrawl/{__version__}",
        "format": "WARC File Format 1.1",
        "conformsTo": "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        "robots": "obeyed (RFC 9309)",
        "description": HONEST,
        "kickcrawl-run": json.dumps(run),
        "kickcrawl-outlet": json.dumps(outlet.model_dump(mode="json")),
    }
