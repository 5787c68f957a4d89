"""Days of a newsroom's clock as spans of UTC, to both ends of the calendar."""

from datetime import date

import pytest

from kickcrawl.days import span_of_days


@pytest.mark.parametrize("zone", ["Asia/Makassar", "America/New_York", "UTC"])
def test_the_last_day_of_the_calendar_is_no_bound(zone: str) -> None:
    assert span_of_days(zone, None, date.max) == (None, None)
    assert span_of_days(zone, date(2025, 7, 1), date.max)[0] is not None


def test_a_day_that_begins_before_all_times_is_no_bound() -> None:
    assert span_of_days("Asia/Makassar", date.min, None) == (None, None)
    assert span_of_days("UTC", date.min, None) == ("0001-01-01T00:00:00+00:00", None)
