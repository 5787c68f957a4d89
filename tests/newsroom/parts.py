"""Pieces of a page that both themes print the same way, because WordPress itself prints them."""

from __future__ import annotations

import datetime as dt
import html

from . import markup, phrases
from .edition import Edition
from .model import Image, Post, page_count
from .password import form


def date_words(time: dt.datetime) -> str:
    return f"{time.day} {phrases.MONTHS[time.month - 1]} {time.year}"


def long_date(time: dt.datetime) -> str:
    return f"{phrases.DAYS[time.weekday()]}, {date_words(time)}"


def single_class(post: Post) -> str:
    return f"post-template-default single single-post postid-{post.id} single-format-standard"


def post_class(post: Post, *more: str) -> str:
    """The classes of a post's <article>."""
    terms = [f"category-{term.slug}" for term in post.categories] + [f"tag-{term.slug}" for term in post.tags]
    locked = ["post-password-required"] if post.status == "password" else []
    thumbnail = ["has-post-thumbnail"] if post.featured and not locked else []
    standard = [f"post-{post.id}", "post", "type-post", "status-publish", "format-standard"]
    return " ".join([*standard, *locked, *thumbnail, "hentry", *terms, *more])


def content(edition: Edition, post: Post, number: int) -> str:
    """The text of one page of a post, or the form where a password is needed, with links to the post's other pages."""
    if post.status == "password":
        return form(edition, post)
    return markup.pages(post, edition.base)[number - 1] + page_links(edition, post, number)


def page_links(edition: Edition, post: Post, number: int) -> str:
    total = page_count(post)
    if total == 1:
        return ""
    links = []
    for other in range(1, total + 1):
        url = edition.base + edition.permalinks.page_path(post, other)
        current = f'<span class="post-page-numbers current" aria-current="page">{other}</span>'
        links.append(current if other == number else f'<a href="{url}" class="post-page-numbers">{other}</a>')
    return f'\n<nav class="page-links" aria-label="Halaman">Halaman: {" ".join(links)}</nav>'


def featured(post: Post, base: str) -> str:
    """The picture above a post; a password hides it too."""
    if post.featured is None or post.status == "password":
        return ""
    caption = markup.caption_html(post, post.featured)
    under = f'<figcaption class="wp-caption-text">{caption}</figcaption>' if post.featured.caption else ""
    picture = markup.image_tag(post.featured, base, "attachment-post-thumbnail size-post-thumbnail wp-post-image")
    return f'<figure class="post-thumbnail">{picture}{under}</figure>'


def category_links(edition: Edition, post: Post) -> str:
    return ", ".join(
        f'<a href="{edition.url(f"/category/{term.slug}/")}" rel="category tag">{html.escape(term.name)}</a>'
        for term in post.categories
    )


def tag_links(edition: Edition, post: Post, between: str) -> str:
    return between.join(
        f'<a href="{edition.url(f"/tag/{term.slug}/")}" rel="tag">{html.escape(term.name)}</a>' for term in post.tags
    )


def comments(post: Post) -> str:
    if not post.comments or post.status == "password":
        return ""
    rows = "\n".join(
        f'<li id="comment-{comment.id}" class="comment depth-1"><article class="comment-body">'
        '<footer class="comment-meta">'
        f'<div class="comment-author vcard"><b class="fn">{comment.author}</b> <span class="says">berkata:</span></div>'
        f'<time datetime="{comment.at.isoformat()}">{date_words(comment.at)} pukul {comment.at:%H.%M}</time></footer>'
        f'<div class="comment-content"><p>{html.escape(comment.text, quote=False)}</p></div></article></li>'
        for comment in post.comments
    )
    return (
        f'<div id="comments" class="comments-area"><h2 class="comments-title">{len(post.comments)} tanggapan</h2>\n'
        f'<ol class="comment-list">{rows}</ol></div>'
    )


def attachment(edition: Edition, post: Post, image: Image) -> str:
    """An attachment's own page, which WordPress keeps below the post it was uploaded to."""
    picture = markup.image_tag(image, edition.base, "attachment-full")
    caption = (
        f'<figcaption class="wp-caption-text">{markup.caption_html(post, image)}</figcaption>' if image.caption else ""
    )
    return (
        f'<article id="post-{image.id}" class="post-{image.id} attachment type-attachment status-inherit hentry">'
        f'<header class="entry-header"><h1 class="entry-title">{image.slug}</h1></header>'
        f'<div class="entry-content"><figure class="wp-block-image">{picture}{caption}</figure></div></article>'
    )


def pager(edition: Edition, folder: str, number: int, last: int) -> str:
    """Links to the pages of a list before and after this one."""
    if last < 2:
        return ""
    links = []
    for other in sorted({1, number - 1, number, number + 1, last} & set(range(1, last + 1))):
        url = edition.url(f"{folder}page/{other}/" if other > 1 else folder)
        current = f'<span aria-current="page" class="page-numbers current">{other}</span>'
        links.append(current if other == number else f'<a class="page-numbers" href="{url}">{other}</a>')
    return f'<nav class="navigation pagination"><div class="nav-links">{" ".join(links)}</div></nav>'
