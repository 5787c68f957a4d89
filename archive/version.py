"""Whose file a database is and of which version: what its header says, and what this kickcrawl makes.

Reading commands need no more of the migrations than this.
"""

import sqlite3
from pathlib import Path

from kickcrawl.fields import FIELDS

SCHEMA = Path(__file__).parent / "schema.sql"
APPLICATION_ID = int.from_bytes(b"kick")  # says in the file's header whose it is: `file archive.db` prints it
VERSION = 21 + sum(field.is_added for field in FIELDS)  # how many migrations there are (archive/migrations.py)


def version_in_header(connection: sqlite3.Connection) -> int:
    """Return the version that the file's header tells: 0 for one without tables, and for a copy that lost it."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def count_applied(connection: sqlite3.Connection) -> int:
    """Return the version that an archive's own table of migrations tells, 0 if there is none.

    It is in copies that the header's numbers are lost in, such as those of sqlite3's `.dump`.
    """
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = '_sqlite_migrations'").fetchone():
        return 0
    told = "SELECT count(*) FROM _sqlite_migrations WHERE migration_set = 'kickcrawl'"
    return int(connection.execute(told).fetchone()[0])
