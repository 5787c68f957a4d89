"""The node of JSON-LD that is about the page's article, among those that are about others."""

import json
from typing import Any

import lxml.html
import pytest

from kickcrawl.page.article_node import find_article_node, stated_days
from kickcrawl.page.head_tags import read_head_tags
from kickcrawl.page.jsonld import json_ld_nodes

URL = "https://warta.example/berita/panen-raya"
OWN = {"@type": "NewsArticle", "headline": "Panen Raya di Jonggat", "datePublished": "2025-07-14"}
OTHER = {"@type": "NewsArticle", "headline": "Pasar Ikan Sepi", "datePublished": "2025-06-01"}
ELSEWHERE = {"url": "https://warta.example/berita/pasar-ikan"}
H1 = "<h1>Panen Raya di Jonggat</h1>"


def found(*nodes: dict[str, Any], head: str = "", body: str = H1) -> str | None:
    script = f'<script type="application/ld+json">{json.dumps(nodes)}</script>'
    root = lxml.html.document_fromstring(f"<html><head>{head}{script}</head><body>{body}</body></html>")
    headline: str | None = find_article_node(list(json_ld_nodes(root)), root, read_head_tags(root), URL).get("headline")
    return headline


@pytest.mark.parametrize(
    "address",
    [
        {"url": "http://www.warta.example/berita/panen-raya/"},
        {"@id": URL + "#article"},
        {"mainEntityOfPage": {"@type": "WebPage", "url": URL}},
        {"url": "/berita/panen-raya"},
    ],
)
def test_node_with_the_address_of_the_page_counts_whatever_stands_first(address: dict[str, Any]) -> None:
    assert found(OTHER, OTHER | ELSEWHERE, OWN | address | {"headline": "Jonggat"}) == "Jonggat"


def test_node_that_names_the_canonical_address_counts() -> None:
    canonical = '<link rel="canonical" href="https://warta.example/panen">'
    assert found(OTHER, OWN | {"url": "https://warta.example/panen"}, head=canonical) == OWN["headline"]


def test_node_with_the_headline_of_the_page_counts_where_none_names_its_address() -> None:
    assert found(OTHER, OWN | {"headline": "Jonggat Panen Raya Lebih Awal"}) == "Jonggat Panen Raya Lebih Awal"
    assert found(OTHER, OWN, body="", head="<title>Panen Raya di Jonggat | Warta</title>") == OWN["headline"]


@pytest.mark.parametrize("nodes", [(OTHER | ELSEWHERE,), (OTHER,), (OTHER, OTHER | {"headline": "Jalan Rusak"})])
def test_another_article_alone_is_none(nodes: tuple[dict[str, Any], ...]) -> None:
    assert found(*nodes) is None


def test_only_node_counts_where_nothing_says_that_it_is_another() -> None:
    assert found(OTHER, body="<p>Panen</p>") == OTHER["headline"]
    assert found({"@type": "NewsArticle", "headline": ""}) == ""
    assert found(OTHER | {"url": "https://warta.example/"}, body="") == OTHER["headline"]


def test_live_blog_goes_before_its_entries() -> None:
    entry = OWN | {"@type": "BlogPosting", "url": URL + "#pukul-9", "headline": "Pukul 9: panen mulai"}
    assert found(entry, OWN | {"@type": "LiveBlogPosting", "url": URL}) == OWN["headline"]
    assert found(entry | {"url": None}, OWN | {"@type": "LiveBlogPosting"}) == OWN["headline"]


def test_days_of_other_articles_are_not_the_page_s() -> None:
    root = lxml.html.document_fromstring(f"<html><body>{H1}</body></html>")
    head = read_head_tags(root)
    page = {"@type": "WebPage", "datePublished": "2025-07-14"}
    assert stated_days([OTHER, page], root, head, URL) == ["2025-07-14"]
    video = {"@type": "VideoObject", "name": "Pasar Ikan Sepi", "uploadDate": "2025-05-01"}
    assert stated_days([video], root, head, URL) == []
    assert stated_days([video | {"name": "Video: Panen Raya di Jonggat"}], root, head, URL) == ["2025-05-01"]
    assert stated_days([OTHER, {"@type": "Comment", "dateCreated": "2025-07-15"}], root, head, URL) == []
    assert stated_days([OTHER, page | {"datePublished": "2025-07-13"}], root, head, URL, OWN) == ["2025-07-14"]
