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
from urllib.parse import unquote, urlsplit

from lxml.etree import XPath
from lxml.html import HtmlElement

from kickcrawl.article import Claim, Field, Source
from kickcrawl.claims.breadcrumbs import MAX_LABEL_WORDS, breadcrumbs_in_json_ld, breadcrumbs_in_markup
from kickcrawl.claims.lines import tell_foreign
from kickcrawl.claims.own_names import key
from kickcrawl.page.blocks import fold, text_of
from kickcrawl.page.elements import HEADINGS, INLINE
from kickcrawl.page.line import line_of
from kickcrawl.page.other_entries import is_within
from kickcrawl.page.parsed import ParsedPage
from kickcrawl.page.second_witness import leads_to_network
from kickcrawl.vocabulary import WORDS, any_of

_SECTION_WORD = rf"(?:category|categories|section|{any_of(WORDS.addresses.section)})"
_TAG_WORD = rf"(?:tags?|label|{any_of(WORDS.addresses.tag)})"
_SECTION = re.compile(rf"/{_SECTION_WORD}/[^/?]+|[?&](?:cat|{_SECTION_WORD})=[^&]", re.IGNORECASE)
_TAG = re.compile(rf"/{_TAG_WORD}/[^/?]+/?$|[?&]{_TAG_WORD}=[^&]", re.IGNORECASE)
_COUNT = re.compile(r"\s*[(\[]\d+[)\]]")  # behind a section in a list of all: "Ekonomi (8)"
_CLOUD = re.compile(r"cloud|popular|trending", re.IGNORECASE)
# In the heading over a cloud: "Topik Terpopuler".
_POPULAR = re.compile(
    rf"\b(?:popular|trending|{any_of(WORDS.class_names.other_articles)}|{any_of(WORDS.links.boxes)})\b", re.IGNORECASE
)
_TAGS = re.compile(r"\btags?\b|[-_]tags?\b|categor", re.IGNORECASE)  # names of the article's own list
_SECTION_LISTS = frozenset(
    "taxonomy-category cat-links post-categories entry-categories categories-links".split()  # WordPress and its themes
)
_TAG_LISTS = frozenset("taxonomy-post_tag tags-links post-tags entry-tags tag-links".split())
_DETAILS = re.compile(r"(?:post|entry|article)[-_]*meta\b", re.IGNORECASE)  # class of the box with an article's date
_TAG_LIST = re.compile(r"(?:^|[\s_-])tags(?:$|\s)")  # class of a list of tags, and of one in it
_CLASSES_OF_TAGS: Any = XPath("descendant::*/@class[contains(., 'tags')]", smart_strings=False)
_TAG_LABEL = re.compile(r"(?:^|[\s_-])tag(?:$|\s)")
_MAX_LEVELS = 3  # between a link and the element that names the list it stands in
_MAX_LABELS = 20  # of one article; more are a cloud
_MAX_LINKS = 800  # of a page, that are read
_MAX_UNLINKED_CHARACTERS = 60  # of the block that a list of labels stands in: "Filed under", commas
_MIN_LINKED_SHARE = 0.5  # of that block's text, where it has more
_MAX_LABELS_OUTSIDE = 8  # of links outside of the element that holds headline and text; more are a cloud


def read_sections_and_tags(page: ParsedPage) -> Iterator[Claim]:
    """Yield what the links of *page* and its breadcrumbs say of the sections and tags of its article."""
    links = list(islice(page.scope.iter("a"), _MAX_LINKS))
    labelled = {link: types for link in links if (types := _types(link))}
    led = {link: _leads_to(link, labelled.get(link, [])) for link in links}
    sections = [link for link, field in led.items() if field == "sections"]
    tags = [link for link, field in led.items() if field == "tags"]
    filed = _named_by_rel(sections, page) or _own(sections, page) or _in_details(page)
    yield from _claim("sections", filed)
    tagged = _named_by_rel(tags, page) or _confirmed(_own(tags, page), page)
    yield from _claim("tags", tagged or _unlinked(page))
    labels = (link for link, types in labelled.items() if "tag" in types and _is_label(link))
    yield from _claim("sections", map(line_of, labels))
    if not filed:
        yield from _claim("sections", breadcrumbs_in_markup(page))


def sections_in_json_ld(page: ParsedPage) -> Iterator[Claim]:
    """Yield the sections in the breadcrumbs that the JSON-LD of *page* has."""
    for names in breadcrumbs_in_json_ld(page):
        yield from _claim("sections", names, "json-ld")


