"""A backfill from end to end: a newsroom that has lost articles, and pywb that has them, held against the truth."""

from pathlib import Path

import pytest

from tests.acceptance.check import check_archive
from tests.acceptance.replay import WAYBACK, replaying_warc
from tests.newsroom import serve
from tests.support.crawling import rows, value
from tests.support.webarchives import export_crawl, make_backfills

pytestmark = [
    pytest.mark.crawl,
    pytest.mark.skipif(WAYBACK is None, reason="pywb is not installed: make replay"),
]


@pytest.mark.slow
def test_articles_that_are_gone_come_from_a_web_archive_as_they_were(tmp_path: Path) -> None:
    with serve(seed=61, articles=30) as site:
        truth = site.truth()
        warc = export_crawl(tmp_path / "theirs", site)
        lost = {row["url"] for row in site.trash(10)}
        with replaying_warc(warc) as base:
            ours = make_backfills(tmp_path / "ours", site, pywb=base)
            done = ours.run("own,pywb")
            again = ours.run("own,pywb")
    assert done.returncode == 0, done.stderr
    assert again.returncode == 0, again.stderr
    assert [str(finding) for finding in check_archive(ours.archive, truth) if not finding.ok] == []
    articles = {row["url"]: row for row in rows(ours.archive, "SELECT * FROM articles")}
    assert {url for url, row in articles.items() if row["source"]} == lost
    assert {url for url, row in articles.items() if row["gone_at"]} == lost
    assert "complete" in ours.kickcrawl("backfill", "--status").stdout
    assert "complete" not in again.stdout
    stored = "SELECT count(*) FROM captures WHERE source IS NOT NULL"
    assert value(ours.archive, stored) >= len(lost)


@pytest.mark.slow
def test_what_came_from_a_web_archive_is_vouched_for_and_rebuilt(tmp_path: Path) -> None:
    with serve(seed=62, articles=12) as site:
        warc = export_crawl(tmp_path / "theirs", site)
        site.trash(4)
        with replaying_warc(warc) as base:
            ours = make_backfills(tmp_path / "ours", site, pywb=base)
            assert ours.run("own,pywb").returncode == 0
    assert ours.kickcrawl("verify").returncode == 0
    again = tmp_path / "again" / "archive.db"
    again.parent.mkdir()
    done = ours.kickcrawl("rebuild", "--from", ours.archive.parent / "warc", again)
    assert done.returncode == 0, done.stderr
    told = "SELECT id, url, title, text, published_at, first_seen_at, gone_at, source FROM articles ORDER BY id"
    assert rows(again, told) == rows(ours.archive, told)
    captures = "SELECT url, fetched_at, status, digest, source FROM captures ORDER BY id"
    assert rows(again, captures) == rows(ours.archive, captures)
    dry = ours.kickcrawl("reextract", "--dry-run")
    assert dry.returncode == 0, dry.stderr
