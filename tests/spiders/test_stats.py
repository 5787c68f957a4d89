"""Our counts are those of Scrapy's own collector."""

from scrapy.statscollectors import MemoryStatsCollector
from scrapy.utils.test import get_crawler

from spiders.stats import Stats


def test_counts_are_those_of_scrapys_own() -> None:
    told = []
    for collector in (MemoryStatsCollector(get_crawler()), Stats(get_crawler())):
        collector.inc_value("requests", 3)
        collector.inc_value("requests")
        collector.max_value("depth", 2)
        collector.set_value("reason", "finished")
        collector.close_spider(reason="finished")
        told.append((collector.get_stats(), collector.get_value("requests"), str(collector)))
    assert told[0] == told[1]
    assert told[0][1] == 4
