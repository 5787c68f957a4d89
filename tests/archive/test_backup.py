"""Backups: whole and checked while others write, or not there at all."""

import os
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from archive.backup import back_up
from archive.database import open_archive
from kickcrawl import CHECKOUT
from kickcrawl.errors import ArchiveError, UsageError
from tests.newsroom import serve
from tests.support.crawling import crawl, value

KICKCRAWL = [sys.executable, "-m", "spiders.cli"]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("archive") / "archive.db"
    with serve(seed=71, articles=20) as site:
        assert crawl(path, site.base).status == 0
    return path


def run_backup(archive: Path, *arguments: object, limit: str = "unlimited") -> subprocess.CompletedProcess[str]:
    """Run the command as an operator does; *limit* is the largest file that it may write, in KiB."""
    words = [*KICKCRAWL, "backup", *map(str, arguments), "--archive", str(archive)]
    script = ["bash", "-c", f'ulimit -f {limit}; exec "$@"', "-", *words]
    return subprocess.run(script, cwd=CHECKOUT, capture_output=True, text=True, timeout=120, check=False)


def test_backup_holds_every_article_in_one_file(archive: Path, tmp_path: Path) -> None:
    target = tmp_path / "salinan.db"
    done = run_backup(archive, target)
    count = value(archive, "SELECT count(*) FROM articles")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"{count} articles backed up to {target}")
    assert [file.name for file in tmp_path.iterdir()] == ["salinan.db"]
    restored = open_archive(target)
    assert restored.value("SELECT count(*) FROM articles") == count
    assert restored.value("SELECT count(*) FROM articles_fts WHERE articles_fts MATCH 'dan'") > 0
    restored.close()


def test_backup_is_one_moment_of_an_archive_that_is_written_to(archive: Path, tmp_path: Path) -> None:
    copy = tmp_path / "archive.db"
    back_up(archive, copy)
    stop = threading.Event()

    def write() -> None:
        writer = open_archive(copy)
        while not stop.is_set():
            with writer.transaction():  # both or none
                writer.write("UPDATE runs SET counts = json_set(counts, '$.a', coalesce(counts ->> '$.a', 0) + 1)")
                writer.write("UPDATE runs SET counts = json_set(counts, '$.b', coalesce(counts ->> '$.b', 0) + 1)")
        writer.close()

    writing = threading.Thread(target=write)
    writing.start()
    try:
        for number in range(5):
            back_up(copy, tmp_path / f"{number}.db")
            pair = value(tmp_path / f"{number}.db", "SELECT json_array(counts ->> '$.a', counts ->> '$.b') FROM runs")
            first, second = pair.strip("[]").split(",")
            assert first == second
    finally:
        stop.set()
        writing.join()


def test_file_that_is_there_is_replaced_only_by_force(archive: Path, tmp_path: Path) -> None:
    target = tmp_path / "salinan.db"
    target.write_text("catatan")
    refused = run_backup(archive, target)
    assert refused.returncode == 2
    assert refused.stderr.startswith("kickcrawl: ")
    assert "--force" in refused.stderr
    assert target.read_text() == "catatan"
    assert run_backup(archive, target, "--force").returncode == 0
    assert value(target, "SELECT count(*) FROM articles") > 0


def test_full_disk_is_told_in_one_sentence_and_leaves_nothing(archive: Path, tmp_path: Path) -> None:
    target = tmp_path / "salinan.db"
    target.write_text("salinan lama")
    done = run_backup(archive, target, "--force", limit="200")
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith(f"kickcrawl: {target}: the backup could not be written")
    assert [file.name for file in tmp_path.iterdir()] == ["salinan.db"]
    assert target.read_text() == "salinan lama"


def test_what_cannot_be_a_backup_is_refused_in_one_sentence(archive: Path, tmp_path: Path) -> None:
    for target, error in (
        (tmp_path, UsageError),
        (archive, UsageError),
        (tmp_path / "tidak-ada" / "salinan.db", ArchiveError),
    ):
        with pytest.raises(error, match=target.name):
            back_up(archive, target, force=True)
    with pytest.raises(ArchiveError, match="crawl first"):
        back_up(tmp_path / "kosong.db", tmp_path / "salinan.db")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_folder_that_may_not_be_written_is_told(archive: Path, tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(ArchiveError, match="could not be written"):
        back_up(archive, tmp_path / "salinan.db")


def test_damaged_archive_makes_no_backup(archive: Path, tmp_path: Path) -> None:
    broken = tmp_path / "archive.db"
    back_up(archive, broken)
    connection = sqlite3.connect(broken)
    connection.execute("PRAGMA writable_schema = ON")
    connection.execute("UPDATE sqlite_master SET rootpage = 2 WHERE name = 'articles_by_digest'")
    connection.commit()
    connection.close()
    with pytest.raises(ArchiveError, match="damaged"):
        back_up(broken, tmp_path / "salinan.db")
    assert sorted(file.name for file in tmp_path.iterdir() if not file.name.endswith((".lock", "-shm", "-wal"))) == [
        "archive.db"
    ]
