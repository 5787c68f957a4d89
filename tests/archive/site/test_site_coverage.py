"""The page of an outlet's coverage: each day of a year by what is archived, and what it lacks in words."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from lxml import html

from archive import frontier
from archive.outlets import write_outlet
from archive.runs import end_run, start_run
from kickcrawl.dates import to_iso
from tests.archive.accounts.test_coverage import name, read_seed
from tests.support.serving import Site, serving
from tests.support.storing import NOW, OUTLET, shelf_in, url_of

LANGUAGES = {"en": "1 of 2 articles that were named are archived", "id": "1 dari 2 artikel yang disebut"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with serving(certified(tmp_path_factory.mktemp("coverage"))) as site:
        yield site


def certified(folder: Path) -> Path:
    """Write an archive of an outlet with a whole day, one that lacks an article, a quiet one and unknown ones."""
    with shelf_in(folder) as shelf:
        archive = shelf.archive
        for slug, days in (("padi", 1), ("cabai", 2), ("lama", 200)):
            shelf.put(slug, f"{slug} dijual di pasar.", published_at=NOW - timedelta(days=days))
            name(archive, "sitemap", slug, days=days)
        name(archive, "sitemap", "hilang", days=2)
        frontier.resolve(archive, url_of("hilang"), "gone", to_iso(NOW), "HTTP 404")
        name(archive, "sitemap", "dulu", days=600)
        read_seed(archive, "sitemap", to_iso(NOW - timedelta(days=5)), NOW)
        write_outlet(archive, OUTLET | {"slug": "kosong"})
        failed = start_run(archive, OUTLET | {"slug": "gagal"}, {}, NOW)
        end_run(archive, failed, "failed", NOW, reason="out of reach", counts={}, seeds=[])
    return folder / "archive.db"


def squares(page: str) -> dict[str, tuple[str, str]]:
    """Return for each day of July 2025 how it is painted, and what is said of it."""
    tree = html.fromstring(page)
    (july,) = (table for table in tree.iter("table") if "2025" in (table.findtext("caption") or "") and
               (table.findtext("caption") or "").startswith(("July", "Juli")))  # fmt: skip
    found = july.xpath(".//*[contains(@class, 'square')]")
    return {one.text: (one.get("class"), one.get("aria-label") or one.get("data-says")) for one in found}


@pytest.mark.parametrize(("language", "words"), LANGUAGES.items())
def test_each_day_is_painted_by_what_it_lacks_and_says_so(site: Site, language: str, words: str) -> None:
    answer = site.get("/coverage/warta", Accept_Language=language)
    days = squares(answer.text)
    assert answer.status == 200
    assert days["13"][0] == "square named"
    assert days["12"][0] == "square missing lacking"
    assert words in days["12"][1]
    assert "HTTP 404" in days["12"][1]
    assert days["11"][0] == "square named quiet"
    assert days["14"][0] == "square partly quiet"
    assert days["2"][0] == "square unknown quiet"
    assert "15" not in days  # nothing was read after NOW


def test_day_leads_to_its_articles_and_the_outlets_page_to_the_calendar(site: Site) -> None:
    tree = html.fromstring(site.get("/coverage/warta").text)
    (link,) = tree.xpath("//a[@class='square named']/@href")
    assert link == "/search?outlet=warta&since=2025-07-13&until=2025-07-13"
    assert "Padi" in site.get(link).text
    assert "/coverage/warta" in html.fromstring(site.get("/outlet/warta").text).xpath("//a/@href")


def test_table_has_every_day_with_articles_for_who_sees_no_calendar(site: Site) -> None:
    tree = html.fromstring(site.get("/coverage/warta").text)
    (table,) = tree.xpath("//details//table[@class='plain']")
    rows = [[" ".join(cell.text_content().split()) for cell in row] for row in table.xpath(".//tbody/tr")]
    assert ["12 July 2025", "2", "1", "50%", "1", "something is missing", "sitemap"] in rows


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/coverage/warta?year=1066", "Nothing is known of Warta Uji in the year “1066”."),
        ("/coverage/warta?year=kini", "Nothing is known of Warta Uji in the year “kini”."),
        ("/coverage/tidak-ada", "No outlet is called tidak-ada."),
    ],
)
def test_what_is_not_there_is_said_in_a_sentence(site: Site, path: str, sentence: str) -> None:
    answer = site.get(path)
    assert answer.status == 404
    assert sentence in html.fromstring(answer.text).text_content()


def test_recall_says_what_was_published_before_the_first_crawl_and_how_runs_ended(site: Site) -> None:
    (recall,) = html.fromstring(site.get("/coverage/warta").text).xpath("//ul[@class='certified']")
    told = " ".join(recall.text_content().split())
    assert "2 of these were published before the first crawl on 14 July 2025." in told
    assert "Crawled 2 times on these days (1 complete, 1 " in told


@pytest.mark.parametrize("year", ["2024", "2023"])
def test_years_of_which_everything_is_missing_are_shown_too(site: Site, year: str) -> None:
    tree = html.fromstring(site.get(f"/coverage/warta?year={year}").text)
    assert year in tree.xpath("//nav[@class='years']//a[@aria-current]/text()")
    (recall,) = tree.xpath("//ul[@class='certified']")
    assert "1 articles that were named" in recall.text_content()


def test_outlet_that_could_never_be_read_has_a_calendar_of_unknown_days(site: Site) -> None:
    page = site.get("/coverage/gagal").text
    assert squares(page) == {"14": ("square unknown quiet", "14 July 2025. No article was named. No seed could tell.")}
    assert "What no seed named cannot be told: no seed reaches a whole day." in html.fromstring(page).text_content()
    assert "Nothing was ever named of this outlet" in site.get("/coverage/kosong").text
