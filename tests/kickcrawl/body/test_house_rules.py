"""House rules: links to other articles go to the related ones, a page's own lines go, sentences stay."""

from time import process_time

import lxml.html
import pytest

from kickcrawl.article import RelatedLink
from kickcrawl.body.house_rules import clean_blocks
from kickcrawl.page.blocks import Block, read_blocks

PAGE = "https://warta.example/panen-raya"
OTHER = RelatedLink(url="https://warta.example/harga-bawang", title="Harga Bawang Turun")
LINK = '<a href="https://warta.example/harga-bawang">Harga Bawang Turun</a>'


def clean(fragment: str) -> tuple[list[str], list[RelatedLink]]:
    root = lxml.html.fragment_fromstring(f"<p>Awal.</p>{fragment}<p>Akhir.</p>", create_parent="div")
    blocks, related = clean_blocks(read_blocks(root), PAGE)
    return [block.text for block in blocks], related


def lines(fragment: str) -> list[str]:
    root = lxml.html.fragment_fromstring(fragment, create_parent="div")
    return [block.text for block in clean_blocks(read_blocks(root), PAGE)[0]]


@pytest.mark.parametrize(
    "fragment",
    [
        pytest.param(f"<p>Baca juga: {LINK}</p>", id="p"),
        pytest.param(f"<p>Baca Juga {LINK}</p>", id="no colon"),
        pytest.param(f"<p><span>Baca juga</span>{LINK}</p>", id="no space"),
        pytest.param(f"<p><strong>BACA JUGA: {LINK}</strong></p>", id="strong"),
        pytest.param(f"<p><em>Baca juga : {LINK}</em></p>", id="em, space before the colon"),
        pytest.param(f"<p><strong>Baca juga:</strong><br>{LINK}</p>", id="break behind the label"),
        pytest.param(f"<blockquote><p>Baca juga: {LINK}</p></blockquote>", id="blockquote"),
        pytest.param(f"<div class='baca-juga'><span>Baca juga</span> {LINK}</div>", id="div"),
        pytest.param(f"<h4>Baca juga: {LINK}</h4>", id="heading"),
        pytest.param(f"<ul><li>Baca juga: {LINK}</li></ul>", id="list item"),
        pytest.param(f"<p>Baca juga:</p><ul><li>{LINK}</li></ul>", id="label and list"),
        pytest.param(f"<p>Berita terkait</p><p>{LINK}</p>", id="label and paragraph"),
        pytest.param(f"<p>👉 Simak juga: {LINK}</p>", id="hand before"),
        pytest.param(f"<p>Lihat juga: {LINK}</p>", id="lihat"),
        pytest.param(f"<p>Read also: {LINK}</p>", id="English"),
        pytest.param(f"<p>Cek juga: {LINK}</p>", id="cek"),
        pytest.param(f"<p>Simak selengkapnya: {LINK}</p>", id="simak selengkapnya"),
        pytest.param(f"<p>Jangan Lewatkan: {LINK}</p>", id="jangan lewatkan"),
        pytest.param(f"<p>Pilihan Editor: {LINK}</p>", id="pilihan editor"),
        pytest.param(f"<p>Baca: {LINK}</p>", id="a verb and a colon"),
        pytest.param(f"<p>(Baca: {LINK})</p>", id="in brackets"),
        pytest.param(f"<p>Artikel menarik lainnya: {LINK}</p>", id="more articles"),
        pytest.param(f"<p>Lesen Sie auch: {LINK}</p>", id="German"),
        pytest.param(f"<p>À lire aussi : {LINK}</p>", id="French"),
        pytest.param(f"<p>Lea también {LINK}</p>", id="Spanish"),
        pytest.param(f"<p>Leggi anche: {LINK}</p>", id="Italian"),
        pytest.param(f"<p>Leia também: {LINK}</p>", id="Portuguese"),
        pytest.param(f"<p>Mehr zum Thema</p><h4>Pasar</h4><p>{LINK}</p>", id="label, kicker, headline"),
        pytest.param(f"<p>- Baca pula: {LINK} -</p>", id="dashes around"),
        pytest.param(f"<p>Baca juga：{LINK}</p>", id="wide colon"),
        pytest.param(f"<p>Baca juga: {LINK}</p><p>Baca juga: {LINK}</p>", id="twice is once"),
        pytest.param(f"<p><a href='{OTHER.url}'>Baca Juga: {OTHER.title}</a></p>", id="label in the link"),
        pytest.param(
            f"<p>&gt;&gt; <a href='{OTHER.url}'>Baca juga : {OTHER.title}</a></p>", id="arrows, label in the link"
        ),
        pytest.param(
            f"<a href='{OTHER.url}'><b>BACA JUGA</b><b>{OTHER.title}</b></a>", id="label and title run together"
        ),
        pytest.param("<p>Baca juga: <a href='/harga-bawang'>Harga Bawang Turun</a></p>", id="relative link"),
        pytest.param(f"<p>Simak Video: {LINK}</p>", id="simak video"),
        pytest.param(f"<p>Baca juga:<br>1. {LINK}</p>", id="numbered"),
    ],
)
def test_read_also_line_is_kept_as_related_and_not_in_the_text(fragment: str) -> None:
    assert clean(fragment) == (["Awal.", "Akhir."], [OTHER])


