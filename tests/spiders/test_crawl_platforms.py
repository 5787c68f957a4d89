"""The crawl from end to end on sites that are not WordPress: by an outlet file, and by nothing but an address."""

from pathlib import Path

import pytest

from tests.acceptance.check import Finding, check_archive
from tests.newsroom import Newsroom, serve, serve_blogger, serve_static
from tests.support.crawling import crawl, rows

pytestmark = [pytest.mark.crawl, pytest.mark.slow]

ARTICLES = 40
BLOG = """name = "kicknews.today"
home = "https://blog.example/"
platform = "blogger"
[seeds]
blogger = "/feeds/posts/default"
"""


def missed(findings: list[Finding]) -> list[str]:
    return [str(finding) for finding in findings if not finding.ok]


def article_pages(site: Newsroom) -> list[str]:
    paths = {post["url"].removeprefix(site.base) for post in site.truth()}
    return [hit.path for hit in site.hits if hit.path in paths]


@pytest.fixture
def outlets(tmp_path: Path) -> Path:
    (tmp_path / "outlets").mkdir()
    (tmp_path / "outlets" / "blog.toml").write_text(BLOG)
    return tmp_path / "outlets"


@pytest.mark.parametrize(
    ("switches", "nulls"),
    [({}, ()), ({"clutter": False}, ()), ({"feed": "summary"}, ()), ({"feed": "404"}, ("modified",))],
    ids=["a portal's theme", "Blogger's own theme", "short feeds", "feeds off, by the sitemap alone"],
)
def test_every_post_of_a_blog_is_archived_exactly(
    tmp_path: Path, outlets: Path, switches: dict[str, object], nulls: tuple[str, ...]
) -> None:
    archive = tmp_path / "archive.db"
    with serve_blogger(seed=41, articles=ARTICLES) as site:
        site.switch(**switches)
        done = crawl(archive, site.base, spider="blog", settings={"OUTLETS": outlets})
        findings = check_archive(archive, site.truth(), may_be_null=nulls)
        assert len(site.hits) <= sum(post["archive"] for post in site.truth()) + 10
        assert not [hit.path for hit in site.hits if hit.path.startswith("/search")]  # robots.txt
    assert done.status == 0, done.err
    assert missed(findings) == []


