"""``scrapy crawl``: Scrapy's own command, that checks what it is asked first and exits by the health of its run.

0 when the run did what it was asked; 1 when it could not, with one line on stderr that says why; 2 for wrong arguments
or configuration. A fault that lasts is told on stderr by the first run that meets it, then on stdout only, and its end
is told once.
"""

import argparse
import sys

from scrapy.commands.crawl import Command as CrawlCommand

from kickcrawl.errors import KickcrawlError, UsageError
from kickcrawl.outlet import Outlet
from spiders.loader import OutletSpiderLoader
from spiders.news import NewsSpider
from spiders.plan import make_plan
from spiders.process import check_archive, prepare, send_alerts
from spiders.report import tell


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
            check_archive(plan.archive)
        except UsageError as error:
            self._stop(str(error), 2)
            return
        except KickcrawlError as error:
            self._stop(str(error), 1)
            return
        prepare(self.settings)
        crawler = self._create_crawler(args[0])
        self.crawler_process.crawl(crawler, plan=plan)
        self.crawler_process.start()
        spider = crawler.spider
        if not isinstance(spider, NewsSpider) or not any(run.run_id or run.failure for run in spider.runs):
            self._stop("the crawl could not start; the log above says why", 1)
            return
        self._tell(spider)
        send_alerts(plan.archive, [outlet.slug for outlet in plan.outlets], self.settings)

    def _tell(self, spider: NewsSpider) -> None:
        """Print how each outlet's run went, and set the exit status."""
        for run in spider.runs:
            tell(run)
        if any(run.failure for run in spider.runs):
            self.exitcode = 1
        elif spider.interrupted:
            self._stop("interrupted before it was done; what is left is still due, run again", 1)

    def _known_outlets(self) -> dict[str, Outlet] | None:
        """Return the outlets that Scrapy's loader has read, so that their files are read once a crawl."""
        loader = self.crawler_process.spider_loader if self.crawler_process is not None else None
        return loader.outlets if isinstance(loader, OutletSpiderLoader) else None

    def _stop(self, message: str, status: int) -> None:
        print(f"kickcrawl: {message}", file=sys.stderr)
        self.exitcode = status
