"""Of a path whose pages all answer with one text, the rest is not asked for today."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive import frontier
from archive.captures import Capture, store_capture
from archive.database import Archive, open_archive
from archive.doubts.paths import MIN_ALIKE, PAUSE
from archive.runs import start_run
from archive.visits import Resolved, store_visits
from kickcrawl.article import Article, Candidate, Page, PageSource, SiteRules, Visit
from kickcrawl.dates import to_iso
from tests.support.storing import KEPT, OUTLET

SITE = SiteRules(slug="warta", name="Warta Uji", language="id", timezone="Asia/Makassar")
NOW = datetime.now(UTC).replace(microsecond=0)
HOME = "https://warta.example/"
MENU = "Arsip berita menurut bulan. Pilih bulan untuk melihat daftar berita yang terbit pada bulan itu."
FROM_PAGE = {"title": "json-ld", "authors": "json-ld", "published_at": "json-ld"}


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with closing(open_archive(tmp_path / "archive.db", create=True)) as archive:
        run_id = start_run(archive, OUTLET, {}, NOW)
        store_capture(archive, Capture(run_id=run_id, url=HOME, fetched_at=to_iso(NOW), **KEPT))
        yield archive


def name(archive: Archive, path: str, count: int) -> list[str]:
    urls = [f"{HOME}{path}halaman-{number}.html" for number in range(count)]
    frontier.name(archive, "warta", [Candidate(url=url, seed="sitemap") for url in urls], NOW)
    return urls


def visit(url: str, title: str, text: str, origins: dict[str, str]) -> Visit:
    stated = {"authors": ("Baiq Sari",), "published_at": NOW} if origins else {}
    article = Article(url=url, title=title, text=text, origins=origins, **stated)  # type: ignore[arg-type]
    return Visit(
        # An article that a person asked for is stored at once.
        page=Page(
            requested_url=url, sources=(PageSource(url=url, body=b"<p></p>"),), site=SITE, is_requested=bool(origins)
        ),
        outlet="warta",
        run_id=1,
        capture_id=1,
        fetched_at=to_iso(NOW),
        checked_at=to_iso(NOW),
        result=article,
    )


def publish(archive: Archive, path: str, count: int = 12) -> None:
    """Store articles as this outlet writes them, so that what lacks their statements is told."""
    for number, url in enumerate(name(archive, path, count)):
        text = " ".join(f"kalimat{number}x{word}" for word in range(40))
        assert store_visits(archive, [visit(url, f"Berita {number}", text, FROM_PAGE)])[0].counts == ("stored",)


def answer(archive: Archive, urls: list[str]) -> list[Resolved]:
    return store_visits(archive, [visit(url, "Arsip", MENU, {}) for url in urls])


def due(archive: Archive, now: datetime) -> int:
    return frontier.count_due(archive, "warta", now)


def test_rest_of_a_path_that_answers_with_one_text_is_put_off_and_told(archive: Archive) -> None:
    publish(archive, "berita/")
    urls = name(archive, "arsip/", MIN_ALIKE + 50)
    other = name(archive, "kota/", 3)
    *before, last = answer(archive, urls[: MIN_ALIKE + 1])
    assert {count for resolved in before for count in resolved.counts} == {"rejected/block-page"}
    assert last.counts == ("rejected/block-page", *["deferred"] * 49)
    assert f"put off ({MIN_ALIKE} other addresses answer with the same text): 49 more below {HOME}arsip/" in (
        last.note or ""
    )
    assert due(archive, datetime.now(UTC)) == len(other)
    assert due(archive, datetime.now(UTC) + PAUSE + timedelta(minutes=1)) >= len(other) + 49


def test_path_with_an_article_goes_on(archive: Archive) -> None:
    publish(archive, "arsip/berita-")
    urls = name(archive, "arsip/", MIN_ALIKE + 50)
    answers = answer(archive, urls[: MIN_ALIKE + 1])
    assert {count for resolved in answers for count in resolved.counts} == {"rejected/block-page"}
    assert due(archive, datetime.now(UTC)) == 49
