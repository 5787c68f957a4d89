"""A body is read as both witnesses tell it, then by the layouts that earlier pages of the outlet have taught."""

from dataclasses import replace

import lxml.html
import pytest
import trafilatura

from kickcrawl.article import Page, PageSource, SiteRules
from kickcrawl.body.learned_layouts import MIN_AGREEING_PAGES, Layouts
from kickcrawl.body.read_body import Body, read_body
from kickcrawl.body.witnesses import find_readable, find_text
from kickcrawl.page.blocks import join_text
from kickcrawl.page.parsed import ParsedPage, parse_page
from kickcrawl.reading import Layout, Reading

URL = "https://suara.example/rumpon"
SITE = SiteRules(slug="suara", name="Suara Sembalun", language="id", timezone="Asia/Makassar")
HEADLINE = "Rumpon bambu dipasang di teluk"
STORY = [
    "Kelompok nelayan di teluk selatan memasang dua puluh rumpon bambu dan daun kelapa agar ikan kembali mendekat.",
    "Rumpon itu dirakit bersama di halaman balai dusun selama dua hari, lalu ditarik tiga perahu pada pagi buta.",
    "Menurut Amaq Rahim, yang tertua di antara mereka, ikan menjauh sejak kapal besar sering melintas di mulut teluk.",
    "Dinas kelautan berjanji mengirim petugas untuk menghitung hasil tangkapan setiap pekan sampai akhir angin timur.",
    "Kalau hasilnya baik, cara yang sama akan dicoba di dua teluk tetangga yang nelayannya mengeluhkan hal serupa.",
    "Para istri nelayan menyiapkan tempat pengasapan baru supaya tangkapan yang berlebih tidak terbuang percuma.",
]
MORE = [
    "Di dermaga lama, papan yang lapuk diganti satu demi satu oleh para pemuda dengan kayu bekas kapal tua.",
    "Pedagang ikan dari kota sudah dua kali datang menawar, tetapi warga memilih menunggu sampai timbangan tiba.",
    "Seorang guru mencatat jenis ikan yang tertangkap bersama murid-muridnya untuk dipajang di ruang kelas.",
    "Catatan itu, katanya, kelak menunjukkan apakah terumbu di sekitar rumpon benar-benar pulih kembali.",
]
RULES = [
    f"Pasal {n}: anggota koperasi wajib membayar iuran, menghadiri rapat, dan menjaga nama baik koperasi selalu."
    for n in range(1, 9)
]
NEWSLETTER = "Dapatkan kabar pilihan redaksi setiap pagi langsung di kotak surat elektronik Anda."
STANDFIRST = "Setelah dua musim paceklik, nelayan mencoba lagi cara lama para kakek mereka."


def paragraphs(texts: list[str]) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def box(text: str, classes: str = "surat embedded") -> str:
    return f"<div class='{classes}'><p>{text}</p></div>"


def page(content: str, **fields: object) -> Page:
    """Return a page with *content* behind its headline."""
    html = (
        f"<html><head><title>{HEADLINE}</title></head><body><nav><a href='/'>Beranda</a></nav><div class='halaman'>"
        f"<h1>{HEADLINE}</h1>{content}</div></body></html>"
    )
    return replace(
        Page(requested_url=URL, sources=(PageSource(url=URL, body=html.encode()),), site=SITE),
        **fields,  # type: ignore[arg-type]
    )


def parsed(asked: Page) -> ParsedPage:
    return parse_page(asked.sources[0], asked.site) or pytest.fail("no HTML")


def read(asked: Page) -> Body:
    found = read_body(parsed(asked), asked.layouts, check=asked.check) or read_body(parsed(asked))
    assert found is not None
    return found


def texts(asked: Page) -> list[str]:
    return [block.text for block in read(asked).blocks]


def witnesses(asked: Page) -> tuple[str, str]:
    """Return the text that trafilatura finds in the page, and the one that readability finds."""
    return "\n".join(find_text(parsed(asked).scope, URL)), "\n".join(find_readable(parsed(asked).scope))


def learned(*contents: str) -> tuple[Layout, ...]:
    """Return the layouts that pages of *contents* teach."""
    layouts = Layouts()
    for content in contents:
        layouts.learn("suara", read(page(content)).reading)
    return layouts.plan("suara")[0]


def with_box(text: str, classes: str = "surat embedded") -> str:
    return f"<div class='story-body'>{paragraphs(STORY[:3])}{box(text, classes)}{paragraphs(STORY[3:])}</div>"


def test_box_between_paragraphs_is_cut_and_a_paragraph_that_trafilatura_dropped_stays() -> None:
    dropped = "<p class='kutipan embedded'>Begitulah.</p>"
    asked = page(
        f"<div class='story-body'>{paragraphs(STORY[:3])}{box(NEWSLETTER)}{dropped}{paragraphs(STORY[3:])}</div>"
    )
    found, _ = witnesses(asked)
    assert NEWSLETTER not in found
    assert "Begitulah." not in found
    assert texts(asked) == [*STORY[:3], "Begitulah.", *STORY[3:]]


