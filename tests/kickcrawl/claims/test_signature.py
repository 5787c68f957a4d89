"""The byline as its reader sees it: near the headline, by its markup or by its first word."""

import lxml.html
import pytest

from kickcrawl.claims.credits import is_label, is_name
from kickcrawl.claims.signature import read_signature
from kickcrawl.page.headline import find_headline

PROSE = "Harga cabai di pasar Selong naik dua kali lipat sejak hujan turun terus-menerus pada awal bulan. " * 3


def names(body: str) -> tuple[str, ...]:
    root = lxml.html.document_fromstring(f"<html><body>{body}</body></html>")
    return read_signature(root.find("body"), find_headline(root)).names


@pytest.mark.parametrize(
    ("byline", "read"),
    [
        pytest.param('<p class="byline">Siti Rahma</p>', ("Siti Rahma",), id="by its class"),
        pytest.param('<div id="post-author"><a href="/s">Siti Rahma</a></div>', ("Siti Rahma",), id="by its id"),
        pytest.param('<b itemprop="author"><i itemprop="name">Siti Rahma</i></b>', ("Siti Rahma",), id="by itemprop"),
        pytest.param('<a rel="author" href="/s">Siti Rahma</a>', ("Siti Rahma",), id="by rel"),
        pytest.param('<div class="penulis">Penulis: Siti Rahma</div>', ("Siti Rahma",), id="Indonesian"),
        pytest.param("<p>Oleh: Siti Rahma</p>", ("Siti Rahma",), id="by its first word alone"),
        pytest.param("<p>Oleh Sahrudin Selasa, 15 Juli 2025 10:20 WITA</p>", ("Sahrudin",), id="a weekday behind"),
        pytest.param("<p>Penulis : Sahrudin 15/7/2025</p>", ("Sahrudin",), id="a day behind"),
        pytest.param("<p>Wartawan - Siti Rahma</p>", ("Siti Rahma",), id="a dash behind the role"),
        pytest.param("<p>Penulis | Siti Rahma</p>", ("Siti Rahma",), id="a bar behind the role"),
        pytest.param("<p>Laporan Kontributor Warta Uji: Siti Rahma</p>", ("Siti Rahma",), id="role and outlet"),
        pytest.param("<p>Ditulis Siti Rahma</p>", ("Siti Rahma",), id="a role without by"),
        pytest.param('<p class="byline">Par Siti Rahma</p>', ("Siti Rahma",), id="French"),
        pytest.param('<p class="byline">Door Siti Rahma</p>', ("Siti Rahma",), id="Dutch"),
        pytest.param('<p class="byline">Di Siti Rahma</p>', ("Siti Rahma",), id="Italian"),
        pytest.param('<p class="author">Siti Rahma (Reuters)</p>', ("Siti Rahma",), id="agency in brackets"),
        pytest.param('<footer><p>Oleh Siti Rahma</p></footer>', ("Siti Rahma",), id="a footer above the text"),
        pytest.param("<p><time>14 Juli</time> oleh Siti Rahma, Wartawan</p>", ("Siti Rahma",), id="behind the day"),
        pytest.param('<p class="author">Oleh Penulis Lepas</p>', (), id="a role alone"),
        pytest.param("<p>By Siti Rahma, 14 Juli 2025</p>", ("Siti Rahma",), id="the date behind is none"),
        pytest.param("<p>Von Siti Rahma und Lalu Anom</p>", ("Siti Rahma", "Lalu Anom"), id="German, two"),
        pytest.param(
            '<p class="author">By <a>Siti Rahma</a> and <a>Lalu Anom</a></p>', ("Siti Rahma", "Lalu Anom"), id="links"
        ),
        pytest.param(
            '<p class="author"><a>Siti Rahma</a>, <a>Lalu Anom</a> <i>Wartawan senior</i></p>',
            ("Siti Rahma", "Lalu Anom"),
            id="who somebody is ends the names",
        ),
        pytest.param(
            '<p class="byline"><a>Ekonomi</a> <i>By</i> <a>Siti Rahma</a></p>', ("Siti Rahma",), id="section first"
        ),
        pytest.param('<p class="author">Siti Rahma - Warta Uji</p>', ("Siti Rahma",), id="the outlet behind a dash"),
        pytest.param('<p class="author">siti</p>', ("siti",), id="one word alone where markup says so"),
        pytest.param(
            '<div class="author"><a>Siti Rahma</a><p class="author-bio">Lalu Anom menulis</p></div>',
            ("Siti Rahma",),
            id="with a biography",
        ),
        pytest.param(
            '<div class="byline">Penulis: Siti Rahma | Editor: Lalu Anom</div>', ("Siti Rahma",), id="an editor is none"
        ),
    ],
)  # fmt: skip
def test_byline_is_read_behind_the_headline(byline: str, read: tuple[str, ...]) -> None:
    assert names(f"<h1>Harga cabai naik</h1>{byline}<p>{PROSE}</p>") == read


