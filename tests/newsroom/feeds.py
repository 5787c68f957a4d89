"""RSS and Atom: ten posts a page, for the whole site, a category, a tag or an author.

Like WordPress: ETag and Last-Modified tell of the whole site's last change; only the first page of a multi-page post
is in a feed; a post behind a password is listed with the password form in place of its text; ``?paged=``,
``?orderby=`` and ``?order=`` are heard; a page beyond the last is 404 with an empty feed.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import html
import re
from email.utils import format_datetime, parsedate_to_datetime

from . import markup
from .edition import Edition
from .exchange import Answer, Request, moved, number_of
from .model import SITE_NAME, TAGLINE, Post
from .password import FORM_NOTE, form
from .texture import reader_text

PER_PAGE = 10
RSS, ATOM = "application/rss+xml; charset=UTF-8", "application/atom+xml; charset=UTF-8"
PATH = re.compile(r"(?:/(category|tag|author)/([^/]+))?/feed(?:/(atom|rss2|rss))?(/?)")


def answer(request: Request, edition: Edition, mode: str) -> Answer | None:
    """Answer a feed's address; None for any other."""
    match = PATH.fullmatch(request.path)
    if match is None:
        return None
    kind, slug, form_, slash = match.groups()
    if slash != edition.permalinks.trail or form_ in ("rss2", "rss"):
        folder = f"/{kind}/{slug}" if kind else ""
        query = f"?{request.raw_query}" if request.raw_query else ""
        return moved(edition.url(f"{folder}/feed/{'atom/' if form_ == 'atom' else ''}") + query)
    if mode == "404":
        return Answer(404, b"<!DOCTYPE html><title>404</title><p>Umpan tidak tersedia.</p>\n")
    if mode == "home":
        return moved(edition.base + "/")
    posts = posts_of(edition, kind, slug)
    if posts is None:
        return None
    validators = validators_of(edition)
    if unchanged(request, validators):
        return Answer(304, headers=validators)
    query_values = request.query
    page = max(1, number_of(query_values.get("paged"), 1))
    ascending = query_values.get("order", "desc").lower() == "asc"
    ordered = edition.sorted_by(query_values.get("orderby", "date"), posts, ascending=ascending)
    chosen = ordered[(page - 1) * PER_PAGE : page * PER_PAGE]
    status = 200 if chosen or page == 1 else 404
    write = atom if form_ == "atom" else rss
    text = write(edition, chosen, edition.base + request.path, full=mode != "summary")
    return Answer(status, text.encode(), ATOM if form_ == "atom" else RSS, validators if status == 200 else {})


def posts_of(edition: Edition, kind: str | None, slug: str | None) -> tuple[Post, ...] | None:
    """Return the listed posts a feed is about; None when there is no such category, tag or author."""
    if kind is None:
        return edition.listed
    if slug not in {item.slug for item in edition.named(kind)}:
        return None
    return tuple(post for post in edition.listed if slug in slugs_of(post, kind))


def slugs_of(post: Post, kind: str) -> set[str]:
    if kind == "author":
        return {post.author.slug}
    return {term.slug for term in (post.categories if kind == "category" else post.tags)}


def validators_of(edition: Edition) -> dict[str, str]:
    changed = format_datetime(edition.last_modified.astimezone(dt.UTC), usegmt=True)
    return {"Last-Modified": changed, "ETag": f'"{hashlib.md5(changed.encode()).hexdigest()}"'}


def unchanged(request: Request, validators: dict[str, str]) -> bool:
    """WordPress' test: both validators must hold when both are sent, else the one that is."""
    tag, since = request.headers.get("if-none-match"), request.headers.get("if-modified-since")
    tag_holds = tag == validators["ETag"]
    since_holds = False
    if since:
        try:
            since_holds = parsedate_to_datetime(since) >= parsedate_to_datetime(validators["Last-Modified"])
        except ValueError:
            since_holds = False
    if tag and since:
        return tag_holds and since_holds
    return tag_holds or since_holds


def feed_title(post: Post) -> str:
    """The title as XML text; a password is told in it."""
    title = reader_text(markup.title_html(post))
    return html.escape(f"Terproteksi: {title}" if post.status == "password" else title, quote=False)


