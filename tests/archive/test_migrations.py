"""Migrations: every way to today's schema arrives at schema.sql."""

import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from archive.database import Archive, open_archive
from archive.layouts import trusted
from archive.migrations import add_column, migrate, migrations
from archive.query.choice import Choice
from archive.version import SCHEMA, VERSION
from kickcrawl.reading import Layout
from tests.support.searching import search
from tests.support.storing import Shelf, id_of, shelf_in

# sqlite-utils notes in a table of its own what was applied.
_DEFINITIONS = """
    SELECT type, name, tbl_name, sql FROM sqlite_master WHERE tbl_name NOT LIKE '\\_sqlite\\_migrations' ESCAPE '\\'
    ORDER BY type, name
"""


def definitions(connection: sqlite3.Connection) -> list[tuple[str, ...]]:
    """Return what the database consists of, without comments: those of older archives may say it otherwise."""
    return [(*row[:3], " ".join(re.sub("--.*", "", row[3] or "").split())) for row in connection.execute(_DEFINITIONS)]


def test_migrated_archive_is_the_one_that_schema_sql_describes(tmp_path: Path) -> None:
    with closing(sqlite3.connect(":memory:")) as straight:
        straight.executescript(SCHEMA.read_text())
        expected = definitions(straight)
    with closing(open_archive(tmp_path / "archive.db", create=True)) as archive:
        assert definitions(archive.connection) == expected
    assert {"articles", "revisions", "articles_fts_update"} <= {row[1] for row in expected}


def test_version_is_the_number_of_migrations() -> None:
    assert len(migrations.pending(Database(memory=True))) == VERSION


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


def test_archive_of_version_4_gets_the_table_of_parameters(tmp_path: Path) -> None:
    with closing(open_archive(tmp_path / "archive.db", create=True)) as archive:
        expected = definitions(archive.connection)
        archive.connection.executescript(
            "DROP TABLE parameters; DELETE FROM _sqlite_migrations WHERE name = 'v5'; PRAGMA user_version = 4"
        )
    with closing(open_archive(tmp_path / "archive.db")) as archive:
        assert definitions(archive.connection) == expected


def test_frontier_of_version_6_gets_what_is_remembered_of_times(tmp_path: Path) -> None:
    added = {
        "frontier": ("modified_until", "address_day"),
        "frontier_seeds": ("modified_at", "modified_until", "false_alarms"),
        "seeds": ("lastmod", "children"),
    }
    columns = 'SELECT name, type, "notnull", dflt_value FROM pragma_table_info(:table)'
    with closing(open_archive(tmp_path / "archive.db", create=True)) as archive:
        expected = {table: {tuple(row) for row in archive.rows(columns, {"table": table})} for table in added}
        for table, names in added.items():
            for column in names:
                archive.connection.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
        archive.connection.executescript("DELETE FROM _sqlite_migrations WHERE name = 'v7'; PRAGMA user_version = 6")
    with closing(open_archive(tmp_path / "archive.db")) as archive:
        for table in added:
            assert {tuple(row) for row in archive.rows(columns, {"table": table})} == expected[table]
        assert archive.value("PRAGMA user_version") == VERSION


def test_articles_of_version_8_stay_and_nothing_is_noted_of_what_was_left_out(tmp_path: Path) -> None:
    columns = "SELECT name, type, \"notnull\", dflt_value FROM pragma_table_info('articles') ORDER BY cid"
    added = ("read_share", "left_out", "pages_missing", "source")
    with closing(open_archive(tmp_path / "archive.db", create=True)) as archive:
        Shelf(archive).put("kebun", "Kebun sekolah.")
        expected = [tuple(row) for row in archive.rows(columns)]
        for column in added:
            archive.connection.execute(f"ALTER TABLE articles DROP COLUMN {column}")
        archive.connection.executescript(
            "DELETE FROM _sqlite_migrations WHERE name IN ('v10', 'v19'); PRAGMA user_version = 8"
        )
    with closing(open_archive(tmp_path / "archive.db")) as archive:
        assert [tuple(row) for row in archive.rows(columns)] == expected
        (article,) = archive.rows("SELECT * FROM articles")
        assert (article["text"], *(article[column] for column in added)) == ("Kebun sekolah.", None, None, None, None)
        assert archive.value("PRAGMA user_version") == VERSION


