"""Where notices end in tests: a web server and a mail server on loopback, which keep what they are sent."""

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from aiosmtpd.smtp import SMTP


@dataclass
class Sink:
    """What came, in order; while *is_down* every message is refused."""

    address: str = ""
    is_down: bool = False
    messages: list[Any] = field(default_factory=list)


@contextmanager
def webhook() -> Iterator[Sink]:
    """Serve a webhook; *messages* are the JSON objects that were posted."""
    sink = Sink()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if not sink.is_down:
                sink.messages.append(json.loads(body))
            self.send_response(503 if sink.is_down else 200)
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        sink.address = f"json://127.0.0.1:{server.server_port}/kait/r4has1a"
        try:
            yield sink
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def mailbox() -> Iterator[Sink]:
    """Serve SMTP; *messages* are the mails that were taken."""
    sink = Sink()

    class Handler:
        async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
            if sink.is_down:
                return "451 come back later"
            mail = message_from_bytes(envelope.content, policy=policy.default)
            assert isinstance(mail, EmailMessage)
            sink.messages.append(mail)
            return "250 taken"

    loop = asyncio.new_event_loop()
    started = loop.create_server(lambda: SMTP(Handler(), loop=loop), "127.0.0.1", 0)
    server = loop.run_until_complete(started)
    thread = Thread(target=loop.run_forever, daemon=True)
    thread.start()
    port = server.sockets[0].getsockname()[1]
    sink.address = f"mailto://127.0.0.1:{port}/?from=kickcrawl@warta.example&to=redaksi@warta.example&mode=insecure"
    try:
        yield sink
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        server.close()
        loop.run_until_complete(server.wait_closed())
        loop.close()
