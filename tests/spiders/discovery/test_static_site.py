"""A site made by a generator: its index names a feed for each keyword, its sitemap pages of every kind."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.crawling import crawl, rows, value
from tests.support.scripted import WORDS, Answer, Script, scripted

pytestmark = pytest.mark.crawl

TOWNS = ["sembalun", "sikur", "praya", "selong", "gerung", "tanjung", "narmada", "keruak"]
KEYWORDS = [f"panen-{n}" for n in range(6)]
OTHERS = ["kabar/tags/panen-1/", "kabar/arsip/2025/", "kata/panen/", "penulis/siti-rahma/", "tentang-kami/", "kabar/"]
SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def story(town: str) -> str:
    day = 20 - TOWNS.index(town)
    return (
        f"<html lang=id><title>Panen di {town} | Kabar Uji</title><body><h1>Panen di {town} melimpah tahun ini</h1>"
        f"<time datetime='2025-07-{day:02d}T09:00:00+08:00'>{day} Juli 2025</time><p>{town}. {WORDS}</p>"
        "<div>Kata kunci:</div>"
        "<ul><li><a href='/kata/panen/'>Panen Raya</a></li></ul></body></html>"
    )


def listed(towns: list[str]) -> str:
    entries = (
        f"<article><h2><a href='/kabar/panen-bawang-di-{town}/'>Panen di {town} melimpah tahun ini</a></h2>"
        f"<p>{WORDS}</p></article>"
        for town in towns
    )
    return f"<html lang=id><title>Kabar Uji</title><body><h1>Panen</h1>{''.join(entries)}</body></html>"


def site_of(towns: list[str]) -> Callable[[str], Answer]:
    def answer(path: str, base: str) -> Answer:
        pages = {f"/kabar/panen-bawang-di-{town}/": story(town) for town in towns}
        pages |= {f"/{other}": listed(towns[:2]) for other in OTHERS} | {"/": listed(towns)}
        feed = (
            f"<rss version='2.0'><channel><item><link>{base}/kabar/panen-bawang-di-sikur/</link></item></channel></rss>"
        )
        if path == "/robots.txt":
            return Answer(f"Sitemap: {base}/sitemapindex.xml\n", kind="text/plain")
        if path == "/sitemapindex.xml":
            files = [*(f"kata/{word}.xml" for word in KEYWORDS), "sitemap.xml"]
            inner = "".join(f"<sitemap><loc>{base}/{file}</loc></sitemap>" for file in files)
            return Answer(f"<sitemapindex {SPACE}>{inner}</sitemapindex>", kind="application/xml")
        if path == "/sitemap.xml":
            inner = "".join(f"<url><loc>{base}{page}</loc></url>" for page in pages)
            return Answer(f"<urlset {SPACE}>{inner}</urlset>", kind="application/xml")
        if path.startswith("/kata/panen-"):
            return Answer(feed, kind="application/rss+xml")
        return Answer(pages[path]) if path in pages else Answer("tidak ada", 404)

    return answer


def test_only_articles_are_archived_in_few_requests_and_a_withdrawal_is_seen(tmp_path: Path) -> None:
    archive, now = tmp_path / "archive.db", site_of(TOWNS)

    def run(site: Script) -> dict[str, int]:
        done = crawl(archive, spider="news", arguments={"url": site.base + "/"})
        assert done.status == 0, done.err
        counts: dict[str, int] = json.loads(value(archive, "SELECT counts FROM runs ORDER BY id DESC"))
        return counts

    with scripted(lambda path, _turn: now(path, site.base)) as site:
        assert run(site)["stored"] == len(TOWNS)
        before = len(site.asked)
        now = site_of([town for town in TOWNS if town != "gerung"])
        assert run(site)["gone"] == 1
        asked = site.paths()[before:]
    # What recognises the site is asked for once, and usual places that were empty not again.
    assert sorted(asked) == sorted(
        ["/robots.txt", "/", "/sitemapindex.xml", "/sitemap.xml", "/kata/panen-0.xml", "/kabar/panen-bawang-di-gerung/"]
    )
    kept = rows(archive, "SELECT title, text, gone_at FROM articles")
    assert {row["title"] for row in kept} == {f"Panen di {town} melimpah tahun ini" for town in TOWNS}
    assert [row["title"] for row in kept if row["gone_at"]] == ["Panen di gerung melimpah tahun ini"]
    assert not any("Kata kunci" in row["text"] or "Panen Raya" in row["text"] for row in kept)
