"""Blogger's Atom feed of all posts: /feeds/posts/default with start-index, max-results and orderby, 150 at most."""

from __future__ import annotations

import html
from urllib.parse import quote

from .blogger_pages import BLOG_ID, body, labels_of, post_id
from .edition import Edition
from .exchange import Answer, Request, number_of
from .markup import excerpt
from .model import SITE_NAME, TAGLINE, Post

MAX_POSTS = 150
ATOM = "application/atom+xml; charset=UTF-8"


def feed(request: Request, edition: Edition, *, full: bool) -> Answer | None:
    """Answer the feed's address; None for any other."""
    if request.path not in ("/feeds/posts/default", "/feeds/posts/summary"):
        return None
    start = max(1, number_of(request.query.get("start-index"), 1))
    size = min(MAX_POSTS, number_of(request.query.get("max-results"), 25))
    order = "modified" if request.query.get("orderby") == "updated" else "date"
    posts = edition.sorted_by(order, edition.listed)
    full = full and request.path.endswith("default")
    entries = "".join(_entry(edition, post, full=full) for post in posts[start - 1 : start - 1 + size])
    text = (
        "<?xml version='1.0' encoding='UTF-8'?><?xml-stylesheet href=\"http://www.blogger.com/styles/atom.css\" "
        "type=\"text/css\"?><feed xmlns='http://www.w3.org/2005/Atom' "
        "xmlns:openSearch='http://a9.com/-/spec/opensearchrss/1.0/' "
        "xmlns:blogger='http://schemas.google.com/blogger/2008' "
        "xmlns:georss='http://www.georss.org/georss' xmlns:gd=\"http://schemas.google.com/g/2005\" "
        f"xmlns:thr='http://purl.org/syndication/thread/1.0'><id>tag:blogger.com,1999:blog-{BLOG_ID}</id>"
        f"<updated>{_stamp(edition.last_modified)}</updated><title type='text'>{SITE_NAME}</title>"
        f"<subtitle type='html'>{TAGLINE}</subtitle><link rel='alternate' type='text/html' href='{edition.base}/'/>"
        "<generator version='7.00' uri='http://www.blogger.com'>Blogger</generator>"
        f"<openSearch:totalResults>{len(posts)}</openSearch:totalResults>"
        f"<openSearch:startIndex>{start}</openSearch:startIndex>"
        f"<openSearch:itemsPerPage>{size}</openSearch:itemsPerPage>{entries}</feed>"
    )
    return Answer(200, text.encode(), ATOM)


def _entry(edition: Edition, post: Post, *, full: bool) -> str:
    url, number = edition.post_url(post), post_id(post)
    labels = "".join(
        f'<category scheme="http://www.blogger.com/atom/ns#" term="{html.escape(label)}"/>' for label in labels_of(post)
    )
    text = (
        f"<content type='html'>{html.escape(body(edition, post))}</content>"
        if full
        else f"<summary type='text'>{html.escape(excerpt(post, 30))}</summary>"
    )
    self_link = f"http://www.blogger.com/feeds/{BLOG_ID}/posts/default/{number}"
    return (
        f"<entry><id>tag:blogger.com,1999:blog-{BLOG_ID}.post-{number}</id>"
        f"<published>{_stamp(post.published)}</published><updated>{_stamp(post.modified)}</updated>{labels}"
        f"<title type='text'>{html.escape(post.title, quote=False)}</title>{text}"
        f"<link rel='replies' type='application/atom+xml' href='{edition.base}/feeds/{number}/comments/default'/>"
        f"<link rel='edit' type='application/atom+xml' href='{self_link}'/>"
        f"<link rel='alternate' type='text/html' href='{url}' title='{quote(post.slug)}'/>"
        f"<author><name>{html.escape(post.author.name)}</name><uri>http://www.blogger.com/profile/{post.author.id}</uri>"
        "<email>noreply@blogger.com</email></author></entry>"
    )


def _stamp(time: object) -> str:
    return f"{time:%Y-%m-%dT%H:%M:%S}.001+08:00"
