"""Sets of articles that a choice asks for, as SQL: of an author, in a section, no copies, not reserved.

Authors and sections of an article are a JSON list, and there are far fewer distinct lists than articles. An index
groups the articles by list: it is searched from list to list for those with the name, without reading any article.
"""

import json
from dataclasses import dataclass
from typing import Literal

from archive.database import Archive
from archive.query.choice import Choice
from archive.query.reserved import RESERVED, locations

MAX_LOOKED_UP = 8_000  # articles that are looked up one by one: if nothing is cached, each reads a page of the disk
MAX_LISTS = 2 << 20  # characters of lists that are passed as one value; the site allows 4 MB
INDEX = "articles_by_{column}"  # of the lists; an older archive has none
Column = Literal["authors", "sections"]


@dataclass(frozen=True, slots=True)
class KeySet:
    """Tells with *test*, in which ``{key}`` stands for a key, whether that is of the set; *total*: of how many."""

    test: str
    total: int | None

    def of_articles(self) -> str:
        """Return it as a condition of the rows of ``articles a``; few of them lead SQLite to their rows."""
        is_few = self.total is not None and self.total <= MAX_LOOKED_UP
        return self.test.format(key="a.key" if is_few else "+a.key")


def sets_of(archive: Archive, choice: Choice) -> tuple[list[KeySet], dict[str, object]]:
    """Return the sets that articles of *choice* must be in, all of them, and the values of their SQL."""
    sets: list[KeySet] = []
    values: dict[str, object] = {}
    if choice.originals:
        sets.append(KeySet(f"{{key}} NOT IN ({_COPIES})", None))
    if choice.without_reserved:
        values["locations"] = locations(archive)
        sets.append(KeySet(f"{{key}} NOT IN ({RESERVED})", None))
    named: tuple[tuple[Column, str | None], ...] = (("sections", choice.section), ("authors", choice.author))
    for column, name in named:
        if name is not None:
            keys, values[column] = _keys_with(archive, column, name)
            sets.append(KeySet(f"{{key}} IN ({keys})", archive.count(f"SELECT count(*) FROM ({keys})", values)))
    return sets, values


def _keys_with(archive: Archive, column: Column, name: str) -> tuple[str, str]:
    """Return SQL of the keys of articles that have *name* in *column*, and its value, which has the column's name."""
    lists = json.dumps(_lists_with(archive, column, name))
    if len(lists) > MAX_LISTS:
        return _KEYS_ONE_BY_ONE.format(column=column), name
    return _KEYS.format(column=column), lists


def _lists_with(archive: Archive, column: Column, name: str) -> list[str]:
    """Return the lists that have *name*, capitals or not, as they stand in *column*."""
    is_indexed = archive.value("SELECT 1 FROM sqlite_master WHERE name = :name", {"name": INDEX.format(column=column)})
    lists = (_FROM_LIST_TO_LIST if is_indexed else _LISTS).format(column=column)
    return [row[0] for row in archive.rows(_WITH_NAME.format(lists=lists), {"name": name})]


_KEYS = "SELECT key FROM articles WHERE {column} IN (SELECT value FROM json_each(:{column}))"
_LISTS = "SELECT DISTINCT {column} FROM articles"
_FROM_LIST_TO_LIST = """
    SELECT min({column}) FROM articles UNION ALL
    SELECT (SELECT min(a.{column}) FROM articles a WHERE a.{column} > lists.list) FROM lists WHERE list IS NOT NULL
"""
# A list is read as JSON only where its text has the name.
_HAS_NAME = """
    instr(lower({list}), lower(json_quote(:{name}))) > 0
    AND EXISTS (SELECT 1 FROM json_each({list}) WHERE value = :{name} COLLATE NOCASE)
"""
_WITH_NAME = f"""
    WITH RECURSIVE lists (list) AS ({{lists}}) SELECT list FROM lists WHERE {_HAS_NAME.format(list="list", name="name")}
"""
_KEYS_ONE_BY_ONE = f"SELECT key FROM articles WHERE {_HAS_NAME.format(list='{column}', name='{column}')}"
_COPIES = """
    SELECT c.key FROM story_members m JOIN stories t ON t.id = m.story_id JOIN articles c ON c.id = m.article_id
    WHERE t.first_id <> m.article_id
"""
