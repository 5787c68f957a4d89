"""Entries of a page that lead to other articles."""

import lxml.html
import pytest

from kickcrawl.article import SiteRules
from kickcrawl.page.head_tags import read_head_tags
from kickcrawl.page.other_entries import MAX_LINKS, entries_outside, other_entries
from kickcrawl.page.parsed import page_of_tree

URL = "https://warta.example/panen-raya-di-jonggat"
TIME = "<time datetime='2025-07-14T09:30:00+08:00'>14 Juli 2025</time>"
OTHER = "<a href='/jembatan-bambu-diganti'>Jembatan Bambu di Hulu Sungai Diganti</a>"


def entries_with_the_time(body: str, url: str = URL) -> list[str]:
    """Return where the entries around a time in *body* lead to."""
    root = lxml.html.document_fromstring(f"<html><body><h1>Panen Raya di Jonggat</h1>{body}</body></html>")
    found = other_entries(root, read_head_tags(root), url, tuple(root.iter("h1")))
    return [found[node] for time in root.iter("time") for node in (time, *time.iterancestors()) if node in found]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(f"<ul><li class='x-1'><div><h3>{OTHER}</h3><div>{TIME}</div></div></li></ul>", id="list item"),
        pytest.param(f"<div class='q'><div><h2>{OTHER}</h2><p>Ringkasan cerita lain.</p>{TIME}</div></div>", id="div"),
        pytest.param(f"<ul><li>{OTHER}{TIME}</li></ul>", id="link and time, no heading"),
        pytest.param(f"<a href='/jembatan-bambu-diganti'><h4>Jembatan Bambu Diganti</h4>{TIME}</a>", id="card"),
        pytest.param(f"<div><div>{TIME}</div><div>{OTHER}</div></div>", id="time before the headline"),
        pytest.param(
            f"<div><a href='/jembatan-bambu-diganti'><img src='/a.jpg'></a><h3>{OTHER}</h3>"
            f"<a href='/jembatan-bambu-diganti'>{TIME}</a></div>",
            id="picture, headline and time are links",
        ),
        pytest.param(f"<table><tr><td>{OTHER}</td><td>{TIME}</td></tr></table>", id="table"),
        pytest.param(f"<p><a href='/pasar'>Pasar Ikan Kota Praya Sepi</a> {TIME}</p>", id="a line"),
        pytest.param(f"<ul><li><h2><a href='/berita/foto'>Foto</a></h2>{TIME}</li></ul>", id="one word in a list"),
        pytest.param(
            f"<li><h3><a href='/pasar'>Pasar Ikan Sepi</a></h3><p>{'Sepi. ' * 60}</p>{TIME}</li>", id="excerpt"
        ),
        pytest.param(
            f"<div><h3><a href='/桥'>{'河上游的竹桥已被更换为新桥梁' * 2}</a></h3>{TIME}</div>", id="without spaces"
        ),
    ],
)
def test_entry_is_all_around_a_headline_that_leads_to_another_article(body: str) -> None:
    assert len(entries_with_the_time(body)) == 1


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(
            f"<div class='meta'>{TIME} <a href='/author/siti'>Baiq Siti Rahma Dewi Putri</a></div>", id="author"
        ),
        pytest.param(f"<div><a href='{URL}?share=x'>Bagikan berita ini ke teman</a>{TIME}</div>", id="the page itself"),
        pytest.param(f"<div><h2><a href='/category/daerah'>Berita Daerah Terkini</a></h2>{TIME}</div>", id="section"),
        pytest.param(f"<div>{TIME} <a rel='tag' href='/x/air'>Air Bersih untuk Semua Warga</a></div>", id="tag"),
        pytest.param(f"<div><p>{TIME} - Warga panen.</p><p>Baca juga: {OTHER}</p></div>", id="link in a text"),
        pytest.param(f"<div><p>{TIME} - {'Warga panen. ' * 80}</p><h3>{OTHER}</h3></div>", id="long text beside"),
        pytest.param(f"<div><h3><a href='/'>Warta Uji, Kabar dari Lombok</a></h3>{TIME}</div>", id="front page"),
        pytest.param(
            f"<div><h3><a href='https://lain.example/a'>Kabar dari Situs Lain</a></h3>{TIME}</div>", id="site"
        ),
        pytest.param(f"<p>{TIME} {'Petani memanen. ' * 9}<a href='/x'>hasil musim yang lalu itu</a>.</p>", id="prose"),
        pytest.param(f"<h4><a href='/penulis/siti'>Baiq Siti Rahma Dewi</a></h4>{TIME}", id="person in a heading"),
        pytest.param(f"<div>{OTHER}<div>{TIME}</div><a href='/lain'>Sekolah Menanam Seribu Pohon</a></div>", id="two"),
    ],
)
def test_no_entry_is_around_the_time(body: str) -> None:
    assert entries_with_the_time(body) == []


def test_article_under_a_query_is_told_from_others_by_its_query() -> None:
    body = f"<div><h3><a href='/baca.php?id=13'>Jembatan Bambu Diganti</a></h3>{TIME}</div>"
    assert entries_with_the_time(body, "https://warta.example/baca.php?id=12") == ["/baca.php?id=13"]
    assert entries_with_the_time(body, "https://warta.example/baca.php?id=13") == []


def test_section_that_the_page_stands_below_is_no_other_article() -> None:
    body = f"<p><a href='/berita'>Berita dari Lombok Timur dan Sumbawa</a> {TIME}</p>"
    assert entries_with_the_time(body, "https://warta.example/berita/panen-raya") == []
    assert entries_with_the_time(body, "https://warta.example/kabar/panen-raya") == ["/berita?"]


def test_entry_is_the_best_that_is_known_of_a_front_page() -> None:
    assert entries_with_the_time(f"<li><h2>{OTHER}</h2>{TIME}</li>", "https://warta.example/") == []


def test_entries_of_the_page_are_those_in_its_scope_and_those_outside() -> None:
    inside, beside = f"<div><h3>{OTHER}</h3></div>", "<ul><li><a href='/pasar'>Pasar Ikan Kota Praya Sepi</a></li></ul>"
    article = f"<article><h1>Panen Raya di Jonggat</h1>{inside}</article>"
    root = lxml.html.document_fromstring(f"<html><body>{beside}<main>{article}</main>{beside}</body></html>")
    scope = next(root.iter("article"))
    own = (scope, *scope.iterancestors(), *scope.iter("h1"))
    head = read_head_tags(root)
    in_scope, outside = other_entries(root, head, URL, own, scope), entries_outside(scope, root, head, URL, own)
    assert [len(in_scope), len(outside)] == [1, 2]
    assert in_scope | outside == other_entries(root, head, URL, own)


def test_entry_beside_the_article_of_a_page_of_thousands_of_links_is_told() -> None:
    archive = "".join(f"<a href='/arsip/{number}'>Arsip {number}</a>" for number in range(MAX_LINKS))
    article = f"<article><h1>Panen Raya di Jonggat</h1><p>Padi dipanen.</p><div><h3>{OTHER}</h3>{TIME}</div></article>"
    tree = lxml.html.document_fromstring(f"<html><body><nav>{archive}</nav>{article}</body></html>")
    page = page_of_tree(tree, URL, SiteRules(slug="warta", name="Warta Uji", language="id", timezone="Asia/Makassar"))
    assert [node.tag for node in page.all_entries] == ["div"]