def test_archive_of_version_10_has_one_full_text_index_afterwards_and_finds_what_it_found(tmp_path: Path) -> None:
    with closing(open_archive(tmp_path / "archive.db", create=True)) as archive:
        expected = definitions(archive.connection)
        Shelf(archive).put("curanmor", "Polisi menangkap pelaku.")
        archive.connection.executescript(
            """
            CREATE VIRTUAL TABLE articles_stems USING fts5 (
                title, text, tokenize = "unicode61 remove_diacritics 2"
            );
            INSERT INTO articles_stems (rowid, title, text) SELECT key, 'curanmor', 'polisi n0angkap' FROM articles;
            CREATE TRIGGER articles_stems_delete AFTER DELETE ON articles BEGIN
                DELETE FROM articles_stems WHERE rowid = old.key;
            END;
            CREATE TRIGGER articles_stems_update AFTER UPDATE OF title, text ON articles BEGIN
                DELETE FROM articles_stems WHERE rowid = old.key;
            END;
            DELETE FROM _sqlite_migrations WHERE name = 'v11'; PRAGMA user_version = 9
            """
        )
    with closing(open_archive(tmp_path / "archive.db")) as archive:
        assert definitions(archive.connection) == expected
        assert archive.value("PRAGMA user_version") == VERSION
        Shelf(archive).put("sidang", "Penangkapan itu sah.")
        assert {hit.title for hit in search(archive, Choice(words="tertangkap"))} == {"Curanmor", "Sidang"}


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


def test_full_text_of_version_3_is_declared_anew_and_finds_what_it_found(tmp_path: Path) -> None:
    with closing(open_archive(tmp_path / "archive.db", create=True)) as archive:
        expected = definitions(archive.connection)
        Shelf(archive).put("kebun", "Kebun sekolah di Sembalun.")
        archive.connection.executescript(
            """
            DROP TABLE articles_fts;
            CREATE VIRTUAL TABLE articles_fts USING fts5 (
                title, text, content = 'articles', content_rowid = 'key', tokenize = "unicode61 remove_diacritics 2"
            );
            INSERT INTO articles_fts (articles_fts) VALUES ('rebuild');
            DELETE FROM _sqlite_migrations WHERE name = 'v4'; PRAGMA user_version = 3
            """
        )
    with closing(open_archive(tmp_path / "archive.db")) as archive:
        assert definitions(archive.connection) == expected
        shelf = Shelf(archive)
        shelf.put("sawah", "Sawah di Sembalun.")
        found = Database(archive.connection)["articles"].search(
            "sembalun"
        )  # by sqlite-utils, which looks for the index
        assert {row["title"] for row in found} == {"Kebun", "Sawah"}


def test_field_of_a_later_version_gets_its_column_as_schema_sql_has_it(tmp_path: Path) -> None:
    columns = "SELECT name, type, \"notnull\", dflt_value FROM pragma_table_info('articles')"
    with closing(open_archive(tmp_path / "archive.db", create=True)) as archive:
        expected = {tuple(row) for row in archive.rows(columns)}
        archive.connection.execute("ALTER TABLE articles DROP COLUMN initials")
        for _ in range(2):  # the second time it is there
            add_column(Database(archive.connection), "articles", "initials")
            assert {tuple(row) for row in archive.rows(columns)} == expected


