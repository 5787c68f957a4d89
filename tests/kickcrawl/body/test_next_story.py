"""The next story that a page appends is not the article's; what only looks like one stays."""

import lxml.html
import pytest

from kickcrawl.article import SiteRules
from kickcrawl.body.next_story import cut_next_stories
from kickcrawl.page.blocks import read_blocks
from kickcrawl.page.cuts import Cuts
from kickcrawl.page.parsed import page_of_tree

SITE = SiteRules(slug="warta", name="Warta Uji", language="id", timezone="Asia/Makassar")
OWN = "Dermaga lama di teluk ditutup mulai hari ini, dan warga diminta memakai dermaga baru di sisi timur."
OTHER = "<p>Petani cabai di lereng gunung memanen lebih awal karena hujan turun terus sejak awal pekan.</p>" * 3
LINK = '<a href="/cabai">Petani Cabai Panen Lebih Awal</a>'


def left(fragment: str) -> str:
    html = f"<html><head><title>Dermaga Lama Tutup</title></head><body>{fragment}</body></html>"
    page = page_of_tree(lxml.html.document_fromstring(html), "https://warta.example/dermaga", SITE)
    cut_next_stories(page, Cuts())
    return " ".join(block.text for block in read_blocks(page.scope))


@pytest.mark.parametrize(
    "fragment",
    [
        pytest.param(f"<h1>Dermaga Lama Tutup</h1><div><p>{OWN}</p></div><article><h2>{LINK}</h2>{OTHER}</article>",
                     id="an article with a headline that is a link"),
        pytest.param(f"<div><h1>Dermaga Lama Tutup</h1><p>{OWN}</p></div>"
                     f"<div><!-- 2 --><b>Ekonomi</b><h2>{LINK}</h2>{OTHER * 3}</div>",
                     id="a box, behind the name of its section"),
        pytest.param(f"<article><h1>Dermaga Lama Tutup</h1><p>{OWN}</p></article>"
                     f"<article><h1>Petani Cabai Panen Lebih Awal</h1>{OTHER}</article>", id="two articles"),
        pytest.param(f"<div class='berita'><h1>Dermaga Lama Tutup</h1><p>{OWN}</p></div>"
                     f"<div class='berita'><h1>Petani Cabai Panen Lebih Awal</h1>{OTHER}</div>",
                     id="two boxes of one class"),
    ],
)  # fmt: skip
def test_story_with_a_headline_of_its_own_goes(fragment: str) -> None:
    text = left(fragment)
    assert OWN in text
    assert "Petani" not in text


@pytest.mark.parametrize(
    "fragment",
    [
        pytest.param(f"<h1>Dermaga Lama Tutup</h1><div><h2>{LINK}</h2>{OTHER}</div>", id="no text before"),
        pytest.param(f"<h1>Dermaga Lama Tutup</h1><div><p>{OWN}</p><h2>{LINK}</h2>{OTHER}</div>", id="a subhead"),
        pytest.param(f"<h1>Dermaga Lama Tutup</h1><p>{OWN}</p><div class='entry-content'><h2>{LINK}</h2>{OTHER}</div>",
                     id="the body, which begins with a link"),
        pytest.param(f"<h1>Dermaga Lama Tutup</h1><p>{OWN}</p><article><h2>Sebabnya</h2>{OTHER}</article>",
                     id="the article's element, below the headline"),
        pytest.param(f"<h1>Dermaga Lama Tutup</h1><p>{OWN}</p>"
                     + f"<article><h2>{LINK}</h2>{OTHER}</article>" * 3, id="chapters of a review of the year"),
        pytest.param(f"<h1>Dermaga Lama Tutup</h1><p>{OWN}</p><article><h2>{LINK}</h2>{OTHER}</article>"
                     f"<div>{f'<p>{OWN}</p>' * 3}</div>", id="a chapter, behind which the article goes on"),
        pytest.param(f"<div><article><h1>Sambal Teluk</h1><p>{OWN}</p></article>"
                     f"<article><h2>Cara membuat</h2>{OTHER}</article></div>", id="a part with a word for a headline"),
        pytest.param(f"<div class='bagian'><h1>Dermaga Lama Tutup</h1><p>{OWN}</p></div>"
                     f"<div class='bagian'><h2>Petani di Lereng Gunung</h2>{OTHER}</div>", id="a section of one class"),
        pytest.param(f"<div class='row bagian'><h1>Dermaga Lama Tutup</h1><p>{OWN}</p></div>"
                     f"<div class='row bagian'><h1>Petani di Lereng Gunung</h1>{OTHER}</div>",
                     id="a chapter in a box of a page builder"),
        pytest.param(f"<div class='article-section'><h1>Dermaga Lama Tutup</h1><p>{OWN}</p></div>"
                     f"<div class='article-section'><h1>Petani di Lereng Gunung</h1>{OTHER}</div>",
                     id="a section of an article"),
    ],
)  # fmt: skip
def test_prose_that_may_be_the_articles_stays(fragment: str) -> None:
    assert "Petani cabai di lereng gunung" in left(fragment)
