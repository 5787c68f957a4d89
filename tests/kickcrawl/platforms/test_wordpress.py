"""WordPress' REST API as a seed: candidates with exact times, locked posts marked, answers that are none refused."""

import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from kickcrawl.article import Candidate, Claim, Moment
from kickcrawl.errors import SeedError
from kickcrawl.platforms.record import PageHead
from kickcrawl.platforms.wordpress import locate_posts, posts_url, read_posts

ROUTE = "https://warta.example/wp-json/wp/v2/posts"
POST: dict[str, Any] = {
    "id": 417,
    "date": "2025-07-14T09:30:00",
    "date_gmt": "2025-07-14T01:30:00",
    "modified_gmt": "2025-07-15T02:00:00",
    "link": "https://warta.example/panen-raya?utm_source=rest",
    "status": "publish",
    "type": "post",
    "title": {"rendered": "Panen &#8220;Raya&#8221;  di Sembalun"},
    "content": {"protected": False},
    "_embedded": {
        "author": [{"name": "Siti Rahma"}],
        "wp:term": [
            [{"taxonomy": "category", "name": "Hukum &amp; Kriminal"}],
            [{"taxonomy": "post_tag", "name": "bawang"}, {"taxonomy": "post_tag", "name": "bawang"}],
        ],
    },
}
PUBLISHED = Moment(datetime(2025, 7, 14, 1, 30, tzinfo=UTC), 480)
MODIFIED = Moment(datetime(2025, 7, 15, 2, 0, tzinfo=UTC), None)


def read(*posts: Any) -> list[Candidate]:
    return read_posts(json.dumps(posts).encode(), posts_url(ROUTE, "published"), {}, "UTC").candidates


def claim(candidate: Candidate, field: str) -> Any:
    return next((claim.value for claim in candidate.claims if claim.field == field), None)


def test_post_becomes_a_candidate_with_all_that_the_outlet_knows_of_it() -> None:
    (found,) = read(POST)
    assert (found.url, found.seed, found.native_id) == ("https://warta.example/panen-raya", "rest", "417")
    assert (found.title, found.published, found.modified) == ("Panen “Raya” di Sembalun", PUBLISHED, MODIFIED)
    assert found.is_post is True
    assert not found.protected
    assert found.claims == (
        Claim(field="title", value="Panen “Raya” di Sembalun", source="rest"),
        Claim(field="published_at", value=PUBLISHED, source="rest"),
        Claim(field="modified_at", value=MODIFIED, source="rest"),
        Claim(field="authors", value=("Siti Rahma",), source="rest"),
        Claim(field="sections", value=("Hukum & Kriminal",), source="rest"),
        Claim(field="tags", value=("bawang",), source="rest"),
    )


TERMS = {"wp:term": [{"taxonomy": "category", "href": "a"}, {"taxonomy": "post_tag", "href": "b"}]}
CATEGORY = {"taxonomy": "category", "name": "Ekonomi"}
ERROR = {"code": "rest_forbidden", "message": "Maaf"}


@pytest.mark.parametrize(
    ("embedded", "links", "tags"),
    [
        pytest.param([[CATEGORY], []], TERMS, (), id="an empty list"),
        pytest.param([[CATEGORY], []], {}, None, id="a list of nobody knows what"),
        pytest.param([[CATEGORY], [ERROR]], TERMS, None, id="an answer that was refused"),
        pytest.param([[CATEGORY]], {"wp:term": TERMS["wp:term"][:1]}, None, id="a site without tags"),
    ],
)
def test_empty_list_of_tags_says_that_the_post_has_none(embedded: Any, links: Any, tags: Any) -> None:
    (found,) = read(POST | {"_embedded": {"wp:term": embedded}, "_links": links})
    assert (claim(found, "sections"), claim(found, "tags")) == (("Ekonomi",), tags)


@pytest.mark.parametrize(
    ("media", "value"),
    [
        (
            [{"source_url": "https://w.example/a.jpg", "caption": {"rendered": "<p>Kios &amp; cabai</p>\n"}}],
            "Kios & cabai",
        ),
        ([{"source_url": "https://w.example/a.jpg", "caption": {"rendered": ""}}], None),
        ([{"code": "rest_post_invalid_id"}], None),
        ("rusak", None),
    ],
    ids=["caption", "none", "error", "nonsense"],
)
def test_picture_above_the_post_has_its_caption(media: Any, value: str | None) -> None:
    (found,) = read(POST | {"_embedded": {"wp:featuredmedia": media}})
    assert claim(found, "picture") == (("https://w.example/a.jpg", value) if value else None)


def test_post_behind_a_password_is_marked() -> None:
    (found,) = read(POST | {"content": {"protected": True}})
    assert found.protected


@pytest.mark.parametrize(
    "change",
    [{"status": "draft"}, {"type": "page"}, {"link": "rusak"}, {"link": None}],
    ids=["draft", "page", "no address", "null"],
)
def test_what_is_no_published_post_is_left_out(change: dict[str, Any]) -> None:
    assert [found.native_id for found in read(POST | {"id": 1}, POST | change)] == ["1"]


