"""The body: found by its name and by where the text is, and read out complete."""

import lxml.html
import pytest
from lxml.html import HtmlElement

from kickcrawl.body.container import read_container
from kickcrawl.page.named_container import named_container

PARAGRAPHS = [
    "Petani di lereng utara mulai memanen bawang merah setelah hujan reda.",
    "Harga di tingkat pengepul naik tipis dibandingkan pekan yang lalu.",
    "Singkat.",
    "Kepala desa berharap jalan menuju kebun segera diperkeras oleh dinas.",
]
LONG = [text for text in PARAGRAPHS if len(text) > 20]
BODY = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
OTHERS = "".join(f"<p>Ringkasan cerita lain nomor {n} yang berdiri di bilah samping halaman.</p>" for n in range(2))


def tree(body: str) -> HtmlElement:
    return lxml.html.document_fromstring(f"<html><body>{body}</body></html>")


def texts(page: str, found: list[str]) -> list[str]:
    return [block.text for block in read_container(tree(page).find("body"), found)[0]]


@pytest.mark.parametrize(
    ("page", "name"),
    [
        pytest.param("<div class='entry-content a'>x</div>", "entry-content a", id="WordPress"),
        pytest.param("<div class='post-body entry-content'>x</div>", "post-body entry-content", id="Blogger"),
        pytest.param("<div class='b' itemprop='articleBody'><p class='post-body'>x</p></div>", "b", id="schema.org"),
        pytest.param("<div class='entry-content'><div class='entry-content i'>x</div></div>", "entry-content",
                     id="the outermost"),
        pytest.param("<div class='entry-content'>x</div><div class='entry-content'>y</div>", None, id="two of them"),
        pytest.param("<div class='my-entry-content'>x</div>", None, id="part of a longer name"),
        pytest.param("<div>x</div>", None, id="none"),
    ],
)  # fmt: skip
def test_named_body_is_the_only_element_of_a_standard_name(page: str, name: str | None) -> None:
    body = named_container(tree(page))
    assert (body.get("class") if body is not None else None) == name


def test_named_body_is_read_complete_even_where_the_finder_dropped_short_lines() -> None:
    assert texts(f"<div class='entry-content'>{BODY}</div><div>{OTHERS}</div>", LONG) == PARAGRAPHS


def test_body_without_a_name_is_the_smallest_element_that_holds_what_was_found() -> None:
    assert texts(f"<div><h1>Panen</h1><div class='x1'>{BODY}</div></div><div>{OTHERS}</div>", LONG) == PARAGRAPHS


def test_named_element_that_holds_something_else_is_not_the_body() -> None:
    page = f"<div class='entry-content'><p>Langganan surat kabar.</p></div><div class='x1'>{BODY}</div>"
    assert texts(page, LONG) == PARAGRAPHS


def test_named_body_is_read_where_nothing_was_found() -> None:
    assert texts("<h1>Panen</h1><div class='entry-content'><p>Singkat.</p></div>", []) == ["Singkat."]


def test_brief_without_a_named_body_is_what_follows_the_headline() -> None:
    assert texts("<p>Menu</p><h1>Panen</h1><p>Singkat saja.</p><p>Sekian.</p>", []) == ["Singkat saja.", "Sekian."]


def test_brief_is_found_among_the_lines_of_a_menu() -> None:
    page = "<p>Menu</p><h1>Panen</h1><p>Singkat saja.</p>"
    assert texts(page, ["Menu", "Siti Rahma", "14 Juli 2025", "Singkat saja."]) == ["Singkat saja."]
    assert texts(page, ["Menu", "Kami memakai kuki di situs ini."]) == []


def test_text_in_one_line_is_found_where_only_breaks_part_it() -> None:
    page = f"<div><div class='x1'>{'<br>'.join(PARAGRAPHS)}</div></div><div>{OTHERS}</div>"
    assert texts(page, [" ".join(PARAGRAPHS)]) == ["\n".join(PARAGRAPHS)]


def test_page_without_headline_and_text_has_no_body() -> None:
    assert texts("<p>Menu</p>", []) == []


def test_single_paragraph_that_was_found_stands_in_the_body() -> None:
    page = f"<div><div class='x1'><p>{PARAGRAPHS[0]}</p><p>Sekian.</p></div></div><div>{OTHERS}</div>"
    assert texts(page, [PARAGRAPHS[0]]) == [PARAGRAPHS[0], "Sekian."]


def test_found_text_itself_is_taken_where_its_element_holds_far_more() -> None:
    ballast = "".join(f"<p>Tautan nomor {n} menuju halaman daftar yang panjang sekali.</p>" for n in range(30))
    found = [*LONG, "Kalimat tambahan agar naskah ini melampaui dua puluh lima kata dan tidak dianggap kilasan."]
    page = f"<p>{LONG[0]}</p>{ballast}<p>{LONG[1]}</p>{ballast}<p>{LONG[2]}</p>"
    assert texts(page, found) == found


PROSE = [
    f"Pada hari ke-{n} hujan turun di lereng {side}, dan warga menutup bedeng bawang dengan daun kelapa kering "
    "sampai matahari muncul kembali di balik bukit."
    for n, side in enumerate(("utara", "selatan", "timur", "barat", "tengah", "atas"), start=1)
]


def test_prose_that_the_finder_passed_over_is_the_articles() -> None:
    page = f"<main><div class='x1'>{''.join(f'<p>{text}</p>' for text in PROSE)}</div></main>"
    assert texts(page, [PROSE[1], PROSE[3]]) == PROSE


@pytest.mark.parametrize(
    "more",
    [
        pytest.param("<p>Selasa, 16:10</p>" * 60, id="short lines"),
        pytest.param("<p>" + "<a href='/lain'>Harga bawang turun lagi di pasar Sembalun</a> dan " * 12 + "lain.</p>",
                     id="links"),
        pytest.param("<h1>Cerita lain</h1>" + "".join(f"<p>{text}</p>" for text in PROSE), id="the next story"),
    ],
)  # fmt: skip
def test_what_is_no_prose_of_the_article_does_not_come_with_the_found_text(more: str) -> None:
    page = f"<main><div class='x1'><h1>Panen</h1><p>{PROSE[1]}</p>{more}<p>{PROSE[3]}</p></div></main>"
    assert texts(page, [PROSE[1], PROSE[3]]) == [PROSE[1], PROSE[3]]
