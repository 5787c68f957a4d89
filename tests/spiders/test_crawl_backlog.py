"""A crawl asks for no more pages than it may hold, and still for all of them."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.newsroom import Newsroom, serve
from tests.newsroom.exchange import Answer, Request
from tests.support.crawling import crawl, value

ARTICLES = 40
BACKLOG = 4


class Counting(Newsroom):
    """A newsroom that counts, whenever an article is asked for, how many of those before are not in the archive yet."""

    archive: Path
    asked = 0
    most_unstored = 0

    def visit(self, request: Request) -> Answer:
        if request.path.startswith("/20"):
            Counting.asked += 1
            with closing(sqlite3.connect(f"file:{self.archive}?mode=ro", uri=True)) as connection:
                (stored,) = connection.execute("SELECT count(*) FROM articles").fetchone()
            Counting.most_unstored = max(self.most_unstored, self.asked - stored)
        return super().visit(request)


@pytest.mark.crawl
def test_few_pages_are_in_memory_at_a_time_and_all_are_stored(tmp_path: Path) -> None:
    Counting.archive = tmp_path / "archive.db"
    with serve(seed=5, articles=ARTICLES, kind=Counting) as site:
        settings = {"BACKLOG_PAGES": BACKLOG}
        crawl(Counting.archive, spider="news", arguments={"url": f"{site.base}/"}, settings=settings)
        wanted = sum(post["archive"] for post in site.truth())
    assert value(Counting.archive, "SELECT count(*) FROM articles") == wanted
    # Twice as many where the machine was so busy that pages were taken for slow ones. Without a bound some twenty.
    assert Counting.most_unstored <= 2 * BACKLOG