def _named_by_rel(links: list[HtmlElement], page: ParsedPage) -> list[str]:
    return _own([link for link in links if _types(link)], page)


def _in_details(page: ParsedPage) -> list[str]:
    """Return the sections in the only box of *page* that a class calls a post's details, beside its time.

    It may stand in a sidebar: MkDocs' Material theme has it there (9.8, 2026-11-30).
    """
    times = (time for time in islice(page.root.iter("time"), _MAX_LABELS) if not is_within(time, page.entries))
    boxes = {box for time in times if (box := _details_around(time)) is not None}
    if len(boxes) != 1:
        return []
    links = [link for link in boxes.pop().iter("a") if _filed_below(link.get("href") or "") == "sections"]
    return [name for link in links if (name := _name(link)) and len(name.split()) <= MAX_LABEL_WORDS]


def _details_around(time: HtmlElement) -> HtmlElement | None:
    return next((above for above in time.iterancestors() if _DETAILS.search(above.get("class") or "")), None)


def _unlinked(page: ParsedPage) -> list[str]:
    """Return the tags that stand in a list of that name without a link: no page lists the articles of each.

    Each is an element called a tag, and nothing else stands beside them (Material for MkDocs 9.8, 2026-11-30).
    """
    if not any(map(_TAG_LIST.search, _CLASSES_OF_TAGS(page.scope))):  # as of most; two thirds of the time
        return []
    lists = (node for node in page.scope.iterdescendants("*") if _TAG_LIST.search(node.get("class") or ""))
    own = [node for node in lists if not is_within(node, page.entries)]
    own = [node for node in own if len(node) and all(_TAG_LABEL.search(one.get("class") or "") for one in node)]
    if len(own) != 1 or any(map(_is_aside, _above(own[0], {page.scope}))) or own[0].find(".//a") is not None:
        return []
    names = [_name(node) for node in own[0]]
    return names if len(names) <= _MAX_LABELS and all(len(name.split()) <= MAX_LABEL_WORDS for name in names) else []


def _confirmed(tags: list[str], page: ParsedPage) -> list[str]:
    """Return *tags* unless the page states others, or these and more, as its article's.

    Links of which none is stated are a cloud. Where all are stated and others besides, the theme prints some only:
    Ghost's own theme prints the first tag, above the headline (Ghost 5.130, 2026-11-29).
    """
    stated = set(map(key, _stated("article:tag", page))) if tags else set()
    if not stated:
        return tags
    # All in One SEO states an article's sections among its tags, and as one "article:section" besides.
    sections = (name for names in _stated("article:section", page) for name in names.split(","))
    printed = set(map(key, tags))
    is_part = printed < stated.difference(map(key, sections))
    return [] if is_part or stated.isdisjoint(printed) else tags


def _stated(name: str, page: ParsedPage) -> list[str]:
    return [meta.get("content") or "" for meta in page.root.iterfind(f"head/meta[@property='{name}']")]


def _leads_to(link: HtmlElement, types: list[str]) -> Field | None:
    """Return what *link* leads to: as the list it stands in tells, else its rel, else its address."""
    if "tag" in types and (listed := _listed_as(link)):
        return listed
    if "category" in types:
        return "sections"
    return _filed_below(link.get("href") or "") or ("tags" if "tag" in types else None)


def _listed_as(link: HtmlElement) -> Field | None:
    """Return what the class of the list around *link* says that it leads to; None where none says so."""
    for holder in (link, *islice(link.iterancestors(), _MAX_LEVELS)):
        classes = set((holder.get("class") or "").split())
        if not _SECTION_LISTS.isdisjoint(classes):
            return "sections"
        if not _TAG_LISTS.isdisjoint(classes):
            return "tags"
    return None


def _types(link: HtmlElement) -> list[str]:
    relations = link.get("rel")
    return [kind for kind in relations.lower().split() if kind in ("category", "tag")] if relations else []


@lru_cache(maxsize=4096)  # the pages of a site share their menus; about 1 MB
def _filed_below(href: str) -> Field | None:
    """Return what an address leads to: /category/olahraga, /tag/sepak-bola, ?tag=banjir; None where it does not say.

    A query counts only where it names no host: "?tag=" is others', too. So is /channel/ at a social network.
    """
    if leads_to_network(href):
        return None
    try:
        parts = urlsplit(unquote(href))
    except ValueError:
        return None
    target = f"{parts.path}?{parts.query}" if parts.query and not parts.netloc else parts.path
    return "sections" if _SECTION.search(target) else "tags" if _TAG.search(target) else None


