"""`kickcrawl add` on sites of every kind, then the crawl with the file that it wrote, unedited."""

import json
import os
import shutil
import socket
import subprocess
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from kickcrawl.outlet import read_outlet
from spiders.network.browser import BROWSERS
from tests.acceptance.check import check_archive
from tests.newsroom import Newsroom, serve, serve_blogger, serve_static
from tests.newsroom.script import Scripted
from tests.support.crawling import crawl, kickcrawl
from tests.support.scripted import WORDS, Answer, scripted

pytestmark = pytest.mark.crawl
needs_browser = pytest.mark.skipif(
    not any(shutil.which(name) for name in BROWSERS), reason="no Chromium is installed: apt-get install chromium"
)

ARTICLES = 40
SITES = {
    "WordPress with REST": (lambda: serve(seed=61, articles=ARTICLES), {}, "wordpress"),
    "WordPress by an SEO sitemap": (
        lambda: serve(seed=62, articles=ARTICLES), {"rest": "404", "sitemap": "seo"}, "wordpress",
    ),
    "Blogger": (lambda: serve_blogger(seed=63, articles=ARTICLES), {}, "blogger"),
    "feed and sitemap": (lambda: serve_static(seed=64, articles=ARTICLES), {}, "generic"),
    "sections only": (lambda: serve_static(seed=65, articles=ARTICLES, feed=False, sitemap=False), {}, "generic"),
}  # fmt: skip


PLACES = ("Sembalun", "Pringgabaya", "Selong", "Masbagik")
LIST_SCRIPT = """
const places = %s, list = document.getElementById("daftar");
list.innerHTML = places.map((place, n) =>
    `<h2><a href="/warta/panen-bawang-${n}-di-desa">Panen bawang di ${place} melimpah</a></h2>`).join("");
"""
FRONT = f"""<!doctype html><html lang="id"><head><title>Warta</title><script defer src="/rakit.js"></script></head>
<body><h1>Warta dari Lombok</h1><nav>{'<a href="/tentang">Tentang</a> ' * 9}</nav>
<main id="daftar"></main></body></html>
"""


def page_with_a_scripted_list(path: str, _turn: int) -> Answer:
    """Answer as a site whose articles are plain pages, and whose front page lists them by a script alone."""
    if path == "/rakit.js":
        return Answer(LIST_SCRIPT % json.dumps(PLACES), kind="text/javascript")
    if path.startswith("/warta/"):
        place = PLACES[int(path.split("-")[2])]
        title = f"Panen bawang di {place} melimpah"
        body = f"<article><h1>{title}</h1><p>{place}: {WORDS}</p></article>"
        return Answer(f"<!doctype html><html lang='id'><head><title>{title}</title></head><body>{body}</body></html>")
    return Answer(FRONT) if path == "/" else Answer("", 404)


def page_with_one_more_link(path: str, turn: int) -> Answer:
    """Answer likewise, with a link to one of the articles as the front page is sent."""
    answer = page_with_a_scripted_list(path, turn)
    link = f'<aside><a href="/warta/panen-bawang-0-di-desa">Panen bawang di {PLACES[0]} melimpah</a></aside>'
    return Answer(FRONT.replace("<main", f"{link}<main")) if path == "/" else answer


