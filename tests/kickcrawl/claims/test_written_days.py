"""Days in lines of text, in the words and the order of their language."""

from datetime import datetime, timedelta, timezone

import pytest

from kickcrawl.claims.written_days import find_days, in_order_of_page

WITA, PDT = timezone(timedelta(hours=8)), timezone(timedelta(hours=-7))


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
        pytest.param("16 กรกฎาคม 2568", "th", datetime(2025, 7, 16), id="Thai, in the year of the Buddha"),
        pytest.param("16 ก.ค. 2568 09:30 น.", "th", datetime(2025, 7, 16, 9, 30), id="Thai, a short month"),
        pytest.param("ngày 16 tháng 7 năm 2025, 09:30", "vi", datetime(2025, 7, 16, 9, 30), id="Vietnamese"),
        pytest.param("ika-16 ng Hulyo 2025", "fil", datetime(2025, 7, 16), id="Filipino"),
        pytest.param("١٤/٧/٢٠٢٥ ٠٩:٣٠", "ar", datetime(2025, 7, 14, 9, 30), id="Arabic figures"),
        pytest.param("14Juli2025", "id", datetime(2025, 7, 14), id="elements without space between"),
        pytest.param("14 / 07 / 2025", "id", datetime(2025, 7, 14), id="slashes apart"),
        pytest.param("14 juli 2025 om 09.30 uur", "nl", datetime(2025, 7, 14, 9, 30), id="Dutch hour"),
        pytest.param("14 июля 2025 г. в 09:30", "ru", datetime(2025, 7, 14, 9, 30), id="Russian hour"),
        pytest.param("2025年7月14日 星期一 下午9:30", "zh", datetime(2025, 7, 14, 21, 30), id="Chinese afternoon"),
        pytest.param("2025年7月14日(月) 午前9時30分", "ja", datetime(2025, 7, 14, 9, 30), id="Japanese morning"),
        pytest.param("2025.07.14. 오후 9:30", "ko", datetime(2025, 7, 14, 21, 30), id="Korean afternoon"),
        pytest.param("14 يوليو 2025 09:30 مساءً", "ar", datetime(2025, 7, 14, 21, 30), id="Arabic evening"),
        pytest.param("14 Juli 2025 jam 12.30 malam", "id", datetime(2025, 7, 14, 0, 30), id="behind midnight"),
        pytest.param("14 Juli 2025 jam 01.30 malam", "id", datetime(2025, 7, 14, 1, 30), id="in the night"),
        pytest.param("14 Juli 2025 jam 09.30 malam", "id", datetime(2025, 7, 14, 21, 30), id="Indonesian evening"),
        pytest.param("14 Jul 2025 12:05 tengah hari", "ms", datetime(2025, 7, 14, 12, 5), id="Malay noon"),
        pytest.param("14 Juli 2025 11:05 siang", "id", datetime(2025, 7, 14, 11, 5), id="no half of the day"),
        pytest.param("14 Juli 2025 Jam: 09:30:22", "id", datetime(2025, 7, 14, 9, 30, 22), id="seconds"),
        pytest.param(
            "14 Juli 2025 09:30 Waktu Indonesia Tengah",
            "id",
            datetime(2025, 7, 14, 9, 30, tzinfo=WITA),
            id="a zone in words",
        ),
        pytest.param(
            "Jul 14, 2025 09:30 PM PDT", "en", datetime(2025, 7, 14, 21, 30, tzinfo=PDT), id="a zone far away"
        ),
        pytest.param("July 14, 2025 9:30 p.m. PT", "en", datetime(2025, 7, 14, 21, 30, tzinfo=PDT), id="in summer"),
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
        "16 กรกฎาคม 2999",
        "16 tháng 13 năm 2025",
        "16 kota 2568",
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
        ("Pukul: 09:30 WITA | Tanggal: 14 Juli 2025", [datetime(2025, 7, 14, 9, 30, tzinfo=WITA)]),
        ("9:30 PM PT, Mon July 14, 2025", [datetime(2025, 7, 14, 21, 30, tzinfo=PDT)]),
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
