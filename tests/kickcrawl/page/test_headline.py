"""The headline of a page, and the element that holds it together with the article."""

import lxml.html
import pytest
from lxml.html import HtmlElement

from kickcrawl.page.headline import find_headline, find_scope

BODY = "<p>Petani di lereng utara mulai memanen bawang merah setelah hujan reda.</p>" * 4
OTHERS = "".join(f"<p>Ringkasan cerita lain nomor {n} yang berdiri di bilah samping halaman.</p>" for n in range(2))


def tree(body: str) -> HtmlElement:
    head = "<title>Panen Raya di Jonggat - Warta Uji</title>"
    return lxml.html.document_fromstring(f"<html><head>{head}</head><body>{body}</body></html>")


@pytest.mark.parametrize(
    ("page", "tag"),
    [
        pytest.param(f"<article><h1>Panen</h1>{BODY}</article><div>{OTHERS}</div>", "article", id="article element"),
        pytest.param(f"<main><h1>Panen</h1>{BODY}</main><div>{OTHERS}</div>", "main", id="main element"),
        pytest.param(
            f"<div itemtype='https://schema.org/NewsArticle'><h1>Panen</h1>{BODY}</div>{OTHERS}", "div", id="schema.org"
        ),
        pytest.param(
            f"<div class='hentry type-post'><h1>Panen</h1><p>Foto.</p></div>{BODY}", "div", id="WordPress' short post"
        ),
        pytest.param(f"<article><h1>Panen</h1></article><div>{BODY}</div>", "body", id="article of little text"),
        pytest.param(f"<article><h1>Panen</h1>{BODY}</article><h1>Lain</h1>", "body", id="two headlines"),
        pytest.param(
            f"<h1>Warta Uji</h1><article><h1>Panen Raya di Jonggat</h1>{BODY}</article>", "article", id="site's name"
        ),
        pytest.param(
            f"<article><h1>Panen Raya di Jonggat</h1>{BODY}</article><h1>Pasar Ikan Praya Sepi</h1>",
            "article",
            id="two headlines, of which the title repeats one",
        ),
        pytest.param(
            f"<h1>Warta Uji</h1><article><h1>Panen Raya Bawang di Jonggat</h1>{BODY}</article>",
            "article",
            id="the title repeats nearly all words of one",
        ),
        pytest.param(
            f"<h1><a href='/'>Warta Uji dari Lombok</a></h1><article><h1>Bawang Merah Melimpah</h1>{BODY}</article>"
            "<div><h1>Lagi dari bagian ini</h1></div>",
            "article",
            id="the title repeats none, and one stands in an article",
        ),
        pytest.param(f"<article>{BODY}</article>", "body", id="no headline"),
        pytest.param(f"<h1> </h1><article><h1>Panen</h1>{BODY}</article>", "article", id="an empty headline beside"),
    ],
)
def test_scope_is_the_article_around_the_only_headline(page: str, tag: str) -> None:
    root = tree(page)
    assert find_scope(root, find_headline(root)).tag == tag
