"""Pages that JavaScript builds: rendered by a real browser, archived like any other, and the browser leaves nothing
behind and goes nowhere else.

These crawls start the command itself, for what it leaves behind is found by the environment that it was started with.
"""

import html
import json
import os
import re
import shutil
import signal
import subprocess
import threading
import time
import uuid
from pathlib import Path
from typing import Any

import pytest

from archive.warc.files import Location, read_record
from kickcrawl import CHECKOUT
from spiders.network.browser import BROWSERS
from tests.acceptance.check import check_archive
from tests.newsroom import Newsroom, serve
from tests.newsroom.script import Scripted
from tests.support.crawling import SCRAPY, Crawl, rows, value
from tests.support.crawling import crawl as forked
from tests.support.scripted import WORDS, Answer, front
from tests.support.scripted import scripted as answering

pytestmark = [
    pytest.mark.crawl,
    pytest.mark.skipif(
        not any(shutil.which(name) for name in BROWSERS), reason="no Chromium is installed: apt-get install chromium"
    ),
]

OUTLET = """
name = "Kabar Uji"
home = "https://kabar.example/"
platform = "wordpress"
title_suffixes = ["kicknews.today"]
dateline_names = ["kicknews.today", "kicknews"]
places = ["Mataram", "Praya", "Selong", "Gerung", "Tanjung"]
render = true
{more}
[seeds]
sitemaps = ["/sitemap_index.xml"]
"""


@pytest.fixture
def outlets(tmp_path: Path) -> Path:
    """Return a folder of outlet files: "layar" waits for a mark, "umum" for whatever an article looks like."""
    folder = tmp_path / "outlets"
    folder.mkdir()
    (folder / "layar.toml").write_text(OUTLET.format(more='render_wait = "#app[data-ready]"'))
    (folder / "umum.toml").write_text(OUTLET.format(more=""))
    return folder


@pytest.fixture
def mark(monkeypatch: pytest.MonkeyPatch) -> str:
    """Mark all processes that a crawl starts, so that those left behind can be found."""
    mark = f"KICKCRAWL_TEST={uuid.uuid4()}"
    monkeypatch.setenv(*mark.split("="))
    return mark


def crawl(archive: Path, base_url: str | None = None, **given: Any) -> Crawl:
    """Crawl as tests.support.crawling does, in a Python of its own."""
    return forked(archive, base_url, fresh=True, **given)


# Seconds in which a page is shown even by a busy machine, where nothing waits for them to pass.
AMPLE = 120
# Of a page that is never to be read either limit may be hit first, as the machine has time for it.
GIVEN_UP = re.compile(
    r"it showed no article within \d+ s; see render_wait in its outlet file|its scripts kept the browser busy for \d+ s"
)


