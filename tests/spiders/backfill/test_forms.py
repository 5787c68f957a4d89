"""Backfills from servers that answer as the Wayback Machine and Common Crawl do, whole and faulty."""

import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from kickcrawl.dates import to_iso
from tests.acceptance.check import Truth, check_archive
from tests.newsroom import Newsroom, serve
from tests.support.archive_servers import ServedArchive, serving_archive
from tests.support.crawling import rows
from tests.support.machines import until
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


@pytest.mark.parametrize("source", ["wayback", pytest.param("commoncrawl", marks=pytest.mark.slow)])
def test_all_that_is_lost_comes_as_it_was(lost: Lost, source: str, tmp_path: Path) -> None:
    ours = ours_of(lost, tmp_path)
    done = ours.run(f"own,{source}")
    assert done.returncode == 0, done.stderr
    assert [str(finding) for finding in check_archive(ours.archive, lost.truth) if not finding.ok] == []
    told = rows(ours.archive, "SELECT url, gone_at, source FROM articles WHERE source IS NOT NULL ORDER BY url")
    assert [row["url"] for row in told] == lost.urls
    assert all(row["gone_at"] for row in told)
    stated = "SELECT DISTINCT a.url FROM rights r JOIN articles a ON a.id = r.subject WHERE a.source <> '' ORDER BY 1"
    assert [row["url"] for row in rows(ours.archive, stated)] == lost.urls
    hosts = rows(ours.archive, "SELECT DISTINCT name FROM observations WHERE subject <> 'terms'")
    assert [row["name"] for row in hosts] == [urlsplit(lost.site.base).netloc]  # never the web archive's
    assert ours.kickcrawl("verify").returncode == 0
    one = rows(ours.archive, "SELECT id, source FROM articles WHERE source IS NOT NULL LIMIT 1")[0]
    for command in ("show", "history", "cite"):
        assert one["source"] in ours.kickcrawl(command, one["id"]).stdout
    cited = ours.kickcrawl("cite", one["id"]).stdout
    assert ours.kickcrawl("verify", "--citation", cited).returncode == 0
    assert all(agent.startswith("kickcrawl/") for agent in lost.served.agents)


FAULTS = [
    ("wayback", "digest", "rejected", "digest: "),
    ("wayback", "302", "rejected", "redirect: "),
    pytest.param("wayback", "404", "rejected", "not-there: HTTP 404", marks=pytest.mark.slow),
    ("wayback", "503", "due", "HTTP 503"),
    ("wayback", "noarchive", "rejected", "noarchive: its header says noarchive to all robots"),
    ("commoncrawl", "half", "due", "half: "),
    pytest.param("commoncrawl", "digest", "rejected", "digest: ", marks=pytest.mark.slow),
    ("commoncrawl", "whole-file", "rejected", "too-large: "),
    pytest.param("commoncrawl", "403", "rejected", "not-there: HTTP 403", marks=pytest.mark.slow),
]


@pytest.mark.slow
@pytest.mark.parametrize(("source", "fault", "state", "reason"), FAULTS, ids=lambda value: str(value).strip(": "))
def test_bad_answer_is_counted_told_and_can_be_looked_up(
    lost: Lost, source: str, fault: str, state: str, reason: str, tmp_path: Path
) -> None:
    wrong = lost.urls[0]
    lost.served.faults[wrong] = fault
    ours = ours_of(lost, tmp_path)
    done = ours.run(source)
    found = rows(ours.archive, "SELECT * FROM backfill_captures WHERE url = :url", url=wrong)
    assert [row["state"] for row in found] == [state]
    assert reason in found[0]["reason"]
    assert rows(ours.archive, "SELECT 1 FROM articles WHERE url = :url", url=wrong) == []
    if fault == "noarchive":
        [kept] = rows(ours.archive, "SELECT length FROM captures WHERE url = :url", url=wrong)
        assert kept["length"] == 0
        [said] = rows(ours.archive, "SELECT kind, value FROM rights WHERE subject = :url", url=wrong)
        assert said == {"kind": "robots", "value": "noarchive"}
    if state == "rejected":
        assert "not taken: 1 " in done.stdout
        assert reason in ours.kickcrawl("backfill", "--status", "--refused").stdout
    else:
        assert "1 deferred" in done.stdout
        assert "complete" not in ours.kickcrawl("backfill", "--status").stdout
        lost.served.faults.clear()
        # Times are kept to the second: a run asks again for what was asked for in an earlier second than its start.
        asked_at = found[0]["asked_at"]
        until(lambda: to_iso(datetime.now(UTC)) > asked_at, 5, "the next second has not begun")
        again = ours.run(source)
        assert again.returncode == 0
        assert len(rows(ours.archive, "SELECT 1 FROM articles WHERE url = :url", url=wrong)) == 1, again
    assert ours.kickcrawl("verify").returncode == 0


