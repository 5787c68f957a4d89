"""Runs that nobody watches: a newsroom that changes for the worse is noticed, and nothing wrong is stored meanwhile."""

import json
import sqlite3
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from kickcrawl.dates import to_iso
from tests.acceptance.check import check_archive
from tests.newsroom import serve
from tests.newsroom.trouble import Troubled
from tests.support.crawling import crawl, kickcrawl, rows, value
from tests.support.scripted import Answer, newsroom, scripted, story
from tests.support.sinks import webhook

pytestmark = [pytest.mark.crawl, pytest.mark.slow]

ARTICLES = 60
SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"


def pretend_good_runs(archive: Path, count: int, *, before: datetime) -> None:
    """Insert *count* complete runs, one a day, the last on the day before *before*."""
    connection = sqlite3.connect(archive)
    with connection:
        for day in range(count, 0, -1):
            at = to_iso(before - timedelta(days=day))
            connection.execute(
                "INSERT INTO runs (outlet, started_at, finished_at, outcome, arguments, version, counts) "
                "VALUES ('kicknews', ?, ?, 'complete', '{}', '0.1.0', ?)",
                (at, at, json.dumps({"requests": 12, "stored": 10})),
            )
    connection.close()


def pretend_ten_a_day(archive: Path, *, until: datetime) -> None:
    """Date the archived articles and the only run as if ten had come a day, the last on *until*."""
    connection = sqlite3.connect(archive)
    with connection:
        keys = [key for (key,) in connection.execute("SELECT key FROM articles ORDER BY published_at DESC")]
        for number, key in enumerate(keys):
            at = to_iso(until - number * timedelta(hours=2.4))
            connection.execute("UPDATE articles SET published_at = ?, first_seen_at = ? WHERE key = ?", (at, at, key))
        connection.execute("UPDATE runs SET started_at = ?", (to_iso(until - timedelta(days=7)),))
    connection.close()