@pytest.mark.parametrize(
    "label",
    [
        "Pewarta",
        "Kontributor",
        "Wartawan",
        "Jurnalis",
        "Penulis",
        "Reporter",
        "Laporan",
        "Author",
        "Journalist",
        "Autor",
    ]
    + ["Autorin", "Auteur", "Autora", "Redação", "Texto", "Muhabir", "JURNALIS"],
)
def test_role_of_a_writer_before_a_colon_is_a_label(label: str) -> None:
    byline = f"<p>{label}: Siti Rahma<br>Editor: Lalu Anom</p>"
    assert names(f"<h1>Harga cabai naik</h1>{byline}<p>{PROSE}</p>") == ("Siti Rahma",)


@pytest.mark.parametrize(
    "byline",
    [
        pytest.param("<p><b>Penulis:</b> Siti Rahma</p>", id="label in bold"),
        pytest.param("<div><span>Oleh</span> <span>Siti Rahma</span> <span>14 Juli 2025</span></div>", id="spans"),
        pytest.param("<p><strong>Jurnalis :</strong> <a href='/s'>Siti Rahma</a></p>", id="a link"),
        pytest.param("<div><span>Penulis</span> <span>Siti Rahma</span></div>", id="a role without a colon"),
        pytest.param("<div>Ditulis oleh Siti Rahma pada 14 Juli 2025</div>", id="a small word before the day"),
        pytest.param("<p>Redaktur: Lalu Anom | Reporter: Siti Rahma</p>", id="another role first"),
        pytest.param("<p>Penulis : Siti Rahma / Editor : Lalu Anom</p>", id="another role behind a slash"),
        pytest.param("<p>Teks: Siti Rahma Foto: Lalu Anom</p>", id="another role behind a space"),
        pytest.param("<p>Reported by Siti Rahma; edited by Lalu Anom</p>", id="English"),
        pytest.param('<div class="jurnalis">Siti Rahma</div>', id="an Indonesian class name"),
    ],
)
def test_label_may_stand_in_an_element_of_its_own(byline: str) -> None:
    assert names(f"<h1>Harga cabai naik</h1>{byline}<p>{PROSE}</p>") == ("Siti Rahma",)


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("<p><a>Laporan</a> <a>Harga Cabai Naik</a></p>", id="a section that is called as a label"),
        pytest.param("<div><h3>Buku pasar</h3><div><p>Oleh:</p><p>Lalu Anom</p></div></div>", id="an entry of a list"),
        pytest.param("<p>Wartawan Senior Berkumpul</p>", id="a writer's role without a colon"),
        pytest.param("<p>Editor: Lalu Anom</p>", id="an editor"),
        pytest.param("<p>Fotografer: Lalu Anom</p>", id="a photographer"),
        pytest.param('<p class="author">Diperbarui 14 Juli</p>', id="a date"),
        pytest.param('<p class="byline"><a class="byline-category">Gaya Hidup</a></p>', id="a section"),
        pytest.param("<p>By following these tips, traders save.</p>", id="a sentence"),
        pytest.param(f"<p>Oleh Siti Rahma, {PROSE}</p>", id="a paragraph that opens so"),
        pytest.param('<p class="byline">Editor: Lalu Anom</p>', id="an editor only"),
        pytest.param('<p class="author">Reviewed by Lalu Anom</p>', id="who only reviewed"),
        pytest.param('<blockquote class="author">Lalu Anom</blockquote>', id="who is quoted"),
        pytest.param('<div class="comments"><b class="author">Lalu Anom</b></div>', id="who comments"),
        pytest.param('<aside><p class="byline">Lalu Anom</p></aside>', id="beside the story"),
        pytest.param('<div class="related-card"><i class="author">Lalu Anom</i></div>', id="another story's"),
        pytest.param('<p class="author">Wartawan yang meliput cabai</p>', id="no capitals"),
        pytest.param("<script>var author = 'By Lalu Anom'</script>", id="a script"),
    ],
)
def test_what_is_no_byline_names_nobody(line: str) -> None:
    assert names(f"<h1>Harga cabai naik</h1>{line}<p>{PROSE}</p>") == ()


