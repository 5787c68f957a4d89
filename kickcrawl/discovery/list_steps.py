"""How far one address of a list goes on from another one: by the number, the offset or the day in which they differ.

In: two addresses. Out: steps, 1 or more where the second one lies behind; None where they are of two lists. Which links
are looked at is kickcrawl.discovery.next_page's to say.
"""

import re
from datetime import date
from urllib.parse import SplitResult, parse_qsl, urlsplit

_WORDS = r"(?:page|paged|halaman|hal|laman|pagina|seite|pg)"
# As a path segment, and as a parameter; query-1-page is that of WordPress' own list block.
PAGE_NUMBER = re.compile(rf"/{_WORDS}[/:-](\d+)/?(?=\?|$)|[?&](?:query-\d+-page|{_WORDS})=(\d+)(?=&|$)", re.IGNORECASE)
FIRST_PAGE = re.compile(rf"[?&]({_WORDS}=1)(?=&|$)", re.IGNORECASE)
# The name of a parameter that counts pages from 1: pageno, query-1-page, tx_news[currentPage].
_COUNTS_PAGES = re.compile(rf"(?:^|[\W_]|current){_WORDS}(?:no|num|number)?\]?$", re.IGNORECASE)
_APPENDED = re.compile(rf"/?(?:{_WORDS}[/:-]?)?(\d+)/?", re.IGNORECASE)
# As part of a file's name: /index2.html behind / or /index.html, /kategori/daerah-2.html behind /kategori/daerah.html.
_ENDING = re.compile(r"\.(?:html?|php|aspx?)$", re.IGNORECASE)
_IN_FILE = re.compile(rf"[-_]?(?:{_WORDS}-?)?(\d+)", re.IGNORECASE)
_FOLDER_FILE = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?|jsp)$", re.IGNORECASE)  # is the folder
_NUMBER = re.compile(r"\d+")
_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)([-/]?)(\d\d)\2(\d\d)(?!\d)")
_TOKEN = re.compile(r"(?=\D*\d)(?=[\d-]*[^\W\d_])[\w-]{2,}")  # letters and digits: a session, a checksum


def page_number(url: str) -> int:
    """Return the number of a list's page by its address, 1 where none stands there.

    >>> page_number("https://kicknews.today/indeks/halaman/3"), page_number("https://kicknews.today/indeks")
    (3, 1)
    """
    match = PAGE_NUMBER.search(url)
    return int(match[1] or match[2]) if match else 1


def is_further_file(here: str, there: str) -> bool:
    """Tell whether *there* is a later page of the list at *here* by its file's name alone, as /index4.html is of /."""
    one, other = urlsplit(here).path or "/", urlsplit(there).path
    return bool(_ENDING.search(other)) and (_steps_of_file(one, other) or 0) >= 1


def counts_alike(here: str, there: str) -> bool:
    """Tell whether both addresses have as many numbers."""
    return len(_NUMBER.findall(here)) == len(_NUMBER.findall(there))


def is_below(here: str, there: str) -> bool:
    """Tell whether *there* stands below the list at *here* and ends in a number: /berita/arsip/20 below /berita."""
    one, other = urlsplit(here), urlsplit(there)
    is_within = other.path.startswith(f"{one.path.rstrip('/')}/") and other.path != one.path
    return is_within and not other.query and re.search(r"\d/?$", other.path) is not None


def steps(here: str, there: str) -> int | None:
    """Return how far the one number goes on in which two addresses of a list differ; None if they are of two lists.

    Of an index by day, the day before lies behind.
    """
    if _DAY.search(there) and (days := _days_back(here, there)) is not None:
        return days
    one, other = urlsplit(here), urlsplit(there)
    if one.query == other.query:
        is_day = _DAY.search(other.path) and not _DAY.search(one.path)
        return None if is_day else _steps_of_path(one.path, other.path)  # the day 2 of a month is no page 2
    if folder(one.path) != folder(other.path):
        return None
    before, after = dict(parse_qsl(one.query)), dict(parse_qsl(other.query))
    changed = [name for name in before | after if before.get(name) != after.get(name)]
    if len(changed) != 1 or changed[0] not in after:
        return None
    return _steps_of_value(changed[0], before.get(changed[0]), after[changed[0]])


def steps_among_others(here: str, there: str) -> int | None:
    """Return the same of two addresses that also differ in what counts no pages: an order that is said from the second
    page on, a session's or a checksum's token. Of a link that says where it leads."""
    one, other = urlsplit(here), urlsplit(there)
    if folder(one.path) != folder(other.path):
        return None
    before, after = dict(parse_qsl(one.query)), dict(parse_qsl(other.query))
    counting = [name for name in after if after[name] != before.get(name) and _COUNTS_PAGES.search(name)]
    others = [name for name in before | after if before.get(name) != after.get(name) and name not in counting]
    if len(counting) != 1 or not all(
        name in after and _is_new_or_token(before.get(name), after[name]) for name in others
    ):
        return None
    return _steps_of_value(counting[0], before.get(counting[0]), after[counting[0]])


def _is_new_or_token(before: str | None, after: str) -> bool:
    return before is None or bool(_TOKEN.fullmatch(before) and _TOKEN.fullmatch(after))


def _steps_of_value(name: str, before: str | None, after: str) -> int | None:
    first = before if before is not None else ("1" if _COUNTS_PAGES.search(name) else "0")
    if after.isdecimal() and first.isdecimal():
        return int(after[:18]) - int(first[:18])
    return 1 if _NUMBER.search(after) else None  # a cursor or a time: what lies behind it is not known


def _days_back(here: str, there: str) -> int | None:
    """Return how many days *there* is before *here*, which differ in one day alone."""
    one, other = _split_at_day(urlsplit(here)), _split_at_day(urlsplit(there))
    if one is None or other is None or one[0] != other[0] or one[1] == other[1]:
        return None
    return (one[1] - other[1]).days


def _split_at_day(parts: SplitResult) -> tuple[str, date] | None:
    target = f"{parts.path.rstrip('/')}?{parts.query}"
    found = list(_DAY.finditer(target))
    if len(found) != 1:
        return None
    year, _, month, day = found[0].groups()
    try:
        return _DAY.sub("#", target), date(int(year), int(month), int(day))
    except ValueError:
        return None


def folder(path: str) -> str:
    """Return *path* without a slash or the name of a folder's own file at its end."""
    return _FOLDER_FILE.sub("/", path).rstrip("/")


def _steps_of_path(one: str, other: str) -> int | None:
    numbers, others = _NUMBER.findall(one), _NUMBER.findall(other)
    if numbers and _NUMBER.sub("#", one).rstrip("/") == _NUMBER.sub("#", other).rstrip("/"):
        changed = [(int(a[:18]), int(b[:18])) for a, b in zip(numbers, others, strict=True) if a != b]
        return changed[0][1] - changed[0][0] if len(changed) == 1 else None
    if _ENDING.search(other):
        return _steps_of_file(one, other)
    base = one.rstrip("/")
    if not other.startswith(f"{base}/"):
        return None
    appended = _APPENDED.fullmatch(other[len(base) :])
    return int(appended[1][:18]) - 1 if appended else None


def _steps_of_file(one: str, other: str) -> int | None:
    stem = f"{one}index" if one.endswith("/") else _ENDING.sub("", one)
    there = _ENDING.sub("", other)
    appended = _IN_FILE.fullmatch(there[len(stem) :]) if there.startswith(stem) else None
    return int(appended[1][:18]) - 1 if appended else None