@pytest.mark.parametrize(
    ("paragraph", "left"),
    [
        (f"Air surut.<br><strong>Baca juga: {LINK}</strong><br>Petani menunggu.", "Air surut.\nPetani menunggu."),
        (f"Air surut. <b>BACA JUGA: {LINK}</b> Petani menunggu.", "Air surut. Petani menunggu."),
        (f"Air surut. Petani menunggu. Simak juga: {LINK}", "Air surut. Petani menunggu."),
        (f"Air surut (baca juga {LINK}). Petani menunggu.", "Air surut. Petani menunggu."),
        (f"Jangan lewatkan {LINK}<br>Air surut.", "Air surut."),
        (f"Air surut.<br>Pilihan Redaksi: {LINK}", "Air surut."),
        ("Air surut. Baca juga: <a href='/harga-bawang'>Harga<br>Bawang Turun</a> Hujan.", "Air surut. Hujan."),
    ],
)
def test_read_also_line_inside_a_paragraph_is_related_too(paragraph: str, left: str) -> None:
    assert clean(f"<p>{paragraph}</p>") == (["Awal.", left, "Akhir."], [OTHER])


@pytest.mark.parametrize(
    "paragraph",
    [
        f"Ia mengajak warga baca juga {LINK} di perpustakaan.",
        f"Air surut. Petani menunggu, lihat {LINK} untuk rinciannya.",
        f"Learn More: {LINK} and the rules of the market",
        "Air surut. Baca juga: <a href='https://lain.example/x'>Harga Bawang Turun</a> sekarang.",
    ],
)
def test_link_in_a_sentence_stays_in_it(paragraph: str) -> None:
    text, related = clean(f"<p>{paragraph}</p>")
    assert text[1] == lxml.html.fragment_fromstring(f"<p>{paragraph}</p>").text_content()
    assert related == []


def test_lonely_link_with_a_headlines_words_is_related() -> None:
    related = RelatedLink(url="https://warta.example/x", title="Harga Bawang Turun Lagi")
    assert clean('<p><a href="/x">Harga Bawang Turun Lagi</a></p>') == (["Awal.", "Akhir."], [related])


def test_list_behind_a_label_is_related_as_a_whole() -> None:
    items = "".join(f'<li><a href="/cerita-{n}">Cerita {n}</a></li>' for n in (1, 2, 3))
    text, related = clean(f"<p>Baca juga:</p><ul>{items}</ul>")
    assert text == ["Awal.", "Akhir."]
    assert [link.title for link in related] == ["Cerita 1", "Cerita 2", "Cerita 3"]


