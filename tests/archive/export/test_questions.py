"""Twenty questions have the same answers in the command line, Python, the site and every export."""

import csv
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest
from click.testing import CliRunner
from sqlite_utils import Database

from archive import open_archive
from archive.corpus.typed import Filters
from spiders.cli import main
from tests.support.optional import missing
from tests.support.serving import Site, serving
from tests.support.storing import shelf_in
from tests.support.texts import OTHER, STORY, text

START = datetime(2025, 1, 31, 17, tzinfo=UTC)  # an hour after February has begun in Lombok
QUESTIONS: list[tuple[str | None, Filters]] = [
    (None, {}),
    (None, {"outlet": "warta"}),
    (None, {"outlet": "kabar", "originals": True}),
    (None, {"section": "ekonomi"}),
    (None, {"author": "Sri Lestari"}),
    (None, {"since": "2025-02-01"}),
    (None, {"until": "2025-02-10"}),
    (None, {"since": "2025-02-01", "until": "2025-02-28", "utc": True}),
    (None, {"originals": True}),
    ("panen", {}),
    ("panen", {"exact": True}),
    ("memanen padi", {}),
    ('"harga cabai"', {}),
    ("sungai OR cabai", {}),
    ("panen NOT cabai", {}),
    ("title:artikel", {}),
    ("cab*", {"outlet": "warta"}),
    ("sungai", {"since": "2025-02-05", "section": "Peristiwa"}),
    ("sungai", {"originals": True}),
    ("tidakada", {}),
]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("questions")
    prose = ("Petani memanen padi.", "Harga cabai turun.", "Panen cabai di Praya.", text(*STORY), text(*OTHER))
    with shelf_in(folder) as shelf:
        for number in range(40):
            shelf.put(
                f"artikel-{number}",
                prose[number % len(prose)] + ("" if number % 5 > 2 else f" Nomor {number}."),
                outlet=("warta", "kabar")[number % 2],
                sections=("Ekonomi",) if number % 3 else ("Peristiwa", "Desa"),
                authors=("Sri Lestari",) if number % 4 else ("Lalu Ahmad",),
                published_at=START + timedelta(days=number) if number % 7 else None,
            )
    return folder / "archive.db"


@pytest.fixture(scope="module")
def site(archive: Path) -> Iterator[Site]:
    with serving(archive) as site:
        yield site


def options(query: str | None, filters: Filters) -> list[str]:
    words = [] if query is None else ["--search", query]
    for name, value in filters.items():
        words += [f"--{name}"] if value is True else [f"--{name}", str(value)]
    return words


def ask_site(site: Site, query: str | None, filters: Filters) -> tuple[dict[str, set[str]], int, int]:
    """Return the ids that the site gives, and the counts that its page and its JSON tell."""
    given = {} if query is None else {"q": query}
    asked = urlencode(given | {name: "1" if value is True else str(value) for name, value in filters.items()})
    if not asked:  # the search's page is a form to fill in then; all articles stand in their table
        told = json.loads(site.get("/archive/articles.json?_size=1000&_shape=objects").text)
        page = site.get("/archive/articles").text
        return {"site's JSON": {row["id"] for row in told["rows"]}}, tally(page), told["filtered_table_rows_count"]
    answer = site.get(f"/search.json?limit=1000&{asked}")
    table = csv.DictReader(site.get(f"/search.csv?limit=1000&{asked}").text.splitlines())
    ids = {"site's JSON": {hit["id"] for hit in json.loads(answer.text)}, "site's CSV": {row["id"] for row in table}}
    return ids, tally(site.get(f"/search?{asked}").text), int(answer.headers["x-total-count"])


def tally(page: str) -> int:
    """Return how many articles a page says it has found."""
    said = re.search(r">\s*(?:([\d,]+) articles?,|Nothing)", page)
    assert said is not None
    return int((said[1] or "0").replace(",", ""))


def run(*words: object) -> str:
    done = CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.mark.parametrize(("query", "filters"), QUESTIONS, ids=lambda value: str(value))
def test_answers_are_the_same_everywhere(
    archive: Path, site: Site, tmp_path: Path, query: str | None, filters: Filters
) -> None:
    asked = options(query, filters)
    for ending in ("csv", "jsonl", "db", *([] if missing else ["parquet"])):
        run("export", "--to", tmp_path / f"a.{ending}", *asked, "--archive", archive)
    with (tmp_path / "a.csv").open(newline="", encoding="utf-8") as file:
        ids = {"csv": {row["id"] for row in csv.DictReader(file, strict=True)}}
    ids["jsonl"] = {json.loads(line)["id"] for line in (tmp_path / "a.jsonl").read_text().splitlines()}
    ids["slice, by sqlite-utils"] = {row["id"] for row in Database(tmp_path / "a.db")["articles"].rows}
    with open_archive(archive) as corpus:
        ids["python"] = {article["id"] for article in corpus.articles(query, **filters)}
        counts = {"python": corpus.count(query, **filters)}
        counts["timeline"] = sum(found for _, found in corpus.timeline(query, by="month", **filters))
    if not missing:
        import duckdb

        rows = duckdb.connect().execute("SELECT id FROM read_parquet($1)", [str(tmp_path / "a.parquet")]).fetchall()
        ids["parquet, by DuckDB"] = {id for (id,) in rows}
    site_ids, counts["site's page"], counts["site's JSON"] = ask_site(site, query, filters)
    ids |= site_ids
    words = query.replace('"', "").split() if query and query.startswith('"') else (query or "").split()
    given = [" ".join(words)] if query and query.startswith('"') else words
    said = run("search", *given, *options(None, filters), "--count", "--archive", archive)
    counts["search --count"] = int(said)
    assert {name: len(found) for name, found in ids.items()} | counts == dict.fromkeys(
        [*ids, *counts], counts["python"]
    )
    assert len({frozenset(found) for found in ids.values()}) == 1


def test_questions_are_answered_differently(archive: Path) -> None:
    with open_archive(archive) as corpus:
        found = [corpus.count(query, **filters) for query, filters in QUESTIONS]
    assert len(QUESTIONS) == 20
    assert found[0] == 40
    assert found[-1] == 0
    assert all(0 < count < 40 for position, count in enumerate(found) if position not in (0, 15, 19)), found
