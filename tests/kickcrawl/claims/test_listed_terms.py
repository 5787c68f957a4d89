"""Sections and tags that an article's page links to."""

import lxml.html
import pytest

from kickcrawl.article import SiteRules
from kickcrawl.claims.sections_and_tags import read_sections_and_tags
from kickcrawl.page.parsed import page_of_tree

SITE = SiteRules(slug="warta", name="Warta Uji", language="id", timezone="Asia/Makassar")
ENTRY = '<li><h3><a href="/lain">Jembatan Bambu Diganti Beton</a></h3><a rel="tag" href="/tag/lain">Lain</a></li>'


def terms(body: str) -> dict[str, object]:
    html = f"<html><body><main><h1>Panen Raya</h1>{body}<ul>{ENTRY}</ul></main></body></html>"
    page = page_of_tree(lxml.html.document_fromstring(html), "https://warta.example/panen-raya", SITE)
    return {claim.field: claim.value for claim in read_sections_and_tags(page)}


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(
            '<div class="taxonomy-category wp-block-post-terms"><a href="/x/ekonomi" rel="tag">Ekonomi</a></div>'
            '<div class="taxonomy-post_tag wp-block-post-terms"><a href="/y/cabai" rel="tag">Cabai</a></div>',
            id="block theme",
        ),
        pytest.param(
            '<p><a href="/kategori/ekonomi/" rel="tag">Ekonomi</a></p><p><a href="/y/cabai" rel="tag">Cabai</a></p>',
            id="address of a category",
        ),
        pytest.param(
            '<span class="cat-links"><a rel="category tag" href="/x">Ekonomi</a></span>'
            '<span class="tags-links"><a rel="tag" href="/category/cabai">Cabai</a></span>',
            id="classic theme, whose class outranks the address",
        ),
    ],
)
def test_class_or_address_tells_sections_from_tags(body: str) -> None:
    assert terms(body) == {"sections": ("Ekonomi",), "tags": ("Cabai",)}


def test_labels_of_blogger_are_both() -> None:
    labels = '<span class="post-labels"><a rel="tag" href="/search/label/Ekonomi">Ekonomi</a></span>'
    assert terms(labels) == {"sections": ("Ekonomi",), "tags": ("Ekonomi",)}


def test_links_without_a_word_and_those_of_other_articles_are_none() -> None:
    assert terms('<a rel="tag" href="/tag/a"><img src="/a.jpg"></a><a rel="nofollow" href="/b">B</a>') == {}
