"""An archive of any earlier version is brought to today's, however often that is killed on its way."""

import json
import multiprocessing
import os
import shutil
import signal
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from archive import database, heard
from archive.chain import NOTHING
from archive.database import Archive, open_archive, version_of
from archive.site.app import HERE
from archive.verify.archive import verify
from archive.verify.checks import run_checks
from archive.verify.since import verify_since
from archive.version import VERSION
from kickcrawl.errors import ArchiveError
from spiders.cli import main
from tests.support.earlier import SCHEMAS, make_earlier
from tests.support.serving import fill, serving
from tests.support.storing import Shelf, id_of, shelf_in, url_of

EARLIER = [version for version in SCHEMAS if version < VERSION]
Rows = dict[str, list[tuple[Any, ...]]]


@pytest.fixture(scope="module")
def today(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of today with some articles, of which some were edited."""
    with shelf_in(tmp_path_factory.mktemp("today")) as shelf:
        for number in range(40):
            put(shelf, number, "Petani memanen padi.")
            if number % 5 == 0:
                put(shelf, number, "Petani memanen padi dan jagung.")
        return shelf.archive.path


def put(shelf: Shelf, number: int, text: str) -> None:
    authors, tags = ("Ani", "Budi")[: number % 3], ("Panen", f"Dusun {number % 7}")
    shelf.put(f"panen-{number}", f"{text} Dusun {number}.", authors=authors, tags=tags, outlet=f"warta-{number % 2}")


@pytest.fixture(params=EARLIER)
def earlier(request: pytest.FixtureRequest, today: Path, tmp_path: Path) -> Path:
    """An archive of an earlier version."""
    return make_earlier(request.param, today, tmp_path / "archive.db")


def columns_of(path: Path) -> dict[str, list[str]]:
    """Return the columns of each table with rows of an archive."""
    with closing(sqlite3.connect(path)) as archive:
        tables = [row[0] for row in archive.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        kept = [name for name in tables if not name.startswith(("articles_fts", "articles_stems", "_sqlite"))]
        return {name: [row[1] for row in archive.execute(f"PRAGMA table_info({name})")] for name in kept}


def rows_of(path: Path, columns: dict[str, list[str]]) -> Rows:
    """Return what these columns hold, and the words of the full-text index."""
    with closing(sqlite3.connect(path)) as archive:
        archive.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab (main, articles_fts, instance)")
        asked = {name: f"SELECT {', '.join(names)} FROM {name}" for name, names in columns.items()}
        asked["the index"] = "SELECT * FROM temp.words"
        return {name: sorted(archive.execute(sql).fetchall(), key=repr) for name, sql in asked.items()}


class Deadly:
    """A stream that kills its process when it is written to for the n-th time."""

    def __init__(self, lines: int) -> None:
        self.lines = lines

    def write(self, text: str) -> None:
        self.lines -= text.endswith("\n")
        if self.lines <= 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def flush(self) -> None:
        """Nothing is held back."""


def open_and_die(path: Path, lines: int) -> None:
    """Open the archive in this process, which is killed in the middle of a step: steps tell of themselves all the time.

    What does not fit into the cache goes to the file's log before the transaction ends.
    """
    heard.TELL_EVERY, heard._LOOK_EVERY, database.CACHE_KIB = 0.0, 20, 16
    sys.stderr = Deadly(lines)
    open_archive(path).close()


def kill_updating(path: Path, lines: int) -> None:
    """Let another process update the archive, and kill it (SIGKILL) when it has said so many lines."""
    process = multiprocessing.get_context("fork").Process(target=open_and_die, args=(path, lines))
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL


def check(archive: Archive) -> None:
    """Check the structure, the references, the chain, the counts and the index; there are no WARC files."""
    run_checks(archive, verify(archive).checks)


def test_archive_of_any_earlier_version_has_the_same_rows_afterwards(earlier: Path, today: Path) -> None:
    columns = columns_of(earlier)
    columns.pop("articles_counts", None)  # later versions count more
    before = rows_of(earlier, columns)
    assert (len(before["articles"]), len(before.get("revisions") or before["revisions_kept"])) == (40, 48)
    assert before["the index"]
    with closing(open_archive(earlier)) as archive:
        assert version_of(archive) == VERSION
        check(archive)
        own = [row["text"] for row in archive.rows("SELECT text FROM revisions_kept WHERE text IS NOT NULL")]
        assert len(own) == 8  # of the first states of those that were edited; the others stand in articles
    assert rows_of(earlier, columns) == before
    counts = {"articles_counts": columns_of(today)["articles_counts"]}
    assert rows_of(earlier, counts) == rows_of(today, counts)


@pytest.mark.parametrize("version", [12, 19])
def test_archive_of_an_earlier_version_is_verified_where_nothing_can_be_written(
    version: int, today: Path, tmp_path: Path
) -> None:
    path = make_earlier(version, today, tmp_path / "archive.db")
    with closing(open_archive(path, read_only=True)) as archive:
        for what in (verify(archive), verify_since(archive, NOTHING)):
            run_checks(archive, what.checks)
        assert version_of(archive) == version


@pytest.mark.slow
def test_update_that_is_killed_again_and_again_loses_nothing(
    earlier: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:  # how much does an update say that tells of itself all the time?
        patch.setattr(heard, "TELL_EVERY", 0.0)
        patch.setattr(heard, "_LOOK_EVERY", 20)
        undisturbed = shutil.copy(earlier, earlier.with_name("undisturbed.db"))
        open_archive(Path(undisturbed)).close()
    said = capfd.readouterr().err.splitlines()
    in_a_step = [at for at, line in enumerate(said, 1) if "going on" in line]
    for share in (2, 3, 4):  # each time the rest is shorter
        kill_updating(earlier, max(2, in_a_step[len(in_a_step) // share] // share))
    with closing(open_archive(earlier)) as archive:
        check(archive)
    columns = columns_of(Path(undisturbed))
    assert rows_of(earlier, columns) == rows_of(Path(undisturbed), columns)


def test_update_says_what_it_does_step_by_step(today: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = make_earlier(12, today, tmp_path / "archive.db")
    open_archive(path).close()
    said = capfd.readouterr().err.splitlines()
    assert f"from version 12 to {VERSION}; killed on its way, the next start goes on" in said[0]
    assert said[0].endswith("`kickcrawl update` makes a copy first")
    assert said[1].startswith(f"kickcrawl: {path}: step 1 of ")
    assert said[-1] == f"kickcrawl: {path}: is of version {VERSION} now"
    open_archive(path).close()
    assert capfd.readouterr().err == ""


def update(path: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["update", *arguments, "--archive", str(path)])


def test_command_makes_a_copy_before_it_updates(today: Path, tmp_path: Path) -> None:
    path = make_earlier(12, today, tmp_path / "archive.db")
    done = update(path)
    assert done.exit_code == 0
    assert done.output.splitlines()[-1].startswith(f"{path} is of version {VERSION} now; as it was it is in {path}.ver")
    for file, version in ((f"{path}.version-12", 12), (path, VERSION)):
        with closing(sqlite3.connect(file)) as kept:
            assert kept.execute("PRAGMA user_version").fetchone() == (version,)
    assert update(path).output == f"{path} is of version {VERSION} already\n"


def test_command_makes_its_copy_where_it_is_asked_to_or_none(today: Path, tmp_path: Path) -> None:
    path = make_earlier(12, today, tmp_path / "archive.db")
    taken = tmp_path / "taken.db"
    taken.write_text("milik orang lain")
    assert (update(path, "--backup", str(taken)).exit_code, taken.read_text()) == (2, "milik orang lain")
    assert update(path, "--backup", str(taken), "--no-backup").exit_code == 2
    assert update(path, "--no-backup").exit_code == 0
    assert sorted(file.name for file in tmp_path.glob("*.db*") if "lock" not in file.name) == ["archive.db", "taken.db"]


def test_what_an_earlier_archive_lacks_is_told_with_what_to_do(today: Path, tmp_path: Path) -> None:
    path = make_earlier(12, today, tmp_path / "archive.db")
    with (
        closing(open_archive(path, read_only=True)) as archive,
        pytest.raises(ArchiveError, match=f"of version 12, and .* needs version {VERSION}: run `kickcrawl update`"),
    ):
        archive.rows("SELECT * FROM articles_counts")


def test_trial_of_a_reading_says_that_an_earlier_archive_is_to_be_updated_first(today: Path, tmp_path: Path) -> None:
    path = make_earlier(12, today, tmp_path / "archive.db")
    tried = CliRunner().invoke(main, ["reextract", "--dry-run", "--archive", str(path)])
    assert tried.exit_code == 1
    assert f"of version 12, and what is asked for needs version {VERSION}: run `kickcrawl update`" in tried.output
    assert not isinstance(tried.exception, IndexError)


@pytest.mark.parametrize("version", [1, 9, 12])
def test_earlier_archive_answers_what_it_can_where_nothing_can_be_written(
    version: int, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = make_earlier(version, fill(tmp_path), tmp_path / "earlier.db")
    shown = CliRunner().invoke(main, ["show", url_of("panen"), "--archive", str(path)])
    assert (shown.exit_code, shown.output.splitlines()[0]) == (0, "Panen bawang merah naik lagi")
    with serving(path) as site:
        for question in yaml.safe_load((HERE / "metadata.yaml").read_text())["databases"]["archive"]["queries"]:
            answer = site.get(f"/archive/{question}?word=panen&since=2025-01-01")
            assert (answer.status, "no such" in answer.text) == (200, False), question
        assert "Rina Andayani" in {
            row["author"] for row in json.loads(site.get("/archive/authors.json?_shape=array").text)
        }
        assert site.get(f"/article/{id_of('panen')}").status == 200
        about = site.get("/about")
    assert about.status == (200 if version > 6 else 503)
    assert about.status == 200 or "run `kickcrawl update`" in about.text
    assert f"{path} is of version {version}: some pages" in capfd.readouterr().err
