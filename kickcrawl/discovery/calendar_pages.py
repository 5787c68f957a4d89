"""Lists by month or year that a page of a list links to: where no link leads on, older articles stand in these.

In: a page's tree. Out: addresses, the latest first; those of years only where it links to no months. A link is to a
month by its address (/2026/10/, ?bulan=10&tahun=2026) or by its words, "Oktober 2026 (31)", if it is no article's.
"""

import re
from collections.abc import Callable
from urllib.parse import parse_qsl, urlsplit

from lxml.html import HtmlElement

from kickcrawl.discovery.next_page import address_at
from kickcrawl.page.blocks import fold

MAX_CALENDAR = 1_200  # lists of one page: a century of months
_YEAR = r"(?:19|20)\d\d"
_IN_PATH = re.compile(rf"/(?P<year>{_YEAR})(?:[/-](?P<month>0?[1-9]|1[0-2]))?/?(?:index\.\w{{2,5}})?$")
_MONTH_FIRST = re.compile(rf"/(?P<month>0?[1-9]|1[0-2])[/-](?P<year>{_YEAR})/?$")
_JOINED = re.compile(rf"(?P<year>{_YEAR})-?(?P<month>0[1-9]|1[0-2])")  # WordPress' ?m=202610
_YEAR_NAMES, _MONTH_NAMES = ("tahun", "thn", "year", "yr", "y"), ("bulan", "bln", "month", "mon", "m")
_SAYS_MONTH = re.compile(rf"[^\W\d_]{{3,12}}\.? (?P<year>{_YEAR})(?: ?\(\d+\))?")
_SAYS_YEAR = re.compile(rf"(?P<year>{_YEAR})(?: ?\(\d+\))?")


def calendar_pages(root: HtmlElement, base: str, is_article: Callable[[str], bool]) -> tuple[str, ...]:
    """Return the lists by month, else those by year, that the page links to, relative to *base*."""
    found: dict[str, tuple[int, int, int]] = {}
    for order, node in enumerate(root.iter("a", "option")):
        address = address_at(node.get("href" if node.tag == "a" else "value") or "#", base)
        if address is None or address in found or (time := _time(address, node, is_article)) is None:
            continue
        found[address] = (*time, -order)
    months = [address for address, (_, month, _) in found.items() if month]
    kept = sorted(months or found, key=lambda address: found[address], reverse=True)
    return tuple(kept[:MAX_CALENDAR])


def _time(address: str, node: HtmlElement, is_article: Callable[[str], bool]) -> tuple[int, int] | None:
    """Return year and month of the list at *address*: 0 for the month of a year's, 1 where only its words name one."""
    parts = urlsplit(address)
    asked = {name.lower(): value for name, value in parse_qsl(parts.query)}
    if match := (_IN_PATH.search(parts.path) or _MONTH_FIRST.search(parts.path)) if not asked else None:
        return int(match["year"]), int(match["month"] or 0)
    year = next((asked[name] for name in _YEAR_NAMES if re.fullmatch(_YEAR, asked.get(name, ""))), None)
    month = next((asked[name] for name in _MONTH_NAMES if asked.get(name)), "")
    if match := _JOINED.fullmatch(month):
        return int(match["year"]), int(match["month"])
    if year:
        return int(year), int(month) if re.fullmatch(r"0?[1-9]|1[0-2]", month) else 1 if month else 0
    text = fold(node.text_content())
    if len(text) > 30 or is_article(address):
        return None
    if match := _SAYS_MONTH.fullmatch(text):
        return int(match["year"]), 1
    return (int(match["year"]), 0) if (match := _SAYS_YEAR.fullmatch(text)) else None
