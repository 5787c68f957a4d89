"""A blog's pages: a post in Blogger's own theme (its title in h3, the blog's in h1) or in a portal's (its title in h1).

A post's body is Blogger's own markup: captions in tables, pictures in separators, the jump break as an empty anchor.
"""

from __future__ import annotations

import html
import re
from dataclasses import replace
from urllib.parse import quote

from . import markup, parts
from .edition import Edition
from .model import SITE_NAME, TAGLINE, Block, Gallery, Image, Mark, Picture, Post, StaticPage, Text
from .sibling import PICTURES, unlike_wordpress
from .switches import Switches

BLOG_ID = "7093311220046"
PER_PAGE = 7


def post_id(post: Post) -> str:
    return f"48120{post.id:014d}"


def labels_of(post: Post) -> list[str]:
    """Blogger lists a post's labels in the order of the alphabet."""
    return sorted({term.name for term in (*post.categories, *post.tags)})


def body(edition: Edition, post: Post) -> str:
    """Return the post's text as its editor left it in Blogger."""
    post = replace(post, style="classic" if post.style == "gutenberg" else post.style)
    blocks = list(post.blocks)
    pieces = [_render(edition, post, block) for block in blocks]
    first = _picture(edition, post, post.featured) + "\n" if post.featured else ""
    text = _contents(post) + first + markup.laid_out(post, blocks, pieces)
    text = re.sub(rf'"{re.escape(edition.base)}/tag/([^"]+)"', rf'"{edition.base}/search/label/\1"', text)
    return unlike_wordpress(text)


def _render(edition: Edition, post: Post, block: Block) -> str:
    match block:
        case Picture(image):
            return _picture(edition, post, image)
        case Gallery(images):
            return "\n".join(_picture(edition, post, image) for image in images)
        case Mark("more"):
            return "<a name='more'></a>"
        case Text("h", text):
            return f'<h3 style="text-align: left;">{text}</h3>'
    return markup.render(post, block, edition.base)


def _picture(edition: Edition, post: Post, image: Image) -> str:
    source = f"{edition.base}{PICTURES}{image.path}"
    linked = (
        f'<a href="{source}" imageanchor="1" style="margin-left: auto; margin-right: auto;"><img border="0" '
        f'data-original-height="576" data-original-width="1024" height="360" src="{source}" width="640" /></a>'
    )
    if not image.caption:
        return f'<div class="separator" style="clear: both; text-align: center;">{linked}</div>'
    return (
        '<table align="center" cellpadding="0" cellspacing="0" class="tr-caption-container" style="margin-left: auto; '
        f'margin-right: auto;"><tbody><tr><td style="text-align: center;">{linked}</td></tr><tr>'
        f'<td class="tr-caption" style="text-align: center;">{markup.caption_html(post, image)}</td></tr></tbody>'
        "</table>"
    )


def _contents(post: Post) -> str:
    """The table of contents that a widget puts before a text with headings: with telling names, or without any."""
    heads = [block.html for block in post.blocks if isinstance(block, Text) and block.kind == "h"]
    if not heads:
        return ""
    items = "".join(f'<li><a href="#bagian-{number}">{head}</a></li>' for number, head in enumerate(heads))
    name = ' class="tocwrap" id="daftar-isi"' if post.id % 2 else ""
    return f'<div{name}><b>Daftar Isi</b> [<a href="#">Tampil</a>]<ol>{items}</ol></div>\n'


def single(edition: Edition, switches: Switches, post: Post) -> str:
    number, url = post_id(post), edition.post_url(post)
    labels = ", ".join(
        f"<a href='{edition.base}/search/label/{quote(label)}' rel='tag'>{html.escape(label)}</a>"
        for label in labels_of(post)
    )
    title = html.escape(post.title, quote=False)
    level = "h1" if switches.clutter else "h3"
    text = f"""<div class='post hentry uncustomized-post-template' itemscope='itemscope' itemtype='http://schema.org/BlogPosting'>
<meta content='{BLOG_ID}' itemprop='blogId'/><meta content='{number}' itemprop='postId'/>
<a name='{number}'></a>
<{level} class='post-title entry-title' itemprop='name'>{title}</{level}>
<div class='post-header'><div class='post-header-line-1'></div></div>
<div class='post-body entry-content' id='post-body-{number}' itemprop='description articleBody'>
{body(edition, post)}
<div style='clear: both;'></div>
</div>
<div class='post-footer'><div class='post-footer-line post-footer-line-1'>
<span class='post-author vcard'>Diposting oleh <span class='fn' itemprop='author' itemscope='itemscope'>\
<a class='g-profile' href='https://www.blogger.com/profile/{post.author.id}' rel='author'>\
<span itemprop='name'>{post.author.name}</span></a></span></span>
<span class='post-timestamp'>pada <a class='timestamp-link' href='{url}' rel='bookmark'>\
<abbr class='published' itemprop='datePublished' title='{post.published.isoformat()}'>{post.published:%H.%M}</abbr>\
</a></span>
<span class='post-labels'>Label: {labels}</span>
<div class='post-share-buttons'>\
<a href='https://www.blogger.com/share-post.g?postID={number}'>Kirimkan Ini lewat Email</a></div>
</div></div></div>
{_comments(post)}
<div class='blog-pager' id='blog-pager'><a class='home-link' href='{edition.base}/'>Beranda</a></div>"""
    day = f"<h2 class='date-header'><span>{parts.long_date(post.published)}</span></h2>"
    kind = "<meta content='article' property='og:type'/>" if switches.clutter else ""
    return _dressed(edition, switches, title, url, day + text, kind)


