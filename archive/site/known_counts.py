"""How many articles a list has, where the archive knows it without counting them.

Datasette counts each list that it shows: for a tag it reads the tags of all articles. Of a single tag or author the
count is kept, and the full-text index tells how many articles hold words.
"""

import re
from typing import Any

from datasette.database import Results

from archive.site.stored_revisions import RevisionsDatabase

_COUNT = "select count(*) from articles where "
# As filters.py and search_lists_as_text() have it, with the name of the list and of the value's parameter.
_OF_NAME = re.compile(
    r'\(instr\("articles"\."(authors|tags)", json_quote\(:(\w+)\)\) > 0 AND \(instr\("articles"\."\1", \'\\"\'\) = 0'
    r' OR :\2 IN \(SELECT value FROM json_each\("articles"\."\1"\)\)\)\)'
)
_OF_WORDS = re.compile(r"\+?articles\.key IN (\(SELECT rowid FROM articles_fts WHERE articles_fts MATCH :match\))")


class CountingDatabase(RevisionsDatabase):
    """The archive as Datasette asks it; counts are answered from what is known."""

    async def execute(self, sql: str, params: Any = None, **options: Any) -> Results:
        """Answer a statement of SQL, as Datasette's own."""
        if sql.startswith(_COUNT) and await self.table_exists("articles_counts"):  # an older archive has none
            sql = without_counting(sql)
        return await super().execute(sql, params, **options)


def without_counting(sql: str) -> str:
    """Return a statement that answers as *sql* does, which counts a list; *sql* itself where nothing is known.

    >>> without_counting("select count(*) from articles where outlet = :p0")
    'select count(*) from articles where outlet = :p0'
    """
    where = sql.removeprefix(_COUNT).strip()
    if name := _OF_NAME.fullmatch(where):
        kept = "SELECT coalesce(sum(articles), 0) FROM articles_counts"
        return f"{kept} WHERE kind = '{name[1]}' AND name = :{name[2]}"
    if words := _OF_WORDS.fullmatch(where):
        return f"SELECT count(*) FROM {words[1]}"
    return sql
