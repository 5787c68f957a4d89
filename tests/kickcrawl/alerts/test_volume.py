"""Silence and decline: told of a silent Tuesday, not of a quiet Sunday, a feast, a burst that is over, or a leave."""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from random import Random

import pytest

from kickcrawl.alerts.calendar import Quiet, quiet_days
from kickcrawl.alerts.decline import find_decline
from kickcrawl.alerts.pace import Past, learn_pace
from kickcrawl.alerts.silence import find_silence

TUESDAY = date(2025, 7, 15)
Change = Callable[[date, float], float]


def past(
    until: date,
    a_day: float = 25,
    *,
    days: int = 120,
    sunday: float = 0.3,
    change: Change = lambda _day, usual: usual,
    quiet: Mapping[date, Quiet] | None = None,
) -> Past:
    """Return a past that ends with the day *until*: from 7 to 22 h, fewer on Sundays, as *change* says."""
    random = Random(7)
    hours: Counter[int] = Counter()
    for back in range(days, -1, -1):
        day = until - timedelta(days=back)
        usual = change(day, a_day * (sunday if day.weekday() == 6 else 1.0))
        for _ in range(round(usual * random.uniform(0.75, 1.25))):
            hours[24 * day.toordinal() + random.randint(7, 22)] += 1
    return Past.of(hours, quiet if quiet is not None else quiet_days("ID-NB", [2024, 2025]))


def end_of(day: date, hour: int = 23) -> int:
    return 24 * day.toordinal() + hour


def silent_from(first: date) -> Change:
    return lambda day, usual: 0.0 if day >= first else usual


def test_silent_tuesday_is_a_fault_within_its_day() -> None:
    found = find_silence(past(TUESDAY, change=silent_from(TUESDAY)), end_of(TUESDAY))
    assert found is not None
    assert found.is_fault
    assert found.count == 0
    assert found.chance < 1e-3


@pytest.mark.parametrize(("a_day", "hour", "is_fault"), [(6, 23, True), (7, 19, False), (4, 23, False)])
def test_small_newsroom_is_told_silent_after_a_day_if_it_brings_enough(a_day: float, hour: int, is_fault: bool) -> None:
    found = find_silence(past(TUESDAY, a_day, sunday=1, change=silent_from(TUESDAY)), end_of(TUESDAY, hour))
    assert (found is not None and found.is_fault) == is_fault


def test_usual_tuesday_is_none_at_any_hour() -> None:
    ordinary = past(TUESDAY)
    assert [find_silence(ordinary, end_of(TUESDAY, hour)) for hour in range(24)] == [None] * 24


def test_quiet_sunday_is_no_fault() -> None:
    sunday = TUESDAY - timedelta(days=2)
    found = find_silence(past(sunday, 12, change=silent_from(sunday)), end_of(sunday, 22))
    assert found is None or not found.is_fault


@pytest.mark.parametrize(("quiet", "is_fault"), [(None, False), ({}, True)], ids=["by the calendar", "without it"])
def test_silence_over_idul_fitri_is_no_fault(quiet: dict[date, Quiet] | None, is_fault: bool) -> None:
    feast = date(2025, 3, 31)
    found = find_silence(past(feast + timedelta(days=2), change=silent_from(feast), quiet=quiet), end_of(feast, 95))
    assert (found is not None and found.is_fault) == is_fault


def test_silence_is_over_when_articles_come_again() -> None:
    wednesday = TUESDAY + timedelta(days=1)
    again = past(wednesday, change=lambda day, usual: 0.0 if day == TUESDAY else usual)
    assert find_silence(again, end_of(wednesday, 20)) is None


def test_nothing_is_expected_of_an_outlet_of_a_week() -> None:
    new = past(TUESDAY, days=9, change=silent_from(TUESDAY))
    assert learn_pace(new, end_of(TUESDAY)) is None
    assert find_silence(new, end_of(TUESDAY)) is None


def test_first_crawl_that_dates_all_articles_at_once_raises_no_hopes() -> None:
    flooded = past(TUESDAY, change=lambda day, usual: 3000 if day == TUESDAY - timedelta(days=20) else usual)
    pace = learn_pace(flooded, end_of(TUESDAY))
    assert pace is not None
    assert pace.level < 40
    assert find_silence(flooded, end_of(TUESDAY)) is None


def test_days_of_a_fault_teach_nothing() -> None:
    gone = [TUESDAY - timedelta(days=number) for number in range(10, 24)]
    lost = past(TUESDAY, change=lambda day, usual: 0.0 if day in gone else usual)
    level = learn_pace(lost, end_of(TUESDAY))
    told = Past.of(lost.hours, lost.quiet, gone)
    right = learn_pace(told, end_of(TUESDAY))
    assert level is not None
    assert right is not None
    assert right.level > 1.3 * level.level


def fading(day: date, usual: float) -> float:
    weeks = max(0, (day - (TUESDAY - timedelta(weeks=10))).days / 7)
    return usual * 0.92**weeks


def test_slow_decline_is_a_fault_though_no_day_was_silent() -> None:
    slow = past(TUESDAY, days=230, change=fading)
    assert find_silence(slow, end_of(TUESDAY)) is None
    found = find_decline(slow, end_of(TUESDAY))
    assert found is not None
    assert found.is_fault
    assert found.recent < 0.65 * found.usual


def campaign(day: date, usual: float) -> float:
    is_on = timedelta(weeks=2) < TUESDAY - day < timedelta(weeks=10)
    return usual * (1.5 if is_on else 1)


def leave(day: date, usual: float) -> float:
    return usual * (0.8 if TUESDAY - day < timedelta(weeks=2) else 1)


@pytest.mark.parametrize("change", [lambda _day, usual: usual, campaign, leave], ids=["as ever", "campaign", "leave"])
def test_what_comes_and_goes_is_no_decline(change: Change) -> None:
    found = find_decline(past(TUESDAY, days=230, change=change), end_of(TUESDAY))
    assert found is None or not found.is_fault


def test_calendar_knows_movable_feasts_and_only_countries_that_it_knows() -> None:
    days = quiet_days("ID-NB", [2025, 2026])
    assert days[date(2025, 3, 31)] is days[date(2026, 3, 21)] is Quiet.FEAST
    assert days[date(2025, 3, 29)] is Quiet.FEAST
    assert days[date(2025, 12, 25)] is Quiet.HOLIDAY
    assert date(2025, 7, 15) not in days
    assert quiet_days(None, [2025]) == quiet_days("XX", [2025]) == {}
