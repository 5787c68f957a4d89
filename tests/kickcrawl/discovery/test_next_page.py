"""The page behind a page of a list, in all ways in which sites link to it."""

import pytest

from kickcrawl.article import PageSource
from kickcrawl.discovery.list_steps import is_further_file
from kickcrawl.discovery.listing import read_listing

URL = "https://warta.example/"


@pytest.mark.parametrize(
    ("body", "url", "following"),
    [
        pytest.param('<link rel="next" href="/page/2/">', URL, "/page/2/", id="rel of a link element"),
        pytest.param('<a rel="nofollow next" href="/page/2/">›</a>', URL, "/page/2/", id="rel of an anchor"),
        pytest.param('<a rel="next" href="/?paged=3">x</a>', URL + "?paged=2", "/?paged=3", id="from the second page"),
        pytest.param('<a href="/page/2/">Berikutnya »</a>', URL, "/page/2/", id="label"),
        pytest.param('<a href="/page/2/">Older posts</a>', URL, "/page/2/", id="English label"),
        pytest.param(
            '<a href="/page/2/?urut=judul">2</a><a href="/page/2/">Selanjutnya</a>', URL, "/page/2/",
            id="label before number",
        ),
        pytest.param('<a href="/page/2/">2</a><a href="/page/3/">3</a>', URL, "/page/2/", id="number"),
        pytest.param('<a href="/page/2/">2</a><a href="/page/3/">3</a>', URL + "page/2/", "/page/3/", id="next number"),
        pytest.param('<a href="/kota?halaman=2">2</a>', URL + "kota", "/kota?halaman=2", id="halaman"),
        pytest.param('<a href="/page/2/">2</a>', URL + "page/2/", None, id="the last page"),
        pytest.param('<a rel="next" href="/page/9/">x</a>', URL, None, id="rel that leaps"),
        pytest.param('<a href="/kota/page/2/">2</a>', URL, None, id="another list's second page"),
        pytest.param('<a href="https://kabar.example/page/2/">Berikutnya</a>', URL, None, id="another site"),
        pytest.param('<a href="/c-2">Berikutnya</a>', URL, None, id="a story's neighbour"),
        pytest.param('<a href="/index2.html">»</a>', URL, "/index2.html", id="file behind the front page"),
        pytest.param('<a href="/index3.html">»</a>', URL + "index2.html", "/index3.html", id="the third file"),
        pytest.param('<a href="/index2.html">&rang;</a>', URL, "/index2.html", id="bracket for an arrow"),
        pytest.param(
            '<a href="/index4.html">&Rang;</a><a href="/index2.html">&rang;</a>', URL, "/index2.html",
            id="the last page before the next",
        ),
        pytest.param('<a href="/kota-2.html">Lanjut</a>', URL + "kota.html", "/kota-2.html", id="file behind a file"),
        pytest.param('<a rel="next" href="/?page=1">Next ›</a>', URL, "/?page=1", id="counted from nought"),
        pytest.param('<a href="/?page=1">Next ›</a>', URL, "/?page=1", id="counted from nought, by its label"),
        pytest.param('<a href="/?page=2">Next ›</a>', URL + "?page=1", "/?page=2", id="then as usual"),
        pytest.param('<a href="/index-1.html">Older posts</a>', URL, "/index-1.html", id="file counted from nought"),
        pytest.param('<a href="/?page=1">1</a>', URL, None, id="the number of this page"),
        pytest.param('<a href="/desa2.html">Berikutnya</a>', URL + "kota.html", None, id="another list's file"),
        pytest.param('<a href="/page2/">Older</a>', URL, "/page2/", id="/page2/"),
        pytest.param("<p>Tamat</p>", URL, None, id="none"),
        pytest.param('<a href="/?query-1-page=2">2</a>', URL, "/?query-1-page=2", id="WordPress' list block"),
        pytest.param(
            '<a href="/?query-12-page=3">x</a>', URL + "?query-12-page=2", "/?query-12-page=3", id="its third page"
        ),
        pytest.param('<a href="/halaman/2">2</a>', URL, "/halaman/2", id="/halaman/2"),
        pytest.param('<a href="/indeks/hal/3/">3</a>', URL + "indeks/hal/2/", "/indeks/hal/3/", id="/hal/3/"),
        pytest.param('<a href="/indeks/page-2">2</a>', URL + "indeks", "/indeks/page-2", id="page-2"),
        pytest.param('<a href="/indeks/2">Selanjutnya</a>', URL + "indeks", "/indeks/2", id="a bare number"),
        pytest.param('<a href="/indeks-3.html">Next →</a>', URL + "indeks-2.html", "/indeks-3.html", id="in the name"),
        pytest.param('<a href="/?mulai=5">Berita lebih lama »</a>', URL, "/?mulai=5", id="an offset, called older"),
        pytest.param('<a href="/?mulai=5">2</a><a href="/?mulai=10">3</a>', URL, "/?mulai=5", id="offsets, numbered"),
        pytest.param(
            '<a href="/">1</a><a href="/?mulai=15">4</a><a href="/?mulai=10">3</a>', URL + "?mulai=5", "/?mulai=10",
            id="offsets, from the second page",
        ),
        pytest.param('<a href="/?mulai=0">«</a>', URL + "?mulai=5", None, id="back to the first"),
        pytest.param('<a href="/?before=2025-07-14T09">Older</a>', URL, "/?before=2025-07-14T09", id="a cursor"),
        pytest.param('<a class="next page-numbers" href="/page/2/">+</a>', URL, "/page/2/", id="class"),
        pytest.param('<a aria-label="Halaman selanjutnya" href="/page/2/">+</a>', URL, "/page/2/", id="aria-label"),
        pytest.param('<a href="/page/2/">Siguiente</a>', URL, "/page/2/", id="Spanish"),
        pytest.param('<a href="/page/2/">Nächste Seite</a>', URL, "/page/2/", id="German"),
        pytest.param('<a href="/page/2/">Page suivante</a>', URL, "/page/2/", id="French"),
        pytest.param('<a href="/page/9/">»</a><a href="/page/2/">2</a>', URL, "/page/2/", id="an arrow to the last"),
        pytest.param('<a href="/kota?hal=2">2</a>', URL + "desa", None, id="another list's parameter"),
        pytest.param(
            '<a href="/indeks?k=desa&hal=2">2</a>', URL + "indeks?k=kota", None, id="another list by its parameter"
        ),
        pytest.param(
            '<a href="/indeks?k=kota&hal=2">2</a>', URL + "indeks?k=kota", "/indeks?k=kota&hal=2", id="the same list"
        ),
        pytest.param('<a href="/2025">2025</a><a href="/2024">2024</a>', URL, None, id="years"),
        pytest.param('<a href="/c-2">Tiga hari lebih lama</a>', URL, None, id="a headline with such words"),
        pytest.param('<a href="/?page=1">2</a><a href="/?page=2">3</a>', URL, "/?page=1", id="numbers of nought"),
        pytest.param('<a href="/?page=2">3</a>', URL + "?page=1", "/?page=2", id="and from its second page"),
        pytest.param('<a class="halaman-next" href="/page/2/"><svg></svg></a>', URL, "/page/2/", id="part of a class"),
        pytest.param('<li class="pager--next"><a href="/page/2/">+</a></li>', URL, "/page/2/", id="an item's class"),
        pytest.param('<a href="/?urut=baru&page=2">Lanjut</a>', URL, "/?urut=baru&page=2", id="an order said late"),
        pytest.param(
            '<a href="/k?tx[currentPage]=3&cHash=b7">3</a>', URL + "k?tx[currentPage]=2&cHash=a9",
            "/k?tx%5BcurrentPage%5D=3&cHash=b7", id="a checksum beside",
        ),
        pytest.param('<a href="/?kanal=desa&page=2">Ekonomi</a>', URL, None, id="a link that says nothing of it"),
        pytest.param('<a href="/default.aspx?hal=2">2</a>', URL, "/default.aspx?hal=2", id="the front page's own file"),
        pytest.param('<a rel="next" href="/">Terbaru</a>', URL + "arsip/2", None, id="rel=next leads to newer ones"),
        pytest.param(
            '<a rel="prev" href="/arsip/3">« Sebelumnya</a><a rel="next" href="/arsip/1">»</a>', URL + "arsip/2",
            "/arsip/3", id="older ones are before",
        ),
        pytest.param('<a href="/?mulai=5">« Sebelumnya</a>', URL + "?mulai=10", None, id="the way back"),
        pytest.param(
            '<a href="/indeks/2026-02-28">Hari sebelumnya</a><a href="/indeks/2026-03-02">Hari berikutnya</a>',
            URL + "indeks/2026-03-01", "/indeks/2026-02-28", id="the day before",
        ),
        pytest.param('<a href="/indeks/2026-02-28">Kemarin</a>', URL + "indeks", "/indeks/2026-02-28", id="of today"),
        pytest.param('<a href="/berita/P5">Berikutnya</a>', URL + "berita", "/berita/P5", id="below the list"),
        pytest.param('<a href="/berita/c-5">Berikutnya</a>', URL + "berita", None, id="a story below the list"),
        pytest.param(
            '<a href="/berita/index/5">2</a><a href="/berita/index/10">3</a>', URL + "berita", "/berita/index/5",
            id="offsets below the list",
        ),
        pytest.param(
            '<a href="/7">Baca selanjutnya</a><a href="/8">Baca selanjutnya</a><a href="/9">Baca selanjutnya</a>', URL,
            None, id="labels of teasers",
        ),
        pytest.param(
            '<a href="/2026/10/02/">2</a><a href="/2026/10/03/">3</a>', URL + "2026/10/", None, id="days of a month"
        ),
        pytest.param('<a href="/berita/07/02">2</a><a href="/berita/07/03">3</a>', URL + "berita", None, id="days"),
        pytest.param(
            '<base href="/"><a rel="next" href="berita/3">Lanjut</a>', URL + "berita/2", "/berita/3", id="base"
        ),
    ],
)  # fmt: skip
def test_next_page_is_known_by_rel_by_label_or_by_number(body: str, url: str, following: str | None) -> None:
    expected = f"https://warta.example{following}" if following else None
    page = f'<html><head><meta charset="utf-8"></head><body>{body}</body></html>'
    source = PageSource(url=url, body=page.encode())
    assert read_listing(source, lambda address: "/c-" in address).next_url == expected


