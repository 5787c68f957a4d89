"""WordPress' REST API (/wp-json/wp/v2/posts): every post with exact GMT times, a hundred a request.

In: the JSON of one page of the collection and its headers. Out: candidates. Password-protected posts are listed there;
they are marked, and never fetched.
Source: developer.wordpress.org/rest-api/reference/posts/ (modified_after since WordPress 5.7).
"""

import html
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal
from urllib.parse import urlencode

from kickcrawl.article import Candidate, Claim, Moment
from kickcrawl.errors import SeedError
from kickcrawl.page.blocks import fold
from kickcrawl.page.encodings import without_surrogates
from kickcrawl.urls import canonicalize

PER_PAGE = 100  # the most that WordPress allows
_FIELDS = (
    "id,date,date_gmt,modified_gmt,link,status,type,title.rendered,content.protected,"
    "_links.author,_links.wp:term,_embedded"
)


@dataclass(frozen=True, slots=True)
class PostsPage:
    """One page of the collection; *total* counts all posts that the query matches, *pages* how many pages it has."""

    candidates: list[Candidate]
    total: int
    pages: int


def posts_url(route: str, *, order: Literal["date", "modified"], page: int = 1) -> str:
    """Return the address of a page of all posts, newest first by *order*, with authors, categories and tags."""
    query = {"per_page": PER_PAGE, "page": page, "orderby": order, "order": "desc", "_fields": _FIELDS}
    return f"{route}?{urlencode(query | {'_embed': 'author,wp:term'}, safe=',:')}"


def ids_url(route: str, *, page: int = 1) -> str:
    """Return the address of a page of all posts with nothing but what tells them apart: to see which are missing."""
    query = {"per_page": PER_PAGE, "page": page, "orderby": "id", "order": "asc"}
    fields = "id,date,date_gmt,modified_gmt,link,status,type,content.protected"
    return f"{route}?{urlencode(query | {'_fields': fields}, safe=',:')}"


def read_posts(body: bytes, headers: Mapping[str, str]) -> PostsPage:
    """Return the candidates of one page of the collection. *headers* have lower-case names."""
    try:
        posts = without_surrogates(json.loads(body))
    except (ValueError, RecursionError) as error:
        raise SeedError("the REST API answers with something that is no JSON") from error
    if not isinstance(posts, list):
        code = posts.get("code") if isinstance(posts, dict) else None
        raise SeedError(f"the REST API answers with {code or 'something that is no list of posts'}")
    candidates = [found for post in posts if isinstance(post, dict) and (found := _candidate(post))]
    if posts and not any(isinstance(post, dict) and post.get("link") for post in posts):
        raise SeedError("the REST API lists posts without addresses")
    return PostsPage(candidates, _number(headers, "x-wp-total", len(posts)), _number(headers, "x-wp-totalpages", 1))


def _candidate(post: dict[str, Any]) -> Candidate | None:
    if post.get("status", "publish") != "publish" or post.get("type", "post") != "post":
        return None
    try:
        url = canonicalize(str(post["link"]))
    except (KeyError, ValueError):
        return None
    published = _moment(post.get("date_gmt"), post.get("date"))
    modified = _moment(post.get("modified_gmt"), None)
    title = fold(html.unescape(_rendered(post.get("title"))))
    content = post.get("content")
    native_id = str(post["id"]) if isinstance(post.get("id"), int) else None
    return Candidate(
        url=url,
        seed="rest",
        title=title or None,
        published=published,
        modified=modified,
        native_id=native_id,
        is_post=True,
        protected=isinstance(content, dict) and content.get("protected") is True,
        claims=tuple(_claims(title, published, modified, post.get("_embedded"))),
    )


def _claims(title: str, published: Moment | None, modified: Moment | None, embedded: Any) -> Iterable[Claim]:
    if title:
        yield Claim(field="title", value=title, source="rest")
    if published:
        yield Claim(field="published_at", value=published, source="rest")
    if modified:
        yield Claim(field="modified_at", value=modified, source="rest")
    if not isinstance(embedded, dict):
        return
    # Where a plugin hides the users, the author is an error object without a name.
    if authors := _names(embedded.get("author")):
        yield Claim(field="authors", value=authors, source="rest")
    groups = embedded.get("wp:term")
    terms = [term for group in groups if isinstance(group, list) for term in group] if isinstance(groups, list) else []
    if sections := _names(terms, "category"):
        yield Claim(field="sections", value=sections, source="rest")
    if tags := _names(terms, "post_tag"):
        yield Claim(field="tags", value=tags, source="rest")


def _names(items: Any, taxonomy: str | None = None) -> tuple[str, ...]:
    found = []
    for item in items if isinstance(items, list) else []:
        if isinstance(item, dict) and taxonomy in (None, item.get("taxonomy")) and isinstance(item.get("name"), str):
            found.append(fold(html.unescape(item["name"])))
    return tuple(dict.fromkeys(name for name in found if name))


def _moment(gmt: Any, local: Any) -> Moment | None:
    """Return the time of a pair such as date_gmt and date; their difference is the outlet's offset on that day."""
    try:
        at = datetime.fromisoformat(gmt).replace(tzinfo=UTC)
    except (TypeError, ValueError):
        return None
    try:
        offset = round((datetime.fromisoformat(local).replace(tzinfo=UTC) - at).total_seconds() / 60)
    except (TypeError, ValueError):
        return Moment(at, None)
    return Moment(at, offset)


def _rendered(value: Any) -> str:
    rendered = value.get("rendered") if isinstance(value, dict) else None
    return rendered if isinstance(rendered, str) else ""


def _number(headers: Mapping[str, str], name: str, default: int) -> int:
    value = headers.get(name, "")
    return int(value) if value.isdecimal() else default
