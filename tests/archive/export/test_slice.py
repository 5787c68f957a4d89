"""A slice is an archive: it verifies, holds what belongs to its articles, and says what was left out."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from archive.chain import read_head
from archive.database import open_archive
from archive.takedown.takedown import take_down
from archive.verify.slice import read_slice
from spiders.cli import main
from tests.support.storing import NOW, Shelf, id_of, shelf_in
from tests.support.texts import EDITED, OTHER, STORY, text


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    with shelf_in(tmp_path) as shelf:
        shelf.put("banjir", text(*STORY))
        shelf.put("banjir", EDITED)
        shelf.put("salinan", text(*STORY), outlet="kabar")
        shelf.put("bawang", text(*OTHER))
        shelf.put("bawang-lagi", text(*OTHER), outlet="kabar")
        yield shelf


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [*map(str, words)])


def cut(shelf: Shelf, output: Path, *options: str) -> Result:
    return run("export", "--to", output, *options, "--archive", shelf.archive.path)


def test_slice_verifies_and_says_what_it_is(shelf: Shelf, tmp_path: Path) -> None:
    output = tmp_path / "potongan.db"
    assert cut(shelf, output, "--outlet", "warta").output == f"2 articles written to {output}\n"
    done = run("verify", "--archive", output)
    assert done.exit_code == 0, done.output
    assert "2 articles, 3 revisions" in done.output
    assert f"a slice of archive.db, whose chain ended with {read_head(shelf.archive)}" in done.output
    with closing(open_archive(output, read_only=True)) as slice:
        told = read_slice(slice)
        rows = slice.rows("SELECT s.subject, c.digest FROM slice_links s JOIN chain c ON c.subject = s.subject")
        texts = slice.rows("SELECT article_id, number, text FROM revisions ORDER BY 1, 2")
        own = slice.count("SELECT count(text) FROM revisions_kept")
    assert told is not None
    assert (told.left_out["articles"], told.left_out["revisions"], told.holds_records) == (2, 2, False)
    assert own == 1  # of the first state of the one that was edited
    of_both = "SELECT article_id, number, text FROM revisions WHERE article_id IN (:a, :b) ORDER BY 1, 2"
    assert texts == shelf.archive.rows(of_both, {"a": id_of("banjir"), "b": id_of("bawang")})
    assert [tuple(row) for row in rows] == [
        (row["subject"], row["digest"])
        for row in shelf.archive.rows("SELECT subject, digest FROM chain WHERE kind = 'revision' ORDER BY position")
        if row["subject"].partition("@")[0] in (id_of("banjir"), id_of("bawang"))
    ]


def test_slice_is_one_file_that_commands_and_search_read(shelf: Shelf, tmp_path: Path) -> None:
    cut(shelf, tmp_path / "potongan.db", "--search", "sungai")
    assert {path.name for path in tmp_path.glob("potongan*")} == {
        "potongan.db", "potongan.db.datasheet.md", "potongan.db.datasheet.json",
    }  # fmt: skip
    assert id_of("banjir") in run("search", "sungai", "meluap", "--archive", tmp_path / "potongan.db").output
    assert "lebat" in run("diff", id_of("banjir"), "--archive", tmp_path / "potongan.db").output


def test_stories_among_the_chosen_stay_and_others_go(shelf: Shelf, tmp_path: Path) -> None:
    cut(shelf, tmp_path / "semua.db")
    cut(shelf, tmp_path / "satu.db", "--outlet", "warta")
    with closing(open_archive(tmp_path / "semua.db")) as whole, closing(open_archive(tmp_path / "satu.db")) as one:
        assert {row[0] for row in whole.rows("SELECT article_id FROM story_members")} == {
            row[0] for row in shelf.archive.rows("SELECT article_id FROM story_members")
        }
        assert one.count("SELECT count(*) FROM stories") == 0


def test_slice_of_a_slice_verifies(shelf: Shelf, tmp_path: Path) -> None:
    cut(shelf, tmp_path / "a.db", "--outlet", "warta")
    assert run("export", "--to", tmp_path / "b.db", "--search", "bawang", "--archive", tmp_path / "a.db").exit_code == 0
    assert "a slice of a.db" in run("verify", "--archive", tmp_path / "b.db").output


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        pytest.param("UPDATE revisions_kept SET title = 'Lain'", "is not as it was stored", id="a revision"),
        pytest.param("UPDATE slice_links SET digest = 'sha256:0'", "was altered", id="a link of the source"),
        pytest.param("DELETE FROM slice", "does not say any more", id="what it says of itself"),
    ],
)
def test_change_is_noticed(shelf: Shelf, tmp_path: Path, change: str, fault: str) -> None:
    cut(shelf, tmp_path / "a.db")
    with closing(sqlite3.connect(tmp_path / "a.db")) as connection, connection:
        connection.execute(change)
    done = run("verify", "--archive", tmp_path / "a.db")
    assert done.exit_code == 1
    assert fault in done.stderr


def test_what_was_taken_down_is_in_no_slice_and_its_tombstone_is(shelf: Shelf, tmp_path: Path) -> None:
    take_down(shelf.archive, id_of("bawang"), "court order", NOW, lambda _: None)
    cut(shelf, tmp_path / "a.db", "--outlet", "warta")
    done = run("show", id_of("bawang"), "--archive", tmp_path / "a.db")
    assert "was taken down" in done.output
    assert run("verify", "--archive", tmp_path / "a.db").exit_code == 0
    assert b"bawang putih" not in (tmp_path / "a.db").read_bytes()


def test_file_that_is_there_is_never_written_over(shelf: Shelf, tmp_path: Path) -> None:
    cut(shelf, tmp_path / "a.db")
    before = (tmp_path / "a.db").read_bytes()
    done = cut(shelf, tmp_path / "a.db", "--outlet", "warta")
    assert (done.exit_code, "there is a file already" in done.stderr) == (2, True)
    assert (tmp_path / "a.db").read_bytes() == before
    sheet = json.loads((tmp_path / "a.db.datasheet.json").read_text())
    assert sheet["filters"] == {}
