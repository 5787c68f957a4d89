"""Foreign boxes: what stands in the body and is not of the article is cut by what it holds, later by its selector."""

import lxml.html
import pytest
from lxml.html import HtmlElement

from kickcrawl.body.foreign_boxes import cut_boxes, cut_foreign_boxes
from kickcrawl.page.blocks import fold
from kickcrawl.reading import BoxSelectors

STORY = [
    "Warga tiga dusun di kaki bukit bergotong royong menanam seribu bibit pohon aren di sepanjang sungai.",
    "Bibit itu dibagikan oleh kelompok tani setempat sesudah banjir merusak tebing sungai tahun lalu.",
    "Panitia berharap akar aren menahan tanah, sedangkan niranya kelak menambah penghasilan warga.",
    "Anak-anak sekolah ikut menyiram bibit sepulang belajar, dua kali dalam seminggu.",
]
PROMOTION = "Dapatkan kabar pilihan redaksi setiap pagi langsung di kotak surat elektronik Anda."


def body(fragment: str) -> HtmlElement:
    """Return a body of the article's four paragraphs, *fragment* between the second and the third."""
    first, second, third, fourth = (f"<p>{text}</p>" for text in STORY)
    return lxml.html.fragment_fromstring(f"<div>{first}{second}{fragment}{third}{fourth}</div>")


def cut(node: HtmlElement, found: list[str]) -> BoxSelectors:
    """Cut the foreign boxes in *node*, where the house rules would take out what tells of other articles alone."""
    return cut_foreign_boxes(node, found, lambda box: all(block.text.startswith("Baca juga") for block in box))


def left(node: HtmlElement) -> str:
    return fold(" ".join(node.itertext()))


@pytest.mark.parametrize(
    ("fragment", "selector"),
    [
        pytest.param(f"<div class='surat-pagi'><p>{PROMOTION}</p></div>", "div.surat-pagi", id="div"),
        pytest.param(f"<section class='b a'>{PROMOTION}</section>", "section.a.b", id="class names in order"),
        pytest.param(f"<section id='langganan'><h3>{PROMOTION}</h3></section>", "section.langganan", id="id alone"),
        pytest.param(f"<div><div class='pagi'>{PROMOTION}</div></div>", "div.pagi", id="in a nameless one"),
        pytest.param(f"<div class='x'><p>{STORY[0]}</p><div class='pagi'>{PROMOTION}</div></div>", "div.pagi",
                     id="beside a paragraph, deep inside"),
        pytest.param("<div class='tema'><a href='/t'>Lingkungan</a></div>", "div.tema", id="a label that is a link"),
    ],
)  # fmt: skip
def test_box_that_holds_nothing_of_the_believed_text_is_cut_and_its_selector_told(
    fragment: str, selector: str | None
) -> None:
    node = body(fragment)
    boxes = cut(node, STORY)
    assert boxes.foreign == (frozenset([selector]) if selector else frozenset())
    assert (PROMOTION in left(node) or "Lingkungan" in left(node)) == (selector is None)
    assert all(text in left(node) for text in STORY)


@pytest.mark.parametrize(
    "fragment",
    [
        pytest.param("<div class='subjudul'>Bibit Dibagikan</div>", id="a subhead"),
        pytest.param("<div class='data'><h4>Angka</h4><p>Bibit: 1.000</p><p>Dusun: 3</p></div>", id="short lines"),
        pytest.param("<section class='bahan'><ul><li>Aren</li><li>Kompos</li></ul></section>", id="a short list"),
        pytest.param("<div class='geser'><table><tr><td>Timur</td><td>400</td></tr></table></div>", id="a table"),
        pytest.param(
            "<aside class='petikan'><p>Kami menanam untuk cucu, kata Amaq Sahni.</p></aside>", id="a pull quote"
        ),
        pytest.param(f"<aside class='kotak-fakta'><h4>Fakta</h4><p>{PROMOTION}</p></aside>", id="an aside of facts"),
        pytest.param(
            "".join(f"<div class='paragraf'>{PROMOTION} {n}</div>" for n in range(3)), id="paragraphs that are divs"
        ),
        pytest.param(f"<div class='ralat'><p>Ralat: {PROMOTION}</p></div>", id="a correction notice"),
        pytest.param(f"<div class='hide-for-small'><p>{PROMOTION}</p></div>", id="a name that says where it is shown"),
        pytest.param(f"<div class='kabar'><p>{PROMOTION}</p></div>", id="a name with a word of trafilatura's in it"),
        pytest.param(f"<div><div><div class='foto-slide'><p>{PROMOTION}</p></div></div></div>", id="the same, inside"),
    ],
)  # fmt: skip
def test_box_that_nothing_speaks_against_is_the_articles(fragment: str) -> None:
    node = body(fragment)
    before = left(node)
    assert cut(node, STORY).foreign == frozenset()
    assert left(node) == before