@pytest.mark.slow
@pytest.mark.parametrize(
    ("source", "fault"),
    [("wayback", "503"), ("commoncrawl", "cut"), pytest.param("wayback", "cut", marks=pytest.mark.slow)],
)
def test_index_that_cannot_be_read_is_a_failure_and_not_an_empty_one(
    lost: Lost, source: str, fault: str, tmp_path: Path
) -> None:
    lost.served.faults["index"] = fault
    ours = ours_of(lost, tmp_path)
    done = ours.run(source)
    assert done.returncode == 1
    assert "FAILED" in done.stdout
    assert f"warta: {source}: " in done.stderr.splitlines()[-1]
    assert "FAILED" in ours.kickcrawl("backfill", "--status").stdout
    lost.served.faults.clear()
    assert ours.run(source).returncode == 0
    assert "FAILED" not in ours.kickcrawl("backfill", "--status").stdout


def test_index_without_captures_is_complete(lost: Lost, tmp_path: Path) -> None:
    ours = ours_of(lost, tmp_path)
    done = ours.run("wayback", since="2026-11-30")
    assert done.returncode == 0, done.stderr
    assert "from wayback, 2026-11-30 to today: complete" in ours.kickcrawl("backfill", "--status").stdout
    assert rows(ours.archive, "SELECT 1 FROM articles") == []


@pytest.mark.slow
def test_pause_that_the_web_archive_asks_for_is_made(lost: Lost, tmp_path: Path) -> None:
    lost.served.faults[lost.urls[0]] = "429"
    ours = ours_of(lost, tmp_path)
    done = ours.run("wayback")
    assert done.returncode == 0, done.stderr
    assert len(rows(ours.archive, "SELECT 1 FROM articles WHERE url = :url", url=lost.urls[0])) == 1


@pytest.mark.slow
def test_web_archive_that_asks_for_a_long_pause_is_left_alone_until_the_next_run(lost: Lost, tmp_path: Path) -> None:
    lost.served.faults[lost.urls[0]] = "429 long"
    ours = ours_of(lost, tmp_path)
    done = ours.run("wayback")
    assert done.returncode == 1
    assert "asks for a pause of 300 s" in done.stderr
    assert "FAILED" in ours.kickcrawl("backfill", "--status").stdout
    assert ours.run("wayback").returncode == 0
    assert "complete" in ours.kickcrawl("backfill", "--status").stdout


def test_robots_of_the_web_archive_are_obeyed(lost: Lost, tmp_path: Path) -> None:
    lost.served.robots = "User-agent: *\nDisallow: /cdx/\n"
    done = ours_of(lost, tmp_path).run("wayback")
    assert done.returncode == 1
    assert "robots.txt of 127.0.0.1" in done.stderr
    assert lost.served.hits == ["/robots.txt"]


def test_what_the_outlet_forbids_today_is_not_asked_for_elsewhere(lost: Lost, tmp_path: Path) -> None:
    lost.site.switch(robots="disallow")
    try:
        done = ours_of(lost, tmp_path).run("wayback")
    finally:
        lost.site.switch(robots="ok")
    assert done.returncode == 0, done.stderr
    assert [hit for hit in lost.served.hits if hit.startswith("/web/")] == []


