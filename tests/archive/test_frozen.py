"""Archives where nothing can be written: each command that reads opens them, in one sentence where it cannot."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from archive.lock import is_locked, lock_run
from kickcrawl import CHECKOUT
from tests.support.replayable import make_archive

KICKCRAWL = Path(sys.executable).parent / "kickcrawl"
# Root ignores modes but without this capability; another user might not be let into root's own Python.
BOUND = ("setpriv", "--bounding-set", "-dac_override")
READING = (
    ["status"], ["search", "bernomor"], ["show", "https://warta.example/1-panen-raya/"], ["stories"],
    ["history", "https://warta.example/1-panen-raya/"], ["verify", "--head"],
    ["export", "--to", "{out}/a.jsonl"], ["export", "--to", "{out}/a.warc.gz"], ["export", "--to", "{out}/a.wacz"],
    ["backup", "{out}/salinan.db"],
)  # fmt: skip
SERVE = """
import asyncio, sys
from pathlib import Path
import httpx
from archive.site.app import site
async def ask():
    served = httpx.ASGITransport(site(Path(sys.argv[1])))
    async with httpx.AsyncClient(transport=served, base_url="http://arsip") as client:
        print((await client.get("/search?q=bernomor")).status_code)
asyncio.run(ask())
"""


@pytest.fixture
def frozen(tmp_path: Path) -> Iterator[Path]:
    """An archive of three articles, in a folder that cannot be written."""
    if os.geteuid() == 0 and shutil.which("setpriv") is None:
        pytest.skip("root writes everywhere, and setpriv (util-linux) is not installed")
    folder = tmp_path / "arsip"
    folder.mkdir()
    make_archive(folder / "archive.db", 3, ("article",))
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    yield folder / "archive.db"
    folder.chmod(0o755)


def run(*command: object) -> subprocess.CompletedProcess[str]:
    """Run a command as a user whom modes bind."""
    bound = BOUND if os.geteuid() == 0 else ()
    return subprocess.run(
        [*bound, *map(str, command)], cwd=CHECKOUT, capture_output=True, text=True, timeout=300, check=False
    )


def kickcrawl(archive: Path, *words: object) -> subprocess.CompletedProcess[str]:
    return run(KICKCRAWL, words[0], "--archive", archive, *words[1:])


@pytest.mark.parametrize("words", READING, ids=lambda words: " ".join(words[:2]))
def test_reading_command_opens_an_archive_in_a_folder_that_cannot_be_written(
    frozen: Path, tmp_path: Path, words: list[str]
) -> None:
    before = {path.name for path in frozen.parent.iterdir()}
    done = kickcrawl(frozen, *(word.format(out=tmp_path) for word in words))
    assert (done.returncode, done.stderr) == (0, "")
    assert {path.name for path in frozen.parent.iterdir()} == before


def test_verify_checks_what_it_can_and_says_what_it_left_out(frozen: Path) -> None:
    done = kickcrawl(frozen, "verify")
    assert (done.returncode, done.stderr) == (0, "")
    whole, _, left_out = done.stdout.splitlines()
    assert whole.startswith("all is as it was stored: 3 articles")
    assert left_out.startswith("left out: whether the full-text index is that of the articles")


def test_verify_finds_a_fault_there(frozen: Path) -> None:
    [warc] = frozen.parent.glob("warc/*.warc.gz")
    data = bytearray(warc.read_bytes())
    data[len(data) // 2] ^= 1
    warc.chmod(0o644)
    warc.write_bytes(data)
    done = kickcrawl(frozen, "verify")
    assert (done.returncode, done.stdout) == (1, "")
    assert "is damaged" in done.stderr


def test_site_shows_it(frozen: Path) -> None:
    done = run(sys.executable, "-c", SERVE, frozen)
    assert (done.stdout, done.stderr) == ("200\n", "")


def test_log_with_its_index_is_read(frozen: Path) -> None:
    with closing(sqlite3.connect(frozen)) as writer:
        writer.execute("UPDATE articles SET title = 'Judul baru'")
        writer.commit()
        done = kickcrawl(frozen, "show", "https://warta.example/1-panen-raya/")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Judul baru\n")


def test_log_that_cannot_be_read_is_told_in_one_sentence(frozen: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(frozen)) as writer:
        writer.execute("UPDATE articles SET title = 'Judul baru'")
        writer.commit()
        shutil.copyfile(f"{frozen}-wal", tmp_path / "log")
    shutil.copyfile(tmp_path / "log", f"{frozen}-wal")  # as on a medium that was copied while a crawl ran
    done = kickcrawl(frozen, "status")
    assert (done.returncode, done.stdout) == (1, "")
    [line] = done.stderr.splitlines()
    assert line.endswith("copy both files to a folder of your own and name that")


def test_command_that_writes_says_that_it_cannot(frozen: Path) -> None:
    done = kickcrawl(frozen, "retry")
    assert done.returncode == 1
    [line] = done.stderr.splitlines()
    assert "cannot be" in line


def test_read_only_medium(frozen: Path, tmp_path: Path) -> None:
    mount = tmp_path / "cakram"
    mount.mkdir()
    script = 'mount --bind "$1" "$2" && mount -o remount,bind,ro "$2" && shift 2 && exec "$@"'
    words = ["unshare", "--mount", "sh", "-c", script, "-", frozen.parent, mount]
    told = [*words, KICKCRAWL, "verify", "--archive", mount / "archive.db"]
    done = subprocess.run(told, capture_output=True, text=True, timeout=300, check=False, cwd=CHECKOUT)
    if "mount:" in done.stderr or "unshare:" in done.stderr:
        pytest.skip(f"this machine lets nobody mount: {done.stderr.strip()}")
    assert (done.returncode, done.stderr) == (0, "")
    assert "left out" in done.stdout


def test_reader_is_told_whether_a_run_goes_on(frozen: Path) -> None:
    ask = "\n".join(
        (
            "import pathlib, sys",
            "from archive.lock import is_locked",
            "print(is_locked(pathlib.Path(sys.argv[1]), 'warta'))",
        )
    )
    assert run(sys.executable, "-c", ask, frozen).stdout == "False\n"
    with lock_run(frozen, "warta"):
        assert run(sys.executable, "-c", ask, frozen).stdout == "True\n"
        assert is_locked(frozen, "warta")
    assert run(sys.executable, "-c", ask, frozen).stdout == "False\n"
