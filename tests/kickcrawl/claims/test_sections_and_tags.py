"""The sections and tags that a page files its article under, and those of its menus and clouds."""

import json
from typing import Any

import lxml.html
import pytest

from kickcrawl.article import SiteRules
from kickcrawl.claims.metadata import choose, read_claims
from kickcrawl.page.parsed import page_of_tree

URL = "https://warta.example/ekonomi/panen-raya"
SITE = SiteRules(slug="warta", name="Warta Uji", language="id", timezone="Asia/Makassar")
TEXT = "<p>Petani di Jonggat memanen padi lebih awal karena hujan turun sejak Oktober, kata ketua kelompok.</p>"
MENU = '<nav><a href="/category/olahraga">Olahraga</a><a href="/tag/pilkada">Pilkada</a></nav>'
ITEMS = [("Beranda", "/"), ("Ekonomi", "/ekonomi"), ("Pertanian", "/ekonomi/pertanian"), ("Panen Raya", URL)]


def filed(behind: str = "", before: str = "", head: str = "") -> tuple[Any, Any]:
    """Return the sections and the tags of the article."""
    body = f"{MENU}{before}<div><h1>Panen Raya</h1>{TEXT * 3}{behind}</div>"
    root = lxml.html.document_fromstring(f"<html><head>{head}</head><body>{body}</body></html>")
    claims = read_claims(page_of_tree(root, URL, SITE))
    found = [choose(claims, field) for field in ("sections", "tags")]
    return found[0] and found[0].value, found[1] and found[1].value


@pytest.mark.parametrize(
    "links",
    [
        '<a rel="category tag" href="/x">Ekonomi</a> <a rel="tag" href="/y">Padi</a>',
        '<a rel="tag" href="/category/ekonomi/">Ekonomi</a> <a rel="tag" href="/tag/padi/">Padi</a>',
        '<a href="/kategori/ekonomi">Ekonomi</a> <ul class="tags"><li><a href="/topik/padi">Padi</a></li></ul>',
        '<a href="/rubrik/ekonomi">Ekonomi</a> <div class="widget-tags"><a href="/tag/padi">Padi</a></div>',
        '<a href="/?kategori=3">Ekonomi</a> <a href="/?tag=padi">#Padi</a> <a href="https://toko.example/?tag=x">Beli</a>',
        '<a href="/?kategori=3">Ekonomi</a> <a href="/tags/?tag=padi"><button type="button">Padi</button></a>',
    ],
    ids=["rel", "rel of block themes", "addresses", "a widget of the article", "parameters", "a button"],
)
def test_links_to_the_lists_of_an_article_tell_its_sections_and_tags(links: str) -> None:
    assert filed(links) == (("Ekonomi",), ("Padi",))


@pytest.mark.parametrize("box", ["aside", 'div class="sidebar"', 'div class="tagcloud"', "footer"])
def test_menus_and_clouds_are_the_site_s(box: str) -> None:
    cloud = f'<{box}><a rel="tag" href="/tag/pilkada">Pilkada</a><a href="/category/seni">Seni</a></{box.split()[0]}>'
    assert filed(cloud) == (None, None)
    assert filed(cloud, head='<meta property="article:tag" content="Padi">') == (None, ("Padi",))


def test_channel_at_a_social_network_is_no_section() -> None:
    line = '<p>Ikuti <a href="https://whatsapp.com/channel/0029">WhatsApp</a></p>'
    assert filed(f'{line}<a href="/channel/ekonomi">Ekonomi</a>') == (("Ekonomi",), None)


def test_tags_in_a_body_without_a_sidebar_are_the_articles() -> None:
    assert filed('<div class="isi no-sidebar"><a href="/tag/padi">Padi</a></div>') == (None, ("Padi",))


def test_link_within_a_sentence_names_no_tag_of_the_article() -> None:
    sentence = (
        '<p>Warga <a href="/tag/jonggat">Jonggat</a> menunggu truk pengangkut gabah sejak pagi, kata kepala desa.</p>'
    )
    assert filed(sentence, head='<meta property="article:tag" content="Padi">') == (None, ("Padi",))
    assert filed(sentence + '<p>Label: <a href="/tag/padi">Padi</a>, <a href="/tag/hujan">Hujan</a></p>')[1] == (
        "Padi",
        "Hujan",
    )


def test_channel_of_a_social_network_is_no_section() -> None:
    follow = '<p>Ikuti kami di <a href="https://whatsapp.com/channel/0029Va">saluran WhatsApp</a>.</p>'
    assert filed(f'<a href="/kanal/ekonomi">Ekonomi</a>{follow}') == (("Ekonomi",), None)
    assert filed(follow) == (None, None)


def test_more_tags_than_an_article_has_are_a_cloud() -> None:
    assert filed("".join(f'<a rel="tag" href="/tag/t{n}">Tag {n}</a>' for n in range(21))) == (None, None)


def test_cloud_outside_of_the_article_is_the_site_s() -> None:
    links = "".join(f'<a href="/tag/t{n}">Tag {n}</a>' for n in range(9))
    assert filed(f"</div><div>{links}") == (None, None)
    assert len(filed(links)[1]) == 9


def test_sign_before_a_tag_is_none_of_its_name() -> None:
    assert filed('<a rel="tag" href="/tag/padi"># padi</a>') == (None, ("padi",))


@pytest.mark.parametrize("trail", ["<p>{}</p>", "<ol><li>{}</li></ol>"], ids=["a line", "a list"])
def test_line_from_the_front_page_to_the_headline_is_breadcrumbs_whatever_its_name(trail: str) -> None:
    links = '<a href="/">Beranda</a> {0} <a href="/ekonomi">Ekonomi</a> {0} '
    line = trail.format(links.format("»" if trail.startswith("<p") else "</li><li>"))
    assert filed(before=line.replace("</p>", "Panen Raya</p>").replace("</ol>", "Panen Raya</ol>"))[0] == ("Ekonomi",)
    assert filed(before=line.replace("»", "|")) == (None, None)


