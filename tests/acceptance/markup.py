"""Put plain markup into every field of an archive and into its search box, and look at it in a real browser.

    python -m tests.acceptance.markup

The strings are those of tests.support.marks. Needs Chromium. Every string is asked for in the search box, alone over
HTTP, and in the browser as many at once as the box takes; tables, search results and CSV are looked at whole, article,
diff and row pages one by one, and everything on those is clicked.
Exit 1 where a page fails, a script runs or anyone else is asked.
"""

import argparse
import asyncio
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

from playwright.async_api import BrowserContext, Page, Request, async_playwright

from archive.site.asked import MAX_QUERY
from kickcrawl.article import Image, RelatedLink
from tests.acceptance.check import Finding
from tests.support.marks import MARKS
from tests.support.serving import Site, serving
from tests.support.storing import NOW, id_of, shelf_in

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
OPTIONS = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking".split()
HEADERS = {
    "content-security-policy": "frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
}
TABS = 4
# Says so where a script of a string runs: those that have one call one of these.
WATCH = """
for (const name of ["alert", "prompt", "confirm", "print"]) window[name] = () => ran(name);
"""
# What no template of ours has: handlers in attributes, addresses that are scripts, elements that load.
STRANGERS = """
[...document.querySelectorAll("*")].filter(e =>
    [...e.attributes].some(a => /^on/i.test(a.name)
        || /^(href|src|action|formaction)$/i.test(a.name) && /^\\s*(javascript|vbscript|data):/i.test(a.value))
    || /^(iframe|object|embed|base|applet|frame|math|marquee|video|audio|img)$/i.test(e.localName)
    || e.matches("main script, main style, main link, meta[http-equiv]")
).map(e => e.outerHTML.slice(0, 200))
"""
# Clicks on everything; a link to somewhere else is not followed, one to a script is.
CLICK = """
addEventListener("click", e => {
    const a = e.target.closest("a, button, input");
    if (a && !/^\\s*javascript:/i.test(a.getAttribute("href"))) e.preventDefault();
}, true);
for (const e of document.querySelectorAll("body *"))
    e.dispatchEvent(new MouseEvent("click", {bubbles: true, cancelable: true}));
"""


@dataclass
class Watch:
    """What went wrong while pages were looked at, and how many there were."""

    site: Site
    pages: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)
    ran: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)

    async def tab(self, context: BrowserContext) -> Page:
        page = await context.new_page()
        await page.expose_function("ran", lambda name: self.ran.append(f"{name} on {page.url}"))
        await page.add_init_script(WATCH)
        page.on("dialog", lambda dialog: self.ran.append(f"{dialog.message} on {page.url}"))
        page.on("pageerror", lambda error: self.errors.append(f"{error} on {page.url}"))
        page.on("console", lambda said: self._said(said.type, f"{said.text} on {page.url}"))
        page.on("popup", lambda popup: self.foreign.append(popup.url))
        page.on("request", self._asked)
        return page

    def _said(self, kind: str, text: str) -> None:
        if kind == "error":
            self.errors.append(text)

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((f"{self.site.base}/", "data:")):
            self.foreign.append(request.url)

    async def look(self, page: Page, kind: str, path: str, *, click: bool = False) -> None:
        """Go to a page and note what is wrong with it."""
        answer = await page.goto(self.site.base + path, wait_until="load")
        self.pages[kind] += 1
        if answer is None or answer.status != 200:
            self.errors.append(f"{kind} {path}: {answer.status if answer else 'no answer'}")
            return
        lacking = [name for name, value in HEADERS.items() if value not in answer.headers.get(name, "")]
        self.errors += [f"{kind} {path}: {name}" for name in lacking]
        self.errors += [f"{kind} {path}: {found}" for found in await page.evaluate(STRANGERS)]
        if click:
            await page.evaluate(CLICK)
            self.pages["clicked"] += 1


def fill(folder: Path, strings: Iterable[str]) -> Path:
    """Write an archive with an article of two revisions for each of *strings*, which stands in every field."""
    with shelf_in(folder) as shelf, shelf.archive.transaction():
        for number, text in enumerate(strings):
            fields = {
                "title": text, "authors": (text,), "sections": (text,), "tags": (text,), "dateline": text,
                "initials": text, "images": (Image(url=text, caption=text, credit=text),),
                "related": (RelatedLink(url=text, title=text),), "language": "id",
                "published_at": NOW - timedelta(minutes=number),
            }  # fmt: skip
            body = f"{text}\n\nKata uji{number} | {text}\n\n{text}"
            shelf.put(f"uji-{number}", body, **fields)
            shelf.put(f"uji-{number}", f"{text} diubah\n\n{body}", **fields | {"title": f"{text} lagi"})
    return folder / "archive.db"


