"""Archives of earlier versions, made from the schemas that these had and the rows of an archive of today.

python -m tests.support.earlier     writes down today's schema, before a migration changes it
"""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlite_utils import Database

from archive.migrations import migrations
from archive.version import APPLICATION_ID, SCHEMA, VERSION

# One file for each version, as it was in its last commit: "-- v1 v2 ..." names its migrations, then comes a statement a
# line. Who adds a migration adds the schema that was valid before it.
FOLDER = Path(__file__).parents[1] / "archive/schemas"
SCHEMAS = {int(path.stem): path for path in sorted(FOLDER.glob("*.sql"))}
_TABLES = """
    SELECT name FROM {schema}.sqlite_master WHERE type IN ({types})
    AND name NOT LIKE 'articles\\_fts%' ESCAPE '\\'
    AND name NOT IN ('articles_counts', 'articles_stems', '_sqlite_migrations')
"""


def make_earlier(version: int, source: Path, path: Path) -> Path:
    """Make at *path* an archive of *version* with what it can hold of the archive *source*; return *path*."""
    schema = SCHEMAS[version].read_text()
    with closing(sqlite3.connect(path)) as made:
        made.executescript(f"PRAGMA journal_mode = WAL; {schema}")
        db = Database(made)
        migrations.ensure_migrations_table(db)
        for name in schema.splitlines()[0].removeprefix("-- ").split(", "):
            migrations._record_applied(db, name)
        made.execute("ATTACH ? AS source", [str(source)])
        theirs = {name for (name,) in made.execute(_TABLES.format(schema="source", types="'table', 'view'"))}
        for (table,) in made.execute(_TABLES.format(schema="main", types="'table'")).fetchall():
            if table in theirs:
                columns = ", ".join(f'"{column}"' for column in _shared(made, table))
                made.execute(f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM source.{table}")
        made.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        made.execute(f"PRAGMA user_version = {version}")
        made.commit()
    return path


def _shared(made: sqlite3.Connection, table: str) -> list[str]:
    """Return the columns that a table has in both databases."""
    ours, theirs = (
        [row[1] for row in made.execute(f"PRAGMA {schema}.table_info({table})")] for schema in ("main", "source")
    )
    return [column for column in ours if column in theirs]


def write_down() -> Path:
    """Write today's schema into the folder of schemas; return its file."""
    with closing(sqlite3.connect(":memory:")) as today:
        today.executescript(SCHEMA.read_text())
        statements = [sql for (sql,) in today.execute(_STATEMENTS)]
    names = ", ".join(migration.name for migration in migrations.pending(Database(memory=True)))
    lines = [" ".join(re.sub("--.*", "", statement).split()) for statement in statements]
    path = FOLDER / f"{VERSION:02}.sql"
    path.write_text("\n".join([f"-- {names}", *(f"{line};" for line in lines)]) + "\n")
    return path


# What SQLite makes by itself is left out: the tables of the full-text index.
_STATEMENTS = """
    SELECT sql FROM sqlite_master WHERE sql IS NOT NULL
    AND NOT (type = 'table' AND name LIKE 'articles\\_fts\\_%' ESCAPE '\\') ORDER BY rowid
"""

if __name__ == "__main__":
    print(write_down())
