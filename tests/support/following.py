"""Follow the links of a site: two addresses of each kind, which is a path without its numbers, and its parameters."""

import re
from collections import Counter
from collections.abc import Callable
from urllib.parse import parse_qs, urljoin, urlsplit

from lxml import html

from tests.support.serving import Answer, Site

MAX_KINDS = 250  # filters and orders can be joined without end
LINKS = "//@href | //@action | //@src"


def follow(site: Site, begin: str, check: Callable[[str, str], None]) -> Counter[str]:
    """Return how many addresses of each kind the pages link to, from the path *begin* on; all that are asked are there.

    *check* is given the path and the text of each page. Captured pages (WACZ) are not asked for.
    """
    waiting, seen, kinds = [begin], {begin}, Counter[str]()
    while waiting and len(kinds) < MAX_KINDS:
        path = waiting.pop(0)
        answer: Answer = site.get(path)
        assert answer.status < 400, path
        if not answer.headers["content-type"].startswith("text/html"):
            continue
        check(path, answer.text)
        for there in _own_links(site, path, answer.text):
            if there not in seen and not there.endswith(".wacz"):
                parts = urlsplit(there)
                kind = f"{re.sub(r'[0-9a-f]{12}|[0-9]+', '', parts.path)}?{sorted(parse_qs(parts.query))}"
                kinds[kind] += 1
                seen.add(there)
                waiting += [there] if kinds[kind] <= 2 else []
    return kinds


def _own_links(site: Site, path: str, page: str) -> list[str]:
    """Return the paths, with their parameters, that a page links to on this site."""
    links = (urlsplit(urljoin(f"{site.base}{path}", link)) for link in map(str, html.fromstring(page).xpath(LINKS)))
    ours = [parts for parts in links if parts.netloc == urlsplit(site.base).netloc]
    return [f"{parts.path}?{parts.query}" if parts.query else parts.path for parts in ours]
