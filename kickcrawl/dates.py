"""Read times as outlets write them, into Moments: aware UTC and the offset that was written.

Machine-readable forms first (ISO 8601, RFC 822); words last, by dateparser, which costs milliseconds.
"""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from kickcrawl import RELEASED
from kickcrawl.article import Moment
from kickcrawl.vocabulary import WORDS, any_of

# The zones' own short names; dateparser does not know them all.
_ZONES = {name.upper(): zone.offset for name, zone in WORDS.dates.zones.items()}
_ZONE_NAME = re.compile(rf"\b({any_of(_ZONES)})\b", re.IGNORECASE)
# Before the web, and more than a day in the future, a time is a typing error or a scheduled post.
_FIRST = datetime(1990, 1, 1, tzinfo=UTC)
# "GMT+7", "UTC+08:00": the sign is east of Greenwich, as people mean it.
_FROM_GREENWICH = re.compile(r"\b(?:GMT|UTC)\s*([+-])(\d{1,2})(?::?(\d\d))?\b", re.IGNORECASE)
_YEAR_0026 = re.compile(r"[a-z]{3}[ -]0\d{3}(?!\d)", re.IGNORECASE)  # email.utils takes it for 2026
# "Mon Jul 14 2025 22:15:00 GMT+0800 (WITA)", as scripts print a time.
_OF_SCRIPTS = re.compile(r"^[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d{1,2}) (\d{4}) (\d\d:\d\d:\d\d) (?:GMT|UTC)?([+-]\d{4})")
_FIGURES_ONLY = re.compile(r"20[0-4]\d{11}")  # "20250714223000"
_WEEKDAY = re.compile(r"^[^\W\d]+['’`]?[^\W\d]*\.?,\s*(?=\d)")
MAX_TIME_CHARACTERS = 80  # of a time in words: dateparser costs milliseconds, and a list has thousands of entries
_IN_URL = re.compile(r"/(?P<year>(?:19|20)\d\d)/(?P<month>0[1-9]|1[0-2])/(?P<day>0[1-9]|[12]\d|3[01])(?:/|$|-)")
# A whole day in a path, its parts apart or eight figures by themselves: /2017/7/12/, /20200428/, /2022-01-23-judul.
_IN_PATH = re.compile(
    r"(?<!\d)(?:(?P<y1>(?:199|20[0-4])\d)(?P<sep>[-_/.]?)(?P<m1>[01]?\d)(?P=sep)(?P<d1>[0-3]?\d)"
    r"|(?P<d2>[0-3]?\d)[-_.](?P<m2>[01]?\d)[-_.](?P<y2>(?:199|20[0-4])\d))(?!\d)"
)

_MONTH_IN_PATH = re.compile(r"/(?P<y>199\d|20[0-4]\d)/(?P<m>0[1-9]|1[0-2])/(?=[^/])")


def parse_machine_time(text: str, timezone: str) -> Moment | None:
    """Return the time of an ISO 8601 or RFC 822 string, or of one that a script printed; None if it is none of them.

    One without a zone is taken in *timezone*.

    >>> parse_machine_time("2025-07-14T09:00:00+08:00", "Asia/Makassar").offset
    480
    """
    text = text.strip()
    if found := _OF_SCRIPTS.match(text):
        month, day, year, clock, offset = found.groups()
        return _rfc_822(f"{day} {month} {year} {clock} {offset}", timezone)
    if _FIGURES_ONLY.fullmatch(text):
        text = f"{text[:8]}T{text[8:]}"
    text = _with_offset(text)
    try:
        parsed = datetime.fromisoformat(text)
    except ValueError:
        return _rfc_822(text, timezone)
    return to_moment(parsed, timezone)


def parse_time(text: str, timezone: str, language: str) -> Moment | None:
    """Return the time that a list (feed, sitemap) writes: by machine, else in words or figures, with its offset.

    Plugins fill RFC 822 with the site's own names ("Kam, 01 Mei 2025 09:30:00 +0800"), or write what they like.

    >>> parse_time("Jum'at, 14 Maret 2025 09.30 WIB", "Asia/Makassar", "id").offset
    420
    """
    text = text.strip()
    if moment := parse_machine_time(text, timezone):
        return moment
    if re.fullmatch(r"\d{10}|\d{13}", text):  # seconds or thousandths since 1970
        return to_moment(datetime.fromtimestamp(int(text[:10]), UTC), timezone)
    if not re.search(r"\d{2}", text) or len(text) > MAX_TIME_CHARACTERS or _YEAR_0026.search(text):
        return None
    from dateparser.timezone_parser import (
        pop_tz_offset_from_string,
    )  # here as below: most of what imports this reads no words

    plain, zone = pop_tz_offset_from_string(_WEEKDAY.sub("", _with_offset(text)))
    moment = parse_visible_time(plain, "UTC" if zone else timezone, language)
    if moment is None or zone is None:
        return moment
    return to_moment(moment.at.replace(tzinfo=zone), timezone)


def _with_offset(text: str) -> str:
    """Return *text* with figures in place of a zone's name: "WITA" and "GMT+8" are +0800."""
    text = _FROM_GREENWICH.sub(lambda found: f"{found[1]}{found[2]:0>2}{found[3] or '00'}", text)
    return _ZONE_NAME.sub(lambda found: _ZONES[found[1].upper()].replace(":", ""), text)


def _rfc_822(text: str, timezone: str) -> Moment | None:
    if _YEAR_0026.search(text):
        return None
    try:
        parsed = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    if parsed.tzinfo is None and re.search(r"[+-]0000\s*$", text):
        parsed = parsed.replace(tzinfo=UTC)  # RFC 5322, 3.3: "-0000" is UTC of which no local zone is known
    elif parsed.tzinfo is None and re.search(r"\d\s*(?!AM|PM)[A-Z]{3,5}$", text):
        return None  # a zone that email.utils does not know is not the outlet's
    return to_moment(parsed, timezone)


