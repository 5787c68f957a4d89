"""The pages of the site of no known make: front page, sections, stories over several pages, static pages."""

from __future__ import annotations

import html
import json

from . import markup, parts
from .edition import Edition
from .head import article
from .model import SITE_NAME, TAGLINE, Post, StaticPage, Term, page_count
from .sibling import unlike_wordpress
from .switches import Switches

PER_PAGE = 10


def front(edition: Edition, switches: Switches, posts: tuple[Post, ...]) -> str:
    cards = "\n".join(_card(edition, post) for post in posts[:15])
    return _dressed(edition, switches, f"{SITE_NAME} | {TAGLINE}", f"<section class='sorotan'>{cards}</section>")


def section(edition: Edition, switches: Switches, term: Term, posts: tuple[Post, ...], number: int) -> str:
    shown = posts[(number - 1) * PER_PAGE : number * PER_PAGE]
    cards = "\n".join(_card(edition, post) for post in shown)
    further = ""
    if number * PER_PAGE < len(posts):
        further = f"<a rel='next' href='/kanal/{term.slug}/indeks-{number + 1}.html'>Lebih banyak</a>"
    main = f"<h1>{html.escape(term.name)}</h1>{cards}<div class='lanjut'>{further}</div>"
    return _dressed(edition, switches, f"{html.escape(term.name)} | {SITE_NAME}", main)


def single(edition: Edition, switches: Switches, post: Post, number: int) -> str:
    url, title = edition.post_url(post), markup.title_html(post)
    total = page_count(post)
    links = " ".join(
        f"<a href='{url}?page={other}'>{other}</a>" if other != number else f"<b>{other}</b>"
        for other in range(1, total + 1)
    )
    pager = f"<div class='pagination'>Halaman: {links}</div>" if total > 1 else ""
    featured = ""
    if post.featured:
        caption = (
            f"<figcaption>{markup.caption_html(post, post.featured)}</figcaption>" if post.featured.caption else ""
        )
        featured = f"<figure>{markup.image_tag(post.featured, edition.base, 'foto')}{caption}</figure>"
    others = "".join(_card(edition, other) for other in edition.listed[:6] if other.id != post.id)
    main = f"""<article class='berita'>
<p class='kanal'>{" / ".join(html.escape(term.name) for term in post.categories)}</p>
<h1>{title}</h1>
<p class='keterangan'>{post.author.name} | {parts.long_date(post.published)} {post.published:%H:%M} WITA</p>
{featured if number == 1 else ""}
<div class='teks'>
{markup.pages(post, edition.base)[number - 1]}
</div>
{pager}
<p class='topik'>{", ".join(html.escape(tag.name) for tag in post.tags)}</p>
</article>
<section class='terkait'><h2>Berita lain</h2>{others}</section>"""
    data = json.dumps({"@context": "https://schema.org", **article(edition, post)}, ensure_ascii=False)
    extra = (
        f"<link rel='canonical' href='{url}'>\n<meta property='og:type' content='article'>\n"
        f"<script type='application/ld+json'>{data.replace('/', chr(92) + '/')}</script>"
    )
    return _dressed(edition, switches, f"{title} | {SITE_NAME}", main, extra)


def static(edition: Edition, switches: Switches, page: StaticPage) -> str:
    texts = "\n".join(f"<p>{text}</p>" for text in page.paragraphs)
    return _dressed(edition, switches, f"{page.title} | {SITE_NAME}", f"<h1>{page.title}</h1>\n{texts}")


def missing(edition: Edition, switches: Switches) -> str:
    return _dressed(edition, switches, "Tidak ditemukan", "<h1>Halaman tidak ditemukan</h1>")


def _card(edition: Edition, post: Post) -> str:
    url = edition.post_url(post)
    return (
        f"<div class='kartu'><a href='{url}'></a><h3><a href='{url}'>{markup.title_html(post)}</a></h3>"
        f"<span>{parts.long_date(post.published)}</span></div>"
    )


def _dressed(edition: Edition, switches: Switches, title: str, main: str, extra: str = "") -> str:
    menu = "".join(f"<a href='/kanal/{term.slug}/'>{html.escape(term.name)}</a>" for term in edition.categories)
    feet = "".join(f"<a href='/{own.slug}.html'>{own.title}</a>" for own in edition.pages)
    feed = f"<link rel='alternate' type='application/rss+xml' title='{SITE_NAME}' href='/rss.xml'>"
    return unlike_wordpress(f"""<!doctype html>
<html lang='id'>
<head>
<meta charset='utf-8'>
<title>{title}</title>
<meta property='og:site_name' content='{SITE_NAME}'>
{feed if switches.feed != "404" else ""}
{extra}
</head>
<body>
<header><a class='merek' href='/'>{SITE_NAME}</a><nav class='rubrik'>{menu}</nav></header>
<main>
{main}
</main>
<footer>{feet}<p>Hak cipta {SITE_NAME}. Redaksi di Mataram, Nusa Tenggara Barat.</p></footer>
</body>
</html>
""")
