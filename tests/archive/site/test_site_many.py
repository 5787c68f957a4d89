"""The site of an archive where a word is in more articles than are weighed: what is counted is exact, or it is said."""

import csv
import io
import json
from collections.abc import Iterator
from urllib.parse import quote, unquote

import pytest
from lxml import html

from archive.query.hits import Found
from archive.query.relevance import MAX_RANKED
from archive.site.asked import read_asked
from archive.site.known_counts import without_counting
from archive.site.search_page import MAX_HEADER, data_of
from tests.support.many import COMMON_PHRASES, COPIES, fill_with_many
from tests.support.serving import Site, serving

TOTAL = COPIES + 3


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with serving(fill_with_many(tmp_path_factory.mktemp("many"))) as site:
        yield site


def test_search_says_how_many_it_ranked_and_counted(site: Site) -> None:
    page = html.fromstring(site.search("kabar").text)
    assert f"{TOTAL:,} articles" in page.xpath("string(//p[@class='tally'])")
    assert f"newest {MAX_RANKED:,} of the {TOTAL:,}" in page.xpath("string(//main)")
    assert f"among the newest {MAX_RANKED:,}" in page.xpath("string(//aside)")
    found = site.search("kabar", ".json")
    assert (found.headers["x-total-count"], found.headers["x-ranked-newest"]) == (str(TOTAL), str(MAX_RANKED))
    assert json.loads(found.text)[0]["title"] == "Kabar baru"


