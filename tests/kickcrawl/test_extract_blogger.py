"""Blogger's own markup is read exactly: headline in h3, captions in tables, labels, times, tables of contents."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from kickcrawl.article import Article, Page, PageSource, SiteRules
from kickcrawl.extract import extract
from tests.acceptance.check import words
from tests.newsroom import serve_blogger

SITE = SiteRules(slug="blog", name="Warta Uji", language="id", timezone="Asia/Makassar")
URL = "https://warta.example/2025/07/panen-raya.html"
PAGE = """<!DOCTYPE html><html lang='id'><head><meta content='blogger' name='generator'/>
<link href='https://warta.example/2025/07/panen-raya.html' rel='canonical'/><title>Panen raya - Warta Uji</title></head>
<body><header><h1 class='title'><a href='https://warta.example/'>Warta Uji</a></h1></header>
<div class='post hentry' itemtype='http://schema.org/BlogPosting'><meta content='4812000417' itemprop='postId'/>
<h3 class='post-title entry-title'>Panen raya di Sembalun</h3>
<div class='post-body entry-content' id='post-body-4812000417'>
<div><b>Daftar Isi</b> [<a href='#'>Tampil</a>]<ul><li><a href='#satu'>Harga turun</a></li></ul></div>
<table class='tr-caption-container'><tbody><tr><td><a href='/a.jpg'><img src='/a.jpg'/></a></td></tr>
<tr><td class='tr-caption'>Petani di sawah. Foto: Siti</td></tr></tbody></table>
Warga memanen padi sejak pagi buta di dua petak sawah.<a name='more'></a><br /><br />Hasilnya dibagi rata.
<h3 id='satu'>Harga turun</h3>
<table><tbody><tr><td>Desa</td><td>Ton</td></tr><tr><td>Sajang</td><td>12</td></tr></tbody></table>
</div><div class='post-footer'><span class='post-author vcard'>Diposting oleh <span class='fn' itemprop='author'>
<span itemprop='name'>Siti Rahma</span></span></span>
<a class='timestamp-link' href='#'><abbr class='published' itemprop='datePublished'
title='2025-07-14T09:30:00+08:00'>09.30</abbr></a>
<span class='post-labels'>Label: <a href='/search/label/panen' rel='tag'>panen</a></span></div></div>
<aside><h3 class='post-title'><a href='/2025/06/lain.html'>Kabar lain dari desa</a></h3></aside></body></html>"""


def read(page: str, url: str = URL) -> Article:
    source = PageSource(url=url, body=page.encode(), content_type="text/html")
    found = extract(Page(requested_url=url, sources=(source,), site=SITE))
    assert isinstance(found, Article), found
    return found


def test_post_in_bloggers_own_theme_is_read_whole() -> None:
    found = read(PAGE)
    assert found.title == "Panen raya di Sembalun"
    assert found.text.split("\n\n") == [
        "Warga memanen padi sejak pagi buta di dua petak sawah.",
        "Hasilnya dibagi rata.",
        "Harga turun",
        "Desa | Ton",
        "Sajang | 12",
    ]
    assert (found.authors, found.sections, found.tags) == (("Siti Rahma",), ("panen",), ("panen",))
    assert found.published_at == datetime(2025, 7, 14, 1, 30, tzinfo=UTC)
    assert found.native_id == "4812000417"
    (image,) = found.images
    assert (image.url, image.caption, image.credit) == (
        "https://warta.example/a.jpg",
        "Petani di sawah. Foto: Siti",
        "Siti",
    )


def test_headline_in_h1_is_found_beside_a_card_of_another_article() -> None:
    page = PAGE.replace("<h1 class='title'>", "<p class='title'>").replace("</a></h1>", "</a></p>")
    assert read(
        page.replace("<h3 class='post-title entry-title'>Panen raya di Sembalun</h3>", "<h1>Panen raya</h1>")
    ).title == ("Panen raya")


@pytest.mark.parametrize("clutter", [True, False], ids=["a portal's theme", "Blogger's own theme"])
def test_every_post_of_a_blog_is_read_exactly_from_its_page_alone(clutter: bool, tmp_path: Path) -> None:
    from urllib.request import urlopen

    with serve_blogger(seed=71, articles=40) as site:
        site.switch(clutter=clutter)
        for post in site.truth():
            if not post["archive"]:
                continue
            with urlopen(post["url"]) as answer:
                found = read(answer.read().decode(), post["url"])
            body = words(" ".join(post["body"]))
            signed = words(post["initials"] or "")
            assert words(found.text) in (body, body + signed), post["url"]
            assert (found.title, list(found.authors)) == (post["title"], [post["author"]])
            assert sorted(found.tags) == sorted(found.sections) == sorted(post["tags"])
            assert found.published_at == datetime.fromisoformat(post["published"])
