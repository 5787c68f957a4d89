"""Posts, terms and users as the REST interface prints them, with the fields and embeds a query asks for."""

from __future__ import annotations

import datetime as dt
import html
from typing import Any

from . import markup
from .edition import Edition
from .model import Author, Post, Term


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
