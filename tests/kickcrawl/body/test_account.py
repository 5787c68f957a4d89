"""The account of a reading: which share was read, what each rule cut, and every piece that was left out."""

import json

from kickcrawl.article import Article, Page, PageSource, SiteRules
from kickcrawl.extract import explain, extract
from kickcrawl.page.cuts import Cut
from kickcrawl.reading import Layout, Reading

PARAGRAPHS = [
    "Nelayan di Teluk Awang memasang kembali rumpon yang hanyut terbawa arus pada pertengahan bulan lalu.",
    "Sebanyak empat puluh perahu berangkat sebelum fajar, masing-masing membawa pemberat batu dan daun kelapa.",
    "Menurut ketua kelompok nelayan, rumpon yang lama bertahan hampir tiga tahun sebelum talinya putus.",
]
URL = "https://warta.example/rumpon"
SITE = SiteRules(slug="warta", name="Warta Uji", language="id", timezone="Asia/Makassar")
HTML = f"""<html><body><nav>Beranda</nav><h1>Rumpon Dipasang Lagi</h1><div class="entry-content"><p>{PARAGRAPHS[0]}</p>
<p>Iklan</p><p>{PARAGRAPHS[1]}</p><div class="share-bar">Bagikan: <a href="https://t.me/warta">Telegram</a></div>
<p>{PARAGRAPHS[2]}</p><p>Baca juga: <a href="/pasar">Pasar Malam Kembali Ramai</a></p></div>
<div class="bawah">Kantor redaksi buka pada hari kerja</div></body></html>"""


def page_of(*documents: str, layouts: tuple[Layout, ...] = ()) -> Page:
    sources = tuple(PageSource(url=URL, body=document.encode()) for document in documents)
    return Page(requested_url=URL, sources=sources, site=SITE, layouts=layouts)


def read(*documents: str, layouts: tuple[Layout, ...] = ()) -> tuple[Article, Reading]:
    found = extract(page_of(*documents, layouts=layouts))
    assert isinstance(found, Article)
    assert found.reading is not None
    return found, found.reading


def told(document: str) -> list[Cut]:
    return explain(page_of(document))[1]


def with_body(body: str) -> str:
    return f"<html><body><h1>Rumpon Dipasang Lagi</h1><div class=entry-content>{body}</div></body></html>"


def test_each_piece_that_was_left_out_is_told_with_its_rule() -> None:
    assert {*told(HTML)} == {
        ("element", "Beranda"),
        ("named box", "Bagikan: Telegram"),
        ("filler", "Iklan"),
        ("related", "Baca juga: Pasar Malam Kembali Ramai"),
        ("beside", "Rumpon Dipasang Lagi"),
        ("beside", "Kantor redaksi buka pada hari kerja"),
    }


def test_record_of_the_reading_counts_prose_that_was_read_and_what_each_rule_cut() -> None:
    found, reading = read(HTML)
    assert found.text == "\n\n".join(PARAGRAPHS)
    assert reading.read == sum(map(len, PARAGRAPHS))
    cut = dict(reading.cut)
    assert cut["filler"] == len("Iklan")
    assert cut["related"] == len("Baca juga: ")  # what is a link is no prose
    assert len("Rumpon Dipasang Lagi Kantor redaksi buka pada hari kerja") <= cut["beside"] <= 80  # with white space
    assert reading.read + sum(cut.values()) == reading.prose
    assert reading.read_share == round(reading.read / reading.prose, 3)


def test_code_and_white_space_are_no_prose() -> None:
    padded = HTML.replace("<p>", "\n\n      <script>var iklan = 'besar sekali';</script><p>\n          ")
    assert read(padded)[1].prose - read(HTML)[1].prose < 20


def test_box_in_a_box_that_was_cut_is_told_and_counted_once() -> None:
    comments = """<div class=comments><h3>Komentar</h3><div class=comment-author>Sahrul</div><div class=comment-content>
        <p>Semoga hasil tangkapan bertambah.</p></div></div>"""
    cuts = told(HTML.replace("</body>", f"{comments}</body>"))
    assert [cut.text for cut in cuts if "Sahrul" in cut.text or "Semoga" in cut.text] == [
        "Komentar Sahrul Semoga hasil tangkapan bertambah."
    ]