def left_behind(mark: str) -> list[str]:
    """Return the command lines of the processes that carry *mark*."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if mark.encode() in (folder / "environ").read_bytes():
                found.append((folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()[:120])
        except OSError:
            continue  # it has just ended
    return [line for line in found if line]


def none_left_behind(mark: str) -> bool:
    return until(lambda: not left_behind(mark))


def until(condition: object, seconds: float = 180) -> bool:
    assert callable(condition)
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def scripted(site: Newsroom) -> Scripted:
    assert isinstance(site, Scripted)
    site.switch(rest="404", feed="404", sitemap="seo")
    return site


@pytest.mark.parametrize("spider", ["layar", pytest.param("umum", marks=pytest.mark.slow)])
def test_articles_built_by_javascript_are_archived_exactly(
    tmp_path: Path, outlets: Path, mark: str, spider: str
) -> None:
    archive = tmp_path / "archive.db"
    with serve(seed=81, articles=5, kind=Scripted) as site:
        done = crawl(
            archive, scripted(site).base, spider=spider, settings={"OUTLETS": outlets, "DOWNLOAD_TIMEOUT": AMPLE}
        )
        photo_only = {post["url"] for post in site.truth() if not post["body"]}
        findings = check_archive(archive, site.truth())
        hits = [hit.path for hit in site.hits]
        agents = {hit.headers["user-agent"] for hit in site.hits}
    assert done.status == 0, done.err
    assert photo_only == set()
    assert [str(finding) for finding in findings if not finding.ok] == []
    assert not [path for path in hits if path.endswith((".png", ".jpg", ".woff2"))]
    assert len(agents) == 1
    assert agents.pop().startswith("kickcrawl/")
    for article in rows(archive, "SELECT a.url, a.title, c.* FROM articles a JOIN captures c ON c.id = a.capture_id"):
        place = Location(article["file"], article["offset"], article["size"], article["record_digest"])
        built = read_record(tmp_path / "warc", place)
        assert (built.kind, built.status, built.problems) == ("resource", 200, ())
        assert html.escape(article["title"], quote=False) in built.payload.decode()
        path = article["url"].removeprefix(site.base)
        wire = rows(archive, "SELECT url, status FROM captures WHERE url LIKE :data", data=f"%/data/{path.lstrip('/')}")
        assert wire == [{"url": f"{site.base}/data/{path.lstrip('/')}", "status": 200}]
    assert none_left_behind(mark), left_behind(mark)


@pytest.mark.slow
def test_browser_goes_nowhere_but_to_the_outlet(tmp_path: Path, outlets: Path) -> None:
    archive = tmp_path / "archive.db"
    with serve(seed=82, articles=5) as elsewhere, serve(seed=83, articles=5, kind=Scripted) as site:
        scripted(site).tracker = elsewhere.base
        led_away = next(post for post in site.truth() if post["archive"])
        scripted(site).lead(led_away["url"], f"{elsewhere.base}/rahasia")
        done = crawl(archive, site.base, spider="layar", settings={"OUTLETS": outlets, "DOWNLOAD_TIMEOUT": AMPLE})
        stored = {row["url"] for row in rows(archive, "SELECT url FROM articles")}
        wanted = {post["url"] for post in site.truth() if post["archive"]} - {led_away["url"]}
        assert elsewhere.hits == []
    assert done.status == 0, done.err
    assert stored == wanted


@pytest.mark.slow
def test_pages_that_never_show_an_article_are_put_off(tmp_path: Path, outlets: Path, mark: str) -> None:
    archive = tmp_path / "archive.db"
    with serve(seed=84, articles=1, kind=Scripted) as site:
        scripted(site).broken = True
        done = crawl(
            archive,
            site.base,
            spider="layar",
            settings={"OUTLETS": outlets, "DOWNLOAD_TIMEOUT": 2, "RETRY_ENABLED": False},
        )
    assert done.status == 1  # nothing of the outlet is archived
    assert "none of the 1 addresses that its seeds named could be archived" in done.err
    assert value(archive, "SELECT count(*) FROM articles") == 0
    (put_off,) = rows(archive, "SELECT reason FROM frontier WHERE state = 'due'")
    assert GIVEN_UP.fullmatch(put_off["reason"])
    assert "Traceback" not in done.err
    assert none_left_behind(mark), left_behind(mark)


@pytest.mark.slow
def test_missing_page_is_not_waited_for(tmp_path: Path, outlets: Path) -> None:
    archive = tmp_path / "archive.db"
    settings = {"OUTLETS": outlets, "DOWNLOAD_TIMEOUT": 600}  # longer than a crawl may take here
    with serve(seed=85, articles=2, kind=Scripted) as site:
        crawl(archive, scripted(site).base, spider="layar", settings=settings)
        [trashed] = site.trash(1)
        done = crawl(archive, site.base, spider="layar", settings=settings)
    assert done.status == 0, done.err
    assert value(archive, "SELECT gone_at IS NOT NULL FROM articles WHERE url = :url", url=trashed["url"]) == 1


@pytest.mark.slow
def test_without_a_browser_only_the_rendering_outlet_fails(
    tmp_path: Path, outlets: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KICKCRAWL_BROWSER", "/tidak/ada/chromium")
    with serve(seed=86, articles=6) as site:
        rendering = crawl(tmp_path / "a.db", site.base, spider="layar", settings={"OUTLETS": outlets})
        plain = crawl(tmp_path / "a.db", site.base, settings={"OUTLETS": outlets})
        here = OUTLET.replace("https://kabar.example/", site.base)
        (outlets / "biasa.toml").write_text(here.format(more="").replace("render = true", ""))
        both = crawl(
            tmp_path / "b" / "archive.db",
            spider="news",
            arguments={"outlets": "layar,biasa"},
            settings={"OUTLETS": outlets, "CONTACT": "arsip@contoh.example"},
        )
        wanted = sum(post["archive"] for post in site.truth())
    assert rendering.status == 1
    [sentence] = rendering.sentences
    assert sentence.startswith("kickcrawl: layar: ")
    assert "/tidak/ada/chromium" in sentence
    assert "apt-get install chromium" in sentence
    assert "Traceback" not in rendering.err
    assert plain.status == 0, plain.err  # and no browser was started for it
    assert both.status == 1
    assert [sentence.startswith("kickcrawl: layar: ") for sentence in both.sentences] == [True]
    assert value(tmp_path / "b" / "archive.db", "SELECT count(*) FROM articles") == wanted
    assert rows(tmp_path / "a.db", "SELECT outlet, outcome FROM runs ORDER BY id") == [
        {"outlet": "layar", "outcome": "failed"},
        {"outlet": "kicknews", "outcome": "complete"},
    ]


# Shows its mark, and something after it.
SHOWING = """<html><head><title>{title}</title><meta property="og:type" content="article"></head>
<body><article><h1>{title}</h1><p>{words}</p></article><script>
document.body.append(Object.assign(document.createElement("div"), {{ id: "app" }}));
document.getElementById("app").dataset.ready = "1";
{then}
</script></body></html>"""
# Behind the look that finds the mark, and before the page is read: its script waits for an answer, and lets nobody in.
BUSY = """const look = document.querySelector.bind(document), answer = new XMLHttpRequest();
document.querySelector = mark => {
    setTimeout(() => { answer.open("GET", "/menunggu", false); answer.send(); }, 0);
    return look(mark);
};"""
BUILT = {
    "/cerita-panen-biasa": ("Cerita panen biasa dari Sembalun", ""),
    "/cerita-panen-sibuk": ("Cerita panen sibuk dari Sembalun", BUSY),
    "/cerita-panen-besar": ("Cerita panen besar dari Sembalun", "document.body.append('x'.repeat(400000));"),
}


@pytest.mark.slow
def test_page_that_grows_or_gets_busy_after_its_mark_costs_its_own_bound_alone(
    tmp_path: Path, outlets: Path, mark: str
) -> None:
    archive, over = tmp_path / "archive.db", threading.Event()

    def answer(path: str, _turn: int) -> Answer:
        if path == "/sitemap_index.xml":
            inner = "".join(f"<url><loc>{site.base}{story}</loc></url>" for story in BUILT)
            return Answer(
                f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{inner}</urlset>', kind="application/xml"
            )
        if path == "/":
            return front(*BUILT)
        if path == "/menunggu":
            over.wait(600)
        if path in BUILT:
            title, then = BUILT[path]
            return Answer(SHOWING.format(title=title, words=WORDS, then=then))
        return Answer("tidak ada", 404)

    settings = {"OUTLETS": outlets, "DOWNLOAD_TIMEOUT": 8, "RETRY_TIMES": 0, "PAGE_MAXSIZE": 300_000}
    with answering(answer) as site:
        done = crawl(archive, site.base, spider="layar", settings=settings)
        over.set()
    assert done.status == 0, done.err
    assert "Traceback" not in done.err
    found = {row["url"].removeprefix(site.base): row for row in rows(archive, "SELECT * FROM frontier")}
    states = [(found[path]["state"], found[path]["reason"]) for path in BUILT]
    assert (states[0], states[2]) == (("done", None), ("rejected", "too-large"))
    assert states[1][0] == "due"
    assert GIVEN_UP.fullmatch(states[1][1])
    assert "/menunggu" in site.paths()  # so it was busy behind its mark
    counts = json.loads(value(archive, "SELECT counts FROM runs"))
    assert counts["bound/size"] == 1
    assert counts["bound/time"] >= 2  # what is put off is tried once more at the end
    assert none_left_behind(mark), left_behind(mark)


@pytest.mark.slow
@pytest.mark.parametrize(
    "how",
    [signal.SIGTERM, signal.SIGKILL],
    ids=["SIGTERM", "SIGKILL"],
)
def test_stopped_crawl_leaves_no_browser_behind(tmp_path: Path, outlets: Path, mark: str, how: signal.Signals) -> None:
    with serve(seed=87, articles=30, kind=Scripted) as site:
        scripted(site)
        command = [SCRAPY, "crawl", "layar", "-a", f"base_url={site.base}", "-s", f"ARCHIVE={tmp_path / 'archive.db'}"]
        command += ["-s", f"OUTLETS={outlets}", "-s", "DOWNLOAD_DELAY=0.5"]
        with subprocess.Popen(
            command, cwd=CHECKOUT, env=os.environ, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
        ) as running:
            # a page and its data are both noted under the page's path
            assert until(lambda: len({hit.path for hit in site.hits}) < len(site.hits))
            running.send_signal(how)
            assert running.stderr is not None
            err = running.stderr.read()
            status = running.wait(300)
    assert status == (1 if how == signal.SIGTERM else -signal.SIGKILL)
    assert "Traceback" not in err
    assert none_left_behind(mark), left_behind(mark)
