"""Cards that lead to other articles are cut before a witness reads the page."""

import lxml.html
import pytest

from kickcrawl.body.cards import find_cards

URL = "https://warta.example/kabar/panen-raya/"
HEADLINE = "Harga cabai naik lagi"


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
            "<p>Panen.</p>"
            + "".join(f"<div class=k><a href='/lain-{n}'><h4>{HEADLINE}</h4></a><p>Lain.</p></div>" for n in (1, 2)),
            "Panen.", id="boxes whose link holds the headline alone",
        ),
        pytest.param(
            f"<p>Panen.</p><div class=k><a href='/lain'><h4>{HEADLINE}</h4></a><p>Isi.</p></div>", "Panen.Isi.",
            id="one box of that kind",
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
