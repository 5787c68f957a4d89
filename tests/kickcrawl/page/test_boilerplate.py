"""Boilerplate: what is on the page but not of the article goes; prose stays, whatever its element is called."""

from time import process_time

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kickcrawl.page.blocks import fold, read_blocks
from kickcrawl.page.boilerplate import prose_length, prune
from kickcrawl.page.class_names import told_by_name
from kickcrawl.page.cuts import Cuts, prose_in
from kickcrawl.page.second_witness import headed_boxes

PROSE = "Petani di lereng utara mulai memanen bawang merah setelah hujan reda selama dua pekan. " * 6
OTHER = "Pedagang dari kota sudah dua kali datang menawar. "


def pruned(fragment: str, keep: str | None = None) -> str:
    """The text that is left of a page with *fragment* beside the prose; *keep* is the id of the body."""
    root = lxml.html.document_fromstring(f"<html><body>{fragment}</body></html>")
    prune(root.find("body"), root.get_element_by_id(keep) if keep else None)
    return fold(root.text_content())


@pytest.mark.parametrize(
    "fragment",
    [
        pytest.param("<script>lihat()</script>", id="script"),
        pytest.param("<nav><a href='/'>Beranda</a></nav>", id="nav"),
        pytest.param("<form><input>Cari</form>", id="form"),
        pytest.param("<button>Bagikan</button>", id="button"),
        pytest.param("<div hidden>Rahasia</div>", id="hidden"),
        pytest.param("<div role='navigation'>Beranda</div>", id="role"),
        pytest.param("<ins class='adsbygoogle'>Pasang</ins>", id="advert"),
        pytest.param("<div class='wu-share-top'>Sebarkan</div>", id="a word of the class"),
        pytest.param("<div id='related_posts'>Panen lain</div>", id="a word of the id"),
        pytest.param("<div class='td-post-sharing-top'>Sebar</div>", id="a longer class"),
        pytest.param("<div class='author-box'>Tentang penulis</div>", id="two words together"),
        pytest.param("<div class='Iklan'>Diskon</div>", id="capitals"),
        pytest.param("<aside>Cuaca hari ini</aside>", id="aside"),
        pytest.param("<footer>Hak cipta</footer>", id="footer"),
        pytest.param(
            "<div class='related'><a href='/x'>Read more</a></div>", id="a read-also label that leads nowhere"
        ),
        pytest.param(
            "<div class='related'>Baca juga <a href='/x'>Panen lain</a> Cuaca cerah</div>", id="more than links"
        ),
        pytest.param("<header>Warta Uji</header>", id="header without the headline"),
        pytest.param("<blockquote class='twitter-tweet'><p>Kata orang lain</p></blockquote>", id="embedded post"),
    ],
)
def test_what_is_not_of_the_article_goes(fragment: str) -> None:
    assert pruned(f"<article><p>{PROSE}</p>{fragment}</article>") == PROSE.strip()


@pytest.mark.parametrize(
    "fragment",
    [
        pytest.param("<div class='author'>Sahni</div>", id="half of a pair"),
        pytest.param("<div class='shareholder'>Pemegang saham</div>", id="a word that only begins alike"),
        pytest.param("<header><h1>Panen raya</h1></header>", id="header with the headline"),
        pytest.param("<header><h2>Panen raya</h2></header>", id="header with the headline as h2"),
        pytest.param("<div class='related'>Baca juga: <a href='/x'>Panen lain</a></div>", id="read-also box"),
        pytest.param("<div class='terkait'>Cek juga: <a href='/x'>Panen lain</a></div>", id="another label"),
        pytest.param(
            "<div class='related'><b class='related-b'>Lesen Sie auch</b> <a class='popular' href='/x'>Ernte</a></div>",
            id="elements inside the box that are called so, too",
        ),
        pytest.param("<aside>Lire aussi : <a href='/x'>Panen lain</a></aside>", id="read-also aside"),
        pytest.param(
            "<p>Harga <ins>turun</ins></p>",
            id="a correction marked as inserted",
        ),
    ],
)
def test_what_may_be_of_the_article_stays(fragment: str) -> None:
    words = fold(lxml.html.fragment_fromstring(fragment).text_content())
    assert words in pruned(f"<article><p>{PROSE}</p>{fragment}</article>")


