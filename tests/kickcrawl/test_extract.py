"""Extraction: from the HTML of an article, all its pages, to the article, or to the reason why there is none."""

from dataclasses import replace
from datetime import UTC, datetime
from html import escape

import pytest

from kickcrawl import CHECKOUT
from kickcrawl.article import Article, Claim, Image, Page, PageSource, RelatedLink
from kickcrawl.extract import extract
from kickcrawl.outlet import BUNDLED, read_outlet
from kickcrawl.page.html import parse_html
from tests.support.pages import PARAGRAPHS, SITE, TEXT, URL, article, page, paragraphs, reason, wordpress


def test_wordpress_page_gives_the_article_with_all_its_fields() -> None:
    found = article(wordpress(paragraphs(PARAGRAPHS)))
    assert (found.url, found.title, found.text) == (URL, "Panen Raya Bawang", TEXT)
    assert (found.authors, found.sections, found.tags) == (("Siti Rahma",), ("Ekonomi",), ("bawang",))
    assert (found.dateline, found.initials) == ("Warta Uji –", "(abc)")
    assert found.published_at == datetime(2025, 7, 14, 1, 30, tzinfo=UTC)
    assert (found.published_offset, found.modified_at) == (480, None)
    assert (found.language, found.native_id, found.section) == ("id", "417", "Ekonomi")
    assert found.origins["published_at"] == "meta"
    assert found.disagreements == ()


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("<br><br>".join(PARAGRAPHS), id="parted by line breaks"),
        pytest.param("<p>" + "<br />\n<br />\n".join(PARAGRAPHS) + "</p>", id="breaks in one paragraph"),
        pytest.param("".join(f"<div>{text}</div>" for text in PARAGRAPHS), id="divs"),
        pytest.param("".join(f'<div dir="auto"><span>{text}</span></div>' for text in PARAGRAPHS), id="divs of spans"),
        pytest.param(paragraphs(PARAGRAPHS).replace("<p>", '<p class="p1"><span style="x">'), id="spans never closed"),
        pytest.param(paragraphs(PARAGRAPHS).replace("</p>\n", "</p><p>&nbsp;</p>"), id="empty paragraphs between"),
        pytest.param(f"<section>{paragraphs(PARAGRAPHS)}</section>", id="section"),
        pytest.param("<h2>Panen Raya Bawang</h2>" + paragraphs(PARAGRAPHS), id="headline repeated"),
    ],
)
def test_paragraphs_are_the_same_however_they_are_parted(body: str) -> None:
    assert article(wordpress(body)).text == TEXT


def test_article_on_several_pages_is_joined_in_order() -> None:
    found = article(wordpress(paragraphs(PARAGRAPHS[:3])), wordpress(paragraphs(PARAGRAPHS[3:])))
    assert (found.url, found.text, found.initials) == (URL, TEXT, "(abc)")


def test_last_page_tells_who_wrote_and_the_tags_where_the_first_does_not() -> None:
    no_names = (
        wordpress(paragraphs(PARAGRAPHS[:3])).replace(b"Siti Rahma", b"").replace(b'rel="tag" href="/tag/b"', b"")
    )
    last = wordpress(paragraphs(PARAGRAPHS[3:])).replace(b">bawang<", b">panen<")
    found = article(no_names, last)
    assert (found.authors, found.tags) == (("Siti Rahma",), ("panen",))
    assert article(wordpress(paragraphs(PARAGRAPHS[:3])), last).tags == ("bawang",)


def test_second_page_that_is_the_first_again_is_not_joined() -> None:
    same = wordpress(paragraphs(PARAGRAPHS))
    assert article(same, same).text == TEXT


@pytest.mark.parametrize("name", ["terkait", "related-box", "box"])
@pytest.mark.parametrize("label", ["Baca juga", "Cek juga", "Simak selengkapnya", "Pilihan Editor", "Lesen Sie auch"])
def test_read_also_box_is_kept_as_related_whatever_it_is_called(name: str, label: str) -> None:
    box = f'<div class="{name}">{label}: <a href="/harga">Harga Turun</a></div>'
    found = article(wordpress(paragraphs(PARAGRAPHS[:2]) + box + paragraphs(PARAGRAPHS[2:])))
    assert found.text == TEXT
    assert found.related == (RelatedLink(url="https://warta.example/harga", title="Harga Turun"),)


def test_pictures_and_read_also_lines_are_fields_and_not_text() -> None:
    picture = '<figure><img src="/panen.jpg"><figcaption>Petani memanen (Ist)</figcaption></figure>'
    also = '<p><strong>Baca juga: <a href="/harga">Harga Turun</a></strong></p>'
    found = article(wordpress(picture + paragraphs(PARAGRAPHS[:2]) + also + paragraphs(PARAGRAPHS[2:])))
    assert found.text == TEXT
    assert found.images == (Image(url="https://warta.example/panen.jpg", caption="Petani memanen (Ist)", credit="Ist"),)
    assert found.related == (RelatedLink(url="https://warta.example/harga", title="Harga Turun"),)


def test_box_of_a_read_also_line_gives_its_link_although_trafilatura_leaves_it_out() -> None:
    title = "Jalan menuju kebun bawang di lereng utara segera diperkeras oleh dinas sebelum hujan"
    box = f'<div class="baca-juga"><span>Baca juga:</span> <a href="/2025/07/lain">{title}</a></div>'
    found = article(wordpress(paragraphs(PARAGRAPHS[:2]) + box + paragraphs(PARAGRAPHS[2:])))
    assert found.text == TEXT
    assert found.related == (RelatedLink(url="https://warta.example/2025/07/lain", title=title),)


