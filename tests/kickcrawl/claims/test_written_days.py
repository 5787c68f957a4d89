"""Days in lines of text, in the words and the order of their language."""

from datetime import datetime, timedelta, timezone

import pytest

from kickcrawl.claims.written_days import find_days, in_order_of_page

WITA = timezone(timedelta(hours=8))


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        pytest.param("Senin, 14 Juli 2025", "id", datetime(2025, 7, 14), id="Indonesian"),
        pytest.param("Senin, 14 Juli 2025", "en", datetime(2025, 7, 14), id="Indonesian on a page that says English"),
        pytest.param("Montag, 14. Juli 2025", "de", datetime(2025, 7, 14), id="German"),
        pytest.param("lundi 1er mars 2025", "fr", datetime(2025, 3, 1), id="French"),
        pytest.param("14 de julio de 2025", "es", datetime(2025, 7, 14), id="Spanish"),
        pytest.param("14 июля 2025", "ru", datetime(2025, 7, 14), id="Russian"),
        pytest.param("July 14th, 2025", "en", datetime(2025, 7, 14), id="English, month first"),
        pytest.param("14-Jul-2025", "en", datetime(2025, 7, 14), id="a short month between dashes"),
        pytest.param("2025年7月14日", "zh", datetime(2025, 7, 14), id="Chinese"),
        pytest.param("2025/07/14", "", datetime(2025, 7, 14), id="year first"),
        pytest.param("14.07.25", "de", datetime(2025, 7, 14), id="a short year behind dots"),
        pytest.param("4. 2. 2025", "de", datetime(2025, 2, 4), id="figures apart"),
        pytest.param("04/05/2025", "id", datetime(2025, 5, 4), id="day first"),
        pytest.param("04/05/2025", "en-US", datetime(2025, 4, 5), id="month first in America"),
        pytest.param("04/05/2025", "en-GB", datetime(2025, 5, 4), id="but not in Britain"),
        pytest.param("14/05/2025", "en-US", datetime(2025, 5, 14), id="there is no month 14"),
        pytest.param("Senin, 14 Juli 2025 | 09:30 WITA", "id", datetime(2025, 7, 14, 9, 30, tzinfo=WITA), id="zone"),
        pytest.param("14 Juli 2025 pukul 09.30", "id", datetime(2025, 7, 14, 9, 30), id="hour with a dot"),
        pytest.param("July 14, 2025, 7:05 pm", "en", datetime(2025, 7, 14, 19, 5), id="evening"),
        pytest.param("14/7/2025, 09:30 (GMT+8)", "id", datetime(2025, 7, 14, 9, 30, tzinfo=WITA), id="from Greenwich"),
        pytest.param("14 Juli 2025 09.30 UTC +08:00", "id", datetime(2025, 7, 14, 9, 30, tzinfo=WITA), id="from UTC"),
        pytest.param("Jul 14 2025 09:30:00 GMT+0800 (WITA)", "", datetime(2025, 7, 14, 9, 30, tzinfo=WITA), id="JS"),
        pytest.param(
            "14 Jul 2025 09.30 (GMT +8)", "id", datetime(2025, 7, 14, 9, 30, tzinfo=WITA), id="dot and bracket"
        ),
        pytest.param("14 Juli 2025 | 09:30 (UTC/GMT +8)", "id", datetime(2025, 7, 14, 9, 30, tzinfo=WITA), id="both"),
        pytest.param("14 July 2025, 10.15pm", "en", datetime(2025, 7, 14, 22, 15), id="evening with a dot"),
        pytest.param("14 يوليو 2025", "id", datetime(2025, 7, 14), id="Arabic"),
        pytest.param("14 Juli 2025 3.500 petani", "id", datetime(2025, 7, 14), id="a number is no hour"),
    ],
)
def test_day_is_found_as_its_language_writes_it(text: str, language: str, expected: datetime) -> None:
    assert [day.at for day in find_days(f"Oleh Siti, {text}", language)] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "2025",
        "Juli 2025",
        "14 Juli",
        "© 2020-2025",
        "31 Februari 2025",
        "versi 1.2.2025.7",
        "0812-3456-2025",
        "2 jam lalu",
    ],
)
def test_what_is_not_a_whole_day_is_none(text: str) -> None:
    assert list(find_days(text, "id")) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("09:30 WITA, Senin, 14 Juli 2025", [datetime(2025, 7, 14, 9, 30, tzinfo=WITA)]),
        ("Pukul 09.30 | Jum'at, 14/7/2025", [datetime(2025, 7, 14, 9, 30)]),
        ("Lombok Timur, 09:30 - 14 Juli 2025", [datetime(2025, 7, 14, 9, 30)]),
        ("Harga 9.30 14 Juli 2025", [datetime(2025, 7, 14)]),
        ("14 Juli 2025, 09:30 - 15 Juli 2025", [datetime(2025, 7, 14, 9, 30), datetime(2025, 7, 15)]),
    ],
)
def test_hour_may_stand_before_the_day(text: str, expected: list[datetime]) -> None:
    assert [day.at for day in find_days(text, "id")] == expected


def test_country_decides_where_english_does_not() -> None:
    assert [day.at.month for country in ("au", "com") for day in find_days("04/05/2025", "en", country)] == [5, 4]


def test_days_that_are_sure_tell_how_to_read_those_that_are_not() -> None:
    page = [day for text in ("05/11/2025", "30/10/2025") for day in find_days(text, "en-US")]
    assert [day.at for day in in_order_of_page(page)] == [datetime(2025, 11, 5), datetime(2025, 10, 30)]


def test_long_line_of_figures_takes_no_time_worth_speaking_of() -> None:
    assert list(find_days("1." * 5_000 + "14.07.2025", "id")) == []


@pytest.mark.parametrize(
    "day", ["14th de septiembre. del 2025", "2025년 9월 14일", "14 | 09 | 2025", "14/9/25", "Sept 14 2025"]
)
def test_days_are_found_amid_a_long_line(day: str) -> None:
    line = f"{'Petani memanen padi. ' * 20}Edisi khusus, {day}, halaman 12. {'Hujan turun lagi. ' * 10}"
    assert [(found.at, line[found.start : found.end]) for found in find_days(line, "es")] == [
        (datetime(2025, 9, 14), day)
    ]
