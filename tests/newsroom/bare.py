"""The plain theme, shaped like WordPress' own twentytwentyone: the text, its date, author and terms."""

from __future__ import annotations

import html

from . import markup, parts
from .edition import Edition
from .head import Page, head, title_of
from .model import SITE_NAME, TAGLINE, Post, StaticPage
from .switches import Switches


def dress(edition: Edition, switches: Switches, page: Page) -> str:
    links = "".join(
        f'<li class="page_item"><a href="{edition.url(f"/{own.slug}/")}">{own.title}</a></li>' for own in edition.pages
    )
    return f"""<!doctype html>
<html lang="id">
<head>
{head(edition, switches, page)}
<link rel="stylesheet" href="{edition.base}/wp-content/themes/twentytwentyone/style.css" />
</head>
<body class="{page.body_class} wp-embed-responsive is-light-theme">
<div id="page" class="site">
<a class="skip-link screen-reader-text" href="#content">Lompat ke isi</a>
<header id="masthead" class="site-header"><div class="site-branding">
<p class="site-title"><a href="{edition.base}/">{SITE_NAME}</a></p>
<p class="site-description">{TAGLINE}</p></div></header>
<div id="content" class="site-content"><div id="primary" class="content-area"><main id="main" class="site-main">
{page.main}
</main></div></div>
<aside class="widget-area"><section class="widget widget_pages"><h2 class="widget-title">Laman</h2>
<ul>{links}</ul></section></aside>
<footer id="colophon" class="site-footer"><div class="site-info"><div class="site-name">{SITE_NAME}</div></div></footer>
</div>
</body>
</html>
"""


def posted(edition: Edition, post: Post) -> str:
    """The footer's date, author and terms."""
    day = parts.date_words(post.published)
    author = f'<a href="{edition.url(f"/author/{post.author.slug}/")}" rel="author">{post.author.name}</a>'
    return (
        f'<span class="posted-on">Diterbitkan <time class="entry-date published updated" '
        f'datetime="{post.published.isoformat()}">{day}</time></span><span class="byline">Oleh {author}</span>'
        '<div class="post-taxonomies"><span class="cat-links">Dikategorikan dalam '
        f"{parts.category_links(edition, post)} </span>"
        f'<span class="tags-links">Bertanda {parts.tag_links(edition, post, ", ")}</span></div>'
    )


def single(edition: Edition, switches: Switches, post: Post, number: int) -> str:
    return f"""<article id="post-{post.id}" class="{parts.post_class(post)}">
<header class="entry-header alignwide"><h1 class="entry-title">{title_of(post)}</h1>
{parts.featured(post, edition.base)}</header>
<div class="entry-content">
{parts.content(edition, post, number)}
</div>
<footer class="entry-footer default-max-width">{posted(edition, post)}</footer>
</article>
{parts.comments(post)}"""


def listing(edition: Edition, heading: str, posts: tuple[Post, ...], pager: str) -> str:
    top = f'<header class="page-header alignwide"><h1 class="page-title">{heading}</h1></header>\n' if heading else ""
    rows = "\n".join(
        f'<article id="post-{post.id}" class="{parts.post_class(post)}"><header class="entry-header">'
        f'<h2 class="entry-title"><a href="{edition.post_url(post)}">{title_of(post)}</a></h2></header>'
        f'<div class="entry-content"><p>{html.escape(markup.excerpt(post), quote=False)}</p></div>'
        f'<footer class="entry-footer">{posted(edition, post)}</footer></article>'
        for post in posts
    )
    return top + (rows or "<p>Belum ada berita.</p>") + pager


def static(edition: Edition, page: StaticPage) -> str:
    texts = "\n".join(f"<p>{text}</p>" for text in page.paragraphs)
    return (
        f'<article id="post-{page.id}" class="post-{page.id} page type-page status-publish hentry">'
        f'<header class="entry-header alignwide"><h1 class="entry-title">{page.title}</h1></header>'
        f'<div class="entry-content">\n{texts}\n</div></article>'
    )


def not_found(edition: Edition) -> str:
    return (
        '<header class="page-header alignwide"><h1 class="page-title">Tidak ada di sini</h1></header>'
        '<div class="error-404 not-found"><p>Tak ada apa pun di alamat ini. Coba lewat kotak pencarian.</p></div>'
    )
