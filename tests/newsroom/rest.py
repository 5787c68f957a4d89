"""The site's REST interface, /wp-json/: posts, terms and users as WordPress prints them, page by page.

In: a request below /wp-json/ (or ?rest_route=) and an edition. Out: JSON, with X-WP-Total and X-WP-TotalPages on lists.
"""

from __future__ import annotations

import datetime as dt
import html
import re
from typing import Any

from . import markup
from .edition import Edition
from .exchange import Answer, Request, html_page, json_data
from .model import SITE_NAME, TAGLINE, ZONE, Author, Post, Term

POSTS = "/wp/v2/posts"
STATUSES = {400: "bad", 401: "unauthorized", 404: "missing"}
ORDERS = ("date", "modified", "id", "title", "slug", "include")
Rows = list[dict[str, Any]]


def answer(request: Request, edition: Edition, mode: str) -> Answer | None:
    """Answer a REST request; None when it is none of ours or the routes are "removed"."""
    route = route_of(request)
    if route is None or mode == "404":
        return None
    if mode == "403":
        return html_page("<html><head><title>403 Forbidden</title></head><body><h1>403 Forbidden</h1></body></html>\n", 403)
    if mode == "401":
        return error("rest_login_required", "Antarmuka REST hanya untuk pengguna yang sudah masuk.", 401)
    if request.method not in ("GET", "HEAD"):
        return error("rest_cannot_create", "Maaf, Anda tidak diizinkan melakukan itu.", 401)
    return served(route, request.query, edition)


def route_of(request: Request) -> str | None:
    if "rest_route" in request.query:
        return request.query["rest_route"].rstrip("/")
    match = re.fullmatch(r"/wp-json(/.*)?", request.path)
    return (match[1] or "").rstrip("/") if match else None


def served(route: str, query: dict[str, str], edition: Edition) -> Answer:
    base = edition.base
    if route == "":
        return json_data(index_of(base))
    if match := re.fullmatch(rf"{POSTS}/(\d+)", route):
        return one_post(edition, int(match[1]), query)
    if route == POSTS:
        return posts(edition, query)
    if route == "/wp/v2/categories":
        used = [term for term in edition.categories if edition.term_counts[term.id]]
        return collection([term_row(edition, term, "category") for term in used], query)
    if route == "/wp/v2/tags":
        return collection([term_row(edition, term, "post_tag") for term in edition.tags], query)
    if route == "/wp/v2/users":
        return collection([user_row(edition, author) for author in edition.authors], query)
    return error("rest_no_route", "Tidak ada rute yang cocok dengan alamat dan metode permintaan.", 404)


def error(code: str, message: str, status: int, **data: Any) -> Answer:
    return json_data({"code": code, "message": message, "data": {"status": status, **data}}, status)


def invalid(name: str) -> Answer:
    return error("rest_invalid_param", f"Parameter tidak sah: {name}", 400, params={name: f"{name} tidak sah."})


def index_of(base: str) -> dict[str, Any]:
    return {
        "name": SITE_NAME,
        "description": TAGLINE,
        "url": base,
        "home": base,
        "gmt_offset": "8",
        "timezone_string": "Asia/Makassar",
        "namespaces": ["oembed/1.0", "wp/v2"],
        "authentication": [],
        "routes": {POSTS: {"namespace": "wp/v2", "methods": ["GET"]}},
    }


def one_post(edition: Edition, number: int, query: dict[str, str]) -> Answer:
    post = edition.by_id.get(number)
    if post is None:
        return error("rest_post_invalid_id", "ID tulisan tidak sah.", 404)
    if not post.listed:
        return error("rest_forbidden", "Maaf, Anda tidak diizinkan melakukan itu.", 401)
    return json_data(fielded(post_row(edition, post, query), query))


def posts(edition: Edition, query: dict[str, str]) -> Answer:
    """A page of posts; the time limits are exclusive and read as site time when they name no zone."""
    orderby, order = query.get("orderby", "date"), query.get("order", "desc")
    if orderby not in ORDERS or order not in ("asc", "desc"):
        return invalid("orderby" if orderby not in ORDERS else "order")
    if query.get("status", "publish") != "publish":
        return invalid("status")
    found = list(edition.sorted_by(orderby, edition.listed, ascending=order == "asc"))
    for name in ("after", "before", "modified_after", "modified_before"):
        if name in query:
            limit = time_of(query[name])
            if limit is None:
                return invalid(name)
            found = [post for post in found if _within(post, name, limit)]
    found = [post for post in found if _chosen(post, query)]
    if orderby == "include" and "include" in query:
        wanted = query["include"].split(",")
        found.sort(key=lambda post: wanted.index(str(post.id)))
    paged = page_of(len(found), query)
    if isinstance(paged, Answer):
        return paged
    part, headers, page = paged
    if page > max(1, int(headers["X-WP-TotalPages"])) and found:
        return error("rest_post_invalid_page_number", "Nomor halaman melebihi jumlah halaman yang ada.", 400)
    return json_data([fielded(post_row(edition, post, query), query) for post in found[part]], headers=headers)


def _within(post: Post, name: str, limit: dt.datetime) -> bool:
    time = post.modified if name.startswith("modified") else post.published
    return time > limit if name.endswith("after") else time < limit


def _chosen(post: Post, query: dict[str, str]) -> bool:
    """Whether the post has the ids, slugs, terms and words asked for."""
    asked = {name: set(query[name].split(",")) for name in ("include", "exclude", "slug", "author") if name in query}
    if "include" in asked and str(post.id) not in asked["include"]:
        return False
    if str(post.id) in asked.get("exclude", ()):
        return False
    if "slug" in asked and post.slug not in asked["slug"]:
        return False
    if "author" in asked and str(post.author.id) not in asked["author"]:
        return False
    for name, terms in (("categories", post.categories), ("tags", post.tags)):
        if name in query and not {str(term.id) for term in terms} & set(query[name].split(",")):
            return False
    return query.get("search", "").lower() in post.title.lower()


