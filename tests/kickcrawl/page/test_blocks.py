"""Blocks: what a reader sees as paragraphs, headings, quotations, items and table rows."""

import re

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kickcrawl.page.blocks import Block, Link, fold, join_text, read_blocks, text_of


def read(fragment: str) -> list[Block]:
    return read_blocks(lxml.html.fragment_fromstring(fragment, create_parent="div"))


@pytest.mark.parametrize(
    ("fragment", "expected"),
    [
        pytest.param("<p>Satu.</p><p>Dua.</p>", [("p", "Satu."), ("p", "Dua.")], id="paragraphs"),
        pytest.param("<div>Satu.</div><div>Dua.</div>", [("p", "Satu."), ("p", "Dua.")], id="divs"),
        pytest.param("Satu.<br><br>Dua.", [("p", "Satu."), ("p", "Dua.")], id="two breaks part paragraphs"),
        pytest.param("Satu.<br>&nbsp;<br/>\n<br>Dua.", [("p", "Satu."), ("p", "Dua.")], id="breaks, spaces between"),
        pytest.param("<p>Satu<br>Dua</p>", [("p", "Satu\nDua")], id="one break stays inside"),
        pytest.param("Satu.<p>Dua.</p>Tiga.", [("p", "Satu."), ("p", "Dua."), ("p", "Tiga.")], id="text between"),
        pytest.param("<p>Harga <b>cabai</b><i>!</i></p>", [("p", "Harga cabai!")], id="inline marks part no words"),
        pytest.param("<p>Harga\n   cabai\t&nbsp;naik</p>", [("p", "Harga cabai naik")], id="white space is folded"),
        pytest.param("<p> </p><div>&nbsp;</div><p>Isi</p>", [("p", "Isi")], id="empty ones are left out"),
        pytest.param("<h2>Data</h2><p>Isi</p>", [("h", "Data"), ("p", "Isi")], id="heading"),
        pytest.param("<blockquote><p>A.</p><p>B.</p></blockquote>C.", [("quote", "A."), ("quote", "B."), ("p", "C.")],
                     id="quotation of two paragraphs"),
        pytest.param("<ul><li>A</li><li><p>B</p></li></ul>", [("li", "A"), ("li", "B")], id="items"),
        pytest.param("<ul><li>A<ul><li>B</li></ul>C</li></ul>", [("li", "A"), ("li", "B"), ("li", "C")],
                     id="items in an item"),
        pytest.param("<p>Luas <math><mi>a</mi><mo>×</mo><mi>b</mi></math> are</p>", [("p", "Luas a×b are")],
                     id="formula"),
        pytest.param("<p>Bupati <math>Lalu </math>Anom</p>", [("p", "Bupati Lalu Anom")], id="no formula in a formula"),
        pytest.param("<math><mfrac><mi>a</mi><mi>b</mi></mfrac><annotation encoding='application/x-tex'>\\frac{a}{b}"
                     "</annotation></math>", [("p", "\\frac{a}{b}")], id="formula as it was written"),
        pytest.param("<dl><dt>Luas</dt><dd>3 ha</dd></dl>", [("li", "Luas"), ("li", "3 ha")], id="terms"),
        pytest.param("<table><tr><th>Desa</th><th>Ton</th></tr><tr><td>Sajang</td><td>12</td></tr></table>",
                     [("tr", "Desa | Ton"), ("tr", "Sajang | 12")], id="table rows"),
        pytest.param("<table><tr><td>Sajang</td><td></td><td>12</td></tr></table>", [("tr", "Sajang |  | 12")],
                     id="an empty cell keeps its place"),
        pytest.param("<table><tr><td><p>Sajang</p></td><td>a<br><br>b</td></tr></table>", [("tr", "Sajang | a b")],
                     id="paragraphs in a cell stay in its row"),
        pytest.param("<p>A<script>var b;</script>B</p><style>p{}</style>", [("p", "AB")], id="scripts are silent"),
        pytest.param("<p>A<!-- rahasia -->B</p>", [("p", "AB")], id="comments are silent"),
        pytest.param("<p>A</p><!-- rahasia -->B", [("p", "A"), ("p", "B")], id="text behind a comment"),
        pytest.param("<noscript><p>Aktifkan</p></noscript>Isi", [("p", "Isi")], id="noscript with all it holds"),
        pytest.param("<select><option>Pilih</option></select><p>Isi</p>", [("p", "Isi")], id="form fields"),
        pytest.param("<p>Camat <kabar-tokoh>Amaq Sahni</kabar-tokoh> hadir</p>", [("p", "Camat Amaq Sahni hadir")],
                     id="an element of the site's own in a sentence"),
        pytest.param("<div>Camat <o:nama>Amaq Sahni</o:nama> hadir</div>", [("p", "Camat Amaq Sahni hadir")],
                     id="a word processor's element in a sentence"),
        pytest.param("<x-alinea>Satu.</x-alinea><x-alinea>Dua.</x-alinea>", [("p", "Satu."), ("p", "Dua.")],
                     id="elements of the site's own as paragraphs"),
        pytest.param("<x-isi><p>Satu.</p><p>Dua.</p></x-isi>", [("p", "Satu."), ("p", "Dua.")],
                     id="paragraphs in an element of the site's own"),
        pytest.param("<p>Rp 25<sup>1</sup> juta, 120 m<sup>2</sup></p>", [("p", "Rp 25¹ juta, 120 m²")], id="raised"),
        pytest.param("<p>luas 2<sup>1</sup>/<sub>2</sub> hektare, H<sub>2</sub>O</p>", [("p", "luas 2½ hektare, H2O")],
                     id="a fraction, and lowered figures that are none"),
        pytest.param('<ol><li>Arsip desa. <a href="#r1">↩︎</a></li></ol>', [("li", "Arsip desa.")], id="the way back"),
        pytest.param("<p><ruby>灌漑<rp>(</rp><rt>かんがい</rt><rp>)</rp></ruby>用水</p>", [("p", "灌漑用水")],
                     id="ruby"),
        pytest.param("<pre>Satu.\nMasih satu.\n\nDua.</pre>", [("p", "Satu.\nMasih satu."), ("p", "Dua.")], id="pre"),
        pytest.param('<h3><button>Kapan selesai?</button></h3><button>Kirim</button>', [("h", "Kapan selesai?")],
                     id="a question that opens its answer"),
        pytest.param("<table><tr><td><h1>Judul</h1>Satu.<br><br>Dua.</td><td>Samping</td></tr></table>",
                     [("h", "Judul"), ("p", "Satu."), ("p", "Dua."), ("p", "Samping")], id="a table for layout"),
    ],
)  # fmt: skip
def test_markup_becomes_the_blocks_that_a_reader_sees(fragment: str, expected: list[tuple[str, str]]) -> None:
    assert [(block.kind, block.text) for block in read(fragment)] == expected


