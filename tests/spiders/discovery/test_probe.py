"""What all probes share: a list that no browser could build is read as the server sent it, and that is told."""

import asyncio
import logging
from pathlib import Path

import pytest
from scrapy.http import HtmlResponse, Response

from archive.writer import acquire_writer, release_writer
from kickcrawl.errors import SeedError
from kickcrawl.outlet import Outlet
from spiders.discovery.probe import Prober
from spiders.plan import CrawlPlan
from spiders.run import OutletRun

HOME = "https://warta.example/"
WARTA = Outlet(slug="warta", name="Warta Uji", home=HOME, render=True)


async def fetch(url: str) -> Response:
    return HtmlResponse(url, body=b"<p>dari server</p>")


async def in_browser(url: str, outlet: Outlet) -> Response:
    if url.endswith("/macet/"):
        raise SeedError("the browser does not answer")
    return HtmlResponse(url, body=b"<p>dari peramban</p>")


@pytest.mark.parametrize(
    ("path", "body", "count"), [("kabar/", b"<p>dari peramban</p>", 0), ("macet/", b"<p>dari server</p>", 1)]
)
def test_list_that_no_browser_could_build_is_the_servers_and_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, path: str, body: bytes, count: int
) -> None:
    archive = tmp_path / "archive.db"
    writer = acquire_writer(archive)
    try:
        run = OutletRun(outlet=WARTA)
        plan = CrawlPlan(outlets=(WARTA,), archive=archive, arguments={})
        prober = Prober(run, plan, writer, fetch, in_browser=in_browser)
        with caplog.at_level(logging.WARNING):
            assert asyncio.run(prober.fetch_list(HOME + path)).body == body
    finally:
        release_writer(archive)
    assert run.counts["lists-not-rendered"] == count
    assert len(caplog.messages) == count