def parse_visible_time(text: str, timezone: str, language: str) -> Moment | None:
    """Return the time of a date in words ("Senin, 14 Juli 2025 | 09:30 WITA"). None if it is none.

    Day before month, as everywhere in Indonesia. Only a whole date is one: dateparser would take a day or a year that
    is not written from today's.
    """
    zone = _ZONE_NAME.search(text)
    plain = _ZONE_NAME.sub("", text)
    plain = re.sub(
        r"(?<![.\d])(\d{1,2})[.](\d\d)\s*$", r"\1:\2", re.sub(r"[|•–—-]\s*(?=\d{1,2}[:.]\d\d)", " ", plain).strip()
    )
    settings: dict[str, object] = {
        "DATE_ORDER": "DMY", "TIMEZONE": timezone, "RETURN_AS_TIMEZONE_AWARE": True, "PREFER_DAY_OF_MONTH": "first",
        "PARSERS": ["absolute-time"], "REQUIRE_PARTS": ["day", "month", "year"],
    }  # fmt: skip
    import dateparser  # here: most of what imports this module reads no words, and it takes 0.1 s

    try:
        parsed = dateparser.parse(plain.strip(" ,()"), languages=_languages(language), settings=settings)
    except OverflowError:  # 31 December 9999, in a zone that is behind
        return None
    if parsed is None:
        return None
    if zone:
        parsed = datetime.fromisoformat(parsed.replace(tzinfo=None).isoformat() + _ZONES[zone[1].upper()])
    return to_moment(parsed, timezone)


def date_in_url(url: str, timezone: str) -> Moment | None:
    """Return the day that stands in a URL's path (/2025/07/14/...), at midnight of the outlet's zone."""
    match = _IN_URL.search(urlsplit(url).path)
    if match is None:
        return None
    try:
        day = date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None
    return to_moment(datetime(day.year, day.month, day.day), timezone)


def day_in_path(url: str, *, in_slug: bool = False) -> datetime | None:
    """Return the day that stands in the path of *url* in figures; *in_slug*: also one behind words.

    What begins a part of the path, a content system has put there. Behind words it may be what the story is about
    ("upacara-17-08-2025").
    """
    path = urlsplit(url).path
    for match in _IN_PATH.finditer(path):
        if not in_slug and path[match.start() - 1] != "/":
            continue
        year, month, day = (match[name + "1"] or match[name + "2"] for name in "ymd")
        if match["sep"] == "" and len(month + day) < 4:
            continue
        try:
            return datetime(int(year), int(month), int(day))
        except ValueError:
            continue
    return None


def month_in_path(url: str) -> date | None:
    """Return the first day of the month that is a folder of *url* below its year, as WordPress' permalinks have it.

    >>> month_in_path("https://warta.example/2025/07/padi/"), month_in_path("https://warta.example/padi-2025/07/")
    (datetime.date(2025, 7, 1), None)
    """
    match = _MONTH_IN_PATH.search(urlsplit(url).path)
    return date(int(match["y"]), int(match["m"]), 1) if match else None


def is_day_slug(url: str) -> bool:
    """Tell whether a day is all of the last segment of *url*: what is written so may be what the article is about."""
    slug = urlsplit(url).path.rstrip("/").rpartition("/")[2]
    return not slug.isdecimal() and _IN_PATH.fullmatch(slug.partition(".")[0]) is not None


def to_moment(parsed: datetime, timezone: str) -> Moment | None:
    """Return *parsed* as a Moment, a naive one taken in *timezone*; None outside of 1990 to the day after tomorrow."""
    if parsed.tzinfo is None:
        parsed = parsed.replace(tzinfo=ZoneInfo(timezone))
    offset = parsed.utcoffset()
    try:
        at = parsed.astimezone(UTC)
    except OverflowError:
        return None
    if not _FIRST <= at <= latest(datetime.now(UTC)):
        return None
    return Moment(at, int(offset.total_seconds() // 60) if offset is not None else None)


def zone_of_offsets(offsets: Iterable[int | None]) -> str:
    """Return the zone of the one offset that times are written with (minutes), as IANA names it: "Etc/GMT-8".

    UTC where they have none or several, or one that is no whole hours. Zero does not count: content systems write it
    wherever the newsroom is.

    >>> zone_of_offsets([480, 0, None])
    'Etc/GMT-8'
    """
    written = {offset for offset in offsets if offset}
    hours, rest = divmod(written.pop(), 60) if len(written) == 1 else (0, 0)
    return f"Etc/GMT{-hours:+d}" if hours and not rest and -12 <= hours <= 14 else "UTC"


def latest(now: datetime) -> datetime:
    """Return the latest time that an outlet may name honestly when this machine's clock says *now*.

    A clock that is behind RELEASED does not tell what is tomorrow: no time is thrown away for it.
    """
    return max(now, RELEASED) + timedelta(days=2)


@lru_cache(maxsize=128)  # many answers come in one second
def http_date(text: str) -> datetime | None:
    """Return the time in an HTTP header such as Date (RFC 9110, 5.6.7), or None."""
    try:
        parsed = parsedate_to_datetime(text)
        return parsed.astimezone(UTC) if parsed.tzinfo else parsed.replace(tzinfo=UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def to_iso(at: datetime) -> str:
    """Return *at* the way the archive writes times: ISO 8601 in UTC to the second, ``+00:00``."""
    return at.astimezone(UTC).isoformat(timespec="seconds")


@lru_cache(maxsize=8)
def _languages(language: str) -> list[str]:
    return list(dict.fromkeys((language or "en", "en")))
