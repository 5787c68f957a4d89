"""WordPress: its marks, its usual places, and its REST API (/wp-json/wp/v2/posts), which lists all posts.

The API gives every post with exact GMT times, a hundred a request. In: the JSON of one page of the collection and its
headers. Out: candidates. Password-protected posts are listed there; they are marked, and never fetched.
Source: developer.wordpress.org/rest-api/reference/posts/ (modified_after since WordPress 5.7).
"""

import html
import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin

from kickcrawl.article import Candidate, Claim, Field, Moment, PostsName, Reason, Rejection
from kickcrawl.errors import SeedError
from kickcrawl.page.blocks import fold
from kickcrawl.page.encodings import without_surrogates
from kickcrawl.page.head_tags import HeadTags
from kickcrawl.page.parsed import ParsedPage
from kickcrawl.platforms.record import Mark, PageHead, Platform, PostsList, PostsPage, PostsQuery
from kickcrawl.urls import canonicalize

REST = PostsName("rest")
MAX_POSTS_PER_PAGE = 100  # WordPress' own limit
_API = "https://api.w.org/"  # the value of rel by which a page names its REST API
_IDENTITY = "id,date,date_gmt,modified_gmt,link,status,type,content.protected"
_ALL = f"{_IDENTITY},title.rendered,_links.author,_links.wp:term,_links.wp:featuredmedia,_embedded"
# WordPress core's body classes (get_body_class); the first that is there decides.
_BODY_CLASSES: tuple[tuple[str, Reason], ...] = (
    ("error404", "error-page"), ("attachment", "attachment"), ("search", "search-page"), ("archive", "list-page"),
    ("blog", "front-page"), ("home", "front-page"), ("page", "static-page"),
)  # fmt: skip
_TAXONOMIES: tuple[tuple[Field, str], ...] = (("sections", "category"), ("tags", "post_tag"))
_OWN_CLASS = re.compile(r"(?:postid|page-id|wp-|wordpress|attachmentid|category-|tag-|author-|term-)")
_TAGS = re.compile(r"<[^>]*>")
_FILES = r"/wp-(?:content|includes)/"


def locate_posts(head: PageHead, home: str) -> str:
    """Return the address of the posts route: below the API that the front page names, else where it usually is."""
    return urljoin(urljoin(home, head.links.get(_API, "wp-json/")), "wp/v2/posts")


def posts_url(route: str, query: PostsQuery) -> str:
    """Return the address of the first page of all posts; with authors, categories and tags but for "addresses"."""
    if query == "addresses":
        asked = {"per_page": MAX_POSTS_PER_PAGE, "page": 1, "orderby": "id", "order": "asc", "_fields": _IDENTITY}
    else:
        order = "modified" if query == "modified" else "date"
        asked = {"per_page": MAX_POSTS_PER_PAGE, "page": 1, "orderby": order, "order": "desc", "_fields": _ALL}
        asked["_embed"] = "author,wp:term,wp:featuredmedia"
    return f"{route}?{urlencode(asked, safe=',:')}"


def year_url(route: str, year: int) -> str:
    """Return the address that counts the posts of *year*, by the site's own clock; both bounds are excluded."""
    first, last = f"{year - 1}-12-31T23:59:59", f"{year + 1}-01-01T00:00:00"
    return f"{route}?{urlencode({'per_page': 1, 'after': first, 'before': last, '_fields': _IDENTITY}, safe=',:')}"


def read_posts(body: bytes, url: str, headers: Mapping[str, str], timezone: str) -> PostsPage:
    """Return one page of the collection, asked for at *url*. *headers* have lower-case names; times are in GMT.

    Raises SeedError where it is no list of posts.
    """
    del timezone  # part of every reader's signature
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
    return PostsPage(
        candidates=candidates,
        total=_number(headers, "x-wp-total", len(posts)),
        next_url=_next_page(url, _number(headers, "x-wp-totalpages", 1)) if candidates else None,
        is_counted=headers.get("x-wp-total", "").isdecimal(),
    )


def _next_page(url: str, pages: int) -> str | None:
    route, _, query = url.partition("?")
    asked = dict(parse_qsl(query))
    page = int(asked.get("page", 1)) + 1
    return f"{route}?{urlencode(asked | {'page': page}, safe=',:')}" if page <= pages else None


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
        seed=REST,
        title=title or None,
        published=published,
        modified=modified,
        native_id=native_id,
        is_post=True,
        protected=isinstance(content, dict) and content.get("protected") is True,
        claims=tuple(_claims(title, published, modified, post)),
    )


