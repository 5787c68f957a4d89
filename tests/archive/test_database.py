"""Opening an archive and writing to it: what is no archive of ours is refused in one sentence and left as it was."""

import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from archive.database import Archive, open_archive
from archive.version import APPLICATION_ID, SCHEMA, VERSION
from kickcrawl import CHECKOUT
from kickcrawl.errors import ArchiveError
from tests.support.storing import shelf_in

NOBODY = 65534  # the user id that owns nothing
TEXT = "Panen raya di Desa Sukarara."
# Opens each archive that is named on stdin, and says how that went.
OPENER = """
import sys
from pathlib import Path
from archive.database import open_archive
for line in sys.stdin:
    try:
        archive = open_archive(Path(line.rstrip()), create=True)
        print("ok", archive.value("SELECT count(*) FROM runs"), flush=True)
        archive.close()
    except Exception as error:
        print(type(error).__name__, error, flush=True)
"""
# As a user who is not root, opens the archive with what else was asked for, and says what was refused.
STRANGER = f"""
import os, sys
from pathlib import Path
from archive.database import open_archive
from kickcrawl.errors import ArchiveError
if os.geteuid() == 0:
    try:
        os.setuid({NOBODY})
    except OSError:
        sys.exit("root stays root")
try:
    open_archive(Path(sys.argv[1]), create=sys.argv[2] == "create").close()
except ArchiveError as error:
    print(error)
"""


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with closing(open_archive(tmp_path / "archive.db", create=True)) as archive:
        yield archive


def count(archive: Archive, table: str = "outlets") -> int:
    return int(archive.value(f"SELECT count(*) FROM {table}"))


def add_outlet(archive: Archive, slug: str) -> None:
    archive.write(
        "INSERT INTO outlets (slug, name, timezone, platform, home) "
        "VALUES (:slug, 'Warta', 'Asia/Makassar', 'generic', 'https://warta.example/')",
        {"slug": slug},
    )


def test_new_archive_says_in_its_header_whose_it_is_and_of_which_version(tmp_path: Path) -> None:
    path = tmp_path / "baru" / "dalam" / "archive.db"
    open_archive(path, create=True).close()
    with closing(sqlite3.connect(path)) as plain:
        assert plain.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
        assert plain.execute("PRAGMA user_version").fetchone()[0] == VERSION
    assert path.read_bytes()[68:72] == b"kick"  # where SQLite's header has the application id


