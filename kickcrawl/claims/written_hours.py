"""Read the hour that stands beside a day in a line of text, with its half of the day and its zone.

In: the text behind a day, or before it. Out: an Hour. One with a dot could be a price: it must end the line or be
called an hour.

    "14 Juli 2025| 22:30 WITA"    "22:30 WITA, Senin, |14 Juli 2025"    "2025年7月14日| 午後10時30分"
"""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta, timezone
from typing import NamedTuple
from zoneinfo import ZoneInfo

from kickcrawl.vocabulary import WORDS, any_of

_DATES = WORDS.dates
# Short names of zones that newsrooms write all over the world, besides those of the vocabulary; where one name is used
# in several parts of the world (CST, IST) it says nothing.
_OFFSETS = {name: zone.offset for name, zone in _DATES.zones.items()} | {
    **dict.fromkeys(("utc", "gmt", "z"), "+00:00"), "bst": "+01:00", "cet": "+01:00", "cest": "+02:00", "sgt": "+08:00",
    "myt": "+08:00", "hkt": "+08:00", "pht": "+08:00", "jst": "+09:00", "kst": "+09:00", "aest": "+10:00",
    "aedt": "+11:00", "nzst": "+12:00", "nzdt": "+13:00", "edt": "-04:00", "est": "-05:00", "cdt": "-05:00",
    "pdt": "-07:00", "pst": "-08:00",
}  # fmt: skip
# In the United States, with or without summer time.
_REGIONS = {"et": "America/New_York", "ct": "America/Chicago", "pt": "America/Los_Angeles"}
_WEEKDAY = (
    r"(?:[(（]?(?:星期|周|週)?[一二三四五六日天月火水木金土](?:曜日)?[)）]?)?"  # behind a day, in Chinese and Japanese
)
_MAX_GAP_CHARACTERS = 40  # from a day to the end of its hour, in which there must be a figure
_FIGURE = re.compile(r"\d")
_LAST_NIGHT_HOUR = 4  # "01.30 malam" is behind midnight
_NOT_LATIN = re.compile("[^\0-\u024f\u2000-\u206f]")


class _Patterns(NamedTuple):
    """An hour behind a day, and one before it: "22:30 WITA, Senin, 14 Juli 2025", where the line begins with it."""

    behind: re.Pattern[str]
    before: re.Pattern[str]


def _patterns(*, is_latin: bool) -> _Patterns:
    """Return the patterns for a text; one in Latin letters needs no words in others, which take as long to try."""

    def words(listed: Iterable[str]) -> str:
        return any_of(word for word in listed if not (is_latin and _NOT_LATIN.search(word)))

    clock, half, zone = (
        words(_DATES.clock),
        words((*_DATES.morning, *_DATES.evening, *_DATES.night)),
        any_of((*_OFFSETS, *_REGIONS)),
    )
    # "WITA", "Z", "+08:00", "GMT+8", "UTC +07:00".
    written = rf"(?:UTC/GMT|UTC|GMT)\s?[+-]\s?\d{{1,2}}(?::?\d\d)?\b|{zone}\b|[+-]\d\d:?\d\d\b"
    time = (
        r"(?P<minute>[0-5]\d)(?!\d)(?:[:分분](?P<second>[0-5]\d)?)?(?:[.,:]\d{1,7})?"
        rf"(?:\s{{0,2}}(?P<half>[ap]\.?m\b\.?|{half}(?!\w)))?(?:[\s(]{{0,2}}(?P<zone>{written}))?"
    )
    at = rf"(?:(?:{words(_DATES.at)}[.:]?|@|o)\s)?\s?(?P<before>{half}\s?)?(?P<hour>[01]?\d|2[0-3])"
    called = rf"(?:\(?(?:{clock}|{zone}|{half})(?!\w)|\(?(?:UTC|GMT)|[ap]\.?m\b|[|)]|$)"
    day = "" if is_latin else rf"\s?{_WEEKDAY}(?:г\.\s)?"
    behind = rf"{day}[\s,;|•·–—/()T.-]{{0,5}}{at}(?:\s?(?::|h|{clock})\s?|\.(?=\d\d\s?{called})){time}"
    before = (
        rf"(?:^|[(|•·–—,:]\s?){at}\s?[:.]\s?{time}[\s,;|•·–—/()-]{{0,5}}"
        r"(?:[^\W\d_]{3,10}['’]?[^\W\d_]{0,3}[,:\s]{1,2})?$"
    )
    return _Patterns(re.compile(behind, re.IGNORECASE), re.compile(before, re.IGNORECASE))


_LATIN, _OTHER = _patterns(is_latin=True), _patterns(is_latin=False)
_FIGURES = re.compile(r"([+-])\s?(\d{1,2}):?(\d\d)?$")  # of an offset


class Hour(NamedTuple):
    """A time of day by a clock of 24 hours; *zone* as it is written, "" where none is."""

    hour: int
    minute: int
    second: int
    zone: str

    def on(self, day: datetime) -> datetime:
        """Return the time on *day*; naive where no zone is written."""
        at = day.replace(hour=self.hour, minute=self.minute, second=self.second)
        return at.replace(tzinfo=_zone(self.zone, at))


def hour_behind(text: str, end: int) -> tuple[Hour | None, int]:
    """Return the hour in *text* behind a day that ends at *end*, and where the hour ends; None and *end* without."""
    last = end + _MAX_GAP_CHARACTERS
    if not _FIGURE.search(text, end, last):
        return None, end
    found = (_OTHER if _NOT_LATIN.search(text, end, last) else _LATIN).behind.match(text, end)
    return (_hour(found), found.end()) if found else (None, end)


def hour_before(text: str) -> Hour | None:
    """Return the hour that *text*, which a day follows, ends with."""
    if not _FIGURE.search(text):
        return None
    found = (_OTHER if _NOT_LATIN.search(text) else _LATIN).before.search(text)
    return _hour(found) if found else None


def _hour(found: re.Match[str]) -> Hour:
    hour, half = int(found["hour"]), (found["half"] or found["before"] or "").strip().lower()
    if half in _DATES.night and (hour == 12 or hour <= _LAST_NIGHT_HOUR):
        hour %= 12
    elif half and 1 <= hour <= 12:
        is_behind_noon = re.fullmatch(r"p\.?m\.?", half) or half in (*_DATES.evening, *_DATES.night)
        hour = hour % 12 + (12 if is_behind_noon else 0)
    return Hour(hour, int(found["minute"]), int(found["second"] or 0), found["zone"] or "")


def _zone(written: str, at: datetime) -> timezone | None:
    if region := _REGIONS.get(written.lower()):
        offset = at.replace(tzinfo=ZoneInfo(region)).utcoffset()
        return timezone(offset) if offset is not None else None
    figures = _FIGURES.search(_OFFSETS.get(written.lower(), written))
    if figures is None:
        return None
    sign, hours, rest = figures.groups("0")
    minutes = int(sign + "1") * (60 * int(hours) + int(rest))
    return timezone(timedelta(minutes=minutes)) if abs(minutes) <= 14 * 60 else None