def feed_text(edition: Edition, post: Post) -> tuple[str, str]:
    """Return (summary, full HTML) of a post in a feed."""
    if post.status == "password":
        return FORM_NOTE, form(edition, post)
    summary = html.escape(markup.excerpt(post), quote=False).replace("[…]", "[&#8230;]")
    return summary, markup.pages(post, edition.base)[0]


def cdata(text: str) -> str:
    return "<![CDATA[" + text.replace("]]>", "]]]]><![CDATA[>") + "]]>"


def rss(edition: Edition, posts: tuple[Post, ...], own: str, *, full: bool) -> str:
    items = "\n".join(rss_item(edition, post, full=full) for post in posts)
    built = format_datetime(edition.last_modified.astimezone(dt.UTC))
    return f"""<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"
	xmlns:content="http://purl.org/rss/1.0/modules/content/"
	xmlns:dc="http://purl.org/dc/elements/1.1/"
	xmlns:atom="http://www.w3.org/2005/Atom"
	xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"
	xmlns:slash="http://purl.org/rss/1.0/modules/slash/"
	>
<channel>
	<title>{SITE_NAME}</title>
	<atom:link href="{own}" rel="self" type="application/rss+xml" />
	<link>{edition.base}</link>
	<description>{TAGLINE}</description>
	<lastBuildDate>{built}</lastBuildDate>
	<language>id</language>
	<sy:updatePeriod>hourly</sy:updatePeriod>
	<sy:updateFrequency>1</sy:updateFrequency>
	<generator>https://wordpress.org/?v=6.1.9</generator>
{items}
</channel>
</rss>
"""


def rss_item(edition: Edition, post: Post, *, full: bool) -> str:
    url = edition.post_url(post)
    summary, text = feed_text(edition, post)
    terms = "".join(f"\n\t\t<category>{cdata(term.name)}</category>" for term in (*post.categories, *post.tags))
    content = f"\n\t\t<content:encoded>{cdata(text)}</content:encoded>" if full else ""
    return f"""	<item>
		<title>{feed_title(post)}</title>
		<link>{url}</link>
		<dc:creator>{cdata(post.author.name)}</dc:creator>
		<pubDate>{format_datetime(post.published.astimezone(dt.UTC))}</pubDate>{terms}
		<guid isPermaLink="false">{edition.base}/?p={post.id}</guid>
		<description>{cdata(summary)}</description>{content}
		<slash:comments>{len(post.comments)}</slash:comments>
	</item>"""


def atom(edition: Edition, posts: tuple[Post, ...], own: str, *, full: bool) -> str:
    entries = "\n".join(atom_entry(edition, post, full=full) for post in posts)
    return f"""<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="id">
	<title type="text">{SITE_NAME}</title>
	<subtitle type="text">{TAGLINE}</subtitle>
	<updated>{zulu(edition.last_modified)}</updated>
	<link rel="alternate" type="text/html" href="{edition.base}" />
	<id>{edition.base}/feed/atom/</id>
	<link rel="self" type="application/atom+xml" href="{own}" />
{entries}
</feed>
"""


def atom_entry(edition: Edition, post: Post, *, full: bool) -> str:
    url = edition.post_url(post)
    summary, text = feed_text(edition, post)
    terms = "".join(
        f'\n\t\t<category scheme="{edition.base}" term="{html.escape(term.name)}" />'
        for term in (*post.categories, *post.tags)
    )
    content = f'\n\t\t<content type="html" xml:base="{url}">{cdata(text)}</content>' if full else ""
    return f"""	<entry>
		<author><name>{html.escape(post.author.name)}</name></author>
		<title type="html">{cdata(feed_title(post))}</title>
		<link rel="alternate" type="text/html" href="{url}" />
		<id>{edition.base}/?p={post.id}</id>
		<updated>{zulu(post.modified)}</updated>
		<published>{zulu(post.published)}</published>{terms}
		<summary type="html">{cdata(summary)}</summary>{content}
	</entry>"""


def zulu(time: dt.datetime) -> str:
    return f"{time.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}"