def test_archive_is_opened_again_as_it_was_left(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    with closing(open_archive(path, create=True)) as archive:
        add_outlet(archive, "warta")
    for options in ({}, {"create": True}, {"read_only": True}):
        with closing(open_archive(path, **options)) as archive:
            assert count(archive) == 1


@pytest.mark.parametrize("name", ["arsip warta.db", "arsip#1.db", "arsip?mode=ro.db", "100%25.db", "berita-ñ.db"])
def test_archive_may_have_any_name(tmp_path: Path, name: str) -> None:
    with closing(open_archive(tmp_path / name, create=True)) as archive:
        add_outlet(archive, "warta")
    assert (tmp_path / name).stat().st_size > 0


def make_foreign(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE resep (nama TEXT)")
        other.commit()


def make_foreign_in_wal_mode(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("PRAGMA application_id = 7")
        other.execute("CREATE TABLE resep (nama TEXT)")
        other.commit()


def make_newer(path: Path) -> None:
    open_archive(path, create=True).close()
    with closing(sqlite3.connect(path)) as later:
        later.execute(f"PRAGMA user_version = {VERSION + 1}")


def make_text(path: Path) -> None:
    path.write_text("Catatan rapat redaksi, Senin pagi.\n" * 40)


@pytest.mark.parametrize("options", [{}, {"create": True}, {"read_only": True}], ids=["open", "create", "read"])
@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        pytest.param(make_foreign, "this is a database of another program", id="another program's"),
        pytest.param(make_foreign_in_wal_mode, "this is a database of another program", id="another program's, in WAL"),
        pytest.param(make_newer, f"of version {VERSION + 1}, newer than this kickcrawl", id="newer"),
        pytest.param(make_text, "this is no SQLite database", id="no database"),
    ],
)
def test_what_is_no_archive_of_ours_is_refused_and_left_as_it_was(
    tmp_path: Path, make: Callable[[Path], None], sentence: str, options: dict[str, bool]
) -> None:
    path = tmp_path / "archive.db"
    make(path)
    before, stood = path.read_bytes(), {file.name for file in tmp_path.iterdir()}
    with pytest.raises(ArchiveError, match=sentence) as caught:
        open_archive(path, **options)
    assert str(caught.value).startswith(f"{path}: ")
    assert "\n" not in str(caught.value)
    assert path.read_bytes() == before
    left = {file.name for file in tmp_path.iterdir()}
    assert left <= stood | {"archive.db", "archive.db-wal", "archive.db-shm"}  # a reader may leave WAL's files behind


SQLITE = shutil.which("sqlite3")


def copy_with(command: str, path: Path, copy: Path) -> None:
    """Copy an archive with a command of sqlite3's shell; what .dump prints is run on *copy*."""
    assert SQLITE is not None
    told = [SQLITE, path, command.format(copy=copy)]
    done = subprocess.run(told, capture_output=True, text=True, timeout=60, check=False)
    if command == ".dump":
        subprocess.run([SQLITE, copy], input=done.stdout, text=True, timeout=60, check=True)


@pytest.mark.skipif(SQLITE is None, reason="sqlite3's shell is not installed")
@pytest.mark.parametrize("command", [".dump", ".clone {copy}"])
@pytest.mark.parametrize("options", [{}, {"read_only": True}], ids=["open", "read"])
def test_copy_that_lost_the_numbers_in_its_header_is_recognised(
    tmp_path: Path, command: str, options: dict[str, bool]
) -> None:
    copy = tmp_path / "salinan.db"
    with shelf_in(tmp_path) as shelf:
        shelf.put("panen", TEXT)
    copy_with(command, tmp_path / "archive.db", copy)
    with closing(open_archive(copy, **options)) as archive:
        assert archive.value("SELECT text FROM articles") == TEXT
        assert archive.count("SELECT count(*) FROM articles_fts WHERE articles_fts MATCH 'panen'") == 1
        told = archive.value("PRAGMA application_id"), archive.value("PRAGMA user_version")
        assert told == ((0, 0) if options else (APPLICATION_ID, VERSION))


@pytest.mark.skipif(SQLITE is None, reason="sqlite3's shell is not installed")
@pytest.mark.parametrize("options", [{}, {"read_only": True}], ids=["open", "read"])
def test_copy_without_its_full_text_index_is_refused(tmp_path: Path, options: dict[str, bool]) -> None:
    with shelf_in(tmp_path) as shelf:
        shelf.put("panen", TEXT)
        shelf.archive.write("VACUUM")  # it changes the order in which .clone meets the index and its own tables
    copy_with(".clone {copy}", tmp_path / "archive.db", tmp_path / "salinan.db")
    with pytest.raises(ArchiveError, match="copy the archive with: kickcrawl backup FILE"):
        open_archive(tmp_path / "salinan.db", **options)


@pytest.mark.parametrize("options", [{}, {"read_only": True}], ids=["open", "read"])
def test_copy_whose_full_text_index_finds_nothing_is_refused(tmp_path: Path, options: dict[str, bool]) -> None:
    with shelf_in(tmp_path) as shelf:
        shelf.put("panen", TEXT)
        # as .clone of sqlite3 3.40 left a crawled archive: the index is there, and nothing is found in it
        shelf.archive.write("INSERT INTO articles_fts (articles_fts) VALUES ('delete-all')")
        shelf.archive.connection.executescript("PRAGMA application_id = 0; PRAGMA user_version = 0")
    with pytest.raises(ArchiveError, match="copy the archive with: kickcrawl backup FILE"):
        open_archive(tmp_path / "archive.db", **options)


@pytest.mark.parametrize("options", [{}, {"read_only": True}], ids=["open", "read"])
def test_empty_file_is_told_and_not_made_an_archive(tmp_path: Path, options: dict[str, bool]) -> None:
    (tmp_path / "archive.db").touch()
    with pytest.raises(ArchiveError, match="this file is empty: crawl first"):
        open_archive(tmp_path / "archive.db", **options)
    assert [(file.name, file.stat().st_size) for file in tmp_path.iterdir()] == [("archive.db", 0)]


def test_file_in_place_of_the_archives_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").touch()
    with pytest.raises(ArchiveError, match=f"{tmp_path}/data is a file, not a folder; name another place"):
        open_archive(tmp_path / "data" / "archive.db", create=True)


@pytest.mark.parametrize("options", [{}, {"read_only": True}], ids=["open", "read"])
def test_missing_archive_is_not_made_by_asking_for_it(tmp_path: Path, options: dict[str, bool]) -> None:
    with pytest.raises(ArchiveError, match="there is no archive here; crawl first"):
        open_archive(tmp_path / "archive.db", **options)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "options",
    [
        pytest.param({}, id="open"),
        pytest.param({"create": True}, id="create"),
        pytest.param(
            {"read_only": True},
            id="read",
        ),
    ],
)
def test_folder_in_the_place_of_an_archive_is_refused(tmp_path: Path, options: dict[str, bool]) -> None:
    with pytest.raises(ArchiveError, match="cannot be opened"):
        open_archive(tmp_path, **options)


