"""What sitemaps and feeds say reaches the archive: titles, exact times, asked days, and what is left out."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.support.crawling import crawl, rows, value
from tests.support.scripted import Answer, front, newsroom, scripted, story

pytestmark = pytest.mark.crawl

NOW = datetime.now(UTC).replace(microsecond=0)
NEWS = [f"/kabar/panen-bawang-putih-di-desa-{number}" for number in range(3)]
FEED = [f"/kabar/festival-nelayan-di-pantai-{number}" for number in range(3)]
OLD = [f"/kabar/sekolah-baru-di-kampung-{number}" for number in range(4)]
ON_CDN = "/kabar/jembatan-gantung-dibuka-lagi"
SPACES = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"'


def told(path: str) -> datetime:
    """Return when the article at *path* was published: a minute that no page states."""
    if path in OLD:
        return NOW - timedelta(days=400 + OLD.index(path), minutes=7)
    return NOW - timedelta(days=2 + (NEWS + FEED).index(path), minutes=7)


def title(path: str) -> str:
    return path.rpartition("/")[2].replace("-", " ").capitalize()


def seeds(base: Callable[[], str], other: str) -> Callable[[str, int], Answer | None]:
    def entry(path: str, inner: str) -> str:
        return f"<url><loc>{base()}{path}</loc>{inner}</url>"

    def news(path: str) -> str:
        at = f"<n:publication_date>{told(path).astimezone().isoformat()}</n:publication_date>"
        return entry(path, f"<n:news>{at}<n:title>{title(path)}</n:title></n:news>")

    def item(path: str) -> str:
        return (
            f"<item><title>{title(path)}</title><link>{base()}{path}</link>"
            f"<pubDate>{told(path):%a, %d %b %Y %H:%M:%S +0000}</pubDate></item>"
        )

    def answer(path: str, _turn: int) -> Answer | None:
        archive = [entry(one, f"<lastmod>{told(one).isoformat()}</lastmod>") for one in OLD]
        xml = {
            "/peta.xml": lambda: (
                f"<sitemapindex>{''.join(map(child, ('baru.xml', 'misc.xml', 'arsip-page-1.xml')))}"
                f"<sitemap><loc>{other}/cdn.xml</loc></sitemap>"
                "<sitemap><loc>http://127.0.0.1:9/inang-lain.xml</loc></sitemap></sitemapindex>"
            ),
            "/baru.xml": lambda: f"<urlset {SPACES}>{''.join(map(news, NEWS))}</urlset>",
            "/misc.xml": lambda: f"<urlset {SPACES}>{entry('/tag/bawang', '')}{entry('/foto/album.jpg', '')}</urlset>",
            "/arsip-page-1.xml": lambda: f"<urlset {SPACES}>{''.join(archive)}</urlset>",
            "/umpan": lambda: f'<rss version="2.0"><channel>{"".join(map(item, FEED))}</channel></rss>',
        }
        if path == "/":
            return front(NEWS[0])
        return Answer(xml[path](), kind="application/xml") if path in xml else None

    def child(name: str) -> str:
        return f"<sitemap><loc>{base()}/{name}</loc></sitemap>"

    return answer


def test_titles_and_exact_times_reach_the_article_and_asked_days_are_kept(tmp_path: Path) -> None:
    archive, outlets, site_base = tmp_path / "archive.db", tmp_path / "outlets", [""]
    stories: dict[str, Callable[[int], Answer]] = {
        path: lambda _turn, path=path: story(title(path)) for path in [*NEWS, *FEED, *OLD, ON_CDN]
    }
    cdn: dict[str, Answer] = {"/robots.txt": Answer("User-agent: *\nDisallow: /rahasia\n", kind="text/plain")}
    with (
        scripted(lambda path, _turn: cdn.get(path, Answer("tidak ada", 404))) as other,
        scripted(newsroom(stories, seeds(lambda: site_base[0], other.base))) as site,
    ):
        site_base[0] = site.base
        entry = f"<url><loc>{site.base}{ON_CDN}</loc><lastmod>{NOW.isoformat()}</lastmod></url>"
        cdn["/cdn.xml"] = Answer(f"<urlset {SPACES}>{entry}</urlset>", kind="application/xml")
        outlets.mkdir()
        (outlets / "uji.toml").write_text(
            f'name = "Uji"\nhome = "{site.base}/"\ntimezone = "Asia/Makassar"\ndelay = 0\n'
            '[seeds]\nsitemaps = ["/peta.xml"]\nfeeds = ["/umpan"]\nsections = ["/"]\n'
        )
        since = (NOW - timedelta(days=60)).date().isoformat()
        allowed = ",".join(base.removeprefix("http://") for base in (site.base, other.base))
        settings = {"OUTLETS": outlets, "KICKCRAWL_ALLOWED_ENDPOINTS": allowed}
        crawl(archive, spider="uji", arguments={"since": since}, settings=settings)
        assert other.paths() == ["/robots.txt", "/cdn.xml"]
    captured = rows(archive, "SELECT url FROM captures WHERE url LIKE :other", other=f"{other.base}%")
    assert len(captured) == 2  # all that is fetched is kept
    found = {
        row["url"].removeprefix(site.base): row
        for row in rows(archive, "SELECT url, title, published_at, published_source FROM articles")
    }
    assert found.pop(ON_CDN)["published_at"] is None
    assert set(found) == set(NEWS + FEED)
    assert {path: found[path]["published_at"][:16] for path in found} == {
        path: told(path).isoformat()[:16] for path in found
    }
    sources = {path: found[path]["published_source"] for path in found}
    assert sources == dict.fromkeys(NEWS, "sitemap") | dict.fromkeys(FEED, "feed")
    assert [row["title"] for row in found.values()] == [title(path) for path in found]
    assert not set(OLD) & set(site.paths())  # their last change proves them older
    counts = json.loads(value(archive, "SELECT counts FROM runs"))
    assert {name: counts[name] for name in ("stored", "outside", "excluded/rule", "sitemap/unread")} == {
        "stored": 7,
        "outside": 4,
        "excluded/rule": 2,
        "sitemap/unread": 1,  # on another host, where nothing may be fetched
    }
    states = rows(archive, "SELECT state, count(*) AS n FROM frontier GROUP BY state ORDER BY state")
    assert {row["state"]: row["n"] for row in states} == {"done": 7, "due": 4, "excluded": 2}
