"""The newsroom as a site of no known make: its own templates, a sitemap and a feed, or nothing but section pages.

with serve_static(seed=7, articles=60, feed=True, sitemap=True) as site:
    site.base, site.truth(), site.hits, site.modify(3), site.publish(1), site.trash(1)

Long stories are split over ?page=2; sections are at /kanal/NAME/ and go on at /kanal/NAME/indeks-2.html.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import format_datetime

from . import markup
from . import static_pages as pages
from .edition import Edition
from .exchange import XML, Answer, Request, html_page, moved, number_of
from .model import SITE_NAME, Post, page_count
from .server import serve
from .sibling import Sibling, picture, robots
from .site import Newsroom
from .sitemaps import Entry, urlset
from .switches import Switches

PERMALINK = "/berita/%post_id%/%postname%"
NEWEST = 20  # in the feed


class StaticSite(Sibling):
    """A site as a small content system of its own serves it."""

    @staticmethod
    def answer(request: Request, edition: Edition, switches: Switches) -> Answer:
        edition = StaticSite.edition_of(edition)
        return _file(request, edition, switches) or picture(request, edition) or _page(request, edition, switches)


@contextmanager
def serve_static(
    seed: int = 7,
    articles: int = 60,
    *,
    feed: bool = True,
    sitemap: bool = True,
    permalink: str = PERMALINK,
    port: int = 0,
) -> Iterator[Newsroom]:
    """Serve a new site on 127.0.0.1 for the length of the block, with or without its seeds for machines."""
    with serve(seed, articles, permalink, port, StaticSite) as site:
        site.switch(feed="on" if feed else "404", sitemap="seo" if sitemap else "off")
        yield site


def _file(request: Request, edition: Edition, switches: Switches) -> Answer | None:
    base = edition.base
    if request.path == "/robots.txt" and switches.robots != "404":
        lines = ["User-agent: *", "Disallow: /cari"]
        return robots(lines + [f"Sitemap: {base}/sitemap.xml"] * (switches.sitemap != "off"), switches)
    if request.path == "/sitemap.xml" and switches.sitemap != "off":
        return Answer(200, urlset(_entries(edition)).encode(), XML)
    if request.path == "/rss.xml" and switches.feed != "404":
        return Answer(200, _rss(edition).encode(), "application/rss+xml; charset=UTF-8")
    return None


def _entries(edition: Edition) -> Iterator[Entry]:
    """Everything in one file: the front page, sections, static pages and stories."""
    yield edition.base + "/", None, ""
    for term in edition.categories:
        yield f"{edition.base}/kanal/{term.slug}/", None, ""
    for own in edition.pages:
        yield f"{edition.base}/{own.slug}.html", None, ""
    for post in _public(edition):
        yield edition.post_url(post), post.modified, ""


def _rss(edition: Edition) -> str:
    items = "\n".join(
        f"<item><title>{html.escape(post.title, quote=False)}</title><link>{edition.post_url(post)}</link>"
        f"<pubDate>{format_datetime(post.published)}</pubDate>"
        f"<description>{html.escape(markup.excerpt(post, 20))}</description></item>"
        for post in _public(edition)[:NEWEST]
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel><title>{SITE_NAME}</title>'
        f"<link>{edition.base}/</link><description>Berita terbaru</description>\n{items}\n</channel></rss>\n"
    )


def _page(request: Request, edition: Edition, switches: Switches) -> Answer:
    path = request.path
    if path == "/":
        return html_page(pages.front(edition, switches, _public(edition)))
    if match := re.fullmatch(r"/kanal/([^/]+)/(?:indeks-(\d+)\.html)?", path):
        term = next((term for term in edition.categories if term.slug == match[1]), None)
        posts = tuple(post for post in _public(edition) if term in post.categories)
        number = int(match[2] or 1)
        if term is not None and (number == 1 or (number - 1) * pages.PER_PAGE < len(posts)):
            return html_page(pages.section(edition, switches, term, posts, number))
    for own in edition.pages:
        if path == f"/{own.slug}.html":
            return html_page(pages.static(edition, switches, own))
    for post in _public(edition):
        if path == edition.permalinks.path(post):
            number = number_of(request.query.get("page"), 1)
            if 1 <= number <= page_count(post):
                return html_page(pages.single(edition, switches, post, number))
        if any(path == edition.permalinks.path(post, old) for old in post.old_slugs):
            return moved(edition.post_url(post), by="katalog")
    return html_page(pages.missing(edition, switches), switches.gone)


def _public(edition: Edition) -> tuple[Post, ...]:
    return tuple(post for post in edition.listed if post.status == "publish")
