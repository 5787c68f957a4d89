"""ReplayWeb.page in a real browser: its component and engine from npm, served from this machine, on an exported WACZ.

Every page is asked for as a reader would: a frame is led to it, which the engine's service worker answers.
"""

import shutil
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from html import escape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qsl, quote

from playwright.sync_api import Error, Frame, Page, sync_playwright

from tests.support.npm_packages import REPLAYWEB

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
IS_THERE = (REPLAYWEB / "ui.js").is_file() and CHROMIUM is not None
MISSING = "ReplayWeb.page or Chromium is not installed: make replay, apt-get install chromium"
# The component is put in once the engine's service worker runs: a frame that asks the server meanwhile is answered with
# 404, and the component (2.5) leaves it empty where the worker takes it over between its answer and its load event.
_PAGE = """<!doctype html><meta charset="utf-8"><script src="/replay/ui.js"></script>
<body style="margin:0;display:grid;height:100vh">
<template><replay-web-page replayBase="/replay/" source="/archive.wacz"{what}></replay-web-page></template>
<script type="module">
const registration = await navigator.serviceWorker.register('/replay/sw.js?serveIndex=1', {{ scope: '/replay/' }});
const worker = registration.active || registration.waiting || registration.installing;
if (worker.state !== 'activated')
    await new Promise(done => worker.addEventListener('statechange', () => worker.state === 'activated' && done()));
document.querySelector('template').replaceWith(document.querySelector('template').content);
</script>
"""
# In a frame of the engine's scope: show pages, some at a time, and return the text of each.
_SHOW = """async ([base, pages]) => {
    const show = ([stamp, url]) => new Promise(done => {
        const frame = document.createElement('iframe');
        frame.onload = () => {
            const page = frame.contentDocument;
            const text = page ? (page.body || page.documentElement).textContent : '';
            frame.remove();
            done(text);
        };
        frame.src = `${base}/${stamp}mp_/${url}`;
        document.body.append(frame);
    });
    const texts = [];
    for (let at = 0; at < pages.length; at += 8)
        texts.push(...await Promise.all(pages.slice(at, at + 8).map(show)));
    return texts;
}"""
# The engine's name for the file, once it has read its list of pages.
_LOADED = """async () => {
    const names = (await indexedDB.databases()).map(one => one.name).filter(name => name.startsWith('db:'));
    if (!names.length) return null;
    const name = names[0].slice(3), answer = await fetch(`/replay/w/api/c/${name}?all=1`);
    return answer.ok && (await answer.json()).pages ? name : null;
}"""
# Let the engine forget which parts of the index it has read, and what it found there.
_FORGET = """async name => {
    const db = await new Promise((done, fail) => {
        const asked = indexedDB.open(name);
        asked.onsuccess = () => done(asked.result);
        asked.onerror = () => fail(asked.error);
    });
    const change = db.transaction(['ziplines', 'resources'], 'readwrite');
    change.objectStore('resources').clear();
    const lines = change.objectStore('ziplines').openCursor();
    lines.onsuccess = () => {
        const line = lines.result;
        if (line) { if (line.value.loaded) line.update({...line.value, loaded: false}); line.continue(); }
    };
    await new Promise((done, fail) => { change.oncomplete = done; change.onabort = () => fail(change.error); });
    db.close();
}"""
_NAVIGATES = ("Execution context was destroyed", "Frame was detached")  # what Playwright says of a frame that moves on


