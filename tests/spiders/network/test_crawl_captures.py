"""What a crawl captures: every exchange, byte for byte as the server sent it, whole whatever happens to the crawl."""

import subprocess
import time
from collections import Counter
from pathlib import Path

import pytest

from archive.warc.files import Damage, members
from kickcrawl import CHECKOUT
from tests.newsroom import Newsroom, serve
from tests.support.captured import captures, check_captures, warc_files, warcio_check
from tests.support.crawling import SCRAPY, crawl, rows, value

pytestmark = [pytest.mark.crawl, pytest.mark.slow]

ARTICLES = 40


def sent(site: Newsroom) -> Counter[tuple[str, int, str]]:
    return Counter((site.base + target, status, f"sha256:{digest}") for target, status, digest in site.sent)


def captured(archive: Path) -> Counter[tuple[str, int, str]]:
    return Counter((row["url"], row["status"], row["digest"]) for row in captures(archive))


@pytest.mark.parametrize("gzip", [False, True], ids=["plain", "compressed"])
def test_every_answer_is_captured_with_the_body_that_the_server_sent(tmp_path: Path, gzip: bool) -> None:
    archive = tmp_path / "archive.db"
    with serve(seed=31, articles=ARTICLES) as site:
        site.switch(gzip=gzip, gone=301)
        unlucky = next(post for post in site.truth() if post["archive"])
        site.fail_next(unlucky["url"].removeprefix(site.base), 1, 503)
        assert crawl(archive, site.base).status == 0
        site.trash(1)
        site.modify(3)
        assert crawl(archive, site.base).status == 0
        assert captured(archive) == sent(site)
    check_captures(archive)
    warcio_check(*warc_files(archive))
    statuses = {status for _, status, _ in captured(archive)}
    assert statuses >= {200, 301, 503}
    paths = {row["url"].removeprefix(site.base).partition("?")[0] for row in captures(archive)}
    assert paths >= {"/robots.txt", "/wp-json/wp/v2/posts", unlucky["url"].removeprefix(site.base)}


