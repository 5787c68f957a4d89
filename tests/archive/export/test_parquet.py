"""Parquet keeps types in every reader, folders by outlet and month are one table, datasets for the hub have a card."""

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from archive.export.columns import article_columns
from archive.export.readers import reader_arguments
from kickcrawl import CHECKOUT
from kickcrawl.article import Claim, Image, Moment
from spiders.cli import main
from tests.support.optional import needs_analysis
from tests.support.storing import Shelf, id_of, shelf_in, url_of

AT = datetime(2025, 7, 31, 17, 30, tzinfo=UTC)  # the first of August in Lombok


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    with shelf_in(tmp_path) as shelf:
        # More rows without a value than readers look at before they decide on a type.
        for number in range(150):
            shelf.put(f"bare-{number}", "Tanpa tanggal.")
        shelf.put(
            "lengkap", "Petani memanen padi.", native_id="007", published_at=AT, published_offset=480,
            modified_at=AT, tags=("padi", "gabah"), images=(Image(url=url_of("a.jpg"), caption="Sawah"),),
            origins={"tags": "rest"},
            disagreements=(Claim(field="published_at", source="feed", value=Moment(AT, 480)),),
        )  # fmt: skip
        shelf.put("cabai", "Harga cabai turun.", outlet="kabar", published_at=datetime(2025, 6, 1, tzinfo=UTC))
        yield shelf


def export(shelf: Shelf, *options: str | Path) -> Result:
    words = ["export", *map(str, options), "--archive", str(shelf.archive.path)]
    return CliRunner().invoke(main, words, catch_exceptions=False)


