"""Find the days that stand written in a line of text, in the words and the order of its language, with their hours.

In: text and its language. Out: every day that is written whole, as a naive or aware time. A year alone, a month alone,
"yesterday" are none: what is not written is not known.

    "Senin, 14 Juli 2025 | 09:30 WITA"  ->  2025-07-14 09:30 +08:00

Why not dateparser: it wants a string that is nothing but a date, takes milliseconds, and fills in what is missing.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from dateparser.languages.loader import default_loader

from kickcrawl.claims.written_hours import hour_before, hour_behind
from kickcrawl.vocabulary import LANGUAGES, WORDS

_YEAR = r"(?:199|20[0-4])\d"
_MONTH = r"[^\W\d_]{3,12}"
_THAI = "[\u0e01-\u0e4e.]{2,14}"  # a month, whose vowels are no letters to the pattern's \\w
# In figures, year first; in figures, year last; day, month in words; Vietnamese; Thai, in years of the Buddha; month in
# words, day. Every gap is bounded.
_DAY = re.compile(
    rf"""(?<![\d./:])(?<!(?<!ika)-)(?:
      (?P<y1>{_YEAR})\s?[-/.年년]\s?(?P<m1>\d{{1,2}})\s?[-/.月월]\s?(?P<d1>\d{{1,2}})(?!\d)[日일]?
    | (?P<a2>\d{{1,2}})(?P<sep>[./-]|\s[|/]\s)\s?(?P<b2>\d{{1,2}})(?P=sep)\s?
      (?P<y2>{_YEAR}|(?<=[./])\d\d|(?<=[./]\s)\d\d)(?![\w/])(?!\.\d)
    | (?P<d3>\d{{1,2}})(?:st|nd|rd|th|er|º|\.)?[\s/-]{{0,2}}(?:de\s|of\s|ng\s|d[’'])?
      (?P<w3>{_MONTH})\.?[\s,/-]{{0,2}}(?:del?\s|of\s)?(?P<y3>{_YEAR}|[’']\d\d)(?!\d)
    | (?P<d5>\d{{1,2}})\stháng\s(?P<m5>\d{{1,2}})(?:,|\snăm)?\s(?P<y5>{_YEAR})(?!\d)
    | (?P<d6>\d{{1,2}})\s(?P<w6>{_THAI})\s(?:พ\.ศ\.\s)?(?P<y6>25[4-9]\d)(?!\d)
    ) | (?<![^\W\d_])(?P<w4>{_MONTH})\.?\s{{1,2}}
      (?P<d4>\d{{1,2}})(?:st|nd|rd|th)?\.?,?\s{{1,2}}(?P<y4>{_YEAR})(?!\d)""",
    re.VERBOSE | re.IGNORECASE,
)
# Each has such a year, or figures; a pattern that begins with a set of characters leaps from one of these to the next.
_MAY_HOLD = re.compile(r"[\d’'](?:(?<=\d)(?:\d{3}|[./]\s?\d{1,2}[./]\s?\d\d)|(?<=[’'])\d\d)")
_MAX_AROUND = 30  # characters of a day before what it is told by, and behind that
_MAX_BEFORE_CHARACTERS = 40  # of a line before its day, in which the hour may stand
# Asked for a month's name in this order, after the page's own language: pages often declare another one than they use.
_LANGUAGES = dict.fromkeys(
    (*"en id ms de fr es it pt nl tr sv da nb fi pl cs ru uk ro el bg hr ar fil".split(), *LANGUAGES)
)
_MONTHS = "january february march april may june july august september october november december".split()
# In English the month is written first, but for these countries (dateparser's locales, 2026-11-25); nowhere else.
_DAY_FIRST = frozenset("gb uk au nz ie in za sg my ng ke pk lk hk mt jm tt zw gh bd id".split())
_BUDDHIST_ERA = 543  # years before ours
_OTHER_FIGURE = re.compile("[٠-٩۰-۹]")
# Arabic and Persian figures; each is one character, as the one that is read in its place.
_FIGURES = {ord(figure): str(n % 10) for n, figure in enumerate("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")}
_MAX_LINE_CHARACTERS = 1000  # that are read


class Written(NamedTuple):
    """A time as it stands in a text, from character *start* to *end*; naive where no zone is written.

    *order* is that of figures with the year last, "DMY" or "MDY", else None; not *is_sure* where only custom tells the
    day from the month.
    """

    at: datetime
    start: int
    end: int
    order: str | None = None
    is_sure: bool = True


def find_days(text: str, language: str, country: str = "") -> Iterator[Written]:
    """Yield the days in *text*, in their order.

    *language* is what the page declares ("en-US", "id", ""), *country* the last part of its host's name.
    """
    line = text[:_MAX_LINE_CHARACTERS]
    told = list(_MAY_HOLD.finditer(line))
    if not told:
        return
    line = line.translate(_FIGURES) if _OTHER_FIGURE.search(line) else line
    first, last = max(0, told[0].start() - _MAX_AROUND), told[-1].end() + _MAX_AROUND
    begin = 0  # of what stands before the next day, behind the last one
    for match in _DAY.finditer(line, first, last):
        day, order, is_sure = _day_of(match, language.lower().replace("_", "-"), country)
        if day is not None:
            at, begin = _with_hour(day, line, match, begin)
            yield Written(at, match.start(), begin, order, is_sure)


def in_order_of_page(days: Sequence[Written]) -> list[Written]:
    """Return *days* of one page, those that are not sure read in the order of those that are.

    One 30/10/2015 tells that 05/11/2015 beside it is no day in May.
    """
    sure = [day.order for day in days if day.is_sure and day.order]
    if not sure:
        return list(days)
    order = Counter(sure).most_common(1)[0][0]
    return [day if day.is_sure or day.order == order else _turned(day, order) for day in days]


def _turned(day: Written, order: str) -> Written:
    return day._replace(at=day.at.replace(month=day.at.day, day=day.at.month), order=order)


def may_hold_day(text: str) -> bool:
    """Tell quickly whether it is worth looking for a day in *text*."""
    return _MAY_HOLD.search(text[:_MAX_LINE_CHARACTERS]) is not None


def _day_of(match: re.Match[str], language: str, country: str) -> tuple[datetime | None, str | None, bool]:
    found = match.groupdict()
    if found["y1"]:
        return _day(found["y1"], int(found["m1"]), found["d1"]), None, True
    if found["y2"]:
        first, second = int(found["a2"]), int(found["b2"])
        is_sure = first > 12 or second > 12 or first == second or found["sep"] == "."
        is_month_first = second > 12 or (not is_sure and not _is_day_first(language, country))
        day, month = (second, first) if is_month_first else (first, second)
        return _day(found["y2"], month, day), "MDY" if is_month_first else "DMY", is_sure
    if found["y5"]:
        return _day(found["y5"], int(found["m5"]), found["d5"]), None, True
    if found["y6"]:
        named = _month_of(found["w6"].replace(".", ""), "th")
        return (_day(str(int(found["y6"]) - _BUDDHIST_ERA), named, found["d6"]) if named else None), None, True
    word, year, number = (found[name + ("3" if found["y3"] else "4")] for name in "wyd")
    named = _month_of(word.lower(), language.split("-")[0])
    return (_day(year, named, number) if named else None), None, True


def _is_day_first(language: str, country: str) -> bool:
    spoken, *region = language.split("-")
    return spoken != "en" or not _DAY_FIRST.isdisjoint((*region, country))


def _day(year: str, month: int, day: str | int) -> datetime | None:
    number = int(year.lstrip("’'"))
    try:
        return datetime(number if number > 99 else number + (1900 if number >= 90 else 2000), month, int(day))
    except ValueError:
        return None


def _with_hour(day: datetime, text: str, found: re.Match[str], begin: int) -> tuple[datetime, int]:
    """Return *day*, which was *found*, with the hour behind it, or before it from *begin* on, and where both end."""
    start, end = found.span()
    hour, end = hour_behind(text, end)
    hour = hour or hour_before(text[max(begin, start - _MAX_BEFORE_CHARACTERS) : start])
    return (hour.on(day) if hour else day), end


def _month_of(word: str, language: str) -> int | None:
    for known in (language, *_LANGUAGES):
        if month := _months(known).get(word):
            return month
    return WORDS.dates.more_months.get(word)


@lru_cache(maxsize=64)
def _months(language: str) -> dict[str, int]:
    """Return the months of *language* by their names, from the locales (CLDR) that dateparser brings."""
    if not re.fullmatch(r"[a-z]{2,3}", language):
        return {}
    try:
        locale = default_loader.get_locale(language).info
    except ValueError:
        return {}
    return {name.lower(): number for number, month in enumerate(_MONTHS, 1) for name in locale.get(month, ())}