@pytest.mark.parametrize(
    ("path", "is_further"),
    [("index4.html", True), ("index.html", False), ("kota2.html", False), ("2025", False), ("index4", False)],
)
def test_later_file_of_the_front_page_is_no_list_of_its_own(path: str, is_further: bool) -> None:
    assert is_further_file(URL, URL + path) is is_further


@pytest.mark.parametrize(
    ("body", "following"),
    [
        ('<a href="#" data-url="/?hal=2">Muat lagi</a>', "/?hal=2"),
        ('<button data-next="/?hal=2">Muat lagi</button>', "/?hal=2"),
        ("<button onclick=\"location.href='/?hal=2'\">Lanjut</button>", "/?hal=2"),
        (
            '<select><option value="/">1</option><option value="/?hal=2">2</option><option value="/?hal=3">3</select>',
            "/?hal=2",
        ),
        ('<form action="/"><input type="hidden" name="hal" value="2"><button>Lagi</button></form>', "/?hal=2"),
        ('<form action="/"><input type="hidden" name="hal" value="2"><input name="cari"></form>', None),
        ('<form method="post" action="/"><input type="hidden" name="hal" value="2"></form>', None),
        ('<div data-image="/foto/kota-2.jpg" data-id="2"></div>', None),
        ('<select><option value="/?kategori=2">Ekonomi</option><option value="/2">Desa</option></select>', None),
        ('<button data-next="/?mulai=5">Muat lagi</button>', "/?mulai=5"),
        ('<button data-url="/api/berita?hal=2">Muat lagi</button>', None),
        ('<button data-url="https://kabar.example/?hal=2">Muat lagi</button>', None),
    ],
)
def test_next_page_that_no_link_leads_to_is_what_a_button_form_or_option_holds(
    body: str, following: str | None
) -> None:
    source = PageSource(url=URL, body=f"<html><body>{body}</body></html>".encode())
    listing = read_listing(source, lambda address: "/c-" in address)
    assert (listing.next_url, listing.is_scripted) == (URL + following[1:] if following else None, True)