def _comments(post: Post) -> str:
    rows = "".join(
        f"<li class='comment' id='c{comment.id}'><div class='comment-block'><div class='comment-header'>"
        f"<cite class='user'>{comment.author}</cite></div><p class='comment-content'>"
        f"{html.escape(comment.text, quote=False)}</p></div></li>"
        for comment in post.comments
    )
    return f"<div class='comments' id='comments'><h4>{len(post.comments)} komentar:</h4><ol>{rows}</ol></div>"


def listing(edition: Edition, switches: Switches, heading: str, posts: tuple[Post, ...]) -> str:
    rows = "\n".join(
        f"<div class='post hentry'><h3 class='post-title entry-title'><a href='{edition.post_url(post)}'>"
        f"{html.escape(post.title, quote=False)}</a></h3><div class='post-body entry-content'>"
        f"{html.escape(markup.excerpt(post, 30), quote=False)}"
        f"<div class='jump-link'><a href='{edition.post_url(post)}#more'>"
        "Baca selengkapnya</a></div></div></div>"
        for post in posts
    )
    older = f"{edition.base}/search?updated-max={quote(posts[-1].published.isoformat())}&max-results=7" if posts else ""
    pager = f"<div class='blog-pager'><a class='blog-pager-older-link' href='{older}'>Postingan Lama</a></div>"
    return _dressed(edition, switches, html.escape(heading), edition.base + "/", f"{rows}\n{pager}", "")


def static(edition: Edition, switches: Switches, page: StaticPage) -> str:
    texts = "\n".join(f"<p>{text}</p>" for text in page.paragraphs)
    text = (
        f"<div class='post hentry'><h3 class='post-title entry-title'>{page.title}</h3>"
        f"<div class='post-body entry-content'>{texts}</div></div>"
    )
    return _dressed(edition, switches, page.title, f"{edition.base}/p/{page.slug}.html", text, "")


def missing(edition: Edition, switches: Switches) -> str:
    return _dressed(
        edition,
        switches,
        "",
        "",
        "<div class='status-msg-body'>Maaf, laman yang dicari di blog ini tidak ada.</div>",
        "",
    )


def _dressed(edition: Edition, switches: Switches, title: str, url: str, main: str, head: str) -> str:
    """Put the blog's theme round a page."""
    base = edition.base
    name = SITE_NAME if switches.clutter else f"<h1 class='title'><a href='{base}/'>{SITE_NAME}</a></h1>"
    menu = "".join(
        f"<li><a href='{base}/search/label/{quote(term.name)}'>{html.escape(term.name)}</a></li>"
        for term in edition.categories
    )
    pages = "".join(f"<li><a href='{base}/p/{own.slug}.html'>{own.title}</a></li>" for own in edition.pages)
    popular = "".join(
        f"<div class='item-title'><a href='{edition.post_url(post)}'>{html.escape(post.title, quote=False)}</a></div>"
        for post in edition.listed[:5]
    )
    canonical = f"<link href='{url}' rel='canonical'/>\n<meta content='{url}' property='og:url'/>" if url else ""
    full = f"{title} - {SITE_NAME}" if title else SITE_NAME
    return f"""<!DOCTYPE html>
<html class='v2' dir='ltr' lang='id' xmlns='http://www.w3.org/1999/xhtml'>
<head>
<meta content='width=device-width, initial-scale=1' name='viewport'/>
<meta content='text/html; charset=UTF-8' http-equiv='Content-Type'/>
<meta content='blogger' name='generator'/>
{canonical}
<link rel="alternate" type="application/atom+xml" title="{SITE_NAME} - Atom" href="{base}/feeds/posts/default" />
<link rel="alternate" type="application/rss+xml" title="{SITE_NAME} - RSS" href="{base}/feeds/posts/default?alt=rss" />
<link rel="service.post" type="application/atom+xml" href="https://www.blogger.com/feeds/{BLOG_ID}/posts/default" />
<meta content='{title or SITE_NAME}' property='og:title'/>{head}
<title>{full}</title>
</head>
<body class='loading'>
<header><div class='widget Header' id='Header1'>{name}<p class='description'>{TAGLINE}</p></div></header>
<div class='tabs-outer'><ul>{menu}{pages}</ul></div>
<div class='main-outer'><div class='widget Blog' id='Blog1'><div class='blog-posts hfeed'>
{main}
</div></div></div>
<aside><div class='widget PopularPosts'><h2>Entri Populer</h2>{popular}</div></aside>
<footer><div class='widget Attribution'>Diberdayakan oleh <a href='https://www.blogger.com'>Blogger</a>.</div></footer>
</body>
</html>
"""
