"""List pages as seeds: links to stories with their headlines, and the page behind."""

import pytest

from kickcrawl.article import PageSource
from kickcrawl.discovery.listing import Listing, read_listing
from kickcrawl.errors import SeedError

URL = "https://warta.example/"


def read(body: str, url: str = URL) -> Listing:
    page = f'<html><head><meta charset="utf-8"></head><body>{body}</body></html>'
    return read_listing(PageSource(url=url, body=page.encode()), lambda address: "/c-" in address)


def found(body: str) -> list[tuple[str, str | None]]:
    return [
        (candidate.url.removeprefix("https://warta.example"), candidate.title) for candidate in read(body).candidates
    ]


def test_links_to_stories_are_candidates_in_reading_order() -> None:
    assert found('<a href="/c-2">Tanam</a><a href="https://warta.example/c-1?utm_source=x">Panen</a>') == [
        ("/c-2", "Tanam"),
        ("/c-1", "Panen"),
    ]


def test_longest_link_text_is_the_headline() -> None:
    body = '<a href="/c-1"><img></a><a href="/c-1"> Panen\n <b>Raya</b></a><a href="/c-1#isi">Baca</a>'
    assert found(body) == [("/c-1", "Panen Raya")]


def test_story_that_is_linked_by_its_picture_only_has_no_title() -> None:
    assert found('<a href="/c-1"><img src="p.jpg"></a>') == [("/c-1", None)]


def test_a_list_knows_nothing_but_address_and_headline() -> None:
    (candidate,) = read('<a href="/c-1">Panen</a>').candidates
    assert (candidate.seed, candidate.is_post, candidate.published) == ("listing", None, None)


@pytest.mark.parametrize(
    "href",
    ["/redaksi", "https://kabar.example/c-1", "mailto:a@warta.example", "javascript:void('/c-1')", "http://[rusak/c-1"],
)
def test_link_that_is_no_story_of_the_site_is_left_out(href: str) -> None:
    assert found(f'<a href="{href}">Panen</a>') == []


def test_stories_under_www_are_of_the_same_site() -> None:
    assert [candidate.url for candidate in read('<a href="https://www.warta.example/c-1">P</a>').candidates] == [
        "https://www.warta.example/c-1"
    ]


@pytest.mark.parametrize("body", [b"", b"   ", b"<!-- -->"], ids=["nothing", "spaces", "a comment"])
def test_what_is_no_html_is_refused(body: bytes) -> None:
    with pytest.raises(SeedError, match="no HTML"):
        read_listing(PageSource(url=URL, body=body), lambda _: True)


def test_headline_in_utf8_is_read_where_only_the_header_said_so() -> None:
    page = "<p><a href='/c-1'>Panen “Raya”</a></p>".encode()
    listing = read_listing(PageSource(url=URL, body=page), lambda _: True)
    assert listing.candidates[0].title == "Panen “Raya”"


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
        pytest.param("<p>Tamat</p>", URL, None, id="none"),
    ],
)  # fmt: skip
def test_next_page_is_known_by_rel_by_label_or_by_number(body: str, url: str, following: str | None) -> None:
    expected = f"https://warta.example{following}" if following else None
    assert read(body, url).next_url == expected
