"""A site that answers with too much, too slowly, or otherwise than it says: what is kept, what is given up and why."""

import gzip
import json
import subprocess
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

import pytest

from kickcrawl import CHECKOUT
from tests.newsroom import Newsroom, serve, serve_static
from tests.support.crawling import SCRAPY, Crawl, crawl, rows, value
from tests.support.scripted import Answer, Script, front, newsroom, redirect, scripted, story

pytestmark = [pytest.mark.crawl, pytest.mark.slow]

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
SETTINGS = {
    "DOWNLOAD_TIMEOUT": 5, "PAGE_MAXSIZE": 300_000, "ROBOTS_MAXSIZE": 20_000, "RETRY_TIMES": 1,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 8,
}  # fmt: skip
PACKED_BODY, PACKED = gzip.compress(bytes(400_000)), {"Content-Encoding": "gzip"}
LOST = (
    "<html><head><title>404 - Halaman tidak ditemukan</title></head><body><h1>Maaf, halaman hilang</h1></body></html>"
)
OVER = threading.Event()  # the crawl has ended: who waits for that answers late, whatever its time limit


def titled(title: str, **fields: str) -> str:
    page = story(title).body
    assert isinstance(page, str)
    return page


def late(_turn: int) -> Answer:
    OVER.wait(600)
    return story("Terlambat datang")


def burst(turn: int) -> Answer:
    return Answer("rusak", 500) if turn <= 3 else story("Gangguan yang lebih lama dari percobaan ulang")


def surrogate(_turn: int) -> Answer:
    told = '{"@type": "NewsArticle", "headline": "\\ud800 Judul dengan setengah huruf", "datePublished": "2025-07-14"}'
    script = f'<script type="application/ld+json">{told}</script></head>'
    return Answer(titled("Judul dengan setengah huruf").replace("</head>", script))


KEPT: dict[str, Callable[[int], Answer]] = {
    "/berita/panen-padi-di-sembalun-raya": lambda _: story("Panen padi di Sembalun Raya"),
    "/berita/halaman-yang-mengantar-pembaca": lambda turn: Answer(
        '<html><head><meta http-equiv="refresh" content="0; url=?lanjut=ya"></head><body>sebentar</body></html>'
    ),
    "/berita/halaman-yang-mengantar-pembaca?lanjut=ya": lambda _: story(
        "Panen bawang di berita/halaman-yang-mengantar-pembaca melimpah tahun ini"
    ),
    "/berita/berkas-teks-yang-sebenarnya-halaman": lambda _: Answer(
        "<!DOCTYPE html>" + titled("Berkas teks yang sebenarnya halaman"), kind="text/plain"
    ),
    "/berita/bersarang-tiga-ratus-tingkat": lambda _: Answer(
        titled("Bersarang tiga ratus tingkat").replace("<article>", "<div>" * 300 + "<article>")
    ),
    "/berita/judul-dengan-setengah-huruf": surrogate,
    "/berita/gangguan-yang-lebih-lama": burst,
}
GIVEN_UP: dict[str, tuple[Callable[[int], Answer], str, str]] = {
    "/berita/besar-setelah-dibuka-kembali": (lambda _: Answer(PACKED_BODY, headers=PACKED), "rejected", "too-large"),
    "/berita/halaman-yang-terlalu-besar": (lambda _: Answer("x" * 400_000), "rejected", "too-large"),
    "/berita/putaran-tanpa-akhir-jalan": (redirect("/berita/putaran-tanpa-akhir-jalan"), "due", "redirects"),
    "/berita/halaman-yang-tidak-ditemukan": (lambda _: Answer(LOST), "due", "error-page"),
    "/berita/jawaban-yang-sangat-terlambat": (late, "due", "Getting"),
}  # fmt: skip


def urlset(base: str, *paths: str) -> str:
    return (
        f'<urlset xmlns="{SITEMAP}">' + "".join(f"<url><loc>{base}{path}</loc></url>" for path in paths) + "</urlset>"
    )


def index(base: str, *names: str) -> str:
    inner = "".join(f"<sitemap><loc>{base}/{name}</loc></sitemap>" for name in names)
    return f'<sitemapindex xmlns="{SITEMAP}">{inner}</sitemapindex>'


