"""moto's S3 on loopback, in a process that may be killed: what was written is read again when it is started again.

    python -m tests.support.s3_store PORT JOURNAL

Requests are answered one after another, as moto's conditional put needs it to be exclusive, and each that changes
something is in JOURNAL before it is answered: half an entry, of a process that was killed within it, is cut off.
"""

import contextlib
import io
import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import WSGIRequestHandler, run_simple

App = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
_TOLD = ("REQUEST_METHOD", "PATH_INFO", "QUERY_STRING", "CONTENT_TYPE", "SERVER_NAME", "SERVER_PORT", "RAW_URI")


class Journaled:
    """The WSGI application *app*, whose changes stand in the file *journal*."""

    def __init__(self, app: App, journal: Path) -> None:
        self._app, self._lock = app, threading.Lock()
        self.replayed = self._replay(journal)
        self._journal = journal.open("ab", buffering=0)

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        is_ended = environ.get("wsgi.input_terminated")
        length = -1 if is_ended else int(environ.get("CONTENT_LENGTH") or 0)
        body = environ["wsgi.input"].read(length)  # outside the lock: a client that stops within it stops nobody else
        with self._lock:
            if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
                told = {k: v for k, v in environ.items() if k in _TOLD or k.startswith("HTTP_")}
                self._journal.write(pickle.dumps((told, body)))
            return self._answer(environ, body, start)

    def _answer(self, environ: dict[str, Any], body: bytes, start: Callable[..., Any]) -> list[bytes]:
        given = {**environ, "wsgi.input": io.BytesIO(body), "CONTENT_LENGTH": str(len(body))}
        given.pop("wsgi.input_terminated", None)
        given.pop("HTTP_TRANSFER_ENCODING", None)
        return list(self._app(given, start))

    def _replay(self, journal: Path) -> int:
        journal.touch()
        count, end = 0, 0
        with journal.open("rb") as file, contextlib.suppress(EOFError, pickle.UnpicklingError):
            while True:
                told, body = pickle.load(file)
                fixed = {"wsgi.version": (1, 0), "wsgi.url_scheme": "http", "wsgi.errors": sys.stderr}
                self._answer({**told, **fixed}, body, lambda *_: None)
                count, end = count + 1, file.tell()
        os.truncate(journal, end)
        return count


class _Quiet(WSGIRequestHandler):
    def log_request(self, *_: object) -> None:
        """Say nothing of what went well."""


def main() -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    app = Journaled(DomainDispatcherApplication(create_backend_app), Path(sys.argv[2]))
    print(f"{app.replayed} requests read again", flush=True)
    run_simple("127.0.0.1", int(sys.argv[1]), app, threaded=True, request_handler=_Quiet)


if __name__ == "__main__":
    main()