@pytest.mark.parametrize(
    ("fragment", "links"),
    [
        pytest.param('<p>Lihat <a href="/x">panen\n raya</a> kini</p>', [Link("panen raya", "/x")], id="in a sentence"),
        pytest.param('<p><a href="/x"><b>Panen</b> raya</a></p>', [Link("Panen raya", "/x")], id="marks inside"),
        pytest.param('<p><a name="atas">Panen</a></p>', [], id="an anchor that leads nowhere"),
        pytest.param('<p><a href="/x"><img src="a.jpg"></a>Panen</p>', [], id="a link around a picture"),
        pytest.param(
            '<a href="/x"><p>Panen raya</p></a>',
            [Link("Panen raya", "/x")],
            id="a link around a paragraph",
        ),
    ],
)
def test_block_knows_the_links_that_stand_in_it(fragment: str, links: list[Link]) -> None:
    assert [link for block in read(fragment) for link in block.links] == links


def test_link_belongs_to_the_paragraph_it_stands_in_when_breaks_part_them() -> None:
    first, second = read('Satu.<br><br>Dua <a href="/x">tiga</a>.')
    assert (first.links, second.links) == ((), (Link("tiga", "/x"),))


def test_text_behind_a_table_in_a_table_is_kept() -> None:
    blocks = read("<table><tr><td>A<table><tr><td>B</td></tr></table>C</td><td>D</td></tr></table>")
    assert "C" in join_text(blocks)