def frames(path: Path) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of the full article by each reader, as Python values."""
    import duckdb
    import pandas
    import polars

    wanted = id_of("lengkap")
    frame = pandas.read_parquet(path)
    relation = duckdb.connect().execute("SELECT * FROM read_parquet($1) WHERE id = $2", [str(path), wanted])
    names = [column[0] for column in relation.description]
    return {
        "pandas": frame[frame["id"] == wanted].to_dict("records"),
        "polars": polars.read_parquet(path).filter(polars.col("id") == wanted).to_dicts(),
        "duckdb": [dict(zip(names, row, strict=True)) for row in relation.fetchall()],
    }


@needs_analysis
def test_types_are_right_in_every_reader(shelf: Shelf, tmp_path: Path) -> None:
    assert export(shelf, "--to", tmp_path / "a.parquet").output.startswith("152 articles")
    for reader, (row,) in frames(tmp_path / "a.parquet").items():
        assert (row["native_id"], row["published_offset"]) == ("007", 480), reader
        assert row["published_at"] == AT, reader
        assert list(row["tags"]) == ["padi", "gabah"], reader
        assert [dict(image) for image in row["images"]] == [
            {"url": url_of("a.jpg"), "caption": "Sawah", "credit": None}
        ], reader
        assert [dict(one) for one in row["origins"]] == [{"name": "tags", "value": "rest"}], reader
        assert json.loads(row["disagreements"][0]["value"])["offset"] == 480, reader


@needs_analysis
@pytest.mark.parametrize("table", ["--revisions", "--stories", "--captures", "--no-texts"])
def test_every_table_can_be_written(shelf: Shelf, tmp_path: Path, table: str) -> None:
    import polars

    done = export(shelf, "--to", tmp_path / "a.parquet", table)
    assert len(polars.read_parquet(tmp_path / "a.parquet")) == int(done.output.split()[0])


def test_folder_of_no_articles_is_not_made(shelf: Shelf, tmp_path: Path) -> None:
    asked = ["export", "--to", str(tmp_path / "a.parquet"), "--partition", "--search", "gempa"]
    done = CliRunner().invoke(main, [*asked, "--archive", str(shelf.archive.path)])
    assert (done.exit_code, list(tmp_path.glob("a.parquet*"))) == (2, [])
    assert "of none no folder is made" in done.stderr


@needs_analysis
def test_folder_has_a_file_for_each_outlet_and_month_of_its_clock(shelf: Shelf, tmp_path: Path) -> None:
    import duckdb
    import pandas
    import polars

    folder = tmp_path / "semua.parquet"
    assert export(shelf, "--to", folder, "--partition").output.startswith("152 articles")
    assert sorted(str(path.relative_to(folder)) for path in folder.rglob("*.parquet")) == [
        "outlet=kabar/month=2025-06/0.parquet", "outlet=warta/month=2025-08/1.parquet",
        "outlet=warta/month=undated/0.parquet",
    ]  # fmt: skip
    wanted = [("kabar", "2025-06", 1), ("warta", "2025-08", 1), ("warta", "undated", 150)]
    sql = f"SELECT outlet, month, count(*) FROM '{folder}/*/*/*.parquet' GROUP BY ALL ORDER BY ALL"
    assert duckdb.connect().execute(sql).fetchall() == wanted
    frame = pandas.read_parquet(folder).groupby(["outlet", "month"], observed=True).size()
    assert [(*key, count) for key, count in frame.items()] == wanted
    lazy = polars.scan_parquet(folder, hive_partitioning=True).group_by("outlet", "month").len().collect()
    assert sorted(lazy.rows()) == wanted
    sheet = json.loads((tmp_path / "semua.parquet.datasheet.json").read_text())
    assert len(sheet["files"]) == 3
    assert (
        "is there already"
        in CliRunner()
        .invoke(main, ["export", "--to", str(folder), "--partition", "--archive", str(shelf.archive.path)])
        .stderr
    )


@needs_analysis
def test_row_groups_are_bounded_and_whole(shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import pyarrow.parquet

    monkeypatch.setattr("archive.export.tables.BATCH", 20)
    monkeypatch.setattr("archive.export.parquet.MAX_ROWS", 50)
    export(shelf, "--to", tmp_path / "a.parquet")
    told = pyarrow.parquet.ParquetFile(tmp_path / "a.parquet").metadata
    assert [told.row_group(number).num_rows for number in range(told.num_row_groups)] == [60, 60, 32]


@needs_analysis
@pytest.mark.parametrize("ending", ["csv", "jsonl"])
def test_types_survive_text_formats_as_the_datasheet_says(shelf: Shelf, tmp_path: Path, ending: str) -> None:
    import duckdb
    import pandas
    import polars

    path = tmp_path / f"a.{ending}"
    export(shelf, "--to", path)
    readers = json.loads(path.with_name(f"{path.name}.datasheet.json").read_text())["tables"]["articles"]["readers"]
    read = pandas.read_csv if ending == "csv" else pandas.read_json
    frame = read(path, **readers[f"pandas.read_{'csv' if ending == 'csv' else 'json'}"])
    row = frame[frame["id"] == id_of("lengkap")].iloc[0]
    assert (row["native_id"], row["published_offset"], row["published_at"]) == ("007", 480, AT)
    assert str(frame["published_at"].dtype).endswith("UTC]")
    if ending == "csv":
        types = {name: getattr(polars, kind) for name, kind in readers["polars.read_csv"]["schema_overrides"].items()}
        row = polars.read_csv(path, schema_overrides=types).filter(polars.col("id") == id_of("lengkap")).to_dicts()[0]
        assert (row["native_id"], row["published_offset"]) == ("007", 480)
        relation = duckdb.read_csv(str(path), **readers["duckdb.read_csv"])
    else:
        relation = duckdb.read_json(str(path), **readers["duckdb.read_json"])
    found = relation.filter(f"id = '{id_of('lengkap')}'").select("native_id, published_offset, published_at").fetchall()
    assert found == [("007", 480, AT)]


def test_readers_are_told_all_columns() -> None:
    columns = article_columns()
    assert set(reader_arguments(".csv", columns)["duckdb.read_csv"]["dtype"]) == {column.name for column in columns}
    assert reader_arguments(".parquet", columns) == {}


@needs_analysis
def test_dataset_for_the_hub_has_a_card_that_names_its_tables(shelf: Shelf, tmp_path: Path) -> None:
    import polars

    folder = tmp_path / "kumpulan"
    done = export(shelf, "--hf", folder, "--revisions", "--stories")
    assert done.output == f"304 records written to {folder}\n"
    _, front, page = (folder / "README.md").read_text().split("---\n", 2)
    card = yaml.safe_load(front)
    assert [config["config_name"] for config in card["configs"]] == ["articles", "revisions", "stories"]
    assert (card["language"], card["size_categories"]) == (["id"], ["n<1K"])
    assert "# Articles of Kabar, Warta" in page
    for config, count in zip(card["configs"], (152, 152, 0), strict=True):
        (data,) = config["data_files"]
        assert len(polars.read_parquet(folder / data["path"])) == count
    assert json.loads((folder / "datasheet.json").read_text())["tables"]["articles"]["records"] == 152


@pytest.mark.parametrize("options", [["--to", "a.parquet"], ["--hf", "kumpulan"]], ids=["parquet", "hub"])
def test_missing_package_is_told_in_one_sentence_and_nothing_is_left(
    shelf: Shelf, tmp_path: Path, options: list[str]
) -> None:
    script = "import sys; sys.modules['pyarrow'] = None; from spiders.cli import main; main()"
    command = [sys.executable, "-c", script, "export", *options, "--archive", str(shelf.archive.path)]
    folder = tmp_path / "kosong"
    folder.mkdir()
    done = subprocess.run(
        command, cwd=folder, env={"PYTHONPATH": str(CHECKOUT)}, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 2
    assert done.stderr == "kickcrawl: Parquet needs the package pyarrow: run `make analysis`, then give it again\n"
    assert list(folder.iterdir()) == []
