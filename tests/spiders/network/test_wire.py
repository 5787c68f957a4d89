"""The wire: what the crawl refuses to connect to, and how it waits when a server asks it to. A scripted server."""

import json
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from twisted.internet.error import DNSLookupError

from kickcrawl.settings import ITEM_PIPELINES
from spiders.network.guard import only_public
from tests.support.crawling import crawl, rows, value
from tests.support.scripted import Answer, newsroom, nothing, redirect, scripted, story
from tests.support.slow_reading import FOLDER, LATER

pytestmark = pytest.mark.crawl

SLOW = "tests.support.slow_reading.SlowExtract"


def test_no_redirect_leads_to_another_port_host_scheme_or_private_address(tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    with scripted(lambda _path, _turn: story("Rahasia")) as canary:
        port = canary.base.rsplit(":", 1)[1]
        traps = {
            "/ke-port-lain": redirect(f"{canary.base}/rahasia"),
            "/ke-localhost": redirect(f"http://localhost:{port}/rahasia"),
            "/ke-ipv6": redirect(f"http://[::1]:{port}/rahasia"),
            "/ke-nol": redirect(f"http://0.0.0.0:{port}/rahasia"),
            "/ke-desimal": redirect(f"http://2130706433:{port}/rahasia"),
            "/ke-metadata": redirect("http://127.169.254.169/latest/meta-data/"),
            "/ke-berkas": redirect("file:///etc/hostname"),
            "/ke-data": redirect("data:text/html,<h1>Rahasia</h1>"),
            "/ke-ftp": redirect(f"ftp://127.0.0.1:{port}/rahasia"),
            "/ke-situs-lain": redirect("http://kabar.example/berita"),
            "/cerita-biasa": lambda _turn: story("Panen bawang melimpah di Sembalun"),
        }
        with scripted(newsroom(traps, nothing)) as site:
            done = crawl(archive, site.base)
        assert canary.asked == []
    assert done.status == 0, done.err
    assert [row["title"] for row in rows(archive, "SELECT title FROM articles")] == [
        "Panen bawang melimpah di Sembalun"
    ]
    told = {row["url"].rsplit("/", 1)[1]: row["doubt"] for row in rows(archive, "SELECT url, doubt FROM frontier")}
    refused = ("ke-port-lain", "ke-localhost", "ke-metadata", "ke-situs-lain")
    assert {told[name] for name in refused} == {"redirects"}  # a seed names them, so they are asked for again for days


@pytest.mark.parametrize("status", [429, pytest.param(503, marks=pytest.mark.slow)])
def test_no_request_is_sent_while_the_server_asks_to_wait(tmp_path: Path, status: int) -> None:
    pause = 3

    def tired(turn: int) -> Answer:
        return Answer("sebentar", status, {"Retry-After": str(pause)}) if turn == 1 else story("Cerita yang tertunda")

    stories: dict[str, Callable[[int], Answer]] = {
        f"/cerita-{number}": lambda _turn: story("Cerita panen bawang dari Sembalun") for number in range(12)
    }
    with scripted(newsroom({"/cerita-tertunda": tired} | stories, nothing)) as site:
        # One connection, so that nothing else is on its way when the answer comes.
        done = crawl(tmp_path / "archive.db", site.base, settings={"CONCURRENT_REQUESTS_PER_DOMAIN": 1})
        asked_at = next(at for at, path in site.asked if path == "/cerita-tertunda")
        inside = [(path, at - asked_at) for at, path in site.asked if asked_at < at < asked_at + pause - 0.05]
    assert done.status == 0, done.err
    assert inside == []
    assert value(tmp_path / "archive.db", "SELECT count(*) FROM articles WHERE title = 'Cerita yang tertunda'") == 1


@pytest.mark.parametrize(
    "extensions",
    [pytest.param("{}", marks=pytest.mark.slow), '{"tests.support.forgetful.Forgetful": 1}'],
    ids=["busy", "idle now and then"],
)
def test_crawl_delay_of_robots_txt_is_kept(tmp_path: Path, extensions: str) -> None:
    def slow(path: str, _turn: int) -> Answer | None:
        if path == "/robots.txt":
            return Answer("User-agent: *\nCrawl-delay: 0.4\n", kind="text/plain")
        return None

    stories: dict[str, Callable[[int], Answer]] = {
        f"/cerita-{number}": lambda _turn: story("Cerita panen bawang") for number in range(4)
    }
    with scripted(newsroom(stories, slow)) as site:
        # One connection: what was noted before a request had been answered before that was sent.
        settings = {"EXTENSIONS": extensions, "CONCURRENT_REQUESTS_PER_DOMAIN": 1}
        crawl(tmp_path / "archive.db", site.base, settings=settings)
        asked = site.asked
    # The first that has its turn: behind robots.txt, which says so; or, in a new slot, a story. Its own delay is
    # not counted, for the slot may know no request before it.
    kind = "" if extensions == "{}" else "/cerita"
    first = next(at for at, (_, path) in enumerate(asked) if path != "/robots.txt" and path.startswith(kind))
    delays = len(asked) - first - 1
    assert delays >= (9 if extensions == "{}" else 3)
    # From what was noted before the first was sent, which a busy machine may itself have noted late.
    assert asked[-1][0] - asked[first - 1][0] >= 0.4 * delays


def slowly(**settings: object) -> dict[str, object]:
    """Return *settings* for a crawl that reads with tests.support.slow_reading."""
    return {
        "ITEM_PIPELINES": json.dumps({**ITEM_PIPELINES, SLOW: 100, "pipelines.extract.ExtractPipeline": None}),
        **settings,
    }


@pytest.mark.slow
def test_page_that_keeps_its_reader_busy_is_given_up_and_the_crawl_goes_on(tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    stories: dict[str, Callable[[int], Answer]] = {
        "/cerita-selamanya": lambda _turn: story("Cerita yang tidak habis dibaca"),
        "/cerita-biasa": lambda _turn: story("Panen bawang melimpah di Sembalun"),
    }
    with scripted(newsroom(stories, nothing)) as site:
        done = crawl(
            archive, site.base, settings=slowly(READ_TIMEOUT=4)
        )  # enough for the other, on a busy machine, too
    assert done.status == 0, done.err
    assert [row["title"] for row in rows(archive, "SELECT title FROM articles")] == [
        "Panen bawang melimpah di Sembalun"
    ]
    (given_up,) = rows(archive, "SELECT url, reason FROM rejections")
    assert (given_up["url"], given_up["reason"]) == (f"{site.base}/cerita-selamanya", "timeout")


def test_of_two_other_addresses_of_a_story_the_later_answer_counts_however_long_the_first_takes_to_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = tmp_path / "archive.db"
    title = "Panen bawang melimpah di Sembalun"

    def at_home(page: Answer) -> Answer:
        return Answer(page.body.replace("<title>", '<link rel="canonical" href="/panen-bawang"><title>'))

    stories: dict[str, Callable[[int], Answer]] = {
        "/panen-bawang-1-menunggu": lambda _turn: at_home(story(title)),
        "/panen-bawang-2-ditunggu": lambda _turn: at_home(story(title)),
    }
    monkeypatch.setenv(FOLDER, str(tmp_path))
    with scripted(newsroom(stories, nothing)) as site:
        # The one that waits comes first.
        done = crawl(archive, site.base, settings=slowly(CONCURRENT_REQUESTS_PER_DOMAIN=1, READ_TIMEOUT=60))
    assert done.status == 0, done.err
    assert (tmp_path / LATER).exists()
    captured = rows(archive, "SELECT id, url FROM captures WHERE url LIKE '%panen%' ORDER BY id")
    assert [row["url"].removeprefix(site.base) for row in captured] == list(stories)
    assert rows(archive, "SELECT capture_id FROM articles") == [{"capture_id": captured[1]["id"]}]


@pytest.mark.parametrize("address", ["127.0.0.1", "10.1.2.3", "169.254.169.254", "100.64.0.1", "0.0.0.0"])
def test_name_that_stands_for_a_private_address_is_not_resolved(address: str) -> None:
    with pytest.raises(DNSLookupError, match="no public address"):
        only_public(address, "kabar.example")
    assert only_public("93.184.216.34", "kabar.example") == "93.184.216.34"


@pytest.mark.slow
def test_candidates_that_wait_while_another_outlet_is_asked_for_more_are_fetched(tmp_path: Path) -> None:
    """While the archive is busy all that is in flight of the first site lands, and the second has nothing due."""
    archive, sites = tmp_path / "archive.db", tmp_path / "sites.txt"
    busy = sqlite3.connect(archive, isolation_level=None, check_same_thread=False)

    def story_of(number: int) -> Answer:
        if number == 10:  # the first: all that are leased with it land when the archive is free again
            busy.execute("BEGIN IMMEDIATE")
            threading.Timer(1.0, busy.execute, ("COMMIT",)).start()
        return story(f"Cerita panen ke-{number}")

    many = {f"/cerita-panen-{number}": lambda _turn, number=number: story_of(number) for number in range(10, 33)}
    with (
        scripted(newsroom(many, nothing)) as first,
        scripted(newsroom({"/cerita-lain": lambda _turn: story("Cerita yang lain")}, nothing)) as second,
    ):
        sites.write_text(f"{first.base}\n{second.base}\n")
        done = crawl(archive, spider="news", arguments={"url": f"@{sites}"})
    busy.close()
    assert done.status == 0, done.err
    assert value(archive, "SELECT count(*) FROM frontier WHERE state <> 'done'") == 0
    assert value(archive, "SELECT count(*) FROM articles") == len(many) + 1
