"""Budgets of requests: of a run, of an outlet in a run, of an outlet and day. Once one is spent, the rest stays due."""

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from spiders.network.bounds import BudgetSpent
from spiders.news import NewsSpider
from spiders.run import OutletRun


class BudgetMiddleware:
    """Counts every request of a run, retries and redirects included, and refuses those beyond a budget."""

    def __init__(self, crawler: Crawler, spider: NewsSpider) -> None:
        self._spider = spider
        self._total = 0
        self._run = crawler.settings.getint("REQUESTS_PER_RUN")
        self._outlet = crawler.settings.getint("REQUESTS_PER_OUTLET")
        self._day = crawler.settings.getint("REQUESTS_PER_DAY")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "BudgetMiddleware":
        if not isinstance(crawler.spider, NewsSpider):
            raise NotConfigured  # without a word: only a news spider has runs
        return cls(crawler, crawler.spider)

    def process_request(self, request: Request) -> None:
        run = self._spider.run_of(request.url)
        if run is not None:
            self._check(run)
            self._total += 1
            run.requested += 1

    def _check(self, run: OutletRun) -> None:
        if self._total >= self._run:
            raise BudgetSpent("requests-per-run", f"the run's {self._run} requests are spent")
        if run.requested >= self._outlet:
            raise BudgetSpent("requests-per-outlet", f"its {self._outlet} requests of a run are spent")
        if run.requested + run.requested_today >= self._day:
            raise BudgetSpent("requests-per-day", f"its {self._day} requests of a day are spent")
