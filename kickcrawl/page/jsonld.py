"""Read a page's JSON-LD (schema.org), whatever shape the site's SEO plugin gave it.

In: the page's tree, and later the nodes that were found in it. Out: nodes as plain dicts, strings and names.
"""

import html
from collections.abc import Iterator, Sequence
from typing import Any

from lxml.html import HtmlElement

from kickcrawl.page.encodings import without_surrogates
from kickcrawl.page.json_values import json_values
from kickcrawl.page.salvage import salvaged

_ARTICLE_TYPES = ("Article", "BlogPosting", "Report", "LiveBlogPosting")


def json_ld_nodes(root: HtmlElement) -> Iterator[dict[str, Any]]:
    """Yield all nodes of the page's JSON-LD in its order, those inside of a graph, too, up to where it is damaged."""
    for script in root.iter("script"):
        if (script.get("type") or "").split(";")[0].strip().lower() != "application/ld+json":
            continue
        is_read = False
        try:
            for value in json_values(script.text or ""):
                is_read = True
                yield from _flatten(without_surrogates(value))
        except RecursionError:  # lists within lists without end
            continue
        if not is_read and (node := salvaged(script.text or "")):
            yield without_surrogates(node)


def is_news(node: dict[str, Any]) -> bool:
    """Tell whether *node* is typed as a newsroom's article, not as a company's or a blog's."""
    return "NewsArticle" in str(node.get("@type")) or is_live_blog(node)


def site_names(nodes: Sequence[dict[str, Any]]) -> list[str]:
    """Return the names of the web site and of the organization behind it, as the page's *nodes* give them."""
    by_type = {str(node.get("@type")): string_of(node.get("name")) for node in nodes}
    kinds = ("WebSite", "NewsMediaOrganization", "Organization")
    publishers = [name for node in nodes if is_article(node) for name in names_of(node.get("publisher"))]
    return list(dict.fromkeys([*(name for kind in kinds if (name := by_type.get(kind))), *publishers]))


def is_article(node: dict[str, Any]) -> bool:
    """Tell whether schema.org's type of *node* is that of an article."""
    kinds = _flat(node.get("@type"))
    return any(isinstance(kind, str) and kind.endswith(_ARTICLE_TYPES) for kind in kinds)


def is_live_blog(node: dict[str, Any]) -> bool:
    """Tell whether *node* is an article to which entries are added while something happens."""
    return "LiveBlogPosting" in str(node.get("@type"))


def string_of(value: Any) -> str | None:
    """Return *value* if it is a non-empty string, entities decoded; the first of a list; else None."""
    value = next(_flat(value), None)
    if isinstance(value, dict):
        value = value.get("@value")
    return html.unescape(value).strip() or None if isinstance(value, str) else None


def time_of(value: Any) -> str | None:
    """Return the time in a property as it is written: text, or a number, seconds since 1970."""
    number = next(_flat(value), None)
    return str(number) if isinstance(number, int) and not isinstance(number, bool) else string_of(value)


def names_of(value: Any) -> list[str]:
    """Return the names in an author, section or keywords property: strings, nodes with names, or lists of these."""
    names = [name for item in _flat(value) for name in _names(item)]
    return [name for name in names if name and not name.startswith(("http://", "https://"))]


def organizations_of(value: Any) -> set[str]:
    """Return those names in an author property whose node is typed as an organization."""
    return {
        name
        for item in _flat(value)
        if isinstance(item, dict) and str(item.get("@type")).endswith("Organization")
        for name in names_of(item)
    }


def _names(item: Any) -> list[str | None]:
    if not isinstance(item, dict):
        return [string_of(item)]
    if names := [string_of(name) for name in _flat(item.get("name"))]:
        return names
    parts = [string_of(item.get(part)) for part in ("givenName", "additionalName", "familyName")]
    return [" ".join(part for part in parts if part) or string_of(item)]


def _flat(value: Any) -> Iterator[Any]:
    """Yield *value*, or what is in it if it is a list, lists within it too."""
    if isinstance(value, dict) and isinstance(value.get("@list"), list):
        value = value["@list"]
    if isinstance(value, list):
        for item in value:
            yield from _flat(item)
    elif value is not None:
        yield value


def _flatten(data: Any) -> Iterator[dict[str, Any]]:
    for item in _flat(data):
        if isinstance(item, dict):
            yield item
            yield from _flatten(item.get("@graph") or [])
            yield from (about for about in _flat(item.get("mainEntity")) if isinstance(about, dict))


def is_locked(node: dict[str, Any]) -> bool:
    """Tell whether a publisher states of *node* that readers pay for it: false, "False", "https://schema.org/False"."""
    return str(node.get("isAccessibleForFree", "")).lower().endswith("false")
