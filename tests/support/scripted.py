"""A server on loopback that answers as a script says, and pages for it to answer with."""

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

WORDS = "Warga Sembalun memanen bawang putih sejak pekan lalu dan menjualnya ke pasar induk. " * 4


@dataclass
class Answer:
    """One answer of the scripted server. A header whose text is empty is not sent."""

    body: str | bytes = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    kind: str = "text/html; charset=utf-8"


ByHeaders = Callable[[Message], Answer]  # an answer that depends on the request's headers


@dataclass
class Script:
    """A server that answers by *answer(path, number of this request for the path)* and notes when it was asked."""

    answer: Callable[[str, int], Answer | ByHeaders]
    asked: list[tuple[float, str]] = field(default_factory=list)
    base: str = ""

    def paths(self) -> list[str]:
        return [path for _, path in self.asked]


@contextmanager
def scripted(answer: Callable[[str, int], Answer | ByHeaders]) -> Iterator[Script]:
    script = Script(answer)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            script.asked.append((time.monotonic(), self.path))
            reply = script.answer(self.path, script.paths().count(self.path))
            reply = reply if isinstance(reply, Answer) else reply(self.headers)
            body = reply.body if isinstance(reply.body, bytes) else reply.body.encode()
            self.send_response(reply.status)
            for name, text in {"Content-Type": reply.kind, "Content-Length": str(len(body)), **reply.headers}.items():
                if text:
                    self.send_header(name, text)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the signature is http.server's)
            """Stay quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        script.base = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield script
        finally:
            server.shutdown()
            thread.join()


def front(*paths: str, following: str = "") -> Answer:
    """Return a list of the stories at *paths*, with a link to the page of it that is *following*."""
    links = "".join(
        f'<h2><a href="{path}">Panen bawang di {path.strip("/")} melimpah tahun ini</a></h2>' for path in paths
    )
    more = f'<a rel="next" href="{following}">Berikutnya</a>' if following else ""
    return Answer(f"<html><head><title>Kabar</title></head><body>{links}{more}</body></html>")


def story(title: str, words: str = WORDS) -> Answer:
    head = f'<title>{title}</title><meta property="og:type" content="article">'
    return Answer(f"<html><head>{head}</head><body><article><h1>{title}</h1><p>{words}</p></article></body></html>")


def newsroom(
    stories: Mapping[str, Callable[[int], Answer | ByHeaders]], extra: Callable[[str, int], Answer | ByHeaders | None]
) -> Callable[[str, int], Answer | ByHeaders]:
    """Answer with *extra*, else with *stories*, which a list of two pages names: one page alone covers nothing."""

    def answer(path: str, turn: int) -> Answer | ByHeaders:
        if (special := extra(path, turn)) is not None:
            return special
        if path == "/robots.txt":
            return Answer("User-agent: *\nAllow: /\n", kind="text/plain")
        if path == "/":
            return front(*stories, following="/daftar/2")
        if path == "/daftar/2":
            return front(*list(stories)[-1:])
        return stories[path](turn) if path in stories else Answer("tidak ada", 404)

    return answer


def nothing(_path: str, _turn: int) -> None:
    return None


def redirect(to: str) -> Callable[[int], Answer]:
    return lambda _turn: Answer("", 302, {"Location": to})