def test_list_that_follows_a_paragraph_is_the_articles_own() -> None:
    text, related = clean("<p>Baca juga:</p><p>Tiga desa ikut serta.</p><ul><li><a href='/sajang'>Sajang</a></li></ul>")
    assert text == ["Awal.", "Tiga desa ikut serta.", "Sajang", "Akhir."]
    assert related == []


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("Baca juga buku cerita di perpustakaan desa, ajak kepala sekolah itu.", id="no link"),
        pytest.param(f"Baca juga laporan {LINK} yang disusun warga sebelum memutuskan.", id="a link inside"),
        pytest.param("Simak juga penuturan Inaq Sahni tentang kebun bawangnya di lereng utara.", id="simak"),
        pytest.param("Lihat pula bagaimana warga menata pematang sawah.", id="lihat"),
        pytest.param(
            "Baca juga: begitu pesan di dinding perpustakaan itu, yang ditulis tangan oleh para murid kelas enam sejak "
            "tahun lalu agar adik kelas mereka rajin datang dan betah.",
            id="a long sentence behind a colon",
        ),
    ],
)
def test_sentence_that_merely_opens_like_a_label_stays(sentence: str) -> None:
    text, related = clean(f"<p>{sentence}</p>")
    assert len(text) == 3
    assert related == []


@pytest.mark.parametrize(
    "fragment",
    [
        pytest.param("<p><a href='https://kabar.example/x'>Laporan Lengkap Lembaga Lain</a></p>", id="another site"),
        pytest.param("<p><a href='/panen-raya'>Panen Raya di Lereng Utara</a></p>", id="the article itself"),
        pytest.param("<p><a href='/x'>Sajang</a></p>", id="a single word"),
        pytest.param("<ul><li><a href='/x'>Harga Bawang Turun Lagi</a></li></ul>", id="an item of the article's list"),
        pytest.param("<p><a href='http://[rusak/'>Harga Bawang Turun Lagi</a></p>", id="broken address"),
    ],
)
def test_link_that_names_no_other_article_of_the_site_stays_in_the_text(fragment: str) -> None:
    text, related = clean(fragment)
    assert len(text) == 3
    assert related == []


@pytest.mark.parametrize(
    "line",
    ["ADVERTISEMENT", "Iklan", "Scroll untuk melanjutkan membaca", "Lanjutkan membaca", "Halaman: 1 2 3 »", "Bagikan:"]
    + [
        "Anzeige",
        "Publicité",
        "Pages: 1 2",
        "Halaman 2",
        "Loading...",
        "Daftar Isi",
        "The post Panen Raya appeared first on Warta Uji.",
        "--- IKLAN ---",
        "Artikel dilanjutkan setelah iklan",
        "Bagikan artikel ini:",
        "Share this:",
        "Video Player is loading.",
        "[Iklan]",
        "~ Sponsored ~",
        "ADVERTISEMENT<br>SCROLL TO RESUME CONTENT",
        "Iklan - Gulir ke bawah untuk melanjutkan",
        "広告",
        "광고",
        "Reklam",
        "Jetzt Newsletter abonnieren",
        "(adsbygoogle = window.adsbygoogle || []).push({});",
        "[/vc_column_text][/vc_column]",
        "{loadposition iklan-tengah}",
        "[embed]https://video.example/watch?v=1[/embed]",
        "Simak berita pilihan kami di ponselmu. Pilih: <a href='https://whatsapp.com/channel/x'>WhatsApp Channel</a>",
        "Gabung di grup kami: <a href='https://t.me/wartauji'>t.me/wartauji</a>",
        "[berita_terkait]",
        '[galeri ids="1,2"]',
        "Advertisement. Scroll to continue reading.",
        "Continua depois da publicidade",
        "Ikuti terus perkembangan berita terbaru hanya di warta.example.",
        "Siga a Folha Uji no <a href='https://whatsapp.com/channel/x'>WhatsApp</a>.",
        "© 2025 Warta Uji. All rights reserved. This material may not be published or rewritten.",
        "Copyright © 2025 warta.example. Hak cipta dilindungi undang-undang",
        "[(c) 2025 Warta Uji]",
    ],
)
def test_line_that_the_page_put_in_by_itself_goes(line: str) -> None:
    assert clean(f"<p>{line}</p>") == (["Awal.", "Akhir."], [])


