"""What stands in a page's head: title, canonical address, feed links, and what an SEO plugin adds for a post."""

from __future__ import annotations

import html
import json
from dataclasses import dataclass
from typing import Any

from . import markup, rights
from .edition import Edition
from .model import SITE_NAME, Post
from .switches import Switches
from .texture import reader_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page for a theme to dress: *title* is HTML, *main* is what stands between header and footer."""

    title: str
    body_class: str
    url: str
    main: str
    post: Post | None = None  # set on a single post
    robots: str = "max-image-preview:large"


def title_of(post: Post) -> str:
    """The title as HTML; a password is told in it."""
    return ("Terproteksi: " if post.status == "password" else "") + markup.title_html(post)


def head(edition: Edition, switches: Switches, page: Page) -> str:
    """Return the lines inside <head> that do not depend on the theme."""
    tagged = switches.clutter and switches.seo != "none"
    dash = "-" if tagged and switches.seo == "graph" else "&#8211;"
    name = page.title if page.title == SITE_NAME else f"{page.title} {dash} {SITE_NAME}"
    lines = [
        '<meta charset="UTF-8" />',
        '<meta name="viewport" content="width=device-width, initial-scale=1" />',
        f"<title>{name}</title>",
        f'<meta name="robots" content="{page.robots}" />',
    ]
    lines += rights.tags(switches, page.post)
    if page.url:
        lines.append(f'<link rel="canonical" href="{page.url}" />')
    if switches.feed in ("on", "summary"):
        feed = edition.url("/feed/")
        lines.append(
            f'<link rel="alternate" type="application/rss+xml" title="{SITE_NAME} &raquo; Feed" href="{feed}" />'
        )
    if tagged:
        lines += post_tags(edition, switches, page.post) if page.post else site_tags()
    if switches.rest == "on":
        api = f"{edition.base}/wp-json/"
        lines.append(f'<link rel="https://api.w.org/" href="{api}" />')
        if page.post:
            lines.append(f'<link rel="alternate" type="application/json" href="{api}wp/v2/posts/{page.post.id}" />')
    if page.post:
        lines.append(f'<link rel="shortlink" href="{edition.base}/?p={page.post.id}" />')
        if switches.amp:
            url = edition.url(f"{edition.permalinks.path(page.post).rstrip('/')}/amp/")
            lines.append(f'<link rel="amphtml" href="{url}" />')
    return "\n".join(lines)


def meta(attribute: str, name: str, value: str) -> str:
    return f'<meta {attribute}="{name}" content="{html.escape(value)}" />'


def site_tags() -> list[str]:
    return [
        meta("property", "og:locale", "id_ID"),
        meta("property", "og:type", "website"),
        meta("property", "og:site_name", SITE_NAME),
    ]


def post_tags(edition: Edition, switches: Switches, post: Post) -> list[str]:
    title, url = reader_text(title_of(post)), edition.post_url(post)
    image = markup.thumbnail(post)
    lines = [
        meta("name", "description", markup.excerpt(post, 25)),
        meta("property", "og:locale", "id_ID"),
        meta("property", "og:type", "article"),
        meta("property", "og:title", f"{title} - {SITE_NAME}"),
        meta("property", "og:description", markup.excerpt(post, 25)),
        meta("property", "og:url", url),
        meta("property", "og:site_name", SITE_NAME),
        meta("property", "article:published_time", post.published.isoformat()),
    ]
    if post.modified != post.published:
        lines.append(meta("property", "article:modified_time", post.modified.isoformat()))
    lines.append(meta("property", "article:section", post.categories[0].name))
    lines += [meta("property", "article:tag", tag.name) for tag in post.tags]
    if image:
        lines.append(meta("property", "og:image", f"{edition.base}/wp-content/uploads/{image.path}"))
    lines += [meta("name", "author", post.author.name), meta("name", "twitter:card", "summary_large_image")]
    data = (
        graph(edition, post, rights.properties(switches))
        if switches.seo == "graph"
        else {"@context": "https://schema.org", **article(edition, post), **rights.properties(switches)}
    )
    # "</" would end the script early; WordPress escapes every slash
    text = json.dumps(data, ensure_ascii=False).replace("/", "\\/")
    return [*lines, f'<script type="application/ld+json" class="schema-data">{text}</script>']


def article(edition: Edition, post: Post, kind: str = "NewsArticle") -> dict[str, Any]:
    url, image = edition.post_url(post), markup.thumbnail(post)
    data: dict[str, Any] = {
        "@type": kind,
        "@id": f"{url}#article",
        "headline": reader_text(title_of(post)),
        "datePublished": post.published.isoformat(),
        "dateModified": post.modified.isoformat(),
        "author": {
            "@type": "Person",
            "name": post.author.name,
            "url": edition.url(f"/author/{post.author.slug}/"),
        },
        "mainEntityOfPage": {"@type": "WebPage", "@id": url},
        "publisher": {"@type": "Organization", "@id": f"{edition.base}/#organization", "name": SITE_NAME},
        "articleSection": [term.name for term in post.categories],
        "keywords": [tag.name for tag in post.tags],
        "inLanguage": "id",
    }
    if image:
        data["image"] = {"@type": "ImageObject", "url": f"{edition.base}/wp-content/uploads/{image.path}"}
    return data


def graph(edition: Edition, post: Post, more: dict[str, Any]) -> dict[str, Any]:
    url, home = edition.post_url(post), edition.base + "/"
    steps = [("Beranda", home), (post.categories[0].name, edition.url(f"/category/{post.categories[0].slug}/"))]
    crumbs = [
        {"@type": "ListItem", "position": place, "name": name, "item": item}
        for place, (name, item) in enumerate(steps, start=1)
    ]
    crumbs.append({"@type": "ListItem", "position": 3, "name": reader_text(title_of(post))})
    page = {
        "@type": "WebPage",
        "@id": url,
        "url": url,
        "name": f"{reader_text(title_of(post))} - {SITE_NAME}",
        "isPartOf": {"@id": f"{home}#website"},
        "datePublished": post.published.isoformat(),
        "dateModified": post.modified.isoformat(),
    }
    return {
        "@context": "https://schema.org",
        "@graph": [
            {**article(edition, post, "Article"), **more},
            page,
            {"@type": "BreadcrumbList", "@id": f"{url}#breadcrumb", "itemListElement": crumbs},
            {"@type": "WebSite", "@id": f"{home}#website", "url": home, "name": SITE_NAME},
            {"@type": "Organization", "@id": f"{home}#organization", "name": SITE_NAME, "url": home},
        ],
    }
