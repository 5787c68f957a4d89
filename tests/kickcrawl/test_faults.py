"""Faults that last: the same one is known again, and an outlet that nobody crawls is overdue by its own rhythm."""

from datetime import UTC, datetime, timedelta

import pytest

from kickcrawl.faults import Fault, overdue_since

NOW = datetime(2026, 11, 20, 6, tzinfo=UTC)
OUT = "warta: https://warta.example/ is out of reach (HTTP 503); try again later"


@pytest.mark.parametrize(
    ("now", "before", "is_told"),
    [
        (Fault.of(OUT, []), Fault.of(OUT.replace("HTTP 503", "timeout"), []), True),
        (Fault.of("warta: 3 pages", []), Fault.of("warta: 17 pages", []), True),
        (Fault.of(OUT, []), Fault.of("warta: no seed covers it", []), False),
        (Fault.of(OUT, []), Fault.of(None, []), False),
        (Fault.of("x", ["silence"]), Fault.of("y", ["silence", "seeds"]), True),
        (Fault.of("x", ["silence", "fields"]), Fault.of("y", ["silence"]), False),
        (Fault.of("x", ["silence"]), Fault.of("x", []), False),
    ],
)
def test_fault_was_told_if_the_run_before_had_the_same(now: Fault, before: Fault, is_told: bool) -> None:
    assert now.is_told_by(before) is is_told


@pytest.mark.parametrize(
    ("ago", "is_overdue"),
    [
        ([2.4, 3.4, 4.4], False),
        ([2.6, 3.6, 4.6], True),
        ([36, 60, 84], False),
        ([38, 62, 86], True),
        ([20, 20.1, 40, 40.2], False),
        ([24 * 8], False),
        ([24 * 11], True),
        ([], False),
    ],
    ids=["hourly", "hourly, one missed", "daily", "daily, one missed", "by hand, twice", "once", "long ago",
         "never"],
)  # fmt: skip
def test_outlet_is_overdue_by_its_own_rhythm(ago: list[float], is_overdue: bool) -> None:
    starts = [NOW - timedelta(hours=hours) for hours in ago]
    assert (overdue_since(starts, NOW) is not None) is is_overdue


@pytest.mark.parametrize(
    ("ago", "is_overdue"),
    [([9, 9.2, 9.4], False), ([24, 24.2, 24.4], False), ([26, 26.2, 26.4], True), ([26], True), ([34, 58, 82], False)],
    ids=[
        "a quiet night",
        "its requests of the day are spent",
        "a day missed",
        "a day missed, the first",
        "run once a day",
    ],
)
def test_scheduled_outlet_may_rest_for_a_day(ago: list[float], is_overdue: bool) -> None:
    starts = [NOW - timedelta(hours=hours) for hours in ago]
    assert (overdue_since(starts, NOW, is_scheduled=True) is not None) is is_overdue
