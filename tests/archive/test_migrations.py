"""Migrations: every way to today's schema arrives at schema.sql."""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlite_utils import Database

from archive.database import open_archive
from archive.layouts import trusted
from archive.migrations import SCHEMA, VERSION, migrate
from kickcrawl.reading import Layout
from tests.support.storing import Shelf

# sqlite-utils notes in a table of its own what was applied.
_DEFINITIONS = """
    SELECT type, name, tbl_name, sql FROM sqlite_master WHERE tbl_name NOT LIKE '\\_sqlite\\_migrations' ESCAPE '\\'
    ORDER BY type, name
"""


def definitions(connection: sqlite3.Connection) -> list[tuple[str, ...]]:
    return [tuple(row) for row in connection.execute(_DEFINITIONS)]


def test_migrated_archive_is_the_one_that_schema_sql_describes(tmp_path: Path) -> None:
    with closing(sqlite3.connect(":memory:")) as straight:
        straight.executescript(SCHEMA.read_text())
        expected = definitions(straight)
    with closing(open_archive(tmp_path / "archive.db", create=True)) as archive:
        assert definitions(archive.connection) == expected
    assert {"articles", "revisions", "articles_fts_update"} <= {row[1] for row in expected}


def test_migrating_again_changes_nothing(tmp_path: Path) -> None:
    with closing(open_archive(tmp_path / "archive.db", create=True)) as archive:
        before = definitions(archive.connection)
        archive.connection.execute("PRAGMA user_version = 0")
        migrate(Database(archive.connection))
        assert definitions(archive.connection) == before
        assert archive.value("PRAGMA user_version") == VERSION


def test_archive_whose_making_was_cut_short_behind_its_schema_is_finished(tmp_path: Path) -> None:
    with closing(open_archive(tmp_path / "archive.db", create=True)) as archive:
        archive.connection.executescript("DELETE FROM _sqlite_migrations; PRAGMA user_version = 0")
    with closing(open_archive(tmp_path / "archive.db")) as archive:
        assert archive.value("PRAGMA user_version") == VERSION
        assert archive.value("SELECT count(*) FROM articles") == 0


def test_archive_of_version_1_gets_the_table_of_layouts(tmp_path: Path) -> None:
    with closing(open_archive(tmp_path / "archive.db", create=True)) as archive:
        expected = definitions(archive.connection)
        archive.connection.executescript(
            "DROP TABLE layouts; DELETE FROM _sqlite_migrations WHERE name = 'v2'; PRAGMA user_version = 1"
        )
    with closing(open_archive(tmp_path / "archive.db")) as archive:
        assert definitions(archive.connection) == expected
        assert archive.value("PRAGMA user_version") == VERSION


def test_layouts_of_version_2_stay_and_know_of_no_boxes_and_no_standfirst(tmp_path: Path) -> None:
    columns = "SELECT name, type, \"notnull\", dflt_value FROM pragma_table_info('layouts') ORDER BY cid"
    with closing(open_archive(tmp_path / "archive.db", create=True)) as archive:
        Shelf(archive).put("kebun", "Kebun sekolah.", outlet="suara")
        expected = [tuple(row) for row in archive.rows(columns)]
        archive.connection.executescript(
            """
            DROP TABLE layouts;
            CREATE TABLE layouts (
                id INTEGER PRIMARY KEY, outlet TEXT NOT NULL REFERENCES outlets (slug), body TEXT NOT NULL,
                share REAL NOT NULL, since TEXT NOT NULL, until TEXT, why TEXT
            ) STRICT;
            INSERT INTO layouts (outlet, body, share, since) VALUES ('suara', 'html/body/div', 0.9, '2025-07-14');
            DELETE FROM _sqlite_migrations WHERE name = 'v3'; PRAGMA user_version = 2
            """
        )
    with closing(open_archive(tmp_path / "archive.db")) as archive:
        assert [tuple(row) for row in archive.rows(columns)] == expected
        assert trusted(archive, "suara") == [Layout("html/body/div", 0.9)]
        assert archive.value("PRAGMA user_version") == VERSION