@pytest.mark.parametrize(
    "line",
    [
        "Iklan layanan masyarakat itu dipasang di balai desa.",
        "Air [yang keruh] itu {bukan} dari sungai.",
        "Halaman sekolah penuh air.",
        "Bagikan: ”Sembako gratis!”",
    ]
    + ["Dilarang keras mengambil pasir di muara, kata camat.", "Tekst gaat verder onder de loep."]
    + ["© 2025 Warta Uji. Warga menunggu air.", "Iklan. Warga menunggu air.", "(c) menyita barang bukti."]
    + ["Dilarang menyalin lembar jawaban peserta lain.", "Ikuti terus informasi dari pos gunung, kata bupati."]
    + ["Loading dock pelabuhan ditutup.", "Seite 17", "Page 3", "Anzeigen gegen zwei Pedagang.", "[Bersambung]"],
)
def test_sentence_that_merely_opens_like_such_a_line_stays(line: str) -> None:
    assert clean(f"<p>{line}</p>")[0] == ["Awal.", line, "Akhir."]


def test_paragraph_that_leads_to_a_network_stays() -> None:
    text, _ = clean("<p>Bupati menulisnya di <a href='https://t.me/bupati'>kanal Telegram</a> pada Senin pagi.</p>")
    assert text[1] == "Bupati menulisnya di kanal Telegram pada Senin pagi."
    text, _ = clean(
        "<p>Sigue el paro de maestros, dijo el sindicato en <a href='https://t.me/gremio'>Telegram</a>.</p>"
    )
    assert text[1] == "Sigue el paro de maestros, dijo el sindicato en Telegram."


@pytest.mark.parametrize(
    ("paragraph", "left"),
    [
        ("Air surut.<br>ADVERTISEMENT<br>Petani menunggu.", "Air surut.\nPetani menunggu."),
        ('[caption id="a1" width="300"]Petani menunggu[/caption]', "Petani menunggu"),
        ("Air surut. {loadmodule mod_banner}", "Air surut."),
    ],
)
def test_line_or_mark_inside_a_paragraph_goes_without_it(paragraph: str, left: str) -> None:
    assert clean(f"<p>{paragraph}</p>")[0] == ["Awal.", left, "Akhir."]


def test_link_around_a_whole_read_also_box_is_related() -> None:
    _, related = clean('<a href="/harga-bawang"><p>Baca juga: Harga Bawang Turun</p></a>')
    assert [link.url for link in related] == [OTHER.url]


def test_advert_behind_the_last_list_of_links_does_not_make_it_the_storys() -> None:
    items = "".join(f'<li><a href="/cerita-{n}">Harga bawang turun lagi {n}</a></li>' for n in (1, 2))
    root = lxml.html.fragment_fromstring(f"<p>Awal.</p><ul>{items}</ul><p>Iklan</p>", create_parent="div")
    blocks, related = clean_blocks(read_blocks(root), PAGE)
    assert [block.text for block in blocks] == ["Awal."]
    assert len(related) == 2


@pytest.mark.parametrize(
    ("host", "is_related"),
    [
        pytest.param("https://musik.kabar.example", True, id="another part of the portal"),
        pytest.param("https://lembaga.example.org", False, id="somebody else's"),
    ],
)
def test_links_behind_a_label_are_related_in_all_parts_of_a_portal(host: str, is_related: bool) -> None:
    links = "".join(f"<a href='{host}/{n}'>Harga bawang turun lagi di pasar {n}</a><br>" for n in range(3))
    page = lxml.html.fragment_fromstring(f"<div><h2>Baca juga</h2><p>{links}</p><p>Isi berita.</p></div>")
    kept, _ = clean_blocks(read_blocks(page), "https://www.kabar.example/panen")
    assert [block.text for block in kept][-1:] == ["Isi berita."]
    assert (len(kept) == 1) is is_related