def test_pictures_of_a_read_also_box_are_other_articles() -> None:
    box = "<div class='related'>Baca juga: <a href='/x'><img src='/x.jpg'>Panen lain</a></div>"
    root = lxml.html.document_fromstring(f"<html><body><p>{PROSE}<img src='/y.jpg'></p>{box}</body></html>")
    prune(root.find("body"))
    assert root.xpath("//img/@src") == ["/y.jpg"]


@pytest.mark.parametrize("name", ["sidebar", "widget", "reader", "comments"])
def test_element_with_most_of_the_prose_stays_whatever_it_is_called(name: str) -> None:
    assert PROSE.strip() in pruned(f"<div class='{name}'><p>{PROSE}</p></div><p>Sekian.</p>")


def test_element_with_little_of_the_prose_goes_by_its_name() -> None:
    assert "Cuaca" not in pruned(f"<p>{PROSE}</p><div class='sidebar'><p>Cuaca cerah berawan.</p></div>")


@pytest.mark.parametrize(
    ("module", "stays"),
    [
        pytest.param(f"<div class='susun-widget teks b2e0'><p>{OTHER}</p></div>", True, id="built as the body's own"),
        pytest.param("<div class='susun-widget teks b2e0'><p>Cuaca.</p></div>", False, id="without a paragraph"),
        pytest.param(f"<div class='susun-widget daftar b2e0'><p>{OTHER}</p></div>", False, id="built otherwise"),
        pytest.param(f"<div><div class='susun-widget teks b2e0'><p>{OTHER}</p></div></div>", False, id="elsewhere"),
    ],
)
def test_module_that_is_called_as_the_one_with_the_body_is_no_boilerplate(module: str, stays: bool) -> None:
    body = f"<div class='susun-widget teks a1f7'><div>{f'<p>{PROSE}</p>' * 3}</div></div>"
    assert pruned(f"{module}{body}") == fold(f"{OTHER if stays else ''}{PROSE * 3}")


@pytest.mark.parametrize("wrapper", ["id='social-wrapper'", "class='widget'", "class='widget-12'"])
@pytest.mark.parametrize("other", ["id='comments'", "id='newsletter'", "class='widget'", "class='widget-7'"])
def test_what_shares_no_telling_name_with_the_body_is_no_module_of_it(wrapper: str, other: str) -> None:
    body = f"<section {wrapper}><div class='isi'>{f'<p>{PROSE}</p>' * 3}</div></section>"
    assert pruned(f"{body}<section {other}><p>{OTHER}</p></section>") == fold(PROSE * 3)


def test_module_that_says_what_else_it_is_of_goes() -> None:
    names = "class='susun-widget teks'"
    body = f"<div {names}><div>{f'<p>{PROSE}</p>' * 3}</div></div>"
    other = f"<div {names}><h3>Komentar terbaru</h3><p>{OTHER}</p></div>"
    assert pruned(body + other) == fold(PROSE * 3)


def test_form_around_the_whole_page_stays() -> None:
    assert PROSE.strip() in pruned(f"<form id='aspnetForm'><h1>Panen</h1><p>{PROSE}</p></form>")


def test_kept_body_and_what_holds_it_stay_whatever_they_are_called() -> None:
    page = f"<div class='popup'><div id='isi' class='print'><p>Singkat saja.</p></div></div><p>{PROSE}</p>"
    assert "Singkat saja." not in pruned(page)
    assert "Singkat saja." in pruned(page, keep="isi")