def test_page_nested_far_deeper_than_the_stack_is_read() -> None:
    node = root = lxml.html.fragment_fromstring("<div></div>")
    for _ in range(5_000):
        node = lxml.html.etree.SubElement(node, "div")
    node.text = "Dasar"
    assert read_blocks(root) == [Block("p", "Dasar")]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        pytest.param("  a \n\t b\r\n", "a b", id="runs"),
        pytest.param("a\u00a0\u00a0b", "a b", id="no-break space"),
        pytest.param("\ufeffa\u200b", "a", id="zero width at the ends"),
        pytest.param("per\u00adbaik\u2060an", "perbaikan", id="soft hyphen and word joiner"),
        pytest.param(" \n ", "", id="nothing"),
        pytest.param("a\ud800 \n b", "a b", id="half a character"),
    ],
)
def test_folding_leaves_single_spaces(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_text_of_an_element_leaves_its_comments_out() -> None:
    assert text_of(lxml.html.fragment_fromstring("<p>Harga <b>naik</b><!-- tidak --> lagi</p>")) == "Harga naik lagi"


def test_joined_text_parts_paragraphs_by_an_empty_line() -> None:
    assert join_text([Block("p", "Satu"), Block("quote", "Dua\ntiga")]) == "Satu\n\nDua\ntiga"


def test_block_counts_its_words() -> None:
    assert Block("p", "Harga cabai\nnaik").words == 3


# Pieces of text with all that is folded, and with spaces and marks that are not.
PIECES = st.text("aé漢字 \t\r\n\f\v\u00a0\u00ad\u2003\u200b\u2060\u200d\u2028\ufeff\x1c\x85", max_size=8)
MARKUP = PIECES.map(lambda text: re.sub("[\f\v\x1c]", "", text))  # what lxml lets stand in a tree


def plainly_folded(text: str) -> str:
    """The rule of folding without the shortcut for text that needs none."""
    seen = re.sub("[\x1c\u00ad\u200b\u2060\ufeff]", "", text.replace("\x85", "\u2026"))
    return re.sub("[ \t\r\n\f\v\u00a0]+", " ", seen).strip()


@given(text=PIECES)
def test_folding_by_its_shortcut_is_folding_by_its_rule(text: str) -> None:
    assert fold(text) == plainly_folded(text)


@given(paragraphs=st.lists(st.lists(MARKUP, min_size=1, max_size=5), max_size=4))
def test_blocks_of_any_pieces_of_text_are_their_paragraphs_folded(paragraphs: list[list[str]]) -> None:
    root = lxml.html.fragment_fromstring("<div></div>")
    for pieces in paragraphs:
        node = lxml.html.etree.SubElement(root, "p")
        node.text = pieces[0]
        for number, piece in enumerate(pieces[1:]):
            inline = lxml.html.etree.SubElement(node, "b")
            inline.text, inline.tail = (piece, "") if number % 2 else ("", piece)
    expected = [plainly_folded("".join(pieces)) for pieces in paragraphs]
    assert [block.text for block in read_blocks(root)] == [text for text in expected if text]


def test_a_sign_that_links_to_its_own_heading_is_no_text() -> None:
    page = "<h3><a href='https://warta.example/panen#biaya' aria-hidden=true>#</a>Biaya</h3>"
    assert [block.text for block in read_blocks(lxml.html.fragment_fromstring(page, create_parent="div"))] == ["Biaya"]
