"""A text is kept once, with the article: the view `revisions` shows each, and nothing that writes loses one."""

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.storing import Shelf, id_of, shelf_in, url_of

SQLITE_UTILS = Path(sys.executable).parent / "sqlite-utils"
TEXTS = "SELECT article_id, number, text FROM revisions ORDER BY article_id, number"


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    with shelf_in(tmp_path) as shelf:
        shelf.put("ikan", "Nelayan pulang.")
        shelf.put("padi", "Petani menanam padi.")
        shelf.put("padi", "Petani memanen padi.")
        shelf.put("padi", "Petani memanen padi.", title="Panen")
        yield shelf


def own_texts(shelf: Shelf, slug: str) -> list[str | None]:
    """Return the texts that stand with an article's revisions."""
    sql = "SELECT text FROM revisions_kept WHERE article_id = :id ORDER BY number"
    return [row["text"] for row in shelf.archive.rows(sql, {"id": id_of(slug)})]


def texts(shelf: Shelf, slug: str) -> list[str]:
    """Return the texts of an article's revisions, as readers have them."""
    sql = "SELECT text FROM revisions WHERE article_id = :id ORDER BY number"
    return [row["text"] for row in shelf.archive.rows(sql, {"id": id_of(slug)})]


def test_view_has_the_columns_of_the_table(shelf: Shelf) -> None:
    of_view, of_table = (
        [row["name"] for row in shelf.archive.rows("SELECT name FROM pragma_table_info(:name)", {"name": name})]
        for name in ("revisions", "revisions_kept")
    )
    assert of_view == of_table


def test_text_of_an_article_stands_with_none_of_its_revisions(shelf: Shelf) -> None:
    assert (own_texts(shelf, "ikan"), texts(shelf, "ikan")) == ([None], ["Nelayan pulang."])
    assert own_texts(shelf, "padi") == ["Petani menanam padi.", None, None]
    assert texts(shelf, "padi") == ["Petani menanam padi.", "Petani memanen padi.", "Petani memanen padi."]


def test_edit_leaves_the_text_before_with_all_revisions_that_had_it(shelf: Shelf) -> None:
    before = texts(shelf, "padi")
    shelf.put("padi", "Petani menjemur padi.", title="Panen")
    assert own_texts(shelf, "padi") == [*before, None]
    shelf.put("padi", "Petani memanen padi.", title="Panen")  # a text that was there before
    assert own_texts(shelf, "padi") == [*before, "Petani menjemur padi.", None]
    assert texts(shelf, "padi") == [*before, "Petani menjemur padi.", "Petani memanen padi."]
    assert own_texts(shelf, "ikan") == [None]


def test_edit_that_is_broken_off_leaves_everything_as_it_was(shelf: Shelf) -> None:
    before = own_texts(shelf, "padi")
    shelf.archive.write("BEGIN")
    shelf.archive.write("UPDATE articles SET text = 'Lain.' WHERE id = :id", {"id": id_of("padi")})
    assert own_texts(shelf, "padi") == ["Petani menanam padi.", "Petani memanen padi.", "Petani memanen padi."]
    shelf.archive.write("ROLLBACK")
    assert own_texts(shelf, "padi") == before


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE articles SET text = 'Lain.'",
        "UPDATE articles SET text = upper(text), revision = 9",
        "UPDATE articles SET id = 'x' || id",
        "DELETE FROM articles",
        "INSERT OR REPLACE INTO articles SELECT key, id, outlet, url, title, 'Lain.' AS text, {rest} FROM articles",
        "INSERT OR REPLACE INTO articles SELECT key, 'x' || id, outlet, url, title, '' AS text, {rest} FROM articles",
        "REPLACE INTO articles SELECT key, 'x' || id, outlet, 'x' || url, title, '' AS text, {rest} FROM articles",
        "REPLACE INTO articles SELECT key + 9, id, outlet, 'x' || url, title, '' AS text, {rest} FROM articles",
    ],
)
def test_no_text_is_lost_by_what_another_program_writes(shelf: Shelf, statement: str) -> None:
    before = [tuple(row) for row in shelf.archive.rows(TEXTS)]
    columns = [row["name"] for row in shelf.archive.rows("SELECT name FROM pragma_table_info('articles')")]
    rest = ", ".join(columns[columns.index("text") + 1 :])
    with closing(sqlite3.connect(shelf.archive.path)) as other, other:  # one that minds no references
        other.execute(statement.format(rest=rest))
    assert [tuple(row) for row in shelf.archive.rows(TEXTS)] == before