def test_search_says_by_which_words_it_did_not_rank(site: Site) -> None:
    assert "Not ranked by what too many articles have (dari, dari pasar, " in html.fromstring(
        site.search(COMMON_PHRASES).text
    ).xpath("string(//main)")
    assert site.search(COMMON_PHRASES, ".json").headers["x-not-ranked-by"].startswith("dari, dari%20pasar, ")
    assert site.search(COMMON_PHRASES, ".json").headers["x-not-ranked-by-count"] == str(COMMON_PHRASES.count('"') // 2)
    assert "x-not-ranked-by" not in site.search("kabar", ".json").headers


def test_words_in_a_header_are_bounded_and_counted() -> None:
    words = tuple(f"béncana{number}" for number in range(400))
    found = Found(hits=[], total=0, ranked=None, too_common=words)
    headers = data_of("https://arsip.example/", read_asked({"q": "béncana"}), found, "json").headers
    named = headers["X-Not-Ranked-By"].split(", ")
    assert len(headers["X-Not-Ranked-By"]) <= MAX_HEADER < len(headers["X-Not-Ranked-By"]) + len(quote(words[99])) + 2
    assert [unquote(word) for word in named] == list(words[: len(named)])
    assert headers["X-Not-Ranked-By-Count"] == "400"
    long = Found(hits=[], total=0, ranked=None, too_common=("é" * MAX_HEADER,))
    assert data_of("https://arsip.example/", read_asked({}), long, "json").headers["X-Not-Ranked-By"] == ""


def test_chart_has_the_months_of_all_articles(site: Site) -> None:
    page = html.fromstring(site.search("kabar").text)
    labels = [link.rpartition("since=")[2] for link in page.xpath("//section[@aria-labelledby='over-time']//a/@href")]
    assert any(label.startswith("2023-04") for label in labels)


def test_search_for_a_rare_word_counts_all(site: Site) -> None:
    assert "among the newest" not in site.search("banjir").text
    assert "x-ranked-newest" not in site.search("banjir", ".json").headers


def facets(site: Site, address: str) -> dict[str, dict[str, object]]:
    found: dict[str, dict[str, object]] = json.loads(site.get(f"/archive/articles.json?{address}").text)[
        "facet_results"
    ]
    return found


@pytest.mark.parametrize("address", ["", "outlet=warta"])
def test_facets_of_all_and_of_an_outlet_are_exact(site: Site, address: str) -> None:
    found = facets(site, address)
    assert [(one["value"], one["count"]) for one in found["tags"]["results"]] == [("Kabar", COPIES)]  # type: ignore[attr-defined]
    assert sum(one["count"] for one in found["month"]["results"]) == TOTAL  # type: ignore[attr-defined]
    assert "counted" not in found["tags"]


def test_facets_of_another_choice_say_how_many_they_count(site: Site) -> None:
    found = facets(site, "tags__arraycontains=Kabar")
    assert (found["tags"]["counted"], found["month"]["counted"]) == (MAX_RANKED, MAX_RANKED)
    assert [one["count"] for one in found["tags"]["results"]] == [MAX_RANKED]  # type: ignore[attr-defined]
    assert f"newest {MAX_RANKED:,}" in site.get("/archive/articles?tags__arraycontains=Kabar").text


@pytest.mark.parametrize(
    ("narrowed", "total"),
    [
        pytest.param("", TOTAL, marks=pytest.mark.slow),
        ("&_search=kabar", TOTAL),
        pytest.param("&tags__arraycontains=Kabar&_sort=words", COPIES, marks=pytest.mark.slow),
        ("&_search=x", 0),
    ],
)
def test_csv_of_all_is_whole_and_in_order(site: Site, narrowed: str, total: int) -> None:
    rows = list(csv.DictReader(io.StringIO(site.get(f"/archive/articles.csv?_stream=1{narrowed}").text)))
    assert len({row["id"] for row in rows}) == len(rows) == total
    column = "words" if "words" in narrowed else "published_at"
    values = [row[column] for row in rows]
    assert values == sorted(values, reverse=column == "published_at")


def test_csv_of_all_has_the_columns_and_labels_that_a_page_has(site: Site) -> None:
    asked = "_labels=on&_col=id&_col=outlet&_col=published_at&_size=3"
    page, whole = (site.get(f"/archive/articles.csv?{asked}{more}").text for more in ("", "&_stream=1"))
    assert page.splitlines() == whole.splitlines()[:4]
    assert site.get("/archive/articles.csv?_stream=1&_sort=keine").status == 400


def test_all_sections_are_counted_where_an_address_asks_for_them(site: Site) -> None:
    found = facets(site, "_facet_names=sections&_search=pasar")
    assert [(one["value"], one["count"]) for one in found["sections"]["results"]] == [("Desa", MAX_RANKED - 1)]  # type: ignore[attr-defined]
    assert found["sections"]["counted"] == MAX_RANKED


@pytest.mark.parametrize("address", ["_facet=language", "_facet=outlet&tags__arraycontains=Kabar"])
def test_any_column_can_be_counted_by(site: Site, address: str) -> None:
    column = address.partition("=")[2].partition("&")[0]
    assert facets(site, address)[column]["type"] == "column"


@pytest.mark.parametrize(
    ("address", "total"),
    [
        ("tags__arraycontains=Kabar", COPIES),
        ("_search=kabar", TOTAL),
        ("_search=banjir", 1),
        ("_search=-banjir", TOTAL - 1),
        ("tags__arraycontains=kabar", 0),
        ("_search=kabar&tags__arraycontains=Kabar", COPIES),
    ],
)
def test_list_says_how_many_it_has_as_counting_gives(site: Site, address: str, total: int) -> None:
    found = json.loads(site.get(f"/archive/articles.json?_nofacet=1&_size=1&{address}").text)
    assert found["filtered_table_rows_count"] == total


def test_count_of_a_tag_and_of_words_is_known_as_datasette_asks_for_it(site: Site) -> None:
    """Where Datasette or our filters write their conditions otherwise, counts would silently be slow again."""
    asked = {
        "tags__arraycontains=Kabar": "articles_counts",
        "_search=kabar": "articles_fts",
    }
    for address, known in asked.items():
        told = json.loads(site.get(f"/archive/articles.json?_nofacet=1&_size=1&{address}").text)
        where = told["query"]["sql"].partition(" from articles where ")[2].partition(" order by ")[0]
        assert f"FROM {known}" in without_counting(f"select count(*) from articles where {where} ").replace(
            "(SELECT rowid ", ""
        )
