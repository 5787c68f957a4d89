"""Bring an archive of any earlier version to the schema of this one, by sqlite-utils' migrations.

The first migration creates the schema of version 1 as it was; each later one changes it. A database that went through
all of them and one that was created from schema.sql today are the same: a test compares them.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlite_utils import Database, Migrations

SCHEMA = Path(__file__).parent / "schema.sql"
APPLICATION_ID = int.from_bytes(b"kick")  # says in the file's header whose it is: `file archive.db` prints it

migrations = Migrations("kickcrawl")


@migrations(transactional=False)  # executescript commits by itself; an empty file has nothing to lose
def v1(db: Database) -> None:
    if "outlets" in db.table_names():
        return  # a crash or a full disk came between the schema, which is made whole or not at all, and the note of it
    db.conn.executescript(f"BEGIN; {SCHEMA.read_text()} COMMIT;")


@migrations()
def v2(db: Database) -> None:
    """Layouts are learned and kept."""
    if "layouts" not in db.table_names():  # an archive that is made today has it from schema.sql
        _add_table(db, "layouts")


@migrations()
def v3(db: Database) -> None:
    """Layouts know strange boxes, where standfirst and scattered text stand, and whether they have erred."""
    for column, nothing in (("strange", "[]"), ("standfirst", "[]"), ("places", "[[],[]]")):
        if column not in db["layouts"].columns_dict:
            db.conn.execute(f"ALTER TABLE layouts ADD COLUMN {column} TEXT NOT NULL DEFAULT '{nothing}'")
    if "was_wrong" not in db["layouts"].columns_dict:
        db.conn.execute("ALTER TABLE layouts ADD COLUMN was_wrong INTEGER NOT NULL DEFAULT 0")


@migrations()
def v4(db: Database) -> None:
    """The full-text index is declared so that Datasette and sqlite-utils find it: ``_search`` gave all rows before."""
    if 'content="articles"' in db["articles_fts"].schema:
        return
    db.conn.execute("DROP TABLE articles_fts")
    for when in ("insert", "delete", "update"):
        db.conn.execute(f"DROP TRIGGER articles_fts_{when}")
    for statement in _statements("name = 'articles_fts' OR name LIKE 'articles_fts_%' AND type = 'trigger'"):
        db.conn.execute(statement)
    db.conn.execute("INSERT INTO articles_fts (articles_fts) VALUES ('rebuild')")


def _add_table(db: Database, table: str) -> None:
    """Make *table* and its indexes as schema.sql has them."""
    for statement in _statements(f"tbl_name = '{table}'"):
        db.conn.execute(statement)


def _statements(condition: str) -> list[str]:
    """Return what schema.sql says of the tables, indexes and triggers that meet *condition*, tables first."""
    with closing(sqlite3.connect(":memory:")) as today:
        today.executescript(SCHEMA.read_text())
        rows = today.execute(
            f"SELECT sql FROM sqlite_master WHERE ({condition}) AND sql IS NOT NULL "
            "ORDER BY type = 'trigger', type = 'index'"
        )
        return [statement for (statement,) in rows]


VERSION = len(migrations.pending(Database(memory=True)))


def migrate(db: Database) -> None:
    """Apply what is missing; sets ``user_version`` to VERSION. Call with lock_schema() held."""
    db.conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")  # first: half made, it is no foreign database
    migrations.apply(db)
    db.conn.execute(f"PRAGMA user_version = {VERSION}")