class ReplayWeb:
    """An open reader of one WACZ file."""

    def __init__(self, page: Page, base: str) -> None:
        self.page, self.foreign, self._base = page, list[str](), base
        page.on("request", self._note)

    def open(self, url: str = "", stamp: str = "") -> None:
        """Open the file, at a page of it or at the list of its pages; returns when it is shown."""
        what = f"?url={quote(url, safe='')}&ts={stamp}" if url else ""
        self.page.goto(f"{self._base}/{what}")
        self._frame(lambda frame: self._collection(frame) is not None)
        if url:
            self._frame(lambda frame: "mp_/" in frame.url and frame.evaluate("document.readyState") == "complete")

    def texts(self, pages: Iterable[tuple[str, str]], *, fresh: bool = False) -> list[str]:
        """Return the text of each (stamp, address) as the reader shows it.

        *fresh*: each is asked of a reader that has read no part of the index yet.
        """
        frame = self._frame(lambda frame: self._collection(frame) is not None)
        name = self._collection(frame)
        asked = [list(page) for page in pages]
        if not fresh:
            return list(frame.evaluate(_SHOW, [f"/replay/w/{name}", asked]))
        texts = []
        for one in asked:
            frame.evaluate(_FORGET, f"db:{name}")
            texts += frame.evaluate(_SHOW, [f"/replay/w/{name}", [one]])
        return texts

    def _collection(self, frame: Frame) -> str | None:
        """Return the engine's name for the open file."""
        if "/replay/?" not in frame.url:
            return None
        found = frame.evaluate(_LOADED)
        return str(found) if found else None

    def _frame(self, is_it: Callable[[Frame], bool]) -> Frame:
        """Wait for the frame that *is_it*; one that navigates while it is asked is asked again."""
        for _ in range(300):
            for frame in self.page.frames:
                try:
                    if is_it(frame):
                        return frame
                except Error as error:
                    if not any(reason in error.message for reason in _NAVIGATES):
                        raise
            self.page.wait_for_timeout(100)
        raise AssertionError(f"not shown: {[frame.url for frame in self.page.frames]}")

    def _note(self, request: object) -> None:
        url = getattr(request, "url", "")
        if not url.startswith((self._base, "data:", "blob:", "about:")):
            self.foreign.append(url)


@contextmanager
def replay_web(wacz: Path) -> Iterator[ReplayWeb]:
    """Serve *wacz* and ReplayWeb.page and give a browser's page for it; nothing else can be reached."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Files, wacz=wacz))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
            yield ReplayWeb(
                browser.new_page(viewport={"width": 1000, "height": 800}), f"http://127.0.0.1:{server.server_port}"
            )
            browser.close()
    finally:
        server.shutdown()
        server.server_close()


class _Files(SimpleHTTPRequestHandler):
    """Answers ranges, which the engine asks for."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *given: object, wacz: Path) -> None:
        self._wacz = wacz
        super().__init__(*given)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        path, _, query = self.path.partition("?")
        if path == "/archive.wacz":
            self._send(self._wacz, "application/zip")
        elif path in ("/replay/ui.js", "/replay/sw.js"):
            self._send(REPLAYWEB / path.removeprefix("/replay/"), "text/javascript")
        elif path == "/":
            what = "".join(f' {name}="{escape(value)}"' for name, value in parse_qsl(query))
            self._answer(200, _PAGE.format(what=what).encode(), {"Content-Type": "text/html"})
        else:
            self._answer(404, b"", {})

    do_HEAD = do_GET

    def _send(self, path: Path, kind: str) -> None:
        size = path.stat().st_size
        first, last = _span(self.headers.get("Range"), size)
        with path.open("rb") as file:
            file.seek(first)
            data = file.read(last + 1 - first)
        headers = {"Content-Type": kind, "Accept-Ranges": "bytes"}
        if "Range" in self.headers:
            headers["Content-Range"] = f"bytes {first}-{last}/{size}"
        self._answer(206 if "Range" in self.headers else 200, data, headers)

    def _answer(self, status: int, data: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(data))}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def log_message(self, *given: object) -> None:
        """Say nothing."""


def _span(told: str | None, size: int) -> tuple[int, int]:
    if told is None:
        return 0, size - 1
    first, _, last = told.removeprefix("bytes=").partition("-")
    if not first:
        return max(0, size - int(last)), size - 1
    return int(first), min(int(last or size - 1), size - 1)
