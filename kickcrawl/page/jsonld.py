"""Read a page's JSON-LD (schema.org), whatever shape the site's SEO plugin gave it, and find the article in it.

In: the page's tree, and later the nodes that were found in it. Out: nodes as plain dicts, strings and names.
"""

import html
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from lxml.html import HtmlElement

from kickcrawl.page.encodings import without_surrogates

_ARTICLE_TYPES = ("Article", "BlogPosting", "Report", "LiveBlogPosting")
# Types of things on a page that have a date of their own, which is not the page's.
_PART_TYPES = (
    "Comment",
    "Review",
    "Answer",
    "Question",
    "ImageObject",
    "Person",
    "Organization",
    "Event",
    "Offer",
    "Product",
)


def json_ld_nodes(root: HtmlElement) -> Iterator[dict[str, Any]]:
    """Yield all nodes of the page's JSON-LD in its order, those inside of a graph, too; damaged scripts give none."""
    for script in root.iter("script"):
        if (script.get("type") or "").split(";")[0].strip().lower() != "application/ld+json":
            continue
        try:
            # strict=False: raw line breaks inside strings are common in hand-made templates.
            data = without_surrogates(json.loads((script.text or "").strip().rstrip(";"), strict=False))
        except (ValueError, RecursionError):
            continue
        yield from _flatten(data)


def article_node(nodes: Sequence[dict[str, Any]], url: str) -> dict[str, Any] | None:
    """Return the node of the article among the page's *nodes*; of several, the one that names *url*, else the first.

    References to other nodes are resolved one level deep. None if there is no article.
    """
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    articles = [node for node in nodes if _is_article(node)]
    if not articles:
        return None
    node = next((node for node in articles if url in _addresses(node)), articles[0])
    return {key: _resolve(value, by_id) for key, value in node.items()}


def is_news(node: dict[str, Any]) -> bool:
    """Tell whether *node* is typed as a newsroom's article, not as a company's or a blog's."""
    return "NewsArticle" in str(node.get("@type"))


def stated_days(nodes: Iterable[dict[str, Any]], url: str) -> list[str]:
    """Return the publish times, as written, of all nodes that may be the page: an article, a video, a recipe.

    Of those that name *url*, if any do.
    """
    dated = [
        (node, day) for node in nodes if not str(node.get("@type")).endswith(_PART_TYPES) and (day := _day_of(node))
    ]
    return [day for node, day in dated if url in _addresses(node)] or [day for _, day in dated]


def site_names(nodes: Sequence[dict[str, Any]]) -> list[str]:
    """Return the names of the web site and of the organization behind it, as the page's *nodes* give them."""
    by_type = {str(node.get("@type")): text_of(node.get("name")) for node in nodes}
    kinds = ("WebSite", "NewsMediaOrganization", "Organization")
    publishers = [name for node in nodes if _is_article(node) for name in names_of(node.get("publisher"))]
    return list(dict.fromkeys([*(name for kind in kinds if (name := by_type.get(kind))), *publishers]))


def text_of(value: Any) -> str | None:
    """Return *value* if it is a non-empty string, entities decoded; the first of a list; else None."""
    if isinstance(value, list) and value:
        value = value[0]
    return html.unescape(value).strip() or None if isinstance(value, str) else None


def names_of(value: Any) -> list[str]:
    """Return the names in an author, section or keywords property: strings, nodes with a name, or a list of these."""
    values = value if isinstance(value, list) else [value]
    names = [text_of(item.get("name")) if isinstance(item, dict) else text_of(item) for item in values]
    return [name for name in names if name and not name.startswith(("http://", "https://"))]


def organizations_of(value: Any) -> set[str]:
    """Return those names in an author property whose node is typed as an organization."""
    values = value if isinstance(value, list) else [value]
    return {
        name
        for item in values
        if isinstance(item, dict) and str(item.get("@type")).endswith("Organization")
        for name in names_of(item)
    }


def _flatten(data: Any) -> Iterator[dict[str, Any]]:
    for item in data if isinstance(data, list) else [data]:
        if isinstance(item, dict):
            yield item
            yield from _flatten(item.get("@graph") or [])
            if isinstance(about := item.get("mainEntity"), dict):  # a WebPage may hold its article there
                yield about


def _day_of(node: dict[str, Any]) -> str | None:
    days = (text_of(node.get(name)) for name in ("datePublished", "uploadDate", "dateCreated"))
    return next((day for day in days if day), None)


def _is_article(node: dict[str, Any]) -> bool:
    kinds = node.get("@type")
    return any(
        isinstance(kind, str) and kind.endswith(_ARTICLE_TYPES)
        for kind in (kinds if isinstance(kinds, list) else [kinds])
    )


def _addresses(node: dict[str, Any]) -> set[str]:
    page = node.get("mainEntityOfPage")
    found = [node.get("url"), node.get("@id"), page.get("@id") if isinstance(page, dict) else page]
    return {address.split("#")[0] for address in found if isinstance(address, str)}


def _resolve(value: Any, by_id: dict[str, dict[str, Any]]) -> Any:
    if isinstance(value, list):
        return [_resolve(item, by_id) for item in value]
    if isinstance(value, dict) and set(value) == {"@id"}:
        return by_id.get(str(value["@id"]), value)
    return value
