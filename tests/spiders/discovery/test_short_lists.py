"""Lists that are all that covers an outlet: how far they are read in later runs, and what they have left out."""

import asyncio
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse, Response

from archive.runs import start_run
from archive.seeds.recheck import count_named
from archive.writer import Writer, acquire_writer, release_writer
from kickcrawl.outlet import Outlet, Seeds
from spiders.discovery.feeds import probe_feeds
from spiders.discovery.listings import MAX_SHORT_LIST_PAGES, probe_listings
from spiders.discovery.probe import Prober
from spiders.network.bounds import Bounds
from spiders.plan import CrawlPlan
from spiders.run import OutletRun, SeedReport
from tests.support.storing import NOW, OUTLET

HOME = "https://warta.example/"
WARTA = Outlet(slug="warta", name="Warta Uji", home=HOME, seeds=Seeds(feeds=("/umpan",), sections=("/",)))
ON_A_PAGE = 3


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[Writer]:
    path = tmp_path / "archive.db"
    writer = acquire_writer(path)
    start_run(writer.archive, OUTLET, {}, NOW)
    yield writer
    release_writer(path)


def page(number: int, slugs: Sequence[str]) -> Response:
    """The page of that *number* of a list of *slugs*."""
    shown = slugs[(number - 1) * ON_A_PAGE : number * ON_A_PAGE]
    links = "".join(f"<h3><a href='/kabar/{slug}'>Warga panen raya bawang di {slug}</a></h3>" for slug in shown)
    following = f"<a rel=next href='/halaman/{number + 1}'>Berikutnya</a>" if slugs[number * ON_A_PAGE :] else ""
    url, body = f"{HOME}halaman/{number}", f"<html><body>{links}{following}</body></html>"
    return HtmlResponse(url, body=body.encode(), request=Request(url))


def read_lists(writer: Writer, slugs: Sequence[str]) -> tuple[int, bool]:
    """Read the lists of *slugs* in a run; return how many pages were asked for, and whether they cover the outlet."""
    asked = 1

    async def fetch(url: str) -> Response:
        nonlocal asked
        asked += 1
        return page(int(url.rsplit("/", 1)[1]), slugs)

    run = OutletRun(outlet=WARTA, run_id=1)
    prober = Prober(run, CrawlPlan(outlets=(WARTA,), archive=writer.archive.path, arguments={}), writer, fetch)
    front = page(1, slugs).replace(url=HOME)
    asyncio.run(probe_listings(prober, front, skim=False))
    return asked, any(report.covers for report in run.seeds)


@pytest.mark.parametrize(
    ("pages", "again"),
    [pytest.param(4, 4, id="short"), pytest.param(MAX_SHORT_LIST_PAGES + 2, 1, id="long")],
)
def test_short_list_is_read_to_its_end_in_each_run(writer: Writer, pages: int, again: int) -> None:
    slugs = [f"desa-{number}" for number in range(pages * ON_A_PAGE)]
    assert read_lists(writer, slugs) == (pages, True)
    assert read_lists(writer, slugs) == (again, True)
    assert count_named(writer.archive, "warta", "listing") == len(slugs)


@pytest.mark.parametrize(
    ("listed", "more", "covers"),
    [
        pytest.param(6, "", True, id="all of the feed and as much again"),
        pytest.param(5, "", False, id="hardly more than the feed"),
        pytest.param(6, "<button>Muat lagi</button>", False, id="the rest may be behind a button"),
    ],
)
@pytest.mark.parametrize("is_apart", [False, True], ids=["", "the feed names another"])
def test_list_on_one_page_is_whole_if_the_feed_bears_it_out(
    writer: Writer, listed: int, more: str, covers: bool, is_apart: bool
) -> None:
    in_feed = [f"desa-{number}" for number in (1, 2, 99 if is_apart else 3)]

    async def fetch(url: str) -> Response:
        items = "".join(f"<item><title>Panen</title><link>{HOME}kabar/{slug}</link></item>" for slug in in_feed)
        return Response(url, body=f"<rss version='2.0'><channel>{items}</channel></rss>".encode())

    links = "".join(f"<h3><a href='/kabar/desa-{number}'>Panen bawang</a></h3>" for number in range(1, listed + 1))
    front = HtmlResponse(HOME, body=f"<html><body>{links}{more}</body></html>".encode(), request=Request(HOME))
    run = OutletRun(outlet=WARTA, run_id=1)
    prober = Prober(run, CrawlPlan(outlets=(WARTA,), archive=writer.archive.path, arguments={}), writer, fetch)

    async def probe() -> None:
        await probe_feeds(prober, skim=False)
        await probe_listings(prober, front, skim=False)

    asyncio.run(probe())
    assert run.seeds[-1].covers is (covers and not is_apart)


