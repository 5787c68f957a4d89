"""The crawl from end to end: the real command, the bundled newsroom, a real archive, held against the truth."""

import os
import signal
import socket
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import pytest

from kickcrawl import CHECKOUT
from tests.acceptance.check import Finding, check_archive
from tests.newsroom import Newsroom, serve
from tests.support.crawling import SCRAPY, crawl, rows, value

pytestmark = pytest.mark.crawl

ARTICLES = 40


def missed(findings: list[Finding], *, but: str = "") -> list[str]:
    return [str(finding) for finding in findings if not finding.ok and finding.what != but]


def article_pages(site: Newsroom) -> list[str]:
    paths = {post["url"].removeprefix(site.base) for post in site.truth()}
    return [hit.path for hit in site.hits if hit.path in paths]


VARIANTS = {
    "everything on": {},
    "REST off": {"rest": "404"},
    "REST forbidden with an HTML page, sitemaps of an SEO plugin": {"rest": "403", "feed": "404", "sitemap": "seo"},
    "feeds lead to the front page": {"rest": "401", "feed": "home", "sitemap": "seo"},
    "feeds alone": {"rest": "404", "sitemap": "off", "feed": "summary"},
    "section pages alone": {"rest": "404", "feed": "404", "sitemap": "off"},
    "a bare theme": {"clutter": False, "seo": "none"},
    "an unknown theme": {"seo": "none", "content_class": "qx-7-isi"},
    "compressed answers": {"gzip": True, "seo": "newsarticle"},
}
QUICK = ("everything on", "section pages alone")  # the most seeds and the fewest; what lies between is slow


@pytest.mark.parametrize(
    "switches",
    [
        pytest.param(switches, id=name, marks=[] if name in QUICK else pytest.mark.slow)
        for name, switches in VARIANTS.items()
    ],
)
def test_every_public_article_is_archived_exactly_and_nothing_else(tmp_path: Path, switches: dict[str, object]) -> None:
    archive = tmp_path / "archive.db"
    with serve(seed=11, articles=ARTICLES) as site:
        site.switch(**switches)
        done = crawl(archive, site.base)
        shows_modified = switches.get("rest", "on") == "on" or switches.get("seo") not in ("none",)
        findings = check_archive(archive, site.truth(), may_be_null=() if shows_modified else ("modified",))
    assert done.status == 0, done.err
    assert missed(findings) == []


@pytest.mark.slow
@pytest.mark.parametrize("permalink", ["/%postname%", "/%postname%/", "/%year%/%monthnum%/%day%/%postname%/"])
def test_any_permalink_structure_is_followed(tmp_path: Path, permalink: str) -> None:
    archive = tmp_path / "archive.db"
    with serve(seed=12, articles=ARTICLES, permalink=permalink) as site:
        done = crawl(archive, site.base)
        findings = check_archive(archive, site.truth())
    assert done.status == 0, done.err
    assert missed(findings) == []


def test_first_run_asks_for_each_page_about_once_and_for_no_locked_post(tmp_path: Path) -> None:
    with serve(seed=13, articles=ARTICLES) as site:
        crawl(tmp_path / "archive.db", site.base)
        pages = sum(post["flags"]["pages"] for post in site.truth() if post["archive"])
        locked = {post["url"].removeprefix(site.base) for post in site.truth() if post["status"] == "password"}
        assert len(site.hits) <= pages + 15  # robots.txt, front page, REST, sitemaps, feed
        assert not [hit.path for hit in site.hits if hit.path in locked]


