"""Sitemaps and feeds of an outlet: which files are read, what is left out, and what a feed covers."""

import asyncio
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from scrapy.http import Response

from archive import frontier
from archive.runs import recall_seed, start_run
from archive.writer import Writer, acquire_writer, release_writer
from kickcrawl.article import Candidate, Moment
from kickcrawl.errors import SeedError
from kickcrawl.outlet import Outlet, Seeds, UrlRules
from spiders.discovery.feeds import probe_feeds
from spiders.discovery.probe import Prober
from spiders.discovery.sitemaps import probe_sitemaps
from spiders.plan import CrawlPlan
from spiders.run import OutletRun
from tests.support.storing import NOW, OUTLET

HOME = "https://warta.example/"
WARTA = Outlet(
    slug="warta",
    name="Warta Uji",
    home=HOME,
    seeds=Seeds(sitemaps=("/peta.xml",), feeds=("/umpan",)),
    urls=UrlRules(exclude=("^/foto/",)),
)


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[Writer]:
    path = tmp_path / "archive.db"
    writer = acquire_writer(path)
    start_run(writer.archive, OUTLET, {}, NOW)
    yield writer
    release_writer(path)


class Site:
    """Answers with *files*, by their addresses, and notes what was asked for."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self.files = files
        self.asked: list[str] = []

    async def fetch(self, url: str) -> Response:
        self.asked.append(url)
        if url.startswith("http://127."):
            raise SeedError("is not fetched: no public address")
        body = self.files.get(url)
        return Response(url, status=200 if body is not None else 404, body=(body or "").encode())


def prober(writer: Writer, site: Site, **plan: Any) -> Prober:
    asked = CrawlPlan(outlets=(WARTA,), archive=writer.archive.path, arguments={}, **plan)
    return Prober(OutletRun(outlet=WARTA, run_id=1), asked, writer, site.fetch)


def urlset(*urls: str, lastmod: str = "") -> str:
    told = f"<lastmod>{lastmod}</lastmod>" if lastmod else ""
    return f"<urlset>{''.join(f'<url><loc>{url}</loc>{told}</url>' for url in urls)}</urlset>"


def index(*urls: str) -> str:
    return f"<sitemapindex>{''.join(f'<sitemap><loc>{url}</loc></sitemap>' for url in urls)}</sitemapindex>"


def feed(*slugs: str, first: datetime | None = None) -> str:
    """A feed of *slugs*, one a day, the newest first."""
    newest = first or datetime.now(UTC)
    items = [
        f"<item><title>Berita {slug}</title><link>{HOME}{slug}</link>"
        f"<pubDate>{newest - timedelta(days=number):%a, %d %b %Y %H:%M:%S +0000}</pubDate></item>"
        for number, slug in enumerate(slugs)
    ]
    return f'<rss version="2.0"><channel><title>Warta</title>{"".join(items)}</channel></rss>'


def frontier_of(writer: Writer) -> dict[str, str]:
    found = writer.archive.rows("SELECT url, state FROM frontier")
    return {row["url"].removeprefix(HOME): row["state"] for row in found}


STORIES = [f"{HOME}kabar/panen-padi-di-desa-{number}" for number in range(6)]
PAGES = f"{HOME}page-sitemap.xml"


def test_file_of_pages_is_read_once_and_remembered_if_it_lists_no_articles(writer: Writer) -> None:
    files = {f"{HOME}peta.xml": index(f"{HOME}kabar.xml", PAGES), f"{HOME}kabar.xml": urlset(*STORIES)}
    site = Site(files | {PAGES: urlset(f"{HOME}redaksi", f"{HOME}kontak")})
    for _ in range(2):
        own = prober(writer, site)
        report = asyncio.run(probe_sitemaps(own, (), knows_all=False))
        assert (report.covers, report.named, own.run.counts["sitemap/unread"]) == (True, 6, 0)
    assert site.asked.count(PAGES) == 1
    assert site.asked.count(f"{HOME}kabar.xml") == 2


def test_file_of_pages_that_lists_articles_is_read_in_every_run(writer: Writer) -> None:
    site = Site({f"{HOME}peta.xml": index(PAGES), PAGES: urlset(*STORIES)})
    for _ in range(2):
        report = asyncio.run(probe_sitemaps(prober(writer, site), (), knows_all=False))
        assert (report.covers, report.named) == (True, 6)
    assert site.asked.count(PAGES) == 2


def test_name_is_believed_where_a_list_of_all_posts_was_read(writer: Writer) -> None:
    site = Site({f"{HOME}peta.xml": index(f"{HOME}kabar.xml", PAGES), f"{HOME}kabar.xml": urlset(*STORIES)})
    asyncio.run(probe_sitemaps(prober(writer, site), (), knows_all=True))
    assert PAGES not in site.asked


def test_files_on_another_host_are_read_if_they_are_named_and_reachable(writer: Writer) -> None:
    cdn, inside = "https://peta.cdn.example/1.xml", "http://127.0.0.1:8000/2.xml"
    foreign = "https://lain.example/kabar/berita-orang-lain-1234"
    site = Site({f"{HOME}peta.xml": index(cdn, inside), cdn: urlset(*STORIES[:4], foreign)})
    own = prober(writer, site)
    report = asyncio.run(probe_sitemaps(own, ("https://robots.cdn.example/peta.xml",), knows_all=False))
    assert {"https://robots.cdn.example/peta.xml", cdn, inside} <= set(site.asked)
    assert own.run.vouched == {"robots.cdn.example", "peta.cdn.example", "127.0.0.1:8000"}
    assert own.run.counts["sitemap/unread"] == 1  # the guard refused it, and it is told
    assert frontier_of(writer)[STORIES[0].removeprefix(HOME)] == "due"
    assert frontier_of(writer)[foreign] == "excluded"
    assert not report.covers


def test_sitemap_at_a_usual_place_is_read_and_covers_nothing_beside_a_named_one(writer: Writer) -> None:
    usual = f"{HOME}sitemap.xml"
    site = Site({f"{HOME}peta.xml": urlset(*STORIES[:2]), usual: urlset(*STORIES[2:])})
    own = prober(writer, site)
    asyncio.run(probe_sitemaps(own, (), knows_all=False))
    assert {report.url: report.covers for report in own.run.seeds} == {f"{HOME}peta.xml": True, usual: False}
    assert len(frontier_of(writer)) == len(STORIES)


@pytest.mark.parametrize("is_broken", [False, True])
def test_sitemap_that_leads_to_one_that_was_read_is_as_whole_as_that(writer: Writer, is_broken: bool) -> None:
    class Leading(Site):
        async def fetch(self, url: str) -> Response:
            return await super().fetch(url.replace("/sitemap.xml", "/peta.xml"))

    listed = urlset(*STORIES)
    site = Leading({f"{HOME}peta.xml": listed.removesuffix("</urlset>") if is_broken else listed})
    own = prober(writer, site)
    own.run.outlet = WARTA.model_copy(update={"seeds": Seeds(sitemaps=("/peta.xml", "/sitemap.xml"))})
    asyncio.run(probe_sitemaps(own, (), knows_all=False))
    assert (recall_seed(writer.archive, "warta", "sitemap").swept_at is None) == is_broken


@pytest.mark.parametrize("is_broken", [False, True])
def test_index_of_files_that_robots_names_beside_it_is_as_whole_as_those(writer: Writer, is_broken: bool) -> None:
    second = urlset(HOME + "kabar/b")
    files = {
        HOME + "satu.xml": urlset(HOME + "kabar/a"),
        HOME + "dua.xml": second[: -len("</urlset>")] if is_broken else second,
        HOME + "peta.xml": index(HOME + "satu.xml", HOME + "dua.xml"),
    }
    site = Site(files)
    asks = prober(writer, site)
    roots = [HOME + "satu.xml", HOME + "dua.xml", HOME + "peta.xml"]
    report = asyncio.run(probe_sitemaps(asks, roots, knows_all=False))
    assert site.asked[:3] == roots
    assert (report.reach, report.covers) == (None if is_broken else "", True)
    assert (recall_seed(writer.archive, "warta", "sitemap").swept_at is None) == is_broken


def test_usual_place_without_a_sitemap_is_asked_once_and_is_no_seed_that_failed(writer: Writer) -> None:
    site = Site({f"{HOME}peta.xml": urlset(*STORIES)})
    for _ in range(2):
        own = prober(writer, site)
        asyncio.run(probe_sitemaps(own, (), knows_all=False))
        assert [report.url for report in own.run.seeds] == [f"{HOME}peta.xml"]
    assert site.asked.count(f"{HOME}sitemap.xml") == 1


def test_what_a_rule_leaves_out_is_named_too(writer: Writer) -> None:
    left_out = [f"{HOME}foto/panen-raya-di-desa", f"{HOME}tag/padi", HOME]
    site = Site({f"{HOME}peta.xml": urlset(*STORIES, *left_out)})
    own = prober(writer, site)
    report = asyncio.run(probe_sitemaps(own, (), knows_all=False))
    assert (report.named, report.excluded, own.run.counts["excluded/rule"]) == (6, 3, 3)
    states = frontier_of(writer)
    assert [states[url.removeprefix(HOME)] for url in left_out] == ["excluded"] * 3
    assert len(states) == report.named + report.excluded
    reason = writer.archive.value("SELECT reason FROM frontier WHERE url LIKE '%/foto/%'")
    assert reason == "rule: exclude ^/foto/"


def test_news_window_is_told_by_its_span_and_full_lists_with_news_tags_cover(writer: Writer) -> None:
    def news(days: int) -> str:
        told = [datetime.now(UTC) - timedelta(days=days * number) for number in range(6)]
        entries = [
            f"<url><loc>{url}</loc><n:news><n:publication_date>{at.isoformat()}</n:publication_date>"
            f"<n:title>Judul {number}</n:title></n:news></url>"
            for number, (url, at) in enumerate(zip(STORIES, told, strict=True))
        ]
        space = "http://www.google.com/schemas/sitemap-news/0.9"
        return f'<urlset xmlns:n="{space}">{"".join(entries)}</urlset>'

    covers = []
    for days in (1, 90):
        site = Site({f"{HOME}peta.xml": news(days)})
        covers.append(asyncio.run(probe_sitemaps(prober(writer, site), (), knows_all=False)).covers)
    assert covers == [False, True]
    row = writer.archive.row("SELECT * FROM frontier WHERE url = :url", {"url": STORIES[2]})
    assert row is not None
    assert row["title"] == "Judul 2"
    assert [claim["field"] for claim in json.loads(row["claims"])] == ["title", "published_at"]


def test_feed_covers_if_it_reaches_back_to_what_earlier_runs_named(writer: Writer) -> None:
    def run(*slugs: str) -> bool:
        site = Site({f"{HOME}umpan": feed(*slugs), f"{HOME}umpan?paged=2": feed(*slugs)})
        own = prober(writer, site)
        writer.archive.write("UPDATE frontier SET first_named_at = '2025-07-01T00:00:00+00:00'")
        return asyncio.run(probe_feeds(own, skim=False)).covers

    assert not run("kabar-3", "kabar-2", "kabar-1")
    assert run("kabar-5", "kabar-4", "kabar-3")
    assert not run("kabar-15", "kabar-14", "kabar-13")  # those between went through unseen
    assert run("kabar-15", "kabar-14", "kabar-13")


@pytest.mark.parametrize(
    ("ages", "enough"),
    [
        pytest.param((1, 2, 3), True, id="newest first"),
        pytest.param((3, 2, 1), False, id="oldest first: the newest are still to come"),
        pytest.param((2, 400, 1), False, id="in no order"),
    ],
)
def test_first_sweep_for_a_limit_stops_only_where_nothing_newer_can_follow(
    writer: Writer, ages: tuple[int, ...], enough: bool
) -> None:
    now = datetime.now(UTC)
    found = [
        Candidate(url=url, seed="feed", published=Moment(now - timedelta(days=age), 480))
        for url, age in zip(STORIES, ages, strict=False)
    ]
    frontier.name(writer.archive, "warta", found, now)
    own = prober(writer, Site({}), limit=3)
    assert asyncio.run(own.has_enough(found)) is enough