def status(archive: Path) -> dict[str, Any]:
    """Return what `kickcrawl status` says."""
    done = kickcrawl("status", "--json", "--archive", archive)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_newsroom_that_answers_with_front_pages_is_unhealthy_and_loses_nothing(tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    with serve(seed=61, articles=ARTICLES, kind=Troubled) as site:
        crawl(archive, site.base)
        pretend_good_runs(archive, 4, before=datetime.now(UTC))
        before = rows(archive, "SELECT * FROM articles ORDER BY id")
        site.trouble = "front"
        site.publish(4)
        edited = [post["id"] for post in site.truth() if post["archive"]][:2]
        for number in edited:
            site.edit(number, "paragraph")
        bad = crawl(archive, site.base)
        after = rows(archive, "SELECT * FROM articles ORDER BY id")
        run = rows(archive, "SELECT * FROM runs ORDER BY id DESC LIMIT 1")[0]
        site.trouble = None
        good = crawl(archive, site.base)
        findings = check_archive(archive, site.truth(), revised=2)
    assert bad.status == 1
    [sentence] = bad.sentences
    assert "6 of 6 pages are no articles (front-page)" in sentence
    assert [(row["id"], row["text"], row["gone_at"]) for row in after] == [
        (row["id"], row["text"], row["gone_at"]) for row in before
    ]
    assert run["outcome"] == "failed"
    assert json.loads(run["complaints"])[0]["kind"] == "rejections"
    assert good.status == 0, good.err
    assert [str(finding) for finding in findings if not finding.ok] == []


def test_half_empty_pages_are_unhealthy_and_replace_no_good_revision(tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    with serve(seed=62, articles=ARTICLES, kind=Troubled) as site:
        site.switch(rest="404", feed="404", sitemap="seo")
        good = crawl(archive, site.base)
        pretend_good_runs(archive, 4, before=datetime.now(UTC))
        before = {row["native_id"]: row for row in rows(archive, "SELECT * FROM articles")}
        site.trouble = "half"
        site.publish(5)
        long = [post for post in site.truth() if post["archive"] and len(post["body"]) > 5]
        edited = [str(post["id"]) for post in long[:2]]
        for number in edited:
            site.edit(int(number), "word")
        done = crawl(archive, site.base)
        after = {row["native_id"]: row for row in rows(archive, "SELECT * FROM articles")}
        due = value(archive, "SELECT count(*) FROM frontier WHERE state = 'due' AND reason = 'broken-page'")
    assert good.status == 0, good.err
    assert done.status == 1, done.out
    [sentence] = done.sentences
    for field in ("authors", "section", "half the usual text"):
        assert field in sentence
    assert "rejections" not in sentence
    assert "published_at" not in sentence  # the news sitemap says it
    assert len(after) == len(before) + 5
    for number in edited:
        assert after[number]["revision"] == before[number]["revision"]
        assert after[number]["text"] == before[number]["text"]
    assert due == 2


def test_ten_silent_days_where_ten_articles_a_day_were_usual_are_unhealthy(tmp_path: Path) -> None:
    archive, now = tmp_path / "archive.db", datetime.now(UTC)
    with serve(seed=63, articles=ARTICLES) as site:
        crawl(archive, site.base)
        pretend_ten_a_day(archive, until=now - timedelta(days=10))
        pretend_good_runs(archive, 5, before=now - timedelta(days=9))
        partial = crawl(archive, site.base, arguments={"limit": 5})
        silent = crawl(archive, site.base)
        [outlet] = status(archive)["outlets"]
        *_, good, failed = [row["started_at"] for row in rows(archive, "SELECT started_at FROM runs ORDER BY id")]
        site.publish(1)
        awake = crawl(archive, site.base)
    assert partial.status == 0, partial.err
    assert silent.status == 1
    [sentence] = silent.sentences
    assert "nothing new for 10 days where 10 a day was usual" in sentence
    assert to_iso(now - timedelta(days=10))[:10] in sentence
    assert [complaint["kind"] for complaint in outlet["complaints"]] == ["silence"]
    assert outlet["failing_since"] == outlet["last_run"]["started_at"] == failed
    assert outlet["last_good_run"] == good
    assert awake.status == 0, awake.err
    assert status(archive)["outlets"][0]["failing_since"] is None


def test_outlet_of_which_nothing_can_be_archived_is_unhealthy_in_its_first_run(tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    with serve(seed=64, articles=20, kind=Troubled) as site:
        site.trouble = "front"
        done = crawl(archive, site.base)
        [outlet] = status(archive)["outlets"]
    assert done.status == 1, done.out
    [sentence] = done.sentences
    assert "none of the 14 addresses that its seeds named could be archived (front-page 14)" in sentence
    assert "in a browser" in sentence
    assert value(archive, "SELECT count(*) FROM articles") == 0
    assert outlet["addresses"]["named"] == outlet["addresses"]["sum"] == 15
    assert [state["state"] for state in outlet["addresses"]["states"]] == ["waiting", "excluded"]


def test_fault_that_lasts_is_told_when_it_begins_and_when_it_ends(tmp_path: Path) -> None:
    archive, down = tmp_path / "archive.db", [False]
    stories = {f"/kabar/{n}": (lambda _turn, n=n: story(f"Panen bawang ke-{n} di Sembalun")) for n in range(4)}

    def sitemap(path: str, _turn: int) -> Answer | None:
        if path == "/sitemap.xml":
            entries = "".join(f"<url><loc>{site.base}{story}</loc></url>" for story in stories)
            return Answer(f"<urlset xmlns='{SITEMAPS}'>{entries}</urlset>", kind="text/xml")
        return Answer("rusak", 503) if down[0] and path == "/" else None

    with scripted(newsroom(stories, sitemap)) as site, webhook() as hook:
        outlet = OUTLET_FILE.format(home=site.base)
        (tmp_path / "warta.toml").write_text(outlet)
        settings = {"OUTLETS": tmp_path, "RETRY_TIMES": 0, "NOTIFY": hook.address}
        given: dict[str, Any] = {"spider": "warta", "settings": settings}
        well = crawl(archive, **given)
        down[0] = True
        begins, lasts = crawl(archive, **given), crawl(archive, **given)
        unwell = check(archive)
        down[0] = False
        ends, goes_on = crawl(archive, **given), crawl(archive, **given)
    assert (well.status, well.sentences) == (0, []), well.err
    assert begins.status == 1
    assert "is out of reach" in begins.sentences[0]
    assert (lasts.status, lasts.sentences) == (1, [])
    assert "still failing: warta: " in lasts.out
    assert unwell.returncode == 1
    assert "out of reach" in unwell.stdout
    assert ends.status == 0, ends.err
    assert "warta is well again; it had failed since" in ends.sentences[0]
    titles = [message["title"] for message in hook.messages]
    assert titles == ["kickcrawl: warta: the last run failed", "kickcrawl: over: warta: the last run failed"]
    assert (goes_on.status, goes_on.sentences) == (0, [])
    assert check(archive).returncode == 0


OUTLET_FILE = """
name = "Warta"
home = "{home}/"
delay = 0
[seeds]
sitemaps = ["/sitemap.xml"]
[urls]
article = ["^/kabar/"]
"""


def check(archive: Path) -> subprocess.CompletedProcess[str]:
    """Return how `kickcrawl status --check` ended."""
    return kickcrawl("status", "--check", "--archive", archive)
