"""Read the sections and tags that an article is filed under, where its page links to their lists.

In: a parsed page. Out: claims. A link says by its rel what it leads to, or by its address (/category/, /tag/); a path
of breadcrumbs leads through the sections. Block themes of WordPress write rel="tag" on sections, too: then the class of
the list tells. What stands in menus, sidebars, clouds of tags and entries of other articles is not the article's.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from lxml.html import HtmlElement

from kickcrawl.article import Claim, Field, Source
from kickcrawl.claims.lines import tell_foreign
from kickcrawl.claims.own_names import key
from kickcrawl.page.jsonld import names_of, text_of
from kickcrawl.page.line import line_of
from kickcrawl.page.other_entries import is_within
from kickcrawl.page.parsed import ParsedPage
from kickcrawl.vocabulary import WORDS, any_of

_SECTION = re.compile(rf"/(?:category|categories|section|{any_of(WORDS.addresses.section)})/[^/]+", re.IGNORECASE)
_TAG = re.compile(rf"/(?:tags?|label|{any_of(WORDS.addresses.tag)})/[^/]+/?$", re.IGNORECASE)
_CLOUD = re.compile(r"cloud|popular|trending", re.IGNORECASE)
_TAGS = re.compile(r"\btags?\b|[-_]tags?\b|categor", re.IGNORECASE)  # names of the article's own list
_SECTION_LISTS = frozenset(
    "taxonomy-category cat-links post-categories entry-categories categories-links".split()  # WordPress and its themes
)
_TAG_LISTS = frozenset("taxonomy-post_tag tags-links post-tags entry-tags tag-links".split())
_MAX_LEVELS = 3  # between a link and the element that names the list it stands in
_MAX_LABELS = 20  # of one article; more are a cloud
_MAX_LABEL_WORDS = 5
_MAX_LINKS = 800  # of a page, that are read
_MAX_CRUMBS = 8


def read_sections_and_tags(page: ParsedPage) -> Iterator[Claim]:
    """Yield what the links of *page* and its breadcrumbs say of the sections and tags of its article."""
    links = [link for link in islice(page.scope.iter("a"), _MAX_LINKS) if link.get("rel") or link.get("href")]
    labelled = {link: _types(link) for link in links}
    sections = [link for link, types in labelled.items() if _leads_to_section(link, types)]
    tags = [link for link, types in labelled.items() if _leads_to_tag(link, types)]
    filed = _named_by_rel(sections, page) or _own(sections, page)
    yield from _claim("sections", filed)
    yield from _claim("tags", _named_by_rel(tags, page) or _own(tags, page))
    labels = (link for link, types in labelled.items() if "tag" in types and _is_label(link))
    yield from _claim("sections", map(line_of, labels))
    if not filed:
        yield from _claim("sections", _breadcrumbs(page))


def breadcrumbs_in_json_ld(page: ParsedPage) -> Iterator[Claim]:
    """Yield the sections in the breadcrumbs that the JSON-LD of *page* has."""
    for node in page.json_ld:
        items = node.get("itemListElement")
        if node.get("@type") == "BreadcrumbList" and isinstance(items, list):
            crumbs = [_crumb(item) for item in items if isinstance(item, dict)]
            yield from _claim("sections", _between(crumbs, page), "json-ld")


def _named_by_rel(links: list[HtmlElement], page: ParsedPage) -> list[str]:
    return _own([link for link in links if _types(link)], page)


def _leads_to_section(link: HtmlElement, types: list[str]) -> bool:
    if "tag" in types and (listed := _listed_as(link)):
        return listed == "sections"
    return "category" in types or (_is_by_address(types) and _filed_below(link.get("href") or "") == "sections")


def _leads_to_tag(link: HtmlElement, types: list[str]) -> bool:
    if "tag" in types and (listed := _listed_as(link)):
        return listed == "tags"
    below = _filed_below(link.get("href") or "")
    if "category" in types or below == "sections":
        return False
    return "tag" in types or (_is_by_address(types) and below == "tags")


def _listed_as(link: HtmlElement) -> Field | None:
    """Return what the class of the list around *link* says that it leads to; None where none says so."""
    for holder in (link, *islice(link.iterancestors(), _MAX_LEVELS)):
        classes = set((holder.get("class") or "").split())
        if not _SECTION_LISTS.isdisjoint(classes):
            return "sections"
        if not _TAG_LISTS.isdisjoint(classes):
            return "tags"
    return None


def _is_by_address(types: list[str]) -> bool:
    return not types or "tag" in types or set(types) <= {"nofollow", "noopener", "noreferrer"}


def _types(link: HtmlElement) -> list[str]:
    return [kind for kind in (link.get("rel") or "").lower().split() if kind in ("category", "tag")]


@lru_cache(maxsize=4096)  # the pages of a site share their menus; about 1 MB
def _filed_below(href: str) -> Field | None:
    """Return what an address leads to by its path: /category/olahraga, /tag/sepak-bola; None where it does not say."""
    try:
        path = urlsplit(unquote(href)).path
    except ValueError:
        return None
    return "sections" if _SECTION.search(path) else "tags" if _TAG.search(path) else None


def _own(links: list[HtmlElement], page: ParsedPage) -> list[str]:
    """Return the names in *links* that are the article's, not a menu's, a sidebar's or a cloud's."""
    holders = {page.scope, *(page.headline.iterancestors() if page.headline is not None else ())}
    links = [link for link in links if not is_within(link, page.entries)]
    own = [link for link in links if not any(_is_aside(above) for above in _above(link, holders))]
    names = [name for link in own if (name := line_of(link)) and len(name.split()) <= _MAX_LABEL_WORDS]
    return names if len(set(names)) <= _MAX_LABELS else []


def _above(link: HtmlElement, holders: set[HtmlElement]) -> Iterator[HtmlElement]:
    for above in link.iterancestors():
        if above in holders or above.tag == "body":
            return
        yield above


def _is_aside(node: HtmlElement) -> bool:
    if node.tag == "footer" and next(node.iterancestors("article", "main"), None) is None:  # the site's, not a post's
        return True
    names = f"{node.get('class')} {node.get('id')}"
    return bool(_CLOUD.search(names)) or (any(tell_foreign(node)) and (node.tag == "aside" or not _TAGS.search(names)))


def _is_label(link: HtmlElement) -> bool:
    """Tell whether *link* is one of Blogger's labels, which are sections and tags at once."""
    return any("post-labels" in (above.get("class") or "").split() for above in link.iterancestors())


