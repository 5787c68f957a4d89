"""The made-up newspaper that other tests crawl is held to its own truth, over HTTP as a crawler sees it."""

from __future__ import annotations

import gzip
import html
import http.client
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest

from tests.newsroom import EditRefused, Newsroom, serve

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def data(self) -> Any:
        return json.loads(self.body)

    @property
    def location(self) -> str:
        return self.headers["location"]


def fetch(site: Newsroom, url: str, method: str = "GET", **headers: str) -> Reply:
    """One request without following redirects; header names are given with underscores."""
    connection = http.client.HTTPConnection(urlsplit(site.base).netloc, timeout=60)
    try:
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, url.removeprefix(site.base), headers=names)
        response = connection.getresponse()
        told = {name.lower(): value for name, value in response.getheaders()}
        return Reply(response.status, told, response.read())
    finally:
        connection.close()


def words(page: str) -> str:
    page = re.sub(r"<(script|style).*?</\1>", " ", page, flags=re.S)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page))).replace(" ,", ",")


def squeezed(text: str) -> str:
    """Text without spaces: tags inside a paragraph leave spaces where a reader sees none."""
    return re.sub(r"\s+", "", text)


def body_pages(site: Newsroom, row: Row) -> str:
    urls = [row["url"]] + [f"{row['url'].rstrip('/')}/{number}/" for number in range(2, row["flags"]["pages"] + 1)]
    return squeezed(" ".join(words(fetch(site, url).text.split("entry-content", 1)[1]) for url in urls))


def in_order(parts: list[str], text: str) -> bool:
    place = 0
    for part in map(squeezed, parts):
        place = text.find(part, place) + 1
        if place == 0:
            return False
        place += len(part) - 1
    return True


def locs(page: str) -> list[str]:
    return re.findall(r"<loc>([^<]+)</loc>", page)


@pytest.fixture(scope="module")
def paper() -> Iterator[Newsroom]:
    """One site for all tests that leave it as it was."""
    with serve() as site:
        yield site


@pytest.fixture
def site() -> Iterator[Newsroom]:
    with serve(articles=30) as site:
        yield site


def public(site: Newsroom) -> list[Row]:
    return [row for row in site.truth() if row["archive"]]


def listed(site: Newsroom) -> set[str]:
    return {row["url"] for row in site.truth() if row["status"] in ("publish", "password")}


@pytest.mark.parametrize("clutter", [True, False], ids=["portal", "bare"])
def test_every_public_post_shows_its_paragraphs_in_order(paper: Newsroom, clutter: bool) -> None:
    paper.switch(clutter=clutter)
    missing = [row["url"] for row in public(paper) if not in_order(row["body"], body_pages(paper, row))]
    paper.switch(clutter=True)
    assert missing == []


def test_the_same_seed_gives_the_same_truth() -> None:
    with serve(seed=3, articles=25) as one, serve(seed=3, articles=25) as two:
        assert [json.dumps(row).replace(one.base, "") for row in one.truth()] == [
            json.dumps(row).replace(two.base, "") for row in two.truth()
        ]


def test_sixty_posts_hold_every_oddity_promised(paper: Newsroom) -> None:
    rows = paper.truth()
    statuses = [row["status"] for row in rows]
    counts = {status: statuses.count(status) for status in set(statuses)}
    assert counts == {"publish": 50, "password": 3, "private": 2, "draft": 2, "pending": 1, "trash": 1, "future": 1}
    assert {row["flags"]["pages"] for row in rows} == {1, 2, 3}
    assert sum(row["flags"]["multi_page"] for row in rows) >= 3
    assert sum(bool(row["old_urls"]) for row in rows) == 2
    assert sum(bool(row["comments"]) for row in rows) == 12
    short = next(row for row in rows if row["flags"]["edge"] == "short")
    assert 20 <= short["words"] <= 30
    photos = next(row for row in rows if row["flags"]["edge"] == "photo_only")
    assert (photos["body"], bool(photos["captions"])) == ([], True)
    assert len({tuple(row["body"]) for row in rows}) == 60
    assert {row["style"] for row in rows if row["archive"]} == {"classic", "gutenberg", "justify", "div", "br"}
    assert any(row["modified"] > row["published"] for row in rows)
    assert all((row["canary"] is None) == row["archive"] for row in rows)


