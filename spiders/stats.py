"""Scrapy's counts of a crawl, some twenty an article, without what stands in front of each of them."""

from scrapy.statscollectors import MemoryStatsCollector


class Stats(MemoryStatsCollector):
    """Counts as Scrapy's own does, which looks at each access for callers of earlier versions: twenty times as long."""

    __getattribute__ = object.__getattribute__