def test_box_that_was_cut_on_three_pages_is_cut_by_the_layout_on_the_fourth() -> None:
    layouts = learned(*[with_box(NEWSLETTER)] * MIN_AGREEING_PAGES)
    promotion = "Unduh aplikasi kami dan baca semua kabar pesisir tanpa kuota selama sebulan penuh."
    story = read(page(with_box(promotion), layouts=layouts))
    assert story.reading == Reading(body="html/body/div/div.story-body", in_full=False)
    assert [block.text for block in story.blocks] == STORY


def test_box_that_held_text_of_the_article_on_one_page_is_not_foreign() -> None:
    own = f"<div class='story-body'>{paragraphs(STORY[:3])}{box(MORE[0], 'kotak')}{paragraphs(STORY[3:])}</div>"
    foreign = own.replace(f"<p>{MORE[0]}</p>", f"<div class='embedded'>{NEWSLETTER}</div>")
    assert learned(*[foreign] * MIN_AGREEING_PAGES)[0].foreign_boxes == {"div.kotak"}
    (layout,) = learned(foreign, own, foreign)
    assert layout.foreign_boxes == frozenset()
    assert MORE[0] in texts(page(own, layouts=(layout,)))


@pytest.mark.parametrize(
    "opening",
    [
        pytest.param(f"<p class='standfirst'>{STANDFIRST}</p>", id="by its name"),
        pytest.param(f"<div class='x-atas'><p>{STANDFIRST}</p></div>", id="by trafilatura"),
    ],
)
def test_standfirst_opens_the_article_and_is_found_by_the_layout_at_its_path(opening: str) -> None:
    content = f"<div>{opening}</div><div class='foto'></div><div class='isi-kabar'>{paragraphs(STORY)}</div>"
    assert texts(page(content)) == [STANDFIRST, *STORY]
    layouts = learned(*[content] * MIN_AGREEING_PAGES)
    other = content.replace(STANDFIRST, "Lain hari, lain pula pembuka ceritanya di tempat yang sama.")
    story = read(page(other, layouts=layouts))
    assert not story.reading.in_full
    assert [block.text for block in story.blocks] == [
        "Lain hari, lain pula pembuka ceritanya di tempat yang sama.", *STORY
    ]  # fmt: skip


def test_readability_wins_where_trafilatura_found_little_of_the_prose() -> None:
    asked = page(
        f"<div class='story-body'><div class='awal'>{paragraphs(STORY)}</div>"
        f"<div class='foto-slide'>{paragraphs(MORE)}</div></div>"
    )
    found, readable = witnesses(asked)
    assert MORE[0] not in found
    assert MORE[0] in readable
    assert texts(asked) == STORY + MORE


def test_readability_does_not_win_with_another_text() -> None:
    asked = page(
        f"<div><article>{paragraphs(STORY)}</article></div>"
        f"<div><div class='aturan-slide'>{paragraphs(RULES)}</div></div>"
    )
    found, readable = witnesses(asked)
    assert STORY[0] in found
    assert RULES[0] not in found
    assert RULES[0] in readable
    assert STORY[0] not in readable
    assert texts(asked) == STORY


DATES = [f"<div><h3>Kabar pesisir nomor {n} dari dusun</h3><p>{n} Juli 2025</p></div>" for n in range(1, 41)]


def test_readability_wins_where_trafilatura_took_dated_headlines_for_part_of_the_article() -> None:
    asked = page(f"<div class='isi-kabar'>{paragraphs(STORY)}</div><div class='kabar-lain'>{''.join(DATES)}</div>")
    found, readable = witnesses(asked)
    assert "17 Juli 2025" in found
    assert "17 Juli 2025" not in readable
    assert texts(asked) == STORY


def test_short_lines_that_are_the_lesser_part_of_the_text_are_the_articles_own() -> None:
    asked = page(f"<div class='isi-kabar'>{paragraphs(STORY)}</div><div class='kabar-lain'>{''.join(DATES[:20])}</div>")
    found, readable = witnesses(asked)
    assert "7 Juli 2025" in found
    assert "7 Juli 2025" not in readable
    assert "7 Juli 2025" in texts(asked)


def test_of_modules_with_one_path_the_layout_reads_the_one_with_the_article() -> None:
    def modules(*more: str) -> str:
        return "".join(f"<div class='modul'>{content}</div>" for content in ("<p>Teluk</p>", paragraphs(STORY), *more))

    layouts = learned(*[modules("<p>Bagikan kabar</p>")] * MIN_AGREEING_PAGES)
    assert [layout.body for layout in layouts] == ["html/body/div/div.modul"]
    served = read(page(modules("<p>Kirim tulisan</p>", "<p>Ikuti kami</p>"), layouts=layouts))
    assert not served.reading.in_full
    assert [block.text for block in served.blocks] == STORY
    two = read(page(modules(paragraphs(MORE)), layouts=layouts))
    assert two.reading.in_full
    assert [block.text for block in two.blocks][-10:] == STORY + MORE


