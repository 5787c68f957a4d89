"""Which answers of a seed need no worker: the same bytes, shown alike, that an earlier run read without harm."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from archive.captures import Captures
from archive.database import Archive, open_archive
from archive.runs import Outcome, end_run, start_run
from archive.seeds.read_before import HEAVY, READ, READ_AGAIN, was_read
from archive.warc.owner import warc_folder
from archive.warc.records import Exchange
from kickcrawl.fingerprint import bytes_digest
from tests.support.exchanges import AT, INFO
from tests.support.storing import NOW, OUTLET

BODY = b"<rss><channel>" + b"<item/>" * 50 + b"</channel></rss>"
FEED = Exchange(
    url="https://warta.example/feed/", fetched_at=AT, status=200, body=BODY, digest=bytes_digest(BODY),
    headers=(("Content-Type", "application/rss+xml"), ("Date", "Mon, 14 Jul 2025 01:00:00 GMT")),
)  # fmt: skip
WELL = {READ: 1}


class Runs:
    """Runs of one outlet, a day after the other, each with one answer of its feed."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.captures = Captures(warc_folder(archive.path))
        self.days = 0

    def run(
        self, exchange: Exchange = FEED, counts: dict[str, int] = WELL, outcome: Outcome | None = "complete"
    ) -> int:
        """Return the capture of a run's answer; the run ends with *outcome*, not at all if None."""
        self.days += 1
        now = NOW + timedelta(days=self.days)
        run_id = start_run(self.archive, OUTLET, {}, now)
        self.captures.begin(self.archive, "warta", run_id, INFO)
        capture_id = self.captures.keep(self.archive, "warta", run_id, exchange)
        self.captures.end(self.archive, "warta")
        if outcome is not None:
            end_run(self.archive, run_id, outcome, now, counts=counts, seeds=[])
        return capture_id


@pytest.fixture
def runs(tmp_path: Path) -> Iterator[Runs]:
    with closing(open_archive(tmp_path / "archive.db", create=True)) as archive:
        yield Runs(archive)


def test_what_a_worker_read_need_not_be_read_in_one_again(runs: Runs) -> None:
    assert not was_read(runs.archive, runs.run())
    assert was_read(runs.archive, runs.run(counts={READ_AGAIN: 1}))
    assert was_read(runs.archive, runs.run(outcome=None))


def test_answer_that_has_not_changed_is_the_one_that_was_read(runs: Runs) -> None:
    runs.run()
    as_it_was = replace(FEED, status=304, body=b"", headers=(("Date", "Tue, 15 Jul 2025 01:00:00 GMT"),))
    assert was_read(runs.archive, runs.run(as_it_was))


@pytest.mark.parametrize(
    ("counts", "outcome"),
    [
        pytest.param({READ: 2, HEAVY: 1}, "complete", id="something harmed a worker"),
        pytest.param({"requests": 4}, "complete", id="made before readings were counted"),
        pytest.param(WELL, "failed", id="failed"),
        pytest.param(WELL, "interrupted", id="interrupted"),
        pytest.param(WELL, None, id="died"),
    ],
)
def test_run_that_cannot_tell_vouches_for_nothing(runs: Runs, counts: dict[str, int], outcome: Outcome | None) -> None:
    runs.run(counts=counts, outcome=outcome)
    assert not was_read(runs.archive, runs.run())


def test_other_release_reads_for_itself(runs: Runs) -> None:
    runs.run()
    runs.archive.write("UPDATE runs SET version = '2020.01.01'")
    assert not was_read(runs.archive, runs.run())


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(replace(FEED, body=BODY + b" ", digest=bytes_digest(BODY + b" ")), id="other bytes"),
        pytest.param(replace(FEED, url="https://warta.example/"), id="of another address"),
        pytest.param(replace(FEED, headers=(*FEED.headers, ("Content-Encoding", "gzip"))), id="decoded otherwise"),
        pytest.param(replace(FEED, headers=(("Content-Type", "text/html; charset=utf-7"),)), id="of another type"),
    ],
)
def test_other_answer_was_not_read(runs: Runs, other: Exchange) -> None:
    runs.run()
    assert not was_read(runs.archive, runs.run(other))


def test_answer_of_the_same_run_was_not_read_before(runs: Runs) -> None:
    runs.run(outcome=None)
    run_id = runs.archive.count("SELECT max(id) FROM runs")
    runs.captures.begin(runs.archive, "warta", run_id, INFO)
    again = runs.captures.keep(runs.archive, "warta", run_id, FEED)
    runs.captures.end(runs.archive, "warta")
    end_run(runs.archive, run_id, "complete", NOW, counts=WELL, seeds=[])
    assert not was_read(runs.archive, again)