def test_byline_above_the_headline_is_read_where_none_is_behind_it() -> None:
    assert names('<p class="byline">Siti Rahma</p><h1>Harga cabai naik</h1><p>Isi.</p>') == ("Siti Rahma",)
    both = '<p class="byline">Lalu Anom</p><h1>Harga cabai naik</h1><p class="byline">Siti Rahma</p>'
    assert names(both) == ("Siti Rahma",)


def test_byline_far_below_the_headline_is_another_storys() -> None:
    assert names(f'<h1>Harga cabai naik</h1><p>{PROSE * 6}</p><p class="byline">Lalu Anom</p>') == ()


def test_element_that_holds_the_headline_is_the_storys_whatever_its_name() -> None:
    story = '<h1>Harga cabai naik</h1><p class="byline">Siti Rahma</p>'
    assert names(f'<div class="content with-sidebar">{story}</div>') == ("Siti Rahma",)


def test_byline_is_found_on_a_page_without_a_headline() -> None:
    assert names('<p class="byline">Siti Rahma</p><p>Isi.</p>') == ("Siti Rahma",)


def test_lines_at_the_headline_are_known_without_their_label() -> None:
    root = lxml.html.document_fromstring("<h1>Cabai</h1><p>Oleh Redaksi</p><p>Warta <b>Uji</b></p>")
    signature = read_signature(root.find("body"), find_headline(root))
    assert signature.has("Redaksi")
    assert not signature.has("Warta Uji")


def test_page_nested_thousands_deep_is_read_in_time() -> None:
    deep = '<div class="author">' * 1000
    root = lxml.html.document_fromstring(f"<h1>Cabai</h1>{deep}Siti Rahma", parser=lxml.html.HTMLParser(huge_tree=True))
    assert read_signature(root.find("body"), find_headline(root)).names == ("Siti Rahma",)


@pytest.mark.parametrize(
    ("text", "alone", "name"),
    [
        ("Siti Rahma", False, True),
        ("Muhammad bin Abdullah", False, True),
        ("Rahma", False, False),
        ("Rahma", True, True),
        ("S.", True, False),
        ("Lihat Komentar", False, False),
        ("Siti Rahma (kanan)", False, False),
        ("Siti 83", False, False),
        ("松岡大地", True, True),
        ("Prof. Dr. H. Lalu Anom Kusuma, M.Ag., Ph.D.", False, True),
        ("dr. Siti Rahma, Sp.A", False, True),
        ("Satu Dua Tiga Empat Lima Enam Tujuh", False, False),
        ("", True, False),
    ],
)
def test_name_is_told_by_its_form(text: str, alone: bool, name: bool) -> None:
    assert is_name(text, alone=alone) is name


@pytest.mark.parametrize(
    ("text", "label"), [("Ditulis oleh", True), ("Written by", True), ("Est. reading time", False), ("", False)]
)
def test_label_of_an_author_is_known(text: str, label: bool) -> None:
    assert is_label(text) is label