def test_page_of_which_trafilatura_found_more_than_was_read_teaches_no_layout() -> None:
    beside = f"<div>{paragraphs(MORE[:1])}</div>"
    content = f"<div class='story'><div class='single-content'>{paragraphs(STORY)}</div>{beside}</div>"
    found, _ = witnesses(page(content))
    assert MORE[0] in found
    assert texts(page(content)) == STORY
    assert learned(*[content] * MIN_AGREEING_PAGES) == ()
    assert learned(*[content.replace(MORE[0], "")] * MIN_AGREEING_PAGES) != ()


def test_short_article_is_read_in_full_where_a_layout_would_fit() -> None:
    def content(number: int) -> str:
        return f"<div class='isi-kabar'>{paragraphs(STORY[:number])}</div>"

    layouts = learned(*[content(6)] * MIN_AGREEING_PAGES)
    assert [read(page(content(number), layouts=layouts)).reading.in_full for number in (2, 3)] == [True, False]


def test_check_names_the_layout_that_led_elsewhere() -> None:
    content = f"<div class='isi-kabar'>{paragraphs(STORY)}</div><div class='aturan'><p>{RULES[0]}</p></div>"
    wrong = Layout("html/body/div/div.aturan", 0.05)
    long = content.replace(RULES[0], " ".join(RULES[:3]))
    assert not read(page(long, layouts=(wrong,))).reading.in_full
    assert read(page(long, layouts=(wrong,), check=True)).reading.refuted == wrong.body


def test_what_a_person_states_is_read_with_all_it_holds() -> None:
    asked = page(with_box(NEWSLETTER), site=replace(SITE, body=("div.story-body",)))
    assert texts(asked) == [*STORY[:3], NEWSLETTER, *STORY[3:]]


def test_links_are_known_where_the_text_stands_in_no_element_of_its_own() -> None:
    title = "Timbangan baru tiba di dermaga lama sebelum musim ikan"
    links = "".join(f"<li><a href='/t{n}'>{title} {n}</a></li>" for n in range(3))
    related = (
        f"<div><h3>Berita Terkait</h3><ul>{links}</ul></div><aside><ul>{links.replace('Timb', 'Tamb') * 3}</ul></aside>"
    )
    body = read(page(f"<div><div>{STORY[0]}</div></div>{related}"))
    assert body.reading.body is None
    assert [len(block.links) for block in body.blocks if title in block.text] == [1, 1, 1]


def test_page_that_trafilatura_strings_together_in_one_line_with_its_headline_is_no_find() -> None:
    line = "<div><span>Foto bersama warga teluk selatan</span> <time>14 Juli 2025</time></div>"
    html = f"<body><article><h1>{HEADLINE}</h1>{line * 6}</article></body>"
    found = trafilatura.bare_extraction(lxml.html.document_fromstring(html), with_metadata=False)
    assert found is not None
    assert str(found.text).startswith(f"{HEADLINE} Foto bersama")
    assert find_text(lxml.html.document_fromstring(html).find("body"), URL) == []


@pytest.mark.parametrize("body", ["", "<p></p>", "<!-- x -->", "<p>Teluk</p>"], ids=["empty", "p", "comment", "word"])
def test_page_without_an_article_is_read_without_fail(body: str) -> None:
    story = read(page(body))
    assert join_text(story.blocks) in ("", HEADLINE, "Teluk")  # a headline goes later, by kickcrawl/body/furniture.py


@pytest.mark.parametrize(
    "around", ["<aside>{}</aside>", "<div class='related-wrap'>{}</div>", "<div class='sidebar-main'>{}</div>"]
)
def test_paragraphs_that_are_most_of_the_page_are_read_whatever_is_around_them(around: str) -> None:
    html = around.format(f"<h1>{HEADLINE}</h1>{paragraphs(STORY)}")
    source = PageSource(url=URL, body=f"<html><body><div>{html}</div></body></html>".encode())
    story = read(Page(requested_url=URL, sources=(source,), site=SITE))
    assert [block.text for block in story.blocks] in (STORY, [HEADLINE, *STORY])


def test_story_put_together_of_widgets_is_read_whole() -> None:
    widgets = [f"<div class='susun-widget'>{paragraphs([text])}</div>" for text in STORY]
    dates = "<div class='susun-widget'><div>Senin</div><div>Rabu</div></div>"
    story = page(f"<div class='susunan'>{widgets[0]}{dates}{''.join(widgets[1:])}</div>")
    assert texts(story) == [STORY[0], "Senin", "Rabu", *STORY[1:]]


def test_story_in_two_widgets_with_a_teaser_between_is_read_whole_and_teaches_its_layout() -> None:
    def widget(kind: str, number: int, content: str) -> str:
        return f"<div class='susun-widget susun-{kind} w{number}'><div class='bungkus'>{content}</div></div>"

    teaser = widget("kaitan", 2, "<div class='kartu'><a href='/lain'><h3>Nelayan lain</h3></a><p>Kabar lain.</p></div>")
    halves = widget("teks", 1, paragraphs(STORY[:2])), widget("teks", 3, paragraphs([*STORY[2:], *MORE]))
    content = f"<div class='susunan'>{teaser.join(halves)}</div>"
    assert texts(page(content)) == [*STORY, *MORE]
    assert [layout.body for layout in learned(*[content] * 3)] == ["html/body/div/div.susunan"]