def test_headline_and_byline_that_were_read_with_the_text_are_told() -> None:
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    page = f"<html><body><div class=entry-content><h1>Rumpon Dipasang Lagi</h1><p>14 Juli 2025</p>{paragraphs}</div>"
    assert ("about", "14 Juli 2025") in told(page)
    found, reading = read(page)
    assert found.text == "\n\n".join(PARAGRAPHS)
    assert dict(reading.cut)["about"] == len("Rumpon Dipasang Lagi 14 Juli 2025".replace("Lagi ", "Lagi"))


def test_caption_mark_of_a_footnote_and_link_within_a_paragraph_are_told() -> None:
    body = f"""<figure><img src=/a.jpg width=600 height=400><figcaption>Rumpon bambu di Awang</figcaption></figure>
        <p>{PARAGRAPHS[0]}<sup><a href="#catatan">1</a></sup></p><p>{PARAGRAPHS[1]} Baca juga: <a href="/pasar">Pasar
        Malam Kembali Ramai</a> {PARAGRAPHS[2]}</p>"""
    cuts = told(with_body(body))
    assert ("caption", "Rumpon bambu di Awang") in cuts
    assert ("note mark", "1") in cuts
    assert ("related", "Pasar Malam Kembali Ramai") in cuts


def test_text_that_a_further_witness_found_is_not_told_as_left_out() -> None:
    stated = json.dumps(
        {"@type": "NewsArticle", "headline": "Rumpon Dipasang Lagi", "articleBody": "\n".join(PARAGRAPHS)}
    )
    page = f"""<html><head><script type="application/ld+json">{stated}</script></head><body><h1>Rumpon Dipasang Lagi
        </h1><div class=isi><p>{PARAGRAPHS[0]}</p></div><p>Hubungi kami setiap hari kerja</p></body></html>"""
    found, reading = read(page)
    assert found.text == "\n\n".join(PARAGRAPHS)
    assert reading.read_share == 1.0
    assert not {cut.text for cut in told(page)} & {*PARAGRAPHS}
    assert ("beside", "Hubungi kami setiap hari kerja") in told(page)


def test_short_line_that_was_left_out_is_told_although_its_word_stands_in_the_text() -> None:
    assert ("beside", "Rumpon") in told(HTML.replace("Kantor redaksi buka pada hari kerja", "rumpon".title()))


def test_row_of_a_table_that_was_read_is_not_told_and_one_beside_the_body_is() -> None:
    table = "<table><tr><td>Ikan</td><td>40</td></tr><tr><td>Sayur</td><td>96</td></tr></table>"
    other = "<table><tr><td>Dolar</td><td>15.800</td></tr></table>"
    page = HTML.replace("<p>Iklan</p>", table).replace("</body>", f"{other}</body>")
    assert "Ikan | 40" in read(page)[0].text
    assert [text for rule, text in told(page) if rule == "beside"] == [
        "Rumpon Dipasang Lagi",
        "Kantor redaksi buka pada hari kerja",
        "Dolar | 15.800",
    ]


def test_pages_of_an_article_count_together() -> None:
    more = with_body("".join(f"<p>{paragraph} Demikian pula di Gerupuk.</p>" for paragraph in PARAGRAPHS))
    (_, first), (_, second), (_, both) = read(HTML), read(more), read(HTML, more)
    assert (both.prose, both.read) == (first.prose + second.prose, first.read + second.read)
    assert dict(both.cut)["filler"] == dict(first.cut)["filler"]
    assert sum(dict(both.cut).values()) == sum(dict(first.cut).values()) + sum(dict(second.cut).values())


def test_box_that_a_layout_cuts_counts_as_the_one_that_taught_it() -> None:
    box = f"<div class=kotak><p>{'Pasang aplikasi kami untuk kabar terbaru setiap pagi. ' * 3}</p></div>"
    page = HTML.replace("<p>Iklan</p>", box)
    layout = Layout("html/body/div.entry-content", 0.6, frozenset(("div.kotak",)))
    _, reading = read(page, layouts=(layout,))
    assert not reading.in_full
    assert dict(reading.cut)["foreign box"] > 100
    assert "layout" not in dict(reading.cut)


def test_page_without_prose_has_no_share() -> None:
    _, reading = read(
        '<html><body><h1>  <a href="/">Galeri</a></h1><img src=/a.jpg width=900 height=600></body></html>'
    )
    assert reading.read_share is None
