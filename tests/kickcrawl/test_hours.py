"""Quiet hours are those of the outlet's own clock, over midnight and over the change to summer time."""

from datetime import UTC, datetime

import pytest

from kickcrawl.hours import end_of_quiet, read_hours


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("hours", "zone", "now", "until"),
    [
        (["23:00-05:00"], "Asia/Makassar", "2026-11-30 15:30", "2026-11-30 21:00"),  # 23:30 there
        (["23:00-05:00"], "Asia/Makassar", "2026-11-30 20:59", "2026-11-30 21:00"),
        (["23:00-05:00"], "Asia/Makassar", "2026-11-30 21:00", None),
        (["12:00-13:00"], "UTC", "2026-11-30 12:00", "2026-11-30 13:00"),
        (["12:00-13:00", "13:00-14:00"], "UTC", "2026-11-30 12:30", "2026-11-30 14:00"),
        (
            ["01:00-04:00"],
            "Europe/Berlin",
            "2026-03-29 00:30",
            "2026-03-29 02:00",
        ),  # 02:00 is left out there
        ([], "UTC", "2026-11-30 12:30", None),
    ],
)
def test_quiet_ends_by_the_outlets_clock(hours: list[str], zone: str, now: str, until: str | None) -> None:
    assert end_of_quiet(map(read_hours, hours), zone, at(now)) == (at(until) if until else None)


@pytest.mark.parametrize("text", ["", "malam", "23-5", "24:00-05:00", "05:00-05:00", "5:60-6:00"])
def test_what_is_no_span_of_hours_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="write them as"):
        read_hours(text)