@pytest.mark.slow
def test_archived_article_is_never_changed_by_a_web_archive(lost: Lost, tmp_path: Path) -> None:
    ours = ours_of(lost, tmp_path)
    assert ours.run("own").returncode == 0
    told = "SELECT id, text, revision, capture_id, source FROM articles ORDER BY id"
    before = rows(ours.archive, told)
    assert ours.run("wayback").returncode == 0
    after = {row["id"]: row for row in rows(ours.archive, told)}
    assert [after[row["id"]] for row in before] == before
    own = [row["url"] for row in rows(ours.archive, "SELECT url FROM articles WHERE source IS NULL")]
    assert not [hit for hit in lost.served.hits if hit.startswith("/web/") and hit.endswith(tuple(own))]


@pytest.mark.slow
def test_a_day_ends_with_its_budget_and_the_next_goes_on(lost: Lost, tmp_path: Path) -> None:
    ours = ours_of(lost, tmp_path)
    first = ours.run("wayback", "--requests", "9", "--delay", "0.2")  # requests wait, and are counted before they do
    assert first.returncode == 0, first.stderr
    assert "paused until tomorrow" in first.stdout
    assert len(lost.served.hits) == 8  # and the outlet was asked for its robots.txt
    stored = len(rows(ours.archive, "SELECT 1 FROM articles"))
    assert 0 < stored < len(lost.truth)
    again = ours.run("wayback", "--requests", "9")
    assert "paused until tomorrow" in again.stdout
    assert len(lost.served.hits) == 8
    assert ours.run("wayback").returncode == 0
    assert "complete" in ours.kickcrawl("backfill", "--status").stdout
    asked = [hit for hit in lost.served.hits if hit.startswith("/web/")]
    assert len(asked) == len(set(asked))


@pytest.mark.slow
def test_article_that_was_taken_down_does_not_come_back(lost: Lost, tmp_path: Path) -> None:
    ours = ours_of(lost, tmp_path)
    assert ours.run("wayback").returncode == 0
    article = rows(ours.archive, "SELECT id, url FROM articles WHERE url = :url", url=lost.urls[0])[0]
    done = ours.kickcrawl("takedown", article["id"], "--reason", "diminta keluarga", "--yes")
    assert done.returncode == 0, done.stderr
    assert ours.kickcrawl("verify").returncode == 0
    assert ours.run("wayback,commoncrawl").returncode == 0
    assert ours.run("wayback", since="2019-01-01").returncode == 0
    assert rows(ours.archive, "SELECT 1 FROM articles WHERE url = :url", url=article["url"]) == []
    assert ours.kickcrawl("verify").returncode == 0


@pytest.mark.slow
def test_backfill_that_is_stopped_ends_in_order_and_goes_on(lost: Lost, tmp_path: Path) -> None:
    ours = ours_of(lost, tmp_path)
    stopped = ours.start("wayback,commoncrawl", "--delay", "0.2")
    while sum(hit.startswith("/web/") for hit in lost.served.hits) < 3:
        assert stopped.poll() is None
        time.sleep(0.02)
    stopped.send_signal(signal.SIGINT)
    assert stopped.wait(60) == 1
    (run,) = rows(ours.archive, "SELECT outcome, chain_head FROM runs")
    assert run["outcome"] == "interrupted"
    assert run["chain_head"]
    assert ours.run("wayback").returncode == 0
    assert "complete" in ours.kickcrawl("backfill", "--status").stdout


@pytest.mark.slow
def test_backfill_that_was_killed_goes_on_where_it_was(lost: Lost, tmp_path: Path) -> None:
    ours = ours_of(lost, tmp_path)
    killed = ours.start("wayback", "--delay", "0.2")
    try:
        while sum(hit.startswith("/web/") for hit in lost.served.hits) < 5:
            assert killed.poll() is None
            time.sleep(0.02)
    finally:
        killed.kill()
        killed.wait()
    done = ours.run("own,wayback")
    assert done.returncode == 0, done.stderr
    assert [str(finding) for finding in check_archive(ours.archive, lost.truth) if not finding.ok] == []
    assert ours.kickcrawl("verify").returncode == 0
