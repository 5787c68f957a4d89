"""Outlets are asked by their own rhythm: busy ones often, quiet ones seldom, none more than its requests allow."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from statistics import median

import pytest

from kickcrawl.hours import read_hours
from kickcrawl.rhythm import MAX_PAUSE, MIN_PAUSE, Allowance, History, PastRun, Rhythm, next_run

NOW = datetime(2026, 11, 30, 2, 0, tzinfo=UTC)  # a Monday, ten o'clock in Makassar
ALLOWED = Allowance(timezone="Asia/Makassar", requests_per_day=100_000)
DAY_SHIFT = range(22, 34)  # hours of UTC from 06:00 to 18:00 in Makassar


def articles(a_day: float, hours: Sequence[int] = DAY_SHIFT, days: int = 28, seed: int = 7) -> list[datetime]:
    """Return times at which articles came out in the days before NOW."""
    rng, begin = Random(seed), NOW.replace(hour=0) - timedelta(days=days)
    times = [
        begin + timedelta(days=rng.uniform(0, days) // 1, hours=rng.choice(hours), minutes=rng.uniform(0, 60))
        for _ in range(round(a_day * days))
    ]
    return sorted(time for time in times if time <= NOW)


def runs(count: int = 10, *, pause: timedelta = timedelta(minutes=20), **of_each: object) -> list[PastRun]:
    usual = {"outcome": "complete", "requests": 5} | of_each
    return [PastRun(started_at=NOW - n * pause, **usual) for n in range(count)]  # type: ignore[arg-type]


def history(a_day: float, edits: float = 0.0, **others: object) -> History:
    given: dict[str, object] = {"runs": runs(), "since": NOW - timedelta(days=400), **others}
    return History(published=articles(a_day), edited=articles(edits, seed=8), **given)  # type: ignore[arg-type]


def pause(known: History, allowance: Allowance = ALLOWED) -> timedelta:
    return next_run(known, allowance, NOW).at - NOW


def test_outlet_that_was_never_crawled_is_due() -> None:
    due = next_run(History(), ALLOWED, NOW)
    assert (due.at, due.why) == (NOW, "it was never crawled")


def test_busy_outlets_are_asked_often_and_quiet_ones_seldom() -> None:
    cheap = runs(requests=1)
    pauses = [pause(history(a_day, runs=cheap)) for a_day in (300, 40, 5, 1, 0.1)]
    assert pauses == sorted(pauses)
    assert pauses[0] >= MIN_PAUSE
    assert pauses[1] < timedelta(minutes=40)
    assert pauses[-1] > timedelta(hours=3)
    assert pause(history(0)) == MAX_PAUSE


def test_rate_follows_the_hours_and_weekdays_of_the_newsroom() -> None:
    workdays = [time for time in articles(40) if (time + timedelta(hours=8)).weekday() < 5]
    rhythm = Rhythm(replace(history(40), published=workdays), "Asia/Makassar", NOW)
    monday_noon = NOW + timedelta(hours=2)
    assert rhythm.expected(monday_noon) > 5 * rhythm.expected(monday_noon + timedelta(hours=13))
    assert rhythm.expected(monday_noon) > 2 * rhythm.expected(monday_noon + timedelta(days=6))


def test_rates_of_a_week_sum_up_to_what_came() -> None:
    known = history(40, 5)
    rhythm = Rhythm(known, "Asia/Makassar", NOW)
    week = sum(rhythm.expected(NOW + timedelta(hours=hour)) for hour in range(7 * 24))
    assert week == pytest.approx((len(known.published) + len(known.edited)) / 4, rel=0.01)


def a_day_of_runs(known: History, allowance: Allowance = ALLOWED) -> list[datetime]:
    """Return when runs begin on the day after NOW, where each is as cheap as those before."""
    times, now = [NOW], NOW
    while now < NOW + timedelta(days=1):
        now = next_run(known, allowance, now).at
        times.append(now)
        known = replace(known, runs=[replace(known.runs[0], started_at=now), *known.runs[:20]])
    return times


def test_forty_articles_are_found_soon_within_the_requests_of_a_day() -> None:
    """The schedule alone; tests/bench/day.py crawls a newsroom by it."""
    quick = runs(5, requests=2, is_quick=True)
    known = history(40, 5, runs=[*quick, *runs(4)], has_quick_seed=True, tells_edits=True)
    times = a_day_of_runs(known)
    came = [time + timedelta(days=1) for time in articles(40, days=1)]
    waits = [min(run for run in times if run >= time) - time for time in came if times[0] < time <= times[-1]]
    assert len(waits) > 10
    assert median(waits) <= timedelta(minutes=12)
    assert 2 * len(times) + 4 * 5 + 45 <= 250


def test_less_is_asked_where_the_operator_allows_less() -> None:
    known = history(40)
    assert len(a_day_of_runs(known, replace(ALLOWED, requests_per_day=100))) * 5 <= 70
    assert "as its requests of a day allow" in next_run(known, replace(ALLOWED, requests_per_day=100), NOW).why


def test_edits_are_found_within_the_hour_while_the_newsroom_works() -> None:
    few = history(1)
    assert pause(few) > timedelta(hours=1)
    assert pause(replace(few, edited=articles(3))) <= timedelta(minutes=50)


def test_what_is_spent_waits_for_the_next_day_and_quiet_hours_for_their_end() -> None:
    spent = replace(history(40), requests_today=100)
    due = next_run(spent, replace(ALLOWED, requests_per_day=100), NOW)
    assert (due.at, due.put_off) == (datetime(2026, 12, 1, tzinfo=UTC), "budget")
    quiet = next_run(history(40), replace(ALLOWED, quiet=(read_hours("09:00-11:00"),)), NOW)
    assert (quiet.at, quiet.put_off) == (datetime(2026, 11, 30, 3, 0, tzinfo=UTC), "quiet-hours")


def test_outlet_out_of_reach_is_asked_more_and_more_seldom() -> None:
    failed = {"outcome": "failed", "is_out_of_reach": True}
    pauses = [pause(history(40, runs=[*runs(n, **failed), *runs(3)])) for n in (1, 2, 3, 12)]
    assert pauses == [timedelta(minutes=30), timedelta(hours=1), timedelta(hours=2), MAX_PAUSE]


def test_run_that_did_not_end_is_made_up_for() -> None:
    assert pause(history(1, runs=runs(1, outcome="died"))) == MIN_PAUSE


def test_run_that_a_wrong_clock_dated_ahead_holds_up_nothing() -> None:
    ahead = [replace(run, started_at=NOW + timedelta(days=11_000)) for run in runs(1)]
    assert pause(history(40, runs=ahead)) == timedelta(0)


def test_what_waits_is_asked_for_again_but_not_at_once() -> None:
    waiting = replace(history(0), due_at=NOW - timedelta(days=1))
    assert pause(waiting) == timedelta(minutes=30)
    assert pause(replace(waiting, due_at=NOW + timedelta(hours=4))) == timedelta(hours=4)


@pytest.mark.parametrize(
    ("last", "edits", "tells_edits", "is_quick"),
    [
        (timedelta(hours=1), 0, True, True),
        (timedelta(hours=7), 0, True, False),  # all seeds were asked too long ago
        (timedelta(hours=1), 5, True, True),
        (timedelta(hours=1), 5, False, False),  # the quick seed would miss the edits
    ],
)
def test_run_is_quick_between_two_that_ask_all_seeds(
    last: timedelta, edits: float, tells_edits: bool, is_quick: bool
) -> None:
    past = [*runs(1, is_quick=True), PastRun(started_at=NOW - last, outcome="complete", requests=5)]
    known = history(40, edits, runs=past, has_quick_seed=True, tells_edits=tells_edits)
    assert next_run(known, ALLOWED, NOW).is_quick is is_quick
    assert not next_run(replace(known, has_quick_seed=False), ALLOWED, NOW).is_quick
