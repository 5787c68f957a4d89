"""CSV is what spreadsheets need: RFC 4180, lists as JSON, no cell that is computed; and its datasheet says so."""

import csv
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from archive.export.csv import MAX_CELL
from spiders.cli import main
from tests.support.storing import Shelf, id_of, shelf_in


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    with shelf_in(tmp_path) as shelf:
        shelf.put(
            "padi", 'Petani berkata: "Panen, besar".\n\nHarga – tetap.', tags=("padi", "gabah, kering"),
            native_id="007", published_at=datetime(2025, 7, 10, tzinfo=UTC),
        )  # fmt: skip
        shelf.put("laut", "-5 derajat di puncak.", title='=HYPERLINK("https://jahat.example","klik")')
        shelf.put("panjang", "kata " * (MAX_CELL // 4))
        yield shelf


def export(shelf: Shelf, output: Path, *options: str) -> Result:
    words = ["export", "--to", str(output), *options, "--archive", str(shelf.archive.path)]
    return CliRunner().invoke(main, words, catch_exceptions=False)


def read(path: Path) -> dict[str, dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file, strict=True)}


def test_cells_are_what_the_records_say(shelf: Shelf, tmp_path: Path) -> None:
    assert export(shelf, tmp_path / "a.csv").output == f"3 articles written to {tmp_path / 'a.csv'}\n"
    row = read(tmp_path / "a.csv")[id_of("padi")]
    assert row["text"] == 'Petani berkata: "Panen, besar".\n\nHarga – tetap.'
    assert json.loads(row["tags"]) == ["padi", "gabah, kering"]
    assert (row["native_id"], row["published_at"], row["gone_at"]) == ("007", "2025-07-10T00:00:00+00:00", "")
    assert (tmp_path / "a.csv").read_bytes().startswith(b"id,outlet,url,title,text,")
    assert b"\r\n" in (tmp_path / "a.csv").read_bytes()


def test_no_cell_is_a_formula_and_the_datasheet_counts_them(shelf: Shelf, tmp_path: Path) -> None:
    export(shelf, tmp_path / "a.csv")
    rows = read(tmp_path / "a.csv")
    assert rows[id_of("laut")]["title"] == '\'=HYPERLINK("https://jahat.example","klik")'
    assert rows[id_of("laut")]["text"] == "'-5 derajat di puncak."
    cells = [cell for row in rows.values() for cell in row.values()]
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in cells)
    notes = json.loads((tmp_path / "a.csv.datasheet.json").read_text())["notes"]
    assert any("1 in `title`, 1 in `text`" in note for note in notes)
    assert any("Excel cuts cells" in note and "1 in `text`" in note for note in notes)
    export(shelf, tmp_path / "a.jsonl")
    assert '"-5 derajat di puncak."' in (tmp_path / "a.jsonl").read_text()


@pytest.mark.parametrize("table", ["--revisions", "--stories", "--captures", "--no-texts"])
def test_every_table_has_a_header_and_its_rows(shelf: Shelf, tmp_path: Path, table: str) -> None:
    done = export(shelf, tmp_path / "a.csv", table)
    with (tmp_path / "a.csv").open(newline="") as file:
        header, *rows = csv.reader(file, strict=True)
    assert len(rows) == int(done.output.split()[0])
    assert {len(row) for row in rows} <= {len(header)}
    assert "outlet" in header


def test_spreadsheet_formats_hold_one_table(shelf: Shelf, tmp_path: Path) -> None:
    words = [
        "export",
        "--to",
        str(tmp_path / "a.csv"),
        "--revisions",
        "--stories",
        "--archive",
        str(shelf.archive.path),
    ]
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 2
    assert "one file holds one table" in done.stderr