@pytest.mark.parametrize("way", ["--replace", "--alter --replace", "upsert"])
def test_no_text_is_lost_by_sqlite_utils(shelf: Shelf, way: str) -> None:
    before = [tuple(row) for row in shelf.archive.rows(TEXTS)]
    row = dict(shelf.archive.row("SELECT * FROM articles WHERE id = :id", {"id": id_of("padi")}) or {})
    command = ("upsert",) if way == "upsert" else ("insert", *way.split())
    done = subprocess.run(
        [SQLITE_UTILS, command[0], shelf.archive.path, "articles", "-", "--pk", "key", *command[1:]],
        input=json.dumps(row | {"text": "Lain."}), capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert shelf.archive.text("SELECT text FROM articles WHERE url = :url", {"url": url_of("padi")}) == "Lain."
    assert [tuple(row) for row in shelf.archive.rows(TEXTS)] == before


def test_view_is_written_to_as_the_table_that_it_was(shelf: Shelf) -> None:
    before = [tuple(row) for row in shelf.archive.rows("SELECT * FROM revisions ORDER BY article_id, number")]
    with closing(sqlite3.connect(shelf.archive.path)) as other, other:
        other.execute("CREATE TEMP TABLE kept AS SELECT * FROM revisions WHERE number = 2")
        other.execute("DELETE FROM revisions WHERE number = 2")
        other.execute("INSERT INTO revisions SELECT * FROM kept")
        other.execute("UPDATE revisions SET title = title || '!' WHERE number = 3")
        other.execute("UPDATE revisions SET title = rtrim(title, '!') WHERE number = 3")
    assert [tuple(row) for row in shelf.archive.rows("SELECT * FROM revisions ORDER BY article_id, number")] == before
    assert own_texts(shelf, "padi") == ["Petani menanam padi.", "Petani memanen padi.", None], "what is shared stays so"
    with closing(sqlite3.connect(shelf.archive.path)) as other, other:
        other.execute("UPDATE revisions SET text = 'Lain.' WHERE number = 3")
    assert texts(shelf, "padi") == ["Petani menanam padi.", "Petani memanen padi.", "Lain."]
    (article,) = shelf.archive.rows("SELECT text FROM articles WHERE id = :id", {"id": id_of("padi")})
    assert article["text"] == "Petani memanen padi."


@pytest.mark.parametrize("table", ["revisions", "revisions_kept"])
def test_revision_that_is_given_to_another_article_keeps_its_text(shelf: Shelf, table: str) -> None:
    with closing(sqlite3.connect(shelf.archive.path)) as other, other:
        values = {"to": id_of("padi"), "of": id_of("ikan")}
        other.execute(f"UPDATE {table} SET article_id = :to, number = 4 WHERE article_id = :of", values)
        other.execute("DELETE FROM articles WHERE id = :of", values)
    assert texts(shelf, "padi")[-1] == "Nelayan pulang."


@pytest.mark.parametrize("number", [1, 3], ids=["its own", "the article's"])
def test_text_is_not_taken_out_of_the_view(shelf: Shelf, number: int) -> None:
    before = [tuple(row) for row in shelf.archive.rows(TEXTS)]
    with closing(sqlite3.connect(shelf.archive.path)) as other, pytest.raises(sqlite3.IntegrityError, match="NOT NULL"):
        other.execute("UPDATE revisions SET text = NULL WHERE number = :number", {"number": number})
    assert [tuple(row) for row in shelf.archive.rows(TEXTS)] == before