def _own(links: list[HtmlElement], page: ParsedPage) -> list[str]:
    """Return the names in *links* that are the article's, not a menu's, a sidebar's or a cloud's."""
    holders = {page.scope}
    if page.headline is not None:  # what follows it is the article's, even an aside
        holders |= {*page.headline.iterancestors(), *islice(page.headline.itersiblings(), 1)}
    links = [link for link in links if not is_within(link, page.entries)]
    own = [link for link in links if not (_is_of_all(link) or any(map(_is_aside, _above(link, holders))))]
    own = [link for link in own if _types(link) or not _is_in_prose(link)]
    if len(own) > _MAX_LABELS_OUTSIDE and (box := _box(page)) is not None:
        own = [link for link in own if box in link.iterancestors()]
    names = [name for link in own if (name := _name(link)) and len(name.split()) <= MAX_LABEL_WORDS]
    return names if len(set(names)) <= _MAX_LABELS else []


def _is_in_prose(link: HtmlElement) -> bool:
    """Tell whether *link* stands in a paragraph of text: newsrooms link names in their stories to lists of keywords."""
    holder = next((above for above in link.iterancestors() if above.tag not in INLINE), None)
    if holder is None or any(node.tag not in INLINE for node in holder.iterdescendants()):
        return False
    text = len(fold(text_of(holder)))
    linked = sum(len(fold(text_of(anchor))) for anchor in holder.iter("a"))
    return text - linked > _MAX_UNLINKED_CHARACTERS and linked < _MIN_LINKED_SHARE * text


def _name(link: HtmlElement) -> str:
    """Return the name of what *link* leads to, be it on a button, without the sign that themes put before a tag."""
    button = link.find("button")
    return line_of(button if button is not None else link).lstrip("#").strip()


def _box(page: ParsedPage) -> HtmlElement | None:
    """Return the smallest element around the headline of *page* with most of its prose; None without a headline."""
    prose = sum(len(text_of(p)) for p in page.scope.iter("p"))
    around = page.headline.iterancestors() if page.headline is not None else ()
    return next((box for box in around if 2 * sum(len(text_of(p)) for p in box.iter("p")) >= prose), None)


def _above(link: HtmlElement, holders: set[HtmlElement]) -> Iterator[HtmlElement]:
    for above in link.iterancestors():
        if above in holders or above.tag == "body":
            return
        yield above


def _is_aside(node: HtmlElement) -> bool:
    if node.tag == "footer" and next(node.iterancestors("article", "main"), None) is None:  # the site's, not a post's
        return True
    if _is_called_popular(node):
        return True
    is_cloud, is_of_article = _tell_by_name(f"{node.get('class')} {node.get('id')}")
    return is_cloud or (any(tell_foreign(node)) and (node.tag == "aside" or not is_of_article))


@lru_cache(maxsize=4096)  # a site's pages share their names; about 1 MB
def _tell_by_name(names: str) -> tuple[bool, bool]:
    """Tell of the list of labels called *names* whether it is a cloud, and whether it is an article's own."""
    return bool(_CLOUD.search(names)), bool(_TAGS.search(names))


def _is_called_popular(node: HtmlElement) -> bool:
    """Tell whether the heading that opens *node*, or stands right over it, is that of a cloud."""
    first, before = next(iter(node), None), node.getprevious()
    headings = (one for one in (first, before) if one is not None and one.tag in HEADINGS)
    return any(len((text := line_of(one)).split()) <= MAX_LABEL_WORDS and _POPULAR.search(text) for one in headings)


def _is_of_all(link: HtmlElement) -> bool:
    """Tell whether *link* stands in a list of all the site's: behind it is how many articles it leads to."""
    return bool(_COUNT.match(link.tail or ""))


def _is_label(link: HtmlElement) -> bool:
    """Tell whether *link* is one of Blogger's labels, which are sections and tags at once."""
    return any("post-labels" in (above.get("class") or "").split() for above in link.iterancestors())


def _claim(field: Field, names: Iterable[str], source: Source = "markup") -> Iterator[Claim]:
    values = tuple(dict.fromkeys(name for name in names if name))
    if values:
        yield Claim(field=field, value=values, source=source)
