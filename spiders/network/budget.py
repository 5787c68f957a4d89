"""Budgets of requests: of a run, of an outlet in a run, of an outlet and day. Once one is spent, the rest stays due."""

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from archive.crawl import Crawl, Run, crawl_of
from spiders.network.failures import BudgetSpent


class BudgetMiddleware:
    """Counts every request of a run, retries and redirects included, and refuses those beyond a budget."""

    def __init__(self, crawler: Crawler, crawl: Crawl) -> None:
        self._crawl = crawl
        self._max_total = crawler.settings.getint("REQUESTS_PER_RUN")
        self._max_per_outlet = crawler.settings.getint("REQUESTS_PER_OUTLET")
        self._max_per_day = crawler.settings.getint("REQUESTS_PER_DAY")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "BudgetMiddleware":
        """Return the middleware; NotConfigured where the spider is no crawl (``kickcrawl add``)."""
        if (crawl := crawl_of(crawler.spider)) is None:
            raise NotConfigured  # without a word: only a news spider has runs
        return cls(crawler, crawl)

    def process_request(self, request: Request) -> None:
        """Count the request. Raises BudgetSpent where it would go beyond a budget."""
        run = self._crawl.run_of(request.url)
        if run is not None:
            try:
                self._check(run)
            except BudgetSpent:
                run.is_spent = True
                raise
            run.requested += 1

    def _check(self, run: Run) -> None:
        if sum(one.requested for one in self._crawl.runs) >= self._max_total:
            raise BudgetSpent("requests-per-run", f"the run's {self._max_total} requests are spent")
        if run.requested >= self._max_per_outlet:
            raise BudgetSpent("requests-per-outlet", f"its {self._max_per_outlet} requests of a run are spent")
        per_day = min(self._max_per_day, run.outlet.requests_per_day or self._max_per_day)
        if run.requested + run.requested_today >= per_day:
            raise BudgetSpent("requests-per-day", f"its {per_day} requests of a day are spent")
