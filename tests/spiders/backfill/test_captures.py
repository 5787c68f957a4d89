"""Which capture of a page is taken, where several are there, where they are walls, and where the outlet is dead."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.acceptance.check import Truth, check_archive
from tests.newsroom import Newsroom, serve
from tests.support.archive_servers import Kept, ServedArchive, serving_archive
from tests.support.crawling import rows
from tests.support.webarchives import export_crawl, make_backfills

pytestmark = pytest.mark.crawl

MISSING = b"""<!DOCTYPE html><html lang="id"><head><title>Halaman tidak ditemukan - Warta</title></head><body>
<h1>Halaman tidak ditemukan</h1><p>Maaf, halaman yang Anda cari tidak ada.</p></body></html>"""
WALL = b"""<!DOCTYPE html><html><head><title>Just a moment...</title></head><body><h1>Checking your browser</h1>
<p>Please enable cookies and wait while we check that you are not a robot.</p></body></html>"""


@pytest.fixture(scope="module")
def theirs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Newsroom, list[Truth], ServedArchive]]:
    """A newsroom that is gone for good, and a web archive of it."""
    with serve(seed=65, articles=16) as site:
        truth = site.truth()
        warc = export_crawl(tmp_path_factory.mktemp("theirs"), site)
    with serving_archive(warc) as served:
        yield site, truth, served


@pytest.fixture
def gone(
    theirs: tuple[Newsroom, list[Truth], ServedArchive],
) -> Iterator[tuple[Newsroom, list[Truth], ServedArchive]]:
    pages = list(theirs[2].pages)
    yield theirs
    theirs[2].pages[:] = pages


def articles_of(truth: list[Truth], served: ServedArchive) -> list[Kept]:
    single = {post["url"] for post in truth if post["archive"] and post["flags"]["pages"] == 1}
    return [page for page in served.pages if page.url in single]


@pytest.mark.slow
def test_outlet_that_is_dead_comes_whole_from_a_web_archive(
    gone: tuple[Newsroom, list[Truth], ServedArchive], tmp_path: Path
) -> None:
    site, truth, served = gone
    ours = make_backfills(tmp_path, site, **served.wayback)
    done = ours.run("wayback")
    assert done.returncode == 0, done.stderr
    assert [str(finding) for finding in check_archive(ours.archive, truth) if not finding.ok] == []
    assert rows(ours.archive, "SELECT 1 FROM articles WHERE gone_at IS NOT NULL") == []  # nobody has said so


@pytest.mark.slow
def test_older_capture_is_taken_where_the_newest_shows_no_article(
    gone: tuple[Newsroom, list[Truth], ServedArchive], tmp_path: Path
) -> None:
    site, truth, served = gone
    good, other, *_ = articles_of(truth, served)
    later = f"{int(good.stamp[:4]) + 1}0101000000"
    served.pages.append(replace(good, stamp=later, body=MISSING))
    served.pages.append(replace(other, stamp=later))
    ours = make_backfills(tmp_path, site, **served.wayback)
    done = ours.run("wayback")
    assert done.returncode == 0, done.stderr
    found = {row["url"]: row for row in rows(ours.archive, "SELECT url, source FROM articles")}
    assert f"/web/{good.stamp}id_/" in found[good.url]["source"]
    assert f"/web/{later}id_/" in found[other.url]["source"]
    assert "error-page" in ours.kickcrawl("backfill", "--status", "--refused").stdout
    assert [str(finding) for finding in check_archive(ours.archive, truth) if not finding.ok] == []


@pytest.mark.slow
def test_walls_are_not_even_asked_for(gone: tuple[Newsroom, list[Truth], ServedArchive], tmp_path: Path) -> None:
    site, truth, served = gone
    walled = articles_of(truth, served)[:3]
    served.pages[:] = [replace(page, body=WALL) if page in walled else page for page in served.pages]
    served.hits.clear()
    ours = make_backfills(tmp_path, site, **served.wayback)
    assert ours.run("wayback").returncode == 0
    urls = {page.url for page in walled}
    assert not [hit for hit in served.hits if hit.endswith(tuple(urls))]
    refused = rows(ours.archive, "SELECT url, reason FROM backfill_captures WHERE state = 'rejected'")
    assert {row["url"] for row in refused if row["reason"] == "same-page"} == urls