def test_body_that_its_name_tells_stays_however_little_it_holds() -> None:
    body = f"<div class='entry-content widget'><p>{OTHER}</p></div>"
    assert OTHER.strip() in pruned(f"{body}<div><p>{PROSE}</p><p>{PROSE}</p><p>{PROSE}</p></div>")


def test_inside_the_kept_body_only_small_boxes_go_by_their_name() -> None:
    page = f"<div id='isi'><p>Awal.</p><div class='ads'>Iklan</div><div class='popular'><p>{PROSE}</p></div></div>"
    assert pruned(page, keep="isi") == f"Awal.{PROSE}".strip()


def test_aside_inside_the_kept_body_is_the_articles_own() -> None:
    page = f"<div id='isi'><p>{PROSE}</p><aside>Catatan redaksi.</aside></div><aside>Cuaca.</aside>"
    left = pruned(page, keep="isi")
    assert "Catatan redaksi." in left
    assert "Cuaca." not in left


def test_prose_is_the_text_outside_of_links() -> None:
    assert prose_length(lxml.html.fragment_fromstring("<div>Lima <a href='/x'>tidak dihitung</a>!</div>")) == 6


@pytest.mark.parametrize(
    ("html", "length"),
    [
        ("<p> Lima \n\t kata </p>", len("Lima kata")),
        ("<p>Lima&nbsp; kata &mdash; é</p>", len("Lima_ kata - é")),
        ("<p>Lima&#11;&#12; kata</p>", len("Lima__ kata")),
        ("<div>\n<p>Lima</p>\n\n<a href='/x'>menu \n</a> <p>kata</p></div>", len("Lima menu kata") - len("menu")),
    ],
)
def test_prose_counts_each_run_of_spaces_and_line_breaks_as_one(html: str, length: int) -> None:
    assert prose_in(lxml.html.fragment_fromstring(html)) == length


NAMES = st.lists(
    st.sampled_from(
        "box author-box author box-2 iklan Iklan print:hidden twitter-tweet post tags post-tags isi".split()
    ),
    max_size=3,
).map(" ".join)


@pytest.mark.parametrize("name", ["no-sidebar", "post-with-sidebar", "no_toc_section", "sidebar-enabled--false"])
def test_name_that_says_what_is_not_there_or_which_column_is_tells_nothing(name: str) -> None:
    assert not told_by_name(f"isi {name}", "").boilerplate


@pytest.mark.parametrize("name", ["sidebar-no-2", "no-sidebar newsletter", "panel-with-nav"])
def test_what_such_a_name_says_besides_tells(name: str) -> None:
    assert told_by_name(name, "").boilerplate


@given(elements=st.lists(st.tuples(NAMES, NAMES), min_size=1, max_size=6))
def test_what_was_told_of_a_name_before_is_what_its_rule_says(elements: list[tuple[str, str]]) -> None:
    for classes, identity in elements:
        assert told_by_name(classes, identity) == told_by_name.__wrapped__(classes, identity)


def test_word_in_two_marks_within_a_sentence_stays() -> None:
    body = f"<div id=isi><p>{PROSE}</p><p>Naik <b><u class=newsletter>27</u></b> persen.</p><p>{PROSE}</p></div>"
    assert "Naik 27 persen." in pruned(body, keep="isi")


def test_box_under_a_heading_that_says_comments_goes_whatever_its_class() -> None:
    comment = "<div class=x><b>Pembaca</b><p>Semoga hujan reda dan semua petani bisa menjemur bawangnya.</p></div>"
    box = f"<div class=tanggap><h4>3 Komentar</h4>{comment * 3}</div>"
    assert pruned(f"<div id=isi><p>{PROSE}</p></div>{box}", keep="isi") == fold(PROSE)


def test_section_of_the_article_under_such_a_heading_stays() -> None:
    section = f"<h4>Komentar</h4><p>{PROSE}</p>"
    assert "Komentar" in pruned(f"<div id=isi><p>{PROSE}</p><div>{section}</div></div>", keep="isi")