def test_file_in_the_place_of_the_archives_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("catatan")
    with pytest.raises(ArchiveError, match="data/archive.db: "):
        open_archive(tmp_path / "data" / "archive.db", create=True)
    assert (tmp_path / "data").read_text() == "catatan"


@pytest.fixture
def common() -> Iterator[Path]:
    """A folder that every user of this machine can reach (pytest's own are closed to others)."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def open_as_stranger(path: Path, how: str) -> str:
    command = [sys.executable, "-c", STRANGER, str(path), how]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, timeout=300, check=False)
    if "root stays root" in done.stderr:
        pytest.skip("this machine lets root become nobody else")
    assert done.stderr == ""
    return done.stdout


@pytest.mark.parametrize(
    ("how", "file_mode", "folder_mode"),
    [
        pytest.param("open", 0o444, 0o755, id="the file"),
        pytest.param("open", 0o666, 0o555, id="the folder, where WAL's files go"),
        pytest.param("create", None, 0o555, id="the folder, for a new archive"),
        pytest.param(
            "open",
            0o600,
            0o000,
            id="a folder that may not be entered",
        ),
    ],
)
def test_archive_that_may_not_be_written_is_refused_in_one_sentence_and_left_as_it_was(
    common: Path, how: str, file_mode: int | None, folder_mode: int
) -> None:
    path = common / "archive.db"
    if file_mode is not None:
        open_archive(path, create=True).close()
        path.chmod(file_mode)
    before = path.read_bytes() if path.exists() else None
    common.chmod(folder_mode)
    try:
        (sentence,) = open_as_stranger(path, how).splitlines()
    finally:
        common.chmod(0o755)
    assert re.match(rf"{re.escape(str(path))}: the archive cannot be (written|opened); check ", sentence)
    assert (path.read_bytes() if path.exists() else None) == before


def test_two_processes_may_make_the_same_new_archive_at_once(tmp_path: Path) -> None:
    command = [sys.executable, "-c", OPENER]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "cwd": CHECKOUT}
    openers = [subprocess.Popen(command, **pipes) for _ in range(2)]

    def ask(opener: subprocess.Popen[str], path: Path) -> None:
        opener.stdin.write(f"{path}\n")
        opener.stdin.flush()

    try:
        for number, opener in enumerate(openers):  # both have started
            ask(opener, tmp_path / f"{number}.db")
            assert opener.stdout.readline() == "ok 0\n"
        answers = []
        for turn in range(10):
            for opener in openers:
                ask(opener, tmp_path / f"bersama-{turn}.db")
            answers += [opener.stdout.readline() for opener in openers]
    finally:
        for opener in openers:
            opener.communicate(timeout=90)
    assert set(answers) == {"ok 0\n"}


def test_write_ahead_log_and_foreign_keys_are_on(archive: Archive) -> None:
    assert archive.value("PRAGMA journal_mode") == "wal"
    assert archive.value("PRAGMA foreign_keys") == 1
    with pytest.raises(ArchiveError, match="FOREIGN KEY"):
        archive.write("INSERT INTO seeds (outlet, seed) VALUES ('tidak-ada', 'rest')")


def test_reader_cannot_write(archive: Archive) -> None:
    with closing(open_archive(archive.path, read_only=True)) as reader, pytest.raises(ArchiveError, match="readonly"):
        add_outlet(reader, "warta")
    assert count(archive) == 0


def test_transaction_that_fails_leaves_nothing(archive: Archive) -> None:
    def add_two_and_fail() -> None:
        with archive.transaction():
            add_outlet(archive, "warta")
            add_outlet(archive, "kabar")
            raise KeyError("mati lampu")

    with pytest.raises(KeyError):
        add_two_and_fail()
    assert count(archive) == 0
    with archive.transaction():  # and the next one is its own
        add_outlet(archive, "warta")
    assert count(archive) == 1


def test_statement_that_fails_takes_its_transaction_with_it(archive: Archive) -> None:
    def add_twice() -> None:
        with archive.transaction():
            add_outlet(archive, "warta")
            add_outlet(archive, "warta")

    with pytest.raises(ArchiveError, match="UNIQUE"):
        add_twice()
    assert count(archive) == 0


def test_inner_transaction_joins_the_outer_one(archive: Archive) -> None:
    def add_two_and_fail() -> None:
        with archive.transaction():
            with archive.transaction():
                add_outlet(archive, "warta")
            assert archive.connection.in_transaction  # the inner one's end stored nothing yet
            raise KeyError("mati lampu")

    with pytest.raises(KeyError):
        add_two_and_fail()
    assert count(archive) == 0
    with archive.transaction(), archive.transaction():
        add_outlet(archive, "warta")
    assert count(archive) == 1


def test_lock_of_another_writer_is_waited_for(archive: Archive) -> None:
    with closing(sqlite3.connect(archive.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")

        def open_and_add() -> None:
            with closing(open_archive(archive.path, create=True)) as second:
                add_outlet(second, "kabar")

        writing = threading.Thread(target=open_and_add)
        writing.start()
        writing.join(timeout=0.3)
        is_waiting = writing.is_alive()
        other.execute("COMMIT")
        writing.join(timeout=90)
    assert is_waiting
    assert count(archive) == 1


@pytest.mark.parametrize(
    "write",
    [
        pytest.param(lambda archive: add_outlet(archive, "warta"), id="write"),
        pytest.param(lambda archive: archive.write_many("DELETE FROM runs WHERE id = :id", [{"id": 1}]), id="many"),
        pytest.param(lambda archive: archive.transaction().__enter__(), id="transaction"),
    ],
)
def test_lock_that_is_held_too_long_is_told_in_one_sentence(archive: Archive, write: Callable[[Archive], None]) -> None:
    archive.connection.execute("PRAGMA busy_timeout = 0")
    with closing(sqlite3.connect(archive.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(ArchiveError, match="another program has held the archive locked"):
            write(archive)
    add_outlet(archive, "kabar")  # the lock has gone


@pytest.mark.parametrize("ask", [Archive.rows, Archive.row, Archive.value, Archive.write])
def test_mistake_in_sql_is_an_archive_error(archive: Archive, ask: Callable[[Archive, str], object]) -> None:
    with pytest.raises(ArchiveError, match="tidak_ada") as caught:
        ask(archive, "SELECT * FROM tidak_ada")
    assert caught.value.path == archive.path


def tables() -> dict[str, list[str]]:
    """Return the lines of each table's definition in schema.sql."""
    blocks = re.findall(r"^CREATE TABLE (\w+) \((.*?)^\) ([^;]*);", SCHEMA.read_text(), re.MULTILINE | re.DOTALL)
    return {name: [*body.splitlines(), options] for name, body, options in blocks}


