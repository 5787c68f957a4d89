"""Blogger's feed of all posts as a seed: candidates with exact times, labels as sections and tags, totals, refusals."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from kickcrawl.article import Candidate, Claim, Moment
from kickcrawl.errors import SeedError
from kickcrawl.platforms.blogger import posts_url, read_posts
from kickcrawl.platforms.record import PostsPage

FEED = "https://warta.example/feeds/posts/default"
ENTRY = """<entry><id>tag:blogger.com,1999:blog-709.post-4812000417</id>
<published>2025-07-14T09:30:00.001+08:00</published><updated>2025-07-15T10:00:00.002+08:00</updated>
<category scheme="http://www.blogger.com/atom/ns#" term="Lombok Timur"/>
<category scheme="http://www.blogger.com/atom/ns#" term="panen"/>
<title type='text'>Panen "Raya" &amp;  syukuran di Sembalun</title>
<content type='html'>&lt;p&gt;Isi.&lt;/p&gt;</content>
<link rel='replies' href='https://warta.example/feeds/4812000417/comments/default'/>
<link rel='alternate' type='text/html' href='https://warta.example/2025/07/panen-raya.html?m=0&amp;utm_source=feed'/>
<author><name>Siti Rahma</name><email>noreply@blogger.com</email></author></entry>"""
PUBLISHED = Moment(datetime(2025, 7, 14, 1, 30, 0, 1000, tzinfo=UTC), 480)
MODIFIED = Moment(datetime(2025, 7, 15, 2, 0, 0, 2000, tzinfo=UTC), 480)


def feed(*entries: str, total: int | None = 1, search: str = "http://a9.com/-/spec/opensearchrss/1.0/") -> bytes:
    count = f"<o:totalResults>{total}</o:totalResults>" if total is not None else ""
    return (
        f"<?xml version='1.0' encoding='UTF-8'?><feed xmlns='http://www.w3.org/2005/Atom' xmlns:o='{search}'>"
        f"<title type='text'>Warta Uji</title>{count}{''.join(entries)}</feed>"
    ).encode()


def read(*entries: str, **options: Any) -> PostsPage:
    return read_posts(feed(*entries, **options), FEED, {}, "Asia/Makassar")


def test_post_becomes_a_candidate_with_all_that_the_blog_knows_of_it() -> None:
    page = read(ENTRY, total=731)
    assert page.total == 731
    (found,) = page.candidates
    assert found == Candidate(
        url="https://warta.example/2025/07/panen-raya.html",
        seed="blogger",
        title='Panen "Raya" & syukuran di Sembalun',
        published=PUBLISHED,
        modified=MODIFIED,
        native_id="4812000417",
        is_post=True,
        claims=(
            Claim(field="title", value='Panen "Raya" & syukuran di Sembalun', source="blogger"),
            Claim(field="authors", value=("Siti Rahma",), source="blogger"),
            Claim(field="sections", value=("Lombok Timur", "panen"), source="blogger"),
            Claim(field="tags", value=("Lombok Timur", "panen"), source="blogger"),
            Claim(field="published_at", value=PUBLISHED, source="blogger"),
            Claim(field="modified_at", value=MODIFIED, source="blogger"),
        ),
    )


def test_newer_version_of_open_search_counts_too() -> None:
    assert read(ENTRY, total=9, search="http://a9.com/-/spec/opensearch/1.1/").total == 9


def test_author_whose_profile_is_gone_is_nobody() -> None:
    (found,) = read(ENTRY.replace("Siti Rahma", "Unknown")).candidates
    assert not [claim for claim in found.claims if claim.field == "authors"]


def test_entry_without_an_address_is_counted_but_names_nothing() -> None:
    page = read(ENTRY.replace("rel='alternate'", "rel='self'"), total=2)
    assert page.candidates == []
    assert page.next_url is not None
    assert "start-index=2" in page.next_url


def test_post_without_labels_times_or_title_is_still_a_post() -> None:
    (found,) = read("<entry><link rel='alternate' href='/2025/07/foto.html'/></entry>").candidates
    assert (found.url, found.title, found.published, found.claims) == (
        "https://warta.example/2025/07/foto.html",
        None,
        None,
        (),
    )


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"<html><body>Beranda</body></html>", "no Atom feed"),
        (b"", "no"),
        (b"\x00\x01", "no"),
        (b"<rss version='2.0'><channel/></rss>", "no Atom feed"),
        (feed(ENTRY, total=None), "how many posts"),
    ],
    ids=["an HTML page", "nothing", "noise", "RSS", "an Atom feed of another make"],
)
def test_answer_that_is_no_feed_of_bloggers_is_refused(body: bytes, words: str) -> None:
    with pytest.raises(SeedError, match=words):
        read_posts(body, FEED, {}, "Asia/Makassar")


def test_entities_are_not_expanded() -> None:
    kind = b"<!DOCTYPE feed [<!ENTITY a 'kata '><!ENTITY b '&a;&a;&a;'>]>"
    body = feed(ENTRY.replace("Siti Rahma", "&b;")).replace(b"<feed", kind + b"<feed", 1)
    assert b"kata kata" not in repr(read_posts(body, FEED, {}, "Asia/Makassar")).encode()


def query(url: str | None) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(url or "").query).items()}


def test_pages_are_asked_for_by_their_first_post_until_all_are_named() -> None:
    first = posts_url(FEED, "modified")
    assert query(first) == {"start-index": "1", "max-results": "150", "orderby": "updated", "redirect": "false"}
    page = read_posts(feed(ENTRY, ENTRY, total=3), first, {}, "Asia/Makassar")
    assert query(page.next_url) == query(first) | {"start-index": "3"}
    assert read_posts(feed(ENTRY, total=3), page.next_url or "", {}, "Asia/Makassar").next_url is None


def test_page_without_entries_is_the_last() -> None:
    assert read(total=9).next_url is None


def test_sample_is_small_as_texts_come_with_the_posts() -> None:
    assert query(posts_url(FEED, "sample"))["max-results"] == "25"