def test_archive_with_other_comments_in_its_schema_is_the_same_archive(tmp_path: Path) -> None:
    path, older = tmp_path / "archive.db", SCHEMA.read_text().replace("-- ", "-- as it was said before: ")
    with closing(open_archive(tmp_path / "new.db", create=True)) as archive:
        expected = definitions(archive.connection)
    with closing(sqlite3.connect(path)) as made:
        made.executescript(older)
        assert definitions(made) == expected
        migrate(Database(made))
        before = [*made.execute(_DEFINITIONS)]
    with closing(open_archive(path)) as archive:
        assert [tuple(row) for row in archive.rows(_DEFINITIONS)] == before


def test_archive_without_the_indexes_of_counts_gets_them(tmp_path: Path) -> None:
    with shelf_in(tmp_path) as shelf:
        expected = definitions(shelf.archive.connection)
        for index in ("articles_by_facet", "articles_revised", "articles_gone", "articles_disputed"):
            shelf.archive.write(f"DROP INDEX {index}")
        shelf.archive.connection.executescript(
            "DELETE FROM _sqlite_migrations WHERE name = 'v12'; PRAGMA user_version = 10"
        )
    with closing(open_archive(tmp_path / "archive.db")) as archive:
        assert definitions(archive.connection) == expected
        assert archive.value("PRAGMA user_version") == VERSION


@pytest.mark.parametrize("options", ["", ", WITHOUT ROWID"])  # as until version 13
def test_revisions_that_had_all_texts_keep_those_that_articles_have_not(tmp_path: Path, options: str) -> None:
    with shelf_in(tmp_path) as shelf:
        shelf.put("padi", "Petani memanen padi.")
        shelf.put("padi", "Petani memanen padi dan jagung.")
        shelf.put("padi", "Petani memanen padi dan jagung.", title="Panen")
        shelf.put("ikan", "Nelayan pulang.")
        shelf.archive.write("UPDATE revisions_kept SET text = 'Lain.' WHERE article_id = :id", {"id": id_of("ikan")})
        expected, wanted = definitions(shelf.archive.connection), revisions(shelf.archive)
        [table] = shelf.archive.rows("SELECT sql FROM sqlite_master WHERE name = 'revisions_kept'")
        before = re.sub("--.*", "", table["sql"]).replace("revisions_kept", "revisions") + options
        before = re.sub(r"(text +TEXT),", r"\1 NOT NULL,", before)
        shelf.archive.connection.executescript(
            f"""
            CREATE TABLE put_by AS SELECT * FROM revisions; DROP VIEW revisions; DROP TABLE revisions_kept;
            DROP TRIGGER revisions_keep_changed; DROP TRIGGER revisions_keep_deleted;
            DROP TRIGGER revisions_keep_replaced; {before};
            INSERT INTO revisions SELECT * FROM put_by; DROP TABLE put_by;
            CREATE INDEX revisions_later ON revisions (recorded_at DESC) WHERE number > 1;
            DELETE FROM _sqlite_migrations WHERE name = 'v22'; PRAGMA user_version = 11
            """
        )
    with closing(open_archive(tmp_path / "archive.db")) as archive:
        assert definitions(archive.connection) == expected
        assert revisions(archive) == wanted
        own = archive.rows("SELECT text FROM revisions_kept WHERE text IS NOT NULL ORDER BY rowid")
        assert [row["text"] for row in own] == ["Petani memanen padi.", "Lain."]  # verify tells of the second
        assert not archive.rows("PRAGMA foreign_key_check")


def test_archive_without_kept_counts_is_counted(tmp_path: Path) -> None:
    with shelf_in(tmp_path) as shelf:
        shelf.put("padi", "Petani memanen padi.", authors=("Ani", "Budi", "Ani"), tags=("Panen",))
        shelf.put("ikan", "Nelayan pulang.", authors=("Ani",), outlet="kabar")
        shelf.put("cabai", "Harga cabai naik.", authors=("Ani",), tags=("panen", "Panen"))
        expected, wanted = definitions(shelf.archive.connection), kept_counts(shelf.archive)
        shelf.archive.connection.executescript(
            """
            DROP TABLE articles_counts; DROP INDEX articles_by_words;
            DROP TRIGGER articles_counts_insert; DROP TRIGGER articles_counts_delete;
            DROP TRIGGER articles_counts_leave; DROP TRIGGER articles_counts_join; DROP VIEW articles_named;
            DELETE FROM _sqlite_migrations WHERE name = 'v14'; PRAGMA user_version = 12
            """
        )
    with closing(open_archive(tmp_path / "archive.db")) as archive:
        assert definitions(archive.connection) == expected
        assert kept_counts(archive) == wanted
    assert ("authors", "Ani", "warta", 2, 6, None, None) in wanted


