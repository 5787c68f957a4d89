"""Bring an archive of any earlier version to the schema of this one, by sqlite-utils' migrations.

The first migration creates the schema of version 1 as it was; each later one changes it. A database that went through
all of them and one that was created from schema.sql today are the same: a test compares them.
"""

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


VERSION = len(migrations.pending(Database(memory=True)))


def migrate(db: Database) -> None:
    """Apply what is missing; sets ``user_version`` to VERSION. Call with lock_schema() held."""
    db.conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")  # first: half made, it is no foreign database
    migrations.apply(db)
    db.conn.execute(f"PRAGMA user_version = {VERSION}")
