"""Whole lists of articles, page by page: none is left out, although many have the same time or none."""

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.serving import Site, serving
from tests.support.storing import NOW, shelf_in

HALF = 120  # articles of each outlet; Datasette's pages are shorter


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("site")
    with shelf_in(folder) as shelf, shelf.archive.transaction():
        for number in range(HALF):
            for outlet in ("warta", "kabar"):
                published = NOW if number % 2 else None
                shelf.put(f"a-{number}", f"Kata {number}.", outlet=outlet, published_at=published, sections=("Desa",))
    with serving(folder / "archive.db") as site:
        yield site


@pytest.mark.parametrize(
    ("narrowed", "count"),
    [("", 2 * HALF), ("&outlet=warta", HALF), ("&section=Desa", 2 * HALF), ("&_find=kata", 2 * HALF)],
)
def test_all_as_csv_is_each_article_once(site: Site, narrowed: str, count: int) -> None:
    rows = csv.DictReader(io.StringIO(site.get(f"/archive/articles.csv?_stream=1{narrowed}").text))
    ids = [row["id"] for row in rows]
    assert (len(ids), len(set(ids))) == (count, count)


@pytest.mark.parametrize("narrowed", ["", "&outlet=warta", "&_find=kata", "&_sort=published_at", "&_sort_desc=words"])
def test_every_page_counts_the_whole_list(site: Site, narrowed: str) -> None:
    following, pages = "", []
    while following is not None:
        address = f"/archive/articles.json?_size=50{narrowed}" + (f"&_next={following}" if following else "")
        answer = json.loads(site.get(address).text)
        pages.append([(facet, counts_in(found)) for facet, found in answer["facet_results"].items()])
        following = answer["next"]
    assert len(pages) > 2
    assert ("outlet", [("warta", HALF)]) in pages[-1] or ("outlet", [("kabar", HALF), ("warta", HALF)]) in pages[-1]
    assert all(page == pages[0] for page in pages)


def counts_in(facet: dict[str, Any]) -> list[tuple[str, int]]:
    return [(one["value"], one["count"]) for one in facet["results"]]
