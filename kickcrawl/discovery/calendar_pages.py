"""Lists by month or year that a page of a list links to: where no link leads on, older articles stand in these.

In: a page's tree. Out: addresses, the latest first; those of years only where it links to no months. A list is known by
its address alone (/2026/10/, ?bulan=10&tahun=2026): a link called "Pemilu 2024" leads to a list, but not of a month.
What has a headline is an article whose number looks like a year or month (/berita/1998, ?id=202610).
"""

import re
from collections.abc import Mapping
from urllib.parse import parse_qsl, urlsplit

from lxml.html import HtmlElement

from kickcrawl.discovery.article_form import numbering_name
from kickcrawl.discovery.next_page import MAX_LABEL_WORDS, address_at

MAX_CALENDAR = 1_200  # lists of one page: a century of months
_YEAR, _MONTH = r"(?P<year>(?:19|20)\d\d)", r"(?P<month>0?[1-9]|1[0-2])"
_MAY_NAME_YEAR = re.compile(r"(?:19|20)\d\d(?:\D|\d\d(?!\d)|$)")
_IN_PATH = re.compile(rf"/{_YEAR}(?:[/-]{_MONTH})?/?(?:index\.\w{{2,5}})?$")
_MONTH_FIRST = re.compile(rf"/{_MONTH}[/-]{_YEAR}/?$")
_JOINED = re.compile(rf"{_YEAR}[-/]?(?P<month>0[1-9]|1[0-2])")  # WordPress' ?m=202610, others' ?periode=2026-10
_YEAR_NAMES, _MONTH_NAMES = ("tahun", "thn", "year", "yr", "y"), ("bulan", "bln", "month", "mon", "m")


def calendar_pages(root: HtmlElement, base: str, titles: Mapping[str, str]) -> tuple[str, ...]:
    """Return the lists by month, else those by year, that the page links to, relative to *base*.

    *titles* are the texts of links whose addresses may be articles.
    """
    found: dict[str, tuple[int, int, int]] = {}
    for order, node in enumerate(root.iter("a", "option")):
        written = node.get("href" if node.tag == "a" else "value") or ""
        if _MAY_NAME_YEAR.search(written) is None or (address := address_at(written, base)) is None:
            continue
        if address in found or (time := time_of_list(address)) is None:
            continue
        if str(time[0]) in (title := titles.get(address, "")) or len(title.split()) <= MAX_LABEL_WORDS:
            found[address] = (*time, -order)
    months = [address for address, (_, month, _) in found.items() if month]
    kept = sorted(months or found, key=lambda address: found[address], reverse=True)
    return tuple(kept[:MAX_CALENDAR])


def time_of_list(address: str) -> tuple[int, int] | None:
    """Return year and month of the list at *address*, 0 for the month of a year's; None where it is none."""
    parts = urlsplit(address)
    if numbering_name(address):
        return None
    asked = {name.lower(): value for name, value in parse_qsl(parts.query)}
    if not asked:
        match = _IN_PATH.search(parts.path) or _MONTH_FIRST.search(parts.path)
        return (int(match["year"]), int(match["month"] or 0)) if match else None
    if match := next(filter(None, map(_JOINED.fullmatch, asked.values())), None):
        return int(match["year"]), int(match["month"])
    year = next((asked[name] for name in _YEAR_NAMES if re.fullmatch(_YEAR, asked.get(name, ""))), None)
    month = next((asked[name] for name in _MONTH_NAMES if asked.get(name)), "0")
    return (int(year), int(month) if re.fullmatch(_MONTH, month) else 0) if year else None
