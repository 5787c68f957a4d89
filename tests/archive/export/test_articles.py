"""Export: whole articles in the order of their publication, with lists as lists; and how one is found by name."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from archive.article_rows import JSON_COLUMNS
from archive.export.articles import export_articles
from archive.lookup import find_record
from archive.query.choice import Choice
from kickcrawl.article import Claim, Image, Moment, RelatedLink
from spiders.cli import main
from tests.support.storing import Shelf, id_of, shelf_in, url_of


def day(number: int, hour: int = 0) -> datetime:
    return datetime(2025, 7, number, hour, tzinfo=UTC)


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    with shelf_in(tmp_path) as shelf:
        shelf.put("laut", "Nelayan tidak melaut.", published_at=day(12, 23))
        shelf.put("padi", "Petani memanen padi.", published_at=day(10))
        shelf.put("undated", "Tanpa tanggal.")
        shelf.put("cabai", "Harga cabai turun.", published_at=day(11), outlet="kabar")
        yield shelf


def exported(shelf: Shelf, **options: Any) -> list[str]:
    return [record["url"].rsplit("/", 1)[1] for record in export_articles(shelf.archive, Choice(**options))]


@pytest.mark.parametrize(
    ("options", "slugs"),
    [
        pytest.param({}, ["undated", "padi", "cabai", "laut"], id="oldest first"),
        pytest.param({"outlet": "kabar"}, ["cabai"], id="an outlet"),
        pytest.param({"outlet": "harian"}, [], id="an unknown outlet"),
        pytest.param({"since": date(2025, 7, 11)}, ["cabai", "laut"], id="since a day"),
        pytest.param({"until": date(2025, 7, 10)}, ["padi"], id="to the end of a day"),
        pytest.param(
            {"since": date(2025, 7, 10), "until": date(2025, 7, 13), "outlet": "warta"}, ["padi", "laut"], id="all"
        ),
        pytest.param({"since": date(2025, 7, 13)}, ["laut"], id="a day that began at 16 o'clock UTC"),
        pytest.param({"since": date(2025, 7, 13), "utc": True}, [], id="a day of UTC"),
        pytest.param({"until": date(2025, 7, 12)}, ["padi", "cabai"], id="to the end of a day before 16 o'clock UTC"),
        pytest.param({"until": date(2025, 7, 12), "utc": True}, ["padi", "cabai", "laut"], id="to the end of UTC's"),
        pytest.param({"words": "panen"}, ["padi"], id="with a word in another form"),
        pytest.param({"words": "harga", "outlet": "warta"}, [], id="with a word, of an outlet that has none"),
        pytest.param({"words": ""}, [], id="with no word"),
    ],
)
def test_what_is_asked_for_is_exported_oldest_first(shelf: Shelf, options: dict[str, Any], slugs: list[str]) -> None:
    assert exported(shelf, **options) == slugs


def test_record_has_the_columns_of_the_table_and_lists_as_lists(shelf: Shelf) -> None:
    fields: dict[str, Any] = {
        "authors": ("Lalu Ahmad",),
        "sections": ("Ekonomi", "Desa"),
        "tags": ("padi", "gabah – kering"),
        "images": (Image(url=url_of("a.jpg"), caption="Sawah"),),
        "related": (RelatedLink(url=url_of("padi"), title="Panen padi"),),
        "origins": {"authors": "rest"},
        "disagreements": (Claim(field="published_at", source="feed", value=Moment(day(9), 480)),),
    }
    shelf.put("lengkap", "Gabah dijemur.\n\nHarga tetap.", published_at=day(20), **fields)
    *_, record = export_articles(shelf.archive, Choice())
    columns = {row["name"] for row in shelf.archive.rows("PRAGMA table_info(articles)")}
    assert set(record) == columns - {"key"}
    assert (record["id"], record["text"], record["section"]) == (
        id_of("lengkap"), "Gabah dijemur.\n\nHarga tetap.", "Ekonomi",
    )  # fmt: skip
    assert {name: record[name] for name in JSON_COLUMNS} == {
        "authors": ["Lalu Ahmad"],
        "sections": ["Ekonomi", "Desa"],
        "tags": ["padi", "gabah – kering"],
        "images": [{"url": url_of("a.jpg"), "caption": "Sawah", "credit": None}],
        "related": [{"url": url_of("padi"), "title": "Panen padi"}],
        "origins": {"authors": "rest"},
        "disagreements": [
            {"field": "published_at", "source": "feed", "value": {"at": "2025-07-09T00:00:00+00:00", "offset": 480}}
        ],
        "left_out": None,
    }
    assert json.loads(json.dumps(record)) == record


def test_article_that_goes_while_the_export_runs_is_left_out(shelf: Shelf) -> None:
    records = export_articles(shelf.archive, Choice())
    assert next(records)["url"] == url_of("undated")
    shelf.archive.write("PRAGMA foreign_keys = OFF")
    shelf.archive.write("DELETE FROM articles WHERE id = :id", {"id": id_of("padi")})
    assert [record["url"] for record in records] == [url_of("cabai", "kabar"), url_of("laut")]


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        pytest.param(id_of("padi"), "padi", id="id"),
        pytest.param(id_of("padi")[:4], "padi", id="four digits"),
        pytest.param(id_of("padi")[:3], None, id="three digits"),
        pytest.param(id_of("padi")[1:], None, id="the end of an id"),
        pytest.param(id_of("padi") + "0", None, id="more than an id"),
        pytest.param(url_of("padi"), "padi", id="URL"),
        pytest.param(url_of("padi") + "-lama", None, id="another URL"),
        pytest.param("____", None, id="wildcards of LIKE"),
        pytest.param("%%%%", None, id="more wildcards"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_article_is_found_by_id_or_address(shelf: Shelf, name: str, slug: str | None) -> None:
    record = find_record(shelf.archive, name)
    assert (record and record["url"]) == (slug and url_of(slug))


def test_article_is_found_by_an_address_that_it_had(shelf: Shelf) -> None:
    shelf.archive.write(
        "INSERT INTO article_urls VALUES (:url, :id, '2025-07-01', '2025-07-02')",
        {"url": url_of("padi-lama"), "id": id_of("padi")},
    )
    record = find_record(shelf.archive, url_of("padi-lama"))
    assert record is not None
    assert record["url"] == url_of("padi")


@pytest.mark.parametrize("ending", ["", "-wal", "-shm", "-journal", ".warta.lock"])
@pytest.mark.parametrize("words", [["export", "--jsonl"], ["backup", "--force"]], ids=["export", "backup"])
def test_archives_own_files_are_never_written_over(tmp_path: Path, words: list[str], ending: str) -> None:
    with shelf_in(tmp_path) as shelf:
        shelf.put("padi", "Petani memanen padi.")
    path = tmp_path / "archive.db"
    own = tmp_path / f"archive.db{ending}"
    own.touch()
    before = own.read_bytes()
    done = CliRunner().invoke(main, [*words, str(own), "--archive", str(path)])
    assert done.exit_code == 2
    assert "archive itself" in done.stderr
    assert own.read_bytes() == before
