"""Hosts that answer late do not keep the others waiting."""

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from spiders.discoverer import MAX_CONCURRENT
from tests.newsroom import Newsroom, serve
from tests.newsroom.exchange import Answer, Request
from tests.support.crawling import crawl, value

PATIENCE = 60  # seconds for which a slow host waits for the others


class Observed(Newsroom):
    """A newsroom that tells when the first of its articles is asked for."""

    article_asked = threading.Event()

    def visit(self, request: Request) -> Answer:
        if request.path.startswith("/20"):
            self.article_asked.set()
        return super().visit(request)


class Slow(BaseHTTPRequestHandler):
    """Answers nothing until an article of the newsroom was asked for, and then that it is busy."""

    in_vain: list[str] = []

    def do_GET(self) -> None:
        if not Observed.article_asked.wait(PATIENCE):
            self.in_vain.append(self.path)
        self.send_response(503)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def slow_host(number: int) -> Iterator[str]:
    server = ThreadingHTTPServer((f"127.0.0.{number}", 0), Slow)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.{number}:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.mark.crawl
@pytest.mark.slow
def test_outlets_behind_slow_ones_are_crawled_meanwhile(tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    with ExitStack() as stack:
        slow = [stack.enter_context(slow_host(2 + number)) for number in range(MAX_CONCURRENT + 1)]
        site = stack.enter_context(serve(seed=5, articles=4, kind=Observed))
        sites = ",".join([*slow, f"{site.base}/"])
        crawl(
            archive,
            spider="news",
            arguments={"url": sites},
            settings={"DOWNLOAD_TIMEOUT": 2 * PATIENCE, "RETRY_TIMES": 0},
        )
    assert Slow.in_vain == []
    assert value(archive, "SELECT count(*) FROM articles") == 4
