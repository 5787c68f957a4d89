"""`kickcrawl run --keep` sleeps until an outlet is due, and ends in good order when it is asked to."""

import sqlite3
import subprocess
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kickcrawl import CHECKOUT
from kickcrawl.dates import to_iso
from kickcrawl.rhythm import MIN_PAUSE
from tests.newsroom import Newsroom, serve
from tests.newsroom.exchange import Answer, Request
from tests.support.crawling import KICKCRAWL, rows, value
from tests.support.outlets import REGION, Region

SECONDS = 300  # for whatever is waited for; seconds on a quiet machine


@contextmanager
def keeping(region: Region, *settings: str) -> Iterator[subprocess.Popen[str]]:
    """Give the process of ``kickcrawl run --keep``; it is killed at the end if it is still there."""
    command = [str(KICKCRAWL), "run", "--keep", "--region", REGION, *settings]
    with subprocess.Popen(
        command, cwd=CHECKOUT, env=region.environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        too_late = threading.Timer(SECONDS, process.kill)
        too_late.start()
        try:
            yield process
        finally:
            too_late.cancel()
            process.kill()


@pytest.mark.crawl
def test_outlet_is_crawled_when_it_is_due_and_the_service_ends_when_it_is_asked_to(tmp_path: Path) -> None:
    region = Region(folder=tmp_path)
    with serve(seed=5, articles=3) as site:
        region.add("satu", site)
        region.run()
        # As if that run had been stopped: it is made up for, two seconds from now.
        begun = datetime.now(UTC) - MIN_PAUSE + timedelta(seconds=2)
        with closing(sqlite3.connect(region.archive)) as archive, archive:
            archive.execute("UPDATE runs SET outcome = 'interrupted', started_at = ?", [to_iso(begun)])
        site.publish(1)
        with keeping(region) as service:
            assert service.stdout is not None
            line = service.stdout.readline()
            second = region.run()
            service.terminate()
            status, rest = service.wait(SECONDS), service.stdout.read()
    assert line.startswith("satu: 1 stored")
    assert second.status == 1
    assert "another `kickcrawl run` is at work" in second.err
    assert (status, rest) == (0, "")
    begins = rows(region.archive, "SELECT outcome, started_at FROM runs ORDER BY id")
    assert [run["outcome"] for run in begins] == ["interrupted", "complete"]
    assert begins[1]["started_at"] >= to_iso(begun + MIN_PAUSE)


class Observed(Newsroom):
    """A newsroom that tells when the first of its articles is asked for."""

    article_asked = threading.Event()

    def visit(self, request: Request) -> Answer:
        if request.path.startswith("/20"):
            self.article_asked.set()
        return super().visit(request)


@pytest.mark.slow
@pytest.mark.crawl
def test_run_that_is_under_way_when_the_service_ends_goes_on_later(tmp_path: Path) -> None:
    region = Region(folder=tmp_path)
    with serve(seed=5, articles=40, kind=Observed) as site:
        region.add("satu", site)
        with keeping(region, "-s", "DOWNLOAD_DELAY=0.5") as service:
            assert service.stdout is not None
            assert Observed.article_asked.wait(SECONDS)
            service.terminate()
            status, told = service.wait(SECONDS), service.stdout.read()
    assert status == 0
    assert told.startswith("satu: ")
    assert value(region.archive, "SELECT outcome FROM runs") == "interrupted"
    assert value(region.archive, "SELECT count(*) FROM frontier WHERE state = 'leased'") == 0
    assert value(region.archive, "SELECT count(*) FROM frontier WHERE state = 'due'") > 20