def test_what_was_cut_for_sure_is_no_text_however_a_witness_writes_its_lines() -> None:
    root = lxml.html.document_fromstring(
        "<div><ul><li><b>Pembaca 1</b><p>Semoga hujan reda.</p></li></ul></div><p>Isi</p>"
    )
    cuts = Cuts()
    cuts.drop(root.find(".//ul"), "named box")
    assert cuts.without_sure(["- Pembaca 1 Semoga hujan reda.", "Hujan reda."]) == ["Hujan reda."]


def test_a_picture_stays_if_its_class_says_only_how_it_opens() -> None:
    page = lxml.html.document_fromstring(
        f"<article id=isi><img class=wu-modal src=/p.jpg><img class=img-share src=/a.jpg><p>{PROSE}</p></article>"
    )
    prune(page.find("body"), page.get_element_by_id("isi"))
    assert [picture.get("src") for picture in page.iter("img")] == ["/p.jpg", "/a.jpg"]


@pytest.mark.parametrize(("around", "stays"), [("article", True), ("div", False)])
def test_a_header_within_the_article_stays_for_its_picture(around: str, stays: bool) -> None:
    frame = "<header><picture><img src=/p.jpg></picture><p>Panen.</p></header>"
    page = lxml.html.document_fromstring(f"<{around}>{frame}<div id=isi><p>{PROSE}</p></div></{around}>")
    prune(page.find("body"), page.get_element_by_id("isi"))
    assert (next(page.iter("img"), None) is not None) == stays


@pytest.mark.parametrize(
    ("box", "stays"),
    [
        pytest.param("<div class='popup-gallery'><a href=/p.jpg><img src=/p.jpg></a></div>", True, id="how it opens"),
        pytest.param("<div class='wu-banner'><img src=/p.jpg></div>", True, id="how wide it is"),
        pytest.param("<div class='iklan-banner'><img src=/p.jpg></div>", False, id="what it is"),
        pytest.param("<div class='popup'><img src=/p.jpg>Ikuti kami</div>", False, id="with words"),
    ],
)
@pytest.mark.parametrize("inside", [True, False])
def test_a_picture_alone_goes_only_for_a_name_that_says_what_it_is(box: str, stays: bool, inside: bool) -> None:
    before, within = ("", box) if inside else (box, "")
    page = lxml.html.document_fromstring(f"<article>{before}<div id=isi>{within}<p>{PROSE}</p></div></article>")
    prune(page.find("body"), page.get_element_by_id("isi"))
    assert (next(page.iter("img"), None) is not None) == stays


def test_span_that_is_styled_as_a_box_is_one() -> None:
    lines = "<span style='color: red; display: block'>Satu.</span><span style='display:block'>Dua.</span>"
    page = lxml.html.document_fromstring(f"<div id=isi>{lines}<p>Empat <span style='color:red'>lima.</span></p></div>")
    prune(page.find("body"), page.get_element_by_id("isi"))
    assert [block.text for block in read_blocks(page.find("body"))] == ["Satu.", "Dua.", "Empat lima."]


def test_short_span_that_is_not_shown_goes_and_the_rest_of_a_text_stays() -> None:
    key, rest = "<span style='display:none'>20250714</span>", f"<span id=lagi style='display: none'>{PROSE}</span>"
    page = lxml.html.document_fromstring(f"<div id=isi><p>{key}14 Juli 2025</p><p>{rest}</p></div>")
    prune(page.find("body"), page.get_element_by_id("isi"))
    assert [fold(block.text) for block in read_blocks(page.find("body"))] == ["14 Juli 2025", fold(PROSE)]


def test_many_labels_in_one_box_take_no_square() -> None:
    root = lxml.html.document_fromstring(f"<html><body><div>{'<h3>Terkini</h3>' * 10_000}</div></body></html>")
    begin = process_time()
    assert headed_boxes(root) == []
    assert process_time() - begin < 2  # the square takes five seconds