def test_feed_that_reaches_back_to_what_is_known_is_not_asked_for_its_next_page(writer: Writer) -> None:
    asked: list[str] = []

    def run(*days: int) -> None:
        async def fetch(url: str) -> Response:
            asked.append(url.removeprefix(HOME))
            items = "".join(
                f"<item><title>Panen {day}</title><link>{HOME}kabar/panen-{day}</link>"
                f"<pubDate>{day:02d} Jul 2025 09:00:00 +0800</pubDate></item>"
                for day in days
            )
            return Response(url, body=f"<rss version='2.0'><channel>{items}</channel></rss>".encode())

        plan = CrawlPlan(outlets=(WARTA,), archive=writer.archive.path, arguments={})
        asyncio.run(probe_feeds(Prober(OutletRun(outlet=WARTA, run_id=1), plan, writer, fetch), skim=True))
        writer.archive.write("UPDATE frontier SET first_named_at = '2025-07-01T00:00:00+00:00'")

    run(3, 2, 1)
    asked.clear()
    run(4, 3, 2)
    assert asked == ["umpan"]
    run(9, 8, 7)
    assert asked == ["umpan", "umpan", "umpan?paged=2"]


def walk(writer: Writer, pages: dict[str, str]) -> tuple[SeedReport, list[str]]:
    """Read the front page's list among *pages* (address below home -> body); return its report, what was asked for."""
    asked: list[str] = []

    async def fetch(url: str) -> Response:
        asked.append(url.removeprefix(HOME))
        body = pages.get(asked[-1])
        return HtmlResponse(url, status=404 if body is None else 200, body=(body or "").encode(), request=Request(url))

    run = OutletRun(outlet=WARTA, run_id=1)
    prober = Prober(run, CrawlPlan(outlets=(WARTA,), archive=writer.archive.path, arguments={}), writer, fetch)
    front = HtmlResponse(HOME, body=pages[""].encode(), request=Request(HOME))
    asyncio.run(probe_listings(prober, front, skim=False))
    return run.seeds[-1], asked


def card(number: int) -> str:
    return f"<h3><a href='/kabar/desa-{number}'>Warga panen raya bawang di desa {number}</a></h3>"


MONTHS = "".join(f"<a href='/2026/0{month}/'>Bulan {month}</a>" for month in (7, 8, 9))


@pytest.mark.parametrize(
    ("july", "named", "covers"),
    [
        pytest.param(card(1) + MONTHS, 3, True, id="all"),
        pytest.param(card(1) + MONTHS + "<button>Muat lagi</button>", 3, False, id="one may hide more"),
        pytest.param(None, 2, False, id="one is not there"),
    ],
)
def test_months_are_read_where_no_link_leads_on(writer: Writer, july: str | None, named: int, covers: bool) -> None:
    pages = {"": card(3) + MONTHS, "2026/09/": card(3) + MONTHS, "2026/08/": card(2) + MONTHS}
    report, asked = walk(writer, pages | ({"2026/07/": july} if july else {}))
    assert asked == ["2026/09/", "2026/08/", "2026/07/"]
    assert (count_named(writer.archive, "warta", "listing"), report.covers) == (named, covers)


@pytest.mark.parametrize(
    ("answer", "covers"),
    [
        pytest.param(card(1), True, id="the rest of the list"),
        pytest.param('{"berita": ["desa-1"]}', False, id="data for a script"),
        pytest.param(card(2), False, id="the same again"),
    ],
)
def test_list_behind_a_button_is_believed_where_it_names_more(writer: Writer, answer: str, covers: bool) -> None:
    report, asked = walk(writer, {"": card(2) + "<button data-url='/?hal=2'>Muat lagi</button>", "?hal=2": answer})
    assert (asked, report.covers) == (["?hal=2"], covers)


@pytest.mark.parametrize(
    ("last", "covers", "error"),
    [
        pytest.param("", True, None, id="read to its end"),
        pytest.param(None, False, "HTTP 404", id="the last file is not there"),
        pytest.param("umpan", False, None, id="leads back to the first"),
    ],
)
def test_feed_is_followed_to_its_older_entries(
    writer: Writer, last: str | None, covers: bool, error: str | None
) -> None:
    asked: list[str] = []

    async def fetch(url: str) -> Response:
        asked.append(url.removeprefix(HOME))
        number = {"umpan": 1, "umpan/2": 2, "umpan/3": 3}[asked[-1]]
        older = f"umpan/{number + 1}" if number < 3 else last
        link = f"<link rel='next' href='/{older}'/>" if older else ""
        entry = f"<entry><title>Panen</title><link href='/kabar/desa-{number}'/></entry>"
        body = f"<feed xmlns='http://www.w3.org/2005/Atom'>{link}{entry}</feed>".encode()
        return Response(url, status=404 if number == 3 and last is None else 200, body=body)

    plan = CrawlPlan(outlets=(WARTA,), archive=writer.archive.path, arguments={})
    run = OutletRun(outlet=WARTA, run_id=1)
    asyncio.run(probe_feeds(Prober(run, plan, writer, fetch), skim=False))
    (report,) = run.seeds
    assert asked == ["umpan", "umpan/2", "umpan/3"]
    assert (report.covers, report.error, report.reach) == (covers, error, "" if covers else None)
    assert count_named(writer.archive, "warta", "feed") == (2 if error else 3)