def test_further_pages_feeds_and_sitemaps_are_captured_too(tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    with serve(seed=32, articles=ARTICLES) as site:
        site.switch(rest="404")
        assert crawl(archive, site.base).status == 0
        assert captured(archive) == sent(site)
        parts = {post["url"].rstrip("/") + "/2/" for post in site.truth() if post["flags"]["pages"] > 1}
    urls = {row["url"] for row in captures(archive)}
    assert parts & urls
    assert [url for url in urls if "sitemap" in url]
    assert [url for url in urls if "/feed/" in url]


def test_body_that_is_held_already_is_a_revisit(tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    with serve(seed=33, articles=ARTICLES) as site:
        site.switch(rest="404")
        crawl(archive, site.base)
        crawl(archive, site.base)
    check_captures(archive)
    again = [row for row in captures(archive) if row["run_id"] == 2]
    assert again
    held = {row["url"]: row for row in again if row["original_id"] is not None}
    assert {f"{site.base}/", f"{site.base}/wp-sitemap.xml"} <= held.keys()
    assert [url for url in held if "/feed/" in url]
    first = {row["id"]: row for row in captures(archive)}
    # Of the same address, but for a sitemap that answers at two addresses.
    assert all(first[row["original_id"]]["digest"] == row["digest"] for row in held.values())
    warcio_check(*warc_files(archive))


def test_full_files_are_followed_by_new_ones(tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    with serve(seed=34, articles=ARTICLES) as site:
        assert crawl(archive, site.base, settings={"WARC_SIZE": 50_000}).status == 0
        assert captured(archive) == sent(site)
    files = warc_files(archive)
    assert len(files) > 3
    assert {row["file"] for row in captures(archive)} == {file.name for file in files}
    assert max(file.stat().st_size for file in files[:-1]) < 50_000 + 40_000
    check_captures(archive)
    warcio_check(*files)


def test_torn_tail_is_cut_off_kept_and_told_at_the_next_start(tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    with serve(seed=35, articles=ARTICLES) as site:
        crawl(archive, site.base)
        [file] = warc_files(archive)
        whole = file.read_bytes()
        torn = whole[: len(whole) // 3]  # beginnings of records, and a record that is not whole at the end
        file.write_bytes(whole + b"\x1f\x8b\x08\0" + torn[-1000:])
        done = crawl(archive, site.base)
    assert done.status == 0, done.err
    told = [line for line in done.err.splitlines() if "ended in the middle of a record" in line]
    assert len(told) == 1
    [kept] = file.parent.glob("*.torn-at-*")
    assert kept.name in told[0]
    assert kept.name == f"{file.name}.torn-at-{len(whole)}"
    assert file.read_bytes().startswith(whole)
    check_captures(archive)
    warcio_check(file)


def test_records_that_a_power_cut_took_are_forgotten_and_fetched_again(tmp_path: Path) -> None:
    """Rows may reach the disk before the records that no article was read from."""
    archive = tmp_path / "archive.db"
    with serve(seed=36, articles=ARTICLES) as site:
        crawl(archive, site.base)
        [file] = warc_files(archive)
        last = value(archive, "SELECT max(id) FROM captures WHERE id NOT IN (SELECT capture_id FROM articles)")
        unread = rows(archive, "SELECT * FROM captures WHERE id = :id", id=last)[0]
        used = value(archive, "SELECT max(offset + size) FROM captures WHERE id IN (SELECT capture_id FROM articles)")
        if unread["offset"] < used:
            crawl(archive, site.base)
            unread = captures(archive)[-1]
        with file.open("r+b") as opened:
            opened.truncate(unread["offset"] + unread["size"] // 2)
        done = crawl(archive, site.base)
    assert done.status == 0, done.err
    check_captures(archive)
    warcio_check(file)


def test_lost_captures_of_articles_stop_the_crawl_in_one_sentence(tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    with serve(seed=37, articles=ARTICLES) as site:
        crawl(archive, site.base)
        [file] = warc_files(archive)
        with file.open("r+b") as opened:
            opened.truncate(file.stat().st_size // 2)
        before = file.read_bytes()
        done = crawl(archive, site.base)
    assert done.status == 1
    [sentence] = done.sentences
    assert "articles were read from are no longer in it; restore it" in sentence
    assert file.read_bytes() == before


def test_killed_crawl_leaves_no_article_without_its_record(tmp_path: Path) -> None:
    with serve(seed=38, articles=ARTICLES) as site:
        for number, pages in enumerate((1, 8, 20)):
            archive = tmp_path / f"{number}" / "archive.db"
            asked = len(site.sent)
            command = [SCRAPY, "crawl", "kicknews", "-a", f"base_url={site.base}", "-s", f"ARCHIVE={archive}"]
            with subprocess.Popen(
                [*command, "-s", "DOWNLOAD_DELAY=0"], cwd=CHECKOUT, stderr=subprocess.DEVNULL
            ) as process:
                end = time.monotonic() + 120
                while len(site.sent) - asked < 8 + pages:
                    assert time.monotonic() < end
                    time.sleep(0.01)
                process.kill()
            check_captures(archive)
            torn = [found for file in warc_files(archive) for found in members(file) if isinstance(found, Damage)]
            assert len(torn) <= 1
            assert crawl(archive, site.base).status == 0
            check_captures(archive)
            warcio_check(*warc_files(archive))


def test_second_archive_in_the_folder_has_warc_files_of_its_own(tmp_path: Path) -> None:
    archive, second = tmp_path / "archive.db", tmp_path / "lain.db"
    with serve(seed=38, articles=5) as site:
        assert crawl(archive, site.base).status == 0
        before = {file: file.read_bytes() for file in warc_files(archive)}
        assert crawl(second, site.base).status == 0
        assert {file: file.read_bytes() for file in warc_files(archive)} == before
        assert crawl(archive, site.base).status == 0
    for one in (archive, second):
        check_captures(one)
    assert warc_files(second) == list((tmp_path / "lain.warc").iterdir())