def seeds(base: Callable[[], str]) -> Callable[[str, int], Answer | None]:
    """Answer for robots.txt, sitemaps and feeds: some broken, one without an end, one forbidden."""
    half = sorted([*KEPT, *GIVEN_UP])

    def answer(path: str, _turn: int) -> Answer | None:
        xml = {
            "/sitemap.xml": lambda: index(base(), "rusak.xml", "awalan.xml", "dalam/0.xml", "terpotong.xml"),
            "/rusak.xml": lambda: "<html><body>Sedang diperbaiki</body></html>",
            "/awalan.xml": lambda: f"<x:urlset><x:url><x:loc>{base()}{half[0]}</x:loc></x:url></x:urlset>",
            "/terpotong.xml": lambda: urlset(base(), *half).removesuffix("</urlset>") + "<url><loc>http://",
        }
        if path == "/robots.txt":
            rules = f"User-agent: *\nDisallow: /berita/terlarang\nSitemap: {base()}/sitemap.xml\n"
            return Answer(rules + "# " + "x" * 60_000, kind="text/plain")
        if path.startswith("/dalam/"):
            number = int(path.removeprefix("/dalam/").removesuffix(".xml"))
            return Answer(index(base(), f"dalam/{number + 1}.xml"), kind="application/xml")
        return Answer(xml[path](), kind="application/xml") if path in xml else None

    return answer


@pytest.fixture(scope="module")
def disturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Crawl, Script]:
    """An archive after one crawl of the site with all its faults."""
    archive = tmp_path_factory.mktemp("bounds") / "archive.db"
    stories = KEPT | {path: answer for path, (answer, _, _) in GIVEN_UP.items()}
    stories["/berita/terlarang-untuk-semua-orang"] = lambda _: story("Terlarang untuk semua orang")
    site = Script(lambda _path, _turn: Answer())
    with scripted(newsroom(stories, seeds(lambda: site.base))) as serving:
        site.base = serving.base
        done = crawl(archive, spider="news", arguments={"url": f"{serving.base}/"}, settings=SETTINGS)
        OVER.set()
    return archive, done, serving


def test_what_can_be_had_is_archived(disturbed: tuple[Path, Crawl, Script]) -> None:
    archive, done, _ = disturbed
    assert done.status == 1  # its sitemaps are not whole
    assert "not read to the end: 1 of the sitemaps that another one names" in done.sentences[-1]
    assert value(archive, "SELECT count(*) FROM articles") == len(KEPT) - 1  # two addresses of one story
    assert "Traceback" not in done.err


@pytest.mark.parametrize("path", GIVEN_UP)
def test_what_goes_beyond_a_bound_is_given_up_with_its_reason(disturbed: tuple[Path, Crawl, Script], path: str) -> None:
    archive, _, site = disturbed
    _, state, reason = GIVEN_UP[path]
    (found,) = rows(archive, "SELECT state, reason FROM frontier WHERE url = :url", url=f"{site.base}{path}")
    assert (found["state"], found["reason"][: len(reason)]) == (state, reason)


def test_each_bound_that_was_hit_is_counted_by_its_name(disturbed: tuple[Path, Crawl, Script]) -> None:
    counts = json.loads(value(disturbed[0], "SELECT counts FROM runs"))
    names = {"bound/size": 2, "bound/redirects": 1, "bound/sitemap-depth": 1, "bound/robots-size": 1}
    names |= {"sitemap/unread": 1}
    assert {name: counts.get(name) for name in names} == names
    assert counts["bound/time"] >= 1


def test_robots_txt_is_obeyed_however_long_it_is(disturbed: tuple[Path, Crawl, Script]) -> None:
    assert [path for path in disturbed[2].paths() if "terlarang" in path] == []


def test_sitemaps_within_sitemaps_end(disturbed: tuple[Path, Crawl, Script]) -> None:
    asked = {path for path in disturbed[2].paths() if path.startswith("/dalam/")}
    assert asked == {f"/dalam/{number}.xml" for number in range(3)}