def _breadcrumbs(page: ParsedPage) -> list[str]:
    for holder in filter(_is_path, page.root.iter("*")):
        links = list(islice(holder.iter("a"), _MAX_CRUMBS))
        if names := _between([(line_of(link), link.get("href") or "") for link in links], page):
            return names
    return []


def _is_path(node: HtmlElement) -> bool:
    """Tell whether *node* is a path of breadcrumbs."""
    return (
        "crumb" in (node.get("class") or "")
        or "breadcrumb" in (node.get("id") or "")
        or "BreadcrumbList" in (node.get("itemtype") or "")
    )


def _between(crumbs: list[tuple[str, str]], page: ParsedPage) -> list[str]:
    """Return the names of *crumbs* (name, address) between the front page and the article itself."""
    here = urlsplit(page.url).path.strip("/")
    headline = key(line_of(page.headline)) if page.headline is not None else ""
    names = []
    for number, (name, href) in enumerate(crumbs):
        try:
            path = urlsplit(urljoin(page.url, href)).path.strip("/")
        except ValueError:
            continue
        is_section = path not in ("", here) and (href or number) and key(name) not in ("", headline)
        if is_section and len(name.split()) <= _MAX_LABEL_WORDS:
            names.append(name)
    return names


def _crumb(item: dict[str, Any]) -> tuple[str, str]:
    target = item.get("item")
    address = target if isinstance(target, str) else None
    if isinstance(target, dict):
        address = text_of(target.get("@id")) or text_of(target.get("url"))
    name = text_of(item.get("name")) or next(iter(names_of(target)), "")
    return name, address or ""


def _claim(field: Field, names: Iterable[str], source: Source = "markup") -> Iterator[Claim]:
    values = tuple(dict.fromkeys(name for name in names if name))
    if values:
        yield Claim(field=field, value=values, source=source)
