"""Where too many words begin as is asked for, each form of an answer says in how many articles they were sought."""

import asyncio
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from archive.database import open_archive
from archive.query import beginnings
from archive.query.choice import Choice
from archive.query.condition import condition
from archive.query.relevance import look_up
from archive.site.app import datasette_of
from archive.site.asking import DATABASE
from archive.site.facets import read_counts
from tests.support.storing import shelf_in

COUNT, SOUGHT = 12, 5


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with shelf_in(tmp_path_factory.mktemp("few")) as shelf:
        for number in range(COUNT):
            at = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(days=number)
            author = ("Ani", "ANI", "ani")[number % 3]
            shelf.put(f"kabar-{number}", f"Banjir ke-{number} di desa.", authors=(author,), published_at=at)
        return shelf.archive.path


@pytest.fixture(autouse=True)
def all_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beginnings, "MAX_PAGES", -1)
    monkeypatch.setattr(beginnings, "MAX_SOUGHT", SOUGHT)


@pytest.fixture
def site(path: Path) -> Iterator[Any]:
    datasette = datasette_of(path, "/")
    yield datasette
    datasette.executor.shutdown()
    datasette.get_database(DATABASE).close()


def ask(site: Any, form: str = "", language: str = "en", **asked: str) -> Any:
    address = f"/search{form}?{urlencode({'q': 'ban*'} | asked)}"
    return asyncio.run(site.client.get(address, headers={"Accept-Language": language}))


@pytest.mark.parametrize(
    ("language", "sought", "unranked"),
    [
        ("en", f"sought in the newest {SOUGHT} articles", "Too many words begin so to be ranked"),
        ("id", f"dicari hanya di {SOUGHT} artikel terbaru", "untuk diurutkan menurut kecocokan"),
    ],
)
def test_page_says_it(site: Any, language: str, sought: str, unranked: str) -> None:
    pages = {name: ask(site, language=language, **asked).text for name, asked in _ASKED.items()}
    assert [name for name, page in pages.items() if sought in page] == ["all", "none of them"]
    assert [name for name, page in pages.items() if unranked in page] == ["few days"]


@pytest.mark.parametrize("form", [".json", ".csv", ".atom"])
def test_data_says_it_in_a_header(site: Any, form: str) -> None:
    headers = {name: ask(site, form, **asked).headers for name, asked in _ASKED.items()}
    told = {name: one["x-sought-in-newest"] for name, one in headers.items() if "x-sought-in-newest" in one}
    is_feed = form == ".atom"  # always of the newest
    assert told == dict.fromkeys(["all", "none of them", *["oldest"] * is_feed], str(SOUGHT))
    assert (headers["all"]["x-total-count"], headers["few days"]["x-total-count"]) == (str(SOUGHT), "3")


def test_of_names_that_differ_in_capitals_the_same_one_stands_however_the_articles_were_found(path: Path) -> None:
    with closing(open_archive(path, read_only=True)) as archive:
        found = look_up(archive, condition(archive, Choice(author="ani")))
        backwards = replace(found, keys=(found.keys or [])[::-1])
        counts = [read_counts(archive, Choice(author="ani"), one).facets["author"] for one in (found, backwards)]
    assert counts[0] == counts[1]
    assert counts[0][0][1] == COUNT


_ASKED = {
    "all": {},
    "none of them": {"q": "ban* NOT desa"},
    "few days": {"until": "2024-01-03"},
    "few days, newest": {"until": "2024-01-03", "order": "newest"},
    "oldest": {"order": "oldest"},
}
