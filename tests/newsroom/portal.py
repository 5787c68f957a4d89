"""The cluttered theme: a portal's menu, ticker, adverts, share buttons, related stories and sidebar round each text."""

from __future__ import annotations

import calendar
import html
from urllib.parse import quote

from . import markup, parts
from .edition import Edition
from .head import Page, head, title_of
from .model import SITE_NAME, TAGLINE, Post, StaticPage
from .switches import Switches

SHARES = (
    ("facebook", "https://www.facebook.com/sharer/sharer.php?u={}"),
    ("whatsapp", "https://api.whatsapp.com/send?text={}"),
    ("telegram", "https://t.me/share/url?url={}"),
)


def advert(slot: int) -> str:
    return (
        f'<div class="iklan iklan-{slot}" id="iklan-{slot}"><small>Iklan</small><ins class="adsbygoogle" '
        f'data-ad-client="ca-pub-0000000000000000" data-ad-slot="{slot}"></ins>'
        "<script>(adsbygoogle=window.adsbygoogle||[]).push({});</script></div>"
    )


def card(edition: Edition, post: Post, *, words: int = 0) -> str:
    """A post in a list: picture, category, title, time and maybe its first words."""
    url, image = edition.post_url(post), markup.thumbnail(post)
    picture = markup.image_tag(image, edition.base, "attachment-medium") if image and post.status != "password" else ""
    short = f'<p class="kartu-ringkas">{html.escape(markup.excerpt(post, words), quote=False)}</p>' if words else ""
    return (
        f'<article class="kartu {parts.post_class(post)}"><a class="kartu-foto" href="{url}">{picture}</a>'
        f'<div class="kartu-isi"><span class="kartu-kanal">{parts.category_links(edition, post)}</span>'
        f'<h3 class="kartu-judul"><a href="{url}" rel="bookmark">{title_of(post)}</a></h3>'
        f'<time datetime="{post.published.isoformat()}">{parts.long_date(post.published)}</time>{short}</div></article>'
    )


def dress(edition: Edition, switches: Switches, page: Page) -> str:
    """Put the portal round a page."""
    menu = "".join(
        f'<li class="menu-item"><a href="{edition.url(f"/category/{term.slug}/")}">{html.escape(term.name)}</a></li>'
        for term in edition.categories
    )
    latest = "".join(f'<li><a href="{edition.post_url(post)}">{title_of(post)}</a></li>' for post in edition.listed[:6])
    links = "".join(f'<li><a href="{edition.url(f"/{own.slug}/")}">{own.title}</a></li>' for own in edition.pages)
    return f"""<!DOCTYPE html>
<html lang="id">
<head>
{head(edition, switches, page)}
<link rel="stylesheet" href="{edition.base}/wp-content/themes/portal/style.css" />
<script async src="https://www.googletagmanager.com/gtag/js?id=G-0000000000"></script>
</head>
<body class="{page.body_class} wp-embed-responsive">
<div id="page" class="site">
<header class="kepala"><div class="logo"><a href="{edition.base}/" rel="home">{SITE_NAME}</a><p>{TAGLINE}</p></div>
{advert(1)}</header>
<nav class="menu-utama"><ul><li class="menu-item"><a href="{edition.base}/">Beranda</a></li>{menu}</ul>
<form role="search" method="get" action="{edition.base}/">
<input type="search" name="s" placeholder="Cari" /></form></nav>
<div class="ticker"><strong>Terkini</strong><ul>{latest}</ul></div>
<div id="content" class="site-content">
<main id="main" class="utama">
{page.main}
</main>
{sidebar(edition)}
</div>
<footer class="kaki"><div class="kaki-kolom"><h4>{SITE_NAME}</h4><p>{TAGLINE}</p></div><ul class="laman">{links}</ul>
<p class="hak">&copy; {edition.listed[0].published.year} {SITE_NAME}. Segala isi dilindungi undang-undang hak cipta.</p>
</footer>
</div>
<div id="tawaran" class="modal" hidden><p>Mau kabar langsung ke ponsel? Gabung saluran kami.</p>
<button>Nanti</button></div>
</body>
</html>
"""


def sidebar(edition: Edition) -> str:
    popular = sorted(edition.listed, key=lambda post: (-len(post.comments), -post.id))[:5]
    rows = "".join(f"<li>{card(edition, post)}</li>" for post in popular)
    return (
        f'<aside class="samping widget-area">{advert(4)}<section class="widget terpopuler"><h2>Terpopuler</h2>'
        f"<ol>{rows}</ol></section>{month_table(edition)}{advert(5)}</aside>"
    )


