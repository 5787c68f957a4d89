"""The newsroom as a blog on Blogger: its feed of all posts, and lists by label that robots.txt keeps crawlers from.

with serve_blogger(seed=7, articles=60) as site:
    site.base, site.truth(), site.hits, site.switch(feed="404"), site.modify(3), site.publish(1), site.trash(1)

Labels are categories and tags at once, so that both are the same in the truth. Switches that mean something here: feed
(on, summary, 404), sitemap (off for none), clutter (a portal's theme, or Blogger's own with the headline in h3).
"""

from __future__ import annotations

import re
from contextlib import AbstractContextManager
from typing import Any
from urllib.parse import unquote

from . import blogger_pages as pages
from .blogger_feed import feed
from .edition import Edition
from .edits import EditRefused
from .exchange import XML, Answer, Request, html_page
from .model import Post
from .server import serve
from .sibling import Sibling, picture, robots, without_page_breaks
from .site import Newsroom
from .sitemaps import index, urlset
from .switches import Switches

PERMALINK = "/%year%/%monthnum%/%postname%.html"
PER_SITEMAP = 150


class Blog(Sibling):
    """A site as Blogger serves it."""

    def edit(self, id: int, kind: str) -> dict[str, Any]:
        """Change one post; Blogger never changes the address of a post that is out."""
        if kind == "slug":
            raise EditRefused(self._edition.by_id[id], kind, "Blogger keeps its address")
        return super().edit(id, kind)

    @staticmethod
    def adapted(post: Post) -> Post:
        return without_page_breaks(Sibling.adapted(post))

    @staticmethod
    def truth_of(edition: Edition, post: Post) -> dict[str, Any]:
        labels = pages.labels_of(post)
        return {**Sibling.truth_of(edition, post), "category": labels, "tags": labels}

    @staticmethod
    def answer(request: Request, edition: Edition, switches: Switches) -> Answer:
        edition = Blog.edition_of(edition)
        found = _file(request, edition, switches) or picture(request, edition)
        if found is None and switches.feed != "404":
            found = feed(request, edition, full=switches.feed != "summary")
        return found or _page(request, edition, switches)


def serve_blogger(seed: int = 7, articles: int = 60, port: int = 0) -> AbstractContextManager[Newsroom]:
    """Serve a new blog on 127.0.0.1 for the length of the block."""
    return serve(seed, articles, PERMALINK, port, Blog)


def _file(request: Request, edition: Edition, switches: Switches) -> Answer | None:
    if request.path == "/robots.txt" and switches.robots != "404":
        lines = ["User-agent: Mediapartners-Google", "Disallow: ", "", "User-agent: *", "Disallow: /search", "Allow: /"]
        return robots([*lines, "", f"Sitemap: {edition.base}/sitemap.xml"], switches)
    if request.path == "/sitemap.xml" and switches.sitemap != "off":
        return Answer(200, _sitemap(request, edition).encode(), XML)
    if request.path == "/sitemap-pages.xml":
        return Answer(200, urlset((edition.base + f"/p/{p.slug}.html", None, "") for p in edition.pages).encode(), XML)
    return None


def _sitemap(request: Request, edition: Edition) -> str:
    """One file for the posts of a small blog, an index of ?page=1, ?page=2, ... for a larger one, as Blogger does."""
    files = [edition.listed[start : start + PER_SITEMAP] for start in range(0, len(edition.listed), PER_SITEMAP)]
    if len(files) > 1 and "page" not in request.query:
        return index((f"{edition.base}/sitemap.xml?page={number}", None, "") for number in range(1, len(files) + 1))
    number = int(request.query.get("page") or 1)
    posts = files[number - 1] if 1 <= number <= len(files) else ()
    return urlset((edition.post_url(post), post.modified, "") for post in posts)


def _page(request: Request, edition: Edition, switches: Switches) -> Answer:
    path = request.path
    if path == "/":
        return html_page(pages.listing(edition, switches, "", edition.listed[: pages.PER_PAGE]))
    if match := re.fullmatch(r"/search/label/([^/]+)", path):
        label = unquote(match[1])
        posts = tuple(post for post in edition.listed if label in pages.labels_of(post))
        return html_page(pages.listing(edition, switches, label, posts[: pages.PER_PAGE]))
    if path == "/search":
        return html_page(pages.listing(edition, switches, "Arsip", _older(request, edition)))
    if match := re.fullmatch(r"/(\d{4})/(?:(\d\d)/)?", path):
        stamp = match[1] + (match[2] or "")
        posts = tuple(post for post in edition.listed if f"{post.published:%Y%m}".startswith(stamp))
        return html_page(pages.listing(edition, switches, stamp, posts))
    for own in edition.pages:
        if path == f"/p/{own.slug}.html":
            return html_page(pages.static(edition, switches, own))
    for post in edition.listed:
        if path == edition.permalinks.path(post):
            return html_page(pages.single(edition, switches, post))
    return html_page(pages.missing(edition, switches), 404)


def _older(request: Request, edition: Edition) -> tuple[Post, ...]:
    before = request.query.get("updated-max", "")
    older = [post for post in edition.listed if not before or post.published.isoformat() < before]
    return tuple(older[: pages.PER_PAGE])
