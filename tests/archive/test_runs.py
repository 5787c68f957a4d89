"""Runs: each has an end, also one that died; seeds are remembered from run to run."""

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from archive import frontier
from archive.captures import Capture, store_capture
from archive.database import Archive, open_archive
from archive.outlets import write_outlet
from archive.runs import SeedMemory, count_answers, end_run, recall_seed, remember_seed, start_run
from kickcrawl import __version__
from kickcrawl.article import Candidate
from kickcrawl.errors import ArchiveError
from tests.support.storing import KEPT, NOW, OUTLET


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with closing(open_archive(tmp_path / "archive.db", create=True)) as archive:
        yield archive


def start(archive: Archive, slug: str = "warta", **arguments: str) -> int:
    return start_run(archive, OUTLET | {"slug": slug}, arguments, NOW)


def run(archive: Archive, run_id: int) -> dict[str, Any]:
    row = archive.row("SELECT * FROM runs WHERE id = :id", {"id": run_id})
    assert row is not None
    return dict(row)


def state(archive: Archive, url: str) -> str:
    return str(archive.value("SELECT state FROM frontier WHERE url = :url", {"url": url}))


def test_run_is_noted_before_anything_is_fetched(archive: Archive) -> None:
    row = run(archive, start(archive, since="2025-01-01"))
    assert (row["outlet"], row["outcome"], row["finished_at"]) == ("warta", "running", None)
    assert row["started_at"] == "2025-07-14T01:00:00+00:00"
    assert row["version"] == __version__
    assert json.loads(row["arguments"]) == {"since": "2025-01-01"}
    assert (row["counts"], row["seeds"], row["complaints"]) == ("{}", "[]", "[]")


def test_run_that_died_is_marked_by_the_next_one_and_its_leases_are_due_again(archive: Archive) -> None:
    dead = start(archive)
    other = start(archive, "kabar")
    for slug in ("warta", "kabar"):
        frontier.name(archive, slug, [Candidate(url=f"https://{slug}.example/padi", seed="feed")], NOW)
        assert len(frontier.lease(archive, slug, 5, NOW)) == 1
    alive = start(archive)
    assert run(archive, dead)["outcome"] == "died"
    assert run(archive, dead)["reason"] == "the process ended without a word"
    assert run(archive, alive)["outcome"] == "running"
    assert state(archive, "https://warta.example/padi") == "due"
    assert run(archive, other)["outcome"] == "running"  # another outlet's run is none of its business
    assert state(archive, "https://kabar.example/padi") == "leased"


@pytest.mark.parametrize("outcome", ["complete", "failed", "interrupted"])
def test_run_ends_once_and_stays_as_it_ended(archive: Archive, outcome: Any) -> None:
    run_id = start(archive)
    later = NOW + timedelta(minutes=7)
    seeds = [{"seed": "feed", "url": "https://warta.example/feed/", "named": 3, "error": None}]
    complaint = {"kind": "volume", "what": "sepi", "since": "2025-07-13T01:00:00+00:00", "advice": "lihat situsnya"}
    counts = {"stored": 2, "rejected/empty": 1}
    end_run(
        archive, run_id, outcome, later, reason="alasan – é", counts=counts, seeds=seeds, complaints=[complaint]
    )  # fmt: skip
    start(archive)
    row = run(archive, run_id)
    assert (row["outcome"], row["reason"]) == (outcome, "alasan – é")
    assert row["finished_at"] == "2025-07-14T01:07:00+00:00"
    assert json.loads(row["counts"]) == counts
    assert json.loads(row["seeds"]) == seeds
    assert json.loads(row["complaints"]) == [complaint]


def test_unknown_outcome_is_refused(archive: Archive) -> None:
    run_id = start(archive)
    with pytest.raises(ArchiveError, match="CHECK"):
        end_run(archive, run_id, "lumayan", NOW, counts={}, seeds=[])  # type: ignore[arg-type]
    assert run(archive, run_id)["outcome"] == "running"


def test_outlet_is_kept_as_its_file_describes_it_last(archive: Archive) -> None:
    start(archive)
    start_run(archive, OUTLET | {"name": "Warta Baru", "publisher": "Grup Warta"}, {}, NOW)
    write_outlet(archive, OUTLET | {"name": "Warta Baru", "platform": "blogger"})
    (row,) = archive.rows("SELECT * FROM outlets")
    assert dict(row) == OUTLET | {"name": "Warta Baru", "platform": "blogger", "readers": None}


def test_seed_is_remembered_as_it_was_told_last(archive: Archive) -> None:
    start(archive)
    start(archive, "kabar")
    assert recall_seed(archive, "warta", "rest") == SeedMemory()
    remember_seed(archive, "warta", "rest", SeedMemory("2025-07-13T22:00:00+00:00", "2025-07-14T01:00:00+00:00", 4))
    memory = SeedMemory("2025-07-14T00:00:00+00:00", None, 0)
    remember_seed(archive, "warta", "rest", memory)
    assert recall_seed(archive, "warta", "rest") == memory
    assert recall_seed(archive, "warta", "sitemap") == SeedMemory()
    assert recall_seed(archive, "kabar", "rest") == SeedMemory()


def test_answers_of_a_day_are_counted_also_of_runs_that_died(archive: Archive) -> None:
    def captured(run_id: int, at: datetime) -> None:
        store_capture(archive, Capture(run_id=run_id, url="https://warta.example/", fetched_at=at.isoformat(), **KEPT))

    dead = start(archive)
    for days in (0, 0, 1):
        captured(dead, NOW + timedelta(days=days))
    start_run(archive, OUTLET, {}, NOW + timedelta(days=1))  # the dead one had ended by then
    ended = start_run(archive, OUTLET, {}, NOW + timedelta(days=2))
    captured(ended, NOW + timedelta(days=2))
    end_run(archive, ended, "complete", NOW + timedelta(days=2), counts={}, seeds=[])
    days = [f"{NOW + timedelta(days=day):%Y-%m-%d}" for day in range(4)]
    assert [count_answers(archive, "warta", day) for day in days] == [4, 2, 1, 0]
    assert count_answers(archive, "kabar", days[0]) == 0