def time_of(text: str) -> dt.datetime | None:
    """Read an ISO time; a "+" that the query string turned into a space is forgiven, as WordPress does not mind either."""
    try:
        time = dt.datetime.fromisoformat(text.replace(" ", "+") if "T" in text else text)
    except ValueError:
        return None
    return time if time.tzinfo else time.replace(tzinfo=ZONE)


def page_of(total: int, query: dict[str, str]) -> tuple[slice, dict[str, str], int] | Answer:
    """Return the slice of a list a query wants, the total headers and the page number; an Answer for a bad wish."""
    page, size = query.get("page", "1"), query.get("per_page", "10")
    if not page.isdecimal() or int(page) < 1:
        return invalid("page")
    if not size.isdecimal() or not 1 <= int(size) <= 100:
        return invalid("per_page")
    start, length = (int(page) - 1) * int(size), int(size)
    headers = {"X-WP-Total": str(total), "X-WP-TotalPages": str(-(-total // length))}
    return slice(start, start + length), headers, int(page)


def collection(rows: Rows, query: dict[str, str]) -> Answer:
    for name, key in (("include", "id"), ("slug", "slug")):
        if name in query:
            rows = [row for row in rows if str(row[key]) in query[name].split(",")]
    paged = page_of(len(rows), query)
    if isinstance(paged, Answer):
        return paged
    part, headers, _ = paged
    return json_data([fielded(row, query) for row in rows[part]], headers=headers)


def fielded(row: dict[str, Any], query: dict[str, str]) -> dict[str, Any]:
    """Keep what ``_fields`` names, nested names such as ``title.rendered`` included."""
    if "_fields" not in query:
        return row
    kept: dict[str, Any] = {}
    for name in filter(None, (part.strip() for part in query["_fields"].split(","))):
        head, _, rest = name.partition(".")
        if head not in row:
            continue
        if not rest:
            kept[head] = row[head]
        elif isinstance(row[head], dict) and rest in row[head]:
            kept.setdefault(head, {})[rest] = row[head][rest]
    return kept


def post_row(edition: Edition, post: Post, query: dict[str, str]) -> dict[str, Any]:
    hidden = post.status == "password"
    short = html.escape(markup.excerpt(post), quote=False).replace("[…]", "[&hellip;]")
    row = {
        "id": post.id,
        "date": local(post.published),
        "date_gmt": gmt(post.published),
        "guid": {"rendered": f"{edition.base}/?p={post.id}"},
        "modified": local(post.modified),
        "modified_gmt": gmt(post.modified),
        "slug": post.slug,
        "status": "publish",
        "type": "post",
        "link": edition.post_url(post),
        "title": {"rendered": markup.title_html(post)},
        "content": {"rendered": "" if hidden else markup.whole(post, edition.base), "protected": hidden},
        "excerpt": {"rendered": f"<p>{short}</p>\n" if short else "", "protected": hidden},
        "author": post.author.id,
        "featured_media": post.featured.id if post.featured else 0,
        "comment_status": "open",
        "sticky": False,
        "format": "standard",
        "categories": [term.id for term in post.categories],
        "tags": [term.id for term in post.tags],
        "_links": links_of(edition, post),
    }
    asked = query.get("_fields", "_links")
    # WordPress builds embeds from the links, so a `_fields` without either leaves nothing to embed
    if "_embed" in query and ("_links" in asked or "_embedded" in asked):
        row["_embedded"] = embedded(edition, post, query["_embed"])
    return row


def embedded(edition: Edition, post: Post, wanted: str) -> dict[str, Any]:
    terms = [[term_row(edition, term, "category") for term in post.categories]]
    terms.append([term_row(edition, term, "post_tag") for term in post.tags])
    everything: dict[str, Any] = {"author": [user_row(edition, post.author)], "wp:term": terms}
    if wanted in ("", "1", "true"):
        return everything
    return {name: value for name, value in everything.items() if name in wanted.split(",")}


def links_of(edition: Edition, post: Post) -> dict[str, Any]:
    api = f"{edition.base}/wp-json/wp/v2"
    return {
        "self": [{"href": f"{api}/posts/{post.id}"}],
        "collection": [{"href": f"{api}/posts"}],
        "author": [{"embeddable": True, "href": f"{api}/users/{post.author.id}"}],
        "wp:term": [
            {"taxonomy": "category", "embeddable": True, "href": f"{api}/categories?post={post.id}"},
            {"taxonomy": "post_tag", "embeddable": True, "href": f"{api}/tags?post={post.id}"},
        ],
    }


def term_row(edition: Edition, term: Term, taxonomy: str) -> dict[str, Any]:
    folder = "category" if taxonomy == "category" else "tag"
    return {
        "id": term.id,
        "count": edition.term_counts[term.id],
        "link": edition.url(f"/{folder}/{term.slug}/"),
        "name": html.escape(term.name, quote=False),
        "slug": term.slug,
        "taxonomy": taxonomy,
    }


def user_row(edition: Edition, author: Author) -> dict[str, Any]:
    return {
        "id": author.id,
        "name": author.name,
        "slug": author.slug,
        "description": "",
        "link": edition.url(f"/author/{author.slug}/"),
    }


def local(time: dt.datetime) -> str:
    return f"{time:%Y-%m-%dT%H:%M:%S}"


def gmt(time: dt.datetime) -> str:
    return local(time.astimezone(dt.UTC))
