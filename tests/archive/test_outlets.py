"""Rows of outlets: each column of the table is filled from the outlet's file."""

from pathlib import Path

from archive.database import open_archive
from archive.outlets import COLUMNS, outlet_row, write_outlet
from kickcrawl.outlet import load_outlets, outlet_folders


def test_every_column_that_the_file_describes_is_written_and_written_over(tmp_path: Path) -> None:
    row = outlet_row(load_outlets(outlet_folders())["kicknews"])
    archive = open_archive(tmp_path / "archive.db", create=True)
    write_outlet(archive, {**row, "name": "Nama lama"})
    write_outlet(archive, row)
    stored = archive.rows("SELECT * FROM outlets")
    archive.close()
    assert [dict(one) for one in stored] == [{**row, "readers": None}]
    assert tuple(stored[0].keys()) == (*COLUMNS, "readers")  # what read its pages last: archive.doubts.retry writes it
