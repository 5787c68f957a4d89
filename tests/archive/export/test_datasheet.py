"""A datasheet says what a method section needs: filters, completeness, rights as observed, versions, digests."""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from archive.chain import read_head
from kickcrawl import __version__
from spiders.cli import main
from tests.support.storing import Shelf, shelf_in


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


def test_empty_export_has_a_datasheet_too(shelf: Shelf, tmp_path: Path) -> None:
    words = ["export", "--to", str(tmp_path / "a.csv"), "--search", "gempa", "--archive", str(shelf.archive.path)]
    assert CliRunner().invoke(main, words, catch_exceptions=False).output.startswith("0 articles")
    assert "| articles | 0 | - | 0 |" in (tmp_path / "a.csv.datasheet.md").read_text()