def test_blogs_edits_and_withdrawals_are_told_by_its_feed(tmp_path: Path, outlets: Path) -> None:
    archive, settings = tmp_path / "archive.db", {"OUTLETS": outlets}
    kinds = ("word", "paragraph", "title", "terms", "touch", "remove", "correction")
    with serve_blogger(seed=42, articles=ARTICLES) as site:
        crawl(archive, site.base, spider="blog", settings=settings)
        trashed = {post["url"] for post in site.trash(3)}
        public = [post for post in site.truth() if post["archive"] and len(post["body"]) > 4]
        edited = dict(zip(kinds, public[:: len(public) // len(kinds)], strict=False))
        for kind, post in edited.items():
            site.edit(post["id"], kind)
        site.publish(3)
        site.clear_hits()
        done = crawl(archive, site.base, spider="blog", settings=settings)
        asked = article_pages(site)
        findings = check_archive(archive, site.truth(), revised=6)
        site.clear_hits()
        crawl(archive, site.base, spider="blog", settings=settings)
        assert article_pages(site) == []
        assert len(site.hits) <= 6
    assert done.status == 0, done.err
    assert missed(findings) == []
    found = {row["url"]: row for row in rows(archive, "SELECT url, revision, gone_at FROM articles")}
    assert {kind: found[post["url"]]["revision"] for kind, post in edited.items()} == {
        kind: 1 if kind == "touch" else 2 for kind in kinds
    }
    assert {url for url, row in found.items() if row["gone_at"]} == trashed
    assert len(asked) <= len(kinds) + 3 + 3


def test_larger_blog_is_read_page_by_page_and_limits_hold(tmp_path: Path, outlets: Path) -> None:
    settings = {"OUTLETS": outlets}
    with serve_blogger(seed=43, articles=200) as site:
        crawl(tmp_path / "limit" / "archive.db", site.base, spider="blog", arguments={"limit": 5}, settings=settings)
        feeds = [hit.path for hit in site.hits if hit.path.startswith("/feeds/")]
        assert len(feeds) == 1
        crawl(tmp_path / "archive.db", site.base, spider="blog", settings=settings)
        findings = check_archive(tmp_path / "archive.db", site.truth())
        newest = sorted((post["published"] for post in site.truth() if post["archive"]), reverse=True)[:5]
    assert missed(findings) == []
    assert len(rows(tmp_path / "limit" / "archive.db", "SELECT 1 FROM articles")) == len(newest)


@pytest.mark.parametrize("permalink", ["/berita/%post_id%/%postname%", "/%year%/%monthnum%/%postname%.html"])
@pytest.mark.parametrize("has", [(True, True), (False, True), (False, False)], ids=["all", "sitemap", "sections only"])
def test_site_of_no_known_make_is_archived_exactly(tmp_path: Path, permalink: str, has: tuple[bool, bool]) -> None:
    archive = tmp_path / "archive.db"
    with serve_static(seed=44, articles=ARTICLES, feed=has[0], sitemap=has[1], permalink=permalink) as site:
        done = crawl(archive, spider="news", arguments={"url": site.base})
        findings = check_archive(archive, site.truth())
    assert done.status == 0, done.err
    assert missed(findings) == []
    assert {row["outlet"] for row in rows(archive, "SELECT outlet FROM articles")} == {"127.0.0.1"}


def test_later_run_on_a_static_site_fetches_what_its_sitemap_says(tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    with serve_static(seed=45, articles=ARTICLES) as site:
        crawl(archive, spider="news", arguments={"url": site.base})
        gone = {post["url"] for post in site.trash(2)}
        post = next(post for post in site.truth() if post["archive"] and len(post["body"]) > 4)
        site.edit(post["id"], "correction")
        site.publish(1)
        site.clear_hits()
        crawl(archive, spider="news", arguments={"url": site.base})
        assert len(article_pages(site)) <= 4
        findings = check_archive(archive, site.truth(), revised=1)
    assert missed(findings) == []
    assert {row["url"] for row in rows(archive, "SELECT url FROM articles WHERE gone_at IS NOT NULL")} == gone


def test_sites_without_files_are_recognised_together_from_a_file_of_addresses(tmp_path: Path) -> None:
    archive, sites = tmp_path / "archive.db", tmp_path / "sites.txt"
    with serve(seed=46, articles=30) as wordpress, serve_blogger(seed=47, articles=30) as blog:
        wordpress.switch(rest="404", sitemap="seo")
        sites.write_text(f"# dua situs\n{wordpress.base}\n\n{blog.base}/\n")
        done = crawl(archive, spider="news", arguments={"url": f"@{sites}"})
        findings = check_archive(archive, [*wordpress.truth(), *blog.truth()])
    assert done.status == 0, done.err
    assert missed(findings) == []
    named = {row["slug"]: row for row in rows(archive, "SELECT * FROM outlets")}
    assert {row["platform"] for row in named.values()} == {"wordpress", "blogger"}
    assert {row["name"] for row in named.values()} == {"kicknews.today"}
    assert all(slug.startswith("127.0.0.1-") for slug in named)


def test_site_without_a_file_that_is_out_of_reach_fails_in_one_line(tmp_path: Path) -> None:
    with serve_static(seed=48, articles=20) as site:
        site.fail_next("/", 100, 503)
        done = crawl(tmp_path / "archive.db", spider="news", arguments={"url": site.base}, timeout=180)
    assert done.status == 1
    assert len(done.sentences) == 1
    assert "out of reach" in done.sentences[0]


def test_what_does_not_fit_an_unverified_outlet_is_said(tmp_path: Path, outlets: Path) -> None:
    with serve_blogger(seed=49, articles=20) as site:
        site.switch(feed="404")
        done = crawl(tmp_path / "archive.db", site.base, spider="blog", settings={"OUTLETS": outlets})
    assert "blog is not verified yet" in done.out
    assert "/feeds/posts/default (HTTP 404)" in done.out


@pytest.mark.parametrize(
    ("spider", "arguments", "says"),
    [
        ("news", {"url": "kicknews"}, "no web address"),
        ("news", {"url": " , "}, "no address is given"),
        ("news", {"url": "@/tidak/ada"}, "cannot be read"),
        ("news", {"url": "https://suarantb.example"}, "KICKCRAWL_CONTACT"),
        ("kicknews", {"url": "http://127.0.0.1:1"}, "spider news"),
    ],
)
def test_wrong_addresses_exit_2(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spider: str, arguments: dict[str, str], says: str
) -> None:
    monkeypatch.delenv("KICKCRAWL_CONTACT", raising=False)
    done = crawl(tmp_path / "archive.db", spider=spider, arguments=arguments)
    assert done.status == 2
    assert says in done.sentences[0]
