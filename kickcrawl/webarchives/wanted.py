"""Which captures that an index names are asked for: of the outlet, of an article by its address, of the asked days.

What today's robots.txt of the outlet forbids is not asked for elsewhere either.
"""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlsplit

from kickcrawl.dates import day_in_path
from kickcrawl.outlet import Outlet
from kickcrawl.urls import bare_host, canonicalize
from kickcrawl.webarchives.indexed import IndexedCapture

_NUMBER_IN_PATH = re.compile(r"/(?:(?:page|halaman)/)?\d{1,2}(/?)$")
_NUMBER_IN_QUERY = re.compile(r"[?&](?:page|halaman|paged)=\d{1,2}$")
_MARGIN = timedelta(days=1)  # a day in an address may be that of another clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A *capture* that is wanted: the address of its page at the outlet, and whether that may be an article's first."""

    url: str
    is_article: bool
    capture: IndexedCapture


def own_address(outlet: Outlet, target: str) -> str | None:
    """Return the address *target* in the form in which *outlet* writes its own today; None if it is none of its.

    Captures of one page at http and https, with and without "www.", are those of one address.
    """
    try:
        url = canonicalize(target)
    except ValueError:
        return None
    if bare_host(url) == bare_host(outlet.home):
        home = urlsplit(outlet.home)
        url = urlsplit(url)._replace(scheme=home.scheme, netloc=home.netloc).geturl()
    return url if outlet.owns(url) else None


def wanted(
    outlet: Outlet,
    capture: IndexedCapture,
    allows: Callable[[str], bool],
    since: date,
    until: date | None,
) -> Wanted | None:
    """Return as what the page in *capture* is wanted of *outlet*; None if it is not."""
    url = own_address(outlet, capture.target) if capture.is_page else None
    if url is None or not allows(url):
        return None
    is_article = outlet.classify(url).is_article
    if not is_article and not any(outlet.classify(stem).is_article for stem in _stems(url)):
        return None
    day = day_in_path(url)
    if day is not None and not since - _MARGIN <= day.date() <= (until or date.max - _MARGIN) + _MARGIN:
        return None
    return Wanted(url=url, is_article=is_article, capture=capture)


def is_page_of_another(url: str, known: Collection[str]) -> bool:
    """Tell whether *url* is a further page of an article whose address is among *known*.

    >>> is_page_of_another("https://warta.example/panen/2/", {"https://warta.example/panen/"})
    True
    """
    return any(stem in known for stem in _stems(url))


def _stems(url: str) -> set[str]:
    """Return the addresses of which *url* may be a further page, by the number at its end."""
    stems = {_NUMBER_IN_PATH.sub(ending, url) for ending in (r"\1", "/", "")} | {_NUMBER_IN_QUERY.sub("", url)}
    return stems - {url}
