"""Checks that are run in processes find what they find here, and large files are checked piece by piece."""

import gzip
import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from archive.captures import Captures
from archive.database import Archive, open_archive
from archive.runs import end_run, start_run
from archive.verify import files
from archive.verify.archive import verify
from archive.verify.checks import Check, run_checks
from archive.verify.tables import database_checks
from archive.warc.files import files_of
from archive.warc.owner import warc_folder
from kickcrawl.errors import ArchiveError
from tests.support.exchanges import INFO, exchange
from tests.support.storing import NOW, OUTLET

_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table'"


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """An archive of one run and 40 captures."""
    with closing(open_archive(tmp_path / "archive.db", create=True)) as archive:
        run_id = start_run(archive, OUTLET, {}, NOW)
        captures = Captures(warc_folder(archive.path))
        captures.begin(archive, "warta", run_id, INFO)
        for number in range(40):
            captures.keep(archive, "warta", run_id, exchange(number, 500))
        end_run(archive, run_id, "complete", NOW, counts={}, seeds=[])
        captures.end(archive, "warta")
        yield archive


def checks_of(archive: Archive, piece: int) -> list[Check]:
    return files.file_checks(archive, dict.fromkeys(files.file_names(archive), 0), piece=piece)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("near_keys (number, article_key) VALUES (7, 99)", "near_keys refers to one of articles that is not there"),
        ("records VALUES ('a.warc.gz', 0, 1, 'sha256:0', 99)", "records refers to one of runs that is not there"),
        (
            "frontier_seeds (url, seed, named_at) VALUES ('https://warta.example/x', 'feed', '')",
            "frontier_seeds refers to one of frontier that is not there (url https://warta.example/x)",
        ),
        ("layouts (outlet, body, share, since) VALUES ('lain', '', 1, '')", "layouts refers to one of outlets that is"),
    ],
)
def test_row_that_refers_to_nothing_is_named(archive: Archive, row: str, told: str) -> None:
    archive.write("PRAGMA foreign_keys = OFF")
    archive.write(f"INSERT INTO {row}")
    with pytest.raises(ArchiveError, match=re.escape(told)):
        run_checks(archive, database_checks(archive, 0))


def test_every_reference_of_the_schema_is_checked(archive: Archive) -> None:
    told = sum(len(archive.rows(f"PRAGMA foreign_key_list({row['name']})")) for row in archive.rows(_TABLES))
    assert len(database_checks(archive, 0)) == told + 1 > 20


@pytest.mark.parametrize("piece", [1_000, 7_000, 1_000_000])
def test_pieces_of_a_file_hold_all_its_records(archive: Archive, piece: int) -> None:
    checks = checks_of(archive, piece)
    assert (len(checks) > 1) == (piece < 1_000_000)
    assert sum(run_checks(archive, checks)) == 81


@pytest.mark.parametrize("harm", ["flip", "insert", "cut"])
def test_fault_in_any_piece_is_found(archive: Archive, harm: str) -> None:
    [path] = files_of(warc_folder(archive.path))
    whole = path.read_bytes()
    for at in range(200, len(whole), 3_000):
        harmed = {
            "flip": whole[:at] + bytes((whole[at] ^ 1,)) + whole[at + 1 :],
            "insert": whole[:at] + gzip.compress(b"sisipan") + whole[at:],
            "cut": whole[:at],
        }
        path.write_bytes(harmed[harm])
        with pytest.raises(ArchiveError, match=r"warc\.gz"):
            run_checks(archive, checks_of(archive, 2_000))


def test_in_processes_the_same_is_counted_and_the_fault_is_told(archive: Archive) -> None:
    asked, done = verify(archive), list[str]()
    spread = {"processes": 2, "min_spread": 0}
    here = run_checks(archive, [*asked.checks, *asked.files])
    assert run_checks(archive, [*asked.checks, *asked.files], lambda check: done.append(check.what), **spread) == here
    assert sorted(done) == sorted(check.what for check in (*asked.checks, *asked.files))
    archive.write("UPDATE captures SET record_digest = 'sha256:0' WHERE id = 7")
    with pytest.raises(ArchiveError, match=r"the chain vouches for run 1|its digest is another"):
        run_checks(archive, [*asked.checks, *asked.files], **spread)