@pytest.mark.parametrize(
    ("body", "pages"),
    [
        ('<a href="/2026/09/">September</a><a href="/2026/10/">Oktober</a>', ("2026/10/", "2026/09/")),
        ('<a href="/2025/">2025</a><a href="/2026/10">Oktober 2026 (31)</a>', ("2026/10",)),
        ('<a href="/2024">2024</a><a href="/2025">2025</a>', ("2025", "2024")),
        (
            '<option value="https://warta.example/2026/10/">Oktober 2026</option><option value="">Pilih</option>',
            ("2026/10/",),
        ),
        (
            '<a href="/arsip.php?bulan=9&tahun=2026">x</a><a href="/?m=202610">y</a>',
            ("?m=202610", "arsip.php?bulan=9&tahun=2026"),
        ),
        ('<a href="/pemilu">Pemilu 2026</a><a href="/arsip?periode=2026-10">Oktober</a>', ("arsip?periode=2026-10",)),
        (
            '<a href="/2026/10/21/">21</a><a href="/2026/10/c-7">Panen</a><a href="https://kabar.example/2026/10/">x</a>',
            (),
        ),
    ],
)
def test_lists_by_month_are_known_by_their_address_the_latest_first(body: str, pages: tuple[str, ...]) -> None:
    source = PageSource(url=URL, body=f"<html><body>{body}</body></html>".encode())
    assert read_listing(source, lambda address: "/c-" in address).calendar == tuple(URL + page for page in pages)


