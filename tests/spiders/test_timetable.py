"""A timetable begins the run of each outlet when it is due, and none twice at a time."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive.database import open_archive
from archive.writer import Writer
from kickcrawl.allowance import allowance_of
from kickcrawl.outlet import Outlet
from kickcrawl.rhythm import MIN_PAUSE, Allowance, NextRun
from spiders.run import OutletRun
from spiders.timetable import MAX_PAUSE, AllAtOnce, ByRhythm

ALLOWED = Allowance(timezone="Asia/Makassar", requests_per_day=1000)
SLUGS = ("satu", "dua", "tiga")
OUTLETS = {slug: Outlet(slug=slug, name=slug, home=f"https://{slug}.example/") for slug in SLUGS}


@pytest.fixture
def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[Writer]:
    writer = Writer(open_archive(tmp_path / "archive.db", create=True))
    yield writer
    writer.close()


def by_rhythm(
    now: datetime, *, keeps: bool, told: list[str] | None = None, alerted: list[str] | None = None
) -> ByRhythm:
    """Return a timetable: satu is due for a minute, dua for an hour, tiga in ten minutes."""
    minutes = {"satu": -1, "dua": -60, "tiga": 10}
    return ByRhythm(
        outlets=OUTLETS,
        allowances=dict.fromkeys(OUTLETS, ALLOWED),
        next_runs={slug: NextRun(at=now + timedelta(minutes=n), why="") for slug, n in minutes.items()},
        keeps=keeps,
        tell=lambda run, planned: (told if told is not None else []).append(run.outlet.slug),
        alert=lambda slugs: (alerted if alerted is not None else []).extend(slugs),
    )


def slugs(runs: object) -> list[str]:
    return [run.outlet.slug for run in runs]  # type: ignore[attr-defined]


def test_all_at_once_are_all_once(now: datetime) -> None:
    timetable = AllAtOnce(tuple(OUTLETS.values()))
    assert slugs(timetable.take_due(now)) == ["satu", "dua", "tiga"]
    assert slugs(timetable.take_due(now)) == []
    assert timetable.pause(now) is None


def test_what_has_waited_longest_begins_first(now: datetime) -> None:
    runs = by_rhythm(now, keeps=False).take_due(now)
    assert slugs(runs) == ["dua", "satu"]
    assert all(run.allowance is ALLOWED for run in runs)


def test_timetable_that_does_not_keep_takes_only_what_is_due_at_the_start(now: datetime) -> None:
    timetable = by_rhythm(now, keeps=False)
    timetable.take_due(now)
    assert timetable.pause(now) is None
    assert timetable.take_due(now + timedelta(days=1)) == []


def test_timetable_that_keeps_tells_how_long_to_sleep(now: datetime) -> None:
    timetable = by_rhythm(now, keeps=True)
    assert timetable.pause(now) == 0
    timetable.take_due(now)
    assert timetable.pause(now) == 600
    assert slugs(timetable.take_due(now + timedelta(minutes=10))) == ["tiga"]
    assert timetable.pause(now) == MAX_PAUSE  # all are under way


def test_outlet_has_its_next_turn_when_its_run_has_ended_but_not_at_once(now: datetime, writer: Writer) -> None:
    told: list[str] = []
    alerted: list[str] = []
    timetable = by_rhythm(now, keeps=True, told=told, alerted=alerted)
    runs = {run.outlet.slug: run for run in timetable.take_due(now)}
    assert timetable.take_due(now + timedelta(minutes=1)) == []
    asyncio.run(timetable.ended(runs["dua"], writer))  # it could not begin: nothing of it is in the archive
    assert told == alerted == ["dua"]  # what is wrong is sent while the others are crawled
    assert timetable.next_runs["dua"].at >= now + MIN_PAUSE
    assert slugs(timetable.take_due(now + timedelta(minutes=6))) == ["dua"]


def test_run_knows_whether_it_is_quick(now: datetime) -> None:
    timetable = by_rhythm(now, keeps=False)
    timetable.next_runs["satu"] = NextRun(at=now, why="", is_quick=True)
    assert {run.outlet.slug: run.is_quick for run in timetable.take_due(now)} == {"satu": True, "dua": False}


def test_nothing_is_asked_once_quiet_hours_have_begun() -> None:
    quiet = OUTLETS["satu"].model_copy(update={"quiet_hours": ("23:00-05:00",)})
    run = OutletRun(outlet=quiet, allowance=allowance_of(quiet))
    assert not run.must_rest(datetime(2026, 11, 30, 14, 59, tzinfo=UTC))
    assert run.must_rest(datetime(2026, 11, 30, 15, 0, tzinfo=UTC))
    assert run.why_put_off == "its quiet hours have begun; 0 addresses wait"
