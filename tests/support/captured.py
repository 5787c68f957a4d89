"""Hold the captures of a real crawl against its WARC files: what every row says must stand in a file, byte for byte."""

import subprocess
import sys
from pathlib import Path
from typing import Any

from archive.warc.files import files_of
from archive.warc.owner import warc_folder
from archive.warc.records import decode
from kickcrawl.fingerprint import bytes_digest
from tests.support.crawling import rows

WARCIO = Path(sys.executable).parent / "warcio"


def captures(archive: Path) -> list[dict[str, Any]]:
    """Return the rows of the table captures, in the order of fetching."""
    return rows(archive, "SELECT * FROM captures ORDER BY id")


def check_captures(archive: Path) -> None:
    """Check that each capture's record is there with the body that its row says, and each article's capture, too."""
    held: dict[int, str] = {}
    for row in captures(archive):
        with (warc_folder(archive) / row["file"]).open("rb") as file:
            file.seek(row["offset"])
            data = file.read(row["size"])
        record = decode(data)
        assert bytes_digest(data) == row["record_digest"]
        assert (record.url, record.date, record.status) == (row["url"], row["fetched_at"], row["status"])
        assert record.problems == ()
        assert record.kind == ("response" if row["original_id"] is None else "revisit")
        held[row["id"]] = bytes_digest(record.payload) if record.kind == "response" else held[row["original_id"]]
        assert held[row["id"]] == row["digest"] == record.fields["WARC-Payload-Digest"]
    told = "SELECT capture_id FROM articles UNION SELECT capture_id FROM revisions"
    assert {row["capture_id"] for row in rows(archive, told)} <= held.keys()


def warcio_check(*files: Path) -> None:
    """Check that warcio finds no error in any of *files*."""
    assert files
    done = subprocess.run([WARCIO, "check", *files], capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def warc_files(archive: Path) -> list[Path]:
    """Return the WARC files beside *archive*."""
    return files_of(warc_folder(archive))
