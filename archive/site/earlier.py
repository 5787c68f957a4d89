"""Archives of an earlier version that are served as they are, say from media where nothing can be written.

Before version 14 nothing was kept of how much each author, tag and month has. The questions on them are asked of a
view, then, that counts the articles each time; it stands in the connection, not in the file.
"""

import re
import sqlite3

from datasette import hookimpl

from archive.version import SCHEMA

_HAS = "SELECT count(*) FROM main.sqlite_master WHERE name = :name"
_COUNTED = """
    CREATE TEMP VIEW articles_counts AS
    SELECT kind, name, outlet, count(*) AS articles, sum(words) AS words, min(day) AS first, max(day) AS last
    FROM articles_named GROUP BY kind, name, outlet
"""


@hookimpl
def prepare_connection(conn: sqlite3.Connection) -> None:
    """Count in a view what an archive of today keeps; called for each connection that Datasette opens."""
    has_articles, has_counts = (
        conn.execute(_HAS, {"name": name}).fetchone()[0] for name in ("articles", "articles_counts")
    )
    if has_articles and not has_counts:
        conn.execute(_named().replace("CREATE VIEW", "CREATE TEMP VIEW", 1))
        conn.execute(_COUNTED)


def _named() -> str:
    """Return what schema.sql says of how an article counts."""
    found = re.search(
        r"^CREATE VIEW articles_named AS.*?;$", SCHEMA.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    assert found is not None, "schema.sql has the view"
    return found[0]
