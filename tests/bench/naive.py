"""The baseline: what one writes in an afternoon. Scrapy, trafilatura in the callback, one insert an item.

Run by tests/bench/__main__.py: python -m tests.bench.naive BASE_URL DATABASE [LIMIT]
"""

import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import trafilatura
from scrapy.crawler import CrawlerProcess
from scrapy.http import Response
from scrapy.spiders import SitemapSpider
from sqlite_utils import Database


class NaiveSpider(SitemapSpider):
    """Follows the sitemap and stores what trafilatura makes of each page."""

    name = "naive"
    custom_settings = {"LOG_LEVEL": "ERROR", "CONCURRENT_REQUESTS_PER_DOMAIN": 16, "TELNETCONSOLE_ENABLED": False}

    def __init__(self, base: str, database: str, limit: int | None = None) -> None:
        self.limit = limit
        self.sitemap_urls = [f"{base}/wp-sitemap-posts-post-1.xml"]
        self.database = Database(database)
        super().__init__()

    def sitemap_filter(self, entries: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        yield from islice(entries, self.limit)

    def parse(self, response: Response) -> Iterator[None]:
        document = trafilatura.bare_extraction(response.body, url=response.url, with_metadata=True)
        if document is not None:
            fields = document.as_dict()
            row = {name: fields[name] for name in ("title", "author", "date", "text")}
            self.database["articles"].insert({"url": response.url, **row}, pk="url", replace=True)
        yield from ()


if __name__ == "__main__":
    process = CrawlerProcess()
    process.crawl(NaiveSpider, base=sys.argv[1], database=sys.argv[2], limit=int(sys.argv[3]) if sys.argv[3:] else None)
    process.start()
