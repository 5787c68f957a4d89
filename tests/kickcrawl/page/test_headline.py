"""The headline of a page, and the element that holds it together with the article."""

import lxml.html
import pytest
from lxml.html import HtmlElement

from kickcrawl.page.headline import find_headline, find_scope

BODY = "<p>Petani di lereng utara mulai memanen bawang merah setelah hujan reda.</p>" * 4
PROSE = f"<p>{'Petani di lereng utara mulai memanen bawang merah. ' * 3}</p>"
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


@pytest.mark.parametrize(
    ("title", "body", "headline"),
    [
        pytest.param("Warta Uji", f"<h2>Panen Raya di Jonggat</h2>{BODY}", True, id="the template's title"),
        pytest.param(
            "Panen Raya di Jonggat - Warta Uji", f"<h2>Panen Raya di Jonggat</h2>{BODY}", True, id="the same title"
        ),
        pytest.param("Bawang dari Jonggat", f"<h2>Panen Raya di Jonggat</h2>{BODY}", False, id="a chapter's heading"),
        pytest.param("Warta Uji", f"<h2><a href='/'>Panen Raya di Jonggat</a></h2>{BODY}", False, id="a teaser's"),
        pytest.param("Warta Uji", f"{PROSE}<h2>Panen Raya di Jonggat</h2>", False, id="behind prose"),
        pytest.param("Warta Uji", f"<aside><h2>Panen Raya di Jonggat</h2></aside>{BODY}", False, id="beside"),
    ],
)
def test_opening_h2_is_the_headline_of_a_page_without_any_other(title: str, body: str, headline: bool) -> None:
    html = f"<html><head><title>{title}</title></head><body>{body}</body></html>"
    found = find_headline(lxml.html.document_fromstring(html))
    assert (found is not None) is headline


@pytest.mark.parametrize(
    "site",
    ["<h1>Warta Uji</h1>", "<h1>Warta Uji</h1><h1>Warta Uji</h1>"],
)
def test_headline_is_none_of_the_site_s_names(site: str) -> None:
    body = f"{site}<div><h1>Panen Raya di Jonggat</h1></div>"
    html = f"<html><head><title>Warta Uji</title></head><body>{body}</body></html>"
    found = find_headline(lxml.html.document_fromstring(html))
    assert found is not None
    assert found.text == "Panen Raya di Jonggat"


def test_post_title_goes_before_a_section_in_the_h1() -> None:
    root = tree(f"<h1>Ekonomi</h1><h2 class='entry-title'>Panen Raya di Jonggat</h2>{BODY}")
    found = find_headline(root)
    assert found is not None
    assert found.tag == "h2"


def test_post_title_goes_before_a_headline_that_only_programs_read_aloud() -> None:
    hidden, shown = (
        "<h1 class='sr-only'>Berita Daerah Hari Ini</h1>",
        "<h2 class='post-title'>Panen Raya di Jonggat</h2>",
    )
    found = find_headline(tree(f"{hidden}<div>{shown}{BODY}</div>"))
    assert found is not None
    assert found.text == "Panen Raya di Jonggat"
    alone = find_headline(tree(f"{hidden}<div>{BODY}</div>"))
    assert alone is not None
    assert alone.tag == "h1"


@pytest.mark.parametrize(
    ("title", "body", "headline"),
    [
        pytest.param(
            "Panen Raya Dimulai — Warta Uji", "<h2>Panen Raya Dimulai</h2>", "Panen Raya Dimulai", id="name behind"
        ),
        pytest.param(
            "Warta Uji | Panen Raya Dimulai", "<h2>Panen Raya Dimulai</h2>", "Panen Raya Dimulai", id="name before"
        ),
        pytest.param("Panen Raya Dimulai — Warta Uji", "<h2>Panen Kedua</h2>", "Warta Uji", id="another heading"),
        pytest.param(
            "Panen Raya Dimulai — Warta Uji",
            "<h2><a href='/x'>Panen Raya Dimulai</a></h2>",
            "Warta Uji",
            id="a teaser's",
        ),
        pytest.param(
            "Panen Raya Dimulai — Warta Uji", "<aside><h2>Panen Raya Dimulai</h2></aside>", "Warta Uji", id="beside"
        ),
        pytest.param("Warta Uji", "<h2>Panen Raya Dimulai</h2>", "Warta Uji", id="the h1 alone"),
        pytest.param("Warta Uji - Koran Pagi", "<h2>Koran Pagi</h2>", "Warta Uji", id="as short"),
        pytest.param("Panen Raya Dimulai Warta Uji", "<h2>Panen Raya Dimulai</h2>", "Warta Uji", id="one phrase"),
    ],
)
def test_headline_is_the_h2_that_the_title_names_beside_the_only_h1(title: str, body: str, headline: str) -> None:
    html = (
        f"<html><head><title>{title}</title></head><body><header><h1>Warta Uji</h1></header>{body}{BODY}</body></html>"
    )
    found = find_headline(lxml.html.document_fromstring(html))
    assert found is not None
    assert found.text == headline


def test_slogan_may_stand_in_the_title_where_the_h1_leads_home() -> None:
    page = "<title>Panen Raya Dimulai | Kabar Warga Lombok</title><h1><a href='{}'>Warta Uji</a></h1>"
    body = f"<nav><h2>Kabar Warga Lombok</h2></nav><main><h2>Panen Raya Dimulai</h2>{BODY}</main>"
    for address, headline in (("/", "Panen Raya Dimulai"), ("/kabar", "Warta Uji")):
        found = find_headline(lxml.html.document_fromstring(page.format(address) + body))
        assert found is not None
        assert found.text_content() == headline


@pytest.mark.parametrize("site", ["<h2>Koran Pagi Warga Lombok</h2>", "<h2>Warta Uji</h2>"])
def test_headline_in_the_h1_stays_beside_the_site_s_name_in_an_h2(site: str) -> None:
    head = "<title>Panen Raya - Koran Pagi Warga Lombok</title>"
    found = find_headline(
        lxml.html.document_fromstring(f"<html><head>{head}</head>{site}<h1>Panen Raya</h1>{BODY}</html>")
    )
    assert found is not None
    assert found.text == "Panen Raya"


def test_h1_right_beside_the_h2_is_a_kicker_and_no_name() -> None:
    head = "<title>Panen Raya Dimulai Hari Ini - Kabar dari Desa</title>"
    body = f"<div><h1>Kabar dari Desa</h1><h2>Panen Raya Dimulai Hari Ini</h2></div>{BODY}"
    found = find_headline(lxml.html.document_fromstring(f"<html><head>{head}</head><body>{body}</body></html>"))
    assert found is not None
    assert found.tag == "h1"
