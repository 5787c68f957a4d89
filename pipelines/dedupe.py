"""Dedupe: note which archived articles have the same words under another address. It annotates; it never drops."""

from dataclasses import replace
from typing import Any

from scrapy.crawler import Crawler

from archive.articles import find_copies
from kickcrawl.article import Article, Visit


class DedupePipeline:
    """Asks the archive for articles of the same text digest."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "DedupePipeline":
        return cls(crawler)

    async def process_item(self, visit: Visit) -> Visit:
        if not isinstance(visit.result, Article) or not visit.result.text:
            return visit
        spider: Any = self._crawler.spider
        copies = await spider.write(find_copies, visit.result)
        return replace(visit, copies=copies) if copies else visit