def test_hidden_words_are_in_no_answer(paper: Newsroom) -> None:
    rows = paper.truth()
    paths = ["/", "/feed/", "/feed/atom/", "/wp-json/wp/v2/posts?per_page=100&_embed", "/?s=KANARI", "/?s=dapur"]
    paths += [f"/page/{number}/" for number in range(1, 7)] + [f"/feed/?paged={number}" for number in range(1, 7)]
    hidden = [row for row in rows if not row["archive"]]
    paths += [row["url"] for row in hidden] + [f"/wp-json/wp/v2/posts/{row['id']}" for row in hidden]
    paths += [f"/?p={row['id']}" for row in hidden]
    assert not any("KANARI" in fetch(paper, path).text.replace("?s=KANARI", "").replace("pencarian: KANARI", "")
                   .replace("&#8220;KANARI", "") for path in paths)  # fmt: skip
    statuses = {row["status"]: fetch(paper, row["url"]).status for row in hidden}
    assert statuses == {"password": 200, "private": 404, "draft": 404, "pending": 404, "trash": 404, "future": 404}


def test_a_password_shows_the_form_and_says_so_in_the_title(paper: Newsroom) -> None:
    row = next(row for row in paper.truth() if row["status"] == "password")
    page = fetch(paper, row["url"]).text
    assert "post-password-form" in page
    assert "post-password-required" in page
    assert f"Terproteksi: {row['title']}" in html.unescape(page)


def test_rest_pages_through_all_listed_posts(paper: Newsroom) -> None:
    first = fetch(paper, "/wp-json/wp/v2/posts?per_page=20&page=1")
    total, pages = int(first.headers["x-wp-total"]), int(first.headers["x-wp-totalpages"])
    rows = [row for page in range(1, pages + 1)
            for row in fetch(paper, f"/wp-json/wp/v2/posts?per_page=20&page={page}").data]  # fmt: skip
    assert {row["link"] for row in rows} == listed(paper)
    assert total == len(rows) == 53
    locked = [row for row in rows if row["content"]["protected"]]
    assert [row["content"]["rendered"] for row in locked] == [""] * 3
    beyond = fetch(paper, f"/wp-json/wp/v2/posts?per_page=20&page={pages + 1}")
    assert (beyond.status, beyond.data["code"]) == (400, "rest_post_invalid_page_number")
    assert fetch(paper, "/wp-json/wp/v2/posts?per_page=101").status == 400


def test_rest_keeps_nested_fields_and_embeds_author_and_terms(paper: Newsroom) -> None:
    wanted = "id,title.rendered,content.protected,_links,_embedded"
    [row] = fetch(paper, f"/wp-json/wp/v2/posts?per_page=1&_embed&_fields={wanted}").data
    truth = next(one for one in paper.truth() if one["id"] == row["id"])
    assert set(row) == {"id", "title", "content", "_links", "_embedded"}
    assert set(row["content"]) == {"protected"}
    assert row["_embedded"]["author"][0]["name"] == truth["author"]
    names = [[html.unescape(term["name"]) for term in terms] for terms in row["_embedded"]["wp:term"]]
    assert names == [truth["category"], truth["tags"]]


def test_rest_time_limits_are_exclusive(paper: Newsroom) -> None:
    urls = listed(paper)
    rows = sorted((row for row in paper.truth() if row["url"] in urls), key=lambda row: row["modified"])
    cutoff = rows[-6]["modified"]
    for limit in (cutoff[:19], cutoff.replace("+", "%2B"), cutoff):
        found = fetch(paper, f"/wp-json/wp/v2/posts?modified_after={limit}&orderby=modified&order=asc").data
        assert [row["id"] for row in found] == [row["id"] for row in rows[-5:]]


@pytest.mark.parametrize(("mode", "status", "kind"), [("401", 401, "json"), ("403", 403, "html"), ("404", 404, "html")])
def test_rest_can_be_closed(paper: Newsroom, mode: str, status: int, kind: str) -> None:
    paper.switch(rest=mode)
    reply = fetch(paper, "/wp-json/wp/v2/posts")
    paper.switch(rest="on")
    assert (reply.status, kind in reply.headers["content-type"]) == (status, True)


@pytest.mark.parametrize("path", ["/feed/", "/feed/atom/"])
def test_feed_pages_list_every_post_once(paper: Newsroom, path: str) -> None:
    links, page = [], 1
    while (reply := fetch(paper, f"{path}?paged={page}")).status == 200:
        found = re.findall(r"<(item|entry)>.*?(http[^<\"]+?/\d{4}/\d\d/[^<\"]+).*?</\1>", reply.text, re.S)
        links += [link for _, link in found]
        page += 1
    assert (sorted(links), page, reply.status) == (sorted(listed(paper)), 7, 404)


