"""The account of a reading: which share was read, what each rule cut, and every piece that was left out."""

from kickcrawl.article import Article, Page, PageSource, SiteRules
from kickcrawl.body.account import left_out
from kickcrawl.extract import extract
from kickcrawl.page.parsed import parse_page

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


def test_each_piece_that_was_left_out_is_told_with_its_rule() -> None:
    parsed = parse_page(PageSource(url=URL, body=HTML.encode()), SITE)
    assert parsed is not None
    assert {(cut.rule, cut.text) for cut in left_out(parsed)} == {
        ("element", "Beranda"),
        ("named box", "Bagikan: Telegram"),
        ("filler", "Iklan"),
        ("related", "Baca juga: Pasar Malam Kembali Ramai"),
        ("beside", "Rumpon Dipasang Lagi"),
        ("beside", "Kantor redaksi buka pada hari kerja"),
    }


def test_record_of_the_reading_counts_what_was_read_and_what_each_rule_cut() -> None:
    found = extract(Page(requested_url=URL, sources=(PageSource(url=URL, body=HTML.encode()),), site=SITE))
    assert isinstance(found, Article)
    assert found.text == "\n\n".join(PARAGRAPHS)
    assert found.reading is not None
    assert 0.7 < found.reading.read_share < 0.9
    assert dict(found.reading.cut).keys() == {"element", "named box", "filler", "related", "beside"}
    assert dict(found.reading.cut)["filler"] == len("Iklan")
