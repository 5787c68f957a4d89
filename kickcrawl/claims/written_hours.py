"""Read the hour that stands beside a day in a line of text, with its half of the day and its zone.

In: the text behind a day, or before it. Out: an Hour. One with a dot could be a price: it must end the line or be
called an hour.

    "14 Juli 2025| 22:30 WITA"    "22:30 WITA, Senin, |14 Juli 2025"    "2025年7月14日| 午後10時30分"
"""

import re
from datetime import datetime, timedelta, timezone
from typing import NamedTuple
from zoneinfo import ZoneInfo

from kickcrawl.vocabulary import WORDS, any_of

_DATES = WORDS.dates
_CLOCK = any_of(_DATES.clock)
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
_ZONE = any_of((*_OFFSETS, *_REGIONS))
# "WITA", "Z", "+08:00", "GMT+8", "UTC +07:00".
_WRITTEN_ZONE = rf"[\s(]{{0,2}}(?P<zone>(?:UTC/GMT|UTC|GMT)\s?[+-]\s?\d{{1,2}}(?::?\d\d)?\b|{_ZONE}\b|[+-]\d\d:?\d\d\b)"
_HALF = any_of((*_DATES.morning, *_DATES.evening))
_TIME = (
    r"(?P<minute>[0-5]\d)(?!\d)(?:[:分분](?P<second>[0-5]\d)?)?(?:[.,:]\d{1,7})?"
    rf"(?:\s{{0,2}}(?P<half>[ap]\.?m\b\.?|{_HALF}(?!\w)))?(?:{_WRITTEN_ZONE})?"
)
_AT = rf"(?:(?:{any_of(_DATES.at)}[.:]?|@|o)\s)?\s?(?P<before>{_HALF}\s?)?(?P<hour>[01]?\d|2[0-3])"
_WEEKDAY = (
    r"(?:[(（]?(?:星期|周|週)?[一二三四五六日天月火水木金土](?:曜日)?[)）]?)?"  # behind a day, in Chinese and Japanese
)
_BEHIND = re.compile(
    rf"\s?{_WEEKDAY}(?:г\.\s)?[\s,;|•·–—/()T.-]{{0,5}}{_AT}"
    rf"(?:\s?(?::|h|{_CLOCK})\s?|\.(?=\d\d\s?(?:\(?(?:{_CLOCK}|{_ZONE}|{_HALF})(?!\w)|\(?(?:UTC|GMT)|[ap]\.?m\b|[|)]|$)))"
    rf"{_TIME}",
    re.IGNORECASE,
)
# "22:30 WITA, Senin, 14 Juli 2025": the line begins with the hour.
_BEFORE = re.compile(
    rf"(?:^|[(|•·–—,:]\s?){_AT}\s?[:.]\s?{_TIME}[\s,;|•·–—/()-]{{0,5}}"
    r"(?:[^\W\d_]{3,10}['’]?[^\W\d_]{0,3}[,:\s]{1,2})?$",
    re.IGNORECASE,
)
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
    found = _BEHIND.match(text, end)
    return (_hour(found), found.end()) if found else (None, end)


def hour_before(text: str) -> Hour | None:
    """Return the hour that *text*, which a day follows, ends with."""
    found = _BEFORE.search(text)
    return _hour(found) if found else None


def _hour(found: re.Match[str]) -> Hour:
    hour, half = int(found["hour"]), (found["half"] or found["before"] or "").strip().lower()
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if re.fullmatch(r"p\.?m\.?", half) or half in _DATES.evening else 0)
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