@pytest.mark.slow
def test_second_run_at_once_fetches_no_article(tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    with serve(seed=14, articles=ARTICLES) as site:
        crawl(archive, site.base)
        site.clear_hits()
        done = crawl(archive, site.base)
        assert done.status == 0, done.err
        assert article_pages(site) == []
        assert len(site.hits) <= 6


@pytest.mark.parametrize(
    "switches",
    [
        pytest.param({}, id="by REST"),
        pytest.param({"rest": "404", "feed": "404", "sitemap": "seo"}, id="by a dated sitemap", marks=pytest.mark.slow),
        pytest.param({"rest": "404"}, id="by the feed of the last edited", marks=pytest.mark.slow),
    ],
)
def test_later_run_fetches_what_changed_and_keeps_every_state(tmp_path: Path, switches: dict[str, object]) -> None:
    archive = tmp_path / "archive.db"
    kinds = ("word", "paragraph", "title", "terms", "touch", "slug", "remove", "correction")
    with serve(seed=15, articles=ARTICLES) as site:
        site.switch(**switches)
        crawl(archive, site.base)
        trashed = [row["id"] for row in site.trash(3)]
        single = [p for p in site.truth() if p["archive"] and p["flags"]["pages"] == 1 and len(p["body"]) > 4]
        edited = {kind: post["id"] for kind, post in zip(kinds, single[:: len(single) // len(kinds)], strict=False)}
        changes = {kind: site.edit(number, kind) for kind, number in edited.items()}
        site.publish(3)
        site.clear_hits()
        done = crawl(archive, site.base)
        asked = article_pages(site)
        findings = check_archive(archive, site.truth(), revised=6)
    assert done.status == 0, done.err
    assert missed(findings) == []
    found = {row["native_id"]: row for row in rows(archive, "SELECT native_id, revision, gone_at, text FROM articles")}
    assert {kind: found[str(number)]["revision"] for kind, number in edited.items()} == {
        kind: 1 if kind in ("touch", "slug") else 2 for kind in kinds
    }
    assert {number for number, row in found.items() if row["gone_at"]} == {str(number) for number in trashed}
    assert value(archive, "SELECT count(*) FROM article_urls WHERE url = :url", url=changes["slug"]["before"]) == 1
    assert len(asked) <= len(kinds) + 3 + 3 + 1


def test_reprints_are_stories_with_the_first_one_named(tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    with serve(seed=30, articles=ARTICLES) as site:
        crawl(archive, site.base)
        assert value(archive, "SELECT count(*) FROM stories") == 0
        copies = {str(told["id"]): str(told["of"]) for told in site.reprint(3)}
        done = crawl(archive, site.base)
    assert done.status == 0, done.err
    found = rows(
        archive,
        "SELECT f.native_id AS first, a.native_id AS copy, m.share FROM stories s "
        "JOIN story_members m ON m.story_id = s.id AND m.article_id <> s.first_id "
        "JOIN articles f ON f.id = s.first_id JOIN articles a ON a.id = m.article_id",
    )
    assert {row["copy"]: row["first"] for row in found} == copies
    assert all(row["share"] > 0.9 for row in found)


def test_article_that_is_gone_keeps_its_text_and_comes_back(tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    with serve(seed=16, articles=ARTICLES) as site:
        site.switch(gone=410)
        crawl(archive, site.base)
        [trashed] = site.trash(1)
        crawl(archive, site.base)
    row = rows(archive, "SELECT * FROM articles WHERE native_id = :id", id=str(trashed["id"]))[0]
    assert row["gone_at"] >= row["last_seen_at"]
    assert row["revision"] == 1
    assert row["words"] == len(row["text"].split()) > 0


@pytest.mark.slow
def test_withdrawn_storys_address_that_leads_to_another_story_is_not_followed(tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    with serve(seed=29, articles=ARTICLES) as site:
        site.switch(gone=301)
        crawl(archive, site.base)
        [trashed] = site.trash(1)
        site.clear_hits()
        done = crawl(archive, site.base)
        asked = article_pages(site)
    assert done.status == 0, done.err
    assert asked == [trashed["url"].removeprefix(site.base)]
    assert rows(archive, "SELECT a.title, a.revision FROM articles a WHERE gone_at IS NOT NULL") == [
        {"title": trashed["title"], "revision": 1}
    ]
    assert [row["detail"] for row in rows(archive, "SELECT detail FROM rejections WHERE reason = 'other-article'")]


@pytest.mark.slow
def test_limit_since_and_until_bound_what_is_stored(tmp_path: Path) -> None:
    with serve(seed=17, articles=ARTICLES) as site:
        crawl(tmp_path / "limit" / "archive.db", site.base, arguments={"limit": 5})
        crawl(tmp_path / "span" / "archive.db", site.base, arguments={"since": "2025-03-01", "until": "2025-06-30"})
        public = [post for post in site.truth() if post["archive"]]
    newest = sorted((post["published"] for post in public), reverse=True)[:5]
    stored = rows(tmp_path / "limit" / "archive.db", "SELECT published_at FROM articles ORDER BY published_at DESC")
    assert [row["published_at"][:16] for row in stored] == [_utc(time)[:16] for time in newest]
    inside = {post["url"] for post in public if "2025-03-01" <= post["published"][:10] <= "2025-06-30"}
    assert {row["url"] for row in rows(tmp_path / "span" / "archive.db", "SELECT url FROM articles")} == inside


@pytest.mark.slow
def test_since_holds_where_only_the_pages_tell_the_time(tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    with serve(seed=27, articles=ARTICLES) as site:
        site.switch(rest="404", feed="404", sitemap="off")
        crawl(archive, site.base, arguments={"since": "2025-08-01"})
        wanted = {post["url"] for post in site.truth() if post["archive"] and post["published"][:10] >= "2025-08-01"}
        assert {row["url"] for row in rows(archive, "SELECT url FROM articles")} == wanted
        crawl(archive, site.base)
        findings = check_archive(archive, site.truth())
    assert missed(findings) == []


@pytest.mark.slow
def test_run_after_a_limited_one_archives_the_rest(tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    with serve(seed=18, articles=ARTICLES) as site:
        crawl(archive, site.base, arguments={"limit": 5})
        crawl(archive, site.base)
        findings = check_archive(archive, site.truth())
    assert missed(findings) == []


@pytest.mark.slow
def test_answers_of_503_and_a_silent_port_fail_in_one_line_and_change_nothing(tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    with serve(seed=19, articles=ARTICLES) as site:
        crawl(archive, site.base)
        before = rows(archive, "SELECT * FROM articles ORDER BY id")
        site.switch(robots="5xx")
        down = crawl(archive, site.base)
    with socket.create_server(("127.0.0.1", 0)) as probe:
        closed = probe.getsockname()[1]
    silent = crawl(archive, f"http://127.0.0.1:{closed}")
    for done in (down, silent):
        assert done.status == 1
        assert len(done.sentences) == 1
    assert "robots.txt" in down.sentences[0]
    assert "503" in down.sentences[0] or "500" in down.sentences[0]
    assert rows(archive, "SELECT * FROM articles ORDER BY id") == before
    outcomes = [row["outcome"] for row in rows(archive, "SELECT outcome FROM runs ORDER BY id")]
    assert outcomes == ["complete", "failed", "failed"]


@pytest.mark.slow
def test_page_that_fails_for_a_while_is_retried_and_archived(tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    with serve(seed=20, articles=ARTICLES) as site:
        unlucky = next(post for post in site.truth() if post["archive"])
        site.fail_next(unlucky["url"].removeprefix(site.base), 2, 503)
        done = crawl(archive, site.base)
        findings = check_archive(archive, site.truth())
    assert done.status == 0, done.err
    assert missed(findings) == []


def test_page_that_keeps_failing_is_put_off_and_does_not_fail_the_run(tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    with serve(seed=21, articles=ARTICLES) as site:
        unlucky = next(post for post in site.truth() if post["archive"])
        site.fail_next(unlucky["url"].removeprefix(site.base), 1000, 500)
        done = crawl(archive, site.base)
    assert done.status == 0, done.err
    row = rows(archive, "SELECT * FROM frontier WHERE url = :url", url=unlucky["url"])[0]
    assert (row["state"], row["attempts"], row["reason"]) == ("due", 2, "HTTP 500")  # once more at the end of the run


def test_robots_that_disallow_everything_are_obeyed(tmp_path: Path) -> None:
    with serve(seed=22, articles=ARTICLES) as site:
        site.switch(robots="disallow")
        done = crawl(tmp_path / "archive.db", site.base)
        assert {hit.path for hit in site.hits} == {"/robots.txt"}
    assert done.status == 1
    assert "robots.txt" in done.sentences[0]


def test_user_agent_is_honest(tmp_path: Path) -> None:
    with serve(seed=23, articles=10) as site:
        crawl(tmp_path / "archive.db", site.base, settings={"CONTACT": "arsip@contoh.example"})
        agents = {hit.headers["user-agent"] for hit in site.hits}
    assert len(agents) == 1
    assert "kickcrawl/" in agents.pop()


@pytest.mark.slow
def test_two_runs_of_one_outlet_do_not_overlap(tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    with serve(seed=24, articles=ARTICLES) as site:
        command = [SCRAPY, "crawl", "kicknews", "-a", f"base_url={site.base}", "-s", f"ARCHIVE={archive}"]
        with subprocess.Popen(
            [*command, "-s", "DOWNLOAD_DELAY=1"], cwd=CHECKOUT, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL
        ) as first:
            _until(lambda: bool(site.hits))  # it has its lock, and will need more than 40 s
            second = crawl(archive, site.base)
            first.kill()
    assert second.status == 1
    assert "another run of kicknews" in second.sentences[0]


@pytest.mark.slow
def test_killed_run_loses_nothing(tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    with serve(seed=25, articles=ARTICLES) as site:
        command = [SCRAPY, "crawl", "kicknews", "-a", f"base_url={site.base}", "-s", f"ARCHIVE={archive}"]
        with subprocess.Popen(
            # slow enough that it is not over before it is killed
            [*command, "-s", "DOWNLOAD_DELAY=0.2"],
            cwd=CHECKOUT,
            stderr=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        ) as first:
            _until(lambda: len(article_pages(site)) > 10)
            first.kill()
        crawl(archive, site.base)
        findings = check_archive(archive, site.truth())
    assert missed(findings) == []
    assert [row["outcome"] for row in rows(archive, "SELECT outcome FROM runs ORDER BY id")] == ["died", "complete"]


@pytest.mark.slow
def test_signal_to_the_whole_process_group_ends_the_run_in_good_order(tmp_path: Path) -> None:
    """As timeout(1) sends it: to the workers, too, and to the server that forks them."""
    archive = tmp_path / "archive.db"
    with serve(seed=26, articles=ARTICLES) as site:
        command = [SCRAPY, "crawl", "kicknews", "-a", f"base_url={site.base}", "-s", f"ARCHIVE={archive}"]
        with subprocess.Popen(
            [*command, "-s", "DOWNLOAD_DELAY=0.1"],
            cwd=CHECKOUT, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, start_new_session=True,
        ) as running:  # fmt: skip
            _until(lambda: bool(article_pages(site)))  # the workers are just being started
            os.killpg(running.pid, signal.SIGTERM)
            _, err = running.communicate(timeout=120)
    assert running.returncode == 1
    assert "kickcrawl: interrupted before it was done" in err
    assert "Traceback" not in err
    assert value(archive, "SELECT count(*) FROM rejections") == 0


def test_archive_in_a_place_that_cannot_be_is_one_sentence(tmp_path: Path) -> None:
    archive = tmp_path / ("arsip" * 60) / "archive.db"
    command = [SCRAPY, "crawl", "kicknews", "-a", "base_url=http://127.0.0.1:9", "-s", f"ARCHIVE={archive}"]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert len([line for line in done.stderr.splitlines() if line.startswith("kickcrawl: ")]) == 1, done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_second_signal_does_not_make_a_cut_run_look_whole(tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    with serve(seed=26, articles=ARTICLES) as site:
        command = [SCRAPY, "crawl", "kicknews", "-a", f"base_url={site.base}", "-s", f"ARCHIVE={archive}"]
        with subprocess.Popen(
            [*command, "-s", "DOWNLOAD_DELAY=0.1"],
            cwd=CHECKOUT, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True,
        ) as running:  # fmt: skip
            _until(lambda: len(article_pages(site)) > 5)
            while running.poll() is None:  # each is caught, also where the one before is still at work
                running.send_signal(signal.SIGTERM)
                with suppress(subprocess.TimeoutExpired):
                    running.wait(0.05)
            _, err = running.communicate(timeout=120)
    assert (running.returncode, "kickcrawl: interrupted before it was done" in err) == (1, True), err


@pytest.mark.slow
def test_full_disk_ends_the_run_in_one_line_and_the_next_one_completes_it(tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    with serve(seed=28, articles=ARTICLES) as site:
        command = [SCRAPY, "crawl", "kicknews", "-a", f"base_url={site.base}", "-s", f"ARCHIVE={archive}"]
        full = subprocess.run(
            ["bash", "-c", 'ulimit -f 900; exec "$@"', "-", *command, "-s", "DOWNLOAD_DELAY=0"],  # 900 KiB a file
            cwd=CHECKOUT, capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip
        done = crawl(archive, site.base)
        findings = check_archive(archive, site.truth())
    assert full.returncode == 1
    assert len([line for line in full.stderr.splitlines() if line.startswith("kickcrawl: ")]) == 1
    assert "Traceback" not in full.stderr
    assert done.status == 0, done.err
    assert missed(findings) == []


@pytest.mark.parametrize(
    ("arguments", "spider", "says"),
    [
        ({"base_url": "http://a:RAHASIA@127.0.0.1:9"}, "kicknews", "password"),
        ({"base_url": "http://127.0.0.1:9", "READ_TIMEOUT": "lama"}, "kicknews", "READ_TIMEOUT"),
    ],
    ids=lambda value: str(value),
)
def test_wrong_arguments_exit_2_with_one_sentence_and_make_no_archive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: dict[str, str], spider: str, says: str
) -> None:
    monkeypatch.delenv("KICKCRAWL_CONTACT", raising=False)
    settings = {name: value for name, value in arguments.items() if name.isupper()}
    arguments = {name: value for name, value in arguments.items() if not name.isupper()}
    done = crawl(tmp_path / "archive.db", spider=spider, arguments=arguments, settings=settings)
    assert done.status == 2
    assert len(done.sentences) == 1
    assert says in done.sentences[0]
    assert "Traceback" not in done.err
    assert "RAHASIA" not in done.err
    assert list(tmp_path.iterdir()) == []


def test_broken_outlet_file_is_named_with_its_key(tmp_path: Path) -> None:
    (tmp_path / "outlets").mkdir()
    (tmp_path / "outlets" / "surat.toml").write_text('name = "Surat"\nhome = "https://surat.example/"\ndelya = 2\n')
    done = crawl(tmp_path / "archive.db", spider="surat", settings={"OUTLETS": tmp_path / "outlets"})
    assert done.status == 2
    assert "surat.toml" in done.sentences[0]
    assert "delya" in done.sentences[0]
    assert "Traceback" not in done.err


def test_archive_that_is_no_archive_of_ours_is_left_alone(tmp_path: Path) -> None:
    archive = tmp_path / "catatan.db"
    archive.write_bytes(b"bukan basis data " * 100)
    with serve(seed=26, articles=10) as site:
        done = crawl(archive, site.base)
        assert site.hits == []
    assert done.status == 1
    assert str(archive) in done.sentences[0]
    assert archive.read_bytes() == b"bukan basis data " * 100


def _until(condition: object, seconds: float = 120) -> None:
    assert callable(condition)
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "the condition did not come true in time"
        time.sleep(0.05)


def _utc(time_text: str) -> str:
    from datetime import UTC, datetime

    return datetime.fromisoformat(time_text).astimezone(UTC).isoformat(timespec="seconds")