@pytest.mark.parametrize("path", ["/feed/", "/feed/atom/", "/category/peristiwa/feed/", "/wp-sitemap.xml"])
def test_xml_is_well_formed(paper: Newsroom, path: str) -> None:
    reply = fetch(paper, path)
    ElementTree.fromstring(reply.body)
    assert "xml; charset=utf-8" in reply.headers["content-type"].lower()


def test_feed_answers_304_to_either_validator(paper: Newsroom) -> None:
    told = fetch(paper, "/feed/").headers
    tag, changed = told["etag"], told["last-modified"]
    assert fetch(paper, "/feed/", If_None_Match=tag).status == 304
    assert fetch(paper, "/feed/", If_Modified_Since=changed).status == 304
    assert fetch(paper, "/feed/", If_None_Match='"other"').status == 200
    paper.switch(feed="summary")
    assert "content:encoded>" not in fetch(paper, "/feed/").text
    paper.switch(feed="home")
    assert fetch(paper, "/feed/").location == f"{paper.base}/"
    paper.switch(feed="on")


def test_only_the_sitemaps_in_force_exist(paper: Newsroom) -> None:
    core = fetch(paper, "/wp-sitemap-posts-post-1.xml").text
    assert set(locs(core)) == listed(paper)
    assert "lastmod" not in core
    assert fetch(paper, "/sitemap_index.xml").status == 404
    paper.switch(sitemap="seo")
    files = [url for url in locs(fetch(paper, "/sitemap_index.xml").text) if "post-sitemap" in url]
    found = {url: fetch(paper, url).text for url in files}
    packed = gzip.decompress(fetch(paper, f"{files[0]}.gz").body).decode()
    old = fetch(paper, "/wp-sitemap.xml").status
    news = fetch(paper, "/news-sitemap.xml").text
    robots = fetch(paper, "/robots.txt").text
    paper.switch(sitemap="core")
    assert [url for page in found.values() for url in locs(page) if "/uploads/" not in url] == [
        row["url"] for row in public(paper)
    ]
    assert (len(files), old, packed == found[files[0]]) == (3, 404, True)
    assert "news:title" in news
    assert f"Sitemap: {paper.base}/sitemap_index.xml" in robots


def test_addresses_lead_to_the_canonical_one(paper: Newsroom) -> None:
    row = next(row for row in public(paper) if row["flags"]["pages"] == 2)
    url = row["url"]
    renamed = next(row for row in public(paper) if row["old_urls"])
    leads = {
        url.rstrip("/"): url,
        f"{url}3/": url,
        f"/?p={row['id']}": url,
        url.rstrip("/")[:-4] + "/": url,
        renamed["old_urls"][0]: renamed["url"],
        "/page/2": f"{paper.base}/page/2/",
        "/page/1/": f"{paper.base}/",
        "/category/peristiwa": f"{paper.base}/category/peristiwa/",
    }
    assert {old: fetch(paper, old).location for old in leads} == leads
    assert fetch(paper, f"{url}?utm_source=uji").status == 200


@pytest.mark.parametrize(
    "path", ["/page/99/", "/category/tidak-ada/", "/2019/01/", "/2025/07/tak-pernah-ada/", "/apa/"]
)
def test_what_is_not_there_is_404_with_a_page(paper: Newsroom, path: str) -> None:
    reply = fetch(paper, path)
    assert (reply.status, "error404" in reply.text) == (404, True)


@pytest.mark.parametrize(
    "structure",
    ["/%postname%/", "/%year%/%monthnum%/%day%/%postname%", "/%category%/%postname%/", "/%post_id%/%postname%.html"],
)
def test_other_permalinks_answer_too(structure: str) -> None:
    with serve(articles=22, permalink=structure) as site:
        assert {fetch(site, row["url"]).status for row in public(site)} == {200}
        paths = [urlsplit(url).path for url in re.findall(rf'href="({site.base}/[^"?#]*)"', fetch(site, "/").text)]
        wrong = {path: reply.status for path in set(paths) if (reply := fetch(site, path)).status != 200}
        assert wrong == {}


def test_every_link_of_the_home_page_answers(paper: Newsroom) -> None:
    page = fetch(paper, "/").text
    links = set(re.findall(rf'(?:href|src)="({paper.base}/[^"#]*)"', page))
    assert {url: status for url in links if (status := fetch(paper, url).status) != 200} == {}


