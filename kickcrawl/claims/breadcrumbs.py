"""Read the sections that the path of breadcrumbs on a page leads through, from its markup or from its JSON-LD.

In: a parsed page. Out: names, without the front page and the article. A path is told by its name or its type, else by
its form: a link to the front page, and further links behind signs that point on, "Beranda » Ekonomi", or a line or
list from the front page to the headline.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from kickcrawl.claims.own_names import key
from kickcrawl.page.jsonld import names_of, string_of
from kickcrawl.page.line import line_of
from kickcrawl.page.parsed import ParsedPage
from kickcrawl.urls import joined

MAX_LABEL_WORDS = 5  # of the name of a section or tag
_POINTS_ON = re.compile(r"\s*[/»›>→⟩❯]+\s*")
_BELOW = re.compile(r"(?:https?://[^/?#]*)?/\w(?!.*\.\.)")  # an address below the front page
_MAX_CRUMBS = 8
_MAX_LINE_CHARACTERS = 300  # from the front page to the headline
_MAX_LINKS = 150  # of a page, among which the path begins


def breadcrumbs_in_markup(page: ParsedPage) -> list[str]:
    """Return the sections that the breadcrumbs on *page* lead through."""
    holders = (node for node in page.elements if len(node) or node.tag == "a")  # what may hold a link
    told = (node for node in holders if "crumb" in " ".join(node.values()))  # seldom: then it is looked at closer
    for holder in filter(_is_path, told):
        if names := _sections_of(list(islice(holder.iter("a"), _MAX_CRUMBS)), page):
            return names
    for link in islice(page.root.iter("a"), _MAX_LINKS):
        href = link.get("href") or ""
        if _is_below(href) or not _is_front_page(href, page):  # most are below; to resolve each takes ten times as long
            continue
        if names := _sections_of(_path_from(link) or _line_to_headline(link, page), page):
            return names
    return []


def breadcrumbs_in_json_ld(page: ParsedPage) -> Iterator[list[str]]:
    """Yield the sections of each path of breadcrumbs that the JSON-LD of *page* has."""
    for node in page.json_ld:
        items = node.get("itemListElement")
        if node.get("@type") == "BreadcrumbList" and isinstance(items, list):
            yield _between([_crumb(item) for item in items if isinstance(item, dict)], page)


def _is_path(node: HtmlElement) -> bool:
    """Tell whether *node* is called a path of breadcrumbs, by its class, id, label or type."""
    return (
        "crumb" in (node.get("class") or "")
        or "breadcrumb" in (node.get("id") or "")
        or "readcrumb" in (node.get("aria-label") or "")
        or "BreadcrumbList" in (node.get("itemtype") or "")
    )


def _path_from(first: HtmlElement) -> list[HtmlElement]:
    """Return *first* and the links that follow it behind signs that point on; [] where none does."""
    path = [first]
    while _POINTS_ON.fullmatch(path[-1].tail or "") and (after := path[-1].getnext()) is not None and after.tag == "a":
        path.append(after)
    return path if 1 < len(path) <= _MAX_CRUMBS else []


def _line_to_headline(first: HtmlElement, page: ParsedPage) -> list[HtmlElement]:
    """Return the links of the line or list that begins with *first* and ends with the words of the headline."""
    headline = key(line_of(page.headline)) if page.headline is not None else ""
    item = first.getparent()
    holder = item.getparent() if item is not None and item.tag == "li" else item
    text = holder.text_content() if holder is not None else ""
    is_line = bool(headline) and len(text) <= _MAX_LINE_CHARACTERS and key(text).endswith(headline)
    if holder is None or not is_line or key(text) == headline or page.headline in holder.iter():
        return []
    return list(islice(holder.iter("a"), _MAX_CRUMBS))


@lru_cache(maxsize=4096)  # the pages of a site share their menus; about 1 MB
def _is_below(href: str) -> bool:
    return _BELOW.match(href) is not None


def _is_front_page(href: str, page: ParsedPage) -> bool:
    try:
        target = urlsplit(joined(page.url, href))
    except ValueError:
        return False
    return target.path.strip("/") == "" and not target.query


def _sections_of(links: list[HtmlElement], page: ParsedPage) -> list[str]:
    return _between([(line_of(link), link.get("href") or "") for link in links], page)


def _between(crumbs: list[tuple[str, str]], page: ParsedPage) -> list[str]:
    """Return the names of *crumbs* (name, address) between the front page and the article itself."""
    here = urlsplit(page.url).path.strip("/")
    headline = key(line_of(page.headline)) if page.headline is not None else ""
    names = []
    for number, (name, href) in enumerate(crumbs):
        try:
            path = urlsplit(joined(page.url, href)).path.strip("/")
        except ValueError:
            continue
        is_section = path not in ("", here) and (href or number) and key(name) not in ("", headline)
        if is_section and len(name.split()) <= MAX_LABEL_WORDS:
            names.append(name)
    return names


def _crumb(item: dict[str, Any]) -> tuple[str, str]:
    target = item.get("item")
    address = target if isinstance(target, str) else None
    if isinstance(target, dict):
        address = string_of(target.get("@id")) or string_of(target.get("url"))
    name = string_of(item.get("name")) or next(iter(names_of(target)), "")
    return name, address or ""
