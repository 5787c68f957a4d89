"""The site under a sub-path behind a proxy that takes it away or leaves it: no link of any page leads out of it."""

import json
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from lxml import etree, html

from archive.site.prefix import sub_path, without
from kickcrawl.errors import UsageError
from tests.support.browsing import PAGES
from tests.support.following import follow
from tests.support.serving import Site, fill, serving

BASE = "/arsip/berita/"
ATTRIBUTES = "//@href | //@src | //@action | //@data-replay | //@source | //@replaybase"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with serving(fill(tmp_path_factory.mktemp("site")), "--base-url", BASE) as site:
        yield site


def escaped(site: Site, page: str) -> list[str]:
    """Return the links of a page that lead to this site, but out of the sub-path."""
    links = map(str, html.fromstring(page).xpath(ATTRIBUTES))
    ours = urlsplit(site.base).netloc
    return [
        link
        for link in links
        if urlsplit(link).netloc in ("", ours)
        and not link.startswith("#")
        and not urlsplit(link).path.startswith(BASE)
        and urlsplit(link).path  # "?…" stays where it is
    ]


@pytest.mark.parametrize("proxied", [BASE, "/"], ids=["left by the proxy", "taken away by the proxy"])
@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_no_link_leads_out_of_the_sub_path(site: Site, path: str, proxied: str) -> None:
    page = site.get(proxied.rstrip("/") + path).text
    assert escaped(site, page) == []
    assert f"{BASE}arsip/" not in page


def test_all_that_pages_link_to_is_there_and_beneath_it(site: Site) -> None:
    def check(path: str, page: str) -> None:
        assert escaped(site, page) == [], path

    assert follow(site, BASE, check)


def test_data_leads_back_beneath_it(site: Site) -> None:
    rows = json.loads(site.get(f"{BASE}archive/articles.json?_size=2").text)
    assert urlsplit(rows["next_url"]).path.startswith(BASE)
    feed = etree.fromstring(site.get(f"{BASE}search.atom?q=bawang").text.encode())
    links = [link for link in feed.xpath("//@href") if urlsplit(link).netloc == urlsplit(site.base).netloc]
    assert len(links) == 5
    assert all(urlsplit(link).path.startswith(BASE) for link in links)


def test_what_a_page_needs_is_found(site: Site) -> None:
    for path in re.findall(r'(?:href|src)="([^"]*/static/[^"]+)"', site.get(f"{BASE}archive/articles").text):
        assert site.get(path).status == 200


def test_a_redirect_stays_beneath_it(site: Site) -> None:
    assert "Panen bawang merah naik" in site.get(f"{BASE}search?q=bawang").text
    assert site.get(f"{BASE}archive/articles/").status == 200  # Datasette leads to the address without the slash
    assert site.get(BASE.rstrip("/")).status == 200
    filtered = site.get(f"{BASE}archive/revisions?_filter_column=number&_filter_op=exact&_filter_value=2")
    assert (filtered.status, "1 row" in filtered.text) == (200, True)  # the form's address leads to number=2


@pytest.mark.parametrize(
    ("text", "path"),
    [("", "/"), ("/", "/"), ("arsip", "/arsip/"), ("/arsip/", "/arsip/"), ("/arsip/berita", "/arsip/berita/")],
)
def test_a_sub_path_may_be_written_with_or_without_slashes(text: str, path: str) -> None:
    assert sub_path(text) == path


@pytest.mark.parametrize("text", ["https://arsip.example/", "/a?b", "/a//b", "/a b"])
def test_what_is_no_path_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="is no path"):
        sub_path(text)


def test_only_the_sub_path_itself_is_taken_away() -> None:
    assert [without("/arsip/", path) for path in ("/arsip/", "/arsip", "/arsip/arsip/x", "/arsipan", "/x")] == [
        "/",
        "/",
        "/arsip/x",
        "/arsipan",
        "/x",
    ]
