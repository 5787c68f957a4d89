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
    ],
    ids=["rel", "rel of block themes", "addresses", "a widget of the article"],
)
def test_links_to_the_lists_of_an_article_tell_its_sections_and_tags(links: str) -> None:
    assert filed(links) == (("Ekonomi",), ("Padi",))


@pytest.mark.parametrize("box", ["aside", 'div class="sidebar"', 'div class="tagcloud"', "footer"])
def test_menus_and_clouds_are_the_site_s(box: str) -> None:
    cloud = f'<{box}><a rel="tag" href="/tag/pilkada">Pilkada</a><a href="/category/seni">Seni</a></{box.split()[0]}>'
    assert filed(cloud) == (None, None)
    assert filed(cloud, head='<meta property="article:tag" content="Padi">') == (None, ("Padi",))


def test_more_tags_than_an_article_has_are_a_cloud() -> None:
    assert filed("".join(f'<a rel="tag" href="/tag/t{n}">Tag {n}</a>' for n in range(21))) == (None, None)


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
