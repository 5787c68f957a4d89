"""`kickcrawl add` on sites of every kind, then the crawl with the file that it wrote, unedited."""

import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from kickcrawl import CHECKOUT
from kickcrawl.outlet import read_outlet
from tests.acceptance.check import check_archive
from tests.newsroom import Newsroom, serve, serve_blogger, serve_static
from tests.support.crawling import crawl

pytestmark = pytest.mark.crawl

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


def add(*arguments: str, environment: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run ``kickcrawl add`` as an operator would, without pauses."""
    command = [sys.executable, "-m", "spiders.cli", "add", *arguments, "--delay", "0"]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("KICKCRAWL_")}
    return subprocess.run(
        command, cwd=CHECKOUT, capture_output=True, text=True, timeout=120, check=False, env=clean | (environment or {})
    )


@pytest.mark.parametrize(("make", "switches", "platform"), SITES.values(), ids=SITES)
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
