"""Replay what was exported: pywb on the WARC file and its index, an article, a redirect and a feed in Chromium.

    make replay                                                  # installs pywb
    .venv/bin/python -m tests.acceptance.replay SCREENSHOTS      # a folder

The newsroom is closed before the browser opens: all that is seen comes out of the export.
"""

import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from kickcrawl import CHECKOUT
from tests.newsroom import serve
from tests.support.crawling import crawl, rows

TOOLS = CHECKOUT / ".venv" / "replay" / "bin"
WAYBACK = shutil.which("wayback", path=TOOLS) or shutil.which("wayback")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
KICKCRAWL = Path(sys.executable).parent / "kickcrawl"
OPTIONS = "--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync".split()


@dataclass(frozen=True, slots=True)
class Shown:
    """What the browser showed of one capture, and the title that should be there."""

    what: str
    url: str
    status: int
    led_to: str  # the original address, behind the replay server's own
    text: str
    expected: tuple[str, ...]
    led_to_expected: str

    @property
    def ok(self) -> bool:
        words = " ".join(self.text.split())
        return self.status == 200 and self.led_to == self.led_to_expected and all(one in words for one in self.expected)

    def __str__(self) -> str:
        return f"{'yes' if self.ok else 'NO'}  {self.what}: {self.url} shows {'; '.join(self.expected)}"


def make_export(folder: Path) -> tuple[Path, dict[str, tuple[str, str, tuple[str, ...]]]]:
    """Crawl a newsroom, export the archive; return the WARC file and what to look at: (address, leads to, titles)."""
    archive, warc = folder / "archive.db", folder / "semua.warc.gz"
    with serve(seed=41, articles=40) as site:
        site.switch(gone=301)
        assert crawl(archive, site.base).status == 0
        site.trash(1)
        site.switch(rest="404")
        assert crawl(archive, site.base).status == 0
    subprocess.run([KICKCRAWL, "export", "--archive", archive, "--warc", warc], check=True, stdout=subprocess.DEVNULL)
    told = "SELECT c.url, a.title FROM articles a JOIN captures c ON c.id = a.capture_id WHERE gone_at IS NULL"
    titles = {row["url"]: row["title"] for row in rows(archive, told)}
    article = next(iter(titles))
    redirect = next(
        row
        for row in rows(archive, "SELECT url, location FROM captures WHERE status = 301")
        if row["location"] in titles
    )
    feed = rows(archive, "SELECT url FROM captures WHERE url LIKE '%/feed/%' AND status = 200 ORDER BY id")[0]["url"]
    newest = rows(archive, "SELECT title FROM articles WHERE gone_at IS NULL ORDER BY published_at DESC LIMIT 3")
    return warc, {
        "article": (article, article, (titles[article],)),
        "redirect": (redirect["url"], redirect["location"], (titles[redirect["location"]],)),
        "feed": (feed, feed, tuple(row["title"] for row in newest)),
    }


def replaying_warc(warc: Path) -> AbstractContextManager[str]:
    """Run pywb on *warc* and the index beside it; give the address before which the captures' own are put."""
    index = warc.name.replace(".warc.gz", ".cdxj")
    collections = f"collections:\n  arsip:\n    index_paths: {index}\n    archive_paths: ./\n"
    return replaying(warc.parent, f"{collections}framed_replay: false\n")


@contextmanager
def replaying(folder: Path, config: str) -> Iterator[str]:
    """Run pywb in *folder*, where its collection is called arsip; give the address as replaying_warc() does."""
    assert WAYBACK is not None
    (folder / "config.yaml").write_text(config)
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    command = [WAYBACK, "--bind", "127.0.0.1", "--port", str(port)]
    with (folder / "wayback.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
    try:
        _wait(port)
        yield f"http://127.0.0.1:{port}/arsip"
    finally:
        process.terminate()
        process.wait(20)


def look(base: str, wanted: dict[str, tuple[str, str, tuple[str, ...]]], screenshots: Path) -> list[Shown]:
    """Open what is *wanted* through the replay server alone and return what was shown, with a picture of each."""
    shown, foreign = [], []
    server = base.rsplit("/", 1)[0]
    screenshots.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        for what, (url, leads_to, expected) in wanted.items():
            page = browser.new_page(viewport={"width": 1000, "height": 800})
            page.on("request", lambda asked: foreign.append(asked.url) if not asked.url.startswith(server) else None)
            answer = page.goto(f"{base}/{url}", wait_until="load")
            assert answer is not None
            page.screenshot(path=screenshots / f"{what}.png")
            led_to = re.sub(r"^.*?/arsip/(?:\d+(?:mp_)?/)?", "", page.url)
            shown.append(Shown(what, url, answer.status, led_to, _text(page), expected, leads_to))
            page.close()
        browser.close()
    assert [url for url in foreign if not url.startswith("data:")] == []
    return shown


def main() -> int:
    """Print what was shown; 1 if anything is missing."""
    if WAYBACK is None or CHROMIUM is None:
        print("pywb (make replay) and Chromium (apt-get install chromium) are needed", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        warc, wanted = make_export(Path(folder))
        with replaying_warc(warc) as base:
            shown = look(base, wanted, Path(sys.argv[1]))
    print(*shown, sep="\n")
    return 0 if all(one.ok for one in shown) else 1


def _text(page: Page) -> str:
    """Return the headline of an article's page; all the text of anything else."""
    if page.locator("h1").count():
        return page.locator("h1").first.inner_text()
    return str(page.evaluate("document.body ? document.body.innerText : document.documentElement.textContent"))


def _wait(port: int) -> None:
    end = time.monotonic() + 30
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            assert time.monotonic() < end, "wayback does not listen; see wayback.log"
            time.sleep(0.1)


if __name__ == "__main__":
    sys.exit(main())
