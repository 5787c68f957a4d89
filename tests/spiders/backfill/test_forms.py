"""Backfills from servers that answer as the Wayback Machine and Common Crawl do, whole and faulty."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.acceptance.check import Truth, check_archive
from tests.newsroom import Newsroom, serve
from tests.support.archive_servers import ServedArchive, serving_archive
from tests.support.crawling import rows
from tests.support.webarchives import Backfills, export_crawl, make_backfills

pytestmark = pytest.mark.crawl


@dataclass(frozen=True, kw_only=True)
class Lost:
    """A newsroom that lost articles, a web archive that has them all, and what was true before."""

    site: Newsroom
    truth: list[Truth]
    urls: list[str]  # of what is lost
    served: ServedArchive


@pytest.fixture(scope="module")
def theirs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lost]:
    with serve(seed=63, articles=24) as site:
        truth = site.truth()
        warc = export_crawl(tmp_path_factory.mktemp("theirs"), site)
        urls = sorted(row["url"] for row in site.trash(8))
        with serving_archive(warc) as served:
            yield Lost(site=site, truth=truth, urls=urls, served=served)


@pytest.fixture
def lost(theirs: Lost) -> Lost:
    theirs.served.faults.clear()
    theirs.served.hits.clear()
    theirs.served.robots = ""
    return theirs


def ours_of(lost: Lost, folder: Path) -> Backfills:
    return make_backfills(folder, lost.site, **lost.served.wayback, **lost.served.commoncrawl)


@pytest.mark.parametrize("source", ["wayback", "commoncrawl"])
def test_all_that_is_lost_comes_as_it_was(lost: Lost, source: str, tmp_path: Path) -> None:
    ours = ours_of(lost, tmp_path)
    done = ours.run(f"own,{source}")
    assert done.returncode == 0, done.stderr
    assert [str(finding) for finding in check_archive(ours.archive, lost.truth) if not finding.ok] == []
    told = rows(ours.archive, "SELECT url, gone_at, source FROM articles WHERE source IS NOT NULL ORDER BY url")
    assert [row["url"] for row in told] == lost.urls
    assert all(row["gone_at"] for row in told)
    assert ours.kickcrawl("verify").returncode == 0
    assert all(agent.startswith("kickcrawl/") for agent in lost.served.agents)