@pytest.mark.parametrize("line", ["Redaksi: redaksi[at]kabar.example", "Siti Rahma s.rahma@surat.kabar.example"])
def test_address_of_the_newsroom_at_the_end_goes(line: str) -> None:
    page = lxml.html.fragment_fromstring(f"<div><p>Isi berita.</p><p>{line}</p></div>")
    assert [block.text for block in clean_blocks(read_blocks(page), "https://www.kabar.example/panen")[0]] == [
        "Isi berita."
    ]


@pytest.mark.parametrize(
    "fragment",
    [
        pytest.param("<p>Pendaftaran: panitia@desa.example</p>", id="somebody else's"),
        pytest.param("<p>Kirim ke lomba@kabar.example</p><p>Lomba ditutup Jumat.</p>", id="within the text"),
    ],
)
def test_address_that_the_article_names_stays(fragment: str) -> None:
    blocks = read_blocks(lxml.html.fragment_fromstring(f"<div><p>Isi berita.</p>{fragment}</div>"))
    assert clean_blocks(blocks, "https://www.kabar.example/panen")[0] == blocks


def test_items_with_an_excerpt_below_a_label_are_other_articles() -> None:
    headline = "Harga Bawang Turun Lagi"
    item = f"<li><a href='{OTHER.url}'>{headline}</a> <small>Pedagang menurunkan harga sejak kemarin.</small></li>"
    assert clean(f"<h3>Artikel Terkait:</h3><ol>{item}</ol>") == (
        ["Awal.", "Akhir."], [RelatedLink(url=OTHER.url, title=headline)]
    )  # fmt: skip


@pytest.mark.parametrize(
    "line",
    [
        "[Gambas:Video 20detik]",
        "[ez-toc]",
        "Notice: Undefined index: foto in /home/warta/baca.php on line 88",
        "Waktu baca 2 menit",
        "3 min read",
        "Reading time: 4 mins",
        "Lesezeit: 5 Minuten",
        "3 Min. Lesezeit",
        "Dengarkan artikel ini",
        "Dengarkan berita: 3 menit",
        "0:00 / 3:21",
    ],
)
def test_what_a_page_says_of_players_and_reading_time_is_no_text(line: str) -> None:
    assert clean(f"<p>{line}</p>") == (["Awal.", "Akhir."], [])


@pytest.mark.parametrize(
    "line",
    [
        "[Catatan: harga per kilogram]",
        "Waktu baca anak bertambah",
        "Surat itu dibaca 3 kali",
        "Hits 2025",
        "Dilihat 12 warga",
        "Tutup 5 menit",
        "Warning: the queue in town is on line 3",
        "Dengarkan berita itu dari radio desa",
        "Skor 2:10 pada babak kedua",
        "10:30 / 11:00",  # of a programme
        "Daftar gratis untuk membaca puisi bersama di taman kota.",
        "Masukkan surel Anda, nomor kartu dan alamat ke formulir itu.",
        "Unduh aplikasi Cek Bansos di ponsel",  # a step of what readers are to do
    ],
)
def test_sentences_like_those_stay(line: str) -> None:
    assert clean(f"<p>{line}</p>")[0] == ["Awal.", line, "Akhir."]


@pytest.mark.parametrize(
    "line",
    [
        "Dibaca: 120 kali",
        "137 kali dibaca",
        "Telah dibaca 1.200 kali",
        "1,2 rb tayangan",
        "Post Views: 1,234",
        "1.2K views",
        "(Visited 89 times, 1 visits today)",
        "Aufrufe: 93",
    ],
)
def test_how_often_a_page_was_read_is_no_text_at_either_end(line: str) -> None:
    assert lines(f"<p>{line}</p><p>Awal.</p><p>Akhir.</p><p>{line}</p>") == ["Awal.", "Akhir."]
    assert lines(f"<p>Awal.</p><p>{line}</p><p>Akhir.</p>") == ["Awal.", line, "Akhir."]  # reported, of a video