def kept_counts(archive: Archive) -> list[tuple[object, ...]]:
    return sorted(map(tuple, archive.rows("SELECT * FROM articles_counts")))


def revisions(archive: Archive) -> list[tuple[object, ...]]:
    return sorted(map(tuple, archive.rows("SELECT * FROM revisions")))


def test_archive_of_version_14_knows_which_seeds_of_its_runs_reached_back_to_the_first_article(tmp_path: Path) -> None:
    with closing(open_archive(tmp_path / "archive.db", create=True)) as archive:
        expected = definitions(archive.connection)
        shelf = Shelf(archive)
        shelf.put("kebun", "Kebun sekolah.")
        seeds = [
            {"seed": "rest", "covers": True},
            {"seed": "feed", "covers": True},
            {"seed": "sitemap", "covers": False},
        ]
        archive.write("UPDATE runs SET seeds = :seeds", {"seeds": json.dumps(seeds)})
        shelf.begin_again()
        shelf.put("sawah", "Sawah.")
        archive.write(
            'UPDATE runs SET seeds = :s, arguments = \'{"limit": "9"}\' WHERE id = 2', {"s": json.dumps(seeds)}
        )
        (started,) = (row["started_at"] for row in archive.rows("SELECT started_at FROM runs WHERE id = 1"))
        archive.connection.executescript(
            """
            DROP TABLE reaches; ALTER TABLE frontier_seeds DROP COLUMN dropped_at;
            ALTER TABLE seeds DROP COLUMN total; ALTER TABLE seeds DROP COLUMN unnamed;
            ALTER TABLE seeds DROP COLUMN counted_at; ALTER TABLE seeds DROP COLUMN years;
            DELETE FROM _sqlite_migrations WHERE name = 'v18'; PRAGMA user_version = 14
            """
        )
    with closing(open_archive(tmp_path / "archive.db")) as archive:
        assert {row[1] for row in definitions(archive.connection)} == {row[1] for row in expected}
        assert [tuple(row) for row in archive.rows("SELECT * FROM reaches")] == [("warta", "rest", "", started)]
        assert archive.value("PRAGMA user_version") == VERSION


def test_archive_of_version_15_can_hold_what_comes_from_web_archives(tmp_path: Path) -> None:
    columns = "SELECT name, type, \"notnull\", dflt_value FROM pragma_table_info('articles') ORDER BY cid"
    tables = "SELECT name FROM sqlite_master WHERE tbl_name LIKE 'backfill%' ORDER BY name"
    with shelf_in(tmp_path) as shelf:
        shelf.put("padi", "Petani memanen padi.")
        expected = [tuple(row) for row in (*shelf.archive.rows(columns), *shelf.archive.rows(tables))]
        shelf.archive.connection.executescript(
            """
            DROP TABLE backfills; DROP TABLE backfill_captures; ALTER TABLE articles DROP COLUMN source;
            DELETE FROM _sqlite_migrations WHERE name = 'v19'; PRAGMA user_version = 14
            """
        )
    with closing(open_archive(tmp_path / "archive.db")) as archive:
        assert [tuple(row) for row in (*archive.rows(columns), *archive.rows(tables))] == expected
        (article,) = archive.rows("SELECT a.source, c.source FROM articles a JOIN captures c ON c.id = a.capture_id")
        assert tuple(article) == (None, None)
        assert archive.value("PRAGMA user_version") == VERSION
