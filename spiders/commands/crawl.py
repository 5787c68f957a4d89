"""``scrapy crawl``: Scrapy's own command, that checks what it is asked first and exits by the health of its run.

0 when the run did what it was asked; 1 when it could not, with one line on stderr that says why; 2 for wrong arguments
or configuration. A fault that lasts is told on stderr by the first run that meets it, then on stdout only, and its end
is told once.
"""

import argparse
import gc
import logging
import os
import sys
from contextlib import closing
from datetime import UTC, datetime

from scrapy.commands.crawl import Command as CrawlCommand

from archive.alerts.targets import SETTING, read_targets
from archive.alerts.tell import tell_alerts
from archive.database import open_archive
from archive.recovery import check_after_death
from kickcrawl import RELEASED
from kickcrawl.errors import KickcrawlError, UsageError
from kickcrawl.outlet import Outlet
from spiders.loader import OutletSpiderLoader
from spiders.misfits import what_does_not_fit
from spiders.news import NewsSpider
from spiders.plan import CrawlPlan, make_plan
from spiders.run import OutletRun

logger = logging.getLogger(__name__)

# Loggers that tell of Scrapy's own start and end; ours is in spiders.progress and in the report.
_CHATTY = (
    "scrapy.utils.log",
    "scrapy.middleware",
    "scrapy.extensions.memusage",
    "scrapy.crawler",
    "scrapy.addons",
    "scrapy.core.engine",
    "pebble",
)


class Command(CrawlCommand):
    """Crawl an outlet by its name, or several with ``news``."""

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Check what is asked, crawl, print a line for each outlet, and set the exit status."""
        if len(args) != 1:
            self._stop("name one spider: an outlet (see scrapy list) or news", 2)
            return
        assert self.settings is not None
        assert self.crawler_process is not None
        try:
            plan = make_plan(args[0], opts.spargs, self.settings, self._known_outlets())
            with closing(open_archive(plan.archive, create=True)) as archive:
                for sentence in check_after_death(archive):
                    logger.warning("%s", sentence)
        except UsageError as error:
            self._stop(str(error), 2)
            return
        except KickcrawlError as error:
            self._stop(str(error), 1)
            return
        if (now := datetime.now(UTC)) < RELEASED:
            logger.warning("this machine's clock says %s, before this kickcrawl was made: set it right", now.date())
        if self.settings["LOG_LEVEL"] != "DEBUG":
            for name in _CHATTY:
                logging.getLogger(name).setLevel(logging.WARNING)
        # A tenth of this process's CPU went into the garbage collector's search for cycles, mostly among modules.
        gc.freeze()
        gc.set_threshold(20_000, 20, 20)
        crawler = self._create_crawler(args[0])
        self.crawler_process.crawl(crawler, plan=plan)
        self.crawler_process.start()
        spider = crawler.spider
        if not isinstance(spider, NewsSpider) or not any(run.run_id or run.failure for run in spider.runs):
            self._stop("the crawl could not start; the log above says why", 1)
            return
        self._tell(spider)
        self._send_alerts(plan)

    def _tell(self, spider: NewsSpider) -> None:
        """Print how each outlet's run went, and set the exit status."""
        for run in spider.runs:
            print(report(run))
            if misfits := what_does_not_fit(run):
                print(misfits)
            if run.read_otherwise:
                print(run.read_otherwise)
            if run.failure and run.is_told:
                print(f"still failing: {run.failure}")
                self.exitcode = 1
            elif run.recovered:
                print(f"kickcrawl: {run.recovered}", file=sys.stderr)
        failures = [run.failure for run in spider.runs if run.failure and not run.is_told]
        if spider.interrupted and not any(run.failure for run in spider.runs):
            failures = ["interrupted before it was done; what is left is still due, run again"]
        for failure in failures:
            self._stop(failure, 1)

    def _send_alerts(self, plan: CrawlPlan) -> None:
        """Keep what of these outlets is wrong now or is no longer, and tell whom KICKCRAWL_NOTIFY names."""
        assert self.settings is not None
        try:
            targets = read_targets(self.settings.get("NOTIFY") or os.environ.get(SETTING))
            with closing(open_archive(plan.archive)) as archive:
                failures = tell_alerts(archive, datetime.now(UTC), targets, [one.slug for one in plan.outlets])
        except KickcrawlError as error:
            failures = [str(error)]
        for failure in failures:
            print(f"kickcrawl: {failure}", file=sys.stderr)

    def _known_outlets(self) -> dict[str, Outlet] | None:
        """Return the outlets that Scrapy's loader has read, so that their files are read once a crawl."""
        loader = self.crawler_process.spider_loader if self.crawler_process is not None else None
        return loader.outlets if isinstance(loader, OutletSpiderLoader) else None

    def _stop(self, message: str, status: int) -> None:
        print(f"kickcrawl: {message}", file=sys.stderr)
        self.exitcode = status


def report(run: OutletRun) -> str:
    """Return what a run brought, in one line for a person."""
    counts = run.counts
    stored = [f"{counts[name]} {name}" for name in ("stored", "revised", "unchanged", "gone") if counts[name]]
    rejected = sum(count for name, count in counts.items() if name.startswith("rejected/"))
    others = [f"{rejected} rejected"] * bool(rejected) + [f"{counts['deferred']} put off"] * bool(counts["deferred"])
    seeds = ", ".join(f"{s.seed}: {s.error or f'{s.named} named'}" for s in run.seeds)
    words = ", ".join(stored + others) or "nothing new"
    return f"{run.outlet.slug}: {words}; {counts['requests']} requests ({seeds or 'no seed was asked'})"