@pytest.mark.parametrize("line", ["Buku itu dibaca 120 kali.", "120 orang", "Dibaca 12 murid di depan kelas"])
def test_a_last_sentence_with_a_number_stays(line: str) -> None:
    assert lines(f"<p>Awal.</p><p>{line}</p>") == ["Awal.", line]


@pytest.mark.parametrize(
    "line",
    [
        "Tous droits réservés.",
        "Dilarang keras mengambil konten situs ini tanpa izin tertulis dari redaksi.",
        "Prohibida la reproducción total o parcial.",
    ],
)
def test_what_reserves_rights_goes_from_the_end_and_is_reported_elsewhere(line: str) -> None:
    assert lines(f"<p>Awal.</p><p>{line}</p>") == ["Awal."]
    assert lines(f"<p>Awal.</p><p>{line}</p><h3>Berita terkait</h3><ul><li>{LINK}</li></ul>") == ["Awal."]
    assert lines(f"<p>Awal.</p><p>{line}</p><p>Akhir.</p>") == ["Awal.", line, "Akhir."]
    assert lines(f"<p>Awal.</p><ul><li>{line}</li></ul>") == ["Awal.", line]


def test_a_line_of_copyright_signs_takes_no_step_for_each_two_of_them() -> None:
    begin = process_time()
    clean_blocks([Block("p", "©" * 20_000 + " a.b c. d")], PAGE)
    assert process_time() - begin < 2  # the square takes five seconds


def test_a_copyright_line_goes_from_the_end_of_a_block() -> None:
    assert clean("<p>Pewarta: Siti Rahma<br>Hak Cipta © Warta Uji 2025</p>")[0][1] == "Pewarta: Siti Rahma"
    assert lines("<p>Awal.</p><p>Copyright © 2025 Warta Uji. Hak cipta dilindungi undang-undang.</p>") == ["Awal."]
    assert len(lines("<p>Awal.</p><p>Copyright © lagu itu dijual. Semua orang terkejut.</p>")) == 2


LONG = "Harga Bawang Turun di Pasar"
LONG_LINK = f'<a href="/harga-bawang">{LONG}</a>'


@pytest.mark.parametrize(
    "label", ["Jangan Lupa Klik:", "Weiterlesen:", "اقرأ أيضا:", "延伸阅读：", "【関連】：", "Más información :"]
)
def test_few_words_with_a_colon_before_a_headline_lead_to_another_article_in_any_language(label: str) -> None:
    related = [RelatedLink(url="https://warta.example/harga-bawang", title=LONG)]
    assert clean(f"<p><b>{label}</b> {LONG_LINK}</p>") == (["Awal.", "Akhir."], related)


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(f"Menurut kepala pasar dan semua pedagangnya: {LONG_LINK}", id="a clause before the colon"),
        pytest.param('Sumber: <a href="/harga-bawang">Dinas Pertanian</a>', id="a name behind it"),
        pytest.param(f'Laporan: <a href="https://lain.example/a">{LONG}</a>', id="another site"),
        pytest.param(f"Catatan: {LONG_LINK} sejak Senin", id="words behind the link"),
        pytest.param(f"Ralat: {LONG_LINK}", id="a correction"),
        pytest.param('Dokumen: <a href="/unduh/edaran.pdf">Surat Edaran Bupati Uji</a>', id="a file"),
    ],
)
def test_words_with_a_colon_before_something_else_stay(line: str) -> None:
    texts, related = clean(f"<p>{line}</p>")
    assert (len(texts), related) == (3, [])


def test_excerpts_in_a_list_of_other_articles_go_with_their_headlines() -> None:
    entries = "".join(f'<p><a href="/{n}">Kabar Lain Nomor {n}</a></p><p>Kutipan kabar nomor {n}.</p>' for n in "ab")
    texts, related = clean(f"<h3>Berita Lainnya</h3>{entries}")
    assert (texts, len(related)) == (["Awal.", "Akhir."], 2)


