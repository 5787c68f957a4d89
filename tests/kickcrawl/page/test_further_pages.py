"""Further pages of an article: which links lead to them, in all the forms in which sites number them."""

from urllib.parse import urljoin

import pytest

from kickcrawl.article import PageSource
from kickcrawl.page.further_pages import ArticlePages, collect_pages, continuation_pages, page_with_all

STORY = "https://warta.example/panen-raya-jagung"
QUERY = "https://warta.example/baca.php?id=12"
FILE = "https://warta.example/2025/07/panen.html"


@pytest.mark.parametrize(
    ("url", "hrefs", "pages"),
    [
        pytest.param(STORY, [f"{STORY}/2/", f"{STORY}/3/"], [f"{STORY}/2/", f"{STORY}/3/"], id="slug without slash"),
        pytest.param(STORY + "/", [f"{STORY}/2/"], [f"{STORY}/2/"], id="slug with slash"),
        pytest.param(STORY, [f"{STORY}/2"], [f"{STORY}/2"], id="page without slash"),
        pytest.param(STORY, [f"{STORY}?page=2"], [f"{STORY}?page=2"], id="page parameter"),
        pytest.param(STORY + "/", [f"{STORY}/?halaman=2"], [f"{STORY}/?halaman=2"], id="halaman behind a slash"),
        pytest.param(STORY, ["/panen-raya-jagung/2/"], [f"{STORY}/2/"], id="relative link"),
        pytest.param(STORY, ["//warta.example/panen-raya-jagung/2/"], [f"{STORY}/2/"], id="link without scheme"),
        pytest.param(STORY, [f"{STORY}/3/", f"{STORY}/2/"], [f"{STORY}/2/", f"{STORY}/3/"], id="in order of numbers"),
        pytest.param(STORY, [f"{STORY}/2/", f"{STORY}/2"], [f"{STORY}/2/"], id="each once"),
        pytest.param(STORY, [f"{STORY}/1/", STORY], [], id="the first page is no further one"),
        pytest.param(STORY, [f"{STORY}/comment-page-2", f"{STORY}/comment-page-2/#comments"], [], id="comments"),
        pytest.param(STORY, [f"{STORY}-susulan/2/", "/berita/2/"], [], id="other slugs"),
        pytest.param(STORY, ["https://kabar.example/panen-raya-jagung/2/"], [], id="other host"),
        pytest.param(STORY, [f"{STORY}/2025/"], [], id="a year"),
        pytest.param(STORY + "/", ["2/"], [f"{STORY}/2/"], id="relative to the page"),
        pytest.param(STORY, ["?page=2#isi"], [f"{STORY}?page=2"], id="a fragment behind"),
        pytest.param(STORY, ["/panen-raya-jagung/page/2"], [f"{STORY}/page/2"], id="a word before the number"),
        pytest.param(STORY, ["/panen-raya-jagung/halaman/2/"], [f"{STORY}/halaman/2/"], id="a word of the outlet's"),
        pytest.param(QUERY, ["?id=12&amp;page=2"], [f"{QUERY}&page=2"], id="beside the article's own parameter"),
        pytest.param(QUERY, ["?id=13&page=2", "?page=2"], [], id="another article's parameter"),
        pytest.param(STORY, ["?page=2&amp;sort=populer"], [], id="a list's parameter"),
        pytest.param("https://warta.example/", ["/2/", "/?page=2"], [], id="front page has none"),
        pytest.param(STORY, ["&#x2F;panen-raya-jagung&#x2F;2"], [f"{STORY}/2"], id="a template's entities"),
        pytest.param(
            "https://warta.example/jum'at",
            ["/jum&#39;at/2"],
            ["https://warta.example/jum'at/2"],
            id="an entity in the slug",
        ),
    ],
)
def test_further_pages_are_those_under_the_storys_own_address(url: str, hrefs: list[str], pages: list[str]) -> None:
    body = " ".join(f"<a class=post-page-numbers href='{href}'>lanjut</a>" for href in hrefs)
    assert continuation_pages(url, body.encode()) == pages


@pytest.mark.parametrize(
    "link",
    [
        b'<A CLASS=halaman HREF="/panen-raya-jagung/2">2</A>',
        b'<A Href="?page=2">2</A>',
        b'<a href="/panen&#45;raya&#x2d;jagung/2">2</a>',
        b'<a href="/panen-raya-jagung/&#50;">2</a>',
    ],
)
def test_link_may_be_written_in_any_way(link: bytes) -> None:
    found = continuation_pages(STORY, link)
    assert found in ([f"{STORY}/2"], [f"{STORY}?page=2"])


@pytest.mark.parametrize(
    ("link", "pages"),
    [
        pytest.param('<a href="panen-2.html">2</a>', ["https://warta.example/2025/07/panen-2.html"], id="its number"),
        pytest.param('<a href=panen_2.html>Selanjutnya »</a>', ["https://warta.example/2025/07/panen_2.html"],
                     id="next"),
        pytest.param('<link rel="next" href="/2025/07/panen-2.html">', ["https://warta.example/2025/07/panen-2.html"],
                     id="rel"),
        pytest.param('<a href="panen-2.html"><span>Halaman <b>berikutnya</b></span></a>',
                     ["https://warta.example/2025/07/panen-2.html"], id="next, in elements of its own"),
        pytest.param('<a href="panen-2.html" aria-label="Halaman 2"><svg></svg></a>',
                     ["https://warta.example/2025/07/panen-2.html"], id="a sign that is named"),
        pytest.param('<a href="panen,2.html">2</a>', ["https://warta.example/2025/07/panen,2.html"], id="a comma"),
        pytest.param('<a href="panen-2.html">Panen Kedua Dimulai</a>', [], id="another article, whose name ends so"),
        pytest.param('<a href="garam-2.html">2</a>', [], id="another name"),
    ],
)  # fmt: skip
def test_numbered_file_is_a_page_where_the_link_says_so(link: str, pages: list[str]) -> None:
    assert continuation_pages(FILE, link.encode()) == pages


