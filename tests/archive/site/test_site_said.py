"""What pages say in words: what a list is narrowed to, why nothing is shown, names of outlets, times of their clock."""

from collections.abc import Iterator

import pytest
from lxml import html

from tests.support.serving import Site, fill, serving
from tests.support.storing import id_of

PANEN = id_of("panen")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with serving(fill(tmp_path_factory.mktemp("site"))) as site:
        yield site


def told(site: Site, path: str, xpath: str, language: str) -> str:
    tree = html.fromstring(site.get(path, Accept_Language=language).text)
    return " ".join(" ".join(part.text_content().split()) for part in tree.xpath(xpath))


@pytest.mark.parametrize(
    ("query", "language", "said"),
    [
        ("", "en", "64 articles, newest first."),
        ("?_size=5&_nofacet=1", "en", "64 articles, newest first."),
        ("?_month=2025-07&_search=bawang", "en", "2 articles, Month: July 2025, Words: bawang (all articles), newest"),
        ("?_month=2025-07&_search=bawang", "id", "2 artikel, Bulan: Juli 2025, Kata: bawang (semua artikel), terbaru"),
        ("?outlet=kabar&tags__arraycontains=panen", "id", "1 artikel, Media: Kabar, Tag: panen (semua artikel), "),
        ("?_month=%3Cb%3E", "en", "0 articles, Month: <b> (all articles)"),
        ("?title__contains=naik+lagi", "id", '1 artikel where title contains "naik lagi"'),
        ("?title__contains=naik&_search=panen", "en", "where the words “panen” are in it and title contains"),
    ],
)
def test_a_list_says_what_it_is_narrowed_to(site: Site, query: str, language: str, said: str) -> None:
    assert said in told(site, f"/archive/articles{query}", "//*[@class='tally']", language)


def test_a_list_that_is_sorted_otherwise_is_not_called_newest_first(site: Site) -> None:
    said = told(site, "/archive/articles?_sort=title", "//*[@class='tally']", "en")
    assert "sorted by title" in said
    assert "newest first" not in said


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/search?since=kemarin", 400, "“kemarin” bukan tanggal; tulislah seperti 2025-07-14."),
        (f"/article/{PANEN}@9", 404, f"Artikel {PANEN} tidak punya keadaan “9”: revisinya 1 sampai 2, dan pertama"),
        (f"/article/{PANEN}?on=kemarin", 404, f"Artikel {PANEN} tidak punya keadaan “kemarin”"),
        (f"/article/{PANEN}/diff?from=1&to=9", 404, f"Dua revisi artikel {PANEN} dibandingkan"),
    ],
)
def test_why_nothing_is_shown_is_said_in_the_visitors_language(site: Site, path: str, status: int, said: str) -> None:
    assert site.get(path, Accept_Language="id").status == status
    assert told(site, path, "//*[@class='standfirst'][not(@lang)]", "id").startswith(said)


def test_copies_are_told_by_outlet_and_its_clock(site: Site) -> None:
    told_of = told(site, f"/article/{PANEN}", "//*[@class='members']//p", "en")
    assert "Warta · 1 July 2025, 00:30 WITA" in told_of
    assert "Kabar · 1 July 2025, 00:30 WITA" in told_of


def test_where_a_time_came_from_is_told_with_the_time_of_the_outlets_clock(site: Site) -> None:
    row = told(site, f"/article/{PANEN}", "//*[@class='witnesses']//tr[td[1]='publish time']/td[3]", "en")
    assert row == "1 July 2025, 00:30 WITA"


@pytest.mark.parametrize(
    ("language", "heading", "counted"), [("en", "Run 1", "edited 1"), ("id", "Pengambilan 1", "disunting 1")]
)
def test_a_run_is_told_in_the_visitors_language(site: Site, language: str, heading: str, counted: str) -> None:
    assert told(site, "/run/1", "//h1", language) == heading
    assert counted in told(site, "/run/1", "//dt | //dd", language)