def batches(strings: list[str]) -> Iterator[str]:
    """Yield the strings side by side, as many at once as the search box takes; what is longer comes alone."""
    batch = ""
    for text in strings:
        if batch and len(batch) + len(text) >= MAX_QUERY:
            yield batch
            batch = ""
        batch = f"{batch} {text}" if batch else text
    yield batch


def pages(strings: list[str]) -> Iterator[tuple[str, str, bool]]:
    """Yield (kind, path, whether to click) of every page to look at."""
    for text in batches(strings):
        yield "search box", f"/search?q={quote(text, errors='replace')}", False
        yield "narrowing box", f"/archive/articles?_find={quote(text, errors='replace')}&_nofacet=1&_size=1", False
    for number in range(len(strings)):
        article = id_of(f"uji-{number}")
        yield "article and diff", f"/article/{article}", True
        yield "earlier revision", f"/article/{article}?revision=1", True
        yield "row", f"/archive/revisions/{article},2", True


async def follow(watch: Watch, page: Page, kind: str, path: str) -> None:
    """Look at a table from its first page to its last."""
    following: str | None = path
    while following:
        await watch.look(page, kind, following)
        link = page.locator("a:text-matches('^(Next page|Older articles)$')").first
        following = (await link.get_attribute("href")) if await link.count() else None
        if following:
            following = following.removeprefix(watch.site.base)


async def look_at_all(site: Site, strings: list[str]) -> Watch:
    """Look at everything in a browser, several pages at a time."""
    watch = Watch(site)
    waiting = iter(pages(strings))
    tables = [
        ("table, as a list", "/archive/articles?_nofacet=1&_size=200"),
        ("table, all columns", "/archive/articles?_all=1&_nofacet=1&_size=200"),
        ("table of revisions", "/archive/revisions?_size=200"),
        ("facets", "/archive/articles?_facet_size=1000&_size=1000"),
        ("search results", "/search?q=Kata&limit=1000"),
    ]

    async def work(context: BrowserContext) -> None:
        page = await watch.tab(context)
        while tables:
            await follow(watch, page, *tables.pop())
        for kind, path, click in waiting:
            await watch.look(page, kind, path, click=click)
        await page.close()

    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        contexts = [await browser.new_context(accept_downloads=False) for _ in range(TABS)]
        await asyncio.gather(*map(work, contexts))
        await browser.close()
    return watch


def look_at_files(watch: Watch, strings: list[str]) -> None:
    """Ask for each string alone, as a page, CSV, JSON and Atom, and for the whole tables as CSV."""
    site = watch.site
    paths = (
        "/search?q=",
        "/search.csv?q=",
        "/search.json?q=",
        "/search.atom?q=",
        "/archive/articles.json?_size=1&_find=",
    )
    asked = [path + quote(text, errors="replace") for text in strings for path in paths]
    asked += ["/archive/articles.csv?_stream=1", "/archive/revisions.csv?_stream=1"]
    with ThreadPoolExecutor(TABS) as threads:
        for path, answer in zip(asked, threads.map(site.get, asked), strict=True):
            watch.pages["over HTTP"] += 1
            kind = answer.headers.get("content-type", "")
            expected = ("text/html",) if path.startswith("/search?") else ("text/csv", "text/plain", "application/")
            if answer.status != 200 or not kind.startswith(expected):
                watch.errors.append(f"{path}: {answer.status} {kind}")
            lacking = [name for name, value in HEADERS.items() if value not in answer.headers.get(name, "")]
            watch.errors += [f"{path}: {name}" for name in lacking]


def main() -> int:
    argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None).parse_args()
    strings = list(MARKS)
    with tempfile.TemporaryDirectory() as folder, serving(fill(Path(folder), strings)) as site:
        watch = asyncio.run(look_at_all(site, strings))
        look_at_files(watch, strings)
    found = ", ".join(f"{count} {kind}" for kind, count in sorted(watch.pages.items()))
    findings = [
        Finding("strings", str(len(strings)), "all"),
        Finding("errors", str(len(watch.errors)), "0", watch.errors),
        Finding("scripts run", str(len(watch.ran)), "0", watch.ran),
        Finding("foreign requests", str(len(watch.foreign)), "0", watch.foreign),
    ]
    print(*findings, found, sep="\n")
    return 0 if all(finding.ok for finding in findings) else 1


if __name__ == "__main__":
    sys.exit(main())
