"""Who counts as a crawl to pipelines and middlewares."""

from pathlib import Path

import pytest

from archive.captures import Captures
from archive.crawl import crawl_of
from archive.writer import acquire_writer, release_writer
from spiders.add import AddSpider
from spiders.news import NewsSpider


@pytest.mark.parametrize("spider", [None, AddSpider(), object()], ids=["none", "add", "anything"])
def test_spider_without_an_archive_is_no_crawl(spider: object) -> None:
    assert crawl_of(spider) is None


def test_news_spider_is_the_crawl(tmp_path: Path) -> None:
    spider, path = NewsSpider(), tmp_path / "archive.db"
    spider.write, spider.captures = acquire_writer(path), Captures(tmp_path)
    assert crawl_of(spider) is spider
    release_writer(path)