@pytest.mark.parametrize(
    "label",
    ["Selanjutnya", "Seterusnya", "Nächste Seite", "Page suivante", "Siguiente", "Próxima página", "Pagina successiva",
     "Volgende", "Nästa sida", "Næste side", "Sonraki sayfa", "次のページ", "다음"],
)  # fmt: skip
def test_next_is_known_in_all_languages(label: str) -> None:
    assert continuation_pages(FILE, f"<a href='panen-2.html'>{label} &raquo;</a>".encode()) == [
        "https://warta.example/2025/07/panen-2.html"
    ]


@pytest.mark.parametrize(
    ("href", "label", "pages"),
    [
        pytest.param("/panen-raya-jagung-2", "2", [f"{STORY}-2"], id="a number behind the name"),
        pytest.param("/panen-raya-jagung-2", "Berikutnya", [], id="perhaps the next article"),
        pytest.param("/panen-raya-jagung?start=1", "Berikutnya", [f"{STORY}?start=1"], id="Joomla counts from nought"),
        pytest.param("/panen-raya-jagung/seite-2", "2", [f"{STORY}/seite-2"], id="a word and a dash"),
        pytest.param("/panen-raya-jagung?pg=2", "2", [f"{STORY}?pg=2"], id="a short parameter"),
    ],
)
def test_page_without_an_ending_needs_its_number(href: str, label: str, pages: list[str]) -> None:
    assert continuation_pages(STORY, f"<a href='{href}'>{label}</a>".encode()) == pages


def test_next_page_alone_leads_from_page_to_page() -> None:
    bodies = {f"{STORY}/": "2/", f"{STORY}/2/": "../3/", f"{STORY}/3/": "../"}
    pages = [PageSource(url=url, body=f'<a href="{link}">Berikutnya</a>'.encode()) for url, link in bodies.items()]
    assert collect_pages(pages[0], {page.url: page for page in pages}.__getitem__) == ArticlePages(tuple(pages))


def test_walk_goes_on_behind_a_page_that_cannot_be_had() -> None:
    first = PageSource(url=STORY, body=f"<a href='{STORY}/2/'>2</a> <a href='{STORY}/3/'>3</a>".encode())
    third = PageSource(url=f"{STORY}/3/", body=b"")
    assert collect_pages(first, {third.url: third}.get) == ArticlePages((first, third), missing=(f"{STORY}/2/",))


@pytest.mark.parametrize(
    ("link", "pages"),
    [
        (f"<link rel='next' href='{STORY}/bagian-2'>", [f"{STORY}/bagian-2"]),
        (f"<a href='{STORY}/lembar/2'>Selanjutnya</a>", [f"{STORY}/lembar/2"]),
        (f"<link rel='next' href='{STORY}/comment-page-2'>", []),
        (f"<a href='{STORY}/komentar/2'>2</a>", []),
        (f"<a href='{STORY}/foto-2'>Foto pasar</a>", []),
    ],
)
def test_part_below_the_article_is_a_page_where_the_link_says_so(link: str, pages: list[str]) -> None:
    assert continuation_pages(STORY, link.encode()) == pages


@pytest.mark.parametrize(
    ("url", "href", "whole"),
    [
        (STORY, "?page=all", f"{STORY}?page=all"),
        (STORY, f"{STORY}?single=1#isi", f"{STORY}?single=1"),
        (QUERY, "?id=12&amp;halaman=semua", f"{QUERY}&halaman=semua"),
        (STORY, "/berita-lain?page=all", None),
        (STORY, STORY.replace("://", "://lain.") + "?page=all", None),
        (STORY, "?page=allah", None),
        (STORY, "?urut=baru&page=all", None),
    ],
)
def test_article_on_one_page_is_known_by_its_parameter(url: str, href: str, whole: str | None) -> None:
    assert page_with_all(PageSource(url=url, body=f'<a href="{href}">Tampilkan semua</a>'.encode())) == whole


@pytest.mark.parametrize(
    ("answer", "shown", "missing"),
    [
        pytest.param(b"<p>Satu.</p><p>Dua.</p><p>Tiga.</p>", 1, (), id="whole"),
        pytest.param(b"<p>-</p>", 0, (), id="less than the first page"),
        pytest.param(None, 0, (f"{STORY}?page=all",), id="not there"),
    ],
)
def test_article_on_one_page_stands_for_its_first_page(
    answer: bytes | None, shown: int, missing: tuple[str, ...]
) -> None:
    first = PageSource(url=STORY, body=b'<p>Satu.</p><a href="?page=all">Semua</a>')
    found = collect_pages(first, lambda url: None if answer is None else PageSource(url=url, body=answer))
    expected = PageSource(url=STORY, body=answer) if shown and answer else first
    assert found == ArticlePages((expected,), missing)


def test_article_on_one_page_that_leads_elsewhere_is_not_taken() -> None:
    first = PageSource(url=STORY, body=b'<p>Satu.</p><a href="?page=all">Semua</a>')
    other = PageSource(url=urljoin(STORY, "/"), body=b"<p>Satu.</p><p>Halaman depan.</p>" * 9)
    assert collect_pages(first, lambda _: other) == ArticlePages((first,))


def test_article_of_which_each_page_is_linked_is_read_page_by_page() -> None:
    first = PageSource(url=STORY, body=f'<a href="{STORY}/2">2</a><a href="?page=all">Semua</a>'.encode())
    assert len(collect_pages(first, lambda url: PageSource(url=url, body=b"<p>Dua.</p>")).sources) == 2
