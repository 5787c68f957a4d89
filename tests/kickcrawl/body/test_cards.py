"""A picture on a card that leads to another article is not the article's."""

import lxml.html
import pytest

from kickcrawl.body.cards import is_teaser

URL = "https://warta.example/kabar/panen-raya/"
HEADLINE = "Harga cabai naik lagi"


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        pytest.param(f"<a href='/kabar/lain'><img><h3>{HEADLINE}</h3></a>", True, id="one link around the card"),
        pytest.param(
            f"<article><a href='/kabar/lain'><figure><img></figure></a><div>"
            f"<h3><a href='/kabar/lain'>{HEADLINE}</a></h3></div></article>", True, id="a link for each",
        ),
        pytest.param(
            f"<li><div><a href='https://www.warta.example/kabar/lain/'><img></a></div>"
            f"<a href='/kabar/lain'>{HEADLINE}</a></li>", True, id="spelled in two ways",
        ),
        pytest.param("<a href='/foto/panen.jpg'><img></a><p>Panen raya di lereng bukit.</p>", False, id="its file"),
        pytest.param(
            "<figure><a href='/kabar/panen-raya/foto-2/'><img></a><a href='/kabar/panen-raya/foto-2/'>Lihat foto penuh"
            "</a></figure>", False, id="a page below the article",
        ),
        pytest.param(f"<a href='/kabar/panen-raya'><img><h1>{HEADLINE}</h1></a>", False, id="the article itself"),
        pytest.param(f"<a href='https://lain.example/x'><img>{HEADLINE}</a>", False, id="another site"),
        pytest.param("<a href='/pasang-iklan'><img></a>", False, id="no headline"),
        pytest.param(f"<a href='/a'><img></a><p><a href='/b'>{HEADLINE}</a></p>", False, id="a headline elsewhere"),
        pytest.param("<figure><img><figcaption>Panen raya di lereng.</figcaption></figure>", False, id="no link"),
        pytest.param("<a href='//['><img>Harga cabai naik</a>", False, id="no address"),
    ],
)  # fmt: skip
def test_picture_is_of_another_article_if_it_leads_there_with_a_headline(markup: str, expected: bool) -> None:
    page = lxml.html.document_fromstring(f"<html><body><main><div>{markup}</div></main></body></html>")
    assert is_teaser(next(page.iter("img")), URL) is expected
