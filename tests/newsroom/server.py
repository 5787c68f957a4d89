"""The HTTP side: a threading server on loopback that turns sockets into Requests and Answers into bytes."""

from __future__ import annotations

import gzip
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from .exchange import Answer, Request
from .site import Newsroom

COMPRESSIBLE = ("text/", "application/json", "application/rss", "application/atom")


class Server(ThreadingHTTPServer):
    """Bound before the site is composed, since its texts hold its address."""

    daemon_threads = True
    # a crawl opens many connections at once; the default backlog of 5 would make some wait a second for a SYN retry
    request_queue_size = 128
    site: Newsroom

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Report what goes wrong here, but not that a visitor hung up: crawlers that are stopped do."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "newsroom", ""
    # headers and body leave in two writes; with Nagle the second would wait for a delayed ACK, 40 ms a request
    disable_nagle_algorithm = True
    server: Server
    timeout = 30  # seconds an idle keep-alive connection may stay

    def do_GET(self) -> None:
        self._serve()

    def do_HEAD(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self._serve()

    def _serve(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        site = self.server.site
        answer = site.visit(Request(self.command, self.path, headers))
        self._send(packed(answer, headers) if site.switches.gzip else answer)

    def _send(self, answer: Answer) -> None:
        body = b"" if self.command == "HEAD" or answer.status == 304 else answer.body
        self.server.site.note_sent(self.path, answer.status, body)
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if answer.status != 304:
            self.send_header("Content-Type", answer.content_type)
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(body)

    def date_time_string(self, timestamp: float | None = None) -> str:
        """Return the header Date by the newsroom's clock."""
        return super().date_time_string(self.server.site.clock() if timestamp is None else timestamp)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: `Newsroom.hits` is the log."""


def packed(answer: Answer, headers: dict[str, str]) -> Answer:
    """Return the answer gzipped where the visitor takes that and the body gains by it."""
    told = {**answer.headers, "Vary": "Accept-Encoding"}
    if "gzip" in headers.get("accept-encoding", "") and answer.body and answer.content_type.startswith(COMPRESSIBLE):
        told["Content-Encoding"] = "gzip"
        return Answer(answer.status, gzip.compress(answer.body, mtime=0), answer.content_type, told)
    return Answer(answer.status, answer.body, answer.content_type, told)


@contextmanager
def serve(
    seed: int = 7,
    articles: int = 60,
    permalink: str = "/%year%/%monthnum%/%postname%/",
    port: int = 0,
    kind: type[Newsroom] = Newsroom,
) -> Iterator[Newsroom]:
    """Serve a new site on 127.0.0.1 for the length of the block; port 0 takes any free one."""
    server = Server(("127.0.0.1", port), Handler)
    base = f"http://127.0.0.1:{server.server_address[1]}"
    server.site = kind(base=base, seed=seed, articles=articles, permalink=permalink)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server.site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