@pytest.mark.parametrize(
    "fragment",
    [
        pytest.param(f"<p class='iklan-baris'>{PROMOTION}</p>", id="paragraph"),
        pytest.param(f"<ul class='daftar'><li>{PROMOTION}</li></ul>", id="list"),
        pytest.param(f"<blockquote class='kutipan'>{PROMOTION}</blockquote>", id="quotation"),
        pytest.param(f"<table class='data'><tr><td>{PROMOTION}</td></tr></table>", id="table"),
        pytest.param(f"<div>{PROMOTION}</div>", id="a box without a name"),
        pytest.param(f"<div class='isi'>{PROMOTION}</div><div class='isi'><p>{STORY[0]}</p></div>",
                     id="a box with the selector of one with believed text"),
        pytest.param(f"<div class='isi'>{(PROMOTION + ' ') * 5}</div>", id="a box with most of the prose"),
        pytest.param(f"<div class='baca'>Baca juga: {PROMOTION}</div>", id="a box that the house rules take out"),
    ],
)  # fmt: skip
def test_what_is_no_small_foreign_box_stays(fragment: str) -> None:
    node = body(fragment)
    assert cut(node, STORY).foreign == frozenset()
    assert PROMOTION in left(node)


def test_standfirst_that_opens_the_body_stays_though_the_witness_passes_over_it() -> None:
    """trafilatura reads no text that stands in a div alone (as Wagtail's tutorial has its introduction)."""
    opening = f"<div class='intro'>{PROMOTION}</div>"
    paragraphs = "".join(f"<p>{text}</p>" for text in STORY)
    for fragment, stays in (
        (f"<h1>Aren</h1>{opening}{paragraphs}", True),
        (f"<h1>Aren</h1>{paragraphs}{opening}", False),
        (f"{opening.replace('intro', 'promo')}{paragraphs}", False),
        (f"{opening.replace('Anda', '<a href=/s>Anda</a>')}{paragraphs}", False),
    ):
        node = lxml.html.fragment_fromstring(f"<div>{fragment}</div>")
        cut(node, STORY)
        assert (PROMOTION in left(node)) is stays


def test_text_behind_a_box_that_is_cut_stays() -> None:
    node = body(f"<div class='pagi'>{PROMOTION}</div> Begitulah rencananya.")
    cut(node, STORY)
    assert "Begitulah rencananya." in left(node)
    assert PROMOTION not in left(node)


def test_words_are_compared_without_spaces_since_finders_join_lines_their_own_way() -> None:
    node = body("<div class='tabel-kecil'>Harga bibit<br>dua puluh ribu rupiah sebatang</div>")
    boxes = cut(node, [*STORY, "Harga bibit dua puluh\nribu rupiah sebatang"])
    assert boxes == BoxSelectors(own=frozenset(["div.tabel-kecil"]))


def test_short_text_is_not_believed_because_it_stands_in_a_sentence_by_chance() -> None:
    node = body("<div class='tagar'><a href='/t'>warga</a></div>")
    assert cut(node, STORY).foreign == {"div.tagar"}


def test_boxes_of_known_selectors_are_cut_wherever_they_stand() -> None:
    node = body(
        f"<div class='x'><div class='pagi b'>{PROMOTION}</div></div><aside class='pagi b'>Catatan redaksi.</aside>"
    )
    cut_boxes(node, ["div.b.pagi"])
    assert PROMOTION not in left(node)
    assert "Catatan redaksi." in left(node)


def test_known_selector_cuts_nothing_that_holds_much_of_the_article() -> None:
    node = body("")
    outer = lxml.html.fragment_fromstring(f"<div><div class='pagi'>{lxml.html.tostring(node, encoding='unicode')}</div>"
                                          f"<p>{STORY[0]}</p></div>")  # fmt: skip
    cut_boxes(outer, ["div.pagi"])
    assert all(text in left(outer) for text in STORY)


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(
            "Bupati meminta <a class='taut'>Dinas Pekerjaan Umum</a> turun tangan.", id="in a line of the body"
        ),
        pytest.param("<p>Bupati meminta <a class='taut'>Dinas Pekerjaan Umum</a> turun tangan.</p>", id="paragraph"),
    ],
)
def test_link_within_a_line_is_no_box_whoever_has_cut_links_of_its_selector(line: str) -> None:
    node = body(line)
    cut(node, [*STORY, "Bupati meminta turun tangan."])
    cut_boxes(node, ["a.taut"])
    assert "Bupati meminta Dinas Pekerjaan Umum turun tangan." in left(node)


def test_link_by_itself_with_blocks_in_it_is_a_box() -> None:
    card = f"<a class='kartu' href='/lain'><div>{PROMOTION}</div></a>"
    assert cut(body(card), STORY).foreign == {"a.kartu"}
    node = body(card)
    cut_boxes(node, ["a.kartu"])
    assert PROMOTION not in left(node)


@pytest.mark.parametrize("around", ["ul><li", "blockquote", "table><tr><td", "p"])
def test_known_selector_cuts_nothing_in_lists_quotations_tables_and_paragraphs(around: str) -> None:
    node = body(f"<{around}><span><section class='kotak'>{PROMOTION}</section></span></{around.split('>')[0]}>")
    cut_boxes(node, ["section.kotak"])
    assert PROMOTION in left(node)
