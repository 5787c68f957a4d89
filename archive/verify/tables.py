"""Check the database itself: SQLite's structures, that no row refers to one that is not there, the full-text index."""

from functools import partial

from archive.database import Archive
from archive.verify.checks import Check
from kickcrawl.errors import ArchiveError

RESTORE = "restore it from a backup"


def database_checks(archive: Archive, size: int) -> list[Check]:
    """Return the checks of the database, which has *size* bytes."""
    checks = [Check(what="the database's structure", weight=size, run=check_structure)]
    keys = archive.rows(_FOREIGN_KEYS)
    for key in keys:
        run = partial(check_references, table=key["child"], column=key["column"], parent=key["parent"], key=key["key"])
        checks.append(Check(what=f"references of {key['child']}", weight=size // (3 * len(keys)), run=run))
    return checks


def check_structure(archive: Archive) -> int:
    """Check SQLite's own structures. Raises ArchiveError."""
    if (fault := archive.text("PRAGMA integrity_check(1)")) != "ok":
        raise ArchiveError(archive.path, f"the database is damaged ({fault}); {RESTORE}")
    return 1


def check_references(archive: Archive, *, table: str, column: str, parent: str, key: str) -> int:
    """Check that *column* of *table* refers only to values of *key* that *parent* has. Raises ArchiveError.

    Each value is looked up once, in sorted order (LIMIT keeps SQLite from dropping the sort). SQLite's own
    foreign_key_check looks up row after row; for near_keys, in no order, that took 69 times as long for ten times as
    many (2026-11-29).
    """
    lost = archive.value(_LOST.format(table=table, column=column, parent=parent, key=key))
    if lost is not None:
        why = f"a row of {table} refers to one of {parent} that is not there ({column} {lost})"
        raise ArchiveError(archive.path, f"{why}; {RESTORE}")
    return 1


def check_index(archive: Archive) -> int:
    """Check that the full-text index finds what the articles say, and nothing else. Raises ArchiveError.

    SQLite does so only where it may write.
    """
    try:
        # 1: also against the table articles
        archive.write("INSERT INTO articles_fts (articles_fts, rank) VALUES ('integrity-check', 1)")
    except ArchiveError as error:
        mend = "INSERT INTO articles_fts (articles_fts) VALUES ('rebuild')"
        why = f"the full-text index articles_fts is not that of the articles; write it anew with SQL: {mend}"
        raise ArchiveError(archive.path, why) from error
    return 1


_FOREIGN_KEYS = """
    SELECT m.name AS child, f."from" AS "column", f."table" AS parent, f."to" AS key
    FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table' ORDER BY m.name, f.id
"""
_LOST = """
    SELECT c.value FROM (
        SELECT value FROM (SELECT DISTINCT {column} AS value FROM {table} WHERE {column} IS NOT NULL)
        ORDER BY value LIMIT -1
    ) c LEFT JOIN {parent} p ON p.{key} = c.value WHERE p.{key} IS NULL LIMIT 1
"""
