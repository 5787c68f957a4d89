"""The site's REST interface, /wp-json/: posts, terms and users as WordPress prints them, page by page.

In: a request below /wp-json/ (or ?rest_route=) and an edition. Out: JSON, with X-WP-Total and X-WP-TotalPages on lists.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any
from urllib.parse import urlencode

from .edition import Edition
from .exchange import Answer, Request, html_page, json_data, number_of
from .model import SITE_NAME, TAGLINE, ZONE, Post
from .rest_rows import fielded, post_row, term_row, user_row

POSTS = "/wp/v2/posts"
ORDERS = ("date", "modified", "id", "title", "slug", "include")
Rows = list[dict[str, Any]]


def answer(request: Request, edition: Edition, mode: str) -> Answer | None:
    """Answer a REST request; None when it is none of ours or the routes are "removed"."""
    route = route_of(request)
    if route is None or mode == "404":
        return None
    if mode == "403":
        return html_page(
            "<html><head><title>403 Forbidden</title></head><body><h1>403 Forbidden</h1></body></html>\n", 403
        )
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
    if match := re.fullmatch(r"/wp/v2/(categories|tags|users)(?:/(\d+))?", route):
        rows = rows_of(edition, match[1], query.get("post"))
        return collection(rows, query) if match[2] is None else one_row(rows, int(match[2]), query)
    return error("rest_no_route", "Tidak ada rute yang cocok dengan alamat dan metode permintaan.", 404)


def rows_of(edition: Edition, kind: str, post_id: str | None) -> Rows:
    """Return the rows of a kind, of one post only if *post_id* names one."""
    if kind == "users":
        return [user_row(edition, author) for author in edition.authors]
    post = edition.by_id.get(number_of(post_id, 0))
    if kind == "tags":
        return [term_row(edition, term, "post_tag") for term in (post.tags if post else edition.tags)]
    terms = post.categories if post else edition.categories
    return [term_row(edition, term, "category") for term in terms if edition.term_counts[term.id]]


def one_row(rows: Rows, number: int, query: dict[str, str]) -> Answer:
    row = next((row for row in rows if row["id"] == number), None)
    return json_data(fielded(row, query)) if row else error("rest_term_invalid", "Butir itu tidak ada.", 404)


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
    headers.update(neighbours(edition, query, page, int(headers["X-WP-TotalPages"])))
    return json_data([fielded(post_row(edition, post, query), query) for post in found[part]], headers=headers)


def neighbours(edition: Edition, query: dict[str, str], page: int, last: int) -> dict[str, str]:
    """Return the Link header to the pages before and after this one."""
    links = []
    for other, relation in ((page - 1, "prev"), (page + 1, "next")):
        if 1 <= other <= last:
            parameters = urlencode({**query, "page": other})
            links.append(f'<{edition.base}/wp-json{POSTS}?{parameters}>; rel="{relation}"')
    return {"Link": ", ".join(links)} if links else {}


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
    """Read an ISO time; a "+" that the query string turned into a space is forgiven, as by WordPress."""
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