@pytest.mark.parametrize(
    ("second", "covers"),
    [
        pytest.param(card(3) + card(2), False, id="the first page again"),
        pytest.param(card(3), True, id="a pinned one alone"),
        pytest.param("<p>Tidak ada berita</p>", True, id="nothing"),
    ],
)
def test_list_whose_second_page_is_its_first_is_not_whole(writer: Writer, second: str, covers: bool) -> None:
    following = "<a rel=next href='/?hal=2'>Berikutnya</a>"
    report, _ = walk(writer, {"": card(3) + card(2) + following, "?hal=2": second + following})
    assert report.covers is covers


SCRIPT = "<script>mulai()</script>"  # each page may hide more, so that nothing covers


def test_months_that_do_not_cover_are_read_to_their_end_once_in_a_week(writer: Writer) -> None:
    months = {f"2026/0{month}/": card(month) + MONTHS + SCRIPT for month in (7, 8, 9)}
    pages = {"": card(9) + MONTHS + SCRIPT, **months}
    assert walk(writer, pages)[1] == ["2026/09/", "2026/08/", "2026/07/"]
    assert walk(writer, pages)[1] == []
    pages[""] = card(10) + pages[""]
    assert walk(writer, pages)[1] == ["2026/09/"]
    writer.archive.write("UPDATE seeds SET counted_at = '2026-01-01T00:00:00+00:00'")
    assert len(walk(writer, pages)[1]) == 3


def test_run_that_dies_among_the_months_is_taken_up_by_the_next(writer: Writer) -> None:
    months = {f"2026/0{month}/": card(month) + MONTHS + SCRIPT for month in (7, 8, 9)}

    class Killed(BaseException):
        pass

    class Breaking(dict[str, str]):
        def get(self, path: str, default: str | None = None) -> str | None:  # type: ignore[override]
            if path == "2026/08/":
                raise Killed
            return super().get(path, default)

    front = {"": card(9) + MONTHS + SCRIPT}
    with pytest.raises(Killed):
        walk(writer, Breaking(front | months))
    assert walk(writer, front | months)[1] == ["2026/09/", "2026/08/", "2026/07/"]
    assert count_named(writer.archive, "warta", "listing") == 3


def test_covering_list_with_many_months_is_not_read_to_its_end_in_each_run(writer: Writer) -> None:
    calendar = "".join(f"<a href='/{year}/05/'>Mei</a>" for year in range(2010, 2024))
    pages = {f"{year}/05/": card(year) + calendar for year in range(2010, 2024)}
    pages[""] = card(2023) + card(2022) + calendar
    report, asked = walk(writer, pages)
    assert (report.covers, len(asked)) == (True, 14)
    assert walk(writer, pages)[1] == []


def test_months_to_come_are_not_asked_for(writer: Writer) -> None:
    def linked(number: int) -> str:
        months = [number - 1, number + 1]
        return "".join(f"<a href='/{one // 12}/{one % 12 + 1:02d}/'>Bulan</a>" for one in months)

    class Endless(dict[str, str]):
        def get(self, path: str, default: str | None = None) -> str | None:  # type: ignore[override]
            year, month = map(int, path.strip("/").split("/"))
            number = year * 12 + month - 1
            return (card(number) if number > now - 3 else "") + linked(number)

    today = datetime.now(UTC) + timedelta(days=1)
    now = today.year * 12 + today.month - 1
    _, asked = walk(writer, Endless({"": card(now) + linked(now)}))
    times = [int(year) * 12 + int(month) - 1 for year, month in (path.strip("/").split("/") for path in asked)]
    assert sorted(times) == [*range(min(times), now + 1)]
    assert len(times) == 3 + Bounds().barren_pages  # and months before there was a newsroom, only so far


def test_first_file_of_a_feed_that_calls_itself_next_is_asked_for_once(writer: Writer) -> None:
    asked: list[str] = []

    async def fetch(url: str) -> Response:
        asked.append(url.removeprefix(HOME))
        entry = f"<entry><title>Panen</title><link href='/kabar/desa-{len(asked)}'/></entry>"
        body = f"<feed xmlns='http://www.w3.org/2005/Atom'><link rel='next' href='/umpan#isi'/>{entry}</feed>"
        return Response(url, status=404 if "paged=3" in url else 200, body=body.encode())

    plan = CrawlPlan(outlets=(WARTA,), archive=writer.archive.path, arguments={})
    run = OutletRun(outlet=WARTA, run_id=1)
    asyncio.run(probe_feeds(Prober(run, plan, writer, fetch), skim=False))
    assert (asked, run.seeds[-1].covers) == (["umpan", "umpan?paged=2", "umpan?paged=3"], True)
