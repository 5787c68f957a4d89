"""A newsroom of which every story leads to where no crawler may go: by a redirect, a meta refresh, or a redirect behind
a failure. And the port that must never be connected to.

In: how many stories. Out: how often one was led astray, and how many connections reached the port.
"""

import socket
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SITE, CANARY = 8097, 8098
# Whatever may stand for this machine or its neighbours, here with the port that listens.
FORMS = tuple(
    form.replace("PORT", str(CANARY))
    for form in (
        "http://127.0.0.1:PORT/{i}", "http://localhost:PORT/{i}", "HTTP://LOCALHOST:PORT/{i}", "https://127.0.0.1:PORT/{i}",
        "http://127.0.0.{n}:PORT/{i}", "http://127.1:PORT/{i}", "http://127.0.0.1.:PORT/{i}", "//127.0.0.1:PORT/{i}",
        "http://2130706433:PORT/{i}", "http://0x7f000001:PORT/{i}", "http://0177.0.0.1:PORT/{i}", "http://0:PORT/{i}",
        "http://0.0.0.0:PORT/{i}", "http://[::]:PORT/{i}", "http://[::1]:PORT/{i}", "http://[::ffff:127.0.0.1]:PORT/{i}",
        "http://[::127.0.0.1]:PORT/{i}", "http://[64:ff9b::7f00:1]:PORT/{i}", "http://[2002:7f00:1::]:PORT/{i}",
        "http://[0:0:0:0:0:ffff:7f00:1]:PORT/{i}", "http://169.254.169.254:PORT/{i}", "http://169.254.169.254/{i}",
        "http://user@127.0.0.1:PORT/{i}", "http://127.0.0.1:8097@127.0.0.1:PORT/{i}", "http:\\\\127.0.0.1:PORT\\{i}",
        "http://127.0.0.1:PORT\t/{i}", "http://127%2e0%2e0%2e1:PORT/{i}", "http://10.0.0.{n}:PORT/{i}",
        "http://[fe80::1]:PORT/{i}", "http://[fd00::{n}]:PORT/{i}", "ftp://127.0.0.1:PORT/{i}", "gopher://127.0.0.1:PORT/{i}",
        "file:///etc/hostname?{i}", "data:text/html,{i}",
    )
)  # fmt: skip


@contextmanager
def serve_led(stories: int) -> Iterator[tuple[Counter[str], Callable[[], int]]]:
    """Serve it on loopback; give what was asked for (by the way that leads astray), and how many reached the port."""
    told: Counter[str] = Counter()
    turns: Counter[str] = Counter()
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            with lock:
                turns[self.path] += 1
                turn = turns[self.path]
            status, kind, location, body = _answer(self.path, turn, stories)
            if location:
                with lock:
                    told["meta refresh" if status == 200 else "redirect" if turn == 1 else "redirect behind 503"] += 1
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            if location and status == 302:
                self.send_header("Location", location)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the signature is http.server's)
            """Stay quiet."""

    with (
        socket.create_server(("", CANARY), family=socket.AF_INET6, dualstack_ipv6=True, backlog=1024) as canary,
        socket.create_server(("169.254.169.254", 80), backlog=1024) as metadata,
        ThreadingHTTPServer(("127.0.0.1", SITE), Handler) as server,
    ):
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        yield told, lambda: _connections(canary) + _connections(metadata)
        server.shutdown()
        thread.join()


def _answer(path: str, turn: int, stories: int) -> tuple[int, str, str, bytes]:
    """Return status, content type, where it leads (or ""), and body."""
    base = f"http://127.0.0.1:{SITE}"
    if path == "/robots.txt":
        return 200, "text/plain", "", f"Sitemap: {base}/sitemap.xml\n".encode()
    if path == "/sitemap.xml":
        inner = "".join(f"<url><loc>{base}/berita/jebakan-ke-{i}-untuk-perayap</loc></url>" for i in range(stories))
        text = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{inner}</urlset>'
        return 200, "application/xml", "", text.encode()
    if path == "/":
        return (
            200,
            "text/html",
            "",
            b"<html lang=id><head><title>Jebakan</title></head><body><p>Jebakan</p></body></html>",
        )
    if not path.startswith("/berita/jebakan-ke-"):
        return 404, "text/html", "", b"tidak ada"
    number = int(path.split("-")[2])
    to = FORMS[number % len(FORMS)].format(i=number, n=number % 250 + 1)
    way = number // len(FORMS) % 3
    if way == 0:
        return 302, "text/html", to, b""
    if way == 1:
        return (
            200,
            "text/html",
            to,
            f'<html><head><meta http-equiv="refresh" content="0; url={to}"></head></html>'.encode(),
        )
    return (503, "text/html", "", b"sebentar") if turn == 1 else (302, "text/html", to, b"")


def _connections(listening: socket.socket) -> int:
    """Return how many connections the kernel has taken for *listening*, which nobody has accepted yet."""
    listening.setblocking(False)
    count = 0
    while True:
        try:
            listening.accept()[0].close()
        except BlockingIOError:
            return count
        count += 1
