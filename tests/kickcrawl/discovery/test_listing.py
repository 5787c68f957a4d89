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


def test_headline_of_what_wordpress_calls_a_post_is_one_whatever_its_address() -> None:
    post = '<li class="wp-block-post post-4 post type-post hentry"><h2 class="{}"><a href="{}">Pilkades</a></h2></li>'
    body = post.format("wp-block-post-title", "/liputan/babak-dua") + post.format("", "/liputan/peta")
    (candidate,) = read(body + post.replace("type-post", "type-page").format("entry-title", "/redaksi")).candidates
    assert (candidate.url, candidate.is_post) == ("https://warta.example/liputan/babak-dua", True)


@pytest.mark.parametrize(
    ("body", "may_grow"),
    [
        ('<script type="application/ld+json">{}</script><form action="/cari"><input></form>', False),
        ("<script>muatLagi()</script>", True),
        ('<script type="text/javascript" src="/tema.js"></script>', True),
        ("<button>Muat lagi</button>", True),
        ('<a onclick="muat()">Muat lagi</a>', True),
    ],
)
def test_list_may_grow_where_a_script_or_button_could_bring_more(body: str, may_grow: bool) -> None:
    assert read(f'<a href="/c-1">Panen</a>{body}').may_grow is may_grow