def _claims(title: str, published: Moment | None, modified: Moment | None, post: dict[str, Any]) -> Iterator[Claim]:
    if title:
        yield Claim(field="title", value=title, source=REST)
    if published:
        yield Claim(field="published_at", value=published, source=REST)
    if modified:
        yield Claim(field="modified_at", value=modified, source=REST)
    embedded = post.get("_embedded")
    if not isinstance(embedded, dict):
        return
    # Where a plugin hides the users, the author is an error object without a name.
    if authors := _names(embedded.get("author")):
        yield Claim(field="authors", value=authors, source=REST)
    terms = [term for group in _lists(embedded.get("wp:term")) for term in group]
    listed = _taxonomies(post.get("_links"))
    for field, taxonomy in _TAXONOMIES:
        names = _names(terms, taxonomy)
        if names or (taxonomy in listed and not any(_is_error(term) for term in terms)):
            yield Claim(field=field, value=names, source=REST)  # an empty one says that the post has none
    yield from _featured(embedded.get("wp:featuredmedia"))


def _featured(media: Any) -> Iterator[Claim]:
    """Yield the caption of the picture above the post: block themes do not show it."""
    for picture in media if isinstance(media, list) else []:
        address = picture.get("source_url") if isinstance(picture, dict) else None
        caption = fold(html.unescape(_TAGS.sub("", _rendered(picture.get("caption"))))) if address else ""
        if caption:
            yield Claim(field="picture", value=(str(address), caption), source=REST)
            return


def _taxonomies(links: Any) -> set[str]:
    """Return the taxonomies whose terms of the post are embedded: of an empty list only its link says which it is."""
    named = links.get("wp:term") if isinstance(links, dict) else None
    return {str(link.get("taxonomy")) for link in named if isinstance(link, dict)} if isinstance(named, list) else set()


def _lists(groups: Any) -> list[list[Any]]:
    return [group for group in groups if isinstance(group, list)] if isinstance(groups, list) else []


def _is_error(term: Any) -> bool:
    return not isinstance(term, dict) or "taxonomy" not in term


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


def native_id(page: ParsedPage) -> str | None:
    """Return the post's ID: from the body's class ``postid-N``, else from the page's short link."""
    body = next(page.root.iter("body"), None)
    for name in (body.get("class") or "").split() if body is not None else ():
        if match := re.fullmatch(r"postid-(\d+)", name):
            return match[1]
    for link in page.head.links:
        if link.rel == "shortlink" and (match := re.search(r"[?&]p=(\d+)$", link.href)):
            return match[1]
    return None


def page_kind(page: ParsedPage) -> Rejection | None:
    """Return why *page* is no post, by the classes of its body element."""
    body = next(page.root.iter("body"), None)
    classes = set((body.get("class") or "").split()) if body is not None else set()
    for name, reason in _BODY_CLASSES if _is_wordpress(page.head, classes) else ():
        if name in classes and (name == "attachment" or "single" not in classes):
            return Rejection(reason=reason, detail=f"body class {name}")
    return None


def _is_wordpress(head: HeadTags, classes: set[str]) -> bool:
    """Tell whether the body's classes are WordPress': other sites use such plain words for other things."""
    if any(_OWN_CLASS.match(name) for name in classes):
        return True
    if re.search(_FILES, "\n".join(link.href for link in head.links)):
        return True
    return any(meta.name == "generator" and meta.content.startswith("WordPress") for meta in head.metas)


WORDPRESS = Platform(
    name="wordpress",
    marks=(
        Mark(sign="its generator tag", where="generator", pattern="wordpress"),
        Mark(sign="its link to the REST API", where="rel", pattern=f"^{re.escape(_API)}$"),
        Mark(sign="files below wp-content", where="address", pattern=_FILES, is_shared=True),
    ),
    posts=PostsList(
        name=REST,
        locate=locate_posts,
        query_url=posts_url,
        read=read_posts,
        year_url=year_url,
        is_tried_unmarked=True,
        weaker_than_page=frozenset(("modified_at", "sections")),
    ),
    sitemaps=("sitemap_index.xml", "wp-sitemap.xml", "sitemap.xml"),
    # The first names the last edited, too: orderby is a public query variable.
    feeds=("feed/atom/?orderby=modified&order=desc", "feed/"),
    feed_use="alternatives",
    keeps_usual=True,
    never=(r"^/wp-", r"^/xmlrpc\.php", r"^/comments/", r"/comment-page-\d+"),
    native_id=native_id,
    page_kind=page_kind,
)
