"""A picture on a card that leads to another article is not the article's."""

import lxml.html
import pytest

from kickcrawl.body.cards import find_cards, is_teaser

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


@pytest.mark.parametrize(
    ("markup", "left"),
    [
        pytest.param(f"<p>Panen.</p><a href='/lain'><h3>{HEADLINE}</h3><p>Kutipan.</p></a>", "Panen.", id="a link"),
        pytest.param(
            "<p>Panen.</p>"
            + "".join(f"<div class=k><h3><a href='/lain-{n}'>{HEADLINE}</a></h3><p>Lain.</p></div>" for n in (1, 2)),
            "Panen.", id="boxes side by side",
        ),
        pytest.param(
            f"<p>Panen.</p><div class=k><h3><a href='/lain'>{HEADLINE}</a></h3><p>Isi.</p></div>",
            f"Panen.{HEADLINE}Isi.", id="one box may be the article's",
        ),
        pytest.param(
            f"<h3><a href='/a'>{HEADLINE}</a></h3><p>Satu.</p><h3><a href='/b'>{HEADLINE}</a></h3><p>Dua.</p>",
            f"{HEADLINE}Satu.{HEADLINE}Dua.", id="headings of a survey, in no boxes",
        ),
        pytest.param(
            "".join(f"<div class=k><h3><a href='#b{n}'>{HEADLINE}</a></h3><p>Isi.</p></div>" for n in range(2)),
            f"{HEADLINE}Isi." * 2, id="headings that link to themselves",
        ),
    ],
)  # fmt: skip
def test_cards_are_found_and_sections_of_the_article_are_none(markup: str, left: str) -> None:
    page = lxml.html.document_fromstring(f"<html><body><main>{markup}</main></body></html>")
    for card in find_cards(page, URL):
        card.drop_tree()
    assert "".join(page.itertext()) == left
