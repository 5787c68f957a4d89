"""What backfills bring, against the truth: from pywb, and in the forms of the Wayback Machine and of Common Crawl.

.venv/bin/python -m tests.bench.backfill [--articles 120]     # half of them are lost before the backfill
"""

import argparse
import json
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from tests.acceptance.check import check_archive
from tests.acceptance.replay import WAYBACK, replaying_warc
from tests.newsroom import serve
from tests.support.archive_servers import serving_archive
from tests.support.crawling import rows
from tests.support.webarchives import export_crawl, make_backfills


def main() -> None:
    """Print a line for each source: articles, what misses the truth, requests, seconds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=120)
    articles = parser.parse_args().articles
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        site = stack.enter_context(serve(seed=71, articles=articles))
        truth = site.truth()
        warc = export_crawl(folder / "theirs", site)
        lost = site.trash(articles // 2)
        served = stack.enter_context(serving_archive(warc))
        bases = {**served.wayback, **served.commoncrawl}
        if WAYBACK is not None:
            bases["pywb"] = stack.enter_context(replaying_warc(warc))
        for source in ("wayback", "commoncrawl", *(["pywb"] if WAYBACK is not None else [])):
            ours = make_backfills(folder / source, site, **bases)
            begun = time.monotonic()
            done = ours.run(f"own,{source}", "--requests", "100000")
            seconds = time.monotonic() - begun
            findings = check_archive(ours.archive, truth)
            runs = rows(ours.archive, "SELECT arguments ->> 'backfill' AS source, counts FROM runs ORDER BY id")
            asked = [f"{run['source']} {json.loads(run['counts'])['requests']}" for run in runs]
            found = rows(ours.archive, "SELECT count(*) AS n, sum(source IS NOT NULL) AS theirs FROM articles")[0]
            print(
                f"{source}: exit {done.returncode}; {found['n']} articles, {found['theirs']} of {len(lost)} lost ones; "
                f"{seconds:.0f} s; requests: {', '.join(asked)}"
            )
            print("\n".join(f"  {finding}" for finding in findings if not finding.ok) or "  all fields as in the truth")


if __name__ == "__main__":
    main()