def test_every_column_of_every_table_is_explained(archive: Archive) -> None:
    silent = []
    for name, lines in tables().items():
        assert "--" in lines[0], f"{name} is not explained"
        for row in archive.rows(f"PRAGMA table_info({name})"):
            (line,) = (line for line in lines if re.match(rf"\s+{row['name']}\s+[A-Z]", line))
            if "--" not in line:
                silent.append(f"{name}.{row['name']}")
    assert silent == []


def test_every_table_is_strict(archive: Archive) -> None:
    known = {row["name"]: row["strict"] for row in archive.rows("PRAGMA table_list") if row["type"] == "table"}
    assert tables().keys() <= known.keys()
    loose = {name for name, strict in known.items() if not strict and not name.startswith(("sqlite_", "_sqlite_"))}
    assert loose == set()


def test_database_stays_whole_through_stored_articles(tmp_path: Path) -> None:
    with shelf_in(tmp_path) as shelf:
        for number in range(5):
            shelf.put(f"panen-{number}", f"{TEXT} {number}")
        assert shelf.archive.value("PRAGMA integrity_check") == "ok"
        assert shelf.archive.rows("PRAGMA foreign_key_check") == []


def test_writer_keeps_few_pages_of_the_file_in_memory_however_many_there_are(tmp_path: Path) -> None:
    with closing(open_archive(tmp_path / "archive.db", create=True)) as archive:
        kib = -(archive.number("PRAGMA cache_size") or 0)
    assert 8_192 < kib <= 16_384  # with 8 MiB more is read for each article that is stored
