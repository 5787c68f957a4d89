"""Read a front page for what it tells of the site: platform, name, language, feeds, sections, and which links are news.

In: the page as it was fetched. Out: a FrontPage. Nothing is decided here; kickcrawl.sites.recognise weighs it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urljoin, urlsplit

from lxml.html import HtmlElement

from kickcrawl.article import PageSource
from kickcrawl.discovery.article_form import reads_as_headline
from kickcrawl.discovery.list_steps import is_further_file, page_number
from kickcrawl.discovery.next_page import base_of
from kickcrawl.errors import SeedError
from kickcrawl.other_pages import IMPRINT
from kickcrawl.page.blocks import fold, text_of
from kickcrawl.page.frame import is_frame
from kickcrawl.page.html import parse_html
from kickcrawl.page.jsonld import json_ld_nodes, site_names
from kickcrawl.platforms import platform_of
from kickcrawl.platforms.record import PageHead
from kickcrawl.sites.named_feeds import feeds_in_head, feeds_in_links
from kickcrawl.urls import bare_host, canonicalize
from kickcrawl.vocabulary import WORDS, any_of

_SEPARATOR = re.compile(r"\s+(?:[-–—|»•·:]|::)\s+|\s*[|»]\s*|-\s+")
_MENU = re.compile(r"menu|nav|rubrik|kanal|kategori|categor|label|section|tabs", re.IGNORECASE)
_LIST_PATH = re.compile(r"/(?:category|kategori|kanal|rubrik|section|sections|channel|topik|search/label)/[^/]+/?$")
_TO_LISTS = re.compile(rf"{any_of(WORDS.links.lists)}[\s»›→>.…+]*", re.IGNORECASE)
_SHOWN = ".//text()[not(ancestor::script or ancestor::style or ancestor::template)]"
_NO_SECTION = re.compile(
    IMPRINT + r"|^/(?:login|masuk|register|daftar|cari|search/?$|feed|rss|tag|tags|author|penulis|amp)(?:/|$)"
    r"|\.(?:xml|rss|pdf|jpe?g|png)$"
)


@dataclass(frozen=True, slots=True)
class FrontPage:
    """What a front page says. *platform* is the name of the one whose mark it carries, *mark* the sign of that, both
    None where there is none; *names* are the site's, best first."""

    head: PageHead
    platform: str | None
    mark: str | None
    names: tuple[str, ...]
    language: str | None
    feeds: tuple[str, ...]
    headlines: tuple[str, ...]  # addresses whose links read as headlines
    sections: tuple[str, ...]  # addresses that may be lists of articles: in menus, or called an index
    text: str
    is_frame: bool  # it leads to no article before its script has run


def read_front_page(source: PageSource) -> FrontPage:
    """Return what the front page *source* tells. Raises SeedError where it is no HTML."""
    root = parse_html(source)
    if root is None:
        raise SeedError("the front page is no HTML")
    head = _head(root)
    platform, mark = platform_of(head) or (None, None)
    base = base_of(root, source.url)
    headlines, sections = _links(root, source.url, base)
    text = fold(" ".join(str(piece) for piece in next(root.iter("body"), root).xpath(_SHOWN)))
    return FrontPage(
        head=head,
        platform=platform.name if platform else None,
        mark=mark.sign if mark else None,
        names=tuple(dict.fromkeys(_names(root, source.url))),
        language=_language(root),
        feeds=_feeds(root, base),
        headlines=headlines,
        sections=sections,
        text=text,
        is_frame=not headlines and is_frame(source),
    )


def _head(root: HtmlElement) -> PageHead:
    generators = [node.get("content") or "" for node in root.iter("meta") if _is_generator(node)]
    links: dict[str, str] = {}
    for link in root.xpath("//link[@rel and @href]"):
        links.setdefault(link.get("rel"), link.get("href"))
    return PageHead(
        generator=" ".join(generators).lower(),
        links=links,
        addresses=tuple(map(str, root.xpath("//link/@href | //script/@src | //img/@src"))),
        script_data={
            str(name): str(value)
            for script in root.iter("script")
            for name, value in script.attrib.items()
            if str(name).startswith("data-")
        },
    )


def _is_generator(meta: HtmlElement) -> bool:
    return (meta.get("name") or "").lower() == "generator"  # Drupal writes "Generator"


def _names(root: HtmlElement, url: str) -> Iterator[str]:
    """Yield the site's name as it says it for machines, then the part of its title that is like its host, or else.

    Of "Welcome to Warta Uji! - Warta Uji", the name is the part that the other one has, too.
    """
    yield from (fold(name) for name in root.xpath("//meta[@property='og:site_name']/@content") if fold(name))
    yield from site_names(list(json_ld_nodes(root)))
    title = next((fold(node.text or "") for node in root.iter("title")), "")
    parts = [part for part in _SEPARATOR.split(title) if part]
    host = _letters(bare_host(url).split(":")[0])
    like_host = [part for part in parts if (key := _letters(part)) and (key in host or host in key)]
    within = [part for part in parts if any(part in other for other in parts if part is not other)]
    yield from (like_host or within or parts)[:1]


def _letters(text: str) -> str:
    return "".join(re.findall(r"[a-z0-9]+", text.lower()))


def _language(root: HtmlElement) -> str | None:
    from dateparser.data.languages_info import language_order  # here: it imports dateparser, which takes 0.1 s

    told = [root.get("lang") or "", *root.xpath("//meta[@property='og:locale']/@content")]
    codes = [match[0].lower() for text in told if (match := re.match(r"[A-Za-z]{2,3}(?=[-_]|$)", text))]
    # "in" is what Indonesian was called until 1989; old themes and Blogger still write it.
    return next(("id" if code == "in" else code for code in codes if code == "in" or code in language_order), None)


def _feeds(root: HtmlElement, url: str) -> tuple[str, ...]:
    """Return the site's own feeds, those of the head, else those that links lead to."""
    return tuple(dict.fromkeys(feeds_in_head(root, url))) or tuple(dict.fromkeys(feeds_in_links(root, url)))


def _links(root: HtmlElement, url: str, base: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the links that read as headlines, and the short ones that may lead to lists: to all articles, by what they
    are called, then to sections, by standing in a menu."""
    texts: dict[str, str] = {}
    lists: dict[str, None] = {}
    menu: dict[str, None] = {}
    for anchor in root.iter("a"):
        try:
            address = canonicalize(urljoin(base, (anchor.get("href") or "").strip()))
        except ValueError:
            continue
        path = urlsplit(address).path
        if not _same_site(address, url) or path in ("", "/") or _NO_SECTION.search(unquote(path)):
            continue
        if page_number(address) > 1 or is_further_file(url, address):  # a page of a list is no list of its own
            continue
        text = fold(text_of(anchor))
        texts[address] = max(texts.get(address, ""), text, key=len)
        if _TO_LISTS.fullmatch(text):
            lists.setdefault(address)
        elif 0 < len(text.split()) <= 4 and (_LIST_PATH.search(path) or _is_in_menu(anchor)):
            menu.setdefault(address)
    headlines = tuple(address for address, text in texts.items() if reads_as_headline(address, text))
    return headlines, tuple(address for address in lists | menu if address not in headlines)


def _is_in_menu(anchor: HtmlElement) -> bool:
    return any(
        node.tag in ("nav", "header") or _MENU.search(f"{node.get('class') or ''} {node.get('id') or ''}")
        for node in anchor.iterancestors()
        if node.tag not in ("html", "body")
    )


def _same_site(one: str, other: str) -> bool:
    return bare_host(one) == bare_host(other)
