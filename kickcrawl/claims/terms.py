"""Read an article's sections and tags where it links to them (rel="category", rel="tag").

In: the page. Out: claims. Block themes of WordPress write rel="tag" on categories, too: then the class of the list,
else the link's address tells what it is. Links in entries of other articles are those articles'.

    <div class="taxonomy-category ..."><a href="/category/wisata" rel="tag">Wisata</a></div>   ->   sections: Wisata
"""

import re
from collections.abc import Iterator
from typing import Any, Literal
from urllib.parse import urlsplit

from lxml import etree
from lxml.html import HtmlElement

from kickcrawl.article import Claim
from kickcrawl.page.line import line_of
from kickcrawl.page.other_entries import is_within
from kickcrawl.page.parsed import ParsedPage

Taxonomy = Literal["sections", "tags"]

_LINKS: Any = etree.XPath(".//a[@rel]")
_MAX_LEVELS = 3  # between a link and the element that names the list it stands in
_SECTION_CLASSES = frozenset(
    "taxonomy-category cat-links post-categories entry-categories categories-links".split()  # WordPress and its themes
)
_TAG_CLASSES = frozenset("taxonomy-post_tag tags-links post-tags entry-tags tag-links".split())
_SECTION_PATH = re.compile(r"/(?:categor(?:y|ies)|kategori|rubrik|kanal|section)/", re.IGNORECASE)
_TAG_PATH = re.compile(r"/(?:tags?|topik|topics?)/", re.IGNORECASE)


def linked_terms(page: ParsedPage) -> Iterator[Claim]:
    """Yield what the page's scope claims by its links, the article's sections first."""
    found: dict[Taxonomy, dict[str, None]] = {"sections": {}, "tags": {}}
    for link in _LINKS(page.scope):
        types = link.get("rel").split()
        name = line_of(link)
        if not name or ("tag" not in types and "category" not in types) or is_within(link, page.entries):
            continue
        for taxonomy in ("sections", "tags") if _is_label(link) else (_taxonomy(link, types),):
            found[taxonomy].setdefault(name)
    for taxonomy, names in found.items():
        if names:
            yield Claim(field=taxonomy, value=tuple(names), source="markup")


def _taxonomy(link: HtmlElement, types: list[str]) -> Taxonomy:
    if "category" in types:
        return "sections"
    for holder in (link, *list(link.iterancestors())[:_MAX_LEVELS]):
        classes = set((holder.get("class") or "").split())
        if not _SECTION_CLASSES.isdisjoint(classes):
            return "sections"
        if not _TAG_CLASSES.isdisjoint(classes):
            return "tags"
    path = urlsplit(link.get("href") or "").path
    return "sections" if _SECTION_PATH.search(path) and not _TAG_PATH.search(path) else "tags"


def _is_label(link: HtmlElement) -> bool:
    """Tell whether *link* is one of Blogger's labels, which are sections and tags at once."""
    return any("post-labels" in (above.get("class") or "").split() for above in link.iterancestors())
