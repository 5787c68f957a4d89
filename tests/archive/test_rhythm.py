"""The rhythm of an outlet is read from what is archived: its articles, its runs, and what waits."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from archive.accounts.rhythm import median_lateness, plan_next, read_history, requests_a_day
from archive.database import Archive
from archive.runs import end_run, start_run
from kickcrawl.dates import to_iso
from kickcrawl.rhythm import Allowance
from tests.support.storing import NOW, OUTLET, Shelf, shelf_in

POSTS = {"seed": "rest", "url": "/posts", "named": 3, "covers": True, "error": None}
FEED = {"seed": "feed", "url": "/feed/", "named": 3, "covers": False, "error": None}
DEAD = {"seed": "feed", "url": "/feed/", "named": 0, "covers": False, "error": "HTTP 404"}


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    with shelf_in(tmp_path) as shelf:
        yield shelf


def ran(
    archive: Archive,
    ago: timedelta,
    seeds: list[dict[str, Any]],
    arguments: dict[str, str] | None = None,
    **counts: int,
) -> None:
    """Let a run of a minute have begun so long *ago*."""
    run_id = start_run(archive, OUTLET, arguments or {}, NOW - ago)
    end_run(archive, run_id, "complete", NOW - ago + timedelta(minutes=1), counts=counts, seeds=seeds)


def history(archive: Archive) -> Any:
    return read_history(archive, "warta", NOW)


@pytest.mark.parametrize(
    ("seeds", "has_quick_seed", "tells_edits"),
    [([POSTS, DEAD], True, True), ([FEED], True, False), ([DEAD], False, False), ([], False, False)],
)
def test_last_whole_run_tells_which_seed_a_quick_one_may_ask(
    shelf: Shelf, seeds: list[dict[str, Any]], has_quick_seed: bool, tells_edits: bool
) -> None:
    ran(shelf.archive, timedelta(hours=2), seeds)
    ran(shelf.archive, timedelta(hours=1), [FEED], {"schedule": "quick"})
    known = history(shelf.archive)
    assert (known.has_quick_seed, known.tells_edits) == (has_quick_seed, tells_edits)
    assert [run.is_quick for run in known.runs] == [True, False]


def test_runs_tell_their_cost_without_articles_and_when_edits_were_seen(shelf: Shelf) -> None:
    ran(shelf.archive, timedelta(hours=1), [POSTS], requests=9, stored=2, revised=1, **{"rejected/password": 1})
    ran(shelf.archive, timedelta(minutes=30), [], {"limit": "1"}, requests=50)  # says nothing of the rhythm
    known = history(shelf.archive)
    [run] = known.runs
    assert run.requests - run.fetched == 5
    assert known.edited == [NOW - timedelta(hours=1)]


def test_what_waits_is_known_by_when_it_is_due(shelf: Shelf) -> None:
    ran(shelf.archive, timedelta(hours=1), [POSTS])
    assert history(shelf.archive).due_at is None
    again = to_iso(NOW + timedelta(hours=3))
    shelf.archive.write(
        "INSERT INTO frontier (url, outlet, state, due_at, first_named_at, last_named_at) "
        "VALUES ('https://w.example/a', 'warta', 'due', :at, :at, :at)",
        {"at": again},
    )
    assert to_iso(history(shelf.archive).due_at) == again
    planned = plan_next(shelf.archive, "warta", Allowance(timezone="Asia/Makassar", requests_per_day=1000), NOW)
    assert to_iso(planned.at) == again


def test_requests_a_day_are_those_of_the_last_week(shelf: Shelf) -> None:
    ran(shelf.archive, timedelta(days=9), [POSTS], requests=1000)
    ran(shelf.archive, timedelta(days=4), [POSTS], requests=60)
    ran(shelf.archive, timedelta(days=1), [POSTS], requests=20)
    assert requests_a_day(shelf.archive, "warta", NOW) == pytest.approx(20, rel=0.01)
    assert requests_a_day(shelf.archive, "tidak-ada", NOW) == 0


def test_lateness_counts_what_came_out_after_the_first_run(shelf: Shelf) -> None:
    assert median_lateness(shelf.archive, "warta") is None
    ran(shelf.archive, timedelta(days=1), [POSTS])
    shelf.put("lama", "Sebelum itu.", published_at=NOW - timedelta(days=30))
    shelf.put("satu", "Baru.", published_at=NOW - timedelta(minutes=8))  # found at two minutes after NOW
    shelf.put("dua", "Baru juga.", published_at=NOW - timedelta(minutes=1))
    assert median_lateness(shelf.archive, "warta") == pytest.approx(7 * 60)
    assert len(history(shelf.archive).published) == 2
