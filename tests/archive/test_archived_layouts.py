"""Layouts in the archive: all that was learned comes back with the dates between which it held."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from archive.database import Archive, open_archive
from archive.layouts import note, trusted
from kickcrawl.article import Article, Page, PageSource, SiteRules
from kickcrawl.body.learned_layouts import MAX_MISSED_PAGES, MIN_AGREEING_PAGES, Change, Layouts
from kickcrawl.extract import extract
from kickcrawl.reading import Layout, ScatteredPaths
from tests.support.storing import Shelf

SITE = SiteRules(slug="suara", name="Suara Sembalun", language="id", timezone="Asia/Makassar")
STORY = [
    f"Murid kelas {number} menanam {plant} di kebun sekolah dan mencatat tingginya setiap pekan sampai akhir semester."
    for number, plant in enumerate(("kelor", "serai", "kencur", "kunyit", "pandan", "bayam"), 1)
]
OPENING = "Kebun di belakang kelas kini menjadi tempat belajar yang paling disukai."
BOX = (
    "Dapatkan kabar pilihan redaksi setiap pagi langsung di kotak surat elektronik Anda. "
    "<a href='/langganan'>Daftar sekarang untuk berlangganan kabar pilihan redaksi setiap pagi</a>"
)
OLD = Layout("html/body/div/div.story-body", 0.8, frozenset(["div.embedded"]), frozenset(["html/body/div/div/p"]))
SCATTERED = Layout(
    "html/body/main", 1.0, scattered=ScatteredPaths(frozenset(["html/body/main/p"]), frozenset(["html/body/main/h2"]))
)
MONDAY, TUESDAY, FRIDAY = (f"2025-07-{day}T01:00:00+00:00" for day in (14, 15, 18))


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with closing(open_archive(tmp_path / "archive.db", create=True)) as archive:
        Shelf(archive).put("kebun", STORY[0], outlet="suara")  # so that the archive knows the outlet
        yield archive


def page(body: str, opening: str, box: str) -> Page:
    """Return a page whose elements of body, standfirst and newsletter box have these class names."""
    first, rest = ("".join(f"<p>{text}</p>" for text in texts) for texts in (STORY[:3], STORY[3:]))
    html = (
        f"<html><head><title>Kebun sekolah</title></head><body><div><h1>Kebun sekolah menjadi kelas</h1>"
        f"<div class='{opening}'><p>{OPENING}</p></div>"
        f"<div class='{body}'>{first}<div class='{box}'><p>{BOX}</p></div>{rest}</div></div></body></html>"
    )
    url = "https://suara.example/kebun"
    return Page(requested_url=url, sources=(PageSource(url=url, body=html.encode()),), site=SITE)


def crawl(archive: Archive, pages: list[Page], at: str) -> list[Article]:
    """Read *pages* as a crawl does that begins with what the archive holds; note at the time *at* what it learns."""
    layouts, articles = Layouts(), []
    layouts.trust("suara", trusted(archive, "suara"))
    for one in pages:
        held, check = layouts.plan("suara")
        article = extract(replace(one, layouts=held, check=check))
        assert isinstance(article, Article)
        assert article.reading is not None
        note(archive, "suara", layouts.learn("suara", article.reading), at)
        articles.append(article)
    return articles


def test_layout_comes_back_with_share_foreign_boxes_and_paths_of_standfirsts(archive: Archive) -> None:
    note(archive, "suara", [Change(layout, True, "3 pages agree on it") for layout in (OLD, SCATTERED)], MONDAY)
    assert trusted(archive, "suara") == [OLD, SCATTERED]
    assert trusted(archive, "warta") == []


def test_layout_holds_from_when_it_was_learned_until_it_was_dropped(archive: Archive) -> None:
    new = replace(OLD, body="html/body/main", foreign_boxes=frozenset())
    note(archive, "suara", [Change(OLD, True, "3 pages agree on it")], MONDAY)
    dropped = Change(OLD, False, "the last 3 pages were built otherwise")
    note(archive, "suara", [dropped, Change(new, True, "3 pages agree on it")], TUESDAY)
    held = {day: trusted(archive, "suara", day) for day in ("2025-07-13T00:00:00+00:00", MONDAY, TUESDAY, FRIDAY)}
    assert list(held.values()) == [[], [OLD], [new], [new]]
    assert trusted(archive, "suara") == [new]


def test_layout_that_was_wrong_reads_no_old_capture(archive: Archive) -> None:
    note(archive, "suara", [Change(OLD, True, "3 pages agree on it")], MONDAY)
    wrong = Change(OLD, False, "it led to another text than the full reading", was_wrong=True)
    note(archive, "suara", [wrong], FRIDAY)
    assert trusted(archive, "suara", TUESDAY) == []


def test_boxes_and_standfirst_that_one_crawl_learned_are_told_by_the_next_from_their_selectors_and_path(
    archive: Archive,
) -> None:
    crawl(archive, [page("story-body", "lead", "embedded")] * MIN_AGREEING_PAGES, MONDAY)
    (layout,) = trusted(archive, "suara")
    assert (layout.body, layout.foreign_boxes, layout.standfirst) == (OLD.body, OLD.foreign_boxes, OLD.standfirst)
    _, served = crawl(archive, [page("story-body", "lead", "embedded"), page("story-body", "x1", "embedded")], TUESDAY)
    assert served.reading is not None
    assert not served.reading.in_full
    assert served.text.split("\n\n") == [OPENING, *STORY]


def test_rebuilt_site_is_learned_anew_with_its_boxes_and_standfirst(archive: Archive) -> None:
    crawl(archive, [page("story-body", "lead", "embedded")] * MIN_AGREEING_PAGES, MONDAY)
    rebuilt = page("article-text", "teras", "kotak-overlay")
    articles = crawl(archive, [rebuilt] * (MAX_MISSED_PAGES + MIN_AGREEING_PAGES), FRIDAY)
    assert {article.text for article in articles} == {"\n\n".join([OPENING, *STORY])}
    assert [article.reading.in_full for article in articles if article.reading] == [True] * MAX_MISSED_PAGES + [
        False
    ] * MIN_AGREEING_PAGES
    (layout,) = trusted(archive, "suara")
    assert layout.body == "html/body/div/div.article-text"
    assert (layout.foreign_boxes, layout.standfirst) == ({"div.kotak-overlay"}, OLD.standfirst)
    assert [layout.body for layout in trusted(archive, "suara", TUESDAY)] == [OLD.body]