def test_text_goes_on_below_a_lone_headline_of_another_article() -> None:
    assert clean(f"<h4>Berita terkait</h4><p>{LONG_LINK}</p><p>Air surut.</p>")[0] == ["Awal.", "Air surut.", "Akhir."]


@pytest.mark.parametrize(
    "line",
    [
        "Sudah berlangganan? Masuk di sini",
        "Langganan sekarang mulai Rp15.000 per bulan.",
        "Abonnieren Sie unseren Newsletter.",
        "Daftarkan surel Anda untuk menerima ringkasan mingguan kami.",
        "Daftar gratis untuk membaca berita ini sampai selesai.",
    ],
)
def test_line_that_asks_to_subscribe_is_no_text(line: str) -> None:
    assert clean(f"<p>{line}</p>")[0] == ["Awal.", "Akhir."]


@pytest.mark.parametrize("when", ["14 Juli 2025 09:30 WITA", "2 jam lalu"])
def test_list_of_other_articles_with_their_days_at_the_end_is_no_text(when: str) -> None:
    items = "".join(f'<li><a href="/{n}">Kabar Lain Nomor {n}</a> <small>{when}</small></li>' for n in "ab")
    root = lxml.html.fragment_fromstring(f"<p>Awal.</p><h4>Kabar Hari Ini</h4><ul>{items}</ul>", create_parent="div")
    blocks, related = clean_blocks(read_blocks(root), PAGE)
    assert ([block.text for block in blocks], len(related)) == (["Awal."], 2)


def test_list_of_links_with_what_the_text_says_of_them_stays() -> None:
    items = "".join(f'<li><a href="/{n}">Kabar Desa Nomor {n}</a> naik 12 persen</li>' for n in "ab")
    texts, related = clean(f"<ul>{items}</ul>")
    assert (len(texts), related) == (4, [])


def test_beginning_that_stands_twice_in_a_row_is_a_copy() -> None:
    texts = [
        f"Warga dusun ke-{n} menunggu air sejak Senin, dan belum tahu kapan pipa yang putus itu akan disambung."
        for n in range(4)
    ]
    whole = "".join(f"<p>{text}</p>" for text in texts)
    preview = "".join(f"<p>{text}</p>" for text in texts[:3])
    assert lines(f"<div>{whole}</div><div>{whole}</div>") == texts
    assert lines(f"<div>{preview}</div><div>{whole}</div>") == texts
    assert lines(f"<p>{texts[0]}</p><p>{texts[0]}</p><p>{texts[1]}</p>") == [texts[0], texts[0], texts[1]]


def test_label_of_a_box_at_the_end_goes_and_a_section_of_that_name_stays() -> None:
    text = "Warga dusun menunggu air sejak Senin."
    assert lines(f"<p>{text}</p><h3>Komentar (4)</h3>") == [text]
    assert lines(f"<p>{text}</p><h3>Komentar</h3><p>{text}</p>") == [text, "Komentar", text]


def test_list_of_contents_goes_also_where_headings_end_with_a_full_stop() -> None:
    heading = "Warga dusun menunggu air sejak Senin yang lalu."
    contents = f"<ul><li><a href='#air'>{heading}</a></li><li><a href='#cuaca'>Cuaca</a></li></ul>"
    assert lines(f"{contents}<h3 id=air>{heading}</h3><p>Awal.</p>") == [heading, "Awal."]


def test_sentence_in_a_link_that_was_not_closed_is_no_line_of_contents() -> None:
    text = "Warga dusun menunggu air sejak Senin, kata kepala dusun."
    assert lines(
        f"<p>{text}</p><p><a href='#atas'>{text} Ini pun ditulisnya.</a></p><p><a href='#a'>Harga</a></p>"
    ) == [
        text,
        f"{text} Ini pun ditulisnya.",
    ]