def add(
    *arguments: str, environment: dict[str, str] | None = None, delay: str = "0"
) -> subprocess.CompletedProcess[str]:
    """Run ``kickcrawl add`` as an operator would, by default without pauses."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("KICKCRAWL_")}
    return kickcrawl("add", *arguments, "--delay", delay, environment=clean | (environment or {}))


@pytest.mark.parametrize(
    ("make", "switches", "platform"),
    [
        pytest.param(*site, id=kind, marks=[] if kind == "WordPress with REST" else pytest.mark.slow)
        for kind, site in SITES.items()
    ],
)
def test_site_is_added_and_crawled_whole_with_the_file_as_written(
    tmp_path: Path, make: Callable[[], AbstractContextManager[Newsroom]], switches: dict[str, object], platform: str
) -> None:
    with make() as site:
        site.switch(**switches)
        done = add(site.base, "--out", str(tmp_path / "outlets"), "--name", "uji")
        assert done.returncode == 0, done.stderr
        assert done.stderr == ""
        file = tmp_path / "outlets" / "uji.toml"
        assert len(file.read_text().splitlines()) <= 20
        outlet = read_outlet(file)
        assert (outlet.platform, outlet.name, outlet.timezone) == (platform, "kicknews.today", "Asia/Makassar")
        shown = [post["title"] for post in site.truth() if post["title"] in done.stdout]
        assert len(shown) >= 2
        run = crawl(tmp_path / "archive.db", spider="uji", settings={"OUTLETS": tmp_path / "outlets"})
        findings = check_archive(tmp_path / "archive.db", site.truth())
    assert run.status == 0, run.err
    assert [str(finding) for finding in findings if not finding.ok] == []


def test_json_tells_the_same_and_the_file_goes_to_the_operators_folder(tmp_path: Path) -> None:
    with serve_blogger(seed=66, articles=20) as site:
        done = add(site.base, "--json", environment={"KICKCRAWL_OUTLETS": str(tmp_path)})
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["file"] == str(tmp_path / "127-0-0-1.toml")
    assert told["outlet"]["platform"] == "blogger"
    assert {seed["seed"] for seed in told["seeds"]} == {"blogger", "sitemap", "listing"}
    assert all(article["title"] and article["begins"] for article in told["articles"])
    assert read_outlet(tmp_path / "127-0-0-1.toml").home == site.base + "/"


@pytest.mark.parametrize(
    ("given", "line"),
    [
        ("0", "delay = 0  #"),
        pytest.param("2.5", "delay = 2.5  #", marks=pytest.mark.slow),
        pytest.param("1", None, marks=pytest.mark.slow),
    ],
    ids=["none", "more", "the usual"],
)
def test_delay_that_was_asked_for_stands_in_the_file(tmp_path: Path, given: str, line: str | None) -> None:
    with serve_static(seed=69, articles=8) as site:
        done = add(site.base, "--name", "uji", "--out", str(tmp_path), delay=given)
    assert done.returncode == 0, done.stderr
    lines = (tmp_path / "uji.toml").read_text().splitlines()
    assert [one.startswith(line or "") for one in lines if one.startswith("delay")] == [True] * bool(line)
    assert read_outlet(tmp_path / "uji.toml").delay == float(given)


@pytest.mark.slow
@needs_browser
def test_pages_that_only_a_browser_shows_are_proposed_to_be_rendered(tmp_path: Path) -> None:
    with serve(seed=70, articles=20, kind=Scripted) as site:
        done = add(site.base, "--name", "uji", "--out", str(tmp_path))
        shown = [post["title"] for post in site.truth() if post["title"] in done.stdout]
    assert done.returncode == 0, done.stderr
    assert len(shown) >= 2
    assert read_outlet(tmp_path / "uji.toml").render


@pytest.mark.slow
@needs_browser
@pytest.mark.parametrize("answer", [page_with_a_scripted_list, page_with_one_more_link])
def test_lists_that_only_a_browser_shows_are_proposed_to_be_rendered(
    tmp_path: Path, answer: Callable[[str, int], Answer]
) -> None:
    with scripted(answer) as site:
        done = add(site.base, "--name", "uji", "--out", str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert "Panen bawang di Selong melimpah" in done.stdout
    assert read_outlet(tmp_path / "uji.toml").render


def test_pages_that_need_no_browser_are_not_proposed_to_be_rendered(tmp_path: Path) -> None:
    with serve(seed=71, articles=20) as site:
        add(site.base, "--name", "uji", "--out", str(tmp_path))
        agents = {hit.headers.get("User-Agent") for hit in site.hits}
    assert not read_outlet(tmp_path / "uji.toml").render
    assert len(agents) == 1


def test_locked_posts_and_what_robots_forbid_are_not_asked_for(tmp_path: Path) -> None:
    with serve(seed=67, articles=30) as site:
        add(site.base, "--out", str(tmp_path))
        locked = {post["url"].removeprefix(site.base) for post in site.truth() if post["status"] == "password"}
        assert not locked & {hit.path for hit in site.hits}
        assert site.hits[0].path == "/robots.txt"
        assert len(site.hits) <= 15
        site.switch(robots="disallow")
        site.clear_hits()
        done = add(site.base, "--out", str(tmp_path / "lain"))
        assert {hit.path for hit in site.hits} == {"/robots.txt"}
    assert done.returncode == 1
    assert "robots.txt" in done.stderr


@pytest.mark.slow
def test_site_out_of_reach_is_told_in_one_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        closed = probe.getsockname()[1]
    done = add(f"http://127.0.0.1:{closed}", "--out", str(tmp_path))
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert str(closed) in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_other_port_of_this_machine_is_not_reached_through_a_redirect(tmp_path: Path) -> None:
    with serve(seed=68, articles=20) as hidden:

        class Elsewhere(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(404 if self.path == "/robots.txt" else 302)
                self.send_header("Location", hidden.base + "/")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing."""

        with ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere) as server:
            threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
            done = add(f"http://127.0.0.1:{server.server_address[1]}", "--out", str(tmp_path))
            server.shutdown()
        assert hidden.hits == []
    assert done.returncode == 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["warta.example"], "no web address"),
        (["https://kicknews.today/"], "is the outlet kicknews already"),
        (["https://warta.example/"], "KICKCRAWL_CONTACT"),
        (["http://127.0.0.1:9/", "--name", "Warta Uji"], "cannot name an outlet"),
    ],
)
def test_wrong_arguments_exit_2(tmp_path: Path, arguments: list[str], says: str) -> None:
    done = add(*arguments, "--out", str(tmp_path))
    assert done.returncode == 2
    assert says in done.stderr
    assert list(tmp_path.iterdir()) == []
