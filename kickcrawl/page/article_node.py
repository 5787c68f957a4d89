"""Find the node in a page's JSON-LD that is about the page's article, and not about another one.

In: the nodes, the page's tree and address. Out: the node, its references resolved, or none. Pages describe the articles
that they tease, too, and some name nothing else.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from kickcrawl.identity import is_spelling, own_address
from kickcrawl.page.head_tags import HeadTags
from kickcrawl.page.jsonld import is_article, is_live_blog, string_of, time_of
from kickcrawl.page.line import line_of
from kickcrawl.urls import joined

# Types of things on a page that have a date of their own, which is not the page's.
_PART_TYPES = (
    "Comment", "Review", "Answer", "Question", "ImageObject", "Person", "Organization", "Event", "Offer", "Product",
)  # fmt: skip
_MIN_SHARED_WORDS = 0.5  # of the shorter of two headlines, that the other has, too, if both are one article's


def find_article_node(nodes: Sequence[dict[str, Any]], root: HtmlElement, head: HeadTags, url: str) -> dict[str, Any]:
    """Return the node of the article at *url* among the *nodes* of its page *root* with this *head*; empty if none is.

    It is the one that names the page's address, of several a live blog before its entries; else the one that has a
    headline of the page; else the only one that says neither. References to other nodes are resolved.
    """
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    articles = [node for node in nodes if is_article(node)]
    if not articles:
        return {}
    own = _own_addresses(root, head, url)
    named = [node for node in articles if names_page(node, own)]
    titles = list(page_titles(root, head))
    headed = [node for node in named or articles if _has_title(node, titles)]
    chosen = sorted(headed or named or _only(articles, root), key=lambda node: not is_live_blog(node))
    return {key: _resolve(value, by_id) for key, value in chosen[0].items()} if chosen else {}


def _only(articles: Sequence[dict[str, Any]], root: HtmlElement) -> list[dict[str, Any]]:
    """Return the only one of *articles* if nothing says that it is another's: no address, and no other headline."""
    is_other = len(articles) > 1 or bool(_addresses(articles[0]))
    return [] if is_other or (_headline(articles[0]) and root.find(".//h1") is not None) else list(articles)


def stated_days(
    nodes: Iterable[dict[str, Any]],
    root: HtmlElement,
    head: HeadTags,
    url: str,
    article: dict[str, Any] | None = None,
) -> list[str]:
    """Return the publish times, as written, of the *article*, or of all *nodes* that may be the page: a video, a page.

    Of these, only of those that name *url*, if any do; what is typed as an article is another one, and so is a video or
    a recipe of another name than the page's.
    """
    if article and (day := time_of(article.get("datePublished"))):
        return [day]
    own = _own_addresses(root, head, url)
    others = (node for node in nodes if not is_article(node) and not str(node.get("@type")).endswith(_PART_TYPES))
    dated = [(node, day) for node in others if (day := _day_of(node))]
    if named := [day for node, day in dated if names_page(node, own)]:
        return named
    titles = list(page_titles(root, head)) if dated else []
    return [day for node, day in dated if not titles or not _headline(node) or _has_title(node, titles)]


def names_page(node: dict[str, Any], own: Sequence[str]) -> bool:
    """Tell whether *node* has one of the page's *own* addresses, but for scheme, "www.", slash and fragment."""
    return any(is_spelling(address, other) for address in _addresses(node, own[0]) for other in own)


def page_titles(root: HtmlElement, head: HeadTags) -> Iterable[str]:
    """Yield what the page calls itself: its headlines, and the titles that it states for browsers and networks."""
    yield from (line_of(h1) for h1 in root.iter("h1"))
    yield from (line_of(title) for title in root.iterfind("head/title"))
    yield from (meta.content for meta in head.metas if meta.property == "og:title" or meta.name == "twitter:title")


def _own_addresses(root: HtmlElement, head: HeadTags, url: str) -> list[str]:
    canonical = [link.get("href") or "" for link in root.iterfind("head/link[@rel='canonical']")]
    return list(dict.fromkeys(_canonical([url, *canonical, *head.stated("og:url")], url))) or [url]


def _addresses(node: dict[str, Any], base: str = "") -> list[str]:
    page = node.get("mainEntityOfPage")
    pages = [page.get("@id"), page.get("url")] if isinstance(page, dict) else [page]
    return list(_canonical([node.get("url"), node.get("@id"), *pages], base))


def _canonical(addresses: Iterable[Any], base: str) -> Iterable[str]:
    """Yield the canonical forms of *addresses*, of which a site's front page is none."""
    for address in addresses:
        if not isinstance(address, str):
            continue
        try:
            found = own_address(joined(base, address), base)
        except ValueError:
            continue
        if urlsplit(found).path.strip("/") or urlsplit(found).query:
            yield found


def _headline(node: dict[str, Any]) -> str:
    return string_of(node.get("headline")) or string_of(node.get("name")) or ""


def _has_title(node: dict[str, Any], titles: Iterable[str]) -> bool:
    """Tell whether the headline of *node* is one of *titles*, or says much the same."""
    headline = _words(_headline(node))
    for title in map(_words, titles):
        shorter = min(len(headline), len(title))
        if shorter and len(headline & title) >= _MIN_SHARED_WORDS * shorter:
            return True
    return False


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))


def _day_of(node: dict[str, Any]) -> str | None:
    days = (time_of(node.get(name)) for name in ("datePublished", "uploadDate", "dateCreated"))
    return next((day for day in days if day), None)


def _resolve(value: Any, by_id: dict[str, dict[str, Any]]) -> Any:
    if isinstance(value, list):
        return [_resolve(item, by_id) for item in value]
    if isinstance(value, dict) and set(value) == {"@id"}:
        return by_id.get(str(value["@id"]), value)
    return value
