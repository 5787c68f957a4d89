"""A datasheet says what a method section needs: filters, completeness, rights as observed, versions, digests."""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from archive import frontier
from archive.chain import read_head
from kickcrawl import __version__
from spiders.cli import main
from tests.archive.accounts.test_coverage import name, read_seed
from tests.support.storing import Shelf, shelf_in, url_of


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    with shelf_in(tmp_path) as shelf:
        shelf.put("padi", "Petani memanen padi.", published_at=datetime(2025, 7, 10, tzinfo=UTC))
        shelf.put("padi", "Petani memanen padi lagi.", published_at=datetime(2025, 7, 10, tzinfo=UTC))
        shelf.put("panen", "Panen kopi.", published_at=datetime(2025, 8, 1, tzinfo=UTC), sections=("Ekonomi",))
        shelf.put("cabai", "Harga cabai turun.", outlet="kabar")
        yield shelf


@pytest.mark.parametrize("ending", ["jsonl", "csv"])
def test_datasheet_stands_beside_the_file_for_people_and_programs(shelf: Shelf, tmp_path: Path, ending: str) -> None:
    output = tmp_path / f"panen.{ending}"
    words = ["export", "--to", str(output), "--search", "panen", "--since", "2025-07-01", "--outlet", "warta"]
    CliRunner().invoke(main, [*words, "--archive", str(shelf.archive.path)], catch_exceptions=False)
    sheet = json.loads(output.with_name(f"{output.name}.datasheet.json").read_text())
    assert sheet["filters"] == {"words": "panen", "outlet": "warta", "since": "2025-07-01"}
    assert sheet["archive"]["chain_head"] == read_head(shelf.archive)
    assert sheet["software"]["kickcrawl"] == __version__
    assert sheet["tables"]["articles"]["outlets"] == {
        "warta": {
            "records": 2, "first_published_at": "2025-07-10T00:00:00+00:00",
            "last_published_at": "2025-08-01T00:00:00+00:00", "undated": 0,
        }
    }  # fmt: skip
    assert sheet["outlets"]["warta"]["archived"]["revised"] == 1
    assert sheet["outlets"]["warta"]["runs"]["runs"] == 1
    data = output.read_bytes()
    (file,) = sheet["files"]
    assert file == {"name": output.name, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    page = output.with_name(f"{output.name}.datasheet.md").read_text()
    for told in ("with the words *panen*", "of the outlet *warta*", file["sha256"], read_head(shelf.archive), "Rights"):
        assert told in page
    assert all(f"| `{column['name']}` |" in page for column in sheet["tables"]["articles"]["columns"])


def test_datasheet_certifies_the_coverage_of_the_exported_days(shelf: Shelf, tmp_path: Path) -> None:
    name(shelf.archive, "sitemap", "padi", "panen", days=None)
    name(shelf.archive, "sitemap", "hilang", at=datetime(2025, 7, 10, 3, tzinfo=UTC), days=4)
    frontier.resolve(shelf.archive, url_of("hilang"), "gone", "2025-07-14T02:00:00+00:00", "HTTP 404")
    read_seed(shelf.archive, "sitemap", "", datetime(2025, 8, 2, tzinfo=UTC))
    output = tmp_path / "juli.csv"
    words = ["export", "--to", str(output), "--since", "2025-07-01", "--until", "2025-07-12", "--outlet", "warta"]
    CliRunner().invoke(main, [*words, "--archive", str(shelf.archive.path)], catch_exceptions=False)
    certificate = json.loads(output.with_name("juli.csv.datasheet.json").read_text())["outlets"]["warta"]["coverage"]
    assert (certificate["since"], certificate["until"]) == ("2025-07-01", "2025-07-12")
    assert certificate["recall"]["of_named"] == 0.5
    assert certificate["total"]["reasons"] == {"gone": {"HTTP 404": 1}}
    assert [(month["label"], month["named"]) for month in certificate["months"]] == [("2025-07", 2)]
    page = output.with_name("juli.csv.datasheet.md").read_text()
    assert "- recall: 1 of 2 articles that were named are archived (50.0 %)." in page
    assert "- estimated: what no seed named cannot be told: no two seeds reach the same days (sitemap)." in page


def test_empty_export_has_a_datasheet_too(shelf: Shelf, tmp_path: Path) -> None:
    words = ["export", "--to", str(tmp_path / "a.csv"), "--search", "gempa", "--archive", str(shelf.archive.path)]
    assert CliRunner().invoke(main, words, catch_exceptions=False).output.startswith("0 articles")
    assert "| articles | 0 | - | 0 |" in (tmp_path / "a.csv.datasheet.md").read_text()