@pytest.mark.parametrize("address", ["/c-1/2001", "/baca.php?id=202610"], ids=["a year", "a month"])
def test_article_whose_number_looks_like_a_time_is_no_list(address: str) -> None:
    body = f'<a href="{address}"><img></a><a href="{address}">Warga desa panen raya bawang merah</a>'
    listing = read_listing(PageSource(url=URL, body=body.encode()), lambda url: "c-" in url or "id=" in url)
    assert (listing.calendar, [one.url for one in listing.candidates]) == ((), [URL + address[1:]])


HIDDEN = "<input type=hidden name=kategori value=3><input type=hidden name=page value=2>"


@pytest.mark.parametrize(
    "body",
    [
        "<button onclick=\"if (confirm('?')) location='?kategori=3&hapus&page=2'\">Hapus</button>",
        "<button data-url='?kategori=3&logout=&page=2'>Keluar</button>",
        "<option value='?kategori=4&page=2'>Ekonomi</option>",
        "<option value='?kategori=4&start=0'>Ekonomi</option>",
        "<a href='?kategori=4&page=1'>4</a>",
        f"<form>{HIDDEN}<input type=number></form>",
        f"<form>{HIDDEN}<input type=radio></form>",
        f"<form><input type=hidden name=keluar>{HIDDEN}</form>",
    ],
)
def test_what_says_more_than_a_number_of_a_page_is_not_asked_for(body: str) -> None:
    source = PageSource(url=f"{URL}?kategori=3&start=0" if "start" in body else f"{URL}?kategori=3", body=body.encode())
    assert read_listing(source, lambda _: False).next_url is None


def test_same_page_of_the_next_category_is_no_next_page() -> None:
    source = PageSource(url=f"{URL}kategori/3/halaman/2", body=b'<a href="/kategori/4/halaman/2">Ekonomi</a>')
    assert read_listing(source, lambda _: False).next_url is None