def test_budget_of_requests_ends_the_run_and_leaves_the_rest_due(tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    stories: dict[str, Callable[[int], Answer]] = {
        f"/cerita-{number}": lambda _turn: story("Cerita panen bawang dari Sembalun") for number in range(30)
    }
    with scripted(newsroom(stories, lambda _path, _turn: None)) as site:
        done = crawl(archive, site.base, settings={"REQUESTS_PER_DAY": 20})
        again = crawl(archive, site.base, settings={"REQUESTS_PER_DAY": 20})
    assert (done.status, again.status) == (1, 1)
    assert "its 20 requests of a day are spent; the rest is still due" in done.sentences[0]
    assert len(site.asked) <= 20 + 2  # robots.txt, for which no run is asked
    assert value(archive, "SELECT count(*) FROM frontier WHERE state = 'due'") > 10


@pytest.mark.parametrize("status", [500, 503])  # without a pause, and with one: all places of the host are held then
def test_host_that_stops_answering_is_tried_once_more_and_then_left_alone(tmp_path: Path, status: int) -> None:
    stories: dict[str, Callable[[int], Answer]] = {
        f"/cerita-{number}": lambda _turn: Answer("tutup", status) for number in range(60)
    }
    closed = threading.Event()

    def closing(path: str, _turn: int) -> Answer | None:
        if path.startswith("/cerita"):
            closed.set()
        return Answer("tutup", status) if path == "/robots.txt" and closed.is_set() else None

    settings = {"CIRCUIT_FAILURES": 3, "RETRY_TIMES": 0, "PAUSE_LONGEST": 0.5}
    with scripted(newsroom(stories, closing)) as site:
        done = crawl(tmp_path / "archive.db", site.base, settings=settings)
    assert done.status == 1
    assert f"failed 3 times in a row, last: HTTP {status}; the rest is still due" in done.sentences[0]
    assert site.paths().count("/robots.txt") == 2
    assert json.loads(value(tmp_path / "archive.db", "SELECT counts FROM runs"))["bound/circuit"] >= 1
    assert len([path for path in site.paths() if path.startswith("/cerita")]) < 60


MEANINGLESS = (300, 302, 304, 399, 999)


@pytest.fixture(scope="module")
def puzzled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive after one crawl of a site with a story for each answer that means nothing."""
    archive = tmp_path_factory.mktemp("puzzled") / "archive.db"
    stories: dict[str, Callable[[int], Answer]] = {
        f"/cerita-{status}": lambda _turn, status=status: Answer("", status) for status in MEANINGLESS
    }
    stories["/cerita-biasa"] = lambda _turn: story("Panen bawang melimpah di Sembalun")
    with scripted(newsroom(stories, lambda _path, _turn: None)) as site:
        crawl(archive, site.base)
    return archive


@pytest.mark.parametrize("status", MEANINGLESS)
def test_answer_that_means_nothing_puts_a_story_off_and_excludes_it_not(puzzled: Path, status: int) -> None:
    assert value(puzzled, "SELECT state FROM frontier WHERE url LIKE :url", url=f"%/cerita-{status}") == "due"


def test_signal_ends_a_crawl_at_once_that_waits_out_a_pause(tmp_path: Path) -> None:
    archive, asked = tmp_path / "archive.db", threading.Event()

    def tired(_turn: int) -> Answer:
        asked.set()
        return Answer("sebentar", 503, {"Retry-After": "50"})

    # So many that Scrapy is still being given the others when the first one is answered.
    stories: dict[str, Callable[[int], Answer]] = {f"/cerita-{number}": tired for number in range(400)}
    with scripted(newsroom(stories, lambda _path, _turn: None)) as site:
        command = [SCRAPY, "crawl", "kicknews", "-a", f"base_url={site.base}", "-s", f"ARCHIVE={archive}"]
        command += ["-s", "DOWNLOAD_DELAY=0"]
        with subprocess.Popen(command, cwd=CHECKOUT, stderr=subprocess.PIPE, text=True) as running:
            assert asked.wait(300)
            running.terminate()
            before = time.monotonic()
            _, err = running.communicate(timeout=120)
            took = time.monotonic() - before
        sent = len(site.asked)
    assert running.returncode == 1
    assert "kickcrawl: interrupted before it was done" in err
    assert took < 40  # on however slow a machine: the pause lasts 50
    assert sent < len(stories)
    assert value(archive, "SELECT count(*) FROM frontier WHERE state = 'leased'") == 0


def test_what_redirects_brought_is_no_longer_held_when_a_large_page_arrives(tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    long = "x" * 3_500_000
    stories: dict[str, Callable[[int], Answer]] = {
        f"/cerita-pindah-{number}": lambda _turn, number=number: Answer(
            "y" * 3_000_000, 302, {"Location": f"/cerita-sasaran-{number}"}
        )
        for number in range(3)
    }
    stories["/cerita-tunggal"] = lambda _turn: Answer(
        titled("Cerita tunggal").replace("</body>", f"<!--{long}--></body>")
    )

    def moved(path: str, _turn: int) -> Answer | None:
        return story("Panen bawang di sasaran melimpah") if path.startswith("/cerita-sasaran") else None

    # One after the other, so that no two of them are held at a time.
    settings = {"HELD_MAXSIZE": 4_000_000, "CONCURRENT_REQUESTS_PER_DOMAIN": 1, "DOWNLOAD_DELAY": 0.4}
    with scripted(newsroom(stories, moved)) as site:
        done = crawl(archive, site.base, settings=settings)
    assert done.status == 0, done.err
    assert site.paths().count("/cerita-tunggal") == 1
    assert value(archive, "SELECT count(*) FROM articles WHERE title = 'Cerita tunggal'") == 1
    assert "bound/held" not in json.loads(value(archive, "SELECT counts FROM runs"))


CUT = {  # the seed whose list is too long
    "sitemap-entries": "sitemap", "sitemap-files": "sitemap", "feed-entries": "feed", "listing-links": "listing",
    "seed-pages": "listing",
}  # fmt: skip
LISTS: dict[str, tuple[int, Callable[[], AbstractContextManager[Newsroom]]]] = {
    "sitemap-entries": (30, lambda: serve_static(seed=66, articles=60)),
    "sitemap-files": (2, lambda: serve(seed=66, articles=60)),
    "feed-entries": (3, lambda: serve_static(seed=66, articles=60, sitemap=False)),
    "listing-links": (3, lambda: serve_static(seed=66, articles=60, sitemap=False, feed=False)),
    "seed-pages": (1, lambda: serve_static(seed=66, articles=60, sitemap=False, feed=False)),
}


@pytest.mark.parametrize("bound", LISTS)
def test_list_that_is_longer_than_its_bound_is_read_to_it_and_does_not_cover_the_outlet(
    tmp_path: Path, bound: str
) -> None:
    archive, (most, make) = tmp_path / "archive.db", LISTS[bound]
    with make() as site:
        if bound == "sitemap-files":
            site.switch(rest="404", sitemap="seo")  # with an index
        settings = {bound.upper().replace("-", "_"): most}
        crawl(archive, spider="news", arguments={"url": f"{site.base}/"}, settings=settings)
    (run,) = rows(archive, "SELECT counts, seeds FROM runs")
    assert json.loads(run["counts"])[f"bound/{bound}"] >= 1
    covers = {seed["covers"] for seed in json.loads(run["seeds"]) if seed["seed"] == CUT[bound] and seed["named"]}
    assert False in covers  # a section that ends on its first page is not cut


def test_list_that_goes_on_without_anything_new_has_ended(tmp_path: Path) -> None:
    def page(path: str, _turn: int) -> Answer | None:
        if path != "/" and not path.startswith("/halaman-"):
            return None
        following = int(path.removeprefix("/halaman-")) + 1 if path != "/" else 2
        there = front(*stories)
        return replace(there, body=f"{there.body}<a rel=next href=/halaman-{following}>lagi</a>")

    archive = tmp_path / "archive.db"
    stories: dict[str, Callable[[int], Answer]] = {
        f"/cerita-panen-{number}": lambda _turn: story("Cerita panen bawang dari Sembalun") for number in range(9)
    }
    with scripted(newsroom(stories, page)) as site:
        crawl(archive, spider="news", arguments={"url": f"{site.base}/"}, settings={"BARREN_PAGES": 3})
    assert json.loads(value(archive, "SELECT counts FROM runs"))["bound/barren-pages"] >= 1
    assert len({path for path in site.paths() if path.startswith("/halaman-")}) <= 4


@pytest.mark.parametrize(("name", "most"), [("run", 12), ("outlet", 12)])
def test_budget_of_a_run_is_counted_by_its_name(tmp_path: Path, name: str, most: int) -> None:
    archive = tmp_path / "archive.db"
    stories: dict[str, Callable[[int], Answer]] = {
        f"/cerita-{number}": lambda _turn: story("Cerita panen bawang dari Sembalun") for number in range(30)
    }
    with scripted(newsroom(stories, lambda _path, _turn: None)) as site:
        done = crawl(archive, site.base, settings={f"REQUESTS_PER_{name.upper()}": most})
    assert done.status == 1
    assert len(site.asked) <= most + 2  # robots.txt, for which no run is asked
    assert json.loads(value(archive, "SELECT counts FROM runs"))[f"bound/requests-per-{name}"] >= 1


def test_host_that_asks_for_a_long_pause_is_left_alone(tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    stories: dict[str, Callable[[int], Answer]] = {
        f"/cerita-{number}": lambda _turn: Answer("sebentar", 503, {"Retry-After": "3600"}) for number in range(30)
    }
    with scripted(newsroom(stories, lambda _path, _turn: None)) as site:
        done = crawl(archive, site.base)
    assert done.status == 1
    assert "asks for a pause of 3600 s; the rest is still due" in done.sentences[0]
    assert len([path for path in site.paths() if path.startswith("/cerita")]) < len(stories)
    assert json.loads(value(archive, "SELECT counts FROM runs"))["bound/pause"] >= 1
