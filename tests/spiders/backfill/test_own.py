"""A backfill from the outlet's own archives: over many days, each with its budget of requests."""

from collections import Counter
from pathlib import Path

import pytest

from tests.acceptance.check import check_archive
from tests.newsroom import serve
from tests.support.webarchives import make_backfills

pytestmark = pytest.mark.crawl


@pytest.mark.slow
def test_own_archives_are_read_over_many_days_and_no_seed_twice(tmp_path: Path) -> None:
    with serve(seed=64, articles=30) as site:
        site.switch(rest="404")
        ours, told, day = make_backfills(tmp_path, site), "", 0
        while "complete" not in told and day < 12:
            day += 1
            done = ours.run("own", "--requests", str(9 * day))  # the day's budget, and those of the days before
            assert done.returncode == 0, done.stderr
            assert "INFO    Enabled" not in done.stderr  # Scrapy's own start
            told = ours.kickcrawl("backfill", "--status").stdout
            assert ("paused until tomorrow" in done.stdout) is ("complete" not in told)
        asked = Counter(hit.path for hit in site.hits)
        truth = site.truth()
    assert "complete" in told
    assert day > 3
    assert [str(finding) for finding in check_archive(ours.archive, truth) if not finding.ok] == []
    assert asked["/wp-sitemap-posts-post-1.xml"] == 1
    paths = {post["url"].removeprefix(site.base) for post in truth}
    assert sum(times - 1 for path, times in asked.items() if path in paths) <= day  # whose further pages were left