def test_cloud_is_told_by_its_heading_or_by_the_tags_that_the_page_states() -> None:
    cloud = '<a href="/tag/pilkada">Pilkada</a> <a href="/tag/banjir">Banjir</a>'
    assert filed(f"<div><h3>Topik Terpopuler</h3>{cloud}</div>") == (None, None)
    assert filed(f"<h4>Trending</h4><ul>{cloud}</ul>") == (None, None)
    stated = '<meta property="article:tag" content="{}">'
    assert filed(f"<div>{cloud}</div>", head=stated.format("Padi")) == (None, ("Padi",))
    assert filed(f"<div>{cloud}</div>", head=stated.format("banjir")) == (None, ("Pilkada", "Banjir"))


def test_tags_that_a_page_states_are_more_than_the_one_that_its_theme_prints() -> None:
    printed = '<a class="label" href="/tag/padi/">Padi</a>'
    stated = "".join(f'<meta property="article:tag" content="{tag}">' for tag in ("Padi", "panen raya", "hujan"))
    assert filed(before=printed, head=stated) == (None, ("Padi", "panen raya", "hujan"))
    assert filed(printed + '<a href="/tag/sawah">Sawah</a>', head=stated) == (None, ("Padi", "Sawah"))
    sections = '<meta property="article:section" content="Panen Raya, Hujan">'
    assert filed(printed, head=stated + sections) == (("Panen Raya, Hujan",), ("Padi",))


@pytest.mark.parametrize(
    "path",
    [
        '<nav aria-label="Breadcrumb"><p><a href="/">Beranda</a></p><p><a href="/ekonomi">Ekonomi</a></p></nav>',
        '<div><a href="/">Beranda</a> » <a href="/ekonomi">Ekonomi</a> » Panen Raya</div>',
        '<div><a href="https://warta.example/">Beranda</a>/<a href="/ekonomi">Ekonomi</a></div>',
    ],
    ids=["its label", "signs that point on", "slashes"],
)
def test_breadcrumbs_without_a_name_are_told_by_label_or_form(path: str) -> None:
    assert filed(before=path)[0] == ("Ekonomi",)
    menu = path.replace(" » ", " | ").replace("/<a", " <a").replace("Breadcrumb", "Menu").replace("Panen Raya", "")
    assert filed(before=menu)[0] is None


def test_breadcrumbs_are_sections_without_front_page_and_article() -> None:
    crumbs = "".join(f'<a href="{href}">{name}</a>' for name, href in ITEMS)
    assert filed(before=f'<div class="breadcrumbs">{crumbs}</div>')[0] == ("Ekonomi", "Pertanian")
    items = [{"name": name, "item": href} for name, href in ITEMS]
    for shape in (items, [{"item": {"@id": item["item"], "name": item["name"]}} for item in items]):
        node = json.dumps({"@type": "BreadcrumbList", "itemListElement": shape})
        head = f'<script type="application/ld+json">{node}</script>'
        assert filed(head=head)[0] == ("Ekonomi", "Pertanian")
        assert filed('<a rel="category" href="/x">Padi</a>', head=head)[0] == ("Padi",)


def test_lines_of_a_label_are_parted() -> None:
    assert filed('<a rel="category tag" href="/c">Berita<br>Daerah</a>')[0] == ("Berita Daerah",)


def test_list_with_the_number_of_articles_of_each_is_the_site_s() -> None:
    items = "".join(f"<li><a href='/category/{name}/'>{name}</a> ({n})</li>" for n, name in enumerate(("Padi", "Seni")))
    assert filed(f"<h3>Kategori</h3><ul>{items}</ul>") == (None, None)


def test_tags_without_links_stand_in_a_list_of_that_name() -> None:
    tags = '<nav class="md-tags"><span class="md-tag">Padi</span> <span class="md-tag">panen raya</span></nav>'
    assert filed(before=tags) == (None, ("Padi", "panen raya"))
    assert filed(tags + tags) == (None, None)  # of which article?
    assert filed(f"<aside>{tags}</aside>") == (None, None)
    assert filed(tags.replace("</nav>", "<em>Bagikan</em></nav>")) == (None, None)
    assert filed('<a href="/tag/hujan">Hujan</a>' + tags) == (None, ("Hujan",))


def test_aside_right_behind_the_headline_is_the_article_s() -> None:
    aside = '<aside><p>published on 2025-07-14 · tagged with <a href="/tags/padi.html">#padi</a></p></aside>'
    body = f"<main><h1>Panen Raya</h1>{aside}{TEXT * 3}</main>"
    claims = read_claims(page_of_tree(lxml.html.document_fromstring(f"<html><body>{body}</body></html>"), URL, SITE))
    tags = choose(claims, "tags")
    assert tags is not None
    assert tags.value == ("padi",)
    assert filed(aside) == (None, None)


def test_section_beside_the_time_is_the_article_s_even_in_a_sidebar() -> None:
    box = (
        '<div class="sidebar"><ul class="post__meta"><li><time datetime="2025-07-14">14 Juli 2025</time></li>'
        '<li>dalam <a href="/category/ekonomi/">Ekonomi</a> <a href="/tentang">Tentang</a></li></ul></div>'
    )
    assert filed(before=box)[0] == ("Ekonomi",)
    assert filed(before=box + box.replace("Ekonomi", "Seni"))[0] is None  # each of another article
    assert filed(before=box.replace("post__meta", "widget"))[0] is None
    assert filed('<a href="/category/seni">Seni</a>', before=box)[0] == ("Seni",)