def test_photo_post_is_an_article_without_text() -> None:
    found = article(wordpress('<figure><img src="/panen.jpg"><figcaption>Petani memanen</figcaption></figure>'))
    assert (found.text, found.initials, found.dateline) == ("", None, None)
    assert [image.caption for image in found.images] == ["Petani memanen"]


def test_brief_of_twenty_words_is_kept_whole() -> None:
    brief = "Hujan deras mengguyur lereng utara sejak subuh tadi. Warga diminta waspada karena jalan menuju kebun mulai licin dan tertutup lumpur."  # fmt: skip  # noqa: E501
    assert len(brief.split()) == 20
    assert article(wordpress(f"<p>{brief}</p>")).text == brief


def test_body_with_a_class_that_nobody_knows_is_found_by_its_text() -> None:
    body = wordpress(paragraphs(PARAGRAPHS)).replace(b"entry-content", b"kz-naskah-7")
    assert article(body).text == TEXT


def test_table_row_is_a_line_of_its_own() -> None:
    table = "<table><tr><th>Desa</th><th>Ton</th></tr><tr><td>Sajang</td><td>12</td></tr></table>"
    assert article(wordpress(paragraphs(PARAGRAPHS) + table)).text == f"{TEXT}\n\nDesa | Ton\n\nSajang | 12"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(wordpress("<form class='post-password-form'><input></form>"), "password", id="password page"),
        pytest.param(wordpress("<p>Tidak ada</p>", classes="error404").replace(b"post-template-default ", b""),
                     "error-page", id="error page"),
        pytest.param(wordpress("<p>Daftar</p>", classes="archive category"), "list-page", id="list"),
        pytest.param(wordpress(""), "empty", id="neither text nor picture"),
        pytest.param(b"<html><body class='single'><p>Panen.</p></body></html>", "no-title", id="no title"),
        pytest.param(b"", "unreadable", id="nothing"),
    ],
)  # fmt: skip
def test_page_that_is_no_article_is_rejected_with_its_reason(body: bytes, expected: str) -> None:
    assert reason(body) == expected


@pytest.mark.parametrize(
    ("encoding", "content_type"),
    [
        pytest.param("utf-8", "text/html; charset=windows-1252", id="Windows-1252 in the header, UTF-8 in truth"),
        pytest.param("utf-8", None, id="no header"),
        pytest.param("utf-8-sig", "text/html", id="byte order mark"),
        pytest.param("windows-1252", "text/html; charset=windows-1252", id="Windows-1252 in truth"),
        pytest.param("utf-16", "text/html", id="UTF-16 with its mark"),
    ],
)
def test_text_is_read_in_the_encoding_of_its_bytes(encoding: str, content_type: str | None) -> None:
    body = wordpress(paragraphs(PARAGRAPHS)).decode().replace('<meta charset="utf-8">', "").encode(encoding)
    found = extract(page(body, content_type=content_type))
    assert isinstance(found, Article)
    assert found.text == TEXT


def test_nul_bytes_do_not_end_the_page() -> None:
    body = wordpress(paragraphs(PARAGRAPHS)).replace(b"Harga di", b"Har\0ga\0 di").replace(b"<main>", b"\0<main>")
    assert article(body).text == TEXT


@pytest.mark.parametrize("body", [b"", b"  ", b"\0", b"<!-- -->"], ids=["nothing", "spaces", "NUL", "a comment"])
def test_bytes_without_html_have_no_tree(body: bytes) -> None:
    assert parse_html(PageSource(url=URL, body=body)) is None


def test_what_a_seed_knew_outranks_the_page_and_the_page_is_kept_as_doubt() -> None:
    claim = Claim(field="authors", value=("Lalu Anom",), source="rest")
    found = extract(replace(page(wordpress(paragraphs(PARAGRAPHS))), claims=(claim,), native_id="9"))
    assert isinstance(found, Article)
    assert (found.authors, found.origins["authors"]) == (("Lalu Anom",), "rest")
    assert [(doubt.field, doubt.value) for doubt in found.disagreements] == [("authors", ("Siti Rahma",))]
    assert found.native_id == "417"  # the page's own number: another than asked for is noticed later


def test_section_is_archived_under_the_outlets_name_for_it() -> None:
    source = page(wordpress(paragraphs(PARAGRAPHS)))
    found = extract(replace(source, site=replace(SITE, section_names=(("Ekonomi", "Ekonomi & Bisnis"),))))
    assert isinstance(found, Article)
    assert found.sections == ("Ekonomi & Bisnis",)


def seed_paragraphs() -> list[str]:
    file = next(iter(sorted((CHECKOUT.parent / "shared" / "seed").glob("*.txt"))), None)
    if file is None:
        pytest.skip("the outlet's own sample text (shared/seed/*.txt) is not beside this checkout")
    return [line.strip() for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


@pytest.mark.parametrize("part", ["p", "div"])
def test_outlets_own_text_comes_back_paragraph_by_paragraph(part: str) -> None:
    texts = seed_paragraphs()
    markup = "".join(f"<{part}>{escape(text, quote=False)}</{part}>\n" for text in texts)
    url = "https://kicknews.today/nominasi"
    source = PageSource(url=url, body=wordpress(markup, title="Nominasi Penghargaan", site="kicknews.today"))
    rules = read_outlet(BUNDLED / "id-nb" / "kicknews.toml").rules
    found = extract(Page(requested_url=url, sources=(source,), site=rules))
    assert isinstance(found, Article)
    assert found.text.split("\n\n") == texts
    assert (found.title, found.dateline, found.initials) == ("Nominasi Penghargaan", "kicknews.today –", "(gii)")
