"""Times as outlets write them, by machine and in words."""

from datetime import UTC, datetime, timedelta

import pytest

from kickcrawl import RELEASED
from kickcrawl.article import Moment
from kickcrawl.dates import (
    date_in_url,
    http_date,
    latest,
    parse_machine_time,
    parse_time,
    parse_visible_time,
    to_iso,
    to_moment,
)

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
        pytest.param("Mon Jul 14 2025 09:30:00 GMT+0800 (WITA)", moment("2025-07-14T01:30", 480), id="JS"),
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
        pytest.param("Mon, 14 Jul 2025 09:30:00 +0800", moment("2025-07-14T01:30", 480), id="RFC 822"),
        pytest.param("Mon, 14 Jul 2025 09:30:00", moment("2025-07-14T01:30", 480), id="RFC 822 without zone"),
        pytest.param("Mon, 14 Jul 2025 09:30 EST", moment("2025-07-14T14:30", -300), id="a zone of RFC 822"),
        pytest.param("Mon, 14 Jul 2025 09:30:00 JST", moment("2025-07-14T00:30", 540), id="a zone that is not in it"),
        pytest.param("Mon, 14 Jul 2025 09:30:00 GMT+7", moment("2025-07-14T02:30", 420), id="GMT and hours"),
        pytest.param("Mon, 14 Jul 2025 09:30 UTC+08:00", moment("2025-07-14T01:30", 480), id="UTC, hours and minutes"),
        pytest.param("Senin, 14 Juli 2025 09:30:00 WITA", moment("2025-07-14T01:30", 480), id="whole names, WITA"),
        pytest.param("Kam, 01 Mei 2025 09:30:00 +0700", moment("2025-05-01T02:30", 420), id="short names, offset"),
        pytest.param("Rab, 05 Agt 2025 09:30 WIB", moment("2025-08-05T02:30", 420), id="Agt, WIB"),
        pytest.param("05 Okt 2025 09:30", moment("2025-10-05T01:30", 480), id="Okt, the outlet's zone"),
        pytest.param("12 Des 2024 09:30:00 GMT", moment("2024-12-12T09:30", 0), id="Des in GMT"),
        pytest.param("Jum’at, 14 Maret 2025 09.30 WIT", moment("2025-03-14T00:30", 540), id="Jum’at, hour with a dot"),
        pytest.param("Minggu, 1 Nopember 2020 09:30 WIB", moment("2020-11-01T02:30", 420), id="Nopember"),
        pytest.param("2025-07-14 09:30:00 WITA", moment("2025-07-14T01:30", 480), id="ISO with the zone's name"),
        pytest.param("2025-07-14T09:30 wib", moment("2025-07-14T02:30", 420), id="ISO with the name in small letters"),
        pytest.param("2025/07/14 09:30:00", moment("2025-07-14T01:30", 480), id="slashes, year first"),
        pytest.param("14/07/2025 09:30", moment("2025-07-14T01:30", 480), id="slashes, day first"),
        pytest.param("2025-07-14T9:30:00", moment("2025-07-14T01:30", 480), id="an hour of one figure"),
        pytest.param("1752456600", moment("2025-07-14T01:30", 0), id="seconds since 1970"),
        pytest.param("1752456600000", moment("2025-07-14T01:30", 0), id="thousandths since 1970"),
        pytest.param("Mon, 14 Jul 0026 09:30:00 +0800", None, id="the year 26"),
        pytest.param("26-Jul-0026 09:30:00 +0800", None, id="the year 26 behind a hyphen"),
        pytest.param("Senin, 14 Juli 0026 09:30 WITA", None, id="the year 26 in words"),
        pytest.param("Mon, 14 Jul 1796 09:30:00 +0800", None, id="1796"),
        pytest.param("14 Juli 1796 09:30", None, id="1796 in words"),
        pytest.param("Thu, 01 Jan 1970 00:00:00 +0000", None, id="a clock that was never set"),
        pytest.param("0", None, id="nought"),
        pytest.param("Tue, 19 Jan 2038 03:14:07 GMT", None, id="the end of 32 bits"),
        pytest.param("31 Desember 2099", None, id="2099 in words"),
        pytest.param("Mon, 31 Feb 2025 09:30:00 +0800", None, id="no such day"),
        pytest.param("09:30", None, id="an hour"),
        pytest.param("kemarin sore", None, id="words that are no date"),
        pytest.param("14 Juli 2025 " + "x" * 80, None, id="a long text"),
    ],
)
def test_time_of_a_list_is_read_with_the_offset_that_is_written(text: str, expected: Moment | None) -> None:
    assert parse_time(text, ZONE, "id") == expected


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
