"""What ``scrapy crawl`` does, apart from being one of Scrapy's commands: check, crawl, tell, and the exit status."""

import sys
from collections.abc import Mapping

from scrapy.crawler import CrawlerProcessBase
from scrapy.settings import Settings

from kickcrawl.errors import KickcrawlError, UsageError
from spiders.loader import OutletSpiderLoader
from spiders.news import NewsSpider
from spiders.plan import make_plan
from spiders.process import check_archive, prepare, send_alerts
from spiders.report import tell, was_cut_short


def crawl(name: str, arguments: Mapping[str, str], settings: Settings, process: CrawlerProcessBase) -> int:
    """Crawl with the spider *name* in *process*, print a line for each outlet, and return the exit status."""
    loader = process.spider_loader
    try:
        # What Scrapy's loader has read, so that the files of outlets are read once a crawl.
        known = loader.outlets if isinstance(loader, OutletSpiderLoader) else None
        plan = make_plan(name, arguments, settings, known)
        check_archive(plan.archive)
    except UsageError as error:
        return stopped(str(error), 2)
    except KickcrawlError as error:
        return stopped(str(error), 1)
    prepare(settings)
    crawler = process.create_crawler(name)
    process.crawl(crawler, plan=plan)
    process.start()
    spider = crawler.spider
    if not isinstance(spider, NewsSpider) or not any(run.run_id or run.failure for run in spider.runs):
        return stopped("the crawl could not start; the log above says why", 1)
    status = _tell(spider)
    send_alerts(plan.archive, [outlet.slug for outlet in plan.outlets], settings)
    return status


def _tell(spider: NewsSpider) -> int:
    """Print how each outlet's run went, and return the exit status."""
    for run in spider.runs:
        tell(run)
    if any(run.failure for run in spider.runs):
        return 1
    if was_cut_short(spider.runs, interrupted=spider.interrupted):
        return stopped("interrupted before it was done; what is left is still due, run again", 1)
    return 0


def stopped(message: str, status: int) -> int:
    """Say *message* on stderr, and return *status*."""
    print(f"kickcrawl: {message}", file=sys.stderr)
    return status