def month_table(edition: Edition) -> str:
    """The calendar widget of the newest post's month, days with posts linked."""
    newest = edition.listed[0].published
    busy = {post.published.day for post in edition.listed if f"{post.published:%Y%m}" == f"{newest:%Y%m}"}
    weeks = []
    for week in calendar.monthcalendar(newest.year, newest.month):
        cells = []
        for day in week:
            link = (
                f'<a href="{edition.url(f"/{newest:%Y/%m}/{day:02d}/")}">{day}</a>'
                if day in busy
                else str(day or "&nbsp;")
            )
            cells.append(f"<td>{link}</td>")
        weeks.append("<tr>" + "".join(cells) + "</tr>")
    caption = parts.date_words(newest).split(" ", 1)[1]
    rows = "\n".join(weeks)
    return (
        f'<table id="wp-calendar" class="wp-calendar-table"><caption>{caption}</caption><tbody>{rows}</tbody></table>'
    )


def share(url: str) -> str:
    links = "".join(
        f'<li><a href="{address.format(quote(url, safe=""))}" rel="nofollow noopener"><span>{name}</span></a></li>'
        for name, address in SHARES
    )
    return (
        f'<div class="bagikan"><span>Bagikan</span><ul>{links}<li><a href="{url}?share=salin">Salin</a></li></ul></div>'
    )


def single(edition: Edition, switches: Switches, post: Post, number: int) -> str:
    url, first = edition.post_url(post), post.categories[0]
    author = (
        f'<a class="url fn n" href="{edition.url(f"/author/{post.author.slug}/")}" rel="author">{post.author.name}</a>'
    )
    updated = ""
    if post.modified > post.published:
        day = parts.date_words(post.modified)
        updated = f' <time class="updated" datetime="{post.modified.isoformat()}">Diperbarui {day}</time>'
    return f"""<div class="remah"><a href="{edition.base}/">Beranda</a> &raquo; \
<a href="{edition.url(f"/category/{first.slug}/")}">{html.escape(first.name)}</a> &raquo; \
<span>{title_of(post)}</span></div>
<article id="post-{post.id}" class="{parts.post_class(post, "tunggal")}">
<header class="entry-header"><div class="cat-links">{parts.category_links(edition, post)}</div>
<h1 class="entry-title">{title_of(post)}</h1>
<div class="entry-meta"><span class="byline">Oleh {author}</span> <span class="posted-on">\
<time class="entry-date published" datetime="{post.published.isoformat()}">{parts.long_date(post.published)} | \
{post.published:%H:%M} WITA</time>{updated}</span>
<span class="views">Dibaca {post.id * 13 % 4800 + 9} kali</span></div></header>
{share(url)}
{parts.featured(post, edition.base)}
{advert(2)}
<div class="{html.escape(switches.content_class)}">
{parts.content(edition, post, number)}
</div>
<footer class="entry-footer"><div class="topik"><span>Topik</span> {parts.tag_links(edition, post, " ")}</div>
<div class="ikuti">Ikuti berita terkini {SITE_NAME} di <a href="https://news.google.com/">Google News</a> \
dan kanal WhatsApp.</div>
{share(url)}
<div class="kotak-penulis"><strong>{author}</strong><p>Wartawan {SITE_NAME} untuk wilayah Lombok.</p></div></footer>
</article>
{advert(3)}
{related(edition, post)}
{parts.comments(post)}"""


def related(edition: Edition, post: Post) -> str:
    shared = set(post.categories)
    found = [other for other in edition.listed if other.id != post.id and shared & set(other.categories)][:4]
    cards = "\n".join(card(edition, other, words=18) for other in found)
    return f'<section class="berita-terkait"><h2>Berita Terkait</h2>\n{cards}</section>'


def listing(edition: Edition, heading: str, posts: tuple[Post, ...], pager: str) -> str:
    top = f'<header class="page-header"><h1 class="page-title">{heading}</h1></header>\n' if heading else ""
    cards = [card(edition, post, words=25) for post in posts]
    cards.insert(4, advert(3))
    return top + ("\n".join(cards) if posts else "<p>Belum ada berita.</p>") + pager


def static(edition: Edition, page: StaticPage) -> str:
    return (
        f'<article id="post-{page.id}" class="post-{page.id} page type-page status-publish hentry">'
        f'<header class="entry-header"><h1 class="entry-title">{page.title}</h1></header><div class="entry-content">\n'
        + "\n".join(f"<p>{text}</p>" for text in page.paragraphs)
        + "\n</div></article>"
    )


def not_found(edition: Edition) -> str:
    cards = "\n".join(card(edition, post) for post in edition.listed[:4])
    return (
        '<section class="error-404 not-found"><header class="page-header"><h1 class="page-title">Halaman tidak ada</h1>'
        "</header><p>Alamat yang Anda buka tidak kami kenali. Mungkin beritanya sudah diturunkan.</p>\n"
        f"{cards}</section>"
    )
