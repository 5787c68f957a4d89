"""Times as outlets write them, by machine and in words."""

from datetime import UTC, datetime, timedelta

import pytest

from kickcrawl import RELEASED
from kickcrawl.article import Moment
from kickcrawl.dates import date_in_url, http_date, latest, parse_machine_time, parse_visible_time, to_iso, to_moment

ZONE = "Asia/Makassar"  # WITA, +08:00


def moment(written: str, offset: int) -> Moment:
    return Moment(datetime.fromisoformat(written + "+00:00"), offset)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("2025-07-14T09:30:00+08:00", moment("2025-07-14T01:30", 480), id="ISO with offset"),
        pytest.param("2025-07-14T09:30:00+0700", moment("2025-07-14T02:30", 420), id="ISO, offset without colon"),
        pytest.param("2025-07-14T01:30:00Z", moment("2025-07-14T01:30", 0), id="ISO in UTC"),
        pytest.param("2025-07-14 09:30:00", moment("2025-07-14T01:30", 480), id="naive is the outlet's zone"),
        pytest.param("2025-07-14", moment("2025-07-13T16:00", 480), id="a day is its midnight there"),
        pytest.param(" 2025-07-14T09:30:00+08:00\n", moment("2025-07-14T01:30", 480), id="white space around"),
        pytest.param("Mon, 14 Jul 2025 09:30:00 +0800", moment("2025-07-14T01:30", 480), id="RFC 822"),
        pytest.param("Mon, 14 Jul 2025 01:30:00 GMT", moment("2025-07-14T01:30", 0), id="RFC 822 in GMT"),
        pytest.param(
            "Mon, 14 Jul 2025 01:30:00 -0000",
            moment("2025-07-14T01:30", 0),
            id="RFC 822 in UTC that does not tell where",
        ),
        pytest.param(
            "Mon, 14 Jul 2025 09:30:00 WIB",
            moment("2025-07-14T02:30", 420),
            id="RFC 822 with a zone of Indonesia",
        ),
        pytest.param("", None, id="empty"),
        pytest.param("kemarin sore", None, id="words"),
        pytest.param("2025-13-40", None, id="no such day"),
        pytest.param("0000-00-00T00:00:00", None, id="WordPress' zero"),
        pytest.param("0001-01-01T00:00:00+08:00", None, id="before all time"),
        pytest.param("1970-01-01T00:00:00+00:00", None, id="a clock that was never set"),
        pytest.param("2199-01-01T00:00:00+00:00", None, id="far in the future"),
    ],
)
def test_machine_time_is_read_with_its_offset(text: str, expected: Moment | None) -> None:
    assert parse_machine_time(text, ZONE) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Senin, 14 Juli 2025 | 09:30 WITA", moment("2025-07-14T01:30", 480), id="WITA behind a bar"),
        pytest.param("Senin, 14 Juli 2025 - 09.30 WIB", moment("2025-07-14T02:30", 420), id="WIB, hour with a dot"),
        pytest.param("14 Juli 2025 pukul 09.30 WIT", moment("2025-07-14T00:30", 540), id="WIT behind pukul"),
        pytest.param("Sabtu, 5 Agustus 2023 08:15 wib", moment("2023-08-05T01:15", 420), id="zone in small letters"),
        pytest.param("Jumat, 3 Oktober 2025 14:05", moment("2025-10-03T06:05", 480), id="no zone is the outlet's"),
        pytest.param("Senin (14/07/2025)", moment("2025-07-13T16:00", 480), id="figures in brackets"),
        pytest.param("12/07/2025", moment("2025-07-11T16:00", 480), id="day before month"),
        pytest.param("5/8/2025 14:05", moment("2025-08-05T06:05", 480), id="short day before month, with an hour"),
        pytest.param("14.07.2025", moment("2025-07-13T16:00", 480), id="dots"),
        pytest.param("1 Mei 2025", moment("2025-04-30T16:00", 480), id="May"),
        pytest.param(
            "14.07.25",
            moment("2025-07-13T16:00", 480),
            id="dots and a short year",
        ),
        pytest.param("31 Februari 2025", None, id="no such day"),
        pytest.param("15:14", None, id="an hour alone is not today's"),
        pytest.param("14 Juli", None, id="a day without its year is not this year's"),
        pytest.param("2 jam lalu", None, id="nobody says what it counts from"),
        pytest.param("Warga bergotong royong", None, id="no date"),
        pytest.param("14 Juli 1925", None, id="before the web"),
    ],
)
def test_visible_date_is_read_as_indonesians_write_it(text: str, expected: Moment | None) -> None:
    assert parse_visible_time(text, ZONE, "id") == expected


def test_relative_time_counts_from_the_given_moment() -> None:
    now = datetime(2025, 7, 14, 4, 0, tzinfo=UTC)
    assert parse_visible_time("2 jam lalu", ZONE, "id", now) == moment("2025-07-14T02:00", 480)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        pytest.param("https://warta.example/2025/07/14/panen", moment("2025-07-13T16:00", 480), id="folders"),
        pytest.param("https://warta.example/2025/07/14", moment("2025-07-13T16:00", 480), id="at the end"),
        pytest.param("https://warta.example/2025/07/panen", None, id="a month is no day"),
        pytest.param("https://warta.example/2025/02/30/panen", None, id="no such day"),
        pytest.param("https://warta.example/2025/13/01/panen", None, id="no such month"),
        pytest.param("https://warta.example/panen?d=/2025/07/14/", None, id="query"),
        pytest.param("https://warta.example/12025/07/14/", None, id="a longer number"),
    ],
)
def test_day_in_an_address_is_midnight_in_the_outlets_zone(url: str, expected: Moment | None) -> None:
    assert date_in_url(url, ZONE) == expected


def test_scheduled_post_of_tomorrow_keeps_its_time_and_one_of_next_week_has_none() -> None:
    now = datetime.now(UTC)
    tomorrow = now + timedelta(days=1)
    assert to_moment(tomorrow, ZONE) == Moment(tomorrow, 0)
    assert to_moment(now + timedelta(days=7), ZONE) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Mon, 14 Jul 2025 01:30:00 GMT", datetime(2025, 7, 14, 1, 30, tzinfo=UTC), id="IMF-fixdate"),
        pytest.param("Monday, 14-Jul-25 01:30:00 GMT", datetime(2025, 7, 14, 1, 30, tzinfo=UTC), id="RFC 850"),
        pytest.param(
            "Mon Jul 14 01:30:00 2025 GMT", datetime(2025, 7, 14, 1, 30, tzinfo=UTC), id="asctime with a zone"
        ),
        pytest.param("", None, id="empty"),
        pytest.param("besok", None, id="words"),
    ],
)
def test_http_date_is_read_in_each_of_its_forms(text: str, expected: datetime | None) -> None:
    assert http_date(text) == expected


def test_archive_writes_times_in_utc_to_the_second() -> None:
    assert to_iso(datetime.fromisoformat("2025-07-14T09:30:15.750+08:00")) == "2025-07-14T01:30:15+00:00"


def test_clock_that_is_behind_throws_no_time_away() -> None:
    assert latest(RELEASED - timedelta(days=400)) > RELEASED
    assert latest(RELEASED + timedelta(days=400)) == RELEASED + timedelta(days=402)
