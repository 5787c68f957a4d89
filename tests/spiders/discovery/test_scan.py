"""A scan of a list: were it cut short by a crash, the next one finds what stood behind."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.runs import start_run
from archive.writer import Writer, acquire_writer, release_writer
from kickcrawl.article import Candidate
from kickcrawl.errors import SeedError
from kickcrawl.outlet import Outlet
from spiders.discovery.probe import Prober
from spiders.plan import CrawlPlan
from spiders.run import OutletRun, SeedReport
from tests.support.storing import NOW, OUTLET

WARTA = Outlet(slug="warta", name="Warta Uji", home="https://warta.example/")
PAGES = [[Candidate(url=f"https://warta.example/{page}-{n}", seed="listing") for n in range(3)] for page in range(4)]


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[Writer]:
    path = tmp_path / "archive.db"
    writer = acquire_writer(path)
    start_run(writer.archive, OUTLET, {}, NOW)
    yield writer
    release_writer(path)


async def scan(writer: Writer, *pages: list[Candidate], with_error: BaseException | None = None) -> int:
    """Scan the pages, until one has nothing new or *with_error* comes; return how many were read."""
    plan = CrawlPlan(outlets=(WARTA,), archive=writer.archive.path, arguments={})

    async def fetch(url: str) -> None:
        raise AssertionError(url)

    prober = Prober(OutletRun(outlet=WARTA), plan, writer, fetch)
    async with prober.scan(SeedReport(seed="listing", url=WARTA.home), to_end=False) as scanning:
        for number, page in enumerate(pages, start=1):
            if (await scanning.name(page)).new == 0:
                return number
        if with_error:
            raise with_error
    return len(pages)


def named(writer: Writer) -> int:
    return int(writer.archive.value("SELECT count(*) FROM frontier"))


def test_list_is_named_at_the_end_of_the_scan_and_the_next_one_stops_at_once(writer: Writer) -> None:
    assert asyncio.run(scan(writer, *PAGES)) == 4
    assert named(writer) == 12
    assert asyncio.run(scan(writer, *PAGES)) == 1


def test_scan_that_was_cut_short_is_made_again(writer: Writer) -> None:
    with pytest.raises(asyncio.CancelledError):
        asyncio.run(scan(writer, *PAGES[:2], with_error=asyncio.CancelledError()))
    assert named(writer) == 0
    assert asyncio.run(scan(writer, *PAGES)) == 4
    assert named(writer) == 12


def test_page_that_does_not_answer_keeps_nothing_back(writer: Writer) -> None:
    with pytest.raises(SeedError):
        asyncio.run(scan(writer, *PAGES[:2], with_error=SeedError("HTTP 500")))
    assert named(writer) == 6


def test_list_that_repeats_itself_ends(writer: Writer) -> None:
    assert asyncio.run(scan(writer, PAGES[0], PAGES[0], PAGES[1])) == 2