@pytest.mark.parametrize(
    ("change", "published"),
    [
        pytest.param({"date": None}, Moment(PUBLISHED.at, None), id="no local time, no offset"),
        pytest.param({"date": "2025-07-14T01:30:00"}, Moment(PUBLISHED.at, 0), id="a site that runs in UTC"),
        pytest.param({"date_gmt": None}, None, id="no time in GMT"),
        pytest.param({"date_gmt": "0000-00-00T00:00:00"}, None, id="WordPress' zero"),
    ],
)
def test_publish_time_is_known_by_gmt_and_its_offset_by_the_difference(
    change: dict[str, Any], published: Moment | None
) -> None:
    (found,) = read(POST | change)
    assert found.published == published
    assert claim(found, "published_at") == published


@pytest.mark.parametrize(
    "embedded",
    [
        pytest.param(None, id="nothing embedded"),
        pytest.param([], id="a list"),
        pytest.param({"author": [{"code": "rest_user_invalid_id"}]}, id="hidden author"),
        pytest.param({"author": "Siti", "wp:term": "bawang"}, id="strings"),
        pytest.param({"author": [None], "wp:term": [None, [None]]}, id="nulls"),
    ],
)
def test_what_is_not_embedded_is_not_claimed(embedded: Any) -> None:
    (found,) = read(POST | {"_embedded": embedded})
    assert [claim.field for claim in found.claims] == ["title", "published_at", "modified_at"]


def test_post_without_a_title_has_none() -> None:
    for title in (None, {}, {"rendered": " "}, "Panen"):
        (found,) = read(POST | {"title": title})
        assert found.title is None


@pytest.mark.parametrize(
    ("body", "words"),
    [
        pytest.param(b"<html>Beranda</html>", "no JSON", id="HTML"),
        pytest.param(b"", "no JSON", id="nothing"),
        pytest.param(b"[" * 5_000, "no JSON", id="nested past all depth"),
        pytest.param(b'{"code": "rest_no_route"}', "rest_no_route", id="an error of WordPress"),
        pytest.param(b'{"posts": []}', "no list of posts", id="another object"),
        pytest.param(b"7", "no list of posts", id="a number"),
        pytest.param(b'[{"id": 1}]', "without addresses", id="posts without addresses"),
    ],
)
def test_answer_that_is_no_list_of_posts_is_refused(body: bytes, words: str) -> None:
    with pytest.raises(SeedError, match=words):
        read_posts(body, ROUTE, {}, "UTC")


@pytest.mark.parametrize(
    ("headers", "total", "pages"),
    [
        pytest.param({"x-wp-total": "1203", "x-wp-totalpages": "13"}, 1203, 13, id="as the headers say"),
        pytest.param({}, 1, 1, id="no headers"),
        pytest.param({"x-wp-total": "banyak", "x-wp-totalpages": "-1"}, 1, 1, id="headers that are no numbers"),
    ],
)
def test_size_of_the_collection_is_read_from_the_headers(headers: dict[str, str], total: int, pages: int) -> None:
    page = read_posts(json.dumps([POST]).encode(), posts_url(ROUTE, "published"), headers, "UTC")
    assert page.total == total
    assert (page.next_url is not None) == (pages > 1)


def test_empty_collection_has_no_candidates() -> None:
    page = read_posts(b"[]", posts_url(ROUTE, "published"), {"x-wp-totalpages": "9"}, "UTC")
    assert (page.candidates, page.next_url) == ([], None)


def query(url: str | None) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(url or "").query).items()}


def test_collection_is_asked_for_newest_first_with_names_embedded() -> None:
    asked = query(posts_url(ROUTE, "modified"))
    assert (asked["orderby"], asked["order"], asked["page"]) == ("modified", "desc", "1")
    assert (asked["per_page"], asked["_embed"]) == ("100", "author,wp:term,wp:featuredmedia")
    assert {"link", "modified_gmt", "content.protected", "_embedded"} <= set(asked["_fields"].split(","))
    assert query(posts_url(ROUTE, "published")) == asked | {"orderby": "date"}


def test_addresses_are_asked_for_in_their_order_and_without_names() -> None:
    url = posts_url(ROUTE, "addresses")
    asked = query(url)
    assert url.startswith(ROUTE + "?")
    assert (asked["orderby"], asked["order"], asked["page"]) == ("id", "asc", "1")
    assert "_embed" not in asked
    assert {"id", "link", "content.protected"} <= set(asked["_fields"].split(","))


def test_next_page_is_the_same_question_until_the_last() -> None:
    body, headers = json.dumps([POST]).encode(), {"x-wp-totalpages": "2"}
    first = posts_url(ROUTE, "modified")
    second = read_posts(body, first, headers, "UTC").next_url
    assert second == first.replace("&page=1&", "&page=2&")
    assert read_posts(body, second, headers, "UTC").next_url is None


@pytest.mark.parametrize(
    ("links", "route"),
    [
        ({}, "https://warta.example/wp-json/wp/v2/posts"),
        ({"https://api.w.org/": "/berita/wp-json/"}, "https://warta.example/berita/wp-json/wp/v2/posts"),
    ],
    ids=["the usual place", "as the page says"],
)
def test_posts_are_located_below_the_api_that_the_page_names(links: dict[str, str], route: str) -> None:
    assert locate_posts(PageHead(generator="", links=links, addresses=()), "https://warta.example/") == route