def test_head_has_the_length_and_no_body(paper: Newsroom) -> None:
    url = public(paper)[0]["url"]
    whole, head = fetch(paper, url), fetch(paper, url, "HEAD")
    assert (head.status, head.headers["content-length"], head.body) == (200, str(len(whole.body)), b"")
    assert head.headers["content-type"] == "text/html; charset=UTF-8"


def test_seo_data_tells_the_truth(paper: Newsroom) -> None:
    row = public(paper)[-1]
    graph = re.search(r'ld\+json"[^>]*>(.*?)</script>', fetch(paper, row["url"]).text, re.S)
    assert graph is not None
    article = json.loads(graph[1])["@graph"][0]
    assert (article["headline"], article["datePublished"], article["author"]["name"]) == (
        row["title"], row["published"], row["author"],
    )  # fmt: skip
    paper.switch(seo="none")
    assert "ld+json" not in fetch(paper, row["url"]).text
    paper.switch(seo="graph")


@pytest.mark.parametrize("kind", ["word", "paragraph", "title", "terms", "touch", "remove", "correction", "slug"])
def test_an_edit_changes_the_truth_and_what_is_served(site: Newsroom, kind: str) -> None:
    before = next(row for row in public(site) if len(row["body"]) > 5)
    latest = max(row["modified"] for row in site.truth())
    told = site.edit(before["id"], kind)
    after = next(row for row in site.truth() if row["id"] == before["id"])
    assert (told["kind"], told["url"], told["title"]) == (kind, after["url"], after["title"])
    assert after["modified"] > latest
    assert (after["body"] != before["body"]) == told["body_changed"]
    assert (after["title"] != before["title"], after["tags"] != before["tags"]) == (kind == "title", kind == "terms")
    assert in_order(after["body"], body_pages(site, after))
    [newest] = fetch(site, "/wp-json/wp/v2/posts?orderby=modified&per_page=1").data
    assert (newest["id"], newest["modified"] + "+08:00") == (after["id"], after["modified"])
    if kind == "slug":
        assert fetch(site, before["url"]).location == after["url"] == told["after"]


def test_a_photo_has_no_word_to_edit(site: Newsroom) -> None:
    photos = next(row for row in public(site) if row["flags"]["edge"] == "photo_only")
    with pytest.raises(EditRefused):
        site.edit(photos["id"], "word")


def test_posts_come_and_go(site: Newsroom) -> None:
    tag = fetch(site, "/feed/").headers["etag"]
    new = site.publish(2)
    feed = fetch(site, "/feed/", If_None_Match=tag)
    assert [row["url"] in feed.text for row in new] == [True, True]
    gone = site.trash(2)
    assert [fetch(site, row["url"]).status for row in gone] == [404, 404]
    site.switch(gone=410)
    assert [fetch(site, row["url"]).status for row in gone] == [410, 410]
    assert len({row["id"] for row in site.modify(12)}) == 12


def test_trouble_can_be_ordered(site: Newsroom) -> None:
    path = "/feed/"
    site.fail_next(path, 2, 503)
    site.switch(retry_after=7)
    replies = [fetch(site, path) for _ in range(3)]
    assert [reply.status for reply in replies] == [503, 503, 200]
    assert replies[0].headers["retry-after"] == "7"
    site.switch(retry_after=None, maintenance=True)
    assert (fetch(site, "/").status, fetch(site, "/").headers["retry-after"]) == (503, "30")
    site.switch(maintenance=False, robots="5xx", gzip=True, crawl_delay=2, amp=True)
    assert fetch(site, "/robots.txt").status == 503
    site.switch(robots="ok")
    assert "Crawl-delay: 2\n" in gzip.decompress(fetch(site, "/robots.txt", Accept_Encoding="gzip").body).decode()
    assert "<html amp" in fetch(site, public(site)[0]["url"] + "amp/").text
    with pytest.raises(ValueError, match="choose one of"):
        site.switch(rest="maybe")


def test_hits_tell_what_was_asked(site: Newsroom) -> None:
    fetch(site, "/?s=banjir", User_Agent="uji/1")
    [hit] = site.hits
    assert (hit.method, hit.path, hit.status, hit.headers["user-agent"]) == ("GET", "/?s=banjir", 200, "uji/1")
    site.clear_hits()
    assert site.hits == []
