"""`kickcrawl run`: all outlets that are due, in one process, with one lock and one report."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive.lock import lock_all
from kickcrawl.dates import to_iso
from tests.newsroom import Newsroom, serve
from tests.support.crawling import rows, value
from tests.support.outlets import Region

DEAD = "http://127.0.0.1:9"


@pytest.fixture
def region(tmp_path: Path) -> Region:
    return Region(folder=tmp_path)


@pytest.fixture
def site() -> Iterator[Newsroom]:
    with serve(seed=5, articles=6) as site:
        yield site


@pytest.mark.crawl
def test_due_outlets_are_crawled_each_with_a_run_of_its_own(region: Region, site: Newsroom) -> None:
    region.add("mati", DEAD)
    with serve(seed=6, articles=3) as other:
        region.add("satu", site)
        region.add("dua", other)
        first = region.run()
        again = region.run()
    assert first.status == 1
    [sentence] = first.sentences
    assert "mati" in sentence
    assert "mati: FAILED, nothing new; " in first.out
    assert "satu: 6 stored" in first.out
    assert "dua: 3 stored" in first.out
    assert "3 outlets were due, 1 failed" in first.out
    ended = rows(region.archive, "SELECT outlet, outcome FROM runs ORDER BY outlet")
    assert [tuple(run.values()) for run in ended] == [("dua", "complete"), ("mati", "failed"), ("satu", "complete")]
    assert again.status == 0
    assert again.out.startswith("0 outlets were due, 0 failed; 3 are not due (first mati")


@pytest.mark.crawl
def test_run_that_follows_soon_asks_only_what_tells_all_that_is_new(region: Region, site: Newsroom) -> None:
    region.add("satu", site)
    region.run()
    hour_ago = to_iso(datetime.now(UTC) - timedelta(hours=1))
    with closing(sqlite3.connect(region.archive)) as archive, archive:
        archive.execute("UPDATE runs SET started_at = ?", [hour_ago])
        archive.execute("UPDATE frontier SET state = 'due' WHERE url = (SELECT min(url) FROM frontier)")
    waiting = value(region.archive, "SELECT min(url) FROM frontier")
    site.clear_hits()
    [told] = site.publish(1)
    done = region.run("--json")
    asked = [hit.path.partition("?")[0] for hit in site.hits]
    articles = [url.removeprefix(site.base) for url in (told["url"], waiting)]
    assert asked[:2] == ["/robots.txt", "/wp-json/wp/v2/posts"]
    assert sorted(asked[2:]) == sorted(articles)
    [outlet] = json.loads(done.out)["outlets"]
    assert (outlet["new"], outlet["is_quick"], outlet["failure"], outlet["requests"]) == (1, True, None, 4)


@pytest.mark.crawl
def test_outlets_shows_the_rhythm_of_those_that_were_crawled(region: Region, site: Newsroom) -> None:
    region.add("satu", site)
    region.add("dua", DEAD)
    before = region.ask("outlets")
    region.run("satu")
    after = region.ask("outlets", "--requests-per-day", "5")
    assert "satu" in before.stdout
    assert "next due" not in before.stdout
    [line] = [line for line in after.stdout.splitlines() if "next due" in line]
    assert "articles and 0 edits a day" in line
    assert "requests a day; next due" in line
    # After noon the usual pause of half a day ends on the next day, which has requests again.
    spent = line.endswith("00:00 UTC (its 5 requests of the day are spent)")
    assert spent or "as often as its requests of a day allow" in line


@pytest.mark.crawl
def test_second_run_says_in_one_sentence_that_another_is_at_work(region: Region, site: Newsroom) -> None:
    region.add("satu", site)
    with lock_all(region.archive):
        done = region.run()
    assert done.status == 1
    [sentence] = done.err.splitlines()
    assert "another `kickcrawl run` is at work on this archive" in sentence
    assert value(region.archive, "SELECT count(*) FROM runs") == 0


@pytest.mark.crawl
def test_what_goes_beyond_the_budget_of_a_day_is_counted_and_told(region: Region, site: Newsroom) -> None:
    region.add("satu", site, "requests_per_day = 11")
    first = region.run()
    again = region.run()
    assert first.status == 0
    stored = value(region.archive, "SELECT count(*) FROM articles")
    assert 0 < stored < 6
    assert f"its 11 requests of a day are spent; {6 - stored} addresses wait" in first.out
    [run] = rows(region.archive, "SELECT outcome, counts ->> 'put-off/budget' AS waiting FROM runs")
    assert run == {"outcome": "interrupted", "waiting": 6 - stored}
    assert again.status == 0
    assert "satu: put off; next due " in again.out
    assert "00:00 UTC (its 11 requests of the day are spent)" in again.out


@pytest.mark.crawl
def test_nothing_is_asked_in_quiet_hours(region: Region, site: Newsroom) -> None:
    region.add("satu", site)
    done = region.run("--all", "--quiet-hours", "00:00-12:00", "--quiet-hours", "12:00-23:59")
    assert done.status == 0
    assert site.hits == []
    assert "satu: put off; next due " in done.out
    assert "quiet hours; else it was never crawled" in done.out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--quiet-hours", "malam"], "'malam' are no hours; write them as \"23:00-05:00\""),
        (["-s", "DOWNLOAD_DELAY"], "'DOWNLOAD_DELAY' is no setting; write it as NAME=VALUE"),
        (
            ["-s", "REQUESTS_PER_DAY=banyak"],
            "REQUESTS_PER_DAY: 'banyak' is no number of 0 or more; write one such as 100000",
        ),
        (["-s", "NOTIFY=redaksi"], "KICKCRAWL_NOTIFY: one of its targets is no address"),
        (["satu", "--region", "ID-NB"], "name outlets or a region, not both"),
    ],
)
def test_wrong_arguments_are_answered_with_what_to_write(region: Region, arguments: list[str], told: str) -> None:
    region.add("satu", DEAD)
    done = region.run(*arguments)
    assert (done.status, done.out) == (2, "")
    assert told in done.err


def test_named_outlets_win_over_the_region_of_the_environment(region: Region, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KICKCRAWL_REGION", "ID-NB")
    region.add("satu", DEAD)
    done = region.run("satu", "--quiet-hours", "00:00-12:00", "--quiet-hours", "12:00-00:00")
    assert "1 put off" in done.out, done.err
